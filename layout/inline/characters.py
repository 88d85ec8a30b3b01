"""The inline tree laid flat: every character with its look and its place, and its class.

Classes depend on neighbours where JLREQ says so: digits in a word are Western,
ASCII brackets in Japanese text are Japanese brackets (3.1.2, 3.2.2).
"""

import unicodedata
from functools import lru_cache

from msgspec import Struct, field

from layout.diagnostics import Span
from layout.house.classes import character_class, unit_symbols
from layout.house.rules import (
    CLOSING,
    COMMA,
    DIVIDING,
    FULL_STOP,
    IDEOGRAPHIC_SPACE,
    MIDDLE_DOT,
    NUMERAL,
    OPENING,
    ORNAMENTED,
    REFERENCE_MARK,
    UNIT,
    WESTERN,
    WORD_SPACE,
)
from layout.source.model import (
    Break,
    Cells,
    Content,
    Dots,
    Link,
    NoteMark,
    Ruby,
    Sideline,
    Strong,
    TateChuYoko,
    Text,
    Warichu,
)
from layout.style.model import Colour, CompositeFont, TextStyle


class Look(Struct, frozen=True):
    """What markup makes of a character."""

    font: CompositeFont
    colour: Colour
    cell: bool = False
    target: str = ""


class Marked(Struct, frozen=True):
    """Characters ``start`` to ``end`` under one piece of markup.

    ``kind`` is ruby, dots, line, tate-chu-yoko or warichu; ``readings`` are
    the ruby texts.
    """

    kind: str
    start: int
    end: int
    span: Span
    readings: tuple[str, ...] = ()


class Characters(Struct):
    """Parallel lists, one entry a character; ``breaks`` holds the counts before forced breaks,
    ``upright`` the Latin letters that stand in vertical lines.
    """

    chars: list[str]
    looks: list[Look]
    spans: list[Span]
    columns: list[int]
    breaks: set[int]
    marked: list[Marked]
    upright: set[int] = field(default_factory=set)

    @property
    def cuts(self) -> frozenset[int]:
        """Before which characters a word or number ends: note marks stand for themselves."""
        apart = [mark for mark in self.marked if mark.kind in ("note", "tate-chu-yoko")]
        return frozenset(at for mark in apart for at in (mark.start, mark.end))

    def append(self, text: Text, look: Look) -> None:
        """Take over the characters of one stretch of source."""
        count = len(text.text)
        self.chars.extend(text.text)
        self.looks.extend([look] * count)
        self.spans.extend([text.span] * count)
        self.columns.extend([0] * count if text.generated else range(count))


def flatten(content: Content, style: TextStyle) -> Characters:
    """All characters of ``content`` in reading order."""
    flat = Characters([], [], [], [], set(), [])
    _walk(content, Look(style.font, style.colour), style, flat)
    return flat


def _walk(content: Content, look: Look, style: TextStyle, flat: Characters) -> None:
    for node in content:
        match node:
            case Text():
                flat.append(node, look)
            case Break():
                flat.breaks.add(len(flat.chars))
            case Strong():
                strong = Look(
                    style.strong_font or look.font,
                    style.strong_colour or look.colour,
                    look.cell,
                    look.target,
                )
                _walk(node.content, strong, style, flat)
            case Link():
                _walk(node.content, Look(look.font, look.colour, False, node.target), style, flat)
            case Cells():
                flat.append(node.content, Look(look.font, look.colour, True, look.target))
            case Ruby():
                start = len(flat.chars)
                flat.append(node.base, look)
                mark = Marked("ruby", start, len(flat.chars), node.span, node.readings)
                flat.marked.append(mark)
            case TateChuYoko():
                start = len(flat.chars)
                flat.append(node.content, look)
                flat.marked.append(Marked("tate-chu-yoko", start, len(flat.chars), node.span))
            case NoteMark():
                start = len(flat.chars)
                flat.append(node.content, look)
                flat.marked.append(Marked("note", start, len(flat.chars), node.span))
            case Dots() | Sideline() | Warichu():
                start = len(flat.chars)
                _walk(node.content, look, style, flat)
                flat.marked.append(Marked(_KINDS[type(node)], start, len(flat.chars), node.span))


_KINDS: dict[type, str] = {Dots: "dots", Sideline: "line", Warichu: "warichu"}
_ASCII_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_SCRIPTS = frozenset("²³¹⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ASCII_MARKS = {
    "!": DIVIDING, "?": DIVIDING, ",": COMMA, ".": FULL_STOP, ":": MIDDLE_DOT, ";": MIDDLE_DOT,
}  # fmt: skip
_WESTERN_CLASSES = (ORNAMENTED, NUMERAL, UNIT, WORD_SPACE, WESTERN)


