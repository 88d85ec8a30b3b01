"""The box around a fragment: padding, tint, frame, and the square before a heading."""

from layout.flow.composing import Composer
from layout.flow.fragment import BoxLeaf, Fragment, Leaf
from layout.geometry import Extent, Offset
from layout.style.model import BoxStyle, Node, Sides, TextStyle
from layout.units import Length

MARKER_SIZE = 0.62  # of the text size
MARKER_ROOM = 1.0


def inner_inline(box: BoxStyle, text: TextStyle | None, inline: Length) -> Length:
    """What padding and marker leave of the inline room."""
    remaining = inline - box.padding.inline_start - box.padding.inline_end
    if box.marker is not None and text is not None:
        remaining -= round(text.size * MARKER_ROOM)
    return remaining


def boxed(
    inner: Fragment,
    box: BoxStyle,
    inline: Length,
    node: Node,
    composer: Composer,
    marker: tuple[Offset, BoxLeaf] | None = None,
) -> Fragment:
    """Put the box around a fragment: padding, tint, frame, marker.

    A visible or padded box meets the text, not its leading: half line gaps at its ends
    are taken off.
    """
    pad = box.padding
    seen = box.background is not None or bool(box.edges) or pad != Sides()
    trim_start = inner.ease_start if seen else 0
    trim_end = inner.ease_end if seen else 0
    block = pad.block_start + inner.extent.block - trim_start - trim_end + pad.block_end
    room = inline - inner_inline(box, None, inline)
    extent = Extent(max(inline, inner.extent.inline + room), block)
    start = pad.inline_start + (extent.inline - room - inner.extent.inline if marker else 0)
    at = Offset(start, pad.block_start - trim_start)
    children: list[tuple[Offset, Fragment | Leaf]] = []
    if box.background is not None or box.edges:
        leaf = BoxLeaf(extent, box.background, box.edges, box.radius, box.shape)
        children.append((Offset(0, 0), leaf))
    if marker is not None:
        offset, square = marker
        children.append((Offset(pad.inline_start, at.block + offset.block), square))
    children.append((at, inner))
    return Fragment(
        extent,
        tuple(children),
        composer.mode,
        node.span,
        inner.role,
        inner.name,
        0 if seen else inner.ease_start,
        0 if seen else inner.ease_end,
    )
