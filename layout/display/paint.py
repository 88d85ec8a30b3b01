"""Fragments → display list: the only place where inline and block become x and y."""

import os
from collections.abc import Iterable, Iterator

from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.display.drawings import draw
from layout.display.model import DisplayItem, DisplayPage, GlyphRun, Link, Segment, Shape, walk
from layout.display.paths import rectangle, rounded
from layout.flow.areas import AreaLayout, PageLayout
from layout.flow.fragment import BoxLeaf, DrawingLeaf, Fragment, TextLeaf
from layout.geometry import Extent, Offset, Point, Rect, WritingMode, to_page
from layout.inline.items import Annotation, Items, Setting
from layout.inline.lines import Line
from layout.memo import NO_MEMO, Memo
from layout.style.model import Colour, Drawing, Stroke
from layout.units import Length, mm

BLEED_REACH = mm(5)  # tints that touch the trim run on so far; the backend clips at its bleed
_CELL_BLOCK = 1.5  # a form cell is so many ems high
_CELL_LINE = mm(0.15)
_FILES = ("svg", "pdf", "image")
_HYPHENS = "-－‐−"
_SIDELINE_GAP = 0.1  # ems between the em box and a sideline
_SIDELINE_SIZE = 0.04


class _Brush(Struct, frozen=True):
    """What painting needs besides the fragment."""

    reporter: Reporter
    memo: Memo


def paint_page(
    layout: PageLayout, number: int, reporter: Reporter, memo: Memo = NO_MEMO
) -> DisplayPage:
    """Everything of one page in reading order; all grounds come before what stands on them.

    A page like one of an earlier build is taken from ``memo``, or else its lines and drawings.
    """
    if memo is NO_MEMO:
        return _page(layout, _Brush(reporter, memo))
    page, areas = layout.page, layout.areas
    files = memo.at(("page files", number), areas, lambda _: tuple(_files(areas)), reporter)
    given = (page.width, page.height, page.background, page.folds, page.areas[0].span, areas)
    return memo.at(
        ("page", number),
        (given, tuple(_state(file) for file in files)),
        lambda found: _page(layout, _Brush(found, memo)),
        reporter,
    )


def _files(areas: Iterable[AreaLayout]) -> Iterator[str]:
    """The files that a page shows: they may change while all else stays as it is."""
    waiting = [fragment for area in areas for fragment in _fragments(area)]
    while waiting:
        for _, child in waiting.pop().children:
            if isinstance(child, Fragment):
                waiting.append(child)
            elif isinstance(child, DrawingLeaf) and child.drawing.kind in _FILES:
                yield child.drawing.data


def _fragments(area: AreaLayout) -> Iterator[Fragment]:
    yield area.fragment
    for _, fragment in area.placed:
        yield fragment


def _page(layout: PageLayout, brush: _Brush) -> DisplayPage:
    page = layout.page
    sheet = Rect(0, 0, page.width, page.height)
    items: list[DisplayItem] = []
    if page.background is not None:
        items.append(_ground(sheet, sheet, page.background, layout.page.areas[0].span))
    for area in layout.areas:
        items.extend(_area_ground(area, sheet))
    for area in layout.areas:
        items.extend(_paint(area.fragment, area.frame, brush))
        for rect, fragment in area.placed:
            items.extend(_paint(fragment, rect, brush))
    return DisplayPage(page.width, page.height, tuple(items), page.folds)


def mainly_vertical(pages: tuple[DisplayPage, ...]) -> bool:
    """Whether most characters stand in vertical lines: pages then run from the right (右綴じ)."""
    upright = level = 0
    for page in pages:
        for item in walk(page.items):
            if isinstance(item, GlyphRun):
                count = len("".join(item.texts))
                upright += count if item.vertical or item.turned else 0
                level += 0 if item.vertical or item.turned else count
    return upright > level


# --- grounds ------------------------------------------------------------------------


def _area_ground(layout: AreaLayout, sheet: Rect) -> list[DisplayItem]:
    area = layout.area
    items: list[DisplayItem] = []
    if area.background is not None:
        items.append(_ground(area.rect, sheet, area.background, area.span))
    if area.edges:
        leaf = BoxLeaf(_extent(area.rect, area.mode), None, area.edges)
        items.extend(_box(leaf, area.rect, area.mode, area.span))
    return items


