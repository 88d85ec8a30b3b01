"""The walk through an SVG drawing: elements become items on a canvas.

Things that cannot be drawn as they are asked for are either refused
(``PictureError``: the meaning would be lost) or remarked (``Remarks``: it looks a
little different).  Nothing is passed over in silence.
"""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.display.canvas import Canvas, mean
from layout.display.matrix import Matrix, shift
from layout.display.model import Colour, Segment, Stroke
from layout.display.paths import Commands, rounded_commands
from layout.display.svg.clips import clip_commands
from layout.display.svg.colours import colour_of
from layout.display.svg.gradients import NAMES, Flat, Paint, gradient_paint, reference
from layout.display.svg.markers import KEYS, MARKED, at_corners, corners, head
from layout.display.svg.outlines import SHAPES, Room, diagonal, measure, outline, transform
from layout.display.svg.pictures import embedded
from layout.display.svg.styles import Styles, inherit
from layout.display.svg.viewports import placed
from layout.style.picture_error import PictureError
from layout.style.svg_file import SvgElement, length, numbers, svg_box, view_box

_SILENT: Final = frozenset(
    (
        "title", "desc", "metadata", "defs", "style", "symbol", "clipPath", "mask", "marker",
        "linearGradient", "radialGradient", "pattern", "filter", "view", "animate",
        "animateTransform", "animateMotion", "set", "font", "cursor", "color-profile",
    )
)  # fmt: skip
"""What draws nothing where it stands."""

_REFUSED: Final[Mapping[str, str]] = {
    "text": "image.svg-text",
    "foreignObject": "image.svg-text",
    "script": "image.svg-script",
}

_USES_MOST: Final = 12
_VISITS_MOST: Final = 150_000
"""Elements that are drawn, those that are used again counted again."""

_CAPS: Final = ("butt", "round", "square")
_JOINS: Final = ("miter", "round", "bevel")


class Place(Struct, frozen=True):
    """Where in the drawing we are.

    ``above`` are the elements around; ``uses`` the ids that are being drawn
    through ``use``, so that none draws itself.
    """

    matrix: Matrix
    look: Mapping[str, str]
    room: Room
    above: tuple[SvgElement, ...] = ()
    uses: tuple[str, ...] = ()
    nested: int = 0


