"""Every rule about marks, on handmade marks: what it must find, and what it must leave alone."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from layout.cli.messages import MISSING, message, message_table
from layout.diagnostics import Diagnostic, Reporter, Severity, Span
from layout.house.flavour import load_flavour
from layout.house.profile import Profile, load_profile
from layout.preflight.colour import ALL, CMYK, GRAY, RGB, Space
from layout.preflight.finished.facts import PT_PER_MM, Box, Facts, PageFacts
from layout.preflight.finished.gather import Gathering
from layout.preflight.finished.marks import Font, Look, Mark, Oddity, PageMarks, Paint
from layout.preflight.finished.measure import measured
from layout.preflight.finished.rules import FILE_CHECKS, MARK_CHECKS, Judged
from layout.preflight.finished.rules_colour import plain_name
from layout.preflight.finished.rules_lines import lines_of
from layout.preflight.finished.rules_marks import Fold, folds_of

MM = PT_PER_MM
WIDE, HIGH, BLEED, MARGIN = 100.0, 140.0, 3.0, 13.0  # mm
X1A = load_profile()
NO_MARKS = replace(X1A, marks=False, job_line=False)


# --- the page


def box(x: float, y: float, wide: float, high: float) -> Box:
    """A rectangle in millimetres from the trim's upper left corner."""
    left, head = (MARGIN + x) * MM, (MARGIN + HIGH - y) * MM
    return Box(left, head - high * MM, left + wide * MM, head)


def page(number: int = 1, shift: tuple[float, float] = (0, 0)) -> PageFacts:
    sheet = box(-MARGIN, -MARGIN, WIDE + 2 * MARGIN, HIGH + 2 * MARGIN)
    bleed, trim = box(-BLEED, -BLEED, WIDE + 2 * BLEED, HIGH + 2 * BLEED), box(0, 0, WIDE, HIGH)
    sheet, bleed, trim = (moved(each, *shift) for each in (sheet, bleed, trim))
    return PageFacts(number, sheet, sheet, bleed, trim, True, True, 0, WIDE, HIGH, BLEED)


def moved(each: Box, across: float, up: float) -> Box:
    return Box(each.x0 + across, each.y0 + up, each.x1 + across, each.y1 + up)


# --- paints


def cmyk(*tints: float) -> Paint:
    inks = dict(zip(("Cyan", "Magenta", "Yellow", "Black"), tints, strict=True))
    return Paint("DeviceCMYK", CMYK, tints, inks)


def gray(value: float) -> Paint:
    return Paint("DeviceGray", GRAY, (value,), {"Black": 1 - value})


def rgb(*values: float, family: str = "DeviceRGB") -> Paint:
    return Paint(family, RGB, values, {})


def line_function(last: tuple[float, ...]) -> Any:
    return lambda values: tuple(values[0] * each for each in last)


def spot(
    name: str, tint: float = 1.0, alternate: Space = CMYK, full: tuple[float, ...] = (0, 1, 0, 0)
) -> Paint:
    space = Space("named", 1, (name,), tint=line_function(full), alternate=alternate)
    return Paint("Separation", space, (tint,), {name: tint})


def mixed(**tints: float) -> Paint:
    space = Space("named", len(tints), tuple(tints), alternate=CMYK)
    return Paint("DeviceN", space, tuple(tints.values()), tints)


K100, WHITE, BLUE = cmyk(0, 0, 0, 1), cmyk(0, 0, 0, 0), cmyk(0.6, 0.3, 0, 0)
EVERY_PLATE = spot(ALL)
OVER = Look(True, True, 1)
PLAIN = Look()
FONT = Font("F1", "Made", "CIDFontType2", False, None)


# --- marks


def text(
    words: str = "朝市の広場", size: float = 9.0, fill: Paint | None = K100, x: float = 20.0,
    y: float = 50.0, look: Look = OVER, **more: Any,
) -> Mark:  # fmt: skip
    em = size / MM
    where = box(x, y, max(len(words), 1) * em, em)
    more = {"codes": b"\0\1" * len(words), "font": FONT, **more}
    return Mark("text", 1, where, look, fill, size_pt=size, text=words, **more)


def area(
    fill: Paint = BLUE, where: tuple[float, float, float, float] = (10, 40, 80, 40),
    look: Look = PLAIN, straight: bool = True, **more: Any,
) -> Mark:  # fmt: skip
    made = box(*where)
    return Mark(
        "fill", 1, made, look, fill, area=min(made.width, made.height), straight=straight, **more
    )


def stroke(
    size: float = 1.0, paint: Paint = K100, where: tuple[float, ...] = (20, 60, 40, 0),
    look: Look = OVER, **more: Any,
) -> Mark:  # fmt: skip
    return Mark("stroke", 1, box(*where), look, stroke=paint, line_pt=size, **more)


