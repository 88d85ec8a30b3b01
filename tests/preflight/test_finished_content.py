"""The interpreter of the judge: paths, colours, states, and what makes no sense."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Object

from layout.preflight.finished.content import Shared, read_page
from layout.preflight.finished.facts import Box
from tests.preflight.content_cases import TRIM, Sheet, box, marks, odd, oddities, tint

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
    (mark,) = marks(content, ExtGState={"T": Dictionary(LW=0.7, D=Array([Array([2]), 0]))})
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


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"0 0 m 9 0 l 9 9 l h f", (0, 0, 9, 9)),
        (b"0 0 m 3 20 6 -5 9 0 c f", (0, -5, 9, 20)),
        (b"0 0 m 6 20 9 0 v 1 1 l f", (0, 0, 9, 20)),
        (b"0 0 m 6 20 9 0 y f", (0, 0, 9, 20)),
        (b"9 9 -4 -5 re f", (5, 4, 9, 9)),
        (b"50 50 m 0 0 m 9 9 l 70 70 m f", (0, 0, 9, 9)),
        (b"0 0 4 4 re 8 8 l f", (0, 0, 8, 8)),
        (b"2 0 0 3 10 20 cm 0 0 4 5 re f", (10, 20, 18, 35)),
        (b"0 1 -1 0 50 0 cm 0 0 4 5 re f", (45, 0, 50, 4)),
        (b"0.6 0.8 -0.8 0.6 50 50 cm 0 0 10 5 re f", (46, 50, 56, 61)),
        (
            b"0.8 0.6 -0.6 0.8 50 50 cm 2 0 0 1 0 0 cm 1 0 1 1 0 0 cm 0 0 10 5 re f",
            (50, 50, 71, 72),
        ),
        (b"0 0 m 9 9 l 5 0 0 5 0 0 cm 4 4 l f", (0, 0, 20, 20)),
        (b"q 2 0 0 2 0 0 cm 0 0 m 9 9 l Q 1 1 l f", (0, 0, 18, 18)),
    ],
)
def test_boxes_of_fills(content: bytes, place: tuple[float, ...]) -> None:
    (mark,) = marks(content)
    assert box(mark) == place


@pytest.mark.parametrize(
    ("content", "place", "line"),
    [
        (b"2 w 10 10 m 20 10 l S", (9, 9, 21, 11), 2),
        (b"2 w 3 0 0 1 0 0 cm 10 10 m 20 10 l S", (27, 9, 63, 11), 2),
        (b"2 w 0 3 -1 0 100 0 cm 10 10 m 20 10 l S", (89, 27, 91, 63), 2),
        (b"-2 w 10 10 m 20 10 l S", (9, 9, 21, 11), 2),
        (b"10 10 m h S", (9.5, 9.5, 10.5, 10.5), 1),
    ],
)
def test_boxes_of_strokes(content: bytes, place: tuple[float, ...], line: float) -> None:
    (mark,) = marks(content)
    assert box(mark) == place and mark.line_pt == pytest.approx(line)


@pytest.mark.parametrize(
    ("dash", "dashed"),
    [(b"[] 0 d", 0), (b"[3] 0 d", 1), (b"[3 1] 2 d", 1), (b"[0 0] 0 d", 0), (b"/T gs", 1)],
)
def test_dashes(dash: bytes, dashed: int) -> None:
    state = Dictionary(D=Array([Array([2]), 0]))
    (mark,) = marks(dash + b" 0 0 m 9 0 l S", ExtGState={"T": state})
    assert mark.dashed is bool(dashed)


def test_many_pieces_are_bounded_and_only_kept_outside() -> None:
    path = b"1 1 m " + b"".join(b"%d 1 l " % at for at in range(500)) + b"S"
    assert len(marks(path)[0].pieces) == 200
    assert marks(b"30 30 m 90 30 l S")[0].pieces == ()
    closed = marks(b"1 1 m 9 1 l 9 9 l s")[0]
    assert closed.pieces[-1] == Box(1, 1, 9, 9)


@pytest.mark.parametrize("content", [b"f", b"S", b"5 5 m f", b"5 5 m B", b"0 0 9 9 re n", b"n"])
def test_nothing_painted_is_no_mark(content: bytes) -> None:
    assert marks(content) == ()


def test_a_clip_counts_from_the_next_path_and_ends_with_its_state() -> None:
    content = b"q 0 0 9 9 re W f 0 0 50 50 re W* n 0 0 99 99 re f Q 0 0 99 99 re f"
    assert [mark.box.x1 for mark in marks(content)] == [9, 9, 99]


# --- colours


def test_every_way_to_set_a_colour() -> None:
    spaces = {
        "Spot": Array([Name.Separation, Name("/DIC 123"), Name.DeviceCMYK, tint()]),
        "Lab": Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])]),
        "Idx": Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(b"\x00\x00\x00\xff\xff\xff")]),
    }  # fmt: skip
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


@pytest.mark.parametrize(
    ("setting", "inks"),
    [
        (b"0.25 G", {"Black": 0.75}),
        (b"0 0.5 0 1 K", {"Cyan": 0, "Magenta": 0.5, "Yellow": 0, "Black": 1}),
        (b"1 1 0 RG", {}),
        (b"/Spot CS 0.5 SCN", {"Gold": 0.5}),
        (b"/Two CS 0.5 1 SC", {"Gold": 0.5, "Black": 1}),
        (b"/Gray CS", {"Black": 1}),
        (b"/Gray CS 0.5 SC", {"Black": 0.5}),
        (b"/Ink CS 2 SC", {"Cyan": 0, "Magenta": 0, "Yellow": 0, "Black": 1}),
    ],
)
def test_colours_of_strokes(setting: bytes, inks: dict[str, float]) -> None:
    ink = pikepdf.String(b"\x00\x00\x00\x00\xff\x00\x00\x00\x00\x00\x00\xff")
    spaces = {
        "Spot": Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint()]),
        "Two": Array([Name.DeviceN, Array([Name.Gold, Name.Black]), Name.DeviceCMYK, tint()]),
        "Gray": Name.DeviceGray,
        "Ink": Array([Name.Indexed, Name.DeviceCMYK, 2, ink]),
    }
    (mark,) = marks(setting + b" 0 0 m 9 9 l S", ColorSpace=spaces)
    assert mark.stroke is not None and mark.stroke.inks == inks and mark.fill is None


def test_a_spot_ink_with_a_name_in_shift_jis() -> None:
    name = Object.parse(b"/#93#C1#90F1")
    spaces = {"S": Array([Name.Separation, name, Name.DeviceCMYK, tint()])}
    (mark,) = marks(b"/S cs 0 0 9 9 re f", ColorSpace=spaces)
    assert mark.fill is not None and mark.fill.inks == {"特色1": 1.0}


def test_resources_with_names_in_shift_jis() -> None:
    sheet = Sheet()
    sheet.page(b"/#93#C1 gs /#90F gs 0 0 9 9 re f")
    states = Object.parse(b"<< /#93#C1 << /ca 0.5 >> >>")
    sheet.pdf.pages[0].Resources.ExtGState = states
    found = sheet.read(0)
    assert found.marks[0].look.alpha == 0.5
    assert odd(found) == [("missing-resource", "/ExtGState /色")]


def test_a_broken_space_leaves_the_colour_before() -> None:
    spaces = {"A": Array([Name.Separation]), "B": 7, "C": Array([Name.Nothing, 1])}
    found = Sheet().page(b"1 0 0 rg /A cs /B cs /C cs 0.5 scn 0 0 9 9 re f", ColorSpace=spaces)
    assert {each.value for each in found.oddities} == {"cs", "scn"}
    paint = found.marks[0].fill
    assert paint is not None and paint.family == "DeviceRGB"


def test_looks_are_those_of_the_state() -> None:
    states = {
        "A": Dictionary(OP=True, OPM=1),
        "B": Dictionary(op=False, ca=0.5, BM=Name.Multiply),
    }
    content = b"q /A gs 0 0 9 9 re f /B gs 0 0 9 9 re f Q 0 0 9 9 re f"
    first, second, third = (mark.look for mark in marks(content, ExtGState=states))
    assert (first.over_fill, first.over_stroke, first.over_mode) == (True, True, 1)
    assert (second.over_fill, second.over_stroke, second.alpha) == (False, True, 0.5)
    assert second.blend == "Multiply" and third.alpha == 1 and not third.over_fill


# --- what a page uses


def test_only_what_content_names_is_used() -> None:
    sheet = Sheet()
    states = {"A": sheet.pdf.make_indirect(Dictionary(LW=1)), "B": Dictionary(LW=2)}
    found = sheet.page(b"/A gs", ExtGState=states)
    assert list(found.used) == ["/ExtGState"]
    assert list(found.used["/ExtGState"]) == [states["A"].objgen]


def test_resources_come_from_above_and_content_in_pieces() -> None:
    sheet = Sheet()
    sheet.page(b"")
    page = sheet.pdf.pages[0].obj
    page.Parent.Resources = Dictionary(ExtGState=Dictionary(G=Dictionary(ca=0.5)))
    del page["/Resources"]
    page.Contents = Array([sheet.stream(b"/G gs 0 0 9"), sheet.stream(b"9 re f")])
    (mark,) = sheet.read(0).marks
    assert mark.look.alpha == 0.5 and box(mark) == (0, 0, 9, 9)


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
        (b"true w", ("bad-operands", "w")),
        (b"null w", ("bad-operands", "w")),
        (b"[1] w", ("bad-operands", "w")),
        (b"(a) 0 d", ("bad-operands", "d")),
        (b"1 q", ("bad-operands", "q")),
        (b"(A) gs", ("bad-operands", "gs")),
        (b"1e5 w", ("unknown-operator", "1e5")),
        (b"\xff\xfe", ("unknown-operator", "?")),
        (b"1000000 0 0 1000000 0 0 cm 1000000 0 0 1000000 0 0 cm", ("bad-operands", "cm")),
    ],
)
def test_oddities(content: bytes, what: tuple[str, str]) -> None:
    assert what in oddities(content)


def test_too_many_operands_are_odd_and_the_last_ones_count() -> None:
    found = Sheet().page(b"7 7 1 2 3 4 re 5 f 9 0.5 w 0 0 m 9 0 l S")
    fill, stroke = found.marks
    assert box(fill) == (1, 2, 4, 6) and stroke.line_pt == 0.5
    assert odd(found) == [("bad-operands", each) for each in ("re", "f", "w")]


def test_unknown_operators_between_bx_and_ex_are_told_apart() -> None:
    content = b"BX 1 bogus BX EX other EX third"
    assert oddities(content) == [
        ("lenient-operator", "bogus"), ("lenient-operator", "other"), ("unknown-operator", "third"),
    ]  # fmt: skip


def test_an_oddity_is_told_once_and_there_are_not_too_many() -> None:
    assert oddities(b"bogus " * 50) == [("unknown-operator", "bogus")]
    assert len(oddities(b" ".join(b"bogus%d" % at for at in range(500)))) == 200


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
