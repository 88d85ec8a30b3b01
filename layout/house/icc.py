"""Colour through ICC profiles: transforms, what a profile is, and the tone of black ink.

LittleCMS does the arithmetic, through Pillow, which is imported only when a
colour or a picture has to be converted.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.house.rules import DATA

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile, ImageCmsTransform

HOUSE_ICC: Final = DATA / "icc" / "fogra39_l300.icc"

LAB: Final = b"\x00lab"
"""Stands for a profile of CIE L*a*b* where profiles are passed as bytes."""

_SRGB: Final = b""


class ProfileUnusableError(ValueError):
    """An ICC profile that cannot be read, or not for the colours it is to describe."""


@cache
def icc_bytes(path: Path) -> bytes:
    """The profile in a file; ``ProfileUnusableError``."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise ProfileUnusableError(str(problem)) from problem


def colour_space(profile: bytes) -> str:
    """What the profile describes: ``RGB``, ``GRAY``, ``CMYK``, ``Lab`` … (ICC.1:2010, 7.2.6)."""
    return profile[16:20].decode("latin-1").strip()


def is_output(profile: bytes) -> bool:
    """Whether it describes ink on paper (device class ``prtr``, ICC.1:2010, 7.2.5)."""
    return profile[12:16] == b"prtr"


ICC_V4_SINCE: Final = (1, 5)
"""The version of PDF that first takes ICC profiles of version 4 (ISO 32000-1, 8.6.5.5)."""


def press_fault(profile: bytes, version: tuple[int, int]) -> str:
    """What keeps a profile from being an output intent's in a PDF of that version, or "".

    ``broken`` (ICC.1:2010, 7.2), ``no-press`` (not for CMYK on paper) or ``too-new``.
    """
    size = int.from_bytes(profile[:4], "big")
    if len(profile) < 128 or profile[36:40] != b"acsp" or size != len(profile):
        return "broken"
    if not is_output(profile) or colour_space(profile) != "CMYK":
        return "no-press"
    return "too-new" if profile[8] > 2 and version < ICC_V4_SINCE else ""


@cache
def description(profile: bytes) -> str:
    """The name the profile bears, or "" if it cannot be read."""
    from PIL import ImageCms

    try:
        return str(
            ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
        ).strip()
    except (ImageCms.PyCMSError, OSError, ValueError):
        return ""


@cache
def transform(
    source: bytes, target: bytes, from_mode: str, to_mode: str, *, black_point: bool = True
) -> "ImageCmsTransform":
    """From one profile's colours to another's, relative colorimetric.

    ``source`` and ``target`` are profiles; no bytes mean sRGB, ``LAB`` means
    L*a*b*.  The modes are Pillow's.  ``black_point`` fits the darkest colour of
    the one to that of the other, so that shadows keep their drawing.
    ``ProfileUnusableError`` if a profile is damaged or for other colours.
    """
    from PIL import ImageCms

    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION if black_point else ImageCms.Flags.NONE
    try:
        return ImageCms.buildTransform(
            _opened(source),
            _opened(target),
            from_mode,
            to_mode,
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError) as problem:
        raise ProfileUnusableError(str(problem)) from problem


def _opened(profile: bytes) -> "ImageCmsProfile":
    from PIL import ImageCms

    if profile == LAB:
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    if profile == _SRGB:
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return ImageCms.ImageCmsProfile(BytesIO(profile))


def convert(image: "Image", change: "ImageCmsTransform") -> "Image":
    """A picture's colours through a transform."""
    from PIL import ImageCms

    made = ImageCms.applyTransform(image, change)
    assert made is not None  # only a conversion in place gives nothing
    return made


# --- a profile that cameras only name


@cache
def adobe_rgb() -> bytes:
    """A profile of the colours of Adobe RGB (1998), made of its published figures.

    Cameras set to it write no profile, only a mark (DCF 2.0, 5.2).
    """
    tags = {
        b"desc": b"desc\0\0\0\0" + _described(b"Adobe RGB (1998) compatible"),
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": _xyz(0.9505, 1.0, 1.0891),
        b"rXYZ": _xyz(0.60974, 0.31111, 0.01947),
        b"gXYZ": _xyz(0.20528, 0.62567, 0.06087),
        b"bXYZ": _xyz(0.14919, 0.06322, 0.74457),
        **{tone: _gamma(563 / 256) for tone in (b"rTRC", b"gTRC", b"bTRC")},
    }
    return icc_file(b"RGB ", tags)


def icc_file(space: bytes, tags: Mapping[bytes, bytes], device: bytes = b"mntr") -> bytes:
    """An ICC profile of version 2.1 with those tags (ICC.1:2001-04, 6)."""
    table, body = b"", b""
    start = 132 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += name + _u32(start + len(body)) + _u32(len(content))
        body += content
    size = start + len(body)
    head = _u32(size) + b"\0\0\0\0\x02\x10\0\0" + device + space + b"XYZ "
    head += bytes(12) + b"acsp" + bytes(28) + _xyz(0.9642, 1.0, 0.8249)[8:]
    return head.ljust(128, b"\0") + _u32(len(tags)) + table + body


def _u32(value: int) -> bytes:
    return value.to_bytes(4, "big")


def _xyz(*values: float) -> bytes:
    fixed = (round(value * 65536).to_bytes(4, "big", signed=True) for value in values)
    return b"XYZ \0\0\0\0" + b"".join(fixed)


def _gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + _u32(1) + round(value * 256).to_bytes(2, "big") + b"\0\0"


def _described(text: bytes) -> bytes:
    return _u32(len(text) + 1) + text + b"\0" + bytes(8 + 3 + 67)


