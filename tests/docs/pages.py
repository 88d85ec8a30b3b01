"""The pages of the documentation, and what stands in them."""

import importlib.util
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from tests.built import ROOT

DOCS: Final = ROOT / "docs"
PAGES: Final = sorted((*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "README.ja.md"))
SPOILT: Final = ("errors.md", "errors.ja.md")
"""Their examples are wrong on purpose."""
_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """A block of code: its language, its lines, and the line it begins in."""

    page: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def fences(page: Path) -> Iterator[Fence]:
    """All of a page, quoted ones too."""
    text = page.read_text("utf-8")
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 2
        yield Fence(page.name, line, found[1], found[2])


def without_code(page: Path) -> str:
    """The page's own Markdown."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    return re.sub(r"(`+).+?\1", "", text)


def commands(language: str = "") -> list[tuple[Fence, list[str]]]:
    """What follows ``build.py`` in each line of code of this language, of any if not said."""
    found = []
    for page in PAGES:
        for fence in fences(page):
            if (language and fence.language != language) or fence.language in ("text", "yaml"):
                continue
            for line in fence.text.splitlines():
                if "build.py " in line and "$(" not in line:
                    words = shlex.split(line.split("build.py ", 1)[1], comments=True)
                    found.append((fence, words))
    return found


def pictures() -> ModuleType:
    """``docs/pictures.py``."""
    if "docs_pictures" not in sys.modules:
        spec = importlib.util.spec_from_file_location("docs_pictures", DOCS / "pictures.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["docs_pictures"] = module
        spec.loader.exec_module(module)
    return sys.modules["docs_pictures"]