def picture(
    ppi: float = 350, space: Any = Name.DeviceCMYK, where: tuple[float, ...] = (20, 30, 40, 30),
    look: Look = PLAIN, fill: Paint | None = None, **entries: Any,
) -> Mark:  # fmt: skip
    made = box(*where)
    pixels = (round(made.width / 72 * ppi), round(made.height / 72 * ppi))
    bits = entries.pop("bits", 8)
    image = Dictionary(BitsPerComponent=bits, **entries)
    if space is not None:
        image.ColorSpace = space
    return Mark("image", 1, made, look, fill, image=image, pixels=pixels, ppi=(ppi, ppi))


def on(*marks: Mark, number: int = 1, oddities: Iterable[Oddity] = ()) -> PageMarks:
    return PageMarks(number, marks, tuple(oddities), {})


def judge(
    *marks: Mark, profile: Profile = NO_MARKS, flavour: str = "PDF/X-1a:2001",
    oddities: Iterable[Oddity] = (),
) -> list[Diagnostic]:  # fmt: skip
    return judge_pages([on(*marks, oddities=oddities)], [page()], profile, flavour)


def judge_pages(
    marks: list[PageMarks], pages: list[PageFacts], profile: Profile = NO_MARKS,
    flavour: str = "PDF/X-1a:2001",
) -> list[Diagnostic]:  # fmt: skip
    """Every check; and every finding must be said in full in both languages."""
    judged = Judged("a.pdf", profile, load_flavour(flavour) if flavour else None)
    reporter = Reporter()
    for each, facts in zip(marks, pages, strict=True):
        for check in MARK_CHECKS:
            check(each, facts, judged, reporter)
    for file_check in FILE_CHECKS:
        file_check(marks, pages, judged, reporter)
    for found in reporter:
        assert found.code in message_table() and found.span == Span("a.pdf")
        for lang in ("ja", "en"):
            assert MISSING not in message(found, lang), found
    return list(reporter)


def said(found: list[Diagnostic]) -> list[str]:
    """Codes with ``!`` for errors and ``.`` for notes."""
    marks = {Severity.ERROR: "!", Severity.WARNING: "", Severity.NOTE: "."}
    return [f"{each.code.removeprefix('pdf.')}{marks[each.severity]}" for each in found]


def place(found: Diagnostic) -> tuple[float, ...]:
    return tuple(float(str(found.values[key])) for key in "xywh")


def test_a_plain_page_is_sound() -> None:
    assert judge(area(), text(), stroke(), picture(), text("白い字", 12, WHITE, look=PLAIN)) == []


# --- colour


@pytest.mark.parametrize(
    ("paint", "flavour", "expected"),
    [
        (rgb(1, 0, 0), "PDF/X-1a:2001", ["rgb!"]),
        (rgb(1, 0, 0), "PDF/X-4", ["rgb!"]),
        (rgb(1, 0, 0), "PDF 1.4", ["rgb"]),
        (rgb(1, 0, 0), "", ["rgb"]),
        (rgb(1, 0, 0, family="CalRGB"), "PDF/X-1a:2003", ["rgb!"]),
        (rgb(1, 0, 0, family="ICCBased"), "PDF/X-4", ["rgb"]),
        (Paint("Lab", Space("lab", 3), (50, 20, 20), {}), "PDF/X-1a:2001", ["lab!"]),
        (Paint("Lab", Space("lab", 3), (50, 20, 20), {}), "PDF/X-4", ["lab"]),
        (Paint("CalGray", GRAY, (0.5,), {"Black": 0.5}), "PDF/X-1a:2001", ["icc!"]),
        (Paint("ICCBased", Space("cmyk", 4), (1, 0, 0, 0), {"Cyan": 1.0}), "PDF/X-1a:2001", ["icc!"]),
        (Paint("ICCBased", Space("cmyk", 4), (1, 0, 0, 0), {"Cyan": 1.0}), "PDF/X-4", ["icc"]),
        (Paint("DeviceRGB", RGB, (), {}, "shading"), "PDF/X-1a:2001", ["rgb!"]),
        (spot("DIC 1", alternate=RGB), "PDF/X-1a:2001", ["rgb!"]),
        (spot("DIC 1", alternate=Space("lab", 3)), "PDF/X-1a:2001", ["lab!"]),
        (spot("DIC 1", alternate=Space("lab", 3)), "PDF/X-4", []),
        (spot("DIC 1", alternate=GRAY), "PDF/X-1a:2001", []),
        (gray(0.5), "PDF/X-1a:2001", []),
        (mixed(**{"Black": 0.5, "DIC 1": 0.5}), "PDF/X-1a:2001", []),
    ],
)  # fmt: skip
def test_only_inks_are_painted_with(paint: Paint, flavour: str, expected: list[str]) -> None:
    assert said(judge(area(paint), flavour=flavour)) == expected
    assert said(judge(area(paint), area(paint), flavour=flavour)) == expected


@pytest.mark.parametrize(
    ("space", "expected"),
    [
        (Name.DeviceRGB, ["rgb!"]),
        (Array([Name.Indexed, Name.DeviceRGB, 0, b"\0\0\0"]), ["rgb!"]),
        (Array([Name.Indexed, Name.DeviceCMYK, 0, b"\0\0\0\0"]), []),
        (Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])]), ["lab!"]),
        (Array([Name.CalGray, Dictionary(WhitePoint=[1, 1, 1])]), ["icc!"]),
        (Name.DeviceGray, []),
        (Name.DeviceCMYK, []),
    ],
)
def test_pictures_are_in_inks_too(space: Any, expected: list[str]) -> None:
    assert said(judge(picture(space=space, ppi=600))) == expected


