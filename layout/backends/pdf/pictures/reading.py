"""Reading a picture: upright, eight bits or one, in one of five modes, its profile beside it.

The modes are ``1``, ``L``, ``RGB``, ``CMYK`` and ``LAB``.  CMYK is inks (0 is paper).
"""

from io import BytesIO
from typing import TYPE_CHECKING, Final
from warnings import catch_warnings, simplefilter

from msgspec import Struct

from layout.house import icc
from layout.style.picture_error import PictureError
from layout.style.pictures import decoding_error, orientation
from layout.style.quiet import quieten

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS: Final = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "JPEG2000")
"""What is opened at all.  Others start helper programs or are no pictures for print."""

_DEEP_GRAY: Final = ("I;16", "I;16B", "I;16L", "I;16N", "I")
_GRAYS: Final = (*_DEEP_GRAY, "1", "L", "LA", "La", "F")
_SPACES: Final = {"L": "GRAY", "1": "GRAY", "RGB": "RGB", "CMYK": "CMYK", "LAB": "Lab"}
_NEARLY: Final = 2
"""How far red, green and blue of a gray may differ: lossy formats are off by one or two."""

_UPRIGHT: Final = 1


class Source(Struct):
    """A picture as read.

    ``alpha`` is its transparency, or None where all is opaque.  ``profile`` is
    the ICC profile of its colours, empty without one.  ``as_stored`` says that
    the pixels are those of the file, neither turned nor converted, so that the
    file's own data could stand for them.  ``from_rgb`` marks a gray that was red,
    green and blue in equal parts: its tone is a screen's, not that of ink.
    """

    image: "Image"
    alpha: "Image | None"
    profile: bytes
    unusable_profile: bool
    frames: int
    as_stored: bool
    from_rgb: bool


def read(data: bytes, pixels_most: int) -> Source:
    """The picture in ``data``; ``PictureError``."""
    try:
        return _read(data, pixels_most)
    except PictureError:
        raise
    except MemoryError as problem:
        raise PictureError("image.unreadable", reason="too large for this computer") from problem
    except Exception as problem:
        # Decoders meet damaged files in every way Python can fail in.
        raise decoding_error(problem) from problem


def _read(data: bytes, pixels_most: int) -> Source:
    from PIL import ImageOps, UnidentifiedImageError

    quieten("PIL")
    with catch_warnings():
        # What libraries have to say about a damaged file is no news to the reader.
        simplefilter("ignore")
        try:
            opened = _opened(data)
        except UnidentifiedImageError as problem:
            raise PictureError("image.not-a-picture") from problem
        with opened:
            _refuse_huge(opened, pixels_most)
            frames = int(getattr(opened, "n_frames", 1)) if opened.format != "MPO" else 1
            turned = orientation(opened) != _UPRIGHT
            opened.load()
            image = ImageOps.exif_transpose(opened) if turned else opened
            stored = not turned and opened.format == "JPEG" and opened.mode in ("L", "CMYK")
            plain, alpha = _plain(image)
            if opened.format == "JPEG" and "adobe" not in opened.info and plain.mode == "CMYK":
                plain = _inverted(plain)
            from_rgb = plain.mode == "L" and opened.mode not in _GRAYS
            space = "RGB" if from_rgb else _SPACES[plain.mode]
            profile, unusable = _profile(opened.info.get("icc_profile"), space)
            if space == "RGB" and not profile and _is_adobe_rgb(opened):
                profile = icc.adobe_rgb()
            return Source(plain, alpha, profile, unusable, frames, stored, from_rgb)


def _opened(data: bytes) -> "Image":
    """The header alone is read.  Pillow's own bound is off meanwhile: ours tells the sizes."""
    from PIL import Image

    bound, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    finally:
        Image.MAX_IMAGE_PIXELS = bound


def _refuse_huge(image: "Image", pixels_most: int) -> None:
    """Sizes come from the header: a few bytes may ask for any amount of memory."""
    if image.width * image.height > pixels_most:
        million = 1_000_000
        raise PictureError(
            "image.too-large",
            width=image.width,
            height=image.height,
            most=round(pixels_most / million),
        )


