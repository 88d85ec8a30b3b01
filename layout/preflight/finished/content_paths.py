"""A path under construction (ISO 32000-1, 8.5.2): its places on the page, and what it is like."""

from typing import Any, Final

from layout.preflight.finished.content_state import IDENTITY, Matrix
from layout.preflight.finished.facts import Box

_LEVEL: Final = 0.01
"""Points by which a side may lean and still count as level."""

_CORNERS: Final = 5
PIECES_MOST: Final = 200


class Path:
    """Points as content gives them, taken to the page all together when something is painted.

    Curves count by their control points.  ``parts`` is the number of subpaths.
    """

    __slots__ = ("_alone", "_curved", "_ends", "_given", "_matrix", "_start", "_xs", "_ys", "parts")

    def __init__(self) -> None:
        self._xs: list[float] = []
        self._ys: list[float] = []
        self._given: list[float] = []  # under the matrix, x and y by turns
        self._matrix = IDENTITY
        self._ends: list[int] = []  # numbers of points that straight pieces end at
        self._start: tuple[float, float] | None = None
        self._alone = self._curved = False
        self.parts = 0

    def move(self, matrix: Matrix, point: Any) -> None:
        """A new subpath; one that is nothing but its beginning is none (8.5.2.1)."""
        if matrix is not self._matrix:
            self._settle(matrix)
        if self._alone:
            del self._given[-2:]
        else:
            self.parts += 1
        self._given += point
        self._start, self._alone = point, True

    def line(self, matrix: Matrix, point: Any) -> None:
        """A straight piece; ``ValueError`` without a beginning."""
        self._go_on(matrix)
        self._given += point
        self._piece()

    def curve(self, matrix: Matrix, points: Any) -> None:
        """A Bézier curve, of which all points given are kept; ``ValueError``."""
        self._go_on(matrix)
        self._curved = True
        self._given += points

    def rectangle(self, matrix: Matrix, values: Any) -> None:
        """``re``: a whole subpath."""
        x, y, wide, high = values
        self.move(matrix, (x, y))
        for point in ((x + wide, y), (x + wide, y + high), (x, y + high), (x, y)):
            self.line(matrix, point)

    def close(self) -> None:
        """``h``: back to where the subpath began."""
        self._alone = False
        if self._start is not None:
            self._given += self._start
            self._piece()

    def end(self) -> bool:
        """No more points; whether there are any."""
        if self._alone:
            del self._given[-2:]
            self.parts -= 1
        self._settle(IDENTITY)
        return bool(self._xs)

    def box(self, across: float = 0.0, up: float = 0.0) -> Box:
        """The box round all points of a path that has ended, and so far beyond."""
        xs, ys = self._xs, self._ys
        return Box(min(xs) - across, min(ys) - up, max(xs) + across, max(ys) + up)

    @property
    def is_rectangle(self) -> bool:
        """Whether it is one rectangle with level sides."""
        if self._curved or self.parts != 1 or not 4 <= len(self._xs) <= _CORNERS:
            return False
        xs, ys = self._xs, self._ys
        if len(xs) == 4:
            xs, ys = [*xs, xs[0]], [*ys, ys[0]]
        across = [abs(ys[at] - ys[at + 1]) <= _LEVEL for at in range(4)]
        down = [abs(xs[at] - xs[at + 1]) <= _LEVEL for at in range(4)]
        closed = abs(xs[0] - xs[4]) <= _LEVEL and abs(ys[0] - ys[4]) <= _LEVEL
        turns = (across[0], down[1], across[2], down[3])
        other = (down[0], across[1], down[2], across[3])
        return closed and (all(turns) or all(other))

    @property
    def pieces(self) -> tuple[Box, ...]:
        """The first straight pieces as boxes without thickness."""
        xs, ys = self._xs, self._ys
        return tuple(
            Box(
                min(xs[at - 1], xs[at]), min(ys[at - 1], ys[at]),
                max(xs[at - 1], xs[at]), max(ys[at - 1], ys[at]),
            )
            for at in self._ends
        )  # fmt: skip

    def _go_on(self, matrix: Matrix) -> None:
        if not self.parts:
            raise ValueError("a path begins with m or re")
        self._alone = False
        if matrix is not self._matrix:
            self._settle(matrix)

    def _piece(self) -> None:
        if len(self._ends) < PIECES_MOST:
            self._ends.append(len(self._xs) + len(self._given) // 2 - 1)

    def _settle(self, matrix: Matrix) -> None:
        """Take what is given so far to the page; what follows is under another matrix."""
        a, b, c, d, e, f = self._matrix
        xs, ys = self._given[0::2], self._given[1::2]
        if b == c == 0:
            self._xs += [a * x + e for x in xs]
            self._ys += [d * y + f for y in ys]
        else:
            self._xs += [a * x + c * y + e for x, y in zip(xs, ys, strict=True)]
            self._ys += [b * x + d * y + f for x, y in zip(xs, ys, strict=True)]
        self._given, self._matrix = [], matrix
        if xs:  # nobody changes a matrix within a path
            self._start, self._alone = None, False
