"""Blocks: any node of the tree laid out whole at a given inline size.

``lay_out`` is the list of what there is.  Nothing here knows pages or areas;
a block is as long along the block axis as its content needs.
"""

from msgspec.structs import replace

from layout.flow.boxes import MARKER_SIZE, boxed, inner_inline
from layout.flow.composing import Composer, lines_of, text_fragment
from layout.flow.fragment import BoxLeaf, DrawingLeaf, Fragment
from layout.flow.parting import side_by_side
from layout.flow.rows import row
from layout.flow.tables import table
from layout.geometry import Extent, Offset, Rect, page_extent
from layout.style.model import (
    Drawing,
    FigureNode,
    Gap,
    Node,
    Para,
    Placed,
    Row,
    Stack,
    TableNode,
    Turn,
)
from layout.units import Length


def lay_out(node: Node, inline: Length, composer: Composer) -> Fragment:
    """Lay out one node in ``inline`` of room; its block extent follows."""
    match node:
        case Para():
            return _paragraph(node, inline, composer)
        case Stack():
            return _stack(node, inline, composer)
        case Row():
            return row(node, inline, composer, lay_out)
        case TableNode():
            return table(node, inline, composer, lay_out)
        case Drawing():
            return _drawing(node, inline, composer)
        case FigureNode():
            return figure(node, inline, 0, composer)
        case Turn():  # nothing to turn to outside columns
            composer.reporter.warning("area.no-next", node.span)
            return Fragment(Extent(inline, 0), (), composer.mode, node.span, "gap")
        case Gap():
            empty = Extent(inline, node.block)
            return Fragment(empty, (), composer.mode, node.span, "gap")
        case Placed():
            raise ValueError("placed nodes are taken out of the flow before it is laid out")


# --- paragraphs -----------------------------------------------------------------


def _paragraph(para: Para, inline: Length, composer: Composer) -> Fragment:
    room = inner_inline(para.box, para.text, inline)
    inner = text_fragment(lines_of(para, room, composer), para, room, composer)
    return boxed(inner, para.box, inline, para, composer, _marker(para))


def _marker(para: Para) -> tuple[Offset, BoxLeaf] | None:
    """The square before a heading, centred on its first line."""
    if para.box.marker is None:
        return None
    side = round(para.text.size * MARKER_SIZE)
    at = Offset(0, (para.text.pitch - side) // 2)
    return at, BoxLeaf(Extent(side, side), para.box.marker, {})


# --- containers -------------------------------------------------------------------


def _stack(stack: Stack, inline: Length, composer: Composer) -> Fragment:
    if stack.mode is not None and stack.mode is not composer.mode:
        return _turned(stack, inline, composer)
    room = inner_inline(stack.box, None, inline)
    if stack.columns > 1:
        return boxed(
            side_by_side(stack, room, composer, lay_out), stack.box, inline, stack, composer
        )
    children: list[tuple[Offset, Fragment]] = []
    at = 0
    for node in stack.children:
        fragment = lay_out(node, room, composer)
        at += node.box.before if children else 0
        children.append((Offset(0, at), fragment))
        at += fragment.extent.block + node.box.after
    if children:
        at -= stack.children[-1].box.after
    ease_start = children[0][1].ease_start if children else 0
    ease_end = children[-1][1].ease_end if children else 0
    inner = Fragment(
        Extent(room, at),
        tuple(children),
        composer.mode,
        stack.span,
        stack.role,
        stack.name,
        ease_start,
        ease_end,
    )
    return boxed(inner, stack.box, inline, stack, composer)


def _turned(stack: Stack, inline: Length, composer: Composer) -> Fragment:
    """A box in the other writing mode: laid out whole, then one piece of this mode."""
    assert stack.mode is not None
    other = replace(composer, mode=stack.mode, seen={})
    fragment = lay_out(replace(stack, mode=None), stack.inline or inline, other)
    extent = Extent(fragment.extent.block, fragment.extent.inline)
    start = max(inline - extent.inline, 0) // 2
    return Fragment(
        Extent(inline, extent.block),
        ((Offset(start, 0), fragment),),
        composer.mode,
        stack.span,
        stack.role,
        stack.name,
    )


# --- drawings ----------------------------------------------------------------------


def _drawing(drawing: Drawing, inline: Length, composer: Composer) -> Fragment:
    room = inner_inline(drawing.box, None, inline)
    size = Extent(drawing.inline or room, drawing.block or drawing.inline or room)
    inner = Fragment(
        size,
        ((Offset(0, 0), DrawingLeaf(drawing, size)),),
        composer.mode,
        drawing.span,
        drawing.role,
        drawing.name,
    )
    return boxed(inner, drawing.box, inline, drawing, composer)


def figure(node: FigureNode, inline: Length, block: Length, composer: Composer) -> Fragment:
    """A drawing over its caption; ``block`` of 0 lets the drawing's own proportion decide.

    The proportion is that of the picture as it is seen, in either mode.
    """
    caption = lay_out(node.caption, inline, composer) if node.caption else None
    below = 0
    if caption is not None:
        below = node.gap + caption.extent.block - caption.ease_start - caption.ease_end
    shape = page_extent(Rect(0, 0, node.drawing.inline, node.drawing.block), composer.mode)
    own = shape.block * inline // shape.inline if shape.inline else inline
    picture = Extent(inline, max(block - below, 0) if block else own)
    children: list[tuple[Offset, Fragment | DrawingLeaf]] = [
        (Offset(0, 0), DrawingLeaf(node.drawing, picture))
    ]
    if caption is not None:
        at = picture.block + node.gap - caption.ease_start
        children.append((Offset(0, at), caption))
    extent = Extent(inline, picture.block + below)
    return Fragment(extent, tuple(children), composer.mode, node.span, "figure", node.name)
