"""The outputs of a build: each file by itself, all of them together or none, the folder kept clean."""

import errno
import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from running import ROOT, bira, change, files_below

from layout.cli import files, outputs
from layout.cli.arguments import DEFAULT, OUTPUTS
from layout.cli.targets import file_stem
from layout.cli.texts import text


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Leaflet 9 to change."""
    folder = tmp_path / "mine"
    shutil.copytree(ROOT / "leaflets" / "leaflet9", folder)
    return folder / "leaflet.yaml"


def pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def test_every_output_has_a_maker_a_stage_and_a_line_in_the_help() -> None:
    assert {*outputs.MAKERS, outputs.PROOF} == set(OUTPUTS)
    assert set(outputs.LATE) < set(OUTPUTS)
    for kind in OUTPUTS:
        for lang in ("ja", "en"):
            assert text(f"stage-{kind}", lang)
            assert kind in text("help", lang)


def test_single_pages_and_sheets(tmp_path: Path) -> None:
    said = bira("leaflet9", "--only", "a3,singles", "--only=press", "--out", tmp_path, "--json")
    assert said.code == 0, said.err
    singles = [f"leaflet9/leaflet9-press-p{n}.pdf" for n in (1, 2, 3, 4)]
    assert files_below(tmp_path) == sorted(
        ["leaflet9/leaflet9-press.pdf", "leaflet9/leaflet9-a3.pdf", *singles]
    )
    assert [o["kind"] for o in said.leaflet["outputs"]] == ["press"] + ["singles"] * 4 + ["a3"]
    assert [o["pages"] for o in said.leaflet["outputs"]] == [4, 1, 1, 1, 1, 2]
    for output in said.leaflet["outputs"]:
        data = Path(output["path"]).read_bytes()
        assert (len(data), sha256(data).hexdigest()) == (output["bytes"], output["sha256"])
        assert pages(Path(output["path"])) == output["pages"]


def test_a_page_alone_says_which_page_it_is(tmp_path: Path) -> None:
    """Its job line counts in the whole leaflet; the painted words are those of the whole file."""
    assert bira("leaflet9", "--only", "press,singles", "--out", tmp_path).code == 0
    folder = tmp_path / "leaflet9"
    with pikepdf.open(folder / "leaflet9-press.pdf") as whole:
        for number, page in enumerate(whole.pages, start=1):
            with pikepdf.open(folder / f"leaflet9-press-p{number}.pdf") as single:
                assert len(single.pages) == 1
                for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
                    assert list(single.pages[0][box]) == list(page[box])
                lines = [len(p.Contents.read_bytes()) for p in (single.pages[0], page)]
                assert abs(lines[0] - lines[1]) <= 200, "but for the codes of its own subset"


def test_without_a_choice_the_press_file_is_judged_as_printed_too(tmp_path: Path) -> None:
    full = bira("leaflet9", "--out", tmp_path / "a", "--json").leaflet
    quick = bira("leaflet9", "--only", "press", "--out", tmp_path / "b", "--json").leaflet
    assert "render" in full["stages"] and "render" not in quick["stages"]
    assert "check" in full["stages"] and "check" in quick["stages"]
    assert [o["kind"] for o in quick["outputs"]] == ["press"]
    assert {o["kind"] for o in full["outputs"]} == set(DEFAULT)
    assert full["outputs"][0]["sha256"] == quick["outputs"][0]["sha256"]


def test_the_press_file_alone_loads_nothing_that_renders(tmp_path: Path) -> None:
    said = bira("leaflet9", "--only", "press", "--out", tmp_path, python=("-X", "importtime"))
    loaded = {line.rsplit("|", 1)[-1].strip() for line in said.err.splitlines()}
    assert "layout.backends.pdf" in loaded
    heavy = {"pypdfium2", "zxingcpp", "PIL.ImageCms", "zipfile"}
    ours = {
        "layout.preflight.rendered",
        "layout.inks",
        "layout.backends.pack",
        "layout.cli.checking",
    }
    assert loaded.isdisjoint(heavy | ours | {"layout.display.impose"})


@pytest.mark.parametrize("kind", ["a3", "singles", "plates", "mono", "two-inks", "riso"])
def test_any_output_can_be_had_alone_and_again(tmp_path: Path, kind: str) -> None:
    first = bira("leaflet9", "--only", kind, "--out", tmp_path / "a", "--json")
    assert first.code == 0, first.err
    assert {o["kind"] for o in first.leaflet["outputs"]} == {kind}
    assert not (tmp_path / "a/leaflet9/leaflet9-press.pdf").exists()
    again = bira("leaflet9", "--only", kind, "--out", tmp_path / "b", "--json", PYTHONHASHSEED="77")
    digests = [[o["sha256"] for o in said.leaflet["outputs"]] for said in (first, again)]
    assert digests[0] == digests[1], "the same bytes"
    for output in first.leaflet["outputs"]:
        name = Path(output["path"]).name
        assert name.isascii() and name.startswith("leaflet9-")


def test_plates_are_pictures_of_every_ink(tmp_path: Path) -> None:
    from PIL import Image

    assert bira("leaflet9", "--only", "plates", "--out", tmp_path).code == 0
    made = files_below(tmp_path / "leaflet9" / "plates")
    assert made == sorted(
        f"leaflet9-p{n}-{what}.png"
        for n in (1, 2, 3, 4)
        for what in ("Cyan", "Magenta", "Yellow", "Black", "ink", "preview")
    )
    with Image.open(tmp_path / "leaflet9/plates/leaflet9-p1-Black.png") as black:
        extrema = black.convert("L").getextrema()
    assert extrema == (0, 255)


# --- profiles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "version"), [("x1a", "1.3"), ("x1a-2003", "1.4"), ("x4", "1.6"), ("raksul", "1.3")]
)
def test_the_profile_decides_what_is_written(tmp_path: Path, profile: str, version: str) -> None:
    said = bira("leaflet9", "--only", "press", "--profile", profile, "--out", tmp_path)
    assert said.code == 0, said.err
    with pikepdf.open(tmp_path / "leaflet9/leaflet9-press.pdf") as pdf:
        assert pdf.pdf_version == version


def test_a_leaflet_names_its_shop_and_the_command_line_wins(copy: Path, tmp_path: Path) -> None:
    change(copy, "style: ai-shu", "style: ai-shu\nshop: x4")
    for argv, version in ((), "1.6"), (("--profile", "x1a"), "1.3"):
        said = bira(copy, "--only", "press", "--out", tmp_path / "out", *argv)
        assert said.code == 0, said.err
        (made,) = (tmp_path / "out").rglob("*.pdf")
        with pikepdf.open(made) as pdf:
            assert pdf.pdf_version == version


def test_a_shop_that_does_not_exist_is_told_at_its_place(copy: Path, tmp_path: Path) -> None:
    change(copy, "style: ai-shu", "style: ai-shu\nshop: raksull")
    said = bira(copy, "--out", tmp_path / "out", "--json")
    assert said.code == 1 and not (tmp_path / "out").exists()
    (found,) = [f for f in said.leaflet["findings"] if f["severity"] == "error"]
    assert (found["code"], found["line"], found["column"]) == ("profile.unknown", 8, 7)
    assert any("raksul" in hint for hint in found["hints"])


def test_a_profile_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    said = bira("leaflet9", "--profile", "raksull", "--out", tmp_path / "out")
    assert said.code == 2 and "Did you mean `raksul`?" in said.err and "x4" in said.err
    assert not (tmp_path / "out").exists()


# --- together or not at all --------------------------------------------------------------


def test_errors_keep_every_file_of_the_last_good_build(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert bira(copy, "--only", "press,a3", "--out", out).code == 0
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    change(copy, "style: ai-shu", "style: ai-shuu")
    said = bira(copy, "--only", "press,a3", "--out", out, "--json")
    assert said.code == 1 and said.leaflet["outputs"] == []
    kept = {Path(path).name for path in said.leaflet["kept"]}
    assert kept == {"mine-press.pdf", "mine-a3.pdf"}
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


class Disk:
    """Refuses the n-th renaming, as a viewer that holds a file open would."""

    def __init__(self, refused: int) -> None:
        self.count, self.refused, self.replace = 0, refused, os.replace

    def __call__(self, source: Any, target: Any) -> None:
        self.count += 1
        if self.count == self.refused:
            raise PermissionError(errno.EACCES, "Permission denied")
        self.replace(source, target)


@pytest.mark.parametrize("links", [True, False], ids=["links", "no-links"])
@pytest.mark.parametrize("refused", [1, 2, 3])
def test_all_files_are_replaced_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: int, links: bool
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old " + name.encode())
    if not links:

        def refuse(*_: object) -> None:
            raise OSError(errno.EPERM, "no links here")

        monkeypatch.setattr(os, "link", refuse)
    new = {tmp_path / name: b"new " + name.encode() for name in ("a", "b", "c")}
    monkeypatch.setattr(os, "replace", Disk(refused))
    with pytest.raises(PermissionError):
        files.write_all(new)
    left = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert left == {"a": b"old a", "b": b"old b"}
    monkeypatch.undo()
    files.write_all(new, [tmp_path / "gone"])
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        name: b"new " + name.encode() for name in ("a", "b", "c")
    }


def test_pages_that_are_no_more_go_with_the_old_build(copy: Path, tmp_path: Path) -> None:
    """A leaflet that became shorter leaves no page behind that somebody could send."""
    out = tmp_path / "out"
    assert bira(copy, "--only", "press,singles", "--out", out).code == 0
    assert (out / "mine/mine-press-p4.pdf").exists()
    source = copy.read_text(encoding="utf-8")
    last = source.rindex("  - layout:")
    copy.write_text(source[:last], encoding="utf-8")
    (out / "mine/mine-press-p9.pdf").write_bytes(b"somebody else's")
    said = bira(copy, "--only", "singles", "--out", out)
    assert said.code == 0, said.err
    assert files_below(out) == [
        "mine/mine-press-p1.pdf",
        "mine/mine-press-p2.pdf",
        "mine/mine-press-p3.pdf",
        "mine/mine-press-p9.pdf",
        "mine/mine-press.pdf",
    ]


def test_a_page_that_somebody_changed_is_left_alone(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert bira(copy, "--only", "singles", "--out", out).code == 0
    (out / "mine/mine-press-p4.pdf").write_bytes(b"changed by hand")
    source = copy.read_text(encoding="utf-8")
    copy.write_text(source[: source.rindex("  - layout:")], encoding="utf-8")
    assert bira(copy, "--only", "singles", "--out", out).code == 0
    assert (out / "mine/mine-press-p4.pdf").read_bytes() == b"changed by hand"


@pytest.mark.parametrize(
    "memory",
    [b"", b"{", b"[]", b'{"bira": 1}', b'{"bira": 1, "files": [{"name": "../x"}]}', b"\xff"],
)
def test_a_spoilt_memory_is_no_memory(tmp_path: Path, memory: bytes) -> None:
    folder = tmp_path / "leaflet9" / ".bira"
    folder.mkdir(parents=True)
    (folder / "places.json").write_bytes(memory)
    assert bira("leaflet9", "--only", "press", "--out", tmp_path).code == 0
    assert b"leaflet9-press.pdf" in (folder / "places.json").read_bytes()


def test_a_memory_that_points_elsewhere_removes_nothing(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_bytes(b"mine")
    digest = sha256(b"mine").hexdigest()
    folder = tmp_path / "leaflet9" / ".bira"
    folder.mkdir(parents=True)
    for name in ("../mine.txt", str(mine)):
        entry = f'{{"kind": "press", "name": "{name}", "sha256": "{digest}"}}'
        (folder / "places.json").write_text(f'{{"bira": 1, "files": [{entry}]}}')
        assert bira("leaflet9", "--only", "press", "--out", tmp_path).code == 0
        assert mine.read_bytes() == b"mine"


# --- names -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("leaflet9", "leaflet9"),
        ("わたしの リーフ 9", "leaflet-9"),
        ("春の号", "leaflet"),
        ("ＬＥＡＦ９", "LEAF9"),
        ("leaf 秋 2", "leaf-2"),
        ("a_b.c-d", "a_b.c-d"),
        ("...", "leaflet"),
        ("ça", "a"),
        ("x/y", "x-y"),
        ("9", "9"),
    ],
)
def test_files_have_names_that_print_shops_take(name: str, stem: str) -> None:
    assert file_stem(name) == stem
