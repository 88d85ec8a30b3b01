"""How long a whole build takes, where the time goes, and how much memory it needs.

``python benchmarks/run.py [leaflet] [--runs N]`` builds the leaflet (leaflet9)
again and again and prints one table; files go to a folder that is removed.
``whole`` is the command a user types, in a fresh process.  ``cold`` stages are
the first build of a fresh process, loading what they need; ``warm`` ones are
the builds after it, with rules, fonts and models already there, as in a
preview that builds at each save.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
STAGES = ("import", "read", "style", "compose", "paint", "write")
WARM_BUILDS = 5
_MIB = 1024 if sys.platform != "darwin" else 1024 * 1024  # units of ru_maxrss in a MiB


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("leaflet", nargs="?", default="leaflet9")
    parser.add_argument("--runs", type=int, default=7, help="fresh processes of each kind")
    parser.add_argument("--stages", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stages:
        print(json.dumps(time_stages(asked.leaflet)))
        return 0
    runs = max(asked.runs, 1)
    whole = [time_command(asked.leaflet) for _ in range(runs)]
    stages = [stages_of_a_fresh_process(asked.leaflet) for _ in range(runs)]
    print(table(whole, stages))
    return 0


def time_command(leaflet: str) -> tuple[float, float]:
    """Seconds and MiB (peak resident) of ``build.py`` in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "build.py", leaflet, "--only", "press", "--out", folder]
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return took, used.ru_maxrss / _MIB


def stages_of_a_fresh_process(leaflet: str) -> list[dict[str, float]]:
    """The builds of one fresh process: the first is cold, the others are warm."""
    command = [sys.executable, __file__, leaflet, "--stages"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    builds: list[dict[str, float]] = json.loads(done.stdout)
    return builds


def time_stages(leaflet: str) -> list[dict[str, float]]:
    """Seconds of each stage of several builds in this process."""
    start = time.perf_counter()
    sys.path.insert(0, str(ROOT))
    from layout.diagnostics import Reporter
    from layout.pipeline import Places, build

    imported = time.perf_counter() - start
    places = Places(ROOT / "fonts", ROOT / "leaflets" / "styles")
    file = ROOT / "leaflets" / leaflet / "leaflet.yaml"
    builds = []
    begun: list[tuple[str, float]] = []

    def begin(stage: str) -> None:
        begun.append((stage, time.perf_counter()))

    for number in range(1 + WARM_BUILDS):
        begun.clear()
        built = build(file, places, Reporter(), begin)
        begin("end")
        if built.press is None:
            raise SystemExit(f"{leaflet} cannot be built")
        took = {stage: then - at for (stage, at), (_, then) in pairwise(begun)}
        builds.append({"import": 0.0 if number else imported, **took})
    return builds


def table(whole: list[tuple[float, float]], stages: list[list[dict[str, float]]]) -> str:
    """One table of medians, in milliseconds."""
    cold = [builds[0] for builds in stages]
    warm = [build for builds in stages for build in builds[1:]]
    names = [*STAGES, *(name for name in cold[0] if name not in STAGES)]
    rows = [("stage", "cold ms", "warm ms")]
    for name in names:
        first, later = ([b.get(name, 0.0) for b in kind] for kind in (cold, warm))
        rows.append((name, _ms(first), _ms(later)))
    first, later = ([sum(b.values()) for b in kind] for kind in (cold, warm))
    rows.append(("all stages", _ms(first), _ms(later)))
    seconds = [took for took, _ in whole]
    rows.append(("whole command", _ms(seconds), "–"))
    rows.append(("fastest", _ms([min(seconds)]), "–"))
    rows.append(("peak memory", f"{median(m for _, m in whole):.0f} MiB", "–"))
    lines = [f"| {name:<13} | {left:>8} | {right:>8} |" for name, left, right in rows]
    lines.insert(1, f"|{'-' * 15}|{'-' * 9}:|{'-' * 9}:|")
    return "\n".join(lines)


def _ms(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.0f}"


if __name__ == "__main__":
    sys.exit(main())
