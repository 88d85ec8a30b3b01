"""Where the shapes of a drawing are collected, colours mixed, and clips kept.

A press file of PDF/X-1a knows no transparency.  What is translucent is painted
in the colour it would have: mixed with paper, or with the one tint that lies
beneath all of it.  Where it lies over several colours, there is no such colour;
that is remarked.
"""

from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from layout.diagnostics import Reporter, Span
from layout.display.blends import PAPER, Box, Gradient, Ramp, bounds, gradient_group, mix
from layout.display.matrix import Matrix
from layout.display.model import Colour, DisplayItem, Group, Picture, Segment, Shape, Stroke
from layout.geometry import Rect
from layout.house.icc import rgb_to_cmyk
from layout.style.picture_error import PictureError

ITEMS_MOST: Final = 100_000
_LOOKED_AT: Final = 300
"""So many of the last shapes are looked at for what lies beneath another one."""

EVERYWHERE: Final[Box] = (-1e18, -1e18, 1e18, 1e18)


class Remarks(Struct):
    """What the reader of the diagnostics should know about a drawing, each thing once."""

    rgb: bool = False
    translucent: bool = False
    simplified: dict[str, None] = field(default_factory=dict)

    def simplify(self, what: str) -> None:
        """Something is drawn otherwise than the drawing says."""
        self.simplified[what] = None

    def report(self, reporter: Reporter, span: Span, file: str) -> None:
        """As findings at the figure's place."""
        if self.rgb:
            reporter.note("image.drawing-rgb", span, file=file)
        if self.translucent:
            reporter.warning("image.drawing-translucent", span, file=file)
        if self.simplified:
            what = "、".join(self.simplified)
            reporter.warning("image.drawing-simplified", span, file=file, what=what)


class Veil(Struct, frozen=True):
    """A group of less than full opacity; ``floor`` is what had been laid when it began."""

    opacity: float
    floor: int


class Clip(Struct, frozen=True):
    """The box around what is clipped to, and whether it is a rectangle itself."""

    box: Box = EVERYWHERE
    whole: bool = True


class _Laid(Struct, frozen=True):
    """A shape that was painted: its box, its colour if it has one, whether it fills the box."""

    box: Box
    colour: Colour | None
    whole: bool


