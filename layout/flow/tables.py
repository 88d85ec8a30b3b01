"""Tables: columns that run through, rows as long as their longest cell, rules between them.

``table`` is the list: column sizes → cells → rows → rules → title and caption.
A row is never cut; ``part_table`` cuts between rows and says the head again.
"""

import re
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from layout.flow.boxes import boxed, inner_inline
from layout.flow.composing import Composer, items_of, lines_of, text_fragment
from layout.flow.fragment import BoxLeaf, Fragment, Leaf
from layout.flow.rows import natural_inline
from layout.geometry import Extent, Offset
from layout.style.model import Align, Column, Para, Stroke, TableNode, TextStyle
from layout.units import Length

Lay = Callable[[TableNode | Para, Length, Composer], Fragment]
_DIGITS = "0-9０-９〇一二三四五六七八九十百千万億"
_WHOLE_NUMBER = re.compile(f"[{_DIGITS}][{_DIGITS},，]*")
_LEAST = 2  # a column that needs more than there is keeps at least so many ems


class _Sizes(Struct, frozen=True):
    """Where each column begins, how long it is, and for numbers what stands before the point."""

    starts: tuple[Length, ...]
    sizes: tuple[Length, ...]
    points: tuple[tuple[Length, Length], ...]


class _Row(Struct, frozen=True):
    """A row: its cells laid out, and its length along the block axis."""

    cells: tuple[Fragment, ...]
    block: Length


def table(node: TableNode, inline: Length, composer: Composer, lay: Lay) -> Fragment:
    """Lay out a whole table."""
    room = inner_inline(node.box, None, inline)
    sizes = _sizes(node, room, composer)
    rows = [_row(node, number, sizes, composer) for number in range(len(node.rows))]
    children: list[tuple[Offset, Fragment | Leaf]] = []
    at = 0
    for number, row in enumerate(rows):
        children.append((Offset(0, at), _row_fragment(node, number, row, sizes, composer)))
        at += row.block
    children.extend(_rules(node, rows, sizes, room))
    inner = Fragment(Extent(room, at), tuple(children), composer.mode, node.span, "Table", "table")
    grid = boxed(inner, replace(node.box, edges={}), inline, node, composer)
    if node.box.edges:  # over the grounds of the cells
        frame = BoxLeaf(grid.extent, None, node.box.edges, node.box.radius)
        grid = replace(grid, children=(*grid.children, (Offset(0, 0), frame)))
    return _with_words(node, grid, inline, composer, lay)


def _with_words(
    node: TableNode, grid: Fragment, inline: Length, composer: Composer, lay: Lay
) -> Fragment:
    """The table between its title and its caption."""
    if node.title is None and node.caption is None:
        return grid
    children: list[tuple[Offset, Fragment | Leaf]] = []
    at = start = end = 0
    if node.title is not None:
        title = lay(node.title, inline, composer)
        children.append((Offset(0, 0), title))
        at, start = title.extent.block + node.title.box.after, title.ease_start
    children.append((Offset(0, at), grid))
    at += grid.extent.block
    if node.caption is not None:
        caption = lay(node.caption, inline, composer)
        at += node.caption.box.before
        children.append((Offset(0, at), caption))
        at, end = at + caption.extent.block, caption.ease_end
    return Fragment(
        Extent(inline, at), tuple(children), composer.mode, node.span, "Sect", "table", start, end
    )


# --- columns ---------------------------------------------------------------------------


