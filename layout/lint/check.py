"""The lint: every rule over the whole leaflet, each finding told with its place."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from layout.diagnostics import NOWHERE, Reporter
from layout.lint import brackets, morphology, names, paragraphs, patterns
from layout.lint.found import Found, Search
from layout.lint.samples import BLOCK_BREAK, reading_of
from layout.lint.text import LintText
from layout.reading.model import Reading
from layout.source.lint_keys import CHECKS
from layout.source.lint_model import CODES, Example, HouseStyle, Rule

Check = Callable[[Rule, Search], Iterator[Found]]
WordCheck = Callable[[Rule, Search, morphology.Analysis], Iterator[Found]]

PLAIN: Final[Mapping[str, Check]] = {
    "brackets": brackets.brackets,
    "nested-brackets": brackets.nested_brackets,
    "full-stop": paragraphs.full_stop,
    "alike-names": names.alike_names,
    "near-names": names.near_names,
    "shortened-names": names.shortened_names,
}
ANALYSING: Final[Mapping[str, WordCheck]] = {
    "particles": morphology.particles,
    "ra-nuki": morphology.ra_nuki,
    "sa-ire": morphology.sa_ire,
    "kanji-or-kana": morphology.kanji_or_kana,
}
assert set(CHECKS) == set(PLAIN) | set(ANALYSING)


def lint(reading: Reading, house: HouseStyle, reporter: Reporter, *, analyse: bool = True) -> None:
    """Report what the rules find (``lint.width``, ``lint.mixed`` …), and silence that is not used.

    Findings are warnings or notes, never errors.  Their values are ``rule``,
    ``found``, ``suggestion`` (empty if only a person knows), and the place in the
    reading: ``line_id``, ``start`` and ``end`` in ``Line.chars``, and ``rest``,
    how many characters follow in the next lines.  Without ``analyse`` the rules
    that need the analyser are left out; without an analyser that is said.
    """
    for rule in house.own:
        _try_examples(rule, reporter)
    search = Search(LintText(reading), house.silences, house.chosen)
    skipped: set[str] = set()
    said: set[tuple[int, int, str | None]] = set()
    for found in sorted(findings(house, search, reporter, skipped, analyse), key=_order):
        same = (found.at, found.end, found.suggestion)
        if same not in said or found.suggestion is None:  # two rules may want the same
            said.add(same)
            _report(found, search, reporter)
    _report_unused(house, search, skipped, reporter)


def findings(
    house: HouseStyle, search: Search, reporter: Reporter, skipped: set[str], analyse: bool
) -> Iterator[Found]:
    """What all rules find and nobody silenced; ``skipped`` gets the rules that were not tried."""
    analysis: morphology.Analysis | None = None
    missing = "" if analyse else "-"
    for rule in house.rules:
        if rule.check in ANALYSING:
            if analysis is None and not missing:
                try:
                    analysis = morphology.Analysis(search.text)
                except morphology.NoAnalyserError as problem:
                    missing = str(problem) or "-"
                    reporter.note("lint.no-analyser", NOWHERE, problem=missing)
            if analysis is None:
                skipped.add(rule.id)
                continue
        yield from _loud(rule, search, _found(rule, search, analysis))


def _found(rule: Rule, search: Search, analysis: morphology.Analysis | None) -> Iterator[Found]:
    yield from patterns.corrections(rule, search)
    yield from patterns.either(rule, search)
    if rule.check in PLAIN:
        yield from PLAIN[rule.check](rule, search)
    elif rule.check and analysis is not None:
        yield from ANALYSING[rule.check](rule, search, analysis)


def _loud(rule: Rule, search: Search, found: Iterator[Found]) -> Iterator[Found]:
    """Without what is silenced, and without a part of the source that is printed again."""
    seen: set[tuple[int, int, str]] = set()
    for each in found:
        silence = search.silence(rule, each.at)
        if silence is not None:
            search.used.add(silence)
            continue
        key = (*search.text.typed(each.at), each.found)
        if key not in seen:
            seen.add(key)
            yield each


def _order(found: Found) -> tuple[int, int, str]:
    return found.at, found.end, found.rule.id


def _report(found: Found, search: Search, reporter: Reporter) -> None:
    rule, text = found.rule, search.text.text
    place = search.text.place(found.at, found.end)
    length = max(1, place.end - place.start)
    values: dict[str, object] = {
        "rule": rule.id,
        "found": found.found,
        "suggestion": found.suggestion or "",
        "before": text[found.at - 1 : found.at].strip("\n"),
        "codepoint": f"U+{ord(text[found.at]):04X}",
        "line_id": place.line_id,
        "start": place.start,
        "end": place.end,
        "rest": place.rest,
        "said_ja": rule.ja,
        "said_en": rule.en,
    }
    values |= found.values
    for lang in ("ja", "en"):
        values[f"said_{lang}"] = _filled(str(values[f"said_{lang}"]), values, lang)
    if found.suggestion == "":  # in words: nobody would see it
        values |= {"suggestion_ja": "消す", "suggestion_en": "take it out"}
    tell = reporter.warning if rule.warning else reporter.note
    span = replace(place.span, length=length)
    tell(CODES[rule.sort], span, page=place.page, **values)


def _filled(message: str, values: Mapping[str, object], lang: str) -> str:
    """A rule's message with its values, those that differ in the language's own."""
    for name in ("found", "suggestion", "majority", "word", "before", "codepoint"):
        value = values.get(f"{name}_{lang}", values.get(name, ""))
        message = message.replace(f"{{{name}}}", str(value))
    return message


def _try_examples(rule: Rule, reporter: Reporter) -> None:
    """Tell which examples of a rule of one's own do not come true."""
    for example in (*(Example(text, text, rule.span) for text in rule.good), *rule.bad):
        result = after(rule, example.before)
        if result != example.after:
            reporter.warning(
                "lint.example", example.span, rule=rule.id, example=example.before, result=result
            )


def after(rule: Rule, text: str) -> str:
    """A text after all suggestions of one rule; ``¶`` is where a block begins."""
    search = Search(LintText(reading_of(text.split(BLOCK_BREAK))))
    found = findings(HouseStyle((rule,)), search, Reporter(), set(), analyse=True)
    mended = search.text.text
    for each in sorted(found, key=lambda each: -each.at):
        if each.suggestion is not None:
            mended = mended[: each.at] + each.suggestion + mended[each.end :]
    return mended.rstrip("\n").replace("\n", BLOCK_BREAK)


def _report_unused(
    house: HouseStyle, search: Search, skipped: set[str], reporter: Reporter
) -> None:
    """Silence that silenced nothing: the text was mended, or the rule's name is another."""
    untried = [rule for rule in house.rules if rule.id in skipped]
    for silence in house.silences:
        if silence not in search.used and not any(silence.covers(rule) for rule in untried):
            reporter.warning("lint.unused", silence.span, name=silence.name, reason=silence.reason)
