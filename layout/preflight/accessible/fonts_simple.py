"""Simple TrueType fonts: codes find their glyphs in one way only (31-017 to 31-026)."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from layout.display.pdf.encodings import glyph_names
from layout.display.pdf.streams import Budget
from layout.preflight.finished.objects import (
    is_array,
    is_dictionary,
    is_name,
    name_of,
    number_of,
)
from layout.preflight.finished.read import program_of
from layout.style.picture_error import PictureError

Fault = tuple[str, dict[str, object]]
_SYMBOLIC: Final = 4
_PLAIN: Final = ("/MacRomanEncoding", "/WinAnsiEncoding")
_MICROSOFT: Final = (3, 1)
_MACINTOSH: Final = (1, 0)
_SYMBOL: Final = (3, 0)


def simple_faults(font: Any, codes: Sequence[bytes], budget: Budget) -> Iterator[Fault]:
    """What is wrong with how its codes lead to glyphs."""
    descriptor = font.get("/FontDescriptor")
    flags = int(number_of(descriptor.get("/Flags"), 0)) if is_dictionary(descriptor) else 0
    tables = _tables(program_of(font), budget)
    if flags & _SYMBOLIC:
        yield from _symbolic(font, tables)
    else:
        yield from _plain(font, tables)
        if tables is not None:
            yield from _found(font, codes, tables)


Tables = dict[tuple[int, int], Any]


def _tables(program: Any, budget: Budget) -> Tables | None:
    """The character maps of an embedded program; None if it cannot be read."""
    if program is None:
        return None
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(BytesIO(budget.read(program)), fontNumber=0, lazy=True)
        held = font["cmap"].tables if "cmap" in font else ()
        return {(each.platformID, each.platEncID): each.cmap for each in held}
    except PictureError:
        return None
    except Exception:
        # fontTools meets damaged fonts in every way Python can fail in; that the program
        # cannot be read is told elsewhere.
        return None


def _symbolic(font: Any, tables: Tables | None) -> Iterator[Fault]:
    """Its own letters: no Encoding, one map, or the one for symbols (31-024 to 31-026)."""
    if "/Encoding" in font:
        yield "ua.31.symbolic-encoding", {}
    if tables is not None and not tables:
        yield "ua.31.symbolic-no-map", {}
    elif tables is not None and len(tables) > 1 and _SYMBOL not in tables:
        yield "ua.31.symbolic-maps", {}


def _plain(font: Any, tables: Tables | None) -> Iterator[Fault]:
    """Latin letters by one of two encodings (31-017, 31-019 to 31-023)."""
    encoding = font.get("/Encoding")
    if encoding is None:
        yield "ua.31.encoding-missing", {}
    elif is_name(encoding):
        if name_of(encoding) not in _PLAIN:
            yield "ua.31.encoding", {"encoding": name_of(encoding)[1:]}
    elif is_dictionary(encoding):
        base = encoding.get("/BaseEncoding")
        if base is None:
            yield "ua.31.encoding-base", {}
        elif name_of(base) not in _PLAIN:
            yield "ua.31.encoding", {"encoding": name_of(base)[1:] or "?"}
        yield from _differences(encoding.get("/Differences"), tables)
    if tables is not None and _MICROSOFT not in tables and _MACINTOSH not in tables:
        yield "ua.31.no-map", {}


def _differences(held: Any, tables: Tables | None) -> Iterator[Fault]:
    from fontTools.agl import AGL2UV

    if not is_array(held):
        return
    names = [name_of(each)[1:] for each in held if is_name(each)]
    if wrong := [name for name in names if name not in AGL2UV and name != ".notdef"]:
        yield "ua.31.glyph-names", {"name": wrong[0]}
    if names and tables is not None and _MICROSOFT not in tables:
        yield "ua.31.unicode-map", {}


def _found(font: Any, codes: Sequence[bytes], tables: Tables) -> Iterator[Fault]:
    """Each letter is in one of the maps for plain fonts (31-018)."""
    from fontTools.agl import toUnicode
    from fontTools.encodings.MacRoman import MacRoman

    names = glyph_names(font.get("/Encoding"))
    unicode, roman = tables.get(_MICROSOFT, {}), tables.get(_MACINTOSH, {})
    if not unicode and not roman:
        return
    lost = 0
    for code in codes:
        name = names.get(code[0], "")
        letter = toUnicode(name) if name else ""
        there = len(letter) == 1 and ord(letter) in unicode
        lost += (
            bool(name) and not there and not (name in MacRoman and MacRoman.index(name) in roman)
        )
    if lost:
        yield "ua.31.lookup", {"letters": lost}
