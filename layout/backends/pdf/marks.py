"""Japanese printer's marks (トンボ) as plain shapes, in the coordinates of the display list.

Each corner carries two angles that cross: one comes down the trim line (内トンボ)
and turns outwards on the bleed line, the other comes down the bleed line
(外トンボ) and turns outwards on the trim line.  Each side carries a centre mark
(センタートンボ), so that the sheet's centre is the centre of the trimmed page.
"""

from typing import Final

from layout.diagnostics import NOWHERE
from layout.display.model import Colour, Segment, Shape, Stroke
from layout.geometry import Rect
from layout.house.profile import Profile
from layout.units import Length

REGISTRATION: Final = Colour("registration", (100.0, 100.0, 100.0, 100.0))
"""All plates.  Marks alone are painted in it, through the colorant ``All``."""

Path = tuple[Segment, ...]


def printers_marks(width: Length, height: Length, profile: Profile) -> tuple[Shape, ...]:
    """All marks of a page trimmed to ``width`` by ``height`` nanometres.

    The lines keep their exact places; where one runs along the edge of the
    bleed the backend clips the half of its thickness that would lie inside.
    """
    stroke = Stroke(REGISTRATION, profile.mark_thickness)
    paths = (*_corners(width, height, profile), *_centres(width, height, profile))
    return tuple(Shape(path, None, stroke, NOWHERE) for path in paths)


def bleed_box(width: Length, height: Length, profile: Profile) -> Rect:
    """The page with its bleed, from which marks keep out (ISO 15930-1, 6.3)."""
    bleed = profile.bleed
    return Rect(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed)


def sheet_box(width: Length, height: Length, profile: Profile) -> Rect:
    """The whole sheet, marks included; its centre is the centre of the trimmed page."""
    margin = profile.margin
    return Rect(-margin, -margin, width + 2 * margin, height + 2 * margin)


def _corners(width: Length, height: Length, profile: Profile) -> list[Path]:
    bleed, far = profile.bleed, profile.bleed + profile.mark_length
    paths = []
    for x, outwards_x in ((0, -1), (width, 1)):
        for y, outwards_y in ((0, -1), (height, 1)):
            bleed_x, far_x = x + outwards_x * bleed, x + outwards_x * far
            bleed_y, far_y = y + outwards_y * bleed, y + outwards_y * far
            paths.append(_line((x, far_y), (x, bleed_y), (far_x, bleed_y)))
            paths.append(_line((bleed_x, far_y), (bleed_x, y), (far_x, y)))
    return paths


def _centres(width: Length, height: Length, profile: Profile) -> list[Path]:
    near, far = profile.bleed, profile.bleed + profile.mark_length
    bar = near + profile.mark_length // 3
    middle_x, middle_y = width // 2, height // 2
    half_x = min(profile.centre_mark // 2, width // 4)
    half_y = min(profile.centre_mark // 2, height // 4)
    paths = []
    for y, outwards in ((0, -1), (height, 1)):
        paths.append(_line((middle_x, y + outwards * near), (middle_x, y + outwards * far)))
        level = y + outwards * bar
        paths.append(_line((middle_x - half_x, level), (middle_x + half_x, level)))
    for x, outwards in ((0, -1), (width, 1)):
        paths.append(_line((x + outwards * near, middle_y), (x + outwards * far, middle_y)))
        level = x + outwards * bar
        paths.append(_line((level, middle_y - half_y), (level, middle_y + half_y)))
    return paths


def _line(*points: tuple[Length, Length]) -> Path:
    return tuple(("L" if index else "M", point) for index, point in enumerate(points))
