"""What a file says of itself: Info, XMP and output intent, in agreement.

PDF/X-1a wants its name, Title, both dates and Trapped in Info (ISO 15930-1 and
-4); PDF/X-4 wants its name in XMP, and Info to say what XMP says (ISO 15930-7).
What differs is ``Flavour``; here is only how it is written.
"""

from datetime import date
from html import escape
from typing import Final
from uuid import UUID

from msgspec import Struct

from layout.backends.pdf.file import PressFile
from layout.diagnostics import NOWHERE, Reporter, Span
from layout.display.model import DisplayList
from layout.house.flavour import Flavour
from layout.house.icc import ProfileUnusableError, icc_bytes, press_fault
from layout.house.profile import Profile

PRODUCER: Final = "bira"

NO_DATE: Final = date(1970, 1, 1)
"""Stands for a date that cannot be read; never the clock, or builds would differ."""


class Identity(Struct, frozen=True):
    """The facts that Info and XMP both tell.  Dates are midnight in Japan."""

    title: str
    author: str
    language: str
    day: date
    flavour: Flavour


def identify(display: DisplayList, profile: Profile, reporter: Reporter) -> Identity:
    """Collect the facts; an unreadable date is reported as ``document.date-unreadable``."""
    try:
        day = date.fromisoformat(display.date)
    except ValueError:
        reporter.error("document.date-unreadable", NOWHERE, date=display.date)
        day = NO_DATE
    title = display.title or "無題"
    return Identity(title, display.author, display.language, day, profile.writes)


# --- Info ---------------------------------------------------------------------------


def info_body(identity: Identity) -> bytes:
    """The Info dictionary (ISO 32000-1, 14.3.3; ISO 15930, identification)."""
    moment = b"(D:%s000000+09'00')" % identity.day.strftime("%Y%m%d").encode("ascii")
    named = (f"/{key} ({value})".encode("ascii") for key, value in identity.flavour.info)
    return b"\n".join(
        (
            b"<< /Title " + text_string(identity.title),
            *((b"/Author " + text_string(identity.author),) if identity.author else ()),
            b"/Creator (%s) /Producer (%s)" % ((PRODUCER.encode("ascii"),) * 2),
            b"/CreationDate %s /ModDate %s" % (moment, moment),
            b"/Trapped /False",
            *named,
            b">>",
        )
    )


def text_string(text: str) -> bytes:
    """A text string as UTF-16BE with its byte order mark, in hexadecimal (7.9.2.2)."""
    return b"<FEFF%s>" % text.encode("utf-16-be", "replace").hex().upper().encode("ascii")


# --- output intent --------------------------------------------------------------------


def output_intents(file: PressFile, profile: Profile, reporter: Reporter) -> bytes:
    """The catalog's entry with the one GTS_PDFX output intent; empty for a plain PDF.

    The condition is named as the profile names it, and its ICC profile embedded
    where the profile has one (ISO 15930, output intent).  One that
    cannot be embedded is reported as ``profile.icc-…``.
    """
    flavour = profile.writes
    if flavour.intent == "none":
        return b""
    parts = [
        b"<< /Type /OutputIntent /S /GTS_PDFX",
        b"/OutputConditionIdentifier " + _text(profile.condition),
        b"/OutputCondition " + _text(profile.condition_info),
    ]
    if profile.registry:
        parts.append(b"/RegistryName " + _text(profile.registry))
    parts.append(b"/Info " + _text(profile.condition_info))
    if (embedded := _embedded_icc(file, profile, reporter)) is not None:
        parts.append(b"/DestOutputProfile " + embedded)
    return b"/OutputIntents [" + file.add(b" ".join((*parts, b">>"))) + b"]"


def _text(text: str) -> bytes:
    """A readable string where ASCII does."""
    if not text.isascii():
        return text_string(text)
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(%s)" % escaped.encode("ascii")


def _embedded_icc(file: PressFile, profile: Profile, reporter: Reporter) -> bytes | None:
    path = profile.intent_path
    if path is None:
        return None
    try:
        data = icc_bytes(path)
    except ProfileUnusableError:
        reporter.error("profile.icc-missing", Span(str(path)), file=str(path))
        return None
    if code := icc_problem(data, profile.writes):
        flavour = profile.flavour
        reporter.error(code, Span(str(path)), file=path.name, flavour=flavour)
        return None
    return file.add_stream(b"/N 4", data)


def icc_problem(data: bytes, flavour: Flavour) -> str:
    """The finding that keeps an ICC profile from being the output intent's, or ""."""
    return ICC_FINDINGS.get(press_fault(data, flavour.version), "")


ICC_FINDINGS: Final = {
    "broken": "profile.icc-broken",
    "no-press": "profile.icc-no-press",
    "too-new": "profile.icc-too-new",
}


# --- XMP ------------------------------------------------------------------------------


def xmp(identity: Identity, fingerprint: bytes) -> bytes:
    """The metadata packet, UTF-8, saying what Info says (ISO 16684-1).

    The document's identifier is made of ``fingerprint``, sixteen bytes.
    """
    flavour = identity.flavour
    prefix = flavour.xmp_prefix
    space = f'\n    xmlns:{prefix}="{flavour.xmp_namespace}"' if prefix else ""
    named = "".join(f"\n   <{prefix}:{key}>{value}</{prefix}:{key}>" for key, value in flavour.xmp)
    author = escape(identity.author, quote=False)
    return XMP.format(
        title=escape(identity.title, quote=False),
        creator=CREATOR.format(author=author) if author else "",
        language=escape(identity.language, quote=False),
        moment=f"{identity.day.isoformat()}T00:00:00+09:00",
        producer=PRODUCER,
        space=space,
        named=named,
        unique=UUID(bytes=fingerprint, version=4),
    ).encode("utf-8", "replace")


CREATOR: Final = "\n   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"

XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"{space}
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{creator}
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{moment}</xmp:CreateDate>
   <xmp:ModifyDate>{moment}</xmp:ModifyDate>
   <xmp:MetadataDate>{moment}</xmp:MetadataDate>
   <pdf:Producer>{producer}</pdf:Producer>
   <pdf:Trapped>False</pdf:Trapped>{named}
   <xmpMM:DocumentID>uuid:{unique}</xmpMM:DocumentID>
   <xmpMM:InstanceID>uuid:{unique}</xmpMM:InstanceID>
   <xmpMM:RenditionClass>default</xmpMM:RenditionClass>
   <xmpMM:VersionID>1</xmpMM:VersionID>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
