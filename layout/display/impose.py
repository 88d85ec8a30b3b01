"""Imposition (面付け): pages side by side on a sheet twice as wide, for an A3 that is folded to A4.

Four pages to a sheet.  Bound at the left, its outside carries 4｜1 and its inside
2｜3; bound at the right (vertical text) 1｜4 and 3｜2, as seen from left to right.
More sheets lie inside one another and are stitched through the fold (中綴じ): the
outermost carries the last page and the first.

One page, or two, cannot be folded to a leaflet: the sheet carries the same page
twice and is cut in the middle, which gives two leaflets.
"""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import NOWHERE, Reporter
from layout.display.model import DisplayItem, DisplayList, DisplayPage, Fold, Group
from layout.display.paths import rectangle
from layout.display.shift import shifted
from layout.geometry import Rect
from layout.units import Length, to_mm

BLANK: Final = 0
"""Stands for a page that is not there."""

PER_SHEET: Final = 4
CUT: Final = 2  # so many pages or fewer are not folded

Side = tuple[int, int]
"""The pages, from 1, on the left and the right half of a sheet's side."""


class Imposed(Struct, frozen=True):
    """Sides of sheets as pages, and which pages each carries; ``folded`` or else cut."""

    display: DisplayList
    sides: tuple[Side, ...]
    folded: bool


def signature(count: int, bound_right: bool) -> tuple[Side, ...]:
    """The sides of all sheets: outside, inside, outside of the next sheet within, and so on.

    ``count`` pages, filled up with blank ones at the end to a multiple of four.
    """
    whole = -(-count // PER_SHEET) * PER_SHEET
    sides: list[Side] = []
    for first in range(1, whole // 2, 2):
        last = whole + 1 - first
        sides += [(last, first), (first + 1, last - 1)]
    if bound_right:
        sides = [(right, left) for left, right in sides]
    return tuple((_there(left, count), _there(right, count)) for left, right in sides)


def _there(page: int, count: int) -> int:
    return page if page <= count else BLANK


def impose(display: DisplayList, bleed: Length, reporter: Reporter) -> Imposed | None:
    """The pages two by two on sheets, each clipped at the fold; ``bleed`` is kept outside.

    Reports ``impose.sizes`` (pages differ in size: None), ``impose.blank`` (pages
    were added), ``impose.twice`` (to be cut, not folded) and ``impose.sheets``.
    """
    pages = display.pages
    if not pages or not _one_size(pages, reporter):
        return None
    count = len(pages)
    folded = count > CUT
    if folded:
        sides = signature(count, display.bound_right)
    else:
        sides = tuple((number, number) for number in range(1, count + 1))
    sheets = tuple(_sheet(pages, side, bleed, folded) for side in sides)
    _tell(count, sides, sheets[0], folded, display.bound_right, reporter)
    return Imposed(replace(display, pages=sheets, bound_right=False), sides, folded)


def _one_size(pages: tuple[DisplayPage, ...], reporter: Reporter) -> bool:
    first = pages[0]
    for number, page in enumerate(pages, start=1):
        if (page.width, page.height) != (first.width, first.height):
            reporter.error(
                "impose.sizes", NOWHERE, page=number, number=number,
                size=_size(page.width, page.height), first=_size(first.width, first.height),
            )  # fmt: skip
            return False
    return True


def _sheet(pages: tuple[DisplayPage, ...], side: Side, bleed: Length, folded: bool) -> DisplayPage:
    width, height = pages[0].width, pages[0].height
    items: list[DisplayItem] = []
    folds = {Fold(width)} if folded else set()
    for half, number in enumerate(side):
        if number == BLANK:
            continue
        page, across = pages[number - 1], half * width
        room = Rect(across - (0 if half else bleed), -bleed, width + bleed, height + 2 * bleed)
        inside = shifted(page.items, across)
        items.append(Group(inside, rectangle(room), NOWHERE, "page"))
        folds |= {fold if fold.level else Fold(fold.at + across) for fold in page.folds}
    ordered = sorted(folds, key=lambda fold: (fold.level, fold.at))
    label = side_text(side)
    return DisplayPage(2 * width, height, tuple(items), tuple(ordered), label=label)


def _tell(
    count: int,
    sides: tuple[Side, ...],
    sheet: DisplayPage,
    folded: bool,
    bound_right: bool,
    reporter: Reporter,
) -> None:
    size = _size(sheet.width, sheet.height)
    if not folded:
        reporter.note("impose.twice", NOWHERE, pages=count, size=size)
        return
    added = len(sides) * 2 - count
    if added:
        blank = "、".join(str(number) for number in range(count + 1, count + added + 1))
        reporter.warning("impose.blank", NOWHERE, pages=count, added=added, blank=blank)
    reporter.note(
        "impose.bound-right" if bound_right else "impose.bound-left",
        NOWHERE,
        size=size,
        sheets=len(sides) // 2,
        sides=" / ".join(side_text(side) for side in sides),
    )


def side_text(side: Side) -> str:
    """A side as printers write it: 4｜1; ``白`` is a blank page."""
    return "｜".join(str(number) if number else "白" for number in side)


def _size(width: Length, height: Length) -> str:
    return f"{to_mm(width):g}×{to_mm(height):g} mm"
