"""Colours as inks, and what the style sheet says of editions in fewer inks."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from layout.diagnostics import NOWHERE, Span

Cmyk = tuple[float, float, float, float]


class Colour(Struct, frozen=True):
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

    @property
    def total(self) -> float:
        """All its ink together (総インキ量), in percent: a spot is one ink."""
        own = self.tint if self.spot else sum(self.cmyk)
        return own + (self.plus.total if self.plus else 0.0)

    @property
    def strongest(self) -> float:
        """The most that one plate prints of it, in percent."""
        own = self.tint if self.spot else max(self.cmyk)
        return max(own, self.plus.strongest if self.plus else 0.0)


def tinted(colour: Colour, percent: float) -> Colour:
    """So many percent of a colour."""
    if percent == 100:
        return colour
    cyan, magenta, yellow, black = (round(ink * percent / 100, 2) for ink in colour.cmyk)
    tint = round(colour.tint * percent / 100, 2) if colour.spot else 100.0
    name = f"{colour.name} {percent:g} %"
    return replace(colour, name=name, cmyk=(cyan, magenta, yellow, black), tint=tint)


class Ink(Struct, frozen=True):
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


class InkPlan(Struct, frozen=True):
    """An edition in so many inks; ``colours`` says for colours of the sheet what they become.

    Colours that are not named are shared out among the inks.  Pictures are printed in
    the darkest.
    """

    inks: tuple[Ink, ...]
    colours: Mapping[str, Shares] = field(default_factory=dict)
    span: Span = NOWHERE


class Tone(Struct, frozen=True):
    """What an area becomes in black alone: white, black, or a pattern that covers so much of it.

    ``kind`` is white, black, dots, rising, falling or mesh.  Over half, the pattern is
    white on black.
    """

    kind: str
    percent: float = 0.0


class MonoPlan(Struct, frozen=True):
    """The edition for the photocopier; ``colours`` says for areas in a colour what they become.

    ``pictures``: ``gray``, or ``bitonal``, in coarse dots of black alone.
    """

    colours: Mapping[str, Tone] = field(default_factory=dict)
    pictures: Literal["gray", "bitonal"] = "gray"


KEY: Final[Cmyk] = (0.0, 0.0, 0.0, 100.0)
BLACK_INK: Final = Ink("sumi", "墨", Colour("sumi", KEY), KEY)


class Editions(Struct, frozen=True):
    """What a sheet says of its editions; a plan without inks is not in it."""

    mono: MonoPlan = MonoPlan()
    two_inks: InkPlan = InkPlan(())
    riso: InkPlan = InkPlan(())


NO_EDITIONS: Final = Editions()
