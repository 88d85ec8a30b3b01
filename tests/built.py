"""The project's own leaflets, composed and written once for all tests that look at them."""

from functools import cache
from pathlib import Path

from layout.backends.pdf import write_press
from layout.diagnostics import Reporter, Severity
from layout.display.job_line import with_job_lines
from layout.font.shape import Shaper
from layout.house.profile import load_profile
from layout.inks.editions import Edition, Kind, editions
from layout.pipeline import Drawn, Places, draw
from layout.preflight.display import preflight

ROOT = Path(__file__).resolve().parents[1]
LEAFLETS = sorted(path.parent.name for path in ROOT.glob("leaflets/*/leaflet.yaml"))


@cache
def drawn(name: str) -> Drawn:
    """A leaflet laid out, without an error."""
    reporter = Reporter()
    places = Places(ROOT / "fonts", ROOT / "leaflets" / "styles")
    made = draw(ROOT / "leaflets" / name / "leaflet.yaml", places, reporter)
    assert made.display is not None and not reporter.has_errors
    return made


@cache
def edition_files(name: str, kind: Kind) -> tuple[tuple[Edition, bytes], ...]:
    """The editions of a leaflet with their files; nothing about them may be wrong."""
    source = drawn(name)
    assert source.display and source.library
    reporter = Reporter()
    out = []
    for edition in editions(source.display, source.editions, kind, reporter):
        profile = load_profile(edition.profile or "x1a")
        preflight(edition.display, profile, reporter)
        display = with_job_lines(edition.display, profile, Shaper(source.library))
        out.append((edition, write_press(display, profile, reporter)))
    assert not [d for d in reporter if d.severity is Severity.ERROR]
    return tuple(out)
