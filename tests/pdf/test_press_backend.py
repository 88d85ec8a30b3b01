"""The press backend, judged by others' tools: qpdf, poppler, pdfium, MuPDF, Ghostscript."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pypdfium2.raw as pdfium_raw  # type: ignore[import-untyped,unused-ignore]
import pytest
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent))

from press_samples import (
    BLACK,
    FONTS,
    RED,
    SANS,
    WHITE,
    box,
    leaflet,
    rectangle,
    run,
)

from layout.backends.pdf import write_press
from layout.backends.pdf.colour import overprints
from layout.backends.pdf.images import resolution
from layout.backends.pdf.marks import bleed_box, printers_marks
from layout.backends.pdf.numbers import fine_point, number, point
from layout.diagnostics import NOWHERE, Reporter, Severity
from layout.display.model import DisplayItem, DisplayList, Group, Link, Picture, Stroke
from layout.font.face import FontFace
from layout.geometry import Rect
from layout.house import profile as profile_module
from layout.house.profile import ProfileError, load_profile, profile_names
from layout.units import mm, q, to_pt

PT_PER_MM = 72 / 25.4
PROFILE = load_profile()
MARGIN = 13

CASE = "国権の発動たる戦争と、武力による威嚇 - 又は‑武力の行使は、日⽇𠮷①➀か゚。"


def need(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} is not installed")
    return path


def press(*items: DisplayItem, reporter: Reporter | None = None) -> bytes:
    return write_press(leaflet(*items), PROFILE, Reporter() if reporter is None else reporter)


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(data: bytes) -> Path:
        path = tmp_path / "press.pdf"
        path.write_bytes(data)
        return path

    return write


def everything() -> bytes:
    return press(
        box(mm(-3), mm(-3), mm(216), mm(43), RED),
        run("平和 White", mm(20), mm(25), face=SANS, size=q(40), colour=WHITE),
        run(CASE, mm(20), mm(60)),
        run("縦組みの「文章」ー、。", mm(190), mm(60), vertical=True),
        run("次の行はここ𠮷から。", mm(180), mm(60), vertical=True),
        run("Sideways", mm(170), mm(60), turned=True),
        box(mm(20), mm(100), mm(30), mm(20), BLACK, Stroke(RED, mm(1), (mm(2), mm(1)))),
    )


def contents(data: bytes) -> str:
    with opened(data) as pdf:
        return pdf.pages[0].Contents.read_bytes().decode("latin-1")


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def extract(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return str(document[0].get_textpage().get_text_bounded())


# --- the file


def test_qpdf_finds_no_fault(keep: Callable[[bytes], Path]) -> None:
    path = keep(everything())
    done = subprocess.run([need("qpdf"), "--check", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PDF Version: 1.3" in done.stdout


def test_ghostscript_and_mutool_read_it_in_silence(keep: Callable[[bytes], Path]) -> None:
    path = str(keep(everything()))
    script = [need("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage", path]
    done = subprocess.run(script, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = subprocess.run([need("mutool"), "info", path], capture_output=True, text=True)
    assert done.returncode == 0
    assert "error" not in done.stderr


def test_every_endstream_stands_on_its_own_line_and_nobody_advertises() -> None:
    data = everything()
    assert data.startswith(b"%PDF-1.3\n%")
    starts = [match.start() for match in re.finditer(rb"endstream\n", data)]
    assert starts
    assert all(data[at - 1 : at] == b"\n" for at in starts)
    for word in (b"ReportLab", b"reportlab", b"anonymous", b"unspecified", b"Helvetica"):
        assert word not in data
    for word in (b"/ObjStm", b"/XRef", b"/LZWDecode", b"/Encrypt", b"/SMask", b"/CropBox"):
        assert word not in data


def test_streams_are_deflated_but_metadata_is_plain() -> None:
    with opened(everything()) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                plain = item.get("/Type") == "/Metadata"
                assert ("/Filter" in item) != plain
                assert plain or item.Filter == "/FlateDecode"


def test_boxes_nest_and_the_sheet_is_centred_on_the_trim() -> None:
    with opened(everything()) as pdf:
        page = pdf.pages[0].obj
        boxes = {
            name: [float(value) / PT_PER_MM for value in page[f"/{name}"]]
            for name in ("MediaBox", "BleedBox", "TrimBox")
        }
        assert "/CropBox" not in page and "/ArtBox" not in page and "/Group" not in page
    assert boxes["MediaBox"] == pytest.approx([0, 0, 236, 323], abs=1e-4)
    assert boxes["BleedBox"] == pytest.approx([10, 10, 226, 313], abs=1e-4)
    assert boxes["TrimBox"] == pytest.approx([13, 13, 223, 310], abs=1e-4)


def test_info_metadata_and_output_intent_agree() -> None:
    with opened(everything()) as pdf:
        info = {name: str(value) for name, value in pdf.docinfo.items()}
        assert info == {
            "/Title": "街宣のお知らせ",
            "/Author": "著者",
            "/Creator": "bira",
            "/Producer": "bira",
            "/CreationDate": "D:20250901000000+09'00'",
            "/ModDate": "D:20250901000000+09'00'",
            "/Trapped": "/False",
            "/GTS_PDFXVersion": "PDF/X-1:2001",
            "/GTS_PDFXConformance": "PDF/X-1a:2001",
        }
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert intent.OutputConditionIdentifier == "JC200103"
        assert intent.RegistryName == "http://www.color.org"
        assert str(intent.Info) and "/DestOutputProfile" not in intent
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False)
        assert metadata["dc:title"] == info["/Title"]
        assert metadata["xmp:CreateDate"] == "2025-09-01T00:00:00+09:00"
        assert metadata["xmp:ModifyDate"] == metadata["xmp:CreateDate"]
        assert metadata["pdf:Producer"] == "bira"
        assert metadata["pdf:Trapped"] == "False"
        assert metadata["pdfx:GTS_PDFXVersion"] == info["/GTS_PDFXVersion"]
        assert metadata["pdfx:GTS_PDFXConformance"] == info["/GTS_PDFXConformance"]
        assert len(pdf.trailer.ID) == 2 and len(bytes(pdf.trailer.ID[0])) == 16


def test_an_unreadable_date_is_reported_and_not_replaced_by_today() -> None:
    reporter = Reporter()
    data = write_press(leaflet(date="明日"), PROFILE, reporter)
    assert [found.code for found in reporter] == ["document.date-unreadable"]
    assert b"D:19700101" in data


def test_title_with_markup_keeps_the_metadata_well_formed() -> None:
    data = write_press(leaflet(title="A & B <c> (d) \\"), PROFILE, Reporter())
    with opened(data) as pdf:
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False)
        assert metadata["dc:title"] == str(pdf.docinfo.Title) == "A & B <c> (d) \\"


def test_the_same_leaflet_gives_the_same_bytes_in_any_process() -> None:
    assert everything() == everything()
    here = Path(__file__).resolve()
    program = (
        "import sys,hashlib;import test_press_backend as t;"
        "print(hashlib.sha256(t.everything()).hexdigest())"
    )
    package = Path(profile_module.__file__).parents[2]
    answers = set()
    for seed in ("1", "77"):
        path = os.pathsep.join((str(package), str(here.parent)))
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        done = subprocess.run(
            [sys.executable, "-c", program], env=surroundings, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        answers.add(done.stdout)
    assert len(answers) == 1


def test_different_content_gives_a_different_id() -> None:
    def identity(data: bytes) -> bytes:
        with opened(data) as pdf:
            return bytes(pdf.trailer.ID[0])

    assert identity(press(run("あ", 0, 0))) != identity(press(run("い", 0, 0)))


def test_an_empty_leaflet_and_an_empty_run_are_files_too(keep: Callable[[bytes], Path]) -> None:
    empty = replace(run("あ", 0, 0), gids=(), advances=(), texts=())
    for data in (press(), press(empty)):
        path = keep(data)
        assert subprocess.run([need("qpdf"), "--check", str(path)]).returncode == 0


# --- marks and bleed


def test_marks_keep_out_of_the_bleed_and_inside_the_sheet() -> None:
    width, height = mm(210), mm(297)
    bleed = bleed_box(width, height, PROFILE)
    marks = printers_marks(width, height, PROFILE)
    assert len(marks) == 16
    for mark in marks:
        points = [numbers for _, numbers in mark.path]
        for (x1, y1), (x2, y2) in pairwise(points):
            middle = ((x1 + x2) / 2, (y1 + y2) / 2)
            inside_x = bleed.x < middle[0] < bleed.right
            assert not (inside_x and bleed.y < middle[1] < bleed.bottom)
        for x, y in points:
            assert -PROFILE.margin < x < width + PROFILE.margin
            assert -PROFILE.margin < y < height + PROFILE.margin


def test_each_corner_marks_the_trim_and_the_bleed() -> None:
    marks = printers_marks(mm(210), mm(297), PROFILE)
    paths = [[numbers for _, numbers in mark.path] for mark in marks]
    assert [(0, mm(-12)), (0, mm(-3)), (mm(-12), mm(-3))] in paths
    assert [(mm(-3), mm(-12)), (mm(-3), 0), (mm(-12), 0)] in paths
    assert [(mm(213), mm(309)), (mm(213), mm(297)), (mm(222), mm(297))] in paths
    assert [(mm(105), mm(-3)), (mm(105), mm(-12))] in paths


def test_marks_of_a_narrow_page_do_not_meet() -> None:
    for mark in printers_marks(mm(20), mm(30), PROFILE)[8:]:
        for _, (x, y) in mark.path:
            assert mm(-12) <= x <= mm(32) and mm(-12) <= y <= mm(42)


def test_marks_are_in_registration_colour_and_nothing_else_is() -> None:
    data = everything()
    with opened(data) as pdf:
        space = pdf.pages[0].Resources.ColorSpace.Registration
        assert [str(part) for part in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
        assert space[3].FunctionType == 2
    stream = contents(data)
    assert stream.count("/Registration CS 1 SCN") == 1
    marks = stream[stream.index("/Registration") :]
    assert "BT" not in marks and " k" not in marks


def test_paint_ends_at_the_bleed_and_marks_begin_there() -> None:
    whole = box(mm(-13), mm(-13), mm(236), mm(323), RED)
    picture = pypdfium2.PdfDocument(press(whole))[0].render(scale=4).to_pil().convert("RGB")

    def colour(x: float, y: float) -> tuple[int, int, int]:
        pixel = picture.getpixel(
            (int((x + MARGIN) * PT_PER_MM * 4), int((y + MARGIN) * PT_PER_MM * 4))
        )
        assert isinstance(pixel, tuple)
        return pixel[0], pixel[1], pixel[2]

    assert colour(-2.8, 50) == colour(212.8, 299.8) == colour(100, 100)
    assert colour(-3.3, 50) == colour(213.3, 50) == (255, 255, 255)
    assert colour(-2.7, -2.7) == colour(100, 100)
    assert max(colour(0, -8)) < 120
    assert max(colour(-3, -8)) < 120


# --- fonts and text


def test_fonts_are_embedded_subset_and_of_two_directions(keep: Callable[[bytes], Path]) -> None:
    path = keep(everything())
    done = subprocess.run([need("pdffonts"), str(path)], capture_output=True, text=True)
    rows = done.stdout.splitlines()[2:]
    assert len(rows) == 3
    assert all(re.match(r"[A-Z]{6}\+Noto", row) and "yes yes yes" in row for row in rows)
    assert sum("Identity-V" in row for row in rows) == 1


def test_font_dictionaries_are_complete() -> None:
    with opened(everything()) as pdf:
        fonts = pdf.pages[0].Resources.Font
        for font in fonts.values():
            (descendant,) = font.DescendantFonts
            descriptor = descendant.FontDescriptor
            assert font.BaseFont == descendant.BaseFont == descriptor.FontName
            assert descendant.Subtype == "/CIDFontType2"
            program = descriptor.FontFile2.read_bytes()
            assert len(program) == descriptor.FontFile2.Length1
            assert b"GSUB" not in program[:400]
            mapped = len(descendant.CIDToGIDMap.read_bytes()) // 2
            assert len(descriptor.CIDSet.read_bytes()) == (mapped + 7) // 8
            assert int(descriptor.StemV) > 0 and int(descriptor.CapHeight) > 0
        vertical = next(font for font in fonts.values() if font.Encoding == "/Identity-V")
        assert [int(value) for value in vertical.DescendantFonts[0].DW2] == [880, -1000]


@pytest.mark.parametrize(
    "text",
    [CASE, "A-B‑C", "日⽇", "①➀", "𠮷野家と吉野家", "office fi ffi", "(\\)<>"],
)
def test_text_comes_out_exactly_as_typed(text: str, keep: Callable[[bytes], Path]) -> None:
    data = press(run(text, mm(20), mm(60)))
    path = str(keep(data))
    assert extract(data) == text
    for options in ([], ["-raw"]):
        command = [need("pdftotext"), *options, path, "-"]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.stdout.strip("\n\f") == text
    done = subprocess.run(
        [need("mutool"), "draw", "-F", "txt", path], capture_output=True, text=True
    )
    assert done.stdout.strip() == text


def test_spaces_stay_what_they_were() -> None:
    text = "空 白　とNB SP"
    assert extract(press(run(text, mm(20), mm(60)))) == text


def test_columns_come_out_as_lines_in_reading_order(keep: Callable[[bytes], Path]) -> None:
    columns = ["縦組みの「文章」ー、。", "次の行はここ𠮷から", "三行目ですよ", "四行"]
    for size in (13, 20, 28, 30):
        runs = [
            run(text, mm(190) - index * q(2 * size), mm(40), size=q(size), vertical=True)
            for index, text in enumerate(columns)
        ]
        data = press(*runs)
        path = str(keep(data))
        assert extract(data).replace("\r\n", "") == "".join(columns)
        done = subprocess.run([need("pdftotext"), path, "-"], capture_output=True, text=True)
        assert done.stdout.split() == columns
        done = subprocess.run(
            [need("mutool"), "draw", "-F", "txt", path], capture_output=True, text=True
        )
        assert done.stdout.split() == columns


def test_a_glyph_without_text_is_painted_but_not_extracted(keep: Callable[[bytes], Path]) -> None:
    whole = run("ABC", mm(20), mm(60), size=q(60))
    spared = replace(whole, texts=("ABC", "", ""))
    assert extract(press(spared)) == "ABC"
    path = str(keep(press(spared)))
    done = subprocess.run(
        [need("mutool"), "draw", "-F", "txt", path], capture_output=True, text=True
    )
    assert done.stdout.strip() == "ABC"
    for vertical, turned in ((False, False), (True, False), (False, True)):
        whole = run("平和な", mm(60), mm(60), size=q(60), vertical=vertical, turned=turned)
        spared = replace(whole, texts=("平和な", "", ""))
        pictures = [
            pypdfium2.PdfDocument(press(item))[0].render(scale=2).to_pil().convert("L")
            for item in (whole, spared)
        ]
        assert _difference(*pictures) < 0.02


def _difference(first: object, second: object) -> float:
    """The share of ink that differs between two pictures."""
    from PIL import Image, ImageChops, ImageStat

    assert isinstance(first, Image.Image) and isinstance(second, Image.Image)
    ink = ImageStat.Stat(ImageChops.invert(first)).sum[0]
    return float(ImageStat.Stat(ImageChops.difference(first, second)).sum[0] / ink)


def origins(data: bytes) -> list[tuple[float, float]]:
    """The origins of all characters in millimetres from the trim's upper left corner."""
    from ctypes import byref, c_double

    textpage = pypdfium2.PdfDocument(data)[0].get_textpage()
    found = []
    for index in range(textpage.count_chars()):
        if pdfium_raw.FPDFText_GetUnicode(textpage.raw, index) in (10, 13):
            continue
        x, y = c_double(), c_double()
        assert pdfium_raw.FPDFText_GetCharOrigin(textpage.raw, index, byref(x), byref(y))
        found.append((x.value / PT_PER_MM - MARGIN, 297 + MARGIN - y.value / PT_PER_MM))
    return found


