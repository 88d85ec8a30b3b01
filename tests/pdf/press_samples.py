"""Display lists made by hand for the tests of the press backend."""

from functools import cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb  # type: ignore[import-untyped,unused-ignore]

from layout.diagnostics import NOWHERE
from layout.display.model import (
    Colour,
    DisplayItem,
    DisplayList,
    DisplayPage,
    GlyphRun,
    Segment,
    Shape,
    Stroke,
)
from layout.font.face import FontFace
from layout.geometry import Point
from layout.units import NM_PER_MM, NM_PER_Q, Length

FONTS = Path(__file__).resolve().parents[2] / "fonts"
BLACK = Colour("black", (0, 0, 0, 100))
WHITE = Colour("white", (0, 0, 0, 0))
RED = Colour("red", (0, 100, 100, 0))

SERIF = FontFace(
    "noto-serif-jp-400",
    str(FONTS / "NotoSerifJP_400Regular.ttf"),
    "NotoSerifJP-Regular",
    1000,
    880,
    -120,
)
SANS = FontFace(
    "noto-sans-jp-700", str(FONTS / "NotoSansJP_700Bold.ttf"), "NotoSansJP-Bold", 1000, 880, -120
)


@cache
def hb_font(path: str) -> Any:
    return hb.Font(hb.Face(hb.Blob.from_file_path(path)))


def run(
    text: str,
    x: Length,
    y: Length,
    *,
    face: FontFace = SERIF,
    size: Length = 13 * NM_PER_Q,
    colour: Colour = BLACK,
    vertical: bool = False,
    turned: bool = False,
    spacing: Length = 0,
    shifts: tuple[tuple[Length, Length], ...] = (),
) -> GlyphRun:
    """``text`` shaped by HarfBuzz at ``x``, ``y`` (nanometres)."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "ttb" if vertical else "ltr"
    buffer.script, buffer.language = "Hani", "ja"
    hb.shape(hb_font(face.path), buffer, {"kern": False})
    clusters = [info.cluster for info in buffer.glyph_infos]
    ends = [*clusters[1:], len(text)]
    texts = [text[start:end] for start, end in zip(clusters, ends, strict=True)]
    steps = [
        -position.y_advance if vertical else position.x_advance
        for position in buffer.glyph_positions
    ]
    return GlyphRun(
        face=face,
        size=size,
        origin=Point(x, y),
        gids=tuple(info.codepoint for info in buffer.glyph_infos),
        advances=tuple(round(step * size / face.units_per_em) + spacing for step in steps),
        texts=tuple(texts),
        colour=colour,
        span=NOWHERE,
        role="P",
        shifts=shifts,
        vertical=vertical,
        turned=turned,
    )


def rectangle(x: Length, y: Length, width: Length, height: Length) -> tuple[Segment, ...]:
    return (
        ("M", (x, y)),
        ("L", (x + width, y)),
        ("L", (x + width, y + height)),
        ("L", (x, y + height)),
        ("Z", ()),
    )


def box(
    x: Length, y: Length, width: Length, height: Length, fill: Colour, stroke: Stroke | None = None
) -> Shape:
    return Shape(rectangle(x, y, width, height), fill, stroke, NOWHERE)


def leaflet(
    *items: DisplayItem,
    width: Length = 210 * NM_PER_MM,
    height: Length = 297 * NM_PER_MM,
    title: str = "街宣のお知らせ",
    date: str = "2025-09-01",
) -> DisplayList:
    page = DisplayPage(width, height, items)
    return DisplayList((page,), title, "著者", date, "ja")
