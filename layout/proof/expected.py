"""What each finished page must say, decided from the source.

Composition is asked only how it divided the source: which paragraphs stand on which page
and how far.  Wherever it cuts, all pieces together are the whole source, each character
once; and within an area the paragraphs must follow each other as they do in the source.
What nobody typed there is known from the source as well: the values of facts and the
markers of lists are part of its paragraphs, a choice in a form has a box to tick, and a
row of a table may come under its head again.  In vertical lines a style may choose kanji
numerals; they are the same numbers.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct, field

from layout.proof.alignment import Beside, Token
from layout.reading.model import Block, Reading
from layout.reading.paragraphs import SourceParagraph

_TICK: Final = "□"
_KANJI: Final = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))


class Expected(Struct):
    """What one page must say, in order, and the readings beside it."""

    tokens: list[Token] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)


def plain(text: str) -> str:
    """Without white space and what is never seen."""
    return "".join(filter(is_seen, text))


@lru_cache(maxsize=4096)
def is_seen(char: str) -> bool:
    """Whether a character leaves a trace on paper."""
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return not selector and unicodedata.category(char)[0] not in "ZC" and not char.isspace()


def expected_pages(paragraphs: Sequence[SourceParagraph], reading: Reading) -> list[Expected]:
    """For each page what it must say; what composition left out follows what is before it."""
    pages = [Expected() for _ in reading.pages]
    parts = Counter(block.id for block in reading.blocks)
    known = {each.id: _Paragraph(each) for each in paragraphs}
    homeless = _left_out(paragraphs, parts)
    for page, read in zip(pages, reading.pages, strict=True):
        for each in homeless.pop(f"{read.number}", ()):
            known[each].put(page, None, upright=False)
        for block in read.blocks:
            parts[block.id] -= 1
            if block.id in known:
                upright = any(line.vertical for line in block.lines)
                count = _length(block) if parts[block.id] else None
                known[block.id].put(page, count, upright=upright)
            if not parts[block.id]:
                for each in homeless.pop(block.id, ()):
                    known[each].put(page, None, upright=False)
    return pages


def out_of_order(
    paragraphs: Sequence[SourceParagraph], reading: Reading
) -> Iterator[tuple[int, SourceParagraph]]:
    """Paragraphs that composition put before one that precedes them in their area's source.

    What has a place of its own on the page is a row by itself, and so are the captions of
    figures.  Gives the page as well.
    """
    known = {each.id: each for each in paragraphs}
    seen: set[str] = set()
    last: dict[tuple[int, str, str], int] = {}
    for block in reading.blocks:
        paragraph = known.get(block.id)
        if paragraph is None or block.id in seen:
            continue
        seen.add(block.id)
        row = (paragraph.page, paragraph.area, paragraph.manner.apart)
        if paragraph.number < last.get(row, 0):
            yield block.page, paragraph
        last[row] = paragraph.number


def _left_out(paragraphs: Sequence[SourceParagraph], parts: Counter[str]) -> dict[str, list[str]]:
    """Paragraphs that are on no page, by the id of the one before them, or by their page."""
    found: dict[str, list[str]] = {}
    before = ""
    page = 0
    for each in paragraphs:
        if each.page != page:
            before, page = f"{each.page}", each.page
        if parts[each.id]:
            before = each.id
        else:
            found.setdefault(before, []).append(each.id)
    return found


def _length(block: Block) -> int:
    return sum(is_seen(char.text) for line in block.lines for char in line.chars)


class _Paragraph:
    """A paragraph of the source, given out piece by piece."""

    def __init__(self, source: SourceParagraph) -> None:
        self._source = source
        self._chars = [char for char in source.chars if is_seen(char.text)]
        self._behind = _counted(source)
        self._done = self._read = 0
        self._begun = False

    def put(self, page: Expected, count: int | None, *, upright: bool) -> None:
        """Put its next characters onto a page, or with None all that are left.

        ``upright`` lines are vertical.
        """
        manner = self._source.manner
        if not self._begun and self._chars:
            first = self._chars[0]
            if head := plain(manner.head):
                mixed = plain(manner.head_rubies)
                page.tokens.append(Token(head, first.line, first.column, free=True, mixed=mixed))
            if manner.ticked:
                page.tokens.append(Token(_TICK, first.line, first.column))
            self._begun = True
        start = self._done
        end = len(self._chars) if count is None else min(start + count, len(self._chars))
        base = len(page.tokens) - start
        for each in self._chars[start:end]:
            other = _KANJI.get(each.text, "") if upright else ""
            page.tokens.append(Token(each.text, each.line, each.column, other=other))
        self._done = end
        rubies = self._source.rubies
        while self._read < len(rubies) and (count is None or self._behind[self._read] <= end):
            ruby = rubies[self._read]
            at = self._behind[self._read] + base
            page.beside += [
                Beside(char, ruby.line, ruby.column, at, end + base, joined=step > 0)
                for step, char in enumerate(plain(ruby.text))
            ]
            self._read += 1


def _counted(paragraph: SourceParagraph) -> list[int]:
    """For each reading how many characters that are seen come before the end of its base."""
    seen = [0]
    for char in paragraph.chars:
        seen.append(seen[-1] + is_seen(char.text))
    return [seen[min(ruby.behind, len(paragraph.chars))] for ruby in paragraph.rubies]
