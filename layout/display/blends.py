"""Gradients as many flat steps, and colours mixed with what is beneath them.

A gradient becomes bands that overlap: each reaches from its own beginning to the
end, and the next is painted over it, so no hairline of paper shows between them.
A step is half a percent of an ink, hardly more than a picture of eight bits knows.
So every backend and every edition draws gradients without knowing of them.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct

from layout.diagnostics import Span
from layout.display.matrix import Matrix
from layout.display.model import Colour, Group, Segment, Shape
from layout.display.paths import Commands, ellipse_commands

PAPER: Final = Colour("white", (0.0, 0.0, 0.0, 0.0))

_STEP: Final = 0.5
"""Percent of ink from one band to the next, at least."""

_STEPS_MOST: Final = 200
_BANDS_MOST: Final = 1000

_TRACE: Final = 3.0
"""Percent under which a plate holds no dots; steps there are paper (see ``tint_least``)."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def mix(under: Colour, over: Colour, share: float) -> Colour:
    """``share`` of one colour over another: 0 is ``under``, 1 is ``over``."""
    if share >= 1:
        return over
    if share <= 0:
        return under
    inks = [round(u + (o - u) * share, 1) for u, o in zip(under.cmyk, over.cmyk, strict=True)]
    cmyk = (inks[0], inks[1], inks[2], inks[3])
    spots = {colour.spot for colour in (under, over) if colour is not PAPER and any(colour.cmyk)}
    if len(spots) == 1 and (spot := spots.pop()):
        tints = [colour.tint if colour.spot else 0.0 for colour in (under, over)]
        tint = round(tints[0] + (tints[1] - tints[0]) * share, 1)
        return Colour(over.name if over.spot else under.name, cmyk, spot, tint)
    return Colour(over.name, cmyk)


