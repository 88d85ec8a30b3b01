"""Figures, deviations, the baseline and the page of the documentation."""

import json
from collections.abc import Iterable
from pathlib import Path

from tests.conformance.judge import Finding

BASELINE = Path(__file__).parent / "baseline.json"
PAGE = Path(__file__).parents[2] / "docs" / "conformance" / "jlreq.md"
TITLES = {
    "spacing": "Table 1: space between characters, mid-line",
    "mathematics": "Mathematics (cl-17, cl-18), set like cl-19",
    "end": "Table 1, line end: with its space, and solid",
    "break": "Table 2: break opportunities, line heads, measure",
    "reduction table 3": "Table 3: order and limits of reduction (default)",
    "reduction table 4": "Table 4: reduction, JIS X 4051 (`reduction: jisx4051`)",
    "reduction table 5": "Table 5: reduction, books (`reduction: book`)",
    "expansion table 6": "Table 6: order and limits of expansion",
    "overhang": "Table 1, hang: ruby overhang",
    "kinsoku strict": "Kinsoku: what may begin a line (`kinsoku: strict`, default)",
    "kinsoku normal": "Kinsoku `normal`: small kana may (table 2, note 3)",
    "kinsoku loose": "Kinsoku `loose`: iteration marks and ー may as well (notes 1, 2)",
    "hanging": "Hanging punctuation (`hanging: true`)",
    "sizes": "Table 1 between sizes: measured by the character it belongs to",
    "edge base": "Long ruby at line heads and ends (`ruby-edge: base`, default)",
    "edge reading": "Long ruby at line heads and ends (`ruby-edge: reading`)",
    "centred": "Long ruby over the middle of its character (3.3.5)",
    "kept": "Space under ruby in lines that are closed (3.3.8)",
    "warichu": "Warichu: rows, order, breaks (3.4)",
    "grid": "Lines of three columns on one grid (0.01 mm)",
    "measure": "Justified lines end on the measure (0.01 mm)",
    "orientation": "UAX #50: orientation in vertical lines",
}
BESIDE = "## Beside other tools"
OPTIONAL = (
    "reduction table 4", "reduction table 5", "kinsoku normal", "kinsoku loose", "hanging",
    "edge reading",
)  # fmt: skip
REASONS: tuple[tuple[str, str], ...] = ()
"""Parts of names, and why what they name deviates."""


def figures(findings: Iterable[Finding]) -> dict[str, dict[str, tuple[int, int]]]:
    """Conforming and judged places by table and mode."""
    out: dict[str, dict[str, tuple[int, int]]] = {}
    for finding in findings:
        row = out.setdefault(finding.table, {})
        mode = finding.mode.split()[0]
        good, count = row.get(mode, (0, 0))
        row[mode] = (good + (not finding.detail), count + 1)
    return out


def reason(finding: Finding) -> str:
    """Why a deviation stands."""
    found = next((why for name, why in REASONS if name in finding.name), "")
    if not found and finding.table in OPTIONAL:
        return "the style's choice does not reach the engine: reduced by table 3"
    return found or "open"


def text(findings: list[Finding]) -> str:
    """The report as it is printed."""
    out = []
    for table, modes in figures(findings).items():
        row = "  ".join(f"{mode} {good} of {count}" for mode, (good, count) in modes.items())
        out.append(f"{TITLES[table]}: {row}")
    default = [f for f in findings if f.table not in OPTIONAL]
    good = sum(not f.detail for f in default)
    out.append(f"default options: {good} of {len(default)} conforming")
    rest = [f for f in findings if f.detail]
    out += [f"  {f.key}: {f.detail} ({reason(f)})" for f in rest]
    return "\n".join(out)


