"""Glyphs without a source text, drawn as paths.

A cluster's further glyphs carry no text, and neither does a hyphen that the
line breaker put in.  No ToUnicode entry says "nothing" to every reader: where
one is empty or absent some readers give a replacement character, others the
code.  PDF 1.3 has no ActualText, so these few glyphs are painted as paths.
"""

from collections.abc import Sequence

import uharfbuzz as hb  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct, field

from layout.display.model import GlyphRun, Segment
from layout.units import Length

Vertex = tuple[float, float]
UNINTERRUPTED = True
"""HarfBuzz calls the pen, and would drop a Ctrl-C raised in it (see build.py)."""


class _Pen(Struct):
    """Collects an outline in font units; quadratic curves become cubic ones.

    The names are those of the pen protocol that HarfBuzz calls.
    """

    path: list[tuple[str, tuple[Vertex, ...]]] = field(default_factory=list)
    at: Vertex = (0, 0)

    def moveTo(self, place: Vertex) -> None:
        self._append("M", place)

    def lineTo(self, place: Vertex) -> None:
        self._append("L", place)

    def curveTo(self, first: Vertex, second: Vertex, place: Vertex) -> None:
        self._append("C", first, second, place)

    def qCurveTo(self, control: Vertex, place: Vertex) -> None:
        first = _towards(self.at, control)
        self._append("C", first, _towards(place, control), place)

    def closePath(self) -> None:
        self.path.append(("Z", ()))

    def endPath(self) -> None:
        self.closePath()

    def _append(self, verb: str, *places: Vertex) -> None:
        self.path.append((verb, places))
        self.at = places[-1]


def _towards(end: Vertex, control: Vertex) -> Vertex:
    """Two thirds of the way to the control point of a quadratic curve."""
    return (end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3)


def textless_path(
    run: GlyphRun, places: Sequence[tuple[Length, Length]], font: hb.Font
) -> tuple[Segment, ...]:
    """The outlines of a run's textless glyphs on the page, in nanometres.

    ``places`` tell how far along and across the line each glyph stands from
    the run's origin.
    """
    path: list[Segment] = []
    for gid, text, place in zip(run.gids, run.texts, places, strict=True):
        if text == "":
            path += _glyph_path(run, gid, place, font)
    return tuple(path)


def _glyph_path(
    run: GlyphRun, gid: int, place: tuple[Length, Length], font: hb.Font
) -> list[Segment]:
    pen = _Pen()
    font.draw_glyph_with_pen(gid, pen)
    half_body = font.get_glyph_h_advance(gid) / 2
    path = []
    for verb, vertices in pen.path:
        numbers: list[Length] = []
        for vertex in vertices:
            numbers += _on_page(run, vertex, place, half_body)
        path.append((verb, tuple(numbers)))
    return path


def _on_page(
    run: GlyphRun, vertex: Vertex, place: tuple[Length, Length], half_body: float
) -> tuple[Length, Length]:
    """Font units to the page: see ``GlyphRun`` for the three ways a run lies."""
    scale = run.size / run.face.units_per_em
    (right, up), (along, across) = vertex, place
    x, y = run.origin.x, run.origin.y
    if run.vertical:
        over = across + (right - half_body) * scale
        return round(x + over), round(y + along + (run.face.em_top - up) * scale)
    if run.turned:
        return round(x + across + up * scale), round(y + along + right * scale)
    return round(x + along + right * scale), round(y - across - up * scale)
