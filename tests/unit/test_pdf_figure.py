"""PDF figures: content becomes shapes in the same inks, or a finding with a remedy."""

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from layout.display.model import Stroke
from layout.units import mm
from tests.unit.pdf_samples import Drawn, make_pdf, measured, named, stream

BOX = "10 20 30 40 re "


@pytest.fixture
def draw(tmp_path: Path):  # type: ignore[no-untyped-def]
    def make(content: str | bytes, box: tuple[float, ...] = (0, 0, 100, 100), **page: Any) -> Drawn:
        return Drawn(make_pdf(tmp_path / "figure.pdf", content, box, **page))

    return make


def strokes(found: Drawn) -> list[Stroke]:
    return [shape.stroke for shape in found.shapes if shape.stroke]


# --- colours


def test_cmyk_and_gray_keep_their_numbers(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw(f".1 .2 .305 0 k {BOX} f 0 g {BOX} f .75 g {BOX} f 0 0 0 1 K 1 w {BOX} S")
    assert found.inks == [(10, 20, 30.5, 0), (0, 0, 0, 100), (0, 0, 0, 25)]
    assert strokes(found)[0].colour.cmyk == (0, 0, 0, 100)
    assert found.codes == []


def test_rgb_is_converted_and_noted_unless_it_is_gray(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw(f"0 0 0 rg {BOX} f 1 1 1 rg {BOX} f")
    assert found.inks == [(0, 0, 0, 100), (0, 0, 0, 0)] and found.codes == []
    found = draw(f"1 0 0 rg {BOX} f")
    assert found.inks[0][1] > 90 and found.codes == ["image.drawing-rgb"]


def icc_space(count: int) -> Any:
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(bytes(200), N=count)])


def test_icc_based_spaces_count_by_their_components(draw) -> None:  # type: ignore[no-untyped-def]
    spaces = named(A=icc_space(1), B=icc_space(3), C=icc_space(4))
    found = draw(
        f"/A cs .5 sc {BOX} f /B cs 0 0 0 scn {BOX} f /C cs .1 .2 .3 .4 scn {BOX} f /C cs {BOX} f",
        ColorSpace=spaces,
    )
    assert found.inks == [(0, 0, 0, 50), (0, 0, 0, 100), (10, 20, 30, 40), (0, 0, 0, 100)]


def tint(end: list[float]) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=end, N=1)


def separation(name: str, end: list[float]) -> Array:
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, tint(end)])


def test_separations_stay_inks_of_their_name(draw) -> None:  # type: ignore[no-untyped-def]
    spaces = Dictionary(
        A=separation("DIC#20199", [0, 0.8, 0.4, 0]),
        B=separation("Black", [0, 0, 0, 1]),
        C=separation("None", [0, 0, 0, 1]),
        D=separation("All", [1, 1, 1, 1]),
    )
    found = draw(
        f"/A cs .5 scn {BOX} f /B cs .4 scn {BOX} f /C cs 1 scn {BOX} f /D cs 1 scn {BOX} f",
        ColorSpace=spaces,
    )
    spot = found.fills[0]
    assert (spot.name, spot.spot, spot.tint) == ("DIC#20199", "DIC#20199", 50)
    assert spot.cmyk == (0, 40, 20, 0)
    assert [fill.spot for fill in found.fills[1:]] == ["", ""]
    assert found.inks[1:] == [(0, 0, 0, 40), (100, 100, 100, 100)]


