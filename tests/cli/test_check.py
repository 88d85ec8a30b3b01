"""``build.py check``: any PDF, ours or not, judged with places, lines and exit codes."""

import contextlib
import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from running import ROOT, Said, bira, change

from layout.cli.main import main

MM = 72 / 25.4
MARGIN = 13  # mm of paper outside the trim


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of leaflet 9: press file, single pages, sheets."""
    out = tmp_path_factory.mktemp("out")
    said = bira("leaflet9", "--only", "press,singles,a3", "--out", out)
    assert said.code == 0, said.err
    return out / "leaflet9"


@pytest.fixture
def press(built: Path) -> Path:
    return built / "leaflet9-press.pdf"


def spoilt(press: Path, path: Path, spoil: Callable[[pikepdf.Pdf], None]) -> Path:
    with pikepdf.open(press) as pdf:
        spoil(pdf)
        pdf.save(path, static_id=True)
    return path


def paint(number: int, operators: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Something painted over a page."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[number - 1].contents_add(pdf.make_stream(b"q " + operators + b" Q"))

    return spoil


def one(said: Said) -> Any:
    (file,) = said.json["files"]
    return file


def codes(file: Any, severity: str = "error") -> set[str]:
    return {f["code"] for f in file["findings"] if f["severity"] == severity}


# --- verdicts ----------------------------------------------------------------------------


def test_our_own_press_file_passes(press: Path) -> None:
    said = bira("check", press, "--json")
    file = one(said)
    assert (said.code, file["exit"], codes(file)) == (0, 0, set())
    assert file["ours"] and file["profile"] == "x1a" and file["changed"] == []
    assert {"check", "render"} <= set(file["stages"])
    facts = file["facts"]
    assert facts["flavour"] == "PDF/X-1a:2001" and len(facts["pages"]) == 4


def test_single_pages_and_sheets_pass_too(built: Path) -> None:
    files = sorted(built.glob("*.pdf"))
    assert len(files) == 6
    said = bira("check", *files, "--json")
    assert said.code == 0, said.err
    assert [file["ours"] for file in said.json["files"]] == [True] * 6


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_terminal_tells_what_the_file_is_and_the_verdict(press: Path, lang: str) -> None:
    said = bira("check", press, "--lang", lang)
    assert said.code == 0
    first, last = said.out.strip().splitlines()[0], said.out.strip().splitlines()[-1]
    assert "PDF/X-1a:2001" in first and "210×297 mm" in first
    assert str(press.name) in last
    assert ("問題ありません" if lang == "ja" else "nothing wrong") in last or (
        "注意" if lang == "ja" else "warning"
    ) in last


def test_a_fault_in_another_program_s_file_has_page_and_place(press: Path, tmp_path: Path) -> None:
    """RGB, 50 mm from the left and 100 mm from the top of page 2."""
    x, y = (MARGIN + 50) * MM, (MARGIN + 297 - 110) * MM
    red = f"1 0 0 rg {x:.3f} {y:.3f} {20 * MM:.3f} {10 * MM:.3f} re f".encode()
    said = bira("check", spoilt(press, tmp_path / "rgb.pdf", paint(2, red)), "--json")
    file = one(said)
    assert said.code == file["exit"] == 1 and not file["ours"]
    placed = [f for f in file["findings"] if f["severity"] == "error" and f.get("place")]
    assert placed, file["findings"]
    near = [
        f
        for f in placed
        if f["page"] == 2 and abs(f["place"]["x"] - 50) < 1 and abs(f["place"]["y"] - 100) < 1
    ]
    assert near and all(f["hints"] and f["line"] == 0 for f in near)


def test_the_place_is_said_on_the_terminal_in_both_languages(press: Path, tmp_path: Path) -> None:
    x, y = (MARGIN + 50) * MM, (MARGIN + 297 - 110) * MM
    red = f"1 0 0 rg {x:.3f} {y:.3f} {20 * MM:.3f} {10 * MM:.3f} re f".encode()
    file = spoilt(press, tmp_path / "rgb.pdf", paint(2, red))
    english = bira("check", file).err
    assert "place: page 2, 50.0 mm from the left and 100.0 mm from the top" in english
    japanese = bira("check", file, "--lang", "ja").err
    assert "場所: 2ページ、仕上がりの左から 50.0 mm、上から 100.0 mm" in japanese
    assert "このままでは入稿できません" in japanese


def test_a_page_without_trim_box_is_refused(press: Path, tmp_path: Path) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[1]["/TrimBox"]

    said = bira("check", spoilt(press, tmp_path / "boxes.pdf", spoil))
    assert said.code == 1 and "error[" in said.err


def test_a_pdf_of_quite_another_program(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=210 * MM, height=297 * MM)
    page.insert_text((100, 100), "a letter")
    document.save(tmp_path / "letter.pdf")
    said = bira("check", tmp_path / "letter.pdf", "--json")
    assert said.code == 1 and codes(one(said))


@pytest.mark.parametrize("content", [b"", b"no PDF at all", b"%PDF-1.4\nbroken"])
def test_what_is_no_pdf_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    said = bira("check", tmp_path / "x.pdf", "--json")
    assert said.code == 2 and codes(one(said))
    assert "x.pdf" in said.err


def test_a_locked_pdf_cannot_be_read(press: Path, tmp_path: Path) -> None:
    with pikepdf.open(press) as pdf:
        pdf.save(tmp_path / "x.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    assert bira("check", tmp_path / "x.pdf").code == 2


def test_several_files_and_the_worst_verdict(press: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"no PDF")
    said = bira("check", press, tmp_path / "x.pdf", press, "--json")
    assert said.code == said.json["exit"] == 2
    assert [file["exit"] for file in said.json["files"]] == [0, 2], "each file once"


# --- profiles ----------------------------------------------------------------------------


def test_a_shop_judges_by_its_own_figures(press: Path) -> None:
    assert bira("check", press, "--profile", "raksul").code == 0
    said = bira("check", press, "--profile", "x4", "--json")
    assert said.code == 1 and one(said)["profile"] == "x4"


def test_a_file_of_ours_is_judged_by_what_it_was_written_for(tmp_path: Path) -> None:
    assert bira("leaflet9", "--only", "press", "--profile", "x4", "--out", tmp_path).code == 0
    file = one(bira("check", tmp_path / "leaflet9/leaflet9-press.pdf", "--json"))
    assert (file["profile"], codes(file)) == ("x4", set())


def test_an_unknown_profile(press: Path) -> None:
    said = bira("check", press, "--profile", "raksll")
    assert said.code == 2 and "raksul" in said.err


# --- the line of the YAML ----------------------------------------------------------------


@pytest.fixture
def strict(tmp_path: Path) -> Path:
    """A project of one's own, with a shop that takes no type under 8 points."""
    root = tmp_path / "project"
    root.mkdir()
    shutil.copytree(ROOT / "leaflets", root / "leaflets")
    os.symlink(ROOT / "fonts", root / "fonts")
    (root / "profiles").mkdir()
    (root / "profiles" / "strict.yaml").write_text(
        "bira-profile: 1\nbase: x1a\nlabel: きびしい店\ntype-least-pt: 8\ntype-small-pt: 8\n"
        "reversed-type-small-pt: 8\n",
        encoding="utf-8",
    )
    return root


