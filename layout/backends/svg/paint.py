"""Display items become SVG elements, in the order of painting."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from layout.backends.pdf.content import glyph_places
from layout.backends.svg.looks import Looks
from layout.backends.svg.outlines import OutlineShelf
from layout.backends.svg.pictures import data_uri
from layout.display.model import (
    DisplayItem,
    DisplayPage,
    GlyphRun,
    Group,
    Picture,
    Segment,
    Shape,
    Stroke,
)
from layout.geometry import Rect
from layout.house.profile import Profile
from layout.units import Length

NM: Final = 1000
"""Nanometres of a unit: pages are drawn in micrometres."""


def _number(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _unit(length: Length) -> str:
    return str(round(length / NM))


def path_data(path: Iterable[Segment]) -> str:
    """A path of the page as SVG has it."""
    return "".join(verb + " ".join(_unit(number) for number in numbers) for verb, numbers in path)


class SvgPainter:
    """Draws pages; remembers the outlines they share."""

    def __init__(self, profile: Profile) -> None:
        self.looks = Looks(profile)
        self.outlines = OutlineShelf()
        self._pictures: dict[tuple[object, ...], str] = {}
        self._profile = profile
        self._clips = 0

    def shared(self) -> str:
        """The outlines of all pages drawn so far."""
        return (
            '<svg class="shared" width="0" height="0" aria-hidden="true" focusable="false">'
            f"<defs>{self.outlines.definitions()}</defs></svg>"
        )

    def page(self, page: DisplayPage, number: int) -> str:
        """One page, cut at the trim."""
        body = "".join(self._items(page.items))
        size = f"{_unit(page.width)} {_unit(page.height)}"
        return (
            f'<svg class="picture" viewBox="0 0 {size}" aria-hidden="true" focusable="false"'
            f' data-page="{number}">{body}</svg>'
        )

    def drawing(self, items: Iterable[DisplayItem], frame: Rect) -> tuple[str, str]:
        """What items draw in ``frame``: the view box that shows it, and the elements."""
        sides = (frame.x, frame.y, frame.width, frame.height)
        return " ".join(map(_unit, sides)), "".join(self._items(items))

    def _items(self, items: Iterable[DisplayItem]) -> Iterator[str]:
        for item in items:
            if isinstance(item, GlyphRun):
                yield self._run(item)
            elif isinstance(item, Shape):
                yield self._shape(item)
            elif isinstance(item, Picture):
                yield self._picture(item)
            elif isinstance(item, Group):
                yield self._group(item)

    def _run(self, run: GlyphRun) -> str:
        if run.size <= 0:
            return ""
        scale = run.size / run.face.units_per_em / NM
        uses = []
        for gid, (along, across) in zip(run.gids, glyph_places(run), strict=True):
            name = self.outlines.name(run.face, gid)
            if name:
                x, y = self._at(run, gid, along / NM / scale, across / NM / scale)
                uses.append(f'<use href="#{name}" x="{_number(round(x, 1))}"{_y(y)}/>')
        if not uses:
            return ""
        turn = " rotate(90)" if run.turned else ""
        place = f"translate({_unit(run.origin.x)} {_unit(run.origin.y)})"
        head = f'<g transform="{place}{turn} scale({scale:.5g})"{self.looks.fill(run.colour)}>'
        return f"{head}{''.join(uses)}</g>"

    def _at(self, run: GlyphRun, gid: int, along: float, across: float) -> tuple[float, float]:
        """Where a glyph's own origin comes to lie, in font units, y downwards."""
        if run.vertical:
            return across - self.outlines.half_body(run.face, gid), along + run.face.em_top
        return along, -across

    def _shape(self, shape: Shape) -> str:
        stroke = shape.stroke if shape.stroke and shape.stroke.thickness > 0 else None
        if not shape.path or (stroke is None and shape.fill is None):
            return ""
        fill = self.looks.fill(shape.fill) if shape.fill is not None else ' fill="none"'
        rule = ' fill-rule="evenodd"' if shape.even_odd and shape.fill is not None else ""
        pen = self._stroke(stroke) if stroke else ""
        return f'<path d="{path_data(shape.path)}"{fill}{rule}{pen}/>'

    def _stroke(self, stroke: Stroke) -> str:
        parts = [
            f' stroke="{self.looks.hexadecimal(stroke.colour)}"',
            f' stroke-width="{_number(stroke.thickness / NM)}"',
        ]
        if stroke.dash:
            parts.append(f' stroke-dasharray="{" ".join(_unit(n) for n in stroke.dash)}"')
            if stroke.phase:
                parts.append(f' stroke-dashoffset="{_unit(stroke.phase)}"')
        if stroke.cap != "butt":
            parts.append(f' stroke-linecap="{stroke.cap}"')
        if stroke.join != "miter":
            parts.append(f' stroke-linejoin="{stroke.join}"')
        else:
            parts.append(f' stroke-miterlimit="{_number(stroke.miter)}"')
        return "".join(parts)

    def _picture(self, picture: Picture) -> str:
        rect = picture.rect
        ink = self.looks.rgb(picture.ink) if picture.ink is not None else None
        key = (picture.file, picture.data, rect.width, rect.height, ink, picture.tone)
        if key not in self._pictures:
            self._pictures[key] = data_uri(picture, ink, self._profile)
        uri = self._pictures[key]
        if not uri:
            return ""
        u, v = rect.width / NM, rect.height / NM
        a, b, c, d, e, f = picture.corners or (0.0, 0.0, 1.0, 0.0, 0.0, 1.0)
        # The unit square's upper side leads to the second corner, its left one to the third.
        sides = ((c - a) * u, (d - b) * v, (e - a) * u, (f - b) * v)
        place = (rect.x / NM + a * u, rect.y / NM + b * v)
        matrix = " ".join(_number(n) for n in (*sides, *place))
        return (
            f'<image href="{escape(uri)}" width="1" height="1" preserveAspectRatio="none"'
            f' transform="matrix({matrix})"/>'
        )

    def _group(self, group: Group) -> str:
        body = "".join(self._items(group.items))
        if not group.clip or not body:
            return body
        self._clips += 1
        name = f"c{self._clips}"
        rule = ' clip-rule="evenodd"' if group.even_odd else ""
        clip = f'<clipPath id="{name}"><path d="{path_data(group.clip)}"{rule}/></clipPath>'
        return f'{clip}<g clip-path="url(#{name})">{body}</g>'


def _y(value: float) -> str:
    return f' y="{_number(round(value, 1))}"' if round(value, 1) else ""
