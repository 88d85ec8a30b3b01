"""Text of a content stream (ISO 32000-1, 9.4), drawn as outlines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from layout.display.matrix import IDENTITY, Matrix, shift
from layout.display.model import Segment
from layout.display.pdf.fonts import Font, Glyph
from layout.display.pdf.state import TextState, matrix_of
from layout.display.pdf.streams import PdfObject
from layout.style.picture_error import PictureError

if TYPE_CHECKING:
    from layout.display.pdf.content import Content

_FILLS: Final = (0, 2, 4, 6)
_STROKES: Final = (1, 2, 5, 6)
_CLIPS: Final = (4, 5, 6, 7)
_GLYPHS_MOST: Final = 200_000


class Text:
    """The text object of a stream: its two matrices, and what it has shown."""

    def __init__(self, run: "Content") -> None:
        self._run = run
        self._line = IDENTITY
        self._pen = IDENTITY
        self._clip: list[Segment] = []
        self._count = 0

    @property
    def _state(self) -> TextState:
        return self._run.state.text

    def set(self, **values: Any) -> None:
        """Tc, Tw, Tz, TL, Ts, Tr"""
        self._run.set(text=replace(self._state, **values))

    def font(self, name: str, size: float) -> None:
        """Tf"""
        self.use(self._run.resource("/Font", name), size)

    def use(self, source: PdfObject, size: float) -> None:
        """A font and its size; it is read only if something is shown in it."""
        self.set(font=source, size=size)

    def begin(self) -> None:
        """BT"""
        self._line = self._pen = IDENTITY
        self._clip = []

    def end(self) -> None:
        """ET: text that is to clip clips from here on."""
        if self._clip:
            self._run.begin_clip(tuple(self._clip))
            self._clip = []

    def place(self, values: Sequence[float]) -> None:
        """Tm"""
        self._line = self._pen = Matrix(*values)

    def move(self, x: float, y: float, *, lead: bool = False) -> None:
        """Td and TD"""
        if lead:
            self.set(leading=-y)
        self._line = self._pen = self._line.then(shift(x, y))

    def next_line(self) -> None:
        """T*"""
        self.move(0.0, -self._state.leading)

    def show_next(self, text: Any, words: float | None = None, spacing: float = 0.0) -> None:
        """' and \""""
        if words is not None:
            self.set(words=words, spacing=spacing)
        self.next_line()
        self.show([text])

    def show(self, parts: Sequence[Any]) -> None:
        """Tj and TJ"""
        source = self._state.font
        if source is None:
            raise PictureError("image.pdf-broken", reason="text without a font")
        font = self._run.host.font(source)
        seen = not self._run.hidden and self._state.mode != 3
        path: list[Segment] = []
        for part in parts:
            if _is_number(part):
                self._back(float(part), font)
                continue
            for glyph in font.glyphs(bytes(part)):
                self._count += 1
                if self._count > _GLYPHS_MOST:
                    raise PictureError("image.too-complex")
                if seen:
                    path += self._draw(font, glyph)
                self._advance(glyph, font)
        if path:
            self._paint(tuple(path))

    def _draw(self, font: Font, glyph: Glyph) -> list[Segment]:
        """The outline of a glyph on the page; a Type 3 glyph is painted at once."""
        text = self._state
        size = Matrix(text.size * text.stretch, 0.0, 0.0, text.size, 0.0, text.rise)
        matrix = self._run.state.matrix.then(self._pen).then(size)
        if font.type3 is not None:
            if glyph.key is not None:
                inner = matrix.then(matrix_of(font.type3.matrix))
                state = replace(self._run.state, matrix=inner, clips=0, text=TextState())
                resources = font.type3.resources or self._run.resources
                self._run.host.run(glyph.key, resources, state, glyph.key.objgen)
            return []
        moved = matrix.then(shift(-glyph.aside[0], -glyph.aside[1]))
        return list(moved.path(font.outline(glyph)))

    def _advance(self, glyph: Glyph, font: Font) -> None:
        text = self._state
        more = text.spacing + (text.words if glyph.space else 0.0)
        if font.vertical:
            self._pen = self._pen.then(shift(0.0, glyph.advance * text.size + more))
        else:
            self._pen = self._pen.then(
                shift((glyph.advance * text.size + more) * text.stretch, 0.0)
            )

    def _back(self, thousandths: float, font: Font) -> None:
        text = self._state
        by = -thousandths / 1000 * text.size
        self._pen = self._pen.then(
            shift(0.0, by) if font.vertical else shift(by * text.stretch, 0.0)
        )

    def _paint(self, path: tuple[Segment, ...]) -> None:
        mode = self._state.mode
        if mode in _FILLS:
            self._run.host.fill(self._run.state, path, False)
        if mode in _STROKES:
            self._run.host.stroke(self._run.state, path)
        if mode in _CLIPS:
            self._clip += path


def _is_number(part: Any) -> bool:
    try:
        float(part)
    except (TypeError, ValueError):
        return False
    return True
