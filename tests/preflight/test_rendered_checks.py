"""The checks that look at plates, on finished files with one fault each and on sound ones."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
import pytest
import qrcode
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from layout.diagnostics import Diagnostic, Reporter, Severity, Span
from layout.house.profile import Profile, load_profile
from layout.preflight.finished.facts import Place
from layout.preflight.rendered import ExpectedCode, Rendered, check_rendered

MM = 72 / 25.4
WIDE, HIGH, BLEED, MARGIN = 100.0, 80.0, 3.0, 13.0
ADDRESS = "https://insatsu.example.jp/"
PROFILE = load_profile()


def rect(x: float, y: float, wide: float, high: float) -> bytes:
    """A rectangle of the trimmed page in millimetres from its upper left corner, filled."""
    left, foot = (MARGIN + x) * MM, (MARGIN + HIGH - y - high) * MM
    return b"%.4f %.4f %.4f %.4f re f\n" % (left, foot, wide * MM, high * MM)


def ink(c: float, m: float, y: float, k: float) -> bytes:
    return b"%g %g %g %g k\n" % (c, m, y, k)


def text(size: float, x: float, y: float, mode: bytes = b"") -> bytes:
    at = ((MARGIN + x) * MM, (MARGIN + HIGH - y) * MM)
    return mode + b"BT /He %g Tf 1 0 0 1 %.4f %.4f Tm (MMMMMM) Tj ET\n" % (size, *at)


def make(*contents: bytes, bleed: bool = True, rotate: int = 0) -> bytes:
    """A file of one page for each content: trim 100 × 80 mm, bleed 3 mm, margin 10 mm more."""
    pdf = pikepdf.new()
    for content in contents:
        page = pdf.add_blank_page(page_size=((WIDE + 2 * MARGIN) * MM, (HIGH + 2 * MARGIN) * MM))
        page.TrimBox = box(0)
        if bleed:
            page.BleedBox = box(BLEED)
        if rotate:
            page.Rotate = rotate
        page.Resources = Dictionary(
            Font=Dictionary(
                He=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"))
            ),
            ExtGState=Dictionary(Over=Dictionary(OP=True, op=True, OPM=1)),
            ColorSpace=Dictionary(Gold=gold()),
        )
        page.Contents = pdf.make_stream(content)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def gold() -> Array:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[0, 0.3, 1, 0], N=1)
    return Array([Name.Separation, Name.Gold, Name.DeviceCMYK, function])


def box(out: float) -> Array:
    low = (MARGIN - out) * MM
    return Array([low, low, low + (WIDE + 2 * out) * MM, low + (HIGH + 2 * out) * MM])


def judge(
    data: bytes, profile: Profile = PROFILE, expected: Sequence[ExpectedCode] = ()
) -> tuple[Rendered, list[Diagnostic]]:
    reporter = Reporter()
    return check_rendered(data, "made.pdf", profile, reporter, expected), list(reporter)


def codes(found: list[Diagnostic]) -> list[str]:
    return [each.code for each in found]


def one(found: list[Diagnostic], code: str) -> Diagnostic:
    assert codes(found) == [code]
    return found[0]


def at(found: Diagnostic) -> tuple[float, ...]:
    return tuple(float(str(found.values[key])) for key in "xywh")


# --- total ink and blank pages -------------------------------------------------------


def test_a_sound_page_has_no_finding() -> None:
    rendered, found = judge(make(ink(0.5, 0.2, 0, 0) + rect(20, 20, 40, 30)))
    assert found == []
    assert rendered.inks[0].most == pytest.approx(70, abs=0.5)
    assert rendered.inks[0].plates == pytest.approx(
        {"Cyan": 0.5 * 0.15, "Magenta": 0.2 * 0.15}, abs=0.002
    )


def test_too_much_ink_is_an_error_with_its_place_and_share() -> None:
    _, found = judge(make(ink(0.9, 0.9, 0.9, 0.9) + rect(20, 30, 10, 10)))
    fault = one(found, "plates.ink")
    assert fault.severity is Severity.ERROR
    assert fault.values["ink"] in ("359", "360")
    assert at(fault) == pytest.approx((20, 30, 10, 10), abs=0.3)
    assert fault.values["area"] == "1.1"  # 100 of 106 × 86 square millimetres


def test_ink_adds_up_over_what_is_beneath() -> None:
    under = ink(1, 1, 1, 0.2) + rect(20, 20, 30, 30)
    over = b"/Over gs\n" + ink(0, 0, 0, 1) + rect(25, 25, 10, 10)
    assert codes(judge(make(under + ink(0, 0, 0, 1) + rect(25, 25, 10, 10)))[1]) == [
        "plates.ink-high"
    ]
    rendered, found = judge(make(under + over))
    assert codes(found) == ["plates.ink"]
    assert rendered.most_ink == 400


def test_spot_inks_count() -> None:
    content = ink(0.9, 0.9, 0.9, 0) + rect(20, 20, 20, 20)
    spot = b"/Over gs /Gold cs 1 scn\n" + rect(20, 20, 20, 20)
    rendered, found = judge(make(content + spot))
    assert rendered.most_ink == pytest.approx(370, abs=1)
    assert codes(found) == ["plates.ink"]


def test_ink_between_the_limits_is_a_warning() -> None:
    _, found = judge(make(ink(0.8, 0.8, 0.8, 0.8) + rect(20, 30, 10, 10)))
    assert one(found, "plates.ink-high").severity is Severity.WARNING


def test_the_profile_says_how_much() -> None:
    data = make(ink(0.8, 0.8, 0.8, 0.8) + rect(20, 30, 10, 10))
    assert codes(judge(data, load_profile("digita"))[1]) == ["plates.ink"]
    assert codes(judge(data, load_profile("graphic"))[1]) == []


def test_a_speck_is_no_error() -> None:
    _, found = judge(make(ink(1, 1, 1, 1) + rect(20, 30, 0.6, 0.6)))
    assert one(found, "plates.ink-speck").severity is Severity.WARNING


def test_ink_outside_the_bleed_does_not_count() -> None:
    registration = ink(1, 1, 1, 1) + rect(-12, -12, 5, 5)
    assert judge(make(ink(0, 0, 0, 1) + rect(20, 20, 5, 5) + registration))[1] == []


def test_a_blank_page_is_told() -> None:
    _, found = judge(
        make(ink(0, 0, 0, 1) + rect(20, 20, 5, 5), ink(1, 1, 1, 1) + rect(-12, 0, 5, 5))
    )
    assert one(found, "plates.blank").page == 2


def test_a_page_painted_white_is_blank() -> None:
    assert codes(judge(make(ink(0, 0, 0, 0) + rect(0, 0, 100, 80)))[1]) == ["plates.blank"]


# --- bleed ---------------------------------------------------------------------------

SIDES = {
    "top": (30, -3, 40, 20, (30, 0, 40, 1)),
    "bottom": (30, 63, 40, 20, (30, 79, 40, 1)),
    "left": (-3, 20, 30, 40, (0, 20, 1, 40)),
    "right": (73, 20, 30, 40, (99, 20, 1, 40)),
}


def shortened(side: str, reach: float) -> bytes:
    """A ground at that side, going so far beyond the trim."""
    x, y, wide, high, _ = SIDES[side]
    cut = BLEED - reach
    x, wide = (x + cut, wide - cut) if side == "left" else (x, wide)
    y, high = (y + cut, high - cut) if side == "top" else (y, high)
    wide -= cut if side == "right" else 0
    high -= cut if side == "bottom" else 0
    return ink(0.3, 0, 0, 0) + rect(x, y, wide, high)


@pytest.mark.parametrize("side", SIDES)
def test_a_ground_into_the_bleed_is_sound(side: str) -> None:
    assert judge(make(shortened(side, BLEED)))[1] == []


@pytest.mark.parametrize("side", SIDES)
def test_a_ground_that_ends_at_the_trim(side: str) -> None:
    fault = one(judge(make(shortened(side, 0)))[1], "plates.bleed-none")
    assert at(fault) == pytest.approx(SIDES[side][4], abs=0.4)


@pytest.mark.parametrize("side", SIDES)
def test_a_ground_that_stops_short_of_the_bleed(side: str) -> None:
    fault = one(judge(make(shortened(side, 2)))[1], "plates.bleed-short")
    assert float(str(fault.values["reach"])) == pytest.approx(2, abs=0.25)


def test_a_file_without_a_bleed_box() -> None:
    full = ink(0.3, 0, 0, 0) + rect(0, 0, 100, 80)
    assert codes(judge(make(full, bleed=False))[1]) == ["plates.bleed-none"] * 4
    assert judge(make(ink(0.3, 0, 0, 0) + rect(5, 5, 90, 70), bleed=False))[1] == []
    assert judge(make(full, bleed=False), load_profile("office"))[1] == []


def test_a_ground_that_ends_inside_the_trim_is_meant_so() -> None:
    assert judge(make(ink(0.3, 0, 0, 0) + rect(1, 1, 98, 78)))[1] == []


# --- overprint -----------------------------------------------------------------------

TINT = ink(0.4, 0.2, 0, 0) + rect(20, 20, 60, 40)
BLACK = ink(0, 0, 0, 1)
WHITE = ink(0, 0, 0, 0)


def test_small_black_text_that_knocks_out_tears_holes() -> None:
    fault = one(judge(make(TINT + BLACK + text(12, 25, 40)))[1], "plates.hole")
    x, y, wide, high = at(fault)
    assert 24 < x < 27 and 35 < y < 38 and 15 < wide < 30 and 2 < high < 5


def test_small_black_text_that_overprints_leaves_the_tint_whole() -> None:
    assert judge(make(TINT + b"/Over gs\n" + BLACK + text(12, 25, 40)))[1] == []


@pytest.mark.parametrize("black", [b"0 g\n", b"/Over gs 0 g\n"], ids=["knocked out", "overprint"])
def test_gray_black_tears_holes_even_where_it_overprints(black: bytes) -> None:
    assert codes(judge(make(TINT + black + text(12, 25, 40)))[1]) == ["plates.hole"]


def test_black_text_on_paper_tears_nothing() -> None:
    assert judge(make(BLACK + text(12, 25, 40)))[1] == []


def test_large_black_text_may_knock_out() -> None:
    assert judge(make(TINT + BLACK + text(30, 25, 50)))[1] == []


def test_text_made_large_by_its_matrix_is_large() -> None:
    grown = b"q 3 0 0 3 0 0 cm BT /He 12 Tf 1 0 0 1 %.3f %.3f Tm (M) Tj ET Q\n" % (
        (MARGIN + 30) * MM / 3,
        (MARGIN + 30) * MM / 3,
    )
    assert judge(make(TINT + BLACK + grown))[1] == []


def test_thin_black_lines_tear_holes_too() -> None:
    line = b"0 0 0 1 K 0.5 w %.3f %.3f m %.3f %.3f l S\n" % tuple(
        (MARGIN + v) * MM for v in (25, 40, 60, 45)
    )
    assert codes(judge(make(TINT + line))[1]) == ["plates.hole"]


def test_a_shop_that_sets_overprint_itself_is_not_told_of_holes() -> None:
    assert judge(make(TINT + BLACK + text(12, 25, 40)), load_profile("graphic"))[1] == []


def test_white_text_that_overprints_vanishes() -> None:
    fault = one(
        judge(make(TINT + b"/Over gs\n" + WHITE + text(12, 25, 40)))[1], "plates.white-lost"
    )
    assert fault.severity is Severity.ERROR


def test_white_text_that_knocks_out_is_sound() -> None:
    assert judge(make(TINT + WHITE + text(12, 25, 40)))[1] == []


def test_white_that_overprints_paper_is_not_lost() -> None:
    assert judge(make(TINT + b"/Over gs\n" + WHITE + text(12, 25, 70)))[1] == []


def test_white_shapes_that_overprint_vanish_from_spots_as_well() -> None:
    spot = b"/Gold cs 0.6 scn\n" + rect(20, 20, 60, 40)
    lost = b"/Over gs\n" + WHITE + rect(30, 30, 10, 10)
    assert codes(judge(make(spot + lost))[1]) == ["plates.white-lost"]


# --- QR codes ------------------------------------------------------------------------


def qr(
    x: float, y: float, cell: float, dark: bytes = BLACK, message: str = ADDRESS, skip: int = 0
) -> bytes:
    """A code of version 2 at least; ``skip`` leaves out so many rows, to break it."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=0)
    code.add_data(message)
    code.make()
    made = [dark]
    for row, line in enumerate(code.modules):
        if skip and 8 <= row < 8 + skip:
            continue
        made += [
            rect(x + i * cell, y + row * cell, cell * 1.001, cell * 1.001)
            for i, on in enumerate(line)
            if on
        ]
    return b"".join(made)


