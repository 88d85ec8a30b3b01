"""What other systems would trip over, as far as it can be seen on this one.

Text read or written in the system's own code page, output that a console cannot
show, calls that only POSIX has, line ends, and file systems that fold names.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.robust.hostile import ROOT

STRICT = ("-X", "warn_default_encoding", "-W", "always::EncodingWarning")
CODE_PAGES = ("cp932", "cp1252", "ascii", "euc_jp", "utf-16", "cp437")


def ran(
    *argv: object, root: Path = ROOT, python: tuple[str, ...] = (), **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    plain = {"BIRA_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "0"}
    call = "import sys; from layout.cli.main import main; sys.exit(main(sys.argv[2:], sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, *python, "-c", call, str(root), *map(str, argv)],
        cwd=ROOT,
        env={**os.environ, **plain, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    assert b"Traceback" not in done.stdout + done.stderr, done.stderr.decode("utf-8", "replace")
    warned = [line for line in done.stderr.split(b"\n") if b"EncodingWarning" in line]
    ours = str(ROOT / "layout").encode()
    assert not [line for line in warned if ours in line], warned
    return done


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of a leaflet, its styles, and the fonts."""
    shutil.copytree(ROOT / "leaflets" / "bosai-yube", tmp_path / "leaflets" / "bosai-yube")
    shutil.copytree(ROOT / "leaflets" / "styles", tmp_path / "leaflets" / "styles")
    try:
        (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    except OSError:
        shutil.copytree(ROOT / "fonts", tmp_path / "fonts")
    return tmp_path


def test_nothing_is_read_in_the_systems_own_code_page(project: Path) -> None:
    """Every command, with Python's warning about it; what packages do is their own affair."""
    out = project / "out"
    everything = "press,singles,a3,mono,two-inks,riso,plates,pack,web,html,text,png,vision,proof"
    for argv in (
        ("bosai-yube", "--only", everything, "--out", out),
        ("bosai-yube", "--stage", "初校", "--out", out),
        ("bosai-yube", "--editions", "all", "--only", "press", "--out", out),
        ("--list",),
        ("--help",),
        ("--version",),
        ("doctor",),
        ("new", "atarashii", "--yes"),
        ("completion", "bash"),
    ):
        done = ran(*argv, root=project, python=STRICT)
        assert done.returncode == 0, (argv, done.stderr.decode("utf-8", "replace"))
    (press,) = (out / "bosai-yube").glob("*-press.pdf")
    done = ran("check", press, "--report", out / "report.html", root=project, python=STRICT)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    wish = project / "wish.json"
    wish.write_text('{"bira-corrections": 1, "leaflet": "bosai-yube", "items": []}', "utf-8")
    assert ran("apply", wish, "--yes", root=project, python=STRICT).returncode == 0


@pytest.mark.parametrize("code_page", CODE_PAGES)
@pytest.mark.parametrize("argv", [("--help",), ("--list",), ("nanika",), ("bosai-yube", "--json")])
def test_a_console_of_any_code_page(tmp_path: Path, code_page: str, argv: tuple[str, ...]) -> None:
    """What it cannot show becomes a question mark; ``--json`` is never damaged."""
    import json

    out = ("--out", str(tmp_path), "--only", "press") if "--json" in argv else ()
    done = ran(*argv, *out, "--lang", "ja", PYTHONIOENCODING=code_page)
    assert done.returncode == (2 if argv == ("nanika",) else 0), done.stderr
    if "--json" in argv:
        assert (
            json.loads(done.stdout.decode(code_page))["leaflets"][0]["title"]
            == "ご近所の防災ゆうべ"
        )


def test_sources_of_windows_and_old_macs_give_the_same_file(project: Path, tmp_path: Path) -> None:
    source = project / "leaflets" / "bosai-yube" / "leaflet.yaml"
    text = source.read_text("utf-8")
    made = []
    for number, end in enumerate(("\n", "\r\n", "\r")):
        source.write_bytes(text.replace("\n", end).encode())
        out = tmp_path / f"out{number}"
        assert ran("bosai-yube", "--only", "press,text", "--out", out, root=project).returncode == 0
        made.append([path.read_bytes() for path in sorted((out / "bosai-yube").glob("bosai*"))])
    assert made[0] == made[1] == made[2]


def test_no_two_files_of_the_project_differ_in_case_alone() -> None:
    """Nor has one a name that Windows does not bear."""
    devices = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}
    seen: dict[str, Path] = {}
    for top in ("layout", "tests", "leaflets", "docs", "fonts", "benchmarks"):
        for path in (ROOT / top).rglob("*"):
            if "__pycache__" in path.parts:
                continue
            key = str(path.relative_to(ROOT)).casefold()
            assert key not in seen, (path, seen.get(key))
            seen[key] = path
            assert not set(path.name) & set('<>:"|?*\\') and not path.name.endswith((".", " "))
            assert path.name.split(".")[0].casefold() not in devices


POSIX_ONLY = {
    "resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "readline",
}  # fmt: skip
GUARDED = {"fork", "getuid", "geteuid", "chmod", "chown", "mkfifo", "killpg", "setsid", "statvfs",
           "sched_getaffinity", "O_DIRECTORY", "uname", "getpgid", "SIGKILL", "SIGALRM", "alarm"}  # fmt: skip


def test_what_only_posix_has_is_asked_for_before_it_is_used() -> None:
    """A file that uses such a call also asks whether it is there."""
    for file in (ROOT / "layout").rglob("*.py"):
        text = file.read_text("utf-8")
        for node in ast.walk(ast.parse(text)):
            names = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not POSIX_ONLY & set(names), (file, names)
            if isinstance(node, ast.Attribute) and node.attr in GUARDED:
                inside = isinstance(node.value, ast.Name) and node.value.id in ("os", "signal")
                assert not inside or f'hasattr({node.value.id}, "{node.attr}")' in text, (
                    file,
                    node.attr,
                )  # type: ignore[attr-defined]


def test_every_text_is_opened_with_its_encoding() -> None:
    """``open``, ``read_text`` and ``write_text`` without one read otherwise on Windows."""
    for file in [*(ROOT / "layout").rglob("*.py"), ROOT / "build.py"]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            given = {key.arg for key in node.keywords}
            if isinstance(node.func, ast.Attribute) and node.func.attr in (
                "read_text",
                "write_text",
            ):
                least = 1 if node.func.attr == "read_text" else 2
                assert "encoding" in given or len(node.args) >= least, (file, node.lineno)
            if isinstance(node.func, ast.Name) and node.func.id == "open":
                mode = node.args[1] if len(node.args) > 1 else None
                binary = isinstance(mode, ast.Constant) and "b" in str(mode.value)
                assert binary or "encoding" in given, (file, node.lineno)


def test_the_machines_that_try_every_push() -> None:
    """Three systems, every Python that is supported, and the look for known weaknesses."""
    import yaml

    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8"))["jobs"]
    matrix = jobs["systems"]["strategy"]["matrix"]
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert any("pip-audit" in step.get("run", "") for job in jobs.values() for step in job["steps"])
