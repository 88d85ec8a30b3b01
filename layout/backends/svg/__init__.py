"""Pages as SVG, for screens: outlines of the very glyphs, shapes, clips and pictures.

Every outline is there once, whatever number of pages uses it (``<symbol>``-like
``<path>`` in ``<defs>`` and ``<use>``).  Inks are shown as they look in print,
through the ICC profile of the press.  Numbers are micrometres from the upper left
corner of the trim; what lies outside of it is cut off.
"""

from layout.backends.svg.paint import SvgPainter
from layout.display.model import DisplayList
from layout.house.profile import Profile

__all__ = ["SvgPainter", "page_pictures"]


def page_pictures(display: DisplayList, profile: Profile) -> tuple[str, tuple[str, ...]]:
    """The outlines that all pages share, as an ``<svg>`` that shows nothing, and each page's.

    Pictures that cannot be read are left out: the press file has reported them.
    """
    painter = SvgPainter(profile)
    pages = tuple(painter.page(page, number) for number, page in enumerate(display.pages, 1))
    return painter.shared(), pages
