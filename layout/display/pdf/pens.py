"""A pen of fontTools' protocol that writes path commands."""

from typing import Any

from fontTools.pens.basePen import BasePen

from layout.display.paths import Commands


class CommandPen(BasePen):  # type: ignore[misc,unused-ignore]
    """Collects outlines; quadratic curves become cubic ones, components are opened."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.commands: Commands = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.commands.append(("M", (point[0], point[1])))

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.commands.append(("L", (point[0], point[1])))

    def _curveToOne(
        self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]
    ) -> None:
        self.commands.append(("C", (*first, *second, *end)))

    def _closePath(self) -> None:
        self.commands.append(("Z", ()))

    def _endPath(self) -> None:
        self.commands.append(("Z", ()))


def scaled(commands: Commands, scale: float) -> Commands:
    """A path made smaller or larger."""
    return [(verb, tuple(value * scale for value in values)) for verb, values in commands]
