"""Pages as people with other colour vision see them, side by side (カラーユニバーサルデザイン)."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.house.screen import screen_text
from layout.preflight.legible.colours import Vision, visions

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFilter import Color3DLUT

_NODES: Final = 33  # of the table along each axis; between them colours are interpolated
_GAP: Final = 24
_TITLE: Final = 44
_GROUND: Final = (236, 236, 236)
_INK: Final = (40, 40, 40)


def vision_sheet(page: "Image", language: str, font: Path | None) -> "Image":
    """Four views of a page: as it is, and as each type of colour vision sees it."""
    from PIL import Image, ImageDraw, ImageFont

    japanese = language.lower().startswith("ja")
    views: list[tuple[str, Image.Image]] = [(screen_text("vision-as-is", language), page)]
    for vision in visions():
        views.append((vision.ja if japanese else vision.en, page.filter(_table(vision))))
    wide = len(views) * page.width + (len(views) + 1) * _GAP
    sheet = Image.new("RGB", (wide, page.height + _TITLE + 2 * _GAP), _GROUND)
    draw = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(font), 22) if font else ImageFont.load_default(22)
    for number, (title, view) in enumerate(views):
        at = _GAP + number * (page.width + _GAP)
        draw.text((at, _GAP - 4), title, fill=_INK, font=face)
        sheet.paste(view, (at, _GAP + _TITLE))
    return sheet


@cache
def _table(vision: Vision) -> "Color3DLUT":
    from PIL.ImageFilter import Color3DLUT

    def seen(red: float, green: float, blue: float) -> tuple[float, float, float]:
        shown = vision.sees((round(red * 255), round(green * 255), round(blue * 255)))
        return shown[0] / 255, shown[1] / 255, shown[2] / 255

    made: Callable[..., Color3DLUT] = Color3DLUT.generate
    return made(_NODES, seen)
