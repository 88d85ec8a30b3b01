"""Ink into the bleed (塗り足し): a ground that reaches the trim must go on beyond it.

Paper moves under the knife.  Where a tint or a picture ends at the trim, or
short of the bleed's edge, the finished leaflet shows a white line there.
"""

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.house.profile import Profile
from layout.preflight.finished.facts import PT_PER_MM, Box, Place
from layout.preflight.rendered.ink import at_least, place_values
from layout.preflight.rendered.model import PagePlates
from layout.units import to_mm

if TYPE_CHECKING:
    from PIL.Image import Image

_INSIDE_MM: Final = 0.5  # so deep a ground must stand inside the trim to count as one
_RUN_MM: Final = 2.0  # so long it must be along the trim: text that touches it is another fault
_EDGE_MM: Final = 0.25  # at the bleed's own edge pixels are half covered
_SHOWN_MM: Final = 1.0
_INK_LEAST: Final = 5  # of 255


class Side(Struct, frozen=True):
    """One side of the page: its name, and how far its bleed reaches in millimetres."""

    name: str
    bleed: float


def check_bleed(
    page: PagePlates, total: "Image", name: str, profile: Profile, reporter: Reporter
) -> None:
    """Report grounds that end at the trim or before the bleed's edge, one finding a side."""
    wanted = to_mm(profile.bleed)
    if wanted <= 0:
        return
    mask = at_least(total, _INK_LEAST)
    for side in _sides(page.trim, page.area):
        if side.bleed < -_EDGE_MM:
            continue  # boxes that do not nest; the structural checks say so
        strip, scale = _strip(page, mask, side.name)
        inside = max(1, round(_INSIDE_MM * scale))
        outer = min(side.bleed, wanted) - _EDGE_MM
        for start, end, reach in _faults(strip, inside, outer * scale, scale):
            place = _place(page, side.name, start / scale, end / scale)
            short = reach / scale
            reporter.warning(
                "plates.bleed-none" if short < _EDGE_MM else "plates.bleed-short",
                Span(name),
                page=page.number,
                length=f"{(end - start) / scale:.0f}",
                reach=f"{short:.1f}",
                bleed=f"{wanted:g}",
                **place_values(place),
            )
            break  # the longest of the side says it


def _sides(trim: Box, area: Box) -> tuple[Side, ...]:
    return (
        Side("top", (area.y1 - trim.y1) / PT_PER_MM),
        Side("bottom", (trim.y0 - area.y0) / PT_PER_MM),
        Side("left", (trim.x0 - area.x0) / PT_PER_MM),
        Side("right", (area.x1 - trim.x1) / PT_PER_MM),
    )


def _strip(page: PagePlates, mask: "Image", side: str) -> tuple["Image", float]:
    """The mask along a side, turned so that the trim lies level and outwards is downwards.

    The first row lies ``_INSIDE_MM`` inside the trim; also pixels a millimetre.
    """
    from PIL.Image import Transpose

    scale = page.dpi / 25.4
    deep = max(1, round(_INSIDE_MM * scale))
    x0, y0, x1, y1 = (round(v) for v in page.pixels(page.trim))
    across, down = page.size
    cuts: dict[str, tuple[tuple[int, int, int, int], tuple[Transpose, ...]]] = {
        "top": ((x0, 0, x1, y0 + deep), (Transpose.FLIP_TOP_BOTTOM,)),
        "bottom": ((x0, y1 - deep, x1, down), ()),
        "left": ((0, y0, x0 + deep, y1), (Transpose.FLIP_LEFT_RIGHT, Transpose.TRANSPOSE)),
        "right": ((x1 - deep, y0, across, y1), (Transpose.TRANSPOSE,)),
    }
    box, turns = cuts[side]
    strip = mask.crop(box)
    for turn in turns:
        strip = strip.transpose(turn)
    return strip, scale


def _faults(
    strip: "Image", inside: int, outer: float, scale: float
) -> list[tuple[int, int, float]]:
    """Runs along the trim with a ground inside and none at the end of the bleed, longest first.

    Each is its start, its end, and how far its ground reaches beyond the trim, in pixels.
    """
    rows = [strip.crop((0, y, strip.width, y + 1)).tobytes() for y in range(strip.height)]
    ground = [all(column) for column in zip(*rows[: max(1, inside - 1)], strict=True)]
    beyond = rows[inside : inside + max(0, int(outer))]
    reach = (
        [_reach(column) for column in zip(*beyond, strict=True)] if beyond else [0] * len(ground)
    )
    short = len(beyond)
    bad = [g and (r < short or outer <= 0) for g, r in zip(ground, reach, strict=True)]
    runs = [(a, b) for a, b in _runs(bad) if b - a >= _RUN_MM * scale]
    found = [(a, b, float(sorted(reach[a:b])[(b - a) // 2])) for a, b in runs]
    return sorted(found, key=lambda run: (run[0] - run[1], run))


def _reach(column: tuple[int, ...]) -> int:
    for index, value in enumerate(column):
        if not value:
            return index
    return len(column)


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    found, start = [], -1
    for index, flag in enumerate([*flags, False]):
        if flag and start < 0:
            start = index
        elif not flag and start >= 0:
            found.append((start, index))
            start = -1
    return found


def _place(page: PagePlates, side: str, start: float, end: float) -> Place:
    """The strip along the trim, just inside it."""
    wide, high = page.trim.width / PT_PER_MM, page.trim.height / PT_PER_MM
    length = end - start
    places = {
        "top": Place(start, 0, length, _SHOWN_MM),
        "bottom": Place(start, high - _SHOWN_MM, length, _SHOWN_MM),
        "left": Place(0, start, _SHOWN_MM, length),
        "right": Place(wide - _SHOWN_MM, start, _SHOWN_MM, length),
    }
    return places[side]