def test_device_n(draw) -> None:  # type: ignore[no-untyped-def]
    program = stream(
        "{ 2 copy pop 0 exch 3 -1 roll 0 0 3 1 roll pop pop 0 exch 0 }",
        FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1] * 4,
    )  # fmt: skip
    plain = Array([Name.DeviceN, Array([Name.Magenta, Name.Black]), Name.DeviceCMYK, tint([1] * 4)])
    one = Array([Name.DeviceN, Array([Name.Gold]), Name.DeviceCMYK, tint([0, 0.2, 0.6, 0])])
    found = draw(
        f"/A cs .3 .6 scn {BOX} f /B cs 1 scn {BOX} f", ColorSpace=Dictionary(A=plain, B=one)
    )
    assert found.inks[0] == (0, 30, 0, 60)
    assert (found.fills[1].spot, found.inks[1]) == ("Gold", (0, 20, 60, 0))

    def several(pdf: pikepdf.Pdf) -> Dictionary:
        names = Array([Name.Gold, Name.Silver])
        return Dictionary(A=Array([Name.DeviceN, names, Name.DeviceCMYK, program(pdf)]))

    found = draw(f"/A cs .3 .6 scn {BOX} f", ColorSpace=several)
    assert found.codes == ["image.drawing-simplified"] and len(found.inks) == 1


def test_indexed_and_lab(draw) -> None:  # type: ignore[no-untyped-def]
    table = pikepdf.String(bytes([0, 0, 0, 255, 128, 0, 0, 0]))
    spaces = Dictionary(
        A=Array([Name.Indexed, Name.DeviceCMYK, 1, table]),
        B=Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])]),
    )
    found = draw(f"/A cs 1 sc {BOX} f 0 sc {BOX} f /B cs 50 70 50 sc {BOX} f", ColorSpace=spaces)
    assert found.inks[0] == (50.2, 0, 0, 0) and found.inks[1] == (0, 0, 0, 100)
    assert found.inks[2][1] > 80 and found.codes == ["image.drawing-rgb"]


# --- paths and state


