"""Blocks → elements: one function for each type of block, ``MAKERS`` names them all."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import Span
from layout.house.screen import screen_text
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
    FormField,
    Free,
    ListBlock,
    ListItem,
    Paragraph,
    QrCode,
    Rule,
    SearchBox,
    SideBySide,
    Spacer,
    Table,
    Turn,
)
from layout.structure.inline import Parts, inline
from layout.structure.model import Element, Words
from layout.structure.notes import NoteIds

_TICK: Final = "□"  # as the page shows it
LAST_LEVEL: Final = 6
_PLAIN_TAGS: Final = {"notes": "Note"}

Sections = Callable[["Maker", tuple[Block, ...], int], Iterator[Element]]


class Maker(Struct, frozen=True):
    """Makes the elements of a page's blocks.

    ``sections`` puts the blocks of a container under their headings (tree.py).
    """

    notes: NoteIds
    language: str
    page: int
    sections: Sections

    def block(self, block: Block, level: int) -> Iterator[Element]:
        """The elements of a block in a section whose heading is of ``level``."""
        for element in MAKERS[type(block)](self, block, level):
            yield replace(element, page=self.page)

    def inline(self, content: Content) -> Parts:
        """Words and marks."""
        return inline(content, self.notes.of_mark.get(self.page, {}))

    def element(
        self, tag: str, content: Content, span: Span, role: str = "", style: str = ""
    ) -> Element:
        """An element with nothing but words in it."""
        return Element(tag, span, self.inline(content), role, page=self.page, style=style)

    def heading(self, content: Content, span: Span, level: int, style: str) -> Element:
        """A heading in a section whose own heading is of ``level``."""
        tag = f"H{min(level + 1, LAST_LEVEL)}"
        return self.element(tag, content, span, "heading", style)

    def whole(
        self, tag: str, common: Common, kind: str, parts: Iterator[Element] | Parts, role: str = ""
    ) -> Element:
        """The element that holds all of a block."""
        held = tuple(parts)
        return Element(
            tag, common.span, held, role or kind, common.id,
            page=self.page, style=common.style or kind,
        )  # fmt: skip


# --- text ---------------------------------------------------------------------------


def _paragraph(to: Maker, block: Paragraph, _: int) -> Iterator[Element]:
    tag = _PLAIN_TAGS.get(block.kind, "P")
    made = to.whole(tag, block.common, block.kind, to.inline(block.content))
    span = block.common.span
    name = to.notes.of_note.get((to.page, span.line, span.column), "") if tag == "Note" else ""
    yield replace(made, id=made.id or name)


def lines(to: Maker, contents: tuple[Content, ...], span: Span, role: str) -> Parts:
    """Lines parted by forced breaks, each an element of its own."""
    parts: list[Element | Words] = []
    for number, content in enumerate(contents):
        if number:
            parts.append(Element("Break", span))
        parts.append(Element("Span", span, to.inline(content), role))
    return tuple(parts)


def _badge(to: Maker, block: Badge, _: int) -> Iterator[Element]:
    parts = lines(to, block.lines, block.common.span, "badge-line")
    yield to.whole("P", block.common, "badge", parts)


def _list(to: Maker, block: ListBlock, _: int) -> Iterator[Element]:
    yield to.whole("L", block.common, "list", _items(to, block.items))


def _items(to: Maker, items: tuple[ListItem, ...]) -> Iterator[Element]:
    for item in items:
        marker = to.element("Lbl", item.marker, item.span)
        held: Parts = to.inline(item.content)
        if item.items:
            inner = tuple(_items(to, item.items))
            held += (Element("L", item.span, inner, "list", page=to.page),)
        body = Element("LBody", item.span, held, page=to.page)
        parts = (marker, body) if item.marker else (body,)
        yield Element("LI", item.span, parts, page=to.page)


def _table(to: Maker, block: Table, _: int) -> Iterator[Element]:
    """Its title or else its caption is the table's caption; with both, one stands behind it."""
    span = block.common.span
    parts = [_row(to, block, number) for number in range(len(block.rows))]
    if block.title:
        parts.insert(0, to.element("Caption", block.title, span, "table-title", "table-title"))
    elif block.caption:
        style = "table-caption"
        parts.append(to.element("Caption", block.caption, span, style, style))
    yield to.whole("Table", block.common, "table", tuple(parts))
    if block.title and block.caption:
        yield to.element("P", block.caption, span, "table-caption", "table-caption")


