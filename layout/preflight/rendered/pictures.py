"""Pictures of plates: each ink alone, the total ink as a map, and the inks over one another."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from layout.house.profile import Profile
from layout.preflight.colour import PROCESS, Conversion
from layout.preflight.rendered.ink import total_ink
from layout.preflight.rendered.model import PagePlates, Plate

if TYPE_CHECKING:
    from PIL.Image import Image

Colour = tuple[int, int, int]

LOOKS: Final[dict[str, Colour]] = {
    "Cyan": (0, 158, 224),
    "Magenta": (229, 0, 125),
    "Yellow": (255, 222, 0),
    "Black": (29, 29, 27),
}
"""The process inks on paper, sRGB."""
PAPER: Final = (255, 255, 255)
SAFE_FROM: Final = (226, 234, 240)
SAFE_TO: Final = (38, 92, 138)
HIGH: Final = (240, 170, 40)
OVER: Final = (200, 30, 40)
_MAP_STEPS: Final = 200  # two percent each
_LEGEND_STEP: Final = 50


def plate_pictures(
    pages: Sequence[PagePlates], profile: Profile, stem: str, tinted: bool = False
) -> dict[str, bytes]:
    """PNG files by name: every plate, the map of total ink, the overprint preview, of each page.

    ``tinted`` shows plates in the look of their ink, else in gray as films.
    """
    made = {}
    for page in pages:
        start = f"{stem}-p{page.number}"
        for plate in page.plates:
            picture = plate_picture(page, plate, tinted)
            made[f"{start}-{file_word(plate.name)}.png"] = png(picture)
        made[f"{start}-ink.png"] = png(with_legend(ink_map(page, profile), profile))
        made[f"{start}-preview.png"] = png(overprint_preview(page, profile))
    return made


def file_word(name: str) -> str:
    """An ink's name as part of a file's name."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name).strip("-") or "spot"


def plate_picture(page: PagePlates, plate: Plate, tinted: bool) -> "Image":
    """One plate: dark, or its ink, where it prints."""
    from PIL import Image

    look = look_of_plate(page, plate.name) if tinted else (0, 0, 0)
    image = plate.image or Image.new("L", page.size, 0)
    return _in_palette(image, [_mixed(PAPER, look, value / 255) for value in range(256)])


def look_of_plate(page: PagePlates, name: str) -> Colour:
    """How a solid of that ink looks."""
    return LOOKS.get(name) or page.spots.get(name, (0, 0, 0))


def ink_map(page: PagePlates, profile: Profile) -> "Image":
    """Total ink: paler and darker blue, amber over the profile's warning, red over its limit."""
    return coloured_steps(ink_steps(page), profile)


def ink_steps(page: PagePlates) -> "Image":
    """Total ink as gray: one step is two percent."""
    from PIL import ImageMath

    made: Image = ImageMath.lambda_eval(
        lambda v: v["convert"](v["min"]((v["total"] * 100 + 254) / 510, 255), "L"),
        total=total_ink(page),
    )
    return made


def coloured_steps(steps: "Image", profile: Profile) -> "Image":
    """Steps of total ink in the colours of the map."""
    return _in_palette(steps, [map_colour(2 * step, profile) for step in range(256)])


def map_colour(ink: float, profile: Profile) -> Colour:
    """The map's colour for so many percent of ink."""
    if ink <= 0:
        return PAPER
    if ink > profile.ink_most:
        return OVER
    if ink > profile.ink_warn:
        return HIGH
    return _mixed(SAFE_FROM, SAFE_TO, min(1.0, ink / max(profile.ink_warn, 1)))


def with_legend(picture: "Image", profile: Profile) -> "Image":
    """The map with a strip below it that says which colour is how much ink."""
    from PIL import Image, ImageDraw, ImageFont

    high = max(28, picture.width // 30)
    made = Image.new("RGB", (picture.width, picture.height + 2 * high), PAPER)
    made.paste(picture.convert("RGB"), (0, 0))
    draw = ImageDraw.Draw(made)
    font = ImageFont.load_default(high * 0.55)
    marks = list(range(0, 401, _LEGEND_STEP))
    wide = picture.width / len(marks)
    for index, mark in enumerate(marks):
        x0, y0 = index * wide, picture.height + high * 0.3
        colour = map_colour(mark, profile)
        draw.rectangle(
            (x0 + wide * 0.08, y0, x0 + wide * 0.92, y0 + high * 0.6), colour, (120, 120, 120)
        )
        text = f"{mark} %"
        draw.text((x0 + wide / 2, y0 + high * 1.2), text, (40, 40, 40), font=font, anchor="mm")
    colours = [map_colour(2 * step, profile) for step in range(_MAP_STEPS)]
    grays = [(value, value, value) for value in range(40, 240, 4)]
    palette = _in_palette(Image.new("L", (1, 1)), [*colours, *grays])
    return made.quantize(palette=palette, dither=Image.Dither.NONE)


def overprint_preview(page: PagePlates, profile: Profile) -> "Image":
    """How the page will look: the process inks through the press's profile, spots over them."""
    from PIL import Image, ImageChops

    plates = {plate.name: plate.image for plate in page.plates if plate.image is not None}
    bare = Image.new("L", page.size, 0)
    merged = Image.merge("CMYK", [plates.get(name, bare) for name in PROCESS])
    made = Conversion(str(profile.icc_path)).preview(merged)
    for name, look in page.spots.items():
        if name in plates:
            films = [
                plates[name].point([round(255 - v * (1 - part / 255)) for v in range(256)])
                for part in look
            ]
            made = ImageChops.multiply(made, Image.merge("RGB", films))
    return made


def png(picture: "Image") -> bytes:
    """A PNG file; the same picture gives the same bytes."""
    out = BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _in_palette(image: "Image", colours: list[Colour]) -> "Image":
    """A gray picture with a colour for each of its values."""
    from PIL import Image

    made = Image.frombytes("P", image.size, image.tobytes())
    made.putpalette([part for colour in colours for part in colour])
    return made


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
