"""Areas on their grids: fit the copy, fill bands of columns, place the pieces.

``fill_thread`` is the list.  A band is a stretch of columns between two blocks
that span them all (段抜き); bands above such a block are balanced, so that it
closes them on one line.
"""

from msgspec import Struct
from msgspec.structs import replace

from layout.flow.columns import fill_columns
from layout.flow.composing import Composer, quiet
from layout.flow.fitting import NO_CHANGE, Change, changed, changes, lighter, openings
from layout.flow.fragment import BoxLeaf, Fragment, Leaf
from layout.flow.grid import Grid, PlacedPiece, Rest, Work, block_slots, visible
from layout.flow.overset import report_overset
from layout.geometry import Extent, Offset
from layout.style.model import Fit, Node, ResolvedArea, Stroke, Turn
from layout.units import Length, to_mm


class Band(Struct, frozen=True):
    """Columns from ``slot`` on, or one block across them all; ``used`` slots of each column."""

    slot: int
    columns: tuple[tuple[PlacedPiece, ...], ...]
    used: tuple[int, ...]


class Filled(Struct, frozen=True):
    """An area's bands, its grid, and what did not fit."""

    area: ResolvedArea
    grid: Grid
    gap: Length
    bands: tuple[Band, ...]
    remaining: Work

    @property
    def lines(self) -> int:
        """Lines used in all columns; a block across uses its lines in each."""
        return sum(
            sum(band.used) if len(band.used) > 1 else band.used[0] * self.area.columns
            for band in self.bands
        )

    @property
    def free(self) -> int:
        """Lines that stayed empty at the end of the last column, lest one line stand alone."""
        pieces = self.bands[-1].columns[-1] if self.bands else ()
        if not pieces:
            return 0
        end = pieces[-1].slot - (-visible(pieces[-1].fragment) // self.grid.pitch)
        return max(self.grid.slots - self.bands[-1].slot - end, 0)

    @property
    def is_full(self) -> bool:
        """Whether no column has a line free."""
        return self.lines >= self.grid.slots * self.area.columns


class Link(Struct, frozen=True):
    """An area of a thread: its room, its page and what composes it."""

    area: ResolvedArea
    room: Extent
    number: int
    composer: Composer


def fill_thread(links: tuple[Link, ...]) -> tuple[tuple[Fragment, int, int], ...]:
    """Of each area the fragment, the lines it uses and the lines it has.

    What does not fit into one area goes on in the next.  Reports
    ``area.fitted`` or ``area.opened`` when copyfitting was needed and
    ``area.overset``, for the last area, when it was not enough.
    """
    change = _fitting(links)
    filled = _fill_all(links, change)
    last, over = links[-1], filled[-1].remaining
    if over:
        areas = (changed(link.area, change) for link in links)
        children = tuple(node for area in areas for node in area.children)
        end = filled[-1]
        report_overset(last.area, children, (over, end.free), end.grid, last.number, last.composer)
    elif change != NO_CHANGE:
        _report_change(links[0], change)
    return tuple(
        (_place(one, link.room, link.composer), one.lines, one.grid.slots * link.area.columns)
        for one, link in zip(filled, links, strict=True)
    )


def _fitting(links: tuple[Link, ...]) -> Change:
    """The first change within the limits that makes everything fit; the last if none does."""
    fit = next((link.area.fit for link in links if link.area.fit), None)
    if fit is None:
        return NO_CHANGE
    trial = tuple(replace(link, composer=quiet(link.composer)) for link in links)
    change = NO_CHANGE
    for change in changes(fit):
        filled = _fill_all(trial, change)
        if not filled[-1].remaining:
            break
    else:
        return change
    if change == NO_CHANGE:
        return _opening(trial, fit, filled) if fit.open else change
    return next((c for c in lighter(change) if not _fill_all(trial, c)[-1].remaining), change)


def _opening(links: tuple[Link, ...], fit: Fit, filled: tuple[Filled, ...]) -> Change:
    """The most open line pitch with which everything still fits."""
    if all(one.is_full for one in filled):
        return NO_CHANGE
    for change in openings(fit):
        if not _fill_all(links, change)[-1].remaining:
            return change
    return NO_CHANGE


def _fill_all(links: tuple[Link, ...], change: Change) -> tuple[Filled, ...]:
    """The areas in turn, each with what the one before it left."""
    found: list[Filled] = []
    over: Work = ()
    for number, link in enumerate(links, start=1):
        area = changed(link.area, change)
        work: Work = (*_begun(over), *area.children)
        if number == len(links):
            work = _without_turns(work, link)
        found.append(_fill(area, work, link, _beyond(links[number:], change)))
        over = found[-1].remaining
    return tuple(found)


def _beyond(links: tuple[Link, ...], change: Change) -> Length:
    """The measure of the next area's columns, 0 if there is none."""
    if not links:
        return 0
    area = changed(links[0].area, change)
    assert area.grid is not None
    return _measure(links[0].room.inline, area.grid.size, area)[0]


def _begun(work: Work) -> Work:
    """What goes on in the next area, its break done."""
    return work[1:] if work and isinstance(work[0], Turn) and work[0].area else work


def _without_turns(work: Work, link: Link) -> Work:
    """The last area has none to turn to, and one of a single column no column either."""
    kept: list[Node | Rest] = []
    for entry in work:
        if isinstance(entry, Turn) and (entry.area or link.area.columns == 1):
            link.composer.reporter.warning("area.no-next", entry.span, page=link.number)
        else:
            kept.append(entry)
    return tuple(kept)


def _report_change(first: Link, change: Change) -> None:
    """What was changed, in the order in which it was tried."""
    area, reporter = first.area, first.composer.reporter
    if change.line < 0:
        line = f"{to_mm(-change.line):.3f}"
        reporter.note("area.opened", area.span, page=first.number, area=area.name, line=line)
        return
    reporter.note(
        "area.fitted",
        area.span,
        page=first.number,
        area=area.name,
        tracking=f"{to_mm(change.tracking):.3f}",
        line=f"{to_mm(change.line):.3f}",
        size=f"{to_mm(change.size):.3f}",
    )


# --- bands ------------------------------------------------------------------------------


def _fill(area: ResolvedArea, rest: Work, link: Link, beyond: Length) -> Filled:
    style, room = area.grid, link.room
    assert style is not None
    composer = replace(link.composer, pitch=style.pitch)
    measure, gap = _measure(room.inline, style.size, area)
    slots = max((room.block - style.size) // style.pitch + 1, 0)
    grid = Grid(measure, slots, style, slots, beyond)
    whole = replace(grid, inline=measure * area.columns + gap * (area.columns - 1))
    bands: list[Band] = []
    slot = 0
    while rest:
        head, rest = _cut(rest)
        if len(head) == 1 and not isinstance(head[0], Rest) and _spans(head[0]):
            band = _across(head[0], whole, slot, composer)
            over: Work = () if band else head
        else:
            balance = area.balance or bool(rest)
            band, over = _band(
                replace(grid, slots=slots - slot), head, slot, balance, area, composer
            )
        if band is not None:
            bands.append(band)
            slot += max(band.used, default=0)
        if over:
            return Filled(area, grid, gap, tuple(bands), (*over, *rest))
    return Filled(area, grid, gap, tuple(bands), ())


def _spans(entry: Node | Rest) -> bool:
    return not isinstance(entry, Rest) and entry.box.across


def _cut(nodes: Work) -> tuple[Work, Work]:
    """The nodes up to the next that spans all columns, or that one alone; and the others."""
    if _spans(nodes[0]):
        return nodes[:1], nodes[1:]
    for i, node in enumerate(nodes):
        if _spans(node):
            return nodes[:i], nodes[i:]
    return nodes, ()


def _across(node: Node, whole: Grid, slot: int, composer: Composer) -> Band | None:
    fragment, slots = block_slots(node, whole, whole.slots - slot, composer, at_head=not slot)
    if slot + slots > whole.slots:
        return None
    band = slots * whole.pitch - whole.line_gap
    spare = max(band - visible(fragment), 0)
    down = (spare // 2 if slot else 0) - fragment.ease_start
    piece = PlacedPiece(0, Offset(0, down), fragment)
    return Band(slot, ((piece,),), (slots,))


def _band(
    grid: Grid,
    nodes: Work,
    slot: int,
    balance: bool,
    area: ResolvedArea,
    composer: Composer,
) -> tuple[Band | None, Work]:
    if grid.slots <= 0:
        return None, nodes
    columns, used, remaining = fill_columns(grid, area.columns, nodes, composer, balance=balance)
    return Band(slot, tuple(columns), tuple(used)), remaining


def _measure(inline: Length, em: Length, area: ResolvedArea) -> tuple[Length, Length]:
    """Column measure in whole characters, and the gap that puts the last column on the edge."""
    count = area.columns
    measure = (inline - area.gap * (count - 1)) // count // em * em
    gap = (inline - measure * count) // (count - 1) if count > 1 else 0
    return measure, gap


# --- pieces ---------------------------------------------------------------------------------


def _place(filled: Filled, room: Extent, composer: Composer) -> Fragment:
    area, grid = filled.area, filled.grid
    start = 0 if area.columns > 1 else (room.inline - grid.inline) // 2
    spread = _spare(filled, room)
    shift = _shift(filled)
    children: list[tuple[Offset, Fragment | Leaf]] = []
    for band in filled.bands:
        across = len(band.columns) == 1 < area.columns
        longest = max(band.used) * grid.pitch - grid.line_gap
        begin = band.slot * grid.pitch + shift
        for index, pieces in enumerate(band.columns):
            at = start + index * (grid.inline + filled.gap)
            if index and area.rule is not None and not across:
                place = Offset(at - filled.gap // 2, begin)
                children.append((place, _column_rule(longest, area.rule)))
            children.extend(_pieces(pieces, Offset(at, begin), grid.pitch, spread))
    return Fragment(room, tuple(children), area.mode, area.span, "area", area.name)


def _spare(filled: Filled, room: Extent) -> Length:
    """What a single column that is to be spread leaves free."""
    area, grid = filled.area, filled.grid
    if area.align != "spread" or area.columns > 1 or filled.remaining or not filled.bands:
        return 0
    over = room.block - (grid.slots - 1) * grid.pitch - grid.style.size
    last = filled.bands[-1]
    return (grid.slots - last.slot - max(last.used)) * grid.pitch + over


def _shift(filled: Filled) -> Length:
    """How far content that does not fill its area moves down for ``centre`` and ``end``.

    Whole lines only, so that it stays on the grid.
    """
    if filled.remaining or not filled.bands:
        return 0
    last = filled.bands[-1]
    free = filled.grid.slots - last.slot - max(last.used)
    return {"centre": free // 2, "end": free}.get(filled.area.align, 0) * filled.grid.pitch


def _column_rule(block: Length, rule: Stroke) -> BoxLeaf:
    return BoxLeaf(Extent(0, block), None, {"inline_start": rule})


def _pieces(
    pieces: tuple[PlacedPiece, ...], at: Offset, pitch: Length, spread: Length
) -> list[tuple[Offset, Fragment]]:
    """Pieces at their slots; spare room is shared out before the blocks that may take it."""
    takers = sum(piece.spreads for piece in pieces)
    out, passed = [], 0
    for piece in pieces:
        passed += piece.spreads
        extra = spread * passed // takers if takers else 0
        down = at.block + piece.slot * pitch + piece.offset.block + extra
        out.append((Offset(at.inline + piece.offset.inline, down), piece.fragment))
    return out