@pytest.mark.parametrize("spacing", [0, 12_345, -54_321, 1])
@pytest.mark.parametrize("turned", [False, True])
def test_each_glyph_lands_on_its_place(spacing: int, turned: bool) -> None:
    text = "日本国民は正義と秩序をabcWAV希求し国権の発動たる戦争" * 2
    item = run(text, mm(20), mm(30), spacing=spacing, turned=turned)
    pen = 0.0
    for (x, y), advance in zip(origins(press(item)), item.advances, strict=True):
        along, across = (y - 30, x - 20) if turned else (x - 20, y - 30)
        assert along == pytest.approx(pen / 1e6, abs=0.005)
        assert across == pytest.approx(0, abs=0.005)
        pen += advance


@pytest.mark.parametrize("spacing", [0, 12_345, -54_321])
def test_each_glyph_of_a_column_lands_on_its_place(spacing: int) -> None:
    item = run(
        "日本国民は正義と秩序を希求し国権" * 2, mm(100), mm(30), spacing=spacing, vertical=True
    )
    half, top = 3.25 / 2, 3.25 * 0.88
    pen = 0.0
    for (x, y), advance in zip(origins(press(item)), item.advances, strict=True):
        assert y - 30 - top == pytest.approx(pen / 1e6, abs=0.01)
        assert x - 100 + half == pytest.approx(0, abs=0.01)
        pen += advance


