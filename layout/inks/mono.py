"""The edition for the photocopier: one black, no gray under text, tints as patterns.

``mono_page`` is the list of what happens.  It goes by what lies under what: grounds
that carry text become paper or solid black, other areas patterns, text and lines
whatever is to be seen on the ground they have now, and where two areas that were to be
told apart have become alike, a fine line comes between them.
"""

from collections import Counter
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from layout.display.model import (
    Colour,
    DisplayItem,
    DisplayPage,
    GlyphRun,
    Group,
    Picture,
    Shape,
    Stroke,
)
from layout.geometry import Rect
from layout.inks.looks import distance, lightness, look
from layout.inks.patterns import BLACK, PAPER, SOLID, WHITE, patterned, plate, tone_of
from layout.inks.rewrite import rewritten
from layout.inks.survey import AROUND, DOT, Part, Survey, survey
from layout.inks.survey import PAPER as BARE
from layout.style.colours import MonoPlan, Tone
from layout.units import Length, mm

EDGE: Final = mm(0.2)
"""The fine line between areas that would run together."""

TELLING: Final = 7.5
"""From this distance on two colours are meant to be told apart."""

_ALIKE: Final = 6.0
"""Percent of cover by which two patterns of one kind must differ."""

_THIN: Final = mm(1.1)
"""An area so narrow is a line or a letter."""

_SMALL: Final = 20.0
_LARGE: Final = 60.0
"""Square millimetres: in less than the one a pattern cannot be seen, in less than the other
not a pattern of white on black."""

_MIDDLE: Final = 60.0
"""Lightness below which a small thing is black."""

_CARRIES: Final = 0.015
"""The share of an area that text takes if it is a ground for text."""

_BROAD: Final = mm(1.2)
"""Up to here a line is nothing but a line; broader ones may be light between two edges."""

_PALE: Final = 95.0
"""A line so light was to clear something away: a halo, a gap."""

_DISPLAY: Final = mm(6.5)
"""Type so large is read on a pattern; smaller type gets a piece of plain ground."""

_PLATE: Final = mm(0.5)
_SOME: Final = 0.12
_BANDS: Final = 8
"""So many areas of nothing else in one clip are the steps of a gradient."""

_TOUCHING: Final = 3
"""Dots of the survey along which areas touch."""

_CASE: Final = "case"

_MIXED: Final = Tone("mesh", 45.0)
"""What stands for a picture as a ground."""


class _Choice(Struct):
    """What becomes of each part of a page, by its number."""

    tones: dict[int, Tone] = field(default_factory=dict)
    edges: set[int] = field(default_factory=set)
    pens: dict[int, Colour] = field(default_factory=dict)
    cased: set[int] = field(default_factory=set)
    plates: dict[int, Colour] = field(default_factory=dict)

    def tone(self, number: int) -> Tone:
        """What a part is now, as a ground for others."""
        if number in self.pens:
            return PAPER if self.pens[number] is WHITE else SOLID
        return self.tones.get(number, PAPER)


def mono_page(page: DisplayPage, plan: MonoPlan) -> DisplayPage:
    """A page in black alone."""
    found = survey(page)
    choice = _Choice()
    _choose_grounds(found, plan, choice)
    _choose_edges(found, choice)
    _choose_pens(found, choice)
    sheet = Rect(-AROUND, -AROUND, page.width + 2 * AROUND, page.height + 2 * AROUND)
    painter = _Painter(choice, found, sheet, plan)
    return replace(page, items=_together(rewritten(page.items, painter.make)))


# --- areas


def _choose_grounds(found: Survey, plan: MonoPlan, choice: _Choice) -> None:
    """Paper, solid black, or a pattern for every area."""
    light, dark = _text_on(found)
    patterns: set[tuple[str, int]] = set()  # a legend's patch is as the area it explains
    for part in sorted(found.of("fill"), key=lambda part: -part.dots):
        number, colour = part.number, _colour(part)
        if part.thickness < _THIN and not _is_code(part):
            continue  # it is a line or a letter, whatever it was drawn with
        carried = light[number] + dark[number]
        figure = id(part.groups[0]) if part.groups else 0
        if colour.name in plan.colours:
            tone = plan.colours[colour.name]
        elif carried > _CARRIES * max(part.seen, 1):
            tone = SOLID if light[number] > dark[number] else PAPER
        elif _is_code(part) or (_square(part) < _SMALL and (colour.name, figure) not in patterns):
            tone = SOLID if lightness(colour.cmyk) < _MIDDLE else PAPER
        else:
            tone = tone_of(colour.cmyk)
            if tone.percent > 50 and (not part.in_figure or _square(part) < _LARGE):
                tone = SOLID
        if figure and tone not in (PAPER, SOLID):
            patterns.add((colour.name, figure))
        choice.tones[number] = tone
    for part in found.of("picture"):
        if part.colour is None:
            choice.tones[part.number] = _MIXED


