"""What a file says of itself: Info, XMP and output intent, in agreement.

ISO 15930-1 asks for GTS_PDFXVersion and GTS_PDFXConformance, Title, both
dates and Trapped in Info, and for one output intent.
"""

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final
from uuid import UUID

from layout.diagnostics import NOWHERE, Reporter
from layout.display.model import DisplayList
from layout.house.profile import Profile

PRODUCER: Final = "bira"
VERSIONS: Final = {"PDF/X-1a:2001": ("PDF/X-1:2001", "PDF/X-1a:2001")}
"""Flavour to GTS_PDFXVersion and GTS_PDFXConformance."""

NO_DATE: Final = date(1970, 1, 1)
"""Stands for a date that cannot be read; never the clock, or builds would differ."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The facts that Info and XMP both tell.  Dates are midnight in Japan."""

    title: str
    author: str
    language: str
    day: date
    version: str
    conformance: str


def identify(display: DisplayList, profile: Profile, reporter: Reporter) -> Identity:
    """Collect the facts; an unreadable date is reported as ``document.date-unreadable``."""
    try:
        day = date.fromisoformat(display.date)
    except ValueError:
        reporter.error("document.date-unreadable", NOWHERE, date=display.date)
        day = NO_DATE
    version, conformance = VERSIONS[profile.flavour]
    title = display.title or "無題"
    return Identity(title, display.author, display.language, day, version, conformance)


def info_body(identity: Identity) -> bytes:
    """The Info dictionary (ISO 32000-1, 14.3.3; ISO 15930-1, 6.2.1)."""
    moment = b"(D:%s000000+09'00')" % identity.day.strftime("%Y%m%d").encode("ascii")
    return b"\n".join(
        (
            b"<< /Title " + text_string(identity.title),
            b"/Author " + text_string(identity.author),
            b"/Creator (%s) /Producer (%s)" % ((PRODUCER.encode("ascii"),) * 2),
            b"/CreationDate %s /ModDate %s" % (moment, moment),
            b"/Trapped /False",
            b"/GTS_PDFXVersion (%s)" % identity.version.encode("ascii"),
            b"/GTS_PDFXConformance (%s) >>" % identity.conformance.encode("ascii"),
        )
    )


def text_string(text: str) -> bytes:
    """A text string as UTF-16BE with its byte order mark, in hexadecimal (7.9.2.2)."""
    return b"<FEFF%s>" % text.encode("utf-16-be", "replace").hex().upper().encode("ascii")


def output_intent_body(profile: Profile) -> bytes:
    """The one GTS_PDFX output intent: a registered condition, no profile (ISO 15930-1, 6.2.2)."""
    return (
        b"<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (%s)"
        b" /OutputCondition (%s) /RegistryName (%s) /Info (%s) >>"
    ) % tuple(
        _literal(text)
        for text in (
            profile.condition,
            profile.condition_info,
            profile.registry,
            profile.condition_info,
        )
    )


def _literal(text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return escaped.encode("ascii")


def xmp(identity: Identity, fingerprint: bytes) -> bytes:
    """The metadata packet, UTF-8, saying what Info says (ISO 16684-1).

    The document's identifier is made of ``fingerprint``, sixteen bytes.
    """
    moment = f"{identity.day.isoformat()}T00:00:00+09:00"
    unique = UUID(bytes=fingerprint, version=4)
    title, author = escape(identity.title, quote=False), escape(identity.author, quote=False)
    return XMP.format(
        title=title,
        author=author,
        language=escape(identity.language, quote=False),
        moment=moment,
        producer=PRODUCER,
        version=identity.version,
        conformance=identity.conformance,
        unique=unique,
    ).encode("utf-8", "replace")


XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{moment}</xmp:CreateDate>
   <xmp:ModifyDate>{moment}</xmp:ModifyDate>
   <xmp:MetadataDate>{moment}</xmp:MetadataDate>
   <pdf:Producer>{producer}</pdf:Producer>
   <pdf:Trapped>False</pdf:Trapped>
   <pdfx:GTS_PDFXVersion>{version}</pdfx:GTS_PDFXVersion>
   <pdfx:GTS_PDFXConformance>{conformance}</pdfx:GTS_PDFXConformance>
   <xmpMM:DocumentID>uuid:{unique}</xmpMM:DocumentID>
   <xmpMM:InstanceID>uuid:{unique}</xmpMM:InstanceID>
   <xmpMM:RenditionClass>default</xmpMM:RenditionClass>
   <xmpMM:VersionID>1</xmpMM:VersionID>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
