"""Filling columns of grid lines: ``fill(column, work) → (placed, work remaining)``.

A column is a number of line slots (基本版面).  Running text takes a slot a
line; everything else takes whole slots and is centred in them (行取り).  What
does not fit is a value, so overset text, balance and fitting are all "call it
again".
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from layout.flow.blocks import Composer, figure, inner_inline, items_of, lay_out
from layout.flow.fragment import Fragment, TextLeaf
from layout.geometry import Extent, Offset
from layout.inline.lines import Line, set_lines
from layout.style.model import FigureNode, Gap, Node, Para, TextStyle
from layout.units import Length

FLOAT_GAP = 1.0  # least room between a figure and the text around it, in ems
REST_LEAST = 6  # a figure that takes the rest of a column wants at least so many lines


@dataclass(frozen=True, slots=True)
class Grid:
    """The kihon-hanmen of one column: measure, slots, and the style that gives size and pitch."""

    inline: Length
    slots: int
    style: TextStyle

    @property
    def pitch(self) -> Length:
        """The line pitch (行送り)."""
        return self.style.pitch

    @property
    def line_gap(self) -> Length:
        """The gap between lines (行間)."""
        return self.style.pitch - self.style.size


@dataclass(frozen=True, slots=True)
class Rest:
    """The lines of a paragraph that did not fit."""

    para: Para
    lines: tuple[Line, ...]


Work = tuple[Node | Rest, ...]


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """A fragment at a slot of the column.

    ``spreads`` where spare room may go before it, ``keeps`` if it wants what follows below it.
    """

    slot: int
    offset: Offset
    fragment: Fragment
    spreads: bool = False
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Wrap:
    """A figure text must pass: its side, its slots, and the room it leaves."""

    side: str
    until: int
    start: Length
    measure: Length


@dataclass(slots=True)
class _State:
    """Where filling stands."""

    slot: int
    wrap: Wrap | None
    placed: list[PlacedPiece]

    def clear(self) -> None:
        """Go past a figure standing beside."""
        if self.wrap is not None:
            self.slot = max(self.slot, self.wrap.until)
            self.wrap = None


def fill(grid: Grid, work: Work, composer: Composer) -> tuple[tuple[PlacedPiece, ...], int, Work]:
    """Place as much of ``work`` as the column holds.

    Returns what was placed, the slots used, and the work that remains.
    """
    state = _State(0, None, [])
    at = 0
    while at < len(work):
        entry = work[at]
        behind = work[at + 1 :]
        if _must_move(entry, behind, grid, state, composer):
            break
        remaining = _place(entry, behind, grid, state, composer)
        if remaining is None:
            break
        at += 1
        if remaining:
            rest = (*remaining, *work[at:])
            return tuple(state.placed), grid.slots, rest
    used = max(state.slot, state.wrap.until if state.wrap else 0)
    return tuple(state.placed), used, work[at:]


def _place(
    entry: Node | Rest, behind: Work, grid: Grid, state: _State, composer: Composer
) -> Work | None:
    """Place one entry.  None: it does not fit here at all; else what is remaining of it."""
    if isinstance(entry, Rest):
        return _place_lines(entry.para, entry.lines, grid, state, composer)
    if isinstance(entry, Gap):
        state.clear()
        empty = entry.lines if state.placed else 0
        state.slot = min(state.slot + empty, grid.slots)  # room at a column's end is room enough
        return ()
    if isinstance(entry, FigureNode) and entry.side:
        return _place_float(entry, grid, state, composer)
    if isinstance(entry, Para) and _runs_on_grid(entry, grid):
        lines = _set_paragraph(entry, grid, state, composer)
        return _place_lines(entry, lines, grid, state, composer)
    return _place_block(entry, behind, grid, state, composer)


def _runs_on_grid(para: Para, grid: Grid) -> bool:
    return para.text.pitch == grid.pitch and not (para.box.lines or para.box.background)


# --- running text ---------------------------------------------------------------------


def _set_paragraph(para: Para, grid: Grid, state: _State, composer: Composer) -> tuple[Line, ...]:
    """Break a paragraph for the slots it will take: beside a figure, below it, in more columns."""
    wrap, slot = state.wrap, state.slot
    pad = para.box.padding
    inner = inner_inline(para.box, para.text, grid.inline)

    def room(line: int) -> tuple[Length, Length]:
        beside = wrap is not None and slot + line < min(wrap.until, grid.slots)
        if beside and wrap is not None:
            return wrap.start + pad.inline_start, wrap.measure - (grid.inline - inner)
        return pad.inline_start, inner

    steady = max(wrap.until - slot, 0) if wrap is not None else 0
    items = items_of(para, composer)
    return set_lines(items, para.text, room, steady, composer.setter, composer.bracket)


def _place_lines(
    para: Para, lines: tuple[Line, ...], grid: Grid, state: _State, composer: Composer
) -> Work | None:
    """Lines into slots; no single line of a paragraph stays alone at either side of a break."""
    fits = min(grid.slots - state.slot, len(lines))
    if fits < len(lines):
        if len(lines) - fits == 1:
            fits -= 1  # widow: take one more along
        if fits == 1:
            fits = 0  # orphan: leave none behind
    if fits <= 0:
        return None if lines else ()
    now, later = lines[:fits], lines[fits:]
    pitch = grid.pitch
    children = tuple(
        (Offset(0, number * pitch + para.text.size // 2), TextLeaf(line))
        for number, line in enumerate(now)
    )
    extent = Extent(grid.inline, fits * pitch)
    piece = Fragment(extent, children, composer.mode, para.span, para.role, para.name)
    state.placed.append(PlacedPiece(state.slot, Offset(0, 0), piece))
    state.slot += fits
    if state.wrap is not None and state.slot >= state.wrap.until:
        state.wrap = None
    return (Rest(para, later),) if later else ()


# --- figures text wraps around ----------------------------------------------------------


def _place_float(node: FigureNode, grid: Grid, state: _State, composer: Composer) -> Work | None:
    """A figure at one side; the measure beside it is a whole number of characters."""
    state.clear()
    em = grid.style.size
    wanted = grid.inline - node.inline - round(em * FLOAT_GAP)
    measure = max(wanted // em, 1) * em
    inline = grid.inline - measure - round(em * FLOAT_GAP)
    slots = node.lines
    if not slots:
        natural = figure(node, inline, 0, composer).extent.block
        slots = _slots_for(natural, grid)
    if state.slot + slots > grid.slots:
        return None
    fragment = figure(node, inline, slots * grid.pitch - grid.line_gap, composer)
    at_end = node.side == "end"
    offset = Offset(grid.inline - inline if at_end else 0, 0)
    start = 0 if at_end else grid.inline - measure
    state.placed.append(PlacedPiece(state.slot, offset, fragment))
    state.wrap = Wrap(node.side, state.slot + slots, start, measure)
    return ()


# --- everything else ----------------------------------------------------------------------


def _place_block(
    node: Node, behind: Work, grid: Grid, state: _State, composer: Composer
) -> Work | None:
    """A block in whole slots, centred in them; at a column's head it stands at the top."""
    state.clear()
    fragment, slots = block_slots(node, grid, grid.slots - state.slot, composer)
    if state.slot + slots > grid.slots:
        return None
    band = slots * grid.pitch - grid.line_gap
    spare = max(band - fragment.extent.block - node.box.before - node.box.after, 0)
    at_head = state.slot == 0
    down = 0 if at_head else node.box.before + spare // 2
    keeps = node.box.keep_with_next and bool(behind)
    state.placed.append(PlacedPiece(state.slot, Offset(0, down), fragment, not at_head, keeps))
    state.slot += slots
    return ()


