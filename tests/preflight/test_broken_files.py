"""Every deliberately broken file is caught: the right finding, the right page, the right place."""

import hashlib
import shutil
from collections import Counter
from functools import cache
from importlib.util import find_spec
from types import ModuleType

import pytest

from layout.cli.findings import chapters
from layout.cli.messages import MISSING, hint_lines, message, message_table, on_paper, render
from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.house.profile import load_profile
from layout.preflight.finished import check_pdf, content_shared, opening
from layout.preflight.rendered import check_rendered
from layout.preflight.rendered.second import second_opinion
from tests.preflight.broken_files import CASES, Broken
from tests.preflight.good_base import base
from tests.preflight.spoiling import changed

SHOPS = ("x1a", "x1a-2003", "x4")
CLOSE = 1.0  # mm
ONE_FAULT = [case for case in CASES if not case.others]
FOREIGN = [case for case in CASES if case.others]


def is_there(needed: str) -> bool:
    """Whether a program or a module is installed."""
    return not needed or shutil.which(needed) is not None or find_spec(needed) is not None


@cache
def spoilt(case: Broken) -> bytes:
    if not is_there(case.needs):
        pytest.skip(f"{case.needs} is not installed")
    return case.make()


@cache
def judged(case: Broken) -> tuple[Diagnostic, ...]:
    """What the judge says of a case, notes included."""
    reporter = Reporter()
    data = spoilt(case)
    if case.rendered:
        check_rendered(data, case.name, case.profile, reporter, case.expected)
    else:
        check_pdf(data, case.name, case.profile, reporter)
    return tuple(reporter)


def told(found: Diagnostic) -> str:
    values = ", ".join(f"{key}={value}" for key, value in found.values.items())
    return f"{found.severity.name} {found.code} page {found.page} ({values})"


def by_id(case: Broken) -> str:
    return case.id


# --- sound files


@pytest.mark.parametrize("shop", SHOPS)
def test_the_file_they_all_began_as_is_sound(shop: str) -> None:
    for data in (base(shop), changed(base(shop), lambda pdf: None)):
        reporter = Reporter()
        check_pdf(data, "asaichi-press.pdf", load_profile(shop), reporter)
        assert [told(found) for found in reporter] == []
        check_rendered(data, "asaichi-press.pdf", load_profile(shop), reporter)
        assert [found.code for found in reporter] == ["qr.reads"]


# --- one fault each


def place_of(found: Diagnostic) -> tuple[float, ...] | None:
    if "x" not in found.values:
        return None
    return tuple(float(str(found.values.get(key, 0))) for key in "xywh")


@pytest.mark.parametrize("case", ONE_FAULT, ids=by_id)
def test_the_fault_is_found_where_it_is(case: Broken) -> None:
    fault = case.fault
    found = judged(case)
    hits = [each for each in found if each.code == fault.code]
    assert hits, [told(each) for each in found]
    assert {each.severity for each in hits} == {fault.severity}
    assert {each.page for each in hits} == {fault.page}
    if fault.place is not None:
        places = [place_of(each) for each in hits]
        assert any(
            place is not None and place == pytest.approx(fault.place, abs=CLOSE) for place in places
        ), places


@pytest.mark.parametrize("case", ONE_FAULT, ids=by_id)
def test_nothing_else_is_said_against_it(case: Broken) -> None:
    """What follows from the fault without fail is declared with it; all else would be false."""
    allowed = {case.fault.code, *case.fault.also}
    others = [each for each in judged(case) if each.code not in allowed]
    assert [told(each) for each in others if each.severity > Severity.NOTE] == []


@pytest.mark.parametrize("case", ONE_FAULT, ids=by_id)
def test_consequences_are_real(case: Broken) -> None:
    """A consequence that is declared and does not come about hides a false finding."""
    assert set(case.fault.also) <= {each.code for each in judged(case)}


# --- files of other programs


@pytest.mark.parametrize("case", FOREIGN, ids=by_id)
def test_all_faults_of_a_file_by_another_program_are_found(case: Broken) -> None:
    found = judged(case)
    errors = {each.code for each in found if each.severity > Severity.NOTE}
    assert {case.fault.code, *case.fault.also} <= errors, [told(each) for each in found]
    assert any(each.page == case.fault.page for each in found if each.code == case.fault.code)
    assert any(each.severity is Severity.ERROR for each in found)


# --- the catalogue


def test_there_are_enough_and_no_two_alike() -> None:
    for chapter, count in Counter(case.fault.chapter for case in CASES).items():
        print(f"{count:4} {chapter}")
        assert count >= 5
    there = [case for case in CASES if is_there(case.needs)]
    titles = [case.id for case in CASES]
    assert len(set(titles)) == len(titles) >= 200
    made = Counter(
        (hashlib.sha256(spoilt(case)).hexdigest(), case.profile, case.name) for case in there
    )
    assert max(made.values()) == 1
    assert len({case.fault.code for case in CASES}) >= 90


WITHOUT_A_FILE = {
    "pdf.more": "counts what is left out of a long list (test_finished_document)",
    "pdf.too-large": "a bound against hostile files (below)",
    "pdf.unread": "a last resort: no file is known that needs it (test_finished_document)",
    "pdf.content-unread": "a bound against hostile files (below)",
    "plates.second-differs": "another program's opinion (test_rendered_plates)",
    "plates.second-failed": "another program's opinion (below)",
    "plates.second-missing": "says what is not installed",
}


def test_every_finding_has_its_broken_file() -> None:
    listed = {code for _, _, codes in chapters() for code in codes}
    known = {case.fault.code for case in CASES}
    known |= {"qr.reads"}  # the sound code of every file
    assert listed - known == WITHOUT_A_FILE.keys()
    assert known <= listed


@pytest.mark.parametrize(
    ("module", "bound", "code"),
    [
        (opening, "PAGES_MOST", "pdf.too-large"),
        (content_shared, "OPERATORS_MOST", "pdf.content-unread"),
    ],
)
def test_what_is_left_out_is_said(
    module: ModuleType, bound: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bounds against hostile files: a file that is judged in part does not pass in silence."""
    monkeypatch.setattr(module, bound, 1)
    reporter = Reporter()
    check_pdf(base(), "asaichi-press.pdf", load_profile(), reporter)
    found = {each.code: each.severity for each in reporter}
    assert found[code] is Severity.WARNING


def test_ghostscript_that_gives_up_is_told() -> None:
    if shutil.which("gs") is None:
        pytest.skip("gs is not installed")
    case = next(case for case in CASES if case.id == "compressed content that is damaged")
    reporter = Reporter()
    rendered = check_rendered(spoilt(case), case.name, case.profile, Reporter())
    second_opinion(spoilt(case), case.name, rendered, reporter)
    assert [each.code for each in reporter] == ["plates.second-failed"]


def test_spoiling_is_repeatable() -> None:
    """The same bytes every time, so that what is found does not hang on chance."""
    for case in [each for each in CASES if not each.others][:: len(CASES) // 20]:
        assert case.make() == spoilt(case), case.id


@pytest.mark.parametrize("case", CASES, ids=by_id)
def test_findings_speak_both_languages(case: Broken) -> None:
    """Each has words and a hint in Japanese and English, and says its place."""
    for found in judged(case):
        assert found.code in message_table()
        for lang in ("ja", "en"):
            text = render(found, [], lang)
            assert MISSING not in text and "{" not in message(found, lang), text
            assert hint_lines(found, lang), text
            assert bool(on_paper(found, lang)) is ("x" in found.values)
            assert found.span.line or not found.page or str(found.page) in text
