"""What the lint tests share: leaflets read and laid out, small ones from a few lines."""

from functools import cache
from pathlib import Path

from built import drawn

from layout.diagnostics import Diagnostic, Reporter
from layout.lint.check import lint
from layout.pipeline import Places, draw
from layout.reading.model import Reading
from layout.reading.read import read_pages
from layout.source.lint_house import house_style
from layout.source.model import Leaflet
from layout.source.read import read_leaflet

ROOT = Path(__file__).resolve().parents[1]
STYLES = ROOT / "leaflets" / "styles"

HEAD = """bira: 1
title: 見本
date: 2026-01-01
style: ai-shu
"""


@cache
def printed(name: str) -> tuple[Leaflet, Reading]:
    """A leaflet of ours and what stands on its pages."""
    made = drawn(name)
    assert made.leaflet is not None and made.display is not None
    return made.leaflet, read_pages(made.display, made.leaflet)


def findings_of(name: str, *, analyse: bool = True) -> list[Diagnostic]:
    """What the lint says of a leaflet of ours."""
    leaflet, reading = printed(name)
    reporter = Reporter()
    lint(reading, house_style(leaflet, STYLES, reporter), reporter, analyse=analyse)
    return list(reporter)


def small(folder: Path, body: str, head: str = "", styles: Path = STYLES) -> list[Diagnostic]:
    """What it says of a leaflet with these blocks; ``body`` is YAML without indentation."""
    file = folder / "leaflet.yaml"
    blocks = "".join(f"      {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    text = f"{HEAD}{head}pages:\n  - layout: inside\n    body:\n{blocks}"
    file.write_text(text, encoding="utf-8")
    reporter = Reporter()
    leaflet = read_leaflet(file, reporter)
    assert leaflet is not None and not reporter.has_errors, list(reporter)
    made = draw(file, Places(ROOT / "fonts", STYLES), Reporter())
    assert made.display is not None
    lint(read_pages(made.display, leaflet), house_style(leaflet, styles, reporter), reporter)
    return list(reporter)


def brief(found: list[Diagnostic]) -> list[tuple[str, str]]:
    """Rule and found text of each; the code and the name of what is no rule's finding."""
    return [
        (str(each.values["rule"]), str(each.values["found"]))
        if "line_id" in each.values
        else (each.code, str(each.values.get("name", each.values.get("rule", ""))))
        for each in found
    ]
