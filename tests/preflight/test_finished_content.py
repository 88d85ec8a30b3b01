"""The interpreter of the judge: operators in, marks out; and nothing that a file can do harms it."""

import random
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from layout.preflight.finished import content_shared
from layout.preflight.finished.content import Shared, read_page
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Mark, PageMarks

TRIM = Box(20, 20, 180, 180)


def page_of(content: bytes, **resources: Any) -> tuple[pikepdf.Pdf, PageMarks]:
    pdf = pikepdf.new()
    made = {f"/{kind}": Dictionary(things) for kind, things in resources.items()}
    page = Dictionary(
        Type=Name.Page, MediaBox=[0, 0, 200, 200], TrimBox=[20, 20, 180, 180],
        Resources=Dictionary(made), Contents=pdf.make_stream(content),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf, read_page(pdf.pages[0].obj, 1, TRIM, Shared())


def marks(content: bytes, **resources: Any) -> tuple[Mark, ...]:
    _, found = page_of(content, **resources)
    assert found.oddities == ()
    return found.marks


def oddities(content: bytes, **resources: Any) -> list[tuple[str, str]]:
    return [(each.what, each.value) for each in page_of(content, **resources)[1].oddities]


def box(mark: Mark) -> tuple[float, ...]:
    return tuple(round(v, 3) for v in (mark.box.x0, mark.box.y0, mark.box.x1, mark.box.y1))


HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def simple_font(**entries: Any) -> Dictionary:
    return Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Face"), FirstChar=65,
        Widths=[500, 600, 700], Encoding=Name.WinAnsiEncoding, **entries,
    )  # fmt: skip


# --- paths


def test_a_fill_knows_its_box_its_colour_and_that_it_is_straight() -> None:
    (mark,) = marks(b"0.1 0.2 0.3 0.4 k 10 20 30 2 re f")
    assert (mark.kind, box(mark)) == ("fill", (10, 20, 40, 22))
    assert mark.fill is not None and mark.fill.family == "DeviceCMYK"
    assert mark.fill.inks == {"Cyan": 0.1, "Magenta": 0.2, "Yellow": 0.3, "Black": 0.4}
    assert mark.area == 2 and mark.straight and mark.parts == 1


@pytest.mark.parametrize(
    ("path", "straight"),
    [
        (b"0 0 m 9 0 l 9 2 l 0 2 l h f", True),
        (b"0 0 m 0 2 l 9 2 l 9 0 l f", True),
        (b"0 0 m 9 0 l 9 2 l 0 3 l h f", False),
        (b"0 0 m 9 0 l 9 2 l h f", False),
        (b"0 0 9 2 re 20 0 9 2 re f", False),
        (b"0 0 m 3 0 6 0 9 0 c 9 2 l 0 2 l h f", False),
        (b"1 0.2 -0.2 1 0 0 cm 0 0 9 2 re f", False),
        (b"0 1 -1 0 50 0 cm 0 0 9 2 re f", True),
        (b"0 0 5 50 re W n 0 0 9 2 re f", False),
    ],
)
def test_only_level_whole_rectangles_are_straight(path: bytes, straight: bool) -> None:
    (mark,) = marks(path)
    assert mark.straight is straight


@pytest.mark.parametrize(
    ("content", "thickness"),
    [
        (b"2 w 10 10 m 50 10 l S", 2.0),
        (b"0.1 0 0 0.1 0 0 cm 2 w 100 100 m 500 100 l S", 0.2),
        (b"1 0 0 0.1 0 0 cm 2 w 10 100 m 50 100 l S", 0.2),
        (b"0 w 10 10 m 50 10 l S", 0.0),
        (b"0.6 0.8 -0.8 0.6 60 20 cm 3 w 10 10 m 30 10 l S", 3.0),
        (b"/T gs 10 10 m 50 10 l S", 0.7),
    ],
)
def test_thickness_is_that_on_paper(content: bytes, thickness: float) -> None:
    (mark,) = marks(content, ExtGState={"/T": Dictionary(LW=0.7)})
    assert mark.kind == "stroke" and mark.line_pt == pytest.approx(thickness)


def test_a_stroke_reaches_half_its_thickness_out_and_may_be_dashed() -> None:
    (mark,) = marks(b"4 w [3 1] 0 d 50 50 m 90 50 l S")
    assert box(mark) == (48, 48, 92, 52) and mark.dashed and mark.pieces == ()


def test_a_stroke_outside_the_trim_keeps_its_pieces() -> None:
    (mark,) = marks(b"1 w 5 20 m 15 20 l 20 5 m 20 15 l S")
    assert mark.parts == 2 and mark.pieces == (Box(5, 20, 15, 20), Box(20, 5, 20, 15))


