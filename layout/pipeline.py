"""The whole program on one screen: read → style → compose → paint → preflight → write.

Every stage takes frozen values and returns frozen values; what it notices goes
to the reporter.  ``draw`` is the list of the stages up to the display list, which
all outputs have in common; ``build`` adds the press file.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct

from layout.diagnostics import Reporter
from layout.display.job_line import with_job_lines
from layout.display.model import DisplayList
from layout.display.paint import mainly_vertical, paint_page
from layout.flow.areas import PageLayout, Workshop, compose_pages
from layout.font.library import FontLibrary
from layout.font.shape import Shaper
from layout.house.profile import Profile, load_profile
from layout.memo import NO_MEMO, Memo
from layout.preflight.display import preflight
from layout.source.model import Leaflet
from layout.source.profiles import find_profile
from layout.source.read import read_leaflet, read_sheet
from layout.style.colours import NO_EDITIONS, Editions
from layout.style.model import ResolvedLeaflet
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
    file: Path, places: Places, reporter: Reporter, begin: Progress = _silent, shop: str = ""
) -> Drawn:
    """All stages before writing: any output can be made of what comes of them."""
    begin("read")
    leaflet = read_leaflet(file, reporter)
    if leaflet is None or reporter.has_errors:
        return Drawn(leaflet)
    return draw_leaflet(leaflet, places, reporter, begin, shop)


def draw_leaflet(
    leaflet: Leaflet,
    places: Places,
    reporter: Reporter,
    begin: Progress = _silent,
    shop: str = "",
    memo: Memo = NO_MEMO,
) -> Drawn:
    """The same of a leaflet that is read; ``memo`` is what earlier builds of the process made."""
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
    preflight(display, profile, reporter)
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
    known = {sheet.stem: sheet for sheet in sorted(places.styles.glob("*.yaml"))}
    if leaflet.style not in known:  # looked up, not joined: a name may try to be a path
        reporter.error(
            "style.unknown", leaflet.style_span, name=leaflet.style, known="、".join(known)
        )
        return None
    file = known[leaflet.style]
    sheet = memo.at(("sheet", file), _state(file), partial(read_sheet, file), reporter)
    if sheet is None:
        return None
    return resolve(leaflet, sheet, frozenset(library.names), reporter, memo)


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
    painted = tuple(paint_page(page, reporter, memo) for page in pages)
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