class Drawer:
    """Draws the elements of one file."""

    def __init__(
        self,
        root: SvgElement,
        colours: Mapping[str, Colour],
        canvas: Canvas,
        scale: float,
    ) -> None:
        """``scale`` is that of the whole drawing: for strokes that do not grow with a shape."""
        self.canvas = canvas
        self._scale = scale
        self._visits = 0
        self.ids = {element.get("id"): element for element in root.walk() if element.get("id")}
        self.styles = Styles(root)
        self._colours = colours

    def whole(self, root: SvgElement, place: Place) -> None:
        """Everything, with what is said of the root."""
        own = self.styles.values(root, ())
        place = replace(place, look=inherit(own, {}))
        ended = self._begin(root, own, place)
        self.children(root, place)
        for end in reversed(ended):
            end()

    def children(self, element: SvgElement, place: Place) -> None:
        """Everything in an element, in order."""
        inside = replace(place, above=(*place.above, element))
        for child in element.children:
            self.element(child, inside)

    def element(self, element: SvgElement, place: Place) -> None:
        """One element with its clip and its opacity."""
        self.visit()
        if element.name in _SILENT:
            return
        if element.name in _REFUSED:
            raise _refusal(element)
        own = self.styles.values(element, place.above)
        if own.get("display") == "none":
            return
        matrix = place.matrix.then(transform(own.get("transform", "")))
        here = replace(place, matrix=matrix, look=inherit(own, place.look))
        ended = self._begin(element, own, here)
        self._draw(element, own, here)
        for end in reversed(ended):
            end()

    def visit(self) -> None:
        """Count an element; what is used again and again could go on for ever."""
        self._visits += 1
        if self._visits > _VISITS_MOST:
            raise PictureError("image.too-complex")

    def _begin(
        self, element: SvgElement, own: Mapping[str, str], place: Place
    ) -> list[Callable[[], None]]:
        """Clips and veils of an element; what ends them."""
        ended: list[Callable[[], None]] = []
        opacity = _opacity(own.get("opacity", "1"))
        if opacity < 1:
            self.canvas.begin_veil(opacity)
            ended.append(self.canvas.end_veil)
        for key in ("clip-path", "mask"):
            name = reference(own.get(key, ""))[0]
            if name and name in self.ids:
                flat = _flat(self._extent(element, place))
                for clip in clip_commands(self, self.ids[name], flat, place.room):
                    path = place.matrix.path(clip.commands)
                    self.canvas.begin_clip(path, clip.even_odd)
                    ended.append(self.canvas.end_clip)
        if own.get("filter", "none") != "none":
            self.canvas.remarks.simplify("filter（影・ぼかし）")
        if own.get("mix-blend-mode", "normal") != "normal":
            self.canvas.remarks.simplify("mix-blend-mode（描画モード）")
        return ended

    def _extent(self, element: SvgElement, place: Place) -> Commands:
        """The paths in an element, in its own coordinates: for boxes around it."""
        if element.name in SHAPES:
            return outline(element, place.room)
        if element.name == "image":
            x, y, wide, high = (measure(element, k, place.room) for k in ("x", "y", *_SIDES))
            return [("M", (x, y)), ("L", (x + wide, y + high))]
        out: Commands = []
        for child in element.children:
            if child.name not in _SILENT:
                inner = transform(child.get("transform"))
                out += inner.moved(self._extent(child, place))
        return out

    def _draw(self, element: SvgElement, own: Mapping[str, str], place: Place) -> None:
        name = element.name
        if name in SHAPES:
            self._shape(element, own, place)
        elif name in ("g", "a"):
            self.children(element, place)
        elif name == "svg":
            self._viewport(element, element, place)
        elif name == "use":
            self._use(element, place)
        elif name == "switch":
            self._switch(element, place)
        elif name == "image":
            self._image(element, place)
        else:
            raise PictureError("image.svg-unsupported", what=f"<{name}>", line=element.line)

    # --- structure

    def _viewport(self, element: SvgElement, sized: SvgElement, place: Place) -> None:
        """A drawing in the drawing: ``sized`` (a use) may give its width and height."""
        x, y = (measure(element, key, place.room) for key in ("x", "y"))
        sizes = []
        for key, whole in zip(_SIDES, place.room, strict=True):
            given = sized.get(key) or element.get(key) or "100%"
            sizes.append(length(given, whole, whole))
        wide, high = sizes
        if wide <= 0 or high <= 0:
            return
        clip = self.styles.values(element, place.above).get("overflow", "hidden") == "hidden"
        if clip:
            window = rounded_commands(x, y, wide, high, 0)
            self.canvas.begin_clip(place.matrix.path(window))
        box = view_box(element)
        inner = shift(x, y)
        if box is not None:
            fit = element.get("preserveAspectRatio")
            inner = inner.then(placed(box, (wide, high), fit))
        room = (box[2], box[3]) if box is not None else (wide, high)
        self.children(element, replace(place, matrix=place.matrix.then(inner), room=room))
        if clip:
            self.canvas.end_clip()

    def _use(self, element: SvgElement, place: Place) -> None:
        href = element.get("href")
        name = href.removeprefix("#")
        if not href.startswith("#"):
            raise PictureError("image.svg-outside", what=href or "use", line=element.line)
        if name in place.uses or len(place.uses) >= _USES_MOST:
            raise PictureError("image.svg-circle", name=name, line=element.line)
        target = self.ids.get(name)
        if target is None:
            return  # what is not there draws nothing (SVG 2, 5.5)
        moved = shift(measure(element, "x", place.room), measure(element, "y", place.room))
        inside = replace(
            place,
            matrix=place.matrix.then(moved),
            above=(*place.above, element),
            uses=(*place.uses, name),
        )
        if target.name == "symbol":
            own = self.styles.values(target, inside.above)
            self._viewport(target, element, replace(inside, look=inherit(own, inside.look)))
        else:
            self.element(target, inside)

    def _switch(self, element: SvgElement, place: Place) -> None:
        """The first that can be drawn."""
        inside = replace(place, above=(*place.above, element))
        for child in element.children:
            fit = child.name not in ("foreignObject", *_SILENT)
            if fit and not child.get("requiredExtensions"):
                self.element(child, inside)
                return
        for child in element.children:
            self.element(child, inside)  # nothing fits: the first one says why not

    # --- painting

    def _shape(self, element: SvgElement, own: Mapping[str, str], place: Place) -> None:
        commands = outline(element, place.room)
        look = place.look
        if not commands or look.get("visibility", "visible") != "visible":
            return
        path = place.matrix.path(commands)
        steps = [self._fill, self._stroke]
        if look.get("paint-order", "normal").startswith("stroke"):
            steps.reverse()
        for step in steps:
            step(element, own, commands, path, place)
        if element.name in MARKED and any(key in look for key in KEYS):
            self._markers(commands, place)

    def _markers(self, commands: Commands, place: Place) -> None:
        look = place.look
        thickness = length(look.get("stroke-width", "1"), diagonal(place.room), 1.0)
        for key, corner in at_corners(corners(commands)):
            name = reference(look.get(key, ""))[0]
            marker = self.ids.get(name)
            if marker is None or marker.name != "marker" or name in place.uses:
                continue
            found = head(marker, key, corner, thickness)
            if found is None:
                continue
            own = self.styles.values(marker, ())
            paints = {f"context-{side}": look.get(side, "none") for side in ("fill", "stroke")}
            inside = Place(
                place.matrix.then(found.matrix),
                {"fill": "black", **inherit(own, {}), **paints},
                found.window[2:],
                uses=(*place.uses, name),
                nested=place.nested,
            )
            clip = own.get("overflow", "hidden") == "hidden"
            if clip:
                window = rounded_commands(*found.window, 0)
                self.canvas.begin_clip(inside.matrix.path(window))
            self.children(marker, inside)
            if clip:
                self.canvas.end_clip()

    def _fill(
        self,
        element: SvgElement,
        own: Mapping[str, str],
        commands: Commands,
        path: tuple[Segment, ...],
        place: Place,
    ) -> None:
        look = place.look
        opacity = _opacity(look.get("fill-opacity", "1"))
        paint, alpha = self._paint(look.get("fill", "black"), commands, place)
        even_odd = look.get("fill-rule") == "evenodd"
        if element.name == "line" or paint is None:
            return
        if isinstance(paint, Paint):
            matrix = place.matrix.then(paint.matrix)
            self.canvas.shade(path, paint.gradient, matrix, opacity, even_odd=even_odd)
        else:
            self.canvas.fill(path, paint, opacity * alpha, even_odd=even_odd)

    def _stroke(
        self,
        element: SvgElement,
        own: Mapping[str, str],
        commands: Commands,
        path: tuple[Segment, ...],
        place: Place,
    ) -> None:
        look = place.look
        opacity = _opacity(look.get("stroke-opacity", "1"))
        paint, alpha = self._paint(look.get("stroke", "none"), commands, place)
        if paint is None:
            return
        if isinstance(paint, Paint):
            self.canvas.remarks.simplify("線のグラデーション")
            paint = mean(paint.gradient)
        fixed = own.get("vector-effect") == "non-scaling-stroke"
        scale = self._scale if fixed else place.matrix.scale
        stroke = _stroke(look, paint, diagonal(place.room), scale)
        if stroke is not None:
            self.canvas.stroke(path, stroke, opacity * alpha)

    def _paint(
        self, text: str, commands: Commands, place: Place
    ) -> tuple[Colour | Paint | None, float]:
        """What a fill or stroke names, and its opacity."""
        name, instead = reference(text)
        if name:
            server = self.ids.get(name)
            if server is not None and server.name in NAMES:
                flat = _flat(commands)
                return self._gradient(server, flat, place), 1.0
            if server is not None:
                raise PictureError(
                    "image.svg-unsupported", what=f"<{server.name}>", line=server.line
                )
            text = instead or "none"
        if text.startswith("context-"):
            text = place.look.get(text, "none")
        if text in ("none", ""):
            return None, 0.0
        return self.colour(text, place.look)

    def _gradient(self, server: SvgElement, flat: Flat, place: Place) -> Colour | Paint | None:
        def stop_colour(stop: SvgElement) -> tuple[Colour, float]:
            own = self.styles.values(stop, ())
            colour, alpha = self.colour(own.get("stop-color", "black"), place.look)
            share = alpha * _opacity(own.get("stop-opacity", "1"))
            if share < 1:
                self.canvas.remarks.translucent = True
            return colour, share

        return gradient_paint(server, self.ids, flat, place.room, stop_colour)

    def colour(self, text: str, look: Mapping[str, str]) -> tuple[Colour, float]:
        """A colour and its opacity."""
        return colour_of(text, self._colours, look.get("color", "black"), self.canvas.remarks)

    # --- pictures

    def _image(self, element: SvgElement, place: Place) -> None:
        x, y, wide, high = (measure(element, key, place.room) for key in ("x", "y", *_SIDES))
        picture = embedded(element)
        box = (0.0, 0.0, float(picture.size[0]), float(picture.size[1]))
        if picture.drawing is not None:
            box = svg_box(picture.drawing)
        wide = wide or high * box[2] / box[3] or box[2]
        high = high or wide * box[3] / box[2]
        fit = element.get("preserveAspectRatio")
        matrix = place.matrix.then(shift(x, y)).then(placed(box, (wide, high), fit))
        self.canvas.begin_clip(place.matrix.path(rounded_commands(x, y, wide, high, 0)))
        if picture.drawing is not None:
            if place.nested >= 2:
                raise PictureError("image.too-complex")
            inner = Drawer(picture.drawing, self._colours, self.canvas, matrix.scale)
            deeper = Place(matrix, {}, (box[2], box[3]), nested=place.nested + 1)
            inner.whole(picture.drawing, deeper)
        else:
            unit = Matrix(box[2], 0.0, 0.0, box[3], 0.0, 0.0)
            self.canvas.picture(picture.data, matrix.then(unit))
        self.canvas.end_clip()