def test_paths_lie_where_they_should_and_y_grows_downwards(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw(f"{BOX} f q 2 0 0 1 5 0 cm 0 0 10 10 re f Q 0 0 1 1 re f")
    assert found.box(0) == pytest.approx((10, 40, 40, 80))
    assert found.box(1) == pytest.approx((5, 90, 25, 100))
    assert found.box(2) == pytest.approx((0, 99, 1, 100))


def test_curves_and_all_ways_of_painting(draw) -> None:  # type: ignore[no-untyped-def]
    curve = "0 0 m 10 20 30 40 v 50 60 70 80 y h "
    found = draw(f"{curve} B* {curve} s {curve} f {curve} n {curve} b")
    path = found.shapes[0].path
    assert path[1] == ("C", tuple(mm(v) for v in (0, 100, 10, 80, 30, 60)))
    assert path[2] == ("C", tuple(mm(v) for v in (50, 40, 70, 20, 70, 20)))
    assert [bool(shape.fill) for shape in found.shapes] == [True, False, False, True, True, False]
    assert [shape.even_odd for shape in found.shapes[:2]] == [True, False]


def test_lines_in_every_detail(draw) -> None:  # type: ignore[no-untyped-def]
    state = named(G=Dictionary(LW=3, LC=1, LJ=2, ML=5, D=[[1, 2], 1]))
    found = draw(
        "q 2 w 2 J 1 j [4 2 1] 3 d 0 0 m 9 9 l S Q /G gs 0 0 m 9 9 l S 0 w 0 0 m 9 9 l S",
        ExtGState=state,
    )
    first, second, third = strokes(found)
    assert (first.thickness, first.cap, first.join) == (mm(2), "square", "round")
    assert (first.dash, first.phase) == (tuple(mm(v) for v in (4, 2, 1, 4, 2, 1)), mm(3))
    assert (second.thickness, second.cap, second.join, second.miter) == (mm(3), "round", "bevel", 5)
    assert (second.dash, second.phase) == ((mm(1), mm(2)), mm(1))
    assert third.thickness == 88_195 and found.codes == ["image.drawing-simplified"]


def test_clips_last_until_their_state_ends(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw(f"q {BOX} W n 0 0 50 50 re W* n 0 0 5 5 re f Q 0 0 6 6 re f")
    outer, inner = found.groups
    assert inner in outer.items and inner.even_odd and not outer.even_odd
    assert found.shapes[0] in inner.items and found.shapes[1] not in outer.items


def test_the_page_is_turned_and_cut_as_it_asks(draw, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = make_pdf(
        tmp_path / "a.pdf",
        "10 20 30 10 re f",
        (0, 0, 200, 100),
        TrimBox=Array([0, 0, 100, 50]),
        Rotate=90,
    )
    size, codes = measured(path)
    assert size[1] / size[0] == pytest.approx(2) and codes == []
    found = Drawn(path, size=(50, 100))
    assert found.box() == pytest.approx((25 + 20, 10, 25 + 30, 40))
    for turn, box in ((180, (120 / 2, 40, 180 / 2, 60)), (270, None)):
        path = make_pdf(tmp_path / "a.pdf", "10 20 30 10 re f", (0, 0, 100, 50), Rotate=turn)
        found = Drawn(path, size=(100, 50) if turn == 180 else (50, 100))
        if box:
            assert found.box() == pytest.approx((60, 25 + 20, 90, 25 + 30))
        else:
            assert found.box() == pytest.approx((25 + 20, 60, 25 + 30, 90))


def test_inherited_boxes_and_further_pages(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    make_pdf(path, "0 0 10 10 re f")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        second = pdf.make_stream(b"0 0 20 20 re f")
        pdf.pages.append(pikepdf.Page(Dictionary(Type=Name.Page, Contents=second)))
        pdf.Root.Pages.MediaBox = Array([0, 0, 100, 50])
        pdf.save(path)
    assert measured(path, 2)[0][0] / measured(path, 2)[0][1] == pytest.approx(2)
    assert Drawn(path, 2, (100, 50)).box()[2] == pytest.approx(20)
    assert measured(path, 3) == ((1, 1), ["image.pdf-page"])


# --- forms, patterns, shadings


def form(content: str, **entries: Any) -> Any:
    return stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 50]), **entries
    )


def test_forms(draw) -> None:  # type: ignore[no-untyped-def]
    inner = form(".5 g 0 0 60 10 re f", Matrix=Array([1, 0, 0, 1, 20, 0]))
    found = draw("1 0 0 1 0 30 cm /F Do 0 0 10 10 re f", XObject=named(F=inner))
    assert found.box(0) == pytest.approx((20, 60, 80, 70))
    assert found.inks == [(0, 0, 0, 50), (0, 0, 0, 100)]  # its colour is its own
    clip = [n / 1e6 for _, values in found.groups[0].clip for n in values]
    assert max(clip[::2]) == pytest.approx(70)


@pytest.mark.parametrize("kind", [2, 3])
def test_shadings_by_operator_and_as_a_pattern(draw, kind: int) -> None:  # type: ignore[no-untyped-def]
    parts = Array(
        [
            tint([1, 0, 0, 0]),
            Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0, 0], C1=[0, 1, 0, 0], N=1),
        ]
    )
    function = Dictionary(
        FunctionType=3, Domain=[0, 1], Functions=parts, Bounds=[0.5], Encode=[0, 1, 0, 1]
    )
    coords = [10, 0, 90, 0] if kind == 2 else [50, 50, 0, 50, 50, 40]
    shading = Dictionary(
        ShadingType=kind, ColorSpace=Name.DeviceCMYK, Coords=coords, Function=function
    )
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading)
    for found in (
        draw("q 0 0 100 100 re W n /S sh Q", Shading=named(S=shading)),
        draw("/Pattern cs /P scn 0 0 100 100 re f", Pattern=named(P=pattern)),
    ):
        assert 200 < len(found.shapes) < 460 and found.codes == []
        cyan, magenta = [ink[0] for ink in found.inks], [ink[1] for ink in found.inks]
        assert max(cyan) > 97 and max(magenta) > 97
        boxes = [found.box(index) for index in range(len(found.shapes))]
        assert min(box[0] for box in boxes) == pytest.approx(10, abs=0.01)  # it does not extend
        assert max(box[2] for box in boxes) == pytest.approx(90, abs=0.01)


