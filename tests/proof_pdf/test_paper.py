"""The proof paper as a finished file, read by other programs: what it shows, says and keeps."""

import json
import re
import shutil
import subprocess
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from layout.backends.proof_pdf import write_proof_pdf
from layout.backends.proof_pdf.merge import Placed, merged
from layout.backends.proof_pdf.paper import MM_PER_PT, paper_for
from layout.backends.proof_pdf.pen import Pen
from layout.backends.proof_pdf.rows import numbered
from layout.cli.main import main
from layout.cli.proofreading import proof_page, proofread
from layout.diagnostics import Reporter
from layout.facts.model import Sheet
from layout.house.profile import load_profile
from layout.pipeline import write
from layout.proof.changes import Change, Part
from layout.proof.model import Finding, ProofPage
from layout.reading.model import Page
from tests.built import LEAFLETS, ROOT, drawn

TOLD_AS_CHANGE = "proof."


@cache
def press(name: str) -> bytes:
    made = drawn(name)
    assert made.display and made.library
    return write(made.display, load_profile("x1a"), made.library, Reporter())


@cache
def proof(name: str) -> ProofPage:
    made, reporter = drawn(name), Reporter()
    assert made.display and made.leaflet
    read = proofread(made.display, made.leaflet, ROOT / "leaflets/styles", b"", "", reporter)
    return proof_page(read, made.leaflet, "", reporter)


def paper_of(proof: ProofPage) -> bytes:
    library = drawn(proof.leaflet).library
    assert library
    return write_proof_pdf(proof, press(proof.leaflet), library)


@cache
def paper(name: str) -> bytes:
    return paper_of(proof(name))


def said(data: bytes) -> list[str]:
    """What pdfium finds on each sheet, without white space."""
    with pypdfium2.PdfDocument(data) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def plain(words: str) -> str:
    return "".join(words.split())


def leaves(pdf: pikepdf.Pdf) -> list[pikepdf.Page]:
    """The sheets on which a page of the leaflet lies."""
    return [page for page in pdf.pages if "/Leaflet" in page.resources.get("/XObject", {})]


