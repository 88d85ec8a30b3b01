"""Rows: blocks side by side along the inline axis, and how much room each takes."""

from collections.abc import Callable

from layout.flow.boxes import MARKER_ROOM, boxed, inner_inline
from layout.flow.composing import Composer, items_of, longest, text_style
from layout.flow.fragment import Fragment
from layout.geometry import Extent, Offset
from layout.style.model import Drawing, FigureNode, Node, Para, Row, Stack, TableNode, Track
from layout.units import Length

Lay = Callable[[Node, Length, Composer], Fragment]


def row(node: Row, inline: Length, composer: Composer, lay: Lay) -> Fragment:
    """Cells side by side, each centred along the block axis or all from its start."""
    room = inner_inline(node.box, None, inline)
    lines = _wrapped(node, room, composer) if node.wrap else [node.cells]
    children: list[tuple[Offset, Fragment]] = []
    at = 0
    for cells in lines:
        placed, block = _line_of_cells(node, cells, room, composer, lay)
        children.extend((Offset(start, at + down), cell) for start, down, cell in placed)
        at += block
    ease = _ease(children, at) if node.align == "start" else (0, 0)
    inner = Fragment(
        Extent(room, at), tuple(children), composer.mode, node.span, node.role, node.name, *ease
    )
    return boxed(inner, node.box, inline, node, composer)


def _ease(children: list[tuple[Offset, Fragment]], block: Length) -> tuple[Length, Length]:
    """Half line gaps that all cells have at the row's block ends."""
    starts = [cell.ease_start + at.block for at, cell in children]
    ends = [block - at.block - cell.extent.block + cell.ease_end for at, cell in children]
    return min(starts, default=0), min(ends, default=0)


def _line_of_cells(
    node: Row, cells: tuple[tuple[Track, Node], ...], room: Length, composer: Composer, lay: Lay
) -> tuple[list[tuple[Length, Length, Fragment]], Length]:
    """The cells of one line with their offsets, and how long the line is."""
    sizes = _track_sizes(cells, node.gap, room, composer)
    made = [lay(cell, size, composer) for (_, cell), size in zip(cells, sizes, strict=True)]
    block = max((cell.extent.block for cell in made), default=0)
    placed: list[tuple[Length, Length, Fragment]] = []
    at = 0
    for cell, size in zip(made, sizes, strict=True):
        down = 0 if node.align == "start" else (block - cell.extent.block) // 2
        placed.append((at, down, cell))
        at += size + node.gap
    return placed, block


def _wrapped(node: Row, room: Length, composer: Composer) -> list[tuple[tuple[Track, Node], ...]]:
    """The cells in as many lines as they need."""
    lines: list[list[tuple[Track, Node]]] = []
    at = 0
    for track, cell in node.cells:
        size = track.fixed or natural_inline(cell, composer)
        if not lines or at + size > room:
            lines.append([])
            at = 0
        lines[-1].append((track, cell))
        at += size + node.gap
    return [tuple(line) for line in lines]


def _track_sizes(
    cells: tuple[tuple[Track, Node], ...], gap: Length, inline: Length, composer: Composer
) -> list[Length]:
    """Fixed tracks first, then what cells need, then shares of the rest."""
    sizes = [
        track.fixed or (0 if track.share else natural_inline(node, composer))
        for track, node in cells
    ]
    rest = max(inline - sum(sizes) - gap * (len(cells) - 1), 0)
    shares = sum(track.share for track, _ in cells)
    for i, (track, _) in enumerate(cells):
        if track.share:
            sizes[i] = round(rest * track.share / shares)
    return sizes


def natural_inline(node: Node, composer: Composer) -> Length:
    """The inline size a node takes when nothing holds it: text on one line."""
    pad = node.box.padding.inline_start + node.box.padding.inline_end
    match node:
        case Para():
            marker = round(node.text.size * MARKER_ROOM) if node.box.marker else 0
            indent = max(text_style(node, composer).indent, 0)
            return longest(items_of(node, composer)) + pad + marker + indent
        case Drawing() | FigureNode():
            return node.inline + pad
        case Stack():
            return pad + max((natural_inline(n, composer) for n in node.children), default=0)
        case Row():
            gaps = node.gap * (len(node.cells) - 1)
            needs = sum(t.fixed or natural_inline(n, composer) for t, n in node.cells)
            return pad + gaps + needs
        case TableNode():
            widest = [
                max(natural_inline(c, composer) for c in cs) for cs in zip(*node.rows, strict=True)
            ]
            needs = sum(c.fixed or w for c, w in zip(node.columns, widest, strict=True))
            return pad + needs + node.gap * (len(node.columns) - 1)
        case _:
            return pad
