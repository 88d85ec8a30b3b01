"""Shadings of PDF (ISO 32000-1, 8.7.4.5): along a line and between circles."""

from typing import Final

from layout.display.blends import Gradient, Linear, Radial, Ramp
from layout.display.model import Colour
from layout.display.pdf.functions import floats, function_of
from layout.display.pdf.spaces import Space, Spaces
from layout.display.pdf.streams import Budget, PdfObject
from layout.style.picture_error import PictureError

_SAMPLES: Final = 64


def shading_of(
    source: PdfObject, spaces: Spaces, resources: PdfObject, budget: Budget
) -> tuple[Gradient, Colour | None]:
    """A shading as a gradient, and its background; ``PictureError`` for meshes and functions."""
    kind = int(source.get("/ShadingType", 0))
    if kind not in (2, 3):
        raise PictureError("image.pdf-unsupported", what="グラデーションメッシュ (mesh)")
    space = spaces.space(source["/ColorSpace"], resources)
    ramp = _ramp(source, space, budget)
    at = floats(source["/Coords"])
    before, behind = [bool(value) for value in source.get("/Extend", [False, False])]
    ground = source.get("/Background")
    colour = space.colour(floats(ground)) if ground is not None else None
    if kind == 2:
        return Linear((at[0], at[1]), (at[2], at[3]), ramp, (before, behind)), colour
    return _radial(at, ramp, (before, behind)), colour


def _ramp(source: PdfObject, space: Space, budget: Budget) -> Ramp:
    """The colours, looked up at even distances; a separation stays one."""
    function = function_of(source["/Function"], budget)
    first, last = floats(source.get("/Domain")) or [0.0, 1.0]
    stops: list[tuple[float, Colour]] = []
    for step in range(_SAMPLES + 1):
        place = step / _SAMPLES
        colour = space.colour(function([first + (last - first) * place]))
        if colour is not None:
            stops.append((place, colour))
    if not stops:
        raise PictureError("image.pdf-unsupported", what="shading")
    return Ramp(tuple(stops))


def _radial(at: list[float], ramp: Ramp, extend: tuple[bool, bool]) -> Gradient:
    """Discs can be laid on one another if one circle lies within the other."""
    start, end = (at[0], at[1], at[2]), (at[3], at[4], at[5])
    away = abs(complex(start[0] - end[0], start[1] - end[1]))
    if end[2] >= start[2] and away <= end[2] - start[2] + 1e-6:
        return Radial(start, end, ramp, extend)
    if away <= start[2] - end[2] + 1e-6:
        turned = Ramp(tuple((1 - place, colour) for place, colour in reversed(ramp.stops)))
        return Radial(end, start, turned, (extend[1], extend[0]))
    raise PictureError("image.pdf-unsupported", what="円錐形のグラデーション (cone shading)")
