"""How ink looks on paper: lightness and hue of percentages, near enough to choose by.

Each ink lets through a share of red, green and blue light (Murray and Davies, with
the dots grown as on coated paper); inks on one another multiply.  Whoever needs exact
colours asks the ICC profile; here colours are only compared with one another.
"""

import math
from collections.abc import Iterable
from functools import cache
from typing import Final

from layout.style.colours import Cmyk

Light = tuple[float, float, float]
"""Red, green and blue light, 0 to 1, linear."""

Lab = tuple[float, float, float]
"""CIE L*a*b*: lightness 0 to 100, and two axes of colour."""

_PROCESS: Final[tuple[Light, ...]] = (
    (0.01, 0.33, 0.74),
    (0.79, 0.01, 0.21),
    (0.99, 0.83, 0.01),
    (0.01, 0.01, 0.01),
)
"""What a full plate of cyan, magenta, yellow and black lets through."""

_GROWTH: Final = 0.85
"""The exponent by which dots grow: 50 percent print like 55."""

_WHITE: Final = (0.9505, 1.0, 1.089)


def light(cmyk: Cmyk) -> Light:
    """The light that comes back from paper with these inks."""
    return through(zip(_PROCESS, cmyk, strict=True))


def through(inks: Iterable[tuple[Light, float]]) -> Light:
    """The light that comes back through inks, each full one's light with its percent."""
    red = green = blue = 1.0
    for full, percent in inks:
        share = min(max(percent / 100, 0.0), 1.0) ** _GROWTH
        red *= 1 - share * (1 - full[0])
        green *= 1 - share * (1 - full[1])
        blue *= 1 - share * (1 - full[2])
    return red, green, blue


@cache
def look(cmyk: Cmyk) -> Lab:
    """How these inks look."""
    return lab(light(cmyk))


def lightness(cmyk: Cmyk) -> float:
    """L* of these inks: 0 is black, 100 paper."""
    return look(cmyk)[0]


def lab(seen: Light) -> Lab:
    """Linear light as L*a*b* (IEC 61966-2-1, ISO 11664-4)."""
    red, green, blue = seen
    along = _cube_root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / _WHITE[0])
    level = _cube_root(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    below = _cube_root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / _WHITE[2])
    return 116 * level - 16, 500 * (along - level), 200 * (level - below)


def _cube_root(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


def distance(one: Lab, other: Lab) -> float:
    """How different two colours look: about 2 is seen side by side, 10 at a glance."""
    return math.dist(one, other)


def chroma(seen: Lab) -> float:
    """How colourful it is: 0 is gray."""
    return math.hypot(seen[1], seen[2])
