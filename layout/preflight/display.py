"""Preflight of the display list: what a press cannot print well, found before the file is written.

``preflight`` is the list of checks.  Each takes a page and the profile and
reports; what is an error and what a warning are the profile's figures.
"""

from collections.abc import Callable, Iterator
from functools import partial

from layout.diagnostics import Reporter, Span
from layout.display.extents import run_sides
from layout.display.model import Colour, DisplayList, DisplayPage, GlyphRun, Shape, walk
from layout.house.profile import Profile
from layout.memo import NO_MEMO, Memo
from layout.units import Length, to_mm, to_pt

_SHOWN = 12
_FULL = 99.0
_BLACKISH = 80.0  # percent of black from which a colour with other inks is a rich black
_RICH = 10.0


def preflight(
    display: DisplayList, profile: Profile, reporter: Reporter, memo: Memo = NO_MEMO
) -> None:
    """Run every check on every page; findings carry the page and the place in the source."""
    for number, page in enumerate(display.pages, start=1):
        judge = partial(_judge, page, number, profile)
        memo.at(("preflight", number), (page, profile), judge, reporter)


def _judge(page: DisplayPage, number: int, profile: Profile, reporter: Reporter) -> None:
    for check in CHECKS:
        check(page, number, profile, reporter)


def check_lines(page: DisplayPage, number: int, profile: Profile, reporter: Reporter) -> None:
    """Line weights (線幅): under a quarter of a point a line breaks up."""
    for shape in _shapes(page):
        if shape.stroke is None:
            continue
        size = round(to_pt(shape.stroke.thickness), 3)
        if size < profile.line_least_pt:
            reporter.error(
                "press.line-invisible",
                shape.span,
                page=number,
                size=size,
                least=profile.line_least_pt,
            )
        elif size < profile.line_thin_pt:
            reporter.warning(
                "press.line-thin", shape.span, page=number, size=size, least=profile.line_thin_pt
            )


def check_type(page: DisplayPage, number: int, profile: Profile, reporter: Reporter) -> None:
    """Type sizes; ruby and reversed type included."""
    for run in _runs(page):
        size = round(to_pt(run.size), 2)
        text = "".join(run.texts)[:_SHOWN]
        if not text.strip():
            continue
        reversed_type = not any(run.colour.cmyk)
        least = profile.reversed_type_small_pt if reversed_type else profile.type_small_pt
        if size < profile.type_least_pt and not run.role.endswith("/RT"):
            reporter.error(
                "press.type-unprintable", run.span, page=number, size=size, text=text,
                least=profile.type_least_pt,
            )  # fmt: skip
        elif size < least and not run.role.endswith("/RT"):
            reporter.warning(
                "press.type-small", run.span, page=number, size=size, text=text, least=least
            )


def check_safe_area(page: DisplayPage, number: int, profile: Profile, reporter: Reporter) -> None:
    """Text keeps away from the trim (文字切れ)."""
    for run in _runs(page):
        distance = min(_distances(run, page))
        if distance < profile.safe_margin and "".join(run.texts).strip():
            reporter.warning(
                "press.unsafe", run.span, page=number, text="".join(run.texts)[:_SHOWN],
                distance=f"{to_mm(distance):.1f}", least=f"{to_mm(profile.safe_margin):g}",
            )  # fmt: skip


def check_folds(page: DisplayPage, number: int, profile: Profile, reporter: Reporter) -> None:
    """Text keeps away from folds, which wear it off; each line of the source once a fold."""
    for fold in page.folds:
        seen: set[Span] = set()
        for run in _runs(page):
            before, behind = run_sides(run)[fold.level]
            distance = max(before - fold.at, fold.at - behind, 0)
            if distance >= profile.fold_margin or not "".join(run.texts).strip():
                continue
            line = Span(run.span.file, run.span.line)
            if line not in seen:
                seen.add(line)
                reporter.warning(
                    "press.fold", run.span, page=number, text="".join(run.texts)[:_SHOWN],
                    distance=f"{to_mm(distance):.1f}", least=f"{to_mm(profile.fold_margin):g}",
                    at=f"{to_mm(fold.at):g}",
                )  # fmt: skip


def check_ink(page: DisplayPage, number: int, profile: Profile, reporter: Reporter) -> None:
    """Total ink (総インキ量) and tints that vanish, each colour once."""
    seen: set[Colour] = set()
    for item in walk(page.items):
        colours: tuple[Colour | None, ...] = ()
        if isinstance(item, GlyphRun):
            colours = (item.colour,)
        elif isinstance(item, Shape):
            colours = (item.fill, item.stroke.colour if item.stroke else None)
        for colour in colours:
            if colour is None or colour in seen:
                continue
            seen.add(colour)
            ink = colour.total
            if ink > profile.ink_warn:
                too_much = ink > profile.ink_most
                report = reporter.error if too_much else reporter.warning
                most = profile.ink_most if too_much else profile.ink_warn
                report(
                    "press.ink", item.span, page=number, colour=colour.name, ink=f"{ink:g}",
                    most=f"{most:g}",
                )  # fmt: skip
            if 0 < colour.strongest < profile.tint_least:
                reporter.warning(
                    "press.tint", item.span, page=number, colour=colour.name,
                    tint=f"{colour.strongest:g}", least=f"{profile.tint_least:g}",
                )  # fmt: skip


def check_text_colour(page: DisplayPage, number: int, profile: Profile, reporter: Reporter) -> None:
    """Text in black is in black ink alone; rich black is for areas, registration for marks."""
    seen: set[Colour] = set()
    for run in _runs(page):
        colour = run.colour
        text = "".join(run.texts)[:_SHOWN]
        if colour in seen or colour.spot or not text.strip():
            continue
        seen.add(colour)
        *others, black = colour.cmyk
        if min(colour.cmyk) >= _FULL:
            report, code = reporter.error, "press.text-registration"
        elif black >= _BLACKISH and sum(others) >= _RICH:
            report, code = reporter.warning, "press.text-rich-black"
        else:
            continue
        report(code, run.span, page=number, text=text, colour=colour.name)


Check = Callable[[DisplayPage, int, Profile, Reporter], None]
CHECKS: tuple[Check, ...] = (
    check_lines,
    check_type,
    check_safe_area,
    check_folds,
    check_ink,
    check_text_colour,
)


def _runs(page: DisplayPage) -> Iterator[GlyphRun]:
    return (item for item in walk(page.items) if isinstance(item, GlyphRun))


def _shapes(page: DisplayPage) -> Iterator[Shape]:
    return (item for item in walk(page.items) if isinstance(item, Shape))


def _distances(run: GlyphRun, page: DisplayPage) -> tuple[Length, Length, Length, Length]:
    """From a run's em boxes to the four edges of the trimmed page."""
    (left, right), (top, bottom) = run_sides(run)
    return left, top, page.width - right, page.height - bottom
