"""Blocks: any node of the tree laid out whole at a given inline size.

``lay_out`` is the list of what there is.  Nothing here knows pages or areas;
a block is as long along the block axis as its content needs.
"""

from dataclasses import dataclass, field, replace

from layout.diagnostics import Reporter
from layout.flow.fragment import BoxLeaf, DrawingLeaf, Fragment, TextLeaf
from layout.font.shape import Shaper
from layout.geometry import Extent, Offset, Rect, WritingMode, page_extent
from layout.house.rules import Rules
from layout.inline.draft import Setter
from layout.inline.itemize import itemize
from layout.inline.items import Items
from layout.inline.lines import Line, natural_length, set_lines
from layout.style.model import (
    BoxStyle,
    Drawing,
    FigureNode,
    Gap,
    Node,
    Para,
    Placed,
    Row,
    Sides,
    Stack,
    TextStyle,
)
from layout.units import Length

MARKER_SIZE = 0.62  # of the text size
MARKER_ROOM = 1.0


@dataclass(frozen=True, slots=True)
class Composer:
    """What laying out needs besides the node: rules, shaper, mode, the line pitch around it.

    ``seen`` keeps the items of paragraphs (by identity, with the paragraph, so
    that an identity is never used again).
    """

    shaper: Shaper
    rules: Rules
    mode: WritingMode
    reporter: Reporter
    pitch: Length
    bracket: str = "flush"
    seen: dict[int, tuple[Para, Items]] = field(default_factory=dict)

    @property
    def setter(self) -> Setter:
        """The inline stage's view of this."""
        return Setter(self.shaper, self.rules, self.mode, self.reporter)


def lay_out(node: Node, inline: Length, composer: Composer) -> Fragment:
    """Lay out one node in ``inline`` of room; its block extent follows."""
    match node:
        case Para():
            return _paragraph(node, inline, composer)
        case Stack():
            return _stack(node, inline, composer)
        case Row():
            return _row(node, inline, composer)
        case Drawing():
            return _drawing(node, inline, composer)
        case FigureNode():
            return figure(node, inline, 0, composer)
        case Gap():
            empty = Extent(inline, node.block)
            return Fragment(empty, (), composer.mode, node.span, "gap")
        case Placed():
            raise ValueError("placed nodes are taken out of the flow before it is laid out")


# --- paragraphs -----------------------------------------------------------------


def items_of(para: Para, composer: Composer) -> Items:
    """The paragraph's items, made once: measuring, filling and balancing ask again and again."""
    found = composer.seen.get(id(para))
    if found is None:
        found = composer.seen[id(para)] = (para, itemize(para.content, para.text, composer.setter))
    return found[1]


def _paragraph(para: Para, inline: Length, composer: Composer) -> Fragment:
    items = items_of(para, composer)
    room = inner_inline(para.box, para.text, inline)
    lines = set_lines(items, para.text, lambda _: (0, room), 0, composer.setter, composer.bracket)
    inner = text_fragment(lines, para, room, composer)
    marker = _marker(para)
    return boxed(inner, para.box, inline, para, composer, marker)


def inner_inline(box: BoxStyle, text: TextStyle | None, inline: Length) -> Length:
    """What padding and marker leave of the inline room."""
    remaining = inline - box.padding.inline_start - box.padding.inline_end
    if box.marker is not None and text is not None:
        remaining -= round(text.size * MARKER_ROOM)
    return remaining


