"""Broken: content and structure, roles, nesting (checkpoints 01, 02, 09 and 30)."""

from typing import Any

from pikepdf import Array, Dictionary, Name, String

from tests.accessible.making import (
    broken,
    enter,
    one,
    paint,
    put,
    rewrite,
    rows,
    sound,
    tagged,
)

SQUARE = b"0 g 5 5 9 9 re f"


@sound("as it is")
def _(pdf: Any) -> None:
    pass


@sound("a new paragraph")
def _(pdf: Any) -> None:
    tagged(pdf, one(pdf, "Document"), SQUARE)


@broken("no structure tree", "ua.01.no-tree")
def _(pdf: Any) -> None:
    del pdf.Root.StructTreeRoot


@broken("it does not say that it is tagged", "ua.01.not-marked")
def _(pdf: Any) -> None:
    pdf.Root.MarkInfo.Marked = False


@broken("no MarkInfo", "ua.01.not-marked")
def _(pdf: Any) -> None:
    del pdf.Root.MarkInfo


@broken("suspects", "ua.01.suspects")
def _(pdf: Any) -> None:
    pdf.Root.MarkInfo.Suspects = True


@broken("an artifact inside content", "ua.01.artifact-inside")
def _(pdf: Any) -> None:
    tagged(pdf, one(pdf, "Document"), b"/Artifact BMC " + SQUARE + b" EMC")


@broken("content inside an artifact", "ua.01.inside-artifact")
def _(pdf: Any) -> None:
    rewrite(pdf, b"/Span<</MCID 0>>BDC", b"/Artifact BMC EMC /Artifact BMC /Span<</MCID 0>>BDC")
    rewrite(pdf, b"EMC/Span<</MCID 1>>BDC", b"EMC EMC/Span<</MCID 1>>BDC")


@broken("a sequence that does not end", "ua.01.unbalanced")
def _(pdf: Any) -> None:
    paint(pdf, b"/Artifact BMC " + SQUARE)


@broken("an end too many", "ua.01.unbalanced")
def _(pdf: Any) -> None:
    paint(pdf, b"EMC")


@broken("a shape without a mark", "ua.01.untagged")
def _(pdf: Any) -> None:
    paint(pdf, SQUARE)


@broken("text without a mark", "ua.01.untagged")
def _(pdf: Any) -> None:
    rewrite(pdf, b"/Artifact<</Attached[/Bottom]/Subtype/Footer/Type/Pagination>>BDC", b"/Span BMC")


@broken("a space without a mark", "ua.01.untagged")
def _(pdf: Any) -> None:
    font, codes = spaced(pdf)
    paint(pdf, b"BT %s 10 Tf 9 9 Td %s Tj ET" % (font, codes))


def spaced(pdf: Any) -> tuple[bytes, bytes]:
    """A font and its code of a space."""
    for name, font in pdf.pages[0].Resources.Font.items():
        text = font.ToUnicode.read_bytes()
        for line in text.splitlines():
            if line.strip().endswith(b"<0020>"):
                return name.encode(), line.split()[0]
    raise AssertionError("no space")


@broken("a shape that no element holds", "ua.01.unclaimed")
def _(pdf: Any) -> None:
    paint(pdf, b"/P <</MCID 999>> BDC " + SQUARE + b" EMC")


@broken("a number used twice", "ua.01.mcid-twice")
def _(pdf: Any) -> None:
    paint(pdf, b"/Span <</MCID 0>> BDC " + SQUARE + b" EMC")


@broken("content of two elements", "ua.01.mcid-shared")
def _(pdf: Any) -> None:
    put(pdf, one(pdf, "Document"), "P", 0, Pg=pdf.pages[0].obj)


@broken("an element without its content", "ua.01.mcid-missing")
def _(pdf: Any) -> None:
    put(pdf, one(pdf, "Document"), "P", 997, Pg=pdf.pages[0].obj)


@broken("an element of content on a page that is not there", "ua.01.mcid-missing")
def _(pdf: Any) -> None:
    reference = Dictionary(Type=Name.MCR, MCID=500, Pg=pdf.pages[1].obj)
    put(pdf, one(pdf, "Document"), "P", reference)


@broken("the way back leads elsewhere", "ua.01.parent-tree")
def _(pdf: Any) -> None:
    rows(pdf)[int(pdf.pages[0].StructParents)][0] = one(pdf, "Table")


