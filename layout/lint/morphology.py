"""Rules that must know words: SudachiPy with its small dictionary says what they are."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct

from layout.lint.found import Found, Search
from layout.lint.names import rarer
from layout.lint.text import LintText
from layout.source.lint_model import Rule

_LONGEST: Final = 10_000  # characters of one piece; the analyser takes 16,384 at most
_RA_STEM: Final = ("上一段", "下一段", "カ行変格", "一段")
_KANA: Final = frozenset(chr(code) for code in range(0x3041, 0x3097)) | {"ー"}


class NoAnalyserError(Exception):
    """SudachiPy or its dictionary is not there."""


class Word(Struct, frozen=True):
    """A word as the analyser sees it; ``kind`` are its part of speech and conjugation."""

    at: int
    surface: str
    kind: tuple[str, ...]
    lemma: str
    normal: str
    reading: str

    @property
    def end(self) -> int:
        """The position behind it."""
        return self.at + len(self.surface)


@cache
def _tokenizer() -> Any:
    """The analyser with its dictionary: 40 ms, only when a rule asks for it."""
    try:
        from sudachipy import Dictionary

        return Dictionary(dict="small").tokenizer()
    except Exception as error:  # not installed, no dictionary, another version's interface
        raise NoAnalyserError(str(error)) from error


def words_of(text: str, at: int = 0) -> list[Word]:
    """The words of a text, each a short unit; ``NoAnalyserError`` if there is no analyser."""
    from sudachipy import SplitMode

    found = []
    for morpheme in _tokenizer().tokenize(text, SplitMode.A):
        surface = morpheme.surface()
        kind = tuple(morpheme.part_of_speech())
        lemma, normal = morpheme.dictionary_form(), morpheme.normalized_form()
        found.append(Word(at, surface, kind, lemma, normal, morpheme.reading_form()))
        at += len(surface)
    return found


class Analysis:
    """The words of all blocks, found out once for all rules."""

    def __init__(self, text: LintText) -> None:
        _tokenizer()
        self._text = text

    @cached_property
    def blocks(self) -> list[list[Word]]:
        """The words, block by block."""
        found = []
        for number, first in enumerate(self._text.starts):
            last = self._text.end_of_block(number)
            words: list[Word] = []
            for at in range(first, last, _LONGEST):
                words += words_of(self._text.text[at : min(at + _LONGEST, last)], at)
            found.append(words)
        return found


def particles(rule: Rule, search: Search, words: Analysis) -> Iterator[Found]:
    """Two particles that never meet; of two alike one is too many."""
    pairs = frozenset(rule.words)
    for block in words.blocks:
        for one, two in pairwise(block):
            pair = one.surface + two.surface
            if pair in pairs and one.kind[0] == two.kind[0] == "助詞":
                alike = one.surface == two.surface
                if search.keep(rule, one.at, two.end):
                    yield Found(rule, one.at, two.end, pair, one.surface if alike else None)


def ra_nuki(rule: Rule, search: Search, words: Analysis) -> Iterator[Found]:
    """見れる, 起きれない: potential forms in -れる of verbs that take -られる."""
    for word in (word for block in words.blocks for word in block):
        stem = word.lemma.removesuffix("れる")
        if word.kind[0] != "動詞" or word.kind[4] != "下一段-ラ行" or stem == word.lemma:
            continue
        if not _is_potential_of(word.lemma, word.normal):
            continue
        rest = word.surface[len(stem) :]
        if word.surface.startswith(stem) and search.keep(rule, word.at, word.end):
            yield Found(rule, word.at, word.end, word.surface, f"{stem}ら{rest}")


@cache
def _is_potential_of(lemma: str, verb: str) -> bool:
    """見れる of 見る, 来れる of 来る; but not くれる, which is a verb of its own."""
    found = words_of(verb)
    if len(found) != 1 or not found[0].kind[4].startswith(_RA_STEM):
        return False
    stem = "コ" if _read(verb) == "クル" else _read(verb)[:-1]
    return _read(lemma) == f"{stem}レル"


def sa_ire(rule: Rule, search: Search, words: Analysis) -> Iterator[Found]:
    """読まさせる: させる behind a verb that takes せる."""
    for block in words.blocks:
        for one, two in pairwise(block):
            five = one.kind[0] == "動詞" and one.kind[4].startswith("五段")
            if not five or two.lemma != "させる" or not two.surface.startswith("さ"):
                continue
            if one.kind[5].startswith("未然形") and search.keep(rule, one.at, two.end):
                right = one.surface + two.surface[1:]
                yield Found(rule, one.at, two.end, one.surface + two.surface, right)


def kanji_or_kana(rule: Rule, search: Search, words: Analysis) -> Iterator[Found]:
    """One verb or adjective in kanji here and in kana there; ``rule.words`` may be either."""
    groups: dict[str, dict[str, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for block in words.blocks:
        for before, word in zip([None, *block], block, strict=False):
            if _is_full_word(word) and not _is_compound(before, word):
                groups[word.normal][word.lemma].append(word)
    for normal, writings in groups.items():
        if len(writings) > 1 and normal not in rule.words:
            yield from _kana_beside_kanji(rule, search, writings)


def _is_full_word(word: Word) -> bool:
    return word.kind[0] in ("動詞", "形容詞") and word.kind[1] == "一般"


def _is_compound(before: Word | None, word: Word) -> bool:
    """出来上がる, 小数点揃え: a verb behind a verb's stem, or as a noun's second half."""
    if before is None:
        return False
    stem = before.kind[0] == "動詞" and before.kind[5].startswith("連用形")
    return stem or (before.kind[0] == "名詞" and word.kind[5].startswith("連用形"))


def _kana_beside_kanji(
    rule: Rule, search: Search, writings: dict[str, list[Word]]
) -> Iterator[Found]:
    """Those in kana, if the kanji are read the same."""
    kana = {lemma for lemma in writings if set(lemma) <= _KANA}
    for lemma in sorted(kana):
        same = [other for other in writings if other not in kana and _read(other) == _read(lemma)]
        if not same:
            continue
        other = max(same, key=lambda each: len(writings[each]))
        stems = _stems(other, lemma)
        places = {
            stems[0]: [word.at for word in writings[other]],
            stems[1]: [word.at for word in writings[lemma]],
        }
        yield from rarer(rule, search, places, dict(zip(stems, (other, lemma), strict=True)))


@cache
def _read(lemma: str) -> str:
    return "".join(word.reading for word in words_of(lemma))


def _stems(kanji: str, kana: str) -> tuple[str, str]:
    """What differs: both without the ending that they share."""
    shared = 0
    while shared < min(len(kanji), len(kana)) - 1 and kanji[-1 - shared] == kana[-1 - shared]:
        shared += 1
    return kanji[: len(kanji) - shared], kana[: len(kana) - shared]
