"""Reads finished PDFs with MuPDF: where every glyph stands along its line.

Offsets are in millimetres.  ``along`` runs with the line (right in horizontal,
down in vertical pages), ``cross`` is the centre line of the em box, counted
down the page in horizontal and from the right edge in vertical pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pymupdf

MM = 25.4 / 72
EM_TOP, EM_BOTTOM = 0.88, -0.12  # Noto's ideographic em box (OpenType BASE)
SMALL = 0.55  # of the line's em: ruby, dots and warichu are smaller
RAISED = 0.7  # note marks are smaller
MIDDLE = (EM_TOP + EM_BOTTOM) / 2


@dataclass(frozen=True)
class Glyph:
    """``how``: level (horizontal text), upright, turned (on its side) or across (縦中横)."""

    char: str
    along: float
    cross: float
    advance: float
    size: float
    how: str
    gid: int
    page: int


@dataclass
class Line:
    """The glyphs of one line in order, and its ruby (glyphs of half the size)."""

    glyphs: list[Glyph]
    ruby: list[Glyph] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All characters."""
        return "".join(glyph.char for glyph in self.glyphs)


def glyphs_of(document: pymupdf.Document, mode: str) -> Iterator[Glyph]:
    """All glyphs of the trimmed pages in the order of the content streams."""
    for number, page in enumerate(document):
        trim = page.trimbox
        corner = (trim.x0 * MM, (page.mediabox.height - trim.y1) * MM)
        for span in page.get_texttrace():
            yield from _span_glyphs(span, mode, corner, number, trim.width * MM)


def _span_glyphs(
    span: dict, mode: str, corner: tuple[float, float], page: int, width: float
) -> Iterator[Glyph]:
    size = span["size"] * MM
    turned = span["dir"][1] > 0.5
    for code, gid, origin, box in span["chars"]:
        x, y = origin[0] * MM - corner[0], origin[1] * MM - corner[1]
        char = chr(code)
        if mode == "horizontal":
            advance = (box[2] - box[0]) * MM
            yield Glyph(char, x, y - MIDDLE * size, advance, size, "level", gid, page)
        elif span["wmode"]:
            yield Glyph(
                char, y - EM_TOP * size, width - x - size / 2, size, size, "upright", gid, page
            )
        elif turned:
            advance = (box[3] - box[1]) * MM
            yield Glyph(char, y, width - x - MIDDLE * size, advance, size, "turned", gid, page)
        else:
            middle = y - MIDDLE * size
            yield Glyph(char, middle, width - x, (box[2] - box[0]) * MM, size, "across", gid, page)


def read_lines(pdf: bytes, mode: str, em: float) -> list[Line]:
    """Lines in reading order; glyphs of half of ``em`` are ruby or notes of the line before.

    The characters of one tate-chu-yoko become one glyph that is an em long.
    """
    lines: list[Line] = []
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        for glyph in glyphs_of(document, mode):
            if glyph.size < SMALL * em:
                if lines:
                    lines[-1].ruby.append(glyph)
            elif lines and _continues(lines[-1], glyph, em):
                _append(lines[-1], glyph, em)
            else:
                lines.append(Line([]))
                _append(lines[-1], glyph, em)
    return lines


def _continues(line: Line, glyph: Glyph, em: float) -> bool:
    last = line.glyphs[-1]
    if glyph.page != last.page:
        return False
    if glyph.how == "across":
        return glyph.along > last.along
    crosses = [g.cross for g in line.glyphs if g.how != "across"]
    same = not crosses or abs(crosses[-1] - glyph.cross) < em * 0.3
    return same and glyph.along > last.along - em * 0.6


def _append(line: Line, glyph: Glyph, em: float) -> None:
    if glyph.how != "across":
        line.glyphs.append(glyph)
        return
    em = em if glyph.size > RAISED * em else glyph.size
    along = glyph.along - em / 2
    last = line.glyphs[-1] if line.glyphs else None
    if last is not None and last.how == "across" and abs(last.along - along) < em / 100:
        char = last.char + glyph.char
        line.glyphs[-1] = Glyph(char, along, last.cross, em, em, "across", glyph.gid, glyph.page)
    else:
        line.glyphs.append(
            Glyph(glyph.char, along, glyph.cross, em, em, "across", glyph.gid, glyph.page)
        )
