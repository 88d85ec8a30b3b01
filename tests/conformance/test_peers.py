"""What is handed to other tools, and what is read back; the tools themselves are not run."""

import pytest

from tests.conformance import peers, report
from tests.conformance.expectations import KANJI, START, WORD_SPACE, representative, token
from tests.conformance.judge import EM, Case, Finding
from tests.conformance.peer_jtypeset import Jtypeset, reading, units
from tests.conformance.peer_typst import Typst, literal, paragraph
from tests.conformance.reading import Glyph, Line


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("国", '"国"'),
        ("#[*_$@<", '"#[*_$@<"'),
        ('"\\', '"\\u{22}\\u{5c}"'),
        ("\t", '"\\u{9}"'),
    ],
)
def test_typst_string(text: str, wanted: str) -> None:
    assert literal(text) == wanted


def test_typst_paragraph_has_its_measure() -> None:
    assert paragraph([START, KANJI], 10.0) == '#c(40.001000mm, "始国")'


def test_typst_refuses_ruby_only() -> None:
    plain = Case("spacing", "horizontal", "", [START, KANJI])
    ruby = Case("spacing", "horizontal", "", [START, representative(22)])
    assert not Typst().refuses(plain)
    assert Typst().refuses(ruby)
    assert not Jtypeset().refuses(ruby)


def test_readings_by_character() -> None:
    assert reading(representative(22)) == ["くに"]
    assert reading(representative(23)) == ["こく", "みん"]
    assert reading(KANJI) == []


def test_units_of_utf16() -> None:
    assert (units("国"), units("𠮷"), units("25")) == (1, 2, 2)


def _line(*places: tuple[str, float]) -> Line:
    return Line([Glyph(c, at * EM, 0.0, EM, EM, "level", 0, 0) for c, at in places])


@pytest.mark.parametrize(("at", "start"), [(2, 2.1), (3, 2.0)])
def test_surplus_falls_on_the_judged_side_of_a_space(at: int, start: float) -> None:
    tokens = [START, KANJI, representative(WORD_SPACE), KANJI]
    case = Case("spacing", "horizontal", "", tokens, at)
    line = _line(("始", 0.0), ("国", 1.0), ("国", 2.0 + 1 / 3 + 0.1))
    (found,) = peers.spaced(case, [line])
    assert found.text == "始国 国"
    assert found.glyphs[2].along / EM == pytest.approx(start)


def test_spaces_that_are_there_stay() -> None:
    case = Case("break", "horizontal", "", [START, token(" ", WORD_SPACE), KANJI])
    lines = [_line(("始", 0.0), (" ", 1.0)), _line(("国", 0.0))]
    assert [line.text for line in peers.spaced(case, lines)] == ["始 ", "国"]


def test_table_says_what_is_not_applicable() -> None:
    ours = [Finding("grid", "horizontal", "a"), Finding("grid", "vertical", "a")]
    refused = peers.Counter({("grid", "horizontal"): 2})
    theirs = peers.Result(Typst(), [Finding("grid", "horizontal", "a", "off")], refused)
    rows = peers.table(ours, [theirs]).splitlines()
    assert rows[-3].endswith("| 1 of 1 | 0 of 1 (2 n/a) |")
    assert rows[-1].endswith("| 1 of 1 | n/a |")


def test_section_is_replaced_and_kept(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n", "utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    report.write_section(f"{report.BESIDE}\n\nold")
    report.write_section(f"{report.BESIDE}\n\nnew")
    assert page.read_text("utf-8") == f"# Page\n\n{report.BESIDE}\n\nnew\n"
    report.write_page([Finding("grid", "horizontal", "a")])
    assert page.read_text("utf-8").endswith(f"\n\n{report.BESIDE}\n\nnew\n")