def test_fill_and_stroke_are_two_marks_and_clips_cut_both() -> None:
    fill, stroke = marks(b"0 0 30 30 re W n 1 w 10 10 50 50 re B")
    assert [fill.kind, stroke.kind] == ["fill", "stroke"]
    assert box(fill) == (10, 10, 30, 30) and box(stroke) == (9.5, 9.5, 30, 30)


def test_what_is_clipped_away_is_no_mark() -> None:
    assert marks(b"q 0 0 9 9 re W n 50 50 9 9 re f Q 50 50 9 9 re f")[0].box.x0 == 50
    assert len(marks(b"q W n 50 50 9 9 re f Q")) == 0


# --- colours


def test_every_way_to_set_a_colour() -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    spaces = {
        "/Spot": Array([Name.Separation, Name("/DIC 123"), Name.DeviceCMYK, tint]),
        "/Lab": Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])]),
        "/Idx": Array(
            [Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(b"\x00\x00\x00\xff\xff\xff")]
        ),
    }
    content = (
        b"0.25 g 0 0 9 9 re f 1 0 0 rg 0 0 9 9 re f /Spot cs 0 0 9 9 re f 0.5 scn 0 0 9 9 re f "
        b"/Lab cs 50 0 0 sc 0 0 9 9 re f /Idx cs 1 sc 0 0 9 9 re f /DeviceCMYK cs 0 0 9 9 re f"
    )
    found = [mark.fill for mark in marks(content, ColorSpace=spaces)]
    assert [each.family for each in found if each] == [
        "DeviceGray", "DeviceRGB", "Separation", "Separation", "Lab", "DeviceRGB", "DeviceCMYK",
    ]  # fmt: skip
    assert [dict(each.inks) for each in found if each] == [
        {"Black": 0.75}, {}, {"DIC 123": 1.0}, {"DIC 123": 0.5}, {}, {},
        {"Cyan": 0, "Magenta": 0, "Yellow": 0, "Black": 1},
    ]  # fmt: skip
    same = marks(b"0 0 0 1 k 0 0 9 9 re f 0 0 0 1 k 9 9 9 9 re f")
    assert same[0].fill is same[1].fill


def test_a_tiling_is_read_where_it_is_painted() -> None:
    pdf = pikepdf.new()
    cell = pdf.make_stream(b"1 0 0 rg 0 0 2 2 re f")
    for key, value in (("/PatternType", 1), ("/PaintType", 1), ("/BBox", Array([0, 0, 4, 4]))):
        cell[key] = value
    cell["/Resources"] = Dictionary()
    page = pikepdf.Page(
        pdf.make_indirect(
            Dictionary(
                Type=Name.Page, MediaBox=[0, 0, 200, 200],
                Resources=Dictionary(Pattern=Dictionary(P=pdf.make_indirect(cell))),
                Contents=pdf.make_stream(b"/Pattern cs /P scn 40 40 50 50 re f"),
            )
        )
    )  # fmt: skip
    pdf.pages.append(page)
    outer, inner = read_page(pdf.pages[0].obj, 1, TRIM, Shared()).marks
    assert outer.fill is not None and outer.fill.pattern == "tiling"
    assert inner.fill is not None and inner.fill.family == "DeviceRGB" and inner.in_form == 1


def test_looks_are_those_of_the_state() -> None:
    states = {
        "/A": Dictionary(OP=True, OPM=1),
        "/B": Dictionary(op=False, ca=0.5, BM=Name.Multiply),
    }
    content = b"q /A gs 0 0 9 9 re f /B gs 0 0 9 9 re f Q 0 0 9 9 re f"
    first, second, third = (mark.look for mark in marks(content, ExtGState=states))
    assert (first.over_fill, first.over_stroke, first.over_mode) == (True, True, 1)
    assert (second.over_fill, second.over_stroke, second.alpha) == (False, True, 0.5)
    assert second.blend == "Multiply" and third.alpha == 1 and not third.over_fill


# --- text


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (b"BT /F 12 Tf 50 50 Td (ABC) Tj ET", 12),
        (b"BT /F 1 Tf 0 7 -7 0 50 50 Tm (ABC) Tj ET", 7),
        (b"0.5 0 0 0.5 0 0 cm BT /F 12 Tf 100 100 Td (ABC) Tj ET", 6),
        (b"BT /F 12 Tf 50 Tz 50 50 Td (ABC) Tj ET", 12),
        (b"BT /F -12 Tf 50 50 Td (ABC) Tj ET", 12),
    ],
)
def test_the_size_is_that_across_the_line(content: bytes, size: float) -> None:
    (mark,) = marks(content, Font={"/F": simple_font()})
    assert mark.size_pt == pytest.approx(size) and mark.text == "ABC" and mark.codes == b"ABC"
    assert mark.font is not None and mark.font.name == "Face"


