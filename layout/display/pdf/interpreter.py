"""Follows the operators of a content stream (ISO 32000-1, Annex A) and paints them."""

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from layout.display.canvas import Canvas
from layout.display.matrix import Matrix, shift
from layout.display.model import Colour, Segment, Stroke
from layout.display.paths import Commands, rounded_commands
from layout.display.pdf.fonts import Font, load_font
from layout.display.pdf.images import Images, long_names
from layout.display.pdf.layers import Layers
from layout.display.pdf.operators import OPERATORS, PATHS
from layout.display.pdf.shadings import shading_of
from layout.display.pdf.spaces import Spaces
from layout.display.pdf.state import Paint, Shade, State, Tiles, matrix_of
from layout.display.pdf.streams import Budget, PdfObject, decoded_size, filters, is_array
from layout.style.picture_error import PictureError

OPERATORS_MOST: Final = 1_000_000
STREAMS_MOST: Final = 10_000
CONTENT_MOST: Final = 40_000_000
_DEPTH_MOST: Final = 16
_TILES_MOST: Final = 400
_HAIRLINE: Final = 88_195
"""Nanometres of a quarter of a point: what a line of no width becomes."""


class Interpreter:
    """Draws pages and forms onto a canvas."""

    def __init__(self, canvas: Canvas, layers: Layers, budget: Budget) -> None:
        self.canvas = canvas
        self.layers = layers
        self.budget = budget
        self.spaces = Spaces(budget, canvas.remarks)
        self.images = Images(self.spaces, budget, canvas.remarks)
        self._fonts: dict[Any, Font] = {}
        self._running: list[Any] = []
        self._count = 0
        self._streams = 0
        self._scratch: Any = None

    # --- content streams

    def run(self, content: PdfObject, resources: PdfObject, state: State, name: Any = None) -> None:
        """All operators of a page, a form, a pattern or a glyph."""
        from layout.display.pdf.content import Content

        if len(self._running) >= _DEPTH_MOST:
            raise PictureError("image.too-complex")
        if name is not None and name in self._running:
            raise PictureError("image.pdf-circle")
        self._streams += 1
        if self._streams > STREAMS_MOST:
            raise PictureError("image.too-complex")
        self._running.append(name)
        run = Content(self, resources, state)
        for operands, operator in self._instructions(content):
            if operator == "INLINE":
                run.inline_image(operands[0])
            elif operator in PATHS:
                run.path(operator, [float(value) for value in operands])
            elif operator in OPERATORS:
                OPERATORS[operator](run, operands)
        run.finish()
        self._running.pop()

    def _instructions(self, content: PdfObject) -> Iterator[tuple[Sequence[Any], str]]:
        import pikepdf

        left = CONTENT_MOST
        for stream in _streams(content):
            left -= decoded_size(stream, left)
        if left < 0:
            raise PictureError("image.too-complex")
        for instruction in pikepdf.parse_content_stream(content):
            self._count += 1
            if self._count > OPERATORS_MOST:
                raise PictureError("image.too-complex")
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                yield [instruction.iimage], "INLINE"
            else:
                yield list(instruction.operands), str(instruction.operator)

    # --- painting

    def fill(self, state: State, path: tuple[Segment, ...], even_odd: bool) -> None:
        """Paint the inside of a path."""
        paint = state.fill
        if isinstance(paint, Tiles):
            self._tile(paint, path, even_odd, state)
        elif isinstance(paint, Shade):
            if paint.ground is not None:
                self.canvas.fill(path, paint.ground, state.fill_alpha, even_odd=even_odd)
            self.canvas.shade(
                path, paint.gradient, paint.matrix, state.fill_alpha, even_odd=even_odd
            )
        elif paint is not None:
            self.canvas.fill(path, paint, state.fill_alpha, even_odd=even_odd)

    def stroke(self, state: State, path: tuple[Segment, ...]) -> None:
        """Draw along a path."""
        paint = state.stroke
        if isinstance(paint, (Shade, Tiles)):
            self.canvas.remarks.simplify("線のグラデーション・パターン")
            paint = _flat(paint)
        if paint is None:
            return
        scale = state.matrix.scale
        thickness = round(state.width * scale)
        if thickness <= 0:
            self.canvas.remarks.simplify("太さ 0 の線（0.25pt にしました）")
            thickness = _HAIRLINE
        dash = tuple(round(part * scale) for part in state.dash)
        dash = dash * 2 if len(dash) % 2 else dash
        if not any(dash):
            dash = ()
        phase = round(state.phase * scale) % sum(dash) if dash else 0
        line = Stroke(paint, thickness, dash, phase, state.cap, state.join, max(state.miter, 1.0))
        self.canvas.stroke(path, line, state.stroke_alpha)

    def _tile(self, tiles: Tiles, path: tuple[Segment, ...], even_odd: bool, state: State) -> None:
        """A pattern, painted as often as it shows in the path (8.7.3)."""
        if not path or abs(tiles.matrix.determinant) < 1e-12:
            return
        from layout.display.blends import bounds

        source = tiles.stream
        steps = [abs(float(source[key])) for key in ("/XStep", "/YStep")]
        cell = [float(value) for value in source["/BBox"]]
        if min(steps) <= 0:
            raise PictureError("image.pdf-broken", reason="XStep")
        box = bounds(path)
        back = tiles.matrix.inverse()
        corners = [back.exact(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        ranges = []
        for axis, step in enumerate(steps):
            low, high = min(c[axis] for c in corners), max(c[axis] for c in corners)
            first = math.floor((low - cell[axis + 2]) / step + 1e-6) + 1
            last = math.ceil((high - cell[axis]) / step - 1e-6)
            ranges.append(range(first, last))
        if len(ranges[0]) * len(ranges[1]) > _TILES_MOST:
            raise PictureError("image.pdf-unsupported", what="細かいパターン (pattern)")
        self.canvas.begin_clip(path, even_odd)
        for across in ranges[0]:
            for up in ranges[1]:
                moved = tiles.matrix.then(shift(across * steps[0], up * steps[1]))
                self._cell(source, moved, tiles.ink, cell)
        self.canvas.end_clip()

    def _cell(
        self, source: PdfObject, matrix: Matrix, ink: Colour | None, cell: list[float]
    ) -> None:
        state = self.first_state(matrix)
        if ink is not None:
            state = replace(state, fill=ink, stroke=ink)
        self.canvas.begin_clip(matrix.path(_box_path(cell)))
        self.run(source, source.get("/Resources"), state, source.objgen)
        self.canvas.end_clip()

    def first_state(self, matrix: Matrix) -> State:
        """The state a page begins with."""
        gray = self.spaces.device("gray")
        black = gray.colour([0.0])
        return State(matrix, gray, gray, black, black)

    # --- resources

    def form(self, source: PdfObject, resources: PdfObject, state: State) -> None:
        """A form XObject (8.10)."""
        inner = state.moved(matrix_of(source.get("/Matrix")))
        inner = replace(inner, clips=0)
        box = [float(value) for value in source.get("/BBox", [])]
        grouped = source.get("/Group") is not None and state.fill_alpha < 1
        if grouped:
            self.canvas.begin_veil(state.fill_alpha)
            inner = replace(inner, fill_alpha=1.0, stroke_alpha=1.0)
        if len(box) == 4:
            self.canvas.begin_clip(inner.matrix.path(_box_path(box)))
        self.run(source, source.get("/Resources", resources), inner, source.objgen)
        if len(box) == 4:
            self.canvas.end_clip()
        if grouped:
            self.canvas.end_veil()

    def image(self, source: PdfObject, resources: PdfObject, state: State) -> None:
        """An image or a stencil in the unit square."""
        matrix = state.matrix.then(Matrix(1.0, 0.0, 0.0, -1.0, 0.0, 1.0))
        if bool(source.get("/ImageMask", False)):
            paint = state.fill
            if isinstance(paint, (Shade, Tiles)):
                raise PictureError("image.pdf-unsupported", what="image mask with pattern")
            if paint is not None:
                data = self.images.stencil(source)
                self.canvas.picture(data, matrix, state.fill_alpha, paint)
            return
        data = self.images.picture(source, resources)
        self.canvas.picture(data, matrix, state.fill_alpha)

    def inline(self, source: Any, resources: PdfObject, state: State) -> None:
        """An inline image, as a stream under full names (8.9.7)."""
        import pikepdf

        if self._scratch is None:
            self._scratch = pikepdf.new()
        stream = pikepdf.Stream(self._scratch, source.read_raw_bytes())
        for key, value in long_names(source.obj).items():
            stream[key] = value
        names = filters(stream)
        if names:
            stream["/Filter"] = pikepdf.Array([pikepdf.Name(name) for name in names])
        self.image(stream, resources, state)

    def font(self, source: PdfObject) -> Font:
        """A font, read once."""
        key = source.objgen if source.objgen != (0, 0) else id(source)
        if key not in self._fonts:
            self._fonts[key] = load_font(source, self.budget)
        return self._fonts[key]

    def pattern(
        self, source: PdfObject, base: Matrix, ink: Colour | None, resources: PdfObject
    ) -> Paint:
        """A pattern as a paint (8.7.2): it hangs on the coordinates of the whole stream."""
        matrix = base.then(matrix_of(source.get("/Matrix")))
        if int(source.get("/PatternType", 0)) == 1:
            uncoloured = int(source.get("/PaintType", 1)) == 2
            return Tiles(source, matrix, ink if uncoloured else None)
        gradient, ground = shading_of(source["/Shading"], self.spaces, resources, self.budget)
        return Shade(gradient, matrix, ground)


def _flat(paint: Shade | Tiles) -> Colour | None:
    from layout.display.canvas import mean

    return mean(paint.gradient) if isinstance(paint, Shade) else paint.ink


def _box_path(box: Sequence[float]) -> Commands:
    return rounded_commands(box[0], box[1], box[2] - box[0], box[3] - box[1], 0)


def _streams(content: PdfObject) -> list[PdfObject]:
    """The streams a page's content is made of, or the stream itself."""
    found = content.get("/Contents") if str(content.get("/Type")) == "/Page" else content
    if found is None:
        return []
    return list(found) if is_array(found) else [found]