def _extent(rect: Rect, mode: WritingMode) -> Extent:
    return Extent(rect.height, rect.width) if mode.is_vertical else Extent(rect.width, rect.height)


def _ground(rect: Rect, sheet: Rect, colour: Colour, span: Span) -> Shape:
    """A tint; where it touches the trim it runs into the bleed."""
    x = rect.x - (BLEED_REACH if rect.x <= sheet.x else 0)
    y = rect.y - (BLEED_REACH if rect.y <= sheet.y else 0)
    right = rect.right + (BLEED_REACH if rect.right >= sheet.right else 0)
    bottom = rect.bottom + (BLEED_REACH if rect.bottom >= sheet.bottom else 0)
    path = rectangle(Rect(x, y, right - x, bottom - y))
    return Shape(path, colour, None, span)


# --- fragments ------------------------------------------------------------------------


def _paint(fragment: Fragment, frame: Rect, brush: _Brush) -> list[DisplayItem]:
    """``frame`` is the rectangle the fragment fills on the page."""
    items: list[DisplayItem] = []
    mode = fragment.mode
    for at, child in fragment.children:
        match child:
            case Fragment():
                extent = child.extent
                if child.mode is not mode:
                    extent = Extent(extent.block, extent.inline)
                items.extend(_paint(child, to_page(frame, mode, at, extent), brush))
            case TextLeaf():
                items.extend(_kept_line(child.line, frame, at, fragment, brush.memo))
            case BoxLeaf():
                rect = to_page(frame, mode, at, child.extent)
                items.extend(_box(child, rect, mode, fragment.span))
            case DrawingLeaf():
                rect = to_page(frame, mode, at, child.extent)
                items.extend(_drawn(child.drawing, rect, brush))
    return items


def _kept_line(
    line: Line, frame: Rect, at: Offset, fragment: Fragment, memo: Memo
) -> list[DisplayItem]:
    mode, role = fragment.mode, fragment.role
    key = (id(line), frame, mode, at, role)
    return memo.of("line", key, lambda _: _line(line, frame, mode, at, role), Reporter(), line)


def _drawn(drawing: Drawing, rect: Rect, brush: _Brush) -> list[DisplayItem]:
    """The drawing, anew where the file that it shows is another one by now."""
    if brush.memo is NO_MEMO:
        return draw(drawing, rect, brush.reporter)
    place = ("drawing", drawing.kind, drawing.span, rect)
    given = (drawing, _state(drawing.data) if drawing.kind in _FILES else None)
    return brush.memo.at(place, given, lambda found: draw(drawing, rect, found), brush.reporter)


def _state(file: str) -> tuple[int, int]:
    try:
        found = os.stat(file)
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


# --- boxes ----------------------------------------------------------------------------


def _box(leaf: BoxLeaf, rect: Rect, mode: WritingMode, span: Span) -> list[DisplayItem]:
    """Tint and frame.  Equal edges on all sides are one path, drawn inside the box."""
    radius = min(rect.width, rect.height) // 2 if leaf.shape == "circle" else leaf.radius
    items: list[DisplayItem] = []
    edges = leaf.edges
    strokes = set(edges.values())
    whole = len(edges) == 4 and len(strokes) == 1
    if leaf.background is not None:
        items.append(Shape(rounded(rect, radius), leaf.background, None, span))
    if whole:
        stroke = next(iter(strokes))
        half = stroke.thickness // 2
        inside = Rect(rect.x + half, rect.y + half, rect.width - 2 * half, rect.height - 2 * half)
        path = rounded(inside, max(radius - half, 0))
        items.append(Shape(path, None, stroke, span))
        return items
    for side, stroke in edges.items():
        path = _edge(side, stroke, leaf.extent, rect, mode)
        if stroke.dash or stroke.thickness < mm(0.6):
            items.append(Shape(path, None, stroke, span))
        else:
            items.append(
                Shape(_edge_band(side, stroke, leaf.extent, rect, mode), stroke.colour, None, span)
            )
    return items


