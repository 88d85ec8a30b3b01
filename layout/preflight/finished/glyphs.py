"""Codes of text and the glyphs of an embedded program: which are there, which draw nothing.

TrueType under a CID font, which is what our own files hold, is read by hand in
a millisecond; other programs are opened with fontTools.
"""

import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from msgspec import Struct, field

from layout.display.pdf.encodings import Codes, cid_codes, glyph_names
from layout.display.pdf.fonts import cid_widths
from layout.display.pdf.programs import Program, load_program
from layout.display.pdf.streams import Budget
from layout.preflight.finished.objects import is_dictionary, is_stream, name_of, number_of
from layout.preflight.finished.truetype import BrokenFontError, TrueType, read_truetype
from layout.style.picture_error import PictureError
from layout.style.quiet import quieten

_KEYS: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_TYPE1_MOST: Final = 3_000_000
"""Bytes of a Type 1 program: they are deciphered one by one."""

_CFF: Final = b"OTTO"
_STEPS_MOST: Final = 20_000_000
"""Ranges of a CMap times codes to be found in them."""


class UnreadableFontError(ValueError):
    """A program that cannot be read; the words say why."""


class Used(Struct, frozen=True):
    """What the codes of a text lead to.

    ``missing`` and ``empty`` are codes (CIDs of a composite font) without a glyph
    or with one that draws nothing; ``notdef`` are those of the missing that lead to the
    glyph for missing characters.  ``widths`` are the file's and the program's own,
    in thousandths of an em, by CID.
    """

    missing: frozenset[int] = frozenset()
    notdef: frozenset[int] = frozenset()
    empty: frozenset[int] = frozenset()
    widths: Mapping[int, tuple[float, float]] = field(default_factory=dict)

    def misfits(self, most: float) -> list[int]:
        """CIDs whose two widths differ by more than ``most``."""
        return [cid for cid, (said, own) in self.widths.items() if abs(said - own) > most]


class Glyphs(Protocol):
    """An embedded program, as the font dictionaries above it use it."""

    def codes(self, font: Any, text: bytes) -> Sequence[int]:
        """The codes of a text, or of a composite font its CIDs; empty if its CMap is not known."""

    def used(self, font: Any, text: bytes) -> Used | None:
        """What a text leads to; None if that cannot be known."""


def read_glyphs(inner: Any, budget: Budget) -> Glyphs:
    """The program of a CIDFont or a simple font; ``UnreadableFontError``."""
    quieten("fontTools")
    descriptor = inner.get("/FontDescriptor")
    key = next(key for key in _KEYS if is_stream(descriptor.get(key)))
    stream = descriptor[key]
    kind = name_of(inner.get("/Subtype"))
    try:
        data = budget.read(stream)
        if kind == "/CIDFontType2" and not data.startswith(_CFF):
            return CidTrueType(inner, read_truetype(data), budget)
        if key == "/FontFile2":
            read_truetype(data)
        if key == "/FontFile" and len(data) > _TYPE1_MOST:
            raise UnreadableFontError("too large")
        made = load_program(key, stream, budget)
    except (UnreadableFontError, BrokenFontError) as problem:
        raise UnreadableFontError(str(problem)) from problem
    except PictureError as problem:
        raise UnreadableFontError(problem.code) from problem
    except Exception as problem:
        # fontTools meets damaged fonts in every way Python can fail in.
        raise UnreadableFontError(f"{type(problem).__name__}: {problem}") from problem
    if kind.startswith("/CIDFont"):
        return CidProgram(made, budget)
    return SimpleProgram(inner, made)


# --- composite fonts