SIDE = 25 * 0.6
HERE = ExpectedCode(1, Place(30, 30, SIDE, SIDE), ADDRESS, Span("leaflet.yaml", 7, 3))


def test_a_code_is_read_and_told() -> None:
    rendered, found = judge(make(qr(30, 30, 0.6)), expected=[HERE])
    note = one(found, "qr.reads")
    assert note.severity is Severity.NOTE and note.span.line == 7
    assert note.values["text"] == ADDRESS
    (fact,) = rendered.codes
    assert fact.cell_mm == pytest.approx(0.6, abs=0.01)
    assert fact.quiet_cells == 6 and fact.contrast > 0.95
    found_place = (fact.place.x, fact.place.y, fact.place.width, fact.place.height)
    assert found_place == pytest.approx((30, 30, SIDE, SIDE), abs=0.3)


def test_small_cells_are_told() -> None:
    _, found = judge(make(qr(30, 30, 0.35)))
    assert codes(found) == ["qr.cell", "qr.reads"]
    assert found[0].values["cell"] == "0.35" and found[0].values["wide"] == "10"


@pytest.mark.parametrize(("gap", "quiet"), [(0.6, 1), (1.2, 2), (1.8, 3)])
@pytest.mark.parametrize("side", ["left", "right", "top", "bottom"])
def test_a_narrow_margin_is_told(gap: float, quiet: float, side: str) -> None:
    bar = {
        "left": rect(30 - gap - 2, 25, 2, 25),
        "right": rect(30 + SIDE + gap, 25, 2, 25),
        "top": rect(25, 30 - gap - 2, 25, 2),
        "bottom": rect(25, 30 + SIDE + gap, 25, 2),
    }[side]
    _, found = judge(make(qr(30, 30, 0.6) + bar))
    assert codes(found) == ["qr.quiet", "qr.reads"]
    assert float(str(found[0].values["quiet"])) == pytest.approx(quiet, abs=0.5)


