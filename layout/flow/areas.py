"""Areas and pages: each area of a page filled with its content, on its grid or freely.

``compose_page`` is the list: areas → columns or stack → fragments in place.
"""

from dataclasses import dataclass, replace

from layout.diagnostics import Reporter
from layout.flow.blocks import Composer, lay_out
from layout.flow.fragment import BoxLeaf, Fragment, Leaf
from layout.flow.gridded import fill_area
from layout.flow.overset import characters_of
from layout.font.shape import Shaper
from layout.geometry import Extent, Offset, Rect, page_extent, to_page
from layout.house.rules import Rules
from layout.style.model import Node, Para, Placed, ResolvedArea, ResolvedPage, Row, Stack
from layout.units import Length


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
    fragment, used, total = fill_area(area, page_extent(frame, area.mode), number, composer)
    return AreaLayout(area, frame, fragment, used, total)


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


def _compose_free(area: ResolvedArea, frame: Rect, number: int, composer: Composer) -> AreaLayout:
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


def _report_free_overset(area: ResolvedArea, over: Length, number: int, composer: Composer) -> None:
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
        characters=characters_of(last),
        cheapest=last.name,
        win=characters_of(last),
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
