"""The whole program on one screen: read → style → compose → paint → preflight → write.

Every stage takes frozen values and returns frozen values; what it notices goes
to the reporter.  ``draw`` is the list of the stages up to the display list, which
all outputs have in common; ``build`` adds the press file.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct

from layout.diagnostics import NOWHERE, Reporter, Span
from layout.display.job_line import with_job_lines
from layout.display.model import DisplayList
from layout.display.paint import mainly_vertical, paint_page
from layout.flow.areas import PageLayout, Workshop, compose_pages
from layout.font.library import FontLibrary
from layout.font.shape import Shaper
from layout.house.profile import Profile, load_profile
from layout.memo import NO_MEMO, Memo
from layout.preflight.display import preflight
from layout.source.local_model import LocalEdition
from layout.source.look import AS_IT_IS
from layout.source.model import Leaflet
from layout.source.profiles import find_profile
from layout.source.read import read_leaflet, read_sheet
from layout.source.sheet import StyleSheet
from layout.source.suggest import suggest
from layout.style.colours import NO_EDITIONS, Editions
from layout.style.look import looked
from layout.style.model import ResolvedLeaflet
from layout.style.reflow import reflowed, thread_of
from layout.style.resolve import resolve


class Places(Struct, frozen=True):
    """Where things are: fonts, style sheets, the user's own shop profiles."""

    fonts: Path
    styles: Path
    profiles: Path | None = None


class Drawn(Struct, frozen=True):
    """A leaflet laid out and judged, before anything is written.

    What a stage did not reach is None; with errors, nothing shall be written.
    """

    leaflet: Leaflet | None = None
    profile: Profile | None = None
    library: FontLibrary | None = None
    pages: tuple[PageLayout, ...] = ()
    display: DisplayList | None = None
    editions: Editions = NO_EDITIONS


class Built(Struct, frozen=True):
    """What a build made: the leaflet, its laid-out pages, and the press file (None with errors)."""

    leaflet: Leaflet | None
    pages: tuple[PageLayout, ...]
    display: DisplayList | None
    press: bytes | None


MOST_PAGES: Final = 64
"""So many pages a text is given that flows through one layout."""

Progress = Callable[[str], None]


def _silent(_: str) -> None:
    """Nobody watches."""


def build(
    file: Path, places: Places, reporter: Reporter, begin: Progress = _silent, shop: str = ""
) -> Built:
    """Build one leaflet's press file.  Errors stop it before writing; nothing raises for content.

    ``begin`` is told the name of each stage as it begins; ``shop`` is the press
    profile, else the leaflet's own, else the default.
    """
    drawn = draw(file, places, reporter, begin, shop)
    if drawn.display is None or drawn.library is None or drawn.profile is None:
        return Built(drawn.leaflet, drawn.pages, drawn.display, None)
    if reporter.has_errors:
        return Built(drawn.leaflet, drawn.pages, drawn.display, None)
    begin("write")
    press = write(drawn.display, drawn.profile, drawn.library, reporter)
    return Built(drawn.leaflet, drawn.pages, drawn.display, None if reporter.has_errors else press)


def draw(
    file: Path,
    places: Places,
    reporter: Reporter,
    begin: Progress = _silent,
    shop: str = "",
    *,
    edition: LocalEdition | None = None,
    memo: Memo = NO_MEMO,
) -> Drawn:
    """All stages before writing: any output can be made of what comes of them.

    ``edition`` is a group's own; ``memo`` is what earlier builds of the process made.
    """
    begin("read")
    leaflet = read_leaflet(file, reporter, edition=edition, memo=memo)
    if leaflet is None or reporter.has_errors:
        return Drawn(leaflet)
    return draw_leaflet(leaflet, places, reporter, begin, shop, memo)


def draw_leaflet(
    leaflet: Leaflet,
    places: Places,
    reporter: Reporter,
    begin: Progress = _silent,
    shop: str = "",
    memo: Memo = NO_MEMO,
) -> Drawn:
    """The same of a leaflet that is read."""
    profile = choose_profile(leaflet, shop, places, reporter)
    begin("style")
    library = memo.at(
        ("fonts",),
        _state(places.fonts / "fonts.yaml"),
        partial(FontLibrary, places.fonts),
        reporter,
    )
    resolved = style(leaflet, places, library, reporter, memo)
    if resolved is None or profile is None or reporter.has_errors:
        return Drawn(leaflet, profile)
    begin("compose")
    pages = compose(resolved, library, reporter, memo)
    begin("paint")
    display = paint(resolved, pages, reporter, memo)
    preflight(display, profile, reporter, memo)
    return Drawn(leaflet, profile, library, pages, display, resolved.editions)