def test_the_box_is_the_em_boxes_along_the_line() -> None:
    first, second = marks(
        b"BT /F 10 Tf 20 20 Td [(AB) -1000 (C)] TJ (A) Tj ET", Font={"/F": simple_font()}
    )
    assert box(first) == (20, 18.8, 48, 28.8)
    assert box(second) == (48, 18.8, 53, 28.8)


def test_text_that_is_not_painted_is_a_mark_without_paint_and_blank_text_is_none() -> None:
    _, found = page_of(b"BT /F 9 Tf 3 Tr (AB) Tj 0 Tr (  ) Tj ET", Font={"/F": simple_font()})
    (unseen,) = found.marks
    assert (unseen.text, unseen.fill, unseen.stroke) == ("AB", None, None)
    assert len(found.used["/Font"]) == 1


def test_lines_that_move() -> None:
    content = (
        b"BT /F 10 Tf 14 TL 20 80 Td (A) Tj T* (A) Tj (A) ' 1 2 (A) \" 0 -9 TD (A) Tj T* (A) Tj ET"
    )
    heights = [round(mark.box.y0 + 1.2) for mark in marks(content, Font={"/F": simple_font()})]
    assert heights == [80, 66, 52, 38, 29, 20]


def test_a_drawn_font_shows_its_marks() -> None:
    pdf = pikepdf.new()
    glyph = pdf.make_stream(b"500 0 0 0 500 500 d1 1 0 0 rg 0 0 500 500 re f")
    coloured = pdf.make_stream(b"500 0 d0 1 0 0 rg 0 0 500 500 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=65, LastChar=66, Widths=[500, 500],
        CharProcs=Dictionary(a=glyph, b=coloured), Resources=Dictionary(),
        Encoding=Dictionary(Type=Name.Encoding, Differences=[65, Name.a, Name.b]),
    )  # fmt: skip
    page = Dictionary(
        Type=Name.Page, MediaBox=[0, 0, 200, 200], Resources=Dictionary(Font=Dictionary(F=font)),
        Contents=pdf.make_stream(b"0 0 0 1 k BT /F 20 Tf 40 40 Td (AB) Tj ET"),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    text, plain, own = read_page(pdf.pages[0].obj, 1, TRIM, Shared()).marks
    assert text.font is not None and text.font.kind == "Type3" and box(text)[::2] == (40, 60)
    assert plain.fill is not None and plain.fill.family == "DeviceCMYK"
    assert own.fill is not None and own.fill.family == "DeviceRGB"
    assert box(plain) == (40, 40, 50, 50)


# --- images and forms


def test_pictures_as_they_are_placed() -> None:
    pdf = pikepdf.new()
    image = pdf.make_stream(b"\x00" * 600)
    for key, value in (("/Subtype", Name.Image), ("/Width", 30), ("/Height", 20)):
        image[key] = value
    page = Dictionary(
        Type=Name.Page, MediaBox=[0, 0, 200, 200],
        Resources=Dictionary(XObject=Dictionary(I=image)),
        Contents=pdf.make_stream(b"q 0 72 -36 0 100 50 cm /I Do Q"),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    (mark,) = read_page(pdf.pages[0].obj, 1, TRIM, Shared()).marks
    assert box(mark) == (64, 50, 100, 122) and mark.pixels == (30, 20)
    assert mark.ppi == (pytest.approx(30), pytest.approx(40)) and mark.fill is None


def test_an_inline_image_has_its_full_names() -> None:
    (mark,) = marks(b"q 9 0 0 9 0 0 cm BI /W 2 /H 1 /BPC 8 /CS /RGB ID abcdef EI Q")
    assert mark.kind == "image" and mark.pixels == (2, 1)
    assert mark.image["/ColorSpace"] == Name.DeviceRGB and mark.image["/BitsPerComponent"] == 8


def test_forms_are_followed_and_bounded() -> None:
    pdf = pikepdf.new()
    form = pdf.make_indirect(pdf.make_stream(b"0 1 0 rg 0 0 99 99 re f /Me Do"))
    for key, value in (("/Subtype", Name.Form), ("/BBox", Array([0, 0, 10, 10]))):
        form[key] = value
    form["/Matrix"] = Array([2, 0, 0, 2, 0, 0])
    form["/Resources"] = Dictionary(XObject=Dictionary(Me=form))
    page = Dictionary(
        Type=Name.Page, MediaBox=[0, 0, 200, 200],
        Resources=Dictionary(XObject=Dictionary(F=form)), Contents=pdf.make_stream(b"/F Do"),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    found = read_page(pdf.pages[0].obj, 1, TRIM, Shared())
    assert box(found.marks[0]) == (0, 0, 20, 20) and found.marks[0].in_form == 1
    assert [(each.what, each.value) for each in found.oddities] == [("recursion", "Form")]


# --- what makes no sense


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"1 2 bogus", ("unknown-operator", "bogus")),
        (b"q 0 0 9 9 re f", ("unbalanced", "q")),
        (b"Q", ("unbalanced", "Q")),
        (b"BT", ("unbalanced", "BT")),
        (b"ET", ("unbalanced", "ET")),
        (b"/None gs", ("missing-resource", "/ExtGState /None")),
        (b"BT /F0 9 Tf ET", ("missing-resource", "/Font /F0")),
        (b"BT (A) Tj ET", ("no-font", "")),
        (b"/X Do", ("missing-resource", "/XObject /X")),
        (b"1 2 3 re f", ("bad-operands", "re")),
        (b"(a) w", ("bad-operands", "w")),
        (b"99999999999 w", ("bad-operands", "w")),
        (b"1 2 l S", ("bad-operands", "l")),
        (b"1 0 0 1 0 k", ("bad-operands", "k")),
    ],
)
def test_oddities(content: bytes, what: tuple[str, str]) -> None:
    assert what in oddities(content)


