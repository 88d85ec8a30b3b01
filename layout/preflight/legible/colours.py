"""Colours as eyes compare them: contrast (WCAG 2), lightness (OKLCH), colour vision types."""

import json
from functools import cache
from math import atan2, cbrt, cos, hypot, sin
from typing import Final

from msgspec import Struct

from layout.house.rules import DATA

Rgb = tuple[int, int, int]
Triple = tuple[float, float, float]

TEXT_LEAST: Final = 4.5
"""WCAG 2.2, success criterion 1.4.3: contrast of text with what is behind it."""

LARGE_LEAST: Final = 3.0
"""The same for large text, and 1.4.11 for figures."""


def linear(level: int) -> float:
    """Light of an sRGB level from 0 to 255 (IEC 61966-2-1)."""
    part = level / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def level(light: float) -> int:
    """The sRGB level of light from 0 to 1; what is beyond is cut off."""
    bounded = min(1.0, max(0.0, light))
    part = bounded * 12.92 if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055
    return round(part * 255)


def luminance(rgb: Rgb) -> float:
    """Relative luminance as WCAG 2 defines it."""
    red, green, blue = (linear(each) for each in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# --- OKLCH (Björn Ottosson, 2020) -----------------------------------------------------


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    a, b, c = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


_TO_CONES: Final = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB: Final = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB: Final = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONES: Final = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def oklab(rgb: Rgb) -> Triple:
    """Lightness 0 to 1, and the two axes of colour."""
    red, green, blue = (linear(each) for each in rgb)
    a, b, c = (cbrt(cone) for cone in _times(_TO_CONES, (red, green, blue)))
    return _times(_TO_LAB, (a, b, c))


def oklch(rgb: Rgb) -> Triple:
    """Lightness 0 to 1, chroma, hue in radians."""
    light, a, b = oklab(rgb)
    return light, hypot(a, b), atan2(b, a)


def from_oklch(light: float, chroma: float, hue: float) -> Rgb:
    """The sRGB colour; chroma gives way where the screen has no such colour."""
    for _ in range(24):
        lab = (light, chroma * cos(hue), chroma * sin(hue))
        a, b, c = (cone**3 for cone in _times(_FROM_LAB, lab))
        lights = _times(_FROM_CONES, (a, b, c))
        if all(-0.0005 <= each <= 1.0005 for each in lights) or chroma < 0.002:
            break
        chroma *= 0.9
    red, green, blue = (level(each) for each in lights)
    return red, green, blue


def difference(one: Rgb, other: Rgb) -> float:
    """Distance in OKLab; about 0.02 is just seen side by side, 0.1 told apart at a glance."""
    a, b = oklab(one), oklab(other)
    return hypot(*(p - q for p, q in zip(a, b, strict=True)))


# --- types of colour vision -------------------------------------------------------------


class Vision(Struct, frozen=True):
    """A type of colour vision: its letter and names, and what it makes of light."""

    letter: str
    ja: str
    en: str
    matrix: tuple[Triple, Triple, Triple]

    def sees(self, rgb: Rgb) -> Rgb:
        """The colour that shows others what it looks like."""
        red, green, blue = (linear(each) for each in rgb)
        a, b, c = (level(each) for each in _times(self.matrix, (red, green, blue)))
        return a, b, c


@cache
def visions() -> tuple[Vision, ...]:
    """Protan, deutan and tritan, from ``house/data/vision.json``."""
    table = json.loads((DATA / "vision.json").read_text("utf-8"))["kinds"]
    found = []
    for entry in table.values():
        one, two, three = (tuple(row) for row in entry["matrix"])
        found.append(Vision(entry["letter"], entry["ja"], entry["en"], (one, two, three)))
    return tuple(found)
