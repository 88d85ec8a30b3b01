"""Printed characters followed through the source: which paragraph, and where in it.

Composition keeps the order of a paragraph and says where each run begins; in
between, spaces may be gone, and markers stand that nobody typed.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct

from layout.display.model import GlyphRun
from layout.reading.paragraphs import SourceChar, SourceParagraph

_AHEAD: Final = 4
"""So many characters of the source may be missing in print (spaces, as a rule)."""

RUBY: Final = "/RT"


_Place = tuple[int, int]
"""A paragraph and a character of it."""


class Printed(Struct, frozen=True):
    """The characters of a run, each with its place in the source, and their paragraph.

    ``starts`` and ``sizes`` are along the run, in nanometres.
    """

    paragraph: SourceParagraph | None
    texts: tuple[str, ...]
    places: tuple[SourceChar | None, ...]
    starts: tuple[int, ...]
    sizes: tuple[int, ...]


class Follower:
    """Keeps for each paragraph how far it has been printed."""

    def __init__(self, paragraphs: Sequence[SourceParagraph]) -> None:
        self._paragraphs = paragraphs
        self._next = [0] * len(paragraphs)
        self._at: dict[int, list[tuple[int, int, int]]] = {}
        self._latest: dict[int, list[_Place]] = {}
        for index, paragraph in enumerate(paragraphs):
            for number, char in enumerate(paragraph.chars):
                self._at.setdefault(char.line, []).append((char.column, index, number))
        self._first = {line: entries[0][1:] for line, entries in self._at.items()}
        for entries in self._at.values():
            entries.sort()

    def find(self, run: GlyphRun) -> Printed:
        """Follow a run; a reading beside the text is not followed, only placed."""
        texts, starts, sizes = _characters(run)
        found = self._locate(run, texts)
        if found is None:
            return Printed(None, texts, (None,) * len(texts), starts, sizes)
        index, number = found
        paragraph = self._paragraphs[index]
        if run.role.endswith(RUBY):
            return Printed(paragraph, texts, (None,) * len(texts), starts, sizes)
        places, reached = _walk(paragraph.chars, number, texts)
        self._next[index] = reached
        return Printed(paragraph, texts, places, starts, sizes)

    def _locate(self, run: GlyphRun, texts: tuple[str, ...]) -> tuple[int, int] | None:
        """The paragraph and the character that a run begins with."""
        line = run.span.line
        near = self._near(line, run.span.column)
        if not near:
            return None
        for index, number in near:
            going = self._next[index]
            chars = self._paragraphs[index].chars
            if going < len(chars) and texts and chars[going].text == texts[0]:
                same = chars[going].line == line
                if same and (number <= going or chars[number].column == chars[going].column):
                    return index, going
        for index, number in near:
            if texts and self._paragraphs[index].chars[number].text == texts[0]:
                return index, number
        return near[0][0], max(near[0][1], self._next[near[0][0]])

    def _near(self, line: int, column: int) -> list[_Place]:
        """What is printed of a place in the source; else the last before it in its line."""
        here = self._at.get(line, [])
        start = bisect_left(here, (column,))
        end = bisect_left(here, (column + 1,), start)
        if start < end:
            return [entry[1:] for entry in here[start:end]]
        if not here:
            return []
        if not start:
            return [self._first[line]]
        # A value's later lines, a marker.
        if line not in self._latest:
            self._latest[line] = list(accumulate((entry[1:] for entry in here), max))
        return [self._latest[line][start - 1]]


def _walk(
    chars: Sequence[SourceChar], at: int, texts: tuple[str, ...]
) -> tuple[tuple[SourceChar | None, ...], int]:
    """The place of each printed character from ``at`` on, and where the next one is to be found."""
    places: list[SourceChar | None] = []
    for text in texts:
        ahead = range(at, min(at + _AHEAD, len(chars)))
        found = next((n for n in ahead if chars[n].text == text), None)
        if found is None:
            places.append(None)
        else:
            places.append(chars[found])
            at = found + 1
    return tuple(places), at


def _characters(
    run: GlyphRun,
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    """A run's characters; those of one glyph share its advance."""
    texts: list[str] = []
    starts: list[int] = []
    sizes: list[int] = []
    pen = 0
    for text, advance in zip(run.texts, run.advances, strict=True):
        for step, char in enumerate(text):
            texts.append(char)
            starts.append(pen + advance * step // len(text))
            sizes.append(advance // len(text))
        if not text and sizes:
            sizes[-1] += advance
        pen += advance
    return tuple(texts), tuple(starts), tuple(sizes)
