"""Facts as a whole build sees them: QR codes read back, no false alarm, the sheet as a file."""

import contextlib
import io
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from built import LEAFLETS, drawn

from layout.cli.main import main
from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.facts import Decoded, Sheet, check_facts
from layout.pipeline import Places, draw
from layout.reading import read_pages
from layout.reading.model import Box

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))
MEANT = {"near-miss.yaml", "near-miss-account.yaml"}
"""Cases whose very matter is a wrong fact."""


def build(*argv: str) -> tuple[int, dict[str, Any], str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(argv, ROOT)
    return code, json.loads(out.getvalue()), err.getvalue()


def checked(name: str, decoded: tuple[Decoded, ...] = ()) -> tuple[Sheet, list[Diagnostic]]:
    made = drawn(name)
    assert made.display is not None and made.leaflet is not None
    reporter = Reporter()
    sheet = check_facts(read_pages(made.display, made.leaflet), made.leaflet, reporter, decoded)
    return sheet, [each for each in reporter if each.code.startswith("facts.")]


@pytest.mark.parametrize("name", LEAFLETS)
def test_no_false_alarm_on_our_leaflets(name: str) -> None:
    sheet, found = checked(name)
    assert [(each.code, each.values) for each in found] == []
    assert not [row for row in sheet.rows if row.verdict in ("near", "wrong")]


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_no_false_alarm_on_the_cases(file: Path, tmp_path: Path) -> None:
    """Those that can be laid out: what is wrong with them is no fact."""
    shutil.copy(file, tmp_path / "leaflet.yaml")
    reporter = Reporter()
    made = draw(tmp_path, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), reporter)
    if made.display is None or made.leaflet is None:
        assert reporter.has_errors  # refused before there is anything to compare
        return
    fresh = Reporter()
    check_facts(read_pages(made.display, made.leaflet), made.leaflet, fresh)
    assert file.name in MEANT or [each for each in fresh if each.severity > Severity.NOTE] == []


# --- codes


@cache
def code_box() -> tuple[int, Box]:
    made = drawn("leaflet9")
    assert made.display is not None and made.leaflet is not None
    (thing,) = [
        thing
        for page in read_pages(made.display, made.leaflet).pages
        for thing in page.things
        if thing.kind == "code"
    ]
    return thing.page, thing.box


def test_what_was_read_from_the_page_is_in_the_sheet() -> None:
    page, box = code_box()
    site = "http://www.bango-iranai.net/"
    sheet, found = checked("leaflet9", (Decoded(page, box, site), Decoded(2, box, "else")))
    (row,) = [row for row in sheet.rows if row.kind == "code"]
    assert (row.read, row.fact) == (site, "site") and found == []


def test_a_code_that_says_something_else_on_paper() -> None:
    page, box = code_box()
    _, found = checked("leaflet9", (Decoded(page, box, "http://www.bango-iranai.net/old"),))
    (wrong,) = found
    assert wrong.code == "facts.code-read" and wrong.severity is Severity.ERROR
    assert wrong.values["right"] == "http://www.bango-iranai.net/"


def test_a_whole_build_reads_the_codes_of_the_rendered_press_file(tmp_path: Path) -> None:
    code, said, err = build("leaflet9", "--out", str(tmp_path), "--json", "--lang", "en")
    assert code == 0, err
    (leaflet,) = said["leaflets"]
    assert [each for each in leaflet["findings"] if each["code"].startswith("facts.")] == []
    sheet = json.loads((tmp_path / "leaflet9" / "leaflet9-facts.json").read_text("utf-8"))
    (code_row,) = [row for row in sheet["rows"] if row["kind"] == "code"]
    assert code_row["read"] == code_row["printed"] == "http://www.bango-iranai.net/"
    others = [row for row in sheet["rows"] if row["kind"] != "code"]
    assert others and all("read" not in row for row in others)


@pytest.mark.parametrize(("lang", "said"), [("ja", "祝日ではありません"), ("en", "is no holiday")])
def test_a_wrong_fact_stops_the_build_and_is_told_as_json(
    lang: str, said: str, tmp_path: Path
) -> None:
    folder = tmp_path / "leaflet9"
    shutil.copytree(ROOT / "leaflets" / "leaflet9", folder)
    file = folder / "leaflet.yaml"
    text = file.read_text("utf-8").replace("2017年11月８日", "2017年11月８日（水・祝）")
    file.write_text(text, "utf-8")
    out = str(tmp_path / "out")
    code, result, _ = build(str(folder), "--out", out, "--json", "--lang", lang)
    (leaflet,) = result["leaflets"]
    (wrong,) = [each for each in leaflet["findings"] if each["code"].startswith("facts.")]
    assert code == 1 and said in wrong["message"] and wrong["severity"] == "error"
    line = text.split("\n")[wrong["line"] - 1]
    assert line[wrong["column"] - 1 :].startswith("2017年11月８日（水・祝）") and wrong["hints"]


def test_a_silence_with_a_reason_works_from_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "leaflet9"
    shutil.copytree(ROOT / "leaflets" / "leaflet9", folder)
    file = folder / "leaflet.yaml"
    head = "lint:\n  off:\n    shortened-names: 通称として使う\n    half-brackets: 原文のまま\n"
    file.write_text(file.read_text("utf-8").replace("\npages:\n", f"\n{head}pages:\n", 1), "utf-8")
    code, result, err = build(str(folder), "--out", str(tmp_path / "out"), "--json", "--lang", "en")
    assert code == 0, err
    rules = {
        each["lint"].get("rule") for each in result["leaflets"][0]["findings"] if "lint" in each
    }
    assert rules.isdisjoint({"shortened-names", "half-brackets"}) and "near-names" in rules


# --- holidays


def holiday_notes(text: str, tmp_path: Path, day: str = "2026-03-01") -> list[Diagnostic]:
    (tmp_path / "leaflet.yaml").write_text(
        f"bira: 1\ntitle: 見本\ndate: {day}\nstyle: ai-shu\npages:\n  - layout: inside\n    body:\n      - text: {text}\n",
        "utf-8",
    )
    reporter = Reporter()
    made = draw(tmp_path, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), reporter)
    assert made.display is not None and made.leaflet is not None
    fresh = Reporter()
    check_facts(read_pages(made.display, made.leaflet), made.leaflet, fresh)
    return list(fresh)


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("2026年5月4日（月・祝）に", "", None),
        ("2026年5月6日（水・休）に", "", None),
        ("2026年5月6日（水・振休）に", "", None),
        ("５月４日（月）に", "facts.holiday", Severity.NOTE),
        ("2026年5月3日（日）に", "", None),
        ("2026年5月7日（木・祝）に", "facts.no-holiday", Severity.ERROR),
        ("５月７日（祝）に", "facts.no-holiday", Severity.ERROR),
        ("2021年7月22日（木・祝）に", "", None),
        ("2021年7月19日（月・祝）に", "facts.no-holiday", Severity.ERROR),
    ],
)
def test_holidays(text: str, code: str, severity: Severity | None, tmp_path: Path) -> None:
    """海の日 was moved in 2021; a day off after a holiday on Sunday counts."""
    found = [(each.code, each.severity) for each in holiday_notes(text, tmp_path)]
    assert found == ([(code, severity)] if code else [])
