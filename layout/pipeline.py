"""The whole program on one screen: read → style → compose → paint → preflight → write.

Every stage takes frozen values and returns frozen values; what it notices goes
to the reporter.  ``build`` is the list of the stages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from layout.diagnostics import Reporter
from layout.display.model import DisplayList
from layout.display.paint import paint_page
from layout.flow.areas import PageLayout, Workshop, compose_page
from layout.font.library import FontLibrary
from layout.font.shape import Shaper
from layout.house.profile import Profile, load_profile
from layout.preflight.display import preflight
from layout.source.model import Leaflet
from layout.source.read import read_leaflet, read_sheet
from layout.style.model import ResolvedLeaflet
from layout.style.resolve import resolve


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are: fonts, style sheets."""

    fonts: Path
    styles: Path


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the leaflet, its laid-out pages, and the press file (None with errors)."""

    leaflet: Leaflet | None
    pages: tuple[PageLayout, ...]
    display: DisplayList | None
    press: bytes | None


Progress = Callable[[str], None]


def _silent(_: str) -> None:
    """Nobody watches."""


def build(file: Path, places: Places, reporter: Reporter, begin: Progress = _silent) -> Built:
    """Build one leaflet.  Errors stop it before writing; nothing raises for its content.

    ``begin`` is told the name of each stage as it begins.
    """
    begin("read")
    leaflet = read_leaflet(file, reporter)
    if leaflet is None or reporter.has_errors:
        return Built(leaflet, (), None, None)
    begin("style")
    library = FontLibrary(places.fonts, reporter)
    resolved = style(leaflet, places, library, reporter)
    if resolved is None or reporter.has_errors:
        return Built(leaflet, (), None, None)
    begin("compose")
    pages = compose(resolved, library, reporter)
    begin("paint")
    display = paint(resolved, pages, reporter)
    profile = load_profile("x1a")
    preflight(display, profile, reporter)
    if reporter.has_errors:
        return Built(leaflet, pages, display, None)
    begin("write")
    press = write(display, profile, reporter)
    return Built(leaflet, pages, display, None if reporter.has_errors else press)


def style(
    leaflet: Leaflet, places: Places, library: FontLibrary, reporter: Reporter
) -> ResolvedLeaflet | None:
    """Find the style sheet and resolve every value."""
    path = places.styles / f"{leaflet.style}.yaml"
    if not path.is_file():
        known = sorted(sheet.stem for sheet in places.styles.glob("*.yaml"))
        reporter.error(
            "style.unknown", leaflet.style_span, name=leaflet.style, known="、".join(known)
        )
        return None
    sheet = read_sheet(path, reporter)
    if sheet is None:
        return None
    return resolve(leaflet, sheet, frozenset(library.names), reporter)


def compose(
    resolved: ResolvedLeaflet, library: FontLibrary, reporter: Reporter
) -> tuple[PageLayout, ...]:
    """Text into lines, lines into areas, areas onto pages."""
    shop = Workshop(Shaper(library), resolved.rules, reporter, resolved.paragraph_bracket)
    return tuple(
        compose_page(page, number, shop) for number, page in enumerate(resolved.pages, start=1)
    )


def paint(
    resolved: ResolvedLeaflet, pages: tuple[PageLayout, ...], reporter: Reporter
) -> DisplayList:
    """Logical fragments to a physical display list."""
    return DisplayList(
        tuple(paint_page(page, reporter) for page in pages),
        resolved.title,
        resolved.author,
        resolved.date,
        resolved.language,
    )


def write(display: DisplayList, profile: Profile, reporter: Reporter) -> bytes:
    """The press PDF."""
    from layout.backends.pdf import write_press  # the backend loads only for a sound leaflet

    return write_press(display, profile, reporter)
