"""Figures of a leaflet from YAML to the finished file: drawings in SVG and PDF, and every mistake."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pytest
from PIL import Image, ImageChops, ImageStat

from layout.cli.messages import MISSING, render
from layout.diagnostics import Reporter
from layout.display.drawings import draw
from layout.geometry import Rect
from layout.pipeline import Built, Places, build
from layout.style.model import Drawing
from layout.style.pictures import picture_kind, picture_size
from layout.units import mm
from tests.conftest import BuiltLeaflet
from tests.pdf.picture_samples import press
from tests.unit.pdf_samples import SPAN, make_pdf

ROOT = Path(__file__).resolve().parents[2]
PLACES = Places(ROOT / "fonts", ROOT / "tests" / "golden" / "styles")
LEAFLET = """\
bira: 1
title: 図の試し
date: 2021-03-01
style: tiny
pages:
  - layout: plain
    body:
      - text: 本文
      - figure:
          image: figures/{file}
          alt: 図の説明
          width: 40mm
{more}"""
IMAGE_LINE, IMAGE_COLUMN = 10, 18


def built(folder: Path, file: str, more: str = "") -> tuple[Built, Reporter]:
    """A leaflet with that figure, all its findings at the line of the image."""
    leaflet = folder / "leaflet.yaml"
    leaflet.write_text(LEAFLET.format(file=file, more=more), "utf-8")
    reporter = Reporter()
    result = build(leaflet, PLACES, reporter)
    for found in reporter:
        for lang in ("ja", "en"):
            text = render(found, [], lang)
            assert MISSING not in text
        assert not any(str(folder) in str(value) for value in found.values.values())
        if found.code.startswith("image."):
            assert (found.span.line, found.span.column) == (IMAGE_LINE, IMAGE_COLUMN), found
    return result, reporter


def codes(reporter: Reporter) -> list[str]:
    return [found.code for found in reporter]


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    folder = tmp_path / "figures"
    folder.mkdir()
    return folder


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect width="80" height="40" fill="var(--ai)"/>'
    '<rect x="10" y="10" width="20" height="20" fill="#000"/></svg>'
)


def spoil(folder: Path, kind: str) -> str:
    """A file of that kind with one thing wrong; its name."""
    stored = BytesIO()
    Image.effect_noise((800, 800), 50).save(stored, "PNG")
    contents: dict[str, tuple[str, bytes]] = {
        "image.truncated": ("a.png", stored.getvalue()[:9000]),
        "image.not-a-picture": ("b.jpg", b"This is a text, whatever its name says."),
        "image.wrong-kind": ("c.jpg", b"\0\0\0\x18ftypheic" + bytes(90)),
        "image.svg-broken": ("d.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>"),
        "image.svg-no-size": ("e.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        "image.svg-text": ("f.svg", SVG.replace("<rect", "<text>x</text><rect", 1).encode()),
        "image.pdf-broken": ("g.pdf", b"%PDF-1.4\n" + bytes(99)),
    }
    name, data = contents[kind]
    (folder / name).write_bytes(data)
    return name


@pytest.mark.parametrize(
    "code",
    [
        "image.truncated", "image.not-a-picture", "image.wrong-kind", "image.svg-broken",
        "image.svg-no-size", "image.svg-text", "image.pdf-broken",
    ],
)  # fmt: skip
def test_each_mistake_is_one_finding_at_its_line(figures: Path, code: str) -> None:
    result, reporter = built(figures.parent, spoil(figures, code))
    assert codes(reporter) == [code]
    assert result.press is None


def test_a_missing_file_and_a_page_that_is_not_there(figures: Path) -> None:
    result, reporter = built(figures.parent, "nothing.png")
    assert codes(reporter) == ["image.missing"] and result.press is None
    make_pdf(figures / "a.pdf", "0 0 9 9 re f")
    result, reporter = built(figures.parent, "a.pdf", "          page: 3\n")
    assert codes(reporter) == ["image.pdf-page"] and result.press is None


def test_too_few_pixels_are_a_warning_and_too_many_an_error(figures: Path) -> None:
    Image.new("L", (200, 100), 90).save(figures / "a.png")
    result, reporter = built(figures.parent, "a.png")
    assert codes(reporter) == ["image.low-resolution"] and result.press is not None
    Image.new("1", (12_000, 12_000)).save(figures / "b.png")
    result, reporter = built(figures.parent, "b.png")
    assert codes(reporter) == ["image.too-large"] and result.press is None


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "webp", "svg", "pdf"])
def test_every_format_from_yaml_to_print(figures: Path, suffix: str) -> None:
    path = figures / f"a.{suffix}"
    if suffix == "svg":
        path.write_text(SVG)
    elif suffix == "pdf":
        make_pdf(path, ".95 .8 .25 .1 k 0 0 80 40 re f", (0, 0, 80, 40))
    else:
        Image.new("RGB", (1200, 600), (20, 40, 110)).save(path)
    result, reporter = built(figures.parent, path.name)
    assert result.press is not None
    assert codes(reporter) == ([] if suffix in ("svg", "pdf") else ["image.rgb-converted"])
    pictures = suffix not in ("svg", "pdf")
    with pikepdf.open(BytesIO(result.press)) as pdf:
        found = [form.Subtype for form in pdf.pages[0].Resources.XObject.values()]
        assert ("/Image" in found) == pictures
    page = pypdfium2.PdfDocument(result.press)[0].render(scale=1).to_pil().convert("RGB")
    assert any(
        abs(pixel[0] - 30) < 40 and abs(pixel[1] - 50) < 40 and abs(pixel[2] - 110) < 50
        for _, pixel in page.getcolors(1 << 20)
    )


def separated(data: bytes, folder: Path) -> dict[str, Image.Image]:
    """The plates of the first page, ink dark, at 72 dpi."""
    tool = shutil.which("gs")
    if tool is None:
        pytest.skip("gs is not installed")
    path, out = folder / "press.pdf", folder / "page.tif"
    path.write_bytes(data)
    command = [tool, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiff32nc", "-r72"]
    subprocess.run([*command, f"-sOutputFile={out}", str(path)], check=True, capture_output=True)
    with Image.open(out) as image:
        return dict(zip("CMYK", image.split(), strict=True))


def test_drawings_keep_their_inks_on_the_plates(figures: Path, tmp_path: Path) -> None:
    """The style's colour to the percent, black on the black plate over it, nothing elsewhere."""
    (figures / "a.svg").write_text(SVG)
    result, _ = built(figures.parent, "a.svg")
    assert result.press is not None
    plates = separated(result.press, tmp_path)
    ai = tuple(round(ink * 2.55) for ink in (95, 80, 25, 10))
    whole = Image.merge("CMYK", list(plates.values()))
    counts = {colour: count for count, colour in whole.getcolors(1 << 20)}
    near = sum(
        count
        for colour, count in counts.items()
        if all(abs(a - b) <= 2 for a, b in zip(colour, ai, strict=True))
    )
    assert near > 5000
    black = sum(count for colour, count in counts.items() if colour[3] == 255 and colour[0] > 200)
    assert black > 500  # black overprints the ground


