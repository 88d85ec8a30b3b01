"""Broken: PDF/A-2 (ISO 19005-2)."""

import re
import zlib
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.accessible.making import annotate, broken, edit_xmp, paint, sound
from tests.preflight.spoiling import changed, swapped, updated

ART = b"/Artifact BMC %s EMC"
SQUARE = b"5 5 9 9 re f"


def art(pdf: Any, content: bytes, **resources: Any) -> None:
    held = pdf.pages[0].obj.Resources
    for category, entries in resources.items():
        if f"/{category}" not in held:
            held[f"/{category}"] = Dictionary()
        for key, value in entries.items():
            held[f"/{category}"][f"/{key}"] = value
    paint(pdf, b"q " + ART % content + b" Q")


@broken("another part of PDF/A", "pdfa.claim", raw=True)
def _(data: bytes) -> bytes:
    def spoil(pdf: Any) -> None:
        edit_xmp(pdf, r"<pdfaid:conformance>A<", "<pdfaid:conformance>Z<")

    return changed(data, spoil)


@broken("a header without bytes that are no text", "pdfa.header", raw=True)
def _(data: bytes) -> bytes:
    at = data.index(b"\n%") + 2
    return data[:at] + b"abcd" + data[at + 4 :]


@broken("no ID", "pdfa.id", raw=True)
def _(data: bytes) -> bytes:
    return swapped(changed(data, lambda pdf: None), b"/ID [", b"/XD [")


@broken("words behind the end", "pdfa.trailing", raw=True)
def _(data: bytes) -> bytes:
    return data + b"<!-- served -->\n"


@broken("a pointer beside the table", "pdfa.damaged", raw=True)
def _(data: bytes) -> bytes:
    start = re.findall(rb"startxref\s+(\d+)", data)[-1]
    return swapped(data, b"startxref\n" + start, b"startxref\n" + b"7" * len(start))


@broken("a stream in another file", "pdfa.external")
def _(pdf: Any) -> None:
    picture(pdf, F=String("other.png"))


def picture(pdf: Any, data: bytes = b"\x7f", **more: Any) -> Any:
    entries = {
        "Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1,
        "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray, **more,
    }  # fmt: skip
    made = pdf.make_stream(data, **entries)
    art(pdf, b"9 0 0 9 5 5 cm /Own Do", XObject={"Own": made})
    return made


@sound("a picture")
def _(pdf: Any) -> None:
    picture(pdf)


@broken("LZW", "pdfa.filter")
def _(pdf: Any) -> None:
    made = picture(pdf)
    made.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)


@broken("LZW in a picture inside the content", "pdfa.filter")
def _(pdf: Any) -> None:
    art(pdf, b"9 0 0 9 5 5 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID \x80\x1f\xe0\x40 EI")


@broken("requirements", "pdfa.catalog")
def _(pdf: Any) -> None:
    pdf.Root.Requirements = Array([])


@broken("other presentations", "pdfa.catalog")
def _(pdf: Any) -> None:
    pdf.Root.Names = Dictionary(AlternatePresentations=Dictionary())


@broken("steps of a page", "pdfa.catalog")
def _(pdf: Any) -> None:
    pdf.pages[0].PresSteps = Dictionary()


@broken("an old head of the metadata", "pdfa.xmp-head")
def _(pdf: Any) -> None:
    edit_xmp(pdf, r"<\?xpacket begin=", '<?xpacket bytes="2000" begin=')


@broken("compressed metadata", "pdfa.xmp-packed", warns=True, raw=True)
def _(data: bytes) -> bytes:
    """Every writer unpacks them, so they are packed by hand, behind the end."""
    plain = changed(data, lambda pdf: None)
    with pikepdf.open(BytesIO(plain)) as pdf:
        number = pdf.Root.Metadata.objgen[0]
        packed = zlib.compress(pdf.Root.Metadata.read_bytes())
    head = b"<< /Type /Metadata /Subtype /XML /Filter /FlateDecode /Length %d >>" % len(packed)
    return updated(plain, number, head + b"\nstream\n" + packed + b"\nendstream")


@broken("an entry of the metadata that nobody describes", "pdfa.extension")
def _(pdf: Any) -> None:
    edit_xmp(
        pdf, "<dc:title>", '<own:word xmlns:own="https://example.org/ns/">x</own:word><dc:title>'
    )


@broken("two titles", "pdfa.info-differs", warns=True)
def _(pdf: Any) -> None:
    pdf.docinfo["/Title"] = "別の題名"


@broken("two dates", "pdfa.info-differs", warns=True)
def _(pdf: Any) -> None:
    pdf.docinfo["/ModDate"] = "D:20200101000000Z"


# --- painting


@broken("two output intents", "pdfa.intent-several")
def _(pdf: Any) -> None:
    first = pdf.Root.OutputIntents[0]
    other = pikepdf.Dictionary(dict(first.items()))
    data = first.DestOutputProfile.read_bytes()
    other.DestOutputProfile = pdf.make_stream(data, N=3)
    pdf.Root.OutputIntents.append(other)


@broken("an output intent of no sound profile", "pdfa.intent-profile")
def _(pdf: Any) -> None:
    first = pdf.Root.OutputIntents[0]
    space(pdf)
    data = first.DestOutputProfile.read_bytes()
    first.DestOutputProfile = pdf.make_stream(data[:36] + b"xxxx" + data[40:], N=3)


