"""The same source gives the same bytes, whatever surrounds the build.

All default outputs are compared, and editions; ``test_crash_safety`` looks at spoilt caches.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.robust.hostile import ROOT

LEAFLET = "bosai-yube"
MEMORY = ".bira"


def project(folder: Path) -> Path:
    """A copy of the leaflets, so that all builds have the same file names in their messages."""
    shutil.copytree(ROOT / "leaflets" / LEAFLET, folder / "leaflets" / LEAFLET)
    shutil.copytree(ROOT / "leaflets" / "styles", folder / "leaflets" / "styles")
    return folder


def made(
    out: Path, *argv: object, cwd: Path = ROOT, python: tuple[str, ...] = (), **environment: str
) -> dict[str, str]:
    """What a build makes: the digest of every file."""
    plain = {"BIRA_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *python, str(ROOT / "build.py"), *map(str, argv), "--out", str(out), "-q"],
        cwd=cwd,
        env={**os.environ, **plain, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr.decode()
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and MEMORY not in path.parts
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    files = made(tmp_path_factory.mktemp("plain"), LEAFLET)
    assert {Path(name).suffix for name in files} == {".pdf", ".html", ".txt", ".json"}
    assert len(files) == 7
    yield files


AROUND: dict[str, dict[str, str]] = {
    "hash seed 1, far east, narrow terminal": {
        "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "COLUMNS": "10", "TERM": "dumb",
    },
    "hash seed 4242, far west, locale C, a date of others": {
        "PYTHONHASHSEED": "4242", "TZ": "Etc/GMT+12", "SOURCE_DATE_EPOCH": "1",
        "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
    },
    "locale EUC-JP, console cp932, optimised": {
        "LC_ALL": "ja_JP.eucJP", "LANG": "ja_JP.eucJP", "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "cp932", "PYTHONOPTIMIZE": "2",
    },
    "locale Turkish, settings of ReportLab": {
        "LC_ALL": "tr_TR.ISO8859-9", "LANG": "tr_TR", "PYTHONUTF8": "0",
        "RL_pageCompression": "1", "RL_invariant": "0", "RL_verbose": "1",
    },
}  # fmt: skip
"""Several at a time: a build of everything takes seconds."""


@pytest.mark.parametrize("case", AROUND)
def test_whatever_surrounds_it(plain: dict[str, str], tmp_path: Path, case: str) -> None:
    assert made(tmp_path / "out", LEAFLET, **AROUND[case]) == plain


def test_whatever_lies_in_the_home_folder(plain: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".reportlab_settings").write_text("pageCompression=1\ninvariant=0\nA85=1\n", "utf-8")
    (home / ".reportlab_mods").write_text("raise SystemExit('a stranger ran')\n", "utf-8")
    assert made(tmp_path / "out", LEAFLET, HOME=str(home), USERPROFILE=str(home)) == plain


def test_wherever_it_is_called_from(plain: dict[str, str], tmp_path: Path) -> None:
    """The proof page names places by paths as they are typed; all else is the same to the byte."""
    for number, cwd in enumerate((tmp_path, ROOT / "leaflets")):
        files = made(tmp_path / f"out{number}", LEAFLET, cwd=cwd)
        different = {name for name in plain if files[name] != plain[name]}
        assert different <= {name for name in plain if "-proof." in name or "-facts." in name}


def test_clean_and_warm_caches(tmp_path: Path) -> None:
    """With a photograph, whose conversion is kept."""
    folder = project(tmp_path) / "leaflets" / LEAFLET
    Image.effect_noise((2160, 1180), 90).convert("RGB").save(folder / "figures" / "a.jpg")
    source = folder / "leaflet.yaml"
    text = source.read_text("utf-8")
    assert "figures/hiroba.svg" in text
    source.write_text(text.replace("figures/hiroba.svg", "figures/a.jpg"), "utf-8")
    argv, cache = (folder, "--only", "press,web,html,text"), str(tmp_path / "cache")
    clean = made(tmp_path / "clean", *argv)
    for number in range(2):
        assert made(tmp_path / f"out{number}", *argv, BIRA_CACHE=cache) == clean
    assert any(path.is_file() for path in Path(cache).rglob("*"))


def test_over_an_earlier_build(plain: dict[str, str], tmp_path: Path) -> None:
    made(tmp_path / "out", LEAFLET)
    assert made(tmp_path / "out", LEAFLET) == plain


def test_with_other_leaflets_before_and_behind(plain: dict[str, str], tmp_path: Path) -> None:
    files = made(tmp_path / "out", "tate-shimbun", LEAFLET, "specimen", "--only", "press,text")
    for name, digest in files.items():
        assert not name.startswith(LEAFLET) or plain[name] == digest


EDITIONS = "bira-editions: 1\neditions:\n" + "".join(
    f"  ku{number}:\n    label: {number}区\n    facts: {{phone: 03-0000-00{number:02}}}\n"
    for number in range(18)
)


def test_editions_side_by_side_and_one_after_another(tmp_path: Path) -> None:
    """Several processes, one process with a memory, and each edition by itself."""
    root = project(tmp_path)
    folder = root / "leaflets" / LEAFLET
    (folder / "editions.yaml").write_text(EDITIONS, "utf-8")
    argv = (folder, "--only", "press,web,html,text")
    together = made(tmp_path / "together", *argv, "--editions", "all")
    assert len(together) == 18 * 4
    alone = (
        "import os, runpy, sys; os.sched_getaffinity = lambda _: {0}; os.cpu_count = lambda: 1; "
        "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    serial = made(tmp_path / "serial", *argv, "--editions", "all", python=("-c", alone))
    assert serial == together
    for name in ("ku0", "ku17"):
        single = made(tmp_path / name, *argv, "--editions", name)
        assert single.items() <= together.items() and len(single) == 4


def test_a_memory_changes_nothing(tmp_path: Path) -> None:
    """Built again after a change and back, as previews do, the bytes are those of a first build."""
    from layout.diagnostics import Reporter
    from layout.memo import NO_MEMO, Memo
    from layout.pipeline import Places, draw, write

    root = project(tmp_path)
    source = root / "leaflets" / LEAFLET / "leaflet.yaml"
    text = source.read_text("utf-8")
    places = Places(ROOT / "fonts", root / "leaflets" / "styles")

    def press(memo: Memo) -> bytes:
        memo.begin()
        reporter = Reporter()
        drawn = draw(source, places, reporter, memo=memo)
        assert drawn.display and drawn.profile and drawn.library and not reporter.has_errors
        return write(drawn.display, drawn.profile, drawn.library, reporter, memo)

    memo = Memo()
    for words in (text, text.replace("防災", "防火"), text.replace("晩ごはん", "朝ごはん"), text):
        source.write_text(words, "utf-8")
        assert press(memo) == press(NO_MEMO)
