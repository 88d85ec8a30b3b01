"""SVG drawings as shapes of the display list.

A subset that figures need: groups, basic shapes and paths with fill, stroke
and transforms.  Colours are names of the style sheet, ``fill="var(--ai)"``, so
that an edition in other inks recolours its drawings.  Anything else (scripts,
references, text, gradients, opacity) is named in ``UnsupportedSvg`` and nothing
is drawn.  Source: SVG 1.1, clauses 7–11.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from layout.diagnostics import Span
from layout.display.model import Segment, Shape
from layout.display.paths import Commands, ellipse_commands, rounded_commands
from layout.geometry import Rect
from layout.style.model import Colour, Stroke

_LARGEST = 4_000_000
_IGNORED = {"title", "desc", "metadata", "defs"}


class UnsupportedSvg(Exception):
    """The drawing holds something that cannot be drawn; the message names it."""


class Matrix(NamedTuple):
    """An affine map x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, inner: "Matrix") -> "Matrix":
        """This map after ``inner``."""
        a, b, c, d, e, f = self
        p, q, r, s, t, u = inner
        return Matrix(
            a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s,
            a * t + c * u + e, b * t + d * u + f,
        )  # fmt: skip

    def apply(self, x: float, y: float) -> tuple[int, int]:
        """A point in nanometres."""
        return round(self.a * x + self.c * y + self.e), round(self.b * x + self.d * y + self.f)

    @property
    def scale(self) -> float:
        """The mean enlargement."""
        return float(abs(self.a * self.d - self.b * self.c) ** 0.5)


class _Pen:
    """Collects one path in user units; the pen protocol of fontTools."""

    def __init__(self) -> None:
        self.commands: Commands = []
        self._at = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:
        self.commands.append(("M", point))
        self._at = point

    def lineTo(self, point: tuple[float, float]) -> None:
        self.commands.append(("L", point))
        self._at = point

    def curveTo(self, *points: tuple[float, float]) -> None:
        flat = tuple(v for point in points for v in point)
        self.commands.append(("C", flat))
        self._at = points[-1]

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        (qx, qy), (x, y) = points
        px, py = self._at
        self.curveTo(
            (px + (qx - px) * 2 / 3, py + (qy - py) * 2 / 3),
            (x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3),
            (x, y),
        )

    def closePath(self) -> None:
        self.commands.append(("Z", ()))

    def endPath(self) -> None:
        pass


def read_svg(path: Path) -> ET.Element:
    """The root element.  ``UnsupportedSvg`` for what is no plain SVG drawing."""
    data = path.read_bytes()
    if len(data) > _LARGEST or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnsupportedSvg("DOCTYPE")
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise UnsupportedSvg(str(error)) from error
    if _name(root) != "svg":
        raise UnsupportedSvg(_name(root))
    return root


def svg_size(root: ET.Element) -> tuple[float, float, float, float]:
    """The view box: left, top, width, height in user units."""
    box = root.get("viewBox")
    if box:
        x, y, width, height = (float(v) for v in re.split(r"[\s,]+", box.strip()))
    else:
        x = y = 0.0
        width, height = (
            float(re.sub(r"[a-z%]+$", "", root.get(k, "0"))) for k in ("width", "height")
        )
    if width <= 0 or height <= 0:
        raise UnsupportedSvg("viewBox")
    return x, y, width, height


def fills(root: ET.Element) -> bool:
    """True if the drawing asks to fill its room rather than to fit into it."""
    return root.get("preserveAspectRatio", "").endswith("slice")


def svg_shapes(
    root: ET.Element, rect: Rect, colours: dict[str, Colour], span: Span, *, cover: bool = False
) -> tuple[Shape, ...]:
    """All shapes of the drawing, fitted into ``rect`` and centred.

    With ``cover`` or ``preserveAspectRatio="… slice"`` it fills the rectangle instead (SVG 7.8).
    """
    x, y, width, height = svg_size(root)
    cover = cover or fills(root)
    scales = (rect.width / width, rect.height / height)
    scale = max(scales) if cover else min(scales)
    left = rect.x + (rect.width - width * scale) / 2 - x * scale
    top = rect.y + (rect.height - height * scale) / 2 - y * scale
    base = Matrix(scale, 0, 0, scale, left, top)
    return tuple(_shapes(root, base, {}, colours, span))


