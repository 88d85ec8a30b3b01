"""Japanese printer's marks (トンボ) as plain shapes, in the coordinates of the display list.

Each corner carries two angles that cross: one comes down the trim line (内トンボ)
and turns outwards on the bleed line, the other comes down the bleed line
(外トンボ) and turns outwards on the trim line.  Each side carries a centre mark
(センタートンボ), so that the sheet's centre is the centre of the trimmed page.
Where the sheet is folded, dashed lines stand at both ends of the fold
(折りトンボ); a fold in the middle shares the place of the centre mark, whose
line then begins behind its bar.
"""

from collections.abc import Sequence
from typing import Final

from layout.diagnostics import NOWHERE
from layout.display.job_line import REGISTRATION
from layout.display.model import Fold, Segment, Shape, Stroke
from layout.geometry import Rect
from layout.house.profile import Profile
from layout.units import Length, mm

Path = tuple[Segment, ...]

FOLD_DASH: Final = (mm(0.8), mm(0.4))


def printers_marks(
    width: Length, height: Length, profile: Profile, folds: Sequence[Fold] = ()
) -> tuple[Shape, ...]:
    """All marks of a page trimmed to ``width`` by ``height`` nanometres, none if not wanted.

    The lines keep their exact places; where one runs along the edge of the
    bleed the backend clips the half of its thickness that would lie inside.
    """
    if not profile.marks:
        return ()
    solid = Stroke(REGISTRATION, profile.mark_thickness)
    dashed = Stroke(REGISTRATION, profile.mark_thickness, FOLD_DASH)
    paths = (*_corners(width, height, profile), *_centres(width, height, profile, folds))
    return (
        *(Shape(path, None, solid, NOWHERE) for path in paths),
        *(Shape(path, None, dashed, NOWHERE) for path in _folds(width, height, profile, folds)),
    )


def bleed_box(width: Length, height: Length, profile: Profile) -> Rect:
    """The page with its bleed, from which marks keep out (ISO 15930, boxes)."""
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


def _bar(profile: Profile) -> Length:
    """How far from the trim the bar of a centre mark stands."""
    return profile.bleed + profile.mark_length // 3


def _centres(width: Length, height: Length, profile: Profile, folds: Sequence[Fold]) -> list[Path]:
    far, bar = profile.bleed + profile.mark_length, _bar(profile)
    middle_x, middle_y = width // 2, height // 2
    half_x = min(profile.centre_mark // 2, width // 4)
    half_y = min(profile.centre_mark // 2, height // 4)
    near_x = bar if Fold(middle_x) in folds else profile.bleed
    near_y = bar if Fold(middle_y, level=True) in folds else profile.bleed
    paths = []
    for y, outwards in ((0, -1), (height, 1)):
        paths.append(_line((middle_x, y + outwards * near_x), (middle_x, y + outwards * far)))
        level = y + outwards * bar
        paths.append(_line((middle_x - half_x, level), (middle_x + half_x, level)))
    for x, outwards in ((0, -1), (width, 1)):
        paths.append(_line((x + outwards * near_y, middle_y), (x + outwards * far, middle_y)))
        level = x + outwards * bar
        paths.append(_line((level, middle_y - half_y), (level, middle_y + half_y)))
    return paths


def _folds(width: Length, height: Length, profile: Profile, folds: Sequence[Fold]) -> list[Path]:
    near, far = profile.bleed, profile.bleed + profile.mark_length
    paths = []
    for fold in folds:
        middle = (height if fold.level else width) // 2
        end = _bar(profile) if fold.at == middle else far
        for edge, outwards in ((0, -1), (width if fold.level else height, 1)):
            ends = (edge + outwards * near, edge + outwards * end)
            paths.append(
                _line(*((away, fold.at) if fold.level else (fold.at, away) for away in ends))
            )
    return paths


def _line(*points: tuple[Length, Length]) -> Path:
    return tuple(("L" if index else "M", point) for index, point in enumerate(points))
