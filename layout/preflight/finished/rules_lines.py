"""Lines (線幅): strokes and narrow rectangles that are too thin to print."""

from collections.abc import Iterator, Sequence
from typing import Final

from layout.diagnostics import Reporter
from layout.preflight.colour import ALL
from layout.preflight.finished.facts import Box, PageFacts
from layout.preflight.finished.gather import Gathering, Judged
from layout.preflight.finished.marks import Mark, PageMarks
from layout.preflight.finished.paints import is_visible, is_white, reaches

_ROUNDING: Final = 0.004  # points: coordinates are written with few decimals
_LONG: Final = 4.0  # a rectangle so many times as long as wide is a line and no dot
_GAP_PT: Final = 0.1


def lines_of(marks: Sequence[Mark], page: PageFacts) -> Iterator[tuple[Mark, float]]:
    """Each line on the page with its thickness in points.

    The outline of a shape in the shape's own colour only makes it bolder, and
    narrow rectangles side by side are a surface (a blend in steps, a code): neither
    is a line.  Printer's marks are known by their colour or their place.
    """
    before: Mark | None = None
    for index, mark in enumerate(marks):
        if mark.kind == "stroke":
            own = mark.stroke is not None and ALL not in mark.stroke.inks
            if own and not _bolder(mark, before) and _seen(mark, page):
                yield mark, mark.line_pt
        elif mark.kind == "fill" and mark.straight and _is_rule(mark) and _seen(mark, page):
            after = marks[index + 1] if index + 1 < len(marks) else None
            if not _abut(mark, before) and not _abut(mark, after):
                yield mark, mark.area
        before = mark


def check_lines(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Line weights against the profile's; width 0 is a hairline of the device (8.4.3.2)."""
    profile = judged.profile
    found = Gathering(page, judged)
    for mark, size in lines_of(marks.marks, page):
        if size >= profile.line_thin_pt - _ROUNDING:
            continue
        invisible = size < profile.line_least_pt - _ROUNDING
        report = found.error if invisible else found.warning
        report(
            "pdf.line-invisible" if invisible else "pdf.line-thin",
            mark.box,
            rank=-size,
            size=f"{size:.2f}",
            least=f"{profile.line_least_pt if invisible else profile.line_thin_pt:g}",
        )
    found.report(reporter)


def _seen(mark: Mark, page: PageFacts) -> bool:
    return is_visible(mark) and reaches(mark, page.bleed)


def _is_rule(mark: Mark) -> bool:
    """Whether a rectangle is drawn as a line; white ones cover something and are no lines."""
    long = max(mark.box.width, mark.box.height)
    white = mark.fill is not None and is_white(mark.fill)
    return not white and long > 1 and long >= _LONG * mark.area


def _bolder(mark: Mark, before: Mark | None) -> bool:
    """Whether a stroke only goes round the fill before it, in the same colour."""
    if before is None or before.kind != "fill" or before.fill is None or mark.stroke is None:
        return False
    same = before.fill is mark.stroke or (
        before.fill.family == mark.stroke.family and before.fill.values == mark.stroke.values
    )
    return same and mark.box.holds(before.box, 0.1)


def _abut(mark: Mark, other: Mark | None) -> bool:
    """Whether two rectangles touch along their long sides."""
    if other is None or other.kind != "fill" or not other.straight:
        return False
    one, two = mark.box, other.box
    if one.width < one.height:
        gap, shared = _between(one.x0, one.x1, two.x0, two.x1), _overlap(one, two, True)
        return gap <= _GAP_PT and shared > one.height / 2
    gap, shared = _between(one.y0, one.y1, two.y0, two.y1), _overlap(one, two, False)
    return gap <= _GAP_PT and shared > one.width / 2


def _between(low: float, high: float, other_low: float, other_high: float) -> float:
    """The gap between two stretches that do not lie in one another; large if they do."""
    if low >= other_high - _GAP_PT:
        return low - other_high
    if other_low >= high - _GAP_PT:
        return other_low - high
    return 1000.0


def _overlap(one: Box, two: Box, upright: bool) -> float:
    if upright:
        return min(one.y1, two.y1) - max(one.y0, two.y0)
    return min(one.x1, two.x1) - max(one.x0, two.x0)
