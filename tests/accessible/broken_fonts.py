"""Broken: fonts (checkpoints 10 and 31)."""

from typing import Any

from pikepdf import Array, Dictionary, Name, String

from tests.accessible.making import (
    CID_TEXT,
    CID_UNICODE,
    TO_UNICODE,
    broken,
    cid_font,
    cmap,
    show,
    simple_font,
    sound,
    truetype,
)


@sound("a plain TrueType font")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf))


@sound("a font of symbols")
def _(pdf: Any) -> None:
    show(
        pdf,
        simple_font(
            pdf, program=truetype(((3, 0),)), symbolic=True, encoding=None, unicode=TO_UNICODE
        ),
    )


@sound("a composite font")
def _(pdf: Any) -> None:
    show(pdf, cid_font(pdf), CID_TEXT)


@sound("a composite font with a CMap of its own")
def _(pdf: Any) -> None:
    show(pdf, cid_font(pdf, Encoding=cmap(pdf)), CID_TEXT)


@sound("invisible text in a font that is not embedded", alone=True)
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, MissingWidth=0), mode=3)


# --- the way to glyphs


@broken("another registry", "ua.31.registry")
def _(pdf: Any) -> None:
    show(pdf, cid_font(pdf, Encoding=cmap(pdf, registry="Own")), CID_TEXT)


@broken("another collection", "ua.31.ordering")
def _(pdf: Any) -> None:
    show(pdf, cid_font(pdf, Encoding=cmap(pdf, ordering="Japan1")), CID_TEXT)


@broken("another collection than a well-known CMap's", "ua.31.ordering")
def _(pdf: Any) -> None:
    info = Dictionary(Registry=String("Adobe"), Ordering=String("GB1"), Supplement=4)
    show(pdf, cid_font(pdf, Encoding=Name("/UniJIS-UTF16-H"), CIDSystemInfo=info), CID_TEXT)


@broken("an older collection", "ua.31.supplement")
def _(pdf: Any) -> None:
    show(pdf, cid_font(pdf, Encoding=cmap(pdf, supplement=6)), CID_TEXT)


@broken("no table from CIDs to glyphs", "ua.31.cid-map-missing")
def _(pdf: Any) -> None:
    show(pdf, cid_font(pdf, CIDToGIDMap=None), CID_TEXT)


@broken("a table from CIDs to glyphs that is none", "ua.31.cid-map")
def _(pdf: Any) -> None:
    show(pdf, cid_font(pdf, CIDToGIDMap=Name.Default), CID_TEXT)


@broken("a CMap that nobody has", "ua.31.cmap")
def _(pdf: Any) -> None:
    show(pdf, cid_font(pdf, Encoding=Name("/Own-H")), CID_TEXT)


@broken("a CMap of two writing modes", "ua.31.writing-mode")
def _(pdf: Any) -> None:
    show(pdf, cid_font(pdf, Encoding=cmap(pdf, mode=1)), CID_TEXT)


@broken("a CMap that relies on one that nobody has", "ua.31.cmap-used")
def _(pdf: Any) -> None:
    made = cmap(pdf)
    made.UseCMap = Name("/Other-H")
    show(pdf, cid_font(pdf, Encoding=made), CID_TEXT)


@broken("a font that is not embedded", "ua.31.embedded")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, MissingWidth=0))


@broken("a font program that is cut off", "ua.31.broken")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, program=truetype()[:200]))


@broken("a letter beyond the font's end", "ua.31.glyphs")
def _(pdf: Any) -> None:
    unicode = CID_UNICODE.replace(b"<0002>", b"<0063>")
    show(pdf, cid_font(pdf, ToUnicode=pdf.make_stream(unicode)), b"<00630003>")


@broken("the glyph for missing letters", "ua.31.notdef")
def _(pdf: Any) -> None:
    unicode = CID_UNICODE.replace(b"<0002>", b"<0000>")
    show(pdf, cid_font(pdf, ToUnicode=pdf.make_stream(unicode)), b"<00000003>")


@broken("the glyph for missing letters, invisible", "ua.31.notdef")
def _(pdf: Any) -> None:
    unicode = CID_UNICODE.replace(b"<0002>", b"<0000>")
    show(pdf, cid_font(pdf, ToUnicode=pdf.make_stream(unicode)), b"<00000003>", mode=3)


@broken("widths that are not the font's", "ua.31.widths")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, widths=620))


@broken("widths of a composite font that are not its own", "ua.31.widths")
def _(pdf: Any) -> None:
    pdf.pages[0].Resources.Font.f0.DescendantFonts[0].W = Array([1, Array([500])])


