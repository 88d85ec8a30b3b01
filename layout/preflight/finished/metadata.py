"""What a file says of itself: the Info dictionary, and the XMP packet read without danger.

An XMP packet is somebody else's XML.  Document types and entities, with which a
few lines become gigabytes, are no part of XMP (ISO 16684-1, 7) and are refused.
"""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from re import fullmatch
from typing import Any, Final
from xml.parsers import expat

from msgspec import Struct, field

from layout.display.pdf.streams import Budget
from layout.house.flavour import Flavour, flavour_names, load_flavour
from layout.preflight.finished.objects import is_dictionary, is_name, is_stream, is_string, words
from layout.preflight.finished.opening import in_words
from layout.style.picture_error import PictureError

XMP_MOST: Final = 8_000_000
_DEEP: Final = 64
_TEXT_MOST: Final = 10_000
_ENTRIES_MOST: Final = 100

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
}


class Said(Struct, frozen=True):
    """Info and XMP as text.

    ``info`` has keys without slash, ``xmp`` properties as ``prefix:name`` (only of
    the namespaces that matter here).  ``trapped_name`` says that Trapped in Info
    is a name, as it must be.  ``has_xmp`` tells of a packet, ``problem`` why it could
    not be read, empty if it could.
    """

    info: Mapping[str, str] = field(default_factory=dict)
    xmp: Mapping[str, str] = field(default_factory=dict)
    trapped_name: bool = False
    has_xmp: bool = False
    problem: str = ""

    @property
    def flavour(self) -> str:
        """The PDF/X flavour that it claims by every entry it needs (ISO 15930, identification).

        A claim that is not whole or not known is given as the entries it consists of.
        """
        for name in flavour_names():
            flavour = load_flavour(name)
            in_info = bool(flavour.info)
            wanted = flavour.info if in_info else _in_xmp(flavour)
            told = self.info if in_info else self.xmp
            if wanted and all(told.get(key) == value for key, value in wanted):
                return name
        return "、".join(f"{key}={value}" for key, value in self.claims().items())

    def claims(self) -> dict[str, str]:
        """All entries that name a PDF/X standard."""
        told = {key: self.info[key] for key in _CLAIMS if key in self.info}
        key = "pdfxid:GTS_PDFXVersion"
        return told | ({key: self.xmp[key]} if key in self.xmp else {})


_CLAIMS: Final = ("GTS_PDFXVersion", "GTS_PDFXConformance")


def _in_xmp(flavour: Flavour) -> tuple[tuple[str, str], ...]:
    return tuple((f"{flavour.xmp_prefix}:{key}", value) for key, value in flavour.xmp)


def read_said(pdf: Any) -> Said:
    """Info and XMP of an open file; what cannot be read is said in ``problem``."""
    import pikepdf

    info, trapped = _info(pdf.trailer.get("/Info"))
    packet = pdf.Root.get("/Metadata")
    if not is_stream(packet):
        return Said(info, {}, trapped)
    try:
        xmp = read_xmp(Budget(XMP_MOST).read(packet))
    except PictureError:
        return Said(info, {}, trapped, has_xmp=True, problem="XMP packet too large")
    except (expat.ExpatError, pikepdf.PikepdfError, RuntimeError, ValueError) as problem:
        return Said(info, {}, trapped, has_xmp=True, problem=in_words(problem))
    return Said(info, xmp, trapped, has_xmp=True)


def _info(held: Any) -> tuple[dict[str, str], bool]:
    """The texts and names of the Info dictionary, and whether Trapped is a name."""
    if not is_dictionary(held):
        return {}, False
    keys = sorted(held.keys())[:_ENTRIES_MOST]
    info = {
        key[1:]: words(held[key])[:_TEXT_MOST]
        for key in keys
        if is_string(held[key]) or is_name(held[key])
    }
    return info, is_name(held.get("/Trapped"))


# --- XMP


def read_xmp(packet: bytes) -> dict[str, str]:
    """Properties of an XMP packet (ISO 16684-1), the first item of lists.

    ``ExpatError`` for what is no XML, ``ValueError`` for what is no XMP or too deep.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    is_wide = packet.startswith((BOM_UTF16_LE, BOM_UTF16_BE))  # where a zero is half a character
    parser.Parse(packet if is_wide else packet.strip(b"\0 \t\r\n"), True)
    if not reader.is_rdf:
        raise ValueError("no rdf:RDF in the XMP packet")
    return reader.found


def _refuse(*_: object) -> None:
    raise ValueError("document type in the XMP packet")


class _Reader:
    """Collects the properties of rdf:Description, written as elements or as attributes."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.is_rdf = False
        self._path: list[str] = []
        self._property = ""
        self._words: list[str] = []
        self._room = _TEXT_MOST

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag)
        if len(self._path) > _DEEP:
            raise ValueError("XMP packet too deep")
        if tag == f"{_RDF} RDF":
            self.is_rdf = True
        elif self._in_description(1):
            for key, value in attributes.items():
                self._note(_named(key), value)
        elif self._in_description(2):
            self._property, self._words, self._room = _named(tag), [], _TEXT_MOST

    def _in_description(self, above: int) -> bool:
        """Whether the element is a description of the document, or directly inside one."""
        at = len(self._path) - above
        return (
            at >= 1
            and self._path[at] == f"{_RDF} Description"
            and self._path[at - 1] == f"{_RDF} RDF"
        )

    def end(self, tag: str) -> None:
        if self._in_description(2):
            self._note(self._property, "".join(self._words).strip())
            self._property = ""
        elif self._property and tag == f"{_RDF} li" and (text := "".join(self._words).strip()):
            self._note(self._property, text)
        self._path.pop()

    def text(self, text: str) -> None:
        if self._property and self._room > 0:
            self._words.append(text[: self._room])
            self._room -= len(text)

    def _note(self, name: str, value: str) -> None:
        if name and name not in self.found:
            self.found[name] = value


def _named(tag: str) -> str:
    space, _, local = tag.rpartition(" ")
    prefix = _SPACES.get(space, "")
    return f"{prefix}:{local}" if prefix else ""


# --- dates

_PDF_DATE: Final = (
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([Zz+-])(?:(\d\d)'?(?:(\d\d)'?)?)?)?"
)
_XMP_DATE: Final = (
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?"
    r"(?:([Zz+-])(?:(\d\d):(\d\d))?)?)?)?)?"
)


def read_date(text: str) -> datetime | None:
    """A moment of Info (ISO 32000-1, 7.9.4) or of XMP (ISO 16684-1, 8.2.1.2); None if it is none.

    Without a time zone it is taken for Greenwich.
    """
    found = fullmatch(_PDF_DATE, text.strip()) or fullmatch(_XMP_DATE, text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, sign, off_hours, off_minutes = found.groups()
    zone: timezone = UTC
    if sign and sign in "+-":
        minutes = int(off_hours or 0) * 60 + int(off_minutes or 0)
        if minutes >= 24 * 60:
            return None
        zone = timezone(timedelta(minutes=minutes if sign == "+" else -minutes))
    figures = (year, month or 1, day or 1, hour or 0, minute or 0, second or 0)
    try:
        return datetime(*map(int, figures), tzinfo=zone)  # type: ignore[misc,arg-type]
    except ValueError:
        return None
