"""Areas of dots and lines in place of tints: drawn as lines, clipped by the area.

A copier loses fine screens and keeps coarse ones.  So a tint becomes dots or lines
that can be counted; what colour it was shows in their kind, how dark it was in their
thickness.
"""

import math
from typing import Final, Literal

from msgspec import Struct

from layout.diagnostics import Span
from layout.display.model import Colour, DisplayItem, Group, Segment, Shape, Stroke
from layout.display.paths import rounded
from layout.geometry import Rect
from layout.inks.looks import chroma, look
from layout.style.colours import KEY, Cmyk, Tone
from layout.units import Length, mm

BLACK: Final = Colour("sumi", KEY)
WHITE: Final = Colour("white", (0.0, 0.0, 0.0, 0.0))

PITCH: Final = mm(1.0)
"""From dot to dot along a row, and from line to line."""

_FINEST: Final = mm(0.16)
"""Thinner than this nothing is drawn, a copier would drop it: lines stand farther apart instead."""

PAPER: Final = Tone("white")
SOLID: Final = Tone("black", 100.0)

_LIGHT: Final = 92.5
_DEEP: Final = 50.0
_DEEPEST: Final = 34.0
_COVER: Final = 0.9
_STEPS: Final = (6.0, 10.0, 15.0, 21.0, 28.0, 36.0, 45.0)
_GRAY: Final = 4.0


def tone_of(cmyk: Cmyk) -> Tone:
    """What a colour without text on it becomes: the same for the same colour, everywhere.

    Reds and yellows become dots, greens lines falling, blues lines rising, grays
    lines that cross; the lightest paper, the darkest black.
    """
    seen = look(cmyk)
    if seen[0] >= _LIGHT:
        return PAPER
    if seen[0] < _DEEPEST:
        return SOLID
    kind = _kind(seen)
    if seen[0] < _DEEP:
        return Tone(kind, 75.0)
    wanted = (100 - seen[0]) * _COVER
    return Tone(kind, min(_STEPS, key=lambda step: abs(step - wanted)))


def _kind(seen: tuple[float, float, float]) -> Literal["dots", "rising", "falling", "mesh"]:
    if chroma(seen) < _GRAY:
        return "mesh"
    hue = math.degrees(math.atan2(seen[2], seen[1])) % 360
    if hue < 100 or hue >= 320:
        return "dots"
    return "falling" if hue < 200 else "rising"


class _Rows(Struct, frozen=True):
    """Parallel lines over a rectangle: their direction, distance, and the pen."""

    degrees: float
    apart: Length
    pen: Stroke


def patterned(area: Shape, tone: Tone, box: Rect) -> tuple[DisplayItem, ...]:
    """An area in a tone; ``box`` is what of it can be seen on the sheet."""
    if tone in (PAPER, SOLID):
        colour = WHITE if tone == PAPER else BLACK
        return (Shape(area.path, colour, None, area.span, area.role, area.even_odd),)
    dark = tone.percent > 50
    ground, ink = (BLACK, WHITE) if dark else (WHITE, BLACK)
    cover = 100 - tone.percent if dark else tone.percent
    base = Shape(area.path, ground, None, area.span, area.role, area.even_odd)
    drawn = tuple(
        Shape(_ruled(rows, box), None, rows.pen, area.span)
        for rows in _rows(tone.kind, cover / 100, ink)
    )
    return base, Group(drawn, area.path, area.span, "artifact", even_odd=area.even_odd)


def _rows(kind: str, cover: float, ink: Colour) -> tuple[_Rows, ...]:
    """The rows of lines that cover such a share of an area."""
    if kind == "dots":
        # Dots stand between those of the row before: one to each half square of the pitch.
        size = round(math.sqrt(cover * 2 / math.pi) * PITCH)
        return (_Rows(0, PITCH // 2, Stroke(ink, size, (0, PITCH), cap="round")),)
    if kind == "mesh":
        thick = max(round(cover / 2 * PITCH), _FINEST)
        apart = max(PITCH, round(2 * thick / cover))
        return tuple(_Rows(turn, apart, Stroke(ink, thick)) for turn in (0, 90))
    thick = max(round(cover * PITCH), _FINEST)
    turn = 45 if kind == "falling" else -45
    return (_Rows(turn, max(PITCH, round(thick / cover)), Stroke(ink, thick)),)


def _ruled(rows: _Rows, box: Rect) -> tuple[Segment, ...]:
    """The lines of a rectangle.

    They stand on one grid over the whole page, so that areas side by side agree.
    Dots of every other row stand between those of the row before.
    """
    turn = math.radians(rows.degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    corners = [(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)]
    along = [x * cos + y * sin for x, y in corners]
    across = [y * cos - x * sin for x, y in corners]
    start = math.floor(min(along) / PITCH) * PITCH - PITCH
    end = max(along) + PITCH
    path: list[Segment] = []
    for row in range(math.floor(min(across) / rows.apart), math.ceil(max(across) / rows.apart) + 1):
        first = start + (PITCH // 2 if rows.pen.dash and row % 2 else 0)
        away = row * rows.apart
        for verb, at in (("M", first), ("L", end)):
            path.append((verb, (round(at * cos - away * sin), round(at * sin + away * cos))))
    return tuple(path)


def plate(rect: Rect, by: Length, colour: Colour, span: Span) -> Shape:
    """A piece of plain ground beneath a word, that much larger than it."""
    larger = Rect(rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by)
    return Shape(rounded(larger, by), colour, None, span)
