"""Leaflet 9's text set by others, run in turn with our own build: one table of ratios.

``python benchmarks/peers.py [--runs N]`` needs the extra ``bench``.  Every run is a
fresh process with the same fonts, none of the system's, and a paragraph that no run
had before.  Ours writes the press PDF: bleed, marks, QR codes, PDF/X-1a, and it is
judged before it is written; the others write a plain PDF of the same text on four A4
pages, justified, in two columns where we have two.  ``cold`` has an empty cache folder,
``cached`` the one that the runs before it filled.
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
_MIB = 1024 if sys.platform != "darwin" else 1024 * 1024

TYPST: Final = """\
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
"""
JTYPESET: Final = """\
import sys, jtypeset as ts
from pathlib import Path
fonts = ts.FontSet()
assert fonts.load_file(sys.argv[3] + "/NotoSerifJP_400Regular.ttf", "body")
face = ts.TextStyle(["body"], 14.5 * 0.25 * ts.MM)
face.language = "ja"
style = ts.ParagraphStyle()
style.align, style.line_pitch = ts.Align.JUSTIFY, 21.5 * 0.25 * ts.MM
style.spacing.kinsoku = ts.KinsokuLevel.STRICT
style.line_break.strategy = ts.LineBreakStrategy.KNUTH_PLASS
style.line_break.justify = True
pages = []
for part in Path(sys.argv[1]).read_text("utf-8").split("\\f"):
    flow = ts.Flow()
    for words in part.splitlines():
        paragraph = ts.Paragraph()
        paragraph.style = style
        paragraph.add_run(words, face, literal=True)
        flow.add_paragraph(paragraph)
    sequence = ts.PageSequence()
    master = sequence.master
    master.size = ts.Size(210 * ts.MM, 297 * ts.MM)
    master.margin = ts.Margins(14 * ts.MM, 10.75 * ts.MM, 14 * ts.MM, 10.75 * ts.MM)
    master.columns, master.column_gap = 2, 7 * ts.MM
    pages += ts.FlowLayouter(fonts).layout(flow, sequence)
written, warnings = ts.save_pdf(pages, sys.argv[2])
assert written, warnings
"""
HEAD: Final = """\
#set page("a4", margin: (x: 10.75mm, y: 14mm), columns: 2)
#set text(font: "Noto Serif JP", size: 14.5 * 0.25mm, lang: "ja")
#set par(justify: true, leading: 0.48em, first-line-indent: (amount: 1em, all: true))
"""
SPECIAL: Final = "\\#$*_`<>@[]=/-+~"

Prepare = Callable[[Path, int], list[str]]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=7)
    runs = max(parser.parse_args().runs, 1)
    peers: dict[str, Prepare] = {"Typst": typst, "jtypeset": jtypeset}
    there = {n: make for n, make in peers.items() if importlib.util.find_spec(n.casefold())}
    tools: dict[str, Prepare] = {"bira": ours} | there
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copytree(ROOT / "leaflets", work / "leaflets")
        times: dict[str, list[tuple[float, float]]] = {}
        for number in range(runs + 1):  # the first run of each warms the disk, and is left out
            for name, prepare in tools.items():
                for kind in ("cold", "cached") if name == "bira" else ("cold",):
                    cache = work / "cache"
                    if kind == "cold":
                        shutil.rmtree(cache, ignore_errors=True)
                    command = prepare(work, number * 2 + (kind == "cached"))
                    took = timed(command, cache)
                    if number:
                        times.setdefault(f"{name}, {kind}", []).append(took)
    print(table(times))
    return 0


def timed(command: list[str], cache: Path) -> tuple[float, float]:
    """Seconds and MiB (peak resident) of a fresh process."""
    environment = os.environ | {"BIRA_CACHE": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return took, used.ru_maxrss / _MIB


def ours(work: Path, number: int) -> list[str]:
    """The press file of leaflet 9 with a paragraph of its own."""
    file = work / "leaflets" / "leaflet9" / "leaflet.yaml"
    source = (ROOT / "leaflets" / "leaflet9" / "leaflet.yaml").read_text("utf-8")
    file.write_text(source.replace("利活用が進む", f"利活用が進む{number}", 1), "utf-8")
    out = str(work / "out")
    return [sys.executable, "build.py", str(file.parent), "--only", "press", "-q", "--out", out]


def typst(work: Path, number: int) -> list[str]:
    """The same text for Typst."""
    pages = [
        "\n\n".join("".join(f"\\{c}" if c in SPECIAL else c for c in each) for each in page)
        for page in paragraphs(number)
    ]
    file = work / "leaflet9.typ"
    file.write_text(HEAD + "\n\n#pagebreak()\n\n".join(pages), "utf-8")
    return [sys.executable, "-c", TYPST, str(file), str(work / "typst.pdf"), str(ROOT / "fonts")]


def jtypeset(work: Path, number: int) -> list[str]:
    """The same text for jtypeset."""
    file = work / "leaflet9.txt"
    file.write_text("\f".join("\n".join(page) for page in paragraphs(number)), "utf-8")
    made = str(work / "jtypeset.pdf")
    return [sys.executable, "-c", JTYPESET, str(file), made, str(ROOT / "fonts")]


def paragraphs(number: int) -> list[list[str]]:
    """Leaflet 9's paragraphs, page by page; one of them ends in the number of the run."""
    from layout.diagnostics import Reporter
    from layout.reading.paragraphs import source_paragraphs
    from layout.source.read import read_leaflet

    leaflet = read_leaflet(ROOT / "leaflets" / "leaflet9", Reporter())
    assert leaflet is not None
    pages: dict[int, list[str]] = {}
    for count, paragraph in enumerate(source_paragraphs(leaflet)):
        changed = str(number) if count == 8 else ""
        pages.setdefault(paragraph.page, []).append(paragraph.text + changed)
    return list(pages.values())


def table(times: dict[str, list[tuple[float, float]]]) -> str:
    """Medians, and the ratio of ours to each, pair by pair."""
    mine = [seconds for seconds, _ in times["bira, cold"]]
    lines = ["| run | wall s | peak MiB | bira, cold ÷ it |", "|---|---:|---:|---:|"]
    for name, runs in times.items():
        seconds = [each for each, _ in runs]
        ratio = median(a / b for a, b in zip(mine, seconds, strict=True))
        peak = median(each for _, each in runs)
        lines.append(f"| {name} | {median(seconds):.3f} | {peak:.0f} | {ratio:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
