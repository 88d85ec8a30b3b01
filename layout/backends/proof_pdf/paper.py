"""Where things are on a sheet of proof paper; all lengths in millimetres."""

from typing import Final

from msgspec import Struct

from layout.backends.proof_pdf.places import Piece
from layout.reading.model import Box, Page

MM_PER_PT: Final = 25.4 / 72

MARGIN: Final = 10.0
"""No office printer reaches further out."""

HEAD: Final = 15.0
FOOT: Final = 5.0
GAP: Final = 3.0
_NOTES_LEAST: Final = 36.0
_LIST_LEAST: Final = 30.0
_A4: Final = (210.0, 297.0)
_A3: Final = (297.0, 420.0)
_REDUCED: Final = 0.5**0.5
"""One size of paper smaller, so that a copier's A4 → A3 gives the true size again."""


class Paper(Struct, frozen=True):
    """A sheet and the place of the leaflet's page on it.

    ``x`` and ``y`` are the upper left corner of the page, ``wide`` and ``high`` its size
    on paper: ``scale`` times its own.
    """

    width: float
    height: float
    x: float
    y: float
    wide: float
    high: float
    scale: float

    def place(self, box: Box) -> Box:
        """Where a box of the page lies on paper, as far as the page reaches."""
        left, top = max(box.x, 0.0), max(box.y, 0.0)
        right = min(box.x + box.width, self.wide / self.scale)
        low = min(box.y + box.height, self.high / self.scale)
        scale = self.scale
        wide, high = max(right - left, 0.0) * scale, max(low - top, 0.0) * scale
        return Box(self.x + left * scale, self.y + top * scale, wide, high)

    def stretch(self, piece: Piece) -> Box:
        """Characters' own part of their line, on paper; a place between two has no length."""
        chars, box = piece.line.chars, piece.line.box
        begin, end = 0.0, 0.0
        if piece.start < piece.end <= len(chars):
            begin, end = chars[piece.start].at, chars[piece.end - 1].at + chars[piece.end - 1].size
        elif chars and piece.start:
            before = chars[min(piece.start, len(chars)) - 1]
            begin = end = before.at + before.size
        if piece.line.vertical:
            return self.place(Box(box.x, box.y + begin, box.width, end - begin))
        return self.place(Box(box.x + begin, box.y, end - begin, box.height))

    @property
    def notes(self) -> tuple[float, float, float, float]:
        """The column for corrections: corner and size."""
        x = self.x + self.wide + GAP
        return x, self.y, self.width - MARGIN - x, self.high

    @property
    def remarks(self) -> tuple[float, float, float, float]:
        """The room below for remarks: corner and size."""
        y = self.y + self.high + GAP
        return MARGIN, y, self.width - 2 * MARGIN, self.height - MARGIN - FOOT - y


def paper_for(page: Page) -> Paper:
    """A4, or A3 for a page larger than A4; upright or lying as the page is."""
    short, long = sorted((page.width, page.height))
    sheet = _A4 if short <= _A4[0] + 1 and long <= _A4[1] + 1 else _A3
    width, height = sheet if page.height >= page.width else sheet[::-1]
    fit = min(
        (width - 2 * MARGIN - GAP - _NOTES_LEAST) / page.width,
        (height - 2 * MARGIN - HEAD - FOOT - GAP - _LIST_LEAST) / page.height,
    )
    scale = 1.0 if fit >= 1 else min(fit, _REDUCED)
    return Paper(
        width, height, MARGIN, MARGIN + HEAD, page.width * scale, page.height * scale, scale
    )
