"""Picture files of every maker, made byte by byte where a library would not make them so."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

from layout.backends.pdf import write_press
from layout.diagnostics import NOWHERE, Reporter
from layout.display.model import DisplayItem, Picture
from layout.geometry import Rect
from layout.house import icc
from layout.house.profile import load_profile
from layout.units import mm
from tests.pdf.press_samples import leaflet

PRESS_ICC = icc.icc_bytes(icc.HOUSE_ICC)
"""The profile of the house."""


def gray_icc(gamma: float, device: bytes = b"mntr") -> bytes:
    """A profile of a gray with that gamma; ``prtr`` makes it one of a press."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    name = b"gray test\0"
    described = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(78)
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)
    return icc.icc_file(b"GRAY", {b"desc": described, b"wtpt": white, b"kTRC": curve}, device)


def other_condition() -> bytes:
    """The profile of the house under another name: a printing condition that is not ours."""
    name = b"FOGRA39L L300"
    assert name in PRESS_ICC
    return PRESS_ICC.replace(name, b"Newsprint 240")


# --- CMYK JPEGs

Inks = tuple[int, int, int, int]


def cmyk_jpeg(
    inks: Inks, maker: str, profile: bytes = b"", size: tuple[int, int] = (240, 240)
) -> bytes:
    """A JPEG of one colour (0 to 255 of each ink) as several makers write it.

    ``adobe``: inverted, transform 0.  ``ycck``: inverted and coded as YCCK, transform
    2.  ``straight``: no Adobe segment, inks as they are.
    """
    if maker == "ycck":
        inks = _uncoded(inks)
    image = Image.new("CMYK", size, inks)
    if maker == "straight":
        image = ImageChops.invert(image)
    file = BytesIO()
    options = {"icc_profile": profile} if profile else {}
    image.save(file, "JPEG", quality=100, subsampling=0, **options)
    data = file.getvalue()
    at = data.index(b"\xff\xee\x00\x0eAdobe")
    assert data[at + 15] == 0
    if maker == "ycck":
        return data[: at + 15] + b"\x02" + data[at + 16 :]
    return data[:at] + data[at + 16 :] if maker == "straight" else data


def _uncoded(inks: Inks) -> Inks:
    """Inks that Pillow stores as the YCCK code of the wanted ones."""
    red, green, blue = inks[:3]  # stored is 255 minus ink; its complement is coded
    y = 0.299 * red + 0.587 * green + 0.114 * blue
    cb, cr = 128 + (blue - y) * 0.564, 128 + (red - y) * 0.713
    return 255 - round(y), 255 - round(cb), 255 - round(cr), inks[3]


# --- PNGs of sixteen bits


def deep_png(rows: Sequence[Sequence[int]], channels: int, profile: bytes = b"") -> bytes:
    """A PNG with sixteen bits a channel: 1 gray, 3 RGB, 4 RGBA."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    raw = b"".join(b"\0" + b"".join(value.to_bytes(2, "big") for value in row) for row in rows)
    width = len(rows[0]) // channels
    parts = [_chunk(b"IHDR", struct.pack(">IIBBBBB", width, len(rows), 16, kind, 0, 0, 0))]
    if profile:
        parts.append(_chunk(b"iCCP", b"p\0\0" + zlib.compress(profile)))
    parts += [_chunk(b"IDAT", zlib.compress(raw)), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


# --- a finished file, and what is in it


def place(path: Path, width: float = 20, height: float = 20) -> Picture:
    """The picture on a page, 20 mm from its upper left corner."""
    return Picture(str(path), Rect(mm(20), mm(20), mm(width), mm(height)), "alt", NOWHERE)


def press(*items: DisplayItem, reporter: Reporter | None = None, profile: str = "x1a") -> bytes:
    """A finished press file."""
    teller = Reporter() if reporter is None else reporter
    return write_press(leaflet(*items), load_profile(profile), teller)


@dataclass(frozen=True)
class Embedded:
    """An image object of a finished file, its samples decoded as a PDF reader does."""

    size: tuple[int, int]
    bits: int
    space: str
    filter: str
    raw: bytes
    samples: bytes
    has_mask: bool

    def pixel(self, x: int = 0, y: int = 0) -> tuple[int, ...]:
        count = {"/DeviceGray": 1, "/DeviceCMYK": 4}[self.space]
        at = (y * self.size[0] + x) * count
        return tuple(self.samples[at : at + count])


def embedded(data: bytes) -> Embedded:
    """The one picture of a file."""
    with pikepdf.open(BytesIO(data)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        raw = image.read_raw_bytes()
        name = str(image.Filter)
        samples = _jpeg_samples(raw) if name == "/DCTDecode" else image.read_bytes()
        decode = [int(value) for value in image.get("/Decode", [])]
        if decode[:2] == [1, 0]:
            samples = bytes(255 - value for value in samples)
        return Embedded(
            (int(image.Width), int(image.Height)),
            int(image.BitsPerComponent),
            str(image.ColorSpace),
            name,
            raw,
            samples,
            "/SMask" in image,
        )


def _jpeg_samples(raw: bytes) -> bytes:
    """What is stored, without the inversion that Pillow takes for granted."""
    with Image.open(BytesIO(raw)) as image:
        stored = ImageChops.invert(image) if image.mode == "CMYK" else image
        return stored.tobytes()


def codes(reporter: Reporter) -> list[str]:
    return [found.code for found in reporter]
