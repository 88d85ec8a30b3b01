"""Path data (SVG 1.1, 8.3) as absolute lines and cubic curves."""

import math
import re
from collections.abc import Iterator
from typing import Final

from layout.display.paths import Commands
from layout.style.svg_file import NUMBER

_COMMAND: Final = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)")
_NUMBER: Final = re.compile(NUMBER)
_FLAG: Final = re.compile(r"[\s,]*([01])")
_SPACED: Final = re.compile(rf"[\s,]*({NUMBER})")
_COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}

Point = tuple[float, float]


def path_commands(data: str) -> Commands:
    """The path up to the first mistake in it, as the standard wants it rendered (8.3.9)."""
    pen = _Pen()
    for letter, rest in _COMMAND.findall(data):
        for values in _arguments(letter.upper(), rest):
            if not pen.draw(letter, values):
                return pen.commands
            if letter in "Mm":  # further pairs are lines
                letter = "L" if letter == "M" else "l"
    return pen.commands


def _arguments(command: str, text: str) -> Iterator[list[float]]:
    count = _COUNTS[command]
    if count == 0:
        yield []
        return
    values = _arc_numbers(text) if command == "A" else [float(v) for v in _NUMBER.findall(text)]
    for start in range(0, len(values) - count + 1, count):
        yield values[start : start + count]


def _arc_numbers(text: str) -> list[float]:
    """Numbers of arcs: their flags may stand without anything between (``a5 5 0 01.5.5``)."""
    out: list[float] = []
    at = 0
    while True:
        flag = len(out) % 7 in (3, 4)
        found = (_FLAG if flag else _SPACED).match(text, at)
        if found is None:
            return out
        out.append(float(found[1]))
        at = found.end()


class _Pen:
    """Follows the path and writes it down."""

    def __init__(self) -> None:
        self.commands: Commands = []
        self._at: Point = (0.0, 0.0)
        self._start: Point = (0.0, 0.0)
        self._control: Point | None = None
        self._curve = ""
        self._closed = False

    def draw(self, letter: str, values: list[float]) -> bool:
        """One command with its arguments; False if it stands where it may not."""
        command = letter.upper()
        if not self.commands and command != "M":
            return False
        if self._closed and command not in "MZ":
            self.commands.append(("M", self._start))
        self._closed = command == "Z"
        if letter.islower():
            values = self._absolute(command, values)
        getattr(self, f"_{command.lower()}")(values)
        if command not in "CSQT":
            self._control = None
        self._curve = command
        return True

    def _absolute(self, command: str, values: list[float]) -> list[float]:
        x, y = self._at
        if command == "H":
            return [values[0] + x]
        if command == "V":
            return [values[0] + y]
        if command == "A":
            return [*values[:5], values[5] + x, values[6] + y]
        return [value + (y if index % 2 else x) for index, value in enumerate(values)]

    def _m(self, values: list[float]) -> None:
        self._at = self._start = (values[0], values[1])
        self.commands.append(("M", self._at))

    def _line(self, point: Point) -> None:
        self._at = point
        self.commands.append(("L", point))

    def _l(self, values: list[float]) -> None:
        self._line((values[0], values[1]))

    def _h(self, values: list[float]) -> None:
        self._line((values[0], self._at[1]))

    def _v(self, values: list[float]) -> None:
        self._line((self._at[0], values[0]))

    def _z(self, values: list[float]) -> None:
        self._at = self._start
        self.commands.append(("Z", ()))

    def _c(self, values: list[float]) -> None:
        self.commands.append(("C", tuple(values)))
        self._control = (values[2], values[3])
        self._at = (values[4], values[5])

    def _s(self, values: list[float]) -> None:
        self._c([*self._mirrored("CS"), *values])

    def _q(self, values: list[float]) -> None:
        (x, y), (qx, qy, ex, ey) = self._at, values
        self._c(
            [
                x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3,
                ex + (qx - ex) * 2 / 3, ey + (qy - ey) * 2 / 3,
                ex, ey,
            ]
        )  # fmt: skip
        self._control = (qx, qy)

    def _t(self, values: list[float]) -> None:
        self._q([*self._mirrored("QT"), *values])

    def _mirrored(self, kinds: str) -> Point:
        """The last control point on the other side, if the last curve was of the same kind."""
        x, y = self._at
        if self._control is None or self._curve not in kinds:
            return x, y
        return 2 * x - self._control[0], 2 * y - self._control[1]

    def _a(self, values: list[float]) -> None:
        end = (values[5], values[6])
        for curve in arc_curves(self._at, values[:5], end):
            self.commands.append(("C", curve))
        if end != self._at and not (values[0] and values[1]):
            self.commands.append(("L", end))
        self._at = end


def arc_curves(start: Point, shape: list[float], end: Point) -> Iterator[tuple[float, ...]]:
    """An elliptical arc as cubic curves, each of a quarter turn at most (SVG 1.1, F.6).

    ``shape`` is the radii, the rotation in degrees, and the two flags.
    """
    rx, ry = abs(shape[0]), abs(shape[1])
    if not rx or not ry or start == end:
        return
    turn = math.radians(shape[2])
    cos, sin = math.cos(turn), math.sin(turn)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    grow = (x / rx) ** 2 + (y / ry) ** 2
    if grow > 1:  # too small to reach: F.6.6
        rx, ry = rx * math.sqrt(grow), ry * math.sqrt(grow)
    below = (rx * y) ** 2 + (ry * x) ** 2
    factor = math.sqrt(max(0.0, (rx * ry) ** 2 / below - 1)) if below else 0.0
    if bool(shape[3]) == bool(shape[4]):
        factor = -factor
    cx, cy = factor * rx * y / ry, -factor * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    last = math.atan2((-y - cy) / ry, (-x - cx) / rx)
    sweep = last - first
    if shape[4] and sweep < 0:
        sweep += 2 * math.pi
    elif not shape[4] and sweep > 0:
        sweep -= 2 * math.pi
    middle = (
        cos * cx - sin * cy + (start[0] + end[0]) / 2,
        sin * cx + cos * cy + (start[1] + end[1]) / 2,
    )
    count = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / count
    reach = 4 / 3 * math.tan(step / 4)

    def place(angle: float, ahead: float) -> Point:
        ux = rx * (math.cos(angle) - ahead * math.sin(angle))
        uy = ry * (math.sin(angle) + ahead * math.cos(angle))
        return middle[0] + cos * ux - sin * uy, middle[1] + sin * ux + cos * uy

    for index in range(count):
        angle = first + index * step
        stop = end if index == count - 1 else place(angle + step, 0)
        yield (*place(angle, reach), *place(angle + step, -reach), *stop)