def _sizes(node: TableNode, room: Length, composer: Composer) -> _Sizes:
    """Fixed columns first, then what cells need, then shares of the rest."""
    free = room - node.gap * (len(node.columns) - 1)
    sizes = [column.fixed for column in node.columns]
    auto = [i for i, c in enumerate(node.columns) if not c.fixed and not c.share]
    shares = sum(column.share for column in node.columns)
    needs = {i: max(natural_inline(row[i], composer) for row in node.rows) for i in auto}
    least = _LEAST * max((row[0].text.size for row in node.rows), default=0)
    kept = least * sum(1 for column in node.columns if column.share)
    for i, size in _fair(needs, max(free - sum(sizes) - kept, 0), least).items():
        sizes[i] = size
    rest = max(free - sum(sizes), 0)
    for i, column in enumerate(node.columns):
        if shares and column.share:
            sizes[i] = round(rest * column.share / shares)
        elif not shares and i in needs:  # nothing else takes what is left
            sizes[i] += rest * needs[i] // max(sum(needs.values()), 1)
    starts = tuple(sum(sizes[:i]) + node.gap * i for i in range(len(sizes)))
    return _Sizes(starts, tuple(sizes), _points(node, composer))


def _fair(needs: dict[int, Length], room: Length, least: Length) -> dict[int, Length]:
    """What each column needs, or where that is too much, the longest cut to one length."""
    found: dict[int, Length] = {}
    waiting = sorted(needs, key=lambda i: needs[i])
    while waiting:
        i = waiting.pop(0)
        share = (room - sum(found.values())) // (len(waiting) + 1)
        found[i] = min(needs[i], max(share, least))
    return found


def _points(node: TableNode, composer: Composer) -> tuple[tuple[Length, Length], ...]:
    """For each column of numbers the longest part before the point, and the longest after."""
    found = []
    for i, column in enumerate(node.columns):
        parts = [(0, 0)]
        if column.point:
            numbers = (_at_point(row[i], composer) for row in node.rows[node.head :])
            parts.extend(part for part in numbers if part is not None)
        found.append((max(part[0] for part in parts), max(part[1] for part in parts)))
    return tuple(found)


def _at_point(cell: Para, composer: Composer) -> tuple[Length, Length] | None:
    """How long a number is up to its point (or its last whole digit), and from there on."""
    items = items_of(cell, composer)
    number = _WHOLE_NUMBER.search(items.text)
    if number is None:
        return None
    widths, gaps = items.added()
    before = seen = 0
    for i, text in enumerate(items.texts):
        if seen >= number.end():
            break
        seen += len(text)
        before += widths[i] + gaps[i]
    return before, sum(widths) + sum(gaps[: len(gaps) - 1]) - before


# --- rows ------------------------------------------------------------------------------


def _row(node: TableNode, number: int, sizes: _Sizes, composer: Composer) -> _Row:
    """A row's cells; a number in a column of numbers is moved to its point."""
    cells = []
    block = 0
    for i, para in enumerate(node.rows[number]):
        pad = para.box.padding
        room = sizes.sizes[i] - pad.inline_start - pad.inline_end
        style = para.text
        if node.columns[i].point and number >= node.head:
            style = _on_point(para, sizes.points[i], room, composer)
        cell = text_fragment(lines_of(para, room, composer, style), para, room, composer)
        cells.append(cell)
        block = max(block, cell.extent.block + pad.block_start + pad.block_end)
    return _Row(tuple(cells), block)


def _on_point(
    cell: Para, longest: tuple[Length, Length], room: Length, composer: Composer
) -> TextStyle:
    """The cell's style with the indent that puts its point under those of its column.

    The numbers stand as one block in the middle of the column; what is no
    number stands in the middle too.
    """
    part = _at_point(cell, composer)
    if part is None:
        return replace(cell.text, align=Align.CENTRE, indent=0, hang=0)
    indent = (room - sum(longest)) // 2 + longest[0] - part[0]
    indent = max(min(indent, room - sum(part)), 0)
    return replace(cell.text, align=Align.START, indent=indent, hang=indent)


