"""Type: too small to print, too small to read, too small to be white on colour."""

from typing import Final

from layout.diagnostics import Reporter
from layout.preflight.finished.facts import PageFacts
from layout.preflight.finished.gather import Gathering, Judged
from layout.preflight.finished.ground import Ground
from layout.preflight.finished.marks import Mark, PageMarks, Paint
from layout.preflight.finished.paints import (
    is_blank,
    is_visible,
    is_white,
    reaches,
    shown,
    total,
)

RUBY_LEAST_PT: Final = 2.5
"""Kana alone under the size of small type are taken for ruby, which may be so small.

A finished file does not say what is ruby.  Ruby is half its text's size, and its
few strokes print where a kanji's would not.
"""
_PALE: Final = 10.0  # percent of ink: near to paper
_DARK: Final = 50.0
_KANA: Final = (0x3041, 0x30FF)
_HALF_KANA: Final = (0xFF66, 0xFF9F)
_ROUNDING: Final = 0.005


def check_type(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Type sizes against the profile's; texts beside the page are not read by anybody."""
    profile = judged.profile
    found = Gathering(page, judged)
    ground: Ground | None = None
    most = max(profile.type_small_pt, profile.reversed_type_small_pt)
    for index, mark in enumerate(marks.marks):
        if mark.kind != "text" or mark.size_pt >= most - _ROUNDING:
            continue
        if not _is_read(mark, page):
            continue
        size = mark.size_pt
        values = {"size": f"{size:.2f}", "text": shown(mark)}
        least = RUBY_LEAST_PT if is_ruby(mark, profile.type_small_pt) else profile.type_least_pt
        if size < least - _ROUNDING:
            found.error("pdf.type-unprintable", mark.box, rank=-size, least=f"{least:g}", **values)
            continue
        if least == RUBY_LEAST_PT:
            continue
        small = profile.type_small_pt
        paint = mark.fill if mark.fill is not None else mark.stroke
        if paint is not None and (is_white(paint) or _is_pale(paint)):
            ground = ground or Ground(marks.marks, page.media)
            if _is_reversed(paint, ground.beneath(index)):
                small = profile.reversed_type_small_pt
        if size < small - _ROUNDING:
            found.warning("pdf.type-small", mark.box, rank=-size, least=f"{small:g}", **values)
    found.report(reporter)


def _is_read(mark: Mark, page: PageFacts) -> bool:
    return is_visible(mark) and not is_blank(mark) and reaches(mark, page.bleed)


def is_ruby(mark: Mark, small: float) -> bool:
    """Whether a text is taken for ruby: kana alone, smaller than small type."""
    text = mark.text.strip()
    return mark.size_pt < small and bool(text) and all(_is_kana(c) for c in text)


def _is_kana(character: str) -> bool:
    code = ord(character)
    return (
        _KANA[0] <= code <= _KANA[1] or _HALF_KANA[0] <= code <= _HALF_KANA[1]
        or character.isspace()
    )  # fmt: skip


def _is_pale(paint: Paint) -> bool:
    return bool(paint.inks) and not paint.pattern and total(paint) < _PALE


def _is_reversed(paint: Paint, beneath: Mark | None) -> bool:
    """Whether type that is all but paper stands in a ground."""
    if beneath is None:
        return False
    ground = beneath.stroke if beneath.kind == "stroke" else beneath.fill
    if is_white(paint) or ground is None or not ground.inks:
        return True
    return total(ground) >= _DARK


def check_unseen(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Text that is there and not painted (9.3.6, mode 3), as scanners put over their pictures."""
    found = Gathering(page, judged)
    for mark in marks.marks:
        if (
            mark.kind == "text"
            and mark.fill is None
            and mark.stroke is None
            and not is_blank(mark)
            and reaches(mark, page.bleed)
        ):
            found.warning("pdf.text-unseen", mark.box, text=shown(mark))
    found.report(reporter)
