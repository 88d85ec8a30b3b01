"""Leaflet 9 as the print shop gets it, read by others' tools.

The seed text (``tests/data/leaflet9-seed.txt``) was taken from the printed
leaflet line by line; ``SEED_PAGES`` says which of its lines stand on which
page.  In it the donation box and the foot of page 4 come before its sections.
"""

import ctypes
import math
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pypdfium2.raw as pdfium_raw  # type: ignore[import-untyped,unused-ignore]
import pytest
from msgspec import Struct
from msgspec.structs import fields

from layout.diagnostics import Reporter, Severity
from layout.display.model import GlyphRun, walk
from layout.flow.fragment import Fragment, TextLeaf
from layout.house.classes import character_class
from layout.inline.lines import Line
from layout.pipeline import Built, Places, build
from layout.source.joining import plain_text
from layout.source.model import Block, Content, Text

ROOT = Path(__file__).resolve().parents[2]
LEAFLET = ROOT / "leaflets" / "leaflet9" / "leaflet.yaml"
SEED = (ROOT / "tests" / "data" / "leaflet9-seed.txt").read_text("utf-8").split("\n")
SITE = "http://www.bango-iranai.net/"

SEED_PAGES = {
    1: (range(1, 54),),
    2: (range(54, 139),),
    3: (range(139, 223),),
    4: (range(223, 237), range(237, 270)),  # donation and foot, then the sections
}

NM_PER_PT = 25_400_000 / 72
CLOSE = 10_000  # a hundredth of a millimetre in nanometres
# Signs a class holds that no line may begin with (JLREQ 3.1.7); long vowels and small kana too.
NO_LINE_HEAD = frozenset((2, 3, 4, 5, 6, 7, 9, 10, 11))
OPENING, HALF_BODIES = 1, frozenset((2, 6, 7))


def squeezed(text: str) -> str:
    """Without any white space and without what extractors add at page and line ends."""
    return re.sub(r"[\s\u0000\u0002\ufeff\ufffe]+", "", text)


def need(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} is not installed")
    return path


@dataclass(frozen=True)
class Press:
    """The finished file and what it was made from."""

    path: Path
    built: Built
    reporter: Reporter


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    reporter = Reporter()
    built = build(LEAFLET, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), reporter)
    assert built.press is not None, list(reporter)
    path = tmp_path_factory.mktemp("leaflet9-press") / "leaflet9-press.pdf"
    path.write_bytes(built.press)
    return Press(path, built, reporter)


@pytest.fixture(scope="session")
def document(press: Press) -> Any:
    return pypdfium2.PdfDocument(press.path)


# --- extraction ------------------------------------------------------------------------


