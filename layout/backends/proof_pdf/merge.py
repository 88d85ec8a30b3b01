"""The press file's own pages put under what was drawn: vectors and letters, nothing rendered."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.backends.proof_pdf.paper import MM_PER_PT

if TYPE_CHECKING:
    import pikepdf


class Placed(Struct, frozen=True):
    """Page ``index`` (from 0) of the press file, trimmed, its upper left corner in millimetres."""

    index: int
    x: float
    y: float
    scale: float


def merged(drawn: bytes, press: bytes, placed: Sequence[Placed | None], language: str) -> bytes:
    """The drawn sheets, each with the press page that lies under it."""
    import pikepdf

    with pikepdf.open(BytesIO(drawn)) as paper, pikepdf.open(BytesIO(press)) as source:
        for sheet, place in zip(paper.pages, placed, strict=True):
            if place is not None:
                _put(paper, sheet, source.pages[place.index], place)
        for key in ("/Author", "/Keywords", "/Subject", "/CreationDate", "/ModDate", "/Trapped"):
            if key in paper.docinfo:  # what ReportLab says of itself
                del paper.docinfo[key]
        paper.docinfo["/Creator"] = paper.docinfo["/Producer"] = "bira"
        paper.Root["/Lang"] = pikepdf.String(language or "ja")
        paper.Root["/ViewerPreferences"] = pikepdf.Dictionary(
            DisplayDocTitle=True, PrintScaling=pikepdf.Name.None_
        )
        out = BytesIO()
        paper.save(
            out, deterministic_id=True, compress_streams=True, recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )  # fmt: skip
    return out.getvalue()


def _put(paper: "pikepdf.Pdf", sheet: "pikepdf.Page", page: "pikepdf.Page", at: Placed) -> None:
    """The trimmed page as a form, before everything else on the sheet."""
    import pikepdf

    trim = page.trimbox
    left, top = float(trim[0]), float(trim[3])
    form = paper.copy_foreign(page.as_form_xobject())
    name = sheet.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/Leaflet"))
    form["/BBox"] = pikepdf.Array(trim)
    high = float(sheet.mediabox[3])
    matrix = (
        at.scale, 0, 0, at.scale,
        at.x / MM_PER_PT - left * at.scale,
        high - at.y / MM_PER_PT - top * at.scale,
    )  # fmt: skip
    numbers = " ".join(f"{value:.5f}" for value in matrix)
    content = f"q {numbers} cm {name} Do Q\n".encode()
    sheet.contents_add(paper.make_stream(content), prepend=True)
