"""Outlines of glyphs, each once, as short as SVG can say them."""

from collections.abc import Sequence

import uharfbuzz as hb  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct, field

from layout.font.face import FontFace

Vertex = tuple[float, float]
UNINTERRUPTED = True
"""HarfBuzz calls the pen, and would drop a Ctrl-C raised in it (see build.py)."""


class _Pen(Struct):
    """Writes path data in whole font units, y downwards, relative to where the pen is.

    The names are those of the pen protocol that HarfBuzz calls.
    """

    parts: list[str] = field(default_factory=list)
    x: int = 0
    y: int = 0
    verb: str = ""

    def moveTo(self, place: Vertex) -> None:
        self._add("m", place)

    def lineTo(self, place: Vertex) -> None:
        self._add("l", place)

    def curveTo(self, first: Vertex, second: Vertex, place: Vertex) -> None:
        self._add("c", first, second, place)

    def qCurveTo(self, control: Vertex, place: Vertex) -> None:
        self._add("q", control, place)

    def closePath(self) -> None:
        if self.verb != "z":
            self.parts.append("z")
            self.verb = "z"
            self.x, self.y = self.begin

    def endPath(self) -> None:
        self.closePath()

    begin: tuple[int, int] = (0, 0)

    def _add(self, verb: str, *places: Vertex) -> None:
        numbers: list[int] = []
        at = (self.x, self.y)
        for across, up in places:
            at = (round(across), -round(up))
            numbers += (at[0] - self.x, at[1] - self.y)
        self.x, self.y = at
        if verb == "m":
            self.begin = at
        self.parts.append(("" if verb == self.verb != "m" else verb) + joined(numbers, verb, self))
        self.verb = verb


def joined(numbers: Sequence[int], verb: str, pen: "_Pen") -> str:
    """Numbers with a blank only where a sign does not part them."""
    text = "".join(str(n) if n < 0 else f" {n}" for n in numbers)
    return text[1:] if text[:1] == " " and (verb != pen.verb or verb == "m") else text


class OutlineShelf:
    """The outlines in use: a short name for each glyph of each face."""

    def __init__(self) -> None:
        self._fonts: dict[FontFace, hb.Font] = {}
        self._names: dict[tuple[FontFace, int], str] = {}
        self._paths: list[str] = []
        self._drawn: list[tuple[FontFace, int]] = []

    def name(self, face: FontFace, gid: int) -> str:
        """The name of a glyph's outline; empty if it has none, as a blank."""
        key = (face, gid)
        if key not in self._names:
            pen = _Pen()
            self.font(face).draw_glyph_with_pen(gid, pen)
            self._names[key] = f"g{len(self._paths):x}" if pen.parts else ""
            if pen.parts:
                self._paths.append("".join(pen.parts))
                self._drawn.append(key)
        return self._names[key]

    def drawn(self) -> tuple[tuple[FontFace, int, str], ...]:
        """Every outline so far in the order of its name: face, glyph, path."""
        both = zip(self._drawn, self._paths, strict=True)
        return tuple((face, gid, path) for (face, gid), path in both)

    def half_body(self, face: FontFace, gid: int) -> float:
        """Half of its horizontal advance, in font units."""
        return float(self.font(face).get_glyph_h_advance(gid)) / 2

    def font(self, face: FontFace) -> hb.Font:
        """The font of a face, opened once."""
        if face not in self._fonts:
            self._fonts[face] = hb.Font(hb.Face(hb.Blob.from_file_path(face.path)))
        return self._fonts[face]

    def definitions(self) -> str:
        """All outlines, to stand once before the pages."""
        return "".join(f'<path id="g{i:x}" d="{d}"/>' for i, d in enumerate(self._paths))
