"""How a spoilt source is read, and what is expected of it.

Leaflets are read; those called ``whole-…`` are laid out, too, with the house's styles.
``style-…`` are style sheets, ``editions-…`` lists of editions.
"""

import re
from pathlib import Path
from typing import Final

from layout.diagnostics import Reporter
from layout.pipeline import Places, draw
from layout.source.local_editions import read_editions_file
from layout.source.read import read_leaflet, read_sheet
from tests.built import ROOT

HERE: Final = Path(__file__).parent
_EXPECT = re.compile(rb"^# expect: (\S+) (\d+:\d+)\s*$", re.MULTILINE)


def cases() -> list[Path]:
    """All of them, in the order of their names; those about other files than leaflets come last."""
    found = [path for path in HERE.iterdir() if path.suffix in (".yaml", ".csv")]
    return sorted(found, key=lambda path: (name_of(path), path.name))


def name_of(path: Path) -> str:
    """What the file would be called in a project."""
    if path.stem.startswith("editions-"):
        return f"leaflets/leaflet9/editions{path.suffix}"
    return "leaflets/styles/yoru.yaml" if path.stem.startswith("style-") else "leaflet.yaml"


def read(path: Path) -> Reporter:
    """What is said of a case."""
    reporter = Reporter()
    if path.stem.startswith("style-"):
        read_sheet(path, reporter)
    elif path.stem.startswith("editions-"):
        read_editions_file(path, reporter)
    elif path.stem.startswith("whole-"):
        draw(path, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), reporter)
    else:
        read_leaflet(path, reporter)
    return reporter


def expected(path: Path) -> list[tuple[str, str]]:
    """Codes and places, from comments in the case, or beside it where there can be none."""
    beside = path.with_name(f"{path.name}.expect")
    data = (beside if beside.exists() else path).read_bytes()
    return sorted((code.decode(), place.decode()) for code, place in _EXPECT.findall(data))