def test_rgb_beside_the_page_breaks_the_flavour_too() -> None:
    assert said(judge(area(rgb(1, 0, 0), (20, -10, 10, 3)))) == ["rgb!"]


def test_a_copier_may_have_rgb() -> None:
    assert judge(area(rgb(1, 0, 0)), profile=load_profile("office"), flavour="PDF 1.4") == []


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (area(cmyk(0, 0.5, 0, 0)), ["not-gray!"]),
        (area(spot("DIC 1")), ["not-gray!"]),
        (area(rgb(1, 0, 0)), ["not-gray!"]),
        (area(rgb(0.5, 0.5, 0.5)), []),
        (area(cmyk(0, 0, 0, 0.5)), []),
        (area(gray(0.5)), []),
        (area(spot("Black")), []),
        (picture(space=Name.DeviceRGB), ["not-gray-picture"]),
        (picture(space=Name.DeviceGray, ppi=600), []),
    ],
)
def test_gray_files_hold_nothing_but_gray(mark: Mark, expected: list[str]) -> None:
    assert said(judge(mark, profile=load_profile("mono"), flavour="PDF 1.4")) == expected


def test_spots_where_none_are_taken() -> None:
    profile = replace(NO_MARKS, spots=False)
    found = judge(
        area(spot("DIC 1")), area(spot("DIC 1")), text(fill=spot("DIC 2")), profile=profile
    )
    assert said(found) == ["spot!", "spot!"]
    assert [(each.values["ink"], each.values["count"]) for each in found] == [
        ("DIC 1", 2),
        ("DIC 2", 1),
    ]
    assert judge(area(spot("DIC 1"))) == []
    assert judge(area(spot("Black", 0.5)), area(spot("None")), profile=profile) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("DIC 123", "DIC123", True),
        ("DIC 123", "dic 123", True),
        ("ＤＩＣ 123", "DIC 123", True),
        ("PANTONE 185 C", "PANTONE 185 CVC", True),
        ("Black", "black", True),
        ("DIC 123", "DIC 124", False),
        ("金", "銀", False),
    ],
)
def test_one_ink_under_two_names(one: str, other: str, alike: bool) -> None:
    assert (plain_name(one) == plain_name(other)) is alike
    pages = [page(1), page(2)]
    marks = [on(area(spot(one))), on(area(spot(other)), area(spot(other)), number=2)]
    found = judge_pages(marks, pages)
    assert said(found) == (["spot-names!"] if alike else [])
    assert [each.page for each in found] == ([2] if alike else [])


def test_one_ink_with_two_looks() -> None:
    other = spot("DIC 1", full=(1, 0.2, 0, 0))
    assert said(judge(area(spot("DIC 1")), area(other))) == ["spot-looks!"]
    assert said(judge(area(spot("DIC 1")), area(spot("DIC 1", 0.3)))) == []


def test_more_inks_than_the_version_knows() -> None:
    many = mixed(**{f"DIC {n}": 0.1 for n in range(9)})
    assert said(judge(area(many))) == ["inks-many!"]
    assert said(judge(area(many), flavour="PDF/X-4")) == []


def test_registration_belongs_to_marks() -> None:
    assert said(judge(area(EVERY_PLATE))) == ["registration!"]
    assert said(judge(text(fill=EVERY_PLATE))) == ["text-registration!"]
    assert said(judge(text(fill=cmyk(1, 1, 1, 1)))) == ["ink!", "text-registration!"]
    assert judge(stroke(0.3, EVERY_PLATE, (WIDE / 2, -9, 0, 6))) == []  # down to the bleed
    found = judge(stroke(0.3, EVERY_PLATE, (WIDE / 2, -9, 0, 7.5)))
    assert said(found) == ["marks-in-bleed!"]
    assert found[0].values["distance"] == "1.5"


def test_marks_in_one_path_are_judged_piece_by_piece() -> None:
    sides = (box(-12, 0, 9, 0), box(WIDE + 3, 0, 9, 0), box(0, -12, 0, 9), box(0, HIGH + 3, 0, 9))
    around = (-12, -12, WIDE + 24, HIGH + 24)
    assert judge(stroke(0.3, EVERY_PLATE, around, pieces=sides)) == []
    into = (*sides, box(WIDE + 1, 40, 11, 0))
    found = judge(stroke(0.3, EVERY_PLATE, around, pieces=into))
    assert said(found) == ["marks-in-bleed!"]
    assert place(found[0])[:2] == (WIDE + 1, 40)


