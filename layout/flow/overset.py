"""What does not fit: which block, how many lines and characters, where a line is won cheapest."""

from dataclasses import replace

from layout.diagnostics import Reporter
from layout.flow.blocks import Composer
from layout.flow.columns import Grid, PlacedPiece, Rest, Work, fill
from layout.flow.fragment import Fragment, TextLeaf
from layout.inline.lines import Line
from layout.source.joining import plain_text
from layout.style.model import FigureNode, Node, Para, ResolvedArea, Row, Stack

_MANY = 100_000  # slots of the imaginary column that measures what did not fit
_SHOWN = 12  # characters of a paragraph that a message quotes


def report_overset(
    area: ResolvedArea, remaining: Work, grid: Grid, number: int, composer: Composer
) -> None:
    """Report ``area.overset``: the first block that did not fit, and how much is over.

    ``cheapest`` quotes the paragraph of the area whose last line has the fewest
    characters, ``win`` says how many must go to win that line.
    """
    quiet = replace(composer, reporter=Reporter(), seen={})
    _, lines, _ = fill(replace(grid, slots=_MANY), _without_rest(remaining), quiet)
    first = remaining[0]
    node = first.para if isinstance(first, Rest) else first
    place = node.span
    if isinstance(first, Rest):
        line = first.lines[0]
        place = line.items.place(line.start)
    cheapest = _cheapest(area, grid, quiet)
    composer.reporter.error(
        "area.overset",
        place,
        page=number,
        block=node.name,
        area=area.name,
        lines=lines,
        characters=sum(characters_of(entry) for entry in remaining),
        cheapest=cheapest[1],
        win=cheapest[0],
    )


def _without_rest(work: Work) -> Work:
    """Figures that take the rest of a column would take the whole imaginary one."""
    return tuple(
        replace(w, lines=0) if isinstance(w, FigureNode) and w.lines < 0 else w for w in work
    )


def _cheapest(area: ResolvedArea, grid: Grid, composer: Composer) -> tuple[int, str]:
    """Characters on the shortest last line of a longer paragraph, and how it begins."""
    pieces, _, _ = fill(replace(grid, slots=_MANY), _without_rest(area.children), composer)
    found = (0, "")
    for last in _last_lines(pieces):
        size = last.end - last.start
        if not found[0] or size < found[0]:
            found = (size, last.items.text[:_SHOWN])
    return found


def _last_lines(pieces: tuple[PlacedPiece, ...]) -> list[Line]:
    lines = [
        child.line
        for piece in pieces
        for _, child in piece.fragment.children
        if isinstance(piece.fragment, Fragment) and isinstance(child, TextLeaf)
    ]
    return [line for line in lines if line.last and line.start > 0]


def characters_of(entry: Node | Rest) -> int:
    """The characters a node would print."""
    match entry:
        case Rest():
            return sum(len(line.text) for line in entry.lines)
        case Para():
            return len(plain_text(entry.content))
        case Stack():
            return sum(characters_of(node) for node in entry.children)
        case Row():
            return sum(characters_of(node) for _, node in entry.cells)
        case FigureNode():
            return characters_of(entry.caption) if entry.caption else 0
        case _:
            return 0
