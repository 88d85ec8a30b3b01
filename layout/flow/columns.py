"""Filling columns of grid lines: ``fill(column, work) → (placed, work remaining)``.

A column is a number of line slots (基本版面).  Running text takes a slot a
line; everything else takes whole slots and is centred in them (行取り).  What
does not fit is a value, so overset text, balance and fitting are all "call it
again".  A figure that does not fit waits for the next column while the text
around it goes on; a list goes on item by item, a table longer than a column
row by row.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from layout.flow.blocks import figure
from layout.flow.boxes import inner_inline
from layout.flow.composing import Composer, broken_lines, items_of, marker_leaf, quiet, text_style
from layout.flow.fragment import Fragment, TextLeaf
from layout.flow.grid import (
    Grid,
    PlacedPiece,
    Rest,
    State,
    Work,
    Wrap,
    block_slots,
    is_running,
    opened,
    parts_of,
    runs_on_grid,
    slots_for,
    visible,
)
from layout.geometry import Extent, Offset
from layout.inline.items import ALWAYS
from layout.inline.lines import Line, set_lines
from layout.style.model import FigureNode, Gap, Node, Para, Turn
from layout.units import Length

FLOAT_GAP = 1.0  # least room between a figure and the text around it, in ems
_ENDLESS = 10**12  # longer than any paragraph set on one line


def fill(grid: Grid, work: Work, composer: Composer) -> tuple[tuple[PlacedPiece, ...], int, Work]:
    """Place as much of ``work`` as the column holds.

    Returns what was placed, the slots used, and the work that remains.
    """
    state = State(0, None, [])
    work = opened(work, grid, composer)
    waiting: Work = ()
    at = 0
    while at < len(work):
        entry, behind = work[at], _Behind(work, at + 1)
        if isinstance(entry, Turn):
            if state.placed and not entry.area:
                at += 1
            if state.placed or entry.area:
                break
        elif (waiting and not is_running(entry, grid)) or _must_move(
            entry, behind, grid, state, composer
        ):
            break
        remaining = _place(entry, behind, grid, state, composer)
        if remaining is None:
            if not _may_wait(entry, behind, grid, state):
                break
            waiting = (*waiting, entry)
        at += 1
        if remaining:
            rest = (*waiting, *remaining, *work[at:])
            return tuple(state.placed), grid.slots, rest
    used = max(state.slot, state.wrap.until if state.wrap else 0)
    return tuple(state.placed), used, (*waiting, *work[at:])


class _Behind(NamedTuple):
    """The work from an entry on, without a copy: there may be much of which little counts."""

    work: Work
    at: int

    @property
    def is_there(self) -> bool:
        """Whether there is any."""
        return self.at < len(self.work)

    def steps(self) -> Iterator[tuple[Node | Rest, "_Behind"]]:
        """Each entry with what is behind it."""
        for at in range(self.at, len(self.work)):
            yield self.work[at], _Behind(self.work, at + 1)


def _may_wait(entry: Node | Rest, behind: _Behind, grid: Grid, state: State) -> bool:
    """A figure waits for the next column if running text can take its place meanwhile."""
    figures = isinstance(entry, FigureNode) and state.slot > 0
    following = next((e for e, _ in behind.steps() if not isinstance(e, FigureNode)), None)
    return figures and following is not None and is_running(following, grid)


def _place(
    entry: Node | Rest, behind: _Behind, grid: Grid, state: State, composer: Composer
) -> Work | None:
    """Place one entry.  None: it does not fit here at all; else what is remaining of it."""
    if isinstance(entry, Rest):
        lines = _reset(entry, grid, state, composer)
        return _place_lines(entry.para, lines, grid, state, composer)
    if isinstance(entry, Turn):
        return ()
    if isinstance(entry, Gap):
        state.clear()
        empty = entry.lines if state.placed else 0
        state.slot = min(state.slot + empty, grid.slots)  # room at a column's end is room enough
        return ()
    if isinstance(entry, FigureNode) and entry.side:
        return _place_float(entry, grid, state, composer)
    if isinstance(entry, Para) and runs_on_grid(entry, grid):
        return _place_paragraph(entry, grid, state, composer)
    return _place_block(entry, behind, grid, state, composer)


# --- running text ---------------------------------------------------------------------


def _place_paragraph(para: Para, grid: Grid, state: State, composer: Composer) -> Work | None:
    """A paragraph's lines; room before and after it is whole lines, none at a column's head."""
    begun = state.slot
    if state.placed and para.box.before:
        state.slot += -(-para.box.before // grid.pitch)
    lines = _set_paragraph(para, grid, state, composer)
    remaining = _place_lines(para, lines, grid, state, composer)
    if remaining is None:
        state.slot = begun
    elif not remaining and para.box.after:
        state.slot = min(state.slot - (-para.box.after // grid.pitch), grid.slots)
    return remaining


def _reset(rest: Rest, grid: Grid, state: State, composer: Composer) -> tuple[Line, ...]:
    """What remains of a paragraph, broken anew where it finds another measure.

    What is set already counts as one endless line for each stretch of it.
    """
    if rest.inline in (0, grid.inline) and state.wrap is None:
        return rest.lines
    items, at = items_of(rest.para, composer), rest.lines[0].start
    passed = 1 + sum(1 for cost in items.penalty[: at - 1] if cost == ALWAYS)
    penalty = (*items.penalty[: at - 1], ALWAYS, *items.penalty[at:])
    beside = _room(rest.para, grid, state)

    def room(line: int) -> tuple[Length, Length]:
        return (0, _ENDLESS) if line < passed else beside(line - passed)

    style = text_style(rest.para, composer)
    steady = passed + _steady(state)
    lines = set_lines(
        replace(items, penalty=penalty), style, room, steady, composer.setter, composer.bracket
    )
    return tuple(line for line in lines if line.start >= at)


def _set_paragraph(para: Para, grid: Grid, state: State, composer: Composer) -> tuple[Line, ...]:
    """Break a paragraph for the slots it will take: beside a figure, below it, in more columns."""
    room, style = _room(para, grid, state), text_style(para, composer)
    items = items_of(para, composer)
    return broken_lines(items, style, room, _steady(state), composer)


def _room(para: Para, grid: Grid, state: State) -> Callable[[int], tuple[Length, Length]]:
    """Where the room of each line from the slot on begins, and how long it is."""
    wrap, slot = state.wrap, state.slot
    start = para.box.padding.inline_start
    inner = inner_inline(para.box, para.text, grid.inline)

    def room(line: int) -> tuple[Length, Length]:
        if wrap is not None and slot + line < min(wrap.until, grid.slots):
            return wrap.start + start, wrap.measure - (grid.inline - inner)
        return start, inner

    return room


def _steady(state: State) -> int:
    """From which line on nothing stands beside the text."""
    return max(state.wrap.until - state.slot, 0) if state.wrap is not None else 0


def _place_lines(
    para: Para, lines: tuple[Line, ...], grid: Grid, state: State, composer: Composer
) -> Work | None:
    """Lines into slots; no single line of a paragraph stays alone at either side of a break."""
    fits = min(grid.slots - state.slot, len(lines))
    if fits < len(lines):
        fits = _kept_back(para, lines, fits, grid, composer)  # widow: take one more along
        if fits == 1:
            fits = 0  # orphan: leave none behind
    if fits <= 0:
        return None if lines else ()
    now, later = lines[:fits], lines[fits:]
    pitch = grid.pitch
    half = grid.style.size // 2  # lines of other sizes share the centre lines of the grid
    children = tuple(
        (Offset(0, number * pitch + half), TextLeaf(line)) for number, line in enumerate(now)
    )
    leaf = None if now[0].start else marker_leaf(para, _beside(para, state), composer)
    if leaf is not None:
        children = ((Offset(0, half), leaf), *children)
    extent = Extent(grid.inline, fits * pitch)
    piece = Fragment(extent, children, composer.mode, para.span, para.role, para.name)
    state.placed.append(PlacedPiece(state.slot, Offset(0, 0), piece))
    state.slot += fits
    if state.wrap is not None and state.slot >= state.wrap.until:
        state.wrap = None
    return (Rest(para, later, grid.inline),) if later else ()


def _kept_back(
    para: Para, lines: tuple[Line, ...], fits: int, grid: Grid, composer: Composer
) -> int:
    """How many lines may stay so that not one alone goes on, be it on another measure."""
    if grid.beyond in (0, grid.inline):
        return fits - (len(lines) - fits == 1)
    beyond = replace(grid, inline=grid.beyond)
    while fits > 1:
        rest = Rest(para, lines[fits:], grid.inline)
        if len(_reset(rest, beyond, State(0, None, []), quiet(composer))) > 1:
            break
        fits -= 1
    return fits


def _beside(para: Para, state: State) -> Length:
    """Where the room of the line begins that stands at the slot."""
    return para.box.padding.inline_start + (state.wrap.start if state.wrap else 0)


# --- figures text wraps around ----------------------------------------------------------


def _place_float(node: FigureNode, grid: Grid, state: State, composer: Composer) -> Work | None:
    """A figure at one side; the measure beside it is a whole number of characters."""
    state.clear()
    em = grid.style.size
    wanted = grid.inline - node.inline - round(em * FLOAT_GAP)
    measure = max(wanted // em, 1) * em
    inline = grid.inline - measure - round(em * FLOAT_GAP)
    slots = node.lines
    if not slots:
        natural = figure(node, inline, 0, composer).extent.block
        slots = slots_for(natural, grid)
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
    node: Node, behind: _Behind, grid: Grid, state: State, composer: Composer
) -> Work | None:
    """A block in whole slots, centred in them; at a column's head it stands at the top."""
    state.clear()
    at_head = state.slot == 0
    free = grid.slots - state.slot
    fragment, slots = block_slots(node, grid, free, composer, at_head=at_head)
    remaining: Work = ()
    if state.slot + slots > grid.slots:
        parts = parts_of(node, slots, grid, state.slot, composer)
        if parts is None:
            return None
        node, remaining = parts[0], parts[1:]
        fragment, slots = block_slots(node, grid, free, composer, at_head=at_head)
    band = slots * grid.pitch - grid.line_gap
    spare = max(band - visible(fragment) - node.box.before - node.box.after, 0)
    down = (0 if at_head else node.box.before + spare // 2) - fragment.ease_start
    keeps = node.box.keep_with_next and behind.is_there
    state.placed.append(PlacedPiece(state.slot, Offset(0, down), fragment, not at_head, keeps))
    state.slot += slots
    return remaining


def _must_move(
    entry: Node | Rest, behind: _Behind, grid: Grid, state: State, composer: Composer
) -> bool:
    """A heading goes on to the next column with the text it belongs to."""
    if isinstance(entry, Rest) or not entry.box.keep_with_next or not behind.is_there:
        return False
    trial = State(state.slot, state.wrap, [])
    if _place(entry, behind, grid, trial, composer) is None:
        return True
    unheard = quiet(composer)
    for nxt, following in behind.steps():
        if isinstance(nxt, Turn):
            break
        remaining = _place(nxt, following, grid, trial, unheard)
        if remaining is None:
            if _may_wait(nxt, following, grid, trial):
                continue
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
        for number in range(1, count + 1):
            beyond = grid.beyond if number == count else 0
            short = replace(grid, slots=slots, whole=grid.whole or grid.slots, beyond=beyond)
            placed, slots_used, remaining = fill(short, remaining, composer)
            columns.append(placed)
            used.append(slots_used)
        return columns, used, remaining

    return run
