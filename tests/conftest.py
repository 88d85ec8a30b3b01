"""What all tests share: where the project is, and leaflet 9, built once."""

import contextlib
import io
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from layout.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("BIRA_CACHE", "off")  # tests leave nothing in the user's folders
sys.path.insert(0, str(ROOT / "tests"))  # for what tests share: handmade.py and others


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` writes the goldens anew; whoever uses it reads the difference."""
    parser.addoption("--accept", action="store_true", help="write goldens instead of comparing")


@dataclass(frozen=True)
class BuiltLeaflet:
    """A finished build: its file, the bytes, and what ``--json`` said."""

    path: Path
    data: bytes
    report: dict[str, Any]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def leaflet9(tmp_path_factory: pytest.TempPathFactory) -> BuiltLeaflet:
    """Leaflet 9, built once for all tests."""
    out = tmp_path_factory.mktemp("leaflet9")
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        code = main(["leaflet9", "--out", str(out), "--json", "--lang", "en"], ROOT)
    assert code == 0, complained.getvalue()
    path = out / "leaflet9" / "leaflet9-press.pdf"
    return BuiltLeaflet(path, path.read_bytes(), json.loads(said.getvalue()))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; skips where either is missing."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