def choose_profile(
    leaflet: Leaflet, shop: str, places: Places, reporter: Reporter
) -> Profile | None:
    """The press profile: the one asked for, else the leaflet's, else the default."""
    if shop:
        return find_profile(shop, places.profiles, reporter)
    if leaflet.shop:
        return find_profile(leaflet.shop, places.profiles, reporter, leaflet.shop_span)
    return load_profile()


def style(
    leaflet: Leaflet,
    places: Places,
    library: FontLibrary,
    reporter: Reporter,
    memo: Memo = NO_MEMO,
) -> ResolvedLeaflet | None:
    """Find the style sheet and resolve every value."""
    sheet = sheet_of(leaflet, places, reporter, memo)
    if sheet is None:
        return None
    if leaflet.look.reflow:
        leaflet = reflow(leaflet, sheet, library, reporter, memo)
    return resolve(leaflet, sheet, frozenset(library.names), reporter, memo)


def sheet_of(
    leaflet: Leaflet, places: Places, reporter: Reporter, memo: Memo = NO_MEMO
) -> StyleSheet | None:
    """The leaflet's style sheet, changed as its edition asks."""
    sheet = find_sheet(leaflet.style, leaflet.style_span, places, reporter, memo)
    look = leaflet.look
    if sheet is None or look == AS_IT_IS:
        return sheet
    base = find_sheet(look.base, NOWHERE, places, Reporter(), memo) if look.base else None
    changed = partial(looked, sheet, look, base)
    return memo.at(("look",), (sheet, look, base), lambda _: changed(), reporter)


def find_sheet(
    name: str, span: Span, places: Places, reporter: Reporter, memo: Memo
) -> StyleSheet | None:
    """The style sheet of that name, None with the reason reported."""
    known = {sheet.stem: sheet for sheet in sorted(places.styles.glob("*.yaml"))}
    if name not in known:  # looked up, not joined: a name may try to be a path
        near = suggest(name.rpartition("/")[2].removesuffix(".yaml"), known)
        reporter.error("style.unknown", span, name=name, suggestion=near, known="、".join(known))
        return None
    file = known[name]
    return memo.at(("sheet", file), _state(file), partial(read_sheet, file), reporter)


def reflow(
    leaflet: Leaflet, sheet: StyleSheet, library: FontLibrary, reporter: Reporter, memo: Memo
) -> Leaflet:
    """The leaflet's whole text in the layout its edition asks for, on as many pages as it needs."""
    area = thread_of(leaflet, sheet, reporter)
    if not area:
        return leaflet
    trial = reflowed(leaflet, area, sheet, MOST_PAGES)
    resolved = resolve(trial, sheet, frozenset(library.names), Reporter(), memo)
    filled = [any(a.used for a in page.areas) for page in compose(resolved, library, Reporter())]
    last = max((number for number, full in enumerate(filled, start=1) if full), default=1)
    return reflowed(leaflet, area, sheet, last)


def _state(file: Path) -> tuple[int, int]:
    """What tells whether a file is the one that was read before."""
    found = file.stat()
    return (found.st_mtime_ns, found.st_size)


def compose(
    resolved: ResolvedLeaflet, library: FontLibrary, reporter: Reporter, memo: Memo = NO_MEMO
) -> tuple[PageLayout, ...]:
    """Text into lines, lines into areas, areas onto pages."""
    shop = Workshop(Shaper(library), resolved.rules, reporter, resolved.paragraph_bracket, memo)
    return compose_pages(resolved.pages, shop)


def paint(
    resolved: ResolvedLeaflet,
    pages: tuple[PageLayout, ...],
    reporter: Reporter,
    memo: Memo = NO_MEMO,
) -> DisplayList:
    """Logical fragments to a physical display list."""
    painted = tuple(paint_page(page, n, reporter, memo) for n, page in enumerate(pages, start=1))
    return DisplayList(
        painted,
        resolved.title,
        resolved.author,
        resolved.date,
        resolved.language,
        resolved.binding == "right" or (not resolved.binding and mainly_vertical(painted)),
    )


def write(
    display: DisplayList,
    profile: Profile,
    library: FontLibrary,
    reporter: Reporter,
    memo: Memo = NO_MEMO,
) -> bytes:
    """The press PDF, with the job line that the profile wants."""
    from layout.backends.pdf import write_press  # the backend loads only for a sound leaflet

    lined = with_job_lines(display, profile, Shaper(library))
    return write_press(lined, profile, reporter, memo)
