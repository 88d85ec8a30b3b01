"""Every fault that can be decided from the leaflet alone is found, at its place."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from facts.faults import FAULTS, Fault

from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.facts import check_facts
from layout.pipeline import Places, draw
from layout.reading import read_pages

ROOT = Path(__file__).resolve().parents[2]
GOOD = (ROOT / "leaflets" / "leaflet9" / "leaflet.yaml").read_text("utf-8")
DECIDABLE = [fault for fault in FAULTS if fault.caught != "stage"]


@cache
def figures() -> Path:
    return ROOT / "leaflets" / "leaflet9" / "figures"


def found(text: str, folder: Path) -> list[Diagnostic]:
    """All findings about a copy of leaflet 9 with that text."""
    shutil.copytree(figures(), folder / "figures", dirs_exist_ok=True)
    (folder / "leaflet.yaml").write_text(text, encoding="utf-8")
    reporter = Reporter()
    drawn = draw(folder, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), reporter)
    if drawn.display is not None and drawn.leaflet is not None:
        check_facts(read_pages(drawn.display, drawn.leaflet), drawn.leaflet, reporter)
    return [each for each in reporter if each.severity > Severity.NOTE]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, int]]:
    """What is said of the good leaflet."""
    alarms = found(GOOD, tmp_path_factory.mktemp("good"))
    return {(each.code, each.span.line) for each in alarms}


@pytest.mark.parametrize("fault", DECIDABLE, ids=lambda fault: fault.name)
def test_it_is_caught_at_its_place(
    fault: Fault, tmp_path: Path, before: set[tuple[str, int]]
) -> None:
    assert GOOD.count(fault.old) >= 1
    at = GOOD.index(fault.old)
    spoilt = GOOD[:at] + fault.new + GOOD[at + len(fault.old) :]
    caught = [each for each in found(spoilt, tmp_path) if (each.code, each.span.line) not in before]
    first = GOOD[:at].count("\n") + 1
    last = first + fault.new.count("\n")
    assert fault.caught in {each.code for each in caught}, [each.code for each in caught]
    lines = [each.span.line for each in caught if each.code == fault.caught]
    near = (first - fault.above <= line <= last for line in lines)
    assert fault.above < 0 or any(near), (lines, first)


def test_there_is_no_false_alarm(tmp_path: Path) -> None:
    alarms = [each for each in found(GOOD, tmp_path) if each.code.startswith("facts.")]
    assert alarms == []


def test_there_are_sixty_and_no_two_alike() -> None:
    assert len(DECIDABLE) >= 60
    assert len({(fault.old, fault.new) for fault in FAULTS}) == len(FAULTS)
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert all(fault.old in GOOD for fault in FAULTS)
