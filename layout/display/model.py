"""The display list: what is on each page, in physical coordinates, in reading order.

This is the only thing a backend sees.  Lengths are nanometres, the origin is
the upper left corner of the trimmed page, y grows downwards.  The order of the
items is the reading order of the source and the order of painting.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from layout.diagnostics import Span
from layout.font.face import FontFace
from layout.geometry import Point, Rect
from layout.style.model import Colour, Stroke
from layout.units import Length

__all__ = [
    "Colour",
    "DisplayItem",
    "DisplayList",
    "DisplayPage",
    "GlyphRun",
    "Group",
    "Link",
    "Picture",
    "Segment",
    "Shape",
    "Stroke",
    "walk",
]


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one face, size and colour on one line.

    ``vertical`` runs are set upright in a column (WMode 1): ``origin`` is the
    centre of the column at the top of the first em box and the pen moves down.
    Other runs: ``origin`` is on the baseline and the pen moves right, or down
    when ``turned`` (the whole run rotated 90° clockwise).

    ``gids``, ``advances``, ``shifts`` and ``texts`` have one entry for each
    glyph.  ``advances`` are the pen's movements to the next glyph, all spacing
    included.  ``shifts`` are (along the pen's movement, away from the baseline:
    up, or right in a vertical run), or the whole tuple is empty when all are
    zero.  ``texts`` are the source characters; a cluster's further glyphs have "".
    """

    face: FontFace
    size: Length
    origin: Point
    gids: tuple[int, ...]
    advances: tuple[Length, ...]
    texts: tuple[str, ...]
    colour: Colour
    span: Span
    role: str
    shifts: tuple[tuple[Length, Length], ...] = ()
    vertical: bool = False
    turned: bool = False


Segment = tuple[str, tuple[Length, ...]]
"""("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x3, y3)) or ("Z", ())."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A path, filled and/or stroked."""

    path: tuple[Segment, ...]
    fill: Colour | None
    stroke: Stroke | None
    span: Span
    role: str = "artifact"
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster image file drawn into ``rect``."""

    file: str
    rect: Rect
    alt: str
    span: Span
    role: str = "figure"


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together, clipped to ``clip`` unless it is empty."""

    items: tuple["DisplayItem", ...]
    clip: tuple[Segment, ...]
    span: Span
    role: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to ``target``; only some backends use it."""

    rect: Rect
    target: str
    span: Span


DisplayItem = GlyphRun | Shape | Picture | Group | Link


@dataclass(frozen=True, slots=True)
class DisplayPage:
    """One page: the trimmed size and its items."""

    width: Length
    height: Length
    items: tuple[DisplayItem, ...]


@dataclass(frozen=True, slots=True)
class DisplayList:
    """A whole leaflet, ready for any backend."""

    pages: tuple[DisplayPage, ...]
    title: str
    author: str
    date: str
    language: str


def walk(items: tuple[DisplayItem, ...]) -> Iterator[DisplayItem]:
    """All items, groups opened, in order."""
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from walk(item.items)
