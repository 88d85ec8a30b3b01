"""The tables of an embedded TrueType program, read by hand: every build looks at them.

Whether they are whole is seen from their directory and from ``head``, ``maxp``,
``loca`` and ``hmtx`` (ISO/IEC 14496-22); outlines are left to those who draw them.
"""

import struct
import sys
from array import array
from typing import Final

from msgspec import Struct

_MAGIC: Final = 0x5F0F3CF5
_NEEDED: Final = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
_TABLES_MOST: Final = 200


class BrokenFontError(ValueError):
    """A program that no reader of fonts accepts; the words say where it breaks."""


class TrueType(Struct, frozen=True):
    """What a glyph's number leads to.

    ``places`` are where the outlines begin, and one more: where the last ends.
    ``advances`` are in units, ``units`` of them an em; the last goes on for the rest.
    """

    glyphs: int
    units: int
    places: "array[int]"
    advances: "array[int]"

    def has(self, glyph: int) -> bool:
        """Whether it is a glyph of the font other than .notdef."""
        return 0 < glyph < self.glyphs

    def is_empty(self, glyph: int) -> bool:
        """Whether it draws nothing."""
        return self.places[glyph] >= self.places[glyph + 1]

    def width(self, glyph: int) -> float:
        """The advance in thousandths of an em."""
        return self.advances[min(glyph, len(self.advances) - 1)] * 1000 / self.units


def read_truetype(data: bytes) -> TrueType:
    """The program in a FontFile2; ``BrokenFontError``."""
    tables = _directory(data)
    if missing := [name for name in _NEEDED if name not in tables]:
        raise BrokenFontError(f"no table {', '.join(missing)}")
    head, maxp, hhea = tables["head"], tables["maxp"], tables["hhea"]
    if len(head) < 54 or len(maxp) < 6 or len(hhea) < 36:
        raise BrokenFontError("table too short")
    if _u32(head, 12) != _MAGIC or not (units := _u16(head, 18)):
        raise BrokenFontError("head")
    glyphs = _u16(maxp, 4)
    places = _places(tables["loca"], glyphs, bool(_u16(head, 50)))
    if list(places) != sorted(places) or places[-1] > len(tables["glyf"]):
        raise BrokenFontError("loca")
    return TrueType(glyphs, units, places, _advances(tables["hmtx"], _u16(hhea, 34), glyphs))


def _directory(data: bytes) -> dict[str, memoryview]:
    if data[:4] == b"ttcf" and len(data) >= 16:
        start = _u32(data, 12)
    elif data[:4] in (b"\0\1\0\0", b"true"):
        start = 0
    else:
        raise BrokenFontError("no TrueType program")
    count = _u16(data, start + 4) if start + 12 <= len(data) else 0
    if not 0 < count <= _TABLES_MOST or start + 12 + 16 * count > len(data):
        raise BrokenFontError("directory of tables")
    view, tables = memoryview(data), {}
    for at in range(start + 12, start + 12 + 16 * count, 16):
        name = data[at : at + 4].decode("latin-1")
        offset, length = _u32(data, at + 8), _u32(data, at + 12)
        if offset + length > len(data):
            raise BrokenFontError(f"table {name} reaches beyond the end")
        tables[name] = view[offset : offset + length]
    return tables


def _places(loca: memoryview, glyphs: int, long: bool) -> "array[int]":
    size = 4 if long else 2
    if not glyphs or len(loca) < size * (glyphs + 1):
        raise BrokenFontError("loca")
    places = _numbers("I" if long else "H", loca[: size * (glyphs + 1)])
    return places if long else array("I", (2 * place for place in places))


def _advances(hmtx: memoryview, count: int, glyphs: int) -> "array[int]":
    if not 0 < count <= glyphs or len(hmtx) < 4 * count:
        raise BrokenFontError("hmtx")
    return _numbers("H", hmtx[: 4 * count])[::2]


def _numbers(code: str, data: memoryview) -> "array[int]":
    """Big-endian numbers; ``I`` is four bytes wide wherever Python runs today."""
    found = array(code)
    found.frombytes(data)
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _u16(data: bytes | memoryview, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])


def _u32(data: bytes | memoryview, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])