def test_unknown_operators_may_be_asked_to_be_passed_over() -> None:
    assert oddities(b"BX 1 bogus EX") == [("lenient-operator", "bogus")]


def test_a_bound_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_shared, "OPERATORS_MOST", 50)
    assert ("too-much", "operators") in oddities(b"q Q " * 100)
    monkeypatch.setattr(content_shared, "BYTES_MOST", 1000)
    assert ("too-much", "bytes") in oddities(b"q " + b" " * 2000 + b" Q")


def test_a_stream_that_becomes_huge_is_not_opened() -> None:
    pdf = pikepdf.new()
    bomb = pdf.make_stream(b" " * 300_000_000)
    held = BytesIO()
    page = Dictionary(Type=Name.Page, MediaBox=[0, 0, 200, 200], Contents=bomb)
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(held, compress_streams=True)
    with pikepdf.open(held) as opened:
        found = read_page(opened.pages[0].obj, 1, TRIM, Shared())
    assert [each.what for each in found.oddities] == ["too-much"] and found.marks == ()


WORDS = st.sampled_from(
    b"q Q cm w J gs BT ET Tf Tj TJ ' \" Td Tm Tr re m l c v y h f S B W n k g rg cs scn sc Do sh BI ID "
    b"EI BDC EMC d0 d1 BX EX 0 1 -1 0.5 99999999999999 1e9 /F /P /I (AB) <4142> [(A) 5] << /A 1 >> "
    b"/Pattern /DeviceRGB /Spot ] [ >> << ( ) < true null".split(b" ")
)


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=60).map(b" ".join))
def test_no_soup_of_operators_raises(content: bytes) -> None:
    page_of(content, Font={"/F": simple_font()})


def test_spoilt_pages_of_our_own_do_not_raise(leaflet9: Any) -> None:
    chance = random.Random(9)
    with pikepdf.open(BytesIO(leaflet9.data)) as pdf:
        page = pdf.pages[3]
        good = page.Contents.read_bytes()
        for _ in range(60):
            at = chance.randrange(len(good))
            cut = (
                good[:at]
                + chance.randbytes(chance.randint(0, 9))
                + good[at + chance.randint(0, 90) :]
            )
            page.Contents.write(cut)
            read_page(page.obj, 4, TRIM, Shared())


# --- as others read it


@pytest.mark.parametrize("name", ["leaflet9", "tate-shimbun"])
def test_text_stands_where_another_library_finds_it(name: str, root: Path, tmp_path: Path) -> None:
    from layout.cli.main import main

    assert main([name, "--only", "press", "--out", str(tmp_path), "-q"], root) == 0
    data = (tmp_path / name / f"{name}-press.pdf").read_bytes()
    other = pypdfium2.PdfDocument(data)
    with pikepdf.open(BytesIO(data)) as pdf:
        shared = Shared()
        for number, page in enumerate(pdf.pages, 1):
            found = read_page(page.obj, number, TRIM, shared)
            assert found.oddities == ()
            texts = [mark for mark in found.marks if mark.kind == "text"]
            theirs = other[number - 1].get_textpage()
            chars = [
                (char, theirs.get_charbox(at))
                for at, char in enumerate(theirs.get_text_range())
                if "\u3041" <= char <= "\u9fff"  # of vertical brackets it gives others
            ]
            ours = "".join(mark.text for mark in texts)
            assert sorted(c for c in ours if "\u3041" <= c <= "\u9fff") == sorted(
                char for char, _ in chars
            )
            for char, (x0, y0, x1, y1) in chars[:: max(len(chars) // 200, 1)]:
                x, y = (x0 + x1) / 2, (y0 + y1) / 2
                assert any(
                    char in mark.text
                    and mark.box.x0 - 1 <= x <= mark.box.x1 + 1
                    and mark.box.y0 - 1 <= y <= mark.box.y1 + 1
                    for mark in texts
                ), (char, x, y)
