"""Every character of the source is on the finished pages, in order, once; and nothing else.

The press file is read anew from its bytes, by the judge of finished files, which knows
nothing of how it was written: what its fonts say that its codes mean, in the order in
which they are painted.  The source is read as text, paragraph by paragraph.  Only the
order of whole paragraphs is taken from the composition, for a badge is painted last and
a caption may stand under what it belongs to.  White space is left aside, and so is what
nobody typed there: boxes to tick in forms, the head of a table over its next part.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import fields

from layout.diagnostics import Reporter, Span
from layout.display.model import DisplayItem, DisplayList, GlyphRun, Group
from layout.preflight.finished.content import Shared, read_page
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Mark
from layout.preflight.finished.objects import read_box
from layout.preflight.finished.opening import open_pdf
from layout.reading.model import Reading
from layout.reading.paragraphs import SourceChar, SourceParagraph, source_paragraphs
from layout.source.model import FormField, Leaflet
from layout.style.pdf_file import inherited

_ARTIFACT: Final = "artifact"
_TICK: Final = "□"
_SHOWN: Final = 40
_MOST: Final = 8
"""So many findings of a page are reported; one fault can put the rest out of step."""


class _Expected(Struct, frozen=True):
    """What a page must say: its characters, readings beside them, and boxes to tick.

    ``due`` is for each reading how many characters come before it at least; ``again``
    are words that composition repeats, in order.
    """

    chars: tuple[SourceChar, ...]
    rubies: tuple[str, ...]
    ruby_chars: tuple[SourceChar, ...]
    due: tuple[int, ...]
    ticks: int
    again: tuple[str, ...]


def check_completeness(
    press: bytes, leaflet: Leaflet, display: DisplayList, reading: Reading, reporter: Reporter
) -> None:
    """Report ``text.lost``, ``text.extra``, ``text.order``, errors, at their place in the source.

    ``press`` is the press file, page by page as in ``display`` and its ``reading``.
    """
    opened = open_pdf(press, leaflet.name, reporter)
    if opened is None:
        return
    paragraphs = source_paragraphs(leaflet)
    shared = Shared()
    with opened.pdf:
        for number, page in enumerate(opened.pages, 1):
            trim = read_box(inherited(page, "/TrimBox")) or read_box(inherited(page, "/MediaBox"))
            if trim is None:
                continue  # the judge of finished files says so
            marks = read_page(page, number, trim, shared).marks
            said = "".join(_plain(mark.text) for mark in marks if _is_text(mark, trim))
            again = tuple(_repeated(display.pages[number - 1].items))
            expected = _expected(number, paragraphs, leaflet, reading, again)
            _compare(said, expected, number, leaflet, reporter)


def _is_text(mark: Mark, trim: Box) -> bool:
    """Text of the leaflet: not that of a picture, nor a printer's note outside the page."""
    box = mark.box
    across, down = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    inside = trim.x0 <= across <= trim.x1 and trim.y0 <= down <= trim.y1
    return mark.kind == "text" and not mark.in_form and inside


def _plain(text: str) -> str:
    """Without white space and what is never seen."""
    return "".join(filter(_is_seen, text))


@lru_cache(maxsize=4096)
def _is_seen(char: str) -> bool:
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return not selector and unicodedata.category(char)[0] not in "ZC" and not char.isspace()


# --- what must be there


def _expected(
    page: int,
    paragraphs: Sequence[SourceParagraph],
    leaflet: Leaflet,
    reading: Reading,
    again: tuple[str, ...],
) -> _Expected:
    own = [each for each in paragraphs if each.page == page]
    chars: list[SourceChar] = []
    rubies: list[SourceChar] = []
    due: list[int] = []
    for paragraph in _in_order(own, page, reading):
        rubies += paragraph.rubies
        due += [len(chars)] * len(paragraph.rubies)
        chars += [char for char in paragraph.chars if _is_seen(char.text)]
    readings = tuple(_plain(each.text) for each in rubies)
    ticks = sum(_ticks(area.blocks) for area in leaflet.pages[page - 1].areas)
    return _Expected(tuple(chars), readings, tuple(rubies), tuple(due), ticks, again)


def _repeated(items: Sequence[DisplayItem]) -> Iterator[str]:
    """Words that are on the page once more, as decoration: a table's head, emphasis dots."""
    for item in items:
        if isinstance(item, Group):
            yield from _repeated(item.items)
        elif isinstance(item, GlyphRun) and item.role == _ARTIFACT:
            yield from filter(None, [_plain("".join(item.texts))])


def _in_order(own: Sequence[SourceParagraph], page: int, reading: Reading) -> list[SourceParagraph]:
    """Paragraphs as they are painted; one that is not, after the one before it in the source."""
    painted: dict[str, int] = {}
    for block in reading.pages[page - 1].blocks:
        painted.setdefault(block.id, len(painted))
    places: list[tuple[int, int]] = []
    last = -1
    for number, paragraph in enumerate(own):
        last = painted.get(paragraph.id, last)
        places.append((last, number))
    return [paragraph for _, paragraph in sorted(zip(places, own, strict=True), key=_first)]


def _first(entry: tuple[tuple[int, int], SourceParagraph]) -> tuple[int, int]:
    return entry[0]


def _ticks(value: Any) -> int:
    """Boxes to tick below a block."""
    if isinstance(value, FormField):
        return len(value.choices)
    if isinstance(value, tuple):
        return sum(map(_ticks, value))
    if isinstance(value, Struct):
        return sum(_ticks(getattr(value, item.name)) for item in fields(value))
    return 0


