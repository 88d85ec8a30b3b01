"""A block's text in the form in which facts are sought, with the way back to its characters."""

import unicodedata
from collections.abc import Iterator
from re import Match, Pattern

from msgspec import Struct

from layout.diagnostics import Span
from layout.reading.model import Block, Char, Line

_HYPHENS = frozenset("‐‑‒–—―−－ｰ")
_LONG = "ー"


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
        seen: list[Place] = []
        for place in self.places[start:end]:
            if not seen or place != seen[-1]:
                seen.append(place)
        return "".join(place.char.text for place in seen)

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
            elif char.text == _LONG and text and text[-1].isdigit():
                normal = "-"  # typed for a hyphen between figures
            for each in normal:
                text.append(each)
                places.append(Place(line, index))
    return Sought(block, "".join(text), tuple(places))
