"""Fonts: what the display list uses of each face, embedded as Type 0 (ISO 32000-1, 9.7).

``embed_fonts`` is the list: collect what pages use → make the subsets → write their objects.
"""

from collections.abc import Hashable, Iterable
from functools import partial

import uharfbuzz as hb  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct

from layout.backends.pdf.file import PressFile
from layout.backends.pdf.subset import Pair, Subset, subset_of
from layout.diagnostics import Reporter
from layout.display.model import DisplayPage, GlyphRun, walk
from layout.font.face import FontFace
from layout.memo import NO_MEMO, Memo


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


def embed_fonts(
    pages: Iterable[DisplayPage], file: PressFile, memo: Memo = NO_MEMO
) -> dict[FontFace, FontUse]:
    """Collect the pairs used, subset each face, write its objects."""
    uses = {}
    for order, (face, wanted) in enumerate(_collect(pages, memo).items(), 1):
        subset = memo.at(
            ("subset", face.key), wanted.pairs, partial(_subset, face, wanted.pairs), Reporter()
        )
        use = _use(subset, b"%d" % order)
        if wanted.pairs:
            _embed(file, subset, wanted, use)
        uses[face] = use
    return uses


def _subset(face: FontFace, pairs: set[Pair], _: Reporter) -> Subset:
    return subset_of(face, pairs)


def _collect(pages: Iterable[DisplayPage], memo: Memo) -> dict[FontFace, _Wanted]:
    found: dict[FontFace, _Wanted] = {}
    for at, page in enumerate(pages, start=1):
        uses = memo.at(("glyphs", at), page.items, partial(_wanted, page), Reporter())
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


def _use(subset: Subset, order: bytes) -> FontUse:
    return FontUse(
        name=b"F" + order,
        vertical_name=b"V" + order,
        codes=subset.codes,
        widths=subset.widths,
        objects={},
        outlines=subset.outlines,
        state=subset.state,
    )


def _embed(file: PressFile, subset: Subset, wanted: _Wanted, use: FontUse) -> None:
    """Write the descendant font, and a composite font for each direction of writing."""
    descendant = file.add(_descendant(file, subset, wanted.vertical))
    unicode = file.add_stream(b"", subset.to_unicode)
    for resource, vertical in _directions(use, wanted):
        encoding = b"Identity-V" if vertical else b"Identity-H"
        use.objects[resource] = file.add(_type0(subset, encoding, descendant, unicode))


def _directions(use: FontUse, wanted: _Wanted) -> list[tuple[bytes, bool]]:
    horizontal = [(use.name, False)] if wanted.horizontal else []
    return horizontal + ([(use.vertical_name, True)] if wanted.vertical else [])


def _type0(subset: Subset, encoding: bytes, descendant: bytes, unicode: bytes) -> bytes:
    """The composite font (9.7.6.1); with a CFF descendant its name tells the encoding."""
    name = subset.name + b"-" + encoding if subset.is_cff else subset.name
    return (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /%s"
        b" /DescendantFonts [%s] /ToUnicode %s >>"
    ) % (name, encoding, descendant, unicode)


def _descendant(file: PressFile, subset: Subset, vertical: bool) -> bytes:
    """The CIDFont (9.7.4)."""
    parts = [
        b"<< /Type /Font /Subtype /%s" % (b"CIDFontType0" if subset.is_cff else b"CIDFontType2"),
        b"/BaseFont /" + subset.name,
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        b"/FontDescriptor " + _descriptor(file, subset),
        subset.width_entries,
    ]
    if vertical:
        parts.append(b"/DW2 [%d -1000]" % _em_top(subset.face))
    if not subset.is_cff:
        parts.append(b"/CIDToGIDMap " + file.add_stream(b"", subset.glyph_map))
    return b"\n".join(parts) + b" >>"


def _em_top(face: FontFace) -> int:
    """How high over the baseline a column's pen passes, for an em of 1000 (9.7.4.3)."""
    return round(face.em_top * 1000 / face.units_per_em)


def _descriptor(file: PressFile, subset: Subset) -> bytes:
    if subset.is_cff:
        program = file.add_stream(b"/Subtype /CIDFontType0C", subset.program)
        key = b"/FontFile3"
    else:
        program = file.add_stream(b"/Length1 %d" % len(subset.program), subset.program)
        key = b"/FontFile2"
    present = file.add_stream(b"", subset.cid_set)
    return file.add(
        b"<< /Type /FontDescriptor /FontName /%s\n%s\n/CIDSet %s %s %s >>"
        % (subset.name, subset.descriptor, present, key, program)
    )
