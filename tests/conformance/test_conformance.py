"""The finished PDFs conform to JLREQ at least as far as the baseline says."""

import ast
import json
from pathlib import Path

import pytest

from tests.conformance.judge import Finding
from tests.conformance.report import BASELINE, figures
from tests.conformance.suite import run

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return run()


def test_no_figure_falls(findings: list[Finding]) -> None:
    wanted = json.loads(BASELINE.read_text("utf-8"))["conforming"]
    found = {
        f"{table} {mode}": good
        for table, modes in figures(findings).items()
        for mode, (good, _) in modes.items()
    }
    fallen = {key: (found.get(key, 0), count) for key, count in wanted.items()}
    assert {key: pair for key, pair in fallen.items() if pair[0] < pair[1]} == {}


def test_no_new_deviation(findings: list[Finding]) -> None:
    known = set(json.loads(BASELINE.read_text("utf-8"))["deviations"])
    assert [f"{f.key}: {f.detail}" for f in findings if f.detail and f.key not in known] == []


def test_only_the_builder_knows_the_engine() -> None:
    for path in HERE.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        names += [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        used = {name for name in names if name.split(".")[0] == "layout"}
        assert not used or path.name == "builder.py", (path.name, used)