@pytest.mark.parametrize(
    ("tints", "expected"),
    [
        ((0.95, 0.95, 0.95, 0.95), ["ink!"]),
        ((0.8, 0.8, 0.8, 0.8), ["ink"]),
        ((0.75, 0.75, 0.75, 0.75), []),
        ((0.01, 0, 0, 0), ["tint"]),
        ((0.01, 0.5, 0, 0), []),
        ((0.03, 0, 0, 0), []),
        ((0, 0, 0, 0), []),
    ],
)
def test_sums_of_ink_and_pale_tints(tints: tuple[float, ...], expected: list[str]) -> None:
    assert said(judge(area(cmyk(*tints)))) == expected
    assert judge(area(cmyk(*tints), (20, -12, 10, 5))) == []  # beside the page nobody minds


def test_alike_findings_are_one_and_show_the_worst() -> None:
    found = judge(
        area(cmyk(1, 1, 1, 0.6), (10, 10, 5, 5)),
        area(cmyk(1, 1, 1, 0.9), (30, 10, 5, 5)),
        area(cmyk(1, 1, 1, 0.7), (50, 10, 5, 5)),
    )
    assert said(found) == ["ink!"]
    assert found[0].values["count"] == 3 and found[0].values["ink"] == "390"
    assert place(found[0]) == (30, 10, 5, 5)


@pytest.mark.parametrize(
    ("fill", "size", "expected"),
    [
        (cmyk(0.4, 0.3, 0.3, 1), 9, ["text-rich-black"]),
        (cmyk(0.4, 0.3, 0.3, 1), 40, ["text-rich-black"]),
        (cmyk(0.05, 0, 0, 1), 9, []),
        (cmyk(0.5, 0.6, 0.4, 0.2), 8, ["text-inks"]),
        (cmyk(0.5, 0.6, 0.4, 0.2), 20, []),
        (cmyk(0.5, 0.6, 0.05, 0), 9, []),
        (spot("DIC 1"), 9, []),
    ],
)
def test_the_inks_of_text(fill: Paint, size: float, expected: list[str]) -> None:
    assert said(judge(text(fill=fill, size=size, look=PLAIN))) == expected


def test_thin_lines_of_many_inks() -> None:
    many = cmyk(0.5, 0.6, 0.4, 0)
    assert said(judge(stroke(0.5, many))) == ["line-inks"]
    assert said(judge(stroke(3, many))) == []


def test_a_copier_has_no_plates_to_be_out_of_register() -> None:
    many, office = cmyk(0.5, 0.6, 0.4, 0), load_profile("office")
    marks = (stroke(0.5, many), text(fill=many, size=8, look=PLAIN))
    assert judge(*marks, profile=office, flavour="PDF 1.4") == []
    assert said(judge(*marks)) == ["text-inks", "line-inks"]


# --- overprint


def test_small_black_on_a_colour_must_overprint() -> None:
    assert said(judge(area(), text(look=PLAIN))) == ["knockout"]
    assert said(judge(area(), text(look=PLAIN, size=40))) == []
    assert said(judge(area(), text(look=OVER))) == []
    assert said(judge(text(look=PLAIN))) == []
    assert said(judge(text(look=PLAIN), area())) == []  # painted before, not beneath
    off = replace(NO_MARKS, overprint_black=False)
    assert said(judge(area(), text(look=PLAIN), profile=off)) == []


def test_overprint_that_does_not_lie_over() -> None:
    assert said(judge(area(), text(look=Look(True, True, 0)))) == ["overprint-mode"]
    found = judge(area(), text(fill=gray(0)))
    assert said(found) == ["knockout"] and found[0].values["space"] == "DeviceGray"
    assert said(judge(area(), text(fill=spot("Black")))) == []  # leaves all other plates
    assert said(judge(text(look=Look(True, True, 0)))) == []


@pytest.mark.parametrize(
    ("beneath", "expected"),
    [
        ([area(gray(0.5))], []),  # black tears no hole into black
        ([area(), area(WHITE, (15, 45, 60, 20))], []),  # a white panel between
        ([area(), area(gray(0.7), (15, 45, 60, 20))], []),
        ([area(), area(WHITE, (15, 45, 60, 20), look=OVER)], ["white-overprint!", "knockout"]),
        ([area(), area(WHITE, (15, 45, 2, 2))], ["knockout"]),
        ([picture(where=(10, 40, 80, 40))], ["knockout"]),
        ([picture(where=(10, 40, 80, 40), space=Name.DeviceGray, ppi=600)], []),
        ([area(straight=False)], ["knockout"]),
        ([area(straight=False, parts=2)], []),  # a frame, empty in the middle
        ([stroke(20, BLUE, (10, 48, 80, 7.05), PLAIN)], ["knockout"]),
        ([area(where=(10, 70, 80, 10))], []),  # elsewhere
    ],
)
def test_what_lies_beneath(beneath: list[Mark], expected: list[str]) -> None:
    assert said(judge(*beneath, text(look=PLAIN))) in (expected, expected[::-1])


def test_thin_black_lines_on_a_colour_must_overprint() -> None:
    assert said(judge(area(), stroke(0.5, look=PLAIN))) == ["knockout"]
    assert said(judge(area(), stroke(4, look=PLAIN))) == []
    frame = (5, 35, 90, 50)
    assert said(judge(area(), stroke(0.5, where=frame, look=PLAIN))) == []  # around the colour
    assert said(judge(area(), stroke(0.5, where=(20, 50, 20, 20), look=PLAIN))) == ["knockout"]
    rule = area(K100, (20, 60, 40, 0.2))
    assert said(judge(area(), rule)) == ["knockout"]