def _text_on(found: Survey) -> tuple[Counter[int], Counter[int]]:
    """How many dots of text lighter than their ground stand on each area, and of darker."""
    light: Counter[int] = Counter()
    dark: Counter[int] = Counter()
    for text in found.of("text"):
        own = lightness(_colour(text).cmyk)
        for number, dots in text.under.items():
            lighter = number in found.parts and own > _lightness_of(found, number)
            (light if lighter else dark)[number] += dots
    for steps in _gradients(found):  # text on some of them stands on the whole
        room = sum(found.parts[number].seen for number in steps)
        wholes = [sum(counts[number] for number in steps) for counts in (light, dark)]
        if sum(wholes) > _CARRIES * room:
            for counts, whole in zip((light, dark), wholes, strict=True):
                for number in steps:
                    counts[number] = whole
    return light, dark


def _lightness_of(found: Survey, number: int) -> float:
    part = found.parts.get(number)
    return lightness(part.colour.cmyk) if part and part.colour else 100.0


def _colour(part: Part) -> Colour:
    return part.colour or WHITE


def _is_code(part: Part) -> bool:
    return any(group.code for group in part.groups)


def _square(part: Part) -> float:
    """Square millimetres that are to be seen."""
    return part.seen * (DOT / mm(1)) ** 2


# --- edges


def _choose_edges(found: Survey, choice: _Choice) -> None:
    """Where different colours touch that are alike now, the upper one gets an edge.

    In a figure light areas get one in any case: it makes a drawing of them.
    """
    banded = {number for numbers in _gradients(found) for number in numbers}
    for (one, other), dots in found.touching.items():
        upper, lower = found.parts.get(other), found.parts.get(one)
        if dots < _TOUCHING or upper is None or {one, other} & banded or _is_code(upper):
            continue  # what is around a code has to stay clear
        if other not in choice.tones or (one != BARE and one not in choice.tones):
            continue
        before = lower.colour if lower and lower.colour else WHITE
        if distance(look(before.cmyk), look(_colour(upper).cmyk)) < TELLING:
            continue
        tones = choice.tone(one), choice.tone(other)
        drawn = upper.in_figure and max(tone.percent for tone in tones) < 50
        if drawn or _alike(*tones):
            choice.edges.add(other)


def _alike(one: Tone, other: Tone) -> bool:
    if PAPER in (one, other) or SOLID in (one, other):
        return one == other
    return one.kind == other.kind and abs(one.percent - other.percent) < _ALIKE


def _gradients(found: Survey) -> list[list[int]]:
    """The areas that are the steps of a gradient, for each."""
    clips: dict[int, list[int]] = {}
    for part in found.of("fill"):
        if part.groups and part.groups[-1].role == "artifact" and part.groups[-1].clip:
            clips.setdefault(id(part.groups[-1]), []).append(part.number)
    return [numbers for numbers in clips.values() if len(numbers) >= _BANDS]


# --- text and lines


def _choose_pens(found: Survey, choice: _Choice) -> None:
    """Black or white for text and lines, in the order of painting: lines are grounds too."""
    for part in found.parts.values():
        if part.kind == "text" or (part.kind == "picture" and part.colour is not None):
            _choose_text(part, choice)
        elif part.kind == "line" and part.thickness >= _BROAD:
            _choose_broad(part, choice)
        elif part.kind == "line" or (part.kind == "fill" and part.number not in choice.tones):
            choice.pens[part.number] = _thin_pen(part, found, choice)


def _shares(part: Part, choice: _Choice) -> tuple[float, float]:
    """Which share of a part lies on dark ground, and which on a pattern."""
    whole = max(sum(part.under.values()), 1)
    tones = [(choice.tone(number), dots) for number, dots in part.under.items()]
    dark = sum(dots for tone, dots in tones if tone.percent > 50)
    rough = sum(dots for tone, dots in tones if tone not in (PAPER, SOLID))
    return dark / whole, rough / whole


def _choose_text(part: Part, choice: _Choice) -> None:
    dark, rough = _shares(part, choice)
    pen, ground = (WHITE, BLACK) if dark > 0.5 else (BLACK, WHITE)
    choice.pens[part.number] = pen
    small = part.kind == "text" and part.thickness < _DISPLAY
    if small and (rough > _SOME or _SOME < dark < 1 - _SOME):
        choice.plates[part.number] = ground


