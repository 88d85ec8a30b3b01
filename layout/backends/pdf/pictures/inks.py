"""Colours become inks: RGB and L*a*b* through the profile, gray as black ink alone.

- RGB, with its own profile or as sRGB, becomes CMYK through the press profile.
- CMYK keeps its numbers, whatever condition they were made for: a second
  separation would turn pure black into four inks.
- Gray without a profile, or with that of a press, keeps its numbers: they are
  the black plate.  A screen's gray (its profile, or equal parts of red, green and
  blue) prints as light as it looked; paper stays paper and black solid black.
"""

from typing import TYPE_CHECKING

from layout.backends.pdf.pictures.facts import Facts, Request
from layout.backends.pdf.pictures.reading import Source
from layout.house import icc

if TYPE_CHECKING:
    from PIL.Image import Image


def to_inks(source: Source, wanted: Request, facts: Facts) -> "Image":
    """The picture in mode 1, L or CMYK; what was done to it goes into ``facts``."""
    facts.unusable_profile = source.unusable_profile
    mode = source.image.mode
    if mode == "1":
        return source.image
    if mode == "L":
        return _gray(source, wanted)
    if mode == "CMYK":
        facts.condition = _other_condition(source.profile, wanted.press)
        return _without_colour(source, wanted) if wanted.gray_only else source.image
    facts.converted = True
    return _without_colour(source, wanted) if wanted.gray_only else _separated(source, wanted)


def changes_gray(source: Source) -> bool:
    """Whether the numbers of a gray picture have to change."""
    return source.from_rgb or bool(source.profile and not icc.is_output(source.profile))


def _gray(source: Source, wanted: Request) -> "Image":
    if not changes_gray(source):
        return source.image
    return source.image.point(list(icc.gray_to_black(source.profile, wanted.press)))


def _separated(source: Source, wanted: Request) -> "Image":
    mode = source.image.mode
    profile = icc.LAB if mode == "LAB" else source.profile
    return icc.convert(source.image, icc.transform(profile, wanted.press, mode, "CMYK"))


def _without_colour(source: Source, wanted: Request) -> "Image":
    """Lightness alone, as black ink prints it: for files of one plate."""
    mode = source.image.mode
    profile = source.profile or (wanted.press if mode == "CMYK" else b"")
    image = source.image
    if mode != "LAB":
        image = icc.convert(image, icc.transform(profile, icc.LAB, mode, "LAB"))
    lightness = image.getchannel(0)
    return lightness.point(list(icc.lightness_to_black(wanted.press)))


def _other_condition(profile: bytes, press: bytes) -> str:
    """The name of the printing condition in a CMYK picture, if it is another than the press's."""
    if not profile or profile == press:
        return ""
    name = icc.description(profile)
    return "" if name == icc.description(press) else name or "?"


# --- ink


def measure_ink(image: "Image", wanted: Request, facts: Facts) -> None:
    """The most ink of a CMYK picture, and how much of it has more than the profile's figures.

    The sums are taken in eight bits and fall short of the truth by up to 1.6 percent.
    """
    from PIL import ImageChops

    cyan, magenta, yellow, black = image.split()
    first = ImageChops.add(cyan, magenta, scale=2)
    second = ImageChops.add(yellow, black, scale=2)
    counts = ImageChops.add(first, second, scale=2).histogram()
    percents = [step * 400 / 255 for step in range(256)]
    total = image.width * image.height
    facts.ink = max((percents[step] for step, count in enumerate(counts) if count), default=0.0)
    for figure, name in ((wanted.ink_most, "over_most"), (wanted.ink_warn, "over_warn")):
        over = sum(count for step, count in enumerate(counts) if percents[step] > figure)
        setattr(facts, name, over / total)