def test_tiling_patterns(draw) -> None:  # type: ignore[no-untyped-def]
    def cell(paint: int) -> Any:
        return stream(
            "0 1 0 0 k 0 0 5 5 re f" if paint == 1 else "0 0 5 5 re f", Type=Name.Pattern,
            PatternType=1, PaintType=paint, TilingType=1, BBox=Array([0, 0, 10, 10]), XStep=10,
            YStep=10, Resources=Dictionary(), Matrix=Array([1, 0, 0, 1, 0, 0]),
        )  # fmt: skip

    found = draw("/Pattern cs /P scn 0 0 30 20 re f", Pattern=named(P=cell(1)))
    assert set(found.inks) == {(0, 100, 0, 0)} and 6 <= len(found.shapes) <= 12
    spaces = Dictionary(C=Array([Name.Pattern, Name.DeviceCMYK]))
    found = draw("/C cs 1 0 0 0 /P scn 0 0 30 20 re f", Pattern=named(P=cell(2)), ColorSpace=spaces)
    assert set(found.inks) == {(100, 0, 0, 0)}


def test_alpha_over_paper_is_exact_and_soft_masks_are_refused(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw(f"/G gs 0 1 0 0 k {BOX} f", ExtGState=named(G=Dictionary(ca=0.5, BM=Name.Normal)))
    assert found.inks == [(0, 50, 0, 0)] and found.codes == []
    found = draw(f"/G gs {BOX} f", ExtGState=named(G=Dictionary(BM=Name.Multiply)))
    assert found.codes == ["image.drawing-simplified"]
    mask = Dictionary(S=Name.Luminosity)
    assert draw(f"/G gs {BOX} f", ExtGState=named(G=Dictionary(SMask=mask))).codes == [
        "image.pdf-unsupported"
    ]
    group = form("0 1 0 0 k 0 0 9 9 re f 5 0 9 9 re f", Group=Dictionary(S=Name.Transparency))
    found = draw("/G gs /F Do", XObject=named(F=group), ExtGState=named(G=Dictionary(ca=0.25)))
    assert found.inks == [(0, 25, 0, 0)] * 2 and found.codes == []


def test_hidden_layers_are_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "layers.pdf"
    pdf = pikepdf.new()
    shown = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="a"))
    hidden = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="b"))
    either = Dictionary(Type=Name.OCMD, OCGs=Array([shown, hidden]), P=Name.AllOn)
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([shown, hidden]), D=Dictionary(OFF=Array([hidden]))
    )
    content = b"/OC /A BDC 0 0 1 1 re f EMC /OC /B BDC 0 0 2 2 re f /X BMC 0 0 3 3 re f EMC EMC /OC /C BDC 0 0 4 4 re f EMC 0 0 5 5 re f"
    names = Dictionary(A=shown, B=hidden, C=either)
    pdf.pages.append(pikepdf.Page(Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, 100, 100]), Contents=pdf.make_stream(content),
        Resources=Dictionary(Properties=names),
    )))  # fmt: skip
    pdf.save(path)
    found = Drawn(path)
    assert [round(found.box(index)[2]) for index in range(len(found.shapes))] == [1, 5]


# --- images


def image(data: bytes, width: int, height: int, space: Any, bits: int = 8, **entries: Any) -> Any:
    return stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
        ColorSpace=space, BitsPerComponent=bits, **entries,
    )  # fmt: skip


def opened(found: Drawn) -> Image.Image:
    (picture,) = found.pictures
    shown = Image.open(BytesIO(picture.data))
    shown.load()
    return shown


