"""Search fields, QR codes, donation boxes, contacts and meetings → nodes."""

from typing import Final

from layout.diagnostics import Span
from layout.source.model import Contact, Content, Donation, Event, QrCode, SearchBox
from layout.source.sheet import BlockRule
from layout.style.lowering import Lowering
from layout.style.model import PLAIN, Colour, Drawing, Gap, Node, Para, Row, Stack, TextStyle, Track
from layout.units import Length, mm

QR_SIDE: Final = mm(18)
_PAPER: Final = Colour("white", (0.0, 0.0, 0.0, 0.0))


def search(to: Lowering, block: SearchBox) -> Node:
    rule = to.rule(block.common, "search")
    text = to.text_of(rule)
    span = block.common.span
    words_rule = to.named("search-words")
    button_rule = to.named("search-button")
    words_text = to.text_of(words_rule, text)
    glass = Drawing(
        "glass", "", span, "Artifact", words_text.size, words_text.size,
        colours={"ink": to.text_of(button_rule, words_text).colour},
        box=to.cascade.box(button_rule, words_text),
    )  # fmt: skip
    words = Para(block.words, words_text, span, "P", PLAIN, "search")
    pad = glass.box.padding
    button = words_text.size + pad.inline_start + pad.inline_end
    field = Row(
        ((Track(), words), (Track(button), glass)),
        to.space(words_rule, words_text), span, "P",
        to.cascade.box(words_rule, words_text), name="search",
    )  # fmt: skip
    cells: list[tuple[Track, Node]] = [
        (Track(), _bare(to, block.before, text, span)),
        (Track(), field),
    ]
    after: list[Node] = [_bare(to, block.after, text, span)]
    if block.note:
        note = to.text_of(to.named("search-note"), text)
        after.append(_bare(to, block.note, note, span))
    cells.append((Track(), Stack(tuple(after), span, "P", name="search")))
    if block.qr:
        cells.append((Track(share=1.0), _arrow(to, text, span)))
        side = _side(to, to.named("search-qr"))
        cells.append((Track(side), _qr_drawing(to, block.qr, side, span)))
    box = to.cascade.box(rule, text)
    return Row(tuple(cells), to.space(rule, text), span, "P", box, name="search")


def _arrow(to: Lowering, text: TextStyle, span: Span) -> Node:
    """Empty room, or an arrow through it where the sheet gives one a colour."""
    rule = to.named("search-arrow")
    if not rule.background:
        return Gap(0, span, block=0)
    colours = {"ink": to.cascade.colour(rule.background, rule.span)}
    return Drawing("arrow", "", span, "Artifact", 0, text.size, colours=colours, name="search")


def _bare(to: Lowering, content: Content, text: TextStyle, span: Span) -> Para:
    return Para(content, text, span, "P", PLAIN, "search")


def _side(to: Lowering, rule: BlockRule) -> Length:
    return to.cascade.length(rule.gap, 0, 0) or QR_SIDE


def _qr_drawing(to: Lowering, data: str, side: Length, span: Span) -> Drawing:
    """A QR code in the style's ``ink`` and ``paper``: the sheet's first colour on white."""
    rule = to.named("qr")
    ink = rule.parts.get("ink") or next(iter(to.cascade.sheet.colours), "")
    paper = rule.parts.get("paper")
    colours = {
        "ink": to.cascade.colour(ink, rule.span),
        "paper": to.cascade.colour(paper, rule.span) if paper else _PAPER,
    }
    return Drawing("qr", data, span, "Figure", side, side, data, colours, name="qr")


def qr(to: Lowering, block: QrCode) -> Node:
    rule = to.rule(block.common, "qr")
    text = to.text_of(rule)
    side = to.length(block.inline_size, text) or _side(to, rule)
    code: Node = _qr_drawing(to, block.data, side, block.common.span)
    if not block.label:
        return code
    label = to.para(block.label, "qr-label", block.common.span, "Caption", text)
    cells = ((Track(side), code), (Track(share=1.0), label))
    box = to.cascade.box(rule, text)
    return Row(cells, text.size, block.common.span, "Figure", box, name="qr")


def donation(to: Lowering, block: Donation) -> Node:
    """A title band over the appeal and the ways to pay."""
    rule = to.rule(block.common, "donation")
    inside = to.inside(rule)
    span = block.common.span
    title = inside.para(block.title, "donation-title", span, "H2")
    children: list[Node] = [
        inside.para(p.content, "donation-body", p.common.span, "P") for p in block.body
    ]
    for way in block.ways:
        children.append(inside.para(way.label, "donation-label", way.span, "P"))
        children.extend(inside.para(line, "donation-line", way.span, "P") for line in way.lines)
    inner = to.cascade.box(to.named("donation-inner"), inside.text)
    body = Stack(tuple(children), span, "Sect", inner, name="donation")
    box = to.cascade.box(rule, inside.text)
    return Stack((title, body), span, "Sect", box, name="donation")


def contact(to: Lowering, block: Contact) -> Node:
    rule = to.rule(block.common, "contact")
    inside = to.inside(rule)
    span = block.common.span
    lines = (inside.para(line, "contact-line", span, "P") for line in block.lines)
    children = (inside.para(block.name, "contact-name", span, "P"), *lines)
    box = to.cascade.box(rule, inside.text)
    return Stack(children, span, "Sect", box, name="contact")


def event(to: Lowering, block: Event) -> Node:
    rule = to.rule(block.common, "event")
    inside = to.inside(rule)
    span = block.common.span
    label_rule = to.named("event-label")
    size = inside.text.size
    label_size = to.cascade.length(label_rule.gap, size, inside.text.pitch) or size * 4

    def row(label: Content, value: Content) -> Row:
        cells: tuple[tuple[Track, Node], ...] = (
            (Track(label_size), inside.para(label, "event-label", span, "P")),
            (Track(share=1.0), inside.para(value, "event-value", span, "P")),
        )
        return Row(cells, size, span, "P", name="event")

    rows = tuple(row(label, value) for label, value in block.rows)
    name = inside.para(block.name, "event-name", span, "H2")
    box = to.cascade.box(rule, inside.text)
    return Stack((name, *rows), span, "Sect", box, name="event")