@broken("widths of a CFF font that are not its own", "ua.31.widths")
def _(pdf: Any) -> None:
    font = cff(pdf)
    font.DescendantFonts[0].DW = 333
    del font.DescendantFonts[0].W


def cff(pdf: Any) -> Any:
    """The formula's font."""
    for font in pdf.pages[0].Resources.Font.values():
        if font.DescendantFonts[0].Subtype == "/CIDFontType0":
            return font
    raise AssertionError("no CFF font")


# --- lists of what is in a font


@broken("a list of characters that lacks some", "ua.31.cid-set")
def _(pdf: Any) -> None:
    pdf.pages[0].Resources.Font.f0.DescendantFonts[0].FontDescriptor.CIDSet.write(b"\x80\0\0")


@broken("a list of characters that names too many", "ua.31.cid-set-more")
def _(pdf: Any) -> None:
    pdf.pages[0].Resources.Font.f0.DescendantFonts[0].FontDescriptor.CIDSet.write(b"\xff" * 9000)


@broken("a list of a CFF font's characters that names too many", "ua.31.cid-set-more")
def _(pdf: Any) -> None:
    cff(pdf).DescendantFonts[0].FontDescriptor.CIDSet.write(b"\xff" * 9000)


def type1(pdf: Any, names: str, *, plain: bool = False, second: str = "B") -> Any:
    """A simple CFF font with a list of its glyphs; ``plain``: it alone says what they are."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.misc.psCharStrings import T2CharString

    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A", second])
    builder.setupCharacterMap({65: "A", 66: second})
    strings = {
        name: T2CharString(
            program=[600, 50, 0, "rmoveto", 700, "vlineto", 500, "hlineto", "endchar"]
        )
        for name in (".notdef", "A", second)
    }
    builder.setupCFF("Square", {}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(strings, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    data = builder.font["CFF "].compile(builder.font)
    program = pdf.make_stream(data, Subtype=Name.Type1C)
    made = simple_font(
        pdf, kind="Type1", unicode=None if plain else TO_UNICODE, FontFile3=program,
        CharSet=String(names),
    )  # fmt: skip
    if second != "B":
        made.Encoding = Dictionary(Differences=Array([65, Name.A, Name(f"/{second}")]))
    elif plain:
        del made.Encoding
    return made


@sound("a list of glyphs")
def _(pdf: Any) -> None:
    show(pdf, type1(pdf, "/A/B"))


@sound("names of glyphs that everybody knows")
def _(pdf: Any) -> None:
    show(pdf, type1(pdf, "/A/B", plain=True))


@broken("names of glyphs that nobody knows", "ua.31.unicode")
def _(pdf: Any) -> None:
    show(pdf, type1(pdf, "/A/square7", plain=True, second="square7"))


def drawn(pdf: Any, unicode: bytes | None, second: str) -> Any:
    """A font whose letters are little drawings."""
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 600, 700]), FirstChar=65, LastChar=66,
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), Widths=Array([600, 600]), Resources=Dictionary(),
        Encoding=Dictionary(Differences=Array([65, Name.A, Name(f"/{second}")])),
    )  # fmt: skip
    procedure = pdf.make_stream(b"600 0 0 0 600 700 d1 50 0 500 700 re f")
    font.CharProcs = Dictionary({"/A": procedure, f"/{second}": procedure})
    if unicode is not None:
        font.ToUnicode = pdf.make_stream(unicode)
    return pdf.make_indirect(font)


@sound("drawn letters that say what they are")
def _(pdf: Any) -> None:
    show(pdf, drawn(pdf, TO_UNICODE, "g1"))


@sound("drawn letters with names that everybody knows")
def _(pdf: Any) -> None:
    show(pdf, drawn(pdf, None, "B"))


@broken("drawn letters of which nobody knows what they are", "ua.31.unicode")
def _(pdf: Any) -> None:
    show(pdf, drawn(pdf, None, "g1"))


@broken("a list of glyphs that lacks one", "ua.31.char-set")
def _(pdf: Any) -> None:
    show(pdf, type1(pdf, "/A"))


@broken("a list of glyphs that names one too many", "ua.31.char-set-more")
def _(pdf: Any) -> None:
    show(pdf, type1(pdf, "/A/B/C"))


# --- simple TrueType fonts


@broken("a plain font without a map for plain letters", "ua.31.no-map")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, program=truetype(((0, 4),))))


@broken("a letter that is not in the font's map", "ua.31.lookup", also=("ua.31.notdef",))
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf), b"(C)")


@broken("a plain font without an encoding", "ua.31.encoding-missing")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, encoding=None))


@broken("an encoding that is based on nothing", "ua.31.encoding-base")
def _(pdf: Any) -> None:
    held = Dictionary(Differences=Array([65, Name.A, Name.B]))
    show(pdf, simple_font(pdf, encoding=held, unicode=TO_UNICODE))


@broken("an encoding that is not allowed", "ua.31.encoding")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, encoding=Name.StandardEncoding, unicode=TO_UNICODE))


@broken("a base that is not allowed", "ua.31.encoding")
def _(pdf: Any) -> None:
    held = Dictionary(BaseEncoding=Name.MacExpertEncoding, Differences=Array([65, Name.A, Name.B]))
    show(pdf, simple_font(pdf, encoding=held, unicode=TO_UNICODE))


@sound("an encoding with differences")
def _(pdf: Any) -> None:
    held = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([66, Name.A]))
    show(pdf, simple_font(pdf, encoding=held, unicode=TO_UNICODE))


@broken("a glyph name that nobody knows", "ua.31.glyph-names")
def _(pdf: Any) -> None:
    held = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([90, Name.whoknows]))
    show(pdf, simple_font(pdf, encoding=held, unicode=TO_UNICODE))


@broken("differences without a Unicode map", "ua.31.unicode-map")
def _(pdf: Any) -> None:
    held = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([66, Name.A]))
    program = truetype(((1, 0),))
    show(pdf, simple_font(pdf, program=program, encoding=held, unicode=TO_UNICODE))


@broken("symbols with an encoding", "ua.31.symbolic-encoding")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, program=truetype(((3, 0),)), symbolic=True, unicode=TO_UNICODE))


@broken("symbols without a map", "ua.31.symbolic-no-map")
def _(pdf: Any) -> None:
    font = simple_font(pdf, program=truetype(()), symbolic=True, encoding=None, unicode=BYTES)
    font.FirstChar, font.LastChar = 2, 3
    show(pdf, font, b"<0203>")


BYTES = TO_UNICODE.replace(b"<41>", b"<02>").replace(b"<42>", b"<03>")


@broken("symbols with two maps for letters", "ua.31.symbolic-maps")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, symbolic=True, encoding=None, unicode=TO_UNICODE))


# --- which characters


@broken("letters of which nobody knows what they are", "ua.31.unicode")
def _(pdf: Any) -> None:
    del pdf.pages[0].Resources.Font.f0.ToUnicode


@broken("symbols of which nobody knows what they are", "ua.31.unicode")
def _(pdf: Any) -> None:
    show(pdf, simple_font(pdf, program=truetype(((3, 0),)), symbolic=True, encoding=None))


@broken("a letter of which nobody knows what it is", "ua.10.unicode")
def _(pdf: Any) -> None:
    unicode = CID_UNICODE.replace(b"2 beginbfchar <0002> <0041>", b"1 beginbfchar")
    show(pdf, cid_font(pdf, ToUnicode=pdf.make_stream(unicode)), CID_TEXT)


@broken("a letter of number 0", "ua.31.unicode-zero")
def _(pdf: Any) -> None:
    unicode = CID_UNICODE.replace(b"<0041>", b"<0000>")
    show(pdf, cid_font(pdf, ToUnicode=pdf.make_stream(unicode)), CID_TEXT)


@broken("a letter that is a byte order mark", "ua.31.unicode-mark")
def _(pdf: Any) -> None:
    unicode = CID_UNICODE.replace(b"<0041>", b"<FEFF>")
    show(pdf, cid_font(pdf, ToUnicode=pdf.make_stream(unicode)), CID_TEXT)


@broken("a letter of private use", "pdfa.private")
def _(pdf: Any) -> None:
    private(pdf, b"/Span BMC")


@sound("a letter of private use with ActualText")
def _(pdf: Any) -> None:
    private(pdf, b"/Span <</ActualText (A)>> BDC")


def private(pdf: Any, mark: bytes) -> None:
    from tests.accessible.making import one, tagged

    unicode = CID_UNICODE.replace(b"<0041>", b"<E000>")
    pdf.pages[0].obj.Resources.Font.Own = cid_font(pdf, ToUnicode=pdf.make_stream(unicode))
    text = mark + b" BT 0 g /Own 10 Tf 30 30 Td " + CID_TEXT + b" Tj ET EMC"
    tagged(pdf, one(pdf, "Document"), text)
