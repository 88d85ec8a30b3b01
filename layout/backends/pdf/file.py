"""The file layer: numbered objects, page tree, cross-reference table and trailer.

A press file is written once, from the first byte to the last, and never
repaired: what a standard asks of the file's bytes is kept here (ISO 32000-1,
7.5).  A library that keeps these books costs more time to import than the whole
writing takes.
"""

import hashlib
import zlib
from itertools import accumulate
from typing import Final

from layout.diagnostics import Reporter
from layout.memo import NO_MEMO, Memo

COMPRESSION: Final = 6
_CATALOG: Final = b"1 0 R"
_PAGES: Final = b"2 0 R"


class PressFile:
    """A PDF under construction.  Objects are bodies in PDF syntax; references are ``b"7 0 R"``.

    ``memo`` knows streams that an earlier file had too.
    """

    def __init__(self, version: tuple[int, int], memo: Memo = NO_MEMO) -> None:
        self._memo = memo
        # A comment of bytes above 127 tells other programs that the file is binary (7.5.2).
        self._head = b"%%PDF-%d.%d\n%%\xe3\x81\x82\xe7\xb5\x84\n" % version
        self._bodies: list[bytes] = [b"", b""]  # the catalog and the page tree come last
        self._pages: list[bytes] = []
        self._content = hashlib.sha256()
        self._entries: dict[bytes, bytes] = {}

    def add(self, body: bytes) -> bytes:
        """Add an object and return the reference to it."""
        self._content.update(body)
        return self._enter(body)

    def add_stream(self, entries: bytes, data: bytes, *, compress: bool = True) -> bytes:
        """Add a stream; ``entries`` are those of its dictionary besides Length and Filter."""
        self._content.update(entries + data)
        if compress:
            packed = self._memo.of("flate", data, lambda _: _packed(data), Reporter())
            stream = _stream(entries + b" /Filter /FlateDecode", packed)
        else:
            stream = _stream(entries, data)
        reference = self._enter(stream)
        self._entries[reference] = entries
        return reference

    def reserve(self) -> bytes:
        """A reference to an object that comes later (``put``)."""
        return self._enter(b"null")

    def put(self, reference: bytes, body: bytes) -> None:
        """The object that a reference was reserved for."""
        self._content.update(body)
        self._bodies[int(reference.split()[0]) - 1] = body

    def entries(self, reference: bytes) -> bytes:
        """The dictionary entries that a stream was added with; empty if it is none."""
        return self._entries.get(reference, b"")

    def add_page(self, entries: bytes) -> bytes:
        """Add a page; ``entries`` are those of its dictionary besides Type and Parent."""
        self._content.update(entries)
        body = b"<< /Type /Page /Parent %s %s >>" % (_PAGES, entries)
        self._pages.append(self._enter(body))
        return self._pages[-1]

    def fingerprint(self) -> bytes:
        """Sixteen bytes that depend on everything added so far, and on nothing else."""
        return self._content.digest()[:16]

    def finish(self, info: bytes, catalog: bytes) -> bytes:
        """The whole file.

        ``info`` is the body of the Info dictionary, ``catalog`` what the catalog
        says besides Type and Pages.
        """
        self._content.update(info + catalog)
        about = self._enter(info)
        self._bodies[0] = b"<< /Type /Catalog /Pages %s %s >>" % (_PAGES, catalog)
        kids = b" ".join(self._pages)
        self._bodies[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._pages), kids)
        return self._written(about)

    def _enter(self, body: bytes) -> bytes:
        self._bodies.append(body)
        return b"%d 0 R" % len(self._bodies)

    def _written(self, info: bytes) -> bytes:
        """Header, objects, cross-reference table, trailer (7.5)."""
        objects = [b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(self._bodies, start=1)]
        *offsets, table = accumulate(map(len, objects), initial=len(self._head))
        size = len(objects) + 1
        identity = b"<%s>" % self.fingerprint().hex().encode("ascii")
        parts = [self._head, *objects]
        # Entries of the table are twenty bytes each, their line ends included (7.5.4).
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        parts += [b"%010d 00000 n \n" % offset for offset in offsets]
        parts.append(
            b"trailer\n<< /Size %d /Root %s /Info %s /ID [%s %s] >>\nstartxref\n%d\n%%%%EOF\n"
            % (size, _CATALOG, info, identity, identity, table)
        )
        return b"".join(parts)


def _packed(data: bytes) -> bytes:
    return zlib.compress(data, COMPRESSION)


def _stream(entries: bytes, data: bytes) -> bytes:
    head = b"<<%s /Length %d >>\nstream\n" % (entries, len(data))
    return head + data + b"\nendstream"