def block_slots(node: Node, grid: Grid, remaining: int, composer: Composer) -> tuple[Fragment, int]:
    """The fragment of a block and the slots it takes; ``remaining`` are those still free."""
    if isinstance(node, FigureNode) and node.lines:
        slots = max(remaining, REST_LEAST) if node.lines < 0 else node.lines
        block = slots * grid.pitch - grid.line_gap - node.box.before
        inline = node.inline or grid.inline
        return figure(node, inline, block, composer), slots
    fragment = lay_out(node, grid.inline, composer)
    natural = fragment.extent.block + node.box.before + node.box.after
    least = node.box.lines
    if least and isinstance(node, Para):
        count = _text_lines(fragment)
        least += node.box.lines_more * max(count - 1, 0)
    return fragment, max(least, _slots_for(natural, grid))


def _slots_for(block: Length, grid: Grid) -> int:
    """Whole slots that hold ``block``; the last line gap may be used up."""
    return max(-((-block - grid.line_gap) // grid.pitch), 1)


def _text_lines(fragment: Fragment) -> int:
    count = 0
    for _, child in fragment.children:
        if isinstance(child, TextLeaf):
            count += 1
        elif isinstance(child, Fragment):
            count += _text_lines(child)
    return count


def _must_move(
    entry: Node | Rest, behind: Work, grid: Grid, state: _State, composer: Composer
) -> bool:
    """A heading goes on to the next column with the text it belongs to."""
    if isinstance(entry, Rest) or not entry.box.keep_with_next or not behind:
        return False
    trial = _State(state.slot, state.wrap, [])
    if _place(entry, behind, grid, trial, composer) is None:
        return True
    quiet = replace(composer, reporter=type(composer.reporter)())
    following = list(behind)
    while following:
        nxt = following.pop(0)
        remaining = _place(nxt, tuple(following), grid, trial, quiet)
        if remaining is None:
            return state.slot > 0
        floats = isinstance(nxt, FigureNode) and bool(nxt.side)
        if not floats and (isinstance(nxt, Rest) or not nxt.box.keep_with_next):
            break
    return False


def fill_columns(
    grid: Grid, count: int, work: Work, composer: Composer, *, balance: bool
) -> tuple[list[tuple[PlacedPiece, ...]], list[int], Work]:
    """Fill ``count`` columns in turn; balanced ones are as short as they can be."""
    run = _runner(grid, count, work, composer)
    columns, used, remaining = run(grid.slots)
    if balance and not remaining:
        low, high = 1, grid.slots
        while low < high:
            middle = (low + high) // 2
            columns, _, over = run(middle)
            if over or any(pieces and pieces[-1].keeps for pieces in columns):
                low = middle + 1
            else:
                high = middle
        columns, used, remaining = run(high)
    return columns, used, remaining


def _runner(
    grid: Grid, count: int, work: Work, composer: Composer
) -> Callable[[int], tuple[list[tuple[PlacedPiece, ...]], list[int], Work]]:
    def run(slots: int) -> tuple[list[tuple[PlacedPiece, ...]], list[int], Work]:
        columns, used, remaining = [], [], work
        for _ in range(count):
            placed, slots_used, remaining = fill(replace(grid, slots=slots), remaining, composer)
            columns.append(placed)
            used.append(slots_used)
        return columns, used, remaining

    return run
