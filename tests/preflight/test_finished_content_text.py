"""Text as the interpreter of content finds it: sizes, boxes, codes of every kind, what they say."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name

from layout.preflight.finished.content_cmaps import splitter, to_unicode
from layout.preflight.finished.marks import Mark
from tests.preflight.content_cases import (
    Sheet,
    box,
    composite_font,
    drawn_font,
    marks,
    oddities,
    simple_font,
)

CMAP = b"""1 begincodespacerange <00> <7F> endcodespacerange
1 begincodespacerange <8140> <FEFE> endcodespacerange
2 begincidrange <20> <7E> 231 <8140> <817E> 633 endcidrange
1 begincidchar <8260> 900 endcidchar"""


def one(content: bytes, font: Any) -> Mark:
    (mark,) = marks(content, Font={"F": font})
    return mark


# --- where it stands, and how large


@pytest.mark.parametrize(
    ("content", "size", "place"),
    [
        (b"BT /F 10 Tf 50 60 Td (ABC) Tj ET", 10, (50, 58.8, 68, 68.8)),
        (b"BT /F 1 Tf 10 0 0 10 50 60 Tm (ABC) Tj ET", 10, (50, 58.8, 68, 68.8)),
        (b"BT /F 1 Tf 0 10 -10 0 50 60 Tm (ABC) Tj ET", 10, (41.2, 60, 51.2, 78)),
        (b"2 0 0 2 0 0 cm BT /F 5 Tf 25 30 Td (ABC) Tj ET", 10, (50, 58.8, 68, 68.8)),
        (b"2 0 0 1 0 0 cm BT /F 10 Tf 25 60 Td (ABC) Tj ET", 10, (50, 58.8, 86, 68.8)),
        (b"BT /F 10 Tf 50 Tz 50 60 Td (ABC) Tj ET", 10, (50, 58.8, 59, 68.8)),
        (b"BT /F 10 Tf 5 Ts 50 60 Td (ABC) Tj ET", 10, (50, 63.8, 68, 73.8)),
        (b"BT /F 10 Tf 2 Tc 50 60 Td (ABC) Tj ET", 10, (50, 58.8, 72, 68.8)),
        (b"BT /F -10 Tf 50 60 Td (ABC) Tj ET", 10, (32, 51.2, 50, 61.2)),
        (b"0.6 0.8 -0.8 0.6 100 50 cm BT /F 10 Tf (ABC) Tj ET", 10, (92.96, 49.28, 111.76, 69.68)),
        (b"50 50 10 200 re W n BT /F 10 Tf 55 60 Td (ABC) Tj ET", 10, (55, 58.8, 60, 68.8)),
    ],
)
def test_a_line_is_where_its_em_boxes_are(
    content: bytes, size: float, place: tuple[float, ...]
) -> None:
    mark = one(content, simple_font())
    assert mark.size_pt == pytest.approx(size)
    assert box(mark) == pytest.approx(place, abs=0.001)


@pytest.mark.parametrize(
    ("first", "starts"),
    [
        (b"(AB) Tj", 61),
        (b"[(A) 300 (B)] TJ", 58),
        (b"[(A) -300 (B)] TJ", 64),
        (b"[-500] TJ", 55),
        (b"1 Tc (AB) Tj 0 Tc", 63),
        (b"7 Tw (A B) Tj 0 Tw", 68),
        (b"50 Tz (AB) Tj 100 Tz", 55.5),
        (b"50 Tz [(A) -1000 (B)] TJ 100 Tz", 60.5),
        (b"3 Tr (AB) Tj 0 Tr", 61),
        (b"(C) Tj T*", 50),
    ],
)
def test_what_is_shown_moves_what_follows(first: bytes, starts: float) -> None:
    content = b"BT /F 10 Tf 50 60 Td " + first + b" (C) Tj ET"
    assert marks(content, Font={"F": simple_font()})[-1].box.x0 == pytest.approx(starts)


def test_lines_that_move() -> None:
    content = (
        b"BT /F 10 Tf 14 TL 20 80 Td (A) Tj T* (A) Tj (A) ' 1 2 (A) \" 0 -9 TD (A) Tj T* (A) Tj "
        b"5 0 Td (A) Tj 7 TL (A) ' ET"
    )
    found = marks(content, Font={"F": simple_font()})
    assert [round(mark.box.y0 + 1.2) for mark in found] == [80, 66, 52, 38, 29, 20, 20, 13]
    assert [round(mark.box.x0) for mark in found] == [20, 20, 20, 20, 20, 20, 25, 25]


def test_adjustments_back_and_forth_are_within_the_box() -> None:
    mark = one(b"BT /F 10 Tf 50 60 Td [(A) 2000 (A)] TJ ET", simple_font())
    assert box(mark) == (35, 58.8, 55, 68.8)


@pytest.mark.parametrize(
    ("mode", "fills", "strokes"), [(0, 1, 0), (1, 0, 1), (2, 1, 1), (3, 0, 0), (4, 1, 0), (6, 1, 1)]
)
def test_modes_of_painting(mode: int, fills: bool, strokes: bool) -> None:
    content = b"0.3 w 2 0 0 2 0 0 cm BT %d Tr /F 10 Tf (A) Tj ET" % mode
    mark = one(content, simple_font())
    assert (mark.fill is not None, mark.stroke is not None) == (bool(fills), bool(strokes))
    assert mark.line_pt == pytest.approx(0.6 if strokes else 0)


def test_letters_that_clip_do_so_from_the_end_of_the_text() -> None:
    content = b"q BT 7 Tr /F 10 Tf 50 60 Td (AB) Tj ET 0 0 200 200 re f Q 0 0 200 200 re f"
    inner, outer = marks(content, Font={"F": simple_font()})
    assert box(inner) == (50, 58.8, 61, 68.8) and box(outer) == (0, 0, 200, 200)
    (spaces,) = marks(b"BT 7 Tr /F 10 Tf (  ) Tj ET 0 0 9 9 re f", Font={"F": simple_font()})
    assert box(spaces) == (0, 0, 9, 9)


def test_blanks_are_no_marks_and_what_nobody_knows_is_none_of_them() -> None:
    known = {"ToUnicode": b"2 beginbfchar <0001> <3000> <0002> <0041> endbfchar"}
    sheet = Sheet()
    font = composite_font(Name("/Identity-H"), ToUnicode=sheet.stream(known["ToUnicode"]))
    content = b"BT /F 9 Tf <0001> Tj <00010003> Tj <00010002> Tj ET"
    found = sheet.page(content, Font={"F": font})
    assert [mark.codes for mark in found.marks] == [b"\0\1\0\3", b"\0\1\0\2"]
    assert [mark.text for mark in found.marks] == ["\u3000", "\u3000A"]


def test_a_font_is_shared_and_told_by_its_object() -> None:
    sheet = Sheet()
    font = sheet.pdf.make_indirect(simple_font())
    first, second = sheet.page(
        b"BT /F 9 Tf (A) Tj /G 9 Tf (A) Tj ET", Font={"F": font, "G": font}
    ).marks
    assert first.font is second.font and first.font is not None
    assert first.font.key == font.objgen and first.font.kind == "TrueType"


def test_a_font_chosen_by_the_graphics_state() -> None:
    sheet = Sheet()
    font = sheet.pdf.make_indirect(simple_font())
    state = Dictionary(Font=Array([font, 7]))
    found = sheet.page(b"/G gs BT (A) Tj ET", ExtGState={"G": state})
    assert found.marks[0].size_pt == 7 and font.objgen in found.used["/Font"]


@pytest.mark.parametrize("name", [b"/#82l#82r#96#BE#92#A9", b"/ABCDEF+#82l#82r#96#BE#92#A9"])
def test_japanese_names_of_fonts_in_shift_jis(name: bytes) -> None:
    from pikepdf import Object

    font = simple_font()
    font.BaseFont = Object.parse(name)
    mark = one(b"BT /F 9 Tf (A) Tj ET", font)
    assert mark.font is not None and mark.font.name == "ＭＳ明朝"


def test_widths_that_are_missing() -> None:
    described = simple_font(FontDescriptor=Dictionary(MissingWidth=400))
    assert one(b"BT /F 10 Tf (Z) Tj ET", described).box.width == pytest.approx(4)
    standard = Dictionary(Subtype=Name.Type1, BaseFont=Name.Helvetica)
    assert one(b"BT /F 10 Tf (Z) Tj ET", standard).box.width == pytest.approx(5)


# --- composite fonts


def test_widths_of_cids() -> None:
    inner = {"DW": 900, "W": Array([1, Array([500, 250]), 7, 9, 300])}
    font = composite_font(Name("/Identity-H"), inner)
    mark = one(b"BT /F 10 Tf <00010002000800090063> Tj ET", font)
    assert mark.box.width == pytest.approx(5 + 2.5 + 3 + 3 + 9)
    assert mark.font is not None and mark.font.kind == "CIDFontType2"


def test_upright_text_goes_down_the_middle_of_its_line() -> None:
    mark = one(b"BT /F 10 Tf 100 150 Td <00010002> Tj ET", composite_font(Name("/Identity-V")))
    assert mark.font is not None and mark.font.vertical
    assert box(mark) == (95, 130, 105, 150) and mark.size_pt == 10


@pytest.mark.parametrize(
    ("content", "foot"),
    [
        (b"<00010002> Tj <0001> Tj", 120),
        (b"[<0001> 500 <0002>] TJ <0001> Tj", 115),
        (b"-1 Tc <00010002> Tj 0 Tc <0001> Tj", 118),
        (b"<0005> Tj <0001> Tj", 135),
    ],
)
def test_upright_advances(content: bytes, foot: float) -> None:
    font = composite_font(Name("/Identity-V"), {"W2": Array([5, Array([-500, 500, 880])])})
    found = marks(b"BT /F 10 Tf 100 150 Td " + content + b" ET", Font={"F": font})
    assert found[-1].box.y0 == pytest.approx(foot)


def test_upright_size_is_that_across_the_line() -> None:
    font = composite_font(Name("/Identity-V"))
    mark = one(b"BT /F 1 Tf 8 0 0 10 100 150 Tm <0001> Tj ET", font)
    assert mark.size_pt == 8 and box(mark) == (96, 140, 104, 150)


def test_codes_of_one_and_two_bytes_by_a_cmap_in_the_file() -> None:
    sheet = Sheet()
    inner = {"W": Array([231, 330, 500, 900, Array([250])])}
    font = composite_font(sheet.stream(CMAP), inner)
    found = sheet.page(b"BT /F 10 Tf <4181408242428260417F> Tj ET", Font={"F": font})
    assert found.oddities == ()
    assert found.marks[0].box.width == pytest.approx(5 + 10 + 10 + 5 + 2.5 + 5 + 10)


def test_a_cmap_says_whether_lines_are_upright() -> None:
    sheet = Sheet()
    font = composite_font(sheet.stream(CMAP, WMode=1))
    (mark,) = sheet.page(b"BT /F 10 Tf <8140> Tj ET", Font={"F": font}).marks
    assert mark.font is not None and mark.font.vertical


@pytest.mark.parametrize(
    ("cmap", "text", "codec", "codes"),
    [
        ("90ms-RKSJ-H", "第9ｶ回", "cp932", 4),
        ("90msp-RKSJ-V", "区A～", "cp932", 3),
        ("EUC-H", "市民a", "euc_jp", 3),
        ("UniJIS-UCS2-H", "朝市", "utf-16-be", 2),
        ("UniJIS-UTF16-H", "𠮷野", "utf-16-be", 2),
        ("GBK-EUC-H", "开a放", "gbk", 3),
        ("ETen-B5-V", "臺a灣", "cp950", 3),
        ("KSCms-UHC-H", "한a글", "cp949", 3),
    ],
)
def test_cmaps_that_stand_in_no_file(cmap: str, text: str, codec: str, codes: int) -> None:
    data = text.encode(codec)
    known = splitter(Name(f"/{cmap}"), lambda _: b"")
    assert len(known.cut(data)) == codes
    mark = one(b"BT /F 10 Tf <%s> Tj ET" % data.hex().encode(), composite_font(Name(f"/{cmap}")))
    assert mark.text == text and mark.font is not None
    assert mark.font.vertical is cmap.endswith("V")


def test_half_width_letters_of_shift_jis_are_half_as_wide() -> None:
    font = composite_font(Name("/90ms-RKSJ-H"), {"W": Array([231, 632, 500])})
    data = "第9ｶ回".encode("cp932").hex().encode()
    assert one(b"BT /F 10 Tf <%s> Tj ET" % data, font).box.width == pytest.approx(30)


# --- what codes say


@pytest.mark.parametrize(
    ("cmap", "words"),
    [
        (b"beginbfchar <41> <0062> endbfchar", {b"A": "b"}),
        (b"beginbfchar\n<0041> <D842DFB7>\nendbfchar", {b"\0A": "𠮷"}),
        (b"beginbfchar <01> <00660069> endbfchar", {b"\1": "fi"}),
        (b"beginbfrange <41> <43> <0061> endbfrange", {b"A": "a", b"B": "b", b"C": "c"}),
        (b"beginbfrange <41> <42> [<0061> <007A>] endbfrange", {b"A": "a", b"B": "z"}),
        (b"beginbfrange <41><41><0061> <51> <51> [<0062>] endbfrange", {b"A": "a", b"Q": "b"}),
        (b"beginbfchar <4 1> <00 6> endbfchar", {b"A": "`"}),
        (b"beginbfrange <43> <41> <0061> endbfrange", {}),
        (b"beginbfchar <41> <0062>", {}),
        (b"beginbfchar <41> endbfchar beginbfchar <42> <0061> endbfchar", {b"B": "a"}),
        (b"endbfchar beginbfchar <42> <0061> endbfchar", {b"B": "a"}),
        (b"", {}),
    ],
)
def test_to_unicode(cmap: bytes, words: dict[bytes, str]) -> None:
    assert to_unicode(cmap) == words


def test_to_unicode_that_never_ends_or_says_books() -> None:
    assert to_unicode(b"beginbfchar " * 300_000) == {}
    long = to_unicode(b"beginbfrange <0000> <FFFF> <%s> endbfrange" % (b"0041" * 100_000))
    assert max(map(len, long.values())) <= 16


def test_a_simple_font_may_be_mapped_by_two_bytes() -> None:
    sheet = Sheet()
    font = simple_font(ToUnicode=sheet.stream(b"beginbfchar <0041> <4E00> endbfchar"))
    assert sheet.page(b"BT /F 9 Tf (A) Tj ET", Font={"F": font}).marks[0].text == "一"


def test_letters_by_their_names() -> None:
    encoding = Dictionary(Differences=Array([65, Name.eacute, Name.Euro]))
    font = simple_font()
    font.Encoding = encoding
    assert one(b"BT /F 9 Tf (AB) Tj ET", font).text == "é€"


@pytest.mark.parametrize(("flags", "text"), [(32, "AB"), (4, "")])
def test_letters_of_a_symbolic_font_are_not_guessed(flags: int, text: str) -> None:
    font = simple_font(FontDescriptor=Dictionary(Flags=flags))
    del font["/Encoding"]
    assert one(b"BT /F 9 Tf (AB) Tj ET", font).text == text


# --- fonts drawn by content


def test_glyphs_stand_where_they_are_shown_first() -> None:
    sheet = Sheet()
    square = b"500 0 0 0 500 500 d1 1 0 0 rg 0 0 500 500 re f"
    font = drawn_font({"a": sheet.stream(square), "b": sheet.stream(square)})
    found = sheet.page(b"0 0 0 1 k BT /F 20 Tf 40 40 Td (AAB) Tj ET", Font={"F": font})
    text, first, second = found.marks
    assert box(text) == (40, 37.6, 70, 57.6) and text.size_pt == 20
    assert box(first) == (40, 40, 50, 50) and box(second) == (60, 40, 70, 50)
    assert first.fill is text.fill and first.in_form == 1  # d1 takes the text's colour


def test_a_coloured_glyph_brings_its_colour() -> None:
    sheet = Sheet()
    font = drawn_font({"a": sheet.stream(b"500 0 d0 1 0 0 rg 0 0 500 500 re f")})
    found = sheet.page(b"0 0 0 1 k BT /F 20 Tf 40 40 Td (A) Tj ET", Font={"F": font})
    paint = found.marks[1].fill
    assert paint is not None and paint.family == "DeviceRGB"


def test_a_page_cannot_take_the_colours_away_with_d1() -> None:
    content = b"0 0 0 0 0 0 d1 1 0 0 rg 0 0 9 9 re f"
    found = Sheet().page(content)
    paint = found.marks[0].fill
    assert paint is not None and paint.family == "DeviceRGB"
    assert [each.what for each in found.oddities] == ["out-of-place"]


@pytest.mark.parametrize(
    ("scale", "high", "size"), [(0.001, 700, 10), (0.1, 10, 10), (0.05, 10, 5), (1, 9, 90)]
)
def test_the_em_of_drawn_letters(scale: float, high: float, size: float) -> None:
    sheet = Sheet()
    font = drawn_font(
        {"a": sheet.stream(b"")}, FontBBox=Array([0, 0, 5, high]),
        FontMatrix=Array([scale, 0, 0, scale, 0, 0]),
    )  # fmt: skip
    found = sheet.page(b"BT /F 10 Tf (A) Tj ET", Font={"F": font})
    assert found.marks[0].size_pt == pytest.approx(size)


def test_a_drawn_letter_that_shows_itself_ends() -> None:
    sheet = Sheet()
    glyph = sheet.stream(b"500 0 d0 BT /F 9 Tf (A) Tj ET")
    font = sheet.pdf.make_indirect(drawn_font({"a": glyph}))
    font.Resources = Dictionary(Font=Dictionary(F=font))
    found = sheet.page(b"BT /F 9 Tf (A) Tj ET", Font={"F": font})
    assert len(found.marks) == 2 and [mark.in_form for mark in found.marks] == [0, 1]


# --- damaged fonts


@pytest.mark.parametrize(
    "entries",
    [
        {"Widths": Name("/None")},
        {"Widths": Array([Name.A])},
        {"FirstChar": Name.A},
        {"Encoding": 7},
        {"ToUnicode": 7},
        {"Encoding": Dictionary(Differences=Array([Name.A, 7, Array([])]))},
        {"DescendantFonts": 7},
        {"DescendantFonts": Array([])},
        {"FontDescriptor": 7},
    ],
)
def test_a_damaged_simple_font_still_makes_marks(entries: dict[str, Any]) -> None:
    assert one(b"BT /F 9 Tf (AB) Tj ET", simple_font(**entries)).codes == b"AB"


@pytest.mark.parametrize(
    "inner",
    [
        {"W": 7}, {"W": Array([Name.A])}, {"DW": Name.A}, {"W": Array([0, 65535])},
        {"DW2": Array([])}, {"W2": Name.A}, {"DW2": Array([Name.A, Name.A])},
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Identity-H", "Identity-V", "Nobody-H"])
def test_a_damaged_composite_font_still_makes_marks(inner: dict[str, Any], name: str) -> None:
    font = composite_font(Name(f"/{name}"), inner)
    assert one(b"BT /F 9 Tf <0001> Tj ET", font).codes == b"\0\1"


def test_streams_of_a_font_that_cannot_be_decoded() -> None:
    sheet = Sheet()
    for key in ("ToUnicode", "Encoding"):
        broken = sheet.stream(b"")
        broken.write(b"no zlib", filter=Name.FlateDecode)
        font = composite_font(Name("/Identity-H"))
        font[f"/{key}"] = broken
        found = sheet.page(b"BT /F 9 Tf <0001> Tj ET", Font={"F": font})
        assert len(found.marks) == 1 and found.oddities == ()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"(A) Tj", ("out-of-place", "Tj")),
        (b"BT /A Tj ET", ("bad-operands", "Tj")),
        (b"BT [/A (A)] TJ ET", ("bad-operands", "TJ")),
        (b"BT (A) TJ ET", ("bad-operands", "TJ")),
        (b"BT [(A)] Tj ET", ("bad-operands", "Tj")),
        (b"BT /F (9) Tf ET", ("bad-operands", "Tf")),
        (b"BT true Tc ET", ("bad-operands", "Tc")),
        (b"BT 1 2 (A) ' ET", ("bad-operands", "'")),
        (b'BT 1 (A) " ET', ("bad-operands", '"')),
        (b"BT BT ET", ("unbalanced", "BT")),
    ],
)
def test_text_that_makes_no_sense(content: bytes, what: tuple[str, str]) -> None:
    assert what in oddities(b"/F gs BT /F 9 Tf ET " + content, Font={"F": simple_font()})
