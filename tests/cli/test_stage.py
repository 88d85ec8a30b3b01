"""``--stage``: kept beside the leaflet, compared with at every build, locked once approved."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from layout.cli.arguments import STAGES
from layout.cli.main import main
from layout.proof import stages


@dataclass(frozen=True)
class Said:
    """What a run said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        (leaflet,) = json.loads(self.out)["leaflets"]
        return [found["code"] for found in leaflet["findings"]]

    @property
    def leaflet(self) -> Any:
        (leaflet,) = json.loads(self.out)["leaflets"]
        return leaflet


Run = Callable[..., Said]


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """A small leaflet that may be changed."""
    shutil.copytree(root / "leaflets" / "bosai-yube", tmp_path / "leaflets" / "bosai-yube")
    shutil.copytree(root / "leaflets" / "styles", tmp_path / "leaflets" / "styles")
    (tmp_path / "fonts").symlink_to(root / "fonts")
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], project: Path) -> Run:
    def start(*argv: object) -> Said:
        capsys.readouterr()
        words = ["bosai-yube", *map(str, argv), "--out", str(project / "out"), "--json"]
        code = main([*words, "--lang", "en"], project)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Said(code, captured.out, captured.err)

    return start


def edit(project: Path, old: str, new: str) -> None:
    source = project / "leaflets" / "bosai-yube" / "leaflet.yaml"
    text = source.read_text("utf-8")
    assert old in text
    source.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_stage_is_kept_and_the_next_build_tells_what_changed(run: Run, project: Path) -> None:
    said = run("--stage", "初校")
    assert said.code == 0
    kept = project / "leaflets" / "bosai-yube" / "proofs" / "01-初校.txt"
    assert "stage: 初校" in kept.read_text("utf-8") and kept.stat().st_size < 30_000
    assert not [code for code in run().codes if code.startswith("proof.")]
    edit(project, "暗くなる", "明るくなる") if "暗くなる" in _text(project) else edit(
        project, "水", "湯"
    )
    assert "proof.changed" in run().codes


def test_how_the_pages_look_is_kept_in_a_small_file(run: Run, project: Path) -> None:
    assert run("--stage", "初校").code == 0
    kept = project / "leaflets" / "bosai-yube" / "proofs" / "01-初校.pages.gz"
    first = kept.read_bytes()
    assert 1_000 < len(first) < 100_000
    assert run("--stage", "初校").code == 0 and kept.read_bytes() == first


def test_a_stage_built_again_is_compared_with_the_one_before(run: Run, project: Path) -> None:
    run("--stage", "初校")
    edit(project, "暗くなる町", "暗くなる道")
    assert "proof.changed" in run("--stage", "再校").codes
    assert "proof.changed" in run("--stage", "再校").codes
    assert "proof.changed" not in run().codes


def _text(project: Path) -> str:
    return (project / "leaflets" / "bosai-yube" / "leaflet.yaml").read_text("utf-8")


def test_an_approved_leaflet_is_locked(run: Run, project: Path) -> None:
    assert run("--stage", "校了").code == 0
    assert "proof.not-approved" not in run().codes
    source = project / "leaflets" / "bosai-yube" / "leaflet.yaml"
    source.write_text(_text(project) + "# あとから\n", encoding="utf-8")
    found = run()
    assert found.code == 0 and "proof.not-approved" in found.codes


def test_open_corrections_keep_it_from_approval(run: Run, project: Path) -> None:
    log = project / "leaflets" / "bosai-yube" / "proofs" / "log.json"
    log.parent.mkdir()
    entry = {"id": "c1", "by": "校正者", "kind": "query", "old": "水", "new": "", "what": "open"}
    log.write_text(json.dumps({"corrections": [entry]}), encoding="utf-8")
    found = run("--stage", "校了")
    assert found.code == 1 and "proof.open-corrections" in found.codes
    assert not list(log.parent.glob("*.txt"))
    log.write_text(json.dumps({"corrections": [entry, entry | {"what": "done"}]}), "utf-8")
    assert run("--stage", "校了").code == 0


def test_a_stage_that_cannot_be_read_is_said(run: Run, project: Path) -> None:
    folder = project / "leaflets" / "bosai-yube" / "proofs"
    folder.mkdir()
    (folder / "01-初校.txt").write_text("何か", encoding="utf-8")
    assert "proof.stage-unreadable" in run().codes


def test_wrong_stages(run: Run) -> None:
    assert run("--stage", "四十校").code == 2
    assert STAGES == stages.STAGES


def test_a_faulty_leaflet_keeps_no_stage(run: Run, project: Path) -> None:
    edit(project, "layout:", "layuot:")
    assert run("--stage", "初校").code == 1
    assert not (project / "leaflets" / "bosai-yube" / "proofs").exists()
