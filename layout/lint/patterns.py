"""Rules that are data: words and patterns that are wrong, and writings of which one is right."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from msgspec import Struct

from layout.house.lint import load_lint_texts
from layout.lint.found import Found, Search, replaced
from layout.source.lint_model import Form, Rule
from layout.source.lint_patterns import needed

_EXAMPLES = 3  # places of the majority that are told


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled once for all leaflets and only when it is needed."""
    return re.compile(pattern)


_needed = cache(needed)


def matches(find: str, pattern: bool, text: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """Where something occurs; a text that cannot have it is not searched."""
    if not pattern:
        at = text.find(find)
        while at >= 0 and find:
            yield at, at + len(find), None
            at = text.find(find, at + len(find))
    elif _needed(find) in text:
        yield from ((m.start(), m.end(), m) for m in compiled(find).finditer(text))


def _stretches(patterns: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    return [(at, end) for find in patterns for at, end, _ in matches(find, True, text)]


def _inside(at: int, end: int, stretches: list[tuple[int, int]]) -> bool:
    return any(first <= at and end <= last for first, last in stretches)


# --- what is always wrong ------------------------------------------------------------


def corrections(rule: Rule, search: Search) -> Iterator[Found]:
    """The words and patterns of a rule; a word inside its own preferred writing is none."""
    text, exceptions = search.text.text, None
    for correction in rule.corrections:
        for at, end, match in matches(correction.find, correction.pattern, text):
            if exceptions is None:
                exceptions = _stretches(rule.exceptions, text)
            if _inside(at, end, exceptions) or not search.keep(rule, at, end):
                continue
            if not correction.pattern and _is_preferred(text, at, end, correction.to):
                continue
            found = text[at:end]
            to = replaced(found, correction.to, match.groups() if match else ())
            if to != found:
                yield Found(rule, at, end, found, to)


def _is_preferred(text: str, at: int, end: int, preferred: str) -> bool:
    """Whether the preferred writing stands there, and the found one is only a part of it."""
    before = max(0, end - len(preferred))
    return preferred in text[before : at + len(preferred)] and preferred != text[at:end]


# --- either, but one of them ----------------------------------------------------------


class _Occurrence(Struct, frozen=True):
    at: int
    end: int
    form: int
    groups: tuple[str | None, ...]


def either(rule: Rule, search: Search) -> Iterator[Found]:
    """The places of the rarer forms of each group, told with where the others are."""
    exceptions = _stretches(rule.exceptions, search.text.text)
    for group in rule.groups:
        possible = sum(_possible(form, search.text.text) for form in group)
        if possible < 2 and rule.id not in search.chosen:
            continue
        found = list(_occurrences(group, rule, exceptions, search))
        if rule.scope == "leaflet":
            yield from _rarer(rule, group, found, search)
            continue
        for _, block in groupby(found, key=lambda each: search.text.block_number(each.at)):
            yield from _rarer(rule, group, list(block), search)


def _possible(form: Form, text: str) -> bool:
    return (_needed(form.find) if form.pattern else form.find) in text


def _occurrences(
    group: tuple[Form, ...], rule: Rule, exceptions: list[tuple[int, int]], search: Search
) -> Iterator[_Occurrence]:
    """All forms in the order of the text; where two overlap the longer one is meant."""
    text = search.text.text
    everything = [
        _Occurrence(at, end, number, match.groups() if match else ())
        for number, form in enumerate(group)
        for at, end, match in matches(form.find, form.pattern, text)
    ]
    everything.sort(key=lambda each: (each.at, -each.end))
    behind = -1
    seen: set[tuple[int, int]] = set()
    for each in everything:
        if each.at < behind:
            continue
        behind = each.end
        if _inside(each.at, each.end, exceptions) or not search.keep(rule, each.at, each.end):
            continue
        typed = search.text.typed(each.at)
        if typed not in seen:  # a part of the source that stands on several pages counts once
            seen.add(typed)
            yield each


def _rarer(
    rule: Rule, group: tuple[Form, ...], found: list[_Occurrence], search: Search
) -> Iterator[Found]:
    # What is silenced does not count, unless all is: then it is asked what the silence hides.
    loud = [each for each in found if search.silence(rule, each.at) is None] or found
    right, how = _right(rule, group, loud, search)
    if right is None:
        return
    examples = [each for each in loud if each.form == right]
    where = "、".join(_shown(each, search) for each in examples[:_EXAMPLES])
    for each in found:
        if each.form == right:
            continue
        silence = search.silence(rule, each.at)
        if silence is not None:
            search.used.add(silence)
            continue
        text = search.text.text[each.at : each.end]
        to = replaced(text, group[right].to, each.groups)
        majority = (
            replaced(text, group[right].label, each.groups) if each.groups else group[right].label
        )
        values = {"majority": majority, "count": len(examples) or "", "where": where}
        label = load_lint_texts().labels.get(group[right].label, "")
        values |= {"majority_en": label} if label else {}
        yield Found(rule, each.at, each.end, text, to, values | how)


def _right(
    rule: Rule, group: tuple[Form, ...], loud: list[_Occurrence], search: Search
) -> tuple[int | None, dict[str, object]]:
    """The form that is right: the chosen one, else the most frequent, else the first."""
    wish = search.chosen.get(rule.id, "")
    for number, form in enumerate(group):
        if wish and wish == form.name:
            ja, en = load_lint_texts().said["chosen"]
            return number, {"said_ja": ja, "said_en": en}
    counts = Counter(each.form for each in loud)
    if not counts:
        return None, {}
    return max(counts, key=lambda form: (counts[form], -form)), {}


def _shown(each: _Occurrence, search: Search) -> str:
    line, column = search.text.typed(each.at)
    return f"{line}:{column}"
