"""Whatever happens to a build, the last good output stays, and no litter does.

The builds are programs of their own, killed at moments that go evenly through
their lives.  ``BIRA_KILLS`` says how many; the project's record was made with 300.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

KILLS = int(os.environ.get("BIRA_KILLS", "12"))
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of this kind are POSIX")


def start(root: Path, *argv: object, **environment: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, str(root / "build.py"), *map(str, argv)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "BIRA_CACHE": "off", **environment},
    )


def done(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    _, said = process.communicate(timeout=120)
    assert b"Traceback" not in said
    return process.returncode, said.decode("utf-8", "replace")


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def is_whole(file: Path) -> bool:
    with pikepdf.open(file) as pdf:
        return pdf.check_pdf_syntax() == [] and len(pdf.pages) == 2


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Iterator[Path]:
    """A small leaflet that may be spoilt, in a folder of its own."""
    copy = tmp_path / "leaflets" / "bosai-yube"
    shutil.copytree(root / "leaflets" / "bosai-yube", copy)
    shutil.copytree(root / "leaflets" / "styles", tmp_path / "leaflets" / "styles")
    yield copy


def build_argv(project: Path, out: Path) -> tuple[object, ...]:
    return (project, "--only", "press", "--out", out, "-q")


@POSIX
def test_killed_at_any_moment(root: Path, project: Path, tmp_path: Path) -> None:
    """A killed build leaves the old file or the new one, and the next build leaves nothing else."""
    out = tmp_path / "out"
    began = time.perf_counter()
    assert done(start(root, *build_argv(project, out)))[0] == 0
    life = time.perf_counter() - began
    made = out / "bosai-yube" / "bosai-yube-press.pdf"
    expected = files(out)
    source = project / "leaflet.yaml"
    text = source.read_text("utf-8")
    for number in range(KILLS):
        # Every build is of another text, so that old and new files can be told apart.
        source.write_text(text + f"# {number}\n", encoding="utf-8")
        process = start(root, *build_argv(project, out))
        time.sleep(life * (number + 0.5) / KILLS)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert is_whole(made)
    assert done(start(root, *build_argv(project, out)))[0] == 0
    assert files(out) == expected


@POSIX
def test_stopped_by_the_keyboard_at_any_moment(root: Path, project: Path, tmp_path: Path) -> None:
    """Ctrl-C ends a build politely: no traceback, nothing half-written, no litter at once."""
    out = tmp_path / "out"
    assert done(start(root, *build_argv(project, out)))[0] == 0
    expected = files(out)
    for number in range(6):
        process = start(root, *build_argv(project, out))
        time.sleep(0.15 + number * 0.07)
        process.send_signal(signal.SIGINT)
        code, said = done(process)
        assert code in (0, 130), said
        assert files(out) == expected
        assert is_whole(out / "bosai-yube" / "bosai-yube-press.pdf")


@POSIX
def test_a_full_disk(root: Path, project: Path, tmp_path: Path) -> None:
    """No file may grow beyond some bytes: what was there stays, and the message says why."""
    import resource

    out = tmp_path / "out"
    assert done(start(root, *build_argv(project, out)))[0] == 0
    made = out / "bosai-yube" / "bosai-yube-press.pdf"
    before, expected = made.read_bytes(), files(out)

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    process = subprocess.Popen(
        [sys.executable, str(root / "build.py"), *map(str, build_argv(project, out))],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=small_disk,
        env={**os.environ, "BIRA_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    code, said = done(process)
    assert code == 3 and str(made) in said
    assert made.read_bytes() == before and files(out) == expected


def test_two_builds_at_once(root: Path, project: Path, tmp_path: Path) -> None:
    """They do not disturb each other: both succeed, and one whole file stands there."""
    out = tmp_path / "out"
    both = [start(root, *build_argv(project, out)) for _ in range(2)]
    assert [done(each)[0] for each in both] == [0, 0]
    assert is_whole(out / "bosai-yube" / "bosai-yube-press.pdf")
    assert not [name for name in files(out) if name.endswith((".tmp", ".old"))]


def test_a_spoilt_cache_heals(root: Path, tmp_path: Path) -> None:
    """Whatever lies in the cache, the output is the same, and the cache is whole again."""
    cache, made = tmp_path / "cache", []
    for number in range(3):
        out = tmp_path / f"out{number}"
        argv = ("specimen", "--only", "press", "--out", out, "-q")
        assert done(start(root, *argv, BIRA_CACHE=str(cache)))[0] == 0
        made.append((out / "specimen" / "specimen-press.pdf").read_bytes())
        for kept in cache.rglob("*"):
            if kept.is_file():
                kept.write_bytes(kept.read_bytes()[:-7] if number else b"\x00" * 100)
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"LC_ALL": "C", "LANG": "C"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Los_Angeles", "PYTHONUTF8": "0"},
        {"SOURCE_DATE_EPOCH": "1"},
        {"PYTHONOPTIMIZE": "1"},
    ],
    ids=lambda environment: ",".join(environment.values()),
)
def test_the_same_bytes_wherever_it_is_built(
    root: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    argv = ("bosai-yube", "--only", "press", "-q", "--out")
    assert done(start(root, *argv, tmp_path / "one"))[0] == 0
    assert done(start(root, *argv, tmp_path / "other", **environment))[0] == 0
    name = "bosai-yube/bosai-yube-press.pdf"
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
