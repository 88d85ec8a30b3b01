"""How long each group's own edition takes: ``--editions all`` of a leaflet with very many.

``python benchmarks/editions.py [leaflet] [--count N]``: every edition has a name, a
phone and a mail address of its own.  The press files are built as a user builds them,
judged and with ``--unchecked``, each time in a fresh process; the time of one edition
alone is taken off, and what is left is told for one edition and one processor.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from layout.cli.editions import processors  # noqa: E402

HEAD = "版,label,facts.name,facts.phone,facts.mail"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("leaflet", nargs="?", default="leaflet9")
    parser.add_argument("--count", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copytree(ROOT / "leaflets", work / "leaflets")
        leaflet = work / "leaflets" / asked.leaflet
        (leaflet / "editions.yaml").unlink(missing_ok=True)
        rows = [
            f"e{n:04},第{n}班,第{n}班の会,03-{n // 10000:04}-{n % 10000:04},m{n}@example.org"
            for n in range(asked.count)
        ]
        (leaflet / "editions.csv").write_text("\n".join((HEAD, *rows, "")), "utf-8")
        print("| press files | seconds | ms for an edition and processor |\n|---|---:|---:|")
        for unchecked in (False, True):
            one = took(leaflet, "e0000", unchecked, work)
            every = took(leaflet, "all", unchecked, work)
            each = (every - one) / (asked.count - 1) * min(processors(), asked.count) * 1000
            how = "unchecked" if unchecked else "judged"
            print(f"| {asked.count}, {how} | {every:.1f} | {each:.1f} |")
    return 0


def took(leaflet: Path, which: str, unchecked: bool, work: Path) -> float:
    """Seconds of a whole command."""
    command = [sys.executable, "build.py", str(leaflet), "--editions", which, "--only", "press"]
    command += ["-q", "--out", str(work / "out"), *(["--unchecked"] if unchecked else [])]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