def _row(to: Maker, block: Table, number: int) -> Element:
    span, head = block.common.span, number < block.head
    cells = []
    for column, content in enumerate(block.rows[number]):
        stub = column < block.head_columns
        scope = "Both" if head and stub else "Column" if head else "Row" if stub else ""
        part = "head" if head else "stub" if stub else "cell"
        held = to.element("TH" if scope else "TD", content, _start(content, span))
        cells.append(replace(held, scope=scope, role=f"table-{part}", style=f"table-{part}"))
    return Element("TR", span, tuple(cells), page=to.page)


def _start(content: Content, otherwise: Span) -> Span:
    return content[0].span if content else otherwise


# --- what is drawn --------------------------------------------------------------------


def _figure(to: Maker, block: Figure, _: int) -> Iterator[Element]:
    """Role ``figure``, or ``stand-in-photo`` and the like while the picture is missing."""
    parts: Parts = ()
    if block.caption:
        parts = (to.element("Caption", block.caption, block.common.span, "caption", "figure"),)
    role = f"stand-in-{block.stand_in}" if block.stand_in else "figure"
    made = to.whole("Figure", block.common, "figure", parts, role)
    yield replace(made, alt=block.alt, file=block.image)


def _code(to: Maker, data: str, span: Span, parts: Parts = ()) -> Element:
    alt = screen_text("qr-alt", to.language, target=data)
    return Element("Figure", span, parts, "qr-code", alt=alt, target=data, page=to.page, style="qr")


def _qr(to: Maker, block: QrCode, _: int) -> Iterator[Element]:
    span, parts = block.common.span, Parts()
    if block.label:
        parts = (to.element("Caption", block.label, span, "qr-label", "qr-label"),)
    made = _code(to, block.data, span, parts)
    yield replace(made, id=block.common.id, style=block.common.style or "qr")


def _search(to: Maker, block: SearchBox, _: int) -> Iterator[Element]:
    span = block.common.span
    field = to.element("Span", block.words, span, "search-words", "search-words")
    said = (*to.inline(block.before), field, *to.inline(block.after))
    parts = [Element("P", span, said, "search-line", page=to.page, style="search")]
    if block.note:
        parts.append(to.element("P", block.note, span, "search-note", "search-note"))
    if block.qr:
        parts.append(_code(to, block.qr, span))
    yield to.whole("Div", block.common, "search", tuple(parts))


def _rule(to: Maker, block: Rule, _: int) -> Iterator[Element]:
    tag = "P" if block.words else "Div"
    yield to.whole(tag, block.common, "rule", to.inline(block.words))


def _nothing(_: Maker, __: Turn | Spacer, ___: int) -> Iterator[Element]:
    """Empty room and where a column ends mean nothing."""
    return iter(())


# --- containers -------------------------------------------------------------------------


def _box(to: Maker, block: Box, level: int) -> Iterator[Element]:
    inside = level
    parts: list[Element] = []
    if block.title:
        title = to.heading(block.title, block.common.span, level, f"{block.kind}-title")
        parts.append(replace(title, role="box-title"))
        inside += 1
    parts.extend(to.sections(to, block.blocks, inside))
    tag = "BlockQuote" if block.kind == "quote" else "Aside"
    made = to.whole(tag, block.common, block.kind, tuple(parts))
    yield replace(made, writing=block.writing)


def _side_by_side(to: Maker, block: SideBySide, level: int) -> Iterator[Element]:
    cells = (
        Element("Div", block.common.span, tuple(to.sections(to, cell, level)), "cell", page=to.page)
        for cell in block.cells
    )
    yield to.whole("Div", block.common, "row", cells)


def _free(to: Maker, block: Free, level: int) -> Iterator[Element]:
    yield to.whole("Div", block.common, "free", to.sections(to, block.blocks, level))


# --- notices ------------------------------------------------------------------------------


