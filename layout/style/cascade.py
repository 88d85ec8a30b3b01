"""Names to values: colours, fonts, text styles, block styles of one sheet.

A name that does not exist is reported once, at the place that uses it, and a
plain stand-in value takes its place so that the rest can still be checked.
"""

from typing import Any, Final

from msgspec.structs import replace

from layout.diagnostics import NOWHERE, Reporter, Span
from layout.source.look import ColourRule
from layout.source.model import Measure
from layout.source.sheet import (
    BlockRule,
    Edge,
    FontPart,
    FontRule,
    StyleSheet,
    TextRule,
)
from layout.style.colours import tinted
from layout.style.model import (
    Align,
    BoxStyle,
    Colour,
    CompositeFont,
    FacePart,
    Sides,
    Stroke,
    TextStyle,
)
from layout.units import Length, mm, pt, q

_BLACK: Final = Colour("sumi", (0.0, 0.0, 0.0, 100.0))
_FIXED: Final = {"mm": mm, "Q": q, "H": q, "pt": pt}
_SIDES: Final = ("block_start", "block_end", "inline_start", "inline_end")
_DASH: Final = {"solid": (), "dashed": (6, 4), "dotted": (1, 2)}


class Cascade:
    """Resolves the names of one sheet, each once."""

    def __init__(self, sheet: StyleSheet, faces: frozenset[str], reporter: Reporter) -> None:
        self.sheet = sheet
        self._faces = faces
        self.reporter = reporter
        self._colours: dict[str, Colour] = {}
        self._spots: dict[str, ColourRule] = {}
        self._fonts: dict[str, CompositeFont] = {}
        self._texts: dict[str, TextStyle] = {}
        self._rules: dict[str, BlockRule] = {}

    # --- colours ---------------------------------------------------------------

    def colour(self, name: str, span: Span) -> Colour:
        """The inks of a named colour."""
        if name not in self._colours:
            self._colours[name] = self._find_colour(name, span, ())
        return self._colours[name]

    def _find_colour(self, name: str, span: Span, path: tuple[str, ...]) -> Colour:
        rule = self.sheet.colours.get(name)
        if rule is None or name in path:
            self.unknown("colour", name, span, tuple(self.sheet.colours))
            return _BLACK
        if rule.cmyk is not None:
            if rule.spot:
                self._check_spot(rule)
            return Colour(name, rule.cmyk, rule.spot, over=rule.overprint)
        if rule.spot:
            self.reporter.error("style.spot-tint", rule.span, name=name, base=rule.tint_of)
        base = self._find_colour(rule.tint_of, rule.span, (*path, name))
        return replace(tinted(base, rule.tint), name=name, over=rule.overprint)

    def _check_spot(self, rule: ColourRule) -> None:
        """One ink looks the same wherever it is named."""
        first = self._spots.setdefault(rule.spot, rule)
        if first.cmyk != rule.cmyk:
            self.reporter.error(
                "style.spot-differs", rule.span, spot=rule.spot, name=rule.name, other=first.name
            )

    def all_colours(self) -> dict[str, Colour]:
        """Every colour of the sheet by name, for drawings."""
        return {name: self.colour(name, rule.span) for name, rule in self.sheet.colours.items()}

    # --- fonts -------------------------------------------------------------------

    def font(self, name: str, span: Span) -> CompositeFont:
        """A composite font with every part filled."""
        if name not in self._fonts:
            self._fonts[name] = self._find_font(name, span)
        return self._fonts[name]

    def _find_font(self, name: str, span: Span) -> CompositeFont:
        rule = self.sheet.fonts.get(name)
        if rule is None:
            self.unknown("font", name, span, tuple(self.sheet.fonts))
            rule = next(iter(self.sheet.fonts.values()), None)
        if rule is None:
            face = next(iter(sorted(self._faces)))
            return CompositeFont(name, *(FacePart(face),) * 5)
        kanji = self._part(rule, "kanji", None)
        latin = self._part(rule, "latin", kanji)
        return CompositeFont(
            name,
            kanji,
            self._part(rule, "kana", kanji),
            latin,
            self._part(rule, "digits", latin),
            self._part(rule, "symbols", kanji),
            rule.fallback,
        )

    def _part(self, rule: FontRule, key: str, otherwise: FacePart | None) -> FacePart:
        part: FontPart | None = rule.parts.get(key)
        if part is None and otherwise is not None:
            return otherwise
        if part is None or part.face not in self._faces:
            name = part.face if part else key
            self.unknown("face", name, part.span if part else rule.span, tuple(self._faces))
            return FacePart(next(iter(sorted(self._faces))))
        return FacePart(part.face, part.scale / 100, part.shift / 100)

    # --- text styles -----------------------------------------------------------------

    def text(self, name: str, span: Span) -> TextStyle:
        """A text style with all lengths in nanometres."""
        if name not in self._texts:
            self._texts[name] = self._find_text(name, span)
        return self._texts[name]

    def _find_text(self, name: str, span: Span) -> TextStyle:
        rule = self._merged(self.sheet.text, name, span, "text")
        if not isinstance(rule, TextRule):
            rule = TextRule(name, span)
        size = self.length(rule.size, 0, 0) or q(14)
        pitch = self.length(rule.line, size, 0) or round(size * 1.6)
        align = Align(rule.align or "justify")
        strong_font, strong_colour = rule.strong_font, rule.strong_colour
        return TextStyle(
            name,
            self.font(rule.font or "", rule.span),
            size,
            pitch,
            self.colour(rule.colour, rule.span) if rule.colour else _BLACK,
            Align.START if rule.ragged else align,
            self.length(rule.indent, size, pitch),
            self.length(rule.hang, size, pitch),
            self.length(rule.tracking, size, pitch),
            bool(rule.proportional),
            bool(rule.phrase),
            self.font(strong_font, rule.span) if strong_font else None,
            self.colour(strong_colour, rule.span) if strong_colour else None,
            2 if rule.tate_chu_yoko is None else rule.tate_chu_yoko,
            rule.looseness or 0,
            1 if rule.upright_latin is None else rule.upright_latin,
            bool(rule.kanji_numerals),
            rule.ruby == "shoulder",
            bool(rule.ruby_thirds),
            rule.ruby_edge != "reading",
        )

    # --- block styles ------------------------------------------------------------------

    def rule(self, name: str) -> BlockRule:
        """A block style with what it builds on folded in; an empty one if the sheet has none."""
        if name not in self._rules:
            found = None
            if name in self.sheet.blocks:
                found = self._merged(self.sheet.blocks, name, NOWHERE, "block")
            self._rules[name] = found if isinstance(found, BlockRule) else BlockRule(name, NOWHERE)
        return self._rules[name]

    def has_rule(self, name: str) -> bool:
        """True if the sheet has a block style of that name."""
        return name in self.sheet.blocks

    def unknown_rule(self, name: str, span: Span) -> None:
        """Report a block style that a leaflet asks for and the sheet does not have."""
        self.unknown("block", name, span, tuple(self.sheet.blocks))

    def box(self, rule: BlockRule, text: TextStyle) -> BoxStyle:
        """The box of a block style; em and line units are those of ``text``."""

        def size(value: Measure | None) -> Length:
            return self.length(value, text.size, text.pitch)

        span = rule.span
        return BoxStyle(
            self.colour(rule.background, span) if rule.background else None,
            size(rule.radius),
            {side: self.stroke(edge, span) for side, edge in rule.edges.items()},
            self.sides(rule.padding, text),
            size(rule.before),
            size(rule.after),
            rule.lines or 0,
            1 if rule.lines_more is None else rule.lines_more,
            bool(rule.keep_with_next),
            self.colour(rule.marker_colour, span) if rule.marker_colour else None,
            rule.shape or "box",
            bool(rule.across),
        )

    def sides(self, padding: dict[str, Measure], text: TextStyle) -> Sides:
        """Lengths of the four sides."""
        return Sides(*(self.length(padding.get(s), text.size, text.pitch) for s in _SIDES))

    def stroke(self, edge: Edge, span: Span) -> Stroke:
        """A border line."""
        thickness = self.length(edge.thickness, 0, 0)
        dash = tuple(thickness * step for step in _DASH[edge.dash])
        return Stroke(self.colour(edge.colour, span), thickness, dash)

    # --- lengths -----------------------------------------------------------------------

    def length(self, value: Measure | None, em: Length, line: Length) -> Length:
        """A measure in nanometres; ``em`` and ``line`` are what 字 and 行 mean here."""
        if value is None:
            return 0
        if value.unit in _FIXED:
            return _FIXED[value.unit](value.value)
        if value.unit == "字":
            return round(value.value * em)
        if value.unit == "行":
            return round(value.value * line)
        if value.value:
            self.reporter.error(
                "style.length-unit", value.span, value=f"{value.value:g}{value.unit}"
            )
        return 0

    # --- helpers -----------------------------------------------------------------------

    def _merged(
        self,
        table: dict[str, TextRule] | dict[str, BlockRule],
        name: str,
        span: Span,
        kind: str,
        path: tuple[str, ...] = (),
    ) -> TextRule | BlockRule | None:
        """A rule over its bases: what it says itself wins."""
        rule = table.get(name)
        if rule is None:
            self.unknown(kind, name, span, tuple(table))
            return None
        if name in path:
            self.reporter.error("style.circle", rule.span, name=name)
            return rule
        if not rule.base:
            return rule
        base = self._merged(table, rule.base, rule.span, kind, (*path, name))
        return _overlay(base, rule) if base is not None else rule

    def unknown(self, kind: str, name: str, span: Span, known: tuple[str, ...]) -> None:
        """Report a name that is none, with the nearest that is."""
        from difflib import get_close_matches  # only after a slip

        close = get_close_matches(name, known, n=1)
        self.reporter.error(
            "style.unknown-name",
            span,
            kind=kind,
            name=name,
            suggestion=close[0] if close else "",
            known="" if close else "、".join(sorted(known)),
        )


def _overlay(base: TextRule | BlockRule, rule: TextRule | BlockRule) -> TextRule | BlockRule:
    changes: dict[str, Any] = {}
    for name in rule.__struct_fields__:
        own = getattr(rule, name)
        if own is None or own in ("", (), {}):
            continue
        under = getattr(base, name)
        changes[name] = {**under, **own} if isinstance(own, dict) else own
    return replace(base, **changes)
