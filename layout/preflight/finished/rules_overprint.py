"""Overprint: small black must not tear holes, white must not vanish (ISO 32000-1, 8.6.7)."""

from collections.abc import Sequence
from typing import Final

from layout.diagnostics import Reporter
from layout.preflight.colour import leaves
from layout.preflight.finished.facts import Box, PageFacts
from layout.preflight.finished.gather import Gathering, Judged
from layout.preflight.finished.ground import Ground
from layout.preflight.finished.marks import Mark, PageMarks, Paint
from layout.preflight.finished.paints import (
    is_black,
    is_blank,
    is_visible,
    is_white,
    overprints,
    paints_of,
    reaches,
    shown,
)

SMALL_TYPE_PT: Final = 24.0
"""Black type up to this size is expected to overprint, larger type may knock out."""
THIN_LINE_PT: Final = 1.5
"""So are black lines up to this thickness."""


def check_overprint(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Look at each black and white mark; what lies beneath is looked up only if it matters."""
    found = Gathering(page, judged)
    ground: Ground | None = None
    for index, mark in enumerate(marks.marks):
        if not is_visible(mark) or not reaches(mark, page.bleed):
            continue
        for paint, stroke in paints_of(mark):
            over = overprints(mark, stroke)
            black = judged.profile.overprint_black and is_black(paint) and _is_small(mark)
            white = over and is_white(paint) and not _is_nothing(mark)
            if not white and not (black and not _lies_over(paint, over, mark)):
                continue
            ground = ground or Ground(marks.marks, page.media)
            if white:
                _judge_white(found, mark, ground.beneath(index) is not None)
            elif _whole(mark, ground.beneath(index, "Black")):
                _judge_black(found, mark, paint, over)
    found.report(reporter)


def _lies_over(paint: Paint, over: bool, mark: Mark) -> bool:
    """Whether black leaves the other plates as they are."""
    return leaves(paint.space, paint.inks, "Cyan", over, mark.look.over_mode)


def _is_nothing(mark: Mark) -> bool:
    return mark.kind == "text" and is_blank(mark)


def _is_small(mark: Mark) -> bool:
    """Small type or a thin line, which plates out of register would show."""
    if mark.kind == "text":
        return 0 < mark.size_pt <= SMALL_TYPE_PT and not is_blank(mark)
    if mark.kind == "stroke":
        return mark.line_pt <= THIN_LINE_PT
    return mark.kind == "fill" and mark.straight and mark.area <= THIN_LINE_PT


def _whole(mark: Mark, beneath: Mark | None) -> bool:
    """Whether it is sure that the mark stands on what is beneath.

    A frame drawn as a line has a box in which other things may stand: it must lie
    within the area as a whole.
    """
    if beneath is None:
        return False
    if mark.kind == "stroke" and min(mark.box.width, mark.box.height) > mark.line_pt * 1.5 + 0.5:
        return beneath.box.holds(mark.box, 0.0) and beneath.straight
    return True


def _judge_white(found: Gathering, mark: Mark, inked: bool) -> None:
    report = found.error if inked else found.warning
    report("pdf.white-overprint", mark.box, rank=_area(mark.box))


def _judge_black(found: Gathering, mark: Mark, paint: Paint, over: bool) -> None:
    text = shown(mark) if mark.kind == "text" else ""
    if over and paint.space.direct:
        found.warning("pdf.overprint-mode", mark.box, text=text)
    else:
        found.warning("pdf.knockout", mark.box, text=text, space=paint.family if over else "")


def _area(box: Box) -> float:
    return box.width * box.height


def check_overprint_off(
    marks: Sequence[PageMarks], pages: Sequence[PageFacts], judged: Judged, reporter: Reporter
) -> None:
    """A shop that sets black to overprint itself wants files without overprint."""
    if judged.profile.overprint_black or not judged.for_shop:
        return
    for each, page in zip(marks, pages, strict=False):
        for mark in each.marks:
            if mark.look.over_fill or mark.look.over_stroke:
                if not any(overprints(mark, stroke) for _, stroke in paints_of(mark)):
                    continue
                if is_visible(mark) and reaches(mark, page.bleed):
                    found = Gathering(page, judged)
                    found.note("pdf.overprint-unwanted", mark.box)
                    found.report(reporter)
                    return