def test_images_of_every_space(draw) -> None:  # type: ignore[no-untyped-def]
    table = pikepdf.String(bytes([0, 0, 0, 0, 255, 0, 0, 0]))
    cases: list[tuple[Any, str, Any]] = [
        (image(bytes([7, 200]), 2, 1, Name.DeviceGray), "L", 7),
        (image(bytes([1, 2, 3] * 2), 2, 1, Name.DeviceRGB), "RGB", (1, 2, 3)),
        (image(bytes([1, 2, 3, 4] * 2), 2, 1, Name.DeviceCMYK), "CMYK", (1, 2, 3, 4)),
        (image(bytes([0b01000000]), 2, 1, Array([Name.Indexed, Name.DeviceCMYK, 1, table]), 1), "CMYK", (0, 0, 0, 0)),
        (image(bytes([0b01000000]), 2, 1, Name.DeviceGray, 1), "1", 0),
        (image(bytes([0xF0]), 2, 1, Name.DeviceGray, 4), "L", 255),
        (image(bytes([9, 0, 9, 0]), 2, 1, Name.DeviceGray, 16), "L", 9),
        (image(bytes([7, 200]), 2, 1, Name.DeviceGray, Decode=Array([1, 0])), "L", 248),
        (image(bytes([100, 200]), 2, 1, separation("Black", [0, 0, 0, 1])), "L", 155),
        (image(bytes([100, 50, 1, 1]), 2, 1, Array([Name.DeviceN, Array([Name.Cyan, Name.Black]), Name.DeviceCMYK, tint([1] * 4)])), "CMYK", (100, 0, 0, 50)),
    ]  # fmt: skip
    for number, (make, mode, pixel) in enumerate(cases):
        found = draw("50 0 0 20 10 30 cm /I Do", XObject=named(I=make))
        shown = opened(found)
        assert (number, shown.mode, shown.getpixel((0, 0))) == (number, mode, pixel)
        rect = found.pictures[0].rect
        assert (rect.x, rect.y, rect.width, rect.height) == tuple(mm(v) for v in (10, 50, 50, 20))
        assert found.pictures[0].corners == ()


