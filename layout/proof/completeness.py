"""Every character of the source is on the finished pages, in order, once; and nothing else.

The press file is read anew from its bytes, by two readers that know nothing of how it
was written.  The judge of finished files follows its content: what its fonts say that
its codes mean, in the order in which they are painted; that is compared with the source
character by character.  pdfium reads it as a viewer does; what it finds must be the same
characters, each as often (in which order vertical lines follow each other it guesses).
White space is left aside.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import Reporter, Span
from layout.preflight.finished.content import Shared, read_page
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Mark
from layout.preflight.finished.objects import read_box
from layout.preflight.finished.opening import open_pdf
from layout.proof.alignment import Alignment, Beside, Step, Token
from layout.proof.expected import Expected, expected_pages, out_of_order, plain
from layout.reading.model import Reading
from layout.reading.paragraphs import source_paragraphs
from layout.source.model import Leaflet
from layout.style.pdf_file import inherited

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_PAIRS: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\udc00-\udfff]([\ud800-\udbff])")
_SHOWN: Final = 40
_BRACKETS: Final = ("Ps", "Pe", "Pi", "Pf")
_MOST: Final = 8
"""So many findings of a page are reported."""

_STATES: Final = 150_000
"""So long a page's differences are sought at the least cost."""

Place = Token | Beside | None


def check_completeness(
    press: bytes, leaflet: Leaflet, reading: Reading, reporter: Reporter
) -> None:
    """Report ``text.lost``, ``text.extra``, ``text.order``, errors, at their place in the source.

    ``press`` is the press file, page by page that of ``reading``.
    """
    opened = open_pdf(press, leaflet.name, reporter)
    if opened is None:
        return
    with opened.pdf:
        said = list(_followed(opened.pages))
    viewed = _viewed(press)
    paragraphs = source_paragraphs(leaflet)
    pages = expected_pages(paragraphs, reading)
    pages += [Expected() for _ in said[len(pages) :]]
    tell = _Telling(leaflet, reporter)
    for number, expected in enumerate(pages, 1):
        words = said[number - 1] if number <= len(said) else ""
        if not _is_said(words, expected):
            tell.all(number, _differences(words, expected))
        else:
            seen = viewed[number - 1] if number <= len(viewed) else ""
            tell.all(number, _unlike(words, seen, expected))
    for page, paragraph in out_of_order(paragraphs, reading):
        first = paragraph.chars[0]
        place = Token(first.text, first.line, first.column)
        tell.all(page, [("text.order", place, paragraph.text)])


class _Telling:
    """Reports differences as findings."""

    def __init__(self, leaflet: Leaflet, reporter: Reporter) -> None:
        self._file = leaflet.file
        self._reporter = reporter

    def all(self, page: int, differences: Sequence["Difference"]) -> None:
        for code, at, words in differences[:_MOST]:
            span = Span(self._file, at.line, at.column) if at else Span(self._file)
            self._reporter.error(code, span, page=page, text=_short(words))


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


# --- the two readers


def _followed(pages: Sequence[Any]) -> Iterator[str]:
    """What each page says within its trimmed size, as the judge follows it."""
    shared = Shared()
    for number, page in enumerate(pages, 1):
        trim = read_box(inherited(page, "/TrimBox")) or read_box(inherited(page, "/MediaBox"))
        marks = read_page(page, number, trim, shared).marks if trim else ()
        yield "".join(plain(mark.text) for mark in marks if trim and _is_text(mark, trim))


def _is_text(mark: Mark, trim: Box) -> bool:
    """Text that is seen: not that of a picture, nor a printer's note outside the page."""
    box = mark.box
    across, down = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    inside = trim.x0 <= across <= trim.x1 and trim.y0 <= down <= trim.y1
    painted = mark.fill is not None or mark.stroke is not None
    return mark.kind == "text" and painted and not mark.in_form and inside


