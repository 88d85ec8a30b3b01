"""The whole text in one thread: as many pages of one layout as it needs (拡大版)."""

from collections.abc import Iterable

from msgspec.structs import replace

from layout.diagnostics import Reporter
from layout.source.model import (
    Area,
    Badge,
    Block,
    Box,
    Break,
    Figure,
    Free,
    Leaflet,
    Page,
    Paragraph,
    SideBySide,
    Spacer,
    Turn,
)
from layout.source.sheet import StyleSheet


def thread_of(leaflet: Leaflet, sheet: StyleSheet, reporter: Reporter) -> str:
    """The area of the reflow layout that the text flows through; "" with the reason reported."""
    name, span = leaflet.look.reflow, leaflet.look.span
    layout = sheet.layouts.get(name)
    if layout is None:
        from difflib import get_close_matches  # only after a slip

        close = get_close_matches(name, sheet.layouts, n=1)
        suggestion = close[0] if close else ""
        known = "、".join(sheet.layouts)
        reporter.error("layout.unknown", span, name=name, suggestion=suggestion, known=known)
        return ""
    area = next((area.name for area in layout.areas.values() if area.thread), "")
    if not area:
        reporter.error("edition.no-thread", span, name=name)
    return area


def reflowed(leaflet: Leaflet, area: str, sheet: StyleSheet, count: int) -> Leaflet:
    """The leaflet with all blocks in reading order in ``area`` of ``count`` pages.

    What was placed on its page by itself comes where it stood in the source: a badge as
    a paragraph, a free block's own blocks in its place.  Blocks that stood side by side
    follow each other, figures take the column, and styles that the sheet has not give
    way to those of the blocks' kinds.
    """
    layout = leaflet.look.reflow
    known = frozenset(sheet.blocks)
    blocks = tuple(
        block
        for page in leaflet.pages
        for part in page.areas
        for block in _flowing(part.blocks, known)
    )
    first = leaflet.pages[0]
    start = Page(layout, leaflet.look.span, (Area(area, blocks, first.areas[0].span),), first.span)
    further = Page(layout, leaflet.look.span, (), first.span)
    return replace(leaflet, pages=(start, *(further for _ in range(count - 1))))


def _flowing(blocks: Iterable[Block], known: frozenset[str]) -> tuple[Block, ...]:
    return tuple(each for block in blocks for each in _flown(block, known))


def _flown(block: Block, known: frozenset[str]) -> tuple[Block, ...]:
    match block:
        case Free():
            return _flowing(block.blocks, known)
        case SideBySide():
            return tuple(each for cell in block.cells for each in _flowing(cell, known))
        case Turn() | Spacer():
            return ()
        case Badge():
            lines = [(*line, Break(block.common.span)) for line in block.lines]
            content = tuple(part for line in lines for part in line)[:-1]
            return (Paragraph(replace(block.common, style=""), content, "slogan"),)
    common = block.common
    if common.style not in known:
        common = replace(common, style="")
    if isinstance(block, Figure):
        return (replace(block, common=common, side="", lines=0, inline_size=None),)
    if isinstance(block, Box):
        inner = _flowing(block.blocks, known)
        return (replace(block, common=common, blocks=inner, columns=1, writing=""),)
    return (replace(block, common=common),)
