"""Gray pictures in coarse dots of black alone, as a copier keeps them.

A copier drops the fine screen of a gray picture or closes it up.  Dots that it can
resolve, about fifty in an inch, come through every generation of copies.
"""

import math
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

PPI: Final = 600.0
"""Pixels per inch of the dots' edges: what office printers resolve."""

CELL: Final = 16
"""Pixels from dot to dot in a row; rows stand in the gaps of each other, under 45 degrees."""


def dotted(gray: "Image", ppi: float) -> "Image":
    """A picture in mode L of so many pixels an inch, as dots in mode 1."""
    from PIL import Image, ImageChops
    from PIL.Image import Resampling

    scale = PPI / ppi
    size = (max(1, round(gray.width * scale)), max(1, round(gray.height * scale)))
    large = gray.resize(size, Resampling.BICUBIC)
    tile = Image.frombytes("L", (CELL, CELL), _thresholds())
    screen = Image.new("L", size)
    for x in range(0, size[0], CELL):
        for y in range(0, min(size[1], CELL), CELL):
            screen.paste(tile, (x, y))
    row = screen.crop((0, 0, size[0], min(CELL, size[1])))
    for y in range(CELL, size[1], CELL):
        screen.paste(row, (0, y))
    lighter = ImageChops.subtract(large, screen)
    return lighter.point([0] + [255] * 255).convert("1")


@cache
def _thresholds() -> bytes:
    """Which gray turns each pixel of a cell black: round dots that grow, then round holes."""

    def height(at: int) -> float:
        x, y = at % CELL + 0.5, at // CELL + 0.5
        return math.cos(2 * math.pi * x / CELL) + math.cos(2 * math.pi * y / CELL)

    order = sorted(range(CELL * CELL), key=lambda at: (round(height(at), 9), at))
    out = bytearray(CELL * CELL)
    for rank, at in enumerate(order):
        out[at] = rank * 255 // (CELL * CELL)
    return bytes(out)
