"""The judge against deliberately broken files: each one's fault and nothing else."""

import importlib
from functools import cache
from pathlib import Path

import pytest

from layout.cli.messages import MISSING, hint_lines, message, message_table, on_paper, render
from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.preflight.accessible import judge_accessible
from tests.accessible.making import BASE, CASES, NAME, SOUND, Broken, told

for module in sorted(Path(__file__).parent.glob("broken_*.py")):
    importlib.import_module(f"tests.accessible.{module.stem}")


def by_id(case: Broken) -> str:
    return case.id


@cache
def spoilt(case: Broken) -> bytes:
    return case.make()


@cache
def judged(case: Broken) -> tuple[Diagnostic, ...]:
    reporter = Reporter()
    judge_accessible(spoilt(case), NAME, reporter)
    return tuple(reporter)


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_a_fault_is_found_and_nothing_else(case: Broken) -> None:
    found = {each.code: each.severity for each in judged(case)}
    assert set(found) == {case.code, *case.also}
    assert found[case.code] is (Severity.WARNING if case.warns else Severity.ERROR)


@pytest.mark.parametrize("case", SOUND, ids=by_id)
def test_what_only_looks_odd_passes(case: Broken) -> None:
    assert [each.code for each in judged(case)] == []


WITHOUT_A_FILE = {
    "ua.26.missing": "no program that we know opens a locked file without permissions",
}


def codes() -> set[str]:
    return {code for code in message_table() if code.partition(".")[0] in ("ua", "pdfa")}


def test_every_finding_has_its_broken_file() -> None:
    titles = [case.title for case in CASES + SOUND]
    assert len(set(titles)) == len(titles)
    assert len(CASES) >= 150
    assert codes() - {case.code for case in CASES} == WITHOUT_A_FILE.keys()


def test_every_file_is_another() -> None:
    made = {spoilt(case) for case in CASES}
    assert len(made) == len(CASES)


def test_spoiling_is_repeatable() -> None:
    for case in [each for each in CASES if "lock" not in each.title][::12]:
        assert case.make() == spoilt(case), case.title


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_findings_speak_both_languages(case: Broken) -> None:
    for found in judged(case):
        for lang in ("ja", "en"):
            text = render(found, [], lang)
            assert MISSING not in text and "{" not in message(found, lang), text
            assert hint_lines(found, lang), text
            assert bool(on_paper(found, lang)) is ("x" in found.values)
            assert not found.page or str(found.page) in text


def test_findings_say_where() -> None:
    """The page, and the place on it where there is one."""
    (found,) = next(judged(case) for case in CASES if case.title == "a shape without a mark")
    assert (found.page, found.values["count"]) == (1, 1)
    assert {"x", "y", "w", "h"} <= found.values.keys()
    (found,) = next(judged(case) for case in CASES if case.title == "a figure without words")
    assert found.page == 1


def test_a_file_that_is_none_is_told() -> None:
    assert told(b"") == {"pdf.unopened": Severity.ERROR}
    assert told(BASE[: len(BASE) // 2])


def test_the_other_standard_is_judged_when_it_is_claimed_or_asked_for() -> None:
    case = next(case for case in CASES if case.title == "a script")
    assert "pdfa.action" in told(spoilt(case))
    from tests.accessible.making import without_archive
    from tests.preflight.spoiling import changed

    modest = changed(spoilt(case), without_archive)
    assert told(modest) == {}
    assert "pdfa.action" in told(modest, archive=True)
    assert "pdfa.claim" in told(modest, archive=True)
