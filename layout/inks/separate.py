"""Display lists in a few inks: all of them in one file, or one file for each drum.

The layout stays; each part is painted in the percents its page was assigned.
"""

from collections.abc import Callable

from msgspec.structs import replace

from layout.display.model import Colour, DisplayItem, DisplayPage, GlyphRun, Picture, Shape
from layout.display.paths import rectangle
from layout.inks.assigning import Assignment, Percents
from layout.inks.patterns import BLACK, WHITE
from layout.inks.rewrite import rewritten
from layout.inks.sharing import Inks
from layout.inks.survey import Survey
from layout.style.colours import KEY, tinted

Paint = Callable[[int], Colour | None]
"""The colour of a part, by its number; None: it is not painted."""


def in_inks(page: DisplayPage, inks: Inks, made: Assignment) -> DisplayPage:
    """A page in all the inks."""

    def paint(number: int) -> Colour:
        return mixed(inks, made.of(number, inks), number in made.over)

    return _painted(page, paint, "gray", inks.darkest.colour)


def on_drum(page: DisplayPage, inks: Inks, made: Assignment, found: Survey, at: int) -> DisplayPage:
    """What of a page is on one drum, in grays: black is full ink.

    What has nothing on the drum leaves it as it is where it is laid over, and is cut
    out where it is not.
    """
    inked: dict[int, bool] = {}
    colours: dict[int, Colour | None] = {}
    for part in found.parts.values():
        percent = made.of(part.number, inks)[at]
        beneath = any(inked.get(number, False) for number in part.under)
        over = part.number in made.over
        inked[part.number] = percent > 0 or (beneath and over)
        if percent > 0:
            colours[part.number] = _gray(percent)
        elif beneath and not over:
            colours[part.number] = WHITE
    darkest = inks.inks.index(inks.darkest)
    return _painted(page, colours.get, "gray" if at == darkest else "", BLACK)


def _gray(percent: float) -> Colour:
    if percent == 100:
        return BLACK
    return Colour(f"{percent:g} %", (0.0, 0.0, 0.0, percent))


def mixed(inks: Inks, percents: Percents, over: bool) -> Colour:
    """So many percent of each ink as one colour."""
    used = [
        (ink.colour, percent)
        for ink, percent in zip(inks.inks, percents, strict=True)
        if percent > 0
    ]
    if not used:
        return WHITE
    process = [tinted(colour, percent) for colour, percent in used if not colour.spot]
    spots = [tinted(colour, percent) for colour, percent in used if colour.spot]
    name = "+".join(colour.name for colour in (*spots, *process))
    parts = list(spots)
    if process:
        sums = [min(sum(row), 100.0) for row in zip(*(each.cmyk for each in process), strict=True)]
        parts.append(Colour(name, (sums[0], sums[1], sums[2], sums[3])))
    made = parts[-1]
    for part in reversed(parts[:-1]):
        made = replace(part, plus=made, name=name)
    return replace(made, over=over)


def _painted(page: DisplayPage, paint: Paint, tone: str, plate: Colour) -> DisplayPage:
    """The page with each part in its colour; pictures in ``tone`` on ``plate``, or cut out."""

    def make(number: int, item: DisplayItem) -> tuple[DisplayItem, ...]:
        number *= 2
        if isinstance(item, GlyphRun):
            colour = paint(number)
            return () if colour is None else (replace(item, colour=colour),)
        if isinstance(item, Shape):
            return _shape(item, paint(number), paint(number + 1))
        if isinstance(item, Picture):
            return _picture(item, paint(number), tone, plate)
        return (item,)

    return replace(page, items=rewritten(page.items, make))


def _shape(shape: Shape, fill: Colour | None, line: Colour | None) -> tuple[DisplayItem, ...]:
    fill = fill if shape.fill is not None else None
    stroke = replace(shape.stroke, colour=line) if shape.stroke and line is not None else None
    return () if fill is None and stroke is None else (replace(shape, fill=fill, stroke=stroke),)


def _picture(
    picture: Picture, colour: Colour | None, tone: str, plate: Colour
) -> tuple[DisplayItem, ...]:
    if picture.ink is not None:
        return () if colour is None else (replace(picture, ink=colour),)
    if tone:
        spot = None if plate.cmyk == KEY and not plate.spot else plate
        return (replace(picture, tone=tone, plate=spot),)
    return () if colour is None else (Shape(rectangle(picture.rect), colour, None, picture.span),)
