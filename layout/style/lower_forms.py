"""Forms to cut off → nodes: labels and writing lines on one baseline, fields in a row, ticks."""

from typing import Final

from msgspec.structs import replace

from layout.diagnostics import Span
from layout.source.model import Content, CutOff, FormField, Text
from layout.source.sheet import BlockRule
from layout.style.lowering import Lowering
from layout.style.model import BoxStyle, Gap, Node, Para, Row, Stack, Stroke, Track
from layout.units import Length, mm

_LINE: Final = mm(0.15)
_TICK: Final = "□"
_TICK_GAP: Final = 0.25  # between a box to tick and its words, in ems
_LABEL_GAP: Final = 0.5  # between a label and its line


def form(to: Lowering, block: CutOff) -> Node:
    """The cut line with its words, the title, and the rows of fields."""
    rule = to.rule(block.common, "form")
    inside = to.inside(rule)
    span, text = block.common.span, inside.text
    children: list[Node] = []
    if block.cut:
        children.append(line_with_words(inside, inside.named("form-cut"), block.cut, span))
    if block.title:
        children.append(inside.para(block.title, "form-title", span, "H2"))
    gap = to.space(rule, text) or 2 * text.size
    children.extend(_fields(inside, fields, gap) for fields in block.rows)
    box = to.cascade.box(rule, text)
    return Stack(tuple(children), span, "Form", box, name="form")


def line_with_words(to: Lowering, rule: BlockRule, words: Content, span: Span) -> Node:
    """A line with words in its middle: the style's first edge, or a thin dashed one."""
    text = to.text_of(rule)
    box = to.cascade.box(rule, text)
    thin = Stroke(text.colour, _LINE, (_LINE * 8, _LINE * 5))
    stroke = next(iter(box.edges.values()), thin)
    line = Stack((), span, "Artifact", BoxStyle(edges={"block_start": stroke}), name="rule")
    said = Para(words, text, span, "P", name="rule")
    sides = Track(share=1.0)
    cells = ((sides, line), (Track(), said), (sides, line))
    return Row(cells, text.size, span, "P", replace(box, edges={}), name="rule")


def _fields(to: Lowering, fields: tuple[FormField, ...], gap: Length) -> Node:
    """The fields of one row: what has no length of its own shares what is left."""
    cells: list[tuple[Track, Node]] = []
    for number, field in enumerate(fields):
        node = _field(to, field, first=number == 0)
        grows = field.inline_size is None and not field.choices
        last_choices = bool(field.choices) and number + 1 == len(fields)
        cells.append((Track(share=1.0 if grows or last_choices else 0.0), node))
    if len(cells) == 1:
        return cells[0][1]
    return Row(tuple(cells), gap, fields[0].span, "P", align="start", name="form")


def _field(to: Lowering, field: FormField, *, first: bool) -> Node:
    """A label, then lines to write on between the words at their ends, or boxes to tick."""
    text, span = to.text, field.span
    wide = to.length(to.named("form-label").gap, text) if first else 0
    cells: list[tuple[Track, Node]] = [(Track(wide), _words(to, field.label, "form-label", span))]
    if field.choices:
        cells.append((Track(share=1.0), _choices(to, field)))
    else:
        if field.before:
            cells.append((Track(), _words(to, field.before, "form-words", span)))
        size = to.length(field.inline_size, text)
        cells.append((Track(size, 0.0 if size else 1.0), _lines(to, field)))
        if field.after:
            cells.append((Track(), _words(to, field.after, "form-words", span)))
    gap = round(text.size * _LABEL_GAP)
    return Row(tuple(cells), gap, span, "P", align="start", name="form")


def _words(to: Lowering, content: Content, kind: str, span: Span) -> Para:
    """Words on the form's own line pitch, so that they stand on one line with the others."""
    para = to.para(content, kind, span, "P")
    return replace(para, text=replace(para.text, pitch=to.text.pitch))


def _lines(to: Lowering, field: FormField) -> Node:
    """Lines to write on, the first where the label's em box ends."""
    text, span = to.text, field.span
    rule = to.named("form-line")
    edges = to.cascade.box(rule, text).edges or {"block_end": Stroke(text.colour, _LINE)}
    box = BoxStyle(edges=edges)
    first = (text.pitch + text.size) // 2
    rooms = [first, *(text.pitch,) * (field.lines - 1)]
    lines = [Stack((Gap(0, span, block=room),), span, "Form", box, name="form") for room in rooms]
    return Stack((*lines, Gap(0, span, block=text.pitch - first)), span, "Form", name="form")


def _choices(to: Lowering, field: FormField) -> Node:
    """Words to tick, each behind its box; in several lines where they need them."""
    text, span = to.text, field.span
    tick: Content = (Text(_TICK, span, generated=True),)
    cells = tuple(
        (
            Track(),
            Row(
                (
                    (Track(), _words(to, tick, "form-tick", span)),
                    (Track(), _words(to, choice, "form-choice", span)),
                ),
                round(text.size * _TICK_GAP), span, "P", align="start", name="form",
            ),
        )
        for choice in field.choices
    )  # fmt: skip
    return Row(cells, text.size, span, "P", align="start", wrap=True, name="form")
