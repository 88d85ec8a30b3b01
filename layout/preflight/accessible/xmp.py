"""The XMP packet as a judge of accessible files needs it: properties, and what declares them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.parsers import expat

from msgspec import Struct, field

from layout.display.pdf.streams import Budget
from layout.preflight.finished.metadata import XMP_MOST, read_xmp
from layout.preflight.finished.objects import is_stream
from layout.preflight.finished.opening import in_words
from layout.style.picture_error import PictureError

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC: Final = "http://purl.org/dc/elements/1.1/"
PDF: Final = "http://ns.adobe.com/pdf/1.3/"
XMP: Final = "http://ns.adobe.com/xap/1.0/"
UA_ID: Final = "http://www.aiim.org/pdfua/ns/id/"
A_ID: Final = "http://www.aiim.org/pdfa/ns/id/"
_EXTENSION: Final = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA: Final = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY: Final = "http://www.aiim.org/pdfa/ns/property#"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
PREDEFINED: Final = frozenset(
    (
        DC, PDF, XMP, A_ID,
        "http://ns.adobe.com/xap/1.0/mm/", "http://ns.adobe.com/xap/1.0/rights/",
        "http://ns.adobe.com/xap/1.0/bj/", "http://ns.adobe.com/xap/1.0/t/pg/",
        "http://ns.adobe.com/xmp/1.0/DynamicMedia/", "http://ns.adobe.com/photoshop/1.0/",
        "http://ns.adobe.com/camera-raw-settings/1.0/", "http://ns.adobe.com/exif/1.0/",
        "http://ns.adobe.com/exif/1.0/aux/", "http://ns.adobe.com/tiff/1.0/",
        "http://www.aiim.org/pdfa/ns/extension/",
    )
)  # fmt: skip
"""Namespaces whose properties need no declaration (ISO 19005-2, 6.6.2.3.1)."""
_HEADER: Final = re.compile(rb"<\?xpacket\s([^?]*begin=[^?]*)\?>")
_OLD: Final = re.compile(rb"\b(bytes|encoding)\s*=")

Name = tuple[str, str]
"""A property: the address of its namespace, and its own name."""


class Xmp(Struct, frozen=True):
    """A packet.  ``there`` tells that there is one, ``problem`` why it cannot be read.

    ``values`` are the texts of properties, of lists the first item; ``languages`` what
    languages a property's items are in.  ``declared`` are the properties that an extension
    schema describes; ``prefixes`` how namespaces are called; ``old`` an attribute of the
    packet's head that is no longer allowed.
    """

    there: bool = False
    problem: str = ""
    values: Mapping[Name, str] = field(default_factory=dict)
    languages: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)
    declared: frozenset[Name] = frozenset()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    old: str = ""

    def get(self, space: str, name: str) -> str:
        """A property's text; empty if it is not there."""
        return self.values.get((space, name), "")


def read_packet(root: Any) -> Xmp:
    """The packet of the catalog."""
    import pikepdf

    packet = root.get("/Metadata")
    if not is_stream(packet):
        return Xmp()
    try:
        data = Budget(XMP_MOST).read(packet)
        read_xmp(data)  # refuses what is dangerous
        return _parsed(data)
    except PictureError:
        return Xmp(True, "XMP packet too large")
    except (expat.ExpatError, pikepdf.PikepdfError, SyntaxError, RuntimeError, ValueError) as why:
        return Xmp(True, in_words(why))


def _parsed(data: bytes) -> Xmp:
    from xml.etree import ElementTree

    prefixes: dict[str, str] = {}
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    parser: Any = ElementTree.XMLPullParser(("start", "start-ns"))
    parser.feed(data if wide else data.strip(b"\0 \t\r\n"))
    parser.close()
    top = None
    for event, found in parser.read_events():
        if event == "start-ns":
            prefix, address = found
            prefixes.setdefault(address, prefix)
        elif top is None:
            top = found
    values: dict[Name, str] = {}
    languages: dict[Name, tuple[str, ...]] = {}
    declared: set[Name] = set()
    for name, held in _properties(top):
        if name in values:
            continue
        if isinstance(held, str):
            values[name] = held
            continue
        items = list(held.iter(f"{{{RDF}}}li"))
        said = [(each.text or "").strip() for each in items] or [(held.text or "").strip()]
        values[name] = next((each for each in said if each), "")
        languages[name] = tuple(each.get(_LANG, "") for each in items)
        if name == (_EXTENSION, "schemas"):
            declared |= set(_declared(held))
    head = _HEADER.search(data)
    old = _OLD.search(head[1]) if head else None
    return Xmp(
        True, "", values, languages, frozenset(declared), prefixes,
        old[1].decode("ascii") if old else "",
    )  # fmt: skip


def _properties(top: Any) -> Iterator[tuple[Name, Any]]:
    """Every property of the document: as an attribute its text, else its element."""
    for rdf in top.iter(f"{{{RDF}}}RDF"):
        for description in rdf.findall(f"{{{RDF}}}Description"):
            for key, value in description.attrib.items():
                if (name := _name(key))[0] not in (RDF, "http://www.w3.org/XML/1998/namespace"):
                    yield name, value
            for child in description:
                yield _name(child.tag), child


def _name(tag: str) -> Name:
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return space, local


def _declared(held: Any) -> Iterator[Name]:
    """What the schemas of a container describe (ISO 19005-2, 6.6.2.3.3)."""
    for schema in held.iter():
        space = schema.find(f"{{{_SCHEMA}}}namespaceURI")
        address = (space.text or "") if space is not None else ""
        address = address or schema.get(f"{{{_SCHEMA}}}namespaceURI", "")
        held_properties = schema.find(f"{{{_SCHEMA}}}property")
        if not address or held_properties is None:
            continue
        for each in held_properties.iter():
            named = each.find(f"{{{_PROPERTY}}}name")
            name = (named.text or "") if named is not None else each.get(f"{{{_PROPERTY}}}name", "")
            if name:
                yield address.strip(), name.strip()
