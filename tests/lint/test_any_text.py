"""Whatever a leaflet says: the lint never raises, and what it finds stands where it says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from layout.cli.lint_lines import lint_lines
from layout.cli.messages import render
from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.lint.check import ANALYSING, lint
from layout.lint.samples import reading_of
from layout.reading.model import Reading
from layout.source.lint_model import EVERYTHING, HouseStyle, Silence
from layout.source.lint_rules import house_presets

RULES = tuple(rule for preset in house_presets() for rule in preset.rules)
QUICK = tuple(rule for rule in RULES if rule.check not in ANALYSING)

# Pieces that rules look for, so that they meet in every order, and any character at all.
PIECES = [example.before for rule in RULES for example in rule.bad]
PIECES += ["（", "）", "「", "」", "『", "』", "(", ")", "｢", "。", "、", "！", " ", "\u3000", "1", "２", "A",
           "Ｂ", "カ", "か", "漢", "ー", "\u3099", "𠮷", "e\u0301", "\n", "\x00", "¶"]  # fmt: skip
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).map("".join)
TEXTS = st.lists(TEXT, max_size=5)


def found(reading: Reading, house: HouseStyle, *, analyse: bool = False) -> list[Diagnostic]:
    reporter = Reporter()
    lint(reading, house, reporter, analyse=analyse)
    return list(reporter)


def at(reading: Reading, each: Diagnostic) -> str:
    """The characters that a finding points at in the printed lines."""
    lines = list(reading.lines)
    number = next(n for n, line in enumerate(lines) if line.id == each.values["line_id"])
    start, end, rest = (int(str(each.values[name])) for name in ("start", "end", "rest"))
    shown = "".join(char.text for char in lines[number].chars[start:end])
    while rest > 0:
        number += 1
        shown += "".join(char.text for char in lines[number].chars[:rest])
        rest -= len(lines[number].chars)
    return shown


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(1, 30))
def test_findings_point_at_what_they_tell(texts: list[str], per_line: int) -> None:
    reading = reading_of(texts, per_line, "x.yaml")
    for each in found(reading, HouseStyle(QUICK)):
        assert each.severity in (Severity.NOTE, Severity.WARNING)
        line, column = each.span.line, each.span.column
        shown = at(reading, each)
        typed = texts[line - 1][column - 1 : column - 1 + len(shown)].replace("\n", " ")
        assert shown.replace("\n", " ") == typed
        if each.values["rule"] not in ("brackets", "full-stop"):  # they show what is around
            assert str(each.values["found"]) in ("", typed)
        for lang in ("ja", "en"):
            assert "〓" not in render(each, [], lang)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(1, 30), st.integers(1, 30))
def test_how_the_lines_fall_makes_no_difference(texts: list[str], one: int, other: int) -> None:
    def told(per_line: int) -> list[tuple[object, ...]]:
        all_found = found(reading_of(texts, per_line), HouseStyle(QUICK))
        return [
            (e.code, e.span.line, e.span.column, e.values["found"], e.values["suggestion"])
            for e in all_found
        ]

    assert told(one) == told(other)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_silence_of_everything_is_silent(texts: list[str]) -> None:
    reading = reading_of(texts)
    loud = found(reading, HouseStyle(QUICK))
    silence = Silence(EVERYTHING, "わけ", loud[0].span if loud else reading_of(["x"]).lines[0].span)
    quiet = found(reading, HouseStyle(QUICK, (), (silence,)))
    assert [each.code for each in quiet] == ([] if loud else ["lint.unused"])


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_analyser_takes_any_text(texts: list[str]) -> None:
    reading = reading_of(texts)
    for each in found(reading, HouseStyle(RULES), analyse=True):
        if each.values["rule"] in ("particles", "ra-nuki", "sa-ire"):
            assert at(reading, each) == each.values["found"]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_findings(texts: list[str]) -> None:
    reading = reading_of(texts)
    assert found(reading, HouseStyle(QUICK)) == found(reading, HouseStyle(QUICK))


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(["ja", "en"]))
def test_the_terminal_tells_them_in_a_few_lines(texts: list[str], lang: str) -> None:
    """However many there are, a rule takes two lines."""
    all_found = found(reading_of(texts * 5), HouseStyle(QUICK))
    rules = {each.values["rule"] for each in all_found if each.severity is Severity.WARNING}
    lines = list(lint_lines(all_found, lang, colour=False))
    assert len(lines) <= 2 * len(rules) + 3
    assert all("\n" not in line for line in lines)


def test_nothing_is_read() -> None:
    assert found(reading_of([]), HouseStyle(RULES), analyse=True) == []
    assert found(reading_of(["", ""]), HouseStyle(RULES), analyse=True) == []


def test_a_text_longer_than_the_analyser_takes_at_once() -> None:
    text = "税金をを払う。" + "読む。" * 12_000 + "税金をを払う。"
    told = found(reading_of([text], 40), HouseStyle(RULES), analyse=True)
    places = [each.span.column for each in told if each.values["rule"] == "particles"]
    assert places == [3, len(text) - 7 + 3]
