"""Arrow heads and other markers at the points of a path (SVG 1.1, 11.6)."""

import math
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from layout.display.matrix import Matrix, shift
from layout.display.paths import Commands
from layout.display.svg.viewports import placed
from layout.style.svg_file import SvgElement, length, view_box

MARKED: Final = ("path", "line", "polyline", "polygon")
KEYS: Final = ("marker-start", "marker-mid", "marker-end")
_SIZE: Final = 3.0

Point = tuple[float, float]


class Corner(Struct, frozen=True):
    """A point of a path: the directions in which the path comes and goes, none at its ends."""

    at: Point
    coming: Point | None
    going: Point | None

    @property
    def angle(self) -> float:
        """The middle of both directions, in radians."""
        ways = [math.atan2(way[1], way[0]) for way in (self.coming, self.going) if way]
        if len(ways) < 2:
            return ways[0] if ways else 0.0
        turn = (ways[1] - ways[0] + math.pi) % (2 * math.pi) - math.pi
        return ways[0] + turn / 2


def corners(commands: Commands) -> list[Corner]:
    """All points of a path where its commands end."""
    out: list[Corner] = []
    at = start = (0.0, 0.0)
    for verb, values in commands:
        if verb == "M":
            at = start = (values[0], values[1])
            out.append(Corner(at, None, None))
            continue
        end = start if verb == "Z" else (values[-2], values[-1])
        points = [at, *zip(values[::2], values[1::2], strict=True)] if verb == "C" else [at, end]
        first = _way(points)
        last = _way([(-x, -y) for x, y in reversed(points)])
        if out:
            out[-1] = Corner(out[-1].at, out[-1].coming, first)
        out.append(Corner(end, last, None))
        at = end
    return out


def _way(points: list[Point]) -> Point | None:
    """The direction from the first point to the next that is another one."""
    x, y = points[0]
    for px, py in points[1:]:
        if (px, py) != (x, y):
            return px - x, py - y
    return None


def at_corners(path: list[Corner]) -> Iterator[tuple[str, Corner]]:
    """Which of the three markers stands at which point."""
    if not path:
        return
    yield KEYS[0], path[0]
    for corner in path[1:-1]:
        yield KEYS[1], corner
    yield KEYS[2], path[-1]


class Head(Struct, frozen=True):
    """A marker in its place: the map from its content, and its window in those coordinates."""

    matrix: Matrix
    window: tuple[float, float, float, float]


def head(marker: SvgElement, key: str, corner: Corner, thickness: float) -> Head | None:
    """Where a marker stands at a corner; None if it has no size."""
    wide = length(marker.get("markerWidth"), 0.0, _SIZE)
    high = length(marker.get("markerHeight"), 0.0, _SIZE)
    if wide <= 0 or high <= 0:
        return None
    scale = 1.0 if marker.get("markerUnits") == "userSpaceOnUse" else thickness
    turn = _turn(marker.get("orient", "0"), key, corner)
    cos, sin = math.cos(turn) * scale, math.sin(turn) * scale
    there = Matrix(cos, sin, -sin, cos, *corner.at)
    box = view_box(marker)
    inner = shift(0.0, 0.0)
    if box is not None:
        inner = placed(box, (wide, high), marker.get("preserveAspectRatio"))
    window = box if box is not None else (0.0, 0.0, wide, high)
    origin = inner.exact(
        length(marker.get("refX"), window[2]), length(marker.get("refY"), window[3])
    )
    return Head(there.then(shift(-origin[0], -origin[1])).then(inner), window)


def _turn(orient: str, key: str, corner: Corner) -> float:
    if orient in ("auto", "auto-start-reverse"):
        back = orient != "auto" and key == KEYS[0]
        return corner.angle + (math.pi if back else 0.0)
    return math.radians(length(orient.removesuffix("deg")))