def run(root: Path, *argv: object) -> tuple[int, Any]:
    """In this process, because the project's folder is the program's argument."""
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        code = main([*map(str, argv), "--json", "--lang", "en"], root)
    return code, json.loads(said.getvalue())


def test_findings_in_our_own_file_name_the_line(strict: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(strict)
    assert run(strict, "leaflet9", "--only", "press")[0] == 0
    code, data = run(strict, "check", "out/leaflet9/leaflet9-press.pdf", "--profile", "strict")
    assert code == 1
    (file,) = data["files"]
    small = [f for f in file["findings"] if f["severity"] == "error"]
    assert small
    source = (strict / "leaflets/leaflet9/leaflet.yaml").read_text(encoding="utf-8").split("\n")
    for found in small:
        assert found["line"] > 0, found
        assert found["pdf"] == "out/leaflet9/leaflet9-press.pdf" and found["place"]
    captions = [f for f in small if f["file"] == "leaflets/leaflet9/leaflet.yaml"]
    assert any("caption" in source[f["line"] - 1] for f in captions)


def test_a_changed_source_is_told(strict: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(strict)
    assert run(strict, "leaflet9", "--only", "press")[0] == 0
    change(strict / "leaflets/leaflet9/leaflet.yaml", "title:", "# a new line\ntitle:")
    _, data = run(strict, "check", "out/leaflet9/leaflet9-press.pdf")
    assert data["files"][0]["changed"] == ["leaflets/leaflet9/leaflet.yaml"]


def test_a_file_that_was_changed_is_not_ours_any_more(press: Path, built: Path) -> None:
    path = built / "changed.pdf"
    path.write_bytes(press.read_bytes() + b"\n")
    try:
        assert not one(bira("check", path, "--json"))["ours"]
    finally:
        path.unlink()


def test_a_moved_folder_still_knows_its_lines(strict: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(strict)
    assert run(strict, "leaflet9", "--only", "press")[0] == 0
    moved = strict.rename(strict.with_name("moved"))
    monkeypatch.chdir(moved)
    code, data = run(moved, "check", "out/leaflet9/leaflet9-press.pdf", "--profile", "strict")
    assert code == 1
    lines = [f for f in data["files"][0]["findings"] if f["severity"] == "error"]
    assert lines and all(f["line"] and f["file"].startswith("leaflets/") for f in lines)
    assert data["files"][0]["changed"] == []


# --- the page with pictures --------------------------------------------------------------


def test_the_report_is_one_page_that_needs_nothing_else(press: Path, tmp_path: Path) -> None:
    page = tmp_path / "found" / "page.html"
    said = bira("check", press, "--report", page, "--json", "--lang", "ja")
    assert said.code == 0 and said.json["report"] == str(page)
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>") and 'lang="ja"' in html
    assert "leaflet9-press.pdf" in html and html.count("data:image/") >= 4
    assert "http://" not in html.replace("http://www.bango-iranai.net/", "")
    assert 'src="data:' in html and "<link" not in html


def test_a_report_that_cannot_be_written(press: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    said = bira("check", press, "--report", tmp_path / "file" / "page.html")
    assert said.code == 3 and "Cannot write" in said.err


# --- wrong use ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["check"], ["Say which PDF"]),
        (["check", "no.pdf"], ["no file no.pdf"]),
        (["check", "leaflet9"], ["leaflet9 is a leaflet or a folder"]),
        (["check", "leaflets"], ["is a leaflet or a folder"]),
        (["check", "x.pdf", "--only", "press"], ["--only", "does not go with `check`"]),
        (["check", "x.pdf", "--pack"], ["--pack", "does not go with `check`"]),
        (["check", "x.pdf", "--out", "y"], ["--out", "does not go with `check`"]),
        (["leaflet9", "--report", "x.html"], ["--report", "goes with `check`"]),
        (["check", "x.pdf", "--report"], ["value after `--report`"]),
        (["check", "x.pdf", "--report="], ["value after `--report`"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use(argv: list[str], words: list[str]) -> None:
    said = bira(*argv)
    assert said.code == 2 and said.out == ""
    for word in words:
        assert word in said.err.replace("is for building, not for", "not for")


def test_a_leaflet_called_check_is_built_by_its_folder(strict: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(strict)
    shutil.copytree(strict / "leaflets/leaflet9", strict / "leaflets/check")
    code, data = run(strict, "check")
    assert code == 2 and "leaflets/check" in data["problem"]
    code, data = run(strict, "leaflets/check", "--only", "press")
    assert code == 0 and data["leaflets"][0]["name"] == "check"


def test_a_name_that_is_nearly_a_pdf(press: Path, tmp_path: Path) -> None:
    shutil.copy(press, tmp_path / "leaflet9-press.pdf")
    said = bira("check", "leaflet9-pres.pdf", cwd=tmp_path)
    assert said.code == 2 and "Did you mean `leaflet9-press.pdf`?" in said.err
