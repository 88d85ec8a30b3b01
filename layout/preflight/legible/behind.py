"""What is behind a point of a page: the last thing painted there before the text."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from layout.display.model import Colour, DisplayItem, GlyphRun, Group, Picture, Segment, Shape
from layout.units import Length

if TYPE_CHECKING:
    from PIL.Image import Image

Spot = tuple[Length, Length]
Ring = tuple[Spot, ...]
_CURVE_STEPS: Final = 6
_SEEN_PX: Final = 96
"""Pictures are looked at in so many pixels: what counts is the tone behind a letter."""


class Layer(Struct, frozen=True):
    """Something that covers what is beneath: an area of one colour, or a picture.

    ``sides`` are left, top, right, bottom; ``clips`` cut it.
    """

    sides: tuple[Length, Length, Length, Length]
    rings: tuple[Ring, ...]
    even_odd: bool
    clips: tuple[tuple[Ring, ...], ...]
    fill: Colour | None = None
    picture: Picture | None = None

    def covers(self, spot: Spot) -> bool:
        """Whether it is painted at a point."""
        left, top, right, bottom = self.sides
        if not (left <= spot[0] <= right and top <= spot[1] <= bottom):
            return False
        if self.rings and not _inside(spot, self.rings, even_odd=self.even_odd):
            return False
        return all(_inside(spot, clip, even_odd=False) for clip in self.clips)


class Text(Struct, frozen=True):
    """A run of text and how many layers had been painted before it."""

    run: GlyphRun
    before: int


def painted(items: tuple[DisplayItem, ...]) -> tuple[list[Layer], list[Text]]:
    """The layers of a page in the order of painting, and the texts between them.

    Letters drawn in pictures belong to the picture: they are no text here.
    """
    layers: list[Layer] = []
    texts: list[Text] = []
    for item, clips, pictured in _flat(items, (), pictured=False):
        if isinstance(item, GlyphRun):
            if not pictured and item.role != "artifact" and "".join(item.texts).strip():
                texts.append(Text(item, len(layers)))
        elif isinstance(item, Shape) and item.fill is not None and not item.fill.over:
            rings = tuple(rings_of(item.path))
            if rings:
                layers.append(Layer(_sides(rings), rings, item.even_odd, clips, item.fill))
        elif isinstance(item, Picture):
            rect = item.rect
            sides = (rect.x, rect.y, rect.right, rect.bottom)
            layers.append(Layer(sides, (), False, clips, item.ink, item))
    return layers, texts


def _flat(
    items: tuple[DisplayItem, ...], clips: tuple[tuple[Ring, ...], ...], *, pictured: bool
) -> Iterator[tuple[DisplayItem, tuple[tuple[Ring, ...], ...], bool]]:
    for item in items:
        if isinstance(item, Group):
            clip = tuple(rings_of(item.clip))
            inner = (*clips, clip) if clip else clips
            yield from _flat(item.items, inner, pictured=pictured or bool(item.alt or item.code))
        else:
            yield item, clips, pictured


def rings_of(path: tuple[Segment, ...]) -> Iterator[Ring]:
    """The closed outlines of a path, curves as short lines."""
    ring: list[Spot] = []
    for verb, numbers in path:
        if verb == "M":
            if len(ring) > 2:
                yield tuple(ring)
            ring = [(numbers[0], numbers[1])]
        elif verb == "L":
            ring.append((numbers[0], numbers[1]))
        elif verb == "C" and ring:
            ring.extend(_curve(ring[-1], numbers))
    if len(ring) > 2:
        yield tuple(ring)


def _curve(start: Spot, numbers: tuple[Length, ...]) -> Iterator[Spot]:
    x1, y1, x2, y2, x3, y3 = numbers
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        yield (
            round(a * start[0] + b * x1 + c * x2 + d * x3),
            round(a * start[1] + b * y1 + c * y2 + d * y3),
        )


def _sides(rings: tuple[Ring, ...]) -> tuple[Length, Length, Length, Length]:
    across = [x for ring in rings for x, _ in ring]
    down = [y for ring in rings for _, y in ring]
    return min(across), min(down), max(across), max(down)


def _inside(spot: Spot, rings: tuple[Ring, ...], *, even_odd: bool) -> bool:
    """Whether a point is inside: by the winding number, or by the count of crossings."""
    x, y = spot
    winding = crossings = 0
    for ring in rings:
        x0, y0 = ring[-1]
        for x1, y1 in ring:
            if (y0 <= y) != (y1 <= y):
                at = x0 + (y - y0) * (x1 - x0) / (y1 - y0)
                if at > x:
                    crossings += 1
                    winding += 1 if y1 > y0 else -1
            x0, y0 = x1, y1
    return bool(crossings % 2) if even_odd else winding != 0


class Tones:
    """What pictures look like at a point; each is opened once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bytes], Image | None] = {}

    def at(self, picture: Picture, spot: Spot) -> tuple[int, int, int] | None:
        """The colour there, or None where it cannot be known."""
        image = self._image(picture)
        rect = picture.rect
        if image is None or picture.corners or rect.width <= 0 or rect.height <= 0:
            return None
        x = min(image.width - 1, max(0, (spot[0] - rect.x) * image.width // rect.width))
        y = min(image.height - 1, max(0, (spot[1] - rect.y) * image.height // rect.height))
        found = image.getpixel((x, y))
        assert isinstance(found, tuple)
        red, green, blue = (int(each) for each in found[:3])
        return red, green, blue

    def _image(self, picture: Picture) -> "Image | None":
        from io import BytesIO

        from PIL import Image

        key = (picture.file, picture.data)
        if key not in self._known:
            try:
                source = BytesIO(picture.data) if picture.data else Path(picture.file)
                with Image.open(source) as opened:
                    opened.thumbnail((_SEEN_PX, _SEEN_PX))
                    self._known[key] = opened.convert("RGB")
            except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
                self._known[key] = None
        return self._known[key]
