"""What lies under what on a page, and what touches what: seen, not reasoned.

The page is painted small, each area in the number of its item instead of its colour.
So clips, curves and what covers what are right by themselves, and every question is
a count of dots.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from layout.diagnostics import NOWHERE, Span
from layout.display.extents import run_sides
from layout.display.model import (
    Colour,
    DisplayPage,
    GlyphRun,
    Group,
    Picture,
    Segment,
    Shape,
    Stroke,
)
from layout.geometry import Rect
from layout.inks.rewrite import Numbered, numbered
from layout.units import Length, mm

if TYPE_CHECKING:
    from PIL.Image import Image

DOT: Final = mm(0.25)
"""A dot of the survey: about a hundred in an inch."""

AROUND: Final = mm(4)
"""What is looked at beyond the trim."""

PAPER: Final = 0
"""The number of bare paper."""

_BROAD: Final = mm(0.2)
"""A line so thick is an area for what lies on it and beside it."""

_STEPS: Final = 8
"""Straight pieces of a curve."""

Box = tuple[int, int, int, int]
Corners = list[tuple[float, float]]


class Part(Struct):
    """One painted thing: the area of a shape, its line, a run of text or a picture.

    ``number`` is twice that of its item, one more for a line.  ``dots`` are how many it
    was painted with and ``seen`` those still to be seen in the end, ``under`` what was
    beneath, by number.  ``thickness`` is that of a line, the size of text, and of an area
    how broad it is where it is like a band.
    """

    number: int
    kind: str
    colour: Colour | None
    dots: int
    under: Mapping[int, int]
    box: Rect
    groups: tuple[Group, ...] = ()
    thickness: Length = 0
    span: Span = NOWHERE
    text: str = ""
    seen: int = 0

    @property
    def in_figure(self) -> bool:
        """Whether it belongs to a figure."""
        return any(group.role == "figure" for group in self.groups)


class Survey(Struct):
    """All parts of a page by number, and how many dots of each pair touch in the end."""

    parts: dict[int, Part] = field(default_factory=dict)
    touching: Counter[tuple[int, int]] = field(default_factory=Counter)

    def of(self, kind: str) -> Iterator[Part]:
        """The parts of one kind in the order of painting."""
        return (part for part in self.parts.values() if part.kind == kind)


def survey(page: DisplayPage) -> Survey:
    """Paint the page in numbers, counting before each part what it covers."""
    surveyor = _Surveyor(page)
    for each in numbered(page.items):
        surveyor.paint(each)
    return surveyor.finish()


class _Surveyor:
    """The small picture in the making."""

    def __init__(self, page: DisplayPage) -> None:
        from PIL import Image  # only editions pay for it

        size = (page.width + 2 * AROUND) // DOT + 1, (page.height + 2 * AROUND) // DOT + 1
        self._picture = Image.new("RGB", size)
        self._clips: dict[int, Image.Image] = {}
        self._found = Survey()

    def paint(self, each: Numbered) -> None:
        item, number = each.item, 2 * each.number
        if isinstance(item, GlyphRun):
            self._text(each, item)
        elif isinstance(item, Picture):
            self._area(each, number, "picture", item.ink, _corners(item.rect), False)
        elif isinstance(item, Shape):
            if item.fill is not None:
                polygons = _polygons(item.path)
                self._area(each, number, "fill", item.fill, polygons, item.even_odd)
            if item.stroke is not None and item.stroke.thickness > 0:
                self._line(each, number + 1, item.path, item.stroke)

    def finish(self) -> Survey:
        """Count what is seen in the end, and what touches."""
        found = self._found
        for number, dots in self._counts(self._picture).items():
            if number in found.parts:
                found.parts[number].seen = dots
        half = self._picture.resize(
            (self._picture.width // 2, self._picture.height // 2), 0, reducing_gap=None
        )
        found.touching = _touching(half)
        return found

    # --- parts

    def _text(self, each: Numbered, run: GlyphRun) -> None:
        if not "".join(run.texts).strip():
            return
        (left, right), (top, bottom) = run_sides(run)
        rect = Rect(left, top, right - left, bottom - top)
        box = self._box(_corners(rect))
        if box is None:
            return
        under = self._counts(self._picture.crop(box))
        dots = sum(under.values())
        number = 2 * each.number
        part = Part(number, "text", run.colour, dots, under, rect, each.groups, run.size, run.span)
        part.text = "".join(run.texts)
        self._found.parts[number] = part

    def _area(
        self,
        each: Numbered,
        number: int,
        kind: str,
        colour: Colour | None,
        polygons: list[Corners],
        even_odd: bool,
    ) -> None:
        box = self._box(polygons)
        if box is not None:
            mask = _filled(polygons, box, even_odd)
            part = Part(number, kind, colour, 0, {}, _rect(polygons), each.groups)
            part.thickness, part.span = _breadth(polygons, even_odd), each.item.span
            self._put(part, mask, box)

    def _line(self, each: Numbered, number: int, path: tuple[Segment, ...], pen: Stroke) -> None:
        polygons = _polygons(path)
        wide = max(1, round(pen.thickness / DOT))
        box = self._box(polygons, wide)
        if box is not None:
            mask = _drawn(polygons, box, wide)
            part = Part(
                number, "line", pen.colour, 0, {}, _rect(polygons), each.groups, pen.thickness
            )
            part.span = each.item.span
            self._put(part, mask, box, show=pen.thickness >= _BROAD)

    def _put(self, part: Part, mask: "Image", box: Box, *, show: bool = True) -> None:
        """Count what is beneath a part, and paint it."""
        from PIL import Image, ImageChops

        for group in part.groups:
            if group.clip:
                mask = ImageChops.darker(mask, self._clip(group).crop(box))
        nothing = Image.new("RGB", mask.size, _coded(0xFFFFFF))
        nothing.paste(self._picture.crop(box), mask=mask)
        under = self._counts(nothing)
        under.pop(0xFFFFFF, None)
        part.under, part.dots = under, sum(under.values())
        self._found.parts[part.number] = part
        if show:
            self._picture.paste(_coded(part.number), box, mask)

    def _clip(self, group: Group) -> "Image":
        key = id(group)  # the page holds them as long as this lives
        if key not in self._clips:
            whole = (0, 0, *self._picture.size)
            self._clips[key] = _filled(_polygons(group.clip), whole, group.even_odd)
        return self._clips[key]

    def _box(self, polygons: list[Corners], wide: int = 1) -> Box | None:
        """The dots around polygons, as far as they are in the picture."""
        along = [x for corners in polygons for x, _ in corners]
        down = [y for corners in polygons for _, y in corners]
        if not along:
            return None
        box = (
            max(0, int(min(along)) - wide),
            max(0, int(min(down)) - wide),
            min(self._picture.width, int(max(along)) + wide + 1),
            min(self._picture.height, int(max(down)) + wide + 1),
        )
        return box if box[0] < box[2] and box[1] < box[3] else None

    @staticmethod
    def _counts(picture: "Image") -> dict[int, int]:
        counted = picture.getcolors(picture.width * picture.height) or []
        return {_number(colour): dots for dots, colour in counted if isinstance(colour, tuple)}


# --- numbers as colours


def _coded(number: int) -> tuple[int, int, int]:
    return number & 255, number >> 8 & 255, number >> 16 & 255


def _number(colour: tuple[int, ...]) -> int:
    return colour[0] | colour[1] << 8 | colour[2] << 16


def _touching(picture: "Image") -> Counter[tuple[int, int]]:
    """How many dots of different numbers stand side by side or one above another."""
    reds, greens, blues = (band.tobytes() for band in picture.split())
    row = [r | g << 8 | b << 16 for r, g, b in zip(reds, greens, blues, strict=True)]
    wide = picture.width
    pairs = Counter(pairwise(row))
    pairs.update(zip(row, row[wide:], strict=False))
    found: Counter[tuple[int, int]] = Counter()
    for (one, other), dots in pairs.items():
        if one != other:
            found[min(one, other), max(one, other)] += dots
    return found


# --- paths as dots


def _corners(rect: Rect) -> list[Corners]:
    corners = ((rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom))
    return [[_dot(*corner) for corner in (*corners, (rect.x, rect.bottom))]]


def _dot(x: float, y: float) -> tuple[float, float]:
    return (x + AROUND) / DOT, (y + AROUND) / DOT


def _rect(polygons: list[Corners]) -> Rect:
    along = [x for corners in polygons for x, _ in corners]
    down = [y for corners in polygons for _, y in corners]
    low, high = round(min(along) * DOT) - AROUND, round(min(down) * DOT) - AROUND
    return Rect(
        low,
        high,
        round((max(along) - min(along)) * DOT),
        round((max(down) - min(down)) * DOT),
    )


def _polygons(path: tuple[Segment, ...]) -> list[Corners]:
    """A path as polygons of dots, curves in straight pieces."""
    out: list[Corners] = []
    for verb, numbers in path:
        points = [_dot(*numbers[at : at + 2]) for at in range(0, len(numbers), 2)]
        if verb == "M" or not out:
            out.append(points[-1:])
        elif verb == "L":
            out[-1] += points
        elif verb == "C":
            out[-1] += _curve(out[-1][-1], *points)
        elif verb == "Z" and out[-1]:
            out[-1].append(out[-1][0])
    return [corners for corners in out if len(corners) > 1]


def _curve(start: tuple[float, float], *rest: tuple[float, float]) -> Corners:
    points = (start, *rest)
    out = []
    for step in range(1, _STEPS + 1):
        there = step / _STEPS
        back = 1 - there
        shares = (back**3, 3 * back * back * there, 3 * back * there * there, there**3)
        out.append(
            (
                sum(share * x for share, (x, _) in zip(shares, points, strict=True)),
                sum(share * y for share, (_, y) in zip(shares, points, strict=True)),
            )
        )
    return out


def _filled(polygons: list[Corners], box: Box, even_odd: bool) -> "Image":
    """The inside of polygons within a box: 255 inside, 0 outside."""
    from PIL import Image, ImageChops, ImageDraw

    size = (box[2] - box[0], box[3] - box[1])
    moved = [[(x - box[0], y - box[1]) for x, y in corners] for corners in polygons]
    if len(moved) == 1:
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon(moved[0], fill=255)
        return mask
    turns = Image.new("L", size, 128)
    for corners in moved:
        once = Image.new("L", size)
        ImageDraw.Draw(once).polygon(corners, fill=1)
        change = ImageChops.add if even_odd or _clockwise(corners) else ImageChops.subtract
        turns = change(turns, once)
    inside = [255 if (n % 2 if even_odd else n != 128) else 0 for n in range(256)]
    return turns.point(inside)


def _clockwise(corners: Corners) -> bool:
    return _room(corners) > 0


def _room(corners: Corners) -> float:
    """What a polygon encloses, negative if it runs the other way round."""
    around = zip(corners, [*corners[1:], corners[0]], strict=True)
    return sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in around) / 2


def _breadth(polygons: list[Corners], even_odd: bool) -> Length:
    """Twice the room by the length around: the breadth of a band, the radius of a disc."""
    rooms = [_room(corners) for corners in polygons]
    room = max(map(abs, rooms), default=0.0) if even_odd else abs(sum(rooms))
    around = sum(
        math.dist(one, other)
        for corners in polygons
        for one, other in zip(corners, [*corners[1:], corners[0]], strict=True)
    )
    return round(2 * room / around * DOT) if around else 0


def _drawn(polygons: list[Corners], box: Box, wide: int) -> "Image":
    """Lines along polygons, so many dots wide."""
    from PIL import Image, ImageDraw

    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    pen = ImageDraw.Draw(mask)
    for corners in polygons:
        moved = [(x - box[0], y - box[1]) for x, y in corners]
        pen.line(moved, fill=255, width=wide, joint="curve" if wide > 2 else None)
    return mask
