"""Pictures of pages: what they show, in the size asked for, with words beside them."""

import contextlib
import io
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from layout.backends.png import alternatives, cut, png
from layout.backends.png.vision import vision_sheet
from layout.cli.main import main
from layout.preflight.legible.colours import visions
from layout.source.web_model import WebImage
from layout.structure.tree import structure_of
from tests.built import ROOT, drawn

A6 = (100.0, 140.0)


def striped(number: int, width: int) -> Image.Image:
    """A page of 100 by 140 mm in stripes of 10 mm, each of another gray."""
    assert number == 1
    high = round(width * 1.4)
    made = Image.new("RGB", (width, high))
    for row in range(14):
        made.paste((row * 10,) * 3, (0, high * row // 14, width, high * (row + 1) // 14))
    return made


def test_from_the_top_or_the_bottom() -> None:
    """A square of the whole width begins with the first stripe, or ends with the last."""
    top = cut(striped, WebImage("a", width=300, height=300), A6)
    assert top.size == (300, 300)
    assert (top.getpixel((5, 5)), top.getpixel((5, 295))) == ((0, 0, 0), (90, 90, 90))
    bottom = cut(striped, WebImage("a", width=300, height=300, at="bottom"), A6)
    assert (bottom.getpixel((5, 5)), bottom.getpixel((5, 295))) == ((40,) * 3, (130,) * 3)
    middle = cut(striped, WebImage("a", width=300, height=300, at="middle"), A6)
    assert middle.getpixel((5, 5)) == (20, 20, 20)


def test_a_part_is_never_cut() -> None:
    """What lies around the part fills the picture, and the page's corner what lies beyond."""
    wish = WebImage("a", width=400, height=200, part=(0.0, 20.0, 100.0, 60.0))
    made = cut(striped, wish, A6)
    assert made.size == (400, 200)
    assert made.getpixel((200, 5)) == (20, 20, 20)
    assert made.getpixel((200, 195)) == (70, 70, 70)
    assert made.getpixel((5, 100)) == (0, 0, 0), "the corner's colour"
    assert cut(striped, WebImage("a", width=250), A6).size == (250, 350)


def test_file_is_srgb_and_repeatable() -> None:
    """The colour space is said; the bytes do not change; flat pictures come in a palette."""
    data = png(striped(1, 200))
    assert b"sRGB" in data and data == png(striped(1, 200))
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.mode == "P"
        assert ImageChops.difference(opened.convert("RGB"), striped(1, 200)).getbbox() is None


def test_colour_vision_sheet() -> None:
    """Four views; the first is the page, gray is gray in all, red is not red in the second."""
    view = Image.new("RGB", (120, 90), (128, 128, 128))
    view.paste((220, 40, 40), (0, 0, 60, 90))
    sheet = vision_sheet(view, "ja", ROOT / "fonts" / "NotoSansJP_500Medium.ttf")
    starts = [24 + n * 144 for n in range(4)]
    top = sheet.height - 24 - 90
    for start in starts:
        assert max(abs(v - 128) for v in sheet.getpixel((start + 90, top + 40))) <= 2
    seen = [sheet.getpixel((start + 30, top + 40)) for start in starts]
    assert seen[0] == (220, 40, 40)
    for vision, found in zip(visions(), seen[1:], strict=True):
        wanted = vision.sees((220, 40, 40))
        assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= 8


def test_words_beside_pictures() -> None:
    """Each page's description names it, its headings, and what its pictures show."""
    leaflet = drawn("leaflet9").leaflet
    assert leaflet is not None
    said = alternatives(leaflet, structure_of(leaflet))
    assert len(said) == 4 and all(len(each) <= 481 for each in said)
    assert "4ページのうち3ページ目" in said[2]
    assert "個人情報保護条例と地方自治が潰される" in said[2]
    assert "図：一人の個人データが" in said[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures of a leaflet with wishes of its own, made by the command."""
    root = tmp_path_factory.mktemp("png")
    shutil.copytree(ROOT / "leaflets", root / "leaflets")
    (root / "fonts").symlink_to(ROOT / "fonts")
    file = root / "leaflets" / "tate-shimbun" / "leaflet.yaml"
    wishes = (
        "web:\n  page-width: 500\n  images:\n"
        "    - {name: kao, width: 320, height: 180, part: [13mm, 19mm, 184mm, 120mm]}\n"
    )
    text = file.read_text("utf-8").replace("\npages:\n", f"\n{wishes}\npages:\n", 1)
    file.write_text(text, "utf-8")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main(["tate-shimbun", "--only", "png", "--out", str(root / "out")], root) == 0
    return root / "out" / "tate-shimbun"


def test_pictures_of_a_leaflet(made: Path) -> None:
    """Every page and what was wished for, no more; the masthead is dark, the paper white."""
    assert sorted(p.name for p in made.iterdir() if p.is_file()) == [
        "tate-shimbun-alt.txt", "tate-shimbun-kao.png", "tate-shimbun-p1.png",
        "tate-shimbun-p2.png",
    ]  # fmt: skip
    with Image.open(made / "tate-shimbun-kao.png") as face:
        assert face.size == (320, 180)
    with Image.open(made / "tate-shimbun-p1.png") as first:
        assert first.width == 500 and abs(first.height - 707) <= 1
        shown = first.convert("RGB")
    assert min(shown.getpixel((3, 3))) > 245
    masthead = shown.crop((400, 60, 460, 320))
    assert max(ImageStat.Stat(masthead).mean) < 110
    text = (made / "tate-shimbun-alt.txt").read_text("utf-8")
    assert all(name in text for name in ("-p1.png\n", "-p2.png\n", "-kao.png\n"))
    assert "月夜の図書館の挿絵" in text


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    """A wish for page 9 of two is an error at its line, and nothing is written."""
    shutil.copytree(ROOT / "leaflets", tmp_path / "leaflets")
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    file = tmp_path / "leaflets" / "tate-shimbun" / "leaflet.yaml"
    wish = "web: {images: [{name: nai, page: 9}]}\n"
    text = file.read_text("utf-8").replace("\npages:\n", f"\n{wish}\npages:\n", 1)
    file.write_text(text, "utf-8")
    said, complained = io.StringIO(), io.StringIO()
    arguments = ["tate-shimbun", "--only", "png", "--out", str(tmp_path / "out"), "--lang", "ja"]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        assert main(arguments, tmp_path) == 1
    line = text.splitlines().index(wish.strip()) + 1
    assert f"leaflet.yaml:{line}:" in complained.getvalue()
    assert "9 ページ目がありません（全部で 2 ページ）" in complained.getvalue()
    assert not (tmp_path / "out").exists()


def test_the_command_judges_what_it_shows(tmp_path: Path) -> None:
    """Pale text is a warning for every output on screens, and none for the press."""
    shutil.copytree(ROOT / "leaflets", tmp_path / "leaflets")
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    style = tmp_path / "leaflets" / "styles" / "ai-shu.yaml"
    text = style.read_text("utf-8")
    assert "shu: {cmyk: [0, 95, 90, 10]}" in text
    pale = text.replace("shu: {cmyk: [0, 95, 90, 10]}", "shu: {cmyk: [0, 50, 50, 0]}")
    style.write_text(pale, "utf-8")
    for kinds, expected in (("html", True), ("vision,png", True), ("text", False)):
        said, complained = io.StringIO(), io.StringIO()
        arguments = ["leaflet9", "--only", kinds, "--out", str(tmp_path / kinds), "--lang", "en"]
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            assert main(arguments, tmp_path) == 0
        assert ("legible.contrast" in complained.getvalue()) is expected