def test_white_never_overprints() -> None:
    assert said(judge(area(), text(fill=WHITE, size=12))) == ["white-overprint!"]
    assert said(judge(area(), area(WHITE, (20, 50, 5, 5), OVER))) == ["white-overprint!"]
    assert said(judge(text(fill=WHITE, size=12))) == ["white-overprint"]
    assert said(judge(area(), text(fill=spot("DIC 1", 0.0), size=12))) == ["white-overprint!"]
    assert said(judge(area(), text(fill=WHITE, size=12, look=PLAIN))) == []


def test_a_shop_that_overprints_by_itself() -> None:
    graphic = replace(load_profile("graphic"), marks=False, job_line=False)
    assert said(judge(text(), text(), profile=graphic)) == ["overprint-unwanted."]
    assert said(judge(text(look=PLAIN), profile=graphic)) == []
    assert said(judge(text(look=Look(False, True, 1)), profile=graphic)) == []  # strokes only
    assert said(judge(text(), profile=load_profile("office"), flavour="PDF 1.4")) == []


# --- transparency


@pytest.mark.parametrize(
    ("mark", "x1a", "x4"),
    [
        (area(look=Look(alpha=0.5)), ["transparency!"], []),
        (area(look=Look(blend="Multiply")), ["transparency!"], []),
        (area(look=Look(soft_mask=True)), ["transparency!"], []),
        (area(look=Look(blend="Compatible")), [], []),
        (area(look=Look(blend="Dissolve")), ["blend-mode!"], ["blend-mode!"]),
        (picture(SMask=Dictionary()), ["transparency!"], []),
        (picture(Mask=Array([0, 0, 0, 0, 0, 0, 0, 0])), [], []),
        (picture(SMask=Name("/None")), [], []),
    ],
)
def test_transparency(mark: Mark, x1a: list[str], x4: list[str]) -> None:
    assert said(judge(mark)) == x1a
    assert said(judge(mark, flavour="PDF/X-4")) == x4


# --- type


@pytest.mark.parametrize(
    ("words", "size", "expected"),
    [
        ("朝市の広場", 3, ["type-unprintable!"]),
        ("朝市の広場", 5.5, ["type-small"]),
        ("朝市の広場", 5, ["type-small"]),
        ("朝市の広場", 6, []),
        ("あさいち", 3.5, []),  # ruby
        ("ルビー・ァ", 4, []),
        ("あさいち", 2, ["type-unprintable!"]),
        ("   ", 2, []),
    ],
)
def test_sizes_of_type(words: str, size: float, expected: list[str]) -> None:
    assert said(judge(text(words, size))) == expected
    assert judge(text(words, size, y=-10)) == []  # the job line


def test_reversed_type_is_larger() -> None:
    white = text(fill=WHITE, size=6.5, look=PLAIN)
    assert said(judge(area(), white)) == ["type-small"]
    assert said(judge(white)) == []  # white on paper is not seen at all
    pale = text(fill=cmyk(0, 0, 0.05, 0), size=6.5, look=PLAIN)
    assert said(judge(area(), pale)) == ["type-small"]
    assert said(judge(area(cmyk(0.2, 0, 0, 0)), pale)) == []
    assert said(judge(area(), text(size=6.5))) == []


def test_text_without_letters_known_is_text() -> None:
    assert said(judge(text("", 3, codes=b"\0\7"))) == ["type-unprintable!"]
    assert said(judge(text("", 3, codes=b""))) == []


def test_text_that_is_not_seen() -> None:
    assert said(judge(text(fill=None))) == ["text-unseen"]
    assert said(judge(text(fill=None, size=2, x=1))) == ["text-unseen"]


# --- lines


@pytest.mark.parametrize(
    ("size", "expected"),
    [(0, ["line-invisible!"]), (0.2, ["line-invisible!"]), (0.248, []), (0.25, []), (0.28, []), (0.3, [])],
)  # fmt: skip
def test_weights_of_lines(size: float, expected: list[str]) -> None:
    if 0.2 < size < 0.29:
        expected = ["line-thin"]
    assert said(judge(stroke(size))) == expected
    rule = area(K100, (20, 60, 40, size / MM), look=OVER)
    assert said(judge(rule)) == expected


def test_what_is_no_line() -> None:
    thin = 0.1 / MM
    letter = area(K100, (20, 60, 40, thin), OVER, straight=False)
    assert judge(letter) == []
    strips = [area(K100, (20, 60 + n * thin, 40, thin), OVER) for n in range(5)]
    assert judge(*strips) == []  # a blend in steps
    assert judge(area(WHITE, (20, 60, 40, thin))) == []
    dot = area(K100, (20, 60, thin, thin), OVER)
    assert judge(dot) == []
    shape = area(K100, (20, 60, 40, 10), OVER)
    assert judge(shape, stroke(0.1, where=(20, 60, 40, 10))) == []  # only makes it bolder
    other = stroke(0.1, BLUE, (20, 60, 40, 10), PLAIN)
    assert said(judge(shape, other)) == ["line-invisible!"]
    assert judge(stroke(0.1, EVERY_PLATE, (20, -10, 5, 0))) == []


