"""PDF files as figures: opened without harm, one page found, its visible part measured.

pikepdf (qpdf) is imported only when a figure is a PDF.
"""

import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from layout.style.picture_error import PictureError
from layout.style.quiet import quieten

if TYPE_CHECKING:
    import pikepdf

BYTES_MOST: Final = 200_000_000
INFLATED_MOST: Final = 300_000_000
"""Bytes that the file's own tables may inflate to: qpdf opens them whole."""

_TABLES: Final = re.compile(rb"/(?:ObjStm|XRef)\b")
_TABLE_HEAD: Final = 4000
_PIECE: Final = 1 << 16
_NEAR, _FAR = 1e-3, 1e7
"""Between these, numbers of points are sizes."""

_BOXES: Final = ("/TrimBox", "/CropBox", "/MediaBox")

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


class PdfPage(Struct, frozen=True):
    """A page of an open file: its dictionary, the box that is shown, and its rotation."""

    pdf: "pikepdf.Pdf"
    page: "pikepdf.Object"
    box: Box
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as it is seen, in points."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.rotation % 180 else (width, height)


def pdf_size(path: str, page: int) -> tuple[float, float]:
    """The size of what a page shows, in points; ``PictureError``, ``OSError``."""
    opened = open_pdf(path, page)
    with opened.pdf:
        return opened.size


def open_pdf(path: str, number: int) -> PdfPage:
    """The page of that number, from 1; ``PictureError``, ``OSError``.  Close its ``pdf``."""
    import pikepdf

    quieten("pikepdf")
    size = Path(path).stat().st_size
    if size > BYTES_MOST:
        raise PictureError(
            "image.file-too-large", size=size // 1_000_000, most=BYTES_MOST // 1_000_000
        )
    refuse_bombs(Path(path).read_bytes())
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError as problem:
        raise PictureError("image.pdf-locked") from problem
    except (pikepdf.PdfError, RuntimeError, ValueError) as problem:
        raise PictureError("image.pdf-broken", reason=_reason(problem, path)) from problem
    try:
        return _page(pdf, number)
    except PictureError:
        pdf.close()
        raise
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError) as problem:
        pdf.close()
        raise PictureError("image.pdf-broken", reason=_reason(problem, path)) from problem


def _page(pdf: "pikepdf.Pdf", number: int) -> PdfPage:
    count = len(pdf.pages)
    if not 1 <= number <= count:
        raise PictureError("image.pdf-page", number=number, count=count)
    page = pdf.pages[number - 1].obj
    sheet = _box(page, "/MediaBox") or (0.0, 0.0, 612.0, 792.0)
    box = sheet
    for key in _BOXES:
        found = _box(page, key)
        if found is not None:
            box = found
            break
    box = (
        max(box[0], sheet[0]), max(box[1], sheet[1]), min(box[2], sheet[2]), min(box[3], sheet[3]),
    )  # fmt: skip
    if box[2] - box[0] < _NEAR or box[3] - box[1] < _NEAR:
        raise PictureError("image.pdf-empty")
    turned = inherited(page, "/Rotate")
    return PdfPage(pdf, page, box, int(turned) % 360 if turned is not None else 0)


def _box(page: "pikepdf.Object", key: str) -> Box | None:
    """A box of the page or of what it hangs on, its corners in order; None if it is not there."""
    found = inherited(page, key)
    if found is None:
        return None
    values = [float(value) for value in found]  # type: ignore[attr-defined,unused-ignore]
    if len(values) != 4:
        return None
    (left, right), (low, high) = sorted(values[::2]), sorted(values[1::2])
    if not all(abs(value) < _FAR for value in values):
        return None
    return (left, low, right, high) if right - left > _NEAR and high - low > _NEAR else None


def inherited(page: "pikepdf.Object", key: str) -> "pikepdf.Object | None":
    """An entry of a page, or of the nodes above it (ISO 32000-1, 7.7.3.4)."""
    import pikepdf

    node = page
    for _ in range(64):
        value = node.get(key)
        if value is not None:
            return value
        parent = node.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            return None
        node = parent
    return None


def _reason(problem: Exception, path: str) -> str:
    """qpdf's words, without the path it begins with."""
    return str(problem).replace(path, Path(path).name)[:200]


def refuse_bombs(data: bytes) -> None:
    """Raise ``PictureError`` for tables of objects that inflate beyond all measure.

    qpdf inflates them on opening, before anybody could look at them.
    """
    room = INFLATED_MOST
    view = memoryview(data)
    for found in _TABLES.finditer(data):
        start = data.find(b"stream", found.end(), found.end() + _TABLE_HEAD)
        if start < 0:
            continue
        start += 8 if data[start + 6 : start + 8] == b"\r\n" else 7
        room -= inflated_size(view[start:], room)
        if room <= 0:
            raise PictureError("image.too-complex")


def inflated_size(data: bytes | memoryview, most: int) -> int:
    """How many bytes deflated data become, counted no further than a little over ``most``.

    Data may go on behind their end; no more is read than they need.
    """
    inflater = zlib.decompressobj()
    count = 0
    try:
        for start in range(0, len(data), _PIECE):
            piece: bytes | memoryview = data[start : start + _PIECE]
            while piece and not inflater.eof and count <= most:
                count += len(inflater.decompress(piece, 1 << 20))
                piece = inflater.unconsumed_tail
            if inflater.eof or count > most:
                break
    except zlib.error:
        pass  # what is damaged is somebody else's finding
    return count
