"""What packages say of themselves, and what the page of licences says of them."""

import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_MOST: Final = 80


def plain(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted() -> set[str]:
    """All that pyproject.toml asks for, and all that the tests' lock pins."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    asked = [re.split(r"[<>=\[ ;]", each)[0] for group in groups for each in group]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = [line.split("==")[0] for line in lines if "==" in line and line[0] != "#"]
    return {plain(name) for name in (*asked, *pinned)}


def said(name: str) -> str:
    """A package's licence in its own words, "" if it says nothing; ``PackageNotFoundError``."""
    held = metadata.metadata(name)
    words = held.get("License-Expression") or (held.get("License") or "").split("\n")[0]
    if not words:
        found = held.get_all("Classifier") or []
        words = "; ".join(each.split(" :: ")[-1] for each in found if each.startswith("License ::"))
    return words.split(" (")[0].strip().replace("|", "/")[:_MOST]


def rows(page: Path) -> dict[str, tuple[str, str]]:
    """The page's tables: licence, and the package's own words, by its name."""
    found = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \| ([^|]+) \|$", page.read_text("utf-8"), re.M)
    return {
        plain(name): (licence.strip(), words.strip())
        for name, licence, words in found
        if name not in ("Package", "Face") and name.strip("-") and not licence.endswith(".ttf")
    }
