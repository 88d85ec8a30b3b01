"""An area on its grid: fit the copy, fill bands of columns, place the pieces.

``fill_area`` is the list.  A band is a stretch of columns between two blocks
that span them all (段抜き); bands above such a block are balanced, so that it
closes them on one line.
"""

from dataclasses import dataclass, replace

from layout.diagnostics import Reporter
from layout.flow.blocks import Composer
from layout.flow.columns import Grid, PlacedPiece, Work, block_slots, fill_columns
from layout.flow.fitting import NO_CHANGE, Change, changed, changes
from layout.flow.fragment import BoxLeaf, Fragment, Leaf
from layout.flow.overset import report_overset
from layout.geometry import Extent, Offset
from layout.style.model import Node, ResolvedArea, Stroke
from layout.units import Length, to_mm


@dataclass(frozen=True, slots=True)
class Band:
    """Columns from ``slot`` on, or one block across them all; ``used`` slots of each column."""

    slot: int
    columns: tuple[tuple[PlacedPiece, ...], ...]
    used: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Filled:
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


def fill_area(
    area: ResolvedArea, room: Extent, number: int, composer: Composer
) -> tuple[Fragment, int, int]:
    """The area's fragment, the lines it uses and the lines it has.

    Reports ``area.fitted`` when copyfitting was needed and ``area.overset``
    when it was not enough.
    """
    filled, change = _fitted(area, room, composer)
    if filled.remaining:
        report_overset(area, filled.remaining, filled.grid, number, composer)
    elif change != NO_CHANGE:
        _report_change(area, change, number, composer.reporter)
    fragment = _place(filled, room, composer)
    return fragment, filled.lines, filled.grid.slots * area.columns


def _fitted(area: ResolvedArea, room: Extent, composer: Composer) -> tuple[Filled, Change]:
    """The first change within the limits that makes everything fit; none if none does."""
    first: Filled | None = None
    for change in changes(area.fit):
        filled = _fill(changed(area, change), room, composer)
        if not filled.remaining:
            return filled, change
        first = first or filled
    assert first is not None
    return first, NO_CHANGE


def _report_change(area: ResolvedArea, change: Change, number: int, reporter: Reporter) -> None:
    reporter.note(
        "area.fitted",
        area.span,
        page=number,
        area=area.name,
        tracking=f"{to_mm(change.tracking):.3f}",
        line=f"{to_mm(change.line):.3f}",
        size=f"{to_mm(change.size):.3f}",
    )


# --- bands ------------------------------------------------------------------------------


def _fill(area: ResolvedArea, room: Extent, composer: Composer) -> Filled:
    style = area.grid
    assert style is not None
    composer = replace(composer, pitch=style.pitch)
    measure, gap = _measure(room.inline, style.size, area)
    slots = max((room.block - style.size) // style.pitch + 1, 0)
    grid = Grid(measure, slots, style)
    whole = replace(grid, inline=measure * area.columns + gap * (area.columns - 1))
    bands: list[Band] = []
    slot = 0
    rest = area.children
    while rest:
        head, rest = _cut(rest)
        if len(head) == 1 and _spans(head[0]):
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


def _spans(node: Node) -> bool:
    return node.box.across


def _cut(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The nodes up to the next that spans all columns, or that one alone; and the others."""
    if _spans(nodes[0]):
        return nodes[:1], nodes[1:]
    for i, node in enumerate(nodes):
        if _spans(node):
            return nodes[:i], nodes[i:]
    return nodes, ()


def _across(node: Node, whole: Grid, slot: int, composer: Composer) -> Band | None:
    fragment, slots = block_slots(node, whole, whole.slots - slot, composer)
    if slot + slots > whole.slots:
        return None
    band = slots * whole.pitch - whole.line_gap
    spare = max(band - fragment.extent.block, 0)
    down = spare // 2 if slot else 0
    piece = PlacedPiece(0, Offset(0, down), fragment)
    return Band(slot, ((piece,),), (slots,))


def _band(
    grid: Grid,
    nodes: tuple[Node, ...],
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
