"""Columns inside a box: its blocks parted into units that stay whole, shared out evenly.

A line of a paragraph is a unit, but neither its first nor its last stands
alone at a column's end; a heading keeps with what follows.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from layout.flow.composing import Composer, lines_of, text_fragment
from layout.flow.fragment import Fragment, Leaf
from layout.geometry import Extent, Offset
from layout.inline.lines import Line
from layout.style.model import Node, Para, Sides, Stack, Turn
from layout.units import Length

Lay = Callable[[Node, Length, Composer], Fragment]


class Lines(Struct, frozen=True):
    """Lines of a paragraph that stand in one column."""

    para: Para
    lines: tuple[Line, ...]

    @property
    def block(self) -> Length:
        return len(self.lines) * self.para.text.pitch


class Whole(Struct, frozen=True):
    """A block that no column end may cut."""

    fragment: Fragment

    @property
    def block(self) -> Length:
        return self.fragment.extent.block


class Unit(Struct, frozen=True):
    """What stays together: its pieces with the room before each (none at a column's head).

    ``turns`` if it begins a new column whatever room there is.
    """

    pieces: tuple[tuple[Length, Lines | Whole], ...]
    turns: bool = False

    @property
    def block(self) -> Length:
        """How long it is behind others."""
        return sum(before + piece.block for before, piece in self.pieces)

    @property
    def head(self) -> Length:
        """How long it is at a column's head."""
        return self.block - self.pieces[0][0]


def side_by_side(stack: Stack, inline: Length, composer: Composer, lay: Lay) -> Fragment:
    """A stack's children in columns as equally long as they can be.

    The measure is a whole number of characters of the first paragraph; what is
    left over widens the gaps.
    """
    count = stack.columns
    em = _em(stack) or 1
    measure = (inline - stack.gap * (count - 1)) // count // em * em
    gap = (inline - measure * count) // (count - 1)
    units = tuple(_units(stack, measure, composer, lay))
    limit = _least_limit(units, count)
    columns = [
        _column(units[start:end], measure, stack, composer) for start, end in _cuts(units, limit)
    ]
    children = tuple(
        (Offset(index * (measure + gap), 0), column) for index, column in enumerate(columns)
    )
    longest = max((column.extent.block for column in columns), default=0)
    return Fragment(
        Extent(inline, longest),
        children,
        composer.mode,
        stack.span,
        stack.role,
        stack.name,
        min((column.ease_start for column in columns), default=0),
        min((column.ease_end for column in columns), default=0),
    )


def _em(node: Node) -> Length:
    """The size of the first text in a node."""
    match node:
        case Para():
            return node.text.size
        case Stack():
            return next((em for child in node.children if (em := _em(child))), 0)
        case _:
            return 0


# --- units -----------------------------------------------------------------------------


def _units(stack: Stack, measure: Length, composer: Composer, lay: Lay) -> Iterator[Unit]:
    """The stack's nodes as units, in order; what keeps with the next is one unit with its first."""
    waiting: tuple[tuple[Length, Lines | Whole], ...] = ()
    free, turned = stack.columns - 1, False
    for node, before in _flat(stack.children, 0):
        if isinstance(node, Turn) and free:
            free, turned = free - 1, True
            continue
        for unit in _units_of(node, before, measure, composer, lay):
            joined = Unit((*waiting, *unit.pieces), turned)
            waiting = ()
            if node.box.keep_with_next:
                waiting = joined.pieces
            else:
                turned = False
                yield joined
    if waiting:
        yield Unit(waiting, turned)


def _flat(nodes: tuple[Node, ...], before: Length) -> Iterator[tuple[Node, Length]]:
    """Stacks that are not seen are opened; each node with the room before it."""
    room = before
    for node in nodes:
        room += node.box.before
        if isinstance(node, Stack) and _is_open(node):
            yield from _flat(node.children, room)
        else:
            yield node, room
        room = node.box.after


def _is_open(stack: Stack) -> bool:
    box = stack.box
    hidden = box.background is None and not box.edges and box.padding == Sides()
    return hidden and stack.columns == 1 and stack.mode is None


def _units_of(
    node: Node, before: Length, measure: Length, composer: Composer, lay: Lay
) -> Iterator[Unit]:
    box = node.box
    if (
        not isinstance(node, Para)
        or box.background
        or box.edges
        or box.marker
        or box.padding != Sides()
    ):
        yield Unit(((before, Whole(lay(node, measure, composer))),))
        return
    lines = lines_of(node, measure, composer)
    for start, end in kept_lines(len(lines)):
        yield Unit(((before if not start else 0, Lines(node, lines[start:end])),))


def kept_lines(count: int) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph's lines that no break parts: its first two, its last two."""
    if count < 4:
        if count:
            yield 0, count
        return
    yield 0, 2
    for line in range(2, count - 2):
        yield line, line + 1
    yield count - 2, count


# --- columns ---------------------------------------------------------------------------


def _least_limit(units: tuple[Unit, ...], count: int) -> Length:
    """The shortest column with which ``units`` in order need no more than ``count``."""
    low = max((unit.head for unit in units), default=0)
    high = sum(unit.block for unit in units)
    while low < high:
        middle = (low + high) // 2
        if len(_cuts(units, middle)) > count:
            low = middle + 1
        else:
            high = middle
    return low


def _cuts(units: tuple[Unit, ...], limit: Length) -> list[tuple[int, int]]:
    """Where each column begins and ends, filled in turn up to ``limit``."""
    cuts: list[tuple[int, int]] = []
    start = at = 0
    for index, unit in enumerate(units):
        if index > start and (unit.turns or at + unit.block > limit):
            cuts.append((start, index))
            start, at = index, 0
        at += unit.block if index > start else unit.head
    return [*cuts, (start, len(units))]


def _column(units: tuple[Unit, ...], measure: Length, node: Stack, composer: Composer) -> Fragment:
    """One column: neighbouring lines of a paragraph become one piece again."""
    pieces: list[tuple[Length, Lines | Whole]] = []
    for before, piece in (entry for unit in units for entry in unit.pieces):
        last = pieces[-1][1] if pieces else None
        if isinstance(piece, Lines) and isinstance(last, Lines) and last.para is piece.para:
            joined = replace(last, lines=(*last.lines, *piece.lines))
            pieces[-1] = (pieces[-1][0], joined)
        else:
            pieces.append((before if pieces else 0, piece))
    children: list[tuple[Offset, Fragment | Leaf]] = []
    at = 0
    for before, piece in pieces:
        at += before
        fragment = (
            piece.fragment
            if isinstance(piece, Whole)
            else text_fragment(piece.lines, piece.para, measure, composer)
        )
        children.append((Offset(0, at), fragment))
        at += fragment.extent.block
    made = [child for _, child in children if isinstance(child, Fragment)]
    start = made[0].ease_start if made else 0
    end = made[-1].ease_end if made else 0
    return Fragment(
        Extent(measure, at),
        tuple(children),
        composer.mode,
        node.span,
        node.role,
        node.name,
        start,
        end,
    )
