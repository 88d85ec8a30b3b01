"""Page boxes and sizes: where the knife goes, how far the colour reaches, whether pages agree."""

from typing import Any, Final

from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.facts import PT_PER_MM, Box, PageFacts
from layout.preflight.finished.objects import number_of
from layout.preflight.finished.read import PageBoxes, bleeds, page_boxes
from layout.units import to_mm

_SLACK_MM: Final = 0.1
"""Boxes are written with few digits; no knife cuts truer."""

_SIZE_MM: Final = 0.5
"""How far a page may be from a size and still be of that size."""

_CENTRE_MM: Final = 0.5
_LARGEST_PT: Final = 14400.0
_SMALLEST_PT: Final = 3.0
"""Limits of PDF itself (ISO 32000-1, annex C)."""

_NO_BOX: Final = "MediaBox is undefined"
_NESTED: Final = (
    ("/TrimBox", "/BleedBox"),
    ("/ArtBox", "/BleedBox"),
    ("/BleedBox", "/MediaBox"),
    ("/TrimBox", "/MediaBox"),
    ("/ArtBox", "/MediaBox"),
)


def check_boxes(case: Case) -> None:
    """The boxes of each page, one rule after the other."""
    unboxed = _unboxed(case)
    for facts, page in zip(case.facts.pages, case.opened.pages, strict=True):
        boxes = page_boxes(page)
        for name in boxes.broken:
            case.error("pdf.box-broken", facts.number, name=name[1:])
        if "/MediaBox" not in boxes.found or page.objgen in unboxed:
            if "/MediaBox" not in boxes.broken:
                case.error("pdf.box-broken", facts.number, name="MediaBox")
            continue  # nothing can be compared with a sheet that is not there
        _check_trim(case, facts, boxes)
        _check_extent(case, facts)
        if _nests(case, facts, boxes):
            _check_bleed(case, facts, boxes)


def _unboxed(case: Case) -> set[tuple[int, int]]:
    """Pages without a sheet: qpdf gives them one, and says so."""
    found = set()
    for text in case.opened.warnings:
        words = text.split()
        if _NO_BOX in text and len(words) > 2 and words[0] == "object" and words[1].isdigit():
            found.add((int(words[1]), int(words[2]) if words[2].isdigit() else 0))
    return found


def _nests(case: Case, facts: PageFacts, boxes: PageBoxes) -> bool:
    """TrimBox in BleedBox in MediaBox (ledger, B2); the first that sticks out is told."""
    found = boxes.found
    for inner, outer in _NESTED:
        one, other = found.get(inner), found.get(outer)
        if one and other and (by := _overhang(one, other)) > _SLACK_MM:
            case.breach("pdf.boxes", facts.number, inner=inner[1:], outer=outer[1:], by=f"{by:.1f}")
            return False
    crop = found.get("/CropBox")
    if crop and _overhang(facts.bleed if facts.has_bleed else facts.trim, crop) > _SLACK_MM:
        case.breach("pdf.crop", facts.number)
    return True


def _overhang(inner: Box, outer: Box) -> float:
    """By how much a box sticks out of another at most, in millimetres."""
    return -min(bleeds(inner, outer)) / PT_PER_MM


def _check_trim(case: Case, facts: PageFacts, boxes: PageBoxes) -> None:
    """A TrimBox, and no ArtBox beside it (ledger, B1)."""
    if not (case.is_pdfx or case.profile.bleed):
        return
    has_art = "/ArtBox" in boxes.found
    if facts.has_trim and has_art:
        case.breach("pdf.art-box", facts.number)
    elif not facts.has_trim and "/TrimBox" not in boxes.broken:
        case.error("pdf.trim-missing", facts.number)


