"""Editions in fewer inks and spot colours, read from finished PDFs with other tools."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageChops

from layout.backends.pdf import write_press
from layout.diagnostics import NOWHERE, Reporter, Severity
from layout.display.job_line import with_job_lines
from layout.display.model import (
    Colour,
    DisplayItem,
    DisplayList,
    GlyphRun,
    Group,
    Picture,
    walk,
)
from layout.font.shape import Shaper
from layout.geometry import Rect
from layout.house.profile import Profile, load_profile
from layout.inks.editions import Edition, Kind, editions
from layout.preflight.finished import check_pdf
from layout.preflight.rendered import check_rendered
from layout.units import NM_PER_MM, mm
from tests.built import LEAFLETS, drawn
from tests.built import edition_files as made
from tests.pdf.press_samples import BLACK, RED, WHITE, box, leaflet, run

ROOT = Path(__file__).resolve().parents[2]
OURS = ("leaflet9", "tate-shimbun", "bosai-yube")
SPOT = Colour("shu", (0.0, 80.0, 90.0, 0.0), "DIC 161")
PALE = Colour("shu-usu", (0.0, 16.0, 18.0, 0.0), "DIC 161", 20.0)
MIXED = Colour("cha", (0.0, 56.0, 63.0, 0.0), "DIC 161", 70.0, Colour("k", (0.0, 0.0, 0.0, 40.0)))

GHOSTSCRIPT = shutil.which("gs")
needs_ghostscript = pytest.mark.skipif(GHOSTSCRIPT is None, reason="Ghostscript is not installed")


def each_file(kind: Kind) -> Iterator[tuple[Edition, bytes]]:
    for name in LEAFLETS:
        yield from made(name, kind)


def instructions(page: pikepdf.Page) -> list[tuple[list[Any], str]]:
    return [(list(op.operands), str(op.operator)) for op in pikepdf.parse_content_stream(page)]


def colour_operators(page: pikepdf.Page) -> set[str]:
    words = {"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"}
    return {operator for _, operator in instructions(page)} & words


def images(page: pikepdf.Page) -> list[Any]:
    placed = page.Resources.get("/XObject", {})
    return [placed[name] for name in placed if placed[name].Subtype == "/Image"]  # type: ignore[union-attr]


def runs(display: DisplayList) -> list[list[GlyphRun]]:
    return [
        [item for item in walk(page.items) if isinstance(item, GlyphRun)] for page in display.pages
    ]


def rendered(data: bytes, page: int, dpi: float, *, gray: bool = True) -> Image.Image:
    document = pdfium.PdfDocument(data)
    picture = document[page].render(scale=dpi / 72, grayscale=gray).to_pil()
    document.close()
    return picture  # type: ignore[no-any-return]


# --- all editions


@pytest.mark.parametrize("name", LEAFLETS)
@pytest.mark.parametrize("kind", ["mono", "two-inks"])
def test_every_letter_stands_where_it_does_in_full_colour(name: str, kind: Kind) -> None:
    source = drawn(name).display
    ((edition, _),) = made(name, kind)
    assert source is not None
    same = [[replace(r, colour=BLACK) for r in page] for page in runs(source)]
    assert [[replace(r, colour=BLACK) for r in page] for page in runs(edition.display)] == same


@pytest.mark.parametrize("name", LEAFLETS)
def test_the_text_of_an_edition_is_the_text_of_the_leaflet(name: str) -> None:
    """As pdfium reads it from the file in full colour and from the editions in one file."""
    source = drawn(name).display
    assert source is not None
    full = texts(write_press(source, load_profile(), Reporter()))
    for kind in ("mono", "two-inks"):
        ((_, data),) = made(name, kind)
        assert texts(data) == full


def texts(data: bytes) -> list[str]:
    document = pdfium.PdfDocument(data)
    read = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return read


@pytest.mark.parametrize("kind", ["mono", "two-inks", "riso"])
def test_editions_repeat_byte_for_byte(kind: Kind) -> None:
    source = drawn("bosai-yube")
    assert source.display is not None
    again = editions(source.display, source.editions, kind, Reporter())
    for edition, (before, data) in zip(again, made("bosai-yube", kind), strict=True):
        assert edition == before
        profile = load_profile(edition.profile or "x1a")
        assert source.library is not None
        display = with_job_lines(edition.display, profile, Shaper(source.library))
        assert write_press(display, profile, Reporter()) == data


def test_our_own_leaflets_lose_nothing_unsaid() -> None:
    """Their styles settle what the automatic cannot tell apart."""
    for name in OURS:
        source = drawn(name)
        assert source.display is not None
        for kind in ("mono", "two-inks", "riso"):
            reporter = Reporter()
            editions(source.display, source.editions, kind, reporter)  # type: ignore[arg-type]
            assert [d.code for d in reporter] == []


@pytest.mark.parametrize("name", LEAFLETS)
@pytest.mark.parametrize("kind", ["mono", "two-inks", "riso"])
def test_the_plates_have_no_fault(name: str, kind: Kind) -> None:
    """By a judge who knows nothing of how the file was made; structure: test_good_files."""
    for edition, data in made(name, kind):
        profile = load_profile(edition.profile or "x1a")
        reporter = Reporter()
        check_rendered(data, f"{name}-{edition.suffix}.pdf", profile, reporter)
        assert [d.code for d in reporter if d.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("flavour", ["x1a-2003", "x4"])
def test_two_inks_in_the_other_flavours(flavour: str) -> None:
    ((edition, _),) = made("bosai-yube", "two-inks")
    profile, reporter = load_profile(flavour), Reporter()
    data = write_press(edition.display, profile, reporter)
    check_pdf(data, "bosai-yube-two-inks.pdf", profile, reporter)
    assert [d.code for d in reporter if d.severity is not Severity.NOTE] == []


# --- mono


def test_mono_is_black_and_white_and_nothing_between() -> None:
    for _, data in each_file("mono"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                assert colour_operators(page) <= {"g", "G"}
                shades = {float(o[0]) for o, op in instructions(page) if op in ("g", "G")}
                assert shades <= {0.0, 1.0}


@pytest.mark.parametrize("name", OURS)
def test_mono_survives_the_copier(name: str) -> None:
    """Turned to black and white at 300 dots an inch it is the same picture: only edges differ."""
    ((_, data),) = made(name, "mono")
    for page in range(len(pikepdf.open(io.BytesIO(data)).pages)):
        seen = rendered(data, page, 300)
        copied = seen.point([0] * 128 + [255] * 128)
        # A second generation, a little out of focus.
        again = copied.resize((copied.width // 2, copied.height // 2), Image.Resampling.BOX)
        again = again.point([0] * 128 + [255] * 128).resize(copied.size)
        small = (seen.width // 12, seen.height // 12)
        before, after = (p.resize(small, Image.Resampling.BOX) for p in (seen, again))
        differing = ImageChops.difference(before, after).point([0] * 52 + [255] * 204)
        assert differing.histogram()[255] / (small[0] * small[1]) < 0.02


@pytest.mark.parametrize("name", ["leaflet9", "tate-shimbun", "bosai-yube"])
@pytest.mark.parametrize("kind", ["mono", "two-inks"])
def test_codes_are_read_in_every_edition(name: str, kind: Kind) -> None:
    source = drawn(name).display
    assert source is not None
    wanted = {
        item.code
        for page in source.pages
        for item in walk(page.items)
        if isinstance(item, Group) and item.code
    }
    ((_, data),) = made(name, kind)
    found: set[str] = set()
    for page in range(len(source.pages)):
        copied = rendered(data, page, 200).point([0] * 128 + [255] * 128)
        found |= {code.text for code in zxingcpp.read_barcodes(copied)}
    assert wanted and wanted <= found


def test_a_picture_for_the_copier_is_coarse_dots(tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    ramp = Image.linear_gradient("L").resize((600, 600))  # gray without a profile stays as it is
    ramp.save(photo)
    picture = Picture(str(photo), Rect(mm(20), mm(20), mm(50), mm(50)), "写真", NOWHERE)
    profile = load_profile("mono")
    plain, dotted = (
        write_press(leaflet(replace(picture, tone=tone)), profile, Reporter())
        for tone in ("gray", "bitonal")
    )
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        (image,) = images(pdf.pages[0])
        assert (image.ColorSpace, image.BitsPerComponent) == ("/DeviceGray", 8)
    with pikepdf.open(io.BytesIO(dotted)) as pdf:
        (image,) = images(pdf.pages[0])
        assert image.BitsPerComponent == 1
        pixels = pikepdf.PdfImage(image).as_pil_image().convert("L")
    # As dark as it was, in every band, and in dots large enough for a copier.
    for band in range(8):
        crop = (0, pixels.height * band // 8, pixels.width, pixels.height * (band + 1) // 8)
        part = pixels.crop(crop).histogram()
        assert part[255] / (part[0] + part[255]) == pytest.approx((band + 0.5) / 8, abs=0.06)
    middle = pixels.crop((0, pixels.height // 2, pixels.width, pixels.height // 2 + 1)).tobytes()
    turns = sum(1 for one, other in pairwise(middle) if one != other)
    assert turns / 2 < 50 / 25.4 * 60  # fewer than sixty dots an inch


# --- spots and two inks


def test_spots_are_separations_with_their_cmyk() -> None:
    """One space an ink, whatever its tints; the alternate is DeviceCMYK, from paper to full ink."""
    items = (box(mm(10), mm(10), mm(50), mm(50), SPOT), box(mm(70), mm(10), mm(50), mm(50), PALE))
    for name in ("x1a", "x1a-2003", "x4"):
        data = write_press(
            leaflet(*items, run("特色", mm(20), mm(90), colour=SPOT)),
            load_profile(name),
            Reporter(),
        )
        with pikepdf.open(io.BytesIO(data)) as pdf:
            page = pdf.pages[0]
            spaces = {k: v for k, v in page.Resources.ColorSpace.items() if k != "/Registration"}
            ((key, space),) = spaces.items()
            assert [str(space[at]) for at in range(3)] == ["/Separation", "/DIC 161", "/DeviceCMYK"]
            assert [float(ink) for ink in space[3].C0] == [0, 0, 0, 0]
            assert [float(ink) for ink in space[3].C1] == pytest.approx([0, 0.8, 0.9, 0])
            found = instructions(page)
            assert {str(o[0]) for o, op in found if op == "cs"} == {key}
        content = b"".join(contents(data))
        tints = re.findall(rb"/Ink1 cs (\S+) scn", content)
        assert tints == [b"1", b"0.2", b"1"]


def contents(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


def test_mixed_spots_are_device_n_and_nothing_else_is() -> None:
    data = write_press(
        leaflet(box(mm(10), mm(10), mm(50), mm(50), MIXED)), load_profile(), Reporter()
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spaces = pdf.pages[0].Resources.ColorSpace
        (space,) = [space for space in spaces.values() if space[0] == "/DeviceN"]
        assert [str(name) for name in space[1]] == ["/DIC 161", "/Black"]
        assert space[2] == "/DeviceCMYK"
        samples = space[3].read_bytes()
        assert list(samples) == [0, 0, 0, 0, 0, 204, 230, 0, 0, 0, 0, 255, 0, 204, 230, 255]
        assert space[4].Colorants["/DIC 161"][0] == "/Separation"
    assert b"0.7 0.4 scn" in contents(data)[0]


def test_where_no_spots_are_taken_their_cmyk_is_printed() -> None:
    data = write_press(
        leaflet(box(mm(10), mm(10), mm(50), mm(50), PALE)), load_profile("office"), Reporter()
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/ColorSpace" not in pdf.pages[0].Resources
    assert b"0 0.16 0.18 0 k" in contents(data)[0]


OVERPRINTS = [
    (BLACK, True),
    (WHITE, False),
    (replace(WHITE, over=True), False),
    (SPOT, False),
    (replace(SPOT, over=True), True),
    (RED, False),
]


@pytest.mark.parametrize(("colour", "over"), OVERPRINTS)
def test_spots_are_cut_out_unless_it_is_said(colour: Colour, over: bool) -> None:
    data = write_press(
        leaflet(box(mm(10), mm(10), mm(50), mm(50), colour)), load_profile(), Reporter()
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        state, states = None, page.Resources.ExtGState
        for operands, operator in instructions(page):
            if operator == "gs":
                state = states[operands[0]]
            elif operator == "f":
                assert bool(state is not None and state.op) is over


@needs_ghostscript
@pytest.mark.parametrize("name", OURS)
def test_two_inks_are_on_two_plates(name: str, tmp_path: Path) -> None:
    """Ghostscript's separations inside the trim: two of them bear ink, the others none."""
    source = drawn(name)
    ((_, data),) = made(name, "two-inks")
    wanted = {ink.colour.spot or plate(ink.colour) for ink in source.editions.two_inks.inks}
    inked = {
        name for name, image in separations(data, tmp_path).items() if image.getextrema()[0] < 255
    }
    assert inked == wanted


