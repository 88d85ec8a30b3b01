"""Which ink every part of a page is printed in: what two inks and a risograph have in common.

``assign`` is the list of the steps: areas by their colour, lines and text by what they
stand on, then what is laid over what and what is cut out of it.
"""

from collections import Counter
from typing import Final

from msgspec import Struct, field

from layout.diagnostics import Reporter
from layout.display.model import Colour
from layout.inks.looks import Lab, distance, lightness, look
from layout.inks.sharing import Inks
from layout.inks.survey import PAPER, Part, Survey
from layout.units import mm

Percents = tuple[float, ...]

CONTRAST: Final = 32.0
"""By how much lightness text stands out from its ground, where there is an ink for it."""

_LARGE: Final = mm(6.5)
_LARGE_CONTRAST: Final = 20.0
"""Type of that size may be nearer to its ground."""

_HAIR: Final = mm(0.5)
"""Lines and letters so thin are full: a tint would break them up."""

_FIRM: Final = 60.0
"""From this percent on the darkest ink is full beneath light text."""

_CARRIES: Final = 0.015
_TELLING: Final = 10.0
_ALIKE: Final = 3.0
_FAINT: Final = 15.0
_SHOWN: Final = 12
_TOUCHING: Final = 12
"""Dots of the survey along which areas touch, to be worth a remark."""

_PAPER_LOOK: Final[Lab] = (100.0, 0.0, 0.0)


class Assignment(Struct):
    """For each part of a page, by number, the percent of each ink and whether it is laid over."""

    percents: dict[int, Percents] = field(default_factory=dict)
    over: set[int] = field(default_factory=set)

    def of(self, number: int, inks: Inks) -> Percents:
        """The inks of a part; paper has none."""
        return self.percents.get(number, (0.0,) * len(inks.inks))


def assign(found: Survey, inks: Inks) -> Assignment:
    """Share the parts of a page out among the inks."""
    made = Assignment()
    _assign_areas(found, inks, made)
    _assign_lines(found, inks, made)
    _lay_over(found, inks, made)
    return made


def _assign_areas(found: Survey, inks: Inks, made: Assignment) -> None:
    firm = _carrying_light_text(found)
    darkest = inks.inks.index(inks.darkest)
    for part in found.of("fill"):
        if part.colour is None or part.thickness < _HAIR:
            continue
        percents = inks.area(part.colour)
        if part.number in firm and percents[darkest] >= _FIRM and inks.said(part.colour) is None:
            full = [*percents]
            full[darkest] = 100.0
            percents = tuple(full)
        made.percents[part.number] = percents
    for part in found.of("picture"):
        if part.colour is None:
            made.percents[part.number] = tuple(
                50.0 if ink is inks.darkest else 0.0 for ink in inks.inks
            )


def _carrying_light_text(found: Survey) -> set[int]:
    light: Counter[int] = Counter()
    for text in found.of("text"):
        for number, dots in text.under.items():
            ground = found.parts.get(number)
            if ground and text.colour and ground.colour:
                lighter = lightness(text.colour.cmyk) > lightness(ground.colour.cmyk)
                light[number] += dots if lighter else -dots
    return {n for n, dots in light.items() if dots > _CARRIES * max(found.parts[n].seen, 1)}


def _assign_lines(found: Survey, inks: Inks, made: Assignment) -> None:
    """Text, lines and whatever is as thin, in the order of painting: lines are grounds too."""
    for part in found.parts.values():
        if part.colour is None or part.number in made.percents:
            continue
        if part.kind == "line" and part.thickness >= _HAIR:
            made.percents[part.number] = inks.area(part.colour)
            continue
        ground = ground_look(part, inks, made)
        original = _original(part, found)
        wanted = abs(lightness(part.colour.cmyk) - original)
        contrast = min(CONTRAST, wanted * 0.6)
        if part.kind == "text":
            contrast = _LARGE_CONTRAST if part.thickness >= _LARGE else CONTRAST
        made.percents[part.number] = inks.line(part.colour, ground, contrast)


def _original(part: Part, found: Survey) -> float:
    """The lightness of what was beneath a part."""
    whole = max(sum(part.under.values()), 1)
    total = 0.0
    for number, dots in part.under.items():
        ground = found.parts.get(number)
        total += dots * (lightness(ground.colour.cmyk) if ground and ground.colour else 100.0)
    return total / whole


def ground_look(part: Part, inks: Inks, made: Assignment) -> Lab:
    """How what is beneath a part looks now, on the whole."""
    whole = sum(part.under.values())
    if not whole:
        return _PAPER_LOOK
    looks = [(inks.seen(made.of(number, inks)), dots) for number, dots in part.under.items()]
    light, along, across = (sum(seen[axis] * dots for seen, dots in looks) for axis in range(3))
    return light / whole, along / whole, across / whole


def _lay_over(found: Survey, inks: Inks, made: Assignment) -> None:
    """The darkest ink is laid over all, and dark text and lines over what is much lighter.

    What is cut out must meet its hole to a tenth of a millimetre; what is laid over
    may stand a little aside and nobody sees it.
    """
    solid = tuple(100.0 if ink is inks.darkest else 0.0 for ink in inks.inks)
    for part in found.parts.values():
        percents = made.percents.get(part.number)
        if percents is None or not any(percents):
            continue
        thin = part.kind != "fill" or part.thickness < mm(3)
        clear = inks.seen(percents)[0] + CONTRAST < ground_look(part, inks, made)[0]
        if percents == solid or (thin and clear):
            made.over.add(part.number)


# --- what is lost


def report_lost(
    found: Survey, inks: Inks, made: Assignment, page: int, reporter: Reporter, edition: str
) -> None:
    """Tell which text is hard to read, and which different colours look the same and touch."""
    for part in found.of("text"):
        standing = abs(inks.seen(made.of(part.number, inks))[0] - ground_look(part, inks, made)[0])
        if standing < _FAINT and part.colour is not None:
            text = part.text[:_SHOWN]
            reporter.note(
                "edition.low-contrast",
                part.span,
                page=page,
                edition=edition,
                text=text,
                colour=part.colour.name,
            )
    told: set[tuple[str, str]] = set()
    for (one, other), dots in found.touching.items():
        upper, lower = found.parts.get(other), found.parts.get(one)
        if dots < _TOUCHING or upper is None or upper.colour is None:
            continue
        if upper.kind != "fill" or (one != PAPER and (lower is None or lower.kind != "fill")):
            continue
        before = lower.colour if lower and lower.colour else Colour("", (0.0, 0.0, 0.0, 0.0))
        if distance(look(before.cmyk), look(upper.colour.cmyk)) < _TELLING:
            continue
        if distance(inks.seen(made.of(one, inks)), inks.seen(made.of(other, inks))) >= _ALIKE:
            continue
        names = (before.name, upper.colour.name)
        if names not in told and (upper.thickness > _HAIR and (not lower or lower.thickness)):
            told.add(names)
            reporter.note(
                "edition.alike",
                upper.span,
                page=page,
                edition=edition,
                one=before.name or "紙 / paper",
                other=upper.colour.name,
            )
