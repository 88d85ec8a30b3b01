"""Printed characters by their line: a piece of one line, or of several that follow each other."""

from collections.abc import Iterator

from msgspec import Struct

from layout.reading.model import Line, Page


class Piece(Struct, frozen=True):
    """Characters of a printed line, from ``start`` up to ``end``."""

    line: Line
    start: int
    end: int


def pieces(page: Page, line_id: str, start: int, count: int) -> Iterator[Piece]:
    """So many characters of a block from a place in a line on, in this line and the next ones."""
    block = next((b for b in page.blocks if any(line.id == line_id for line in b.lines)), None)
    begun = False
    for line in block.lines if block else ():
        begun = begun or line.id == line_id
        if begun and count > 0:
            end = min(start + count, len(line.chars))
            yield Piece(line, min(start, end), end)
            count -= max(end - start, 0)
            start = 0
