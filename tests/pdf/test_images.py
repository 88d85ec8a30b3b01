"""Pictures of every format and maker in finished press files, read by others' tools."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pytest
from PIL import Image, ImageDraw

from layout.backends.pdf.pictures.jpeg import bare_jpeg
from layout.diagnostics import Reporter, Severity
from layout.house import icc
from tests.pdf.picture_samples import (
    PRESS_ICC,
    cmyk_jpeg,
    codes,
    deep_png,
    embedded,
    gray_icc,
    other_condition,
    place,
    press,
)

ORANGE = (0, 128, 255, 26)
"""Inks of 0 to 255 that no mistake leaves as they are."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "picture"


def near(found: tuple[int, ...], wanted: tuple[int, ...], slack: int = 4) -> bool:
    return all(abs(a - b) <= slack for a, b in zip(found, wanted, strict=True))


def ghostscript_inks(data: bytes, tmp_path: Path, at: tuple[int, int]) -> tuple[int, ...]:
    """The inks of a pixel at 72 dpi, as Ghostscript separates the page."""
    tool = shutil.which("gs")
    if tool is None:
        pytest.skip("gs is not installed")
    path, out = tmp_path / "press.pdf", tmp_path / "page.tif"
    path.write_bytes(data)
    command = [tool, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiff32nc", "-r72"]
    subprocess.run([*command, f"-sOutputFile={out}", str(path)], check=True, capture_output=True)
    with Image.open(out) as image:
        pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)
    return pixel


MIDDLE = (round((13 + 30) * 72 / 25.4),) * 2


# --- CMYK keeps its numbers


@pytest.mark.parametrize("profile", ["", "ours", "other"])
@pytest.mark.parametrize("maker", ["adobe", "ycck", "straight"])
def test_cmyk_jpegs_of_every_maker(file: Path, tmp_path: Path, maker: str, profile: str) -> None:
    chosen = {"": b"", "ours": PRESS_ICC, "other": other_condition()}[profile]
    file.write_bytes(cmyk_jpeg(ORANGE, maker, chosen))
    reporter = Reporter()
    data = press(place(file), reporter=reporter)
    image = embedded(data)
    assert (image.space, image.filter) == ("/DeviceCMYK", "/DCTDecode")
    assert near(image.pixel(100, 100), ORANGE)
    assert near(ghostscript_inks(data, tmp_path, MIDDLE), ORANGE)
    assert codes(reporter) == (["image.other-condition"] if profile == "other" else [])


@pytest.mark.parametrize("maker", ["adobe", "ycck", "straight"])
def test_cmyk_jpegs_that_come_down_are_the_right_way_round(file: Path, maker: str) -> None:
    file.write_bytes(cmyk_jpeg(ORANGE, maker, size=(800, 800)))
    image = embedded(press(place(file)))
    assert image.size == (276, 276)
    assert near(image.pixel(100, 100), ORANGE)


def test_a_cmyk_jpeg_looks_the_same_to_pdfium(file: Path) -> None:
    colours = []
    for maker in ("adobe", "ycck", "straight"):
        file.write_bytes(cmyk_jpeg(ORANGE, maker))
        page = pypdfium2.PdfDocument(press(place(file)))[0].render().to_pil().convert("RGB")
        colours.append(page.getpixel(MIDDLE))
    assert near(colours[0], colours[1], 6) and near(colours[0], colours[2], 6)
    assert colours[0][0] > 180 > 60 > colours[0][2]


def test_a_cmyk_jpeg_that_fits_is_not_coded_again_and_tells_no_tales(file: Path) -> None:
    picture = Image.effect_noise((240, 240), 80)
    exif = Image.Exif()
    exif[0x010E] = "private story"
    stored = BytesIO()
    Image.merge("CMYK", [picture] * 3 + [Image.new("L", picture.size)]).save(
        stored, "JPEG", quality=80, exif=exif, comment=b"private comment"
    )
    file.write_bytes(stored.getvalue())
    image = embedded(press(place(file)))
    scan = stored.getvalue()[stored.getvalue().index(b"\xff\xda") :]
    assert image.raw.endswith(scan)
    assert b"private" not in image.raw and b"Exif" not in image.raw
    assert Image.open(BytesIO(image.raw)).tobytes() == Image.open(file).tobytes()