def test_shifts_move_along_and_across() -> None:
    plain = run("あいうえ", mm(20), mm(30))
    shifts = ((0, 0), (mm(0.5), mm(1)), (-mm(0.2), mm(1)), (0, -mm(2)))
    for turned, signs in ((False, (1, -1)), (True, (1, 1))):
        whole = run("あいうえ", mm(20), mm(30), turned=turned)
        before = origins(press(whole))
        after = origins(press(replace(whole, shifts=shifts)))
        for (x1, y1), (x2, y2), (along, across) in zip(before, after, shifts, strict=True):
            moved = (y2 - y1, x2 - x1) if turned else (x2 - x1, y2 - y1)
            assert moved[0] == pytest.approx(signs[0] * along / 1e6, abs=0.005)
            assert moved[1] == pytest.approx(signs[1] * across / 1e6, abs=0.005)
    assert extract(press(replace(plain, shifts=((0, 0),) * 4))) == "あいうえ"


def test_only_what_is_used_is_embedded() -> None:
    assert len(press(run("あ", 0, 0))) < 12_000


# --- colour and overprint


def test_pure_black_overprints_and_white_knocks_out() -> None:
    data = press(
        run("黒", mm(20), mm(20)),
        run("白", mm(20), mm(30), colour=WHITE),
        run("赤", mm(20), mm(40), colour=RED),
        run("黒", mm(20), mm(50)),
    )
    stream = contents(data)
    states = re.findall(r"/(\w+) gs|([\d. ]+) k\n", stream)
    assert [state or colour for state, colour in states] == [
        "GSf",
        "0 0 0 1",
        "GSn",
        "0 0 0 0",
        "0 1 1 0",
        "GSf",
        "0 0 0 1",
    ]
    with opened(data) as pdf:
        states_found = pdf.pages[0].Resources.ExtGState
        assert bool(states_found.GSf.op) and int(states_found.GSf.OPM) == 1
        assert bool(states_found.GSb.OP) and bool(states_found.GSb.op)
        assert not bool(states_found.GSn.OP) and not bool(states_found.GSn.op)


