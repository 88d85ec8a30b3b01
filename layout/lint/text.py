"""All text of a leaflet as one string to be searched, and the way back to pages and source."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final

from msgspec import Struct

from layout.diagnostics import Span
from layout.reading.model import Block, Char, Line, Reading

BETWEEN: Final = "\n"
"""Stands between blocks; no finding reaches across it."""

_QUOTE: Final = re.compile("[「『」』\n]")


class Place(Struct, frozen=True):
    """Where something was found.

    ``line_id``, ``start`` and ``end`` are its characters in the printed line
    (``Line.chars``); what goes on in further lines is ``rest`` characters long.
    """

    span: Span
    page: int
    block: str
    line_id: str
    start: int
    end: int
    rest: int


class LintText:
    """The text of all blocks in reading order, a block a line."""

    def __init__(self, reading: Reading) -> None:
        self.blocks: list[Block] = []
        self.starts: list[int] = []
        self._lines: list[Line] = []
        self._line_starts: list[int] = []
        self._plain: list[bool] = []  # every character is one code point
        parts: list[str] = []
        at = 0
        for pieces in _whole_blocks(reading):
            self.blocks.append(pieces[0])
            self.starts.append(at)
            for line in (line for piece in pieces for line in piece.lines):
                self._lines.append(line)
                self._line_starts.append(at)
                self._plain.append(len(line.text) == len(line.chars))
                text = line.text.replace(BETWEEN, " ")
                parts.append(text)
                at += len(text)
            parts.append(BETWEEN)
            at += 1
        self.text = "".join(parts)

    def block_number(self, at: int) -> int:
        """Which block a position is in, from 0."""
        return bisect_right(self.starts, at) - 1

    def end_of_block(self, number: int) -> int:
        """The position behind the last character of a block."""
        if number + 1 < len(self.starts):
            return self.starts[number + 1] - 1
        return len(self.text) - 1

    def place(self, at: int, end: int) -> Place:
        """The place of ``text[at:end]``; where nothing is between them, of the next character."""
        number, first = self._char(at)
        line = self._lines[number]
        last = max(end - 1, at)
        last_number, last_char = self._char(last)
        same = last_number == number
        rest = 0
        if not same:
            between = self._lines[number + 1 : last_number]
            rest = sum(len(each.chars) for each in between) + last_char + 1
        page, block = line.page, line.block
        stop = last_char + 1 if same else len(line.chars)
        return Place(self._span(line, first), page, block, line.id, first, stop, rest)

    def typed(self, at: int) -> tuple[int, int]:
        """Line and column in the source of the character at a position; zeros if it has none."""
        number, index = self._char(at)
        chars = self._lines[number].chars if self._lines else ()
        return (chars[index].line, chars[index].column) if index < len(chars) else (0, 0)

    def _char(self, at: int) -> tuple[int, int]:
        """Line number and index of the character at a position."""
        number = max(0, bisect_right(self._line_starts, at) - 1)
        offset = at - self._line_starts[number] if self._lines else 0
        if not self._lines or self._plain[number]:
            return number, offset
        return number, _index(self._lines[number].chars, offset)

    def _span(self, line: Line, index: int) -> Span:
        """Where the character was typed, else the nearest one before it, else the line."""
        char = line.chars[index] if index < len(line.chars) else None
        if char is not None and char.line:
            return Span(line.span.file, char.line, char.column, max(1, len(char.text)))
        return line.span

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """The stretches inside 「」 and 『』, the outer ones, within each block."""
        found: list[tuple[int, int]] = []
        depth, first = 0, 0
        for mark in _QUOTE.finditer(self.text):
            if mark.group() == BETWEEN:
                depth = 0
            elif mark.group() in "「『":
                first = mark.end() if depth == 0 else first
                depth += 1
            elif depth:
                depth -= 1
                if depth == 0:
                    found.append((first, mark.start()))
        return tuple(found)

    def is_quoted(self, at: int) -> bool:
        """Whether a position is inside 「」."""
        number = bisect_right(self.quoted, (at, len(self.text))) - 1
        return number >= 0 and self.quoted[number][0] <= at < self.quoted[number][1]


def _whole_blocks(reading: Reading) -> list[list[Block]]:
    """The blocks, each with the pieces of it that stand behind a figure or on another page."""
    found: dict[str, list[Block]] = {}
    for block in reading.blocks:
        found.setdefault(block.id, []).append(block)
    return list(found.values())


def _index(chars: tuple[Char, ...], offset: int) -> int:
    """Which character has the code point at an offset: some are of several."""
    for index, char in enumerate(chars):
        offset -= len(char.text)
        if offset < 0:
            return index
    return len(chars)
