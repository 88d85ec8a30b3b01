"""Pixels as a PDF stores them: without loss, or as a JPEG of high quality.

Drawings, screenshots and line art deflate to little, and JPEG would put a haze
around their edges; photographs deflate to half as much again as a good JPEG of
them, or more.  So both are tried, and the lossless one is taken unless it is a
fifth larger.  JPEG 2000, JBIG2 and LZW are not written: PDF/X-1a forbids them
(ISO 15930-1, 6.4).
"""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from layout.backends.pdf.pictures.facts import Encoded

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY: Final = 95
"""Of Pillow's scale; chroma is not subsampled."""

_SMALL: Final = 0.1
"""A lossless form of so small a part of the plain data needs no comparison."""

_FAVOUR: Final = 1.2
"""How much larger the lossless form may be."""

SPACES: Final = {
    "1": (b"/DeviceGray", 1, 1),
    "L": (b"/DeviceGray", 8, 1),
    "CMYK": (b"/DeviceCMYK", 8, 4),
}
"""Colour space, bits per component and components of each mode a picture may end in."""


def encode(image: "Image") -> Encoded:
    """The image XObject of a picture in mode 1, L or CMYK (ISO 32000-1, 8.9.5)."""
    deflated = _idat(image)
    plain = image.width * image.height * SPACES[image.mode][2]
    if image.mode == "1" or len(deflated) <= plain * _SMALL:
        return _lossless(image, deflated)
    coded = _jpeg(image)
    if len(deflated) <= len(coded) * _FAVOUR:
        return _lossless(image, deflated)
    return Encoded(head(image) + b" /Filter /DCTDecode", coded)


def encode_mask(alpha: "Image") -> Encoded:
    """A soft mask (ISO 32000-1, 11.6.5.3), without loss."""
    return _lossless(alpha, _idat(alpha))


def encode_stencil(image: "Image") -> Encoded:
    """A stencil of one bit: black is painted (ISO 32000-1, 8.9.6.2)."""
    made = _lossless(image, _idat(image))
    entries = made.entries.replace(b" /ColorSpace /DeviceGray", b" /ImageMask true")
    return Encoded(entries, made.data)


def head(image: "Image") -> bytes:
    """The entries that every image has; no soft mask, no alternates (ISO 15930-1, 6.4)."""
    space, bits, _ = SPACES[image.mode]
    size = b"/Width %d /Height %d" % image.size
    return b"/Type /XObject /Subtype /Image %s /ColorSpace %s /BitsPerComponent %d" % (
        size,
        space,
        bits,
    )


def _lossless(image: "Image", deflated: bytes) -> Encoded:
    """Deflate with PNG's predictors (ISO 32000-1, 7.4.4.4)."""
    _, bits, colours = SPACES[image.mode]
    shape = (colours, bits, image.width)
    parameters = b"<< /Predictor 15 /Colors %d /BitsPerComponent %d /Columns %d >>" % shape
    entries = b" /Filter /FlateDecode /DecodeParms "
    return Encoded(head(image) + entries + parameters, deflated)


def _idat(image: "Image") -> bytes:
    """The pixels as a PNG file holds them, which is how a PDF does.

    PNG knows no CMYK, but it does not care what four bytes of a pixel mean.
    """
    from PIL import Image

    if image.mode == "CMYK":
        image = Image.frombytes("RGBA", image.size, image.tobytes())
    stored = Image.new(image.mode, image.size)
    stored.paste(image)  # without what the file said about itself
    file = BytesIO()
    stored.save(file, "PNG", compress_level=6)
    return _chunks(file.getvalue(), b"IDAT")


def _chunks(png: bytes, kind: bytes) -> bytes:
    """The content of all chunks of one kind (PNG, 5.3)."""
    at, found = 8, []
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == kind:
            found.append(png[at + 8 : at + 8 + size])
        at += size + 12
    return b"".join(found)


def _jpeg(image: "Image") -> bytes:
    """A JPEG file of the inks as they are.

    Pillow stores CMYK inverted as Adobe's programs do.  A PDF takes the numbers
    for what they are, so they are inverted beforehand, and no Decode is needed.
    """
    from PIL import Image, ImageChops

    stored = ImageChops.invert(image) if image.mode == "CMYK" else image.copy()
    stored = Image.frombytes(stored.mode, stored.size, stored.tobytes())
    file = BytesIO()
    stored.save(file, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return file.getvalue()
