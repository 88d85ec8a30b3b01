"""Files of other producers, and our own: who passes, who does not, and what is read aloud."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from layout.backends.web_pdf import write_web
from layout.diagnostics import Reporter, Severity
from layout.house.profile import load_profile
from layout.preflight.accessible import claims_accessible, judge_accessible, reading_text
from layout.structure.model import Element
from layout.structure.tree import structure_of
from tests.accessible.making import BASE, HERE, told
from tests.built import LEAFLETS, ROOT, drawn
from tests.preflight.good_base import base as press_file
from tests.preflight.spoiling import changed


def judged(data: bytes, *, archive: bool = False) -> list[str]:
    reporter = Reporter()
    facts = judge_accessible(data, "a.pdf", reporter, archive=archive)
    assert facts.opened
    return [f"{each.code} page {each.page} {dict(each.values)}" for each in reporter]


# --- Typst


@pytest.mark.parametrize("standards", [["ua-1"], ["ua-1", "a-2a"]], ids="+".join)
def test_typsts_accessible_files_pass(standards: list[str]) -> None:
    typst = pytest.importorskip("typst", reason="typst is not installed")
    made = typst.compile(
        HERE / "base" / "asaichi.typ", format="pdf", pdf_standards=standards,
        font_paths=[ROOT / "fonts"],
    )  # fmt: skip
    assert judged(made) == []


def test_typsts_archive_file_lacks_what_only_pdf_ua_asks() -> None:
    typst = pytest.importorskip("typst", reason="typst is not installed")
    made = typst.compile(
        HERE / "base" / "asaichi.typ", format="pdf", pdf_standards=["a-2a"],
        font_paths=[ROOT / "fonts"],
    )  # fmt: skip
    assert {line.split()[0] for line in judged(made)} == {
        "ua.06.identifier", "ua.07.missing", "ua.13.box",
    }  # fmt: skip


# --- Chromium

PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>朝市のお知らせ</title></head>
<body><h1>朝市のお知らせ</h1><p>毎月第一日曜に、<ruby>駅前<rt>えきまえ</rt></ruby>で開きます。</p>
<h2>並ぶもの</h2><table><tr><th scope="col">品</th><th scope="col">値</th></tr>
<tr><td>大根</td><td>百円</td></tr></table><p>くわしくは<a href="https://example.org">案内</a>へ。</p>
</body></html>"""


@cache
def printed(folder: Path) -> bytes:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    (folder / "page.html").write_text(PAGE, "utf-8")
    out = folder / "page.pdf"
    subprocess.run(
        [program, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={out}",
         "--no-pdf-header-footer", "--export-tagged-pdf", str(folder / "page.html")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return out.read_bytes()


def test_what_a_browser_prints_is_nearly_accessible(tmp_path: Path) -> None:
    """Its structure holds; it does not name PDF/UA, and parts of ruby and links are missing."""
    data = printed(tmp_path)
    codes = set(told(data))
    assert {"ua.06.missing", "ua.09.ruby", "ua.28.link-contents"} <= codes
    assert not any(code.startswith(("ua.01", "ua.02", "ua.14", "ua.15", "ua.31")) for code in codes)
    assert "朝市のお知らせ\n毎月第一日曜に、駅前（えきまえ）で開きます。\n並ぶもの\n品\t値" in (
        reading_text(data)
    )


# --- files for the press


def test_a_press_file_is_not_accessible() -> None:
    codes = told(press_file())
    assert {"ua.01.no-tree", "ua.07.missing"} <= codes.keys()
    assert not claims_accessible(press_file())


# --- our own


@cache
def web(name: str) -> bytes:
    source = drawn(name)
    assert source.display is not None and source.leaflet is not None
    reporter = Reporter()
    made = write_web(source.display, source.leaflet, load_profile(), reporter)
    assert not reporter.has_errors
    return made


@pytest.mark.parametrize("name", LEAFLETS)
def test_our_web_files_are_accessible(name: str) -> None:
    """Not one finding, of PDF/UA-1 and of PDF/A-2a, which they claim."""
    assert claims_accessible(web(name))
    assert judged(web(name), archive=True) == []


@pytest.mark.parametrize("name", LEAFLETS)
def test_a_spoilt_web_file_is_found_out(name: str) -> None:
    """The judge does not pass our files because it fails to see them."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(pdf.make_stream(b"\n0 0 0 rg 9 9 9 9 re f\n"))
        del pdf.Root.Lang

    codes = told(changed(web(name), spoil))
    assert {"ua.01.untagged", "ua.11.text", "ua.11.outline"} <= codes.keys()


# --- what is read aloud


def spoken(element: Element) -> str:
    """The words of the source as they should be read, blanks to be filled in as well."""
    if element.tag == "Figure" and element.alt:
        return element.alt
    if element.actual:
        return element.actual
    parts = (spoken(kid) if isinstance(kid, Element) else kid.text for kid in element.children)
    words = "".join(parts)
    return f"（{words}）" if element.tag == "RT" and words else words


@pytest.mark.parametrize("name", LEAFLETS)
def test_the_structure_alone_tells_all_words_of_our_source(name: str) -> None:
    """Horizontal and vertical: word for word, figures and ruby included."""
    leaflet = drawn(name).leaflet
    assert leaflet is not None
    wanted = spoken(structure_of(leaflet))
    assert "".join(reading_text(web(name)).split()) == "".join(wanted.split())


def test_the_structure_alone_tells_the_text() -> None:
    lines = reading_text(BASE).replace("\xa0", " ").splitlines()
    assert lines[5:8] == [
        "朝市のお知らせ",
        "毎月第一日曜に、駅前の広場で開きます。1",
        "1雨のときは休みます。",
    ]
    assert lines[lines.index("並ぶもの") :] == [
        "並ぶもの",
        "•野菜",
        "•花",
        "1.菊",
        "2.百合",
        "表 1: 値段の表",
        "品\t値\t数",
        "大根\t100円\t20",
        "にんじん\t30",
        "会場",
        "図 1: 会場の図",
        "赤い四角",
        "x の二乗",
        "“また来ます”という声があります。",
        "二枚目",
        "ここは二枚目です。強いことばも。",
    ]


def test_what_poppler_reads_stands_in_the_same_order() -> None:
    """Two readers of structure; poppler loses what stands behind a joiner without width."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler is not installed")
    said = subprocess.run(
        ["pdfinfo", "-struct-text", str(HERE / "base" / "asaichi.pdf")],
        check=True, capture_output=True, encoding="utf-8", errors="replace",
    ).stdout  # fmt: skip
    pieces = [
        bare(line) for line in said.splitlines() if line.strip()[:1] == '"' and "𝑥" not in line
    ]
    ours, at, count = bare(reading_text(BASE)), 0, 0
    for piece in filter(None, pieces):
        at = ours.index(piece, at) + len(piece)
        count += len(piece)
    assert count > 0.9 * len(ours) - len("赤い四角xの二乗")


def bare(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def test_a_file_without_a_structure_says_nothing() -> None:
    assert reading_text(press_file()) == ""
    assert reading_text(b"no PDF") == ""


def test_facts_tell_what_is_claimed() -> None:
    facts = judge_accessible(BASE, "a.pdf", Reporter())
    assert facts.flavour == "PDF/UA-1、PDF/A-2a"
    assert facts.title == "朝市のお知らせ" and len(facts.pages) == 3
    assert all(severity is Severity.ERROR for severity in told(b"").values())
