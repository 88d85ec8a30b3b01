"""Every command that the documentation gives is run, in a copy of the project."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from layout.cli.arguments import read_arguments
from layout.cli.main import main
from tests.built import ROOT
from tests.docs.pages import DOCS, Fence, commands, pictures

_SERVING = ("--preview", "--watch")
_FIRST = ("tutorial.ja.md", "cookbook.ja.md", "commands.ja.md", "faq.ja.md")


def test_all_commands_are_understood() -> None:
    found = commands()
    assert len(found) > 100
    for fence, words in found:
        assert read_arguments(words, "en"), fence


def test_the_english_pages_give_the_same_commands() -> None:
    for name in _FIRST:
        twins = [name, name.replace(".ja.", ".")]
        said = [[w for fence, w in commands("console") if fence.page == each] for each in twins]
        assert said[0] == said[1]


def _in_order() -> list[tuple[Fence, list[str]]]:
    """Each command once, as a reader of the Japanese pages meets them."""
    seen, out = set(), []
    rank = {name: number for number, name in enumerate(_FIRST)}
    for fence, words in sorted(commands("console"), key=lambda each: rank.get(each[0].page, 9)):
        if tuple(words) not in seen and not set(_SERVING) & set(words):
            seen.add(tuple(words))
            out.append((fence, words))
    return out


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, and nobody at the keyboard."""
    shutil.copytree(
        ROOT / "leaflets", tmp_path / "leaflets", ignore=shutil.ignore_patterns("proofs")
    )
    for name in ("fonts", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_commands_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failed: list[Any] = []
    before = ""
    for fence, words in _in_order():
        if words[0] == "apply":  # each time upon what the proofreader saw
            (project / "leaflets/furuhon/leaflet.yaml").write_text(before, "utf-8")
        asks = words[0] == "apply" and "--dry-run" not in words
        code = main([*words, "--yes"] if asks else words, project)
        said = capsys.readouterr()
        if code != (1 if "--dry-run" in words else 0) or "Traceback" in said.err:
            failed.append((str(fence), words, code, said.err[-600:]))
        if words == ["new", "furuhon"]:
            before = _follow_the_tutorial(project)
    assert not failed
    assert (project / "out/furuhon/furuhon-pack.zip").is_file()
    assert "**古本まつり**" in (project / "leaflets/furuhon/leaflet.yaml").read_text("utf-8")


def _follow_the_tutorial(project: Path) -> str:
    """Change what the tutorial says, and let somebody send a correction; the source."""
    made = pictures()
    source = project / "leaflets/furuhon/leaflet.yaml"
    shutil.copy(made.HONDANA, source.parent / "figures")
    text = source.read_text("utf-8")
    tutorials = [(DOCS / name).read_text("utf-8") for name in ("tutorial.ja.md", "tutorial.md")]
    for old, new in (*made.EDITS, made.FIGURE):
        assert old in text
        assert all(new.rstrip(" #").strip() in tutorial for tutorial in tutorials)
        text = text.replace(old, new, 1)
    source.write_text(text, "utf-8")
    line = text[: text.index("**古本市**")].count("\n") + 1
    column = text.splitlines()[line - 1].index("古本市") + 1
    item = {
        "id": "c1",
        "kind": "replace",
        "at": [line, column],
        "old": "古本市",
        "new": "古本まつり",
    }
    held = {
        "bira-corrections": 1,
        "leaflet": "furuhon",
        "source": hashlib.sha256(source.read_bytes()).hexdigest(),
        "by": "校正者",
        "items": [item],
    }
    file = project / "furuhon-corrections-kosei.json"
    file.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    return text
