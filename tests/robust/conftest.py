"""A project that may be spoilt."""

import shutil
from pathlib import Path

import pytest

from tests.robust.hostile import ROOT, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One leaflet of a good text, built once, and the styles of the goldens."""
    root = tmp_path / "bira"
    made = Project(root)
    made.write("")
    shutil.copytree(ROOT / "tests" / "golden" / "styles", root / "leaflets" / "styles")
    (root / "fonts").symlink_to(ROOT / "fonts")
    last = made.out / made.name / f"{made.name}-press.pdf"
    last.parent.mkdir(parents=True)
    last.write_bytes(b"%PDF-1.4 the last good one")
    return made
