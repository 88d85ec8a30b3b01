"""The grid of a column (基本版面), what stands on it, and what a block takes of it.

Running text takes a slot a line; everything else takes whole slots (行取り).
A block that does not fit may have parts: a list its items, a table its rows.
"""

from msgspec import Struct
from msgspec.structs import replace

from layout.flow.blocks import figure, lay_out
from layout.flow.composing import Composer, items_of
from layout.flow.fragment import Fragment, TextLeaf
from layout.flow.tables import part_table
from layout.geometry import Offset
from layout.inline.lines import Line
from layout.style.model import (
    BoxStyle,
    FigureNode,
    Node,
    Para,
    Sides,
    Stack,
    TableNode,
    TextStyle,
)
from layout.units import Length

REST_LEAST = 6  # a figure that takes the rest of a column wants at least so many lines


class Grid(Struct, frozen=True):
    """The kihon-hanmen of one column: measure, slots, and the style that gives size and pitch.

    ``whole`` are the slots of a column that nothing shortens (0: this one),
    ``beyond`` is the measure of the column after it (0: the same).
    """

    inline: Length
    slots: int
    style: TextStyle
    whole: int = 0
    beyond: Length = 0

    @property
    def pitch(self) -> Length:
        """The line pitch (行送り)."""
        return self.style.pitch

    @property
    def line_gap(self) -> Length:
        """The gap between lines (行間)."""
        return self.style.pitch - self.style.size


class Rest(Struct, frozen=True):
    """The lines of a paragraph that did not fit, broken for a column of ``inline``."""

    para: Para
    lines: tuple[Line, ...]
    inline: Length = 0


Work = tuple[Node | Rest, ...]


class PlacedPiece(Struct, frozen=True):
    """A fragment at a slot of the column.

    ``spreads`` where spare room may go before it, ``keeps`` if it wants what follows below it.
    """

    slot: int
    offset: Offset
    fragment: Fragment
    spreads: bool = False
    keeps: bool = False


class Wrap(Struct, frozen=True):
    """A figure text must pass: its side, its slots, and the room it leaves."""

    side: str
    until: int
    start: Length
    measure: Length


class State(Struct):
    """Where filling stands."""

    slot: int
    wrap: Wrap | None
    placed: list[PlacedPiece]

    def clear(self) -> None:
        """Go past a figure standing beside."""
        if self.wrap is not None:
            self.slot = max(self.slot, self.wrap.until)
            self.wrap = None


# --- running text --------------------------------------------------------------------------


def runs_on_grid(para: Para, grid: Grid) -> bool:
    """Whether a paragraph is running text: on the grid's pitch, with nothing drawn around it."""
    box = para.box
    shown = box.background or box.edges or box.marker
    ends = box.padding.block_start or box.padding.block_end
    return para.text.pitch == grid.pitch and not (box.lines or shown or ends)


def opened(work: Work, grid: Grid, composer: Composer) -> Work:
    """Lists whose text runs on the grid as their items: they break like other text."""
    found: list[Node | Rest] = []
    for entry in work:
        if isinstance(entry, Stack) and _opens(entry, grid):
            found.extend(_children(entry, composer))
        else:
            found.append(entry)
    return tuple(found)


def _opens(stack: Stack, grid: Grid) -> bool:
    box = stack.box
    pad = box.padding
    hidden = not (box.background or box.edges or box.lines or pad.block_start or pad.block_end)
    plain = hidden and stack.columns == 1 and stack.mode is None and stack.role == "L"
    return plain and all(isinstance(n, Para) and runs_on_grid(n, grid) for n in stack.children)


def _children(stack: Stack, composer: Composer) -> tuple[Para, ...]:
    """The items of a list with the list's room before, after and beside them."""
    paras = tuple(n for n in stack.children if isinstance(n, Para))
    box, last = stack.box, len(paras) - 1
    if not (box.before or box.after or box.padding != Sides()):
        return paras
    found = []
    for i, para in enumerate(paras):
        before, after = (box.before if i == 0 else 0), (box.after if i == last else 0)
        own = BoxStyle(padding=box.padding, before=before, after=after)
        moved = replace(para, box=own)
        composer.seen[id(moved)] = (moved, items_of(para, composer))
        found.append(moved)
    return tuple(found)


def is_running(entry: Node | Rest, grid: Grid) -> bool:
    """Whether an entry is running text, or what is left of some."""
    return isinstance(entry, Rest) or (isinstance(entry, Para) and runs_on_grid(entry, grid))


# --- blocks ----------------------------------------------------------------------------------


def block_slots(
    node: Node, grid: Grid, remaining: int, composer: Composer, *, at_head: bool = False
) -> tuple[Fragment, int]:
    """The fragment of a block and the slots it takes; ``remaining`` are those still free.

    At a column's head the room before it counts for nothing.
    """
    before = 0 if at_head else node.box.before
    if isinstance(node, FigureNode) and node.lines:
        slots = max(remaining, REST_LEAST) if node.lines < 0 else node.lines
        block = slots * grid.pitch - grid.line_gap - before
        inline = node.inline or grid.inline
        return figure(node, inline, block, composer), slots
    fragment = lay_out(node, grid.inline, composer)
    natural = visible(fragment) + before + node.box.after
    if isinstance(node, FigureNode) and slots_for(natural, grid) > grid.slots:
        # No column is longer: the picture is made smaller, which nothing else can be.
        block = grid.slots * grid.pitch - grid.line_gap - before
        return figure(node, grid.inline, block, composer), grid.slots
    least = node.box.lines
    if least and isinstance(node, Para):
        count = _text_lines(fragment)
        least += node.box.lines_more * max(count - 1, 0)
    return fragment, max(least, slots_for(natural, grid))


def slots_for(block: Length, grid: Grid) -> int:
    """Whole slots that hold ``block``; the last line gap may be used up."""
    return max(-((-block - grid.line_gap) // grid.pitch), 1)


def _text_lines(fragment: Fragment) -> int:
    count = 0
    for _, child in fragment.children:
        if isinstance(child, TextLeaf):
            count += not child.marker
        elif isinstance(child, Fragment):
            count += _text_lines(child)
    return count


def visible(fragment: Fragment) -> Length:
    """How long a fragment is without the half line gaps at its ends."""
    return fragment.extent.block - fragment.ease_start - fragment.ease_end


def parts_of(
    node: Node, slots: int, grid: Grid, slot: int, composer: Composer
) -> tuple[Node, Node] | None:
    """A block in two parts of which the first fits here; None where it must stay whole."""
    room = (grid.slots - slot) * grid.pitch - grid.line_gap - node.box.before
    if isinstance(node, TableNode):
        if slots <= (grid.whole or grid.slots):
            return None
        return part_table(node, grid.inline, room, composer, lay_out)
    if isinstance(node, Stack) and node.role == "L" and not (node.box.background or node.box.edges):
        return _part_list(node, room, grid, composer)
    return None


def _part_list(
    node: Stack, room: Length, grid: Grid, composer: Composer
) -> tuple[Stack, Stack] | None:
    """The items that fit and the others."""
    for count in range(len(node.children) - 1, 0, -1):
        first = replace(node, children=node.children[:count], box=replace(node.box, after=0))
        if visible(lay_out(first, grid.inline, composer)) <= room:
            later = replace(node, children=node.children[count:], box=replace(node.box, before=0))
            return first, later
    return None
