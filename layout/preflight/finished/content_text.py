"""Text of content: codes, their widths, and what they say (ISO 32000-1, 9.4 to 9.10)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from layout.display.pdf.encodings import Codes, cid_codes, glyph_names
from layout.display.pdf.fonts import cid_widths
from layout.display.pdf.streams import is_stream
from layout.preflight.finished.content_state import Pen, number
from layout.preflight.finished.marks import Font
from layout.style.picture_error import PictureError

_ASCENT: Final = 0.88
_DESCENT: Final = 0.12
"""An em box stands so far over the baseline and under it."""

_CMAP_MOST: Final = 4_000_000
_CODES_MOST: Final = 200_000
_BLOCK: Final = re.compile(rb"beginbf(char|range)(.*?)endbf\1", re.DOTALL)
_ITEM: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_SUBSET: Final = re.compile(r"[A-Z]{6}\+")
_LEAD: Final = ((0x81, 0x9F), (0xE0, 0xFC))


@dataclass(frozen=True, slots=True)
class Shown:
    """What one operator shows: codes, words, and how far the pen goes, in text units.

    ``low`` and ``high`` are how far the em boxes reach along the line.
    """

    codes: bytes
    text: str
    advance: float
    low: float
    high: float

    def box(self, vertical: bool, size: float) -> tuple[float, float, float, float]:
        """The em boxes in text space."""
        if vertical:
            return (-size / 2, self.low, size / 2, self.high)
        return (self.low, -_DESCENT * size, self.high, _ASCENT * size)


Split = Callable[[bytes], Iterator[tuple[bytes, int]]]


class _Face:
    """A font's figures: how bytes part into codes, how wide each is, what each says."""

    def __init__(self, font: Font, read: Callable[[Any], bytes]) -> None:
        held = font.dictionary
        self.words = _to_unicode(held.get("/ToUnicode"), read)
        self.vertical = font.vertical
        self.composite = held.get("/DescendantFonts") is not None
        self.scale = 1000.0
        self._read = read
        if self.composite:
            self._composite(held, font)
        else:
            self._simple(held, font)

    def _composite(self, held: Any, font: Font) -> None:
        inner = held["/DescendantFonts"][0]
        self.split = _splitter(held.get("/Encoding"), self._read)
        if font.vertical:
            usual = inner.get("/DW2")
            self.usual = float(usual[1]) if usual is not None else -1000.0
            own = _widths(inner.get("/W2"), 3)
        else:
            self.usual = number(inner.get("/DW", 1000))
            own = _widths(inner.get("/W"), 1)
        self.widths = {cid: figures[0] for cid, figures in own.items()}

    def _simple(self, held: Any, font: Font) -> None:
        self.split = _single_bytes
        first = int(held.get("/FirstChar", 0))
        widths = held.get("/Widths")
        found = [number(width) for width in widths] if widths is not None else []
        self.widths = dict(enumerate(found, first))
        self.usual = 0.0 if found else 500.0  # the fourteen standard fonts bring no widths
        if font.kind == "Type3":
            self.scale = 1 / (abs(number(held["/FontMatrix"][0])) or 1e-3)
        if not self.words:
            self.words = _plain_words(held.get("/Encoding"))

    def says(self, code: bytes) -> str:
        """The characters of a code; nothing where the font does not tell."""
        return self.words.get(code, "")


class FontReader:
    """The fonts of a file, each read once."""

    def __init__(self, read: Callable[[Any], bytes]) -> None:
        self._read = read
        self._fonts: dict[object, Font] = {}
        self._faces: dict[object, _Face] = {}

    def font(self, held: Any) -> Font:
        """The font of a dictionary."""
        objgen = held.objgen
        key: object = objgen if objgen[0] else held.unparse()
        if key not in self._fonts:
            kind = str(held.get("/Subtype"))[1:]
            inner = held
            if kind == "Type0":
                inner = held["/DescendantFonts"][0]
                kind = str(inner.get("/Subtype"))[1:]
            name = str(inner.get("/BaseFont", held.get("/BaseFont", "/-")))[1:]
            plain = _SUBSET.sub("", name, count=1)
            self._fonts[key] = Font(key, plain, kind, _is_vertical(held.get("/Encoding")), held)
        return self._fonts[key]

    def show(self, pen: Pen, parts: Sequence[Any]) -> Shown:
        """Strings and adjustments in thousandths (9.4.4)."""
        font = pen.font
        assert font is not None
        face = self._face(font)
        at = low = high = 0.0
        codes: list[bytes] = []
        words: list[str] = []
        for part in parts:
            if not hasattr(part, "__bytes__"):
                at -= number(part) / 1000 * pen.size
                continue
            codes.append(data := bytes(part))
            for code, cid in face.split(data):
                width = face.widths.get(cid, face.usual) / face.scale * pen.size
                low, high = min(low, at, at + width), max(high, at, at + width)
                at += width + pen.spacing
                if code == b" ":
                    at += pen.word
                words.append(face.says(code))
        return Shown(b"".join(codes), "".join(words), at, low, high)

    def procedure(self, font: Font, code: int) -> Any:
        """The content stream of a Type 3 font's glyph, or None."""
        held = font.dictionary
        name = glyph_names(held.get("/Encoding")).get(code, "")
        procedures = held.get("/CharProcs")
        found = procedures.get(f"/{name}") if name and procedures is not None else None
        return found if is_stream(found) else None

    def _face(self, font: Font) -> _Face:
        if font.key not in self._faces:
            self._faces[font.key] = _Face(font, self._read)
        return self._faces[font.key]


