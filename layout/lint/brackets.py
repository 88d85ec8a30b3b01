"""Brackets that do not pair, and pairs inside a pair of their own kind."""

import re
from collections.abc import Iterator
from typing import Final

from layout.lint.found import Found, Search
from layout.source.lint_model import Rule

PAIRS: Final = dict(zip("（「『【〔［｛〈《“([{", "）」』】〕］｝〉》”)]}", strict=True))
_CLOSING: Final = frozenset(PAIRS.values())
_BRACKET: Final = re.compile("[" + re.escape("".join(PAIRS) + "".join(_CLOSING)) + "\n]")
_INNER: Final = {"「": "『", "」": "』"}
_SHOWN: Final = 12


def brackets(rule: Rule, search: Search) -> Iterator[Found]:
    """Brackets without partner, and those that close before what was opened later."""
    text = search.text.text
    waiting: list[tuple[str, int]] = []
    for mark in _BRACKET.finditer(text):
        character, at = mark.group(), mark.start()
        if character == "\n":
            yield from _single(rule, search, [place for _, place in waiting])
            waiting = []
        elif _is_spoken_of(text, at):
            continue
        elif character in PAIRS:
            waiting.append((character, at))
        elif waiting and PAIRS[waiting[-1][0]] == character:
            waiting.pop()
        else:
            # What was left open further in is the fault, if this closes something at all.
            partner = [n for n, (open_, _) in enumerate(waiting) if PAIRS[open_] == character]
            if partner:
                yield from _single(rule, search, [place for _, place in waiting[partner[-1] + 1 :]])
                del waiting[partner[-1] :]
            elif not _is_number(text, at):
                yield from _single(rule, search, [at])


def _single(rule: Rule, search: Search, places: list[int]) -> Iterator[Found]:
    """Brackets without partner, shown with what follows or goes before."""
    text = search.text
    for at in places:
        if text.typed(at) == (0, 0):
            continue
        number = text.block_number(at)
        if text.text[at] in PAIRS:
            shown = text.text[at : min(at + _SHOWN, text.end_of_block(number))]
        else:
            shown = text.text[max(at + 1 - _SHOWN, text.starts[number]) : at + 1]
        yield Found(rule, at, at + 1, shown, None)


def _is_spoken_of(text: str, at: int) -> bool:
    """A bracket alone inside a pair of others, 「（」, is not one but is spoken of."""
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    return before in PAIRS and PAIRS[before] == behind and PAIRS.get(text[at]) != behind


def _is_number(text: str, at: int) -> bool:
    """``1)`` and ``a)``: a closing bracket behind a number that nothing opened."""
    head = text[max(0, at - 4) : at]
    return text[at] in ")）" and bool(re.search(r"(?:^|[\n \u3000])[0-9０-９a-z]{1,2}$", head))


def nested_brackets(rule: Rule, search: Search) -> Iterator[Found]:
    """「 inside 「」: the inner pair should be 『』."""
    text, depth = search.text.text, 0
    inner: list[bool] = []
    for mark in re.finditer("[「」『』\n]", text):
        character, at = mark.group(), mark.start()
        if character == "\n":
            depth, inner = 0, []
        elif character in "「『":
            inner.append(character == "「" and bool(inner) and not inner[-1] and depth % 2 == 1)
            depth += 1
            if inner[-1]:
                yield Found(rule, at, at + 1, character, _INNER[character])
        elif inner:
            depth -= 1
            if inner.pop() and character == "」":
                yield Found(rule, at, at + 1, character, _INNER[character])
