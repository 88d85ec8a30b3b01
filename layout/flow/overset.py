"""What does not fit: which block, how many lines and characters, where a line is won cheapest."""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import Span
from layout.flow.columns import fill
from layout.flow.composing import Composer, quiet
from layout.flow.fragment import TextLeaf
from layout.flow.grid import Grid, PlacedPiece, Rest, Work
from layout.inline.items import Items
from layout.inline.lines import Line, count_lines
from layout.source.joining import plain_text
from layout.style.model import FigureNode, Node, Para, ResolvedArea, Row, Stack, TableNode, Turn

_MANY = 100_000  # slots of the imaginary column that measures what did not fit
_LOOKED_AT = 20  # lines at a paragraph's end in which a line is sought
_SHOWN = 12  # characters of a paragraph that a message quotes


class _Ending(Struct, frozen=True):
    """The last line of a paragraph, and the item that the last few of its lines begin with."""

    line: Line
    start: int


class _Cheapest(Struct, frozen=True):
    """The paragraph that gives up a line most easily: how it begins, where, for how much."""

    text: str
    place: Span
    items: int
    characters: int


def report_overset(
    area: ResolvedArea,
    children: tuple[Node, ...],
    over: tuple[Work, int],
    grid: Grid,
    number: int,
    composer: Composer,
) -> None:
    """Report ``area.overset``: the first block that did not fit, and how much is over.

    ``over`` is the work that remains and the lines that stayed free before it.
    ``cheapest`` quotes the paragraph among ``children`` that gives up a line
    for the fewest characters, ``line`` is its line in the source, and ``win``
    says how many characters must go.
    """
    remaining, free = over
    unheard = replace(quiet(composer), seen=dict(composer.seen))
    _, lines, _ = fill(replace(grid, slots=_MANY), _steady(remaining), unheard)
    first = remaining[0]
    node = first.para if isinstance(first, Rest) else first
    place = node.span
    if isinstance(first, Rest):
        line = first.lines[0]
        place = line.items.place(line.start)
    cheapest = _cheapest(children, grid, unheard)
    composer.reporter.error(
        "area.overset",
        place,
        page=number,
        block=node.name,
        area=area.name,
        lines=max(lines - free, 1),
        characters=sum(characters_of(entry) for entry in remaining),
        cheapest=cheapest.text if cheapest else "",
        line=cheapest.place.line if cheapest else 0,
        win=cheapest.characters if cheapest else 0,
    )


def _steady(work: Work) -> Work:
    """Without what would end the imaginary column, or take all of it."""
    return tuple(
        replace(w, lines=0) if isinstance(w, FigureNode) and w.lines < 0 else w
        for w in work
        if not isinstance(w, Turn)
    )


def _cheapest(children: tuple[Node, ...], grid: Grid, composer: Composer) -> _Cheapest | None:
    """The cheapest of the paragraphs' last lines, judged by setting each with ever less text.

    Where no paragraph has two lines, the shortest of them all.
    """
    pieces, _, _ = fill(replace(grid, slots=_MANY), _steady(children), composer)
    lasts = sorted(_endings(pieces), key=lambda each: each.line.end - each.line.start)
    found: _Cheapest | None = None
    for last in (each for each in lasts if each.line.start):
        size = last.line.end - last.line.start
        most = min(size, found.items - 1) if found else size
        count = _least_taken(last, most, composer)
        if count:
            found = _as_cheapest(last.line, count)
    if found is None and lasts:
        shortest = lasts[0].line
        found = _as_cheapest(shortest, shortest.end - shortest.start)
    return found


def _as_cheapest(last: Line, count: int) -> _Cheapest:
    items = last.items
    characters = sum(len(text) for text in items.texts[len(items) - count :])
    return _Cheapest(items.text[:_SHOWN], items.place(0), count, characters)


def _least_taken(last: _Ending, most: int, composer: Composer) -> int:
    """With how many items less there is a line less; 0 if not with ``most`` of them.

    Only the lines at the paragraph's end are looked at: what could be won by setting a
    long paragraph anew from its beginning is not what a message has to say.
    """
    items, style = last.line.items, last.line.style
    room = last.line.measure + style.hang
    count = count_lines(items, style, room, composer.setter, last.start)

    def is_shorter(taken: int) -> bool:
        less = _without(items, taken)
        return count_lines(less, style, room, composer.setter, last.start) < count

    found = 1 + bisect_left(range(1, most + 1), True, key=is_shorter)
    return found if found <= most else 0


def _without(items: Items, count: int) -> Items:
    """The items without what the last ``count`` of them take on a line."""
    kept = len(items) - count
    none = (0,) * count
    return replace(
        items,
        widths=(*items.widths[:kept], *none),
        gap=(*items.gap[: kept - 1], 0, *none),
        tail=(*items.tail[:kept], *none),
    )


def _endings(pieces: tuple[PlacedPiece, ...]) -> Iterator[_Ending]:
    """The end of every paragraph of running text."""
    starts: deque[int] = deque(maxlen=_LOOKED_AT)
    items: Items | None = None
    for piece in pieces:
        for _, child in piece.fragment.children:
            if not isinstance(child, TextLeaf) or child.marker:
                continue
            line = child.line
            if line.items is not items:
                items = line.items
                starts.clear()
            starts.append(line.start)
            if line.last and line.end == len(items):
                yield _Ending(line, starts[0])


def characters_of(entry: Node | Rest) -> int:
    """The characters a node would print."""
    match entry:
        case Rest():
            return sum(len(line.text) for line in entry.lines)
        case Para():
            marker = len(plain_text(entry.marker.content)) if entry.marker else 0
            return marker + len(plain_text(entry.content))
        case _:
            return sum(characters_of(node) for node in _inside(entry))


def _inside(node: Node) -> Iterator[Node]:
    """The nodes in a node."""
    match node:
        case Stack():
            yield from node.children
        case Row():
            yield from (cell for _, cell in node.cells)
        case TableNode():
            yield from (cell for row in node.rows for cell in row)
            yield from (para for para in (node.title, node.caption) if para is not None)
        case FigureNode():
            yield from (node.caption,) if node.caption else ()
        case _:
            return