def _shapes(
    element: ET.Element,
    matrix: Matrix,
    inherited: dict[str, str],
    colours: dict[str, Colour],
    span: Span,
) -> Iterator[Shape]:
    look = inherited | {k: v for k, v in element.attrib.items() if k in _LOOK}
    if float(element.get("opacity", "1")) != 1:
        raise UnsupportedSvg("opacity")
    matrix = matrix.then(_transform(element.get("transform", "")))
    name = _name(element)
    if name in ("svg", "g"):
        for child in element:
            if _name(child) not in _IGNORED:
                yield from _shapes(child, matrix, look, colours, span)
        return
    commands = _commands(name, element)
    path = tuple(_segment(command, values, matrix) for command, values in commands)
    fill = _colour(look.get("fill", "#000000"), colours)
    ink = _colour(look.get("stroke", "none"), colours)
    stroke = None
    if ink is not None:
        stroke = Stroke(ink, round(float(look.get("stroke-width", "1")) * matrix.scale))
    if fill is not None or stroke is not None:
        yield Shape(path, fill, stroke, span, even_odd=look.get("fill-rule") == "evenodd")


_LOOK = {"fill", "stroke", "stroke-width", "fill-rule"}


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _segment(command: str, values: tuple[float, ...], matrix: Matrix) -> Segment:
    points = [matrix.apply(values[i], values[i + 1]) for i in range(0, len(values), 2)]
    return command, tuple(v for point in points for v in point)


def _commands(name: str, element: ET.Element) -> Commands:
    def number(key: str) -> float:
        return float(element.get(key, "0"))

    if name == "rect":
        radius = number("rx") or number("ry")
        sides = (number("x"), number("y"), number("width"), number("height"))
        return rounded_commands(*sides, radius)
    if name in ("circle", "ellipse"):
        rx, ry = (number("r"),) * 2 if name == "circle" else (number("rx"), number("ry"))
        return ellipse_commands(number("cx"), number("cy"), rx, ry)
    if name == "line":
        return [("M", (number("x1"), number("y1"))), ("L", (number("x2"), number("y2")))]
    if name in ("polyline", "polygon"):
        values = [float(v) for v in re.split(r"[\s,]+", element.get("points", "").strip()) if v]
        points = [(values[i], values[i + 1]) for i in range(0, len(values) - 1, 2)]
        out: Commands = [("L" if i else "M", point) for i, point in enumerate(points)]
        return [*out, ("Z", ())] if name == "polygon" else out
    if name == "path":
        from fontTools.svgLib.path import parse_path  # only drawings with free paths need it

        pen = _Pen()
        parse_path(element.get("d", ""), pen)
        return pen.commands
    raise UnsupportedSvg(f"<{name}>")


def _transform(text: str) -> Matrix:
    matrix = Matrix(1, 0, 0, 1, 0, 0)
    for name, inner in re.findall(r"(\w+)\s*\(([^)]*)\)", text):
        values = [float(v) for v in re.split(r"[\s,]+", inner.strip())]
        if name == "translate":
            step = Matrix(1, 0, 0, 1, values[0], values[1] if len(values) > 1 else 0)
        elif name == "scale":
            step = Matrix(values[0], 0, 0, values[-1], 0, 0)
        elif name == "matrix" and len(values) == 6:
            step = Matrix(*values)
        else:
            raise UnsupportedSvg(f"transform {name}")
        matrix = matrix.then(step)
    return matrix


def _colour(text: str, colours: dict[str, Colour]) -> Colour | None:
    if text == "none":
        return None
    named = re.fullmatch(r"var\(--([\w-]+)\)", text.strip())
    if named:
        if named[1] not in colours:
            raise UnsupportedSvg(f"colour {named[1]}")
        return colours[named[1]]
    full = re.fullmatch(r"#([0-9a-fA-F]{6})", text.strip())
    if full:
        return _from_rgb(*(int(full[1][i : i + 2], 16) / 255 for i in (0, 2, 4)))
    raise UnsupportedSvg(f"colour {text}")


def _from_rgb(red: float, green: float, blue: float) -> Colour:
    """Full grey component replacement: greys become black ink alone."""
    black = 1 - max(red, green, blue)
    rest = 1 - black
    inks = [(1 - v - black) / rest if rest else 0.0 for v in (red, green, blue)]
    cmyk = [round(v * 100, 1) for v in (*inks, black)]
    return Colour("rgb", (cmyk[0], cmyk[1], cmyk[2], cmyk[3]))
