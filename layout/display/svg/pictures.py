"""Pictures inside a drawing: only what the file itself holds is ever read."""

import base64
import binascii
from io import BytesIO
from typing import Final
from urllib.parse import unquote_to_bytes

from msgspec import Struct

from layout.style.picture_error import PictureError
from layout.style.pictures import image_size
from layout.style.svg_file import SvgElement, read_svg

_RASTER: Final = ("image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/tiff")


class Embedded(Struct, frozen=True):
    """A picture: its bytes and its size in pixels, or a drawing."""

    data: bytes
    size: tuple[int, int]
    drawing: SvgElement | None = None


def embedded(element: SvgElement) -> Embedded:
    """What an ``image`` element holds; ``PictureError`` if it only points at it."""
    href = element.get("href")
    if not href.lower().startswith("data:"):
        raise PictureError("image.svg-outside", what=href[:60] or "image", line=element.line)
    head, comma, body = href[5:].partition(",")
    kind, *options = head.lower().split(";")
    data = _decoded(body, "base64" in [option.strip() for option in options], element.line)
    if not comma or not data:
        raise PictureError("image.svg-picture", line=element.line)
    if kind.strip() == "image/svg+xml":
        return Embedded(b"", (1, 1), read_svg(data))
    if kind.strip() not in _RASTER:
        raise PictureError("image.svg-picture", line=element.line)
    return Embedded(data, _size(data, element.line))


def _decoded(body: str, coded: bool, line: int) -> bytes:
    if not coded:
        return unquote_to_bytes(body)
    try:
        return base64.b64decode("".join(body.split()) + "==")
    except binascii.Error as problem:
        raise PictureError("image.svg-picture", line=line) from problem


def _size(data: bytes, line: int) -> tuple[int, int]:
    try:
        return image_size(BytesIO(data))
    except PictureError as problem:
        raise PictureError("image.svg-picture", line=line) from problem
