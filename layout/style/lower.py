"""Block types → the few nodes flow knows.

A block's style is the sheet's block of the name ``TYPE-LAYOUT`` (heading-inside)
or else ``TYPE``; parts of compound blocks have styles of their own named
``TYPE-PART`` (donation-label).  A new block type needs one function here.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from layout.diagnostics import Reporter, Span
from layout.geometry import Rect, WritingMode
from layout.source.model import (
    Badge,
    Block,
    Box,
    Common,
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
    Paragraph,
    QrCode,
    Rule,
    SearchBox,
    Spacer,
    Table,
    Title,
)
from layout.source.sheet import BlockRule
from layout.style.cascade import Cascade
from layout.style.model import (
    PLAIN,
    BoxStyle,
    Drawing,
    FigureNode,
    Gap,
    Node,
    Para,
    Placed,
    Row,
    Stack,
    Stroke,
    TextStyle,
    Track,
)
from layout.style.pictures import picture_size
from layout.units import Length, mm

STAND_IN_COLOURS: Final = ("ground", "pattern", "line", "paper", "ink", "accent")
QR_SIDE: Final = mm(18)
_FORM_LINE: Final = mm(0.15)


class Lowering:
    """Lowers the blocks of one area; ``text`` is the area's running text."""

    def __init__(self, cascade: Cascade, leaflet: Leaflet, layout: str, text: TextStyle) -> None:
        self._cascade = cascade
        self._leaflet = leaflet
        self._layout = layout
        self._text = text

    @property
    def _reporter(self) -> Reporter:
        return self._cascade.reporter

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Node, ...]:
        """All blocks, in order."""
        return tuple(self.block(block) for block in blocks)

    def block(self, block: Block) -> Node:
        """One block as a node."""
        make: Callable[[Any], Node] = getattr(self, _MAKERS[type(block)])
        return make(block)

    # --- styles ---------------------------------------------------------------------

    def _rule(self, common: Common, kind: str) -> BlockRule:
        """The block's style: its own ``style``, else the type's (for this layout)."""
        if common.style:
            if not self._cascade.has_rule(common.style):
                self._cascade.unknown_rule(common.style, common.span)
            return self._cascade.rule(common.style)
        return self._named(kind)

    def _named(self, kind: str) -> BlockRule:
        here = f"{kind}-{self._layout}"
        return self._cascade.rule(here if self._cascade.has_rule(here) else kind)

    def _text_of(self, rule: BlockRule, otherwise: TextStyle | None = None) -> TextStyle:
        if rule.text:
            return self._cascade.text(rule.text, rule.span)
        return otherwise or self._text

    def _para(
        self, content: Content, kind: str, span: Span, role: str, text: TextStyle | None = None
    ) -> Para:
        """A paragraph in the style of a part."""
        rule = self._named(kind)
        style = self._text_of(rule, text)
        return Para(content, style, span, role, self._cascade.box(rule, style), kind)

    def _inside(self, rule: BlockRule) -> "Lowering":
        """Lowering for what stands inside a box with its own text style."""
        text = self._cascade.text(rule.body, rule.span) if rule.body else self._text
        return Lowering(self._cascade, self._leaflet, self._layout, text)

    def _space(self, rule: BlockRule, text: TextStyle) -> Length:
        return self._cascade.length(rule.gap, text.size, text.pitch)

    # --- text -------------------------------------------------------------------------

    def _paragraph(self, block: Paragraph) -> Node:
        rule = self._rule(block.common, block.kind)
        text = self._text_of(rule)
        box = self._cascade.box(rule, text)
        return Para(block.content, text, block.common.span, "P", box, block.kind)

    def _title(self, block: Title) -> Node:
        rule = self._rule(block.common, "title")
        steps = rule.steps or (((rule.text or self._text.name), None),)
        lines = []
        for index, content in enumerate(block.lines):
            name, indent = steps[min(index, len(steps) - 1)]
            text = self._cascade.text(name, rule.span)
            if indent is not None:
                moved = self._cascade.length(indent, text.size, text.pitch)
                text = replace(text, indent=moved, hang=moved)
            lines.append(Para(content, text, block.common.span, "H1", PLAIN, "title"))
        box = self._cascade.box(rule, lines[-1].text if lines else self._text)
        return Stack(tuple(lines), block.common.span, "H1", box, name="title")

    def _heading(self, block: Heading) -> Node:
        kind = "heading" if block.level == 1 else f"heading-{block.level}"
        rule = self._rule(block.common, kind)
        text = self._text_of(rule)
        box = self._cascade.box(rule, text)
        box = replace(box, keep_with_next=True, across=block.across or box.across)
        role = f"H{block.level + 1}"
        return Para(block.content, text, block.common.span, role, box, "heading")

    def _badge(self, block: Badge) -> Node:
        rule = self._rule(block.common, "badge")
        steps = rule.steps or ((rule.text or self._text.name, None),)
        lines = tuple(
            Para(content, self._cascade.text(steps[min(i, len(steps) - 1)][0], rule.span),
                 block.common.span, "P", PLAIN, "badge")
            for i, content in enumerate(block.lines)
        )  # fmt: skip
        place = rule.place
        sides = [self._cascade.length(m, 0, 0) for m in place] if place else [0, 0, mm(30), mm(30)]
        box = self._cascade.box(rule, lines[-1].text if lines else self._text)
        node = Stack(lines, block.common.span, "Aside", name="badge")
        return Placed(node, Rect(*sides), block.common.span, "badge", box)

    def _list(self, block: ListBlock) -> Node:
        rule = self._rule(block.common, "list")
        text = self._text_of(rule)
        hang = text.hang or text.size
        style = replace(text, indent=0, hang=hang)
        items = tuple(
            Para((*item.marker, *item.content), style, item.span, "LI", PLAIN, "list")
            for item in block.items
        )
        return Stack(items, block.common.span, "L", self._cascade.box(rule, text), name="list")

    # --- figures ------------------------------------------------------------------------

    def _figure(self, block: Figure) -> Node:
        rule = self._rule(block.common, "figure")
        caption = None
        if block.caption:
            style = self._text_of(rule)
            caption = Para(block.caption, style, block.common.span, "Caption", PLAIN, "caption")
        inline = self._cascade.length(block.inline_size, self._text.size, self._text.pitch)
        box = self._cascade.box(rule, self._text)
        return FigureNode(
            self._drawing(block, rule),
            caption,
            self._space(rule, self._text),
            block.side,
            inline,
            block.lines,
            block.common.span,
            name="figure",
            box=replace(box, background=None, edges={}),
        )

    def _drawing(self, block: Figure, rule: BlockRule) -> Drawing:
        span = block.common.span
        if block.stand_in:
            self._reporter.warning("figure.stand-in", span, kind=block.stand_in, alt=block.alt)
            black = next(iter(self._cascade.sheet.colours), "")
            colours = {
                part: self._cascade.colour(rule.parts.get(part, black), rule.span)
                for part in STAND_IN_COLOURS
            }
            return Drawing("stand-in", block.stand_in, span, "Figure", 3, 2, block.alt, colours)
        path = f"{self._leaflet.folder}/{block.image}"
        kind = "svg" if block.image.lower().endswith(".svg") else "image"
        width, height = picture_size(path, kind, block.image_span, self._reporter)
        colours = self._cascade.all_colours() if kind == "svg" else {}
        return Drawing(kind, path, span, "Figure", width, height, block.alt, colours)

    # --- boxes ----------------------------------------------------------------------------

    def _box(self, block: Box) -> Node:
        rule = self._rule(block.common, block.kind)
        inside = self._inside(rule)
        own, span = inside._text, block.common.span
        children = inside.blocks(block.blocks)
        columns = block.columns if block.columns > 1 else rule.columns or 1
        if columns > 1:  # the title stands over all of them
            gap = self._space(rule, own) or 2 * own.size
            children = (Stack(children, span, "Sect", columns=columns, gap=gap, name=block.kind),)
        if block.title:
            title_kind = rule.title or f"{block.kind}-title"
            children = (inside._para(block.title, title_kind, span, "H3"), *children)
        mode = WritingMode(block.writing) if block.writing else None
        size = self._cascade.length(block.inline_size, own.size, own.pitch)
        box = self._cascade.box(rule, own)
        return Stack(children, span, "Sect", box, name=block.kind, mode=mode, inline=size)

    def _table(self, block: Table) -> Node:
        rule = self._rule(block.common, "table")
        text = self._text_of(rule)
        gap = self._space(rule, text)
        count = max((len(row) for row in block.rows), default=0)
        widths = block.widths or (1.0,) * count
        rows: list[Node] = []
        for number, row in enumerate(block.rows):
            kind = "table-head" if number < block.head else "table-cell"
            style = self._named(kind)
            cells = tuple(
                (
                    Track(share=widths[i]),
                    replace(self._para(cell, kind, block.common.span, "TD", text), box=PLAIN),
                )
                for i, cell in enumerate(row)
            )
            box = self._cascade.box(style, self._text_of(style, text))
            rows.append(Row(cells, gap, block.common.span, "TR", box, stretch=True, name="table"))
        if block.caption:
            rows.append(
                self._para(block.caption, "table-caption", block.common.span, "Caption", text)
            )
        box = self._cascade.box(rule, text)
        return Stack(tuple(rows), block.common.span, "Table", box, name="table")

    # --- search, QR -----------------------------------------------------------------------

    def _search(self, block: SearchBox) -> Node:
        rule = self._rule(block.common, "search")
        text = self._text_of(rule)
        span = block.common.span
        words_rule = self._named("search-words")
        button_rule = self._named("search-button")
        words_text = self._text_of(words_rule, text)
        glass = Drawing(
            "glass", "", span, "Artifact", words_text.size, words_text.size,
            colours={"ink": self._text_of(button_rule, words_text).colour},
            box=self._cascade.box(button_rule, words_text),
        )  # fmt: skip
        words = Para(block.words, words_text, span, "P", PLAIN, "search")
        pad = glass.box.padding
        button = words_text.size + pad.inline_start + pad.inline_end
        field = Row(
            ((Track(), words), (Track(button), glass)),
            self._space(words_rule, words_text), span, "P",
            self._cascade.box(words_rule, words_text), name="search",
        )  # fmt: skip
        cells: list[tuple[Track, Node]] = [
            (Track(), self._bare(block.before, text, span)),
            (Track(), field),
        ]
        after: list[Node] = [self._bare(block.after, text, span)]
        if block.note:
            note = self._text_of(self._named("search-note"), text)
            after.append(self._bare(block.note, note, span))
        cells.append((Track(), Stack(tuple(after), span, "P", name="search")))
        if block.qr:
            cells.append((Track(share=1.0), self._arrow(text, span)))
            side = self._side(self._named("search-qr"))
            cells.append((Track(side), self._qr_drawing(block.qr, side, span)))
        box = self._cascade.box(rule, text)
        return Row(tuple(cells), self._space(rule, text), span, "P", box, name="search")

    def _arrow(self, text: TextStyle, span: Span) -> Node:
        """Empty room, or an arrow through it where the sheet gives one a colour."""
        rule = self._named("search-arrow")
        if not rule.background:
            return Gap(0, span, block=0)
        colours = {"ink": self._cascade.colour(rule.background, rule.span)}
        return Drawing("arrow", "", span, "Artifact", 0, text.size, colours=colours, name="search")

    def _bare(self, content: Content, text: TextStyle, span: Span) -> Para:
        return Para(content, text, span, "P", PLAIN, "search")

    def _side(self, rule: BlockRule) -> Length:
        return self._cascade.length(rule.gap, 0, 0) or QR_SIDE

    def _qr_drawing(self, data: str, side: Length, span: Span) -> Drawing:
        rule = self._named("qr")
        names = {"ink": rule.parts.get("ink"), "paper": rule.parts.get("paper")}
        first = next(iter(self._cascade.sheet.colours), "")
        colours = {
            part: self._cascade.colour(name or ("white" if part == "paper" else first), rule.span)
            for part, name in names.items()
        }
        return Drawing("qr", data, span, "Figure", side, side, data, colours, name="qr")

    def _qr(self, block: QrCode) -> Node:
        rule = self._rule(block.common, "qr")
        text = self._text_of(rule)
        side = self._cascade.length(block.inline_size, text.size, text.pitch) or self._side(rule)
        code: Node = self._qr_drawing(block.data, side, block.common.span)
        if not block.label:
            return code
        label = self._para(block.label, "qr-label", block.common.span, "Caption", text)
        cells = ((Track(side), code), (Track(share=1.0), label))
        box = self._cascade.box(rule, text)
        return Row(cells, text.size, block.common.span, "Figure", box, name="qr")

    # --- donation, contact, event, form ------------------------------------------------------

    def _donation(self, block: Donation) -> Node:
        """A title band over the appeal and the ways to pay."""
        rule = self._rule(block.common, "donation")
        inside = self._inside(rule)
        span = block.common.span
        title = inside._para(block.title, "donation-title", span, "H2")
        children: list[Node] = [
            inside._para(p.content, "donation-body", p.common.span, "P") for p in block.body
        ]
        for way in block.ways:
            children.append(inside._para(way.label, "donation-label", way.span, "P"))
            children.extend(
                inside._para(line, "donation-line", way.span, "P") for line in way.lines
            )
        inner = self._cascade.box(self._named("donation-inner"), inside._text)
        body = Stack(tuple(children), span, "Sect", inner, name="donation")
        box = self._cascade.box(rule, inside._text)
        return Stack((title, body), span, "Sect", box, name="donation")

    def _contact(self, block: Contact) -> Node:
        rule = self._rule(block.common, "contact")
        inside = self._inside(rule)
        span = block.common.span
        lines = (inside._para(line, "contact-line", span, "P") for line in block.lines)
        children = (inside._para(block.name, "contact-name", span, "P"), *lines)
        box = self._cascade.box(rule, inside._text)
        return Stack(children, span, "Sect", box, name="contact")

    def _event(self, block: Event) -> Node:
        rule = self._rule(block.common, "event")
        inside = self._inside(rule)
        span = block.common.span
        label_rule = self._named("event-label")
        size = inside._text.size
        label_size = self._cascade.length(label_rule.gap, size, inside._text.pitch) or size * 4

        def row(label: Content, value: Content) -> Row:
            cells: tuple[tuple[Track, Node], ...] = (
                (Track(label_size), inside._para(label, "event-label", span, "P")),
                (Track(share=1.0), inside._para(value, "event-value", span, "P")),
            )
            return Row(cells, size, span, "P", name="event")

        rows = tuple(row(label, value) for label, value in block.rows)
        name = inside._para(block.name, "event-name", span, "H2")
        box = self._cascade.box(rule, inside._text)
        return Stack((name, *rows), span, "Sect", box, name="event")

    def _form(self, block: CutOff) -> Node:
        """A dashed cut line, the title, and fields: a label and a line to write on."""
        rule = self._rule(block.common, "form")
        inside = self._inside(rule)
        span = block.common.span
        text = inside._text
        line = BoxStyle(edges={"block_end": Stroke(text.colour, _FORM_LINE)})
        wide = self._cascade.length(self._named("form-label").gap, text.size, text.pitch)

        def field(label: Content, lines: int) -> Row:
            room = Gap(lines, span, block=lines * text.pitch)
            cells: tuple[tuple[Track, Node], ...] = (
                (Track(wide), inside._para(label, "form-label", span, "P")),
                (Track(share=1.0), Stack((room,), span, "Form", line, name="form")),
            )
            return Row(cells, text.size, span, "P", name="form")

        rows = tuple(field(label, lines) for label, lines in block.fields)
        title = inside._para(block.title, "form-title", span, "H2")
        box = self._cascade.box(rule, text)
        return Stack((title, *rows), span, "Form", box, name="form")

    # --- rules, room, free places --------------------------------------------------------------

    def _line(self, block: Rule) -> Node:
        rule = self._rule(block.common, "rule")
        box = self._cascade.box(rule, self._text)
        return Stack((), block.common.span, "Artifact", box, name="rule")

    def _spacer(self, block: Spacer) -> Node:
        lines = block.lines
        return Gap(lines, block.common.span, "space", block=lines * self._text.pitch)

    def _free(self, block: Free) -> Node:
        rule = self._rule(block.common, "free")
        sides = [self._cascade.length(m, self._text.size, self._text.pitch) for m in block.rect]
        inside = self._inside(rule)
        node = Stack(inside.blocks(block.blocks), block.common.span, "Aside", name="free")
        box = self._cascade.box(rule, inside._text)
        return Placed(node, Rect(*sides), block.common.span, "free", box)


_MAKERS: Final[dict[type, str]] = {
    Paragraph: "_paragraph",
    Title: "_title",
    Heading: "_heading",
    Badge: "_badge",
    ListBlock: "_list",
    Figure: "_figure",
    Box: "_box",
    Table: "_table",
    SearchBox: "_search",
    QrCode: "_qr",
    Donation: "_donation",
    Contact: "_contact",
    Event: "_event",
    CutOff: "_form",
    Rule: "_line",
    Spacer: "_spacer",
    Free: "_free",
}
