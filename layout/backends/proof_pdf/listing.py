"""The list of remarks below a page, and where its lines stand in the source."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from layout.backends.proof_pdf.pen import GREY, PALE, Pen
from layout.backends.proof_pdf.rows import Row
from layout.backends.proof_pdf.sheet import label
from layout.backends.proof_pdf.signs import Signed, sign
from layout.house.paper import paper_text

RULED: Final = 8.0
"""From line to line for handwriting."""

_HEAD: Final = 7.2
_INDENT: Final = 4.2
_BETWEEN: Final = 5.0
_ROWS_SIZE: Final = 5.0
_ROWS_LINE: Final = 2.3


class Manner(Struct, frozen=True):
    """So many columns of type of a size, in points, on a pitch, in millimetres.

    ``codes`` are the names of the findings.
    """

    columns: int
    size: float
    pitch: float
    codes: bool


_MANNERS: Final = (
    Manner(2, 6.0, 2.75, True),
    Manner(3, 5.4, 2.45, False),
    Manner(3, 5.0, 2.25, False),
)
"""As it is read best, and as more of it has room."""


class Room(Struct, frozen=True):
    """Where the list goes, in millimetres."""

    x: float
    y: float
    wide: float
    high: float


class _Put(Struct, frozen=True):
    signed: Signed
    x: float
    y: float
    lines: tuple[str, ...]


def listed(
    pen: Pen, signed: Sequence[Signed], room: Room, lang: str, since: str, *, more: bool
) -> list[Signed]:
    """The list, closer if it must be; gives what has no room.

    ``since`` are words beside its heading; ``more`` tells that it was begun before.
    """
    pen.rule(room.x, room.y, room.x + room.wide, room.y, thick=0.25)
    end = label(pen, room.x, room.y + 3.4, "remarks-on" if more else "remarks", 6.5, bold=True)
    pen.text(end + 4, room.y + 3.4, since, 6.2, bold=True)
    key = paper_text("key", "ja")
    pen.text(room.x + room.wide, room.y + 3.0, key, 5.0, align="right")
    english = paper_text("key", "en")
    pen.text(room.x + room.wide, room.y + 5.0, english, 4.2, colour=GREY, align="right")
    if not signed:
        label(pen, room.x, room.y + 8.2, "nothing", 6.5)
        memo(pen, room, room.y + 10)
        return []
    manner, put, left = _best(pen, signed, room, lang)
    low = room.y + _HEAD
    for each in put:
        sign(pen, each.x + 1.4, each.y - 0.75, each.signed.sign, each.signed.remark.rank)
        at = each.y
        for line in each.lines:
            pen.text(each.x + _INDENT, at, line, manner.size)
            at += manner.pitch
        low = max(low, at)
    memo(pen, room, low)
    return left


def _best(
    pen: Pen, signed: Sequence[Signed], room: Room, lang: str
) -> tuple[Manner, list[_Put], list[Signed]]:
    """The first manner in which everything has room, else the first."""
    for manner in _MANNERS:
        put, left = _laid(pen, signed, room, manner, lang)
        if not left:
            return manner, put, left
    return _MANNERS[0], *_laid(pen, signed, room, _MANNERS[0], lang)


def _laid(
    pen: Pen, signed: Sequence[Signed], room: Room, manner: Manner, lang: str
) -> tuple[list[_Put], list[Signed]]:
    """The remarks in their places, and those that have none."""
    column = (room.wide - _BETWEEN * (manner.columns - 1)) / manner.columns
    at, side, put = room.y + _HEAD + 1.0, 0, list[_Put]()
    for index, each in enumerate(signed):
        lines = pen.wrapped(_words(each, lang, manner.codes), manner.size, column - _INDENT, 4)
        if at + (len(lines) - 1) * manner.pitch > room.y + room.high:
            side += 1
            if side == manner.columns:
                return put, list(signed[index:])
            at = room.y + _HEAD + 1.0
        put.append(_Put(each, room.x + side * (column + _BETWEEN), at, tuple(lines)))
        at += len(lines) * manner.pitch + 0.3
    return put, []


def _words(signed: Signed, lang: str, codes: bool) -> str:
    remark = signed.remark
    row = paper_text("row-number", lang, number=remark.row) + " " if remark.row else ""
    place = " ".join(filter(None, (remark.place, remark.code if codes else "")))
    shown = f"（{place}）" if lang == "ja" else f" ({place})"
    return f"{row}{remark.words}{shown if place else ''}"


def memo(pen: Pen, room: Room, low: float) -> None:
    """What is left of the room below ``low`` is ruled, for remarks by hand."""
    at = low + RULED
    while at <= room.y + room.high + 0.5:
        pen.rule(room.x, at, room.x + room.wide, at, thick=0.1, colour=PALE)
        at += RULED


# --- lines of the page and of the source


def source_rows(pen: Pen, rows: Sequence[Row], wide: float) -> list[str]:
    """Which line of the source each line of the page comes from, as lines of type."""
    lines: list[str] = []
    for pair in _pairs(rows):
        longer = f"{lines[-1]}　{pair}" if lines else pair
        if lines and pen.long(longer, _ROWS_SIZE) <= wide:
            lines[-1] = longer
        else:
            lines.append(pair)
    return lines


def source_height(lines: Sequence[str]) -> float:
    """What they need, in millimetres, with their heading."""
    return (len(lines) + 1) * _ROWS_LINE + 1.5 if lines else 0.0


def put_source(pen: Pen, lines: Sequence[str], x: float, y: float) -> None:
    """The list of lines with its heading, from ``y`` on."""
    if lines:
        label(pen, x, y + 2.4, "rows", 5.2, bold=True)
        for number, line in enumerate(lines, 1):
            pen.text(x, y + 2.5 + number * _ROWS_LINE, line, _ROWS_SIZE)


def _pairs(rows: Sequence[Row]) -> Iterator[str]:
    """Stretches of rows from one line of the source, or from lines one after another."""
    run: list[tuple[int, int]] = []
    for row in _distinct(rows):
        if run and not _goes_on(run, row):
            yield _said(run)
            run = []
        run.append(row)
    if run:
        yield _said(run)


def _distinct(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    last = 0
    for row in rows:
        if row.line.span.line and row.number != last:
            last = row.number
            yield row.number, row.line.span.line


def _goes_on(run: Sequence[tuple[int, int]], row: tuple[int, int]) -> bool:
    number, line = run[-1]
    if row[0] != number + 1:
        return False
    step = row[1] - line
    if len(run) == 1:
        return step in (0, 1)
    return step == run[1][1] - run[0][1]


def _said(run: Sequence[tuple[int, int]]) -> str:
    (first, begin), (last, end) = run[0], run[-1]
    here = f"{first}–{last}" if last > first else f"{first}"
    there = f"{begin}–{end}" if end > begin else f"{begin}"
    return f"{here}→{there}"
