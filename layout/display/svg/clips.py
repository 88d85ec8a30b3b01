"""Clipping paths (SVG 1.1, 14.3), and masks that are nothing else."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from layout.display.matrix import IDENTITY, Matrix
from layout.display.paths import Commands
from layout.display.svg.gradients import Flat, reference
from layout.display.svg.outlines import SHAPES, Room, outline, transform
from layout.style.picture_error import PictureError
from layout.style.svg_file import SvgElement

if TYPE_CHECKING:
    from layout.display.svg.draw import Drawer

_DEPTH_MOST: Final = 8
_WHITES: Final = ("white", "#fff", "#ffffff", "rgb(255,255,255)", "rgb(100%,100%,100%)")


class ClipPath(Struct, frozen=True):
    """A path to clip to, in the coordinates of what is clipped."""

    commands: Commands
    even_odd: bool


def clip_commands(
    drawer: "Drawer", element: SvgElement, flat: Flat, room: Room, depth: int = 0
) -> Iterator[ClipPath]:
    """The clips, all to be kept to, that a ``clip-path`` or ``mask`` amounts to."""
    if depth > _DEPTH_MOST:
        raise PictureError("image.svg-circle", name=element.get("id"), line=element.line)
    if element.name not in ("clipPath", "mask"):
        return
    masks = element.name == "mask"
    own = drawer.styles.values(element, ())
    further = reference(own.get("clip-path", ""))[0]
    if further in drawer.ids:
        yield from clip_commands(drawer, drawer.ids[further], flat, room, depth + 1)
    units = element.get("maskContentUnits" if masks else "clipPathUnits")
    matrix = IDENTITY
    if units == "objectBoundingBox":
        matrix = Matrix(flat[2], 0.0, 0.0, flat[3], flat[0], flat[1])
    if not masks:
        matrix = matrix.then(transform(own.get("transform", "")))
    commands: Commands = []
    rules: set[bool] = set()
    for child, inner, look in _shapes(drawer, element, matrix, {}, masks):
        path = inner.moved(outline(child, room))
        if path:
            rules.add(look.get("fill-rule" if masks else "clip-rule") == "evenodd")
            commands += path
    yield ClipPath(commands, rules == {True})


def _shapes(
    drawer: "Drawer",
    element: SvgElement,
    matrix: Matrix,
    around: Mapping[str, str],
    masks: bool,
    depth: int = 0,
) -> Iterator[tuple[SvgElement, Matrix, Mapping[str, str]]]:
    """The shapes that make up a clip, groups and uses opened."""
    if depth > _DEPTH_MOST:
        raise PictureError("image.svg-circle", name=element.get("id"), line=element.line)
    for child in element.children:
        drawer.visit()
        own = drawer.styles.values(child, ())
        look = {**around, **own}
        inner = matrix.then(transform(own.get("transform", "")))
        if own.get("display") == "none":
            continue
        if child.name == "use":
            target = drawer.ids.get(child.get("href").removeprefix("#"))
            wrapped = SvgElement("g", {}, child.line, [target] if target else [])
            yield from _shapes(drawer, wrapped, inner, look, masks, depth + 1)
        elif child.name == "g" and masks:
            yield from _shapes(drawer, child, inner, look, masks, depth + 1)
        elif child.name in SHAPES:
            if masks:
                _refuse_shades(child, look)
            yield child, inner, look
        elif child.name in ("text", "image") or masks:
            what = f"<{child.name}> in <{element.name}>"
            raise PictureError("image.svg-unsupported", what=what, line=child.line)


def _refuse_shades(element: SvgElement, look: Mapping[str, str]) -> None:
    """A mask is a clip if it is white and nothing else."""
    fill = look.get("fill", "black").replace(" ", "").lower()
    clear = any(float(look.get(key, "1") or 1) < 1 for key in ("opacity", "fill-opacity"))
    stroked = look.get("stroke", "none") != "none"
    if fill not in _WHITES or clear or stroked:
        raise PictureError("image.svg-unsupported", what="<mask>", line=element.line)