# --- pictures


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (picture(72), ["low-resolution"]),
        (picture(298), []),
        (picture(250, Name.DeviceGray), ["low-resolution"]),
        (picture(400, Name.DeviceGray, bits=1), ["low-resolution"]),
        (picture(400, None, bits=1, ImageMask=True, fill=K100, look=OVER), ["low-resolution"]),
        (picture(1200, Name.DeviceGray, bits=1), []),
        (picture(72, where=(20, -11, 9, 6)), []),  # beside the page
        (picture(72, where=(20, 20, 0.5, 0.5)), []),
        (picture(1400, where=(10, 10, 50, 50)), ["high-resolution."]),
        (picture(ppi=350, bits=16), ["bits!"]),
    ],
)
def test_pictures(mark: Mark, expected: list[str]) -> None:
    assert said(judge(mark)) == expected


def test_16_bits_are_known_later() -> None:
    assert judge(picture(ppi=350, bits=16), flavour="PDF/X-4") == []


def test_a_single_pixel_made_large_is_a_flat_area() -> None:
    assert judge(replace(picture(72), pixels=(1, 1), ppi=(0.6, 0.8))) == []


def test_each_coarse_picture_is_told_by_itself() -> None:
    found = judge(picture(72), picture(90, where=(20, 80, 30, 30)))
    assert [each.values["ppi"] for each in found] == ["72", "90"]


# --- places


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (text(x=1), ["unsafe"]),
        (text(x=3), []),
        (text(x=WIDE - 8), ["cut!"]),
        (text(x=WIDE - 40, size=60), ["cut"]),  # perhaps on purpose
        (text(size=6, y=HIGH + 0.5), ["cut!"]),
        (text(size=6, y=HIGH + 5), []),  # the job line
        (text(" ", x=0.5), []),
        (text(y=HIGH - 5), ["unsafe"]),
    ],
)
def test_text_keeps_off_the_knife(mark: Mark, expected: list[str]) -> None:
    assert said(judge(mark)) == expected


def test_safe_margins_are_the_profiles() -> None:
    assert said(judge(text(x=4), profile=replace(load_profile("printpac"), marks=False))) == [
        "unsafe"
    ]


# --- marks


def corner_marks(
    paint: Paint = EVERY_PLATE, outer: bool = True, shift: float = 0.0, size: float = 0.3
) -> list[Mark]:
    """Single lines on the trim and the bleed, outwards from the bleed."""
    made = []
    far = BLEED + 9
    across = [0.0, WIDE] + ([-BLEED, WIDE + BLEED] if outer else [])
    down = [0.0, HIGH] + ([-BLEED, HIGH + BLEED] if outer else [])
    for x in across:
        made.append((x, -far + shift, 0, 9))
        made.append((x, HIGH + BLEED + shift, 0, 9))
    for y in down:
        made.append((-far, y + shift, 9, 0))
        made.append((WIDE + BLEED, y + shift, 9, 0))
    return [stroke(size, paint, each, PLAIN) for each in made]


def centre_marks(paint: Paint = EVERY_PLATE) -> list[Mark]:
    x, y = WIDE / 2, HIGH / 2
    lines = [(x, -12, 0, 9), (x, HIGH + 3, 0, 9), (-12, y, 9, 0), (WIDE + 3, y, 9, 0)]
    bars = [
        (x - 10, -6, 20, 0),
        (x - 10, HIGH + 6, 20, 0),
        (-6, y - 10, 0, 20),
        (WIDE + 6, y - 10, 0, 20),
    ]
    return [stroke(0.3, paint, each, PLAIN) for each in (*lines, *bars)]


def with_marks(*marks: Mark, profile: Profile = X1A) -> list[Diagnostic]:
    return judge(*marks, profile=profile)


def test_marks_in_their_places() -> None:
    assert with_marks(*corner_marks(), *centre_marks(), text()) == []
    every = cmyk(1, 1, 1, 1)
    assert with_marks(*corner_marks(every), *centre_marks(every)) == []


def test_no_marks_are_told_once() -> None:
    found = judge_pages([on(text()), on(text(), number=2)], [page(1), page(2)], X1A)
    assert said(found) == ["marks-none"] and found[0].values["pages"] == 2
    assert judge(text(), profile=load_profile("office"), flavour="PDF 1.4") == []


def test_a_page_without_marks_among_others() -> None:
    marks = [on(*corner_marks(), *centre_marks()), on(text(), number=2)]
    found = judge_pages(marks, [page(1), page(2)], X1A)
    assert said(found) == ["marks-missing"]
    assert found[0].page == 2 and found[0].values["count"] == 20


def test_marks_that_are_missing() -> None:
    corners = corner_marks()
    assert said(with_marks(*corners)) == ["marks-missing"]  # no centres
    found = with_marks(*corner_marks(outer=False), *centre_marks())
    assert said(found) == ["marks-missing"] and found[0].values["count"] == 8
    found = with_marks(*corners[1:], *centre_marks())
    assert said(found) == ["marks-missing"] and found[0].values["count"] == 1
    assert place(found[0])[:2] == (0, -3)


