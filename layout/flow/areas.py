"""Areas and pages: each area of a page filled with its content, on its grid or freely.

``compose_page`` is the list: areas → columns or stack → fragments in place.
"""

from dataclasses import dataclass, replace

from layout.diagnostics import Reporter
from layout.flow.blocks import Composer, lay_out
from layout.flow.columns import Grid, PlacedPiece, Rest, Work, fill, fill_columns
from layout.flow.fragment import BoxLeaf, Fragment, Leaf
from layout.font.shape import Shaper
from layout.geometry import Extent, Offset, Rect, page_extent, to_page
from layout.house.rules import Rules
from layout.source.model import Content, Text
from layout.style.model import (
    FigureNode,
    Node,
    Para,
    Placed,
    ResolvedArea,
    ResolvedPage,
    Row,
    Stack,
    Stroke,
)
from layout.units import Length

_MANY = 100_000  # slots of the imaginary column that measures what did not fit


@dataclass(frozen=True, slots=True)
class AreaLayout:
    """An area laid out: where it is, what is in it, and how full it is (in lines of its grid).

    ``placed`` stand at rectangles of the page, outside the flow; they are read after it.
    """

    area: ResolvedArea
    frame: Rect
    fragment: Fragment
    used: int
    total: int
    placed: tuple[tuple[Rect, Fragment], ...] = ()


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page laid out."""

    page: ResolvedPage
    areas: tuple[AreaLayout, ...]

    @property
    def fullness(self) -> float:
        """The share of the grid lines of its gridded areas that are used, 0…1."""
        gridded = [a for a in self.areas if a.area.grid is not None]
        total = sum(a.total for a in gridded)
        return sum(a.used for a in gridded) / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Workshop:
    """What composing needs besides the page."""

    shaper: Shaper
    rules: Rules
    reporter: Reporter
    bracket: str


def compose_page(page: ResolvedPage, number: int, shop: Workshop) -> PageLayout:
    """Lay out all areas of page ``number`` (from 1)."""
    areas = []
    for area in page.areas:
        flowing = tuple(node for node in area.children if not isinstance(node, Placed))
        placed = tuple(
            (node.rect, _compose_placed(node, area, shop))
            for node in area.children
            if isinstance(node, Placed)
        )
        done = _compose_area(replace(area, children=flowing), number, shop)
        areas.append(replace(done, placed=placed))
    return PageLayout(page, tuple(areas))


def _compose_placed(node: Placed, area: ResolvedArea, shop: Workshop) -> Fragment:
    composer = _composer(area, shop)
    extent = page_extent(node.rect, area.mode)
    fragment = lay_out(node.node, extent.inline, composer)
    down = (extent.block - fragment.extent.block) // 2
    box = node.box
    children: list[tuple[Offset, Fragment | Leaf]] = []
    if box.background is not None or box.edges:
        leaf = BoxLeaf(extent, box.background, box.edges, box.radius, box.shape)
        children.append((Offset(0, 0), leaf))
    children.append((Offset(0, down), fragment))
    return Fragment(extent, tuple(children), area.mode, node.span, "aside", node.name)


def _composer(area: ResolvedArea, shop: Workshop) -> Composer:
    pitch = area.grid.pitch if area.grid else 0
    return Composer(shop.shaper, shop.rules, area.mode, shop.reporter, pitch, shop.bracket)


def _compose_area(area: ResolvedArea, number: int, shop: Workshop) -> AreaLayout:
    frame = _inner_frame(area)
    composer = _composer(area, shop)
    if area.grid is None:
        return _compose_free(area, frame, number, composer)
    return _compose_gridded(area, frame, number, composer)


def _inner_frame(area: ResolvedArea) -> Rect:
    """The area's rectangle less its padding."""
    whole = page_extent(area.rect, area.mode)
    pad = area.padding
    inner = Extent(
        whole.inline - pad.inline_start - pad.inline_end,
        whole.block - pad.block_start - pad.block_end,
    )
    return to_page(area.rect, area.mode, Offset(pad.inline_start, pad.block_start), inner)


# --- free areas ---------------------------------------------------------------------


