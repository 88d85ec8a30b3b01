"""Small leaflets and their display lists as text: what changed is read in the difference.

``pytest tests/golden --accept`` writes the goldens anew.
"""

from pathlib import Path

import pytest

from layout.diagnostics import Reporter
from layout.display.dump import dump
from layout.font.library import FontLibrary
from layout.pipeline import Places, compose, paint, style
from layout.source.read import read_leaflet

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CASES = sorted((HERE / "cases").glob("*.yaml"))
EXPECTED = HERE / "expected"
PLACES = Places(ROOT / "fonts", HERE / "styles")


def composed(path: Path) -> str:
    """The findings and the display list of one leaflet."""
    reporter = Reporter()
    leaflet = read_leaflet(path, reporter)
    assert leaflet is not None
    library = FontLibrary(PLACES.fonts, reporter)
    resolved = style(leaflet, PLACES, library, reporter)
    assert resolved is not None
    pages = compose(resolved, library, reporter)
    text = dump(paint(resolved, pages, reporter))
    found = [
        f"{d.severity.name.lower()} {d.code} {Path(d.span.file).name}:{d.span.line}:{d.span.column}"
        + "".join(f" {key}={d.values[key]}" for key in sorted(d.values) if key != "known")
        for d in reporter
    ]
    return "".join(f"{line}\n" for line in found) + text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(path: Path, pytestconfig: pytest.Config) -> None:
    text = composed(path)
    golden = EXPECTED / f"{path.stem}.txt"
    if pytestconfig.getoption("--accept"):
        EXPECTED.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert golden.is_file(), f"no golden for {path.name}; look at it, then use --accept"
    assert text == golden.read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    assert {path.stem for path in EXPECTED.iterdir()} == {path.stem for path in CASES}
    assert all(path.suffix == ".txt" for path in EXPECTED.iterdir())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_composing_twice_gives_the_same(path: Path) -> None:
    assert composed(path) == composed(path)