def leaf_count(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(leaves(pdf))


# --- the pages themselves


@pytest.mark.parametrize("name", LEAFLETS)
def test_each_page_of_the_press_file_is_there_as_it_is(name):
    with pikepdf.open(BytesIO(press(name))) as source, pikepdf.open(BytesIO(paper(name))) as pdf:
        sheets = leaves(pdf)
        assert len(sheets) == len(source.pages)
        for sheet, page in zip(sheets, source.pages, strict=True):
            form = sheet.resources.XObject["/Leaflet"]
            page.contents_coalesce()
            assert form.read_bytes() == page.Contents.read_bytes()
            assert [float(n) for n in form.BBox] == [float(n) for n in page.trimbox]
            assert "/Image" not in str(sheet.resources.XObject.keys())


@pytest.mark.parametrize("name", ("leaflet9", "tate-shimbun"))
def test_the_page_looks_as_it_will_be_printed(name):
    """Rendered on a sheet at true size, every pixel within the trimmed page is the press file's."""
    library = drawn(name).library
    assert library
    pen, page = Pen(library), proof(name).reading.pages[0]
    pen.begin_sheet(297, 420)
    pen.end_sheet()
    data = merged(pen.finished("x"), press(name), [Placed(0, 25.4, 50.8, 1.0)], "ja")
    sheet = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("L")
    whole = pypdfium2.PdfDocument(press(name))[0]
    left, _, _, high = whole.get_trimbox()
    top = whole.get_mediabox()[3] - high
    trimmed = whole.render(scale=1).to_pil().convert("L")
    size = (int(page.width / MM_PER_PT) - 2, int(page.height / MM_PER_PT) - 2)
    one = sheet.crop((73, 145, 72 + size[0], 144 + size[1]))
    at = (round(left) + 1, round(top) + 1)
    other = trimmed.crop((*at, at[0] + one.width, at[1] + one.height))
    differing = sum(abs(a - b) for a, b in zip(one.tobytes(), other.tobytes(), strict=True))
    assert differing / (one.width * one.height) < 6, "grey levels, from other sampling"


@pytest.mark.parametrize("name", LEAFLETS)
def test_other_programs_find_the_file_sound(name, tmp_path):
    file = tmp_path / "proof.pdf"
    file.write_bytes(paper(name))
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed")
    subprocess.run([qpdf, "--check", str(file)], check=True, capture_output=True)
    mutool = shutil.which("mutool")
    if mutool:
        drawn_to = str(tmp_path / "p%d.txt")
        run = [mutool, "draw", "-F", "txt", "-o", drawn_to, str(file)]
        result = subprocess.run(run, check=True, capture_output=True, text=True)
        told = [line for line in result.stderr.splitlines() if "ICC" not in line]
        assert not [line for line in told if line.startswith(("error", "warning"))]


@pytest.mark.parametrize("name", LEAFLETS)
def test_every_font_is_embedded_and_says_what_its_codes_mean(name):
    with pikepdf.open(BytesIO(paper(name))) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [font for font in fonts if font.get("/Type") == "/Font"]
        tops = [font for font in fonts if not str(font.Subtype).startswith("/CIDFont")]
        assert len(tops) >= 3 and all("/ToUnicode" in font for font in tops)
        for font in fonts:
            holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            keys = set(holder.FontDescriptor.keys())
            assert keys & {"/FontFile", "/FontFile2", "/FontFile3"}


def test_the_same_proof_makes_the_same_bytes():
    assert paper_of(proof("tate-shimbun")) == paper("tate-shimbun")


# --- what stands on every sheet


@pytest.mark.parametrize("name", LEAFLETS)
def test_stage_date_and_version_are_on_every_sheet(name):
    own = replace(proof(name), stage="再校")
    for words in said(paper_of(own)):
        assert "再校" in words and own.source[:12] in words and own.date in words
        assert plain(own.title) in words
    assert "校正" in said(paper(name))[0]


@pytest.mark.parametrize("name", LEAFLETS)
def test_every_finding_is_listed(name):
    told = [each for each in proof(name).findings if not each.code.startswith(TOLD_AS_CHANGE)]
    words = said(paper(name))
    assert told or name != "leaflet9"
    for each in told:
        assert any(plain(each.ja)[:16] in sheet for sheet in words), each.ja
        assert any(f"YAML{each.line}" in sheet for sheet in words) or not each.line


@pytest.mark.parametrize("name", LEAFLETS)
def test_every_fact_is_on_the_sheet_to_be_ticked(name):
    words = "".join(said(paper(name)))
    sheet = words[
        words.index("照合表Facts") if "照合表Facts" in words else words.rindex("照合表") :
    ]
    rows = proof(name).facts.rows
    assert rows
    whole = "".join(said(paper(name))[len(proof(name).reading.pages) :])
    for number, row in enumerate(rows, 1):
        assert plain(row.printed) in whole, row
        assert str(number) in whole
    assert sheet


@pytest.mark.parametrize("name", LEAFLETS)
def test_lines_are_numbered_beside_their_beginning(name, tmp_path):
    """Poppler finds each number next to the line, before its beginning."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    file = tmp_path / "proof.pdf"
    file.write_bytes(paper(name))
    run = ["pdftotext", "-bbox", str(file), "-"]
    found = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    sheets = [each.split("</page>")[0] for each in found.split("<page ")[1:]]
    sheets = [each for each in sheets if "縮尺" in each]
    word = re.compile(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>'
    )
    for page, sheet in zip(proof(name).reading.pages, sheets, strict=True):
        words = [(*(float(n) * MM_PER_PT for n in w[:4]), w[4]) for w in word.findall(sheet)]
        on = paper_for(page)
        shown = [row for row in numbered(page) if row.shown]
        assert len(shown) > 0.6 * len({row.number for row in numbered(page)})
        near = 0
        for row in shown:
            box = on.place(row.line.box)
            for left, top, right, low, text in words:
                across, down = (left + right) / 2, (top + low) / 2
                if row.line.vertical:
                    is_near = abs(across - box.x - box.width / 2) < 2 and -4 < down - box.y < 1
                else:
                    is_near = -6 < right - box.x < 1 and abs(down - box.y - box.height / 2) < 2
                # poppler may take the number and the line for one word
                near += is_near and text.startswith(str(row.number))
                if is_near and text.startswith(str(row.number)):
                    break
        assert near > 0.9 * len(shown), f"{near} of {len(shown)} on page {page.number}"


def test_each_line_is_told_its_place_in_the_source():
    page = proof("leaflet9").reading.pages[0]
    rows = numbered(page)
    with pypdfium2.PdfDocument(paper("leaflet9")) as document:
        words = document[0].get_textpage().get_text_range()
    assert "紙面の行 → 原稿 leaflet.yaml の行" in words
    pairs = {}
    for word in words[words.index("line of leaflet.yaml") :].split():
        pair = re.fullmatch(r"(\d+)(?:–(\d+))?→(\d+)(?:–(\d+))?", word)
        if pair:
            a, b, c, d = (int(n) if n else 0 for n in pair.groups())
            for step in range((b or a) - a + 1):
                pairs[a + step] = c + step if d else c
    assert pairs == {row.number: row.line.span.line for row in reversed(rows)}


# --- marks on the page


def pixels(data: bytes, sheet: int):
    image = pypdfium2.PdfDocument(data)[sheet].render(scale=150 / 72).to_pil().convert("RGB")
    return image, 150 / 25.4


def rgb_of(image):
    """The colours of all pixels."""
    data = image.convert("RGB").tobytes()
    return [tuple(data[at : at + 3]) for at in range(0, len(data), 3)]


def test_facts_are_marked_as_with_a_yellow_pen_and_stay_legible():
    own = proof("leaflet9")
    row = next(each for each in own.facts.rows if each.printed == "2021年２月９日")
    page = own.reading.pages[row.page - 1]
    line = next(each for each in own.reading.lines if each.id == row.line_id)
    box = paper_for(page).place(line.box)
    image, scale = pixels(paper("leaflet9"), row.page - 1)
    part = image.crop(tuple(round(n * scale) for n in (box.x, box.y, box.x + 14, box.y + 2)))
    colours = rgb_of(part)
    yellow = sum(r > 200 and g > 180 and b < 190 for r, g, b in colours)
    dark = sum(max(c) < 110 for c in colours)
    assert yellow > 0.4 * len(colours) and dark > 0.02 * len(colours)


def test_a_fact_in_two_lines_is_marked_in_both():
    from layout.backends.proof_pdf.places import pieces

    own = proof("leaflet9")
    row = next(each for each in own.facts.rows if each.printed == "2017年11月８日")
    page = own.reading.pages[row.page - 1]
    found = list(pieces(page, row.line_id, row.start, len(row.printed)))
    assert len(found) == 2
    assert "".join(p.line.text[p.start : p.end] for p in found) == row.printed


def test_changes_are_lettered_told_and_framed():
    own = proof("leaflet9")
    block = next(b for b in own.reading.blocks if b.id == "1.body.3")
    text = block.text
    parts = (Part("same", text[:4]), Part("out", "ﾏﾁｶﾞｲ"), Part("in", text[4:9]))
    change = Change("changed", 1, block.id, block.lines[0].id, "", text, parts, asked=False)
    gone = Change("removed", 9, "9.body.1", "", "消えた文です。", "", (), asked=True)
    data = paper_of(replace(own, since="初校", stage="再校", changes=(change, gone)))
    words = said(data)[0]
    assert "初校からの直し：赤字どおり1、指定外1" in words
    assert f"［指定外］直し「ﾏﾁｶﾞｲ」→「{text[4:9]}」（初校から" in words
    assert "［赤字どおり］消えた段落「消えた文です。」" in words
    image, scale = pixels(data, 0)
    plain_image, _ = pixels(paper("leaflet9"), 0)
    box = paper_for(own.reading.pages[0]).place(block.lines[0].box)
    area = (box.x - 1, box.y - 1, box.x + box.width, box.y + box.height + 1)
    area = tuple(round(n * scale) for n in area)

    def red(picture):
        return sum(r > 150 and g < 90 and b < 90 for r, g, b in rgb_of(picture.crop(area)))

    assert red(image) > red(plain_image) + 50


def test_what_was_told_of_the_approval_is_not_left_out():
    own = proof("leaflet9")
    loud = Finding("proof.not-approved", "warning", 0, 0, "校了のものと違います。", "Not approved.")
    assert "校了のものと違います。" in said(paper_of(replace(own, findings=(loud,))))[0]


# --- more than has room, and nothing at all


def test_a_long_list_goes_on_on_further_sheets():
    own = proof("tate-shimbun")
    many = tuple(
        Finding("lint.x", "warning", 1, 0, f"気づいた点の{n:03}番です。" * 3, "x")
        for n in range(400)
    )
    data = paper_of(replace(own, findings=many))
    words = said(data)
    assert len(words) > len(said(paper("tate-shimbun"))) + 2
    assert leaf_count(data) == len(own.reading.pages)
    everything = "".join(words)
    assert all(f"気づいた点の{n:03}番です。" in everything for n in range(400))


def test_without_findings_and_facts_it_says_so():
    own = replace(proof("tate-shimbun"), findings=(), facts=Sheet(()))
    words = said(paper_of(own))
    assert "機械が気づいた点はありません" in words[0]
    assert any("照合する番号・アドレス・日付はありません" in each for each in words)


def test_unused_facts_are_told():
    own = replace(proof("tate-shimbun"), facts=Sheet((), ("denwa",)))
    assert any("denwa" in each for each in said(paper_of(own)))


def test_a_leaflet_in_english_is_told_in_english():
    own = replace(proof("leaflet9"), language="en")
    words = said(paper_of(own))
    first = next(each for each in own.findings if each.page == 1)
    assert plain(first.en)[:20] in words[0] and plain(first.ja)[:12] not in words[0]


@pytest.mark.parametrize(
    "words", ("\x00\x07\ud83d", "𠮷野家𩸽", "אבג", "😀🏳️‍🌈", "x" * 5000, "（" * 500, " ", "")
)
def test_any_words_are_set_somehow(words):
    safe = words.encode("utf-8", "replace").decode("utf-8")
    finding = Finding("lint.x", "error", 1, 1, words, safe, line_id="1.dai.1.1", end=99)
    own = replace(proof("tate-shimbun"), findings=(finding,), title=words)
    data = paper_of(own)
    assert leaf_count(data) == len(own.reading.pages)


# --- paper


@pytest.mark.parametrize(
    ("size", "sheet", "scale"),
    (
        ((210, 297), (210, 297), 0.5**0.5),
        ((297, 210), (297, 210), None),
        ((182, 257), (210, 297), None),
        ((297, 420), (297, 420), 0.5**0.5),
        ((257, 364), (297, 420), None),
        ((100, 148), (210, 297), 1.0),
        ((55, 91), (210, 297), 1.0),
        ((100, 210), (210, 297), 1.0),
        ((594, 841), (297, 420), None),
    ),
)
def test_every_size_finds_its_paper(size, sheet, scale):
    on = paper_for(Page(1, *size, (), ()))
    assert (on.width, on.height) == sheet
    assert scale is None or on.scale == pytest.approx(scale)
    x, y, wide, high = on.notes
    assert wide >= 35 and x + wide <= on.width - 9.9
    left, top, long, room = on.remarks
    assert room >= 29 and top + room < on.height - 10 and left + long <= on.width - 9.9
    assert y + high <= top


# --- the command


def test_the_command_writes_paper_page_and_facts(tmp_path, capsys):
    assert main(["tate-shimbun", "--only", "proof", "--out", str(tmp_path)], ROOT) == 0
    capsys.readouterr()
    made = sorted(file.name for file in (tmp_path / "tate-shimbun").iterdir() if file.is_file())
    assert made == [f"tate-shimbun-{each}" for each in ("facts.json", "proof.html", "proof.pdf")]
    data = (tmp_path / "tate-shimbun" / "tate-shimbun-proof.pdf").read_bytes()
    facts = json.loads((tmp_path / "tate-shimbun" / "tate-shimbun-facts.json").read_bytes())
    whole = "".join(said(data))
    assert facts["source"][:12] in whole
    assert all(plain(row["printed"]) in whole for row in facts["rows"])
