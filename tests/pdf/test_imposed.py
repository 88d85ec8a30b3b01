"""Imposed sheets and single pages as finished files: nothing moves on the page, nothing spills."""

import math
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pytest
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent))

from press_samples import BLACK, RED, box, leaflet, run

from layout.backends.pdf import write_press
from layout.diagnostics import Reporter
from layout.display.impose import Imposed, impose
from layout.display.model import DisplayList
from layout.house.profile import load_profile
from layout.pipeline import Drawn, write
from layout.units import mm
from tests.built import drawn

ROOT = Path(__file__).resolve().parents[2]
PROFILE = load_profile()
PT = 72 / 25.4
MARGIN = 13  # mm of paper outside the trim
WIDTH, HEIGHT = 210, 297  # mm
CLOSE = 0.01  # points


def written(found: Drawn, display: DisplayList) -> bytes:
    assert found.profile is not None and found.library is not None
    return write(display, found.profile, found.library, Reporter())


@cache
def press(name: str) -> bytes:
    found = drawn(name)
    assert found.display is not None
    return written(found, found.display)


@cache
def imposed(name: str, bound_right: bool) -> tuple[Imposed, bytes]:
    found = drawn(name)
    assert found.display is not None
    done = impose(replace(found.display, bound_right=bound_right), PROFILE.bleed, Reporter())
    assert done is not None
    return done, written(found, done.display)


Glyphs = list[tuple[str, float, float, float]]


def glyphs(page: Any) -> Glyphs:
    """Every character with its origin and size, in points of the sheet, as MuPDF reads them."""
    found = []
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                found += [(c["c"], *c["origin"], span["size"]) for c in span["chars"]]
    return found


def moved(found: Glyphs, across: float) -> Glyphs:
    return [(c, x + across, y, size) for c, x, y, size in found]


def assert_same(found: Glyphs, wanted: Glyphs) -> None:
    """The same glyphs at the same places, in whatever order they were read."""
    assert Counter(g[0] for g in found) == Counter(g[0] for g in wanted)
    places: dict[tuple[str, int, int], list[tuple[float, ...]]] = {}
    for c, *rest in wanted:
        places.setdefault((c, round(rest[0]), round(rest[1])), []).append(tuple(rest))
    for c, *rest in found:
        near = [
            place
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for place in places.get((c, round(rest[0]) + dx, round(rest[1]) + dy), ())
        ]
        assert any(math.dist(place, rest) < CLOSE for place in near), (c, rest)


@pytest.mark.parametrize("bound_right", [False, True], ids=["left", "right"])
def test_every_glyph_of_leaflet9_stands_where_it_stood_on_its_page(bound_right: bool) -> None:
    done, data = imposed("leaflet9", bound_right)
    assert done.sides == (((1, 4), (3, 2)) if bound_right else ((4, 1), (2, 3)))
    pages, sheets = pymupdf.open(stream=press("leaflet9")), pymupdf.open(stream=data)
    assert len(sheets) == 2
    for sheet, (left, right) in zip(sheets, done.sides, strict=True):
        expected = glyphs(pages[left - 1]) + moved(glyphs(pages[right - 1]), WIDTH * PT)
        assert len(expected) > 1000
        assert_same(glyphs(sheet), expected)


def test_every_glyph_of_a_vertical_leaflet_too() -> None:
    """Two pages: each sheet carries its page twice."""
    done, data = imposed("tate-shimbun", True)
    assert done.sides == ((1, 1), (2, 2)) and not done.folded
    pages, sheets = pymupdf.open(stream=press("tate-shimbun")), pymupdf.open(stream=data)
    for page, sheet in zip(pages, sheets, strict=True):
        once = glyphs(page)
        assert_same(glyphs(sheet), once + moved(once, WIDTH * PT))


def test_pdfium_sees_the_same_distance() -> None:
    """Another reader's opinion: the boxes of the characters."""
    _, data = imposed("leaflet9", False)
    page = pypdfium2.PdfDocument(press("leaflet9"))[0].get_textpage()
    sheet = pypdfium2.PdfDocument(data)[0].get_textpage()

    def boxes(text: Any) -> dict[str, list[tuple[float, ...]]]:
        found: dict[str, list[tuple[float, ...]]] = {}
        for at in range(text.count_chars()):
            char = text.get_text_range(at, 1)
            if char.strip():
                found.setdefault(char, []).append(text.get_charbox(at))
        return found

    there = boxes(sheet)
    for char, places in boxes(page).items():
        for left, bottom, right, top in places:
            wanted = (left + WIDTH * PT, bottom, right + WIDTH * PT, top)
            assert any(math.dist(wanted, place) < 0.02 for place in there[char])


def test_the_boxes_are_those_of_an_a3_with_its_bleed() -> None:
    with pikepdf.open(BytesIO(imposed("leaflet9", False)[1])) as pdf:
        for page in pdf.pages:
            trim, bleed = ([float(n) for n in page[key]] for key in ("/TrimBox", "/BleedBox"))
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([420 * PT, 297 * PT])
            assert [t - b for t, b in zip(trim, bleed, strict=True)] == pytest.approx(
                [3 * PT, 3 * PT, -3 * PT, -3 * PT], abs=1e-3
            )