class Ramp(Struct, frozen=True):
    """The colours of a gradient: places from 0 to 1, rising, and the colour at each."""

    stops: tuple[tuple[float, Colour], ...]

    def at(self, place: float) -> Colour:
        """The colour there; beyond the ends that of the end."""
        before = self.stops[0]
        for stop in self.stops:
            if place < stop[0]:
                room = stop[0] - before[0]
                share = (place - before[0]) / room if room > 0 else 1.0
                return _printable(mix(before[1], stop[1], min(max(share, 0.0), 1.0)))
            before = stop
        return _printable(before[1])

    def steps(self) -> list[float]:
        """The boundaries of the bands, from 0 to 1."""
        out = [0.0]
        for (start, first), (end, second) in pairwise(self.stops):
            change = max(abs(a - b) for a, b in zip(first.cmyk, second.cmyk, strict=True))
            count = min(max(1, round(change / _STEP)), _STEPS_MOST) if end > start else 1
            out += [start + (end - start) * step / count for step in range(1, count + 1)]
        places = sorted({min(max(place, 0.0), 1.0) for place in (*out, 1.0)})
        thin = max(1, len(places) // _BANDS_MOST)
        return [*places[:-1:thin], places[-1]]


def _printable(colour: Colour) -> Colour:
    """No traces that vanish on the plate, and no pure black that would overprint its neighbour."""
    if 0 < max(colour.cmyk) < _TRACE:
        return PAPER
    if colour.cmyk == (0.0, 0.0, 0.0, 100.0):
        return Colour(colour.name, (0.0, 0.0, 0.0, 99.9), colour.spot, colour.tint)
    return colour


class Linear(Struct, frozen=True):
    """Colours along a line; ``extend`` says whether they go on before and behind it."""

    start: tuple[float, float]
    end: tuple[float, float]
    ramp: Ramp
    extend: tuple[bool, bool] = (True, True)


class Radial(Struct, frozen=True):
    """Colours from one circle (centre x, y, radius) to another around it."""

    inner: tuple[float, float, float]
    outer: tuple[float, float, float]
    ramp: Ramp
    extend: tuple[bool, bool] = (True, True)


Gradient = Linear | Radial


def gradient_group(
    clip: tuple[Segment, ...],
    gradient: Gradient,
    matrix: Matrix,
    span: Span,
    *,
    even_odd: bool = False,
) -> Group | None:
    """The gradient inside a path of the page; ``matrix`` leads from its coordinates there.

    None where nothing can be seen.
    """
    if not clip or abs(matrix.determinant) < 1e-12:
        return None
    box = bounds(clip)
    corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
    back = matrix.inverse()
    reach = [back.exact(*corner) for corner in corners]
    draw = _linear(gradient, reach) if isinstance(gradient, Linear) else _radial(gradient, reach)
    shapes = tuple(Shape(matrix.path(path), colour, None, span) for path, colour in draw)
    return Group(shapes, clip, span, "artifact", even_odd=even_odd) if shapes else None


def bounds(path: tuple[Segment, ...]) -> Box:
    """The box around all points of a path, control points too."""
    along = [v for _, numbers in path for v in numbers[::2]]
    down = [v for _, numbers in path for v in numbers[1::2]]
    return min(along), min(down), max(along), max(down)


Painted = Iterator[tuple[Commands, Colour]]


def _linear(gradient: Linear, reach: list[tuple[float, float]]) -> Painted:
    """Bands across the line, in the coordinates of the gradient."""
    (x, y), (end_x, end_y) = gradient.start, gradient.end
    dx, dy = end_x - x, end_y - y
    whole = dx * dx + dy * dy
    if whole == 0:  # SVG 1.1, 13.2.2: the colour of the last stop
        yield _polygon(reach), gradient.ramp.at(1.0)
        return
    places = [((px - x) * dx + (py - y) * dy) / whole for px, py in reach]
    asides = [((py - y) * dx - (px - x) * dy) / whole for px, py in reach]
    low, high = min(places), max(places)
    if not gradient.extend[0]:
        low = max(low, 0.0)
    if not gradient.extend[1]:
        high = min(high, 1.0)
    for start, colour in _bands(gradient.ramp, low, high):
        edges = [
            (x + place * dx - aside * dy, y + place * dy + aside * dx)
            for place, aside in (
                (start, min(asides)), (high, min(asides)), (high, max(asides)), (start, max(asides))
            )
        ]  # fmt: skip
        yield _polygon(edges), colour


def _bands(ramp: Ramp, low: float, high: float) -> Iterator[tuple[float, Colour]]:
    """Where each band that shows begins, and its colour: that of its middle."""
    if high <= low:
        return
    steps = [-float("inf"), *ramp.steps(), float("inf")]
    last: Colour | None = None
    for start, end in pairwise(steps):
        if end <= low or start >= high:
            continue
        outside = 0.0 if start < 0 else 1.0
        middle = (start + end) / 2 if abs(start) + abs(end) < float("inf") else outside
        colour = ramp.at(middle)
        if last is None or colour.cmyk != last.cmyk or colour.tint != last.tint:
            yield max(start, low), colour
        last = colour


def _radial(gradient: Radial, reach: list[tuple[float, float]]) -> Painted:
    """Discs, the largest first."""
    ramp = gradient.ramp
    if gradient.extend[1]:
        yield _polygon(reach), ramp.at(1.0)
    steps = ramp.steps()
    for start, end in reversed(list(pairwise(steps))):
        yield _disc(gradient, end), ramp.at((start + end) / 2)
    if gradient.extend[0] and gradient.inner[2] > 0:
        yield _disc(gradient, 0.0), ramp.at(0.0)


def _disc(gradient: Radial, place: float) -> Commands:
    x, y, radius = (
        a + (b - a) * place for a, b in zip(gradient.inner, gradient.outer, strict=True)
    )
    return ellipse_commands(x, y, radius, radius)


def _polygon(points: list[tuple[float, float]]) -> Commands:
    lines: Commands = [("L" if index else "M", point) for index, point in enumerate(points)]
    return [*lines, ("Z", ())]
