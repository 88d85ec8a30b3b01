"""Every fact on the pages, in reading order."""

from collections.abc import Iterator, Mapping, Sequence
from re import Match
from typing import NamedTuple

from layout.facts.model import Occurrence, Verdict
from layout.facts.patterns import NORMAL, PATTERNS
from layout.facts.text import Place, Sought, in_figures, sought
from layout.reading.model import Reading, Thing
from layout.source.facts import normal
from layout.source.model import Fact

_DECLARED_KINDS = {
    "yucho": "account",
    "phone": "phone",
    "url": "url",
    "mail": "mail",
    "date": "date",
}
_IN_KANJI = frozenset(("account", "phone", "date"))
"""What may be written in kanji; amounts in kanji have a pattern of their own."""

NAME_LEAST = 4
"""Characters that a declared name must have to be sought."""


class Known(NamedTuple):
    """A declared fact in the form in which it is compared."""

    name: str
    kind: str
    normal: str
    typed: str


class Hit(NamedTuple):
    """An occurrence with the match it came from (None for names and codes)."""

    occurrence: Occurrence
    match: Match[str] | None
    text: Sought | None


def declared(facts: Mapping[str, Fact]) -> tuple[Known, ...]:
    """The facts that can be sought."""
    known = []
    for fact in facts.values():
        typed = fact.values.get("", "")
        if (kind := _DECLARED_KINDS.get(fact.kind)) is not None:
            plain = normal(fact.values.get("full", typed) if kind == "date" else typed)
            found = PATTERNS[kind].search(plain)
            if found is not None:
                known.append(Known(fact.name, kind, NORMAL[kind](found), typed))
        elif fact.kind in ("text", "place") and len(typed) >= NAME_LEAST:
            known.append(Known(fact.name, "name", normal(typed), typed))
    return (*known, *_holders(facts, {each.normal for each in known}))


def _holders(facts: Mapping[str, Fact], names: set[str]) -> Iterator[Known]:
    """Holders of accounts whose names are not declared otherwise."""
    for fact in facts.values():
        holder = fact.values.get("holder", "") if fact.kind == "yucho" else ""
        if len(holder) >= NAME_LEAST and normal(holder) not in names:
            yield Known(fact.name, "name", normal(holder), holder)


def find(reading: Reading, known: Sequence[Known]) -> tuple[Hit, ...]:
    """All occurrences; those that a declared fact explains bear its name."""
    hits: list[Hit] = []
    for page in reading.pages:
        for block in page.blocks:
            text = sought(block)
            hits += _in_text(text, known)
        for thing in page.things:
            if thing.kind == "code":
                hits.append(Hit(_code(thing, known), None, None))
    return tuple(hits)


def _in_text(text: Sought, known: Sequence[Known]) -> Iterator[Hit]:
    taken: set[Place] = set()
    found: list[tuple[int, Hit]] = []
    for form in (text, in_figures(text)):
        if form is None:
            continue
        for kind, match in _matches(form, figures=form is not text):
            start, end = match.span()
            own = form.places[start:end]
            if taken.isdisjoint(own):
                taken.update(own)
                at = text.places.index(own[0])
                found.append((at, Hit(_occurrence(kind, form, match, known), match, form)))
    for start, occurrence in _names(text, known):
        found.append((start, Hit(occurrence, None, text)))
    return (hit for _, hit in sorted(found, key=lambda entry: entry[0]))


def _matches(form: Sought, *, figures: bool) -> Iterator[tuple[str, Match[str]]]:
    """All places of all patterns; of a text ``in_figures`` only numbers."""
    for kind, pattern in PATTERNS.items():
        if not figures or kind in _IN_KANJI:
            for match in form.matches(pattern):
                yield kind, match


def _occurrence(kind: str, text: Sought, match: Match[str], known: Sequence[Known]) -> Occurrence:
    plain = NORMAL[kind](match)
    same = next((each.name for each in known if each.kind == kind and _agree(each, plain)), "")
    return _made(kind, text, match.start(), match.end(), plain, same)


def _agree(known: Known, plain: str) -> bool:
    """Equal; a day without its year agrees with one that has it."""
    whole = plain.startswith("--") and known.kind == "date"
    return known.normal[4:] == plain[1:] if whole else known.normal == plain


def _made(kind: str, text: Sought, start: int, end: int, plain: str, fact: str) -> Occurrence:
    first, last = text.places[start], text.places[end - 1]
    stop = last.index + 1 if last.line is first.line else len(first.line.chars)
    typed = text.is_typed(start, end)
    verdict = Verdict.OTHER if not fact else Verdict.TYPED if typed else Verdict.DECLARED
    if not typed and not fact:
        verdict = Verdict.DECLARED  # another form of a fact: its short date, its own account
    return Occurrence(
        kind, text.printed(start, end), plain, text.block.page, first.line.id, first.index, stop,
        text.span(start, end), fact, verdict,
    )  # fmt: skip


def _names(text: Sought, known: Sequence[Known]) -> Iterator[tuple[int, Occurrence]]:
    for each in known:
        if each.kind != "name":
            continue
        at = text.text.find(each.normal)
        while at >= 0:
            end = at + len(each.normal)
            yield at, _made("name", text, at, end, each.normal, each.name)
            at = text.text.find(each.normal, end)


def _code(thing: Thing, known: Sequence[Known]) -> Occurrence:
    plain = thing.says
    for kind in ("url", "mail", "phone"):
        found = PATTERNS[kind].search(plain)
        if found is not None:
            plain = NORMAL[kind](found)
            break
    fact = next((each.name for each in known if each.normal == plain), "")
    verdict = Verdict.DECLARED if fact else Verdict.OTHER
    return Occurrence(
        "code", thing.says, plain, thing.page, thing.id, 0, 0, thing.span, fact, verdict
    )
