"""What a proofreader would look at, over the finished pages: facts, house style, what changed."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from layout.diagnostics import Reporter

if TYPE_CHECKING:
    from layout.display.model import DisplayList
    from layout.source.model import Leaflet


def proofread(
    display: "DisplayList",
    leaflet: "Leaflet",
    styles: Path,
    press: bytes,
    stage: str,
    reporter: Reporter,
) -> Mapping[Path, bytes]:
    """Report wrong facts, which stop a build; then house style and changes, which do not.

    ``press`` are the bytes of the press file, ``stage`` the stage of proof to be kept
    or "".  Gives the files that are to be kept beside the leaflet.
    """
    from layout.cli.staging import compare_stages, kept_stage
    from layout.facts import check_facts
    from layout.lint.check import lint
    from layout.reading import read_pages
    from layout.source.lint_house import house_style

    reading = read_pages(display, leaflet)
    check_facts(reading, leaflet, reporter)
    lint(reading, house_style(leaflet, styles, reporter), reporter)
    compare_stages(reading, leaflet, styles, press, reporter)
    return kept_stage(stage, reading, leaflet, styles, press, reporter) if stage else {}
