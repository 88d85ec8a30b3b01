"""Every rule does what its examples say, however the lines fall; every pattern is bounded."""

import re
from collections import Counter
from pathlib import Path

import pytest

from layout.diagnostics import Reporter
from layout.house.lint import PRESETS, load_lint_texts, preset_names
from layout.lint.check import ANALYSING, PLAIN, findings
from layout.lint.found import NO_SUGGESTION, SHAPES, Search
from layout.lint.samples import BLOCK_BREAK, reading_of
from layout.lint.text import LintText
from layout.source.lint_keys import CHECKS
from layout.source.lint_model import CODES, HouseStyle, Rule
from layout.source.lint_patterns import expanded, fault, needed
from layout.source.lint_reference import PAGES, updated
from layout.source.lint_rules import house_presets, read_rules

ROOT = Path(__file__).resolve().parents[2]
RULES = [rule for preset in house_presets() for rule in preset.rules]
GOOD = [(rule, text) for rule in RULES for text in rule.good]
BAD = [(rule, example.before, example.after) for rule in RULES for example in rule.bad]
WIDTHS = (1, 7, 1000)
_PLACEHOLDERS = {"found", "suggestion", "majority", "word", "before", "codepoint"}


def named(value: object) -> str:
    return value.id if isinstance(value, Rule) else ""


def search(text: str, per_line: int) -> Search:
    return Search(LintText(reading_of(text.split(BLOCK_BREAK), per_line)))


def after(rule: Rule, text: str, per_line: int) -> tuple[str, int]:
    """The text with every suggestion taken, and how many findings there were."""
    looked = search(text, per_line)
    found = list(findings(HouseStyle((rule,)), looked, Reporter(), set(), analyse=True))
    mended = looked.text.text
    for each in sorted(found, key=lambda each: -each.at):
        if each.suggestion is not None:
            mended = mended[: each.at] + each.suggestion + mended[each.end :]
    return mended.rstrip("\n").replace("\n", BLOCK_BREAK), len(found)


@pytest.mark.parametrize(("rule", "text"), GOOD, ids=named)
def test_good_examples_are_left_alone(rule: Rule, text: str) -> None:
    for per_line in WIDTHS:
        assert after(rule, text, per_line) == (text, 0)


@pytest.mark.parametrize(("rule", "before", "wanted"), BAD, ids=named)
def test_bad_examples_are_found_and_mended(rule: Rule, before: str, wanted: str) -> None:
    for per_line in WIDTHS:
        mended, count = after(rule, before, per_line)
        assert mended == wanted and count


@pytest.mark.parametrize(("rule", "before", "wanted"), BAD, ids=named)
def test_what_is_mended_is_right(rule: Rule, before: str, wanted: str) -> None:
    """A suggestion taken leads to no further finding, unless there is none to take."""
    if wanted != before:
        assert after(rule, wanted, 7) == (wanted, 0)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_rules_are_whole(rule: Rule) -> None:
    assert rule.good and rule.bad
    assert rule.sort in CODES and rule.ja != rule.en
    assert re.fullmatch("[a-z][a-z-]*", rule.id)
    for said in (rule.ja, rule.en):
        assert set(re.findall(r"\{(\w+)\}", said)) <= _PLACEHOLDERS
    assert any("ぁ" <= c <= "鿿" for c in rule.ja)


def test_names_are_used_once() -> None:
    ids = Counter([rule.id for rule in RULES])
    assert [name for name, count in ids.items() if count > 1] == []
    # A preset with one rule may have its name: silencing either is the same.
    alone = {preset.name for preset in house_presets() if len(preset.rules) == 1}
    presets = set(preset_names()) - {"brackets", "okurigana"}
    assert presets & set(ids) <= alone


@pytest.mark.parametrize("name", preset_names())
def test_our_files_are_read_without_a_finding(name: str) -> None:
    """Also as files of strangers, whose patterns are tried one by one."""
    reporter = Reporter()
    read = read_rules(PRESETS / f"{name}.yaml", reporter)
    assert list(reporter) == []
    assert read in house_presets()


