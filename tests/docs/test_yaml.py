"""Every example of YAML in the documentation is read by what would read it."""

import shutil
from pathlib import Path

import pytest
import yaml
from PIL import Image

from layout.diagnostics import Reporter, Severity
from layout.source.config import read_config
from layout.source.leaflet_keys import LEAFLET
from layout.source.local_editions import read_editions_file
from layout.source.profiles import find_profile
from layout.source.read import read_leaflet, read_sheet
from tests.built import ROOT
from tests.docs.pages import PAGES, SPOILT, Fence, fences

_HEAD = "bira: 1\ntitle: 題\ndate: 2027-01-01\nstyle: hina-yoko\n"
_FACTS = {
    "name": "{text: 図書館を考える会}",
    "phone": "{phone: 03-0000-0000}",
    "mail": "{mail: info@example.jp}",
    "site": '{url: "https://example.jp/"}',
    "day": "{date: 2027-03-14}",
    "shukai": "{date: 2027-03-14}",
    "furikae": "{yucho: 00100-2-729745, holder: 共通番号いらないネット}",
}
_PAGES = "pages:\n  - layout: omote\n    hon:\n"
_SHEET = {"colours", "blocks", "text", "layouts", "fonts"}
EXAMPLES = [
    fence
    for page in PAGES
    if page.name not in (*SPOILT, "developing.md")  # whose example has a test of its own
    for fence in fences(page)
    if fence.language == "yaml"
]


def read(text: str, folder: Path, reporter: Reporter) -> object:
    """An example with what is needed around it."""
    first = next(line for line in text.splitlines() if line.strip() and line.strip()[0] != "#")
    key = first.split(":")[0].strip()
    if key == "bira-editions":
        return _file(folder, "editions.yaml", text, read_editions_file, reporter)
    if key == "bira-config":
        _write(folder / "bira.yaml", text)
        return read_config(folder, reporter)
    if key == "bira-profile":
        (folder / "profiles").mkdir()
        icc = next((ROOT / "layout/house/data/icc").glob("*.icc"))
        shutil.copy(icc, folder / "profiles" / "JapanColor2011Coated.icc")
        _write(folder / "profiles" / "mise.yaml", text)
        return find_profile("mise", folder / "profiles", reporter)
    if key in ("repos", "bira-lint"):
        return yaml.safe_load(text)
    if key in _SHEET:
        return _file(folder, "style.yaml", _with_sheet(text, key), read_sheet, reporter)
    return _file(folder, "leaflet.yaml", _leaflet(text, first, key), read_leaflet, reporter)


def _file(folder: Path, name: str, text: str, reader: object, reporter: Reporter) -> object:
    _write(folder / name, text)
    return reader(folder / name, reporter)  # type: ignore[operator]


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _leaflet(text: str, first: str, key: str) -> str:
    facts = "facts:\n" + "".join(f"  {name}: {fact}\n" for name, fact in _FACTS.items())
    if first.lstrip().startswith("- "):
        inside = "".join(f"      {line}" for line in _dedented(text).splitlines(True))
        return _HEAD + facts + _PAGES + inside
    assert LEAFLET.key(key) is not None, f"neither blocks nor a key: {key}"
    rest = "" if key == "pages" else _PAGES + "      - text: 文。\n"
    return _HEAD + ("" if key == "facts" else facts) + text + rest


def _dedented(text: str) -> str:
    indent = min(len(line) - len(line.lstrip()) for line in text.splitlines() if line.strip())
    return "".join(line[indent:] if line.strip() else line for line in text.splitlines(True))


def _with_sheet(text: str, key: str) -> str:
    """The example in place of that part of a whole style."""
    whole = (ROOT / "leaflets/styles/hina-yoko.yaml").read_text("utf-8")
    begin = whole.index(f"\n{key}:\n") + 1
    lines = whole[begin:].splitlines(True)
    end = next((n for n, line in enumerate(lines[1:], 1) if line[0] not in " #\n"), len(lines))
    added = "".join(text.splitlines(True)[1:])
    return whole[:begin] + lines[0] + added + _without(lines[1:end], text) + "".join(lines[end:])


def _without(lines: list[str], text: str) -> str:
    """What the example says anew is not said twice."""
    own = {line.split(":")[0] for line in text.splitlines() if line.startswith("  ")}
    out, on = [], True
    for line in lines:
        if line.startswith("  ") and line[2] not in " #":
            on = line.split(":")[0] not in own
        out.append(line if on else "")
    return "".join(out)


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
