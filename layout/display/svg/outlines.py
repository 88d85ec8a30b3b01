"""The outlines of the basic shapes (SVG 1.1, 9), and transforms (7.6)."""

import math
import re
from collections.abc import Callable
from typing import Final

from layout.display.matrix import IDENTITY, Matrix, shift
from layout.display.paths import ROUND, Commands, ellipse_commands
from layout.display.svg.path_data import path_commands
from layout.style.picture_error import PictureError
from layout.style.svg_file import SvgElement, length, numbers

SHAPES: Final = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")

Room = tuple[float, float]
"""Width and height of the viewport: what percentages are of."""


def outline(element: SvgElement, room: Room) -> Commands:
    """The path of a shape; empty if it has no extent."""
    return _MAKERS[element.name](element, room)


def measure(element: SvgElement, key: str, room: Room, default: float = 0.0) -> float:
    """A length of an element; percentages are of the viewport (SVG 1.1, 7.10)."""
    if key in ("x", "cx", "x1", "x2", "width", "rx", "dx"):
        whole = room[0]
    elif key in ("y", "cy", "y1", "y2", "height", "ry", "dy"):
        whole = room[1]
    else:
        whole = diagonal(room)
    return length(element.get(key), whole, default)


def diagonal(room: Room) -> float:
    """What percentages of lengths in no direction are of."""
    return math.hypot(*room) / math.sqrt(2)


def _path(element: SvgElement, room: Room) -> Commands:
    return path_commands(element.get("d"))


def _rect(element: SvgElement, room: Room) -> Commands:
    x, y, width, height = (measure(element, key, room) for key in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return []
    rx, ry = (measure(element, key, room, -1.0) for key in ("rx", "ry"))
    rx, ry = (rx if rx >= 0 else ry), (ry if ry >= 0 else rx)
    rx, ry = min(max(rx, 0.0), width / 2), min(max(ry, 0.0), height / 2)
    right, bottom = x + width, y + height
    if rx == 0 or ry == 0:
        corners = ((x, y), (right, y), (right, bottom), (x, bottom))
        return _lines(corners, closed=True)
    kx, ky = rx * (1 - ROUND), ry * (1 - ROUND)
    return [
        ("M", (x + rx, y)),
        ("L", (right - rx, y)),
        ("C", (right - kx, y, right, y + ky, right, y + ry)),
        ("L", (right, bottom - ry)),
        ("C", (right, bottom - ky, right - kx, bottom, right - rx, bottom)),
        ("L", (x + rx, bottom)),
        ("C", (x + kx, bottom, x, bottom - ky, x, bottom - ry)),
        ("L", (x, y + ry)),
        ("C", (x, y + ky, x + kx, y, x + rx, y)),
        ("Z", ()),
    ]


def _circle(element: SvgElement, room: Room) -> Commands:
    radius = measure(element, "r", room)
    return _ellipse_around(element, room, radius, radius)


def _ellipse(element: SvgElement, room: Room) -> Commands:
    rx, ry = (measure(element, key, room, -1.0) for key in ("rx", "ry"))
    return _ellipse_around(element, room, rx if rx >= 0 else ry, ry if ry >= 0 else rx)


def _ellipse_around(element: SvgElement, room: Room, rx: float, ry: float) -> Commands:
    if rx <= 0 or ry <= 0:
        return []
    return ellipse_commands(measure(element, "cx", room), measure(element, "cy", room), rx, ry)


def _line(element: SvgElement, room: Room) -> Commands:
    x1, y1, x2, y2 = (measure(element, key, room) for key in ("x1", "y1", "x2", "y2"))
    return _lines(((x1, y1), (x2, y2)), closed=False)


def _polyline(element: SvgElement, room: Room) -> Commands:
    values = numbers(element.get("points"))
    points = tuple(zip(values[::2], values[1::2], strict=False))
    return _lines(points, closed=element.name == "polygon")


def _lines(points: tuple[tuple[float, float], ...], closed: bool) -> Commands:
    out: Commands = [("L" if index else "M", point) for index, point in enumerate(points)]
    return [*out, ("Z", ())] if closed and out else out


_MAKERS: Final[dict[str, Callable[[SvgElement, Room], Commands]]] = {
    "path": _path,
    "rect": _rect,
    "circle": _circle,
    "ellipse": _ellipse,
    "line": _line,
    "polyline": _polyline,
    "polygon": _polyline,
}


# --- transforms

_STEP: Final = re.compile(r"([a-zA-Z]+)\s*\(([^)]*)\)")


def transform(text: str) -> Matrix:
    """A list of transforms as one map; also as CSS writes them, with units."""
    matrix = IDENTITY
    if text.strip() in ("", "none"):
        return matrix
    for name, inner in _STEP.findall(text):
        matrix = matrix.then(_step(name.lower(), [_number(word) for word in _words(inner)]))
    return matrix


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", text.strip()) if word]


def _number(word: str) -> float:
    """A number, a length, or an angle, which becomes degrees."""
    for unit, degrees in (("grad", 0.9), ("rad", 180 / math.pi), ("turn", 360.0), ("deg", 1.0)):
        if word.endswith(unit):
            return length(word.removesuffix(unit)) * degrees
    return length(word)


def _step(name: str, values: list[float]) -> Matrix:
    count = len(values)
    if name == "matrix" and count == 6:
        return Matrix(*values)
    if name == "translate" and count in (1, 2):
        return shift(values[0], values[1] if count > 1 else 0.0)
    if name in ("translatex", "translatey") and count == 1:
        return shift(values[0], 0.0) if name.endswith("x") else shift(0.0, values[0])
    if name == "scale" and count in (1, 2):
        return Matrix(values[0], 0.0, 0.0, values[-1], 0.0, 0.0)
    if name in ("scalex", "scaley") and count == 1:
        along, down = (values[0], 1.0) if name.endswith("x") else (1.0, values[0])
        return Matrix(along, 0.0, 0.0, down, 0.0, 0.0)
    if name == "rotate" and count in (1, 3):
        turn = math.radians(values[0])
        cos, sin = math.cos(turn), math.sin(turn)
        turned = Matrix(cos, sin, -sin, cos, 0.0, 0.0)
        if count == 1:
            return turned
        return shift(values[1], values[2]).then(turned).then(shift(-values[1], -values[2]))
    if name in ("skewx", "skewy") and count == 1:
        lean = math.tan(math.radians(values[0]))
        along, down = (lean, 0.0) if name.endswith("x") else (0.0, lean)
        return Matrix(1.0, down, along, 1.0, 0.0, 0.0)
    raise PictureError("image.svg-unsupported", what=f"transform {name}", line=0)
