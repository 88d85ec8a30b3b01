"""The proof paper (校正紙): every page of the press file, reduced, with room for red ink.

The pages themselves are the press file's own (``merge``), as it will be printed; what
stands on them and around them is drawn with ReportLab, which nothing else of the
project uses.  ``paper`` says where things are on a sheet, ``rows`` numbers the lines,
``remarks`` says what there is to look at, ``pen`` draws in millimetres from the upper
left corner; ``page``, ``checklist`` and ``legend`` are the three kinds of sheet, and
``sheet`` is what they share.
"""

from layout.backends.proof_pdf.checklist import checklist
from layout.backends.proof_pdf.legend import HEIGHT_MM, legend
from layout.backends.proof_pdf.merge import Placed, merged
from layout.backends.proof_pdf.page import leaflet_page
from layout.backends.proof_pdf.pen import Pen
from layout.backends.proof_pdf.remarks import told
from layout.backends.proof_pdf.rows import Row, numbered
from layout.backends.proof_pdf.sheet import Drawing, Numbered
from layout.font.library import FontLibrary
from layout.proof.model import ProofPage

__all__ = ["write_proof_pdf"]


def write_proof_pdf(proof: ProofPage, press: bytes, library: FontLibrary) -> bytes:
    """The whole paper as PDF, the same bytes for the same proof.

    ``press`` is the press file that ``proof.reading`` was read from, page by page; the
    letters are of the fonts that ``library`` has for signs and remarks.
    """
    pen = Pen(library)
    pages = proof.reading.pages
    rows = {row.line.id: row for page in pages for row in numbered(page)}
    rows_of: dict[int, list[Row]] = {}
    for row in rows.values():
        rows_of.setdefault(row.line.page, []).append(row)
    drawing = Drawing(pen, proof, rows, rows_of, _facts(proof), told(proof))
    placed: list[Placed | None] = []
    for index, page in enumerate(pages):
        place = leaflet_page(drawing, page)
        placed.append(Placed(index, place.x, place.y, place.scale))
        placed += [None] * (pen.sheets - len(placed))
    end = checklist(drawing)
    legend(drawing, end if end + HEIGHT_MM <= drawing.bottom else 0)
    pen.end_sheet()
    placed += [None] * (pen.sheets - len(placed))
    return merged(pen.finished(proof.title), press, placed, proof.language)


def _facts(proof: ProofPage) -> dict[int, list[Numbered]]:
    """The facts of each page, with their numbers on the sheet."""
    found: dict[int, list[Numbered]] = {page.number: [] for page in proof.reading.pages}
    for number, row in enumerate(proof.facts.rows, 1):
        found.setdefault(row.page, []).append((number, row))
    return found
