"""Colours of the leaflet on screens: by day, by night, and with more contrast.

Every ground and every ink on a ground gets a custom property; the schemes give it a
value.  Light grounds become dark ones of the same hue at night, and dark inks light;
what is strong stays as it is.  An ink that could not be read on its ground moves away
from it until it can (WCAG 2.2, 1.4.3 and 1.4.6).
"""

from collections.abc import Callable
from typing import Final

from layout.preflight.legible.colours import (
    LARGE_LEAST,
    TEXT_LEAST,
    Rgb,
    contrast,
    from_oklch,
    oklch,
)

PAPER: Final = (255, 255, 255)
_ENHANCED: Final = 7.0
_MARGIN: Final = 0.06  # so that rounding never falls below
_LIGHT_GROUND: Final = 0.55  # OKLCH lightness from which a ground turns over at night
_LIGHT_INK: Final = 0.74
_STRONG: Final = 0.11  # chroma from which a colour is the leaflet's face, and stays
_STEPS: Final = 60
_STEP: Final = 0.015

Scheme = tuple[Callable[[Rgb], Rgb], Callable[[Rgb], Rgb], float]


def _same(rgb: Rgb) -> Rgb:
    return rgb


def night_ground(rgb: Rgb) -> Rgb:
    """A light ground turned dark; a strong one a little deeper."""
    light, chroma, hue = oklch(rgb)
    if chroma > _STRONG:
        return from_oklch(min(light * 0.95, 0.8), chroma, hue)
    if light > _LIGHT_GROUND:
        return from_oklch(0.205 + (1 - light) * 0.32, min(chroma, 0.035), hue)
    return from_oklch(light * 0.94, chroma, hue)


def night_ink(rgb: Rgb) -> Rgb:
    """A dark ink turned light; a light one as it is, white a little softer."""
    light, chroma, hue = oklch(rgb)
    if light < _LIGHT_INK:
        return from_oklch(0.94 - 0.26 * light, min(chroma, 0.13), hue)
    return from_oklch(min(light, 0.95), chroma, hue)


def strong_ground(rgb: Rgb) -> Rgb:
    """White or nearly black, for those who ask for contrast."""
    light, chroma, hue = oklch(rgb)
    return PAPER if light > _LIGHT_GROUND else from_oklch(min(light, 0.33), chroma, hue)


def strong_night_ground(rgb: Rgb) -> Rgb:
    """Black, or a deep colour."""
    light, chroma, hue = oklch(night_ground(rgb))
    turned = oklch(rgb)[0] > _LIGHT_GROUND
    return (0, 0, 0) if turned else from_oklch(min(light, 0.3), chroma, hue)


SCHEMES: Final[dict[str, Scheme]] = {
    "light": (_same, _same, 0.0),
    "dark": (night_ground, night_ink, 0.0),
    "light-more": (strong_ground, _same, _ENHANCED),
    "dark-more": (strong_night_ground, night_ink, _ENHANCED),
}


def readable(ink: Rgb, ground: Rgb, least: float) -> Rgb:
    """The ink, or the nearest of its hue that has the contrast with the ground."""
    least += _MARGIN
    if contrast(ink, ground) >= least:
        return ink
    light, chroma, hue = oklch(ink)
    lighter = contrast((255, 255, 255), ground) >= contrast((0, 0, 0), ground)
    for number in range(1, _STEPS):
        moved = light + _STEP * number * (1 if lighter else -1)
        found = from_oklch(min(1.0, max(0.0, moved)), chroma * (1 - number / _STEPS / 2), hue)
        if contrast(found, ground) >= least:
            return found
    return (255, 255, 255) if lighter else (0, 0, 0)


def _is_light(ground: Rgb) -> bool:
    return oklch(ground)[0] > _LIGHT_GROUND


def hexadecimal(rgb: Rgb) -> str:
    """``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


class Palette:
    """Custom properties for the colours in use."""

    def __init__(self) -> None:
        self._grounds: dict[Rgb, str] = {}
        self._inks: dict[tuple[Rgb, Rgb, float], str] = {}
        self.ground(PAPER)

    def ground(self, rgb: Rgb) -> str:
        """The property of a ground."""
        return f"var(--{self._grounds.setdefault(rgb, f'g{len(self._grounds)}')})"

    def ink(self, rgb: Rgb, ground: Rgb, *, large: bool = False) -> str:
        """The property of text on a ground."""
        return self._ink(rgb, ground, LARGE_LEAST if large else TEXT_LEAST)

    def line(self, rgb: Rgb, ground: Rgb) -> str:
        """The property of a rule or frame, which may be as faint as it is in print."""
        return self._ink(rgb, ground, 0.0)

    def _ink(self, rgb: Rgb, ground: Rgb, least: float) -> str:
        key = (rgb, ground, least)
        return f"var(--{self._inks.setdefault(key, f'i{len(self._inks)}')})"

    def properties(self, scheme: str) -> str:
        """The declarations of all properties in a scheme."""
        of_ground, of_ink, enhanced = SCHEMES[scheme]
        parts = [f"--{name}:{hexadecimal(of_ground(rgb))}" for rgb, name in self._grounds.items()]
        for (rgb, ground, least), name in self._inks.items():
            wanted = max(least, enhanced) if least else 0.0
            behind = of_ground(ground)
            turned = _is_light(ground) != _is_light(behind)
            shown = of_ink(rgb) if turned or oklch(rgb)[0] > _LIGHT_INK else rgb
            if wanted:
                shown = readable(shown, behind, wanted)
            parts.append(f"--{name}:{hexadecimal(shown)}")
        return ";".join(parts)
