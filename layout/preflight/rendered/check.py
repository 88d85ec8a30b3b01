"""The checks that need to see the page: ink, bleed, overprint, QR codes."""

from collections.abc import Sequence
from typing import Final

from layout.diagnostics import Reporter, Span
from layout.house.profile import Profile
from layout.preflight.rendered.bleed import check_bleed
from layout.preflight.rendered.codes import check_codes
from layout.preflight.rendered.ink import check_ink, reduced, total_ink
from layout.preflight.rendered.model import CodeFact, ExpectedCode, PageInk, PagePlates, Rendered
from layout.preflight.rendered.overprint import check_overprint
from layout.preflight.rendered.separate import Separations, UnopenedError

FINE_DPI: Final = 300.0
"""QR codes are read at this resolution; everything else is looked at at half of it."""
_PIXELS_MOST: Final = 60_000_000
_FINE_PAGES: Final = 24
"""Of longer files the plates are kept at half the resolution: they must fit into memory."""


def check_rendered(
    data: bytes,
    name: str,
    profile: Profile,
    reporter: Reporter,
    expected: Sequence[ExpectedCode] = (),
) -> Rendered:
    """Judge the plates of a finished file; never raises for what it contains.

    ``name`` is the file as findings should call it, ``expected`` the QR codes
    that the source asks for.
    """
    try:
        opened = Separations(data, profile)
    except UnopenedError:
        reporter.error("plates.unopened", Span(name))
        return Rendered((), (), ())
    pages, inks, codes = [], [], []
    for number in range(1, len(opened.shapes) + 1):
        page, ink, found = _check_page(opened, number, name, profile, reporter, expected)
        pages.append(page if len(opened.shapes) <= _FINE_PAGES else reduced(page, 2))
        inks.append(ink)
        codes += found
    for problem in opened.problems:
        reporter.warning("plates.unread", Span(name), problem=problem)
    for code in expected:
        if not 1 <= code.page <= len(pages):
            reporter.error("qr.missing", code.span, page=code.page, text=code.text)
    return Rendered(tuple(pages), tuple(inks), tuple(codes))


def _check_page(
    opened: Separations,
    number: int,
    name: str,
    profile: Profile,
    reporter: Reporter,
    expected: Sequence[ExpectedCode],
) -> tuple[PagePlates, PageInk, list[CodeFact]]:
    area = opened.shapes[number - 1].bleed
    dpi = min(FINE_DPI, (_PIXELS_MOST / (area.width * area.height)) ** 0.5 * 72)
    fine = opened.render(number, area, dpi)
    page = reduced(fine, 2)
    total = total_ink(page)
    ink = check_ink(page, total, name, profile, reporter)
    check_bleed(page, total, name, profile, reporter)
    if number in opened.suspect:
        meant = reduced(opened.render(number, area, dpi, intended=True), 2)
        check_overprint(page, meant, name, profile, reporter)
    codes = check_codes(fine, name, profile, reporter, expected)
    return page, ink, codes