class _Cids:
    """Bytes to CIDs, by the CMap of the composite font above; each CMap is read once."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._known: dict[str, Codes | None] = {}

    def codes(self, font: Any, text: bytes) -> Sequence[int]:
        """The CIDs of a text."""
        encoding = font.get("/Encoding")
        key = repr(encoding.objgen) if is_stream(encoding) else name_of(encoding)
        if key not in self._known:
            self._known[key] = self._read(encoding)
        codes = self._known[key]
        if codes is None:
            return ()
        if codes.identity:
            pairs = array("H")
            pairs.frombytes(text[: len(text) // 2 * 2])
            if sys.byteorder == "little":
                pairs.byteswap()
            return pairs
        if len(codes.ranges) * len(text) > _STEPS_MOST:
            return ()
        return [cid for _, _, cid in codes.read(text)]

    def _read(self, encoding: Any) -> Codes | None:
        try:
            return cid_codes(encoding, "", self._budget)
        except (PictureError, RecursionError):
            return None  # one of the CMaps that stand in no file


class CidTrueType(_Cids):
    """A CIDFontType2: CIDs lead through CIDToGIDMap to glyphs."""

    def __init__(self, inner: Any, program: TrueType, budget: Budget) -> None:
        super().__init__(budget)
        self._program = program
        self._glyph = _cid_map(inner.get("/CIDToGIDMap"), budget)
        self._usual = number_of(inner.get("/DW"), 1000.0)
        self._widths = cid_widths(inner.get("/W"), 1)

    def used(self, font: Any, text: bytes) -> Used | None:
        """What a text leads to."""
        program = self._program
        glyphs = {cid: self._glyph(cid) for cid in sorted(set(self.codes(font, text)))}
        there = {cid: glyph for cid, glyph in glyphs.items() if program.has(glyph)}
        widths = {
            cid: (self._widths.get(cid, (self._usual,))[0], program.width(glyph))
            for cid, glyph in there.items()
        }
        empty = frozenset(cid for cid, glyph in there.items() if program.is_empty(glyph))
        notdef = frozenset(cid for cid, glyph in glyphs.items() if not glyph)
        return Used(frozenset(glyphs.keys() - there.keys()), notdef, empty, widths)


def _cid_map(table: Any, budget: Budget) -> Callable[[int], int]:
    if not is_stream(table):
        return int
    data = budget.read(table)
    return lambda cid: int.from_bytes(data[2 * cid : 2 * cid + 2], "big")


class CidProgram(_Cids):
    """A CIDFont of another kind: the program finds CIDs itself."""

    def __init__(self, program: Program, budget: Budget) -> None:
        super().__init__(budget)
        self.program = program

    def used(self, font: Any, text: bytes) -> Used | None:
        """What a text leads to."""
        return _without_widths(self.program, self.keys(font, text))

    def keys(self, font: Any, text: bytes) -> Mapping[int, Any]:
        """What the program calls the glyph of each CID."""
        return {cid: self.program.of_cid(cid) for cid in set(self.codes(font, text))}


# --- simple fonts


class SimpleProgram:
    """A font of one byte a code."""

    def __init__(self, inner: Any, program: Program) -> None:
        descriptor = inner.get("/FontDescriptor")
        flags = descriptor.get("/Flags") if is_dictionary(descriptor) else 0
        self._symbolic = bool(int(number_of(flags, 0)) & 4)
        self.program = program

    def codes(self, font: Any, text: bytes) -> Sequence[int]:
        """The codes of a text."""
        return text

    def used(self, font: Any, text: bytes) -> Used | None:
        """What a text leads to; a space need not be in the font, because it draws nothing."""
        return _without_widths(self.program, self.keys(font, text))

    def keys(self, font: Any, text: bytes) -> Mapping[int, Any]:
        """What the program calls the glyph of each code; spaces are left out."""
        names = glyph_names(font.get("/Encoding"))
        return {
            code: self.program.simple(code, names.get(code, ""), self._symbolic)
            for code in set(text) - {32, 160}
        }


def _without_widths(program: Program, found: Mapping[int, Any]) -> Used:
    lacking = frozenset(code for code, key in found.items() if not program.has(key))
    return Used(lacking, frozenset(code for code in lacking if found[code] in (0, ".notdef")))
