"""A path under construction (ISO 32000-1, 8.5.2): its places on the page, and what it is like."""

from typing import Any, Final

from layout.preflight.finished.content_state import Matrix
from layout.preflight.finished.facts import Box

_LEVEL: Final = 0.01
"""Points by which a side may lean and still count as level."""

_CORNERS: Final = 5
PIECES_MOST: Final = 200


class Path:
    """Points on the page in ``xs`` and ``ys``; curves by their control points.

    ``parts`` counts the subpaths, ``pieces`` are the straight pieces as boxes.
    """

    __slots__ = ("_curved", "_start", "parts", "pieces", "xs", "ys")

    def __init__(self) -> None:
        self.xs: list[float] = []
        self.ys: list[float] = []
        self.parts = 0
        self.pieces: list[Box] = []
        self._start = 0
        self._curved = False

    def move(self, matrix: Matrix, point: Any) -> None:
        """A new subpath."""
        self._start = len(self.xs)
        self.parts += 1
        self._add(matrix, point)

    def line(self, matrix: Matrix, point: Any) -> None:
        """A straight piece."""
        self._need_start()
        self._add(matrix, point)
        self._piece(-2, -1)

    def curve(self, matrix: Matrix, points: Any) -> None:
        """A Bézier curve, of which all points given are kept."""
        self._need_start()
        self._curved = True
        for at in range(0, len(points), 2):
            self._add(matrix, points[at : at + 2])

    def rectangle(self, matrix: Matrix, values: Any) -> None:
        """``re``: a whole subpath."""
        x, y, wide, high = values
        self.move(matrix, (x, y))
        for point in ((x + wide, y), (x + wide, y + high), (x, y + high)):
            self.line(matrix, point)
        self.close()

    def close(self) -> None:
        """``h``: back to where the subpath began."""
        if len(self.xs) > self._start:
            self.xs.append(self.xs[self._start])
            self.ys.append(self.ys[self._start])
            self._piece(-2, -1)

    def box(self, reach: float = 0.0) -> Box:
        """The box round all points, and ``reach`` beyond."""
        xs, ys = self.xs, self.ys
        return Box(min(xs) - reach, min(ys) - reach, max(xs) + reach, max(ys) + reach)

    @property
    def is_rectangle(self) -> bool:
        """Whether it is one rectangle with level sides."""
        if self._curved or self.parts != 1 or not 4 <= len(self.xs) <= _CORNERS:
            return False
        xs, ys = self.xs, self.ys
        if len(xs) == 4:
            xs, ys = [*xs, xs[0]], [*ys, ys[0]]
        across = [abs(ys[at] - ys[at + 1]) <= _LEVEL for at in range(4)]
        down = [abs(xs[at] - xs[at + 1]) <= _LEVEL for at in range(4)]
        closed = abs(xs[0] - xs[4]) <= _LEVEL and abs(ys[0] - ys[4]) <= _LEVEL
        turns = (across[0], down[1], across[2], down[3])
        other = (down[0], across[1], down[2], across[3])
        return closed and (all(turns) or all(other))

    def _need_start(self) -> None:
        if not self.parts:
            raise ValueError("a path begins with m or re")

    def _add(self, matrix: Matrix, point: Any) -> None:
        a, b, c, d, e, f = matrix
        x, y = point
        self.xs.append(a * x + c * y + e)
        self.ys.append(b * x + d * y + f)

    def _piece(self, one: int, other: int) -> None:
        if len(self.pieces) < PIECES_MOST:
            x0, x1 = self.xs[one], self.xs[other]
            y0, y1 = self.ys[one], self.ys[other]
            self.pieces.append(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
