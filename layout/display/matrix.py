"""Affine maps, from the coordinates of a drawing to the page."""

from typing import NamedTuple

from layout.display.model import Segment
from layout.display.paths import Commands


class Matrix(NamedTuple):
    """An affine map x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, inner: "Matrix") -> "Matrix":
        """This map after ``inner``."""
        a, b, c, d, e, f = self
        p, q, r, s, t, u = inner
        return Matrix(
            a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s,
            a * t + c * u + e, b * t + d * u + f,
        )  # fmt: skip

    def exact(self, x: float, y: float) -> tuple[float, float]:
        """A point, not rounded."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def apply(self, x: float, y: float) -> tuple[int, int]:
        """A point in whole nanometres."""
        along, down = self.exact(x, y)
        return round(along), round(down)

    def path(self, commands: Commands) -> tuple[Segment, ...]:
        """A path on the page."""
        return tuple((verb, self._numbers(values)) for verb, values in commands)

    def _numbers(self, values: tuple[float, ...]) -> tuple[int, ...]:
        points = [self.apply(values[i], values[i + 1]) for i in range(0, len(values), 2)]
        return tuple(v for point in points for v in point)

    def moved(self, commands: Commands) -> Commands:
        """A path through the map, not rounded."""
        out: Commands = []
        for verb, values in commands:
            points = [self.exact(values[i], values[i + 1]) for i in range(0, len(values), 2)]
            out.append((verb, tuple(v for point in points for v in point)))
        return out

    @property
    def determinant(self) -> float:
        """How much areas grow; negative if it mirrors, nought if nothing is left."""
        return self.a * self.d - self.b * self.c

    @property
    def scale(self) -> float:
        """The mean enlargement."""
        return float(abs(self.determinant) ** 0.5)

    def inverse(self) -> "Matrix":
        """The way back; ``ZeroDivisionError`` if there is none."""
        a, b, c, d, e, f = self
        whole = self.determinant
        return Matrix(
            d / whole, -b / whole, -c / whole, a / whole,
            (c * f - d * e) / whole, (b * e - a * f) / whole,
        )  # fmt: skip


IDENTITY = Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def shift(x: float, y: float) -> Matrix:
    """A movement."""
    return Matrix(1.0, 0.0, 0.0, 1.0, x, y)