def patterns() -> list[str]:
    found = [each.find for rule in RULES for each in rule.corrections if each.pattern]
    found += [f.find for rule in RULES for group in rule.groups for f in group if f.pattern]
    return found + [each for rule in RULES for each in rule.exceptions]


@pytest.mark.parametrize("pattern", patterns())
def test_every_match_has_the_piece_that_is_looked_for_first(pattern: str) -> None:
    piece = needed(pattern)
    examples = "\n".join([*(text for _, text in GOOD), *(before for _, before, _ in BAD)])
    assert all(
        piece in found.group() or not found.group() for found in re.finditer(pattern, examples)
    )
    assert piece == "" or piece in pattern.replace("\\", "")


def test_suggestions_have_shapes_that_exist() -> None:
    wishes = [each.to for rule in RULES for each in rule.corrections]
    wishes += [form.to for rule in RULES for group in rule.groups for form in group]
    named = {wish for wish in wishes if re.match(r"\\[^1-9]", wish)}
    assert named <= set(SHAPES) | {NO_SUGGESTION}


def test_checks_are_there() -> None:
    assert set(CHECKS) == set(PLAIN) | set(ANALYSING)
    assert {rule.check for rule in RULES} - {""} == set(CHECKS)


def test_conventions_for_digits_choose_forms_that_exist() -> None:
    forms = {rule.id: {form.name for group in rule.groups for form in group} for rule in RULES}
    for choices in load_lint_texts().digits.values():
        assert all(form in forms[rule] for rule, form in choices.items())


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("[あ-ん]{1,30}", ""),
        (r"(?:か|が)所\+?", ""),
        (r"[*+]\*", ""),
        (r"\d{4}年", ""),
        ("(?:あ{1,3}い)?", ""),
        ("あ+", "lint.pattern-unbounded"),
        ("あ*", "lint.pattern-unbounded"),
        ("あ{2,}", "lint.pattern-unbounded"),
        ("(?:あ|い){1,20}", "lint.pattern-unbounded"),
        ("(?:あ{1,9}){1,9}", "lint.pattern-unbounded"),
        (".{1,100}.{1,100}.{1,100}", "lint.pattern-heavy"),
        ("(あ", "lint.pattern-broken"),
        ("[あ", "lint.pattern-broken"),
    ],
)
def test_patterns_that_could_take_long_are_refused(pattern: str, code: str) -> None:
    assert fault(pattern)[0] == code


def test_long_hostile_lines_come_to_an_end() -> None:
    """Every bound reached at every character: a pattern without bounds would not return."""
    pieces = ("（", "「", "1", "１", "A", "Ａ", " ", "　", "。", "・", "ー", "か", "各", "約1", "漢",
              "[", "(", "1,000", "カ", "「（", "http://", "…", "ｶ", "2020年（")  # fmt: skip
    rules = tuple(rule for rule in RULES if rule.check not in ANALYSING)
    for piece in pieces:
        looked = search(piece * (6000 // len(piece)), 40)
        list(findings(HouseStyle(rules), looked, Reporter(), set(), analyse=False))


@pytest.mark.parametrize(
    ("typed", "text", "hit"),
    [
        ("<漢字>", "々", True), ("<漢字>", "〇", True), ("<漢字>", "あ", False), ("<漢字>", "ー", False),
        ("<漢字>", "A", False), ("<漢字>", "９", False), ("<和字>", "ー", True), ("<和字>", "①", False),
        ("<和字>", "、", False), ("[<漢字>み]", "み", True), ("[<和字>」]", "」", True),
        ("[^<漢字>]", "漢", False), (r"\[<数>", "[５", True), ("<英>{2,3}", "API", True),
    ],
)  # fmt: skip
def test_names_of_classes(typed: str, text: str, hit: bool) -> None:
    assert bool(re.fullmatch(expanded(typed), text)) is hit


@pytest.mark.parametrize(("lang", "page"), PAGES.items())
def test_the_list_of_rules_is_up_to_date(lang: str, page: str) -> None:
    """Else: python -m layout.source.lint_reference"""
    written = (ROOT / page).read_text(encoding="utf-8")
    assert updated(written, lang) == written
    assert all(f"| `{rule.id}` |" in written for rule in RULES)
