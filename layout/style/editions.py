"""Editions in fewer inks, resolved: names checked, what the leaflet says over the sheet."""

from collections.abc import Iterator
from typing import Final

from layout.source.edition_model import EditionRules, InkRule, MonoRule, PlanRule
from layout.style.cascade import Cascade
from layout.style.colours import (
    BLACK_INK,
    KEY,
    Cmyk,
    Colour,
    Editions,
    Ink,
    InkPlan,
    MonoPlan,
    Shares,
    Tone,
)

_PLATES: Final[dict[str, Cmyk]] = {
    "C": (100.0, 0.0, 0.0, 0.0),
    "M": (0.0, 100.0, 0.0, 0.0),
    "Y": (0.0, 0.0, 100.0, 0.0),
    "K": KEY,
}
_COUNTS: Final = {"two-inks": (2, 2), "riso": (1, 4)}


def resolve_editions(leaflet: EditionRules, sheet: EditionRules, cascade: Cascade) -> Editions:
    """The editions; names that do not exist are reported and left out."""
    return Editions(
        _mono((sheet.mono, leaflet.mono), cascade),
        _plan("two-inks", (sheet.two_inks, leaflet.two_inks), cascade),
        _plan("riso", (sheet.riso, leaflet.riso), cascade),
    )


def _mono(said: tuple[MonoRule, ...], cascade: Cascade) -> MonoPlan:
    tones = {}
    for rule in said:
        for name, tone in rule.colours.items():
            if name not in cascade.sheet.colours:
                cascade.unknown("colour", name, tone.span, tuple(cascade.sheet.colours))
            else:
                tones[name] = Tone(tone.kind, tone.percent)
    bitonal = next((rule.pictures for rule in reversed(said) if rule.pictures), "") == "bitonal"
    return MonoPlan(tones, "bitonal" if bitonal else "gray")


def _plan(kind: str, said: tuple[PlanRule, ...], cascade: Cascade) -> InkPlan:
    """Other inks of the leaflet make what the sheet says of colours void."""
    chosen = next((rule for rule in reversed(said) if rule.inks), None)
    if chosen is None:
        return InkPlan(())
    least, most = _COUNTS[kind]
    if not least <= len(chosen.inks) <= most:
        cascade.reporter.error(
            "edition.ink-count",
            chosen.span,
            edition=kind,
            count=len(chosen.inks),
            least=least,
            most=most,
        )
        return InkPlan(())
    inks = tuple(_ink(rule) for rule in chosen.inks)
    heard = said[said.index(chosen) :]
    colours = {name: shares for rule in heard for name, shares in _shares(rule, inks, cascade)}
    return InkPlan(inks, colours, chosen.span)


def _ink(rule: InkRule) -> Ink:
    """A spot of that name, unless a process plate stands for it or it is plain black."""
    label = rule.label or rule.spot or rule.name
    if rule.plate:
        colour = Colour(rule.name, _PLATES[rule.plate])
    elif rule.cmyk == KEY and not rule.spot:
        colour = BLACK_INK.colour
    else:
        colour = Colour(rule.name, rule.cmyk, rule.spot or rule.name)
    return Ink(rule.name, label, colour, rule.cmyk, rule.span)


def _shares(
    rule: PlanRule, inks: tuple[Ink, ...], cascade: Cascade
) -> Iterator[tuple[str, Shares]]:
    known = tuple(ink.name for ink in inks)
    for name, (percents, span) in rule.colours.items():
        if name not in cascade.sheet.colours:
            cascade.unknown("colour", name, span, tuple(cascade.sheet.colours))
            continue
        for ink in percents:
            if ink not in known:
                cascade.unknown("ink", ink, span, known)
        yield name, tuple((ink, percent) for ink, percent in percents.items() if ink in known)
