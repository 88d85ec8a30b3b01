"""Rectangles, round corners and ellipses as path commands, in any unit."""

from layout.display.model import Segment
from layout.geometry import Rect
from layout.units import Length

ROUND = 0.5522847498  # control point distance of a quarter circle

Commands = list[tuple[str, tuple[float, ...]]]


def rectangle(rect: Rect) -> tuple[Segment, ...]:
    """A closed rectangular path on the page."""
    return on_page(rounded_commands(rect.x, rect.y, rect.width, rect.height, 0))


def rounded(rect: Rect, radius: Length) -> tuple[Segment, ...]:
    """A closed rectangle with round corners; with half the side as radius, a circle."""
    return on_page(rounded_commands(rect.x, rect.y, rect.width, rect.height, radius))


def ellipse(x: float, y: float, rx: float, ry: float) -> tuple[Segment, ...]:
    """An ellipse around a point of the page."""
    return on_page(ellipse_commands(x, y, rx, ry))


def on_page(commands: Commands) -> tuple[Segment, ...]:
    """Commands in page coordinates, in whole nanometres."""
    return tuple((name, tuple([round(v) for v in values])) for name, values in commands)


def rounded_commands(x: float, y: float, width: float, height: float, radius: float) -> Commands:
    """A rectangle; its corners are quarter circles of at most half its shorter side."""
    r = min(radius, width / 2, height / 2)
    right, bottom = x + width, y + height
    if r <= 0:
        return [
            ("M", (x, y)),
            ("L", (right, y)),
            ("L", (right, bottom)),
            ("L", (x, bottom)),
            ("Z", ()),
        ]
    k = r * (1 - ROUND)
    return [
        ("M", (x + r, y)),
        ("L", (right - r, y)),
        ("C", (right - k, y, right, y + k, right, y + r)),
        ("L", (right, bottom - r)),
        ("C", (right, bottom - k, right - k, bottom, right - r, bottom)),
        ("L", (x + r, bottom)),
        ("C", (x + k, bottom, x, bottom - k, x, bottom - r)),
        ("L", (x, y + r)),
        ("C", (x, y + k, x + k, y, x + r, y)),
        ("Z", ()),
    ]


def ellipse_commands(x: float, y: float, rx: float, ry: float) -> Commands:
    """An ellipse around a point."""
    kx, ky = rx * ROUND, ry * ROUND
    return [
        ("M", (x + rx, y)),
        ("C", (x + rx, y + ky, x + kx, y + ry, x, y + ry)),
        ("C", (x - kx, y + ry, x - rx, y + ky, x - rx, y)),
        ("C", (x - rx, y - ky, x - kx, y - ry, x, y - ry)),
        ("C", (x + kx, y - ry, x + rx, y - ky, x + rx, y)),
        ("Z", ()),
    ]
