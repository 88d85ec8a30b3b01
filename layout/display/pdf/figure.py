"""The way in: a page of a PDF file as items of the display list."""

from typing import Final

from layout.display.canvas import Canvas
from layout.display.matrix import Matrix
from layout.display.pdf.interpreter import Interpreter
from layout.display.pdf.layers import Layers
from layout.display.pdf.streams import Budget
from layout.geometry import Rect
from layout.style.pdf_file import PdfPage, inherited, open_pdf
from layout.style.picture_error import PictureError

_STREAMS_MOST: Final = 600_000_000


def draw_pdf(path: str, page: int, rect: Rect, canvas: Canvas) -> None:
    """Draw a page into ``rect``; ``PictureError`` for what cannot be drawn, ``OSError``."""
    import pikepdf

    opened = open_pdf(path, page)
    with opened.pdf:
        drawer = Interpreter(canvas, Layers(opened.pdf.Root), Budget(_STREAMS_MOST))
        try:
            resources = inherited(opened.page, "/Resources")
            drawer.run(opened.page, resources, drawer.first_state(_matrix(opened, rect)))
        except PictureError:
            raise
        except RecursionError as problem:
            raise PictureError("image.too-complex") from problem
        except (
            pikepdf.PdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
            RuntimeError, NotImplementedError, OSError,
        ) as problem:  # fmt: skip
            # A file may hold anything in any place; what is no number or no stream shows here.
            reason = str(problem)[:120] or type(problem).__name__
            raise PictureError("image.pdf-broken", reason=reason) from problem


def _matrix(opened: PdfPage, rect: Rect) -> Matrix:
    """From the points of the page, y upwards, to the rectangle, turned as the page asks."""
    left, low, right, top = opened.box
    wide, high = opened.size
    across, down = rect.width / wide, rect.height / high
    turn = {
        0: Matrix(1.0, 0.0, 0.0, -1.0, -left, top),
        90: Matrix(0.0, 1.0, 1.0, 0.0, -low, -left),
        180: Matrix(-1.0, 0.0, 0.0, 1.0, right, -low),
        270: Matrix(0.0, -1.0, -1.0, 0.0, top, right),
    }.get(opened.rotation, Matrix(1.0, 0.0, 0.0, -1.0, -left, top))
    return Matrix(across, 0.0, 0.0, down, float(rect.x), float(rect.y)).then(turn)