def test_marks_beside_their_places() -> None:
    found = with_marks(*corner_marks(shift=-0.2), *centre_marks())
    assert said(found) == []
    marks = [*corner_marks(shift=1.0), *centre_marks()]
    found = with_marks(*marks)
    assert "marks-misplaced" in said(found)
    assert next(each for each in found if each.code == "pdf.marks-misplaced").values["off"] == "1.0"


def test_marks_on_one_plate_alone() -> None:
    found = with_marks(*corner_marks(K100), *centre_marks(K100))
    assert said(found) == ["marks-not-registration"]


def test_marks_as_angles_and_as_one_path() -> None:
    far = BLEED + 9
    angles = [
        stroke(0.3, EVERY_PLATE, where, PLAIN)
        for where in (
            (-far, -far, far, 9), (-far, -far, 9, far),
            (WIDE, -far, far, 9), (WIDE + BLEED, -far, 9, far),
            (-far, HIGH + BLEED, far, 9), (-far, HIGH, 9, far),
            (WIDE, HIGH + BLEED, far, 9), (WIDE + BLEED, HIGH, 9, far),
        )
    ]  # fmt: skip
    assert with_marks(*angles, *centre_marks()) == []
    lines = [*corner_marks(), *centre_marks()]
    around = (-far, -far, WIDE + 2 * far, HIGH + 2 * far)
    path = stroke(0.3, EVERY_PLATE, around, PLAIN, pieces=tuple(each.box for each in lines))
    assert with_marks(path) == []
    rules = [
        replace(each, kind="fill", fill=each.stroke, stroke=None, straight=True, area=0.3)
        for each in lines
    ]
    assert with_marks(*rules) == []


def test_marks_off_the_sheet_are_none() -> None:
    cut = replace(page(), media=box(-3, -3, WIDE + 6, HIGH + 6))
    found = judge_pages([on(*corner_marks(), *centre_marks())], [cut], X1A)
    assert said(found) == ["marks-none"]


# --- folds


def fold_marks(x: float, both: bool = True, dashed: bool = True) -> list[Mark]:
    ends = [(x, -11, 0, 8), (x, HIGH + 3, 0, 8)][: 2 if both else 1]
    return [stroke(0.3, EVERY_PLATE, each, PLAIN, dashed=dashed) for each in ends]


def test_folds_are_known_by_their_marks() -> None:
    marks = on(*corner_marks(), *centre_marks())
    assert folds_of(marks, page()) == ()
    at = box(40, 0, 0, 0).x0
    assert folds_of(on(*fold_marks(40)), page()) == (Fold(pytest.approx(at), False),)
    assert folds_of(on(*fold_marks(40, dashed=False)), page()) != ()
    assert folds_of(on(*fold_marks(40, both=False)), page()) == ()
    assert folds_of(on(*fold_marks(WIDE / 2)), page()) != ()
    assert folds_of(on(*fold_marks(WIDE / 2, dashed=False)), page()) == ()


def test_text_keeps_off_folds() -> None:
    found = judge(*fold_marks(40), text(x=40.5))
    assert said(found) == ["fold"]
    assert (found[0].values["at"], found[0].values["distance"]) == ("40.0", "0.5")
    assert said(judge(*fold_marks(40), text(x=30))) == ["fold"]  # across it
    assert judge(*fold_marks(40), text(x=41.5)) == []


# --- content


def test_oddities_are_told_once_a_kind() -> None:
    odd = [Oddity("unknown-operator", 1, "sparkle"), Oddity("unknown-operator", 1, "glow")]
    odd += [Oddity("missing-resource", 1, "/X"), Oddity("unbalanced", 1, "Q"), Oddity("new", 1)]
    found = judge(oddities=odd)
    assert said(found) == ["operator!", "resource-missing!", "unbalanced", "content-odd"]
    assert found[0].values["value"] == "sparkle, glow" and found[0].values["count"] == 2


# --- measures


def test_what_is_measured() -> None:
    marks = on(
        area(cmyk(0.5, 0, 0, 0.5)), area(spot("DIC 2")), text(size=8), text("あ", 4),
        text(size=2, y=-10), stroke(0.7), stroke(0.1, EVERY_PLATE, (20, -9, 5, 0)),
        picture(72, Name.DeviceGray), picture(300, Name.DeviceRGB), area(rgb(1, 0, 0)),
    )  # fmt: skip
    second = on(text(fill=gray(0)), number=2)
    facts = Facts("a.pdf", 1, "0", pages=(page(1), page(2)))
    found = measured(facts, [marks, second])
    assert found.inks == ("Cyan", "Black", "DIC 2") and found.spots == ("DIC 2",)
    assert [each.inks for each in found.pages] == [("Cyan", "Black", "DIC 2"), ("Black",)]
    assert (found.smallest_type_pt, found.thinnest_line_pt, found.most_ink) == (4.0, 0.7, 100.0)
    assert [(each.sort, each.space, each.ppi) for each in found.pictures] == [
        ("gray", "DeviceGray", 72.0), ("colour", "DeviceRGB", 300.0),
    ]  # fmt: skip
    assert found.pictures[0].place.x == pytest.approx(20)


