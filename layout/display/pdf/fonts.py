"""Embedded fonts of a PDF (ISO 32000-1, 9.5 to 9.8): codes to outlines.

fontTools reads the font programs.  A font that is not in the file cannot be
drawn: another one in its place would be another drawing.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from layout.display.paths import Commands
from layout.display.pdf.encodings import Codes, cid_codes, glyph_names
from layout.display.pdf.programs import Program, load_program
from layout.display.pdf.streams import Budget, PdfObject, is_array, is_stream
from layout.style.picture_error import PictureError

_WIDTH: Final = 1000.0
_WIDTHS_MOST: Final = 1_000_000


class Glyph(Struct, frozen=True):
    """One shown character: what draws it and how far the pen moves, in ems.

    ``key`` is a glyph of the program, or of Type 3 a procedure.  ``aside`` is the
    place of the vertical origin from the horizontal one; ``space`` marks the code
    32 of one byte, which word spacing widens.
    """

    key: Any
    advance: float
    space: bool
    aside: tuple[float, float] = (0.0, 0.0)


class Type3(Struct, frozen=True):
    """A font whose glyphs are content streams."""

    matrix: tuple[float, ...]
    resources: PdfObject


class Font(Struct):
    """A font as text uses it."""

    name: str
    glyphs: Callable[[bytes], Iterator[Glyph]]
    program: Program | None
    vertical: bool = False
    type3: Type3 | None = None

    def outline(self, glyph: Glyph) -> Commands:
        """The outline in ems; ``PictureError`` if the font program fails."""
        assert self.program is not None
        try:
            return self.program.outline(glyph.key)
        except PictureError:
            raise
        except Exception as problem:
            # fontTools meets damaged fonts in every way Python can fail in.
            raise _unusable(self.name, f"{type(problem).__name__}: {problem}") from problem


def load_font(source: PdfObject, budget: Budget) -> Font:
    """The font of a dictionary; ``PictureError``."""
    name = str(source.get("/BaseFont", source.get("/Name", "?"))).removeprefix("/")
    kind = str(source.get("/Subtype"))
    try:
        if kind == "/Type0":
            return _composite(source, name, budget)
        if kind == "/Type3":
            return _type3(source, name)
        return _simple(source, name, budget)
    except PictureError:
        raise
    except Exception as problem:
        raise _unusable(name, f"{type(problem).__name__}: {problem}") from problem


def _unusable(name: str, reason: str) -> PictureError:
    return PictureError("image.pdf-text", font=name, reason=reason[:120])


def _program(descriptor: PdfObject, name: str, budget: Budget) -> Program:
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        stream = descriptor.get(key) if descriptor is not None else None
        if stream is not None:
            return load_program(key, stream, budget)
    raise PictureError("image.pdf-font-missing", font=name)


# --- simple fonts


def _widths(source: PdfObject, descriptor: PdfObject) -> Callable[[int], float]:
    first = int(source.get("/FirstChar", 0))
    widths = [float(width) for width in source.get("/Widths", [])]
    missing = float(descriptor.get("/MissingWidth", 0)) if descriptor is not None else 0.0

    def width(code: int) -> float:
        at = code - first
        return (widths[at] if 0 <= at < len(widths) else missing) / _WIDTH

    return width


def _simple(source: PdfObject, name: str, budget: Budget) -> Font:
    descriptor = source.get("/FontDescriptor")
    program = _program(descriptor, name, budget)
    width = _widths(source, descriptor)
    flags = int(descriptor.get("/Flags", 0))
    names = glyph_names(source.get("/Encoding"))
    symbolic = bool(flags & 4)
    glyphs: dict[int, Any] = {}

    def show(text: bytes) -> Iterator[Glyph]:
        for code in text:
            if code not in glyphs:
                glyphs[code] = program.simple(code, names.get(code, ""), symbolic)
            yield Glyph(glyphs[code], width(code), code == 32)

    return Font(name, show, program)


def _type3(source: PdfObject, name: str) -> Font:
    names = glyph_names(source.get("/Encoding"))
    procedures = source["/CharProcs"]
    matrix = tuple(float(value) for value in source["/FontMatrix"])
    first = int(source.get("/FirstChar", 0))
    widths = [float(value) for value in source.get("/Widths", [])]

    def show(text: bytes) -> Iterator[Glyph]:
        for code in text:
            at = code - first
            width = widths[at] if 0 <= at < len(widths) else 0.0
            key = procedures.get("/" + names.get(code, ""))
            yield Glyph(key, width * matrix[0], code == 32)

    return Font(name, show, None, type3=Type3(matrix, source.get("/Resources")))


# --- composite fonts


def _composite(source: PdfObject, name: str, budget: Budget) -> Font:
    codes = cid_codes(source["/Encoding"], name, budget)
    descendant = source["/DescendantFonts"][0]
    program = _program(descendant.get("/FontDescriptor"), name, budget)
    to_glyph = _cid_map(descendant, budget)
    widths = cid_widths(descendant.get("/W"), 1)
    usual = float(descendant.get("/DW", 1000))
    upright = _Upright(descendant)

    def show(text: bytes) -> Iterator[Glyph]:
        for code, length, cid in codes.read(text):
            width = widths.get(cid, (usual,))[0]
            key = to_glyph(cid) if to_glyph else program.of_cid(cid)
            space = length == 1 and code == 32
            if codes.vertical:
                advance, aside = upright.of(cid, width)
                yield Glyph(key, advance / _WIDTH, space, aside)
            else:
                yield Glyph(key, width / _WIDTH, space)

    return Font(name, show, program, codes.vertical)


class _Upright:
    """Figures of vertical writing (9.7.4.3): how far down, and where the origin is."""

    def __init__(self, descendant: PdfObject) -> None:
        usual = [float(value) for value in descendant.get("/DW2", [880, -1000])]
        self._over, self._down = usual
        self._own = cid_widths(descendant.get("/W2"), 3)

    def of(self, cid: int, width: float) -> tuple[float, tuple[float, float]]:
        down, across, over = self._own.get(cid, (self._down, width / 2, self._over))
        return down, (across / _WIDTH, over / _WIDTH)


def cid_widths(source: PdfObject, count: int) -> Mapping[int, tuple[float, ...]]:
    """``c [w …]`` and ``first last w`` (9.7.4.3), with one or three figures each.

    ``PictureError`` for more of them than any font has glyphs.
    """
    out: dict[int, tuple[float, ...]] = {}
    rest = list(source) if source is not None else []
    at, room = 0, _WIDTHS_MOST
    while at + 1 < len(rest):
        first = int(rest[at])
        if is_array(rest[at + 1]):
            values = [float(value) for value in rest[at + 1]]
            for step in range(len(values) // count):
                out[first + step] = tuple(values[step * count : (step + 1) * count])
            at += 2
        else:
            figures = tuple(float(value) for value in rest[at + 2 : at + 2 + count])
            last = min(int(rest[at + 1]), first + 65535)
            room -= max(last - first, 0)
            if room < 0:
                raise PictureError("image.too-complex")
            if len(figures) == count:
                out.update(dict.fromkeys(range(first, last + 1), figures))
            at += 2 + count
    return out


def _cid_map(descendant: PdfObject, budget: Budget) -> Callable[[int], int] | None:
    """The glyph of a CID in a TrueType program; None if the program is to know itself."""
    if str(descendant.get("/Subtype")) != "/CIDFontType2":
        return None
    source = descendant.get("/CIDToGIDMap")
    if not is_stream(source):
        return int
    table = budget.read(source)
    return lambda cid: int.from_bytes(table[2 * cid : 2 * cid + 2], "big")


__all__ = ["Codes", "Font", "Glyph", "cid_widths", "load_font"]
