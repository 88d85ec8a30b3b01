"""Facts on the page as with a marker pen: what to compare, with its number on the facts sheet."""

from typing import Final

from layout.backends.proof_pdf.paper import Paper
from layout.backends.proof_pdf.pen import WHITE, Pen
from layout.backends.proof_pdf.places import pieces
from layout.backends.proof_pdf.sheet import Drawing
from layout.reading.model import Box, Page

_MARKER: Final = (1.0, 0.92, 0.45)
_EDGE: Final = (0.55, 0.38, 0.0)
_SIZE: Final = 3.6


def highlight(drawing: Drawing, paper: Paper, page: Page) -> None:
    """Every fact of a page; the ground is multiplied into what lies under it."""
    pen = drawing.pen
    for number, row in drawing.facts[page.number]:
        first = True
        for piece in pieces(page, row.line_id, row.start, len(row.printed)):
            box = paper.stretch(piece)
            pen.marker(box.x, box.y, box.width, box.height, _MARKER)
            _edge(pen, box, upright=piece.line.vertical)
            if first:
                _number(pen, box, number, upright=piece.line.vertical)
            first = False


def _edge(pen: Pen, box: Box, *, upright: bool) -> None:
    """A fine line, which is seen where a printer has only black."""
    if upright:
        pen.rule(box.x, box.y, box.x, box.y + box.height, thick=0.1, colour=_EDGE)
    else:
        low = box.y + box.height
        pen.rule(box.x, low, box.x + box.width, low, thick=0.1, colour=_EDGE)


def _number(pen: Pen, box: Box, number: int, *, upright: bool) -> None:
    """Between this line and the one before it."""
    words = str(number)
    x = box.x + box.width + 0.25 if upright else box.x + 0.1
    y = box.y + 1.0 if upright else box.y - 0.1
    long = pen.long(words, _SIZE, bold=True)
    pen.box(x - 0.15, y - 1.0, long + 0.3, 1.1, line=None, fill=WHITE, radius=0.2)
    pen.text(x, y, words, _SIZE, bold=True, colour=_EDGE)
