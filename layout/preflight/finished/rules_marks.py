"""Printer's marks (トンボ) of a finished page: there, in their places, on all plates, outside.

Marks are looked for where they must be: 内トンボ on the lines of the trim, 外トンボ
on those of the bleed, センタートンボ in the middles.  How they are drawn does not matter:
each by itself, two lines in an angle, or all in one path.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from layout.diagnostics import Reporter
from layout.preflight.finished.facts import PT_PER_MM, Box, PageFacts
from layout.preflight.finished.gather import Gathering, Judged
from layout.preflight.finished.marks import Mark, PageMarks, Paint
from layout.preflight.finished.paints import is_registration, is_visible, is_white
from layout.units import to_mm

_NEAR_PT: Final = 0.3 * PT_PER_MM
_ASTRAY_PT: Final = 2.6 * PT_PER_MM
"""A mark this far off its place is one that was meant to be there."""
_CENTRE_PT: Final = 0.5 * PT_PER_MM
_THIN_PT: Final = 1.6
_LONG_PT: Final = 2.0
_OUT_PT: Final = 2.0  # so far a mark comes out of the bleed at least
_EDGE_PT: Final = 0.6


class Fold(Struct, frozen=True):
    """A fold at a place of the page's space, in points; ``level`` lies across the page."""

    at: float
    level: bool


class _Piece(Struct, frozen=True):
    """A straight stretch of a mark beside the page: where it stands, and its ends.

    ``level`` lies across the page and stands at a height ``at``.
    """

    at: float
    low: float
    high: float
    level: bool
    registration: bool
    dashed: bool
    box: Box


class _Wanted(Struct, frozen=True):
    """A place for a mark: where on the axis it may stand (any of ``places``), how nearly.

    ``side`` says where it must come out of the bleed: -1 left or below, 1 right or
    above; ``near`` is the trim on that side, over which it does not reach.
    """

    places: tuple[float, ...]
    level: bool
    side: int
    near: float
    slack: float


def check_marks(
    marks: Sequence[PageMarks], pages: Sequence[PageFacts], judged: Judged, reporter: Reporter
) -> None:
    """Marks on every page, where the shop wants them; none on any page is told once."""
    if not judged.profile.marks:
        return
    found = [_pieces(each, page) for each, page in zip(marks, pages, strict=False)]
    bare = [
        page for pieces, page in zip(found, pages, strict=False) if not any(_hits(pieces, page))
    ]
    if len(bare) == len(found):
        if bare:
            values = {"pages": len(bare)}
            reporter.warning("pdf.marks-none", judged.span, page=bare[0].number, **values)
        return
    for pieces, page in zip(found, pages, strict=False):
        if page.has_trim:  # without it there is no place for a mark to be in
            _judge(pieces, page, judged, reporter)


def _hits(pieces: Sequence[_Piece], page: PageFacts) -> Iterator[_Piece]:
    """The pieces that stand, more or less, where a mark is wanted."""
    for wanted in _all_wanted(page, 0.0):
        yield from (piece for piece in pieces if _distance(piece, wanted, page) <= _ASTRAY_PT)


