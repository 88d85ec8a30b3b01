"""Pictures: resolution at the size they are printed, and samples that a flavour does not know."""

from collections.abc import Iterator
from typing import Any, Final

from layout.diagnostics import Reporter
from layout.house.profile import Profile
from layout.preflight.finished.facts import PageFacts
from layout.preflight.finished.gather import Gathering, Judged
from layout.preflight.finished.marks import Mark, PageMarks
from layout.preflight.finished.paints import image_paint, is_visible, reaches

COLOUR: Final = "colour"
GRAY: Final = "gray"
BITONAL: Final = "bitonal"
_BITS_MOST: Final = 8
_BITS_SINCE: Final = (1, 5)
"""Samples of 16 bits are known since PDF 1.5 (ISO 32000-1, 8.9.5.1)."""
_FLAT_PX: Final = 2  # so few pixels in a direction are a flat area or a blend
_TINY_PT: Final = 3.0
_SLACK: Final = 0.98
_MUCH: Final = 3.0  # times what a shop reduces pictures above
_MANY_PX: Final = 4_000_000


def sort_of(image: Any) -> str:
    """Which of the three resolutions counts: "colour", "gray" or "bitonal"."""
    paint = image_paint(image)
    if bits_of(image) == 1 and (paint is None or paint.space.size == 1):
        base = paint.space.base if paint is not None else None
        if base is None or base.kind == "gray":
            return BITONAL
    if paint is None:
        return COLOUR
    base = paint.space.base if paint.space.base is not None else paint.space
    return GRAY if base.size == 1 else COLOUR


def bits_of(image: Any) -> int:
    """Bits of a sample; a mask has one, a JPEG 2000 picture may not say and counts eight."""
    try:
        if bool(image.get("/ImageMask", False)):
            return 1
        return int(image.get("/BitsPerComponent", 8))
    except (AttributeError, TypeError, ValueError):
        return 8


def pictures_of(marks: PageMarks, page: PageFacts) -> Iterator[Mark]:
    """The pictures that are seen on the trimmed page or in its bleed."""
    return (
        mark
        for mark in marks.marks
        if mark.kind == "image" and is_visible(mark) and reaches(mark, page.bleed)
    )


def least_ppi(profile: Profile, sort: str) -> float:
    """The resolution that a sort of picture must have."""
    least = {GRAY: profile.gray_ppi_least, BITONAL: profile.bitonal_ppi_least}
    return least.get(sort, profile.picture_ppi_least)


def above_ppi(profile: Profile, sort: str) -> float:
    """The resolution over which a shop would reduce a sort of picture."""
    above = {GRAY: profile.gray_ppi_above, BITONAL: profile.bitonal_ppi_above}
    return above.get(sort, profile.picture_ppi_above)


def check_resolution(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Effective resolution; each picture is told by itself, for each has its remedy."""
    found = Gathering(page, judged)
    for number, mark in enumerate(pictures_of(marks, page)):
        if min(mark.pixels) <= _FLAT_PX or max(mark.box.width, mark.box.height) < _TINY_PT:
            continue
        sort, ppi = sort_of(mark.image), min(mark.ppi)
        least = least_ppi(judged.profile, sort)
        shown, pixels = f"{ppi:.0f}", f"{mark.pixels[0]}×{mark.pixels[1]}"
        if 0 < ppi < least * _SLACK:
            found.warning(
                "pdf.low-resolution", mark.box, alike=number, least=f"{least:g}", ppi=shown,
                pixels=pixels,
            )  # fmt: skip
        elif (
            ppi > above_ppi(judged.profile, sort) * _MUCH
            and mark.pixels[0] * mark.pixels[1] > _MANY_PX
        ):
            above = above_ppi(judged.profile, sort)
            found.note(
                "pdf.high-resolution", mark.box, alike=number, enough=f"{above:g}", ppi=shown,
                pixels=pixels,
            )  # fmt: skip
    found.report(reporter)


def check_samples(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Samples of 16 bits in a flavour that is older than they are."""
    flavour = judged.flavour
    if flavour is None or not judged.is_pdfx or flavour.version >= _BITS_SINCE:
        return
    found = Gathering(page, judged)
    for mark in marks.marks:
        if mark.kind == "image" and (bits := bits_of(mark.image)) > _BITS_MOST:
            found.error("pdf.bits", mark.box, rank=bits, bits=bits)
    found.report(reporter)
