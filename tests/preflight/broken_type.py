"""Broken: text, fonts and lines: too small, too thin, too near the knife, not embedded."""

from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name, String

from tests.preflight.good_base import HIGH, MARGIN, WIDE
from tests.preflight.spoiling import at, chapter, line, paint, rect, show

broken = chapter("type, fonts and lines")

BLACK = b"/GSf gs 0 0 0 1 k "
TINT = b"0.6 0.3 0 0 k " + rect(15, 120, 80, 40) + b"f\n"
NEWS = "朝市の広場"
EM = 25.4 / 72  # mm of a point


def place(size: float, x: float = 20, base: float = 130, count: int = 5) -> tuple[float, ...]:
    """Where that many full-width letters stand whose baseline begins there."""
    return x, base - 0.88 * size * EM, count * size * EM, size * EM


# --- lines

STROKE = b"/GSb gs 0 0 0 1 K "


def lined(before: bytes, path: bytes, after: bytes = b"S") -> Any:
    return lambda pdf: paint(pdf, 2, STROKE + before + path + after)


HERE = (20.0, 130.0, 40.0, 0.0)
PATH = line(20, 130, 40)

broken("a line of 0.05 pt", "pdf.line-invisible", 2, HERE)(lined(b"0.05 w ", PATH))
broken("a hairline of width 0", "pdf.line-invisible", 2, HERE)(lined(b"0 w ", PATH))
broken("a line of 0.28 pt", "pdf.line-thin", 2, HERE, warns=True)(lined(b"0.28 w ", PATH))


def squeezed(across: float, down: float) -> Any:
    """A line of 1 pt under a matrix that makes it thinner."""
    (x, y), (end, _) = at(20, 130), at(60, 130)
    points = (x / across, y / down, end / across, y / down)
    path = b"%.4f %.4f m %.4f %.4f l " % points
    return lined(b"%g 0 0 %g 0 0 cm 1 w " % (across, down), path)


broken("a line made thin by its matrix", "pdf.line-invisible", 2, HERE)(squeezed(0.1, 0.1))
broken("a line flattened on one side", "pdf.line-invisible", 2, HERE)(squeezed(1, 0.1))
broken("a line that is a narrow rectangle", "pdf.line-invisible", 2, HERE)(
    lambda pdf: paint(pdf, 2, b"/GSb gs 0 0 0 1 k " + rect(20, 130, 40, 0.1 * EM) + b"f")
)
broken("a dashed line of 0.1 pt", "pdf.line-invisible", 2, HERE)(lined(b"0.1 w [3 2] 0 d ", PATH))

# --- sizes


def typed(size: float, before: bytes = BLACK, matrix: float = 1, tint: bytes = b"") -> Any:
    def spoil(pdf: pikepdf.Pdf) -> None:
        paint(pdf, 2, tint + show(pdf, NEWS, size, 20, 130, matrix=matrix, before=before))

    return spoil


broken("text of 3 pt", "pdf.type-unprintable", 2, place(3))(typed(3))
broken("text of 5.5 pt", "pdf.type-small", 2, place(5.5), warns=True)(typed(5.5))
broken("text made small by Tm", "pdf.type-unprintable", 2, place(3.6))(typed(12, matrix=0.3))


@broken("text made small by cm", "pdf.type-unprintable", 2, place(4))
def _(pdf: pikepdf.Pdf) -> None:
    text = show(pdf, NEWS, 16, -MARGIN, HIGH + MARGIN)  # at the origin
    paint(pdf, 2, BLACK + b"0.25 0 0 0.25 %.4f %.4f cm " % at(20, 130) + text)


broken("small white text in a ground", "pdf.type-small", 2, place(6.5), warns=True)(
    typed(6.5, before=b"/GSn gs 0 0 0 0 k ", tint=TINT)
)

# --- near the knife


@broken("text 1 mm from the trim", "pdf.unsafe", 2, place(9, x=1), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, show(pdf, NEWS, 9, 1, 130, before=BLACK))


@broken("text that the knife cuts", "pdf.cut", 1, place(9, x=WIDE - 8, count=5))
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 1, show(pdf, "かわべ朝市", 9, WIDE - 8, 130, page=1, before=BLACK))


@broken("text outside the trim", "pdf.cut", 1, place(6, x=20, base=HIGH + 2.8, count=5))
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 1, show(pdf, "かわべ朝市", 6, 20, HIGH + 2.8, page=1, before=BLACK))


# --- fonts


def helvetica() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def said(size: float, words: bytes) -> bytes:
    x, y = at(20, 130)
    return BLACK + b"BT /Faulty %g Tf 1 0 0 1 %.4f %.4f Tm %s Tj ET" % (size, x, y, words)


@broken("a font that is not embedded", "pdf.font-missing", 2, (20, 127.8, 15, 3))
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, said(9, b"(Open 7-11)"), Font={"Faulty": helvetica()})


