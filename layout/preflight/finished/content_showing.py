"""Marks of text (ISO 32000-1, 9.3 and 9.4)."""

from collections.abc import Sequence
from typing import Any, Final

from layout.preflight.finished.content_reader import Reader, matrix_of
from layout.preflight.finished.content_state import (
    IDENTITY,
    Matrix,
    Pen,
    box_through,
    common,
    lengths,
    narrowest,
    number,
    numbers,
    then,
)
from layout.preflight.finished.content_text import Face, Shown, show
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Font
from layout.preflight.finished.objects import is_array, is_name, is_string

_CLIP: Final = 4
"""Text rendering modes from here on add to the clip what they paint (9.3.6)."""

_CLIP_ONLY: Final = 7
_FILLS: Final = (0, 2)
_STROKES: Final = (1, 2)


def begin(run: Reader, _: Any) -> None:
    """``BT``."""
    if run.in_text:
        run.sheet.odd("unbalanced", "BT")
    run.in_text, run.text_clip = True, None
    run.text = run.line = IDENTITY


def end(run: Reader, _: Any) -> None:
    """``ET``; text that clips does so from here on, unless it was nothing but spaces."""
    if not run.in_text:
        run.sheet.odd("unbalanced", "ET")
    run.in_text = False
    if run.text_clip is not None:
        run.state.clip = common(run.state.clip, run.text_clip)
        run.text_clip = None


def choose_font(run: Reader, operands: Any) -> None:
    """``Tf``."""
    size = number(operands[1])
    found = run.resource("/Font", operands[0])
    run.font_is_lost = found is None
    if found is not None:
        run.state.pen = run.state.pen.with_font(run.shared.fonts.font(*found), size)


def set_pen(run: Reader, operands: Any, name: str) -> None:
    """Operators that set one figure of the text state."""
    run.state.pen = run.state.pen.with_value(name, number(operands[0]))


def next_line(run: Reader, x: float, y: float) -> None:
    """To another place from where the line began."""
    run.line = run.text = then((1.0, 0.0, 0.0, 1.0, x, y), run.line)


def move(run: Reader, operands: Any, leading: bool) -> None:
    """``Td``, ``TD``."""
    x, y = numbers(operands, 2)
    if leading:
        run.state.pen = run.state.pen.with_value("leading", -y)
    next_line(run, x, y)


def set_matrix(run: Reader, operands: Any) -> None:
    """``Tm``."""
    run.text = run.line = numbers(operands, 6)


def feed(run: Reader, _: Any) -> None:
    """``T*``."""
    next_line(run, 0.0, -run.state.pen.leading)


def show_string(run: Reader, operands: Any) -> None:
    """``Tj``."""
    if not is_string(operands[0]):
        raise TypeError(operands)
    _show(run, operands)


def show_array(run: Reader, operands: Any) -> None:
    """``TJ``."""
    if not is_array(operands[0]):
        raise TypeError(operands)
    _show(run, list(operands[0]))


def quote(run: Reader, operands: Any) -> None:
    """``'``."""
    feed(run, None)
    show_string(run, operands)


def double_quote(run: Reader, operands: Any) -> None:
    """``"``."""
    word, spacing, text = operands
    set_pen(run, [word], "word")
    set_pen(run, [spacing], "spacing")
    quote(run, [text])


def _show(run: Reader, parts: Sequence[Any]) -> None:
    """Strings and adjustments of one operator make one mark (9.4.3)."""
    if not run.in_text:
        run.sheet.odd("out-of-place", "Tj")
    pen = run.state.pen
    if pen.font is None:
        if not run.font_is_lost:  # that is told already
            run.sheet.odd("no-font")
        return
    run.shared.spend_codes(len(parts))
    face = run.shared.fonts.face(pen.font)
    shown = show(face, pen, parts, run.shared.spend_codes)
    place = then(pen.matrix, then(run.text, run.state.matrix))
    vertical = pen.font.vertical
    along = (0.0, shown.advance) if vertical else (shown.advance * pen.stretch, 0.0)
    run.text = then((1.0, 0.0, 0.0, 1.0, *along), run.text)
    if shown.codes:
        run.sheet.hear(pen.font, shown, pen.mode)
        _mark(run, pen, pen.font, face, shown, place)


def _mark(run: Reader, pen: Pen, font: Font, face: Face, shown: Shown, place: Matrix) -> None:
    mode = int(pen.mode)
    if not shown.blank:
        whole = box_through(place, shown.box(font.vertical, pen.size * face.em))
        box = common(whole, run.state.clip)
        if mode >= _CLIP:
            run.text_clip = whole if run.text_clip is None else _round(run.text_clip, whole)
        if box is not None and (mode != _CLIP_ONLY or face.drawn):
            _add(run, pen, font, face, shown, place, box)
    if face.drawn:
        _draw_glyphs(run, font, shown, place)


def _add(
    run: Reader, pen: Pen, font: Font, face: Face, shown: Shown, place: Matrix, box: Box
) -> None:
    """A text mark; of invisible text neither ``fill`` nor ``stroke`` is set."""
    state = run.state
    mode = 0 if face.drawn and pen.mode != 3 else int(pen.mode) % _CLIP
    fills, strokes = mode in _FILLS, mode in _STROKES
    across, up = lengths(place)
    run.add(
        "text", box, fill=state.fill if fills else None, stroke=state.stroke if strokes else None,
        font=font, size_pt=abs(pen.size) * face.em * (across if font.vertical else up),
        text=shown.text, codes=shown.codes,
        line_pt=abs(state.width) * narrowest(state.matrix) if strokes else 0.0,
    )  # fmt: skip
    if fills and not face.drawn:
        run.tile(False, box)
    if strokes:
        run.tile(True, box)


def _round(one: Box, other: Box) -> Box:
    """The box round both."""
    return Box(
        min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1)
    )


def _draw_glyphs(run: Reader, font: Font, shown: Shown, place: Matrix) -> None:
    """Glyphs that are drawn by content (9.6.5): each code once, where it is shown first."""
    state, drawn = run.state, run.sheet.taken.drawn
    held, size = font.dictionary, state.pen.size
    for code in sorted(shown.places):
        key = (
            "glyph", font.key, code, state.fill.family, id(state.fill.space), state.fill.values,
            state.look,
        )  # fmt: skip
        procedure = run.shared.fonts.procedure(font, code)
        if key in drawn or procedure is None:
            continue
        drawn.add(key)
        inner = state.copy()
        at = shown.places[code]
        glyph = then(matrix_of(held, "/FontMatrix"), (size, 0.0, 0.0, size, at, 0.0))
        inner.matrix = then(glyph, place)
        resources = held.get("/Resources")
        names = run.names if resources is None else run.shared.names(resources, ("font", font.key))
        reader = Reader(run.sheet, names, inner, run.uncoloured, glyph=True)
        run.follow(procedure, run.shared.key(procedure), reader)


def uncolour(run: Reader, _: Any) -> None:
    """``d1``: a glyph that takes the colour of the text (9.6.5)."""
    if run.glyph:
        run.uncoloured = True
    else:
        run.sheet.odd("out-of-place", "d1")


def marked(run: Reader, operands: Any) -> None:
    """``BDC``, ``DP``: properties by name, layers among them (14.6)."""
    if is_name(operands[1]):
        run.resource("/Properties", operands[1])