def _donation(to: Maker, block: Donation, level: int) -> Iterator[Element]:
    span = block.common.span
    parts = [to.heading(block.title, span, level, "donation-title")]
    for paragraph in block.body:
        own = paragraph.common.span
        parts.append(to.element("P", paragraph.content, own, "text", "donation-body"))
    pairs = [(way.label, way.lines, way.span) for way in block.ways]
    if pairs:
        parts.append(_pairs(to, "donation", "ways", span, pairs))
    yield to.whole("Sect", block.common, "donation", tuple(parts))


def _event(to: Maker, block: Event, level: int) -> Iterator[Element]:
    span = block.common.span
    parts = [to.heading(block.name, span, level, "event-name")]
    pairs = [(label, (value,), _start(label, span)) for label, value in block.rows]
    if pairs:
        parts.append(_pairs(to, "event", "rows", span, pairs))
    yield to.whole("Sect", block.common, "event", tuple(parts))


def _pairs(
    to: Maker, kind: str, role: str, span: Span, pairs: list[tuple[Content, Any, Span]]
) -> Element:
    """Terms and what is said of them."""
    line = "line" if kind == "donation" else "value"
    items = []
    for label, contents, place in pairs:
        term = to.element("Lbl", label, place, "label", f"{kind}-label")
        said = tuple(to.element("P", c, place, "line", f"{kind}-{line}") for c in contents)
        body = Element("LBody", place, said, page=to.page)
        items.append(Element("LI", place, (term, body), page=to.page))
    return Element("L", span, tuple(items), role, page=to.page)


def _contact(to: Maker, block: Contact, _: int) -> Iterator[Element]:
    span = block.common.span
    parts = [to.element("P", block.name, span, "contact-name", "contact-name")]
    for content in block.lines:
        parts.append(to.element("P", content, span, "contact-line", "contact-line"))
    yield to.whole("Sect", block.common, "contact", tuple(parts))


def _form(to: Maker, block: CutOff, level: int) -> Iterator[Element]:
    """A printed form is no form in the sense of the standard: nothing in it can be filled in."""
    span, parts = block.common.span, list[Element]()
    if block.cut:
        parts.append(to.element("P", block.cut, span, "form-cut", "form-cut"))
    if block.title:
        parts.append(to.heading(block.title, span, level, "form-title"))
    fields = tuple(
        _field(to, field, "field" if first else "field-beside")
        for row in block.rows
        for first, field in zip((True, *(False,) * len(row)), row, strict=False)
    )
    if fields:
        parts.append(Element("L", span, fields, "fields", page=to.page))
    yield to.whole("Sect", block.common, "form", tuple(parts))


def _field(to: Maker, field: FormField, role: str) -> Element:
    """A label, and a blank between the words at its ends, or words to tick.

    ``actual`` of the blank says that it is one; on the page there is only a line.
    """
    span = field.span
    label = to.element("Lbl", field.label, span, "label", "form-label")
    if field.choices:
        body: Parts = (_choices(to, field),)
    else:
        said = screen_text("blank", to.language)
        blank = Element("Span", span, (), "blank", actual=said)
        body = (*to.inline(field.before), blank, *to.inline(field.after))
    held = Element("LBody", span, body, page=to.page)
    return Element("LI", span, (label, held), role, page=to.page)


def _choices(to: Maker, field: FormField) -> Element:
    tick = Words(_TICK, field.span, generated=True)
    items = tuple(
        Element(
            "LI", field.span,
            (Element("Lbl", field.span, (tick,)), to.element("LBody", choice, field.span)),
            "choice",
        )
        for choice in field.choices
    )  # fmt: skip
    return Element("L", field.span, items, "choices", page=to.page)


MAKERS: Final[Mapping[type, Callable[[Maker, Any, int], Iterator[Element]]]] = {
    Paragraph: _paragraph,
    Badge: _badge,
    ListBlock: _list,
    Figure: _figure,
    Box: _box,
    Table: _table,
    SearchBox: _search,
    QrCode: _qr,
    Donation: _donation,
    Contact: _contact,
    Event: _event,
    CutOff: _form,
    SideBySide: _side_by_side,
    Turn: _nothing,
    Rule: _rule,
    Spacer: _nothing,
    Free: _free,
}
"""Every type of block except titles and headings, which open sections (tree.py)."""