# --- what is painted ---------------------------------------------------------------------


def rendered(data: bytes, number: int = 0, dpi: int = 254) -> Callable[[float, float], int]:
    """The darkness of a place in millimetres from the trim's corner, 0 white to 255 black."""
    picture = pypdfium2.PdfDocument(data)[number].render(scale=dpi / 72, grayscale=True).to_pil()

    def at(x: float, y: float) -> int:
        pixel = picture.getpixel(
            (round((x + MARGIN) * dpi / 25.4), round((y + MARGIN) * dpi / 25.4))
        )
        assert isinstance(pixel, int)
        return 255 - pixel

    return at


def four_pages(*, bleeding: int) -> DisplayList:
    """Blank pages, but for one that is covered by a ground running out on all sides."""
    ground = box(mm(-5), mm(-5), mm(220), mm(307), RED)
    page = leaflet().pages[0]
    pages = [replace(page, items=(ground,) if n == bleeding else ()) for n in (1, 2, 3, 4)]
    return replace(leaflet(), pages=tuple(pages))


@pytest.mark.parametrize(("page", "left_half"), [(4, True), (1, False)])
def test_bleed_stays_outside_and_never_reaches_the_neighbour(page: int, left_half: bool) -> None:
    done = impose(four_pages(bleeding=page), PROFILE.bleed, Reporter())
    assert done is not None and done.sides[0] == (4, 1)
    at = rendered(write_press(done.display, PROFILE, Reporter()))
    middle, side = WIDTH, -1 if left_half else 1
    for y in (-2.5, 20, 150, 280, 299.5):
        assert at(middle + side * 0.3, y) > 50, "up to the fold"
        assert at(middle - side * 0.3, y) == 0, "not over it"
    edge = -2.5 if left_half else 422.5
    for y in (-2.5, 150, 299.5):
        assert at(edge, y) > 50, "the outer bleed is kept"
    beyond = -3.4 if left_half else 423.4
    assert at(beyond, 60) == 0, "and no more than that"


def test_the_fold_is_marked_at_both_ends_by_a_broken_line() -> None:
    done = impose(four_pages(bleeding=0), PROFILE.bleed, Reporter())
    assert done is not None
    data = write_press(done.display, PROFILE, Reporter())
    at = rendered(data, dpi=600)
    for outside in (range(-110, -30), range(3000, 3090)):
        ink = [max(at(WIDTH + dx / 20, y / 10) for dx in (-1, 0, 1)) > 100 for y in outside]
        assert 0 < sum(ink) < len(ink), "a mark, and gaps in it"


def test_sheets_to_be_cut_carry_no_fold_mark() -> None:
    _, cut = imposed("tate-shimbun", False)
    _, folded = imposed("leaflet9", False)

    def dashes(data: bytes) -> bool:
        with pikepdf.open(BytesIO(data)) as pdf:
            marks = pdf.pages[0].Contents.read_bytes().rpartition(b"/Registration CS")[2]
        return b"] 0 d" in marks.replace(b"[] 0 d", b"")

    assert dashes(folded) and not dashes(cut)


def test_an_eight_page_booklet_is_two_sheets() -> None:
    page = leaflet().pages[0]
    pages = tuple(replace(page, items=(run(f"頁{n}", mm(30), mm(30)),)) for n in range(1, 9))
    display = replace(leaflet(), pages=pages)
    done = impose(display, PROFILE.bleed, Reporter())
    assert done is not None
    document = pymupdf.open(stream=write_press(done.display, PROFILE, Reporter()))
    said = [sorted((x, c) for c, x, _, _ in glyphs(sheet) if c.isdigit()) for sheet in document]
    assert ["".join(c for _, c in side) for side in said] == ["81", "27", "63", "45"]


@pytest.mark.parametrize("tool", ["qpdf", "gs", "mutool"])
def test_others_read_the_sheets_without_complaint(tmp_path: Path, tool: str) -> None:
    program = shutil.which(tool)
    if program is None:
        pytest.skip(f"{tool} is not installed")
    file = tmp_path / "a3.pdf"
    file.write_bytes(imposed("leaflet9", False)[1])
    command = {
        "qpdf": [program, "--check", file],
        "gs": [program, "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage", file],
        "mutool": [program, "info", file],
    }[tool]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0
    assert "error" not in done.stderr.lower() and "warning" not in done.stderr.lower()


def test_the_ground_of_a_page_is_black_only_where_it_was() -> None:
    """The clip does not outlive its page: what follows is painted over the whole sheet."""
    first = replace(leaflet().pages[0], items=(box(0, 0, mm(10), mm(10), BLACK),))
    display = replace(leaflet(), pages=(first,) * 4)
    done = impose(display, PROFILE.bleed, Reporter())
    assert done is not None
    at = rendered(write_press(done.display, PROFILE, Reporter()))
    assert at(5, 5) > 200 and at(WIDTH + 5, 5) > 200
    assert at(15, 5) == 0 and at(WIDTH + 15, 5) == 0
