"""Broken: metadata, display, layers, attachments, locks, annotations (06, 07, 20 to 28)."""

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.accessible.making import (
    BASE,
    annotate,
    broken,
    edit_xmp,
    enter,
    one,
    put,
    sound,
    tagged,
)

SQUARE = b"0 g 5 5 9 9 re f"

# --- what it says of itself


@broken("no metadata", "ua.06.missing")
def _(pdf: Any) -> None:
    del pdf.Root.Metadata


@broken("metadata that are cut off", "ua.06.broken")
def _(pdf: Any) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes()[:500])


@broken("no PDF/UA in the metadata", "ua.06.identifier")
def _(pdf: Any) -> None:
    edit_xmp(pdf, r"<pdfuaid:part>1</pdfuaid:part>", "")


@broken("PDF/UA-2 in the metadata", "ua.06.identifier")
def _(pdf: Any) -> None:
    edit_xmp(pdf, r"<pdfuaid:part>1<", "<pdfuaid:part>2<")


@broken("another prefix", "ua.06.prefix")
def _(pdf: Any) -> None:
    edit_xmp(pdf, r"(<|</|xmlns:)pdfuaid", r"\1universal")


@broken("no title in the metadata", "ua.06.title")
def _(pdf: Any) -> None:
    edit_xmp(pdf, r"<dc:title>.*</dc:title>", "")
    del pdf.docinfo["/Title"]


@broken("nothing about the window's title", "ua.07.missing")
def _(pdf: Any) -> None:
    del pdf.Root.ViewerPreferences.DisplayDocTitle


@broken("the window shows the file's name", "ua.07.false")
def _(pdf: Any) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


# --- layers, attachments


def layers(pdf: Any, configs: Any = None, **usual: Any) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("絵")))
    held = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer]), **usual))
    if configs is not None:
        held.Configs = Array([configs])
    pdf.Root.OCProperties = held


@sound("layers")
def _(pdf: Any) -> None:
    layers(pdf, Dictionary(Name=String("別")), Name=String("ふつう"))


@broken("layers without a name of their setting", "ua.20.name")
def _(pdf: Any) -> None:
    layers(pdf)


@broken("another setting of layers without a name", "ua.20.config-name")
def _(pdf: Any) -> None:
    layers(pdf, Dictionary(Name=String("")), Name=String("ふつう"))


@broken("layers that switch by themselves", "ua.20.automatic")
def _(pdf: Any) -> None:
    layers(pdf, Name=String("ふつう"), AS=Array([]))


def attach(pdf: Any, data: bytes, **names: Any) -> Any:
    stream = pdf.make_stream(data, Type=Name.EmbeddedFile)
    held = pdf.make_indirect(Dictionary(Type=Name.Filespec, EF=Dictionary(F=stream), **names))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), held])))
    return held


@sound("an attached file that is PDF/A")
def _(pdf: Any) -> None:
    attach(pdf, BASE, F=String("a.pdf"), UF=String("a.pdf"))


@broken("an attached file with half a name", "ua.21.names")
def _(pdf: Any) -> None:
    attach(pdf, BASE, F=String("a.pdf"))


@broken("an attached file of another kind", "pdfa.attachment")
def _(pdf: Any) -> None:
    attach(pdf, b"1,2,3\n", F=String("a.csv"), UF=String("a.csv"))


# --- forms, locks


@broken("a form that makes its pages anew", "ua.25.dynamic", alone=True)
def _(pdf: Any) -> None:
    packet = pdf.make_stream(b"<config><dynamicRender>required</dynamicRender></config>")
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=packet)


def locked(pdf: Any, accessibility: bool) -> bytes:
    out = BytesIO()
    allow = pikepdf.Permissions(accessibility=accessibility, extract=False)
    pdf.save(
        out,
        encryption=pikepdf.Encryption(
            owner="o", user="", R=3, aes=False, metadata=False, allow=allow
        ),
        compress_streams=False,
    )
    return out.getvalue()