def _compose_free(
    area: ResolvedArea, frame: Rect, number: int, composer: Composer
) -> AreaLayout:
    """Blocks one after the other without a grid: mastheads, bands, boxes."""
    room = page_extent(frame, area.mode)
    stack = Stack(area.children, area.span, "area", name=area.name)
    content = lay_out(stack, room.inline, composer)
    visible = content.extent.block - content.ease_start - content.ease_end
    spare = room.block - visible
    if spare < 0:
        _report_free_overset(area, -spare, number, composer)
    down = {"centre": spare // 2, "end": spare}.get(area.align, 0) - content.ease_start
    fragment = Fragment(
        room, ((Offset(0, down), content),), area.mode, area.span, "area", area.name
    )
    return AreaLayout(area, frame, fragment, 0, 0)


def _report_free_overset(
    area: ResolvedArea, over: Length, number: int, composer: Composer
) -> None:
    last = area.children[-1]
    pitch = _text_pitch(last) or over
    lines = -(-over // pitch)
    composer.reporter.error(
        "area.overset",
        last.span,
        page=number,
        block=last.name,
        area=area.name,
        lines=lines,
        characters=_characters(last),
    )


def _text_pitch(node: Node) -> Length:
    match node:
        case Para():
            return node.text.pitch
        case Stack():
            return _text_pitch(node.children[-1]) if node.children else 0
        case Row():
            return max((_text_pitch(n) for _, n in node.cells), default=0)
        case _:
            return 0


# --- areas on a grid ------------------------------------------------------------------


def _compose_gridded(
    area: ResolvedArea, frame: Rect, number: int, composer: Composer
) -> AreaLayout:
    assert area.grid is not None
    room = page_extent(frame, area.mode)
    style = area.grid
    column, gap = _columns(room.inline, style.size, area)
    slots = max((room.block - style.size) // style.pitch + 1, 0)
    grid = Grid(column, slots, style)
    columns, used, remaining = fill_columns(
        grid, area.columns, area.children, composer, balance=area.balance
    )
    if remaining:
        _report_overset(area, remaining, number, grid, composer)
    spare = room.block - (slots - 1) * style.pitch - style.size
    spread = (slots - used[0]) * style.pitch + spare if area.align == "spread" and not remaining else 0
    children: list[tuple[Offset, Fragment | Leaf]] = []
    start = 0 if area.columns > 1 else (room.inline - column) // 2
    for index, pieces in enumerate(columns):
        at = start + index * (column + gap)
        if index and area.rule is not None:
            longest = max(used) * style.pitch - grid.line_gap
            children.append(_column_rule(at - gap // 2, longest, area.rule))
        extra = spread if area.columns == 1 else 0
        children.extend(_pieces(pieces, at, style.pitch, extra))
    fragment = Fragment(room, tuple(children), area.mode, area.span, "area", area.name)
    return AreaLayout(area, frame, fragment, sum(used), slots * area.columns)


def _columns(inline: Length, em: Length, area: ResolvedArea) -> tuple[Length, Length]:
    """Column measure in whole characters, and the gap that puts the last column on the edge."""
    count = area.columns
    measure = (inline - area.gap * (count - 1)) // count // em * em
    gap = (inline - measure * count) // (count - 1) if count > 1 else 0
    return measure, gap


def _column_rule(at: Length, block: Length, rule: Stroke) -> tuple[Offset, BoxLeaf]:
    leaf = BoxLeaf(Extent(0, block), None, {"inline_start": rule})
    return Offset(at, 0), leaf


def _pieces(
    pieces: tuple[PlacedPiece, ...], at: Length, pitch: Length, spread: Length
) -> list[tuple[Offset, Fragment]]:
    """Pieces at their slots; spare room is shared out before the blocks that may take it."""
    takers = sum(piece.spreads for piece in pieces)
    out, passed = [], 0
    for piece in pieces:
        passed += piece.spreads
        extra = spread * passed // takers if takers else 0
        down = piece.slot * pitch + piece.offset.block + extra
        out.append((Offset(at + piece.offset.inline, down), piece.fragment))
    return out


# --- what does not fit ------------------------------------------------------------------


def _report_overset(
    area: ResolvedArea, remaining: Work, number: int, grid: Grid, composer: Composer
) -> None:
    """Name the first block that did not fit and measure how much is over."""
    quiet = replace(composer, reporter=Reporter())
    _, lines, _ = fill(replace(grid, slots=_MANY), _without_rest(remaining), quiet)
    first = remaining[0]
    node = first.para if isinstance(first, Rest) else first
    place = first.lines[0].items.place(first.lines[0].start) if isinstance(first, Rest) else node.span
    composer.reporter.error(
        "area.overset",
        place,
        page=number,
        block=node.name,
        area=area.name,
        lines=lines,
        characters=sum(_characters(entry) for entry in remaining),
    )


def _without_rest(work: Work) -> Work:
    """Figures that take the rest of a column would take the whole imaginary one."""
    return tuple(
        replace(w, lines=0) if isinstance(w, FigureNode) and w.lines < 0 else w for w in work
    )


def _characters(entry: Node | Rest) -> int:
    match entry:
        case Rest():
            return sum(len(line.text) for line in entry.lines)
        case Para():
            return _content_length(entry.content)
        case Stack():
            return sum(_characters(node) for node in entry.children)
        case Row():
            return sum(_characters(node) for _, node in entry.cells)
        case FigureNode():
            return _characters(entry.caption) if entry.caption else 0
        case _:
            return 0


def _content_length(content: Content) -> int:
    count = 0
    for node in content:
        if isinstance(node, Text):
            count += len(node.text)
            continue
        inner = getattr(node, "content", None) or getattr(node, "base", ())
        count += _content_length(inner if isinstance(inner, tuple) else (inner,))
    return count
