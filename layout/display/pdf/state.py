"""The graphics state (ISO 32000-1, 8.4)."""

from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from layout.display.blends import Gradient
from layout.display.matrix import IDENTITY, Matrix
from layout.display.model import Colour
from layout.display.pdf.spaces import Space
from layout.display.pdf.streams import PdfObject

CAPS: Final = ("butt", "round", "square")
JOINS: Final = ("miter", "round", "bevel")


class Shade(Struct, frozen=True):
    """A gradient as a paint: with the map from its coordinates to the page."""

    gradient: Gradient
    matrix: Matrix
    ground: Colour | None


class Tiles(Struct, frozen=True):
    """A tiling pattern as a paint; ``ink`` colours one that has no colours of its own."""

    stream: PdfObject
    matrix: Matrix
    ink: Colour | None


Paint = Colour | Shade | Tiles | None


class TextState(Struct, frozen=True):
    """What text is set with (9.3)."""

    font: PdfObject = None
    size: float = 0.0
    spacing: float = 0.0
    words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class State(Struct, frozen=True):
    """Everything that q keeps and Q brings back.  ``clips`` counts those opened since q."""

    matrix: Matrix
    fill_space: Space
    stroke_space: Space
    fill: Paint
    stroke: Paint
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    width: float = 1.0
    cap: str = "butt"
    join: str = "miter"
    miter: float = 10.0
    dash: tuple[float, ...] = ()
    phase: float = 0.0
    text: TextState = field(default_factory=TextState)
    clips: int = 0

    def moved(self, matrix: Matrix) -> "State":
        """In coordinates of its own."""
        return replace(self, matrix=self.matrix.then(matrix))


def matrix_of(source: PdfObject) -> Matrix:
    """A matrix of six numbers; the identity where there is none."""
    values = [float(value) for value in source] if source is not None else []
    return Matrix(*values) if len(values) == 6 else IDENTITY