def test_a_gray_jpeg_passes_and_rgb_and_turned_ones_do_not(file: Path) -> None:
    noise = Image.effect_noise((240, 240), 80)
    noise.save(file, "JPEG", quality=70)
    assert file.read_bytes().endswith(embedded(press(place(file))).raw[-2000:])
    exif = Image.Exif()
    exif[0x0112] = 3
    noise.save(file, "JPEG", quality=70, exif=exif)
    image = embedded(press(place(file)))
    assert not file.read_bytes().endswith(image.raw[-2000:])


def test_bare_jpeg_cuts_off_what_follows_and_refuses_what_is_no_plain_jpeg() -> None:
    stored = BytesIO()
    Image.effect_noise((64, 64), 50).save(stored, "JPEG", progressive=True)
    bare = bare_jpeg(stored.getvalue() + b"appended")
    assert bare is not None and bare.endswith(b"\xff\xd9") and b"appended" not in bare
    assert Image.open(BytesIO(bare)).tobytes() == Image.open(stored).tobytes()
    assert bare_jpeg(b"\x89PNG") is None
    assert bare_jpeg(stored.getvalue()[:300]) is None
    assert bare_jpeg(b"\xff\xd8" + b"\xff" * 50) is None


def test_cmyk_tiff_keeps_its_numbers_to_the_last(file: Path, tmp_path: Path) -> None:
    for options in ({}, {"compression": "tiff_lzw"}, {"icc_profile": PRESS_ICC}):
        Image.new("CMYK", (240, 240), ORANGE).save(file, "TIFF", **options)
        reporter = Reporter()
        data = press(place(file), reporter=reporter)
        assert embedded(data).pixel(100, 100) == ORANGE
        assert codes(reporter) == []
    assert near(ghostscript_inks(data, tmp_path, MIDDLE), ORANGE, 1)


# --- total ink


def heavy(ink: int, share: float) -> Image.Image:
    """Paper with a part of that much ink on every plate."""
    picture = Image.new("CMYK", (240, 240))
    picture.paste((ink, ink, ink, ink), (0, 0, round(240 * share), 240))
    return picture


@pytest.mark.parametrize(
    ("ink", "share", "severity"),
    [
        (255, 0.25, Severity.ERROR),
        (204, 0.5, Severity.WARNING),
        (180, 1.0, None),
        (255, 0.0, None),
    ],
)
def test_total_ink_of_cmyk_pictures(
    file: Path, ink: int, share: float, severity: Severity | None
) -> None:
    heavy(ink, share).save(file, "TIFF")
    reporter = Reporter()
    press(place(file), reporter=reporter)
    assert [found.severity for found in reporter] == ([severity] if severity is not None else [])
    for found in reporter:
        assert found.code == "image.ink"
        assert found.values["share"] == f"{share * 100:.1f}"
        assert abs(int(str(found.values["ink"])) - ink * 400 / 255) < 2


# --- RGB


def rgb_inks(file: Path, colour: tuple[int, int, int], profile: bytes = b"") -> tuple[int, ...]:
    options = {"icc_profile": profile} if profile else {}
    Image.new("RGB", (240, 240), colour).save(file, "PNG", **options)
    return embedded(press(place(file))).pixel()


