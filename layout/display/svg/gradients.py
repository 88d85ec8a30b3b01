"""Gradients of SVG (SVG 1.1, 13.2): where they lie, and their colours."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from layout.display.blends import PAPER, Gradient, Linear, Radial, Ramp, mix
from layout.display.matrix import IDENTITY, Matrix
from layout.display.model import Colour
from layout.display.svg.outlines import Room, diagonal, transform
from layout.style.svg_file import SvgElement, length

NAMES: Final = ("linearGradient", "radialGradient")
_LINKS_MOST: Final = 8
_REPEATS: Final = 8
"""How often a repeating gradient is repeated on either side."""

Flat = tuple[float, float, float, float]
"""Left, top, width, height of what is painted, in its own coordinates."""

StopColour = Callable[[SvgElement], tuple[Colour, float]]


class Paint(Struct, frozen=True):
    """A gradient and the map from its coordinates to those of the shape."""

    gradient: Gradient
    matrix: Matrix


def gradient_paint(
    element: SvgElement,
    ids: Mapping[str, SvgElement],
    flat: Flat,
    room: Room,
    stop_colour: StopColour,
) -> Paint | Colour | None:
    """What paints a shape whose fill names a gradient; None if nothing does (13.2.4)."""
    chain = _chain(element, ids)
    stops = _stops(chain, stop_colour)
    if not stops:
        return None
    if len(stops) == 1:
        return stops[0][1]
    values: dict[str, str] = {}
    for link in reversed(chain):
        values.update(link.attributes)
    boxed = values.get("gradientUnits", "objectBoundingBox").strip() != "userSpaceOnUse"
    if boxed and (flat[2] <= 0 or flat[3] <= 0):
        return stops[-1][1]
    matrix = Matrix(flat[2], 0.0, 0.0, flat[3], flat[0], flat[1]) if boxed else IDENTITY
    matrix = matrix.then(transform(values.get("gradientTransform", "")))
    wide = (1.0, 1.0) if boxed else room
    make = _linear if element.name == "linearGradient" else _radial
    spread = values.get("spreadMethod", "pad").strip()
    return Paint(_spread(make(values, wide, Ramp(tuple(stops))), spread), matrix)


def _chain(element: SvgElement, ids: Mapping[str, SvgElement]) -> list[SvgElement]:
    """A gradient and those it takes what it lacks from."""
    chain = [element]
    while len(chain) < _LINKS_MOST:
        target = ids.get(chain[-1].get("href").removeprefix("#"))
        if target is None or target.name not in NAMES or target in chain:
            break
        chain.append(target)
    return chain


def _stops(chain: list[SvgElement], stop_colour: StopColour) -> list[tuple[float, Colour]]:
    """Places and colours of the first of the chain that has any; translucent ones on paper."""
    for link in chain:
        found = [child for child in link.children if child.name == "stop"]
        if found:
            break
    else:
        return []
    out: list[tuple[float, Colour]] = []
    for stop in found:
        place = min(max(length(stop.get("offset", "0"), 1.0), 0.0), 1.0)
        place = max(place, out[-1][0]) if out else place
        colour, opacity = stop_colour(stop)
        out.append((place, mix(PAPER, colour, opacity)))
    return out


def _linear(values: Mapping[str, str], room: Room, ramp: Ramp) -> Linear:
    x1, x2 = (length(values.get(key, d), room[0]) for key, d in (("x1", "0%"), ("x2", "100%")))
    y1, y2 = (length(values.get(key, "0%"), room[1]) for key in ("y1", "y2"))
    return Linear((x1, y1), (x2, y2), ramp)


def _radial(values: Mapping[str, str], room: Room, ramp: Ramp) -> Radial:
    x = length(values.get("cx", "50%"), room[0])
    y = length(values.get("cy", "50%"), room[1])
    radius = length(values.get("r", "50%"), diagonal(room))
    focus_x = length(values.get("fx", ""), room[0], x)
    focus_y = length(values.get("fy", ""), room[1], y)
    focus = length(values.get("fr", "0"), diagonal(room))
    away = abs(complex(focus_x - x, focus_y - y))
    if away > radius * 0.99 and away > 0:  # the focus may not leave the circle (13.2.3)
        pull = radius * 0.99 / away
        focus_x, focus_y = x + (focus_x - x) * pull, y + (focus_y - y) * pull
    return Radial((focus_x, focus_y, focus), (x, y, radius), ramp)


def _spread(gradient: Gradient, method: str) -> Gradient:
    """A gradient that begins again, or runs back, behind its end."""
    if method not in ("repeat", "reflect"):
        return gradient
    first = -_REPEATS if isinstance(gradient, Linear) else 0
    turns = range(first, _REPEATS)
    stops: list[tuple[float, Colour]] = []
    for turn in turns:
        back = method == "reflect" and turn % 2
        own = gradient.ramp.stops
        if back:
            own = tuple((1 - place, colour) for place, colour in reversed(own))
        stops += [((turn - first + place) / len(turns), colour) for place, colour in own]
    ramp = Ramp(tuple(stops))
    if isinstance(gradient, Linear):
        (x, y), (end_x, end_y) = gradient.start, gradient.end
        dx, dy = end_x - x, end_y - y
        start = (x + first * dx, y + first * dy)
        return Linear(start, (x + _REPEATS * dx, y + _REPEATS * dy), ramp)
    inner, outer = gradient.inner, gradient.outer
    x, y, radius = (a + (b - a) * _REPEATS for a, b in zip(inner, outer, strict=True))
    return Radial(inner, (x, y, radius), ramp)


def reference(text: str) -> tuple[str, str]:
    """The id and what stands behind it of ``url(#id) black``; no id if it is none."""
    found = re.match(r"""\s*url\(\s*["']?#([^"')]+?)["']?\s*\)\s*(.*)""", text)
    return (found[1], found[2].strip()) if found else ("", "")
