"""What is sound passes: the project's own leaflets in every output, and files that only look odd."""

from functools import cache

import pytest
from msgspec.structs import replace

from layout.backends.pdf import write_press
from layout.diagnostics import Reporter, Severity
from layout.display.impose import impose
from layout.display.job_line import with_job_lines
from layout.display.model import DisplayList
from layout.font.shape import Shaper
from layout.house.profile import Profile, load_profile
from layout.inks.editions import Kind
from layout.preflight.display import preflight
from layout.preflight.finished import check_pdf
from layout.preflight.rendered import check_rendered
from tests.built import LEAFLETS, drawn, edition_files
from tests.preflight.sound_variations import SOUND, Sound

EDITIONS: tuple[Kind, ...] = ("mono", "two-inks", "riso")
DECLARED = {
    "pdf.text-inks": "the styles of our leaflets set headings and small print in dark colours of "
    "three and four inks; shops print that, and say that plates may be out of register",
    "pdf.line-inks": "rules and frames in the same colours",
}
"""Warnings that are right, and why our leaflets bear them all the same."""


def told(data: bytes, name: str, profile: Profile) -> list[str]:
    """What the structural judge says that is more than a note."""
    reporter = Reporter()
    facts = check_pdf(data, name, profile, reporter)
    assert facts.opened and facts.pages
    return [
        f"{d.code} page {d.page} {dict(d.values)}" for d in reporter if d.severity > Severity.NOTE
    ]


def undeclared(data: bytes, name: str, profile: Profile, display: DisplayList) -> list[str]:
    """What it says beyond what is declared, and what was said of the display list already.

    A warning that both judges give, each from what it alone sees, is no false one.
    """
    reporter = Reporter()
    preflight(display, profile, reporter)
    known = {d.code.replace("press.", "pdf.") for d in reporter if d.severity < Severity.ERROR}
    known |= DECLARED.keys()
    return [words for words in told(data, name, profile) if words.split()[0] not in known]


@cache
def lined(name: str) -> DisplayList:
    source = drawn(name)
    assert source.display is not None and source.library is not None
    return with_job_lines(source.display, load_profile(), Shaper(source.library))


# --- our own leaflets


@pytest.mark.parametrize("shop", ["x1a", "x1a-2003", "x4"])
@pytest.mark.parametrize("name", LEAFLETS)
def test_our_leaflets_pass_in_every_flavour(name: str, shop: str) -> None:
    profile = load_profile(shop)
    data = write_press(lined(name), profile, Reporter())
    assert undeclared(data, f"{name}-press.pdf", profile, lined(name)) == []


@pytest.mark.parametrize("shop", ["raksul", "graphic", "digita"])
def test_shops_take_what_is_written_for_them(shop: str) -> None:
    profile = load_profile(shop)
    data = write_press(lined("leaflet9"), profile, Reporter())
    assert undeclared(data, "leaflet9-press.pdf", profile, lined("leaflet9")) == []


@pytest.mark.parametrize("kind", EDITIONS)
@pytest.mark.parametrize("name", LEAFLETS)
def test_editions_pass(name: str, kind: Kind) -> None:
    for edition, data in edition_files(name, kind):
        profile = load_profile(edition.profile or "x1a")
        file = f"{name}-{edition.suffix}.pdf"
        assert undeclared(data, file, profile, edition.display) == []


@pytest.mark.parametrize("name", LEAFLETS)
def test_folded_sheets_pass(name: str) -> None:
    profile = load_profile()
    done = impose(lined(name), profile.bleed, Reporter())
    assert done is not None
    data = write_press(done.display, profile, Reporter())
    assert undeclared(data, f"{name}-a3.pdf", profile, done.display) == []


@pytest.mark.parametrize("name", LEAFLETS)
def test_single_pages_pass(name: str) -> None:
    profile = load_profile()
    for number, page in enumerate(lined(name).pages, start=1):
        single = replace(lined(name), pages=(page,))
        data = write_press(single, profile, Reporter())
        assert undeclared(data, f"{name}-press-p{number}.pdf", profile, single) == []


def test_what_is_declared_is_said() -> None:
    """A declaration that nobody needs would hide a false warning."""
    profile = load_profile()
    data = write_press(lined("specimen"), profile, Reporter())
    codes = {words.split()[0] for words in told(data, "specimen-press.pdf", profile)}
    assert codes >= DECLARED.keys()


# --- odd, but sound


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case.title)
def test_what_only_looks_odd_passes(case: Sound) -> None:
    data, profile = case.make(), load_profile(case.shop)
    assert told(data, "asaichi-press.pdf", profile) == []
    reporter = Reporter()
    check_rendered(data, "asaichi-press.pdf", profile, reporter)
    assert [d.code for d in reporter if d.severity > Severity.NOTE] == []
