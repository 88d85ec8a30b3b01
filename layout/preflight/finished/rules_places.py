"""Places: text near the knife, cut by it, or on a fold that the marks show."""

from typing import Final

from layout.diagnostics import Reporter
from layout.preflight.finished.facts import PT_PER_MM, Box, PageFacts
from layout.preflight.finished.gather import Gathering, Judged
from layout.preflight.finished.marks import Mark, PageMarks
from layout.preflight.finished.paints import inside, shown, texts_on
from layout.preflight.finished.rules_marks import folds_of
from layout.units import to_mm

_SLACK_MM: Final = 0.05
_CUT_MM: Final = 0.1  # side bearings: so much of an em box is never ink
_DISPLAY_PT: Final = 24.0
"""Type larger than this may be cut on purpose."""


def em_box(mark: Mark) -> Box:
    """A text's box no thicker across the line than its type: what a line's letters may fill."""
    box, size = mark.box, mark.size_pt
    along = box.height if _is_upright(mark) else box.width
    across = box.width if _is_upright(mark) else box.height
    if size <= 0 or across <= size or along < size / 4:
        return box
    spare = (across - size) / 2
    if _is_upright(mark):
        return Box(box.x0 + spare, box.y0, box.x1 - spare, box.y1)
    return Box(box.x0, box.y0 + spare, box.x1, box.y1 - spare)


def _is_upright(mark: Mark) -> bool:
    """Whether the line runs down the page: by its font, or because it is turned."""
    if mark.font is not None and mark.font.vertical:
        return True
    return mark.box.height > mark.box.width and abs(mark.box.width - mark.size_pt) < (
        abs(mark.box.height - mark.size_pt)
    )


def check_safe_area(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Text keeps away from the trim (文字切れ); what is cut or cut off is worse."""
    least = to_mm(judged.profile.safe_margin)
    found = Gathering(page, judged)
    trim = page.trim
    for mark in texts_on(marks.marks, page):
        box = em_box(mark)
        sides = (box.x0 - trim.x0, trim.x1 - box.x1, box.y0 - trim.y0, trim.y1 - box.y1)
        distance = min(sides) / PT_PER_MM
        if distance >= least - _SLACK_MM:
            continue
        text = shown(mark)
        if distance < -_CUT_MM or not inside(box, trim):
            small = mark.size_pt <= _DISPLAY_PT
            report = found.error if small else found.warning
            report("pdf.cut", mark.box, rank=-distance, text=text, beyond=f"{-distance:.1f}")
        else:
            found.warning(
                "pdf.unsafe", mark.box, rank=-distance, text=text,
                distance=f"{max(distance, 0.0):.1f}", least=f"{least:g}",
            )  # fmt: skip
    found.report(reporter)


def check_folds(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Text keeps away from the folds that marks beside the page show (折りトンボ)."""
    folds = folds_of(marks, page)
    if not folds:
        return
    least = to_mm(judged.profile.fold_margin)
    found = Gathering(page, judged)
    for mark in texts_on(marks.marks, page):
        box = em_box(mark)
        for fold in folds:
            low, high = (box.y0, box.y1) if fold.level else (box.x0, box.x1)
            distance = max(low - fold.at, fold.at - high, 0.0) / PT_PER_MM
            if distance < least - _SLACK_MM:
                at = (page.trim.y1 - fold.at) if fold.level else (fold.at - page.trim.x0)
                found.warning(
                    "pdf.fold", mark.box, alike=fold, rank=-distance, text=shown(mark),
                    distance=f"{distance:.1f}", least=f"{least:g}", at=f"{at / PT_PER_MM:.1f}",
                )  # fmt: skip
    found.report(reporter)
