"""Things that are drawn, not set: QR codes, pictures, stand-ins, ornaments."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from layout.diagnostics import Reporter
from layout.display.canvas import Canvas, Remarks
from layout.display.matrix import shift
from layout.display.model import DisplayItem, Group, Picture, Segment, Shape
from layout.display.paths import ellipse, rectangle
from layout.display.svg.draw import draw_svg
from layout.display.svg.viewports import fills, placed
from layout.geometry import Rect
from layout.style.model import Drawing, Stroke
from layout.style.picture_error import PictureError
from layout.style.svg_file import SvgElement, read_svg, read_svg_file, svg_box
from layout.units import Length, mm, to_mm

STANDINS = Path(__file__).parent.parent / "house" / "data" / "standins"
QUIET_CELLS = 4  # JIS X 0510: free margin around the symbol
LEAST_CELL = mm(0.4)


def draw(drawing: Drawing, rect: Rect, reporter: Reporter) -> list[DisplayItem]:
    """The items of one drawing filling ``rect``.

    Reports ``qr.too-small``, ``qr.too-long`` and what is wrong with the file of a figure; what
    cannot be drawn leaves its place empty.
    """
    match drawing.kind:
        case "qr":
            return _qr(drawing, rect, reporter)
        case "stand-in":
            return _stand_in(drawing, rect)
        case "svg":
            return _svg(drawing, rect, reporter)
        case "pdf":
            return _pdf(drawing, rect, reporter)
        case "image":
            return [Picture(drawing.data, _contained(drawing, rect), drawing.alt, drawing.span)]
        case "glass":
            return _glass(drawing, rect)
        case "arrow":
            return _arrow(drawing, rect)
        case _:
            raise ValueError(f"unknown drawing {drawing.kind!r}")


# --- QR -------------------------------------------------------------------------------


MOST_BYTES: Final = 2331
"""What the largest code holds with error correction M (JIS X 0510, table 7)."""


@lru_cache(maxsize=64)
def qr_matrix(data: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the QR code of ``data``, without quiet zone, error correction M.

    Nothing where it is more than any code holds (JIS X 0510, version 40).
    """
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(data)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return ()
    return tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix())


def _qr(drawing: Drawing, rect: Rect, reporter: Reporter) -> list[DisplayItem]:
    """Vector modules on white with the quiet zone inside ``rect``."""
    matrix = qr_matrix(drawing.data)
    if not matrix:
        size = len(drawing.data.encode())
        reporter.error("qr.too-long", drawing.span, size=size, most=MOST_BYTES)
        return []
    count = len(matrix) + 2 * QUIET_CELLS
    side = min(rect.width, rect.height)
    cell = side // count
    if cell < LEAST_CELL:
        reporter.error(
            "qr.too-small",
            drawing.span,
            cell=f"{to_mm(cell):.2f}",
            size=f"{to_mm(LEAST_CELL * count):.1f}",
        )
    left = rect.x + (rect.width - cell * len(matrix)) // 2
    top = rect.y + (rect.height - cell * len(matrix)) // 2
    path: list[Segment] = []
    for row, modules in enumerate(matrix):
        for start, end in _stretches(modules):
            path.extend(
                rectangle(Rect(left + start * cell, top + row * cell, (end - start) * cell, cell))
            )
    ground = Shape(rectangle(rect), drawing.colours["paper"], None, drawing.span)
    code = Shape(tuple(path), drawing.colours["ink"], None, drawing.span)
    return [Group((ground, code), (), drawing.span, "figure", drawing.alt, code=drawing.data)]