@broken("the way back is too short", "ua.01.parent-tree")
def _(pdf: Any) -> None:
    del rows(pdf)[int(pdf.pages[1].StructParents)][1:]


@broken("a page without a way back", "ua.01.struct-parents")
def _(pdf: Any) -> None:
    del pdf.pages[1].StructParents


@broken("a page whose way back is not there", "ua.01.struct-parents")
def _(pdf: Any) -> None:
    pdf.pages[1].StructParents = 990


@broken("a text among the elements", "ua.01.tree-broken")
def _(pdf: Any) -> None:
    one(pdf, "Document").K.append(String("x"))


@broken("a reference to nothing", "ua.01.tree-broken")
def _(pdf: Any) -> None:
    one(pdf, "Document").K.append(Dictionary(Type=Name.OBJR))


@broken("an element with another parent", "ua.01.tree-parent")
def _(pdf: Any) -> None:
    one(pdf, "H2").P = one(pdf, "Table")


@broken("an element in two places", "ua.01.tree-shared")
def _(pdf: Any) -> None:
    one(pdf, "Document").K.append(one(pdf, "H2"))


@broken("an element inside itself", "ua.01.tree-shared")
def _(pdf: Any) -> None:
    one(pdf, "L").K.append(one(pdf, "L"))


# --- forms


def form(pdf: Any, times: int) -> None:
    document = one(pdf, "Document")
    made = put(pdf, document, "P")
    key = enter(pdf, Array([made]))
    stream = pdf.make_stream(
        b"/P <</MCID 0>> BDC " + SQUARE + b" EMC",
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]), StructParents=key,
        Resources=Dictionary(),
    )  # fmt: skip
    page = pdf.pages[0].obj
    page.Resources.XObject.Fm = stream
    made.K = Array([Dictionary(Type=Name.MCR, MCID=0, Pg=page, Stm=page.Resources.XObject.Fm)])
    paint(pdf, b"/Fm Do " * times)


@sound("content in a form")
def _(pdf: Any) -> None:
    form(pdf, 1)


@broken("content in a form that is painted twice", "ua.30.form-twice")
def _(pdf: Any) -> None:
    form(pdf, 2)


@sound("an ornament painted twice")
def _(pdf: Any) -> None:
    page = pdf.pages[0].obj
    page.Resources.XObject.Fm = pdf.make_stream(
        SQUARE, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99])
    )
    paint(pdf, b"/Artifact BMC /Fm Do /Fm Do EMC")


@broken("a page of another file", "ua.30.reference")
def _(pdf: Any) -> None:
    page = pdf.pages[0].obj
    page.Resources.XObject.Fm = pdf.make_stream(
        SQUARE, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]),
        Ref=Dictionary(F=String("other.pdf"), Page=0),
    )  # fmt: skip
    paint(pdf, b"/Artifact BMC /Fm Do EMC")


# --- roles


@broken("a tag that stands for nothing", "ua.02.unknown")
def _(pdf: Any) -> None:
    one(pdf, "P").S = Name("/Absatz")


@sound("a tag that stands for a paragraph")
def _(pdf: Any) -> None:
    one(pdf, "P").S = Name("/Absatz")
    pdf.Root.StructTreeRoot.RoleMap.Absatz = Name("/Text")
    pdf.Root.StructTreeRoot.RoleMap.Text = Name("/P")


@broken("a role that leads to itself", "ua.02.circular")
def _(pdf: Any) -> None:
    one(pdf, "P").S = Name("/Absatz")
    pdf.Root.StructTreeRoot.RoleMap.Absatz = Name("/Text")
    pdf.Root.StructTreeRoot.RoleMap.Text = Name("/Absatz")


@broken("a standard tag with another role", "ua.02.standard")
def _(pdf: Any) -> None:
    pdf.Root.StructTreeRoot.RoleMap.P = Name("/Span")


# --- nesting


@broken("a paragraph for a cell", "ua.09.table")
def _(pdf: Any) -> None:
    one(pdf, "TD", -1).S = Name.P


@broken("a row in the text", "ua.09.table")
def _(pdf: Any) -> None:
    tagged(pdf, one(pdf, "Document"), SQUARE, "TR")


@broken("a cell right in the table's body", "ua.09.table")
def _(pdf: Any) -> None:
    one(pdf, "TR", -1).S = Name.TD


