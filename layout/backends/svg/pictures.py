"""Pictures for screens: no finer than eyes need, sRGB, as data URIs."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.display.model import Picture
from layout.house.profile import Profile
from layout.preflight.colour import Conversion
from layout.units import NM_PER_MM

if TYPE_CHECKING:
    from PIL.Image import Image

DPI: Final = 150
QUALITY: Final = 82
PIXELS_MOST: Final = 120_000_000


def data_uri(picture: Picture, ink: tuple[int, int, int] | None, profile: Profile) -> str:
    """The picture as it looks in print, at most 150 dpi; empty if it cannot be read.

    ``ink`` is the colour in which a stencil's black is painted.
    """
    image = screen_image(picture, ink, profile)
    return "" if image is None else _encoded(image)


def screen_image(
    picture: Picture, ink: tuple[int, int, int] | None, profile: Profile
) -> "Image | None":
    """The same as an image, RGB or RGBA; None if it cannot be read."""
    from PIL import Image

    try:
        source = BytesIO(picture.data) if picture.data else Path(picture.file)
        with Image.open(source) as opened:
            if opened.width * opened.height > PIXELS_MOST:
                return None
            image = _smaller(opened, picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return _stencil(image, ink) if ink else _screen(image, picture, profile)


def _smaller(image: "Image", picture: Picture) -> "Image":
    from PIL import Image

    if image.mode in ("1", "P", "PA"):
        deep = "RGBA" if "transparency" in image.info else "RGB"
        image = image.convert(deep if image.mode != "1" else "L")
    inch = 25.4 * NM_PER_MM
    share = min(
        1.0,
        picture.rect.width / inch * DPI / max(1, image.width),
        picture.rect.height / inch * DPI / max(1, image.height),
    )
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.LANCZOS) if share < 1 else image.copy()


def _stencil(image: "Image", ink: tuple[int, int, int]) -> "Image":
    from PIL import Image, ImageOps

    made = Image.new("RGBA", image.size, (*ink, 255))
    made.putalpha(ImageOps.invert(image.convert("L")))
    return made


def _screen(image: "Image", picture: Picture, profile: Profile) -> "Image":
    if image.mode == "CMYK":
        image = Conversion(str(profile.icc_path)).preview(image)
    if picture.tone:
        image = image.convert("LA" if image.mode in ("RGBA", "LA") else "L")
    return image.convert("RGBA" if image.mode in ("RGBA", "LA") else "RGB")


def _encoded(image: "Image") -> str:
    out = BytesIO()
    if image.mode == "RGBA":
        image.save(out, "PNG", optimize=True)
        kind = "png"
    else:
        image.save(out, "JPEG", quality=QUALITY, subsampling=0)
        kind = "jpeg"
    return f"data:image/{kind};base64,{b64encode(out.getvalue()).decode('ascii')}"
