"""``python build.py …`` as people run it: a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """What a run said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def leaflet(self) -> Any:
        (built,) = self.json["leaflets"]
        return built


def bira(*argv: object, cwd: Path = ROOT, python: tuple[str, ...] = (), **env: str) -> Said:
    """Run the program, in English unless said otherwise."""
    words = [str(word) for word in argv]
    lang = () if "--lang" in words else ("--lang", "en")
    done = subprocess.run(
        [sys.executable, *python, str(ROOT / "build.py"), *words, *lang],
        cwd=cwd,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def files_below(folder: Path) -> list[str]:
    """All files but the memory of the build."""
    below = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(name for name in below if not name.endswith(".bira/places.json"))


def change(file: Path, old: str, new: str) -> None:
    """Change a source as a person would."""
    source = file.read_text(encoding="utf-8")
    assert old in source
    file.write_text(source.replace(old, new, 1), encoding="utf-8")
