"""Pages of a finished PDF as sRGB pictures, cut at the trim, and parts of them."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final, Protocol

from layout.house.profile import Profile
from layout.source.web_model import WebImage

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_WIDTH: Final = 1240
"""Pixels: A4 at 150 dpi."""

IMAGES: Final = (
    WebImage("square", width=1080, height=1080),
    WebImage("wide", width=1200, height=675),
)
"""What is made where neither leaflet nor style says anything: 1:1 and 16:9."""

_POINTS: Final = 72
_MM_PER_INCH: Final = 25.4
_SIDE_MOST: Final = 12000
_UNSEEN: Final = 0.6  # mean loss of a colour, of 255
_UNSEEN_SPREAD: Final = 1.6
_AT: Final = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


class PageImages(Protocol):
    """Makes the picture of a page, from 1, ``width`` pixels wide, cut at the trim."""

    def __call__(self, number: int, width: int) -> "Image": ...


class ScreenPages:
    """Pages of a PDF made for screens: pdfium draws them."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._file = pypdfium2.PdfDocument(data)

    def __call__(self, number: int, width: int) -> "Image":
        page = self._file[number - 1]
        left, bottom, right, top = page.get_trimbox()
        page.set_cropbox(left, bottom, right, top)
        scale = width / (right - left)
        made: Image = page.render(scale=scale, draw_annots=False).to_pil().convert("RGB")
        return made


class PressPages:
    """Pages of a press file as they look in print: its plates through the press's ICC profile."""

    def __init__(self, data: bytes, profile: Profile) -> None:
        self._data = data
        self._profile = profile
        self._made: dict[float, Sequence[Image]] = {}

    def __call__(self, number: int, width: int) -> "Image":
        from PIL import Image

        made = self._trimmed(self._dpi(width))[number - 1]
        size = (width, max(1, round(made.height * width / made.width)))
        return made if made.size == size else made.resize(size, Image.Resampling.LANCZOS)

    def _dpi(self, width: int) -> float:
        from layout.preflight.rendered.separate import Separations

        shape = Separations(self._data, self._profile).shapes[0]
        return min(width * _POINTS / shape.trim.width, _SIDE_MOST)

    def _trimmed(self, dpi: float) -> Sequence["Image"]:
        from layout.preflight.rendered.pictures import overprint_preview
        from layout.preflight.rendered.separate import separate

        if dpi not in self._made:
            made = []
            for page in separate(self._data, dpi=dpi, profile=self._profile):
                x0, y0, x1, y1 = (round(n) for n in page.pixels(page.trim))
                picture = overprint_preview(page, self._profile).crop((x0, y0, x1, y1))
                made.append(picture.rotate(-page.rotate, expand=True).convert("RGB"))
            self._made[dpi] = made
        return self._made[dpi]


def page_picture(pages: PageImages, number: int, width: int) -> "Image":
    """A whole page."""
    return pages(number, width)


def cut(pages: PageImages, wish: WebImage, page_mm: tuple[float, float]) -> "Image":
    """A part of a page in the size asked for; nothing of the part is lost or stretched.

    Where the picture has other proportions, what lies around the part is shown too, and
    beyond the page's edge the colour of its corner.
    """
    from PIL import Image

    left, top, wide, high = _part(wish, page_mm)
    height = wish.height or max(1, round(wish.width * high / wide))
    scale = min(wish.width / wide, height / high)  # pixels of a millimetre
    whole = pages(wish.page, max(1, min(_SIDE_MOST, round(page_mm[0] * scale))))
    ratio = whole.width / page_mm[0]
    x = round((left + wide / 2) * ratio - wish.width / 2)
    y = round((top + high / 2) * ratio - height / 2)
    corner = whole.getpixel((0, 0))
    assert isinstance(corner, tuple)
    made = Image.new("RGB", (wish.width, height), corner)
    made.paste(whole, (-x, -y))
    return made


def _part(wish: WebImage, page_mm: tuple[float, float]) -> tuple[float, float, float, float]:
    """What is shown of the page, in millimetres."""
    across, down = page_mm
    if wish.part and wish.part[2] > 0 and wish.part[3] > 0:
        return wish.part
    high = min(down, across * wish.height / wish.width) if wish.height else down
    return 0.0, (down - high) * _AT[wish.at], across, high


def png(picture: "Image") -> bytes:
    """The file: sRGB said so, no clock in it."""
    from PIL.PngImagePlugin import PngInfo

    out, info = BytesIO(), PngInfo()
    info.add(b"sRGB", b"\x00")
    _palette(picture).save(out, "PNG", optimize=True, pnginfo=info)
    return out.getvalue()


def _palette(picture: "Image") -> "Image":
    """Flat pages need few colours: in a palette the file is a third; photographs keep all."""
    from PIL import Image, ImageChops, ImageStat

    few = picture.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    lost = ImageStat.Stat(ImageChops.difference(picture, few.convert("RGB")))
    return few if max(lost.mean) < _UNSEEN and max(lost.stddev) < _UNSEEN_SPREAD else picture