def test_an_embedded_profile_is_honoured(file: Path) -> None:
    green = (60, 200, 60)
    plain, wide = rgb_inks(file, green), rgb_inks(file, green, icc.adobe_rgb())
    assert not near(plain, wide, 10)
    same = icc.convert(
        Image.new("RGB", (1, 1), green), icc.transform(b"", icc.adobe_rgb(), "RGB", "RGB")
    )
    colour = same.getpixel((0, 0))
    assert isinstance(colour, tuple)
    assert near(rgb_inks(file, (colour[0], colour[1], colour[2]), icc.adobe_rgb()), plain, 6)


def test_a_cameras_mark_for_adobe_rgb_is_honoured(file: Path) -> None:
    picture = Image.new("RGB", (240, 240), (60, 200, 60))
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 0xFFFF
    picture.save(file, "JPEG", quality=100, exif=exif)
    plain = embedded(press(place(file))).pixel()
    exif.get_ifd(0x8769)[0xA005] = {1: "R03"}
    picture.save(file, "JPEG", quality=100, exif=exif)
    marked = embedded(press(place(file))).pixel()
    assert near(plain, rgb_inks(file, (60, 200, 60)))
    assert near(marked, rgb_inks(file, (60, 200, 60), icc.adobe_rgb()))
    assert not near(plain, marked, 10)


def test_a_profile_that_is_none_is_noted_and_srgb_taken(file: Path) -> None:
    Image.new("RGB", (240, 240), (60, 200, 60)).save(file, "PNG", icc_profile=b"nonsense" * 40)
    reporter = Reporter()
    image = embedded(press(place(file), reporter=reporter))
    assert codes(reporter) == ["image.rgb-converted", "image.profile-unusable"]
    assert image.pixel() == rgb_inks(file, (60, 200, 60))


def test_rgb_that_is_gray_keeps_to_the_black_plate(file: Path) -> None:
    for kind in ("PNG", "JPEG", "WEBP", "TIFF"):
        Image.effect_noise((240, 240), 60).convert("RGB").save(file, kind)
        reporter = Reporter()
        assert embedded(press(place(file), reporter=reporter)).space == "/DeviceGray"
        assert codes(reporter) in ([], ["image.low-resolution"])


def test_a_screens_gray_prints_as_light_as_it_looked(file: Path) -> None:
    """The black plate's gray, measured through the press profile, has the screen's lightness."""
    Image.new("RGB", (240, 240), (120, 120, 120)).save(file, "PNG")
    (gray,) = embedded(press(place(file))).pixel()
    to_lab = icc.transform(PRESS_ICC, icc.LAB, "CMYK", "LAB", black_point=False)
    seen = icc.transform(b"", icc.LAB, "RGB", "LAB", black_point=False)

    def luminance(image: Image.Image, change: object) -> float:
        lightness = icc.convert(image, change).tobytes()[0] * 100 / 255  # type: ignore[arg-type]
        return ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3

    paper, solid = (luminance(Image.new("CMYK", (1, 1), (0, 0, 0, k)), to_lab) for k in (0, 255))
    printed = luminance(Image.new("CMYK", (1, 1), (0, 0, 0, 255 - gray)), to_lab)
    wanted = luminance(Image.new("RGB", (1, 1), (120, 120, 120)), seen)
    assert (printed - solid) / (paper - solid) == pytest.approx(wanted, abs=0.01)
    for end in (0, 255):
        Image.new("RGB", (240, 240), (end,) * 3).save(file, "PNG")
        assert embedded(press(place(file))).pixel() == (end,)


def test_lab_tiff(file: Path) -> None:
    red = Image.frombytes("LAB", (240, 240), bytes((136, 75, 57)) * 57600)
    red.save(file, "TIFF")
    reporter = Reporter()
    cyan, magenta, yellow, black = embedded(press(place(file), reporter=reporter)).pixel()
    assert magenta > 220 and yellow > 180 and cyan < 40 and black < 40
    assert codes(reporter) == ["image.rgb-converted"]


