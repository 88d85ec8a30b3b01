"""Readings made of a few words: the examples of rules are tried on them."""

from collections.abc import Sequence
from typing import Final

from layout.diagnostics import Span
from layout.reading.model import Block, Box, Char, Line, Page, Reading

BLOCK_BREAK: Final = "¶"
"""In an example, where the next block begins."""

_PER_LINE: Final = 7


def reading_of(texts: Sequence[str], per_line: int = _PER_LINE, file: str = "") -> Reading:
    """Every text a paragraph, typed in a source line of its own and printed in short lines."""
    blocks = tuple(_block(text, number, per_line, file) for number, text in enumerate(texts, 1))
    return Reading("", (Page(1, 210.0, 297.0, blocks, ()),))


def _block(text: str, number: int, per_line: int, file: str) -> Block:
    """One paragraph on source line ``number``."""
    name = f"1.body.{number}"
    lines = []
    for index, at in enumerate(range(0, len(text), per_line), 1):
        piece = text[at : at + per_line]
        chars = tuple(Char(c, 4.0 * n, 4.0, number, at + n + 1) for n, c in enumerate(piece))
        box = Box(10.0, 10.0, 4.0 * per_line, 4.0)
        span = Span(file, number, at + 1)
        lines.append(Line(f"{name}.{index}", 1, index, name, "P", box, False, 14.0, chars, span))
    return Block(name, 1, "body", "P", Span(file, number, 1), tuple(lines))
