"""The sound press file that the broken ones are made of, built by the program itself."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from PIL import Image

from layout.diagnostics import Reporter, Severity
from layout.pipeline import Places, build

HERE = Path(__file__).parent
FONTS = HERE.parents[1] / "fonts"

MM = 72 / 25.4
WIDE, HIGH = 120.0, 170.0  # the trimmed page, mm
BLEED, MARGIN = 3.0, 13.0
PAGES = 2
ADDRESS = "https://asaichi.example.jp/"
CODE_AT = (89.1, 14.4, 17.3, 17.3)  # on page 2


@cache
def base(shop: str = "x1a") -> bytes:
    """The press file for a shop's profile; building it may not give a single warning.

    Both pages are empty from 115 mm downwards, for faults to stand in.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "asaichi"
        shutil.copytree(HERE / "base", folder)
        _draw_pictures(folder / "figures")
        reporter = Reporter()
        built = build(folder / "leaflet.yaml", Places(FONTS, folder), reporter, shop=shop)
    assert [found for found in reporter if found.severity > Severity.NOTE] == []
    assert built.press is not None
    return built.press


def _draw_pictures(folder: Path) -> None:
    """A picture in RGB at 365 ppi and one in gray at 346 ppi, as they will be placed."""
    folder.mkdir()
    down = Image.linear_gradient("L")
    across = down.rotate(90)
    bands = [
        across.point([60 + v // 2 for v in range(256)]),
        down.point([90 + v // 3 for v in range(256)]),
        down.point([230 - v // 2 for v in range(256)]),
    ]
    Image.merge("RGB", bands).resize((1400, 560)).save(folder / "ichi.png")
    down.point([40 + v * 2 // 3 for v in range(256)]).resize((840, 420)).save(folder / "kawa.png")
