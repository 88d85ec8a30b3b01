"""Fonts: what the display list uses of each face, subset once and embedded as Type 0.

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
from collections.abc import Hashable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Final

import uharfbuzz as hb  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct

from layout.backends.pdf import cmaps
from layout.backends.pdf.cff import repeat_glyphs
from layout.backends.pdf.descriptor import descriptor_entries
from layout.backends.pdf.file import PressFile
from layout.backends.pdf.numbers import number
from layout.diagnostics import Reporter
from layout.display.model import DisplayPage, GlyphRun, walk
from layout.font.face import FontFace
from layout.memo import NO_MEMO, Memo

Pair = tuple[int, str]
"""A glyph of the whole font and the source text it stands for."""

CODES: Final = 0x10000
"""Codes have two bytes."""

EM: Final = 100_000
"""Widths are counted in hundredths of the thousandths of an em that PDF counts in."""

KEPT: Final = ("glyf", "loca", "head", "hhea", "hmtx", "maxp", "CFF ")
"""All that an embedded program needs (ISO 32000-1, 9.9); no hinting, no layout tables."""


class FontUse(Struct, frozen=True):
    """A face in the file.

    ``codes`` (hexadecimal) and ``widths`` (hundredths of a unit) are those of
    each pair, ``objects`` the references of the resource names in use, and
    ``outlines`` the whole font for glyphs that are drawn as paths.  While
    ``state`` is the same, a pair has the same code.
    """

    name: bytes
    vertical_name: bytes
    codes: dict[Pair, bytes]
    widths: dict[Pair, int]
    objects: dict[bytes, bytes]
    outlines: hb.Font
    state: Hashable


class _Wanted(Struct):
    """What pages use of one face."""

    pairs: set[Pair]
    horizontal: bool = False
    vertical: bool = False


class _Subset(Struct, frozen=True):
    """A subset program, the codes given out, and each glyph's width in hundredths of a unit."""

    face: FontFace
    whole: hb.Face
    program: bytes
    is_cff: bool
    glyphs: dict[Pair, int]
    codes: dict[Pair, int]
    widths: dict[int, int]


def embed_fonts(
    pages: Iterable[DisplayPage], file: PressFile, memo: Memo = NO_MEMO
) -> dict[FontFace, FontUse]:
    """Collect the pairs used, subset each face, write its objects."""
    uses = {}
    for order, (face, wanted) in enumerate(_collect(pages, memo).items(), 1):
        subset = memo.at(
            ("subset", face.key),
            wanted.pairs,
            partial(_subset, face, wanted.pairs),
            Reporter(),
        )
        use = _use(subset, b"%d" % order)
        if wanted.pairs:
            _embed(file, subset, wanted, use)
        uses[face] = use
    return uses


def _collect(pages: Iterable[DisplayPage], memo: Memo) -> dict[FontFace, _Wanted]:
    found: dict[FontFace, _Wanted] = {}
    for at, page in enumerate(pages, start=1):
        uses = memo.at(("glyphs", at), page, partial(_wanted, page), Reporter())
        for face, here in uses.items():
            wanted = found.setdefault(face, _Wanted(set()))
            wanted.pairs |= here.pairs
            wanted.vertical |= here.vertical
            wanted.horizontal |= here.horizontal
    return found


def _wanted(page: DisplayPage, _: Reporter) -> dict[FontFace, _Wanted]:
    """What one page uses of each face, in the order of its first use."""
    found: dict[FontFace, _Wanted] = {}
    for item in walk(page.items):
        if isinstance(item, GlyphRun):
            wanted = found.setdefault(item.face, _Wanted(set()))
            pairs = zip(item.gids, item.texts, strict=True)
            wanted.pairs.update(pair for pair in pairs if pair[1])
            wanted.vertical |= item.vertical
            wanted.horizontal |= not item.vertical
    return found