class Canvas:
    """Collects items in the order of painting."""

    def __init__(self, span: Span, remarks: Remarks, file: str = "") -> None:
        """``file`` is the name of the drawing, for what is to be said of pictures in it."""
        self.remarks = remarks
        self.span = span
        self._file = file
        self._lists: list[list[DisplayItem]] = [[]]
        self._laid: list[_Laid] = []
        self._clips: list[Clip] = [Clip()]
        self._veils: list[Veil] = []
        self._count = 0

    @property
    def items(self) -> tuple[DisplayItem, ...]:
        """Everything painted so far, outside the groups that are still open."""
        return tuple(self._lists[0])

    @property
    def clip_box(self) -> Box:
        """The box around what shows at present."""
        return self._clips[-1].box

    # --- groups

    def begin_clip(self, path: tuple[Segment, ...], even_odd: bool = False) -> None:
        """What follows shows inside ``path`` only; a path of nothing hides all."""
        box = bounds(path) if any(numbers for _, numbers in path) else (0.0, 0.0, 0.0, 0.0)
        outer = self._clips[-1]
        whole = outer.whole and is_box(path)
        self._clips.append(Clip(_common(outer.box, box), whole))
        self._lists.append([Group((), path, self.span, "artifact", even_odd=even_odd)])

    def end_clip(self) -> None:
        """The last clip ends."""
        self._clips.pop()
        group, *items = self._lists.pop()
        assert isinstance(group, Group)
        if items and any(numbers for _, numbers in group.clip):
            self._lists[-1].append(replace(group, items=tuple(items)))

    def begin_veil(self, opacity: float) -> None:
        """What follows is translucent as a whole."""
        self._veils.append(Veil(opacity, len(self._laid)))

    def end_veil(self) -> None:
        """The last translucent group ends."""
        self._veils.pop()

    # --- painting

    def fill(
        self,
        path: tuple[Segment, ...],
        colour: Colour,
        opacity: float = 1.0,
        *,
        even_odd: bool = False,
    ) -> None:
        """Fill a path."""
        if not path or opacity <= 0 or not any(numbers for _, numbers in path):
            return
        box = bounds(path)
        colour = self._mixed(colour, opacity, box)
        self._add(Shape(path, colour, None, self.span, even_odd=even_odd))
        self._lay(box, colour, is_box(path))

    def stroke(self, path: tuple[Segment, ...], stroke: Stroke, opacity: float = 1.0) -> None:
        """Draw along a path."""
        if not path or opacity <= 0 or stroke.thickness <= 0:
            return
        box = bounds(path)
        colour = self._mixed(stroke.colour, opacity, box)
        self._add(Shape(path, None, replace(stroke, colour=colour), self.span))
        self._lay(box, None, False)

    def shade(
        self,
        path: tuple[Segment, ...],
        gradient: Gradient,
        matrix: Matrix,
        opacity: float = 1.0,
        *,
        even_odd: bool = False,
    ) -> None:
        """Fill a path with a gradient."""
        if not path or opacity <= 0 or not any(numbers for _, numbers in path):
            return
        box = bounds(path)
        stops = tuple(
            (place, self._mixed(colour, opacity, box)) for place, colour in gradient.ramp.stops
        )
        gradient = replace(gradient, ramp=Ramp(stops))
        group = gradient_group(path, gradient, matrix, self.span, even_odd=even_odd)
        if group is not None:
            self._count += len(group.items)
            self._add(group)
            self._lay(box, None, False)

    def picture(
        self,
        data: bytes,
        matrix: Matrix,
        opacity: float = 1.0,
        ink: Colour | None = None,
    ) -> None:
        """A raster image; ``matrix`` leads from the unit square, y downwards, to the page."""
        corners = [matrix.exact(*corner) for corner in ((0, 0), (1, 0), (0, 1), (1, 1))]
        left, right = min(c[0] for c in corners), max(c[0] for c in corners)
        top, bottom = min(c[1] for c in corners), max(c[1] for c in corners)
        if right - left < 1 or bottom - top < 1 or opacity <= 0:
            return
        if opacity < 1 or any(veil.opacity < 1 for veil in self._veils):
            self.remarks.translucent = True
        rect = Rect(round(left), round(top), round(right - left), round(bottom - top))
        flat = tuple(
            round(value, 9)
            for x, y in corners[:3]
            for value in ((x - left) / (right - left), (y - top) / (bottom - top))
        )
        upright = flat == (0, 0, 1, 0, 0, 1)
        self._add(
            Picture(self._file, rect, "", self.span, "artifact", data, () if upright else flat, ink)
        )
        self._lay((left, top, right, bottom), None, False)

    def _add(self, item: DisplayItem) -> None:
        self._count += 1
        if self._count > ITEMS_MOST:
            raise PictureError("image.too-complex")
        self._lists[-1].append(item)

    # --- what lies beneath

    def _lay(self, box: Box, colour: Colour | None, whole: bool) -> None:
        clip = self._clips[-1]
        self._laid.append(_Laid(_common(box, clip.box), colour, whole and clip.whole))

    def _mixed(self, colour: Colour, opacity: float, box: Box) -> Colour:
        """The colour that a translucent shape has, with that of the groups around it."""
        if opacity >= 1 and not self._veils:
            return colour
        seen = _common(box, self._clips[-1].box)
        colour = self._over(colour, opacity, seen, len(self._laid))
        for veil in reversed(self._veils):
            colour = self._over(colour, veil.opacity, seen, veil.floor)
        return colour

    def _over(self, colour: Colour, opacity: float, box: Box, floor: int) -> Colour:
        if opacity >= 1:
            return colour
        ground = self._ground(box, floor)
        if ground is None:
            self.remarks.translucent = True
            ground = PAPER
        return mix(ground, colour, opacity)

    def _ground(self, box: Box, floor: int) -> Colour | None:
        """The one colour beneath a box; None if there are several."""
        for laid in reversed(self._laid[max(0, floor - _LOOKED_AT) : floor]):
            if not _meet(laid.box, box):
                continue
            return laid.colour if laid.whole and _covers(laid.box, box) else None
        return PAPER if floor <= _LOOKED_AT else None


def is_box(path: tuple[Segment, ...]) -> bool:
    """Whether a path is one rectangle along the axes."""
    points = [numbers for verb, numbers in path if verb in "ML"]
    if len(points) + sum(verb == "Z" for verb, _ in path) != len(path):
        return False
    if len(points) == 5 and points[4] == points[0]:
        points.pop()
    if len(points) != 4 or sum(verb == "M" for verb, _ in path) != 1:
        return False
    sides = zip(points, (*points[1:], points[0]), strict=True)
    level = [a[1] == b[1] if a[0] != b[0] else None for a, b in sides]
    return level in ([True, None, True, None], [None, True, None, True])


def _common(one: Box, other: Box) -> Box:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    return left, top, max(left, min(one[2], other[2])), max(top, min(one[3], other[3]))


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _covers(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and outer[2] >= inner[2]
        and outer[3] >= inner[3]
    )


def mean(gradient: Gradient) -> Colour:
    """One colour for a gradient, where only a flat one can be drawn."""
    stops = gradient.ramp.stops
    return gradient.ramp.at((stops[0][0] + stops[-1][0]) / 2)


def rgb_colour(red: int, green: int, blue: int, remarks: Remarks) -> Colour:
    """A screen colour (0 to 255) as inks; that it was one is remarked unless it is a gray."""
    cmyk = rgb_to_cmyk(red, green, blue)
    if any(cmyk[:3]):
        remarks.rgb = True
    return Colour(f"#{red:02x}{green:02x}{blue:02x}", cmyk)
