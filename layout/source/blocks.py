"""Fields to model: one block of YAML becomes one block of the model, running text several."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from layout.diagnostics import NOWHERE, Reporter, Span
from layout.source import model
from layout.source.build_sheet import rect_of
from layout.source.facts import link_target
from layout.source.images import check_image
from layout.source.lint_wishes import silences
from layout.source.lists import list_items
from layout.source.markup import Markup
from layout.source.model import Block, Common, Content
from layout.source.nodes import Scalar
from layout.source.records import BlockField, Field, Record
from layout.source.suggest import suggest

_WEB = re.compile(r"(?:www\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?$")
_Maker = Callable[["BlockBuilder", BlockField, Common], Iterator[Block]]


class BlockBuilder:
    """Builds the blocks of one leaflet."""

    def __init__(self, markup: Markup, folder: Path, reporter: Reporter) -> None:
        self.markup = markup
        self.folder = folder
        self.reporter = reporter
        self._ids: dict[str, Span] = {}

    def build(self, fields: object) -> tuple[Block, ...]:
        """The blocks of a list of block fields."""
        if not isinstance(fields, list):
            return ()
        found: list[Block] = []
        for field in fields:
            if isinstance(field, BlockField):
                found.extend(_MAKERS[field.kind](self, field, self._common(field)))
        return tuple(found)

    def _common(self, field: BlockField) -> Common:
        """The common keys, inside the block's own mapping before those beside it."""
        inner = field.value if isinstance(field.value, Record) else None

        def say(name: str) -> Scalar | None:
            return (inner.scalar(name) if inner else None) or field.common.scalar(name)

        style, name = say("style"), say("id")
        if name is not None:
            self._take_id(name)
        return Common(
            field.span,
            id=name.value.strip() if name else "",
            style=style.value.strip() if style else "",
            lint=(silences(inner) if inner else ()) or silences(field.common),
            style_span=style.span if style else NOWHERE,
        )

    def _take_id(self, scalar: Scalar) -> None:
        first = self._ids.setdefault(scalar.value.strip(), scalar.span)
        if first != scalar.span:
            self.reporter.error(
                "source.duplicate-id", scalar.span, id=scalar.value.strip(), first=first.line
            )

    # --- values that are texts or mappings -------------------------------------

    def inline(self, value: object, key: str = "") -> Content:
        """A text, or the text under a key of a mapping."""
        if isinstance(value, Record):
            value = value.value(key)
        return self.markup.inline(value if isinstance(value, Scalar) else None)

    def lines(self, value: object, key: str = "lines") -> tuple[Content, ...]:
        """A list of texts, or one text whose lines count."""
        if isinstance(value, Record):
            value = value.value(key)
        if isinstance(value, Scalar):
            return self.markup.lines(value)
        items = value if isinstance(value, list) else []
        found = (self.inline(item) for item in items)
        return tuple(content for content in found if content)

    def paragraphs(self, value: object, common: Common, kind: str) -> list[model.Paragraph]:
        """Running text; the first paragraph keeps the block's id."""
        scalar = value if isinstance(value, Scalar) else None
        made: list[model.Paragraph] = []
        for content, span in self.markup.paragraphs(scalar):
            own = replace(common, span=span, id="" if made else common.id)
            made.append(model.Paragraph(own, content, kind))
        return made

    def inside(self, record: Record) -> tuple[Block, ...]:
        """The running text and the blocks of a container."""
        texts = self.paragraphs(record.value("text"), Common(record.span_of("text")), "text")
        return (*texts, *self.build(record.value("blocks")))

    def qr_data(self, record: Record, key: str) -> str:
        """What a QR code holds: a fact's target or value, or the address typed."""
        typed = record.text(key).strip("{} ")
        fact = self.markup.facts.get(typed)
        if fact is not None:
            return link_target(fact) or fact.values[""]
        if _WEB.match(typed):
            near = f"https://{typed}"
            self.reporter.error("facts.url", record.span_of(key), value=typed, suggestion=near)
            return ""
        if typed and ":" not in typed:
            near = suggest(typed, list(self.markup.facts))
            self.reporter.error("facts.unknown", record.span_of(key), name=typed, suggestion=near)
            return ""
        return typed


