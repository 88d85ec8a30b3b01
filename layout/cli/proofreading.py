"""What a proofreader would look at, over the finished pages: facts and house style."""

from pathlib import Path
from typing import TYPE_CHECKING

from layout.diagnostics import Reporter

if TYPE_CHECKING:
    from layout.display.model import DisplayList
    from layout.facts import Sheet
    from layout.source.model import Leaflet


def proofread(
    display: "DisplayList", leaflet: "Leaflet", styles: Path, reporter: Reporter
) -> "Sheet":
    """Report wrong facts, which stop a build, and what the house-style rules find, which does not.

    The facts sheet (照合表) is every fact as it is printed.
    """
    from layout.facts import check_facts
    from layout.lint.check import lint
    from layout.reading import read_pages
    from layout.source.lint_house import house_style

    reading = read_pages(display, leaflet)
    sheet = check_facts(reading, leaflet, reporter)
    lint(reading, house_style(leaflet, styles, reporter), reporter)
    return sheet