def test_four_cells_are_enough() -> None:
    frame = b"".join(
        [
            rect(30 - 2.4 - 1, 20, 1, 40),
            rect(30 + SIDE + 2.4, 20, 1, 40),
            rect(20, 30 - 2.4 - 1, 40, 1),
            rect(20, 30 + SIDE + 2.4, 40, 1),
        ]
    )
    assert codes(judge(make(qr(30, 30, 0.6) + frame))[1]) == ["qr.reads"]


def test_a_pale_code_is_told() -> None:
    _, found = judge(make(qr(30, 30, 0.6, ink(0, 0, 0, 0.3))))
    assert codes(found) == ["qr.contrast", "qr.reads"]


def test_a_yellow_code_is_too_pale() -> None:
    _, found = judge(make(qr(30, 30, 0.6, ink(0, 0, 1, 0))), expected=[HERE])
    assert codes(found)[0] in ("qr.contrast", "qr.missing")


def test_light_on_dark_is_told() -> None:
    content = BLACK + rect(20, 20, 40, 40) + qr(30, 30, 0.6, WHITE)
    assert codes(judge(make(content))[1]) == ["qr.inverted", "qr.reads"]


def test_a_code_that_says_something_else_is_an_error() -> None:
    data = make(qr(30, 30, 0.6, message="https://insatsu.example.jp/a"))
    _, found = judge(data, expected=[HERE])
    wrong = next(each for each in found if each.code == "qr.wrong")
    assert wrong.severity is Severity.ERROR and wrong.span.line == 7
    assert wrong.values["found"] == "https://insatsu.example.jp/a"


