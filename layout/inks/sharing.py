"""Colours shared out among a few inks: what of each ink looks most like the colour.

All mixtures are tried in steps that a plate can hold, coarse steps first.  Lightness
counts most, for it is what tells things apart; one ink is better than two that look
a little more alike, for two must be printed in register.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from typing import Final

from layout.inks.looks import Lab, Light, chroma, lab, light, look, through
from layout.style.colours import Cmyk, Ink, InkPlan, Shares
from layout.style.model import Colour

TINT_LEAST: Final = 10.0
"""Percent: lighter tints are lost on a risograph, and uneven in offset print."""

_STEPS: Final = (0.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 100.0)
_COARSE: Final = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
_AROUND: Final = 20.0
_WEIGHT: Final = 1.6
"""How much more a difference of lightness counts than one of colour."""

_REGISTER: Final = 6.0
"""By how much a mixture must look better for each further ink."""

_FOREIGN: Final = 15.0
"""The same for an ink of another hue, which would only darken the colour."""

_STRANGE: Final = 60.0
"""The same for text and lines, which have one ink: rather gray than the wrong colour."""

_HUES: Final = 70.0
"""Degrees from which on two hues are strangers."""

_DARK: Final = 25.0
_PALE: Final = 97.5
_GRAY: Final = 12.0


class Inks:
    """The inks of an edition, and what each colour becomes in them."""

    def __init__(self, plan: InkPlan) -> None:
        self.inks = plan.inks
        self.darkest = min(plan.inks, key=lambda ink: look(ink.looks)[0])
        self._said: Mapping[str, Shares] = plan.colours
        self._full = tuple(light(ink.looks) for ink in plan.inks)

    def area(self, colour: Colour) -> tuple[float, ...]:
        """The percent of each ink for an area in a colour: as the sheet says, else the nearest."""
        if (said := self.said(colour)) is not None:
            return said
        return _nearest(colour.cmyk, self._full, self.inks.index(self.darkest))

    def said(self, colour: Colour) -> tuple[float, ...] | None:
        """What the sheet says of a colour."""
        if colour.name not in self._said:
            return None
        found = dict(self._said[colour.name])
        return tuple(found.get(ink.name, 0.0) for ink in self.inks)

    def line(self, colour: Colour, ground: Lab, contrast: float) -> tuple[float, ...]:
        """One full ink or none, for text and lines.

        Of those that stand out from ``ground`` by ``contrast`` of lightness the nearest to the
        colour, else the one that stands out most.
        """
        said = self.said(colour)
        if said is not None and set(said) <= {0.0, 100.0}:
            return said
        if _is_black(colour.cmyk):
            wanted = self._only(self.darkest)
            if abs(self.seen(wanted)[0] - ground[0]) >= contrast:
                return wanted
        choices = [(0.0,) * len(self.inks), *map(self._only, self.inks)]
        clear = [each for each in choices if abs(self.seen(each)[0] - ground[0]) >= contrast]
        if clear:
            target = look(colour.cmyk)
            return min(clear, key=lambda each: self._unlike(each, target))
        return max(choices, key=lambda each: abs(self.seen(each)[0] - ground[0]))

    def _unlike(self, percents: tuple[float, ...], target: Lab) -> float:
        """How little one full ink, or paper, looks like a colour."""
        inks = zip(self._full, percents, strict=True)
        strange = any(percent and _is_foreign(lab(full), target) for full, percent in inks)
        return _apart(self.seen(percents), target) + (_STRANGE if strange else 0.0)

    def _only(self, ink: Ink) -> tuple[float, ...]:
        return tuple(100.0 if each is ink else 0.0 for each in self.inks)

    def seen(self, percents: Iterable[float]) -> Lab:
        """How a mixture looks."""
        return lab(through(zip(self._full, percents, strict=True)))


def _is_black(cmyk: Cmyk) -> bool:
    seen = look(cmyk)
    return seen[0] < _DARK and chroma(seen) < _GRAY


def _apart(one: Lab, other: Lab) -> float:
    return math.hypot((one[0] - other[0]) * _WEIGHT, one[1] - other[1], one[2] - other[2])


@cache
def _nearest(cmyk: Cmyk, inks: tuple[Light, ...], darkest: int) -> tuple[float, ...]:
    """The mixture that looks most like a colour."""
    target = look(cmyk)
    if target[0] >= _PALE and chroma(target) < _GRAY:
        return (0.0,) * len(inks)
    if _is_black(cmyk):
        return tuple(100.0 if at == darkest else 0.0 for at in range(len(inks)))

    foreign = [_is_foreign(lab(ink), target) for ink in inks]

    def cost(percents: tuple[float, ...]) -> float:
        used = [strange for percent, strange in zip(percents, foreign, strict=True) if percent]
        seen = lab(through(zip(inks, percents, strict=True)))
        return _apart(seen, target) + _REGISTER * max(len(used) - 1, 0) + _FOREIGN * sum(used)

    rough = min(product(_COARSE, repeat=len(inks)), key=cost)
    fine = ([step for step in _STEPS if abs(step - at) <= _AROUND] for at in rough)
    return min(product(*fine), key=cost)


def _is_foreign(ink: Lab, target: Lab) -> bool:
    """Whether an ink is of quite another hue than a colour; grays are foreign to nothing."""
    if min(chroma(ink), chroma(target)) < _GRAY:
        return False
    turn = math.degrees(math.atan2(ink[2], ink[1]) - math.atan2(target[2], target[1])) % 360
    return min(turn, 360 - turn) > _HUES
