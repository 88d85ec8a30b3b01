"""Broken: languages, figures, headings, tables, lists, notes (checkpoints 11 to 19)."""

from typing import Any

from pikepdf import Array, Dictionary, Name, String

from tests.accessible.making import broken, edit_xmp, one, put, sound, tagged

LANGUAGES = ("ua.11.text", "ua.11.alt", "ua.11.outline", "ua.11.contents", "ua.11.metadata")


def others(code: str) -> tuple[str, ...]:
    return tuple(each for each in LANGUAGES if each != code)


# --- languages


@broken("a language that is none", "ua.11.tag")
def _(pdf: Any) -> None:
    pdf.Root.Lang = String("日本語")


@broken("an element's language that is none", "ua.11.tag")
def _(pdf: Any) -> None:
    one(pdf, "P").Lang = String("ja_JP")


@broken("no language at all", "ua.11.text", also=others("ua.11.text"))
def _(pdf: Any) -> None:
    del pdf.Root.Lang


def parts(pdf: Any, *, title: bool, outlines: bool) -> None:
    """No language of the file, but one of its content, and of the title if it is wanted."""
    del pdf.Root.Lang
    one(pdf, "Document").Lang = String("ja")
    if title:
        edit_xmp(pdf, "x-default", "ja")
    if not outlines:
        del pdf.Root.Outlines


@sound("every part has its language")
def _(pdf: Any) -> None:
    parts(pdf, title=True, outlines=False)


@broken("bookmarks without a language", "ua.11.outline")
def _(pdf: Any) -> None:
    parts(pdf, title=True, outlines=True)


@broken("a title without a language", "ua.11.metadata")
def _(pdf: Any) -> None:
    parts(pdf, title=False, outlines=False)


@broken("a paragraph without a language", "ua.11.text")
def _(pdf: Any) -> None:
    parts(pdf, title=True, outlines=False)
    one(pdf, "Document").Lang = String("")
    for kid in one(pdf, "Document").K:
        if kid.S != "/P" or kid.objgen == one(pdf, "P").objgen:
            kid.Lang = String("ja")


@broken("a figure's words without a language", "ua.11.alt")
def _(pdf: Any) -> None:
    parts(pdf, title=True, outlines=False)
    del one(pdf, "Document").Lang
    for kid in one(pdf, "Document").K:
        kid.Lang = String("ja")
    tall = one(pdf, "Figure").P
    del tall.Lang
    for kid in tall.K:
        if kid.S != "/Figure":
            kid.Lang = String("ja")


@broken("a link's words without a language", "ua.11.contents")
def _(pdf: Any) -> None:
    parts(pdf, title=True, outlines=False)
    del one(pdf, "Document").Lang
    for kid in one(pdf, "Document").K:
        kid.Lang = String("ja")
    paragraph = next(each for each in one(pdf, "Document").K if each.S == "/TOC")
    del paragraph.Lang
    spoken(pdf, paragraph)


def spoken(pdf: Any, held: Any) -> None:
    """The text has its language by Span, the link has none."""
    import re

    from tests.preflight.spoiling import content_of

    content = content_of(pdf, 1)
    for number in range(1, 13):
        mark = b"/Span<</MCID %d>>BDC" % number
        assert mark in content
        content = content.replace(mark, b"/Span<</MCID %d/Lang(ja)>>BDC" % number)
    assert re.search(rb"/Lang\(ja\)", content)
    pdf.pages[0].obj.Contents = pdf.make_stream(content)


@broken("a field's words without a language", "ua.11.field", also=LANGUAGES)
def _(pdf: Any) -> None:
    del pdf.Root.Lang
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name"), TU=String("お名前")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


# --- figures and formulas


@broken("a figure without words", "ua.13.alt")
def _(pdf: Any) -> None:
    del one(pdf, "Figure").Alt


@broken("a figure with empty words", "ua.13.alt")
def _(pdf: Any) -> None:
    one(pdf, "Figure").Alt = String(" ")


@sound("a figure with ActualText")
def _(pdf: Any) -> None:
    del one(pdf, "Figure").Alt
    one(pdf, "Figure").ActualText = String("赤")


@broken("a figure without its place", "ua.13.box", warns=True)
def _(pdf: Any) -> None:
    del one(pdf, "Figure").A


@broken("a formula without words", "ua.17.alt")
def _(pdf: Any) -> None:
    del one(pdf, "Formula").Alt


# --- headings


@broken("the first heading is H2", "ua.14.first")
def _(pdf: Any) -> None:
    one(pdf, "H1").S = Name.H2


@broken("a level is skipped", "ua.14.skipped")
def _(pdf: Any) -> None:
    one(pdf, "H2").S = Name.H4


@sound("back by two levels")
def _(pdf: Any) -> None:
    one(pdf, "H2", -1).S = Name.H1


@sound("a level beyond six")
def _(pdf: Any) -> None:
    for level in range(3, 9):
        tagged(pdf, one(pdf, "Document"), b"0 g 5 5 9 9 re f", f"H{level}")


@broken("two kinds of headings", "ua.14.mixed")
def _(pdf: Any) -> None:
    one(pdf, "H2", -1).S = Name.H


@broken("two headings of a node", "ua.14.several")
def _(pdf: Any) -> None:
    for kind, count in (("H1", 2), ("H2", 2), ("H3", 1)):
        for _ in range(count):
            one(pdf, kind).S = Name.H


# --- tables


@broken("header cells without a scope", "ua.15.scope")
def _(pdf: Any) -> None:
    spoil_cells(pdf)


def spoil_cells(pdf: Any) -> None:
    for place in range(3):
        one(pdf, "TH", place).A = Array([])
    for place in range(5):
        cell = one(pdf, "TD", place)
        for each in cell.A:
            if "/Headers" in each:
                del each["/Headers"]


@broken("headers that are not in the table", "ua.15.headers")
def _(pdf: Any) -> None:
    one(pdf, "TD").A = Array([Dictionary(O=Name.Table, Headers=Array([String("nowhere")]))])


@sound("header cells that are named instead of a scope")
def _(pdf: Any) -> None:
    for place in range(3):
        one(pdf, "TH", place).A = Array([])


@broken("a row that is too short", "ua.15.grid")
def _(pdf: Any) -> None:
    for each in one(pdf, "TD", 3).A:
        if "/ColSpan" in each:
            del each["/ColSpan"]


@broken("cells over one another", "ua.15.grid")
def _(pdf: Any) -> None:
    one(pdf, "TD", 1).A = Array([Dictionary(O=Name.Table, RowSpan=2)])


@broken("a cell that reaches beyond the last row", "ua.15.grid")
def _(pdf: Any) -> None:
    one(pdf, "TD", 4).A = Array([Dictionary(O=Name.Table, RowSpan=2)])


@sound("attributes in a class")
def _(pdf: Any) -> None:
    cell = one(pdf, "TD", 3)
    kept = list(cell.A)
    del cell.A
    cell.C = Name.Wide
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(Wide=Array(kept))


# --- lists and notes


@broken("a list that does not say how it is numbered", "ua.16.numbering", warns=True)
def _(pdf: Any) -> None:
    del one(pdf, "L").A


@broken("a note without an ID", "ua.19.id")
def _(pdf: Any) -> None:
    del one(pdf, "Note").ID


@broken("two notes of one ID", "ua.19.id-twice")
def _(pdf: Any) -> None:
    one(pdf, "Note", 1).ID = one(pdf, "Note").ID


@sound("a section")
def _(pdf: Any) -> None:
    tagged(pdf, put(pdf, one(pdf, "Document"), "Sect"), b"0 g 5 5 9 9 re f")