def figure_page(path: Path, page: int = 1) -> tuple[Image.Image, Image.Image, list[str]]:
    """Our drawing of a page of a PDF and pdfium's rendering of it, at one scale; the findings."""
    reporter = Reporter()
    width, height = picture_size(str(path), picture_kind(str(path)), page, SPAN, reporter)
    size = (mm(100), round(mm(100) * height / width))
    drawing = Drawing("pdf", str(path), SPAN, "Figure", width, height, "alt", page=page)
    data = press(*draw(drawing, Rect(0, 0, *size), reporter), reporter=reporter)
    ours = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
    at = 13 / 25.4 * 72 * 2
    ours = ours.crop(
        (
            round(at),
            round(at),
            round(at + size[0] / 1e6 / 25.4 * 144),
            round(at + size[1] / 1e6 / 25.4 * 144),
        )
    )
    with pikepdf.open(path) as pdf:
        boxes = pdf.pages[page - 1]
        box = [float(v) for v in boxes.obj.get("/TrimBox", boxes.mediabox)]
        sheet = [float(v) for v in boxes.mediabox]
    theirs = pypdfium2.PdfDocument(path)[page - 1].render(scale=4).to_pil().convert("L")
    theirs = theirs.crop(
        tuple(round(4 * v) for v in (box[0], sheet[3] - box[3], box[2], sheet[3] - box[1]))
    )  # type: ignore[arg-type]
    return ours, theirs.resize(ours.size, Image.Resampling.LANCZOS), [d.code for d in reporter]


def unlike(first: Image.Image, second: Image.Image) -> float:
    """The share of ink that stands elsewhere."""
    ink = ImageStat.Stat(ImageChops.invert(second)).sum[0]
    return float(ImageStat.Stat(ImageChops.difference(first, second)).sum[0] / ink)


def test_a_whole_leaflet_as_a_figure_looks_the_same(leaflet9: BuiltLeaflet) -> None:
    """Embedded subsets, vertical and horizontal text, drawings, clips, overprint: page by page."""
    for page in (1, 3):
        ours, theirs, found = figure_page(leaflet9.path, page)
        assert found in ([], ["press.line-thin"])
        apart = unlike(ours, theirs)  # grays at the edges of letters differ everywhere
        assert apart < 0.3
        assert unlike(ImageChops.offset(ours, 6), theirs) > 2 * apart  # the measure can fail