# --- gray, line art, palettes, sixteen bits


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_the_profile_of_a_gray_picture(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"gray.{suffix}"
    found = {}
    for name, profile in {
        "none": b"", "screen": gray_icc(2.2), "linear": gray_icc(1.0),
        "press": gray_icc(1.6, b"prtr"), "broken": b"nonsense" * 40,
    }.items():  # fmt: skip
        Image.new("L", (240, 240), 128).save(path, icc_profile=profile or None)
        reporter = Reporter()
        found[name] = embedded(press(place(path), reporter=reporter)).pixel()[0]
        assert "image.unreadable" not in codes(reporter)
    assert found["none"] == found["press"] == found["broken"] == 128
    assert found["screen"] < 115 < 140 < found["linear"]


def test_palettes_are_what_they_show(file: Path) -> None:
    wheel = Image.linear_gradient("L").resize((240, 240))
    wheel.convert("P").save(file, "PNG")
    assert embedded(press(place(file))).space == "/DeviceGray"
    colours = Image.merge("RGB", (wheel, wheel.rotate(90), wheel.rotate(180)))
    colours.quantize(32).save(file, "PNG")
    assert embedded(press(place(file))).space == "/DeviceCMYK"
    line = wheel.point([0] * 128 + [255] * 128).convert("RGB").quantize(2)
    line.resize((600, 600)).save(file, "PNG")
    image = embedded(press(place(file)))
    assert (image.space, image.bits) == ("/DeviceGray", 1)


def test_line_art_stays_of_one_bit_and_comes_down_to_its_own_resolution(file: Path) -> None:
    art = Image.new("1", (2400, 2400), 1)
    ImageDraw.Draw(art).ellipse((200, 200, 2200, 2200), fill=0)
    art.save(file, "TIFF", compression="group4")
    image = embedded(press(place(file, 25.4, 25.4)))
    assert (image.size, image.bits, image.space) == ((1200, 1200), 1, "/DeviceGray")
    shown = Image.frombytes("1", image.size, image.samples)
    assert shown.getpixel((600, 600)) == 0 and shown.getpixel((10, 10)) == 255
    kept = embedded(press(place(file, 50.8, 50.8)))
    assert kept.size == (2400, 2400)


def test_sixteen_bits_are_scaled_not_clipped(file: Path) -> None:
    file.write_bytes(deep_png([[40_000] * 240] * 240, 1))
    assert near(embedded(press(place(file))).pixel(), (156,), 1)
    file.write_bytes(deep_png([[65535, 0, 0] * 240] * 240, 3))
    assert near(embedded(press(place(file))).pixel(), rgb_inks(file, (255, 0, 0)), 2)
    file.write_bytes(deep_png([[20_000] * 3 * 240] * 240, 3))
    assert embedded(press(place(file))).space == "/DeviceGray"


# --- turning


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientations(file: Path, orientation: int, kind: str) -> None:
    """A black corner, upper left as it should be seen, stored in all eight ways."""
    seen = Image.new("L", (240, 160), 255)
    seen.paste(0, (0, 0, 80, 80))
    stored = seen
    for step in {
        1: (), 2: (0,), 3: (3,), 4: (1,), 5: (5,), 6: (2,), 7: (6,), 8: (4,),
    }[orientation]:  # fmt: skip
        stored = stored.transpose(Image.Transpose(step))
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(file, kind, exif=exif)
    image = embedded(press(place(file, 24, 16)))
    assert image.size == (240, 160)
    shown = Image.frombytes("L", image.size, image.samples)
    dark = [shown.getpixel(at) for at in ((20, 20), (220, 20), (20, 140), (220, 140))]
    assert dark[0] < 20 and min(dark[1:]) > 235  # type: ignore[operator,type-var]


# --- transparency


def clear_half(mode: str) -> Image.Image:
    """Black on the left, clear on the right, and between them half of it."""
    picture = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (0, 0, 80, 240))
    picture.paste((0, 0, 0, 128), (80, 0, 160, 240))
    return picture.convert(mode)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"), ("RGBA", "TIFF")]
)
def test_alpha_is_laid_on_white_for_x1a(file: Path, mode: str, kind: str) -> None:
    clear_half(mode).save(file, kind, **({"lossless": True} if kind == "WEBP" else {}))
    reporter = Reporter()
    data = press(place(file), reporter=reporter)
    image = embedded(data)
    assert image.space == "/DeviceGray" and not image.has_mask
    left, middle, right = (image.pixel(x, 120)[0] for x in (40, 120, 200))
    assert left == 0 and right == 255 and 60 < middle < 160
    assert codes(reporter) == ["image.alpha-flattened"]
    assert b"/SMask" not in data


