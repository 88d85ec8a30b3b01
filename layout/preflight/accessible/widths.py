"""Widths of letters as the file says them and as the font program has them."""

from collections.abc import Mapping
from typing import Any

from layout.display.pdf.fonts import cid_widths
from layout.preflight.finished.glyphs import CidProgram, Glyphs, SimpleProgram
from layout.preflight.finished.objects import is_array, is_dictionary, number_of
from layout.style.picture_error import PictureError


def widths_of(
    glyphs: Glyphs, font: Any, inner: Any, codes: bytes
) -> Mapping[int, tuple[float, float]]:
    """Both widths of each letter that is there, in thousandths of an em; letters by CID or code."""
    if isinstance(glyphs, CidProgram):
        usual = number_of(inner.get("/DW"), 1000.0)
        try:
            given = {cid: each[0] for cid, each in cid_widths(inner.get("/W"), 1).items()}
        except (PictureError, TypeError, ValueError):
            return {}
    elif isinstance(glyphs, SimpleProgram):
        usual, given = _simple(font)
    else:
        return {}
    found = {}
    for letter, key in glyphs.keys(font, codes).items():
        if glyphs.program.has(key):
            try:
                own = glyphs.program.width(key)
            except Exception:
                # fontTools meets damaged outlines in every way Python can fail in; what
                # cannot be drawn has no width, and is told as a font that cannot be read.
                continue
            found[letter] = (given.get(letter, usual), own)
    return found


def _simple(font: Any) -> tuple[float, dict[int, float]]:
    descriptor = font.get("/FontDescriptor")
    missing = descriptor.get("/MissingWidth") if is_dictionary(descriptor) else None
    widths = font.get("/Widths")
    first = int(number_of(font.get("/FirstChar"), 0))
    given = list(widths)[:256] if is_array(widths) else []
    return number_of(missing, 0.0), {
        code: number_of(width, 0.0) for code, width in enumerate(given, first)
    }
