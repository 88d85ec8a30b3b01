"""A face's subset and all that a file says of it: made once for each set of glyphs.

Every pair of a glyph and its source text gets a code of its own, so that text
comes out of the file exactly as it was typed although one glyph may serve
several characters (ISO 32000-1, 9.7 and 9.10.3).  The first text of a glyph
takes the glyph's number as its code; further texts take numbers beyond the last
glyph.  Codes are CIDs.  CIDToGIDMap leads them to glyphs, so that a code is the
same whatever else is in the subset; CFF has no such map: there the number is that
in the subset, and the glyph is there once more.
"""

import hashlib
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import chain
from typing import Final

import uharfbuzz as hb  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct

from layout.backends.pdf import cmaps
from layout.backends.pdf.cff import repeat_glyphs
from layout.backends.pdf.descriptor import descriptor_entries
from layout.backends.pdf.numbers import number
from layout.font.face import FontFace

Pair = tuple[int, str]
"""A glyph of the whole font and the source text it stands for."""

CODES: Final = 0x10000
"""Codes have two bytes."""

EM: Final = 100_000
"""Widths are counted in hundredths of the thousandths of an em that PDF counts in."""

KEPT: Final = ("glyf", "loca", "head", "hhea", "hmtx", "maxp", "CFF ")
"""All that an embedded program needs (ISO 32000-1, 9.9); no hinting, no layout tables."""


class Subset(Struct, frozen=True):
    """A subset program and what goes with it, none of it bound to a file.

    ``codes`` (hexadecimal) and ``widths`` (hundredths of a unit) are those of each pair;
    ``outlines`` is the whole font for glyphs that are drawn as paths.  While ``state`` is
    the same, a pair has the same code.  The rest are the bodies and entries of the
    objects that make up the font: ``width_entries`` are DW and W, ``glyph_map`` is empty
    where the program has none.
    """

    face: FontFace
    name: bytes
    program: bytes
    is_cff: bool
    codes: dict[Pair, bytes]
    widths: dict[Pair, int]
    state: Hashable
    outlines: hb.Font
    descriptor: bytes
    width_entries: bytes
    glyph_map: bytes
    cid_set: bytes
    to_unicode: bytes


def subset_of(face: FontFace, pairs: set[Pair]) -> Subset:
    """The glyphs of ``pairs``, their codes, and their tables."""
    whole = hb.Face(hb.Blob.from_file_path(face.path))
    plan = hb.SubsetPlan(whole, _subset_request(whole, {gid for gid, _ in pairs}))
    numbers = dict(plan.old_to_new_glyph_mapping.items())
    made = plan.execute()
    glyphs = {pair: numbers[pair[0]] for pair in sorted(pairs)}
    is_cff = "CFF " in made.table_tags
    first = glyphs if is_cff else {pair: pair[0] for pair in glyphs}
    codes = _give_codes(first, made.glyph_count if is_cff else whole.glyph_count)
    font = hb.Font(whole)
    widths = {pair: _width(font, whole.upem, pair[0]) for pair in glyphs}
    by_cid = dict(sorted((code, widths[pair]) for pair, code in codes.items()))
    return Subset(
        face=face,
        name=_subset_name(face, codes),
        program=_cff_program(made, glyphs, codes) if is_cff else made.blob.data,
        is_cff=is_cff,
        codes={pair: b"%04X" % code for pair, code in codes.items()},
        widths=widths,
        state=tuple(codes.items()) if is_cff else _extras(codes),
        outlines=font,
        descriptor=descriptor_entries(whole),
        width_entries=_width_entries(by_cid),
        glyph_map=b"" if is_cff else _glyph_map(codes, glyphs),
        cid_set=_cid_set(list(by_cid)),
        to_unicode=cmaps.to_unicode({code: text for (_, text), code in codes.items()}),
    )


def _width(font: hb.Font, upem: int, gid: int) -> int:
    width: int = (font.get_glyph_h_advance(gid) * EM + upem // 2) // upem
    return width


def _cff_program(face: hb.Face, glyphs: dict[Pair, int], codes: dict[Pair, int]) -> bytes:
    """The bare CFF table, in which each extra code has its own copy of the outline."""
    program: bytes = face.reference_table("CFF ").data
    repeated = [glyph for pair, glyph in glyphs.items() if codes[pair] != glyph]
    return repeat_glyphs(program, repeated) if repeated else program


def _subset_request(whole: hb.Face, gids: set[int]) -> hb.SubsetInput:
    request = hb.SubsetInput()
    request.glyph_set.update(gids)
    request.flags = (
        hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NOTDEF_OUTLINE
        | hb.SubsetFlags.CFF_IDENTITY_CHARSET
    )
    for tag in whole.table_tags:
        if tag not in KEPT:
            request.drop_table_tag_set.add(int.from_bytes(tag.encode("latin-1"), "big"))
    return request


def _give_codes(glyphs: dict[Pair, int], first_extra: int) -> dict[Pair, int]:
    """A code for each pair; extra ones beyond the last glyph, then where no glyph is in use."""
    taken = set(glyphs.values())
    extras = chain(range(first_extra, CODES), (n for n in range(1, CODES) if n not in taken))
    codes: dict[Pair, int] = {}
    seen: set[int] = set()
    for pair, glyph in glyphs.items():
        codes[pair] = next(extras) if glyph in seen else glyph
        seen.add(glyph)
    return codes


def _extras(codes: Mapping[Pair, int]) -> Hashable:
    """The codes that are not glyphs: they alone depend on what else is in the subset."""
    return tuple(item for item in codes.items() if item[0][0] != item[1])


def _subset_name(face: FontFace, codes: Mapping[Pair, int]) -> bytes:
    """``ABCDEF+Name``; the tag depends on the subset alone (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(repr((face.postscript_name, list(codes))).encode()).digest()
    tag = bytes(ord("A") + byte % 26 for byte in digest[:6])
    return tag + b"+" + face.postscript_name.encode("ascii")


def _width_entries(widths: Mapping[int, int]) -> bytes:
    """The usual width, and those that differ (9.7.4.3)."""
    usual = Counter(widths.values()).most_common(1)[0][0] if widths else 0
    return b"/DW %s /W [%s]" % (number(usual, 100), _width_array(widths, usual))


def _width_array(widths: Mapping[int, int], usual: int) -> bytes:
    """``first [w w …]`` for each stretch of CIDs whose width is not the usual one (9.7.4.3)."""
    parts: list[bytes] = []
    following = -1
    for cid, width in widths.items():
        if width == usual:
            continue
        if cid != following:
            parts.append(b"%s%d [" % (b"] " if parts else b"", cid))
        else:
            parts.append(b" ")
        parts.append(number(width, 100))
        following = cid + 1
    return b"".join(parts) + (b"]" if parts else b"")


def _glyph_map(codes: Mapping[Pair, int], glyphs: Mapping[Pair, int]) -> bytes:
    """CIDToGIDMap: two bytes for each CID from 0 (9.7.4.2)."""
    table = bytearray(2 * (max(codes.values(), default=0) + 1))
    for pair, code in codes.items():
        table[2 * code : 2 * code + 2] = glyphs[pair].to_bytes(2, "big")
    return bytes(table)


def _cid_set(cids: Sequence[int]) -> bytes:
    """One bit for each CID of the subset, the highest bit first (9.8.3.2)."""
    table = bytearray(max(cids, default=0) // 8 + 1)
    for cid in (0, *cids):
        table[cid // 8] |= 0x80 >> cid % 8
    return bytes(table)
