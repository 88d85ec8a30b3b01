"""Codes of text to glyph names and CIDs (ISO 32000-1, 9.6.6 and 9.7.5)."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from msgspec import Struct, field

from layout.display.pdf.streams import Budget, PdfObject, is_name, is_stream
from layout.style.picture_error import PictureError


@cache
def _base(name: str) -> Mapping[int, str]:
    """One of the encodings that PDF knows by name."""
    if name == "/MacRomanEncoding":
        from fontTools.encodings.MacRoman import MacRoman

        return dict(enumerate(MacRoman))
    if name == "/WinAnsiEncoding":
        from fontTools.agl import UV2AGL

        out = {}
        for code in range(32, 256):
            character = bytes([code]).decode("cp1252", "replace")
            out[code] = UV2AGL.get(ord(character), "bullet")
        return out
    if name == "/StandardEncoding":
        from fontTools.encodings.StandardEncoding import StandardEncoding

        return dict(enumerate(StandardEncoding))
    return {}


def glyph_names(source: PdfObject) -> Mapping[int, str]:
    """The glyph names of an Encoding; empty where the font program's own is meant."""
    if source is None:
        return {}
    if is_name(source):
        return _base(str(source))
    names = dict(_base(str(source.get("/BaseEncoding"))))
    code = 0
    for item in source.get("/Differences", []):
        text = str(item)
        if text.startswith("/"):
            names[code] = text[1:]
            code += 1
        else:
            code = int(item)
    return names


# --- composite fonts


class Codes(Struct):
    """How bytes become CIDs: the lengths of codes, and the CID of each."""

    vertical: bool = False
    spaces: list[tuple[int, int, int]] = field(default_factory=list)
    """Code spaces: length in bytes, first, last."""

    ranges: list[tuple[int, int, int]] = field(default_factory=list)
    """First code, last code, first CID."""

    single: dict[int, int] = field(default_factory=dict)
    identity: bool = False

    def read(self, text: bytes) -> Iterator[tuple[int, int, int]]:
        """Each code, its length in bytes, and its CID."""
        at = 0
        while at < len(text):
            length = self._length(text, at)
            code = int.from_bytes(text[at : at + length], "big")
            at += length
            yield code, length, self._cid(code)

    def _length(self, text: bytes, at: int) -> int:
        if self.identity:
            return 2
        for length, first, last in self.spaces:
            code = text[at : at + length]
            low, high = first.to_bytes(length, "big"), last.to_bytes(length, "big")
            if len(code) == length and all(
                a <= b <= c for a, b, c in zip(low, code, high, strict=True)
            ):
                return length
        return self.spaces[0][0] if self.spaces else 2

    def _cid(self, code: int) -> int:
        if self.identity:
            return code
        if code in self.single:
            return self.single[code]
        for first, last, cid in self.ranges:
            if first <= code <= last:
                return cid + code - first
        return 0


_EDGE: Final = re.compile(rb"(begin|end)(codespacerange|cidrange|cidchar)")
_CODE: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")


def cid_codes(source: PdfObject, font: str, budget: Budget) -> Codes:
    """The CMap of a Type 0 font; ``PictureError`` for one that stands in no file."""
    if not is_stream(source):
        name = str(source).removeprefix("/")
        if name in ("Identity-H", "Identity-V"):
            return Codes(name.endswith("V"), identity=True)
        raise PictureError("image.pdf-text", font=font, reason=f"CMap {name}")
    data = budget.read(source)
    used = source.get("/UseCMap")
    base = cid_codes(used, font, budget) if used is not None else Codes()
    base.vertical = int(source.get("/WMode", 0)) == 1
    for kind, body in cmap_blocks(data, _EDGE):
        _fill(base, kind, body)
    base.spaces.sort()
    return base


def cmap_blocks(data: bytes, edges: re.Pattern[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each kind of block of a CMap and what stands between its ``begin…`` and its ``end…``.

    ``edges`` finds either word and the kind after it.  Each byte is looked at once.
    """
    start, kind = -1, b""
    for edge in edges.finditer(data):
        if edge[1] == b"begin":
            start, kind = edge.end(), edge[2]
        elif start >= 0 and edge[2] == kind:
            yield kind, data[start : edge.start()]
            start = -1


def _fill(codes: Codes, kind: bytes, body: bytes) -> None:
    if kind == b"codespacerange":
        pairs = [b"".join(code.split()) for code in _CODE.findall(body)]
        for low, high in zip(pairs[::2], pairs[1::2], strict=False):
            codes.spaces.append((len(low) // 2, int(low or b"0", 16), int(high or b"0", 16)))
    elif kind == b"cidrange":
        for low, high, cid in re.findall(rb"<(\w+)>\s*<(\w+)>\s*(\d+)", body):
            codes.ranges.append((int(low, 16), int(high, 16), int(cid)))
    else:
        for code, cid in re.findall(rb"<(\w+)>\s*(\d+)", body):
            codes.single[int(code, 16)] = int(cid)