def _row_fragment(
    node: TableNode, number: int, row: _Row, sizes: _Sizes, composer: Composer
) -> Fragment:
    """Grounds and edges of the cells first, then what stands in them, in the middle of the row."""
    paras = node.rows[number]
    children: list[tuple[Offset, Fragment | Leaf]] = []
    for i, para in enumerate(paras):
        start, size = _adjoining(node, i, sizes)
        edges = _edges(node, number, i)
        if para.box.background is not None or edges:
            leaf = BoxLeaf(Extent(size, row.block), para.box.background, edges)
            children.append((Offset(start, 0), leaf))
    for i, (para, cell) in enumerate(zip(paras, row.cells, strict=True)):
        pad = para.box.padding
        spare = row.block - pad.block_start - pad.block_end - cell.extent.block
        at = Offset(sizes.starts[i] + pad.inline_start, pad.block_start + spare // 2)
        children.append((at, cell))
    inline = sizes.starts[-1] + sizes.sizes[-1] if sizes.sizes else 0
    return Fragment(
        Extent(inline, row.block), tuple(children), composer.mode, node.span, "TR", "table"
    )


def _adjoining(node: TableNode, i: int, sizes: _Sizes) -> tuple[Length, Length]:
    """A cell's box with its part of the gaps, so that neighbouring boxes meet."""
    half = node.gap // 2
    before = half if i else 0
    after = node.gap - half if i + 1 < len(sizes.sizes) else 0
    return sizes.starts[i] - before, sizes.sizes[i] + before + after


def _edges(node: TableNode, number: int, i: int) -> dict[str, Stroke]:
    """The edges of a cell; one that its neighbour has drawn already is not drawn twice."""
    edges = dict(node.rows[number][i].box.edges)
    if i and "inline_end" in node.rows[number][i - 1].box.edges:
        edges.pop("inline_start", None)
    if number and "block_end" in node.rows[number - 1][i].box.edges:
        edges.pop("block_start", None)
    return edges


def _rules(
    node: TableNode, rows: list[_Row], sizes: _Sizes, room: Length
) -> list[tuple[Offset, Leaf]]:
    """The lines between the rows below the head and between the columns, each in the middle."""
    found: list[tuple[Offset, Leaf]] = []
    whole = sum(row.block for row in rows)
    rule = node.row_rule
    if rule is not None:
        leaf = BoxLeaf(Extent(room, rule.thickness), None, {"block_start": rule})
        for number in range(max(node.head, 0) + 1, len(rows)):
            at = sum(row.block for row in rows[:number]) - rule.thickness // 2
            found.append((Offset(0, at), leaf))
    rule = node.column_rule
    if rule is not None:
        leaf = BoxLeaf(Extent(rule.thickness, whole), None, {"inline_start": rule})
        for start in sizes.starts[1:]:
            at = start - node.gap // 2 - rule.thickness // 2
            found.append((Offset(at, 0), leaf))
    return found


# --- parts -----------------------------------------------------------------------------


def part_table(
    node: TableNode, inline: Length, block: Length, composer: Composer, lay: Lay
) -> tuple[TableNode, TableNode] | None:
    """The rows that fit into ``block`` and the others under the same head; None if none fit.

    Both parts keep the columns of the whole.
    """
    room = inner_inline(node.box, None, inline)
    sizes = _sizes(node, room, composer)
    columns = tuple(
        Column(fixed=size, point=column.point)
        for size, column in zip(sizes.sizes, node.columns, strict=True)
    )
    fixed = replace(node, columns=columns)
    rows = [_row(node, number, sizes, composer).block for number in range(len(node.rows))]
    around = lay(replace(fixed, caption=None), inline, composer).extent.block - sum(rows)
    count = len(rows) - 1
    while count > node.head and around + sum(rows[:count]) > block:
        count -= 1
    if count <= node.head:
        return None
    again = tuple(
        tuple(replace(cell, role="artifact") for cell in row) for row in node.rows[: node.head]
    )
    first = replace(fixed, rows=node.rows[:count], caption=None)
    rest = replace(fixed, rows=(*again, *node.rows[count:]), title=None, repeats=bool(again))
    return first, rest
