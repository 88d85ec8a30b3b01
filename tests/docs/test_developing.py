"""The worked example for developers: its pieces are put into a copy of the program and run."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.built import ROOT
from tests.docs.pages import DOCS

_PIECE = re.compile(
    r"<!-- (after|before): (\S+): (.+?) -->\n```(?:python|text)\n(.*?)^```$", re.M | re.S
)


def test_a_new_block_type_works(tmp_path: Path) -> None:
    text = (DOCS / "developing.md").read_text("utf-8")
    shutil.copytree(
        ROOT / "layout", tmp_path / "layout", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "leaflets" / "styles", tmp_path / "leaflets" / "styles")
    shutil.copy(ROOT / "build.py", tmp_path)
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    pieces = _PIECE.findall(text)
    assert len(pieces) == 3
    for where, name, anchor, code in pieces:
        file = tmp_path / name
        lines = file.read_text("utf-8").splitlines(True)
        (at,) = [number for number, line in enumerate(lines) if anchor in line]
        lines.insert(at + (where == "after"), code + ("\n\n" if where == "before" else ""))
        file.write_text("".join(lines), "utf-8")
    style, block = re.findall(r"^```yaml\n(.*?)^```$", text, re.M | re.S)
    sheet = tmp_path / "leaflets/styles/hina-yoko.yaml"
    held = sheet.read_text("utf-8")
    sheet.write_text(held.replace("\nblocks:\n", "\n" + style, 1), "utf-8")
    _run(tmp_path, "new", "bunseki", "--yes")
    source = tmp_path / "leaflets/bunseki/leaflet.yaml"
    words = source.read_text("utf-8")
    heading = "      - heading: 二つめの見出し\n"
    assert heading in words
    source.write_text(words.replace(heading, block + heading, 1), "utf-8")
    _run(tmp_path, "bunseki", "--only", "text,press")
    said = (tmp_path / "out/bunseki/bunseki.txt").read_text("utf-8-sig")
    assert "（文責　編集委員会）" in said


def _run(folder: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "build.py", *words], cwd=folder, capture_output=True, text=True,
        encoding="utf-8", check=False, stdin=subprocess.DEVNULL, env={"PYTHONPATH": str(folder)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