@broken("a Japanese font that is not embedded", "pdf.font-missing", 2, place(9, count=3))
def _(pdf: pikepdf.Pdf) -> None:
    system = Dictionary(Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=2)
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/Ryumin-Light"),
        CIDSystemInfo=system, DW=1000,
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/Ryumin-Light"), Flags=6, ItalicAngle=0,
            FontBBox=[-170, -331, 1024, 903], Ascent=723, Descent=-241, CapHeight=709, StemV=69,
        ),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Ryumin-Light-90ms-RKSJ-H"),
        Encoding=Name("/90ms-RKSJ-H"), DescendantFonts=Array([pdf.make_indirect(inner)]),
    )  # fmt: skip
    words = "朝市へ".encode("shift_jis").hex().encode()
    paint(pdf, 2, said(9, b"<%s>" % words), Font={"Faulty": pdf.make_indirect(font)})


TITLE = (24.0, 8.0, 72.0, 8.0)  # of page 1, in a font that page 2 uses as well


def emptied(data: bytes) -> bytes:
    """A TrueType font whose letters draw nothing but a space."""
    font = TTFont(BytesIO(data))
    glyphs = font["glyf"]
    for name in font.getGlyphOrder()[1:]:
        glyphs[name] = Glyph()
    out = BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def descendant(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[1].obj.Resources.Font.F1.DescendantFonts[0]


@broken("the program of a font is missing", "pdf.font-missing", 1, TITLE)
def _(pdf: pikepdf.Pdf) -> None:
    del descendant(pdf).FontDescriptor["/FontFile2"]


@broken("the program of a font is damaged", "pdf.font-broken", 1, TITLE)
def _(pdf: pikepdf.Pdf) -> None:
    program = descendant(pdf).FontDescriptor.FontFile2
    whole = program.read_bytes()
    program.write(whole[: len(whole) // 3])


@broken("the program of a font is another kind of file", "pdf.font-broken", 1, TITLE)
def _(pdf: pikepdf.Pdf) -> None:
    descendant(pdf).FontDescriptor.FontFile2.write(b"GIF89a" + bytes(4000))


@broken("letters that the font does not have", "pdf.notdef", 2, place(9, count=2))
def _(pdf: pikepdf.Pdf) -> None:
    x, y = at(20, 130)
    text = b"BT /F2 9 Tf 1 0 0 1 %.4f %.4f Tm <00000000> Tj ET" % (x, y)
    paint(pdf, 2, BLACK + text)


@broken("letters beyond the end of the font", "pdf.notdef", 2, place(9, count=2))
def _(pdf: pikepdf.Pdf) -> None:
    x, y = at(20, 130)
    text = b"BT /F2 9 Tf 1 0 0 1 %.4f %.4f Tm <7ff07ff1> Tj ET" % (x, y)
    paint(pdf, 2, BLACK + text)


@broken("letters that are in the font, but empty", "pdf.glyph-empty", 1, TITLE)
def _(pdf: pikepdf.Pdf) -> None:
    held = descendant(pdf)
    space = held.FontDescriptor.FontFile2
    space.write(emptied(space.read_bytes()))


@broken("an OpenType program in X-1a", "pdf.font-format", 1, TITLE)
def _(pdf: pikepdf.Pdf) -> None:
    held = descendant(pdf).FontDescriptor
    data = held.FontFile2.read_bytes()
    del held["/FontFile2"]
    held.FontFile3 = pdf.make_stream(data)
    held.FontFile3.Subtype = Name.OpenType


@broken("no encoding", "pdf.font-encoding", 1, TITLE)
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.Resources.Font.F1["/Encoding"]


@broken("no CIDToGIDMap", "pdf.cid-map", 1, TITLE)
def _(pdf: pikepdf.Pdf) -> None:
    del descendant(pdf)["/CIDToGIDMap"]


@broken("widths that are not those of the font", "pdf.font-widths", 1, (24.0, 8.0, 36.0, 8.0))
def _(pdf: pikepdf.Pdf) -> None:
    held = descendant(pdf)
    held.DW = 500
    held.W = Array([1, Array([500] * 15)])


@broken("text that cannot be copied: no ToUnicode", "pdf.font-unicode", 1, TITLE, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.Resources.Font.F1["/ToUnicode"]


@broken("a font of drawings (Type 3)", "pdf.font-type3", 2, (20, 125, 5, 5), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 10, 10],
        FontMatrix=[0.1, 0, 0, 0.1, 0, 0], Resources=Dictionary(),
        CharProcs=Dictionary(a=pdf.make_stream(b"10 0 0 0 10 10 d1 0 0 10 10 re f")),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        FirstChar=97, LastChar=97, Widths=[10],
    )  # fmt: skip
    text = said(5 / EM, b"(a)")
    paint(pdf, 2, text, Font={"Faulty": pdf.make_indirect(font)})


@broken("a font that content names and nobody has", "pdf.resource-missing", 2)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, said(9, b"(a)"))


@broken("text that is there twice, once unseen", "pdf.text-unseen", 2, place(9), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, show(pdf, NEWS, 9, 20, 130, before=BLACK + b"3 Tr "))
