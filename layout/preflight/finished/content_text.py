"""Text of content: codes, their widths, and what they say (ISO 32000-1, 9.4 to 9.10)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field

from layout.display.pdf.encodings import glyph_names
from layout.display.pdf.fonts import cid_widths
from layout.display.pdf.streams import is_array, is_name, is_stream, name_of
from layout.preflight.finished.content_cmaps import SINGLE, Read, splitter, to_unicode
from layout.preflight.finished.content_state import Pen, number
from layout.preflight.finished.marks import Font
from layout.preflight.finished.objects import is_dictionary, is_string, number_of, words
from layout.preflight.finished.read import descendant, font_name
from layout.style.picture_error import PictureError

_ASCENT: Final = 0.88
_DESCENT: Final = 0.12
"""An em box stands so far over the baseline and under it."""

_EM: Final = 1000.0
_STANDARD_WIDTH: Final = 500.0  # the fourteen standard fonts bring no widths
_WIDTHS_MOST: Final = 70_000
_SYMBOLIC: Final = 4
"""The flag of fonts with letters of their own (9.8.2)."""
_UNREADABLE: Final = (
    PictureError, TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError,
    RuntimeError,
)  # fmt: skip


class Shown(Struct):
    """What one operator shows: codes, words, and how far the pen goes, in text units.

    ``low`` and ``high`` are how far the em boxes reach along the line.  ``blank`` is
    true of nothing but spaces.  ``places`` is where each code of a font whose glyphs are
    content is shown first.
    """

    codes: bytes = b""
    text: str = ""
    advance: float = 0.0
    low: float = 0.0
    high: float = 0.0
    blank: bool = True
    places: dict[int, float] = field(default_factory=dict)

    def box(self, vertical: bool, em: float) -> tuple[float, float, float, float]:
        """The em boxes in text space."""
        if vertical:
            return (-em / 2, self.low, em / 2, self.high)
        return (self.low, -_DESCENT * em, self.high, _ASCENT * em)


class Face:
    """A font's figures: how bytes part into codes, how wide each is, what each says.

    ``em`` is the em of its glyphs, where a font size is 1.
    """

    def __init__(self, font: Font, read: Read) -> None:
        held = font.dictionary
        self._glyphs: dict[bytes, tuple[float, str]] = {}
        self._says: Mapping[bytes, str] = _to_unicode(held.get("/ToUnicode"), read)
        self.em = 1.0
        self.drawn = font.kind == "Type3"
        inner = descendant(held)
        if inner is not held:
            self._codes = splitter(held.get("/Encoding"), read)
            self._unit = 1 / _EM
            self._usual, self._widths = _composite(inner, font.vertical)
        else:
            self._codes = SINGLE
            self._unit, self.em = _drawn(held) if self.drawn else (1 / _EM, 1.0)
            self._usual, self._widths = _simple(held)
            self._says = self._says or _plain_words(held)
        self.cut = self._codes.cut

    def glyph(self, code: bytes) -> tuple[float, str]:
        """How far a code moves the pen at size 1, and what it says."""
        found = self._glyphs.get(code)
        if found is None:
            width = self._widths.get(self._codes.cid(code), self._usual)
            found = self._glyphs[code] = (width * self._unit, self._word(code))
        return found

    def _word(self, code: bytes) -> str:
        """The characters of a code; nothing where the font does not tell."""
        says = self._says
        if code in says:
            return says[code]
        if not says:
            return self._codes.says(code)
        return says.get(b"\0" + code, "") if len(code) == 1 else ""


class FontReader:
    """The fonts of a file, each read once."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._fonts: dict[object, Font] = {}
        self._faces: dict[object, Face] = {}

    def font(self, held: Any, key: object) -> Font:
        """The font of a dictionary, which ``key`` tells from others; ``TypeError``."""
        if key not in self._fonts:
            if not is_dictionary(held):
                raise TypeError("font")
            inner = descendant(held)
            kind = words(inner.get("/Subtype"))
            name = font_name(inner)[0]
            self._fonts[key] = Font(key, name, kind, _is_vertical(held.get("/Encoding")), held)
        return self._fonts[key]

    def face(self, font: Font) -> Face:
        """A font's figures; what cannot be read of them is left out."""
        found = self._faces.get(font.key)
        if found is None:
            found = self._faces[font.key] = Face(font, self._read)
        return found

    def procedure(self, font: Font, code: int) -> Any:
        """The content stream of a Type 3 font's glyph, or None."""
        held = font.dictionary
        name = glyph_names(held.get("/Encoding")).get(code, "")
        procedures = held.get("/CharProcs")
        found = procedures.get(f"/{name}") if name and is_dictionary(procedures) else None
        return found if is_stream(found) else None