def _choose_broad(part: Part, choice: _Choice) -> None:
    """A broad line is black or white by itself; where its ground is too, it gets a case."""
    dark, rough = _shares(part, choice)
    is_dark = lightness(_colour(part).cmyk) < _MIDDLE
    choice.pens[part.number] = BLACK if is_dark else WHITE
    if (dark > 0.5) == is_dark and rough <= 0.5:
        choice.cased.add(part.number)


def _thin_pen(part: Part, found: Survey, choice: _Choice) -> Colour:
    """What a thin line or a small letter is painted with."""
    dark, rough = _shares(part, choice)
    own = lightness(_colour(part).cmyk)
    main = max(part.under.items(), key=lambda item: item[1], default=(BARE, 0))[0]
    beneath = found.parts.get(main)
    if beneath is not None and beneath.colour == part.colour:
        return BLACK if dark > 0.5 else WHITE  # a halo in the colour of its ground
    lighter = own > _lightness_of(found, main)
    clears = (rough > 0.5 and lighter) or (part.in_figure and own >= _PALE)
    return WHITE if dark > 0.5 or clears else BLACK


# --- painting


class _Painter:
    """Makes the new items."""

    def __init__(self, choice: _Choice, found: Survey, sheet: Rect, plan: MonoPlan) -> None:
        self._choice = choice
        self._found = found
        self._sheet = sheet
        self._plan = plan

    def make(self, number: int, item: DisplayItem) -> tuple[DisplayItem, ...]:
        """What stands for an item."""
        number *= 2
        if isinstance(item, GlyphRun):
            return self._text(number, item)
        if isinstance(item, Shape):
            return (*self._area(number, item), *self._line(number + 1, item))
        if isinstance(item, Picture):
            if item.ink is not None:
                return (replace(item, ink=self._choice.pens.get(number, BLACK)),)
            return (replace(item, tone=self._plan.pictures),)
        return (item,)

    def _text(self, number: int, run: GlyphRun) -> tuple[DisplayItem, ...]:
        made = replace(run, colour=self._choice.pens.get(number, BLACK))
        ground = self._choice.plates.get(number)
        if ground is None:
            return (made,)
        return plate(self._found.parts[number].box, _PLATE, ground, run.span), made

    def _area(self, number: int, shape: Shape) -> tuple[DisplayItem, ...]:
        if shape.fill is None:
            return ()
        if number in self._choice.pens:
            return (replace(shape, fill=self._choice.pens[number], stroke=None),)
        tone = self._choice.tones.get(number, PAPER)
        part = self._found.parts.get(number)
        items = patterned(shape, tone, _common(part.box, self._sheet) if part else self._sheet)
        if number not in self._choice.edges or shape.stroke is not None:
            return items
        pen = Stroke(WHITE if tone.percent > 50 else BLACK, EDGE)
        return (*items, replace(shape, fill=None, stroke=pen))

    def _line(self, number: int, shape: Shape) -> tuple[DisplayItem, ...]:
        if shape.stroke is None:
            return ()
        pen = self._choice.pens.get(number, BLACK)
        drawn = replace(shape, fill=None, stroke=replace(shape.stroke, colour=pen))
        if number not in self._choice.cased:
            return (drawn,)
        case = WHITE if pen is BLACK else BLACK
        wide: Length = shape.stroke.thickness + 2 * EDGE
        outer = replace(shape.stroke, colour=case, thickness=wide)
        return replace(shape, fill=None, stroke=outer, role=_CASE), drawn


def _together(items: tuple[DisplayItem, ...]) -> tuple[DisplayItem, ...]:
    """Cases of lines that follow one another come before all of them, so that crossings open."""
    out: list[DisplayItem] = []
    lines: list[DisplayItem] = []
    last: Stroke | None = None
    for item in items:
        if isinstance(item, Shape) and item.role == _CASE:
            out.append(replace(item, role="artifact"))
            last = item.stroke
            continue
        if last is not None:
            lines.append(item)
            last = None
            continue
        out += lines
        lines = []
        if isinstance(item, Group):
            item = replace(item, items=_together(item.items))
        out.append(item)
    return (*out, *lines)


def _common(one: Rect, other: Rect) -> Rect:
    x, y = max(one.x, other.x), max(one.y, other.y)
    right, bottom = min(one.right, other.right), min(one.bottom, other.bottom)
    return Rect(x, y, max(right - x, 0), max(bottom - y, 0))
