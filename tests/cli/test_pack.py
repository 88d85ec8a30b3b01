"""The submission pack (入稿セット): what is in it, that it is true, and the same again."""

import hashlib
import json
import shutil
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pymupdf
import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from running import ROOT, bira, change, files_below

from layout.backends.pack import checksums, japanese_text, write_zip

FOLDER = "leaflet9-pack"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of ``build.py leaflet9 --pack``."""
    out = tmp_path_factory.mktemp("out")
    said = bira("leaflet9", "--pack", "--out", out)
    assert said.code == 0, said.err
    return out / "leaflet9"


@pytest.fixture(scope="module")
def pack(packed: Path) -> dict[str, bytes]:
    """Name without folder → content."""
    with ZipFile(packed / "leaflet9-pack.zip") as archive:
        assert archive.testzip() is None
        return {n.removeprefix(f"{FOLDER}/"): archive.read(n) for n in archive.namelist()}


def told(pack: dict[str, bytes], name: str) -> str:
    data = pack[name]
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def value(sheet: str, label: str) -> str:
    (line,) = [line for line in sheet.split("\n") if line.startswith(f"  {label} ")]
    return line.strip().removeprefix(label).strip()


def test_the_pack_stands_beside_the_press_file(packed: Path) -> None:
    assert {"leaflet9-pack.zip", "leaflet9-press.pdf"} <= set(files_below(packed))


def test_what_is_in_it(pack: dict[str, bytes]) -> None:
    assert sorted(pack) == sorted(
        [
            "SHA256SUMS",
            "fonts.txt",
            "leaflet9-press.pdf",
            "preflight.html",
            "preflight.json",
            "preflight.txt",
            *(f"preview/leaflet9-p{n}.jpg" for n in (1, 2, 3, 4)),
            "spec.pdf",
            "spec.txt",
        ]
    )


def test_names_dates_and_order_are_fixed(packed: Path) -> None:
    with ZipFile(packed / "leaflet9-pack.zip") as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    for entry in entries:
        assert entry.filename.isascii() and entry.filename.startswith(f"{FOLDER}/")
        assert entry.date_time == (2021, 3, 1, 0, 0, 0)
        assert entry.external_attr >> 16 == 0o100644


def test_the_press_file_is_the_one_that_was_built(packed: Path, pack: dict[str, bytes]) -> None:
    assert pack["leaflet9-press.pdf"] == (packed / "leaflet9-press.pdf").read_bytes()


def test_the_checksums_are_right_and_complete(pack: dict[str, bytes]) -> None:
    lines = pack["SHA256SUMS"].decode("ascii").splitlines()
    found = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    assert set(found) == set(pack) - {"SHA256SUMS"}
    for name, digest in found.items():
        assert hashlib.sha256(pack[name]).hexdigest() == digest


def test_the_spec_sheet_says_what_the_file_is(pack: dict[str, bytes]) -> None:
    sheet = told(pack, "spec.txt")
    assert value(sheet, "題名") == "デジタル庁構想を許さない！（リーフその9）"
    assert value(sheet, "データの日付") == "2021-03-01"
    assert value(sheet, "仕上がりサイズ") == "A4縦（210×297 mm）"
    assert value(sheet, "ページ数") == "4 ページ"
    assert value(sheet, "色数") == "両面 4 色（4/4）"
    assert value(sheet, "刷り色") == "C・M・Y・K"
    assert value(sheet, "綴じ方向") == "左綴じ（左開き）"
    assert value(sheet, "形式") == "PDF/X-1a:2001（PDF 1.3）"
    assert value(sheet, "出力インテント") == "JC200103"
    assert value(sheet, "塗り足し") == "3 mm（四方）"
    assert value(sheet, "墨のせ（K100）").endswith("オーバープリント")
    assert value(sheet, "特色") == "なし"
    assert value(sheet, "書体").endswith("すべて埋め込み")


def test_what_nobody_knows_is_left_to_be_filled_in(pack: dict[str, bytes]) -> None:
    sheet = told(pack, "spec.txt")
    for label in ("注文番号", "部数", "用紙・厚さ", "納期・納品先", "団体・お名前", "電話・メール"):
        assert set(value(sheet, label)) == {"＿"}


def test_the_sheet_lists_what_is_in_the_pack(pack: dict[str, bytes]) -> None:
    listed = told(pack, "spec.txt").split("■ 同封のファイル")[1]
    for name in pack:
        assert (name if "/" not in name else "preview/") in listed


def test_the_sheet_as_a_pdf_says_the_same(pack: dict[str, bytes]) -> None:
    (page,) = pymupdf.open(stream=pack["spec.pdf"])
    text = "".join(page.get_text().split())
    for words in (
        "入稿データ仕様書",
        "デジタル庁構想を許さない！",
        "PDF/X-1a:2001",
        "電話・メール",
    ):
        assert words in text
    assert "＿" not in text, "room to write instead"


def test_the_fonts_are_those_of_the_file(pack: dict[str, bytes]) -> None:
    sheet = told(pack, "fonts.txt")
    with pikepdf.open(BytesIO(pack["leaflet9-press.pdf"])) as pdf:
        used = {
            str(font.BaseFont).lstrip("/")
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert used
    for name in used:
        assert name.split("+")[-1].removesuffix("-Identity-H").removesuffix("-Identity-V") in sheet
    assert "★" not in sheet


def test_previews_show_the_trimmed_pages_in_their_colours(pack: dict[str, bytes]) -> None:
    for number in (1, 2, 3, 4):
        with Image.open(BytesIO(pack[f"preview/leaflet9-p{number}.jpg"])) as picture:
            assert picture.format == "JPEG" and picture.mode == "RGB"
            assert picture.width / picture.height == pytest.approx(210 / 297, rel=0.005)
    with Image.open(BytesIO(pack["preview/leaflet9-p1.jpg"])) as ours:
        red, green, blue = ours.resize((210, 297)).getpixel((100, 3))  # type: ignore[misc]
    assert blue > 90 and red < 80 and green < 100, "the indigo band at the head, not the paper"
    page = pypdfium2.PdfDocument(pack["leaflet9-press.pdf"])[0]
    there = page.render(scale=1, grayscale=True, crop=(36.85,) * 4).to_pil().resize((42, 59))
    with Image.open(BytesIO(pack["preview/leaflet9-p1.jpg"])) as ours:
        here = ours.convert("L").resize((42, 59))
    apart = [abs(a - b) for a, b in zip(here.tobytes(), there.tobytes(), strict=True)]
    assert sum(apart) / len(apart) < 12, "another renderer sees the same page"


def test_the_report_says_what_the_build_found(pack: dict[str, bytes]) -> None:
    data = json.loads(pack["preflight.json"])
    assert data["profile"] == "x1a"
    found = [f["code"] for f in data["findings"] if f["severity"] == "warning"]
    assert found.count("figure.stand-in") == 4
    said = told(pack, "preflight.txt")
    assert f"エラー 0 件、注意 {len(found)} 件" in said
    assert said.count("leaflet.yaml:") >= 4
    assert pack["preflight.html"].startswith(b"<!DOCTYPE html>")


def test_nothing_tells_of_the_machine(pack: dict[str, bytes]) -> None:
    for name, data in pack.items():
        for word in (str(ROOT), "/tmp", "/home", "/root"):
            assert word.encode() not in data, (name, word)


def test_packed_elsewhere_and_otherwise_it_is_the_same(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "leaflet9"
    shutil.copytree(ROOT / "leaflets" / "leaflet9", folder)
    said = bira(
        folder, "--only", "pack", "--out", tmp_path / "out", cwd=tmp_path,
        PYTHONHASHSEED="5", TZ="Asia/Tokyo", LANG="ja_JP.UTF-8",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert files_below(tmp_path / "out") == ["leaflet9/leaflet9-pack.zip"], "the pack alone"
    again = (tmp_path / "out/leaflet9/leaflet9-pack.zip").read_bytes()
    assert again == (packed / "leaflet9-pack.zip").read_bytes()


def test_other_pdfs_of_the_same_run_go_with_it(tmp_path: Path) -> None:
    said = bira("tate-shimbun", "--only", "press,singles", "--pack", "--out", tmp_path)
    assert said.code == 0, said.err
    with ZipFile(tmp_path / "tate-shimbun/tate-shimbun-pack.zip") as archive:
        names = {name.split("/", 1)[1] for name in archive.namelist()}
        sheet = archive.read("tate-shimbun-pack/spec.txt").decode("utf-8-sig")
    assert {f"tate-shimbun-press{part}.pdf" for part in ("", "-p1", "-p2")} <= names
    assert "右綴じ（右開き）" in sheet


def test_errors_make_no_pack(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(ROOT / "leaflets" / "leaflet9", folder)
    change(folder / "leaflet.yaml", "style: ai-shu", "style: ai-shuu")
    said = bira(folder, "--pack", "--out", tmp_path / "out")
    assert said.code == 1 and not (tmp_path / "out").exists()


def test_marks_in_a_title_are_words_on_the_spec_sheet(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(ROOT / "leaflets" / "tate-shimbun", folder)
    source = (folder / "leaflet.yaml").read_text(encoding="utf-8")
    (line,) = [line for line in source.split("\n") if line.startswith("title:")]
    change(folder / "leaflet.yaml", line, "title: '**号外**{x}《》\"\\^1^［］'")
    said = bira(folder, "--only", "pack", "--out", tmp_path / "out")
    assert said.code == 0, said.err
    with ZipFile(tmp_path / "out/mine/mine-pack.zip") as archive:
        (page,) = pymupdf.open(stream=archive.read("mine-pack/spec.pdf"))
    assert '**号外**{x}《》"\\^1^［］' in "".join(page.get_text().split())


# --- the archive -------------------------------------------------------------------------


def test_a_zip_knows_no_date_before_1980() -> None:
    with ZipFile(BytesIO(write_zip({"a.txt": b"a"}, date(1970, 1, 1)))) as archive:
        assert archive.infolist()[0].date_time[:3] == (1980, 1, 1)


def test_texts_and_checksums() -> None:
    assert japanese_text("あ\nい") == b"\xef\xbb\xbf" + "あ\r\nい".encode()
    assert checksums({"b": b"", "a": b""}).splitlines()[0].endswith(b"  a")