def _judge(pieces: Sequence[_Piece], page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    found = Gathering(page, judged)
    wanted = list(_all_wanted(page, to_mm(judged.profile.bleed) * PT_PER_MM))
    right: set[int] = set()
    without: list[_Wanted] = []
    for each in wanted:
        there = [p for p in pieces if _distance(p, each, page) <= each.slack]
        right.update(map(id, there))
        if not there:
            without.append(each)
        elif not any(piece.registration for piece in there):
            found.warning("pdf.marks-not-registration", there[0].box)
    strays = [piece for piece in pieces if id(piece) not in right]
    for each in without:
        near = min(strays, key=lambda piece: _distance(piece, each, page), default=None)
        off = _distance(near, each, page) if near is not None else float("inf")
        if near is not None and off <= _ASTRAY_PT:
            mm = off / PT_PER_MM
            found.warning("pdf.marks-misplaced", near.box, rank=mm, off=f"{mm:.1f}")
        else:
            found.warning("pdf.marks-missing", _corner(each, page))
    found.report(reporter)


def _all_wanted(page: PageFacts, bleed: float) -> Iterator[_Wanted]:
    """Twenty places: at each corner inner and outer marks in both directions, four centres.

    Outer marks stand on the BleedBox, or ``bleed`` points outside the trim where
    the box says something else.
    """
    trim, outer = page.trim, page.bleed
    for level in (False, True):
        low, high, far_low, far_high = (
            (trim.y0, trim.y1, outer.y0, outer.y1)
            if level
            else (trim.x0, trim.x1, outer.x0, outer.x1)
        )
        ends = (trim.x0, trim.x1) if level else (trim.y0, trim.y1)
        for side, end in zip((-1, 1), ends, strict=True):
            for inner, out in ((low, (far_low, low - bleed)), (high, (far_high, high + bleed))):
                yield _Wanted((inner,), level, side, end, _NEAR_PT)
                yield _Wanted(out, level, side, end, _NEAR_PT)
            yield _Wanted(((low + high) / 2,), level, side, end, _CENTRE_PT)


def _distance(piece: _Piece, wanted: _Wanted, page: PageFacts) -> float:
    """How far a piece is off a wanted place; infinite if it is none for that side."""
    if piece.level is not wanted.level:
        return float("inf")
    bleed = page.bleed
    low, high = (bleed.x0, bleed.x1) if wanted.level else (bleed.y0, bleed.y1)
    if wanted.side < 0:
        comes_out = piece.low < low - _OUT_PT and piece.high <= wanted.near + _EDGE_PT
    else:
        comes_out = piece.high > high + _OUT_PT and piece.low >= wanted.near - _EDGE_PT
    if not comes_out:
        return float("inf")
    return min(abs(piece.at - place) for place in wanted.places)


def _corner(wanted: _Wanted, page: PageFacts) -> Box:
    """A place to show where a mark is missing: on the edge of the bleed."""
    outer, at = page.bleed, wanted.places[0]
    if wanted.level:
        x = outer.x0 if wanted.side < 0 else outer.x1
        return Box(x, at, x, at)
    y = outer.y0 if wanted.side < 0 else outer.y1
    return Box(at, y, at, y)


def _pieces(marks: PageMarks, page: PageFacts) -> list[_Piece]:
    """All straight, thin, visible stretches that reach out of the bleed and into the sheet."""
    made = []
    for mark in marks.marks:
        paint = _line_paint(mark)
        if paint is None or not is_visible(mark) or is_white(paint):
            continue
        registration = is_registration(paint)
        for box in mark.pieces or _sides(mark.box):
            on_sheet = _clipped(box, page.media)
            piece = _piece(on_sheet, registration, mark.dashed)
            if piece is not None and not page.bleed.holds(on_sheet, _EDGE_PT):
                made.append(piece)
    return made


def _line_paint(mark: Mark) -> Paint | None:
    """The paint of what may be a mark: a thin line, or a narrow rectangle."""
    if mark.kind == "stroke" and mark.line_pt <= _THIN_PT:
        return mark.stroke
    if mark.kind == "fill" and mark.straight and mark.area <= _THIN_PT:
        return mark.fill
    return None


def _sides(box: Box) -> tuple[Box, ...]:
    """A line as it is; of an angle or a frame, of which only the box is known, its sides."""
    if min(box.width, box.height) <= _THIN_PT:
        return (box,)
    return (
        Box(box.x0, box.y0, box.x1, box.y0),
        Box(box.x0, box.y1, box.x1, box.y1),
        Box(box.x0, box.y0, box.x0, box.y1),
        Box(box.x1, box.y0, box.x1, box.y1),
    )


def _piece(box: Box, registration: bool, dashed: bool) -> _Piece | None:
    if max(box.width, box.height) < _LONG_PT or min(box.width, box.height) > _THIN_PT:
        return None
    if box.width > box.height:
        at = (box.y0 + box.y1) / 2
        return _Piece(at, box.x0, box.x1, True, registration, dashed, box)
    at = (box.x0 + box.x1) / 2
    return _Piece(at, box.y0, box.y1, False, registration, dashed, box)


def _clipped(box: Box, sheet: Box) -> Box:
    """What of a line is on the sheet."""
    x0, y0 = max(box.x0, sheet.x0), max(box.y0, sheet.y0)
    return Box(x0, y0, max(x0, min(box.x1, sheet.x1)), max(y0, min(box.y1, sheet.y1)))


def folds_of(marks: PageMarks, page: PageFacts) -> tuple[Fold, ...]:
    """Folds that marks show at both ends: across the edges, in registration colour.

    In the middle, where centre marks stand, only dashed lines are fold marks.
    """
    pieces = [piece for piece in _pieces(marks, page) if piece.registration]
    return tuple(fold for level in (False, True) for fold in _folds_across(pieces, page, level))


def _folds_across(pieces: Sequence[_Piece], page: PageFacts, level: bool) -> Iterator[Fold]:
    trim, outer = page.trim, page.bleed
    begin, end = (trim.y0, trim.y1) if level else (trim.x0, trim.x1)
    low, high = (outer.x0, outer.x1) if level else (outer.y0, outer.y1)
    middle = (begin + end) / 2
    along = [piece for piece in pieces if piece.level is level]
    behind = [piece.at for piece in along if piece.low >= high - _EDGE_PT]
    for piece in along:
        at = piece.at
        if not begin + _ASTRAY_PT < at < end - _ASTRAY_PT or piece.high > low + _EDGE_PT:
            continue
        if abs(at - middle) <= _CENTRE_PT and not piece.dashed:
            continue
        if any(abs(other - at) <= _CENTRE_PT for other in behind):
            yield Fold(at, level)
