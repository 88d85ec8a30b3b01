"""``build.py check`` with accessible files."""

from pathlib import Path

import pytest

from tests.accessible.making import HERE
from tests.cli.running import bira

GOOD = HERE / "base" / "asaichi.pdf"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    from tests.preflight.spoiling import changed

    def spoil(pdf: object) -> None:
        pdf.Root.ViewerPreferences.DisplayDocTitle = False  # type: ignore[attr-defined]

    path = tmp_path / "bad.pdf"
    path.write_bytes(changed(GOOD.read_bytes(), spoil))
    return path


def test_a_file_that_claims_it_is_judged_by_itself() -> None:
    said = bira("check", GOOD)
    assert said.code == 0
    assert "accessible as far as a machine can tell" in said.err + said.out
    assert "PDF/UA-1" in said.err + said.out


def test_a_fault_is_told_with_its_remedy(bad: Path) -> None:
    said = bira("check", bad, "--lang", "ja")
    assert said.code == 1
    assert "ua.07.false" in said.err and "文書のタイトルを表示" in said.err
    assert "正しく読み上げられません" in said.err


def test_json_names_the_findings(bad: Path) -> None:
    (file,) = bira("check", bad, "--profile", "pdfa", "--json").json["files"]
    assert file["profile"] == "pdfa"
    assert [found["code"] for found in file["findings"]] == ["ua.07.false"]
    assert file["facts"]["flavour"] == "PDF/UA-1、PDF/A-2a"


def test_it_can_be_asked_for_as_a_press_file_or_the_other_way_round(bad: Path) -> None:
    (file,) = bira("check", GOOD, "--profile", "office", "--json").json["files"]
    assert not [found for found in file["findings"] if found["code"].startswith("ua.")]


def test_the_report_tells_by_what_it_was_judged(bad: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert bira("check", bad, "--report", page, "--lang", "ja").code == 1
    text = page.read_text("utf-8")
    assert "読み上げ（PDF/UA-1）" in text and "DisplayDocTitle" in text


def test_it_is_no_shop_of_a_leaflet() -> None:
    said = bira("leaflet9", "--profile", "pdfua")
    assert said.code == 2 and "pdfua" in said.err
