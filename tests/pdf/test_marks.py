"""Printer's marks, folds, job line and binding, measured in finished files."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pytest
from msgspec.structs import replace
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from press_samples import BLACK, FONTS, RED, box, leaflet, run

from layout.backends.pdf import write_press
from layout.cli.messages import render
from layout.diagnostics import NOWHERE, Reporter
from layout.display.job_line import with_job_lines
from layout.display.model import Colour, DisplayList, Fold, Picture
from layout.font.library import FontLibrary
from layout.font.shape import Shaper
from layout.geometry import Rect
from layout.house.profile import Profile, load_profile
from layout.pipeline import Places, build
from layout.preflight.display import preflight
from layout.units import Length, mm

PROFILE = load_profile()
PT_PER_MM = 72 / 25.4
MARGIN = 13
A4 = (mm(210), mm(297))
LANDSCAPE = (mm(297), mm(210))


@cache
def shaper() -> Shaper:
    return Shaper(FontLibrary(FONTS, Reporter()))


def sheet(
    size: tuple[Length, Length] = A4,
    *folds: Fold,
    title: str = "街宣のお知らせ",
    items: tuple[Any, ...] = (run("本文", mm(20), mm(30)),),
) -> DisplayList:
    display = leaflet(*items, width=size[0], height=size[1], title=title)
    return replace(display, pages=(replace(display.pages[0], folds=folds),))


def signed(display: DisplayList, profile: Profile = PROFILE) -> bytes:
    return write_press(with_job_lines(display, profile, shaper()), profile, Reporter())


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


Line = tuple[tuple[float, float], tuple[float, float]]


def mark_lines(data: bytes, number: int = 0) -> Iterator[tuple[bool, Line]]:
    """Every straight mark: whether it is dashed, and its ends in millimetres on the trimmed page."""
    with opened(data) as pdf:
        page = pdf.pages[number].obj
        trim = [float(value) for value in page.TrimBox]
        dashed, at, registration = False, (0.0, 0.0), False
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "CS":
                    registration = operands == [pikepdf.Name("/Registration")]
                case "Q":
                    registration = False
                case "d":
                    dashed = len(operands[0]) > 0
                case "m" | "l" as verb:
                    x, y = (float(value) for value in operands)
                    there = ((x - trim[0]) / PT_PER_MM, (trim[3] - y) / PT_PER_MM)
                    if verb == "l" and registration:
                        yield dashed, (at, there)
                    at = there


def close(line: Line, ends: Line) -> bool:
    return [*line[0], *line[1]] == pytest.approx([*ends[0], *ends[1]], abs=0.001)


def has(lines: list[tuple[bool, Line]], dashed: bool, *ends: tuple[float, float]) -> bool:
    return any(mark == dashed and close(line, (ends[0], ends[1])) for mark, line in lines)


def need(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} is not installed")
    return path


def picture_of(data: bytes, number: int = 0) -> Image.Image:
    """The sheet at eight pixels to the millimetre."""
    scale = 8 / PT_PER_MM
    image: Image.Image = pypdfium2.PdfDocument(data)[number].render(scale=scale).to_pil()
    return image.convert("RGB")


def ink_box(image: Image.Image, x: float, y: float, x1: float, y1: float) -> Any:
    """Where in a rectangle of the trimmed page (mm) something is printed, in pixels, or None."""
    corners = [round((value + MARGIN) * 8) for value in (x, y, x1, y1)]
    part = image.crop((corners[0], corners[1], corners[2], corners[3])).convert("L")
    return part.point(lambda value: 255 if value < 200 else 0).getbbox()


# --- folds


def test_folds_are_dashed_lines_at_both_ends_of_the_fold() -> None:
    folds = (Fold(mm(99)), Fold(mm(198)), Fold(mm(70), level=True))
    lines = list(mark_lines(signed(sheet(LANDSCAPE, *folds))))
    for at in (99, 198):
        assert has(lines, True, (at, -3), (at, -12))
        assert has(lines, True, (at, 213), (at, 222))
    assert has(lines, True, (-3, 70), (-12, 70))
    assert has(lines, True, (300, 70), (309, 70))
    assert sum(dashed for dashed, _ in lines) == 6


def test_without_folds_nothing_is_dashed() -> None:
    lines = list(mark_lines(signed(sheet())))
    assert len(lines) == 24 and not any(dashed for dashed, _ in lines)


def test_a_fold_in_the_middle_is_dashed_up_to_the_bar_of_the_centre_mark() -> None:
    lines = list(mark_lines(signed(sheet((mm(420), mm(297)), Fold(mm(210))))))
    for outer, bar, far in ((-3, -6, -12), (300, 303, 309)):
        assert has(lines, True, (210, outer), (210, bar))
        assert has(lines, False, (210, bar), (210, far))
        assert not has(lines, False, (210, outer), (210, far))
        assert has(lines, False, (200, bar), (220, bar))
    assert has(lines, False, (-3, 148.5), (-12, 148.5))  # the other centre marks are whole


@pytest.mark.parametrize("size", [A4, LANDSCAPE, (mm(91), mm(55)), (mm(420), mm(297))])
def test_marks_keep_out_of_the_bleed_and_the_sheet_stays_centred(
    size: tuple[Length, Length],
) -> None:
    data = signed(sheet(size, Fold(size[0] // 3), Fold(size[1] // 2, level=True)))
    width, height = size[0] / mm(1), size[1] / mm(1)
    for _, ((x0, y0), (x1, y1)) in mark_lines(data):
        for x, y in ((x0, y0), (x1, y1), ((x0 + x1) / 2, (y0 + y1) / 2)):
            inside_x = -3 + 1e-3 < x < width + 3 - 1e-3
            assert not (inside_x and -3 + 1e-3 < y < height + 3 - 1e-3)
            assert -MARGIN < x < width + MARGIN and -MARGIN < y < height + MARGIN
    with opened(data) as pdf:
        media = [float(value) for value in pdf.pages[0].obj.MediaBox]
        trim = [float(value) for value in pdf.pages[0].obj.TrimBox]
    assert media[2] - trim[2] == pytest.approx(trim[0], abs=1e-3)
    assert media[3] - trim[3] == pytest.approx(trim[1], abs=1e-3)


def test_marks_are_on_all_plates(tmp_path: Path) -> None:
    images = plates(signed(sheet(LANDSCAPE, Fold(mm(99)))), tmp_path)
    assert set(images) == {"Cyan", "Magenta", "Yellow", "Black"}
    for image in images.values():
        pixel = round((MARGIN + 99) * SCALE)
        column = image.crop((pixel - 1, round(1.2 * SCALE), pixel + 2, round(9.8 * SCALE)))
        dark = [min(column.crop((0, y, 3, y + 1)).tobytes()) < 100 for y in range(column.height)]
        changes = sum(a != b for a, b in pairwise(dark))
        assert 10 <= changes <= 16  # dashes: seven of them


SCALE = 300 / 25.4


def plates(data: bytes, folder: Path) -> dict[str, Image.Image]:
    """The page's plates at 300 dpi, as Ghostscript separates them; 0 is solid ink."""
    path = folder / "press.pdf"
    path.write_bytes(data)
    script = [need("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r300"]
    subprocess.run([*script, f"-sOutputFile={folder / 'p.tif'}", str(path)], check=True)
    return {found.stem[2:-1]: Image.open(found).convert("L") for found in folder.glob("p(*).tif")}


# --- the job line


def test_the_job_line_is_no_text_and_brings_no_font() -> None:
    display = sheet(title="この題は作業名として外に出るだけ")
    data, bare = signed(display), write_press(display, PROFILE, Reporter())
    assert pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded() == "本文"
    with opened(data) as pdf, opened(bare) as without:
        assert len(pdf.pages[0].Resources.Font) == len(without.pages[0].Resources.Font) == 1
    assert ink_box(picture_of(data), 5, 299, 90, 309) is not None
    assert ink_box(picture_of(bare), 5, 299, 90, 309) is None


def test_poppler_extracts_the_page_alone(tmp_path: Path) -> None:
    path = tmp_path / "press.pdf"
    path.write_bytes(signed(sheet()))
    done = subprocess.run([need("pdftotext"), str(path), "-"], capture_output=True, text=True)
    assert done.stdout.split() == ["本文"]


@pytest.mark.parametrize(
    ("size", "title"),
    [
        (A4, "街宣のお知らせ"),
        (
            A4,
            "とても長い題で、紙の半分には入りきらないので、終わりのほうが切られるはずのリーフ" * 2,
        ),
        (LANDSCAPE, "題"),
        ((mm(105), mm(148)), "A6の小さなちらし、題はやや長い"),
        ((mm(91), mm(55)), "名刺の大きさのカード"),
    ],
)
def test_the_job_line_is_clear_of_every_mark(size: tuple[Length, Length], title: str) -> None:
    width, height = size[0] / mm(1), size[1] / mm(1)
    lines = with_job_lines(sheet(size, title=title), PROFILE, shaper()).pages[0].slug
    assert lines
    half = min(10, width / 4)
    start = lines[0].origin.x / mm(1)
    end = (lines[-1].origin.x + sum(lines[-1].advances)) / mm(1)
    assert start >= 4.9 and end <= width / 2 - half - 1.9
    image = picture_of(signed(sheet(size, title=title)))
    left, top, right, bottom = ink_box(image, 1, height + 3.2, width / 2 - half - 0.5, height + 13)
    assert left >= 3.5 * 8 and right <= (width / 2 - half - 2.3) * 8
    assert top >= 1 * 8 and bottom <= 7.5 * 8


def test_the_job_line_says_name_page_date_and_plates() -> None:
    display = sheet()
    display = replace(display, pages=display.pages * 2)
    slug = with_job_lines(display, PROFILE, shaper()).pages[1].slug
    wanted = ["街宣のお知らせ", "2/2", "2025-09-01", "C", "M", "Y", "K"]
    face = slug[0].face
    library = shaper().library
    for piece, words in zip(slug, wanted, strict=True):
        assert len(piece.gids) == len(words)
        if words.isascii():
            assert [library.glyph(face, char) for char in words] == list(piece.gids)
        assert not any(piece.texts)


def test_what_has_no_glyph_is_a_geta() -> None:
    slug = with_job_lines(sheet(title="題\u1f00\U0001f600"), PROFILE, shaper()).pages[0].slug
    assert slug[0].gids[-1] == shaper().library.glyph(slug[0].face, "〓")
    assert 0 not in slug[0].gids


def test_a_fold_moves_the_job_line() -> None:
    size = (mm(420), mm(297))
    title = "観音折りの見本ですから題もそれなりに長くなります"
    folds = (Fold(mm(60)), Fold(mm(210)), Fold(mm(360)))
    slug = with_job_lines(sheet(size, *folds, title=title), PROFILE, shaper()).pages[0].slug
    start, end = slug[0].origin.x, slug[-1].origin.x + sum(slug[-1].advances)
    assert mm(61) < start < end < mm(198)


def test_plates_are_named_in_their_own_ink(tmp_path: Path) -> None:
    red = box(mm(50), mm(50), mm(20), mm(20), RED)
    images = plates(signed(sheet(items=(red, run("本文", mm(20), mm(30))), title="題")), tmp_path)
    counts = {
        name: _words(image.crop(_pixels(3, 299.5, 93, 307.5))) for name, image in images.items()
    }
    # All plates carry name, page, date (three words and more); M, Y and K their own letter too.
    assert counts["Magenta"] == counts["Yellow"] == counts["Black"] == counts["Cyan"] + 1
    assert counts["Cyan"] > 2


def _pixels(*places: float) -> tuple[int, int, int, int]:
    x, y, x1, y1 = (round((place + MARGIN) * SCALE) for place in places)
    return x, y, x1, y1


def _words(image: Image.Image) -> int:
    """How many separate stretches of ink there are from left to right."""
    dark = [
        min(image.crop((x, 0, x + 1, image.height)).tobytes()) < 128 for x in range(image.width)
    ]
    return sum(here and not before for before, here in zip([False, *dark], dark, strict=False))


@pytest.mark.parametrize(
    ("mode", "names"), [("L", {"K"}), ("1", {"K"}), ("RGB", {"C", "M", "Y", "K"})]
)
def test_pictures_count_for_the_plates_they_print_on(
    tmp_path: Path, mode: str, names: set[str]
) -> None:
    path = tmp_path / "picture.png"
    Image.new(mode, (400, 400), 1 if mode == "1" else 90 if mode == "L" else (9, 99, 200)).save(
        path
    )
    item = Picture(str(path), Rect(mm(20), mm(20), mm(30), mm(30)), "絵", NOWHERE)
    with opened(signed(sheet(items=(item,)))) as pdf:
        inks = [
            tuple(float(value) for value in operands)
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "k"
        ]
    solid = {"C": (1, 0, 0, 0), "M": (0, 1, 0, 0), "Y": (0, 0, 1, 0), "K": (0, 0, 0, 1)}
    assert {name for name, ink in solid.items() if ink in inks} == names


def test_a_spot_ink_names_its_plate() -> None:
    green = Colour("緑", (80.0, 0, 90.0, 0), spot="DIC 2559", tint=40.0)
    items = (box(mm(20), mm(20), mm(10), mm(10), green), run("本文", mm(20), mm(60)))
    slug = with_job_lines(sheet(items=items), PROFILE, shaper()).pages[0].slug
    assert slug[-1].colour.spot == "DIC 2559" and slug[-1].colour.tint == 100
    assert len(slug[-1].gids) == len("DIC 2559")


def test_pages_share_the_words_of_the_job_line() -> None:
    display = sheet()
    data = signed(replace(display, pages=display.pages * 4))
    with opened(data) as pdf:
        forms = [item for item in pdf.objects if _is_form(item)]
        # The name, the date, K, and four page numbers.
        assert len(forms) == 3 + 4
        assert all("/Group" not in form and "/Ref" not in form for form in forms)


def _is_form(item: Any) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"


@pytest.mark.parametrize("name", ["office", "riso"])
def test_profiles_without_marks_have_neither_marks_nor_job_line(name: str) -> None:
    profile = load_profile(name)
    data = signed(sheet(A4, Fold(mm(105))), profile)
    assert list(mark_lines(data)) == []
    with opened(data) as pdf:
        assert "/XObject" not in pdf.pages[0].Resources
        assert pdf.pages[0].MediaBox == pdf.pages[0].TrimBox


def test_the_job_line_can_be_switched_off() -> None:
    profile = replace(PROFILE, job_line=False)
    assert signed(sheet(), profile) == write_press(sheet(), profile, Reporter())


# --- from the source

STYLE = """\
bira-style: 1
page: {width: 297mm, height: 210mm}
colours:
  sumi: {cmyk: [0, 0, 0, 100]}
fonts:
  body: {kanji: noto-serif-jp-400}
text:
  body: {font: body, size: 14Q, line: 24H, colour: sumi}
blocks:
  text: {text: body}
"""
AREAS = "    areas:\n      body: {rect: [20mm, 20mm, 250mm, 160mm]}\n"


def made(
    folder: Path, leaflet_keys: str = "", page: str = "", style: str = "", layout: str = ""
) -> tuple[DisplayList | None, Reporter, bytes | None]:
    """A small leaflet through the whole pipeline."""
    (folder / "styles").mkdir(exist_ok=True)
    (folder / "leaflet").mkdir(exist_ok=True)
    sheet_text = f"{STYLE}{style}layouts:\n  one:\n{layout}{AREAS}"
    (folder / "styles" / "small.yaml").write_text(sheet_text, encoding="utf-8")
    file = folder / "leaflet" / "leaflet.yaml"
    text = "".join(
        (
            "bira: 1\ntitle: 小さな見本\ndate: 2025-01-01\nstyle: small\n",
            leaflet_keys,
            f"pages:\n  - layout: one\n{page}    body:\n      - text: ",
            "折り目を越えて長く続く本文です。" * 6,
            "\n",
        )
    )
    file.write_text(text, encoding="utf-8")
    reporter = Reporter()
    built = build(file, Places(FONTS, folder / "styles"), reporter)
    return built.display, reporter, built.press


def folds_of(display: DisplayList | None) -> tuple[Fold, ...]:
    assert display is not None
    return display.pages[0].folds


def test_folds_can_be_said_by_leaflet_page_layout_and_style(tmp_path: Path) -> None:
    assert folds_of(made(tmp_path)[0]) == ()
    in_style = {"style": "folds: [100mm]\n"}
    in_layout = {**in_style, "layout": "    folds: [110mm]\n"}
    in_leaflet = {**in_layout, "leaflet_keys": "folds: [198mm, 99mm]\n"}
    in_page = {**in_leaflet, "page": "    folds: {left: [148.5mm], top: [105mm]}\n"}
    assert folds_of(made(tmp_path, **in_style)[0]) == (Fold(mm(100)),)
    assert folds_of(made(tmp_path, **in_layout)[0]) == (Fold(mm(110)),)
    assert folds_of(made(tmp_path, **in_leaflet)[0]) == (Fold(mm(99)), Fold(mm(198)))
    both = (Fold(mm(148.5)), Fold(mm(105), level=True))
    assert folds_of(made(tmp_path, **in_page)[0]) == both
    unfolded = {**in_leaflet, "page": "    folds: []\n"}
    assert folds_of(made(tmp_path, **unfolded)[0]) == ()


def test_folds_of_the_source_are_marked_in_the_file(tmp_path: Path) -> None:
    _, _, press = made(tmp_path, "folds: [99mm, 198mm]\n")
    assert press is not None
    lines = list(mark_lines(press))
    assert has(lines, True, (99, -3), (99, -12)) and has(lines, True, (198, 213), (198, 222))


@pytest.mark.parametrize("value", ["297mm", "0mm", "-5mm", "3字"])
def test_a_fold_outside_the_page_is_reported_at_its_place(tmp_path: Path, value: str) -> None:
    _, reporter, press = made(tmp_path, f"folds: [99mm, {value}]\n")
    (found,) = reporter
    assert (found.code, found.span.line, found.span.column) == ("fold.outside", 5, 15)
    assert press is None
    assert value in render(found, [], "ja")


def test_text_on_a_fold_is_warned_of_once_a_line_of_the_source(tmp_path: Path) -> None:
    display, reporter, press = made(tmp_path, "folds: [99mm]\n")
    assert press is not None and display is not None
    found = [each for each in reporter if each.code == "press.fold"]
    assert [(each.page, each.span.line) for each in found] == [(1, 9)]
    assert "99 mm" in render(found[0], [], "en") and "{" not in render(found[0], [], "ja")


@pytest.mark.parametrize(
    ("fold", "vertical", "turned", "codes"),
    [
        (Fold(mm(19)), False, False, []),
        (Fold(mm(19.2)), False, False, ["press.fold"]),
        (Fold(mm(25)), False, False, ["press.fold"]),
        (Fold(mm(28)), False, False, []),
        (Fold(mm(25), level=True), False, False, []),
        (Fold(mm(29), level=True), False, False, ["press.fold"]),
        (Fold(mm(19)), True, False, []),
        (Fold(mm(19)), False, True, ["press.fold"]),
        (Fold(mm(35), level=True), True, False, ["press.fold"]),
    ],
)
def test_the_distance_from_a_fold(
    fold: Fold, vertical: bool, turned: bool, codes: list[str]
) -> None:
    x = mm(22) if vertical else mm(20)
    item = run("文字", x, mm(30), vertical=vertical, turned=turned)
    reporter = Reporter()
    preflight(sheet(A4, fold, items=(item,)), PROFILE, reporter)
    assert [found.code for found in reporter] == codes


@pytest.mark.parametrize(
    ("leaflet_keys", "style", "layout", "right"),
    [
        ("", "", "", False),
        ("", "", "    writing: vertical\n", True),
        ("binding: left\n", "", "    writing: vertical\n", False),
        ("binding: right\n", "", "", True),
        ("", "binding: right\n", "", True),
        ("binding: left\n", "binding: right\n", "", False),
    ],
)
def test_binding_is_said_or_follows_the_writing(
    tmp_path: Path, leaflet_keys: str, style: str, layout: str, right: bool
) -> None:
    display, _, press = made(tmp_path, leaflet_keys, style=style, layout=layout)
    assert display is not None and press is not None
    assert display.bound_right == right
    with opened(press) as pdf:
        preferences = pdf.Root.get("/ViewerPreferences")
        assert (preferences is not None) == right
        assert not right or preferences.Direction == "/R2L"


def test_total_ink_is_warned_of_and_then_refused() -> None:
    for ink, profile, severity in (
        (300, "x1a", ""),
        (320, "x1a", "warning"),
        (351, "x1a", "error"),
        (320, "graphic", ""),
        (390, "graphic", "warning"),
        (301, "digita", "error"),
    ):
        colour = Colour("濃", (100.0, 100.0, 100.0, float(ink - 300)))
        display = sheet(items=(box(mm(20), mm(20), mm(10), mm(10), colour),))
        reporter = Reporter()
        preflight(display, load_profile(profile), reporter)
        assert [each.severity.name.lower() for each in reporter] == ([severity] if severity else [])


def test_black_marks_do_not_count_as_ink_of_the_page() -> None:
    reporter = Reporter()
    display = with_job_lines(
        sheet(items=(run("文", mm(20), mm(30), colour=BLACK),)), PROFILE, shaper()
    )
    preflight(display, PROFILE, reporter)
    assert list(reporter) == []
