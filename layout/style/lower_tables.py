"""Tables → nodes: each cell in the style of its place, each column as wide as it is to be."""

from msgspec.structs import replace

from layout.source.model import Measure, Table
from layout.source.sheet import BlockRule
from layout.style.lowering import Lowering
from layout.style.model import Align, Column, Node, Para, TableNode, TextStyle
from layout.units import Length

_POINT = "point"


def table(to: Lowering, block: Table) -> Node:
    """Cells of head rows are ``table-head``, of head columns ``table-stub``, else ``table-cell``.

    A table style of one's own names its cells' styles under ``parts``.
    """
    rule = to.rule(block.common, "table")
    text = to.text_of(rule)
    span = block.common.span
    rows = tuple(
        tuple(_cell(to, block, rule, (r, c), text) for c in range(len(row)))
        for r, row in enumerate(block.rows)
    )
    return TableNode(
        tuple(_column(to, block, rows, c) for c in range(len(rows[0]) if rows else 0)),
        rows,
        block.head,
        to.space(rule, text),
        span,
        box=to.cascade.box(rule, text),
        row_rule=to.cascade.stroke(rule.row_rule, rule.span) if rule.row_rule else None,
        column_rule=to.cascade.stroke(rule.column_rule, rule.span) if rule.column_rule else None,
        title=to.para(block.title, "table-title", span, "Caption", text) if block.title else None,
        caption=(
            to.para(block.caption, "table-caption", span, "Caption", text)
            if block.caption
            else None
        ),
    )


def _cell(
    to: Lowering, block: Table, rule: BlockRule, at: tuple[int, int], text: TextStyle
) -> Para:
    row, column = at
    part = "head" if row < block.head else "stub" if column < block.head_columns else "cell"
    kind = rule.parts.get(part, f"table-{part}")
    if part == "stub" and "stub" not in rule.parts and not to.has(kind):
        kind = rule.parts.get("cell", "table-cell")
    role = "TD" if part == "cell" else "TH"
    cell = to.para(block.rows[row][column], kind, block.common.span, role, text)
    if column >= len(block.aligns):
        return replace(cell, name="table")
    word = block.aligns[column]
    if word != _POINT:
        return replace(cell, name="table", text=replace(cell.text, align=Align(word)))
    # One number upright among others that lie along the line could not stand under their point.
    upright = cell.text.tate_chu_yoko if part == "head" else 0
    style = replace(cell.text, align=Align.CENTRE, tate_chu_yoko=upright)
    return replace(cell, name="table", text=style)


def _column(to: Lowering, block: Table, rows: tuple[tuple[Para, ...], ...], c: int) -> Column:
    """The column's size; one given in characters holds so many between the cells' paddings."""
    width = block.widths[c] if block.widths else Measure(1, "")
    point = c < len(block.aligns) and block.aligns[c] == _POINT
    if not width.unit:
        return Column(share=width.value, point=point)
    if width.unit == "auto":
        return Column(point=point)
    body = rows[-1][c]
    fixed = to.length(width, body.text)
    return Column(fixed + (_padding(rows, c) if width.unit == "字" else 0), point=point)


def _padding(rows: tuple[tuple[Para, ...], ...], c: int) -> Length:
    pads = [row[c].box.padding for row in rows]
    return max((pad.inline_start + pad.inline_end for pad in pads), default=0)
