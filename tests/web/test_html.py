"""The web page: every word of the leaflet, as what it is, and nothing from elsewhere."""

import contextlib
import io
import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from layout.backends.html.palette import SCHEMES, Palette, night_ground, readable
from layout.cli.main import main
from layout.diagnostics import Reporter
from layout.pipeline import Places, draw
from layout.preflight.legible.colours import contrast
from layout.structure.model import Element, Words
from layout.structure.tree import structure_of
from tests.built import LEAFLETS, ROOT, drawn
from tests.web.making import html_of, page, small

_UNSAID = ["script", "style", "svg", "rp", "rt"]


def parsed(text: str) -> Any:
    """The document."""
    return lxml.html.fromstring(text.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))


def said(document: Any) -> str:
    """What the page says, without readings and what is only for readers who do not see."""
    (main,) = document.xpath("//main")
    for name in _UNSAID:
        for found in main.xpath(f".//{name}"):
            found.drop_tree()
    for found in main.xpath(".//*[contains(concat(' ', @class, ' '), ' unseen ')]"):
        found.drop_tree()
    return "".join(str(main.text_content()).split())


def of_tree(element: Element) -> str:
    """The words of the tree, without readings."""
    parts = [
        child.text if isinstance(child, Words) else "" if child.tag == "RT" else of_tree(child)
        for child in element.children
    ]
    return "".join("".join(parts).split())


@pytest.mark.parametrize("name", LEAFLETS)
def test_every_word(name: str) -> None:
    """Each once; in the source's order, but for captions of tables, which HTML has first."""
    made = drawn(name)
    assert made.leaflet
    wanted, found = of_tree(structure_of(made.leaflet)), said(parsed(page(name)))
    assert Counter(found) == Counter(wanted)
    if name != "specimen":
        assert found == wanted


@pytest.mark.parametrize("name", LEAFLETS)
def test_nothing_from_elsewhere(name: str) -> None:
    """No request, no script, and a file small enough for mail."""
    text = page(name)
    document = parsed(text)
    assert not document.xpath("//link | //iframe | //object | //script[not(@type)]")
    for source in document.xpath("//@src | //image/@href"):
        assert str(source).startswith("data:")
    assert "url(" not in re.sub(r"url\(#[a-z0-9]+\)", "", text) and "@import" not in text
    for element in document.iter():
        assert not [key for key in element.attrib if key.startswith("on")]
    assert len(text.encode("utf-8")) < 300_000
    assert "\r" not in text and text.isprintable() is False