_SIDES: Final = ("width", "height")


def _refusal(element: SvgElement) -> PictureError:
    text = " ".join("".join(part.text for part in element.walk()).split())
    code = _REFUSED[element.name]
    if code == "image.svg-text":
        return PictureError(code, text=text[:20] or "…", line=element.line)
    return PictureError(code, line=element.line)


def _opacity(text: str) -> float:
    return min(max(length(text, 1.0, 1.0), 0.0), 1.0)


def _flat(commands: Commands) -> Flat:
    along = [value for _, values in commands for value in values[::2]]
    down = [value for _, values in commands for value in values[1::2]]
    if not along:
        return 0.0, 0.0, 0.0, 0.0
    left, top = min(along), min(down)
    return left, top, max(along) - left, max(down) - top


def _stroke(look: Mapping[str, str], colour: Colour, whole: float, scale: float) -> Stroke | None:
    """The line that an element is drawn with; ``whole`` is what percentages are of."""
    thickness = round(length(look.get("stroke-width", "1"), whole, 1.0) * scale)
    if thickness <= 0:
        return None
    dash = _dash(look.get("stroke-dasharray", "none"), whole, scale)
    phase = length(look.get("stroke-dashoffset", "0"), whole) * scale
    period = sum(dash)
    miter = max(numbers(look.get("stroke-miterlimit", "4") or "4")[:1] or [4.0])
    return Stroke(
        colour,
        thickness,
        dash,
        round(phase % period) if period else 0,
        _one_of(look.get("stroke-linecap", "butt"), _CAPS),
        _one_of(look.get("stroke-linejoin", "miter"), _JOINS),
        max(miter, 1.0),
    )


def _dash(text: str, whole: float, scale: float) -> tuple[int, ...]:
    words = text.replace(",", " ").split()
    dash = tuple(round(length(word, whole) * scale) for word in words if word != "none")
    if not any(dash) or min(dash) < 0:
        return ()
    return dash * 2 if len(dash) % 2 else dash


def _one_of(text: str, known: tuple[str, ...]) -> str:
    return text if text in known else known[0]


# --- the way in


def draw_svg(
    root: SvgElement, matrix: Matrix, colours: Mapping[str, Colour], canvas: Canvas
) -> None:
    """Draw a whole file; ``matrix`` leads from its view box to the page.  ``PictureError``."""
    box = svg_box(root)
    try:
        Drawer(root, colours, canvas, matrix.scale).whole(root, Place(matrix, {}, (box[2], box[3])))
    except (ValueError, OverflowError, ZeroDivisionError) as problem:
        # Numbers beyond all measure.
        raise PictureError("image.svg-broken", line=0, reason=str(problem)) from problem