def write_baseline(findings: list[Finding]) -> None:
    """Commit to what conforms now."""
    table = {
        "conforming": {
            f"{name} {mode}": good
            for name, modes in figures(findings).items()
            for mode, (good, _) in modes.items()
        },
        "deviations": sorted(f.key for f in findings if f.detail),
    }
    BASELINE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_page(findings: list[Finding]) -> None:
    """docs/conformance/jlreq.md."""
    rows = ["| What is judged | Horizontal | Vertical |", "|---|---|---|"]
    for table, modes in figures(findings).items():
        cells = (modes.get(mode) for mode in ("horizontal", "vertical"))
        shown = [f"{cell[0]} of {cell[1]}" if cell else "–" for cell in cells]
        rows.append(f"| {TITLES[table]} | {shown[0]} | {shown[1]} |")
    default = [f for f in findings if f.table not in OPTIONAL]
    good = sum(not f.detail for f in default)
    parts = [
        _HEAD,
        "\n".join(rows),
        f"Under the default options **{good} of {len(default)}** places conform.",
        "## Deviations\n",
        _deviations(findings),
        _TAIL,
    ]
    if beside := _beside():
        parts.append(beside)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n\n".join(part.strip("\n") for part in parts) + "\n", "utf-8")


def _beside() -> str:
    """The section about other tools as the page has it: it is the last, and written apart."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else ""
    return BESIDE + page.partition(BESIDE)[2] if BESIDE in page else ""


def write_section(section: str) -> None:
    """Replace the section about other tools."""
    page = PAGE.read_text("utf-8").partition(BESIDE)[0]
    PAGE.write_text(f"{page.rstrip()}\n\n{section}\n", "utf-8")


def _deviations(findings: list[Finding]) -> str:
    by_reason: dict[str, list[str]] = {}
    for finding in findings:
        if finding.detail:
            by_reason.setdefault(reason(finding), []).append(finding.key)
    out = []
    for why, keys in by_reason.items():
        named = "; ".join(keys[:8]) + (f"; … ({len(keys)} in all)" if len(keys) > 8 else "")
        out.append(f"- {why}: {named}")
    return "\n".join(out) or "None."


_HEAD = """# Conformance with JLREQ and UAX #50

Written by `python -m tests.conformance --write`. Small leaflets are built through the public
pipeline, and the finished PDFs are judged by the positions of their glyphs, read with MuPDF.
The judge takes its expectations from the tables of JLREQ (`tests/data/jlreq`) and from Unicode's
Vertical_Orientation, and shares no code with the engine. Tolerance: 0.01 mm."""
_TAIL = """
Pairs that cannot be typed are left out: a unit symbol (cl-25) exists only behind a number, letters
and digits that touch are one word, and runs of spaces do not occur in running text.

## How notes are read

- Notes 6, 7, 8 and 13 of table 2 forbid breaks inside one complex; two complexes are two.
- A word space and what stands at its sides are one gap: a third of an em, a quarter to a half,
  with one share of what is spread evenly.
- Where table 1 says *hang*, a reading may reach over the space there, or by one ruby character
  over a body set solid. Simple ruby has to use it; jukugo ruby and the cells with notes may.
- Note 3 of tables 3 and 4 (、・): the middle dot's quarter first, then the comma's half.
- cl-20 is the mark of a note, cl-21 a letter with a superscript. cl-28 and cl-29 are the brackets
  around a warichu; what stands between them, a row of one character over another, gives nothing.
- Long readings over one character stand over its middle wherever the line leaves them room
  (3.3.5). At a line's head and end JLREQ leaves open what is flush (3.3.8): both are judged.
- Mixed sizes: `be` is measured by the character before, `af` by the one behind; a middle dot's
  quarter em (notes 3 and 5) is the dot's own.
- JLREQ gives no names to levels of kinsoku: `normal` permits what note 3 does, `loose` notes 1 to 3.
- A line-end space is kept whole or dropped whole; both are judged.
- Tu and Tr are judged by the outline in the embedded font; R lies by its matrix, or has a vertical
  glyph whose sides are exchanged."""