def test_a_code_that_is_not_there_is_an_error() -> None:
    missing = one(judge(make(BLACK + rect(10, 10, 5, 5)), expected=[HERE])[1], "qr.missing")
    assert missing.severity is Severity.ERROR and missing.span.line == 7


def test_a_code_on_a_page_that_is_not_there_is_an_error() -> None:
    gone = replace(HERE, page=3)
    assert codes(judge(make(qr(30, 30, 0.6)), expected=[gone])[1]) == ["qr.reads", "qr.missing"]


def test_a_code_covered_by_a_picture_is_missing() -> None:
    cover = ink(0.5, 0, 0, 0) + rect(30, 30, SIDE, 6)
    assert "qr.missing" in codes(judge(make(qr(30, 30, 0.6) + cover), expected=[HERE])[1])


def test_a_white_code_that_overprints_is_missing_though_viewers_show_it() -> None:
    """On screen it stands in the tint; on the plates there is nothing."""
    content = BLACK + rect(20, 20, 40, 40) + b"/Over gs\n" + qr(30, 30, 0.6, WHITE)
    found = codes(judge(make(content), expected=[HERE])[1])
    assert found == ["plates.white-lost", "qr.missing"]


def test_a_code_that_cannot_be_decoded_is_told() -> None:
    found = codes(judge(make(qr(30, 30, 0.6, skip=8)))[1])
    assert found == ["qr.unreadable"]