def _subset(face: FontFace, pairs: set[Pair], _: Reporter) -> _Subset:
    whole = hb.Face(hb.Blob.from_file_path(face.path))
    plan = hb.SubsetPlan(whole, _subset_request(whole, {gid for gid, _ in pairs}))
    numbers = dict(plan.old_to_new_glyph_mapping.items())
    made = plan.execute()
    glyphs = {pair: numbers[pair[0]] for pair in sorted(pairs)}
    font = hb.Font(whole)
    widths = {
        numbers[gid]: (font.get_glyph_h_advance(gid) * EM + whole.upem // 2) // whole.upem
        for gid, _ in glyphs
    }
    is_cff = "CFF " in made.table_tags
    first = glyphs if is_cff else {pair: pair[0] for pair in glyphs}
    codes = _give_codes(first, made.glyph_count if is_cff else whole.glyph_count)
    program = _cff_program(made, glyphs, codes) if is_cff else made.blob.data
    return _Subset(face, whole, program, is_cff, glyphs, codes, widths)


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


def _use(subset: _Subset, order: bytes) -> FontUse:
    return FontUse(
        name=b"F" + order,
        vertical_name=b"V" + order,
        codes={pair: b"%04X" % code for pair, code in subset.codes.items()},
        widths={pair: subset.widths[glyph] for pair, glyph in subset.glyphs.items()},
        objects={},
        outlines=hb.Font(subset.whole),
        state=tuple(subset.codes.items()) if subset.is_cff else _extras(subset),
    )


def _extras(subset: _Subset) -> Hashable:
    """The codes that are not glyphs: they alone depend on what else is in the subset."""
    return tuple(item for item in subset.codes.items() if item[0][0] != item[1])


def _embed(file: PressFile, subset: _Subset, wanted: _Wanted, use: FontUse) -> None:
    """Write the descendant font, and a composite font for each direction of writing."""
    name = _subset_name(subset)
    descendant = file.add(_descendant(file, subset, name, wanted.vertical))
    texts = {code: text for (_, text), code in subset.codes.items()}
    unicode = file.add_stream(b"", cmaps.to_unicode(texts))
    for resource, vertical in _directions(use, wanted):
        encoding = b"Identity-V" if vertical else b"Identity-H"
        use.objects[resource] = file.add(_type0(name, subset, encoding, descendant, unicode))


def _directions(use: FontUse, wanted: _Wanted) -> list[tuple[bytes, bool]]:
    horizontal = [(use.name, False)] if wanted.horizontal else []
    return horizontal + ([(use.vertical_name, True)] if wanted.vertical else [])


def _subset_name(subset: _Subset) -> bytes:
    """``ABCDEF+Name``; the tag depends on the subset alone (ISO 32000-1, 9.6.4)."""
    face = subset.face
    digest = hashlib.sha256(repr((face.postscript_name, list(subset.codes))).encode()).digest()
    tag = bytes(ord("A") + byte % 26 for byte in digest[:6])
    return tag + b"+" + face.postscript_name.encode("ascii")


def _type0(
    name: bytes, subset: _Subset, encoding: bytes, descendant: bytes, unicode: bytes
) -> bytes:
    """The composite font (9.7.6.1); with a CFF descendant its name tells the encoding."""
    if subset.is_cff:
        name += b"-" + encoding
    return (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /%s"
        b" /DescendantFonts [%s] /ToUnicode %s >>"
    ) % (name, encoding, descendant, unicode)


def _descendant(file: PressFile, subset: _Subset, name: bytes, vertical: bool) -> bytes:
    """The CIDFont (9.7.4)."""
    widths = _widths_by_cid(subset)
    usual = Counter(widths.values()).most_common(1)[0][0]
    parts = [
        b"<< /Type /Font /Subtype /%s" % (b"CIDFontType0" if subset.is_cff else b"CIDFontType2"),
        b"/BaseFont /" + name,
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        b"/FontDescriptor " + _descriptor(file, subset, name, list(widths)),
        b"/DW %s /W [%s]" % (number(usual, 100), _width_array(widths, usual)),
    ]
    if vertical:
        parts.append(b"/DW2 [%d -1000]" % _em_top(subset.face))
    if not subset.is_cff:
        parts.append(b"/CIDToGIDMap " + _glyph_map(file, subset))
    return b"\n".join(parts) + b" >>"


def _em_top(face: FontFace) -> int:
    """How high over the baseline a column's pen passes, for an em of 1000 (9.7.4.3)."""
    return round(face.em_top * 1000 / face.units_per_em)


def _widths_by_cid(subset: _Subset) -> dict[int, int]:
    codes = subset.codes.items()
    return dict(sorted((code, subset.widths[subset.glyphs[pair]]) for pair, code in codes))


def _width_array(widths: dict[int, int], usual: int) -> bytes:
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


def _glyph_map(file: PressFile, subset: _Subset) -> bytes:
    """CIDToGIDMap: two bytes for each CID from 0 (9.7.4.2)."""
    table = bytearray(2 * (max(subset.codes.values()) + 1))
    for pair, code in subset.codes.items():
        table[2 * code : 2 * code + 2] = subset.glyphs[pair].to_bytes(2, "big")
    return file.add_stream(b"", bytes(table))


def _cid_set(cids: Sequence[int]) -> bytes:
    """One bit for each CID of the subset, the highest bit first (9.8.3.2)."""
    table = bytearray(max(cids) // 8 + 1)
    for cid in (0, *cids):
        table[cid // 8] |= 0x80 >> cid % 8
    return bytes(table)


def _descriptor(file: PressFile, subset: _Subset, name: bytes, cids: Sequence[int]) -> bytes:
    length = len(subset.program)
    if subset.is_cff:
        program = file.add_stream(b"/Subtype /CIDFontType0C", subset.program)
        key = b"/FontFile3"
    else:
        program = file.add_stream(b"/Length1 %d" % length, subset.program)
        key = b"/FontFile2"
    present = file.add_stream(b"", _cid_set(cids))
    entries = descriptor_entries(subset.whole)
    return file.add(
        b"<< /Type /FontDescriptor /FontName /%s\n%s\n/CIDSet %s %s %s >>"
        % (name, entries, present, key, program)
    )
