"""The display list: what is on each page, in physical coordinates, in reading order.

This is the only thing a backend sees.  Lengths are nanometres, the origin is
the upper left corner of the trimmed page, y grows downwards.  The order of the
items is the reading order of the source and the order of painting.
"""

from collections.abc import Iterator

from msgspec import Struct

from layout.diagnostics import Span
from layout.font.face import FontFace
from layout.geometry import Point, Rect
from layout.style.model import Colour, Fold, Stroke
from layout.units import Length

__all__ = [
    "Colour",
    "DisplayItem",
    "DisplayList",
    "DisplayPage",
    "Fold",
    "GlyphRun",
    "Group",
    "Link",
    "Picture",
    "Segment",
    "Shape",
    "Stroke",
    "colours",
    "walk",
]


class GlyphRun(Struct, frozen=True):
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


class Shape(Struct, frozen=True):
    """A path, filled and/or stroked; ``even_odd`` is the rule for its inside."""

    path: tuple[Segment, ...]
    fill: Colour | None
    stroke: Stroke | None
    span: Span
    role: str = "artifact"
    even_odd: bool = False


class Picture(Struct, frozen=True):
    """A raster image drawn into ``rect``.

    ``file`` is its path, or with ``data``, the bytes of such a file, only a name
    for messages.  ``corners`` are the places of its upper left, upper right and
    lower left corner in fractions of ``rect`` (x, y, x, y, x, y), for pictures that
    stand askew or mirrored; none: upright.  With ``ink`` it is a stencil: what is
    black in it is painted in that colour and the rest stays clear.  ``tone`` asks for
    another rendering: ``gray``, or ``bitonal``, in coarse dots of one ink alone; ``plate``
    is that ink, none: black.
    """

    file: str
    rect: Rect
    alt: str
    span: Span
    role: str = "figure"
    data: bytes = b""
    corners: tuple[float, ...] = ()
    ink: Colour | None = None
    tone: str = ""
    plate: Colour | None = None


class Group(Struct, frozen=True):
    """Items that belong together, clipped to ``clip`` unless it is empty.

    ``even_odd`` is the rule for the inside of ``clip``; ``code`` is what a QR code
    drawn by the items says.
    """

    items: tuple["DisplayItem", ...]
    clip: tuple[Segment, ...]
    span: Span
    role: str
    alt: str = ""
    even_odd: bool = False
    code: str = ""


class Link(Struct, frozen=True):
    """A rectangle that leads to ``target``; only some backends use it."""

    rect: Rect
    target: str
    span: Span


DisplayItem = GlyphRun | Shape | Picture | Group | Link


class DisplayPage(Struct, frozen=True):
    """One page, or one side of an imposed sheet: the trimmed size, its items, its folds.

    ``label`` is what the job line says besides the number: the pages on a sheet.
    ``slug`` is the job line outside the trim (``job_line.py``): it is painted as
    outlines, so that it is no text of the page.
    """

    width: Length
    height: Length
    items: tuple[DisplayItem, ...]
    folds: tuple[Fold, ...] = ()
    slug: tuple[GlyphRun, ...] = ()
    label: str = ""


class DisplayList(Struct, frozen=True):
    """A whole leaflet, ready for any backend.

    ``bound_right``: pages progress from the right (右綴じ), as vertical text does.
    """

    pages: tuple[DisplayPage, ...]
    title: str
    author: str
    date: str
    language: str
    bound_right: bool = False


def walk(items: tuple[DisplayItem, ...]) -> Iterator[DisplayItem]:
    """All items, groups opened, in order."""
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from walk(item.items)


def colours(items: tuple[DisplayItem, ...]) -> Iterator[Colour]:
    """The colours of all glyphs, shapes and tinted pictures, in order, as often as they come.

    What is printed with a colour on the same place comes after it.
    """
    for item in walk(items):
        colour: Colour | None
        for colour in _own_colours(item):
            while colour is not None:
                yield colour
                colour = colour.plus


def _own_colours(item: DisplayItem) -> tuple[Colour, ...]:
    if isinstance(item, GlyphRun):
        return (item.colour,)
    if isinstance(item, Picture) and item.ink is not None:
        return (item.ink,)
    if isinstance(item, Shape):
        found = (item.fill, item.stroke.colour if item.stroke else None)
        return tuple(colour for colour in found if colour is not None)
    return ()
