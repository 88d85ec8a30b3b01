"""Broken: what the file says of itself: flavour, Info, metadata, output intent."""

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

from layout.house.profile import load_profile
from tests.preflight.spoiling import chapter

broken = chapter("what it says of itself")

ICC = load_profile().icc_path.read_bytes()


def info(key: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    """An entry of Info set, or with None taken away."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del pdf.docinfo[f"/{key}"]
        else:
            pdf.docinfo[f"/{key}"] = value

    return spoil


def xmp(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Words of the metadata changed for others."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        held: Any = pdf.Root.Metadata
        text = held.read_bytes()
        assert text.count(old) == 1, (text.count(old), old)
        held.write(text.replace(old, new))

    return spoil


def both(*spoils: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for each in spoils:
            each(pdf)

    return spoil


# --- flavour

broken("no GTS_PDFXVersion", "pdf.flavour")(info("GTS_PDFXVersion", None))
broken("a conformance of the other edition", "pdf.flavour")(
    both(
        info("GTS_PDFXConformance", String("PDF/X-1a:2003")),
        xmp(b">PDF/X-1a:2001</pdfx", b">PDF/X-1a:2003</pdfx"),
    )
)
broken("X-4 that its metadata do not name", "pdf.flavour", shop="x4")(
    xmp(b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", b"")
)
broken("X-4 without metadata", "pdf.xmp-missing", shop="x4", also=("pdf.flavour",))(
    lambda pdf: pdf.Root.__delitem__("/Metadata")
)
broken("X-4 without the date of its metadata", "pdf.xmp-incomplete", shop="x4")(
    xmp(b"<xmp:MetadataDate>2026-04-01T00:00:00+09:00</xmp:MetadataDate>", b"")
)
broken("X-4 for a shop that takes X-1a alone", "pdf.flavour", shop="x4", profile=load_profile())(
    lambda pdf: None
)

# --- Info

broken("Trapped is Unknown", "pdf.trapped")(
    both(info("Trapped", Name.Unknown), xmp(b"<pdf:Trapped>False</pdf:Trapped>", b""))
)
broken("nothing about trapping", "pdf.trapped")(
    both(info("Trapped", None), xmp(b"<pdf:Trapped>False</pdf:Trapped>", b""))
)
broken("no title", "pdf.title")(info("Title", None))
broken("no date of creation", "pdf.dates")(info("CreationDate", None))
broken("a date of the last change that is none", "pdf.dates")(info("ModDate", String("昨日")))


# --- metadata

BOMB = b"<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
)

broken("another title in the metadata", "pdf.xmp-differs")(
    xmp("朝市のしらせ</rdf:li>".encode(), "夕市のしらせ</rdf:li>".encode())
)
broken("metadata that are no XML", "pdf.xmp-broken", warns=True)(xmp(b"</rdf:RDF>", b"</rdf:RDF"))
broken("metadata with a bomb of entities", "pdf.xmp-broken", shop="x4", also=("pdf.flavour",))(
    both(
        xmp(b"<x:xmpmeta", b"<!DOCTYPE x [" + BOMB + b"]><x:xmpmeta"),
        xmp(b">bira</pdf:Producer>", b">&a11;</pdf:Producer>"),
    )
)
broken("other metadata of PDF/X than Info", "pdf.xmp-differs")(
    xmp(b">PDF/X-1a:2001</pdfx", b">PDF/X-1a:2003</pdfx")
)


# --- output intent


def intent(**entries: Any) -> Callable[[pikepdf.Pdf], None]:
    """Entries of the output intent set, or with None taken away."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        (held,) = pdf.Root.OutputIntents
        for key, value in entries.items():
            if value is None:
                del held[f"/{key}"]
            else:
                held[f"/{key}"] = value

    return spoil


def embedded(data: bytes, colours: int) -> Callable[[pikepdf.Pdf], None]:
    """That profile in the output intent."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(data)
        stream.N = colours
        intent(DestOutputProfile=stream)(pdf)

    return spoil


@broken("no output intent", "pdf.intent-missing")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


@broken("an output intent of PDF/A alone", "pdf.intent-missing")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1


@broken("two output intents", "pdf.intent-several")
def _(pdf: pikepdf.Pdf) -> None:
    (first,) = pdf.Root.OutputIntents
    other = Dictionary(first)
    other.OutputConditionIdentifier = String("JCN2002")
    pdf.Root.OutputIntents = Array([first, other])


broken("an output intent that names nothing", "pdf.intent-unnamed")(
    intent(OutputConditionIdentifier=String(""))
)
broken("a condition of no registry, without profile", "pdf.intent-unregistered")(
    intent(OutputConditionIdentifier=String("Custom"), RegistryName=None)
)
broken("X-4 without the profile of its condition", "pdf.intent-profile", shop="x4")(
    intent(DestOutputProfile=None)
)


def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


broken("X-4 for a screen: the profile is RGB", "pdf.icc-no-press", shop="x4")(embedded(_srgb(), 3))
broken("X-4 with half a profile", "pdf.icc-broken", shop="x4")(embedded(ICC[: len(ICC) // 2], 4))
broken("a profile whose N is wrong", "pdf.icc-colours", shop="x4")(embedded(ICC, 3))
broken("a screen's profile in X-1a", "pdf.icc-no-press")(embedded(_srgb(), 3))
broken("a profile younger than X-1a", "pdf.icc-too-new")(embedded(ICC[:8] + b"\x04" + ICC[9:], 4))
