"""One thing under two names: spellings that differ in small things, compounds that nearly agree."""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from layout.lint.found import Found, Search
from layout.source.lint_model import Rule

_TERM: Final = re.compile(
    r"[ァ-ヺヽヾ][ァ-ヺヽヾー・]{2,40}"
    r"|(?<![A-Za-zＡ-Ｚａ-ｚ0-9@./#_-])[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ-]{2,40}"
)
_ADDRESS: Final = re.compile(r"https?://[!-~]{1,200}|[\w.-]{1,60}@[\w.-]{1,60}")
_LEAST_KEY: Final = 3

_COMPOUND: Final = re.compile("[ァ-ヺー一-鿿々〇]{8,30}")
_HEAD: Final = 3
_TAIL: Final = 4
_MIDDLE: Final = 3
_NAME: Final = re.compile("[ァ-ヺー一-鿿々〇]{4,30}")
_LEFT_OUT: Final = 2
_OFTEN: Final = 3
"""So often the whole name must stand in the leaflet."""

_SHOWN_SO: Final[Mapping[str, str]] = {}
# What sets two things apart: numbers, places, sides.
_DISTINCT: Final = re.compile("[一二三四五六七八九十百千第上下前後東西南北左右新旧]")


def alike_names(rule: Rule, search: Search) -> Iterator[Found]:
    """サーバ beside サーバー, ・ inside or not, Web beside web: the rarer writing."""
    text = search.text.text
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    begins = [start for start, _ in addresses]
    groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for found in _TERM.finditer(text):
        word = found.group().rstrip("・")
        key = _key(word)
        at = found.start()
        before = bisect_right(begins, at) - 1
        addressed = before >= 0 and at < addresses[before][1]
        if len(key) >= _LEAST_KEY and not addressed:
            groups[key][unicodedata.normalize("NFKC", word)].append(at)
    for writings in groups.values():
        if len(writings) > 1:
            yield from rarer(rule, search, dict(writings))


def _key(word: str) -> str:
    """What writings of one word have in common: no ・, no long vowel at the end, no case."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return plain.replace("・", "").replace("-", "").rstrip("ー")


def rarer(
    rule: Rule, search: Search, writings: dict[str, list[int]], shown: Mapping[str, str] = _SHOWN_SO
) -> Iterator[Found]:
    """The places of all writings but the most frequent; the first one wins a tie.

    ``shown`` is what a message calls them, if not so.
    """
    # What is silenced does not count, unless all is: then it is asked what the silence hides.
    loud = {
        word: places
        for word, found in writings.items()
        if (places := [at for at in _once(search, found) if _is_loud(rule, search, at)])
    } or writings
    majority = max(loud, key=lambda word: len(loud[word]))
    lines = (search.text.typed(at) for at in loud[majority][:3])
    where = "、".join(f"{line}:{column}" for line, column in lines)
    values = {
        "majority": shown.get(majority, majority),
        "count": len(loud[majority]),
        "where": where,
    }
    for word, places in writings.items():
        for at in _once(search, places) if word != majority else ():
            silence = search.silence(rule, at)
            if silence is not None:
                search.used.add(silence)
            elif search.keep(rule, at, at + 1):
                found = search.text.text[at : at + len(word)]
                yield Found(
                    rule,
                    at,
                    at + len(word),
                    found,
                    majority,
                    values | {"word": shown.get(word, word)},
                )


def _is_loud(rule: Rule, search: Search, at: int) -> bool:
    return search.keep(rule, at, at + 1) and search.silence(rule, at) is None


def _once(search: Search, places: list[int]) -> list[int]:
    """Without the places that print the same characters of the source again."""
    return list({search.text.typed(at): at for at in reversed(places)}.values())[::-1]


def near_names(rule: Rule, search: Search) -> Iterator[Found]:
    """デジタル庁関連法案 beside デジタル改革関連法案: long names, different only in the middle."""
    heads: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for found in _COMPOUND.finditer(search.text.text):
        heads[found.group()[:_HEAD]][found.group()].append(found.start())
    for places in heads.values():
        tails: dict[str, list[str]] = defaultdict(list)  # near ones have their end in common
        for one in places:
            tails[one[-_TAIL:]].append(one)
        for one in places:
            alike = tails[one[-_TAIL:]]
            del alike[0]  # itself: each pair is looked at once
            for other in alike:
                if _is_near(one, other):
                    yield from rarer(rule, search, {one: places[one], other: places[other]})


def shortened_names(rule: Rule, search: Search) -> Iterator[Found]:
    """デジタル法案 for デジタル改革関連法案: head and tail of a longer name, its middle left out.

    ``rule.words`` are the endings that laws, bodies and plans are named with.  A short
    form that is introduced with 以下「…」 or 略称 is meant so.
    """
    text = search.text.text
    names: dict[str, list[int]] = defaultdict(list)
    for found in _NAME.finditer(text):
        if found.group().endswith(tuple(rule.words)):
            names[found.group()].append(found.start())
    for short, places in names.items():
        ending = max((w for w in rule.words if short.endswith(w)), key=len)
        head = short.removesuffix(ending)
        longer = {name: at for name, at in names.items() if _is_longer(name, head, ending)}
        most = max(longer, key=lambda name: len(longer[name]), default="")
        often = len(longer[most]) if most else 0
        if len(head) < _HEAD or often < _OFTEN or often <= len(places):
            continue
        if _introduced(text, short):
            continue
        yield from rarer(rule, search, {most: longer[most], short: places})


def _is_longer(name: str, head: str, ending: str) -> bool:
    """Whether a name has that head and ending, and something of its own between them."""
    middle = name.removeprefix(head).removesuffix(ending)
    whole = name.startswith(head) and name.endswith(ending)
    return whole and len(middle) >= _LEFT_OUT and len(head) + len(ending) + len(middle) == len(name)


def _introduced(text: str, short: str) -> bool:
    return (
        re.search(rf"(?:以下|略称|通称|いわゆる)[^。\n]{{0,6}}{re.escape(short)}", text) is not None
    )


def _is_near(one: str, other: str) -> bool:
    """Whether two names have head and tail in common, and short middles that are no numbers."""
    shorter = min(len(one), len(other))
    head = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    tail = next((n for n in range(shorter - head) if one[-1 - n] != other[-1 - n]), shorter - head)
    middles = one[head : len(one) - tail], other[head : len(other) - tail]
    if head < _HEAD or tail < _TAIL or not all(middles):
        return False
    return all(len(middle) <= _MIDDLE and not _DISTINCT.search(middle) for middle in middles)