@needs_ghostscript
def test_black_text_leaves_the_spot_beneath_it_whole(tmp_path: Path) -> None:
    ground = box(mm(10), mm(10), mm(150), mm(150), SPOT)
    items: tuple[DisplayItem, ...] = (
        ground,
        run("黒い字", mm(20), mm(60), size=mm(20), colour=BLACK),
        run("白い字", mm(20), mm(120), size=mm(20), colour=WHITE),
    )
    plates = separations(write_press(leaflet(*items), load_profile(), Reporter()), tmp_path)
    dots = 72 / 25.4
    over = tuple(round(v * dots) for v in (20, 38, 85, 70))
    cut = tuple(round(v * dots) for v in (20, 98, 85, 130))
    spot = plates["DIC 161"]
    assert plates["Black"].crop(over).getextrema()[0] == 0
    assert spot.crop(over).getextrema() == (0, 0)
    assert spot.crop(cut).getextrema()[1] == 255


def plate(colour: Colour) -> str:
    return ("Cyan", "Magenta", "Yellow", "Black")[
        next(at for at, ink in enumerate(colour.cmyk) if ink)
    ]


def separations(data: bytes, folder: Path) -> dict[str, Image.Image]:
    """The plates of the first page within the trim, at 72 dots an inch; white is no ink."""
    file = folder / "in.pdf"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        page.MediaBox = page.CropBox = page.TrimBox
        pdf.save(file)
    command = [str(GHOSTSCRIPT), "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep"]
    command += ["-dFirstPage=1", "-dLastPage=1", "-r72", f"-sOutputFile={folder}/p.tif", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    found = {}
    for path in sorted(folder.glob("p*(*).tif")):
        name = re.search(r"\((.*)\)", path.name)
        assert name is not None
        found[name[1]] = Image.open(path).convert("L")
    return found


def test_a_picture_is_printed_in_the_darkest_ink(tmp_path: Path) -> None:
    """A gray picture in a spot: no black plate comes into being beside the two inks."""
    photo = tmp_path / "photo.png"
    Image.linear_gradient("L").resize((800, 800)).convert("RGB").save(photo)
    picture = Picture(str(photo), Rect(mm(20), mm(20), mm(50), mm(50)), "写真", NOWHERE)
    display = leaflet(replace(picture, tone="gray", plate=SPOT))
    data = write_press(display, load_profile(), Reporter())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (image,) = images(pdf.pages[0])
        assert (image.ColorSpace[0], image.ColorSpace[1]) == ("/Separation", "/DIC 161")
        assert [int(v) for v in image.Decode] == [1, 0]
    if GHOSTSCRIPT:
        plates = separations(data, tmp_path)
        assert plates["Black"].getextrema()[0] == 255
        light, dark = (plates["DIC 161"].getpixel((128, y)) for y in (190, 62))
        assert light > 200 and dark < 60  # type: ignore[operator]


# --- risograph


def test_a_drum_is_gray_and_nothing_else() -> None:
    for _, data in each_file("riso"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                assert colour_operators(page) <= {"g", "G"}
                assert all(image.ColorSpace == "/DeviceGray" for image in images(page))
                box = [float(v) for v in page.MediaBox]
                assert box == [float(v) for v in page.TrimBox]  # no marks
                shades = [float(o[0]) for o, op in instructions(page) if op in ("g", "G")]
                assert all(shade == 1 or shade <= 0.9 for shade in shades)  # tints of 10 % and more


@pytest.mark.parametrize("name", LEAFLETS)
def test_every_letter_is_on_a_drum_in_full_ink(name: str) -> None:
    """Dark letters are full on one drum; light ones are cut out of those they stand on."""
    source = drawn(name).display
    assert source is not None
    inked: dict[tuple[Any, ...], set[float]] = {}
    for edition, _ in made(name, "riso"):
        for number, page in enumerate(runs(edition.display)):
            for each in page:
                inked.setdefault((number, each.origin, each.texts), set()).add(each.colour.cmyk[3])
    for number, page in enumerate(runs(source)):
        for each in page:
            if "".join(each.texts).strip():
                assert inked.get((number, each.origin, each.texts), set()) <= {0.0, 100.0}
                assert (number, each.origin, each.texts) in inked


def test_the_suffixes_are_plain_and_differ() -> None:
    for name in LEAFLETS:
        suffixes = [
            edition.suffix
            for kind in ("mono", "two-inks", "riso")
            for edition, _ in made(name, kind)
        ]  # type: ignore[arg-type]
        assert len(set(suffixes)) == len(suffixes)
        assert all(re.fullmatch(r"[a-z0-9-]+", suffix) for suffix in suffixes)


def test_profiles_of_editions_exist() -> None:
    for kind in ("mono", "two-inks", "riso"):
        for edition, _ in made("leaflet9", kind):  # type: ignore[arg-type]
            profile: Profile = load_profile(edition.profile or "x1a")
            assert profile.gray_only is (kind != "two-inks")
            assert edition.display.pages[0].width == NM_PER_MM * 210
