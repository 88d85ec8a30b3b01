"""How time and memory grow with the text: whole builds of ever longer sources, and their exponents.

``python benchmarks/growth.py [--series NAME …] [--only OUTPUT …] [--sizes N …] [--runs N]``
builds each source in a fresh process with an empty cache folder and prints, for each
series, wall time, processor time and peak resident memory of every size, and the
exponent of each.  Of several runs the least counts: whatever else a machine does only
adds to it.  Processor time suffers less from that than wall time.

Series: ``leaflet`` is leaflet 9 so many times over, each copy on pages of its own;
``thread`` the same text flowing through one narrow column from page to page;
``plain``, ``latin`` (with Latin words and digits), ``ruby``, ``vertical`` and ``lines``
(a forced break every 40 characters) are a single paragraph of so many characters.

The exponent k is that of cost = start + c · (size − smallest)^k: the smallest source's
cost is taken off all others, as start-up, and a straight line laid through the
logarithms by least squares.  Cost that is truly linear gives 1 whatever the start-up
is.  Sizes that cost hardly more than the smallest (``_CLEAR``) are left out: of them the
difference is mostly what two runs of one build differ by.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from typing import Final, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
_MIB = 1024 if sys.platform != "darwin" else 1024 * 1024  # units of ru_maxrss in a MiB
_CLEAR: Final = 0.5  # a size counts that costs at least this share more than the smallest

COPIES: Final = (1, 3, 10, 30, 100)
CHARACTERS: Final = (1_000, 10_000, 30_000, 100_000, 200_000)
_PER_PAGE: Final = 800  # fewer characters than a page of the growing layout holds

BUILD: Final = """\
import sys
from layout.cli.main import main
sys.exit(main(sys.argv[2:], sys.argv[1]))
"""
STYLE: Final = """\
bira-style: 1
page: A4
expansion: even
colours:
  sumi: {{cmyk: [0, 0, 0, 100]}}
fonts:
  gothic: {{kanji: noto-sans-jp-500}}
text:
  body: {{font: gothic, size: 16Q, line: 26H, colour: sumi, align: justify, indent: 1字}}
blocks:
  slogan: {{text: body}}
layouts:
  nagare:
    writing: {writing}
    areas:
      hon: {{rect: [21mm, 20mm, 168mm, 255mm], text: body, thread: hon}}
"""
HEAD: Final = """\
bira: 1
title: growth
author: growth
date: 2026-01-01
style: growth
pages:
  - layout: nagare
    hon:
"""


class Cost(NamedTuple):
    """Seconds, seconds of the processor, and MiB (peak resident) of a whole process."""

    wall: float
    processor: float
    memory: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--series", nargs="+", choices=tuple(SERIES), default=tuple(SERIES))
    parser.add_argument("--only", nargs="+", default=["press"], help="outputs, built one by one")
    parser.add_argument("--sizes", nargs="+", type=int, help="copies, or characters")
    parser.add_argument("--runs", type=int, default=1, help="of each size; the least counts")
    asked = parser.parse_args()
    for name in asked.series:
        usual, write = SERIES[name]
        for output in asked.only:
            print(f"\n{name}, {output}\n")
            costs = measure(write, asked.sizes or usual, output, max(asked.runs, 1))
            print(table(costs))
    return 0


def measure(write: "Write", sizes: Sequence[int], output: str, runs: int) -> list[tuple[int, Cost]]:
    """What each size costs to build."""
    found = []
    for size in sorted(set(sizes)):
        with tempfile.TemporaryDirectory() as folder:
            source = write(Path(folder) / "leaflets", size)
            each = [timed(source, output, Path(folder) / f"run{number}") for number in range(runs)]
        found.append((size, Cost(*map(min, zip(*each, strict=True)))))
    return found


def timed(source: Path, output: str, work: Path) -> Cost:
    """One build in a fresh process; its output is looked at only if it fails."""
    options = ["--only", output, "-q", "--out", str(work / "out")]
    root = source.parent.parent.parent  # with style sheets of its own
    command = [sys.executable, "-c", BUILD, str(root), str(source), *options]
    environment = os.environ | {"BIRA_CACHE": str(work / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT, env=environment
        )
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read(4000).decode("utf-8", "replace")
            raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}\n{words}")
    return Cost(took, used.ru_utime + used.ru_stime, used.ru_maxrss / _MIB)


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float | None:
    """The exponent of growth beyond the first size; None if too few sizes tell."""
    least, start = sizes[0], costs[0]
    points = [
        (log(size - least), log(cost - start))
        for size, cost in zip(sizes[1:], costs[1:], strict=True)
        if cost > start * (1 + _CLEAR)
    ]
    if len(points) < 2:
        return None
    along, up = (sum(each) / len(points) for each in zip(*points, strict=True))
    spread = sum((x - along) ** 2 for x, _ in points)
    return float(sum((x - along) * (y - up) for x, y in points) / spread)


def table(costs: list[tuple[int, Cost]]) -> str:
    """The costs of every size and their exponents."""
    lines = ["|     size |  wall s |  CPU s  | peak MiB |"]
    lines.append("|---------:|--------:|--------:|---------:|")
    lines += [
        f"| {size:>8} | {c.wall:>7.2f} | {c.processor:>7.2f} | {c.memory:>8.0f} |"
        for size, c in costs
    ]
    sizes = [size for size, _ in costs]
    found = (exponent(sizes, each) for each in zip(*(cost for _, cost in costs), strict=True))
    wall, busy, peak = ("–" if each is None else f"{each:.2f}" for each in found)
    lines.append(f"| exponent | {wall:>7} | {busy:>7} | {peak:>8} |")
    return "\n".join(lines)


# --- sources ------------------------------------------------------------------------------


def copies(leaflets: Path, count: int) -> Path:
    """Leaflet 9 ``count`` times over in one source, every copy on its own pages."""
    source = (ROOT / "leaflets" / "leaflet9" / "leaflet.yaml").read_text("utf-8")
    head, pages = source.split("\npages:\n")
    figures = sorted((ROOT / "leaflets" / "leaflet9" / "figures").iterdir())
    style = (ROOT / "leaflets" / "styles" / "ai-shu.yaml").read_text("utf-8")
    file = written(leaflets, f"{head}\npages:\n" + (pages.rstrip("\n") + "\n") * count, style)
    (file.parent / "figures").mkdir()
    for figure in figures:
        (file.parent / "figures" / figure.name).write_bytes(figure.read_bytes())
    return file


def thread(leaflets: Path, count: int) -> Path:
    """The text of leaflet 9 ``count`` times over, paragraph by paragraph in one thread."""
    paragraphs = _paragraphs() * count
    blocks = "".join(f"      - text: |\n          {each}\n" for each in paragraphs)
    # The last line of each paragraph may be nearly empty.
    return _flowing(leaflets, blocks, sum(map(len, paragraphs)) + 30 * len(paragraphs))


def paragraph(kind: str, writing: str = "horizontal") -> "Write":
    """A maker of sources with one paragraph of ``size`` characters."""

    def write(leaflets: Path, size: int) -> Path:
        text, block = TEXTS[kind](size), "slogan" if kind == "lines" else "text"
        return _flowing(leaflets, f"      - {block}: |\n          {text}\n", size, writing)

    return write


def _flowing(leaflets: Path, blocks: str, size: int, writing: str = "horizontal") -> Path:
    pages = "  - layout: nagare\n" * (size // _PER_PAGE + 1)
    return written(leaflets, HEAD + blocks + pages, STYLE.format(writing=writing))


def written(leaflets: Path, source: str, style: str) -> Path:
    file = leaflets / "growth" / "leaflet.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(source, "utf-8")
    styles = leaflets / "styles"
    styles.mkdir()
    for name in ("growth", "ai-shu"):
        (styles / f"{name}.yaml").write_text(style, "utf-8")
    (leaflets.parent / "fonts").symlink_to(ROOT / "fonts", target_is_directory=True)
    return file


def _paragraphs() -> list[str]:
    """The running text of leaflet 9, without markup."""
    source = (ROOT / "leaflets" / "leaflet9" / "leaflet.yaml").read_text("utf-8")
    lines = (line for line in source.splitlines() if line.startswith(" " * 10))
    return [line.strip() for line in lines if line.endswith("。") and "{" not in line]


def _plain(size: int) -> str:
    text = "".join("".join(each for each in p if ord(each) > 0x2000) for p in _paragraphs())
    return (text * (size // len(text) + 1))[:size]


def _mixed(insertion: str, every: int) -> Callable[[int], str]:
    """Plain text with something put in again and again, as long as ``size`` altogether."""

    def text(size: int) -> str:
        count = size // (every + len(insertion)) + 1
        plain = _plain(count * every)
        parts = (plain[at : at + every] + insertion for at in range(0, len(plain), every))
        return "".join(parts)

    return text


Write = Callable[[Path, int], Path]
TEXTS: Final[dict[str, Callable[[int], str]]] = {
    "plain": _plain,
    "latin": _mixed("My Number Card 2021年3,200円(about 12.5%)の", 30),
    "ruby": _mixed("｜個人番号《こ・じん・ばん・ごう》と憲法《けんぽう》の｜詳《くわ》しい", 24),
    "lines": _mixed("\n          ", 40),
}
SERIES: Final[dict[str, tuple[tuple[int, ...], Write]]] = {
    "leaflet": (COPIES, copies),
    "thread": (COPIES, thread),
    "plain": (CHARACTERS, paragraph("plain")),
    "latin": (CHARACTERS, paragraph("latin")),
    "ruby": (CHARACTERS, paragraph("ruby")),
    "vertical": (CHARACTERS, paragraph("latin", "vertical")),
    "lines": (CHARACTERS, paragraph("lines")),
}


if __name__ == "__main__":
    sys.exit(main())