@broken("content right in a row", "ua.09.table")
def _(pdf: Any) -> None:
    row = one(pdf, "TR", -1)
    cell = one(pdf, "TD", -1)
    number = tagged(pdf, cell, SQUARE)
    cell.K = Array(list(cell.K)[:-1])
    row.K.append(Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=number.K[0]))
    rows(pdf)[int(pdf.pages[0].StructParents)][int(number.K[0])] = row


@broken("two heads of a table", "ua.09.table-parts")
def _(pdf: Any) -> None:
    body = one(pdf, "TBody")
    rest = list(body.K)
    rest[0].P = put(pdf, one(pdf, "Table"), "THead", rest[0], at=2)
    body.K = Array(rest[1:])


@broken("a table without a body", "ua.09.table-parts")
def _(pdf: Any) -> None:
    one(pdf, "TBody").S = Name.TFoot


@broken("a caption in the middle", "ua.09.caption")
def _(pdf: Any) -> None:
    table = one(pdf, "Table")
    kids = list(table.K)
    kids[0], kids[1] = kids[1], kids[0]
    table.K = Array(kids)


@sound("a caption behind the table")
def _(pdf: Any) -> None:
    table = one(pdf, "Table")
    kids = list(table.K)
    table.K = Array([*kids[1:], kids[0]])


@broken("a paragraph for an item's body", "ua.09.list")
def _(pdf: Any) -> None:
    one(pdf, "LBody").S = Name.P


@broken("an item in the text", "ua.09.list")
def _(pdf: Any) -> None:
    one(pdf, "Document").K.append(item := one(pdf, "LI"))
    item.P.K = Array([each for each in item.P.K if each.objgen != item.objgen])
    item.P = one(pdf, "Document")


@broken("content right in an item", "ua.09.list")
def _(pdf: Any) -> None:
    one(pdf, "LBody").S = Name.NonStruct


@sound("groups without a meaning around rows")
def _(pdf: Any) -> None:
    body = one(pdf, "TBody")
    kept = list(body.K)
    body.K = Array([])
    group = put(pdf, body, "NonStruct", *kept)
    for row in kept:
        row.P = group


@broken("a paragraph in a table of contents", "ua.09.toc")
def _(pdf: Any) -> None:
    one(pdf, "TOCI").S = Name.P


@broken("an entry outside of a table of contents", "ua.09.toc")
def _(pdf: Any) -> None:
    tagged(pdf, one(pdf, "Document"), SQUARE, "TOCI")


@broken("a base without its ruby", "ua.09.ruby")
def _(pdf: Any) -> None:
    one(pdf, "Quote").S = Name.RB


@sound("a ruby")
def _(pdf: Any) -> None:
    ruby = put(pdf, one(pdf, "P"), "Ruby")
    tagged(pdf, ruby, SQUARE, "RB")
    tagged(pdf, ruby, SQUARE, "RT")


@sound("a ruby with brackets")
def _(pdf: Any) -> None:
    ruby = put(pdf, one(pdf, "P"), "Ruby")
    for part in ("RB", "RP", "RT", "RP"):
        tagged(pdf, ruby, SQUARE, part)


@broken("a ruby without a base", "ua.09.ruby-order")
def _(pdf: Any) -> None:
    tagged(pdf, put(pdf, one(pdf, "P"), "Ruby"), SQUARE, "RT")


@broken("a ruby before its base", "ua.09.ruby-order")
def _(pdf: Any) -> None:
    ruby = put(pdf, one(pdf, "P"), "Ruby")
    tagged(pdf, ruby, SQUARE, "RT")
    tagged(pdf, ruby, SQUARE, "RB")


@broken("words right in a ruby", "ua.09.ruby")
def _(pdf: Any) -> None:
    one(pdf, "Quote").S = Name.Ruby


@sound("a warichu")
def _(pdf: Any) -> None:
    held = put(pdf, one(pdf, "P"), "Warichu")
    for part in ("WP", "WT", "WP"):
        tagged(pdf, held, SQUARE, part)


@broken("a part without its warichu", "ua.09.warichu")
def _(pdf: Any) -> None:
    one(pdf, "Quote").S = Name.WT


@broken("a warichu that does not end", "ua.09.warichu-order")
def _(pdf: Any) -> None:
    held = put(pdf, one(pdf, "P"), "Warichu")
    tagged(pdf, held, SQUARE, "WP")
    tagged(pdf, held, SQUARE, "WT")
