"""Overprint in the plates themselves: small black must not tear holes, white must not vanish.

The plates of a suspect page are made twice: as the file has them, and as they
were meant (small black over what is beneath, white knocking out).  Where the two
differ, the press would show it.
"""

from typing import TYPE_CHECKING, Final

from layout.diagnostics import Reporter, Span
from layout.house.profile import Profile
from layout.preflight.rendered.ink import at_least, place_values, spots_of
from layout.preflight.rendered.model import PagePlates

if TYPE_CHECKING:
    from PIL.Image import Image

_DEPTH: Final = 20  # of 255: a paler difference is not seen
_LEAST_MM2: Final = 0.05


def check_overprint(
    page: PagePlates, intended: PagePlates, name: str, profile: Profile, reporter: Reporter
) -> None:
    """Compare the plates with what was meant; white holes only where black is to overprint."""
    if profile.overprint_black:
        _report(page, _most(intended, page, "Black"), "plates.hole", name, reporter)
    _report(page, _most(page, intended, ""), "plates.white-lost", name, reporter)


def _most(more: PagePlates, less: PagePlates, without: str) -> "Image":
    """The largest surplus of ink of one over the other, over all plates but one."""
    from PIL import Image, ImageChops

    made = Image.new("L", more.size, 0)
    for first, second in zip(more.plates, less.plates, strict=True):
        if first.image is None or first.name == without:
            continue
        surplus = first.image
        if second.image is not None:
            surplus = ImageChops.subtract(first.image, second.image)
        made = ImageChops.lighter(made, surplus)
    return made


def _report(
    page: PagePlates, difference: "Image", code: str, name: str, reporter: Reporter
) -> None:
    found = spots_of(at_least(difference, _DEPTH), page.dpi)
    pixels = sum(spot.count for spot in found)
    if pixels / (page.dpi / 25.4) ** 2 < _LEAST_MM2:
        return
    report = reporter.error if code == "plates.white-lost" else reporter.warning
    values = place_values(page.place(found[0].box))
    report(code, Span(name), page=page.number, count=len(found), **values)
