"""Printed characters followed through the source: which paragraph, and where in it.

Composition keeps the order of a paragraph and says where each run begins; in
between, spaces may be gone, and markers stand that nobody typed.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from layout.display.model import GlyphRun
from layout.reading.paragraphs import SourceChar, SourceParagraph

_AHEAD: Final = 4
"""So many characters of the source may be missing in print (spaces, as a rule)."""

RUBY: Final = "/RT"


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
        for index, paragraph in enumerate(paragraphs):
            for number, char in enumerate(paragraph.chars):
                self._at.setdefault(char.line, []).append((char.column, index, number))

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
        here = self._at.get(run.span.line, ())
        near = [entry for entry in here if entry[0] == run.span.column]
        if not near:  # a value's later lines, a marker: the nearest before it in the line
            before = [entry for entry in here if entry[0] <= run.span.column]
            near = before[-1:] or list(here[:1])
        if not near:
            return None
        for _, index, number in near:
            going = self._next[index]
            chars = self._paragraphs[index].chars
            if going < len(chars) and texts and chars[going].text == texts[0]:
                same = chars[going].line == run.span.line
                if same and (number <= going or chars[number].column == chars[going].column):
                    return index, going
        for _, index, number in near:
            if texts and self._paragraphs[index].chars[number].text == texts[0]:
                return index, number
        return near[0][1], max(near[0][2], self._next[near[0][1]])


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
