"""A style sheet as a group's own edition asks for it: other colours, larger type."""

from typing import Final

from msgspec.structs import replace

from layout.source.look import Look
from layout.source.model import Measure
from layout.source.sheet import StyleSheet, TextRule

_OF_PAPER: Final = frozenset(("mm", "Q", "H", "pt"))
"""Units that do not grow with the type by themselves."""


def looked(sheet: StyleSheet, look: Look, base: StyleSheet | None) -> StyleSheet:
    """The sheet with the look's colours and with all type enlarged.

    Colours that the leaflet's own sheet ``base`` has besides are there for its figures.

    What the sheet measures in characters, lines or percent of the type grows with it;
    pages, areas and their margins stay.
    """
    if look.colours or base is not None:
        own = {} if base is None else base.colours
        fresh = {n: c for n, c in own.items() if n not in sheet.colours}
        sheet = replace(sheet, colours={**sheet.colours, **fresh, **look.colours})
    if look.scale != 1.0:
        text = {name: _scaled_rule(rule, look.scale) for name, rule in sheet.text.items()}
        sheet = replace(sheet, text=text)
    return sheet


def _scaled_rule(rule: TextRule, scale: float) -> TextRule:
    return replace(
        rule,
        size=_scaled(rule.size, scale),
        line=_scaled(rule.line, scale),
        indent=_scaled(rule.indent, scale),
        hang=_scaled(rule.hang, scale),
        tracking=_scaled(rule.tracking, scale),
    )


def _scaled(measure: Measure | None, scale: float) -> Measure | None:
    if measure is None or measure.unit not in _OF_PAPER:
        return measure
    return replace(measure, value=measure.value * scale)