def _check_bleed(case: Case, facts: PageFacts, boxes: PageBoxes) -> None:
    """As much bleed as the shop wants, on all sides (塗り足し)."""
    wanted = to_mm(case.profile.bleed)
    if not wanted or not facts.has_trim or "/BleedBox" in boxes.broken:
        return
    reach = bleeds(facts.trim, facts.bleed)
    room = bleeds(facts.trim, facts.media)
    sides = [max(min(pair) / PT_PER_MM, 0.0) for pair in zip(reach, room, strict=True)]
    if min(sides) < wanted - _SLACK_MM:
        head, foot, left, right = (f"{side:.1f}" for side in sides)
        case.error(
            "pdf.bleed", facts.number, head=head, foot=foot, left=left, right=right,
            wanted=f"{wanted:g}",
        )  # fmt: skip
    elif not facts.has_bleed:
        case.warning("pdf.bleed-missing", facts.number, wanted=f"{wanted:g}")


def _check_extent(case: Case, facts: PageFacts) -> None:
    """A sheet that PDF can hold, its trim in the middle where marks are wanted."""
    sides = (facts.media.width, facts.media.height)
    if max(sides) > _LARGEST_PT or min(sides) < _SMALLEST_PT:
        size = " × ".join(f"{side / PT_PER_MM:.0f}" for side in sides)
        case.error("pdf.page-extent", facts.number, size=size)
        return
    top, foot, left, right = bleeds(facts.trim, facts.media)
    across, down = (right - left) / 2 / PT_PER_MM, (foot - top) / 2 / PT_PER_MM
    off = max(abs(across), abs(down)) > _CENTRE_MM
    if case.profile.marks and facts.has_trim and off and min(top, foot, left, right) >= 0:
        case.warning(
            "pdf.off-centre", facts.number, across=f"{abs(across):.1f}", down=f"{abs(down):.1f}"
        )


def check_turning(case: Case) -> None:
    """Nothing turns or scales a page (ledger, B3)."""
    for facts, page in zip(case.facts.pages, case.opened.pages, strict=True):
        if facts.rotate % 90:
            case.error("pdf.rotate", facts.number, degrees=facts.rotate)
        elif facts.rotate % 360:
            case.warning("pdf.rotate", facts.number, degrees=facts.rotate % 360)
        if (unit := _unit(page)) != 1.0:
            case.breach("pdf.user-unit", facts.number, unit=f"{unit:g}")


def _unit(page: Any) -> float:
    """How many points a unit of the page is (14.11.2: PDF 1.6)."""
    return number_of(page.get("/UserUnit"), 1.0)


def check_sizes(case: Case) -> None:
    """A size that the shop takes, the same on all pages; upright and lying are one."""
    taken = [tuple(map(to_mm, size)) for size in case.profile.trim_sizes]
    pages = [
        facts
        for facts, page in zip(case.facts.pages, case.opened.pages, strict=True)
        if (facts.has_trim or not case.profile.bleed) and _unit(page) == 1.0
    ]
    wrong = [facts for facts in pages if taken and not any(_is_size(facts, s) for s in taken)]
    for facts in wrong[:1]:
        case.error(
            "pdf.size", facts.number, found=_size(facts.width_mm, facts.height_mm),
            wanted="、".join(_size(*size) for size in taken), count=len(wrong),
        )  # fmt: skip
    if not pages:
        return
    first = pages[0]
    others = [each for each in pages if not _is_size(each, (first.width_mm, first.height_mm))]
    others = others or [each for each in pages if _lies(each) != _lies(first)]
    if others and not wrong:
        found = others[0]
        report = case.error if case.profile.flavours else case.warning
        report(
            "pdf.sizes-differ", found.number, found=_size(found.width_mm, found.height_mm),
            first=_size(first.width_mm, first.height_mm), count=len(others),
        )  # fmt: skip


def _is_size(facts: PageFacts, size: tuple[float, ...]) -> bool:
    found, wanted = sorted((facts.width_mm, facts.height_mm)), sorted(size)
    return all(abs(a - b) <= _SIZE_MM for a, b in zip(found, wanted, strict=True))


def _lies(facts: PageFacts) -> bool:
    return facts.width_mm > facts.height_mm + _SIZE_MM


def _size(width: float, height: float) -> str:
    return f"{width:.4g} × {height:.4g} mm"


BOXES: Final[tuple[Check, ...]] = (check_boxes, check_turning, check_sizes)
