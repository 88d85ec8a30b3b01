"""The report's pictures, small and inside the page itself, and where on them things stand."""

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from layout.house.profile import Profile
from layout.preflight.finished.facts import PT_PER_MM, Place
from layout.preflight.rendered.model import PagePlates, Plate
from layout.preflight.rendered.pictures import (
    PAPER,
    coloured_steps,
    ink_steps,
    look_of_plate,
    map_colour,
    overprint_preview,
)

if TYPE_CHECKING:
    from PIL.Image import Image

PREVIEW_WIDE: Final = 900
PLATE_WIDE: Final = 260
_LEVELS: Final = 16
_QUALITY: Final = 80


class Frame(Struct, frozen=True):
    """A rectangle on a picture of a page, in percent of its sides."""

    left: float
    top: float
    width: float
    height: float


def preview_uri(page: PagePlates, profile: Profile) -> str:
    """How the page will look, as a data URI."""
    picture = _sized(_turned(overprint_preview(page, profile), page.rotate), PREVIEW_WIDE)
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return _uri("image/jpeg", out.getvalue())


def plate_uri(page: PagePlates, plate: Plate) -> str:
    """One plate in its ink's look, as a data URI."""
    from PIL import Image

    look = look_of_plate(page, plate.name)
    image = plate.image or Image.new("L", page.size, 0)
    small = _sized(_turned(image, page.rotate), PLATE_WIDE)
    made = Image.frombytes("P", small.size, small.point([v // 16 for v in range(256)]).tobytes())
    shades = []
    for level in range(_LEVELS):
        share = level / (_LEVELS - 1)
        shades += [round(p + (c - p) * share) for p, c in zip(PAPER, look, strict=True)]
    made.putpalette(shades)
    return _png_uri(made)


def ink_uri(page: PagePlates, profile: Profile) -> str:
    """The map of total ink, as a data URI."""
    steps = _sized(_turned(ink_steps(page), page.rotate), PLATE_WIDE)
    return _png_uri(coloured_steps(steps, profile))


def legend_colours(profile: Profile) -> list[tuple[str, str]]:
    """Steps of the map: how much ink, and its colour."""
    steps = [0, 100, 200, int(profile.ink_warn)]
    made = [(f"{step} %", _hex(map_colour(step, profile))) for step in sorted({*steps})]
    if profile.ink_most > profile.ink_warn:
        made.append((f"> {profile.ink_warn:g} %", _hex(map_colour(profile.ink_warn + 1, profile))))
    return [*made, (f"> {profile.ink_most:g} %", _hex(map_colour(profile.ink_most + 1, profile)))]


def frame_of(page: PagePlates, place: Place) -> Frame:
    """Where a place of the trimmed page stands on the picture, cut to what is shown."""
    area, trim = page.area, page.trim
    wide, high = area.width / PT_PER_MM, area.height / PT_PER_MM
    x = (place.x + (trim.x0 - area.x0) / PT_PER_MM) / wide
    y = (place.y + (area.y1 - trim.y1) / PT_PER_MM) / high
    x0, y0 = _within(x), _within(y)
    x1, y1 = _within(x + place.width / wide), _within(y + place.height / high)
    box = _turned_box(page.rotate, x0, y0, x1 - x0, y1 - y0)
    return Frame(*(round(value * 100, 2) for value in box))


def trim_frame(page: PagePlates) -> Frame:
    """The trim on the picture."""
    trim = page.trim
    return frame_of(page, Place(0, 0, trim.width / PT_PER_MM, trim.height / PT_PER_MM))


def _within(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _turned_box(
    rotate: int, x: float, y: float, wide: float, high: float
) -> tuple[float, float, float, float]:
    """A rectangle of the page as viewers turn it, clockwise."""
    if rotate == 90:
        return 1 - y - high, x, high, wide
    if rotate == 180:
        return 1 - x - wide, 1 - y - high, wide, high
    if rotate == 270:
        return y, 1 - x - wide, high, wide
    return x, y, wide, high


def _turned(picture: "Image", rotate: int) -> "Image":
    return picture.rotate(-rotate, expand=True) if rotate else picture


def _sized(picture: "Image", wide: int) -> "Image":
    from PIL.Image import Resampling

    if picture.width <= wide:
        return picture
    high = max(1, round(picture.height * wide / picture.width))
    return picture.resize((wide, high), Resampling.LANCZOS, reducing_gap=2.0)


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _png_uri(picture: "Image") -> str:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return _uri("image/png", out.getvalue())


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"
