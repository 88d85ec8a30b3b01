"""Every example of YAML in the documentation is read by what would read it."""

import shutil
from pathlib import Path

import pytest
import yaml
from PIL import Image

from layout.diagnostics import Reporter, Severity
from layout.source.config import read_config
from layout.source.local_editions import read_editions_file
from layout.source.profiles import find_profile
from layout.source.read import read_leaflet, read_sheet
from tests.built import ROOT
from tests.docs.frames import EXAMPLES, framed
from tests.docs.pages import Fence

_READERS = {"leaflet": read_leaflet, "style": read_sheet, "editions": read_editions_file}


def read(text: str, folder: Path, reporter: Reporter) -> object:
    """An example as what would read it reads it."""
    kind, whole = framed(text)
    if kind == "config":
        _write(folder / "bira.yaml", whole)
        return read_config(folder, reporter)
    if kind == "profile":
        (folder / "profiles").mkdir()
        icc = next((ROOT / "layout/house/data/icc").glob("*.icc"))
        shutil.copy(icc, folder / "profiles" / "JapanColor2011Coated.icc")
        _write(folder / "profiles" / "mise.yaml", whole)
        return find_profile("mise", folder / "profiles", reporter)
    if kind in ("", "lint"):
        return yaml.safe_load(whole)
    _write(folder / f"{kind}.yaml", whole)
    return _READERS[kind](folder / f"{kind}.yaml", reporter)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_example_is_read(example: Fence, tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    for name in ("wg4.png", "hondana.png"):
        Image.new("RGB", (1200, 900), "white").save(tmp_path / "figures" / name)
    _write(
        tmp_path / "figures" / "hondana.svg",
        (ROOT / "docs/samples/hondana.svg").read_text("utf-8"),
    )
    reporter = Reporter()
    assert read(example.text, tmp_path, reporter) is not None
    wrong = [(f.code, f.span.line, f.values) for f in reporter if f.severity is Severity.ERROR]
    assert wrong == []