@pytest.mark.parametrize("name", LEAFLETS)
def test_headings_and_names(name: str) -> None:
    """One h1, no level skipped, every id once, every figure described."""
    document = parsed(page(name))
    levels = [int(e.tag[1]) for e in document.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    names = [str(each) for each in document.xpath("//@id")]
    assert len(names) == len(set(names))
    for target in document.xpath("//a/@href[starts-with(., '#')]"):
        assert str(target)[1:] in names
    for drawing in document.xpath("//figure//svg | //figure//img"):
        assert drawing.get("aria-label") or drawing.get("alt")


def test_leaflet9_links() -> None:
    """The facts of the foot, and the code of page 1, lead where they say."""
    document = parsed(page("leaflet9"))
    found = {str(a.get("href")): str(a.text_content()) for a in document.xpath("//address//a")}
    assert found == {
        "http://www.bango-iranai.net/": "http://www.bango-iranai.net/",
        "tel:08050520270": "080-5052-0270",
        "mailto:kyotu@bango-iranai.net": "kyotu@bango-iranai.net",
    }
    (code,) = document.xpath("//figure[@class='code']/a")
    assert code.get("href") == "http://www.bango-iranai.net/"


def test_qr_code_reads(tmp_path: Path) -> None:
    """The drawing in the page is the code: another's decoder reads it."""
    import zxingcpp
    from PIL import Image

    document = parsed(page("leaflet9"))
    (ground, modules) = document.xpath("//svg[@class='qr']/path")
    side = int(re.search(r"h(\d+)", ground.get("d")).group(1))  # type: ignore[union-attr]
    picture = Image.new("L", (side * 4, side * 4), 255)
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1", modules.get("d")):
        box = (int(x) * 4, int(y) * 4, (int(x) + int(wide)) * 4, (int(y) + 1) * 4)
        picture.paste(0, box)
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == "http://www.bango-iranai.net/"


def test_head_of_the_page() -> None:
    """Title, description, language; the meeting as data."""
    document = parsed(page("bosai-yube"))
    assert document.get("lang") == "ja"
    assert document.xpath("string(//title)") == "ご近所の防災ゆうべ"
    (said_of,) = document.xpath("//meta[@name='description']/@content")
    assert 20 < len(said_of) <= 120
    (event,) = (json.loads(e.text) for e in document.xpath("//script"))
    assert event["@type"] == "Event"
    assert event["startDate"] == "2026-11-28T16:30:00+09:00"
    assert event["location"]["name"].startswith("みどり台集会所")
    (event,) = (json.loads(e.text) for e in parsed(page("tate-shimbun")).xpath("//script"))
    assert (event["startDate"], event["endDate"]) == (
        "2026-11-13T18:30:00+09:00", "2026-11-13T19:30:00+09:00",
    )  # fmt: skip


def test_address_of_the_page(tmp_path: Path) -> None:
    """With ``web: url:`` the page says where it is, and social media get a picture."""
    head = "web: {url: 'https://example.jp/bira/', description: 短い紹介。}\n"
    made, styles = small(tmp_path, "      - text: 本文。\n", head)
    document = parsed(html_of(made, styles))
    assert document.xpath("//link[@rel='canonical']/@href") == ["https://example.jp/bira/"]
    properties = {m.get("property"): m.get("content") for m in document.xpath("//meta")}
    assert properties["og:description"] == "短い紹介。"
    assert properties["og:url"] == "https://example.jp/bira/"
    assert properties["og:image"] == "https://example.jp/bira/tameshi-wide.png"
    (one,) = document.xpath("//h1")
    assert one.text_content() == "試し"


def test_direction_can_be_chosen() -> None:
    """A vertical leaflet has the choice, vertical first; others have none."""
    document = parsed(page("tate-shimbun"))
    chosen = [r.get("id") for r in document.xpath("//input[@type='radio'][@checked]")]
    assert chosen == ["tate"]
    assert [r.get("id") for r in document.xpath("//input[@type='radio']")] == ["tate", "yoko"]
    assert not parsed(page("leaflet9")).xpath("//input")


def test_marks_of_text(tmp_path: Path) -> None:
    """Ruby, dots, sidelines, notes, warichu, cells, numbers that stand upright."""
    blocks = (
        "      - text: |\n"
        '          ｜夕焼《ゆう・や》け、《《点》》、__線__、^12^、活字［［判］］、注[^1]、<&"。\n'
        "      - notes: |\n          1 注の文。\n"
    )
    made, styles = small(tmp_path, blocks)
    document = parsed(html_of(made, styles))
    bases = ["".join(r.xpath("text()")) for r in document.xpath("//ruby")]
    assert bases == ["夕", "焼"]
    assert [str(rt.text) for rt in document.xpath("//ruby/rt")] == ["ゆう", "や"]
    assert document.xpath("string(//em[@class='dots'])") == "点"
    assert document.xpath("string(//span[@class='sideline'])") == "線"
    assert "12" in [str(e.text) for e in document.xpath("//span[@class='tcy']")]
    assert document.xpath("string(//small[@class='warichu'])") == "判"
    (mark,) = document.xpath("//sup/a/@href")
    (note,) = document.xpath(f"//*[@id='{mark[1:]}']")
    assert note.text_content().startswith("1")
    assert '、<&"。' in document.xpath("string(//p[contains(@class, 'text')])")


def test_same_bytes() -> None:
    """Built again, the page is the same."""
    assert html_of(drawn("leaflet9"), ROOT / "leaflets" / "styles") == page("leaflet9")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_ink_is_readable_in_every_scheme(scheme: str) -> None:
    """Whatever colours a style has: text keeps its contrast by day and night."""
    palette = Palette()
    samples = [(r, g, b) for r in (0, 90, 200, 255) for g in (0, 120, 255) for b in (0, 140, 255)]
    for ground in samples:
        palette.ground(ground)
    for ink in samples:
        for ground in samples[::3]:
            palette.ground(ground)
            palette.ink(ink, ground)
    colours = dict(re.findall(r"--([gi][0-9]+):(#[0-9a-f]{6})", palette.properties(scheme)))

    def rgb(name: str) -> tuple[int, int, int]:
        value = colours[name]
        return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)

    least = 7.0 if scheme.endswith("more") else 4.5
    possible = {g: max(contrast((0, 0, 0), rgb(g)), contrast((255, 255, 255), rgb(g)))
                for g in colours if g[0] == "g"}  # fmt: skip
    for ink in samples:
        for ground in samples[::3]:
            behind, name = palette.ground(ground)[6:-1], palette.ink(ink, ground)[6:-1]
            assert contrast(rgb(name), rgb(behind)) >= min(least, possible[behind] - 0.01)


