"""Fragments: what flow has placed, still on the two logical axes."""

from msgspec import Struct, field

from layout.diagnostics import Span
from layout.geometry import Extent, Offset, WritingMode
from layout.inline.lines import Line
from layout.style.model import Colour, Drawing, Stroke
from layout.units import Length


class TextLeaf(Struct, frozen=True):
    """A line of text; its place is the inline start of its room and the centre of its em box.

    ``marker`` if it is the marker of a list's item, beside its first line.
    """

    line: Line
    marker: bool = False


class BoxLeaf(Struct, frozen=True):
    """A tinted and/or framed rectangle (or the ellipse in it); edges by logical side name."""

    extent: Extent
    background: Colour | None
    edges: dict[str, Stroke]
    radius: Length = 0
    shape: str = "box"


class DrawingLeaf(Struct, frozen=True):
    """A drawing filling ``extent``."""

    drawing: Drawing
    extent: Extent


Leaf = TextLeaf | BoxLeaf | DrawingLeaf


class Fragment(Struct, frozen=True):
    """A laid-out piece: its size, and its children at offsets from its own start corner.

    ``ease_start`` and ``ease_end`` are the half line gaps inside its block
    ends, which a container may trim so that text, not leading, meets its edge.
    ``text_lines`` counts lines of running text in it.
    """

    extent: Extent
    children: tuple[tuple[Offset, "Fragment | Leaf"], ...]
    mode: WritingMode
    span: Span
    role: str
    name: str = ""
    ease_start: Length = 0
    ease_end: Length = 0
    values: dict[str, object] = field(default_factory=dict)
