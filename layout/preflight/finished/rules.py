"""The checks that look at what is painted, in the order in which they report.

``MARK_CHECKS`` are called for every page, ``FILE_CHECKS`` once for the file.  None
raises, none changes anything; what they share is in ``gather``.
"""

from typing import Final

from layout.preflight.finished.gather import FileCheck, Judged, MarkCheck
from layout.preflight.finished.rules_colour import (
    check_gray_only,
    check_ink,
    check_line_colour,
    check_registration,
    check_spaces,
    check_spot_names,
    check_spots,
    check_text_colour,
)
from layout.preflight.finished.rules_content import check_content
from layout.preflight.finished.rules_lines import check_lines
from layout.preflight.finished.rules_marks import check_marks
from layout.preflight.finished.rules_overprint import check_overprint, check_overprint_off
from layout.preflight.finished.rules_pictures import check_resolution, check_samples
from layout.preflight.finished.rules_places import check_folds, check_safe_area
from layout.preflight.finished.rules_transparency import check_transparency
from layout.preflight.finished.rules_type import check_type, check_unseen

__all__ = ["FILE_CHECKS", "MARK_CHECKS", "Judged"]

MARK_CHECKS: Final[tuple[MarkCheck, ...]] = (
    check_content,
    check_spaces,
    check_gray_only,
    check_spots,
    check_registration,
    check_ink,
    check_text_colour,
    check_line_colour,
    check_overprint,
    check_transparency,
    check_lines,
    check_type,
    check_unseen,
    check_resolution,
    check_samples,
    check_safe_area,
    check_folds,
)
"""Called as ``check(marks, page, judged, reporter)``."""

FILE_CHECKS: Final[tuple[FileCheck, ...]] = (check_spot_names, check_marks, check_overprint_off)
"""Called once with all pages: ``check(marks, pages, judged, reporter)``."""
