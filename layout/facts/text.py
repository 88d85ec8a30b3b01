"""A block's text in the form in which facts are sought, with the way back to its characters."""

import unicodedata
from collections.abc import Iterator
from re import Match, Pattern
from typing import Protocol

from msgspec import Struct

from layout.diagnostics import Span
from layout.facts.numerals import RUN, as_digits
from layout.reading.model import Block, Char, Line

_HYPHENS = frozenset("‐‑‒–—―−－ｰ─━")
_LONG = "ー"
_VOICED = ("\u3099", "\u309a")
"""What ﾞ and ﾟ become: they belong to the kana before them."""


class Place(Struct, frozen=True):
    """A character of the block: its line, its number there."""

    line: Line
    index: int

    @property
    def char(self) -> Char:
        """The character itself."""
        return self.line.chars[self.index]


class Sought(Struct, frozen=True):
    """``text`` is NFKC with every hyphen as ``-``; ``places`` has the origin of each character."""

    block: Block
    text: str
    places: tuple[Place, ...]

    def printed(self, start: int, end: int) -> str:
        """The characters as they are printed."""
        first, last = self.places[start], self.places[end - 1]
        if last.line is first.line:
            return "".join(char.text for char in first.line.chars[first.index : last.index + 1])
        said: list[str] = []
        inside = False
        for line in self.block.lines:
            if line is first.line:
                inside = True
            if inside:
                begin = first.index if line is first.line else 0
                stop = last.index + 1 if line is last.line else len(line.chars)
                said += (char.text for char in line.chars[begin:stop])
            if line is last.line:
                break
        return "".join(said)

    def span(self, start: int, end: int) -> Span:
        """Where the source has it: its own place, or the line's."""
        place = self.places[start]
        file = place.line.span.file
        length = len(self.printed(start, end))
        if place.char.line:
            return Span(file, place.char.line, place.char.column, length)
        return place.line.span

    def is_typed(self, start: int, end: int) -> bool:
        """Whether any of it was typed where it stands, and not taken from a fact."""
        return any(place.char.line for place in self.places[start:end])

    def matches(self, pattern: Pattern[str]) -> Iterator[Match[str]]:
        """All places of a pattern."""
        return pattern.finditer(self.text)


def sought(block: Block) -> Sought:
    """The block's text, normal."""
    text: list[str] = []
    places: list[Place] = []
    for line in block.lines:
        for index, char in enumerate(line.chars):
            normal = unicodedata.normalize("NFKC", char.text)
            if char.text in _HYPHENS or normal in _HYPHENS:
                normal = "-"
            elif char.text == _LONG and text and (text[-1].isdigit() or RUN.match(text[-1])):
                normal = "-"  # typed for a hyphen between figures
            if normal in _VOICED and text:
                voiced = unicodedata.normalize("NFC", text[-1] + normal)
                if len(voiced) == 1:
                    text[-1] = voiced
                    continue
            for each in normal:
                text.append(each)
                places.append(Place(line, index))
    return Sought(block, "".join(text), tuple(places))


def in_figures(text: Sought) -> Sought | None:
    """The same with every number in kanji written in figures; None if there is none.

    「二〇二一年三月一日」 becomes 2021年3月1日; that 「一般」 becomes 1般 does no harm,
    as only whole patterns of facts are looked for in it.
    """
    made: list[str] = []
    places: list[Place] = []
    at = 0
    for run in RUN.finditer(text.text):
        made.append(text.text[at : run.start()])
        places += text.places[at : run.start()]
        digits = as_digits(run.group())
        made.append(digits)
        last = len(digits) - 1
        own = text.places[run.start() : run.end()]
        places += [own[-1] if n == last else own[min(n, len(own) - 1)] for n in range(last + 1)]
        at = run.end()
    if not at:
        return None
    made.append(text.text[at:])
    places += text.places[at:]
    return Sought(text.block, "".join(made), tuple(places))


class Tell(Protocol):
    """``reporter.error``, ``warning`` or ``note``."""

    def __call__(self, code: str, span: Span, *, page: int = 0, **values: object) -> None:
        """Report."""


def told(tell: Tell, code: str, text: Sought, start: int, end: int, **values: object) -> None:
    """Report some characters of a block, with their place in the printed line."""
    first, last = text.places[start], text.places[end - 1]
    stop = last.index + 1 if last.line is first.line else len(first.line.chars)
    tell(
        code, text.span(start, end), page=text.block.page, value=text.printed(start, end),
        line_id=first.line.id, start=first.index, end=stop, **values,
    )  # fmt: skip
