"""Pictures: read, turned upright, made into inks, brought to print resolution, embedded.

Pillow is imported only when there is a picture.  Whatever is wrong with a file
is reported as ``image.unreadable`` and nothing is drawn.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from warnings import catch_warnings, simplefilter

from layout.backends.pdf.rl import PressFile
from layout.diagnostics import Reporter
from layout.display.model import Picture
from layout.geometry import Rect
from layout.house.profile import Profile
from layout.units import to_mm

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsTransform

MM_PER_INCH: Final = 25.4

SPACES: Final = {"1": (b"/DeviceGray", 1), "L": (b"/DeviceGray", 8), "CMYK": (b"/DeviceCMYK", 8)}
"""Colour space and bits per component of each mode a picture may end in."""

DEEP_GRAY: Final = ("I;16", "I;16B", "I;16L", "I;16N", "I")
"""Grays of sixteen bits."""


class UnreadableError(Exception):
    """A picture that cannot or must not be read; its argument says why."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An embedded picture: resource name and reference."""

    name: bytes
    reference: bytes


class PictureShelf:
    """The pictures of one file.  The same file at the same size is embedded once."""

    def __init__(self, file: PressFile, profile: Profile, reporter: Reporter) -> None:
        self._file = file
        self._profile = profile
        self._reporter = reporter
        self._seen: dict[tuple[str, int, int], _Placed | None] = {}

    def place(self, picture: Picture, page: int) -> tuple[bytes, bytes] | None:
        """Resource name and reference, or None if there is nothing to draw."""
        key = (picture.file, picture.rect.width, picture.rect.height)
        if key not in self._seen:
            self._seen[key] = self._embed(picture, page)
        placed = self._seen[key]
        return (placed.name, placed.reference) if placed else None

    def _embed(self, picture: Picture, page: int) -> _Placed | None:
        try:
            image = self._prepare(picture, page)
        except UnreadableError as problem:
            reason = str(problem)
            self._reporter.error(
                "image.unreadable", picture.span, page=page, file=picture.file, reason=reason
            )
            return None
        name = b"Im%d" % (len(self._seen) + 1)
        return _Placed(name, _write(self._file, image))

    def _prepare(self, picture: Picture, page: int) -> "Image":
        if picture.rect.width <= 0 or picture.rect.height <= 0:
            raise UnreadableError("the place for it has no size")
        image = _read(picture.file, self._profile.picture_pixels_most)
        self._judge_resolution(picture, image, page)
        image = _fit(image, picture.rect, self._profile)
        if image.mode == "RGB":
            self._reporter.note("image.rgb-converted", picture.span, page=page, file=picture.file)
            image = _to_inks(image, str(self._profile.icc_path))
        return image

    def _judge_resolution(self, picture: Picture, image: "Image", page: int) -> None:
        profile = self._profile
        bitonal = image.mode == "1"
        least = profile.bitonal_ppi_least if bitonal else profile.picture_ppi_least
        found = resolution(image.size, picture.rect)
        if round(found) < least:
            self._reporter.warning(
                "image.low-resolution",
                picture.span,
                page=page,
                file=picture.file,
                ppi=round(found),
                least=round(least),
            )


def resolution(pixels: tuple[int, int], rect: Rect) -> float:
    """Pixels per inch at print size, along the worse axis."""
    inches = (to_mm(rect.width) / MM_PER_INCH, to_mm(rect.height) / MM_PER_INCH)
    return min(pixels[0] / inches[0], pixels[1] / inches[1])


def _read(name: str, pixels_most: int) -> "Image":
    """The picture upright, in mode 1, L, RGB or CMYK, without transparency."""
    from PIL import Image, ImageOps

    try:
        with catch_warnings():
            simplefilter("ignore", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(Path(name))
        _refuse_huge(image, pixels_most)
        with image:
            image.load()
            turned = ImageOps.exif_transpose(image)
            return _simplify(turned, "adobe" in image.info or image.format != "JPEG")
    except UnreadableError:
        raise
    except Exception as problem:
        # Decoders meet damaged files in every way Python can fail in.
        raise UnreadableError(str(problem) or type(problem).__name__) from problem


def _refuse_huge(image: "Image", pixels_most: int) -> None:
    """Sizes come from the header: a few bytes may ask for any amount of memory."""
    if image.width * image.height > pixels_most:
        raise UnreadableError(f"{image.width} by {image.height} pixels are too many")


def _simplify(image: "Image", adobe_polarity: bool) -> "Image":
    if image.mode in ("1", "L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode == "CMYK":
        return image if adobe_polarity else _inverted(image)
    if image.mode in DEEP_GRAY:
        return _deep_gray(image)
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode == "P":
        return _flat(image, image.palette is not None and image.palette.mode == "L")
    return _flat(image, image.mode in ("LA", "F"))


def _inverted(image: "Image") -> "Image":
    """Pillow takes every CMYK JPEG for Adobe's, whose inks are inverted; this one was not."""
    from PIL import ImageChops

    return ImageChops.invert(image)


def _deep_gray(image: "Image") -> "Image":
    """Sixteen bits to eight; Pillow's own conversion clips instead of scaling."""
    deep = image.convert("I")
    top = deep.getextrema()[1]
    if isinstance(top, int) and top <= 255 and image.mode == "I":
        return deep.convert("L")
    return deep.point(lambda value: value * (1 / 257) + 0).convert("L")


def _flat(image: "Image", gray: bool) -> "Image":
    return _keep_profile(image, image.convert("L" if gray else "RGB"))


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    gray = image.mode in ("1", "L", "LA", "La")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer)
    return _keep_profile(image, paper.convert("L" if gray else "RGB"))


def _keep_profile(source: "Image", made: "Image") -> "Image":
    if profile := source.info.get("icc_profile"):
        made.info["icc_profile"] = profile
    return made


def _fit(image: "Image", rect: Rect, profile: Profile) -> "Image":
    """Bring what has far more pixels than print can show down to the profile's resolution."""
    from PIL.Image import Resampling

    found = resolution(image.size, rect)
    if image.mode == "1" or found <= profile.picture_ppi_above:
        return image
    scale = profile.picture_ppi / found
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return _keep_profile(image, image.resize(size, Resampling.LANCZOS, reducing_gap=3.0))


def _to_inks(image: "Image", icc_path: str) -> "Image":
    """RGB to CMYK through profiles, relative colorimetric with black point compensation."""
    from PIL import ImageCms

    source = image.info.get("icc_profile") or b""
    try:
        transform = _transform(source, icc_path)
    except (ImageCms.PyCMSError, OSError):
        if not source:
            raise
        transform = _transform(b"", icc_path)
    inks = ImageCms.applyTransform(image, transform)
    if inks is None:
        raise UnreadableError("its colours cannot be converted")
    return inks


@cache
def _transform(source: bytes, icc_path: str) -> "ImageCmsTransform":
    from PIL import ImageCms

    rgb = ImageCms.ImageCmsProfile(BytesIO(source)) if source else ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(
        rgb,
        ImageCms.ImageCmsProfile(icc_path),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _write(file: PressFile, image: "Image") -> bytes:
    """The image XObject (ISO 32000-1, 8.9.5); no soft mask, no alternates (ISO 15930-1)."""
    space, bits = SPACES[image.mode]
    entries = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent %d"
        % (image.width, image.height, space, bits)
    )
    return file.add_stream(entries, image.tobytes())
