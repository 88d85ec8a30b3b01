"""Builds the small leaflets of the suite: the only module here that calls the engine."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from layout.diagnostics import Reporter
from layout.pipeline import Places, build

FONTS = Path(__file__).parents[2] / "fonts"
EM = 4.0  # mm: 16Q, the size of all text here
PITCH = 7.0
LARGE = 1.5  # what is emphasised (``**``) is so many times as large
PAGE = 900.0  # mm, a large square sheet
MARGIN = 10.0


@dataclass(frozen=True)
class Sheet:
    """One page of paragraphs that share a measure (in ems)."""

    paragraphs: Sequence[str]
    measure: float
    columns: int = 1
    gap: float = 2.0
    grid: bool = False
    block: float = PAGE - 2 * MARGIN
    blocks: Sequence[dict[str, object]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Options:
    """What a style sheet chooses."""

    mode: str = "horizontal"
    align: str = "justify"
    reduction: str = "jlreq"
    expansion: str = "jlreq"
    kinsoku: str = "strict"
    hanging: bool = False
    ruby_edge: str = "base"


class BuildError(Exception):
    """The engine refused a leaflet of the suite."""


def press(sheets: Sequence[Sheet], options: Options) -> bytes:
    """The finished PDF; every sheet is one page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "styles").mkdir()
        (folder / "leaflet").mkdir()
        style = folder / "styles" / "suite.yaml"
        style.write_text(json.dumps(_style(sheets, options), ensure_ascii=False), "utf-8")
        leaflet = folder / "leaflet" / "leaflet.yaml"
        leaflet.write_text(_leaflet(sheets), "utf-8")
        reporter = Reporter()
        built = build(leaflet, Places(FONTS, folder / "styles"), reporter)
        if built.press is None:
            found = [f"{d.code} {d.span.line}: {dict(d.values)}" for d in reporter]
            raise BuildError("\n".join(found[:20]))
        return built.press


def _style(sheets: Sequence[Sheet], options: Options) -> dict[str, object]:
    text = {"font": "mincho", "size": f"{EM}mm", "line": f"{PITCH}mm", "colour": "sumi"}
    return {
        "bira-style": 1,
        "page": {"width": f"{PAGE}mm", "height": f"{PAGE}mm"},
        "reduction": options.reduction,
        "expansion": options.expansion,
        "kinsoku": options.kinsoku,
        "hanging": options.hanging,
        "colours": {"sumi": {"cmyk": [0, 0, 0, 100]}},
        "fonts": {
            "mincho": {"kanji": "noto-serif-jp-400"},
            "large": {"kanji": {"face": "noto-serif-jp-400", "size": 100 * LARGE}},
        },
        "text": {
            "body": {
                **text,
                "align": options.align,
                "indent": "0mm",
                "strong-font": "large",
                "ruby-edge": options.ruby_edge,
            }
        },
        "blocks": {"heading": {"text": "body", "lines": 3}},
        "layouts": {f"p{i}": _layout(sheet, options) for i, sheet in enumerate(sheets)},
    }


def _layout(sheet: Sheet, options: Options) -> dict[str, object]:
    inline = f"{sheet.measure * EM:.6f}"
    if sheet.columns > 1:
        inline = f"{(sheet.measure * sheet.columns + sheet.gap * (sheet.columns - 1)) * EM:.6f}"
    block = sheet.block
    rect = [MARGIN, MARGIN, inline, block]
    if options.mode == "vertical":
        rect = [MARGIN, MARGIN, block, inline]
    area = {
        "rect": [f"{side}mm" for side in rect],
        "text": "body",
        "grid": sheet.grid,
        "writing": options.mode,
        "columns": sheet.columns,
        "gap": f"{sheet.gap * EM}mm",
    }
    return {"areas": {"body": area}}


def _leaflet(sheets: Sequence[Sheet]) -> str:
    lines = ["bira: 1", "title: 検査", "date: 2021-03-01", "style: suite", "pages:"]
    for number, sheet in enumerate(sheets):
        lines += [f"  - layout: p{number}", "    body:"]
        for block in sheet.blocks:
            lines.append(f"      - {json.dumps(block, ensure_ascii=False)}")
        if sheet.paragraphs:
            lines.append("      - text: |")
            for paragraph in sheet.paragraphs:
                lines += [f"          {paragraph}", ""]
    return "\n".join(lines) + "\n"
