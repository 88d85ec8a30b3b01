"""Faults that only a comparison with the last proof can know: each is told as asked for by nobody."""

import shutil
from pathlib import Path

import pytest
from facts.faults import FAULTS, Fault
from facts.test_injected_faults import GOOD, ROOT, figures

from layout.diagnostics import Reporter
from layout.pipeline import Places, draw
from layout.proof.changes import Asked, Change, compare
from layout.proof.stages import Stage, stage_lines
from layout.reading import read_pages
from layout.reading.model import Reading

STAGED = [fault for fault in FAULTS if fault.caught == "stage"]


def reading(text: str, folder: Path) -> Reading:
    shutil.copytree(figures(), folder / "figures", dirs_exist_ok=True)
    (folder / "leaflet.yaml").write_text(text, encoding="utf-8")
    drawn = draw(folder, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), Reporter())
    assert drawn.display is not None and drawn.leaflet is not None
    return read_pages(drawn.display, drawn.leaflet)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    made = reading(GOOD, tmp_path_factory.mktemp("good"))
    return Stage(
        "leaflet9", "初校", "2021-03-01", "a" * 64, "b" * 64, "c" * 64, {}, stage_lines(made)
    )


def changes(stage: Stage, fault: Fault, folder: Path, *asked: Asked) -> list[Change]:
    assert fault.old in GOOD
    return list(compare(stage, reading(GOOD.replace(fault.old, fault.new, 1), folder), asked))


def different(fault: Fault) -> set[str]:
    """Some characters that only the old or only the new text has."""
    return {
        line.strip() for line in (*fault.old.split("\n"), *fault.new.split("\n")) if line.strip()
    }


@pytest.mark.parametrize("fault", STAGED, ids=lambda fault: fault.name)
def test_it_is_told_and_nobody_asked_for_it(fault: Fault, tmp_path: Path, stage: Stage) -> None:
    made = changes(stage, fault, tmp_path)
    assert made and not any(change.asked for change in made)
    moved = [part.text for change in made for part in change.parts if part.kind != "same"]
    assert moved, "what changed is shown word by word"
    words = "".join(different(fault))
    assert any(text in words for text in moved)
    assert len(made) <= 5, "and no more than that, and what it pushed off the page"


def test_the_good_leaflet_has_not_changed(tmp_path: Path, stage: Stage) -> None:
    assert list(compare(stage, reading(GOOD, tmp_path), ())) == []


def test_a_wish_is_told_from_a_fault_beside_it(tmp_path: Path, stage: Stage) -> None:
    """One correction asked for does not cover another change of the same paragraph."""
    (word,) = [fault for fault in STAGED if fault.name.startswith("word")]
    asked = Asked("統治", "管理", "事実上、国が", "する")
    (change,) = changes(stage, word, tmp_path, asked)
    assert change.asked
    both = GOOD.replace(word.old, word.new, 1).replace("理事長を解任", "理事長を罷免", 1)
    (change,) = compare(stage, reading(both, tmp_path), (asked,))
    assert not change.asked
    assert {(part.text, part.asked) for part in change.parts if part.kind == "out"} == {
        ("統治", True), ("解任", False),
    }  # fmt: skip


def test_all_eight_are_there() -> None:
    assert len(STAGED) >= 8
