"""Every group's own edition, from the command line to finished files."""

import json
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from layout.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
LEAFLETS = ROOT / "leaflets"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the project's data in which leaflet9 has no editions."""
    shutil.copytree(LEAFLETS, tmp_path / "leaflets")
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    return tmp_path


def write(root: Path, text: str, name: str = "editions.yaml", encoding: str = "utf-8") -> Path:
    file = root / "leaflets" / "leaflet9" / name
    file.write_text(text, encoding=encoding)
    return file


def pdf_text(file: Path) -> str:
    """The text of all pages as pdfium reads it."""
    pages = pypdfium2.PdfDocument(file)
    return "".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "")


def build(
    root: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, list[dict[str, object]]]:
    arguments = ["leaflet9", "--editions", "all", "--only", "press", "--unchecked", "--json"]
    code = main([*arguments, "--out", str(root / "out"), *more], root)
    return code, json.loads(capsys.readouterr().out)["leaflets"]


TWO = """
bira-editions: 1
editions:
  kita:
    label: 北版
    facts:
      phone: 03-0000-0001
      furikae:
        holder: 北の会
    colours:
      ai: {cmyk: [0, 80, 90, 20]}
  minami:
    title: みなみの題
    facts: {mail: minami@example.jp}
"""


def test_each_edition_has_its_own_facts_and_the_rest_of_the_leaflet(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, TWO)
    code, results = build(root, capsys)
    assert code == 0
    assert [each["edition"] for each in results] == ["kita", "minami"]
    north = root / "out/leaflet9/kita/leaflet9-kita-press.pdf"
    south = root / "out/leaflet9/minami/leaflet9-minami-press.pdf"
    own = {north: pdf_text(north), south: pdf_text(south)}
    assert "03-0000-0001" in own[north]
    assert "080-5052-0270" not in own[north]
    assert "【口座名称】北の会" in own[north]
    assert "minami@example.jp" in own[south]
    assert "080-5052-0270" in own[south]
    for text in own.values():
        assert "個人情報の利用が促進される" in text or "デジタル庁構想" in text
    with pikepdf.open(south) as pdf:
        assert pdf.docinfo["/Title"] == "みなみの題"


def test_what_fails_is_told_with_its_place_and_stops_no_other(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(root, TWO + "  higashi:\n    facts: {fone: 03-0000-0003}\n  nishi: {}\n")
    code, results = build(root, capsys)
    assert code == 1
    assert {each["edition"]: each["exit"] for each in results} == {
        "kita": 0, "minami": 0, "higashi": 1, "nishi": 0,
    }  # fmt: skip
    (found,) = [f for f in results[2]["findings"] if f["severity"] == "error"]  # type: ignore[attr-defined]
    assert (found["code"], Path(found["file"]).name) == ("edition.unknown-fact", file.name)
    assert (found["line"], found["column"]) == (16, 13)
    assert not (root / "out/leaflet9/higashi").exists()


def test_a_table_of_a_spreadsheet_does_the_same(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "版,label,facts.phone,facts.furikae.holder\nkita,北版,03-0000-0001,北の会\nminami,,,\n"
    write(root, rows, "editions.csv", "cp932")
    code, results = build(root, capsys)
    assert code == 0
    assert [each["edition"] for each in results] == ["kita", "minami"]
    text = pdf_text(root / "out/leaflet9/kita/leaflet9-kita-press.pdf")
    assert "03-0000-0001" in text
    assert "【口座名称】北の会" in text


@pytest.mark.parametrize(
    ("rows", "code", "line", "column"),
    [
        ("label\n北\n", "edition.no-name-column", 1, 1),
        ("版,facts.fone\nkita,03-0000-0001\n", "edition.unknown-fact", 1, 3),
        ("版,fact.phone\nkita,03-0000-0001\n", "edition.unknown-column", 1, 3),
        ("版,facts.phone\nkita,03\n", "facts.phone", 2, 6),
        ("版,label\nkita,a\nKITA,b\n", "edition.twice", 3, 1),
        ("版,label\n../x,a\n", "edition.bad-name", 2, 1),
        ("版,label\nnul,a\n", "edition.bad-name", 2, 1),
        ("版,label\n,a\n", "edition.nameless", 2, 1),
        ('版,label\nkita,"a\n', "edition.csv-quote", 2, 6),
        ("", "edition.empty", 0, 0),
    ],
)
def test_faults_of_a_table_have_their_place(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    rows: str,
    code: str,
    line: int,
    column: int,
) -> None:
    write(root, rows, "editions.csv")
    _, results = build(root, capsys)
    errors = [
        (f["code"], f["line"], f["column"])
        for each in results
        for f in each["findings"]  # type: ignore[attr-defined]
        if f["severity"] == "error"
    ]
    assert errors == [(code, line, column)]


def test_blocks_are_exchanged_and_left_out_by_their_ids(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = root / "out"
    arguments = ["bosai-yube", "--editions", "kita", "--only", "press", "--out", str(out)]
    assert main(arguments, root) == 0
    text = pdf_text(out / "bosai-yube/kita/bosai-yube-kita-press.pdf")
    assert "北町の坂道を、みんなで歩きます。" in text
    assert "暗くなる町を" not in text
    file = root / "leaflets/bosai-yube/editions.yaml"
    file.write_text("bira-editions: 1\neditions:\n  nai:\n    leave-out: [yugure, yugue]\n")
    assert main([*arguments[:2], "nai", *arguments[3:]], root) == 1
    said = capsys.readouterr().err
    assert "edition.unknown-block" in said
    assert "`yugure`" in said or "「yugure」" in said


def test_large_print_is_the_whole_text_laid_anew(root: Path) -> None:
    out = root / "out"
    arguments = ["bosai-yube", "--editions", "kakudai", "--only", "press", "--out", str(out)]
    assert main(arguments, root) == 0
    assert main(["bosai-yube", "--only", "press", "--out", str(out)], root) == 0
    large = out / "bosai-yube/kakudai/bosai-yube-kakudai-press.pdf"
    usual = out / "bosai-yube/bosai-yube-press.pdf"
    assert sorted(words(large)) == sorted(words(usual))
    with pikepdf.open(large) as pdf, pikepdf.open(usual) as small:
        assert len(pdf.pages) > len(small.pages)
        assert pdf.pages[0].trimbox == small.pages[0].trimbox


def words(file: Path) -> str:
    return "".join(pdf_text(file).split())


def test_serial_and_parallel_builds_give_the_same_bytes(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"  e{n}:\n    facts: {{phone: 03-0000-{n:04}}}\n" for n in range(18))
    write(root, "bira-editions: 1\neditions:\n" + rows)
    digests = []
    for workers in (1, 3):
        monkeypatch.setattr("layout.cli.editions.processors", lambda count=workers: count)
        code, results = build(root, capsys, "--out", str(root / f"out{workers}"))
        assert code == 0
        digests.append([out["sha256"] for each in results for out in each["outputs"]])  # type: ignore[attr-defined]
    assert digests[0] == digests[1]
    assert len(set(digests[0])) == 18


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["leaflet9", "--editions", "all"], "editions.yaml"),
        (["bosai-yube", "--editions", "kitaa"], "kita"),
        (["bosai-yube", "--editions", "all", "--stage", "初校"], "--stage"),
        (["bosai-yube", "--unchecked"], "--only press"),
    ],
)
def test_wrong_use_is_explained(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main([*arguments, "--out", str(root / "out")], root) == 2
    assert said in capsys.readouterr().err