def show(face: Face, pen: Pen, parts: Sequence[Any], spend: Callable[[int], None]) -> Shown:
    """Strings and adjustments in thousandths (9.4.4); ``TypeError``, ``ValueError``."""
    size, spacing, glyph = pen.size, pen.spacing, face.glyph
    at = low = high = 0.0
    codes: list[bytes] = []
    said: list[str] = []
    found = Shown()
    for part in parts:
        if not is_string(part):
            at -= number(part) / _EM * size
            continue
        codes.append(data := bytes(part))
        spend(len(data))
        for code in face.cut(data):
            width, word = glyph(code)
            to = at + width * size
            low, high = min(low, at, to), max(high, at, to)
            if face.drawn:
                found.places.setdefault(code[0], at)
            at = to + spacing
            if code == b" ":
                at += pen.word
            said.append(word)
            if found.blank and not word.isspace():
                found.blank = False
    found.codes, found.text = b"".join(codes), "".join(said)
    found.advance, found.low, found.high = at, low, high
    return found


def _is_vertical(encoding: Any) -> bool:
    if is_stream(encoding):
        return number_of(encoding.get("/WMode"), 0) == 1
    name = name_of(encoding)
    return name.endswith("-V") or name == "/V"


def _to_unicode(held: Any, read: Read) -> Mapping[bytes, str]:
    if not is_stream(held):
        return {}
    try:
        return to_unicode(read(held))
    except _UNREADABLE:
        return {}


# --- widths


def _composite(inner: Any, vertical: bool) -> tuple[float, Mapping[int, float]]:
    """The usual advance of a CIDFont, and those of its own (9.7.4.3)."""
    if not vertical:
        return number_of(inner.get("/DW"), _EM), _cid_widths(inner.get("/W"), 1)
    usual = inner.get("/DW2")
    down = usual[1] if is_array(usual) and len(usual) > 1 else None
    return number_of(down, -_EM), _cid_widths(inner.get("/W2"), 3)


def _cid_widths(held: Any, count: int) -> Mapping[int, float]:
    try:
        return {cid: number(figures[0]) for cid, figures in cid_widths(held, count).items()}
    except _UNREADABLE:
        return {}


def _simple(held: Any) -> tuple[float, Mapping[int, float]]:
    """The advance of codes without one, and those of the others (9.2.4)."""
    given = held.get("/Widths")
    if not is_array(given) or len(given) > _WIDTHS_MOST:
        return _STANDARD_WIDTH, {}
    descriptor = held.get("/FontDescriptor")
    missing = descriptor.get("/MissingWidth") if is_dictionary(descriptor) else None
    first = int(number_of(held.get("/FirstChar"), 0))
    return number_of(missing, 0), {
        code: number_of(width, 0) for code, width in enumerate(given, first)
    }


def _drawn(held: Any) -> tuple[float, float]:
    """The unit of a Type 3 font's glyphs, and its em, which is known by custom alone.

    Mostly a thousand units are an em; where they are not, an em is as high as the
    box round all glyphs.
    """
    try:
        matrix = [number(each) for each in held["/FontMatrix"]]
        unit, up = abs(matrix[0]) or abs(matrix[1]), abs(matrix[3]) or abs(matrix[2])
    except _UNREADABLE:
        return 1 / _EM, 1.0
    bounds = held.get("/FontBBox")
    usual = 0.5 <= up * _EM <= 2
    if usual or not is_array(bounds) or len(bounds) != 4:
        return unit, 1.0
    high = abs(number_of(bounds[3], 0) - number_of(bounds[1], 0)) * up
    return unit, high or 1.0


def _plain_words(held: Any) -> Mapping[bytes, str]:
    """Latin letters of a simple font that says nothing of its codes (9.6.6).

    A symbolic font without an encoding has its own, in a program that is not read here.
    """
    encoding, descriptor = held.get("/Encoding"), held.get("/FontDescriptor")
    try:
        names = glyph_names(encoding) if is_name(encoding) or is_dictionary(encoding) else {}
    except _UNREADABLE:
        names = {}
    if names:
        from fontTools.agl import toUnicode

        return {bytes((code,)): toUnicode(name) for code, name in names.items() if 0 <= code < 256}
    flags = descriptor.get("/Flags") if is_dictionary(descriptor) else 0
    if int(number_of(flags, 0)) & _SYMBOLIC:
        return {}
    return {bytes((code,)): bytes((code,)).decode("cp1252", "replace") for code in range(32, 256)}
