"""Areas and pages: each area of a page filled with its content, on its grid or freely.

``compose_pages`` is the list: threads → areas → columns or stack → fragments in place.
"""

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import Reporter
from layout.flow.blocks import lay_out
from layout.flow.composing import Composer
from layout.flow.fragment import BoxLeaf, Fragment, Leaf
from layout.flow.gridded import Link, fill_thread
from layout.flow.overset import characters_of
from layout.font.shape import Shaper
from layout.geometry import Extent, Offset, Rect, page_extent, to_page
from layout.house.rules import Rules
from layout.memo import NO_MEMO, Memo
from layout.style.model import Node, Para, Placed, ResolvedArea, ResolvedPage, Row, Stack, TableNode
from layout.units import Length


class AreaLayout(Struct, frozen=True):
    """An area laid out: where it is, what is in it, and how full it is (in lines of its grid).

    ``placed`` stand at rectangles of the page, outside the flow; they are read after it.
    """

    area: ResolvedArea
    frame: Rect
    fragment: Fragment
    used: int
    total: int
    placed: tuple[tuple[Rect, Fragment], ...] = ()


class PageLayout(Struct, frozen=True):
    """A page laid out."""

    page: ResolvedPage
    areas: tuple[AreaLayout, ...]

    @property
    def fullness(self) -> float:
        """The share of the grid lines of its gridded areas that are used, 0…1."""
        gridded = [a for a in self.areas if a.area.grid is not None]
        total = sum(a.total for a in gridded)
        return sum(a.used for a in gridded) / total if total else 1.0


class Workshop(Struct, frozen=True):
    """What composing needs besides the page; ``memo`` keeps what it made for other builds."""

    shaper: Shaper
    rules: Rules
    reporter: Reporter
    bracket: str
    memo: Memo = NO_MEMO


def compose_pages(pages: tuple[ResolvedPage, ...], shop: Workshop) -> tuple[PageLayout, ...]:
    """Lay out all areas of all pages, in order; a thread's areas all with its first."""
    threads = _threads(pages, shop)
    done: dict[tuple[int, str], AreaLayout] = {}
    for number, page in enumerate(pages, start=1):
        for area in page.areas:
            if (number, area.name) not in done:
                links = threads.get(area.thread, ())
                if all((link.number, link.area.name) != (number, area.name) for link in links):
                    links = (_link(area, number, shop),)
                done.update(_composed(links, shop))
    return tuple(
        PageLayout(page, tuple(_with_placed(done[number, a.name], a, shop) for a in page.areas))
        for number, page in enumerate(pages, start=1)
    )


def _threads(pages: tuple[ResolvedPage, ...], shop: Workshop) -> dict[str, tuple[Link, ...]]:
    """The areas of each thread in the order of pages, all in one mode and on a grid."""
    found: dict[str, tuple[Link, ...]] = {}
    for number, page in enumerate(pages, start=1):
        for area in page.areas:
            links = found.get(area.thread, ())
            apart = area.grid is None or (bool(links) and links[0].area.mode is not area.mode)
            if area.thread and apart:
                shop.reporter.error(
                    "area.thread-apart", area.span, page=number, area=area.name, thread=area.thread
                )
            elif area.thread:
                link = _link(area, number, shop)
                if links:
                    link = replace(
                        link, composer=replace(link.composer, seen=links[0].composer.seen)
                    )
                found[area.thread] = (*links, link)
    return found


def _link(area: ResolvedArea, number: int, shop: Workshop) -> Link:
    """An area with its own flow: what is placed on the page stands outside it."""
    flowing = tuple(node for node in area.children if not isinstance(node, Placed))
    room = page_extent(_inner_frame(area), area.mode)
    return Link(replace(area, children=flowing), room, number, _composer(area, shop))


def _composed(links: tuple[Link, ...], shop: Workshop) -> dict[tuple[int, str], AreaLayout]:
    """A thread's areas, or an area by itself; as they were if nothing in them changed."""
    given = tuple((link.area, link.number) for link in links)
    return shop.memo.at(
        ("areas", links[0].number, links[0].area.name),
        (given, shop.rules, shop.bracket),
        lambda found: _compose_links(tuple(_heard(link, found) for link in links)),
        shop.reporter,
    )


def _heard(link: Link, reporter: Reporter) -> Link:
    return replace(link, composer=replace(link.composer, reporter=reporter))


def _compose_links(links: tuple[Link, ...]) -> dict[tuple[int, str], AreaLayout]:
    first = links[0]
    if first.area.grid is None:
        frame = _inner_frame(first.area)
        free = _compose_free(first.area, frame, first.number, first.composer)
        return {(first.number, first.area.name): free}
    return {
        (link.number, link.area.name): AreaLayout(link.area, _inner_frame(link.area), *made)
        for link, made in zip(links, fill_thread(links), strict=True)
    }


def _with_placed(layout: AreaLayout, area: ResolvedArea, shop: Workshop) -> AreaLayout:
    placed = tuple(
        (node.rect, _compose_placed(node, area, shop))
        for node in area.children
        if isinstance(node, Placed)
    )
    return replace(layout, placed=placed) if placed else layout


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
    return Composer(
        shop.shaper, shop.rules, area.mode, shop.reporter, pitch, shop.bracket, memo=shop.memo
    )


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
        line=last.span.line,
        win=characters_of(last),
    )


def _text_pitch(node: Node) -> Length:
    match node:
        case Para():
            return node.text.pitch
        case Stack():
            return _text_pitch(node.children[-1]) if node.children else 0
        case TableNode():
            return max((cell.text.pitch for row in node.rows for cell in row), default=0)
        case Row():
            return max((_text_pitch(n) for _, n in node.cells), default=0)
        case _:
            return 0
