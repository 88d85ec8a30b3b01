"""The figures of a FontDescriptor, read from the font's own tables (ISO 32000-1, 9.8)."""

import struct
from typing import Final

import uharfbuzz as hb  # type: ignore[import-untyped,unused-ignore]

SYMBOLIC: Final = 1 << 2
"""A font of more than the standard Latin characters."""
FIXED_PITCH: Final = 1
ITALIC: Final = 1 << 6


def descriptor_entries(face: hb.Face) -> bytes:
    """Flags, FontBBox, ItalicAngle, Ascent, Descent, CapHeight and StemV, for an em of 1000."""
    upem = face.upem
    box = struct.unpack_from(">4h", _table(face, "head", 54), 36)
    ascent, descent = struct.unpack_from(">2h", _table(face, "hhea", 36), 4)
    angle, fixed = struct.unpack_from(">i4xI", _table(face, "post", 32), 4)
    flags = SYMBOLIC | (FIXED_PITCH if fixed else 0) | (ITALIC if angle else 0)
    return b"/Flags %d /FontBBox [%s] /ItalicAngle %d /Ascent %d /Descent %d %s" % (
        flags,
        b" ".join(b"%d" % _per_mille(value, upem) for value in box),
        round(angle / 65536),
        _per_mille(ascent, upem),
        _per_mille(descent, upem),
        _weight_and_caps(face, ascent),
    )


def _weight_and_caps(face: hb.Face, ascent: int) -> bytes:
    os2 = _table(face, "OS/2", 96)
    (weight,) = struct.unpack_from(">H", os2, 4)
    (version,) = struct.unpack_from(">H", os2, 0)
    (caps,) = struct.unpack_from(">h", os2, 88) if version >= 2 else (ascent,)
    return b"/CapHeight %d /StemV %d" % (_per_mille(caps, face.upem), _stem(weight))


def _stem(weight: int) -> int:
    """The thickness of stems, which no table tells, guessed from the weight class."""
    return 50 + (weight // 65) ** 2


def _per_mille(value: int, upem: int) -> int:
    return round(value * 1000 / upem)


def _table(face: hb.Face, tag: str, length: int) -> bytes:
    """A table, padded with zeros should the font lack it or hold an old, shorter one."""
    data: bytes = face.reference_table(tag).data
    return data.ljust(length, b"\0")