def test_fill_and_stroke_overprint_by_themselves() -> None:
    stream = contents(press(box(0, 0, mm(5), mm(5), RED, Stroke(BLACK, mm(1)))))
    assert "/GSs gs\n0 1 1 0 k\n0 0 0 1 K\n2.8346 w\n" in stream
    assert stream.count(" B\n") == 1


def test_a_profile_can_switch_overprint_off() -> None:
    profile = replace(PROFILE, overprint_black=False)
    data = write_press(leaflet(run("黒", 0, 0)), profile, Reporter())
    assert "gs" not in contents(data)
    assert not overprints(BLACK, False)


def test_rich_black_does_not_overprint() -> None:
    assert not overprints(replace(BLACK, cmyk=(30, 15, 15, 100)), True)
    assert overprints(replace(BLACK, cmyk=(0.0, 0.0, 0.0, 100.0)), True)


def test_black_text_overprints_on_the_plates(tmp_path: Path) -> None:
    path = tmp_path / "o.pdf"
    black = box(mm(20), mm(20), mm(10), mm(10), BLACK)
    white = box(mm(40), mm(20), mm(10), mm(10), WHITE)
    path.write_bytes(press(box(0, 0, mm(100), mm(100), RED), black, white))
    plates = str(tmp_path / "plate.tif")
    command = [need("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r36"]
    subprocess.run([*command, f"-sOutputFile={plates}", str(path)], check=True)
    from PIL import Image

    def ink(plate: str, x: float, y: float) -> object:
        with Image.open(tmp_path / f"plate({plate}).tif") as image:
            at = (int((x + MARGIN) / 25.4 * 36), int((y + MARGIN) / 25.4 * 36))
            return image.convert("L").getpixel(at)

    assert ink("Magenta", 25, 25) == 0 and ink("Black", 25, 25) == 0
    assert ink("Magenta", 45, 25) == 255
    assert ink("Cyan", 0, -8) != 255


def test_groups_clip_and_restore() -> None:
    group = Group(
        (box(mm(60), mm(60), mm(40), mm(40), RED),),
        rectangle(mm(70), mm(70), mm(10), mm(10)),
        NOWHERE,
        "group",
    )
    after = box(mm(10), mm(10), mm(10), mm(10), BLACK)
    link = Link(Rect(0, 0, mm(10), mm(10)), "https://example.org", NOWHERE)
    data = press(box(0, 0, mm(1), mm(1), BLACK), group, after, link)
    stream = contents(data)
    assert stream.count("q\n") == stream.count("Q\n") == 3
    assert stream.rindex("0 0 0 1 k") < stream.index("0 1 1 0 k")
    assert b"/Annot" not in data
    picture = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("RGB")
    outside = picture.getpixel((int(78 * PT_PER_MM), int(78 * PT_PER_MM)))
    assert outside == (255, 255, 255)


def test_even_odd_shapes_have_holes() -> None:
    outer, hole = rectangle(0, 0, mm(30), mm(30)), rectangle(mm(10), mm(10), mm(10), mm(10))
    shape = replace(box(0, 0, 0, 0, RED), path=outer + hole, even_odd=True)
    assert " f*\n" in contents(press(shape))


def test_numbers_are_short_and_exact() -> None:
    assert point(mm(25.4)) == b"72"
    assert point(0) == point(-1) == b"0"
    assert float(point(mm(210))) == pytest.approx(to_pt(mm(210)), abs=5e-5)
    assert fine_point(q(13)) == b"9.212598"
    assert (number(-50_000, 100), number(1250, 100)) == (b"-500", b"12.5")


# --- pictures


def place(path: Path, width: float = 20, height: float = 20) -> Picture:
    return Picture(str(path), Rect(mm(20), mm(20), mm(width), mm(height)), "alt", NOWHERE)


@dataclass(frozen=True)
class Embedded:
    """The one picture of a file."""

    width: int
    height: int
    bits: int
    space: str
    data: bytes


def embedded(data: bytes) -> Embedded:
    with opened(data) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        return Embedded(
            int(image.Width),
            int(image.Height),
            int(image.BitsPerComponent),
            str(image.ColorSpace),
            image.read_bytes(),
        )


def first_inks(image: Embedded) -> tuple[int, ...]:
    return tuple(image.data[:4])


def codes(reporter: Reporter) -> list[str]:
    return [found.code for found in reporter]


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "webp"])
def test_rgb_becomes_inks_through_the_profile(tmp_path: Path, suffix: str) -> None:
    from PIL import Image

    path = tmp_path / f"red.{suffix}"
    Image.new("RGB", (300, 300), (230, 20, 30)).save(path)
    reporter = Reporter()
    image = embedded(press(place(path), reporter=reporter))
    assert (image.space, image.bits) == ("/DeviceCMYK", 8)
    cyan, magenta, yellow, black = first_inks(image)
    assert magenta > 200 and yellow > 180 and cyan < 60 and black < 60
    assert codes(reporter) == ["image.rgb-converted"]
    assert [found.severity for found in reporter] == [Severity.NOTE]


