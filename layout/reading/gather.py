"""Runs of a page → lines → blocks."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct, field

from layout.diagnostics import Span
from layout.display.extents import Sides, run_sides
from layout.display.model import GlyphRun
from layout.reading.follow import RUBY, Printed
from layout.reading.model import Block, Box, Char, Line
from layout.reading.paragraphs import SourceParagraph
from layout.units import NM_PER_Q, to_mm

_SHARED: Final = 0.4
"""The part of the smaller one's size by which runs of one line overlap across it."""

_GAP: Final = 4
"""Ems beyond which runs side by side stand in two lines."""

Followed = tuple[GlyphRun, Printed]


class _Row(Struct):
    """A line in the making; ``sides`` are across and down the page, in nanometres."""

    sides: Sides
    vertical: bool
    runs: list[Followed]
    rubies: list[Followed] = field(default_factory=list)

    @property
    def size(self) -> int:
        """The size of its largest type."""
        return max(run.size for run, _ in self.runs)

    def takes(self, run: GlyphRun, sides: Sides) -> bool:
        """Whether a run goes on in this line."""
        along, across = (1, 0) if self.vertical else (0, 1)
        mine, other = self.sides[across], sides[across]
        shared = min(mine[1], other[1]) - max(mine[0], other[0])
        if shared < _SHARED * min(mine[1] - mine[0], other[1] - other[0]):
            return False
        small = run.size < 0.75 * self.size  # a second row of a note begins further back
        gap = sides[along][0] - self.sides[along][1]
        return gap <= _GAP * self.size and (small or gap > -self.size)

    def add(self, followed: Followed, sides: Sides) -> None:
        """Put a run in."""
        self.runs.append(followed)
        (a, b), (c, d) = self.sides
        (e, f), (g, h) = sides
        self.sides = ((min(a, e), max(b, f)), (min(c, g), max(d, h)))


def blocks(followed: Iterable[Followed], page: int, numbers: dict[str, int]) -> Iterator[Block]:
    """The blocks of a page.  ``numbers`` counts the lines of each block over all pages."""
    for paragraph, kind, rows in _paragraphs(followed, page):
        yield _block(paragraph, kind, rows, page, numbers)


_Rows = tuple[SourceParagraph | None, str, list[_Row]]


def _paragraphs(followed: Iterable[Followed], page: int) -> Iterator[_Rows]:
    """Runs of one paragraph one after another, as rows."""
    current: SourceParagraph | None = None
    kind, rows, waiting = "", list[_Row](), list[Followed]()
    for run, printed in followed:
        if run.role.endswith(RUBY):
            waiting.append((run, printed))
            continue
        same = printed.paragraph is current and (current is not None or run.role == kind)
        if not same and rows:
            yield current, kind, _with_rubies(rows, waiting)
            rows, waiting = [], []
        if not same or not rows:
            current, kind = printed.paragraph, run.role
        sides = run_sides(run)
        if rows and rows[-1].takes(run, sides):
            rows[-1].add((run, printed), sides)
        else:
            upright = run.vertical or run.turned
            vertical = upright or bool(rows and rows[-1].vertical and _is_across(run, sides))
            rows.append(_Row(sides, vertical, [(run, printed)]))
    if rows:
        yield current, kind, _with_rubies(rows, waiting)


def _is_across(run: GlyphRun, sides: Sides) -> bool:
    """Whether a level run is as short as figures side by side in a column are (縦中横)."""
    return sides[0][1] - sides[0][0] <= 1.5 * run.size


def _with_rubies(rows: list[_Row], rubies: list[Followed]) -> list[_Row]:
    """Each reading goes to the row that has its base, or to the nearest."""
    of_place: dict[tuple[int, int], _Row] = {}
    for row in rows if rubies else ():
        for _, printed in row.runs:
            for char in printed.places:
                if char is not None:
                    of_place.setdefault((char.line, char.column), row)
    for run, printed in rubies:
        base = of_place.get((run.span.line, run.span.column))
        if base is not None:
            base.rubies.append((run, printed))
    return rows


def _block(
    paragraph: SourceParagraph | None,
    kind: str,
    rows: list[_Row],
    page: int,
    numbers: dict[str, int],
) -> Block:
    if paragraph is None:
        numbers["-"] = numbers.get("-", 0) + 1
        name, area = f"{page}.-.{numbers['-']}", "-"
    else:
        name, area = paragraph.id, paragraph.area
    lines = []
    for row in rows:
        numbers[name] = numbers.get(name, 0) + 1
        lines.append(_line(row, name, kind, page, numbers[name]))
    span = lines[0].span
    return Block(name, page, area, kind, span, tuple(lines))


def _line(row: _Row, block: str, kind: str, page: int, number: int) -> Line:
    chars = tuple(_chars(row))
    first = next((c for c in chars if c.line), None)
    run = row.runs[0][0]
    span = Span(run.span.file, first.line, first.column) if first else run.span
    return Line(
        f"{block}.{number}", page, number, block, kind, _box(row.sides), row.vertical,
        round(row.size / NM_PER_Q, 2), chars, span, tuple(_rubies(row, chars)),
    )  # fmt: skip


def _chars(row: _Row) -> Iterator[Char]:
    along = 1 if row.vertical else 0
    start = row.sides[along][0]
    for run, printed in row.runs:
        begin, end = run_sides(run)[along]
        level = row.vertical and not (run.vertical or run.turned)  # figures side by side
        count = max(len(printed.texts), 1)
        for index, text in enumerate(printed.texts):
            place = printed.places[index]
            at = begin + ((end - begin) * index // count if level else printed.starts[index])
            size = (end - begin) // count if level else printed.sizes[index]
            typed = place is not None and place.exact
            yield Char(
                text, _mm(at - start), _mm(size),
                place.line if typed and place else 0, place.column if typed and place else 0,
            )  # fmt: skip


def _rubies(row: _Row, chars: tuple[Char, ...]) -> Iterator[tuple[int, str]]:
    for run, printed in row.rubies:
        places = [i for i, c in enumerate(chars) if (c.line, c.column) == _start(run)]
        yield (places[0] if places else 0), "".join(printed.texts)


def _start(run: GlyphRun) -> tuple[int, int]:
    return run.span.line, run.span.column


def _box(sides: Sides) -> Box:
    (left, right), (top, bottom) = sides
    return Box(_mm(left), _mm(top), _mm(right - left), _mm(bottom - top))


def _mm(length: int) -> float:
    return round(to_mm(length), 3)
