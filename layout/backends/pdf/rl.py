"""The file layer: numbered objects, page tree, cross-reference table and trailer.

ReportLab's document does the book-keeping.  This is the only module that knows
ReportLab, and it overrides some of its internals, so the version is pinned:
it was written against reportlab 5.1 (``pdfbase.pdfdoc``).  What is overridden:

- ``PDFStream.format`` writes no line end before ``endstream`` (ISO 32000-1, 7.3.8.1);
- ``PDFFile`` and ``PDFDocument.ID`` advertise ReportLab in comments;
- ``PDFDocument`` starts with a dictionary of unembedded fonts, takes its ID from
  the clock and has an Info dictionary with "anonymous" entries;
- ``PDFCatalog`` does not know OutputIntents and brings entries nobody asked for.
"""

import hashlib
import zlib
from typing import Final

from reportlab.pdfbase import pdfdoc  # type: ignore[import-untyped,unused-ignore]

REPORTLAB_PIN: Final = "5.1"
COMPRESSION: Final = 6


class PressFile:
    """A PDF under construction.  Objects are bodies in PDF syntax; references are ``b"7 0 R"``."""

    def __init__(self, version: tuple[int, int]) -> None:
        self._document = _Document(version)
        self._content = hashlib.sha256()
        self._entries: dict[bytes, bytes] = {}

    def add(self, body: bytes) -> bytes:
        """Add an object and return the reference to it."""
        self._content.update(body)
        return self._document.enter(_Literal(body))

    def add_stream(self, entries: bytes, data: bytes, *, compress: bool = True) -> bytes:
        """Add a stream; ``entries`` are those of its dictionary besides Length and Filter."""
        self._content.update(entries + data)
        reference = self._document.enter(_Literal(_stream(entries, data, compress)))
        self._entries[reference] = entries
        return reference

    def entries(self, reference: bytes) -> bytes:
        """The dictionary entries that a stream was added with; empty if it is none."""
        return self._entries.get(reference, b"")

    def add_page(self, entries: bytes) -> None:
        """Add a page; ``entries`` are those of its dictionary besides Type and Parent."""
        self._content.update(entries)
        document = self._document
        document.addPage(_Page(entries, document.Reference(document.Pages)))

    def fingerprint(self) -> bytes:
        """Sixteen bytes that depend on everything added so far, and on nothing else."""
        return self._content.digest()[:16]

    def finish(self, info: bytes, catalog: bytes) -> bytes:
        """The whole file.

        ``info`` is the body of the Info dictionary, ``catalog`` what the catalog
        says besides Type and Pages.
        """
        document = self._document
        document.info = _Literal(info)
        self._content.update(info + catalog)
        document.Catalog.entries = catalog
        return document.bytes_with_id(self.fingerprint())


def _stream(entries: bytes, data: bytes, compress: bool) -> bytes:
    if compress:
        data = zlib.compress(data, COMPRESSION)
        entries += b" /Filter /FlateDecode"
    head = b"<<%s /Length %d >>\nstream\n" % (entries, len(data))
    return head + data + b"\nendstream\n"


class _Literal(pdfdoc.PDFObject):  # type: ignore[misc,unused-ignore]
    """An object whose body is already in PDF syntax."""

    __RefOnly__ = 1

    def __init__(self, body: bytes) -> None:
        self.body = body

    def format(self, document: object) -> bytes:
        return self.body


class _Page(pdfdoc.PDFObject):  # type: ignore[misc,unused-ignore]
    """A page dictionary that knows its parent."""

    __RefOnly__ = 1

    def __init__(self, entries: bytes, parent: pdfdoc.PDFObject) -> None:
        self.entries = entries
        self.parent = parent

    def format(self, document: object) -> bytes:
        parent: bytes = self.parent.format(document)
        return b"<< /Type /Page /Parent " + parent + b" " + self.entries + b" >>"


class _Catalog(pdfdoc.PDFObject):  # type: ignore[misc,unused-ignore]
    """The root: pages and what the backend says, nothing else (ISO 32000-1, 7.7.2)."""

    __RefOnly__ = 1

    def __init__(self, pages: pdfdoc.PDFPages) -> None:
        self.pages = pages
        self.entries = b""

    def format(self, document: "_Document") -> bytes:
        pages: bytes = document.Reference(self.pages).format(document)
        return b"<< /Type /Catalog /Pages " + pages + b" " + self.entries + b" >>"


class _File(pdfdoc.PDFFile):  # type: ignore[misc,unused-ignore]
    """The bytes of the file, with a header that names nobody (ISO 32000-1, 7.5.2)."""

    def __init__(self, version: tuple[int, int]) -> None:
        super().__init__(version)
        self.strings.clear()
        self.offset = 0
        self.add(b"%%PDF-%d.%d\n%%\xe3\x81\x82\xe7\xb5\x84\n" % version)


class _Document(pdfdoc.PDFDocument):  # type: ignore[misc,unused-ignore]
    """ReportLab's document without its defaults."""

    def __init__(self, version: tuple[int, int]) -> None:
        super().__init__(pdfVersion=version, invariant=1)
        for register in (self.idToObject, self.idToObjectNumberAndVersion, self.numberToId):
            register.clear()
        self.objectcounter = 0
        self.Catalog = self._catalog = _Catalog(self.Pages)
        self.Reference(self.Catalog)

    def enter(self, item: _Literal) -> bytes:
        """Number an object; the reference as bytes."""
        reference: bytes = self.Reference(item).format(self)
        return reference

    def bytes_with_id(self, fingerprint: bytes) -> bytes:
        """Write everything out: header, objects, cross-reference table, trailer (7.5)."""
        info = self.Reference(self.info)
        file = _File(self._pdfVersion)
        names = self._write_objects(file)
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, names)
        start = file.add(table.format(self))
        file.add(self._trailer(len(names), start, info.format(self), fingerprint))
        written: bytes = file.format(self)
        return written

    def _write_objects(self, file: _File) -> list[str]:
        names: list[str] = []
        while (number := len(names) + 1) in self.numberToId:
            name = self.numberToId[number]
            item = pdfdoc.PDFIndirectObject(name, self.idToObject[name])
            self.idToOffset[name] = file.add(item.format(self))
            names.append(name)
        return names

    def _trailer(self, count: int, start: int, info: bytes, fingerprint: bytes) -> bytes:
        root: bytes = self.Reference(self.Catalog).format(self)
        identity = b"<%s>" % fingerprint.hex().encode("ascii")
        return (
            b"trailer\n<< /Size %d /Root %s /Info %s /ID [%s %s] >>\nstartxref\n%d\n%%%%EOF\n"
            % (count + 1, root, info, identity, identity, start)
        )
