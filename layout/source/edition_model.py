"""Editions in fewer inks, as a sheet or a leaflet says them: names, percents, places."""

from msgspec import Struct, field

from layout.diagnostics import NOWHERE, Span


class InkRule(Struct, frozen=True):
    """An ink: what it looks like, and the spot or the process plate that prints it."""

    name: str
    cmyk: tuple[float, float, float, float]
    span: Span
    label: str = ""
    spot: str = ""
    plate: str = ""


class PlanRule(Struct, frozen=True):
    """An edition in some inks; ``colours`` are percents by ink, each with its place."""

    inks: tuple[InkRule, ...] = ()
    colours: dict[str, tuple[dict[str, float], Span]] = field(default_factory=dict)
    span: Span = NOWHERE


class ToneRule(Struct, frozen=True):
    """What areas in a colour become in black: white, black, or a pattern with its percent."""

    kind: str
    percent: float
    span: Span


class MonoRule(Struct, frozen=True):
    """The edition for the photocopier; empty ``pictures``: not said."""

    colours: dict[str, ToneRule] = field(default_factory=dict)
    pictures: str = ""


class EditionRules(Struct, frozen=True):
    """What is said of all editions in one place."""

    mono: MonoRule = MonoRule()
    two_inks: PlanRule = PlanRule()
    riso: PlanRule = PlanRule()


UNSAID = EditionRules()
