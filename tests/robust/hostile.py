"""What tests of hostile input share: a leaflet of a few lines, and the program run upon it.

Every run is a process of its own with the command line, bounds of memory and time,
and a record of what it opened.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
WATCHED: Final = Path(__file__).with_name("watched.py")
MEGABYTES: Final = 1500
SECONDS: Final = 60
NO_BYTECODE: Final = {"PYTHONDONTWRITEBYTECODE": "1", "BIRA_CACHE": "off"}

HEAD: Final = """\
bira: 1
title: 試し
date: 2021-03-01
style: tiny
pages:
  - layout: plain
    body:
"""
"""Seven lines; the first block stands on line 8."""

Place = tuple[str, int, int]
"""The code of a finding, its line and its column."""


@dataclass(frozen=True)
class Ran:
    """How a run ended, what it said, and what it reached for."""

    code: int
    out: str
    err: str
    opened: frozenset[Path] = frozenset()
    network: tuple[str, ...] = ()
    started: tuple[str, ...] = ()

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def findings(self) -> list[dict[str, Any]]:
        return [found for each in self.data["leaflets"] for found in each["findings"]]

    def places(self, severity: str = "error") -> list[Place]:
        """Where the findings of that severity are."""
        return [
            (found["code"], found["line"], found["column"])
            for found in self.findings
            if found["severity"] == severity
        ]


def run(*argv: object, root: Path = ROOT, cwd: Path | None = None, **environment: str) -> Ran:
    """The program with these arguments; ``root`` is where its leaflets and fonts are."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        done = subprocess.run(
            [sys.executable, str(WATCHED), str(trace), str(root), str(MEGABYTES), str(SECONDS)]
            + [os.fspath(a) if isinstance(a, Path) else str(a) for a in argv],
            cwd=cwd or root,
            env={**os.environ, **NO_BYTECODE, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS * 4,
        )
        events = [json.loads(line) for line in trace.read_text("utf-8").splitlines()]
    out, err = (told.decode("utf-8", "surrogateescape") for told in (done.stdout, done.stderr))
    assert "Traceback" not in out + err, err
    opened = frozenset(Path(cwd or root, path) for what, path in events if what == "open")
    network = tuple(path for what, path in events if what == "network")
    started = tuple(path for what, path in events if what == "started")
    return Ran(done.returncode, out, err, opened, network, started)


@dataclass
class Project:
    """A folder of leaflets of one's own, with the styles of the goldens and the house's fonts."""

    root: Path
    name: str = "kari"
    last: dict[str, bytes] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.root / "leaflets" / self.name

    @property
    def source(self) -> Path:
        return self.folder / "leaflet.yaml"

    @property
    def out(self) -> Path:
        return self.root / "out"

    def write(self, text: str | bytes, name: str = "leaflet.yaml") -> Path:
        """A file of the leaflet."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def blocks(self, *blocks: str) -> Path:
        """The leaflet with these blocks, the first of them on line 8."""
        return self.write(
            HEAD + "".join(f"      {line}\n" for b in blocks for line in b.split("\n"))
        )

    def figure(self, path: str) -> Path:
        """A leaflet with one figure; its path stands on line 9, from column 18."""
        return self.blocks(f"- figure:\n    image: {path}\n    alt: 図")

    def build(self, *argv: object, only: str = "press", **environment: str) -> Ran:
        """Build it, and look whether it kept to its folders and off the network."""
        kinds = ("--only", only) if only else ()
        ran = run(self.name, *kinds, "--json", "--lang", "en", *argv, root=self.root, **environment)
        assert ran.network == () and ran.started == ()
        strangers = [path for path in ran.opened if not self._may_open(path)]
        assert strangers == [], strangers
        return ran

    def files(self) -> dict[str, bytes]:
        """All that was made, by name."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in self.out.rglob("*")
            if path.is_file()
        }

    def refused(
        self, *wanted: Place, exit: int = 1, only: str = "press", argv: tuple[object, ...] = ()
    ) -> Ran:
        """The build fails with exactly these errors, and leaves what was made before as it was."""
        before = self.files()
        ran = self.build(*argv, only=only)
        assert (ran.code, sorted(ran.places())) == (exit, sorted(wanted)), ran.err
        assert self.files() == before
        return ran

    def built(self, *warnings: Place, only: str = "press") -> Path:
        """The build succeeds with exactly these warnings; the press file."""
        ran = self.build(only=only)
        assert (ran.code, ran.places()) == (0, []), ran.err
        assert sorted(ran.places("warning")) == sorted(warnings)
        return self.out / self.name / f"{self.name}-press.pdf"

    def _may_open(self, path: Path) -> bool:
        """Its own folder, the program, Python, and what the system keeps for everybody."""
        real = Path(os.path.realpath(path))
        ours = (self.folder, self.root / "leaflets" / "styles", self.root / "fonts", self.out)
        theirs = (ROOT / "layout", ROOT / "fonts", ROOT / "build.py", sys.prefix, sys.base_prefix)
        named = {self.root / "bira.yaml", self.root / "profiles"}
        return real in named or any(
            real.is_relative_to(os.path.realpath(each)) for each in (*ours, *theirs)
        )