def test_a_palette_with_a_clear_entry_and_an_alpha_that_hides_nothing(file: Path) -> None:
    index = Image.new("P", (240, 240), 0)
    index.putpalette([200, 30, 30, 0, 0, 0])
    index.paste(1, (120, 0, 240, 240))
    index.save(file, "PNG", transparency=1)
    reporter = Reporter()
    image = embedded(press(place(file), reporter=reporter))
    assert image.pixel(200, 120) == (0, 0, 0, 0) and image.pixel(20, 120)[1] > 150
    assert "image.alpha-flattened" in codes(reporter)
    Image.new("RGBA", (240, 240), (200, 30, 30, 255)).save(file, "PNG")
    reporter = Reporter()
    press(place(file), reporter=reporter)
    assert codes(reporter) == ["image.rgb-converted"]


def test_alpha_stays_in_x4_and_lets_the_ground_through(file: Path, tmp_path: Path) -> None:
    from layout.units import mm
    from tests.pdf.press_samples import RED, box

    clear_half("RGBA").resize((800, 800)).save(file, "PNG")
    reporter = Reporter()
    ground = box(mm(15), mm(15), mm(30), mm(30), RED)
    data = press(ground, place(file), reporter=reporter, profile="x4")
    assert codes(reporter) == []
    image = embedded(data)
    assert image.has_mask and image.size == (472, 472)
    at = [round((13 + 20 + x) * 72 / 25.4) for x in (3, 10, 17)]
    left, middle, right = (ghostscript_inks(data, tmp_path, (x, MIDDLE[1])) for x in at)
    assert left[3] > 250 and near(right, (0, 255, 255, 0), 2)
    assert middle[3] > 60 and 60 < middle[1] < 200
    with pikepdf.open(BytesIO(data)) as pdf:
        (found,) = pdf.pages[0].Resources.XObject.values()
        assert found.SMask.ColorSpace == "/DeviceGray" and found.SMask.BitsPerComponent == 8


# --- size and compression


def test_nothing_is_made_larger_and_gray_and_colour_have_their_own_figures(file: Path) -> None:
    for mode, wanted in (("RGB", (350, 350)), ("L", (600, 600))):
        Image.effect_noise((1000, 1000), 50).convert(mode).save(file, "PNG")
        if mode == "RGB":
            with Image.open(file) as picture:
                red = picture.convert("RGB")
                red.paste((255, 0, 0), (0, 0, 10, 10))
                red.save(file, "PNG")
        assert embedded(press(place(file, 25.4, 25.4))).size == wanted
    Image.new("L", (50, 40), 90).save(file, "PNG")
    reporter = Reporter()
    assert embedded(press(place(file, 100, 80), reporter=reporter)).size == (50, 40)
    assert codes(reporter) == ["image.low-resolution"]


def test_photographs_become_jpeg_and_drawings_stay_without_loss(file: Path) -> None:
    channels = [Image.effect_noise((240, 240), 40) for _ in range(3)]
    Image.merge("RGB", channels).save(file, "PNG")
    photo = embedded(press(place(file)))
    assert photo.filter == "/DCTDecode"
    screen = Image.new("RGB", (240, 240), (250, 250, 255))
    pen = ImageDraw.Draw(screen)
    for row in range(10, 230, 12):
        pen.text((10, row), "File  Edit  View", fill=(20, 20, 80))
    screen.save(file, "PNG")
    drawing = embedded(press(place(file)))
    assert drawing.filter == "/FlateDecode"
    assert len({drawing.pixel(x, 5) for x in range(240)}) == 1


