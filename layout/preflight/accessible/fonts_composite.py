"""Composite fonts: collections, CMaps, the way to glyphs (31-001 to 31-008, 31-014, 31-015)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from layout.display.pdf.streams import Budget
from layout.preflight.accessible.predefined import IDENTITIES, KNOWN, ORDERINGS
from layout.preflight.finished.objects import (
    is_dictionary,
    is_stream,
    name_of,
    number_of,
    words,
)
from layout.preflight.finished.read import program_of
from layout.preflight.finished.truetype import BrokenFontError, read_truetype
from layout.style.picture_error import PictureError

Fault = tuple[str, dict[str, object]]
_MODE: Final = re.compile(rb"/WMode\s+(\d+)\s+def")
_USES: Final = re.compile(rb"/([^\s/<>\[\]()]+)\s+usecmap")


def composite_faults(font: Any, inner: Any, budget: Budget) -> Iterator[Fault]:
    """What is wrong with how its codes lead to glyphs."""
    encoding = font.get("/Encoding")
    yield from _collection(encoding, inner)
    yield from _cmap(encoding, budget)
    if name_of(inner.get("/Subtype")) == "/CIDFontType2" and program_of(inner) is not None:
        table = inner.get("/CIDToGIDMap")
        if table is None:
            yield "ua.31.cid-map-missing", {}
        elif not is_stream(table) and name_of(table) != "/Identity":
            yield "ua.31.cid-map", {}
    yield from _cid_set(inner, budget)


def _collection(encoding: Any, inner: Any) -> Iterator[Fault]:
    """CMap and CIDFont are of one collection; with Identity any will do (31-001 to 31-003)."""
    name = name_of(encoding)[1:]
    if name in IDENTITIES:
        return
    held = inner.get("/CIDSystemInfo")
    own = _system(held) if is_dictionary(held) else ("", "", 0)
    if is_stream(encoding):
        info = encoding.get("/CIDSystemInfo")
        if not is_dictionary(info):
            return
        wanted = _system(info)
    elif name in ORDERINGS:
        wanted = ("Adobe", ORDERINGS[name], 0)
    else:
        return
    if own[0] != wanted[0]:
        yield "ua.31.registry", {"found": own[0] or "—", "wanted": wanted[0] or "—"}
    elif own[1] != wanted[1]:
        yield "ua.31.ordering", {"found": own[1] or "—", "wanted": wanted[1] or "—"}
    elif own[2] < wanted[2]:
        yield "ua.31.supplement", {"found": own[2], "wanted": wanted[2]}


def _system(held: Any) -> tuple[str, str, int]:
    number = int(number_of(held.get("/Supplement"), 0))
    return words(held.get("/Registry")), words(held.get("/Ordering")), number


def _cmap(encoding: Any, budget: Budget) -> Iterator[Fault]:
    """A CMap that everybody has or that is in the file, of one mind (31-006 to 31-008)."""
    if not is_stream(encoding):
        if (name := name_of(encoding)[1:]) not in KNOWN:
            yield "ua.31.cmap", {"cmap": name or "?"}
        return
    try:
        data = budget.read(encoding)
    except PictureError:
        return
    inside = _MODE.search(data)
    if int(number_of(encoding.get("/WMode"), 0)) != (int(inside[1]) if inside else 0):
        yield "ua.31.writing-mode", {}
    used = [found.decode("latin-1") for found in _USES.findall(data)]
    other = encoding.get("/UseCMap")
    if other is not None:
        used.append(name_of(other.get("/CMapName") if is_stream(other) else other)[1:])
    if unknown := [name for name in used if name not in KNOWN]:
        yield "ua.31.cmap-used", {"cmap": unknown[0] or "?"}


def _cid_set(inner: Any, budget: Budget) -> Iterator[Fault]:
    """A list of CIDs, where there is one, is that of the program (31-014, 31-015)."""
    descriptor = inner.get("/FontDescriptor")
    held = descriptor.get("/CIDSet") if is_dictionary(descriptor) else None
    program = program_of(inner)
    if not is_stream(held) or program is None:
        return
    try:
        present, drawn = _cids(inner, budget.read(program))
        bits = budget.read(held)
    except (PictureError, BrokenFontError, LookupError):
        return
    listed = {at for at in range(len(bits) * 8) if bits[at // 8] & (0x80 >> at % 8)}
    if drawn - listed:
        yield "ua.31.cid-set", {"letters": len(drawn - listed)}
    if listed - present:
        yield "ua.31.cid-set-more", {"letters": len(listed - present)}


def _cids(inner: Any, data: bytes) -> tuple[set[int], set[int]]:
    """The CIDs that a program has, and those that draw something; ``LookupError`` if unknown.

    In a TrueType subset glyphs that were taken out keep their number and draw nothing.
    """
    if name_of(inner.get("/Subtype")) == "/CIDFontType2":
        if name_of(inner.get("/CIDToGIDMap")) != "/Identity":
            raise LookupError("map")
        program = read_truetype(data)
        glyphs = range(program.glyphs)
        return set(glyphs), {glyph for glyph in glyphs if not program.is_empty(glyph)}
    from io import BytesIO

    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    try:
        fonts.decompile(BytesIO(data), None)
        names = fonts[0].charset
    except Exception as problem:
        # fontTools meets damaged fonts in every way Python can fail in.
        raise LookupError("CFF") from problem
    keyed = hasattr(fonts[0], "ROS")
    found = {int(name[3:]) if keyed and name != ".notdef" else 0 for name in names}
    return (found, found) if keyed else (set(range(len(names))), set(range(len(names))))