# --- comparison


def _compare(
    said: str, expected: _Expected, page: int, leaflet: Leaflet, reporter: Reporter
) -> None:
    if _fits(said, expected):
        return
    for code, at, words in list(_differences(said, expected))[:_MOST]:
        span = Span(leaflet.file, at.line, at.column) if at else Span(leaflet.file)
        reporter.error(code, span, page=page, text=_short(words))


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _fits(said: str, expected: _Expected) -> bool:
    """Whether what is said is the text, with everything else put in, each kind in its order.

    Every way of taking it apart is tried, the text first: with so many characters,
    readings, boxes and repeated words taken, one stands in ``said`` at the sum of
    their lengths.
    """
    text = "".join(char.text for char in expected.chars)
    rubies, again, due = expected.rubies, expected.again, expected.due
    far, farther = _sums(rubies), _sums(again)
    whole = (len(text), len(rubies), expected.ticks, len(again))
    waiting, seen = [(0, 0, 0, 0)], set[tuple[int, int, int, int]]()
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        char, ruby, tick, repeat = state
        at = char + far[ruby] + tick + farther[repeat]
        if state == whole and at == len(said):
            return True
        if repeat < len(again) and said.startswith(again[repeat], at):
            waiting.append((char, ruby, tick, repeat + 1))
        if tick < expected.ticks and said.startswith(_TICK, at):
            waiting.append((char, ruby, tick + 1, repeat))
        if ruby < len(rubies) and due[ruby] <= char and said.startswith(rubies[ruby], at):
            waiting.append((char, ruby + 1, tick, repeat))
        if char < len(text) and said.startswith(text[char], at):
            waiting.append((char + 1, ruby, tick, repeat))
    return False


def _sums(words: Sequence[str]) -> list[int]:
    """How many characters the first so many words have."""
    found = [0]
    for each in words:
        found.append(found[-1] + len(each))
    return found


class _Left(Struct):
    """Readings, boxes and repeated words that were not met yet."""

    rubies: list[tuple[str, SourceChar | None]]
    ticks: int

    def take(self, words: str) -> str:
        """Take out what is expected besides the text; gives what is left of it."""
        rest = ""
        while words:
            known = next((each for each in self.rubies if words.startswith(each[0])), None)
            if known is not None:
                self.rubies.remove(known)
                words = words[len(known[0]) :]
            elif words[0] == _TICK and self.ticks:
                self.ticks -= 1
                words = words[1:]
            else:
                rest, words = rest + words[0], words[1:]
        return rest


Difference = tuple[str, SourceChar | None, str]


def _differences(said: str, expected: _Expected) -> Iterator[Difference]:
    """Where they part, in the order of the text."""
    text = "".join(char.text for char in expected.chars)
    readings = zip(expected.rubies, expected.ruby_chars, strict=True)
    others: list[tuple[str, SourceChar | None]] = [(each, None) for each in expected.again]
    left = _Left([*(each for each in readings if each[0]), *others], expected.ticks)
    gone: list[tuple[int, str]] = []
    come: list[tuple[int, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, text, said, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        if a < b:
            gone.append((a, text[a:b]))
        if c < d and (rest := left.take(_turned(said, c, d, left))):
            come.append((a, rest))
    found = _paired(gone, come, expected.chars)
    yield from (each for _, each in sorted(found, key=lambda entry: entry[0]))
    for words, place in left.rubies:
        yield "text.lost", place, words
    if left.ticks:
        yield "text.lost", None, _TICK * left.ticks


Piece = tuple[int, str]


def _paired(
    gone: Sequence[Piece], come: Sequence[Piece], chars: Sequence[SourceChar]
) -> list[tuple[int, Difference]]:
    """What is gone here and comes there with the same characters is in the wrong order."""
    text = "".join(char.text for char in chars)
    moved = _letters(gone) == _letters(come)
    left = [] if moved else list(come)
    found: list[tuple[int, Difference]] = []
    for at, words in gone:
        again = next((each for each in left if sorted(each[1]) == sorted(words)), None)
        if again is not None:
            left.remove(again)
        code = "text.order" if moved or again is not None else "text.lost"
        found.append((at, (code, chars[at], words)))
    for at, words in left:
        near = chars[_near(text, at, words)] if text else None
        found.append((at, ("text.extra", near, words)))
    return found


def _letters(pieces: Sequence[Piece]) -> list[str]:
    return sorted("".join(words for _, words in pieces))


def _near(text: str, at: int, words: str) -> int:
    """The character nearest to what was put in before ``at``: itself, if it is there twice."""
    if text.startswith(words, at):
        return at
    before = at - len(words)
    return before if text.startswith(words, max(before, 0)) else max(at - 1, 0)


def _turned(said: str, start: int, end: int, left: _Left) -> str:
    """What was put in, with the ends that could as well be the text's where readings need them.

    Between わ and わ, what is put in may be た and わ or わ and た.
    """
    words = said[start:end]
    tries = [words]
    a, b = start, end
    while a > 0 and said[a - 1] == said[b - 1] and len(tries) <= len(words):
        a, b = a - 1, b - 1
        tries.append(said[a:b])
    a, b = start, end
    while b < len(said) and said[a] == said[b] and len(tries) <= 2 * len(words):
        a, b = a + 1, b + 1
        tries.append(said[a:b])
    for each in tries:
        trial = _Left(list(left.rubies), left.ticks)
        if not trial.take(each):
            return each
    return words