def test_a_jpeg_of_ours_loses_next_to_nothing(file: Path) -> None:
    blur = Image.effect_noise((240, 240), 60).resize((24, 24)).resize((240, 240))
    noise = Image.effect_noise((240, 240), 12)
    from PIL import ImageChops

    plate = ImageChops.add(blur, noise, 2)
    inks = Image.merge(
        "CMYK", (plate, plate.rotate(90), plate.rotate(180), Image.new("L", plate.size))
    )
    inks.save(file, "TIFF")
    image = embedded(press(place(file)))
    assert image.filter == "/DCTDecode"
    apart = ImageChops.difference(Image.frombytes("CMYK", inks.size, image.samples), inks)
    assert max(high for _, high in apart.getextrema()) < 24  # type: ignore[misc]
    from PIL import ImageStat

    assert max(ImageStat.Stat(apart).mean) < 2.5


def test_no_forbidden_filter_is_ever_written(file: Path) -> None:
    for kind, options in (("JPEG2000", {}), ("TIFF", {"compression": "tiff_lzw"})):
        Image.effect_noise((240, 240), 40).save(file, kind, **options)
        data = press(place(file))
        assert embedded(data).filter in ("/DCTDecode", "/FlateDecode")
        for name in (b"/JPXDecode", b"/LZWDecode", b"/JBIG2Decode"):
            assert name not in data


def test_one_plate_files_hold_no_colour(file: Path) -> None:
    Image.new("RGB", (600, 600), (200, 30, 30)).save(file, "PNG")
    reporter = Reporter()
    image = embedded(press(place(file), reporter=reporter, profile="riso"))
    assert image.space == "/DeviceGray" and 30 < image.pixel()[0] < 160
    assert codes(reporter) == ["image.grayed"]
    file.write_bytes(cmyk_jpeg((0, 255, 255, 0), "adobe"))
    assert embedded(press(place(file), profile="riso")).space == "/DeviceGray"


# --- what is wrong with a file


def test_each_spoilt_file_is_one_finding(file: Path) -> None:
    noise = Image.effect_noise((300, 300), 60)
    for kind in ("PNG", "JPEG", "TIFF", "WEBP", "GIF"):
        stored = BytesIO()
        noise.save(stored, kind)
        for share in (0.3, 0.9):
            file.write_bytes(stored.getvalue()[: int(len(stored.getvalue()) * share)])
            reporter = Reporter()
            data = press(place(file), reporter=reporter)
            assert len(codes(reporter)) == 1, (kind, share)
            assert codes(reporter)[0] in (
                "image.truncated",
                "image.unreadable",
                "image.not-a-picture",
            )
            assert b"/XObject" not in data
    file.write_bytes(b"")
    reporter = Reporter()
    press(place(file), reporter=reporter)
    assert codes(reporter) == ["image.not-a-picture"]


def test_several_pictures_in_a_file_are_noted(file: Path) -> None:
    first, second = Image.new("L", (240, 240), 10), Image.new("L", (240, 240), 200)
    first.save(file, "TIFF", save_all=True, append_images=[second])
    reporter = Reporter()
    assert embedded(press(place(file), reporter=reporter)).pixel() == (10,)
    (found,) = reporter
    assert (found.code, found.values["count"]) == ("image.frames", 2)


def test_postscript_is_never_run(file: Path) -> None:
    file.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\nshowpage\n")
    reporter = Reporter()
    press(place(file), reporter=reporter)
    assert codes(reporter) == ["image.not-a-picture"]