def test_a_turned_page_is_read_all_the_same() -> None:
    assert codes(judge(make(qr(30, 30, 0.6), rotate=90), expected=[HERE])[1]) == ["qr.reads"]


def test_a_tilted_code_is_measured_flat() -> None:
    turn = b"q 0.9659 0.2588 -0.2588 0.9659 60 -30 cm\n"
    rendered, found = judge(make(turn + qr(30, 30, 0.6) + b"Q"))
    assert codes(found) == ["qr.reads"]
    assert rendered.codes[0].cell_mm == pytest.approx(0.6, abs=0.02)


def test_two_codes_are_both_told() -> None:
    data = make(qr(10, 10, 0.6) + qr(60, 40, 0.6, message="https://insatsu.example.jp/b"))
    texts = {each.values["text"] for each in judge(data)[1]}
    assert texts == {ADDRESS, "https://insatsu.example.jp/b"}


# --- whole files ---------------------------------------------------------------------


def test_leaflet_9_has_nothing_but_its_code_to_tell(leaflet9: object) -> None:
    rendered, found = judge(leaflet9.data)  # type: ignore[attr-defined]
    note = one(found, "qr.reads")
    assert note.values["text"] == "http://www.bango-iranai.net/"
    assert 150 < rendered.most_ink <= 300


def test_what_is_no_pdf_is_told() -> None:
    rendered, found = judge(b"no PDF")
    assert one(found, "plates.unopened").severity is Severity.ERROR
    assert rendered == Rendered((), (), ())


def test_what_cannot_be_separated_is_told() -> None:
    _, found = judge(make(BLACK + rect(20, 20, 5, 5) + b"/Nowhere cs 1 scn 0 0 5 5 re f\n"))
    assert "plates.unread" in codes(found)


def test_the_same_file_gives_the_same_findings() -> None:
    data = make(qr(30, 30, 0.35) + ink(1, 1, 1, 0.8) + rect(60, 60, 10, 10))
    assert judge(data)[1] == judge(data)[1]
