"""``build.py apply``: shown first, written when somebody agrees, logged beside the leaflet."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from layout.cli.main import main


@dataclass(frozen=True)
class Said:
    """What a run said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process, in English."""

    def start(*argv: object, root: Path) -> Said:
        capsys.readouterr()
        code = main([*map(str, argv), "--lang", "en"], root)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Said(code, captured.out, captured.err)

    return start


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """A copy of the leaflets, which may be changed."""
    shutil.copytree(root / "leaflets", tmp_path / "leaflets")
    return tmp_path


def wish(project: Path, *items: dict[str, Any], leaflet: str = "leaflet9") -> Path:
    source = project / "leaflets" / leaflet / "leaflet.yaml"
    sha = hashlib.sha256(source.read_bytes()).hexdigest() if source.exists() else ""
    held = {
        "bira-corrections": 1,
        "leaflet": leaflet,
        "source": sha,
        "by": "校正者",
        "items": items,
    }
    path = project / "corrections.json"
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return path


def item(project: Path, old: str, new: str, kind: str = "replace") -> dict[str, Any]:
    lines = (project / "leaflets/leaflet9/leaflet.yaml").read_text("utf-8").split("\n")
    line = next(n for n, text in enumerate(lines, 1) if old in text)
    return {
        "id": "c1",
        "kind": kind,
        "at": [line, lines[line - 1].index(old) + 1],
        "old": old,
        "new": new,
    }


def test_shown_and_not_written_without_a_yes(run: Run, project: Path) -> None:
    source = project / "leaflets/leaflet9/leaflet.yaml"
    before = source.read_bytes()
    said = run("apply", wish(project, item(project, "司令塔", "指揮所")), root=project)
    assert said.code == 1 and "not written" in said.err
    assert "-          " in said.out and "指揮所" in said.out and "@@" in said.out
    assert source.read_bytes() == before
    assert run("apply", project / "corrections.json", "--dry-run", root=project).code == 1
    assert source.read_bytes() == before


def test_written_with_yes_and_logged(run: Run, project: Path) -> None:
    source = project / "leaflets/leaflet9/leaflet.yaml"
    before = source.read_text("utf-8")
    said = run("apply", wish(project, item(project, "司令塔", "指揮所")), "--yes", root=project)
    assert said.code == 0 and "corrections applied 1" in said.out
    assert source.read_text("utf-8") == before.replace("司令塔", "指揮所")
    log = json.loads((source.parent / "proofs/log.json").read_text("utf-8"))
    assert [(e["old"], e["new"], e["what"], e["by"]) for e in log["corrections"]] == [
        ("司令塔", "指揮所", "applied", "校正者")
    ]
    again = run("apply", project / "corrections.json", "--yes", root=project)
    assert again.code == 1 and "refused 1" in again.out  # nothing around it tells that it is done


def test_a_query_stays_open(run: Run, project: Path) -> None:
    said = run("apply", wish(project, item(project, "司令塔", "", "query")), "--yes", root=project)
    assert said.code == 1 and "left to a person 1" in said.out and "does not change" in said.out


def test_as_json(run: Run, project: Path) -> None:
    asked = wish(project, item(project, "司令塔", "指揮所"))
    said = run("apply", asked, "--yes", "--json", root=project)
    (leaflet,) = said.json["leaflets"]
    assert leaflet["written"] and leaflet["corrections"][0]["what"] == "applied"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"nonsense", "no file of corrections"), (b"{}", "bira-corrections"), (b"\xff", "no file")],
)
def test_files_that_are_none(run: Run, project: Path, content: bytes, words: str) -> None:
    bad = project / "bad.json"
    bad.write_bytes(content)
    said = run("apply", bad, root=project)
    assert said.code == 2 and words in said.err


def test_wrong_use(run: Run, project: Path) -> None:
    assert run("apply", root=project).code == 2
    assert run("apply", project / "nowhere.json", root=project).code == 2
    assert run("apply", wish(project, leaflet="leaflet99"), root=project).code == 2
    said = run("leaflet9", "--yes", root=project)
    assert said.code == 2 and "goes with `apply`" in said.err
    said = run("apply", "x.json", "--only", "press", root=project)
    assert said.code == 2 and "does not go with `apply`" in said.err


def test_a_faulty_leaflet_is_mended_first(run: Run, project: Path) -> None:
    asked = wish(project, item(project, "司令塔", "指揮所"))
    source = project / "leaflets/leaflet9/leaflet.yaml"
    source.write_text(source.read_text("utf-8").replace("layout: cover", "layout: [", 1), "utf-8")
    said = run("apply", asked, "--yes", root=project)
    assert said.code == 1 and "leaflet.yaml" in said.err
