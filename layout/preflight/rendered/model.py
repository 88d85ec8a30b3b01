"""What the plates of a finished file are, and what was measured on them.

Places are millimetres from the upper left corner of the trimmed page, x to the
right and y downwards, as ``finished.facts`` has them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.diagnostics import NOWHERE, Span
from layout.preflight.finished.facts import PT_PER_MM, Box, Place

if TYPE_CHECKING:
    from PIL.Image import Image


class Plate(Struct, frozen=True):
    """One ink of one page.  ``image`` is gray, 0 bare paper and 255 a solid; None: nothing."""

    name: str
    image: "Image | None"


class PagePlates(Struct, frozen=True):
    """The plates of a page: Cyan, Magenta, Yellow, Black, then the spot inks by name.

    ``area`` is what the pictures show, in points of the page's own space (before
    ``rotate``, which viewers apply and plates do not); ``size`` their pixels.
    ``spots`` gives a spot's look on paper, sRGB.
    """

    number: int
    dpi: float
    area: Box
    trim: Box
    bleed: Box
    rotate: int
    size: tuple[int, int]
    plates: tuple[Plate, ...]
    spots: Mapping[str, tuple[int, int, int]]

    def place(self, box: tuple[float, float, float, float]) -> Place:
        """A rectangle of pixels (x0, y0, x1, y1) as a place on the trimmed page."""
        across = self.area.width / self.size[0]
        down = self.area.height / self.size[1]
        x0, y0, x1, y1 = box
        return Place(
            (self.area.x0 + x0 * across - self.trim.x0) / PT_PER_MM,
            (self.trim.y1 - self.area.y1 + y0 * down) / PT_PER_MM,
            (x1 - x0) * across / PT_PER_MM,
            (y1 - y0) * down / PT_PER_MM,
        )

    def pixels(self, box: Box) -> tuple[float, float, float, float]:
        """A rectangle of the page's space in pixels: x0, y0, x1, y1."""
        across = self.size[0] / self.area.width
        down = self.size[1] / self.area.height
        return (
            (box.x0 - self.area.x0) * across,
            (self.area.y1 - box.y1) * down,
            (box.x1 - self.area.x0) * across,
            (self.area.y1 - box.y0) * down,
        )


class ExpectedCode(Struct, frozen=True):
    """A QR code that the source asks for: its page from 1, place, what it says, its YAML line."""

    page: int
    place: Place
    text: str
    span: Span = NOWHERE


class CodeFact(Struct, frozen=True):
    """A code that was read from the plates.

    ``cell_mm`` is the width of a cell, ``quiet_cells`` the bare margin at its
    narrowest side, ``contrast`` from 0 to 1 the difference in lightness of its
    dark and light cells.  A kind other than QR has no cell.
    """

    page: int
    place: Place
    kind: str
    text: str
    cell_mm: float = 0.0
    quiet_cells: float = 0.0
    contrast: float = 0.0


class PageInk(Struct, frozen=True):
    """Total ink of a page inside its bleed.

    ``most`` is the largest sum of all plates in percent, at ``at``; ``over_area``
    the part of the trimmed page over the profile's ``ink_most``, from 0 to 1.
    ``plates`` are the inks that are really there, with the part of the page they cover.
    """

    page: int
    most: float
    at: Place | None
    over_area: float
    plates: Mapping[str, float]


class Rendered(Struct, frozen=True):
    """All that the checks which render measured, with the plates they looked at."""

    pages: tuple[PagePlates, ...]
    inks: tuple[PageInk, ...]
    codes: tuple[CodeFact, ...]

    @property
    def most_ink(self) -> float:
        """The largest total ink of the file in percent."""
        return max((ink.most for ink in self.inks), default=0.0)