def _widths(held: Any, count: int) -> Mapping[int, tuple[float, ...]]:
    try:
        return cid_widths(held, count)
    except (PictureError, TypeError, ValueError, ArithmeticError, RuntimeError):
        return {}


def _is_vertical(encoding: Any) -> bool:
    if is_stream(encoding):
        return int(encoding.get("/WMode", 0)) == 1
    return encoding is not None and str(encoding).startswith("/") and str(encoding).endswith("-V")


# --- bytes to codes


def _single_bytes(data: bytes) -> Iterator[tuple[bytes, int]]:
    for code in data:
        yield bytes((code,)), code


def _pairs(data: bytes) -> Iterator[tuple[bytes, int]]:
    for at in range(0, len(data) - 1, 2):
        code = data[at : at + 2]
        yield code, (code[0] << 8) | code[1]


def _mixed(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Shift_JIS: one byte or two, told by the first."""
    at = 0
    while at < len(data):
        two = any(low <= data[at] <= high for low, high in _LEAD) and at + 1 < len(data)
        code = data[at : at + 2] if two else data[at : at + 1]
        yield code, -1  # whose CID stands in a CMap that is in no file
        at += len(code)


def _splitter(encoding: Any, read: Callable[[Any], bytes]) -> Split:
    """How a composite font's bytes part into codes and CIDs (9.7.5 and 9.7.6.2)."""
    if not is_stream(encoding):
        return _mixed if "RKSJ" in str(encoding) else _pairs
    try:
        codes = cid_codes(encoding, "", _Reading(read))  # type: ignore[arg-type]
    except (PictureError, RecursionError, TypeError, ValueError):
        return _pairs
    return _pairs if codes.identity else _by_ranges(codes)


class _Reading:
    """What ``cid_codes`` reads streams with."""

    def __init__(self, read: Callable[[Any], bytes]) -> None:
        self.read = read


def _by_ranges(codes: Codes) -> Split:
    def split(data: bytes) -> Iterator[tuple[bytes, int]]:
        for code, length, cid in codes.read(data):
            yield code.to_bytes(length, "big"), cid

    return split


# --- codes to characters


def _to_unicode(held: Any, read: Callable[[Any], bytes]) -> Mapping[bytes, str]:
    """The ToUnicode CMap (9.10.3) as a table; what is over the bound is left out."""
    if not is_stream(held):
        return {}
    data = read(held)
    words: dict[bytes, str] = {}
    for kind, body in _BLOCK.findall(data[:_CMAP_MOST]):
        if len(words) > _CODES_MOST:
            break
        items = _ITEM.findall(body)
        (_read_chars if kind == b"char" else _read_ranges)(items, words)
    return words


def _bytes(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))


def _read_chars(items: list[Any], words: dict[bytes, str]) -> None:
    for one, other in zip(items[::2], items[1::2], strict=False):
        words[_bytes(one[0])] = _bytes(other[0]).decode("utf-16-be", "replace")


def _read_ranges(items: list[Any], words: dict[bytes, str]) -> None:
    """``<low> <high> <first>`` or ``<low> <high> [<each> …]``."""
    at = 0
    while at + 2 < len(items):
        low, high = _bytes(items[at][0]), _bytes(items[at + 1][0])
        first, count = int.from_bytes(low, "big"), len(low)
        last = min(int.from_bytes(high, "big"), first + 65535)
        at += 2
        if items[at][1]:
            at += 1
            while at < len(items) and not items[at][2]:
                if first <= last:
                    words[first.to_bytes(count, "big")] = _utf16(_bytes(items[at][0]))
                first += 1
                at += 1
        else:
            _fill(words, first, last, count, _bytes(items[at][0]))
        at += 1


def _utf16(data: bytes) -> str:
    return data.decode("utf-16-be", "replace")


def _fill(words: dict[bytes, str], first: int, last: int, count: int, start: bytes) -> None:
    """A range whose last byte counts up."""
    if not start:
        return
    base, size = int.from_bytes(start, "big"), len(start)
    for step in range(min(last - first + 1, _CODES_MOST - len(words))):
        value = (base + step) % (1 << 8 * size)
        words[(first + step).to_bytes(count, "big")] = _utf16(value.to_bytes(size, "big"))


def _plain_words(encoding: Any) -> Mapping[bytes, str]:
    """Latin letters of a simple font that says nothing of its codes."""
    names = glyph_names(encoding) if encoding is not None else {}
    if names:
        from fontTools.agl import toUnicode

        return {bytes((code,)): toUnicode(name) for code, name in names.items() if code < 256}
    return {bytes((code,)): bytes((code,)).decode("cp1252", "replace") for code in range(32, 256)}
