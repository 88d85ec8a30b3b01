"""What the tests of the proof page share: a project of its own, and its pages in a browser."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.built import ROOT

Run = Callable[..., str]


@pytest.fixture(scope="session")
def run() -> Run:
    """``build.py`` in a folder, in words of Japanese; it must succeed."""

    def start(folder: Path, *arguments: str) -> str:
        made = subprocess.run(
            [sys.executable, "build.py", *arguments, "--lang", "ja"],
            cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout + made.stderr
        return made.stdout + made.stderr

    return start


def project_in(folder: Path) -> Path:
    """The leaflets in a folder where they may be changed."""
    shutil.copytree(ROOT / "leaflets", folder / "leaflets", ignore=shutil.ignore_patterns("proofs"))
    shutil.copy(ROOT / "build.py", folder)
    for name in ("fonts", "layout"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture(scope="session")
def read_only(chromium: Any, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """A project with two proof pages, that no test changes."""
    folder = project_in(tmp_path_factory.mktemp("read-only"))
    run(folder, "leaflet9", "tate-shimbun", "--only", "proof")
    return folder


@pytest.fixture
def project(chromium: Any, tmp_path: Path) -> Path:
    """A project that a test may change."""
    return project_in(tmp_path / "project")


@pytest.fixture
def opened(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Opens a leaflet's proof page; what it asks of a network, and each error, is a failure."""
    contexts, wrong = [], []

    def asked(route: Any) -> None:
        wrong.append(route.request.url)
        route.abort()

    def open_page(
        name: str = "leaflet9", folder: Path | None = None, context: Any = None, **options: Any
    ) -> Any:
        if context is None:
            context = chromium.new_context(reduced_motion="reduce", **options)
            context.route(lambda url: not url.startswith(("file:", "data:", "blob:")), asked)
            contexts.append(context)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("pageerror", lambda problem: wrong.append(str(problem)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        folder = folder or request.getfixturevalue("read_only")
        page.goto((folder / f"out/{name}/{name}-proof.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture(scope="session")
def stages(chromium: Any, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Leaflet 9 at its second stage: a word, a figure's file and a colour are others."""
    folder = project_in(tmp_path_factory.mktemp("stages"))
    run(folder, "leaflet9", "--only", "press", "--stage", "初校")
    for file, old, new in (
        ("leaflet9/leaflet.yaml", "国が統治する", "国が管理する"),
        ("leaflet9/figures/kojin-data.svg", "</svg>", "<!-- another --></svg>"),
        ("styles/ai-shu.yaml", "shu: {cmyk: [0, 95, 90, 10]}", "shu: {cmyk: [0, 60, 90, 10]}"),
    ):
        path = folder / "leaflets" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    run(folder, "leaflet9", "--only", "press,proof", "--stage", "再校")
    return folder