def test_spot_photographs_become_process_ones_and_that_is_told(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw(
        "/I Do", XObject=named(I=image(bytes([0, 255]), 2, 1, separation("Gold", [0, 0.2, 0.6, 0])))
    )
    assert [opened(found).getpixel((x, 0)) for x in (0, 1)] == [(0, 0, 0, 0), (0, 51, 153, 0)]
    assert found.codes == ["image.drawing-simplified"]


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_jpegs_mean_the_same_outside(draw, mode: str) -> None:  # type: ignore[no-untyped-def]
    """Ours stored inverted as Adobe does: a PDF says so in Decode, or the inks are not inverted."""
    from layout.backends.pdf.pictures.reading import read

    colour = {"L": 60, "RGB": (200, 60, 30), "CMYK": (30, 60, 200, 20)}[mode]
    stored = BytesIO()
    Image.new(mode, (16, 16), colour).save(stored, "JPEG", quality=100, subsampling=0)
    space = Name({"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[mode])
    turned = {"Decode": Array([1, 0] * 4)} if mode == "CMYK" else {}
    found = draw(
        "/I Do",
        XObject=named(I=image(stored.getvalue(), 16, 16, space, Filter=Name.DCTDecode, **turned)),
    )
    seen = read(found.pictures[0].data, 10_000).image.getpixel((8, 8))
    wanted = colour if isinstance(colour, tuple) else (colour,)
    seen = seen if isinstance(seen, tuple) else (seen,)
    assert all(abs(a - b) < 4 for a, b in zip(seen, wanted, strict=True))
    if mode == "CMYK":
        found = draw(
            "/I Do", XObject=named(I=image(stored.getvalue(), 16, 16, space, Filter=Name.DCTDecode))
        )
        seen = read(found.pictures[0].data, 10_000).image.getpixel((8, 8))
        assert all(abs(a - (255 - b)) < 4 for a, b in zip(seen, wanted, strict=True))


def test_stencils_and_inline_images(draw) -> None:  # type: ignore[no-untyped-def]
    mask = stream(
        bytes([0b10000000]),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=2,
        Height=1,
        ImageMask=True,
        BitsPerComponent=1,
    )
    found = draw("0 1 0 0 k /I Do", XObject=named(I=mask))
    (picture,) = found.pictures
    assert picture.ink is not None and picture.ink.cmyk == (0, 100, 0, 0)
    assert [opened(found).getpixel((x, 0)) for x in (0, 1)] == [255, 0]
    found = draw(
        b"q 10 0 0 10 0 0 cm BI /W 2 /H 1 /CS /CMYK /BPC 8 ID "
        + bytes([1, 2, 3, 4, 5, 6, 7, 8])
        + b" EI Q"
    )
    assert opened(found).getpixel((1, 0)) == (5, 6, 7, 8)
    found = draw(
        "BI /W 2 /H 1 /CS /G /BPC 8 /F [/AHx /Fl] ID " + zlib.compress(b"\x07\x63").hex() + "> EI"
    )
    assert opened(found).getpixel((1, 0)) == 0x63


def test_masks_of_images(draw) -> None:  # type: ignore[no-untyped-def]
    soft = image(bytes([255, 0]), 2, 1, Name.DeviceGray)
    found = draw("/I Do", XObject=named(I=image(bytes([9] * 6), 2, 1, Name.DeviceRGB, SMask=soft)))
    assert [opened(found).getpixel((x, 0)) for x in (0, 1)] == [(9, 9, 9, 255), (9, 9, 9, 0)]
    found = draw(
        "/I Do", XObject=named(I=image(bytes([200] * 8), 2, 1, Name.DeviceCMYK, SMask=soft))
    )
    assert [opened(found).getpixel((x, 0)) for x in (0, 1)] == [(200,) * 4, (0,) * 4]
    key = image(bytes([9, 9, 9, 5, 5, 5]), 2, 1, Name.DeviceRGB, Mask=Array([9, 9, 9, 9, 9, 9]))
    assert [opened(draw("/I Do", XObject=named(I=key))).getpixel((x, 0))[3] for x in (0, 1)] == [
        0,
        255,
    ]
    hole = stream(
        bytes([0b01000000]),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=2,
        Height=1,
        ImageMask=True,
    )
    found = draw("/I Do", XObject=named(I=image(bytes([9] * 6), 2, 1, Name.DeviceRGB, Mask=hole)))
    assert [opened(found).getpixel((x, 0))[3] for x in (0, 1)] == [255, 0]


def test_turned_images_keep_their_corners(draw) -> None:  # type: ignore[no-untyped-def]
    found = draw(
        "0 20 -10 0 50 50 cm /I Do", XObject=named(I=image(bytes([7, 200]), 2, 1, Name.DeviceGray))
    )
    (picture,) = found.pictures
    assert (picture.rect.x, picture.rect.y) == (mm(40), mm(30))
    assert picture.corners == (0, 1, 0, 0, 1, 1)


# --- text


FONTS = Path(__file__).resolve().parents[2] / "fonts"


def embedded_font(kind: str) -> Any:
    """A Type 0 font of a whole TrueType file, glyphs by number."""

    def make(pdf: pikepdf.Pdf) -> Dictionary:
        program = pdf.make_stream((FONTS / "NotoSansJP_700Bold.ttf").read_bytes())
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Noto, FontFile2=program, Flags=4
        )
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Noto, FontDescriptor=descriptor,
            CIDToGIDMap=Name.Identity, DW=1000, W=Array([1, Array([250])]),
        )  # fmt: skip
        return Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Noto, Encoding=Name(f"/Identity-{kind}"),
            DescendantFonts=Array([descendant]),
        )  # fmt: skip

    return make


def glyph_numbers(text: str) -> str:
    from fontTools.ttLib import TTFont

    font = TTFont(FONTS / "NotoSansJP_700Bold.ttf")
    return "".join(f"{font.getGlyphID(font.getBestCmap()[ord(c)]):04x}" for c in text)


def test_text_becomes_outlines_in_its_place(draw) -> None:  # type: ignore[no-untyped-def]
    code = glyph_numbers("口")
    found = draw(
        f"BT /F 20 Tf 10 50 Td 0 1 0 0 k <{code}{code}> Tj ET", Font=named(F=embedded_font("H"))
    )
    (shape,) = found.shapes
    assert found.inks == [(0, 100, 0, 0)] and found.codes == []
    left, top, right, bottom = found.box()
    assert 10 < left < 13 and 47 < right < 50 and 30 < top < 36 and 48 < bottom < 52
    assert sum(verb == "M" for verb, _ in shape.path) == 4  # two squares with their holes


