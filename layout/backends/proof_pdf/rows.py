"""Numbers for the lines of a page: one for each row of a column, as people count."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from layout.reading.model import Box, Line, Page

SIDE: Final = 3.6
"""What a number needs beside its line, in millimetres of the page."""

_GAP: Final = 0.3
_HALF: Final = 1.0


class Row(Struct, frozen=True):
    """A line with its number on the page; ``shown`` where there is room beside it."""

    line: Line
    number: int
    shown: bool


def numbered(page: Page) -> tuple[Row, ...]:
    """The printed lines of a page in reading order; cells side by side share a number."""
    lines = [line for block in page.blocks for line in block.lines if line.text.strip()]
    rows: list[Row] = []
    for line in lines:
        free = _is_free(line, lines)
        if not free and rows and _side_by_side(rows[-1].line, line):
            rows.append(Row(line, rows[-1].number, False))
        else:
            rows.append(Row(line, rows[-1].number + 1 if rows else 1, free))
    return tuple(rows)


def _is_free(line: Line, lines: Sequence[Line]) -> bool:
    box = line.box
    if line.vertical:
        middle = box.x + box.width / 2
        place = Box(middle - _HALF, box.y - SIDE, 2 * _HALF, SIDE - _GAP)
    else:
        middle = box.y + box.height / 2
        place = Box(box.x - SIDE, middle - _HALF, SIDE - _GAP, 2 * _HALF)
    return not any_overlap(place, [other.box for other in lines if other is not line])


def any_overlap(one: Box, others: Sequence[Box]) -> bool:
    """Whether a box covers some of the others."""
    return any(_overlap(one, other) for other in others)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _side_by_side(one: Line, other: Line) -> bool:
    """Whether two lines stand in one row (of a table, as a rule)."""
    if one.vertical != other.vertical:
        return False
    a, b = one.box, other.box
    if one.vertical:
        return abs((a.x + a.width / 2) - (b.x + b.width / 2)) < min(a.width, b.width) / 2
    return abs((a.y + a.height / 2) - (b.y + b.height / 2)) < min(a.height, b.height) / 2
