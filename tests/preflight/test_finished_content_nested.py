"""Content within content: forms, groups, patterns, shadings, pictures; what pages share."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name

from layout.preflight.finished.content_shared import DEPTH_MOST
from layout.preflight.finished.marks import Mark
from tests.preflight.content_cases import Sheet, box, drawn_font, marks, odd, simple_font, tint

RED = b"1 0 0 rg 0 0 20 20 re f"


def families(found: tuple[Mark, ...]) -> list[str]:
    return [mark.fill.family if mark.fill else "" for mark in found]


# --- forms


def test_a_form_is_moved_and_cut_by_its_box() -> None:
    sheet = Sheet()
    form = sheet.form(b"0 0 50 50 re f", (0, 0, 10, 20), Matrix=Array([0, 1, -1, 0, 100, 0]))
    (mark,) = sheet.page(b"2 0 0 2 0 0 cm /X Do", XObject={"X": form}).marks
    assert box(mark) == (160, 0, 200, 20) and mark.in_form == 1 and not mark.straight


def test_a_form_begins_with_the_state_around_it_and_leaves_no_trace() -> None:
    sheet = Sheet()
    form = sheet.form(b"0 0 9 9 re f 5 w 0 1 0 rg 0 0 m 9 0 l S")
    content = b"0 0 0 0.5 k 2 w /X Do 0 0 9 9 re f 0 0 m 9 0 l S"
    first, line, after, other = sheet.page(content, XObject={"X": form}).marks
    assert first.fill is after.fill and first.fill is not None
    assert first.fill.inks["Black"] == 0.5
    assert (line.line_pt, other.line_pt) == (5, 2)


def test_a_form_without_resources_takes_those_around_it() -> None:
    sheet = Sheet()
    inner = sheet.form(b"/G gs 0 0 9 9 re f")
    del inner["/Resources"]
    outer = sheet.form(b"/I Do", Resources=Dictionary(
        XObject=Dictionary(I=inner), ExtGState=Dictionary(G=Dictionary(ca=0.25)),
    ))  # fmt: skip
    (mark,) = sheet.page(b"/O Do", XObject={"O": outer}).marks
    assert mark.look.alpha == 0.25 and mark.in_form == 2


def test_forms_side_by_side_each_have_their_names() -> None:
    sheet = Sheet()
    forms = {
        name: sheet.form(b"/C cs 0 0 9 9 re f", Resources=Dictionary(ColorSpace=Dictionary(
            C=Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, tint()]))))
        for name in ("One", "Two")
    }  # fmt: skip
    found = sheet.page(b"/One Do /Two Do", XObject=forms).marks
    assert [dict(mark.fill.inks) for mark in found if mark.fill] == [{"One": 1}, {"Two": 1}]


def test_a_form_on_every_page_is_read_once_and_found_on_each() -> None:
    sheet = Sheet()
    font = drawn_font({"a": sheet.stream(b"500 0 d0 1 0 0 rg 0 0 500 500 re f")})
    resources = Dictionary(Font=Dictionary(F=font))
    form = sheet.form(b"BT /F 20 Tf (A) Tj ET 1 2 bogus /None gs", Resources=resources)
    first = sheet.page(b"q BT /F 20 Tf (A) Tj ET Q /X Do", XObject={"X": form}, Font={"F": font})
    second = sheet.page(b"/X Do", XObject={"X": form})
    assert families(first.marks) == ["DeviceGray", "DeviceRGB"] * 2
    assert families(second.marks) == ["DeviceGray", "DeviceRGB"]
    assert {mark.page for mark in second.marks} == {2}
    assert odd(first) == odd(second) == [
        ("unknown-operator", "bogus"), ("missing-resource", "/ExtGState /None"),
    ]  # fmt: skip
    assert set(second.used) == {"/XObject", "/Font"}


@pytest.mark.parametrize(
    "other",
    [b"0 1 0 rg", b"0.5 g", b"2 0 0 2 0 0 cm", b"0 0 5 5 re W n", b"/G gs", b"9 w", b"/C cs 1 scn"],
)
def test_a_form_in_another_state_is_another(other: bytes) -> None:
    def read(sheet: Sheet, content: bytes, **forms: Any) -> tuple[Mark, ...]:
        space = Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint()])
        return sheet.page(
            content, XObject=forms, ColorSpace={"C": space}, ExtGState={"G": Dictionary(OP=True)}
        ).marks

    sheet = Sheet()
    form = sheet.form(b"0 0 9 9 re B", (-50, -50, 200, 200))
    plain = read(sheet, b"/X Do", X=form)
    changed = read(sheet, other + b" /X Do", X=form)
    alone = read(Sheet(), other + b" 0 0 9 9 re B")
    assert len(plain) == len(changed) == 2
    for mark, wanted in zip(changed, alone, strict=True):
        assert (mark.box, mark.line_pt, mark.look) == (wanted.box, wanted.line_pt, wanted.look)
        assert mark.fill is None or mark.fill.inks == wanted.fill.inks  # type: ignore[union-attr]


def test_forms_in_circles_and_too_deep_ones_end() -> None:
    sheet = Sheet()
    one, two = sheet.form(RED + b" /T Do"), sheet.form(RED + b" /O Do")
    one.Resources = Dictionary(XObject=Dictionary(T=two))
    two.Resources = Dictionary(XObject=Dictionary(O=one))
    found = sheet.page(b"/O Do", XObject={"O": one})
    assert len(found.marks) == 2 and odd(found) == [("recursion", "Form")]
    form = sheet.form(RED)
    for _ in range(DEPTH_MOST + 3):
        form = sheet.form(RED + b" /X Do", Resources=Dictionary(XObject=Dictionary(X=form)))
    found = sheet.page(b"/X Do", XObject={"X": form})
    assert odd(found) == [("too-deep", "")]
    assert max(mark.in_form for mark in found.marks) == len(found.marks) == DEPTH_MOST


def test_forms_that_would_double_twelve_times_are_read_by_the_budget() -> None:
    sheet = Sheet()
    form = sheet.form(b"0 0 9 9 re f")
    for _ in range(DEPTH_MOST - 1):
        again = b" ".join(b"1 0 0 1 %d 0 cm /X Do" % at for at in range(8))
        form = sheet.form(again, Resources=Dictionary(XObject=Dictionary(X=form)))
    found = sheet.page(b"/X Do", XObject={"X": form})
    assert [each.what for each in found.oddities] == ["too-much"]


@pytest.mark.parametrize(
    "entries",
    [
        {"BBox": Array([0, 0, 1])}, {"BBox": 7}, {"Matrix": Array([Name.A] * 6)}, {"Matrix": 7},
        {"Matrix": Array([1e9, 0, 0, 1e9, 0, 0])},
    ],
)  # fmt: skip
def test_a_damaged_form_is_passed_over(entries: dict[str, Any]) -> None:
    sheet = Sheet()
    form = sheet.form(RED, **entries)
    found = sheet.page(b"/X Do 0 0 9 9 re f", XObject={"X": form})
    assert len(found.marks) == 1 and odd(found) == [("bad-operands", "Do")]


def test_what_is_no_form_and_no_picture() -> None:
    sheet = Sheet()
    postscript = sheet.stream(b"", Subtype=Name.PS)
    other = sheet.form(RED, Subtype2=Name.PS)
    strange = sheet.stream(b"", Subtype=Name.Movie)
    things = {"A": postscript, "B": other, "C": strange, "D": 7}
    found = sheet.page(b"/A Do /B Do /C Do /D Do", XObject=things)
    assert found.marks == ()
    assert odd(found) == [
        ("postscript", "PS"), ("unknown-xobject", "/Movie"), ("bad-operands", "Do"),
    ]  # fmt: skip


def test_layers_are_noted() -> None:
    sheet = Sheet()
    layer = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name="a"))
    other = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name="b"))
    found = sheet.page(
        b"/OC /L BDC EMC /Span << /Lang (ja) >> BDC EMC /X Do",
        Properties={"L": layer}, XObject={"X": sheet.form(RED, OC=other)},
    )  # fmt: skip
    assert set(found.used["/Properties"]) == {layer.objgen, other.objgen}


# --- transparency


@pytest.mark.parametrize(
    ("inner", "alpha", "blend"),
    [
        (b"", 0.5, "Multiply"),
        (b"/Half gs", 0.25, "Multiply"),
        (b"/Full gs", 0.5, "Multiply"),
        (b"/Screen gs", 0.5, "Screen"),
    ],
)
def test_what_is_in_a_group_is_as_clear_as_the_group(
    inner: bytes, alpha: float, blend: str
) -> None:
    sheet = Sheet()
    states = {
        "Half": Dictionary(ca=0.5, BM=Name.Normal), "Full": Dictionary(ca=1, CA=1),
        "Screen": Dictionary(BM=Name.Screen), "Out": Dictionary(ca=0.5, BM=Name.Multiply),
    }  # fmt: skip
    states["Full"]["/SMask"] = Name("/None")
    form = sheet.form(
        inner + b" 0 0 9 9 re f", Group=Dictionary(S=Name.Transparency),
        Resources=Dictionary(ExtGState=Dictionary({f"/{k}": v for k, v in states.items()})),
    )  # fmt: skip
    (mark,) = sheet.page(b"/Out gs /X Do", XObject={"X": form}, ExtGState=states).marks
    assert mark.look.alpha == pytest.approx(alpha) and mark.look.blend == blend


def test_alphas_of_fills_and_strokes_are_kept_apart() -> None:
    states = {"A": Dictionary(ca=0.5), "B": Dictionary(CA=0.75), "C": Dictionary(ca=1)}
    content = b"/A gs 0 0 9 9 re f /B gs 0 0 9 9 re f /C gs 0 0 9 9 re f"
    assert [m.look.alpha for m in marks(content, ExtGState=states)] == [0.5, 0.5, 0.75]


def test_a_soft_mask_comes_and_goes() -> None:
    sheet = Sheet()
    mask = Dictionary(S=Name.Luminosity, G=sheet.form(RED))
    states = {"A": Dictionary(SMask=mask), "B": Dictionary(SMask=Name("/None"))}
    content = b"/A gs 0 0 9 9 re f /B gs 0 0 9 9 re f"
    found = sheet.page(content, ExtGState=states)
    assert [mark.look.soft_mask for mark in found.marks] == [True, False] and not found.oddities


def test_one_bad_entry_of_a_state_leaves_the_others() -> None:
    state = Dictionary(OP=7, OPM=Name.A, ca=0.5, LW=3, BM=Array([Name.Darken, Name.Normal]))
    found = Sheet().page(b"/G gs 0 0 9 9 re B", ExtGState={"G": state})
    fill, stroke = found.marks
    assert (fill.look.alpha, fill.look.blend, stroke.line_pt) == (0.5, "Darken", 3)
    assert odd(found) == [("bad-operands", "gs /OP"), ("bad-operands", "gs /OPM")]


def test_equal_looks_and_paints_are_one_object() -> None:
    sheet = Sheet()
    content = b"q 0 0 0 1 k /G gs 0 0 9 9 re f Q 0 0 0 1 k /H gs 0 0 9 9 re f"
    states = {"G": Dictionary(OP=True), "H": Dictionary(OP=True, op=True)}
    one, other = sheet.page(content, ExtGState=states).marks
    assert one.look is other.look and one.fill is other.fill


# --- patterns


def tiling(sheet: Sheet, content: bytes, paint: int = 1, **entries: Any) -> Any:
    return sheet.stream(
        content, PatternType=1, PaintType=paint, TilingType=1, BBox=Array([0, 0, 30, 30]),
        XStep=30, YStep=30, **{"Resources": Dictionary(), **entries},
    )  # fmt: skip


def test_a_cell_is_found_where_it_is_painted() -> None:
    sheet = Sheet()
    cell = tiling(sheet, RED + b" 0 0 0 1 K 100 100 m 200 200 l S")
    content = b"/Pattern cs /P scn 0 0 0 1 K 40 40 50 50 re B"
    outer, inner, stroke = sheet.page(content, Pattern={"P": cell}).marks
    assert outer.fill is not None and outer.fill.pattern == "tiling"
    assert families((outer, inner)) == ["Pattern", "DeviceRGB"]
    assert inner.box == outer.box and inner.in_form == 1 and stroke.kind == "stroke"


def test_a_cell_is_as_large_as_where_its_pattern_was_chosen_says() -> None:
    sheet = Sheet()
    cell = tiling(sheet, b"0 0 m 9 0 l S", Matrix=Array([3, 0, 0, 3, 0, 0]))
    form = sheet.form(
        b"5 0 0 5 0 0 cm /Pattern cs /P scn 9 9 2 2 re f", Matrix=Array([2, 0, 0, 2, 0, 0]),
        Resources=Dictionary(Pattern=Dictionary(P=cell)),
    )  # fmt: skip
    content = b"5 0 0 5 0 0 cm /Pattern cs /P scn 9 9 2 2 re f q .2 0 0 .2 0 0 cm /X Do Q"
    found = sheet.page(content, Pattern={"P": cell}, XObject={"X": form}).marks
    assert [mark.line_pt for mark in found if mark.kind == "stroke"] == pytest.approx([3, 6])


def test_a_cell_without_colour_takes_that_of_its_use() -> None:
    sheet = Sheet()
    cell = tiling(sheet, RED, 2)
    spaces = {"S": Array([Name.Pattern, Name.DeviceCMYK])}
    content = b"/S cs 0.2 0.4 0 0 /P scn 40 40 9 9 re f 0 0 0 1 /P scn 40 40 9 9 re f"
    found = sheet.page(content, Pattern={"P": cell}, ColorSpace=spaces).marks
    assert families(found) == ["DeviceCMYK"] * 4
    tints = [dict(mark.fill.inks) for mark in found if mark.fill]
    assert tints[0] == tints[1] and tints[0]["Cyan"] == 0.2 and tints[2]["Black"] == 1
    assert [mark.fill.pattern for mark in found if mark.fill] == ["tiling", ""] * 2


def test_a_space_beneath_outlives_a_shading() -> None:
    sheet = Sheet()
    patterns = {"P": tiling(sheet, RED, 2), "S": Dictionary(PatternType=2, Shading=Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB))}  # fmt: skip
    spaces = {"S": Array([Name.Pattern, Name.DeviceCMYK])}
    content = b"/S cs /S scn 0 0 9 9 re f 0 1 0 0 /P scn 0 0 9 9 re f"
    found = sheet.page(content, Pattern=patterns, ColorSpace=spaces)
    assert families(found.marks) == ["DeviceRGB", "DeviceCMYK", "DeviceCMYK"]
    assert found.oddities == ()


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (b"/Pattern cs /P scn BT /F 9 Tf 50 50 Td (A) Tj ET", ["text", "fill"]),
        (b"/Pattern CS /P SCN 50 50 m 90 50 l S", ["stroke", "fill"]),
        (b"/Pattern CS /P SCN BT 1 Tr /F 9 Tf 50 50 Td (A) Tj ET", ["text", "fill"]),
        (b"/Pattern cs /P scn 9 0 0 9 50 50 cm BI /W 1 /H 1 /IM true ID 0 EI", ["image", "fill"]),
    ],
)
def test_everything_can_be_painted_with_a_pattern(content: bytes, kinds: list[str]) -> None:
    sheet = Sheet()
    cell = tiling(sheet, RED)
    found = sheet.page(content, Pattern={"P": cell}, Font={"F": simple_font()})
    assert [mark.kind for mark in found.marks] == kinds
    assert found.marks[0].box == found.marks[1].box


def test_a_pattern_in_a_pattern_and_a_pattern_in_itself() -> None:
    sheet = Sheet()
    inner = tiling(sheet, RED)
    outer = tiling(
        sheet, b"/Pattern cs /I scn 0 0 9 9 re f",
        Resources=Dictionary(Pattern=Dictionary(I=inner)),
    )  # fmt: skip
    found = sheet.page(b"/Pattern cs /P scn 40 40 9 9 re f", Pattern={"P": outer})
    assert [mark.in_form for mark in found.marks] == [0, 1, 2]
    sheet = Sheet()
    outer = tiling(sheet, b"/Pattern cs /I scn 0 0 9 9 re f")
    outer.Resources = Dictionary(Pattern=Dictionary(I=outer))
    found = sheet.page(b"/Pattern cs /P scn 40 40 9 9 re f", Pattern={"P": outer})
    assert odd(found) == [("recursion", "Pattern")]


@pytest.mark.parametrize(
    "content", [b"/Pattern cs /S scn 40 40 9 9 re f", b"40 40 9 9 re W n /S sh"]
)
def test_shadings_are_paints_of_their_space(content: bytes) -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Array([Name.ICCBased, Name.A]))
    sheet = Sheet()
    shading.ColorSpace = Array([Name.ICCBased, sheet.stream(b"", N=4)])
    found = sheet.page(
        content, Shading={"S": shading}, Pattern={"S": Dictionary(PatternType=2, Shading=shading)}
    )
    (mark,) = found.marks
    assert mark.fill is not None and mark.fill.pattern == "shading"
    assert (mark.fill.family, mark.fill.space.kind) == ("ICCBased", "cmyk")
    assert box(mark) == (40, 40, 49, 49)


def test_a_shading_without_a_clip_fills_the_sheet() -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray)
    (mark,) = marks(b"/S sh", Shading={"S": shading})
    assert mark.kind == "shading" and box(mark) == (0, 0, 200, 200)


# --- pictures


@pytest.mark.parametrize(
    ("matrix", "place", "ppi"),
    [
        (b"72 0 0 36 10 20", (10, 20, 82, 56), (30, 40)),
        (b"0 72 -36 0 100 50", (64, 50, 100, 122), (30, 40)),
        (b"-72 0 0 36 82 20", (10, 20, 82, 56), (30, 40)),
        (b"36 0 18 36 10 20", (10, 20, 64, 56), (60, 35.777)),
        (b"72 0 0 0 10 20", (10, 20, 82, 20), (30, 0)),
    ],
)
def test_pictures_as_they_are_placed(
    matrix: bytes, place: tuple[float, ...], ppi: tuple[float, float]
) -> None:
    sheet = Sheet()
    image = sheet.stream(b"", Subtype=Name.Image, Width=30, Height=20, ImageMask=False)
    found = sheet.page(b"0.5 g " + matrix + b" cm /I Do", XObject={"I": image})
    (mark,) = found.marks
    assert box(mark) == place and mark.pixels == (30, 20)
    assert mark.ppi == pytest.approx(ppi, abs=0.001)
    assert mark.fill is None and mark.image.objgen == image.objgen


def test_a_stencil_has_the_colour_it_is_painted_with() -> None:
    sheet = Sheet()
    image = sheet.stream(b"", Subtype=Name.Image, Width=8, Height=8, ImageMask=True)
    (mark,) = sheet.page(b"0 1 0 0 k 9 0 0 9 0 0 cm /I Do", XObject={"I": image}).marks
    assert mark.fill is not None and mark.fill.inks["Magenta"] == 1


@pytest.mark.parametrize("entries", [{"Width": Name.A}, {"Width": -5, "Height": 1e30}, {}])
def test_pictures_of_absurd_sizes(entries: dict[str, Any]) -> None:
    sheet = Sheet()
    image = sheet.stream(b"", Subtype=Name.Image, **entries)
    found = sheet.page(b"1e-9 0 0 0.000001 0 0 cm /I Do", XObject={"I": image})
    assert len(found.marks) <= 1


def test_an_inline_picture_in_a_space_of_the_resources() -> None:
    sheet = Sheet()
    space = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint()])
    content = b"9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /Spot ID a EI"
    found = sheet.page(content, ColorSpace={"Spot": space})
    (mark,) = found.marks
    assert mark.image["/ColorSpace"][1] == Name.Gold and found.used["/ColorSpace"]
    assert odd(sheet.page(content)) == [("missing-resource", "/ColorSpace /Spot")]