def test_text_state(draw) -> None:  # type: ignore[no-untyped-def]
    code = glyph_numbers("口")

    def lefts(operators: str) -> list[float]:
        found = draw(f"BT /F 10 Tf {operators} ET", Font=named(F=embedded_font("H")))
        return [
            round(found.box(index)[0] - found.box(0)[0], 3) for index in range(len(found.shapes))
        ]

    show = f"<{code}> Tj"
    assert lefts(f"{show} {show}") == [0, 10]
    assert lefts(f"3 Tc {show} {show}") == [0, 13]
    assert lefts(f"200 Tz {show} {show}")[1] == pytest.approx(20)
    assert lefts(f"{show} 7 -20 Td {show}") == [0, 7]
    assert lefts(f"[<{code}> -500 <{code}>] TJ") == [0]
    found = draw(
        f"BT /F 10 Tf 12 TL {show} T* {show} 5 Ts {show} ET", Font=named(F=embedded_font("H"))
    )
    tops = [found.box(index)[1] - found.box(0)[1] for index in range(3)]
    assert tops == pytest.approx([0, 12, 7])
    hidden = draw(f"BT /F 10 Tf 3 Tr {show} 1 Tr 1 w {show} ET", Font=named(F=embedded_font("H")))
    assert len(hidden.shapes) == 1 and strokes(hidden)


def test_vertical_text_runs_down(draw) -> None:  # type: ignore[no-untyped-def]
    code = glyph_numbers("口")
    found = draw(
        f"BT /F 20 Tf 50 90 Td <{code}> Tj <{code}> Tj ET", Font=named(F=embedded_font("V"))
    )
    left, top, right, bottom = found.box(0)
    assert (left + right) / 2 == pytest.approx(50, abs=0.5) and 10 < top < 13 and 26 < bottom < 30
    assert found.box(1)[1] - top == pytest.approx(20)


def test_text_that_clips(draw) -> None:  # type: ignore[no-untyped-def]
    code = glyph_numbers("口")
    found = draw(
        f"q BT /F 50 Tf 7 Tr <{code}> Tj ET 0 0 99 99 re f Q 0 0 9 9 re f",
        Font=named(F=embedded_font("H")),
    )
    (group,) = found.groups
    assert (
        len(group.clip) > 8
        and found.shapes[0] in group.items
        and found.shapes[1] not in group.items
    )


def test_simple_truetype_fonts(draw) -> None:  # type: ignore[no-untyped-def]
    def make(pdf: pikepdf.Pdf) -> Dictionary:
        program = pdf.make_stream((FONTS / "NotoSansJP_700Bold.ttf").read_bytes())
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Noto, FontFile2=program, Flags=32
        )
        return Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Noto, FontDescriptor=descriptor,
            FirstChar=65, Widths=Array([500, 600]), LastChar=66,
            Encoding=Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([66, Name.uni53E3])),
        )  # fmt: skip

    found = draw("BT /F 20 Tf 0 50 Td (A) Tj (B) Tj ET", Font=named(F=make))
    assert sum(verb == "M" for verb, _ in found.shapes[0].path) == 2  # A and its hole
    assert sum(verb == "M" for verb, _ in found.shapes[1].path) == 2  # 口
    assert 10 < found.box(1)[0] < 13


def test_type_3_glyphs_are_drawn(draw) -> None:  # type: ignore[no-untyped-def]
    def make(pdf: pikepdf.Pdf) -> Dictionary:
        square = pdf.make_stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
        return Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 750, 750]), FirstChar=97,
            LastChar=97, Widths=Array([1000]), FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(square=square), Resources=Dictionary(),
            Encoding=Dictionary(Differences=Array([97, Name.square])),
        )  # fmt: skip

    found = draw("0 1 0 0 k BT /F 20 Tf 10 10 Td (aa) Tj ET", Font=named(F=make))
    assert [found.box(index)[::2] for index in (0, 1)] == [
        pytest.approx((10, 25)),
        pytest.approx((30, 45)),
    ]
    assert found.inks == [(0, 100, 0, 0)] * 2


