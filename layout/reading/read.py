"""The way in: a display list and its leaflet → what a proofreader reads.

Glyph runs are followed through the source (``follow``) and gathered into lines
and blocks (``gather``); a block is a paragraph of the source (``paragraphs``).
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from msgspec import Struct

from layout.diagnostics import Span
from layout.display.extents import item_rect
from layout.display.model import DisplayItem, DisplayList, GlyphRun, Group, Picture
from layout.geometry import Rect
from layout.reading.follow import Follower
from layout.reading.gather import blocks
from layout.reading.model import Box, Page, Reading, Thing
from layout.reading.paragraphs import source_paragraphs
from layout.source.model import Figure, Leaflet
from layout.units import to_mm

_ARTIFACT = "artifact"


def read_pages(display: DisplayList, leaflet: Leaflet) -> Reading:
    """Lines, blocks and figures of all pages, in reading order."""
    follower = Follower(source_paragraphs(leaflet))
    numbers: dict[str, int] = {}
    files = dict(_images(leaflet.pages))
    pages = []
    for number, page in enumerate(display.pages, 1):
        followed = ((run, follower.find(run)) for run in _runs(page.items))
        made = tuple(blocks(followed, number, numbers))
        wide, high = round(to_mm(page.width), 3), round(to_mm(page.height), 3)
        trimmed = Rect(0, 0, page.width, page.height)
        things = tuple(_things(page.items, number, files, trimmed))
        pages.append(Page(number, wide, high, made, things))
    return Reading(display.title, tuple(pages), display.bound_right)


def _runs(items: tuple[DisplayItem, ...]) -> Iterator[GlyphRun]:
    """All runs of text that somebody wrote; what a picture is drawn with is none."""
    for item in items:
        if isinstance(item, GlyphRun) and item.role.partition("/")[0] != _ARTIFACT:
            yield item
        elif isinstance(item, Group) and not item.code:
            yield from _runs(item.items)


def _images(value: object) -> Iterator[tuple[Span, str]]:
    """Where the source names the files of pictures, and the names."""
    if isinstance(value, tuple):
        for item in value:
            yield from _images(item)
    elif isinstance(value, Figure):
        yield value.image_span, PurePath(value.image).name
    elif isinstance(value, Struct) and not isinstance(value, Span):
        for name in value.__struct_fields__:
            yield from _images(getattr(value, name))


def _things(
    items: tuple[DisplayItem, ...], page: int, files: Mapping[Span, str], trimmed: Rect
) -> Iterator[Thing]:
    """Figures and codes, each with the box of what is seen of it on the trimmed page."""
    for number, item in enumerate(_pictured(items), 1):
        says = item.code if isinstance(item, Group) else ""
        kind = "code" if says else "figure"
        file = PurePath(item.file).name if isinstance(item, Picture) else files.get(item.span, "")
        box = _box(list(_clipped(shown_rects(item), trimmed)))
        yield Thing(f"{page}.{kind}.{number}", page, kind, box, item.span, item.alt, says, file)


def _pictured(items: tuple[DisplayItem, ...]) -> Iterator[Group | Picture]:
    """Figures and codes; what lies inside one belongs to it."""
    for item in items:
        if isinstance(item, Group) and (item.code or item.alt):
            yield item
        elif isinstance(item, Group):
            yield from _pictured(item.items)
        elif isinstance(item, Picture) and item.alt:
            yield item


def shown_rects(item: DisplayItem) -> Iterator[Rect]:
    """What an item shows, as rectangles; what a group clips away is not seen."""
    if not isinstance(item, Group):
        rect = item_rect(item)
        if rect is not None:
            yield rect
        return
    across = [n for _, numbers in item.clip for n in numbers[::2]]
    down = [n for _, numbers in item.clip for n in numbers[1::2]]
    rects = (rect for inner in item.items for rect in shown_rects(inner))
    if across:
        x, y = min(across), min(down)
        yield from _clipped(rects, Rect(x, y, max(across) - x, max(down) - y))
    else:
        yield from rects


def _clipped(rects: Iterable[Rect], clip: Rect) -> Iterator[Rect]:
    for rect in rects:
        x, y = max(rect.x, clip.x), max(rect.y, clip.y)
        right, bottom = min(rect.right, clip.right), min(rect.bottom, clip.bottom)
        if x <= right and y <= bottom:
            yield Rect(x, y, right - x, bottom - y)


def _box(rects: list[Rect]) -> Box:
    if not rects:
        return Box(0, 0, 0, 0)
    x, y = min(r.x for r in rects), min(r.y for r in rects)
    right, bottom = max(r.right for r in rects), max(r.bottom for r in rects)
    return Box(*(round(to_mm(n), 3) for n in (x, y, right - x, bottom - y)))