def test_an_empty_file_measures_nothing() -> None:
    facts = Facts("a.pdf", 1, "0", pages=(page(),))
    assert measured(facts, [on()]) == facts
    assert measured(replace(facts, pages=()), []) == replace(facts, pages=())


# --- properties

TINTS = st.tuples(*[st.sampled_from([0.0, 0.02, 0.3, 0.8, 1.0])] * 4)
SIZES = st.sampled_from([0.0, 0.1, 0.27, 0.5, 2.0, 5.5, 9.0, 30.0])
PLACES = st.tuples(
    *(st.integers(-12, int(limit) + 6).map(float) for limit in (WIDE, HIGH)),
    *(st.sampled_from([0.0, 0.1, 2.0, 30.0]) for _ in range(2)),
)

MEASURED = frozenset((*"xywh", "off", "distance", "beyond", "at"))
"""Values rounded to a tenth of a millimetre, which may fall either way."""


@st.composite
def any_mark(draw: st.DrawFn) -> Mark:
    kind = draw(st.sampled_from(["text", "fill", "stroke", "image"]))
    paint, where = cmyk(*draw(TINTS)), draw(PLACES)
    look = draw(st.sampled_from([PLAIN, OVER, Look(alpha=0.5), Look(True, False, 0)]))
    size = draw(SIZES)
    if kind == "text":
        return text(fill=paint, size=size, x=where[0], y=where[1], look=look)
    if kind == "stroke":
        return stroke(size, paint, where, look)
    if kind == "image":
        return picture(draw(st.sampled_from([72.0, 350.0])), where=where, look=look)
    return area(paint, where, look, draw(st.booleans()))


@given(st.lists(any_mark(), max_size=12), st.integers(-900, 900), st.integers(-900, 900))
def test_where_the_page_lies_on_its_plane_is_nothing(
    marks: list[Mark], across: int, up: int
) -> None:
    """A page and its marks moved together: the same findings, in the same places."""
    here = judge_pages([on(*marks)], [page()], X1A)
    away = [replace(mark, box=moved(mark.box, across, up)) for mark in marks]
    there = judge_pages([on(*away)], [page(shift=(across, up))], X1A)
    assert said(here) == said(there)
    for one, other in zip(here, there, strict=True):
        for key, value in one.values.items():
            if key in MEASURED:
                assert float(str(other.values[key])) == pytest.approx(float(str(value)), abs=0.11)
            else:
                assert other.values[key] == value


@given(st.lists(any_mark(), max_size=8))
def test_twice_the_same_is_said_no_more_than_once(marks: list[Mark]) -> None:
    """Findings grow in number of places, not in number: but for pictures, told one by one."""
    once = judge_pages([on(*marks)], [page()], NO_MARKS)
    twice = judge_pages([on(*marks), on(*marks, number=2)], [page(), page(2)], NO_MARKS)
    assert sorted(said(once) * 2) == sorted(said(twice))


@given(st.lists(any_mark(), max_size=12))
def test_gathered_findings_stand_where_a_mark_stands(marks: list[Mark]) -> None:
    for found in judge_pages([on(*marks)], [page()], NO_MARKS):
        if "x" in found.values:
            x, y, *_ = place(found)
            assert any(
                x == pytest.approx(round(page().place(mark.box).x, 1), abs=0.05)
                and y == pytest.approx(round(page().place(mark.box).y, 1), abs=0.05)
                for mark in marks
            )


def test_lines_are_told_with_their_thickness() -> None:
    marks = [stroke(0.4), area(K100, (20, 70, 40, 0.2), OVER), area()]
    assert [round(size, 2) for _, size in lines_of(marks, page())] == [0.4, round(0.2 * MM, 2)]


def test_of_equals_the_first_is_shown() -> None:
    found = Gathering(page(), Judged("a.pdf", X1A))
    for at, rank in ((1, 0.3), (2, 0.1 + 0.2), (3, 0.29)):  # 0.1 + 0.2 is a little more than 0.3
        found.warning("pdf.ink", box(at, 1, 1, 1), rank=rank)
    reporter = Reporter()
    found.report(reporter)
    assert [place(each)[0] for each in reporter] == [1.0]


def test_gathering_keeps_severities_apart() -> None:
    found = Gathering(page(), Judged("a.pdf", X1A))
    found.warning("pdf.ink", box(1, 1, 1, 1), rank=1, a=1)
    found.error("pdf.ink", box(2, 2, 1, 1), rank=5, a=2)
    found.warning("pdf.ink", box(3, 3, 1, 1), rank=2, a=3)
    reporter = Reporter()
    found.report(reporter)
    assert [(each.severity, each.values["count"], each.values["a"]) for each in reporter] == [
        (Severity.WARNING, 2, 3), (Severity.ERROR, 1, 2),
    ]  # fmt: skip
