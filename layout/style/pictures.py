"""What kind of file a figure is, and how large: its head only, never its pixels."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from layout.diagnostics import Reporter, Span
from layout.style.pdf_file import pdf_size
from layout.style.picture_error import PictureError
from layout.style.quiet import quieten
from layout.style.svg_file import read_svg_file, svg_box

if TYPE_CHECKING:
    from PIL.Image import Image

IMAGE: Final = "image"
SVG: Final = "svg"
PDF: Final = "pdf"

_HEAD: Final = 4096
_SCALE: Final = 1000
_UNUSABLE: Final[Mapping[bytes, str]] = {
    b"8BPS": "Photoshop (PSD)",
    b"%!PS": "PostScript (EPS)",
    b"\xc5\xd0\xd3\xc6": "PostScript (EPS)",
    b"PK\x03\x04": "ZIP",
    b"\xd0\xcf\x11\xe0": "Office",
    b"\x1f\x8b": "SVGZ",
}
"""How files begin that people take for pictures."""

_HEIF: Final[Mapping[bytes, str]] = {
    b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF",
}  # fmt: skip
_BREAKING_OFF: Final = ("truncated", "broken data stream", "not enough")
_TURNED: Final = (5, 6, 7, 8)
_ORIENTATION: Final = 274


def picture_kind(path: str) -> str:
    """``image``, ``svg`` or ``pdf``, by what the file holds: a wrong suffix is no mistake."""
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return IMAGE  # measuring it tells what is wrong
    if b"%PDF-" in head[:1024]:
        return PDF
    suffix = Path(path).suffix.lower()
    looks = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if looks.startswith(b"<") and (b"<svg" in looks or suffix == ".svg"):
        return SVG
    return IMAGE


def picture_size(
    path: str, kind: str, page: int, span: Span, reporter: Reporter
) -> tuple[int, int]:
    """Width and height in units of equal size; (1, 1), reported, if the file is of no use."""
    try:
        width, height = _size(path, kind, page)
    except PictureError as problem:
        reporter.error(problem.code, span, page=0, file=Path(path).name, **problem.values)
        return 1, 1
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        reporter.error("image.unreadable", span, file=Path(path).name, reason=reason)
        return 1, 1
    return max(1, round(width * _SCALE)), max(1, round(height * _SCALE))


def _size(path: str, kind: str, page: int) -> tuple[float, float]:
    if kind == SVG:
        return svg_box(read_svg_file(path))[2:]
    if kind == PDF:
        return pdf_size(path, page)
    with open(path, "rb") as file:
        _refuse_kind(file.read(16))
        file.seek(0)
        return image_size(file)


def _refuse_kind(head: bytes) -> None:
    kind = next((name for mark, name in _UNUSABLE.items() if head.startswith(mark)), "")
    if head[4:8] == b"ftyp":
        kind = _HEIF.get(head[8:12], "")
    if kind:
        raise PictureError("image.wrong-kind", kind=kind)


def image_size(file: BinaryIO | BytesIO) -> tuple[int, int]:
    """The pixels of a picture as it is seen, turned as it asks to be; ``PictureError``."""
    from warnings import catch_warnings, simplefilter

    from PIL import Image, UnidentifiedImageError  # only leaflets with pictures pay for it

    quieten("PIL")
    bound, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # the press profile has its own
    try:
        with catch_warnings():
            simplefilter("ignore")
            with Image.open(file) as image:
                width, height = image.size
                turned = orientation(image) in _TURNED
    except UnidentifiedImageError as problem:
        raise PictureError("image.not-a-picture") from problem
    except Exception as problem:
        # Decoders meet damaged files in every way Python can fail in.
        raise decoding_error(problem) from problem
    finally:
        Image.MAX_IMAGE_PIXELS = bound
    return (height, width) if turned else (width, height)


def orientation(image: "Image") -> int:
    """How a picture asks to be turned (EXIF 2.3, 4.6.4 A), as far as its head tells.

    What a PNG file says behind its pixels is not looked at: Pillow would decode
    them all to get there.
    """
    if image.format == "PNG" and "exif" not in image.info:
        return 1
    return int(image.getexif().get(_ORIENTATION, 1))


def decoding_error(problem: Exception) -> PictureError:
    """What a decoder complains about, as a finding."""
    text = str(problem) or type(problem).__name__
    if any(words in text for words in _BREAKING_OFF):
        return PictureError("image.truncated")
    return PictureError("image.unreadable", reason=text)