def by_poppler(path: Path, *options: str) -> list[str]:
    command = [need("pdftotext"), "-enc", "UTF-8", *options, str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode("utf-8").split("\f")[:-1]


def by_mutool(path: Path) -> list[str]:
    command = [need("mutool"), "draw", "-q", "-F", "text", "-o", "-", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert complaints(done.stderr.decode("utf-8")) == ""
    return done.stdout.decode("utf-8").split("\f")[:-1]


def complaints(stderr: str) -> str:
    """What a tool says of the file; builds of MuPDF without colour management say so each time."""
    return stderr.replace("warning: ICC support is not available\n", "")


def by_pdfium(path: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


EXTRACTORS: dict[str, Callable[[Path], list[str]]] = {
    "pdftotext": by_poppler,
    "pdftotext -raw": lambda path: by_poppler(path, "-raw"),
    "pdfium": by_pdfium,
    "mutool": by_mutool,
}


def seed_lines(page: int) -> list[str]:
    lines = [SEED[number - 1] for part in SEED_PAGES[page] for number in part]
    return [squeezed(line) for line in lines if squeezed(line)]


def test_every_seed_line_belongs_to_one_page() -> None:
    numbers = [n for parts in SEED_PAGES.values() for part in parts for n in part]
    assert sorted(numbers) == list(range(1, 270))
    assert not any(squeezed(line) for line in SEED[269:])
    assert len(seed_lines(4)) < len([*SEED_PAGES[4][0], *SEED_PAGES[4][1]])


@pytest.mark.parametrize("page", SEED_PAGES)
@pytest.mark.parametrize("name", EXTRACTORS)
def test_every_seed_line_is_on_its_page_in_one_piece(press: Press, name: str, page: int) -> None:
    pages = EXTRACTORS[name](press.path)
    assert len(pages) == 4
    text = squeezed(pages[page - 1])
    missing = [line for line in seed_lines(page) if line not in text]
    assert missing == []


@pytest.mark.parametrize("page", SEED_PAGES)
@pytest.mark.parametrize("name", EXTRACTORS)
def test_each_page_has_the_characters_of_the_seed_and_no_others(
    press: Press, name: str, page: int
) -> None:
    found = Counter(squeezed(EXTRACTORS[name](press.path)[page - 1]))
    assert found == Counter("".join(seed_lines(page)))


# --- what the YAML says ------------------------------------------------------------------


def contents(node: object) -> Iterator[Content]:
    """Every content below a block, in the order of its fields (badges, boxes, ways to pay …)."""
    if isinstance(node, tuple):
        if node and all(is_inline(entry) for entry in node):
            yield node
        else:
            for entry in node:
                yield from contents(entry)
    elif isinstance(node, Struct):
        for field in fields(node):
            yield from contents(getattr(node, field.name))


def is_inline(node: object) -> bool:
    return isinstance(node, Text) or (
        isinstance(node, Struct) and type(node).__name__ in INLINE_NAMES and hasattr(node, "span")
    )


INLINE_NAMES = {
    "Break",
    "Strong",
    "Dots",
    "Sideline",
    "Ruby",
    "TateChuYoko",
    "Warichu",
    "Link",
    "Cells",
}


def texts_of(built: Built, page: int) -> list[str]:
    """The texts of a page in the order of its layout's areas and of their blocks."""
    assert built.leaflet is not None
    blocks: dict[str, tuple[Block, ...]] = {
        area.name: area.blocks for area in built.leaflet.pages[page - 1].areas
    }
    order = [area.area.name for area in built.pages[page - 1].areas]
    assert set(blocks) <= set(order)
    found: list[str] = []
    for name in order:
        for block in blocks.get(name, ()):
            found.extend(squeezed(plain_text(content)) for content in contents(block))
    return [text for text in found if text]


@pytest.mark.parametrize("page", SEED_PAGES)
@pytest.mark.parametrize("name", EXTRACTORS)
def test_nothing_is_on_a_page_but_what_the_yaml_says(press: Press, name: str, page: int) -> None:
    found = Counter(squeezed(EXTRACTORS[name](press.path)[page - 1]))
    assert found == Counter("".join(texts_of(press.built, page)))


@pytest.mark.parametrize("page", SEED_PAGES)
@pytest.mark.parametrize("name", [n for n in EXTRACTORS if n != "pdftotext"])
def test_paragraphs_follow_each_other_as_in_the_yaml(press: Press, name: str, page: int) -> None:
    """Each paragraph in one piece, behind the one before it."""
    text = squeezed(EXTRACTORS[name](press.path)[page - 1])
    at = 0
    for paragraph in texts_of(press.built, page):
        found = text.find(paragraph, at)
        assert found >= 0, f"{paragraph[:20]}… is not behind what stands before it"
        at = found + len(paragraph)
    assert at == len(text)


def test_only_stand_ins_are_noticed(press: Press) -> None:
    assert {d.code for d in press.reporter} <= {"figure.stand-in"}
    assert not any(d.severity is Severity.ERROR for d in press.reporter)


# --- the QR code ---------------------------------------------------------------------------


def test_the_qr_code_leads_to_the_site(document: Any) -> None:
    zxing = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
    picture = document[0].render(scale=300 / 72).to_pil().convert("L")
    found = zxing.read_barcodes(picture)
    assert [code.text for code in found] == [SITE]
    assert "QR" in str(found[0].format).upper()


def test_only_the_first_page_has_a_code(document: Any) -> None:
    zxing = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
    for page in list(document)[1:]:
        assert not zxing.read_barcodes(page.render(scale=2).to_pil().convert("L"))


# --- the file ------------------------------------------------------------------------------


def test_trim_is_a4_and_bleeds_three_millimetres(press: Press) -> None:
    with pikepdf.open(press.path) as pdf:
        assert len(pdf.pages) == 4
        for page in pdf.pages:
            trim, bleed, media = (
                [float(v) * 25.4 / 72 for v in page.obj[name]]
                for name in ("/TrimBox", "/BleedBox", "/MediaBox")
            )
            assert trim[2] - trim[0] == pytest.approx(210, abs=1e-3)
            assert trim[3] - trim[1] == pytest.approx(297, abs=1e-3)
            outside = [
                trim[0] - bleed[0],
                trim[1] - bleed[1],
                bleed[2] - trim[2],
                bleed[3] - trim[3],
            ]
            assert outside == pytest.approx([3] * 4, abs=1e-3)
            assert media[0] < bleed[0] and bleed[2] < media[2]
            assert "/CropBox" not in page.obj
            assert "/Rotate" not in page.obj


QUIET = {
    "poppler": ["pdftoppm", "-r", "40", "{file}", "{out}"],
    "mutool": ["mutool", "draw", "-q", "-r", "40", "-o", "{out}-%d.png", "{file}"],
    "ghostscript": [
        "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING",
        "-sDEVICE=nullpage", "{file}",
    ],
    "pdffonts": ["pdffonts", "{file}"],
}  # fmt: skip


@pytest.mark.parametrize("reader", QUIET)
def test_readers_open_it_without_a_warning(press: Press, reader: str, tmp_path: Path) -> None:
    tool, *options = QUIET[reader]
    command = [o.format(file=press.path, out=tmp_path / "page") for o in options]
    done = subprocess.run([need(tool), *command], capture_output=True, text=True)
    assert (done.returncode, complaints(done.stderr)) == (0, "")
    if reader != "pdffonts":
        assert done.stdout == ""


def test_pdfium_draws_every_page(document: Any) -> None:
    for page in document:
        low, high = page.render(scale=0.5).to_pil().convert("L").getextrema()
        assert low < 60 < 200 < high


def test_qpdf_finds_no_fault(press: Press) -> None:
    done = subprocess.run(
        [need("qpdf"), "--check", str(press.path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    assert "No syntax or stream encoding errors found" in done.stdout


def test_every_font_is_embedded_subset_and_has_its_characters(press: Press) -> None:
    done = subprocess.run([need("pdffonts"), str(press.path)], capture_output=True, text=True)
    rows = [re.split(r"\s{1,}", row) for row in done.stdout.splitlines()[2:]]
    assert rows
    for row in rows:
        assert re.match(r"[A-Z]{6}\+Noto", row[0]), row
        assert row[-5:-2] == ["yes", "yes", "yes"], row
        assert "Type" not in row or "3" not in row[1:4]


SHOW = {"Tj", "TJ", "'", '"'}
COLOURED = {"rg", "RG", "sc"}


def colours_of_text(page: Any) -> Counter[tuple[float, ...]]:
    """How many bytes of text are shown in each fill colour."""
    shown: Counter[tuple[float, ...]] = Counter()
    fill: tuple[float, ...] = (0.0, 0.0, 0.0, 1.0)
    saved = []
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "q":
            saved.append(fill)
        elif name == "Q":
            fill = saved.pop()
        elif name == "k":
            fill = tuple(round(float(v), 4) for v in operands)
        elif name == "g":
            fill = (0.0, 0.0, 0.0, round(1 - float(operands[0]), 4))
        elif name in SHOW:
            parts = operands[0] if name == "TJ" else operands[-1:]
            shown[fill] += sum(len(bytes(p)) for p in parts if isinstance(p, pikepdf.String))
        elif name == "cs":  # the job line, in the colour of the marks; never text
            assert operands == [pikepdf.Name("/Registration")]
            fill = (1.0, 1.0, 1.0, 1.0)
        assert name not in COLOURED, f"{name}: no process colour"
    return shown


def test_running_text_is_pure_black(press: Press) -> None:
    assert press.built.display is not None
    with pikepdf.open(press.path) as pdf:
        for page, display in zip(pdf.pages, press.built.display.pages, strict=True):
            runs = [item for item in walk(display.items) if isinstance(item, GlyphRun)]
            black = sum(len(run.gids) for run in runs if run.colour.name == "sumi")
            assert {run.colour.cmyk for run in runs if run.colour.name == "sumi"} == {
                (0, 0, 0, 100)
            }
            shown = colours_of_text(page)
            assert shown[(0.0, 0.0, 0.0, 1.0)] >= 2 * black > 1000  # two bytes a glyph
            total = sum(shown.values())
            assert shown[(0.0, 0.0, 0.0, 1.0)] > total / 2
            assert (1.0, 1.0, 1.0, 1.0) not in shown


AGAIN = """
import sys
from pathlib import Path
from layout.diagnostics import Reporter
from layout.pipeline import Places, build
root = Path(sys.argv[1])
places = Places(root / "fonts", root / "leaflets" / "styles")
built = build(root / "leaflets" / "leaflet9" / "leaflet.yaml", places, Reporter())
sys.stdout.buffer.write(built.press)
"""


def test_another_process_builds_the_same_bytes(press: Press, tmp_path: Path) -> None:
    """Another seed of hashes, another time zone, another folder to stand in."""
    strange = {"PYTHONHASHSEED": "4711", "TZ": "America/Lima", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", AGAIN, str(ROOT)],
        capture_output=True,
        cwd=tmp_path,
        env=dict(os.environ) | strange,
        check=True,
    )
    assert done.stdout == press.path.read_bytes()


# --- where the glyphs are ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Char:
    """One character as pdfium reads it, in nanometres from the trim's upper left corner."""

    text: str
    along: float
    down: float
    size: float
    end: float


def chars_of(document: Any, index: int) -> list[Char]:
    page = document[index]
    trim = page.get_trimbox()
    text = page.get_textpage()
    out = []
    for i in range(text.count_chars()):
        code = pdfium_raw.FPDFText_GetUnicode(text, i)
        if pdfium_raw.FPDFText_IsGenerated(text, i) or not squeezed(chr(code)):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        assert pdfium_raw.FPDFText_GetCharOrigin(text, i, ctypes.byref(x), ctypes.byref(y))
        box = pdfium_raw.FS_RECTF()
        assert pdfium_raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(box))
        out.append(
            Char(
                chr(code),
                (x.value - trim[0]) * NM_PER_PT,
                (trim[3] - y.value) * NM_PER_PT,
                pdfium_raw.FPDFText_GetFontSize(text, i) * NM_PER_PT,
                (box.right - trim[0]) * NM_PER_PT,
            )
        )
    return out


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of running text: the layout's line, where its room begins, the characters in the PDF."""

    line: Line
    start: int
    chars: tuple[Char, ...]

    @property
    def baseline(self) -> float:
        return self.chars[0].down


def leaves(fragment: Fragment, along: int, down: int) -> Iterator[tuple[int, int, Line]]:
    for at, child in fragment.children:
        here = along + at.inline, down + at.block
        if isinstance(child, TextLeaf):
            yield *here, child.line
        elif isinstance(child, Fragment):
            yield from leaves(child, *here)


def body_lines(press: Press, document: Any, page: int) -> list[Placed]:
    """The lines of running text of the page's grid, each with its characters of the PDF."""
    chars = chars_of(document, page - 1)
    found = []
    for area in press.built.pages[page - 1].areas:
        grid = area.area.grid
        if grid is None:
            continue
        for along, down, line in leaves(area.fragment, area.frame.x, area.frame.y):
            if line.style.pitch != grid.pitch or line.style.name != grid.name:
                continue
            start, reach = along + line.offset, along + line.offset + line.measure
            own = [
                char
                for char in chars
                if abs(char.down - down) < grid.size
                and math.isclose(char.size, grid.size, rel_tol=0.05)
                and start - grid.size <= char.along < reach + grid.size // 2
            ]
            own.sort(key=lambda char: char.along)
            assert squeezed(line.text) == "".join(c.text for c in own), line.text
            found.append(Placed(line, start, tuple(own)))
    assert found
    return found


@pytest.mark.parametrize("page", SEED_PAGES)
def test_body_lines_begin_at_their_place(press: Press, document: Any, page: int) -> None:
    for placed in body_lines(press, document, page):
        first = placed.chars[0]
        drawn = placed.start
        if character_class(first.text) == OPENING and first.text not in "(｢":
            drawn -= placed.line.style.size // 2  # its ink is in the second half of its em
        assert first.along == pytest.approx(drawn, abs=CLOSE), placed.line.text


@pytest.mark.parametrize("page", SEED_PAGES)
def test_justified_lines_end_on_the_measure(press: Press, document: Any, page: int) -> None:
    checked = 0
    for placed in body_lines(press, document, page):
        line, last = placed.line, placed.chars[-1]
        if line.last:
            continue
        measure = placed.start + line.measure
        ends = [last.end]
        if character_class(last.text) in HALF_BODIES:
            ends.append(last.along + line.style.size / 2)  # its other half is given up
        assert min(abs(end - measure) for end in ends) < CLOSE, line.text
        checked += 1
    assert checked >= 8


@pytest.mark.parametrize("page", SEED_PAGES)
def test_no_last_line_is_longer_than_the_measure(press: Press, document: Any, page: int) -> None:
    for placed in body_lines(press, document, page):
        last = placed.chars[-1]
        half = placed.line.style.size / 2 if character_class(last.text) in HALF_BODIES else 0
        assert last.end - half <= placed.start + placed.line.measure + CLOSE, placed.line.text


@pytest.mark.parametrize("page", SEED_PAGES)
def test_no_body_line_begins_or_ends_with_a_forbidden_character(
    press: Press, document: Any, page: int
) -> None:
    for placed in body_lines(press, document, page):
        assert character_class(placed.chars[0].text) not in NO_LINE_HEAD, placed.line.text
        assert placed.chars[0].text not in ")]｣", placed.line.text
        assert character_class(placed.chars[-1].text) != OPENING, placed.line.text
        assert placed.chars[-1].text not in "([｢", placed.line.text


@pytest.mark.parametrize("page", SEED_PAGES)
def test_no_paragraph_ends_with_a_lone_character(press: Press, document: Any, page: int) -> None:
    lines = body_lines(press, document, page)
    for before, placed in pairwise(lines):
        if placed.line.last and placed.line.items is before.line.items:
            signs = [c for c in placed.chars if character_class(c.text) not in (2, 6, 7)]
            assert len(signs) >= 2, placed.line.text


@pytest.mark.parametrize("page", [2, 3])
def test_lines_of_both_columns_stand_on_one_grid(press: Press, document: Any, page: int) -> None:
    lines = body_lines(press, document, page)
    starts = sorted({p.start for p in lines})
    middle = (starts[0] + starts[-1]) / 2
    first = sorted({p.baseline for p in lines if p.start < middle})
    second = sorted({p.baseline for p in lines if p.start > middle})
    assert len(first) > 20 and len(second) > 20
    pitch = lines[0].line.style.pitch
    for baseline in (*first, *second):
        off = (baseline - first[0]) / pitch
        assert abs(off - round(off)) * pitch < CLOSE
    level = [b for b in second if any(abs(a - b) < CLOSE for a in first)]
    assert len(level) > len(second) / 2


@pytest.mark.parametrize("page", SEED_PAGES)
def test_all_characters_of_a_line_share_its_baseline(
    press: Press, document: Any, page: int
) -> None:
    for placed in body_lines(press, document, page):
        assert max(abs(c.down - placed.baseline) for c in placed.chars) < CLOSE, placed.line.text