def _record(field: BlockField) -> Record:
    return field.value if isinstance(field.value, Record) else Record(field.span)


def _running(kind: str) -> _Maker:
    def make(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
        yield from to.paragraphs(field.value, common, kind)

    return make


def _slogan(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    yield model.Paragraph(common, to.inline(field.value), "slogan")


def _title(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    yield model.Title(common, to.lines(field.value))


def _badge(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    yield model.Badge(common, to.lines(field.value))


def _heading(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    level, across = record.whole("level") or 1, record.flag("across") or False
    yield model.Heading(common, to.inline(field.value, "text"), level, across)


def _list(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    items = field.value if isinstance(field.value, list) else record.items("items")
    made = list_items(items, record.scalar("marker"), to.markup)
    yield model.ListBlock(common, tuple(made))


def _figure(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    image, span = record.text("image"), record.span_of("image")
    if image:
        image = check_image(image, to.folder, span, to.reporter)
    lines = record.value("lines")
    yield model.Figure(
        common,
        alt=record.text("alt"),
        image=image,
        image_span=span if image else NOWHERE,
        stand_in=record.word("stand-in"),
        caption=to.inline(record, "caption"),
        side=record.word("side"),
        inline_size=record.measure("width"),
        lines=-1 if lines == "rest" else record.whole("lines") or 0,
        page=record.whole("page") or 1,
    )


def _box(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    if isinstance(field.value, Scalar):
        bare = Common(field.span)
        texts = to.paragraphs(field.value, bare, "text")
        yield model.Box(common, (), tuple(texts), field.kind)
        return
    columns = record.whole("columns") or 1
    title = to.inline(record, "title")
    yield model.Box(
        common,
        title,
        to.inside(record),
        field.kind,
        columns,
        record.word("writing"),
        record.measure("width"),
    )


def _quote(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    """Words alone are paragraphs of their own kind; a mapping is a box."""
    if isinstance(field.value, Scalar):
        yield from to.paragraphs(field.value, common, "quote")
    else:
        yield from _box(to, field, common)


def _table(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    rows = field.value if isinstance(field.value, list) else record.items("rows")
    cells = tuple(tuple(to.inline(c) for c in row) for row in rows if isinstance(row, list))
    count = max((len(row) for row in cells), default=0)
    uneven = next((n for n, row in enumerate(cells) if len(row) != count), None)
    if uneven is not None:
        span = _span_of_row(rows[uneven], common.span)
        to.reporter.error(
            "source.table-uneven", span, columns=count, row=uneven + 1, count=len(cells[uneven])
        )
    padded = tuple(row + ((),) * (count - len(row)) for row in cells)
    yield model.Table(
        common,
        padded,
        head=min(record.whole("head") or 0, len(padded)),
        widths=_widths(to, record, count),
        caption=to.inline(record, "caption"),
        head_columns=min(record.whole("head-columns") or 0, count),
        aligns=_aligns(to, record, count),
        title=to.inline(record, "title"),
    )


def _span_of_row(row: object, otherwise: Span) -> Span:
    """Where a row begins; an empty one has no place of its own."""
    first = row[0] if isinstance(row, list) and row else None
    return first.span if isinstance(first, Scalar) else otherwise


def _widths(to: BlockBuilder, record: Record, count: int) -> tuple[model.Measure, ...]:
    """One width for each of ``count`` columns; ``auto`` is for all of them."""
    if record.word("widths"):
        return (model.Measure(0, "auto"),) * count
    widths = tuple(w for w in record.items("widths") if isinstance(w, model.Measure))
    return widths if _one_each(to, record, "widths", len(widths), count) else ()


def _aligns(to: BlockBuilder, record: Record, count: int) -> tuple[str, ...]:
    words = tuple(w for w in record.items("align") if isinstance(w, str))
    return words if _one_each(to, record, "align", len(words), count) else ()


def _one_each(to: BlockBuilder, record: Record, key: str, found: int, count: int) -> bool:
    """Whether a list has one entry for each column, or none at all."""
    if found and found != count:
        span = record.span_of(key)
        to.reporter.error("source.table-widths", span, key=key, count=found, columns=count)
        return False
    return True


def _search(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    yield model.SearchBox(
        common,
        before=to.inline(record, "before"),
        words=to.inline(field.value, "words"),
        after=to.inline(record, "after"),
        note=to.inline(record, "note"),
        qr=to.qr_data(record, "qr"),
    )


def _qr(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    if isinstance(field.value, Scalar):
        beside = field.common.fields
        record = replace(record, fields={"data": _as_field(field.value)} | beside)
    data, label = to.qr_data(record, "data"), to.inline(record, "label")
    yield model.QrCode(common, data, label, record.measure("width"))


def _as_field(scalar: Scalar) -> Field:
    return Field(scalar, scalar.span, scalar.span)


def _donation(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    ways = tuple(
        model.PaymentWay(to.inline(way, "label"), to.lines(way, "text"), way.span)
        for way in record.items("ways")
        if isinstance(way, Record)
    )
    body = to.paragraphs(record.value("body"), Common(record.span_of("body")), "text")
    yield model.Donation(common, to.inline(record, "title"), tuple(body), ways)


def _contact(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    yield model.Contact(common, to.inline(record, "name"), to.lines(record))


def _event(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    inner = record.record("rows")
    rows = []
    for label, row in inner.fields.items() if inner else ():
        typed = (model.Text(label, row.key_span),)
        rows.append((typed, to.inline(row.value)))
    yield model.Event(common, to.inline(record, "name"), tuple(rows))


def _form(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    rows = tuple(
        tuple(_form_field(to, each, common) for each in (row if isinstance(row, list) else [row]))
        for row in record.items("fields")
    )
    yield model.CutOff(common, to.inline(record, "title"), rows, to.inline(record, "cut"))


def _form_field(to: BlockBuilder, value: object, common: Common) -> model.FormField:
    """A label alone, or with what stands beside it."""
    if not isinstance(value, Record):
        span = value.span if isinstance(value, Scalar) else common.span
        return model.FormField(to.inline(value), span)
    return model.FormField(
        to.inline(value, "label"),
        value.span,
        value.whole("lines") or 1,
        value.measure("width"),
        to.inline(value, "before"),
        to.inline(value, "after"),
        tuple(to.inline(choice) for choice in value.items("choices")),
    )


def _row(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    cells = tuple(to.build(cell) for cell in record.items("cells"))
    widths = _widths(to, record, len(cells))
    yield model.SideBySide(common, cells, widths, record.measure("gap"))


def _break(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    yield model.Turn(common, field.value == "area")


def _rule(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    yield model.Rule(common, to.inline(_record(field), "text"))


def _space(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    lines = field.value if isinstance(field.value, int) else _record(field).whole("lines")
    yield model.Spacer(common, lines or 1)


def _free(to: BlockBuilder, field: BlockField, common: Common) -> Iterator[Block]:
    record = _record(field)
    yield model.Free(common, rect_of(record, "rect", record.span), to.inside(record))


_MAKERS: dict[str, _Maker] = {
    "title": _title,
    "badge": _badge,
    "lead": _running("lead"),
    "heading": _heading,
    "text": _running("text"),
    "slogan": _slogan,
    "list": _list,
    "figure": _figure,
    "box": _box,
    "sidebar": _box,
    "quote": _quote,
    "notes": _running("notes"),
    "table": _table,
    "search": _search,
    "qr": _qr,
    "donation": _donation,
    "contact": _contact,
    "event": _event,
    "form": _form,
    "row": _row,
    "break": _break,
    "rule": _rule,
    "space": _space,
    "free": _free,
}