def classify(chars: list[str], cuts: frozenset[int] = frozenset()) -> list[int]:
    """The class of each character in its context; words and numbers end at ``cuts``."""
    classes = [character_class(char) for char in chars]
    for i in range(1, len(chars)):
        if _goes_with_its_base(chars[i]):
            classes[i] = classes[i - 1]
    _settle_numerals(chars, classes, cuts)
    _settle_brackets(chars, classes)
    _settle_marks(chars, classes)
    return classes


def _goes_with_its_base(char: str) -> bool:
    """Selectors, joiners and combining marks have no class of their own (Unicode 23.4)."""
    code = ord(char)
    if code < 0x300:
        return False
    selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return selector or code in (0x200C, 0x200D) or unicodedata.combining(char) != 0


def _settle_numerals(chars: list[str], classes: list[int], cuts: frozenset[int]) -> None:
    """Digits that touch letters belong to the word, ``,`` and ``.`` inside digits to the number.

    Letters behind a number that make a unit symbol are one (cl-25).  Words with
    superscripts or subscripts are one complex (cl-21); a superscript behind a
    Japanese character stands there like a reference mark.
    """
    count = len(chars)
    i = 0
    while i < count:
        if classes[i] not in (NUMERAL, WESTERN):
            i += 1
            continue
        start = i
        i += 1
        while i < count and i not in cuts and classes[i] in (NUMERAL, WESTERN):
            i += 1
        run = chars[start:i]
        scripts = [k for k in range(start, i) if chars[k] in _SCRIPTS]
        if start and scripts == list(range(start, i)) and start not in cuts:
            if classes[start - 1] != WORD_SPACE:
                classes[start:i] = [REFERENCE_MARK] * (i - start)
        elif all(c.isdigit() or c in ",." for c in run) and run[0].isdigit() and run[-1].isdigit():
            classes[start:i] = [NUMERAL] * (i - start)
        elif number := _number_with_unit(run):
            classes[start : start + number] = [NUMERAL] * number
            classes[start + number : i] = [UNIT] * (i - start - number)
        elif scripts:
            classes[start:i] = [ORNAMENTED] * (i - start)
        elif any(c.isalpha() for c in run):
            classes[start:i] = [WESTERN] * (i - start)


def _number_with_unit(run: list[str]) -> int:
    """How many characters of ``365km`` are the number; 0 if it is not one with its unit."""
    count = 0
    while count < len(run) and (run[count].isdigit() or run[count] in ",."):
        count += 1
    if not count or not run[0].isdigit() or not run[count - 1].isdigit():
        return 0
    return count if "".join(run[count:]) in unit_symbols() else 0


def _settle_brackets(chars: list[str], classes: list[int]) -> None:
    """A pair of ASCII brackets with a Japanese character at any of its four sides is Japanese."""
    open_at: list[int] = []
    for i, char in enumerate(chars):
        if char in _ASCII_BRACKETS:
            open_at.append(i)
        elif char in ")]}" and open_at and _ASCII_BRACKETS[chars[open_at[-1]]] == char:
            start = open_at.pop()
            around = (start - 1, start + 1, i - 1, i + 1)
            if any(_is_japanese(chars, classes, k) for k in around):
                classes[start], classes[i] = OPENING, CLOSING


def _settle_marks(chars: list[str], classes: list[int]) -> None:
    """ASCII punctuation right behind a Japanese character is that character's punctuation.

    So it does not begin a line, and no Japanese–Latin space parts it.  ``.`` and
    ``,`` that go on with a letter or digit (``国.jp``) are left as they are.
    """
    for i, char in enumerate(chars):
        kind = _ASCII_MARKS.get(char)
        if kind is None or not i or not _is_japanese(chars, classes, i - 1):
            continue
        if classes[i - 1] in (OPENING, IDEOGRAPHIC_SPACE):
            continue
        goes_on = i + 1 < len(chars) and chars[i + 1].isascii() and chars[i + 1].isalnum()
        if not (goes_on and char in ".,"):
            classes[i] = kind


def _is_japanese(chars: list[str], classes: list[int], index: int) -> bool:
    return 0 <= index < len(chars) and classes[index] not in _WESTERN_CLASSES


@lru_cache(maxsize=1)
def _phrase_parser() -> object:
    import budoux  # only leaflets with phrase-aware styles pay for the model

    return budoux.load_default_japanese_parser()


@lru_cache(maxsize=512)
def phrase_ends(text: str) -> frozenset[int]:
    """The counts of characters after which a phrase (文節) ends, by BudouX."""
    ends, at = set(), 0
    for phrase in _phrase_parser().parse(text):  # type: ignore[attr-defined]
        at += len(phrase)
        ends.add(at)
    return frozenset(ends)
