"""Block types → the few nodes flow knows.

Each type of block has one function here or in the files beside this one;
``lowering`` names them all.
"""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from layout.geometry import Rect, WritingMode
from layout.source.model import (
    Badge,
    Box,
    Contact,
    Content,
    CutOff,
    Donation,
    Event,
    Figure,
    Free,
    Heading,
    Leaflet,
    ListBlock,
    ListItem,
    Measure,
    Paragraph,
    QrCode,
    Rule,
    SearchBox,
    SideBySide,
    Spacer,
    Table,
    Title,
    Turn,
)
from layout.source.sheet import BlockRule
from layout.style.cascade import Cascade
from layout.style.lower_forms import form, line_with_words
from layout.style.lower_notices import contact, donation, event, qr, search
from layout.style.lower_tables import table
from layout.style.lowering import Lowering, Makers
from layout.style.model import (
    PLAIN,
    Drawing,
    FigureNode,
    Gap,
    Marker,
    Node,
    Para,
    Placed,
    Row,
    Stack,
    TextStyle,
    Track,
)
from layout.style.model import Turn as TurnNode
from layout.style.pictures import picture_kind, picture_size
from layout.units import mm

STAND_IN_COLOURS: Final = ("ground", "pattern", "line", "paper", "ink", "accent")
Markers = tuple[Content, ...]


def lowering(cascade: Cascade, leaflet: Leaflet, layout: str, text: TextStyle) -> Lowering:
    """Lowering for the blocks of an area whose running text is ``text``."""
    return Lowering(cascade, leaflet, layout, text, _MAKERS)


def _paragraph(to: Lowering, block: Paragraph) -> Node:
    rule = to.rule(block.common, block.kind)
    text = to.text_of(rule)
    box = to.cascade.box(rule, text)
    return Para(block.content, text, block.common.span, "P", box, block.kind)


def _title(to: Lowering, block: Title) -> Node:
    rule = to.rule(block.common, "title")
    steps = rule.steps or (((rule.text or to.text.name), None),)
    lines = []
    for index, content in enumerate(block.lines):
        name, indent = steps[min(index, len(steps) - 1)]
        text = to.cascade.text(name, rule.span)
        if indent is not None:
            moved = to.length(indent, text)
            text = replace(text, indent=moved, hang=moved)
        lines.append(Para(content, text, block.common.span, "H1", PLAIN, "title"))
    box = to.cascade.box(rule, lines[-1].text if lines else to.text)
    return Stack(tuple(lines), block.common.span, "H1", box, name="title")


def _heading(to: Lowering, block: Heading) -> Node:
    kind = "heading" if block.level == 1 else f"heading-{block.level}"
    rule = to.rule(block.common, kind)
    text = to.text_of(rule)
    box = to.cascade.box(rule, text)
    box = replace(box, keep_with_next=True, across=block.across or box.across)
    role = f"H{block.level + 1}"
    return Para(block.content, text, block.common.span, role, box, "heading")


def _badge(to: Lowering, block: Badge) -> Node:
    rule = to.rule(block.common, "badge")
    steps = rule.steps or ((rule.text or to.text.name, None),)
    lines = tuple(
        Para(content, to.cascade.text(steps[min(i, len(steps) - 1)][0], rule.span),
             block.common.span, "P", PLAIN, "badge")
        for i, content in enumerate(block.lines)
    )  # fmt: skip
    place = rule.place
    sides = [to.cascade.length(m, 0, 0) for m in place] if place else [0, 0, mm(30), mm(30)]
    box = to.cascade.box(rule, lines[-1].text if lines else to.text)
    node = Stack(lines, block.common.span, "Aside", name="badge")
    return Placed(node, Rect(*sides), block.common.span, "badge", box)


def _list(to: Lowering, block: ListBlock) -> Node:
    """All items one after the other; a list inside an item stands deeper by its markers' room."""
    rule = to.rule(block.common, "list")
    text = to.text_of(rule)
    items = tuple(_items(block.items, text, ()))
    return Stack(items, block.common.span, "L", to.cascade.box(rule, text), name="list")


def _items(
    items: tuple[ListItem, ...], text: TextStyle, around: tuple[Markers, ...]
) -> Iterator[Para]:
    levels = (*around, tuple(item.marker for item in items))
    for item in items:
        marker = Marker(item.marker, levels)
        yield Para(item.content, text, item.span, "LI", PLAIN, "list", marker)
        yield from _items(item.items, text, levels)