@broken("a lock that keeps readers out", "ua.26.refused", raw=True, alone=True)
def _(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        return locked(pdf, False)


@sound("a lock that lets readers in", raw=True, alone=True)
def _(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        return locked(pdf, True)


@broken("a lock", "pdfa.encrypted", raw=True)
def _(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        return locked(pdf, True)


# --- links and tabs


@broken("a page without an order of tabs", "ua.28.tabs-missing")
def _(pdf: Any) -> None:
    del pdf.pages[0].Tabs


@broken("tabs by rows", "ua.28.tabs")
def _(pdf: Any) -> None:
    pdf.pages[0].Tabs = Name.R


@broken("a link that no element holds", "ua.28.link")
def _(pdf: Any) -> None:
    link = one(pdf, "Link")
    link.K = Array([kid for kid in link.K if isinstance(kid, int)])


@broken("a link in a paragraph", "ua.28.link")
def _(pdf: Any) -> None:
    annotate(pdf, "Link", inside="P", A=Dictionary(S=Name.URI, URI=String("https://example.org")))


@sound("a link")
def _(pdf: Any) -> None:
    annotate(
        pdf, "Link", inside="Link", A=Dictionary(S=Name.URI, URI=String("https://example.org"))
    )


@sound("a hidden link that no element holds", alone=True)
def _(pdf: Any) -> None:
    annotate(pdf, "Link", inside="").F = 6


@sound("a link beside the page")
def _(pdf: Any) -> None:
    annotate(pdf, "Link", inside="").Rect = Array([-90, -90, -80, -80])


@broken("a link that says nothing", "ua.28.link-contents")
def _(pdf: Any) -> None:
    del pdf.pages[0].Annots[0].Contents


@broken("a link whose way back leads nowhere", "ua.28.way-back")
def _(pdf: Any) -> None:
    pdf.pages[0].Annots[0].StructParent = 990


@broken("a link without a way back", "ua.28.way-back")
def _(pdf: Any) -> None:
    del pdf.pages[0].Annots[0].StructParent


# --- fields


def field(pdf: Any, inside: str = "Form", **more: Any) -> Any:
    held = annotate(pdf, "Widget", inside=inside, FT=Name.Tx, T=String("name"), **more)
    pdf.Root.AcroForm = Dictionary(Fields=Array([held]))
    return held


@sound("a field")
def _(pdf: Any) -> None:
    field(pdf, TU=String("お名前"))


@sound("a field whose parent has the prompt")
def _(pdf: Any) -> None:
    held = field(pdf)
    held.Parent = pdf.make_indirect(
        Dictionary(T=String("x"), TU=String("お名前"), Kids=Array([held]))
    )


@broken("a field in a paragraph", "ua.28.form")
def _(pdf: Any) -> None:
    field(pdf, "P", TU=String("お名前"))


@broken("a field without a prompt", "ua.28.field")
def _(pdf: Any) -> None:
    field(pdf)


# --- other annotations


@sound("a note of a reader")
def _(pdf: Any) -> None:
    annotate(pdf, "Text")


@broken("a note that no element holds", "ua.28.annotation")
def _(pdf: Any) -> None:
    annotate(pdf, "Text", inside="")


@broken("a note in a Span", "ua.28.annotation")
def _(pdf: Any) -> None:
    annotate(pdf, "Text", inside="Span")


@broken("a stamp that says nothing", "ua.28.contents")
def _(pdf: Any) -> None:
    del annotate(pdf, "Stamp").Contents


@broken("an annotation of an unknown kind", "ua.28.unknown", alone=True)
def _(pdf: Any) -> None:
    annotate(pdf, "Hologram", inside="")


@broken("a trap network", "ua.28.trapnet")
def _(pdf: Any) -> None:
    annotate(pdf, "TrapNet", inside="")


def printed(pdf: Any, content: bytes) -> Any:
    held = annotate(pdf, "PrinterMark", inside="")
    held.AP.N.write(content)
    return held


@sound("a printer's mark")
def _(pdf: Any) -> None:
    printed(pdf, b"q /Artifact BMC " + SQUARE + b" EMC Q")


@broken("a printer's mark in the structure", "ua.28.printer-mark")
def _(pdf: Any) -> None:
    held = printed(pdf, b"/Artifact BMC " + SQUARE + b" EMC")
    held.StructParent = enter(pdf, one(pdf, "Document"))


@broken("a printer's mark that is no artifact", "ua.28.printer-mark-content")
def _(pdf: Any) -> None:
    printed(pdf, SQUARE)


def film(pdf: Any, **more: Any) -> None:
    clip = Dictionary(S=Name.MCD, D=String("film"), **more)
    rendition = Dictionary(S=Name.MR, C=clip)
    annotate(pdf, "Screen", A=Dictionary(S=Name.Rendition, R=rendition))


TYPE = {"CT": String("video/mp4")}
WORDS = {"Alt": Array([String(""), String("朝市の様子")])}


@sound("a film", alone=True)
def _(pdf: Any) -> None:
    film(pdf, **TYPE, **WORDS)


@broken("a film of no kind", "ua.28.media-type", alone=True)
def _(pdf: Any) -> None:
    film(pdf, **WORDS)


@broken("a film without words", "ua.28.media-alt", alone=True)
def _(pdf: Any) -> None:
    film(pdf, **TYPE)


@broken("a file attached to the page, with half a name", "ua.28.attachment")
def _(pdf: Any) -> None:
    stream = pdf.make_stream(b"x", Type=Name.EmbeddedFile)
    held = Dictionary(Type=Name.Filespec, EF=Dictionary(F=stream), F=String("a.pdf"))
    annotate(pdf, "FileAttachment", FS=held)


@sound("more text")
def _(pdf: Any) -> None:
    tagged(pdf, put(pdf, one(pdf, "Document"), "Sect"), SQUARE)