def space(pdf: Any) -> None:
    """Colours of pages that do not need the output intent."""
    profile = pdf.make_stream(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes(), N=3)
    held = Array([Name.ICCBased, pdf.make_indirect(profile)])
    for page in pdf.pages:
        resources = page.obj.Resources
        if "/ColorSpace" not in resources:
            resources.ColorSpace = Dictionary()
        resources.ColorSpace.DefaultRGB = held
        gray = Array([Name.CalGray, Dictionary(WhitePoint=Array([0.9505, 1, 1.089]))])
        resources.ColorSpace.DefaultGray = gray


@broken("CMYK beside an intent of RGB", "pdfa.colour")
def _(pdf: Any) -> None:
    art(pdf, b"0 0 0 1 k " + SQUARE)


@broken("RGB without an intent", "pdfa.colour")
def _(pdf: Any) -> None:
    del pdf.Root.OutputIntents
    art(pdf, b"1 0 0 rg " + SQUARE)


@sound("RGB with a default space")
def _(pdf: Any) -> None:
    space(pdf)
    del pdf.Root.OutputIntents
    art(pdf, b"1 0 0 rg " + SQUARE)


@broken("translucent without a space", "pdfa.transparency")
def _(pdf: Any) -> None:
    space(pdf)
    del pdf.Root.OutputIntents
    clear(pdf)


@sound("translucent with an intent")
def _(pdf: Any) -> None:
    clear(pdf)


@sound("translucent with a space of its own")
def _(pdf: Any) -> None:
    space(pdf)
    del pdf.Root.OutputIntents
    pdf.pages[0].Group = Dictionary(
        S=Name.Transparency, CS=pdf.pages[0].Resources.ColorSpace.DefaultRGB
    )
    clear(pdf)


def clear(pdf: Any) -> None:
    state = Dictionary(Type=Name.ExtGState, ca=0.5)
    art(pdf, b"/Own gs 0 g " + SQUARE, ExtGState={"Own": state})


@broken("an unknown way of blending", "pdfa.blend")
def _(pdf: Any) -> None:
    state = Dictionary(Type=Name.ExtGState, BM=Name.Glow)
    art(pdf, b"/Own gs 0 g " + SQUARE, ExtGState={"Own": state})


@broken("a smoothed picture", "pdfa.interpolate")
def _(pdf: Any) -> None:
    picture(pdf, Interpolate=True)


@broken("a picture with another", "pdfa.alternates")
def _(pdf: Any) -> None:
    picture(pdf, Alternates=Array([]))


@broken("a piece of PostScript", "pdfa.postscript", also=("ua.01.untagged",))
def _(pdf: Any) -> None:
    made = pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS)
    art(pdf, b"/Own Do EMC 0 g " + SQUARE + b" /Artifact BMC", XObject={"Own": made})


@broken("an unknown rendering intent", "pdfa.rendering-intent")
def _(pdf: Any) -> None:
    art(pdf, b"/Vivid ri 0 g " + SQUARE)


@broken("an unknown rendering intent of a picture", "pdfa.rendering-intent")
def _(pdf: Any) -> None:
    picture(pdf, Intent=Name.Vivid)


@broken("a curve for a device", "pdfa.state")
def _(pdf: Any) -> None:
    state = Dictionary(Type=Name.ExtGState, TR=Name.Identity)
    art(pdf, b"/Own gs 0 g " + SQUARE, ExtGState={"Own": state})


@broken("a screen for a device", "pdfa.state")
def _(pdf: Any) -> None:
    screen = Dictionary(HalftoneType=6, Frequency=60, Angle=45, SpotFunction=Name.Round)
    state = Dictionary(Type=Name.ExtGState, HT=screen)
    art(pdf, b"/Own gs 0 g " + SQUARE, ExtGState={"Own": state})


@broken("an unknown operator", "pdfa.operator")
def _(pdf: Any) -> None:
    art(pdf, b"0 g dance " + SQUARE)


@broken("something that is not there", "pdfa.resource")
def _(pdf: Any) -> None:
    art(pdf, b"/Nothing gs 0 g " + SQUARE)


# --- doing


@broken("a script", "pdfa.action")
def _(pdf: Any) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.beep(0)"))


@broken("a link that starts a program", "pdfa.action")
def _(pdf: Any) -> None:
    annotate(pdf, "Link", inside="Link", A=Dictionary(S=Name.Launch, F=String("x.exe")))


@broken("a chain of actions", "pdfa.action")
def _(pdf: Any) -> None:
    last = Dictionary(S=Name.ResetForm)
    first = Dictionary(S=Name.URI, URI=String("https://example.org"), Next=last)
    annotate(pdf, "Link", inside="Link", A=first)


@broken("an action of a page", "pdfa.additional")
def _(pdf: Any) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


@broken("an action of an annotation", "pdfa.additional")
def _(pdf: Any) -> None:
    annotate(pdf, "Text", AA=Dictionary())


@broken("a sound", "pdfa.annotation")
def _(pdf: Any) -> None:
    annotate(pdf, "Sound")


@broken("an annotation that is not printed", "pdfa.annotation-flags")
def _(pdf: Any) -> None:
    annotate(pdf, "Text").F = 0


@broken("an annotation without a look", "pdfa.annotation-look")
def _(pdf: Any) -> None:
    del annotate(pdf, "Square").AP


@broken("an annotation of several looks", "pdfa.annotation-look")
def _(pdf: Any) -> None:
    held = annotate(pdf, "Square")
    held.AP.R = held.AP.N


@broken("a form that must be drawn anew", "pdfa.form")
def _(pdf: Any) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), NeedAppearances=True)