def _figure(to: Lowering, block: Figure) -> Node:
    rule = to.rule(block.common, "figure")
    caption = None
    if block.caption:
        style = to.text_of(rule)
        caption = Para(block.caption, style, block.common.span, "Caption", PLAIN, "caption")
    inline = to.length(block.inline_size, to.text)
    box = to.cascade.box(rule, to.text)
    return FigureNode(
        _drawing(to, block, rule),
        caption,
        to.space(rule, to.text),
        block.side,
        inline,
        block.lines,
        block.common.span,
        name="figure",
        box=replace(box, background=None, edges={}),
    )


def _drawing(to: Lowering, block: Figure, rule: BlockRule) -> Drawing:
    span = block.common.span
    if block.stand_in:
        to.cascade.reporter.warning("figure.stand-in", span, kind=block.stand_in, alt=block.alt)
        black = next(iter(to.cascade.sheet.colours), "")
        colours = {
            part: to.cascade.colour(rule.parts.get(part, black), rule.span)
            for part in STAND_IN_COLOURS
        }
        return Drawing("stand-in", block.stand_in, span, "Figure", 3, 2, block.alt, colours)
    path = f"{to.leaflet.folder}/{block.image}"
    span = block.image_span
    kind = picture_kind(path)
    width, height = picture_size(path, kind, block.page, span, to.cascade.reporter)
    colours = to.cascade.all_colours() if kind == "svg" else {}
    return Drawing(kind, path, span, "Figure", width, height, block.alt, colours, page=block.page)


def _box(to: Lowering, block: Box) -> Node:
    rule = to.rule(block.common, block.kind)
    inside = to.inside(rule)
    own, span = inside.text, block.common.span
    children = inside.blocks(block.blocks)
    columns = block.columns if block.columns > 1 else rule.columns or 1
    if columns > 1:  # the title stands over all of them
        gap = to.space(rule, own) or 2 * own.size
        children = (Stack(children, span, "Sect", columns=columns, gap=gap, name=block.kind),)
    if block.title:
        title_kind = rule.title or f"{block.kind}-title"
        children = (inside.para(block.title, title_kind, span, "H3"), *children)
    mode = WritingMode(block.writing) if block.writing else None
    size = to.length(block.inline_size, own)
    box = to.cascade.box(rule, own)
    return Stack(children, span, "Sect", box, name=block.kind, mode=mode, inline=size)


def _row(to: Lowering, block: SideBySide) -> Node:
    """Stacks side by side; shares unless widths say otherwise."""
    rule = to.rule(block.common, "row")
    inside = to.inside(rule)
    text = inside.text
    widths = block.widths or (Measure(1, ""),) * len(block.cells)
    cells = tuple(
        (
            Track(to.length(width, text) if width.unit else 0, 0 if width.unit else width.value),
            Stack(inside.blocks(blocks), block.common.span, "Sect", name="row"),
        )
        for blocks, width in zip(block.cells, widths, strict=True)
    )
    gap = to.length(block.gap, text) or to.space(rule, text) or 2 * text.size
    box = to.cascade.box(rule, text)
    return Row(cells, gap, block.common.span, "Sect", box, align="start", name="row")


def _line(to: Lowering, block: Rule) -> Node:
    rule = to.rule(block.common, "rule")
    if block.words:
        return line_with_words(to, rule, block.words, block.common.span)
    box = to.cascade.box(rule, to.text)
    return Stack((), block.common.span, "Artifact", box, name="rule")


def _spacer(to: Lowering, block: Spacer) -> Node:
    lines = block.lines
    return Gap(lines, block.common.span, "space", block=lines * to.text.pitch)


def _turn(to: Lowering, block: Turn) -> Node:
    return TurnNode(block.area, block.common.span)


def _free(to: Lowering, block: Free) -> Node:
    rule = to.rule(block.common, "free")
    sides = [to.cascade.length(m, to.text.size, to.text.pitch) for m in block.rect]
    inside = to.inside(rule)
    node = Stack(inside.blocks(block.blocks), block.common.span, "Aside", name="free")
    box = to.cascade.box(rule, inside.text)
    return Placed(node, Rect(*sides), block.common.span, "free", box)


_MAKERS: Final[Makers] = {
    Paragraph: _paragraph,
    Title: _title,
    Heading: _heading,
    Badge: _badge,
    ListBlock: _list,
    Figure: _figure,
    Box: _box,
    Table: table,
    SearchBox: search,
    QrCode: qr,
    Donation: donation,
    Contact: contact,
    Event: event,
    CutOff: form,
    SideBySide: _row,
    Turn: _turn,
    Rule: _line,
    Spacer: _spacer,
    Free: _free,
}
