"""The job line outside the bleed, painted as outlines: no font, no text for a reader.

Each of its words is a form of paths in font units (ISO 32000-1, 8.10), which
pages share: most of the line is the same on all of them.
"""

from collections.abc import Iterable
from typing import Final

import uharfbuzz as hb  # type: ignore[import-untyped,unused-ignore]
from msgspec.structs import replace

from layout.backends.pdf.colour import InkShelf
from layout.backends.pdf.content import VERBS, Frame, PaintedPage, glyph_places
from layout.backends.pdf.file import PressFile
from layout.backends.pdf.numbers import fine_point
from layout.backends.pdf.outlines import textless_path
from layout.diagnostics import Reporter
from layout.display.job_line import PLATE_ROLE, PROCESS, REGISTRATION
from layout.display.model import DisplayPage, GlyphRun, colours
from layout.font.face import FontFace
from layout.geometry import Point
from layout.memo import NO_MEMO, Memo

PLATES: Final = tuple(ink.name for ink in PROCESS)


class JobLines:
    """The job lines of one file."""

    def __init__(self, file: PressFile, inks: InkShelf, memo: Memo = NO_MEMO) -> None:
        self._file = file
        self._memo = memo
        self._inks = inks
        self._words: dict[tuple[str, tuple[int, ...]], tuple[bytes, bytes]] = {}
        self._outlines: dict[str, hb.Font] = {}

    def paint(self, page: DisplayPage, number: int, painted: PaintedPage, frame: Frame) -> None:
        """Append a page's job line; plates that nothing on the page prints on are left out."""
        if not page.slug:
            return
        pictures = [self._file.entries(reference) for reference in painted.pictures.values()]
        inks = self._memo.at(
            ("plates", number), page.items, lambda _: process_plates(page), Reporter()
        )
        used = inks | picture_plates(pictures)
        out = [b"q"]
        for run in page.slug:
            if run.role != PLATE_ROLE or run.colour.spot or run.colour.name in used:
                name, reference = self._word(run)
                painted.pictures[name] = reference
                registration = run.colour == REGISTRATION
                colour = (
                    b"/Registration cs 1 scn"
                    if registration
                    else self._inks.fill(run.colour, painted.spaces)
                )
                out += _placed(run, name, colour, frame)
        painted.content += b"\n".join((*out, b"Q", b""))

    def _word(self, run: GlyphRun) -> tuple[bytes, bytes]:
        key = (run.face.key, run.gids)
        if key not in self._words:
            name = b"Job%d" % (len(self._words) + 1)
            form = self._memo.of(
                "word", (*key, run.advances, run.size), lambda _: self._form(run), Reporter()
            )
            self._words[key] = (name, self._file.add_stream(*form))
        return self._words[key]

    def _form(self, run: GlyphRun) -> tuple[bytes, bytes]:
        return _form(run, self._font(run.face))

    def _font(self, face: FontFace) -> hb.Font:
        if face.key not in self._outlines:
            whole = hb.Face(hb.Blob.from_file_path(face.path))
            self._outlines[face.key] = hb.Font(whole)
        return self._outlines[face.key]


def process_plates(page: DisplayPage) -> set[str]:
    """The process plates (C, M, Y, K) that a page prints on, but for its pictures."""
    return {
        name
        for colour in colours(page.items)
        if not colour.spot
        for name, ink in zip(PLATES, colour.cmyk, strict=True)
        if ink
    }


def picture_plates(pictures: Iterable[bytes]) -> set[str]:
    """Those that pictures with these dictionaries print on."""
    found: set[str] = set()
    for dictionary in pictures:
        if b"/ImageMask" in dictionary:
            continue  # it has no colour but that of the page
        if b" 0 R /Decode [1 0]" in dictionary:
            continue  # it is printed in a spot
        gray = b"/DeviceGray" in dictionary and b"/DeviceCMYK" not in dictionary
        found.update(PLATES[3:] if gray else PLATES)
    return found


def _placed(run: GlyphRun, name: bytes, colour: bytes, frame: Frame) -> list[bytes]:
    """The colour of a word, and its form in its place; a form has no colour of its own."""
    scale = fine_point(run.size // run.face.units_per_em)
    place = frame.at(run.origin.x, run.origin.y)
    return [colour, b"q %s 0 0 %s %s cm /%s Do Q" % (scale, scale, place, name)]


def _form(run: GlyphRun, font: hb.Font) -> tuple[bytes, bytes]:
    """The dictionary and the paths of a word in font units, from its start on its baseline."""
    face = run.face
    unit = run.size / face.units_per_em
    places = [(round(along / unit), round(across / unit)) for along, across in glyph_places(run)]
    drawn = replace(run, size=face.units_per_em, origin=Point(0, 0))
    path = textless_path(drawn, places, font)
    parts = []
    for verb, numbers in path:
        parts += [b"%d %d" % (numbers[i], -numbers[i + 1]) for i in range(0, len(numbers), 2)]
        parts.append(VERBS[verb])
    across = [numbers[i] for _, numbers in path for i in range(0, len(numbers), 2)] or [0]
    down = [-numbers[i] for _, numbers in path for i in range(1, len(numbers), 2)] or [0]
    box = (min(across), min(down), max(across), max(down))
    head = b"/Type /XObject /Subtype /Form /BBox [%d %d %d %d] /Resources << >>" % box
    return head, b" ".join((*parts, b"f"))