def _viewed(press: bytes) -> list[str]:
    """What pdfium finds on each page, in no order; nothing if it cannot open the file."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(press) as document:
            return [_viewed_page(page) for page in document]
    except PdfiumError:
        return []


def _viewed_page(page: "PdfPage") -> str:
    import ctypes

    from pypdfium2 import raw

    left, low, right, high = page.get_trimbox()
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    units: list[int] = []
    for index in range(raw.FPDFText_CountChars(text)):
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        if raw.FPDFText_IsGenerated(text, index) or not left <= x.value <= right:
            continue
        if low <= y.value <= high:
            hyphen = raw.FPDFText_IsHyphen(text, index) == 1  # it stands for a break to pdfium
            units.append(ord("-") if hyphen else raw.FPDFText_GetUnicode(text, index))
    halves = "".join(chr(unit) for unit in units if unit <= 0xFFFF)
    text16 = _PAIRS.sub(_paired_up, halves).encode("utf-16-le", "surrogatepass")
    return plain(text16.decode("utf-16-le", "replace"))


def _paired_up(match: re.Match[str]) -> str:
    """Two halves of a character in their order: pdfium turns them with everything else."""
    return match[0] if match[1] is None else match[1] + match[0][0]


# --- comparison

Difference = tuple[str, Place, str]


def _is_said(said: str, expected: Expected) -> bool:
    """The usual case, told quickly."""
    if expected.beside or any(token.free for token in expected.tokens):
        return False
    return said == "".join(token.text for token in expected.tokens)


def _differences(said: str, expected: Expected) -> list[Difference]:
    """Where they part, in the order of the text."""
    tokens = expected.tokens
    steps = Alignment(tokens, expected.beside, said, _STATES).steps()
    if steps is None:
        steps = list(_roughly(said, expected))
    return _paired(list(_gone(steps)), list(_come(steps)), tokens)


def _roughly(said: str, expected: Expected) -> Iterator[Step]:
    """Of a page that is all amiss."""
    tokens = [token for token in expected.tokens if not token.free]
    text = "".join(token.text for token in tokens)
    for what, a, b, c, d in SequenceMatcher(None, text, said, autojunk=False).get_opcodes():
        if what != "equal":
            yield from (Step(at, tokens[at]) for at in range(a, b))
            yield from (Step(b, None, char) for char in said[c:d])


class _Piece:
    """Characters one after another that are gone, or too many, before token ``at``."""

    def __init__(self, at: int, place: Place) -> None:
        self.at, self.end, self.place, self.words = at, at, place, ""
        self.beside = isinstance(place, Beside)


def _gone(steps: Sequence[Step]) -> Iterator[_Piece]:
    piece: _Piece | None = None
    for step in steps:
        lost = step.lost
        if lost is None:
            continue
        beside = isinstance(lost, Beside)
        goes_on = piece is not None and piece.end == step.at and piece.beside == beside
        if piece is None or not goes_on or (isinstance(lost, Beside) and not lost.joined):
            if piece is not None:
                yield piece
            piece = _Piece(step.at, lost)
        piece.words += lost.text
        piece.end = step.at + (not beside)
    if piece is not None:
        yield piece


def _come(steps: Sequence[Step]) -> Iterator[_Piece]:
    piece: _Piece | None = None
    for step in steps:
        if not step.extra:
            continue
        if piece is None or step.at != piece.at:
            if piece is not None:
                yield piece
            piece = _Piece(step.at, None)
        piece.words += step.extra
    if piece is not None:
        yield piece


def _paired(
    gone: Sequence[_Piece], come: Sequence[_Piece], tokens: Sequence[Token]
) -> list[Difference]:
    """What is gone here and comes there with the same characters is in the wrong order."""
    moved = _letters(gone) == _letters(come)
    left = [] if moved else list(come)
    found: list[tuple[int, Difference]] = []
    for piece in gone:
        again = next((each for each in left if sorted(each.words) == sorted(piece.words)), None)
        if again is not None:
            left.remove(again)
        code = "text.order" if moved or again is not None else "text.lost"
        found.append((piece.at, (code, piece.place, piece.words)))
    for piece in left:
        found.append((piece.at, ("text.extra", _near(tokens, piece), piece.words)))
    return [each for _, each in sorted(found, key=lambda entry: entry[0])]


def _letters(pieces: Sequence[_Piece]) -> list[str]:
    return sorted("".join(piece.words for piece in pieces))


def _near(tokens: Sequence[Token], piece: _Piece) -> Place:
    """The character nearest to what was put in: itself, if it is there twice."""
    size = len(piece.words)
    for start in (piece.at, piece.at - size):
        if start >= 0 and "".join(t.text for t in tokens[start : start + size]) == piece.words:
            return tokens[start]
    return tokens[min(max(piece.at - 1, 0), len(tokens) - 1)] if tokens else None


def _unlike(said: str, viewed: str, expected: Expected) -> list[Difference]:
    """What pdfium does not find, or finds too often."""
    here, there = Counter(_folded(said)), Counter(_folded(viewed))
    if here == there:
        return []
    found: list[Difference] = []
    for code, words in (("text.lost", here - there), ("text.extra", there - here)):
        for char, count in sorted(words.items()):
            same = (token for token in expected.tokens if char in _folded(token.text))
            place = next(same, expected.tokens[0] if expected.tokens else None)
            found.append((code, place, char * count))
    return found


def _folded(words: str) -> str:
    """Taken apart, without widths and the ways of brackets: pdfium turns all that about."""
    found = unicodedata.normalize("NFKD", words).replace("\u2044", "/")
    return "".join("(" if unicodedata.category(char) in _BRACKETS else char for char in found)
