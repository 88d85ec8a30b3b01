"""What lies beneath a mark: the areas painted before it, found without looking at all of them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Mark, Paint
from layout.preflight.finished.paints import BARE, image_paint, is_light, is_visible, is_white

_CELLS: Final = 8  # in each direction
_LEAST_PT: Final = 2.0  # what is smaller is no ground for anything
_BAR_PT: Final = 3.0  # a line from here on is one
_SHARE: Final = 0.15
"""The least part of a mark that must lie over an area for it to stand there."""
_BACK_MOST: Final = 2000
_STEPS_MOST: Final = 500_000
"""So many areas of a cell are looked through for a mark, and so many in all for a page: no
drawing of a million pieces takes longer than a breath.  What is not found then is not said."""


class Ground:
    """The areas of a page, to be asked what is beneath a later mark.

    Only boxes are known.  A shape of several parts (a frame, a ring) may be
    empty in the middle and is no ground; of a single part that is no rectangle
    the ellipse within its box counts.
    """

    def __init__(self, marks: Sequence[Mark], sheet: Box) -> None:
        self._marks = marks
        self._sheet = sheet
        self._across = max(sheet.width, 1.0) / _CELLS
        self._down = max(sheet.height, 1.0) / _CELLS
        self._steps = 0
        self._cells: dict[int, list[int]] = {}
        for index, mark in enumerate(marks):
            if _is_area(mark):
                for cell in self._cells_of(mark.box):
                    self._cells.setdefault(cell, []).append(index)

    def beneath(self, index: int, plates_but: str = "") -> Mark | None:
        """The uppermost inked area under the mark of that index; None where the paper is bare.

        An area that has ink on the plate ``plates_but`` alone counts as bare: it is for
        black, which tears no hole into black.
        """
        box = self._marks[index].box
        for at in self._before(index, box):
            mark = self._marks[at]
            inked = _inked(mark, plates_but)
            if inked and _stands_on(box, mark):
                return mark
            if not inked and _hides(mark) and mark.box.holds(box, 0.5):
                return None
        return None

    def _before(self, index: int, box: Box) -> list[int]:
        """The areas before a mark in the cells of a box, the uppermost first."""
        found: set[int] = set()
        for cell in self._cells_of(box):
            there = self._cells.get(cell)
            if there and self._steps < _STEPS_MOST:
                end = bisect_left(there, index)
                part = there[max(0, end - _BACK_MOST) : end]
                self._steps += len(part)
                found.update(part)
        return sorted(found, reverse=True)

    def _cells_of(self, box: Box) -> Iterator[int]:
        left, right = (self._clamped((x - self._sheet.x0) / self._across) for x in (box.x0, box.x1))
        foot, head = (self._clamped((y - self._sheet.y0) / self._down) for y in (box.y0, box.y1))
        for row in range(foot, head + 1):
            for column in range(left, right + 1):
                yield row * _CELLS + column

    @staticmethod
    def _clamped(value: float) -> int:
        return min(max(int(value), 0), _CELLS - 1)


def _is_area(mark: Mark) -> bool:
    """Whether other marks may stand on it."""
    if not is_visible(mark):
        return False
    if mark.kind == "stroke":
        thin = min(mark.box.width, mark.box.height)
        return mark.line_pt >= _BAR_PT and thin <= mark.line_pt * 1.2
    if mark.kind == "fill":
        return mark.parts == 1 and min(mark.box.width, mark.box.height) >= _LEAST_PT
    return mark.kind == "shading" or (mark.kind == "image" and mark.fill is None)


def _inked(mark: Mark, plates_but: str) -> bool:
    """Whether an area has ink on any plate, that one left out."""
    paint = mark.stroke if mark.kind == "stroke" else mark.fill
    if mark.kind == "image":
        paint = image_paint(mark.image)
    if paint is None:
        return True
    if paint.inks:
        return any(tint >= BARE for plate, tint in paint.inks.items() if plate != plates_but)
    if is_light(paint):
        return not is_white(paint)
    return _plates(paint) != {plates_but}


def _plates(paint: Paint) -> set[str]:
    """The plates that a picture or a shading may stand on."""
    base = paint.space.base if paint.space.base is not None else paint.space
    if base.kind == "gray":
        return {"Black"}
    return set(base.names) or {"Cyan", "Black"}


def _hides(mark: Mark) -> bool:
    """Whether it covers what is beneath."""
    look = mark.look
    over = look.over_stroke if mark.kind == "stroke" else look.over_fill
    return not over and look.alpha >= 1 and look.blend == "Normal" and not look.soft_mask


def _stands_on(box: Box, area: Mark) -> bool:
    """Whether enough of a box lies on an area."""
    if area.kind == "fill" and not area.straight:
        half_wide, half_high = area.box.width / 2, area.box.height / 2
        across = (box.x0 + box.x1) / 2 - area.box.x0 - half_wide
        down = (box.y0 + box.y1) / 2 - area.box.y0 - half_high
        return (across / half_wide) ** 2 + (down / half_high) ** 2 <= 1 or _deep(box, area.box)
    return _shared(box, area.box) >= _SHARE


def _deep(box: Box, area: Box) -> bool:
    """Well inside an area that is not small: a ground with round corners, say."""
    wide, high = area.width * 0.04, area.height * 0.04
    core = Box(area.x0 + wide, area.y0 + high, area.x1 - wide, area.y1 - high)
    return core.holds(box, 0.0) and _shared(box, core) >= 1


def _shared(box: Box, area: Box) -> float:
    """The part of a box, or of a line without thickness, that lies in an area."""
    part = 1.0
    for low, high, begin, end in (
        (box.x0, box.x1, area.x0, area.x1),
        (box.y0, box.y1, area.y0, area.y1),
    ):
        size = high - low
        if size <= 0:
            part *= begin < low < end
        else:
            part *= max(0.0, min(high, end) - max(low, begin)) / size
    return part
