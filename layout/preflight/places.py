"""Where things of a leaflet ended up on its pages, so that a finding in a PDF finds its line.

A finished PDF does not say what its marks came from.  The display list knows; what
is kept of it is a rectangle on a page and a place in a source.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import Diagnostic, Reporter, Span
from layout.display.extents import item_rect
from layout.display.model import DisplayItem, DisplayList, DisplayPage, Group, walk
from layout.geometry import Rect
from layout.memo import NO_MEMO, Memo
from layout.preflight.finished.facts import Place
from layout.units import to_mm

SLACK: Final = 0.3
"""Millimetres by which a finding may miss what it is about: glyphs overhang their em boxes."""


class Known(Struct, frozen=True):
    """A thing on a page (from 1), its place there, and its place in a source.

    ``code`` is what it says if it is a QR code.
    """

    page: int
    place: Place
    span: Span
    code: str = ""


def places_of(display: DisplayList, memo: Memo = NO_MEMO) -> tuple[Known, ...]:
    """Everything on the pages that came from a line of a source, in order of painting."""
    return tuple(
        known
        for number, page in enumerate(display.pages, start=1)
        for known in memo.at(("places", number), page, partial(_on_page, page, number), Reporter())
    )


def _on_page(page: DisplayPage, number: int, _: Reporter) -> tuple[Known, ...]:
    return tuple(
        Known(number, place, item.span, item.code if isinstance(item, Group) else "")
        for item in walk(page.items)
        if item.span.line
        for place in _place(item)
    )


def _place(item: DisplayItem) -> Iterator[Place]:
    """The item's place if it has one; a code's is that of all its items."""
    rect = item_rect(item)
    if isinstance(item, Group) and item.code:
        rect = _around([found for inner in walk(item.items) if (found := item_rect(inner))])
    if rect is not None:
        yield Place(*(round(to_mm(n), 2) for n in (rect.x, rect.y, rect.width, rect.height)))


def _around(rects: list[Rect]) -> Rect | None:
    if not rects:
        return None
    x, y = min(r.x for r in rects), min(r.y for r in rects)
    return Rect(x, y, max(r.right for r in rects) - x, max(r.bottom for r in rects) - y)


def traced(found: Diagnostic, known: Iterable[Known]) -> Diagnostic:
    """The finding with the line it is about, if it has a place on the page and one is known there.

    The file it was found in stays in its values as ``pdf``.
    """
    if found.span.line or "x" not in found.values or "y" not in found.values:
        return found
    here = place_of(found)
    best: Known | None = None
    score = 0.0
    for each in known:
        if each.page == found.page and (likeness := _likeness(here, each.place)) >= score:
            best, score = each, likeness
    if best is None or score <= 0:
        return found
    return replace(found, span=best.span, values={**found.values, "pdf": found.span.file})


def place_of(found: Diagnostic) -> Place:
    """The place on the page that a finding tells of in its values."""
    return Place(*(float(str(found.values.get(name, 0))) for name in ("x", "y", "w", "h")))


def _likeness(one: Place, other: Place) -> float:
    """How much of what either covers both cover, from 0 to 1; a point counts as a small square."""
    shared = 1.0
    areas = [1.0, 1.0]
    for (start, size), (begin, length) in (
        ((one.x, one.width), (other.x, other.width)),
        ((one.y, one.height), (other.y, other.height)),
    ):
        first = (start - SLACK, start + size + SLACK)
        second = (begin - SLACK, begin + length + SLACK)
        shared *= max(0.0, min(first[1], second[1]) - max(first[0], second[0]))
        areas[0] *= first[1] - first[0]
        areas[1] *= second[1] - second[0]
    return shared / (sum(areas) - shared)