def test_night_keeps_the_leaflets_colours() -> None:
    """Paper turns dark, strong colours stay theirs."""
    assert max(night_ground((255, 255, 255))) < 40
    red = night_ground((213, 55, 40))
    assert red[0] > 150 and red[0] > 2 * red[2]
    assert contrast(readable((120, 120, 120), (128, 128, 128), 4.5), (128, 128, 128)) >= 4.5


def test_editions_have_their_own_page(tmp_path: Path) -> None:
    """Another group's facts and colours; in large print, the whole text anew and larger."""
    arguments = ["bosai-yube", "--editions", "kita,kakudai", "--only", "html", "--out"]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main([*arguments, str(tmp_path)], ROOT) == 0
    usual = page("bosai-yube")
    north = (tmp_path / "bosai-yube/kita/bosai-yube-kita.html").read_text("utf-8")
    assert "12月5日" in said(parsed(north)) and "tel:0300000011" in north
    large = (tmp_path / "bosai-yube/kakudai/bosai-yube-kakudai.html").read_text("utf-8")
    assert Counter(said(parsed(large))) == Counter(said(parsed(usual)))
    sizes = [float(re.search(r"font-size:([0-9.]+)%}}", text).group(1)) for text in (usual, large)]  # type: ignore[union-attr]
    assert sizes[1] > 1.2 * sizes[0]
    assert len(parsed(large).xpath("//figure")) == len(parsed(usual).xpath("//figure"))


GOLDEN = ROOT / "tests" / "golden"


@pytest.mark.parametrize("path", sorted((GOLDEN / "cases").glob("*.yaml")), ids=lambda p: p.stem)
def test_all_kinds_of_blocks(path: Path) -> None:
    """Whatever can be set can be a web page, too, with every word of it."""
    made = draw(path, Places(ROOT / "fonts", GOLDEN / "styles"), Reporter())
    if made.display is None or made.leaflet is None:
        return
    document = parsed(html_of(made, GOLDEN / "styles"))
    assert len(document.xpath("//h1")) == 1
    assert Counter(said(document)) == Counter(of_tree(structure_of(made.leaflet)))


def test_text_is_never_markup(tmp_path: Path) -> None:
    """What looks like HTML in the source is shown as it is, wherever it stands."""
    evil = '</title></script><script>alert(1)</script>\\" onload=x'
    head = f'author: "{evil}"\nweb: {{description: "{evil}", url: "https://a.jp/\\"><b>"}}\n'
    head += "facts:\n  day: {date: 2026-05-05}\n"
    blocks = (
        f'      - title: ["{evil}"]\n'
        f'      - event: {{name: "{evil}", rows: {{日時: "{{day}}", 会場: "{evil}"}}}}\n'
        f'      - figure: {{stand-in: photo, alt: "{evil}"}}\n'
        "      - qr: {data: 'javascript:alert(1)'}\n"
    )
    made, styles = small(tmp_path, blocks, head)
    document = parsed(html_of(made, styles))
    assert [s.get("type") for s in document.xpath("//script")] == ["application/ld+json"]
    json.loads(document.xpath("//script")[0].text)
    assert not document.xpath("//*[@onload] | //b")
    assert not document.xpath("//a[starts-with(@href, 'javascript')]")
    (drawing,) = document.xpath("//figure/svg[not(@class)]")
    assert drawing.get("aria-label").endswith('</script>" onload=x')