def test_total_ink_of_black_pictures_stays_within_the_profile(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "black.png"
    picture = Image.new("RGB", (300, 300), (0, 0, 0))
    picture.putpixel((299, 299), (0, 0, 90))  # a gray picture would keep to the black plate
    picture.save(path)
    inks = first_inks(embedded(press(place(path))))
    assert 200 < sum(inks) / 255 * 100 <= 305


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "LA", "P"])
def test_gray_and_bitonal_keep_to_the_black_plate(tmp_path: Path, mode: str) -> None:
    from PIL import Image

    path = tmp_path / "gray.png"
    if mode == "I;16":
        Image.new("I;16", (600, 600), 128 * 257).save(path)
    elif mode == "P":
        Image.new("L", (600, 600), 128).save(path.with_suffix(".tif"))
        path = path.with_suffix(".tif")
    else:
        Image.new("L", (600, 600), 128).convert(mode).save(path)
    reporter = Reporter()
    image = embedded(press(place(path), reporter=reporter))
    assert image.space == "/DeviceGray"
    assert image.bits == (1 if mode == "1" else 8)
    assert mode == "1" or abs(image.data[0] - 128) <= 1
    assert codes(reporter) == []


def test_transparency_is_laid_on_white(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "clear.png"
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(path)
    data = press(place(path))
    assert set(embedded(data).data) == {255}
    assert b"/SMask" not in data


def test_exif_rotation_is_applied(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "turned.jpg"
    picture = Image.new("L", (300, 200), 0)
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(path, exif=exif)
    image = embedded(press(place(path)))
    assert (image.width, image.height) == (200, 300)


def test_too_many_pixels_come_down_and_too_few_are_reported(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "l.png"
    Image.new("L", (1000, 1000), 90).save(path)
    image = embedded(press(place(path, 25.4, 25.4)))
    assert (image.width, image.height) == (600, 600)
    reporter = Reporter()
    press(place(path, 254, 127), reporter=reporter)
    (found,) = reporter
    assert (found.code, found.severity) == ("image.low-resolution", Severity.WARNING)
    assert (found.values["ppi"], found.page) == (100, 1)
    assert resolution((100, 50), Rect(0, 0, mm(25.4), mm(25.4))) == pytest.approx(50)


def test_broken_pictures_are_reported_and_not_drawn(tmp_path: Path) -> None:
    from PIL import Image

    whole = tmp_path / "whole.png"
    Image.effect_noise((200, 200), 50).save(whole)
    cut = tmp_path / "cut.png"
    cut.write_bytes(whole.read_bytes()[:2000])
    noise = tmp_path / "noise.jpg"
    noise.write_bytes(b"\xff\xd8\xff" + bytes(range(256)))
    bomb = tmp_path / "bomb.png"
    Image.new("1", (20_000, 20_000)).save(bomb)
    for path, code in (
        (cut, "image.truncated"),
        (noise, "image.not-a-picture"),
        (bomb, "image.too-large"),
        (tmp_path / "missing.png", "image.unreadable"),
        (tmp_path, "image.unreadable"),
    ):
        reporter = Reporter()
        data = press(run("文", 0, mm(20)), place(path), reporter=reporter)
        assert codes(reporter) == [code], path
        assert reporter.has_errors
        assert b"/XObject" not in data


def test_one_file_placed_twice_is_embedded_once(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "l.png"
    Image.new("L", (300, 300), 90).save(path)
    reporter = Reporter()
    data = press(place(path), place(path), reporter=reporter)
    assert data.count(b"/Subtype /Image") == 1
    assert contents(data).count(" Do") == 2


def test_pictures_are_not_mirrored_and_knock_out(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "corner.png"
    picture = Image.new("L", (300, 300), 255)
    picture.paste(0, (0, 0, 100, 100))
    picture.save(path)
    data = press(box(0, 0, mm(1), mm(1), BLACK), place(path))
    page = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
    dark = page.getpixel((int(36 * PT_PER_MM * 2), int(36 * PT_PER_MM * 2)))
    light = page.getpixel((int(50 * PT_PER_MM * 2), int(50 * PT_PER_MM * 2)))
    assert (dark, light) == (0, 255)
    assert "/GSn gs\nq " in contents(data)


# --- CFF


def test_cff_fonts_too(keep: Callable[[bytes], Path]) -> None:
    face = _cff_face(keep)
    same = run("Same - A", mm(20), mm(60), face=face)
    items = (run("fox - A", mm(20), mm(30), face=face), replace(same, texts=tuple("Same ‑ Α")))
    data = press(*items)
    assert extract(data) == "fox - A\r\nSame ‑ Α"
    path = str(keep(data))
    done = subprocess.run(
        [need("mutool"), "draw", "-F", "txt", path], capture_output=True, text=True
    )
    assert done.stdout.split("\n\n")[:2] == ["fox - A", "Same ‑ Α"]
    with pikepdf.open(path) as pdf:
        (descendant,) = pdf.pages[0].Resources.Font.F1.DescendantFonts
        assert descendant.Subtype == "/CIDFontType0"
        assert descendant.FontDescriptor.FontFile3.Subtype == "/CIDFontType0C"
    honest = pypdfium2.PdfDocument(press(items[0], same))[0].render().to_pil().convert("L")
    found = pypdfium2.PdfDocument(data)[0].render().to_pil().convert("L")
    assert _difference(honest, found) == 0


def _cff_face(keep: Callable[[bytes], Path]) -> FontFace:
    """A small CFF font drawn from one of the repository's faces."""
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped,unused-ignore]
    from fontTools.pens.qu2cuPen import Qu2CuPen  # type: ignore[import-untyped,unused-ignore]
    from fontTools.pens.t2CharStringPen import T2CharStringPen  # type: ignore[import-untyped,unused-ignore]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped,unused-ignore]

    source = TTFont(FONTS / "NotoSansJP_700Bold.ttf", lazy=True)
    glyph_set, cmap = source.getGlyphSet(), source.getBestCmap()
    names = {ord(letter): cmap[ord(letter)] for letter in "fox -ASame"}
    order = [".notdef", *dict.fromkeys(names.values())]
    charstrings, metrics = {}, {}
    for name in order:
        pen = T2CharStringPen(glyph_set[name].width, glyph_set)
        glyph_set[name].draw(Qu2CuPen(pen, 1.0, all_cubic=True))
        charstrings[name] = pen.getCharString()
        metrics[name] = (round(glyph_set[name].width), 0)
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupCFF("Small-CFF", {}, charstrings, {})
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2()
    builder.setupPost()
    path = keep(b"").with_name("small.otf")
    builder.save(path)
    return replace(SANS, key="small", path=str(path), postscript_name="Small-CFF")


# --- profiles


def test_the_default_profile_is_x1a() -> None:
    assert profile_names()[0] == "x1a"
    assert load_profile("x1a") == PROFILE
    assert PROFILE.bleed == mm(3)
    assert PROFILE.margin == mm(13)
    assert PROFILE.overprint_black and PROFILE.flavour == "PDF/X-1a:2001"
    assert PROFILE.condition == "JC200103"
    assert PROFILE.label_ja and PROFILE.label_en
    assert PROFILE.icc_path.is_file()


def test_an_unknown_profile_is_refused_by_name() -> None:
    with pytest.raises(ProfileError, match="nowhere"):
        load_profile("nowhere")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"bleed_mm": None}, "lacks bleed_mm"),
        ({"blead_mm": 3}, "unknown entries blead_mm"),
        ({"margin_mm": 5}, "do not fit"),
        ({"flavour": "PDF/X-9"}, "not written"),
        ({"label": {"en": "x"}}, "label in ja"),
        ({"mark_thickness_mm": 0}, "thickness"),
        ({"picture_ppi": 100}, "out of order"),
    ],
)
def test_gaps_in_profile_data_are_refused(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], message: str
) -> None:
    entry = {**profile_module._table()["x1a"], **change}
    entry = {key: value for key, value in entry.items() if value is not None}
    monkeypatch.setattr(profile_module, "_table", lambda: {"x1a": entry})
    with pytest.raises(ProfileError, match=message):
        load_profile("x1a")


def test_other_figures_of_a_profile_are_followed() -> None:
    profile = replace(PROFILE, bleed=mm(5), margin=mm(20))
    display: DisplayList = leaflet()
    with opened(write_press(display, profile, Reporter())) as pdf:
        trim = [float(value) / PT_PER_MM for value in pdf.pages[0].obj.TrimBox]
        bleed = [float(value) / PT_PER_MM for value in pdf.pages[0].obj.BleedBox]
    assert trim[0] - bleed[0] == pytest.approx(5, abs=1e-4)
    assert trim[0] == pytest.approx(20, abs=1e-4)