# --- the tone of gray


@cache
def gray_to_black(source: bytes, press: bytes) -> tuple[int, ...]:
    """For each gray of ``source`` 0 to 255 the gray that prints as light with black ink alone.

    ``source`` is the profile of a gray or, for equal parts of red, green and
    blue, of an RGB picture.  Paper is white and solid black is black: between
    them the lightness is scaled, as black point compensation does.
    ``ProfileUnusableError``.
    """
    mode = "L" if colour_space(source) == "GRAY" else "RGB"
    wanted = _luminances(source, mode)
    printed = _luminances(press, "CMYK")
    return tuple(_tone(luminance, printed) for luminance in wanted)


@cache
def lightness_to_black(press: bytes) -> tuple[int, ...]:
    """For each L* (0 to 255 standing for 0 to 100) the gray that prints so with black alone."""
    printed = _luminances(press, "CMYK")
    return tuple(_tone(_luminance(step * 100 / 255), printed) for step in range(256))


def _luminances(profile: bytes, mode: str) -> tuple[float, ...]:
    """Relative luminance of 256 grays, dark to light; the first is 0, the last 1."""
    from PIL import Image

    ramp = Image.frombytes("L", (256, 1), bytes(range(256)))
    if mode == "CMYK":
        none = Image.new("L", ramp.size)
        black = Image.frombytes("L", ramp.size, bytes(range(255, -1, -1)))
        ramp = Image.merge("CMYK", (none, none, none, black))
    elif mode == "RGB":
        ramp = Image.merge("RGB", (ramp, ramp, ramp))
    lab = convert(ramp, transform(profile, LAB, mode, "LAB", black_point=False))
    lights = [_luminance(step * 100 / 255) for step in lab.tobytes()[::3]]
    darkest, lightest = lights[0], lights[-1]
    if lightest - darkest <= 0:
        raise ProfileUnusableError("its white is not lighter than its black")
    return tuple((light - darkest) / (lightest - darkest) for light in lights)


def _luminance(lightness: float) -> float:
    """Y of L* (ISO 11664-4), both relative to white."""
    if lightness > 8:
        return float(((lightness + 16) / 116) ** 3)
    return lightness / 903.3


def _tone(wanted: float, printed: tuple[float, ...]) -> int:
    """Where in a rising row of luminances ``wanted`` stands, rounded to a whole step."""
    for step in range(1, 256):
        low, high = printed[step - 1], printed[step]
        if wanted <= high:
            return round(step - 1 + (wanted - low) / (high - low)) if high > low else step
    return 255


# --- single colours


_BLACKS: Final[Mapping[tuple[int, int, int], float]] = {
    (0x23, 0x18, 0x15): 100.0, (0x3E, 0x3A, 0x39): 90.0, (0x59, 0x57, 0x57): 80.0,
    (0x72, 0x71, 0x71): 70.0, (0x89, 0x89, 0x89): 60.0, (0x9F, 0xA0, 0xA0): 50.0,
    (0xB5, 0xB5, 0xB6): 40.0, (0xC9, 0xCA, 0xCA): 30.0, (0xDC, 0xDD, 0xDD): 20.0,
    (0xEF, 0xEF, 0xEF): 10.0, (0x23, 0x1F, 0x20): 100.0, (0x1D, 0x1D, 0x1B): 100.0,
}  # fmt: skip
"""What Illustrator writes into an SVG for black ink and its tints.

The first ten under Japan Color 2001 Coated, then black under SWOP and FOGRA39.
"""

_NEARLY_GRAY: Final = 3


@cache
def rgb_to_cmyk(
    red: int, green: int, blue: int, press: Path = HOUSE_ICC
) -> tuple[float, float, float, float]:
    """An sRGB colour of a drawing (0 to 255) as inks in percent.

    Black is K100 and a gray is black ink alone that prints as light as it
    looked: lines and letters of four inks would never stand in register.  Other
    colours go through the profile; traces of ink under three percent, which a
    plate cannot hold, are left away, and whole percents are enough.
    """
    if (known := _BLACKS.get((red, green, blue))) is not None:
        return 0.0, 0.0, 0.0, known
    if max(red, green, blue) - min(red, green, blue) <= _NEARLY_GRAY:
        gray = gray_to_black(b"", icc_bytes(press))[green]
        return 0.0, 0.0, 0.0, _whole((255 - gray) * 100 / 255)
    from PIL import Image

    pixel = Image.new("RGB", (1, 1), (red, green, blue))
    inks = convert(pixel, transform(b"", icc_bytes(press), "RGB", "CMYK")).tobytes()
    cyan, magenta, yellow, black = (_whole(ink * 100 / 255) for ink in inks)
    return cyan, magenta, yellow, black


_TRACE: Final = 3.0


def _whole(percent: float) -> float:
    return float(round(percent)) if percent >= _TRACE else 0.0


@cache
def lab_to_cmyk(
    lightness: float, a: float, b: float, press: Path = HOUSE_ICC
) -> tuple[float, float, float, float]:
    """A colour of CIE L*a*b* (0 to 100, −128 to 127) as inks in percent."""
    from PIL import Image

    signed = [min(max(round(part), -128), 127) & 255 for part in (a, b)]
    pixel = Image.frombytes("LAB", (1, 1), bytes((round(lightness * 255 / 100), *signed)))
    inks = convert(pixel, transform(LAB, icc_bytes(press), "LAB", "CMYK")).tobytes()
    cyan, magenta, yellow, black = (_whole(ink * 100 / 255) for ink in inks)
    return cyan, magenta, yellow, black
