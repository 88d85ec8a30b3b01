"""How long a one-character edit takes in a running preview, from the saved file to its pictures.

``python benchmarks/live.py [leaflet] [--runs N]``: a copy of the leaflet is changed in
a paragraph again and again, each time otherwise, so that nothing answers for the build.
``build`` reads, styles, composes and paints, ``press`` writes the press PDF of it,
``pictures`` are the pages for the browser, ``places`` where each line is in the source.
"""

import argparse
import shutil
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from layout.cli.previewing import told  # noqa: E402
from layout.live.session import Session  # noqa: E402
from layout.live.view import Viewer  # noqa: E402
from layout.pipeline import Places  # noqa: E402

STEPS = ("build", "press", "pictures", "places")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("leaflet", nargs="?", default="leaflet9")
    parser.add_argument("--runs", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        leaflets = Path(folder) / "leaflets"
        shutil.copytree(ROOT / "leaflets", leaflets)
        file = leaflets / asked.leaflet / "leaflet.yaml"
        places = Places(ROOT / "fonts", leaflets / "styles", ROOT / "profiles")
        times = measure(file, places, asked.runs)
    print(f"{asked.leaflet}: one character changed, median of {asked.runs} edits in ms")
    for step in STEPS:
        values = [each[step] * 1000 for each in times]
        print(f"  {step:9} {median(values):6.1f}   ({min(values):.1f} to {max(values):.1f})")
    return 0


def measure(file: Path, places: Places, runs: int) -> list[dict[str, float]]:
    """The times of each edit after the first build."""
    session, viewer = Session(file, places), Viewer(told)
    timed(session, viewer)
    found = []
    for number in range(runs):
        edit(file, number)
        found.append(timed(session, viewer))
    return found


def edit(file: Path, number: int) -> None:
    """Change one character in the middle of the longest line, each time to another one."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = max(range(len(lines)), key=lambda index: len(lines[index]))
    line, middle = lines[at], len(lines[at]) // 2
    lines[at] = line[:middle] + chr(0x4E00 + number) + line[middle + 1 :]
    file.write_text("".join(lines), "utf-8")


def timed(session: Session, viewer: Viewer) -> dict[str, float]:
    """Seconds of each step of one build."""
    marks = [perf_counter()]
    shot = session.build()
    marks.append(perf_counter())
    session.press(shot)
    marks.append(perf_counter())
    viewer.pictures(shot)
    marks.append(perf_counter())
    viewer.places(shot)
    marks.append(perf_counter())
    return dict(zip(STEPS, (b - a for a, b in pairwise(marks)), strict=True))


if __name__ == "__main__":
    sys.exit(main())
