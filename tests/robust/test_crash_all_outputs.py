"""Crash safety of everything that a build makes by default, and of editions.

``BIRA_KILLS=300 python -m pytest tests/robust -k killed`` is the long run.
"""

import contextlib
import ctypes
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.robust.hostile import ROOT

KILLS = max(4, int(os.environ.get("BIRA_KILLS", "12")) // 3)
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of this kind are POSIX")
NAME = "bosai-yube"
DISK = 300_000
EDITIONS = "bira-editions: 1\neditions:\n" + "".join(
    f"  ku{number}: {{label: {number}区}}\n" for number in range(18)
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A leaflet with editions that may be spoilt, in a folder of its own."""
    folder = tmp_path / "leaflets" / NAME
    shutil.copytree(ROOT / "leaflets" / NAME, folder)
    (folder / "editions.yaml").write_text(EDITIONS, "utf-8")
    return folder


def small_disk() -> None:
    """No file may grow beyond this."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (DISK, DISK))


def as_anybody() -> None:
    """Root loses the right to write where the permissions forbid it (capabilities(7))."""
    if os.geteuid() == 0 and sys.platform == "linux":
        drop_from_bounding_set, dac_override = 24, 1
        assert ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0) == 0


def start(*argv: object, before: Callable[[], None] | None = None) -> "subprocess.Popen[bytes]":
    """A build in a process group of its own; ``before`` is run in it at its start."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), *map(str, argv), "-q"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "BIRA_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
        preexec_fn=before,
    )


def done(process: "subprocess.Popen[bytes]") -> int:
    _, said = process.communicate(timeout=300)
    assert b"Traceback" not in said, said.decode("utf-8", "replace")
    return process.returncode


def files(out: Path) -> dict[str, str]:
    """The digest of every file, litter and all."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def all_whole(out: Path) -> None:
    """Every file that has a name of its own can be read to its end."""
    for path in out.rglob("*"):
        if path.name.startswith(".") or not path.is_file() or ".bira" in path.parts:
            continue
        if path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                assert pdf.check_pdf_syntax() == [], path
        elif path.suffix == ".html":
            assert path.read_text("utf-8").rstrip().endswith("</html>"), path
        else:
            assert path.read_bytes().endswith((b"\n", b"}")), path


@POSIX
@pytest.mark.parametrize(
    "more", [(), ("--editions", "all", "--only", "press,text")], ids=["outputs", "editions"]
)
def test_killed_at_any_moment(project: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    """All its processes at once, as when the power fails."""
    out = tmp_path / "out"
    argv = (project, *more, "--out", out)
    began = time.perf_counter()
    assert done(start(*argv)) == 0
    life, expected = time.perf_counter() - began, files(out)
    source = project / "leaflet.yaml"
    text = source.read_text("utf-8")
    for number in range(KILLS):
        source.write_text(text.replace("title: ご近所", f"title: {number} ご近所"), "utf-8")
        process = start(*argv)
        time.sleep(life * (number + 0.5) / KILLS)
        with contextlib.suppress(ProcessLookupError):  # it was faster this time
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        all_whole(out)
    source.write_text(text, "utf-8")
    assert done(start(*argv)) == 0
    assert files(out) == expected


@POSIX
def test_a_full_disk(project: Path, tmp_path: Path) -> None:
    """The proof page is larger than the disk: nothing at all is changed."""
    out = tmp_path / "out"
    assert done(start(project, "--out", out)) == 0
    before = files(out)
    source = project / "leaflet.yaml"
    source.write_text(source.read_text("utf-8").replace("title: ご近所", "title: 隣近所"), "utf-8")
    assert done(start(project, "--out", out, before=small_disk)) == 3
    assert files(out) == before


def test_two_builds_at_once(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert [done(each) for each in [start(project, "--out", out) for _ in range(2)]] == [0, 0]
    all_whole(out)
    assert not [name for name in files(out) if name.endswith((".tmp", ".old"))]


@POSIX
def test_editions_stopped_by_the_keyboard(project: Path, tmp_path: Path) -> None:
    """Ctrl-C goes to all processes of a terminal: none leaves half a file or litter."""
    out = tmp_path / "out"
    argv = (project, "--editions", "all", "--only", "press", "--out", out)
    for number in range(3):
        process = start(*argv)
        time.sleep(0.5 + 0.5 * number)
        os.killpg(process.pid, signal.SIGINT)
        assert done(process) in (0, 130)
        all_whole(out)
        assert not [name for name in files(out) if name.endswith((".tmp", ".old"))]


@POSIX
def test_a_folder_that_is_read_only(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert done(start(project, "--out", out)) == 0
    before = files(out)
    folder = out / NAME
    folder.chmod(0o555)
    try:
        assert done(start(project, "--out", out, before=as_anybody)) == 3
    finally:
        folder.chmod(0o755)
    assert files(out) == before


def test_a_file_where_the_folder_should_be(project: Path, tmp_path: Path) -> None:
    """It is told, and the file stays."""
    out = tmp_path / "out"
    out.mkdir()
    (out / NAME).write_text("mine", "utf-8")
    assert done(start(project, "--out", out)) == 2
    assert (out / NAME).read_text("utf-8") == "mine"