def _profile(embedded: object, space: str) -> tuple[bytes, bool]:
    """The embedded profile if it is one for these colours; and whether one had to be ignored."""
    if not isinstance(embedded, bytes) or not embedded:
        return b"", False
    if icc.colour_space(embedded) != space:
        # A gray picture saved with its program's RGB profile: common, and without meaning.
        return b"", space in ("RGB", "CMYK")
    try:
        if space == "GRAY":
            icc.gray_to_black(embedded, icc.icc_bytes(icc.HOUSE_ICC))
        elif space != "Lab":
            icc.transform(embedded, icc.LAB, space, "LAB")
    except icc.ProfileUnusableError:
        return b"", True
    return embedded, False


def _is_adobe_rgb(image: "Image") -> bool:
    """Whether a camera marked its colours as Adobe RGB without a profile (DCF 2.0, 5.2)."""
    exif = image.getexif()
    uncalibrated = exif.get_ifd(0x8769).get(0xA001) == 0xFFFF
    return uncalibrated and str(exif.get_ifd(0xA005).get(1, "")).startswith("R03")


def _inverted(image: "Image") -> "Image":
    """Pillow takes every CMYK JPEG for Adobe's, whose inks are inverted; this one was not."""
    from PIL import ImageChops

    return ImageChops.invert(image)


# --- modes


def _plain(image: "Image") -> tuple["Image", "Image | None"]:
    """One of the five modes, and the transparency if there is any."""
    if image.has_transparency_data:
        return _apart(image)
    if image.mode in ("1", "L", "CMYK", "LAB"):
        return image, None
    if image.mode in _DEEP_GRAY:
        return _deep_gray(image), None
    if image.mode == "F":
        return _float_gray(image), None
    if image.mode == "P":
        return _from_palette(image), None
    return _grayed(image.convert("RGB")), None


def _apart(image: "Image") -> tuple["Image", "Image | None"]:
    """Colours and transparency; a picture that is opaque everywhere has none."""
    if image.mode in ("1", "L", "LA", "La"):
        layer = image.convert("LA") if image.mode != "LA" else image
        colours, alpha = layer.getchannel("L"), layer.getchannel("A")
    else:
        layer = image.convert("RGBA")
        colours, alpha = _grayed(layer.convert("RGB")), layer.getchannel("A")
    lowest = alpha.getextrema()[0]
    return colours, None if lowest == 255 else alpha


def _deep_gray(image: "Image") -> "Image":
    """Sixteen bits to eight; Pillow's own conversion clips instead of scaling."""
    deep = image.convert("I")
    top = deep.getextrema()[1]
    if isinstance(top, int) and top <= 255 and image.mode == "I":
        return deep.convert("L")
    return deep.point(lambda value: value * (1 / 257) + 0).convert("L")


def _float_gray(image: "Image") -> "Image":
    """Numbers from 0 to 1 as scientific programs write them, or from 0 to 255."""
    top = image.getextrema()[1]
    scale = 255.0 if isinstance(top, float) and top <= 1 else 1.0
    return image.point(lambda value: value * scale + 0).convert("L")


def _from_palette(image: "Image") -> "Image":
    """Gray or line art where the colours in use are no more than that."""
    gray = _grayed(image.convert("RGB"))
    if gray.mode == "L" and all(
        count == 0 or value in (0, 255) for value, count in enumerate(gray.histogram())
    ):
        return gray.convert("1")
    return gray


def _grayed(image: "Image") -> "Image":
    """RGB whose pixels are all gray is a gray picture; black ink alone prints it."""
    from PIL import ImageChops

    red, green, blue = image.split()
    pairs = ((red, green), (green, blue), (red, blue))
    if all(_most(ImageChops.difference(*pair)) <= _NEARLY for pair in pairs):
        return green
    return image


def _most(image: "Image") -> int:
    highest = image.getextrema()[1]
    return int(highest) if isinstance(highest, (int, float)) else 255