def _edge(
    side: str, stroke: Stroke, extent: Extent, rect: Rect, mode: WritingMode
) -> tuple[Segment, ...]:
    """The middle line of one edge, inside the box."""
    band = to_page(rect, mode, *_band(side, stroke.thickness, extent))
    if band.width > band.height or (band.width == band.height == 0):
        y = band.y + band.height // 2
        return (("M", (band.x, y)), ("L", (band.right, y)))
    x = band.x + band.width // 2
    return (("M", (x, band.y)), ("L", (x, band.bottom)))


def _edge_band(
    side: str, stroke: Stroke, extent: Extent, rect: Rect, mode: WritingMode
) -> tuple[Segment, ...]:
    return rectangle(to_page(rect, mode, *_band(side, stroke.thickness, extent)))


def _band(side: str, thickness: Length, extent: Extent) -> tuple[Offset, Extent]:
    along_inline = Extent(extent.inline, thickness)
    along_block = Extent(thickness, extent.block)
    return {
        "block_start": (Offset(0, 0), along_inline),
        "block_end": (Offset(0, extent.block - thickness), along_inline),
        "inline_start": (Offset(0, 0), along_block),
        "inline_end": (Offset(extent.inline - thickness, 0), along_block),
    }[side]


# --- text -----------------------------------------------------------------------------


def _line(line: Line, frame: Rect, mode: WritingMode, at: Offset, role: str) -> list[DisplayItem]:
    """One line as glyph runs: items of one setting that follow each other share a run."""
    items = line.items
    start = Offset(at.inline + line.offset, at.block)
    out: list[DisplayItem] = []
    index = line.start
    while index < line.end:
        setting = items.settings[index]
        behind = index + 1
        while behind < line.end and items.settings[behind] is setting:
            behind += 1
        if setting.cell:
            out.extend(_cells(line, index, behind, frame, mode, start))
        out.append(_run(line, index, behind, setting, _pen(frame, mode, start), role))
        if setting.target:
            out.append(_link(line, index, behind, frame, mode, start))
        index = behind
    for annotation in items.annotations_within(line.start, line.end):
        out.append(_annotation(line, annotation, frame, mode, start, role))
    return out


def _pen(frame: Rect, mode: WritingMode, start: Offset) -> tuple[WritingMode, Rect]:
    """Where a line begins on the page, as an empty rectangle on its centre line."""
    return mode, to_page(frame, mode, start, Extent(0, 0))


def _run(
    line: Line,
    index: int,
    behind: int,
    setting: Setting,
    pen: tuple[WritingMode, Rect],
    role: str,
) -> GlyphRun:
    mode, origin = pen
    items = line.items
    if setting.upright:
        return _across(line, index, setting, origin, role)
    gids, texts, along, across = [], [], [], []
    for i in range(index, behind):
        place = line.places[i - line.start]
        for gid, off, away, text in items.glyphs[i]:
            gids.append(gid)
            texts.append(text)
            along.append(place + off)
            across.append(away)
    end = line.places[behind - 1 - line.start] + items.widths[behind - 1]
    first = along[0]
    stops = [*along[1:], max(end, along[-1])]
    advances = tuple(stop - here for here, stop in zip(along, stops, strict=True))
    upright = mode.is_vertical and not setting.turned
    shifts = tuple((0, a) for a in across) if any(across) else ()
    return GlyphRun(
        setting.face,
        setting.size,
        _origin(line, setting, mode, origin, first),
        tuple(gids),
        advances,
        tuple(texts),
        setting.colour,
        items.place(index),
        role,
        shifts,
        upright,
        setting.turned,
    )


def _origin(line: Line, setting: Setting, mode: WritingMode, origin: Rect, first: Length) -> Point:
    """Baseline (or column centre) of a run: all faces of a line share the em box's centre line."""
    face = setting.face
    base = round((face.em_top + face.em_bottom) * line.style.size / (2 * face.units_per_em))
    if not mode.is_vertical:
        return Point(origin.x + first, origin.y + base - setting.shift)
    if setting.turned:
        return Point(origin.x - base + setting.shift, origin.y + first)
    return Point(origin.x + setting.shift, origin.y + first)