def test_type_1_and_cff_fonts_of_another_program(tmp_path: Path) -> None:
    """Ghostscript's own fonts, embedded by its PDF writer."""
    tool = shutil.which("gs")
    if tool is None:
        pytest.skip("gs is not installed")
    source, path = tmp_path / "a.ps", tmp_path / "a.pdf"
    source.write_text(
        "%!PS\n<</PageSize [200 100]>> setpagedevice /Times-Roman 30 selectfont 10 60 moveto (Hamburg) show\n"
        "/Helvetica-Bold 24 selectfont 10 20 moveto 0 1 0 0 setcmykcolor (fox & 123) show showpage\n"
    )
    command = [tool, "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dEmbedAllFonts=true"]
    options = ["-c", "<</NeverEmbed []>> setdistillerparams", "-f"]
    subprocess.run([*command, f"-sOutputFile={path}", *options, str(source)], check=True)
    ours, theirs, found = figure_page(path)
    assert found == []
    assert unlike(ours, theirs) < 0.2
    assert unlike(ImageChops.offset(ours, 6), theirs) > 0.5


def test_a_spot_ink_of_a_figure_is_a_plate_of_its_own(tmp_path: Path) -> None:
    from pikepdf import Array, Dictionary, Name

    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.2, 0.6, 0], N=1)
    space = Array([Name.Separation, Name("/Gold"), Name.DeviceCMYK, tint])
    path = make_pdf(
        tmp_path / "a.pdf", "/A cs 1 scn 0 0 50 50 re f", ColorSpace=Dictionary(A=space)
    )
    reporter = Reporter()
    drawing = Drawing("pdf", str(path), SPAN, "Figure", 1, 1, "alt")
    data = press(*draw(drawing, Rect(0, 0, mm(50), mm(50)), reporter), reporter=reporter)
    assert codes(reporter) == []
    with pikepdf.open(BytesIO(data)) as pdf:
        found = [
            str(space[1])
            for space in pdf.pages[0].Resources.ColorSpace.values()
            if str(space[0]) == "/Separation"
        ]
    assert "/Gold" in found


def test_pictures_in_drawings_go_the_way_of_all_pictures(figures: Path) -> None:
    import base64

    stored = BytesIO()
    Image.new("CMYK", (400, 200), (0, 200, 100, 0)).save(stored, "JPEG", quality=95)
    uri = "data:image/jpeg;base64," + base64.b64encode(stored.getvalue()).decode()
    (figures / "a.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><image width="80" height="40" href="{uri}"/></svg>'
    )
    result, reporter = built(figures.parent, "a.svg")
    assert codes(reporter) == ["image.low-resolution"] and result.press is not None
    with pikepdf.open(BytesIO(result.press)) as pdf:
        (image,) = [x for x in pdf.pages[0].Resources.XObject.values() if x.Subtype == "/Image"]
        assert (str(image.ColorSpace), str(image.Filter)) == ("/DeviceCMYK", "/DCTDecode")
        assert image.read_raw_bytes().endswith(stored.getvalue()[-500:])


def test_turned_and_mirrored_pictures_and_stencils_look_as_in_the_figure(tmp_path: Path) -> None:
    from pikepdf import Name

    from tests.unit.pdf_samples import named, stream

    corner = bytes([0, 128, 255, 255, 255, 200])
    entries = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 3, "Height": 2}
    gray = stream(corner, ColorSpace=Name.DeviceGray, BitsPerComponent=8, **entries)
    mask = stream(bytes([0b01100000, 0b11000000]), ImageMask=True, BitsPerComponent=1, **entries)
    content = "q 30 0 0 20 5 5 cm /G Do Q q 0 30 -20 0 60 5 cm /G Do Q q -25 5 5 25 60 60 cm /G Do Q 0 .5 1 0 k q 30 0 0 -20 65 40 cm /M Do Q"
    path = make_pdf(tmp_path / "a.pdf", content, XObject=named(G=gray, M=mask))
    ours, theirs, found = figure_page(path)
    assert set(found) <= {"image.low-resolution"}
    assert unlike(ours, theirs) < 0.2
    assert unlike(ours.transpose(Image.Transpose.FLIP_LEFT_RIGHT), theirs) > 0.5


def test_figures_come_out_the_same_every_time(figures: Path) -> None:
    (figures / "a.svg").write_text(SVG.replace("#000", "#a03020"))
    assert built(figures.parent, "a.svg")[0].press == built(figures.parent, "a.svg")[0].press
