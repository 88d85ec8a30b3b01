"""Content that is meant to harm: it ends, in an oddity, without much memory, and never raises."""

import random
import warnings
import zlib
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from layout.display.pdf.streams import decoded_size
from layout.preflight.finished import content_shared
from layout.preflight.finished.content import Shared, read_page
from tests.preflight.content_cases import (
    TRIM,
    Sheet,
    composite_font,
    drawn_font,
    odd,
    oddities,
    simple_font,
)

HUGE = 300_000_000


@pytest.fixture(autouse=True)
def loud() -> Any:
    """A warning of a library would stand on the user's screen."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def zipped(sheet: Sheet, size: int, **entries: Any) -> Any:
    """A stream that becomes so many bytes."""
    made = sheet.stream(b"", **entries)
    packer = zlib.compressobj(9)
    piece = bytes(1_000_000)
    parts = [packer.compress(piece) for _ in range(size // len(piece))]
    made.write(b"".join((*parts, packer.flush())), filter=Name.FlateDecode)
    return made


# --- bounds


@pytest.mark.parametrize(
    ("bound", "content"),
    [
        ("operators", b"q Q " * 100),
        ("operators", b"/X Do"),
        ("text", b"BT /F 9 Tf (" + b"A" * 101 + b") Tj ET"),
        ("text", b"BT /F 9 Tf [" + b"1 " * 101 + b"] TJ ET"),
        ("text", b"/T Do"),
        ("marks", b"0 0 9 9 re f " * 101),
        ("q", b"q " * 10_001),
    ],
)
def test_bounds(bound: str, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_shared, "OPERATORS_MOST", 150 if bound == "operators" else 20_000)
    monkeypatch.setattr(content_shared, "CODES_MOST", 100)
    monkeypatch.setattr(content_shared, "MARKS_MOST", 100)
    sheet = Sheet()
    fonts = {"F": simple_font()}
    forms = {
        "X": sheet.form(b"q Q q Q q Q"),
        "T": sheet.form(b"BT /F 9 Tf (ABCABCABCA) Tj ET", Resources=Dictionary(
            Font=Dictionary(F=fonts["F"]))),
    }  # fmt: skip
    if b"Do" in content:  # in other places, or it would be read once
        content = b" ".join(b"1 0 0 1 %d 0 cm %s" % (at, content[:5]) for at in range(30))
    found = sheet.page(content, Font=fonts, XObject=forms)
    assert odd(found)[-1] == ("too-much", bound)
    assert len(found.marks) <= 100


def test_more_tokens_than_memory_is_spent_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_shared, "TOKENS_MOST", 1_000_000)
    for content in (b"q " * 1_500_000, b"[" + b"0\n" * 1_500_000 + b"] TJ", b"/a" * 1_500_000):
        assert oddities(content) == [("too-much", "tokens")]
    assert oddities(b"0 0 9 9 re f " + b"%" + b"x" * 3_000_000) == []


def test_what_is_read_again_and_again_is_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_shared, "BYTES_MOST", 300_000)
    sheet = Sheet()
    states = Dictionary(G=Dictionary(Long=String("x" * 20_000)))
    shared = sheet.pdf.make_indirect(Dictionary(ExtGState=states))
    forms = {f"F{at}": sheet.form(b"/G gs", Resources=shared) for at in range(30)}
    content = b" ".join(b"/F%d Do" % at for at in range(30))
    assert odd(sheet.page(content, XObject=forms)) == [("too-much", "bytes")]


@pytest.mark.parametrize("place", ["contents", "form", "unicode", "cmap", "glyph", "pattern"])
def test_streams_that_become_huge(place: str) -> None:
    sheet = Sheet()
    entries = {"Subtype": Name.Form, "BBox": Array([0, 0, 9, 9]), "PatternType": 1}
    bomb = zipped(sheet, HUGE, **entries)
    fonts = {
        "unicode": composite_font(Name("/Identity-H"), ToUnicode=bomb),
        "cmap": composite_font(bomb),
        "glyph": drawn_font({"a": bomb}),
    }
    content = {
        "form": b"/X Do", "pattern": b"/Pattern cs /P scn 0 0 9 9 re f", "glyph": b"BT /F 9 Tf (A) Tj ET",
    }.get(place, b"BT /F 9 Tf <0041> Tj ET")  # fmt: skip
    font = {"F": fonts[place]} if place in fonts else {}
    found = sheet.page(content, Font=font, XObject={"X": bomb}, Pattern={"P": bomb})
    if place == "contents":
        sheet.pdf.pages[0].Contents = bomb
        found = sheet.read(0)
    assert ("too-much", "bytes") in odd(found)


def test_tables_of_colours_that_become_huge_are_not_read() -> None:
    sheet = Sheet()
    bomb = zipped(sheet, HUGE, FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1]))
    spaces = {
        "A": Array([Name.Indexed, Name.DeviceRGB, 255, bomb]),
        "B": Array([Name.Separation, Name.Gold, Name.DeviceGray, bomb]),
    }
    found = sheet.page(b"/A cs /A CS /B cs 0 0 9 9 re f", ColorSpace=spaces)
    assert odd(found) == [("bad-operands", "cs"), ("bad-operands", "CS")]
    paint = found.marks[0].fill
    assert paint is not None and paint.inks == {"Gold": 1.0} and paint.space.tint is None


def test_functions_of_functions_end() -> None:
    sheet = Sheet()
    whole = Dictionary(FunctionType=2, Domain=[0, 1], N=1)
    for _ in range(40):
        whole = sheet.pdf.make_indirect(Dictionary(
            FunctionType=3, Domain=[0, 1], Bounds=[0.5], Encode=[0, 1, 0, 1],
            Functions=Array([whole, whole]),
        ))  # fmt: skip
    self_made = sheet.pdf.make_indirect(Dictionary(FunctionType=3, Domain=[0, 1]))
    self_made.Functions = Array([self_made])
    for function in (whole, self_made):
        space = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, function])
        found = sheet.page(b"/A cs 0 0 9 9 re f", ColorSpace={"A": space})
        assert found.oddities == () and found.marks[0].fill is not None


def test_spaces_within_spaces_end() -> None:
    sheet = Sheet()
    space = sheet.pdf.make_indirect(Array([Name.Pattern, Name.DeviceRGB]))
    space[1] = space
    assert odd(sheet.page(b"/A cs", ColorSpace={"A": space})) == [("bad-operands", "cs")]


@pytest.mark.parametrize(
    "cmap",
    [
        b"begincidrange " * 200_000,
        b"begincodespacerange " + b"<00> <FF> " * 50_000 + b"endcodespacerange",
        b"begincidrange " + b"<00> <FF> 7 " * 100_000 + b"endcidrange",
        b"begincodespacerange <00> <FFFFFFFFFF> endcodespacerange",
        b"begincodespacerange <> <> endcodespacerange",
        b"begincidrange <00> <FF> " + b"9" * 5000 + b" endcidrange",
        b"",
    ],
)
def test_cmaps_that_take_for_ever(cmap: bytes) -> None:
    sheet = Sheet()
    font = composite_font(sheet.stream(cmap))
    found = sheet.page(b"BT /F 9 Tf (" + b"AB" * 20_000 + b") Tj ET", Font={"F": font})
    assert len(found.marks) == 1 and len(found.marks[0].codes) == 40_000


def test_a_cmap_that_uses_itself() -> None:
    sheet = Sheet()
    cmap = sheet.stream(b"")
    cmap.UseCMap = cmap
    assert len(sheet.page(b"BT /F 9 Tf (AB) Tj ET", Font={"F": composite_font(cmap)}).marks) == 1


def test_a_million_names_of_one_form() -> None:
    sheet = Sheet()
    found = sheet.page(b"/X Do " * 100_000, XObject={"X": sheet.form(b"0 0 9 9 re f")})
    assert len(found.marks) == 100_000 and found.oddities == ()


# --- content that breaks off, and filters of old


@pytest.mark.parametrize("content", [b"(abc", b"<41", b"[1 2", b"<< /A", b"1 2"])
def test_content_that_breaks_off(content: bytes) -> None:
    """Of a page qpdf keeps it in mind, for the check of the whole file."""
    sheet = Sheet()
    form = sheet.form(b"0 0 9 9 re f " + content)
    found = sheet.page(b"0 0 9 9 re f /X Do " + content, XObject={"X": form})
    assert len(found.marks) == 2 and odd(found) == [("cut-off", "")]


def test_content_that_cannot_be_decoded() -> None:
    sheet = Sheet()
    sheet.page(b"")
    sheet.pdf.pages[0].Contents.write(b"no zlib", filter=Name.FlateDecode)
    assert odd(sheet.read(0)) == [("unreadable", "")]


@pytest.mark.parametrize("contents", [7, Name.A, Array([]), Array([7, Name.A]), Dictionary()])
def test_contents_that_are_none(contents: Any) -> None:
    sheet = Sheet()
    sheet.page(b"")
    sheet.pdf.pages[0].Contents = contents
    assert sheet.read(0).marks == ()


def lzw(data: bytes) -> bytes:
    """LZW as TIFF has it, which is that of PDF."""
    from PIL import Image

    held = BytesIO()
    Image.frombytes("L", (len(data), 1), data).save(held, "TIFF", compression="tiff_lzw")
    with Image.open(held) as image:
        start, size = image.tag_v2[273][0], image.tag_v2[279][0]  # type: ignore[attr-defined]
    return held.getvalue()[start : start + size]


@pytest.mark.parametrize("length", [1, 300, 5000, 60_000])
@pytest.mark.parametrize("letters", [b"\0", b"q Q\n", bytes(range(256))])
def test_lzw_is_counted_as_it_is(length: int, letters: bytes) -> None:
    chance = random.Random(length)
    data = bytes(chance.choices(letters, k=length))
    sheet = Sheet()
    stream = sheet.stream(b"")
    stream.write(lzw(data), filter=Name.LZWDecode)
    assert stream.read_bytes() == data
    assert decoded_size(stream, 10**9) == length


def test_runs_are_counted_as_they_are() -> None:
    sheet = Sheet()
    stream = sheet.stream(b"")
    stream.write(bytes((3, 1, 2, 3, 4, 255, 7, 129, 8, 128, 9)), filter=Name.RunLengthDecode)
    data = stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    assert decoded_size(stream, 10**9) == len(data) == 134


def test_much_content_in_lzw_is_not_too_much() -> None:
    sheet = Sheet()
    sheet.page(b"")
    chance = random.Random(1)
    content = b"".join(b"%d %d 9 9 re f " % (chance.randrange(999), at) for at in range(9000))
    packed = lzw(content)
    assert len(packed) * 1500 > content_shared.BYTES_MOST / 5
    sheet.pdf.pages[0].Contents.write(packed, filter=Name.LZWDecode)
    for _ in range(5):
        found = sheet.read(0)
        assert len(found.marks) == 9000 and found.oddities == ()


# --- chance


def anything(sheet: Sheet) -> dict[str, dict[str, Any]]:
    """Resources of every kind, sound ones."""
    form = sheet.form(b"/P scn 0 0 9 9 re f /Y Do BT /F 9 Tf (A) Tj ET")
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)
    tiling = sheet.stream(
        b"1 0 0 rg 0 0 9 9 re f", PatternType=1, PaintType=2, BBox=Array([0, 0, 9, 9])
    )
    made = {
        "XObject": {"X": form, "Y": sheet.form(b"Q q BT ET /X Do")},
        "Font": {
            "F": simple_font(), "C": composite_font(Name("/Identity-V")),
            "K": composite_font(Name("/90ms-RKSJ-H")),
            "D": drawn_font({"a": sheet.stream(b"9 0 0 0 9 9 d1 /X Do")}),
        },
        "ColorSpace": {
            "S": Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint]),
            "N": Array([Name.Pattern, Name.DeviceCMYK]),
            "I": Array([Name.Indexed, Name.DeviceRGB, 1, String(b"abcdef")]),
            "L": Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])]),
        },
        "ExtGState": {"G": Dictionary(ca=0.5, OP=True, LW=2, BM=Name.Multiply)},
        "Pattern": {"P": tiling, "H": Dictionary(PatternType=2, Shading=shading)},
        "Shading": {"H": shading}, "Properties": {"L": Dictionary(Type=Name.OCG)},
    }  # fmt: skip
    form.Resources = Dictionary(
        {f"/{kind}": Dictionary({f"/{name}": thing for name, thing in things.items()})
         for kind, things in made.items()}
    )  # fmt: skip
    return made


OPERATORS = st.sampled_from(
    b"q Q cm w J j M d ri i gs m l c v y h re W W* n S s f F f* B B* b b* BT ET Tc Tw Tz TL Tf Tr "
    b"Ts Td TD Tm T* Tj TJ ' \" CS cs SC SCN sc scn G g RG rg K k Do sh BMC BDC EMC MP DP d0 d1 BX "
    b"EX BI ID EI bogus".split()
)
OPERANDS = st.sampled_from(
    b"0 1 -1 0.5 7 300 99999999999999 .000001 true null /X /Y /F /C /K /D /S /N /I /L /G /P /H "
    b"/Pattern /DeviceRGB /DeviceCMYK /Nobody (A) (\xff\x81) <4142> [(A)5(B)] [] [5] <</MCID 1>> "
    b"<< [ ] >> ( )".split(b" ")
)
SOUP = st.lists(
    st.tuples(st.lists(OPERANDS, max_size=6), OPERATORS).map(lambda it: b" ".join((*it[0], it[1]))),
    max_size=40,
).map(b"\n".join)
"""Operators with whatever stands before them."""

GOOD = st.sampled_from(
    b"q;Q;2 0 0 2 9 9 cm;/G gs;0 0 9 9 re;f;S;W n;/N cs;1 0 0 0 /P scn;/Pattern CS;/H SCN;/S cs .5 "
    b"scn;/I cs 1 sc;BT;ET;/F 9 Tf;/C 9 Tf;/K 5 Tf;/D 9 Tf;(A) Tj;[(AB) 9 (A)] TJ;7 Tr;0 Tr;3 Tr;"
    b"/X Do;/H sh;/OC /L BDC;EMC;BI /W 1 /H 1 /IM true ID a EI;-1e3 0 Td;0 0 0 1 k".split(b";")
)
LIKELY = st.lists(GOOD, max_size=40).map(b"\n".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(SOUP, LIKELY, st.tuples(LIKELY, SOUP).map(b" ".join)))
def test_no_soup_raises(content: bytes) -> None:
    sheet = Sheet()
    first = sheet.page(content, **anything(sheet))
    assert len(first.oddities) <= 200
    again = sheet.read(0)
    assert [mark.box for mark in again.marks] == [mark.box for mark in first.marks]
    assert again.oddities == first.oddities


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LIKELY, st.data())
def test_no_resource_of_the_wrong_kind_raises(content: bytes, data: st.DataObject) -> None:
    sheet = Sheet()
    resources = anything(sheet)
    holders = [
        thing for things in resources.values() for thing in things.values()
        if isinstance(thing, (Dictionary, pikepdf.Stream))
    ]  # fmt: skip
    wrong = (
        Array([]), Array([7, Name.A]), Dictionary(), Name.A, String("x"), 7, -0.5, True,
        sheet.stream(b"bogus ]"), 1e300, sheet.pdf.Root,
    )  # fmt: skip
    for _ in range(data.draw(st.integers(1, 4))):
        holder = data.draw(st.sampled_from(holders))
        key = data.draw(st.sampled_from(sorted(set(holder.keys()) - {"/Length"}) or ["/A"]))
        holder[key] = data.draw(st.sampled_from(wrong))
    sheet.page(content, **resources)


def test_spoilt_pages_of_our_own_do_not_raise(leaflet9: Any) -> None:
    chance = random.Random(9)
    with pikepdf.open(BytesIO(leaflet9.data)) as pdf:
        page = pdf.pages[3]
        good = page.Contents.read_bytes()
        for _ in range(60):
            at, cut = chance.randrange(len(good)), chance.randint(0, 90)
            page.Contents.write(
                good[:at] + chance.randbytes(chance.randint(0, 9)) + good[at + cut :]
            )
            read_page(page.obj, 4, TRIM, Shared())