def _across(line: Line, index: int, setting: Setting, origin: Rect, role: str) -> GlyphRun:
    """Tate-chu-yoko: a short horizontal run in the middle of one em of a column."""
    glyphs = line.items.glyphs[index]
    face = setting.face
    base = (face.em_top + face.em_bottom) * setting.size // (2 * face.units_per_em)
    middle = origin.y + line.places[index - line.start] + line.items.widths[index] // 2
    stops = [g.along for g in glyphs]
    last = stops[-1] + setting.size // 2
    advances = tuple(b - a for a, b in zip(stops, [*stops[1:], last], strict=True))
    return GlyphRun(
        face,
        setting.size,
        Point(origin.x + glyphs[0].across + stops[0], middle + base),
        tuple(g.gid for g in glyphs),
        advances,
        tuple(g.text for g in glyphs),
        setting.colour,
        line.items.place(index),
        role,
    )


def _annotation(
    line: Line, mark: Annotation, frame: Rect, mode: WritingMode, start: Offset, role: str
) -> DisplayItem:
    """Ruby and dots on the over side, sidelines over (vertical) or under (horizontal) the line."""
    items = line.items
    place = line.places[mark.start - line.start]
    if mark.kind.startswith("line"):
        last = min(mark.end, line.end) - 1
        end = line.places[last - line.start] + items.widths[last]
        return _sideline(line, mark, (place, end), frame, mode, start)
    setting = mark.setting
    over = start.block - (line.style.size + setting.size) // 2
    glyphs = mark.glyphs
    stops = [place + g.along for g in glyphs]
    advances = tuple(
        b - a for a, b in zip(stops, [*stops[1:], stops[-1] + setting.size], strict=True)
    )
    at = to_page(frame, mode, Offset(start.inline + stops[0], over), Extent(0, 0))
    face = setting.face
    base = (face.em_top + face.em_bottom) * setting.size // (2 * face.units_per_em)
    origin = Point(at.x, at.y) if mode.is_vertical else Point(at.x, at.y + base)
    across = tuple(g.across for g in glyphs)
    return GlyphRun(
        face,
        setting.size,
        origin,
        tuple(g.gid for g in glyphs),
        advances,
        tuple(g.text for g in glyphs),
        setting.colour,
        items.place(mark.start),
        "artifact" if mark.kind == "dots" else f"{role}/RT",
        tuple((0, a) for a in across) if any(across) else (),
        mode.is_vertical,
    )


def _sideline(
    line: Line,
    mark: Annotation,
    reach: tuple[Length, Length],
    frame: Rect,
    mode: WritingMode,
    start: Offset,
) -> Shape:
    size = line.style.size
    over = mode.is_vertical and mark.kind == "line"
    away = round(size * (0.5 + _SIDELINE_GAP)) * (-1 if over else 1)
    first, end = reach
    ends = []
    for along in (first, end):
        at = to_page(frame, mode, Offset(start.inline + along, start.block + away), Extent(0, 0))
        ends.append((at.x, at.y))
    path: tuple[Segment, ...] = (("M", ends[0]), ("L", ends[1]))
    stroke = Stroke(mark.setting.colour, round(size * _SIDELINE_SIZE))
    return Shape(path, None, stroke, line.items.place(mark.start))


def _cells(
    line: Line, index: int, behind: int, frame: Rect, mode: WritingMode, start: Offset
) -> list[DisplayItem]:
    """The cells of a form, as one path of adjoining boxes; hyphens stand between them."""
    items: Items = line.items
    path: list[Segment] = []
    block = round(line.style.size * _CELL_BLOCK)
    for i in range(index, behind):
        if items.texts[i] in _HYPHENS:
            continue
        at = Offset(start.inline + line.places[i - line.start], start.block - block // 2)
        path.extend(rectangle(to_page(frame, mode, at, Extent(items.widths[i], block))))
    setting = items.settings[index]
    stroke = Stroke(setting.colour, _CELL_LINE)
    return [Shape(tuple(path), None, stroke, items.place(index))]


def _link(
    line: Line, index: int, behind: int, frame: Rect, mode: WritingMode, start: Offset
) -> Link:
    items = line.items
    places = line.places[index - line.start : behind - line.start]
    first = min(places)  # warichu has two rows
    end = max(at + body for at, body in zip(places, items.widths[index:behind], strict=True))
    block = line.style.size
    at = Offset(start.inline + first, start.block - block // 2)
    rect = to_page(frame, mode, at, Extent(end - first, block))
    return Link(rect, items.settings[index].target, items.place(index))