def test_fonts_that_cannot_be_drawn_are_named(draw) -> None:  # type: ignore[no-untyped-def]
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    found = draw("BT /F 9 Tf (a) Tj ET", Font=named(F=plain))
    assert found.codes == ["image.pdf-font-missing"] and found.top == []
    assert next(iter(found.reporter)).values["font"] == "Helvetica"

    def spoilt(pdf: pikepdf.Pdf) -> Dictionary:
        font = embedded_font("H")(pdf)
        font.DescendantFonts[0].FontDescriptor.FontFile2.write(b"\0\1\0\0" + bytes(50))
        return font

    assert draw("BT /F 9 Tf <0001> Tj ET", Font=named(F=spoilt)).codes == ["image.pdf-text"]

    def japanese(pdf: pikepdf.Pdf) -> Dictionary:
        font = embedded_font("H")(pdf)
        font.Encoding = Name("/90ms-RKSJ-H")
        return font

    assert draw("BT /F 9 Tf <0001> Tj ET", Font=named(F=japanese)).codes == ["image.pdf-text"]
    assert draw("BT /F 9 Tf ET", Font=named(F=plain)).codes == []  # nothing is shown in it


# --- hostile and damaged files


def test_forms_that_call_themselves_or_one_another(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", "/A Do", XObject=named(A=form("/B Do"), B=form("/A Do")))
    assert Drawn(path).codes == ["image.pdf-circle"]
    names = {f"F{n}": form(f"/F{n + 1} Do " * 12) for n in range(12)}
    path = make_pdf(tmp_path / "b.pdf", "/F0 Do", XObject=named(**names, F12=form("0 0 1 1 re f")))
    assert Drawn(path).codes == ["image.too-complex"]
    names = {f"F{n}": form(f"/F{n + 1} Do") for n in range(40)}
    path = make_pdf(tmp_path / "c.pdf", "/F0 Do", XObject=named(**names, F40=form("0 0 1 1 re f")))
    assert Drawn(path).codes == ["image.too-complex"]


def test_bombs_are_not_inflated(tmp_path: Path) -> None:
    bomb = zlib.compress(b"q Q " * 25_000_000, 9)
    path = make_pdf(tmp_path / "a.pdf", "/A Do", XObject=named(A=form("", Filter=Name.FlateDecode)))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources.XObject.A.write(bomb, filter=Name.FlateDecode)
        pdf.save(path, compress_streams=False)
    assert path.stat().st_size < 500_000
    assert Drawn(path).codes == ["image.too-complex"]
    double = zlib.compress(zlib.compress(bytes(400_000_000), 9), 9)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources.XObject.A.write(double, filter=Array([Name.FlateDecode] * 2))
        pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert Drawn(path).codes == ["image.too-complex"]


def test_tables_of_objects_that_are_bombs(tmp_path: Path) -> None:
    table = zlib.compress(bytes(400_000_000), 9)
    data = b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length "
    data += b"%d >>\nstream\n" % len(table) + table + b"\nendstream\nendobj\n%%EOF"
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert measured(path) == ((1, 1), ["image.too-complex"])


def test_endless_content_and_saves(draw) -> None:  # type: ignore[no-untyped-def]
    assert draw("q " * 5000).codes == ["image.too-complex"]
    assert draw("Q " * 50 + "0 0 1 1 re f EMC ET h n").codes == []


def test_locked_and_damaged_files(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", "0 0 1 1 re f")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert measured(path) == ((1, 1), ["image.pdf-locked"])
    path.write_bytes(b"%PDF-1.4\n" + bytes(500))
    assert measured(path) == ((1, 1), ["image.pdf-broken"])


@pytest.mark.parametrize(
    "content",
    [
        "/X Do",
        "/F 9 Tf (a) Tj",
        "/G gs",
        "/S sh",
        "/C cs",
        "1 0 k 0 0 1 1 re f",
        "1 2 m 3 l S",
        "(a) Tj",
        "/P scn",
    ],
)
def test_what_is_missing_or_wrong_is_one_finding(draw, content: str) -> None:  # type: ignore[no-untyped-def]
    found = draw(content)
    assert found.codes in (["image.pdf-broken"], []) and (found.codes or content == "/P scn")
