"""Editions in fewer inks, as a sheet or a leaflet says them: names, percents, places."""

from dataclasses import dataclass, field

from layout.diagnostics import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class InkRule:
    """An ink: what it looks like, and the spot or the process plate that prints it."""

    name: str
    cmyk: tuple[float, float, float, float]
    span: Span
    label: str = ""
    spot: str = ""
    plate: str = ""


@dataclass(frozen=True, slots=True)
class PlanRule:
    """An edition in some inks; ``colours`` are percents by ink, each with its place."""

    inks: tuple[InkRule, ...] = ()
    colours: dict[str, tuple[dict[str, float], Span]] = field(default_factory=dict)
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class ToneRule:
    """What areas in a colour become in black: white, black, or a pattern with its percent."""

    kind: str
    percent: float
    span: Span


@dataclass(frozen=True, slots=True)
class MonoRule:
    """The edition for the photocopier; empty ``pictures``: not said."""

    colours: dict[str, ToneRule] = field(default_factory=dict)
    pictures: str = ""


@dataclass(frozen=True, slots=True)
class EditionRules:
    """What is said of all editions in one place."""

    mono: MonoRule = MonoRule()
    two_inks: PlanRule = PlanRule()
    riso: PlanRule = PlanRule()


UNSAID = EditionRules()