def _stretches(modules: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Runs of dark modules: fewer rectangles, and no hairlines between neighbours."""
    out: list[tuple[int, int]] = []
    for i, dark in enumerate(modules):
        if dark and out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        elif dark:
            out.append((i, i + 1))
    return out


# --- pictures ---------------------------------------------------------------------------


def _contained(drawing: Drawing, rect: Rect) -> Rect:
    """The largest rectangle of the picture's proportion centred in ``rect``."""
    if not drawing.inline or not drawing.block:
        return rect
    scale = min(rect.width / drawing.inline, rect.height / drawing.block)
    width, height = round(drawing.inline * scale), round(drawing.block * scale)
    return Rect(
        rect.x + (rect.width - width) // 2, rect.y + (rect.height - height) // 2, width, height
    )


def _svg(drawing: Drawing, rect: Rect, reporter: Reporter) -> list[DisplayItem]:
    remarks = Remarks()
    try:
        root = read_svg_file(drawing.data)
        items = svg_items(root, rect, drawing, remarks)
        frame = rect if fills(root.get("preserveAspectRatio")) else _contained(drawing, rect)
    except (PictureError, OSError) as problem:
        _refuse(drawing, problem, reporter)
        return []
    remarks.report(reporter, drawing.span, Path(drawing.data).name)
    return [Group(items, rectangle(frame), drawing.span, "figure", drawing.alt)]


def _pdf(drawing: Drawing, rect: Rect, reporter: Reporter) -> list[DisplayItem]:
    from layout.display.pdf.figure import draw_pdf  # only for leaflets with such a figure

    frame = _contained(drawing, rect)
    canvas = Canvas(drawing.span, Remarks(), Path(drawing.data).name)
    try:
        draw_pdf(drawing.data, drawing.page, frame, canvas)
    except (PictureError, OSError) as problem:
        _refuse(drawing, problem, reporter)
        return []
    canvas.remarks.report(reporter, drawing.span, Path(drawing.data).name)
    return [Group(canvas.items, rectangle(frame), drawing.span, "figure", drawing.alt)]


def _refuse(drawing: Drawing, problem: PictureError | OSError, reporter: Reporter) -> None:
    name = Path(drawing.data).name
    if isinstance(problem, PictureError):
        reporter.error(problem.code, drawing.span, page=0, file=name, **problem.values)
        return
    reason = problem.strerror or type(problem).__name__
    reporter.error("image.unreadable", drawing.span, file=name, reason=reason)


def svg_items(
    root: SvgElement, rect: Rect, drawing: Drawing, remarks: Remarks, *, cover: bool = False
) -> tuple[DisplayItem, ...]:
    """All items of an SVG drawing, fitted into ``rect`` as it asks, or covering it.

    ``PictureError`` for what cannot be drawn.
    """
    fit = root.get("preserveAspectRatio")
    if cover and not fills(fit):
        fit = "xMidYMid slice"
    matrix = placed(svg_box(root), (rect.width, rect.height), fit if fit != "none" else "")
    canvas = Canvas(drawing.span, remarks, Path(drawing.data).name)
    draw_svg(root, shift(rect.x, rect.y).then(matrix), drawing.colours, canvas)
    return canvas.items


@lru_cache(maxsize=8)
def _stand_in_root(name: str) -> SvgElement:
    return read_svg((STANDINS / f"{name}.svg").read_bytes())


def _stand_in(drawing: Drawing, rect: Rect) -> list[DisplayItem]:
    """A neutral ground with a pictogram of the kind of figure that is still to come."""
    colours = drawing.colours
    ground = Shape(rectangle(rect), colours["ground"], None, drawing.span)
    remarks = Remarks()  # there is nothing to remark on in the house's own drawings
    pattern = svg_items(_stand_in_root("ground"), rect, drawing, remarks, cover=True)
    side = round(min(rect.height * 0.62, rect.width * 0.5))
    middle = Rect(rect.x + (rect.width - side) // 2, rect.y + (rect.height - side) // 2, side, side)
    icon = svg_items(_stand_in_root(drawing.data), middle, drawing, remarks)
    frame = Shape(
        rectangle(_inset(rect, mm(0.1))), None, Stroke(colours["line"], mm(0.2)), drawing.span
    )
    return [
        Group((ground, *pattern, *icon), rectangle(rect), drawing.span, "figure", drawing.alt),
        frame,
    ]


def _inset(rect: Rect, by: Length) -> Rect:
    return Rect(rect.x + by, rect.y + by, rect.width - 2 * by, rect.height - 2 * by)


# --- ornaments ----------------------------------------------------------------------------


def _glass(drawing: Drawing, rect: Rect) -> list[DisplayItem]:
    """The magnifying glass of a search button."""
    side = min(rect.width, rect.height)
    ink = Stroke(drawing.colours["ink"], round(side * 0.13))
    r = round(side * 0.28)
    x = rect.x + rect.width // 2 - round(side * 0.08)
    y = rect.y + rect.height // 2 - round(side * 0.08)
    near, far = round(r * 0.75), round(side * 0.46)
    handle: tuple[Segment, ...] = (("M", (x + near, y + near)), ("L", (x + far, y + far)))
    return [
        Shape(ellipse(x, y, r, r), None, ink, drawing.span),
        Shape(handle, None, ink, drawing.span),
    ]


def _arrow(drawing: Drawing, rect: Rect) -> list[DisplayItem]:
    """An arrow in the middle of its room, along the longer side."""
    down = rect.height > rect.width
    length, size = (rect.height, rect.width) if down else (rect.width, rect.height)
    reach = min(length, 4 * size)
    if min(reach, size) < mm(1):
        return []  # there is no room to point through
    middle = (rect.y + rect.height // 2) if not down else (rect.x + rect.width // 2)
    first = (rect.y if down else rect.x) + (length - reach) // 2
    ink = drawing.colours["ink"]

    def point(along: Length, across: Length) -> tuple[Length, Length]:
        return (middle + across, first + along) if down else (first + along, middle + across)

    half = round(size * 0.42)
    tip = reach - round(size * 0.1)
    back = tip - round(size * 0.62)
    head = (point(back, -half), point(tip, 0), point(back, half))
    path: tuple[Segment, ...] = (("M", head[0]), ("L", head[1]), ("L", head[2]), ("Z", ()))
    stem = Stroke(ink, round(size * 0.14))
    line: tuple[Segment, ...] = (("M", point(round(size * 0.1), 0)), ("L", point(back, 0)))
    return [Shape(line, None, stem, drawing.span), Shape(path, ink, None, drawing.span)]
