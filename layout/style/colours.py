"""Colours as inks, and what the style sheet says of editions in fewer inks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from layout.diagnostics import NOWHERE, Span

Cmyk = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Colour:
    """A named colour, components in percent of ink.

    With ``spot`` it is ``tint`` percent of the ink of that name (特色), and ``cmyk``
    is what stands for it where that ink is not printed.  What ``plus`` says is
    printed on the same place besides.  ``over`` lays the ink over what is
    beneath instead of knocking it out (オーバープリント).
    """

    name: str
    cmyk: Cmyk
    spot: str = ""
    tint: float = 100.0
    plus: "Colour | None" = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """One ink of an edition.

    ``colour`` is what is printed where the ink is full: a spot, or a process
    plate that stands for it.  ``looks`` are the percentages of four-colour print
    that look like it: by them colours are shared out, and previews shown.
    """

    name: str
    label: str
    colour: Colour
    looks: Cmyk
    span: Span = NOWHERE


Shares = tuple[tuple[str, float], ...]
"""How many percent of each ink, by the ink's name."""


@dataclass(frozen=True, slots=True)
class InkPlan:
    """An edition in so many inks; ``colours`` says for colours of the sheet what they become.

    ``pictures``: ``gray``, in the darkest ink, or ``duotone``, in the two darkest.
    Colours that are not named are shared out among the inks.
    """

    inks: tuple[Ink, ...]
    colours: Mapping[str, Shares] = field(default_factory=dict)
    pictures: Literal["gray", "duotone"] = "gray"
    span: Span = NOWHERE


PatternKind = Literal["dots", "rising", "falling", "mesh"]
PATTERNS: Final[tuple[PatternKind, ...]] = ("dots", "rising", "falling", "mesh")


@dataclass(frozen=True, slots=True)
class Tone:
    """What an area becomes in black alone: white, black, or a pattern that covers so much of it.

    Over half, the pattern is white on black.
    """

    kind: Literal["white", "black", "dots", "rising", "falling", "mesh"]
    percent: float = 0.0


@dataclass(frozen=True, slots=True)
class MonoPlan:
    """The edition for the photocopier; ``colours`` says for areas in a colour what they become.

    ``pictures``: ``gray``, or ``bitonal``, in coarse dots of black alone.
    """

    colours: Mapping[str, Tone] = field(default_factory=dict)
    pictures: Literal["gray", "bitonal"] = "gray"


KEY: Final[Cmyk] = (0.0, 0.0, 0.0, 100.0)
BLACK_INK: Final = Ink("sumi", "墨", Colour("sumi", KEY), KEY)


@dataclass(frozen=True, slots=True)
class Editions:
    """What a sheet says of its editions; a plan without inks is not in it."""

    mono: MonoPlan = MonoPlan()
    two_inks: InkPlan = InkPlan(())
    riso: InkPlan = InkPlan(())