def text_fragment(
    lines: tuple[Line, ...], para: Para, inline: Length, composer: Composer
) -> Fragment:
    """Lines at the paragraph's own pitch, half a line gap before the first and after the last."""
    pitch = para.text.pitch
    children = tuple(
        (Offset(0, number * pitch + pitch // 2), TextLeaf(line))
        for number, line in enumerate(lines)
    )
    ease = max(pitch - para.text.size, 0) // 2
    extent = Extent(inline, len(lines) * pitch)
    return Fragment(extent, children, composer.mode, para.span, para.role, para.name, ease, ease)


def _marker(para: Para) -> tuple[Offset, BoxLeaf] | None:
    """The square before a heading, centred on its first line."""
    if para.box.marker is None:
        return None
    side = round(para.text.size * MARKER_SIZE)
    at = Offset(0, (para.text.pitch - side) // 2)
    return at, BoxLeaf(Extent(side, side), para.box.marker, {})


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
    children: list[tuple[Offset, Fragment | TextLeaf | BoxLeaf | DrawingLeaf]] = []
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


# --- containers -------------------------------------------------------------------


def _stack(stack: Stack, inline: Length, composer: Composer) -> Fragment:
    if stack.mode is not None and stack.mode is not composer.mode:
        return _turned(stack, inline, composer)
    room = inner_inline(stack.box, None, inline)
    if stack.columns > 1:
        return boxed(_side_by_side(stack, room, composer), stack.box, inline, stack, composer)
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


def _side_by_side(stack: Stack, inline: Length, composer: Composer) -> Fragment:
    """A stack's children in columns, as equally long as whole children allow."""
    count = stack.columns
    measure = (inline - stack.gap * (count - 1)) // count
    fragments = [lay_out(node, measure, composer) for node in stack.children]
    limit = _least_limit([f.extent.block for f in fragments], count)
    children: list[tuple[Offset, Fragment]] = []
    column, at, longest = 0, 0, 0
    for fragment in fragments:
        if at and at + fragment.extent.block > limit:
            column, at = column + 1, 0
        children.append((Offset(column * (measure + stack.gap), at), fragment))
        at += fragment.extent.block
        longest = max(longest, at)
    ease = fragments[0].ease_start if fragments else 0
    extent = Extent(inline, longest)
    return Fragment(
        extent, tuple(children), composer.mode, stack.span, stack.role, stack.name, ease, ease
    )


def _least_limit(blocks: list[Length], count: int) -> Length:
    """The shortest column length with which ``blocks`` in order need no more than ``count``."""

    def needed(limit: Length) -> int:
        columns, at = 1, 0
        for block in blocks:
            if at and at + block > limit:
                columns, at = columns + 1, 0
            at += block
        return columns

    low, high = max(blocks, default=0), sum(blocks)
    while low < high:
        middle = (low + high) // 2
        if needed(middle) > count:
            low = middle + 1
        else:
            high = middle
    return low


def _row(row: Row, inline: Length, composer: Composer) -> Fragment:
    """Cells side by side, each centred along the block axis."""
    room = inner_inline(row.box, None, inline)
    sizes = _track_sizes(row, room, composer)
    cells = [
        lay_out(node, size, composer) for (_, node), size in zip(row.cells, sizes, strict=True)
    ]
    block = max((cell.extent.block for cell in cells), default=0)
    children: list[tuple[Offset, Fragment]] = []
    at = 0
    for cell, size in zip(cells, sizes, strict=True):
        down = 0 if row.stretch else (block - cell.extent.block) // 2
        children.append((Offset(at, down), cell))
        at += size + row.gap
    inner = Fragment(
        Extent(room, block), tuple(children), composer.mode, row.span, row.role, row.name
    )
    return boxed(inner, row.box, inline, row, composer)


def _track_sizes(row: Row, inline: Length, composer: Composer) -> list[Length]:
    """Fixed tracks first, then what cells need, then shares of the rest."""
    sizes = [
        track.fixed or (0 if track.share else natural_inline(node, composer))
        for track, node in row.cells
    ]
    rest = max(inline - sum(sizes) - row.gap * (len(row.cells) - 1), 0)
    shares = sum(track.share for track, _ in row.cells)
    for i, (track, _) in enumerate(row.cells):
        if track.share:
            sizes[i] = round(rest * track.share / shares)
    return sizes


def natural_inline(node: Node, composer: Composer) -> Length:
    """The inline size a node takes when nothing holds it: text on one line."""
    pad = node.box.padding.inline_start + node.box.padding.inline_end
    match node:
        case Para():
            marker = round(node.text.size * MARKER_ROOM) if node.box.marker else 0
            indent = max(node.text.indent, 0)
            return natural_length(items_of(node, composer)) + pad + marker + indent
        case Drawing():
            return node.inline + pad
        case Stack():
            return pad + max((natural_inline(n, composer) for n in node.children), default=0)
        case Row():
            gaps = node.gap * (len(node.cells) - 1)
            needs = sum(t.fixed or natural_inline(n, composer) for t, n in node.cells)
            return pad + gaps + needs
        case _:
            return pad


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
