"""A page's content streams, read as a press would follow them: operators in, marks out.

``read_page`` is the way in.  ``content_shared`` keeps what the pages of a file have
in common and how much of it may still be read; a ``Reader`` (``content_reader``) goes
through one stream by the table of ``content_operators``, with the graphics state
(``content_state``), colours (``content_colour``), paths (``content_paths``,
``content_painting``) and text (``content_showing``, ``content_text``,
``content_cmaps``).  Nothing raises for what a file contains: what makes no sense is an
``Oddity``, and the next operator is read.
"""

from typing import Any

from layout.preflight.finished.content_operators import HANDLERS
from layout.preflight.finished.content_reader import Reader
from layout.preflight.finished.content_shared import (
    TROUBLE,
    EnoughError,
    Names,
    Shared,
    Sheet,
)
from layout.preflight.finished.content_state import EVERYWHERE, State
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import PageMarks
from layout.preflight.finished.objects import read_box
from layout.style.pdf_file import inherited

__all__ = ["Shared", "read_page"]


def read_page(page: Any, number: int, trim: Box, shared: Shared) -> PageMarks:
    """Everything painted on a page (a dictionary), in order.

    ``trim`` is its TrimBox: of lines that reach beyond it, printer's marks as a
    rule, the pieces are kept.
    """
    import pikepdf

    sheet = Sheet(number, trim, EVERYWHERE, shared, HANDLERS)
    try:
        sheet.media = read_box(inherited(page, "/MediaBox")) or EVERYWHERE
        names = Names(inherited(page, "/Resources"), shared)
        Reader(sheet, names, State()).run(page, None)
    except EnoughError as bound:
        sheet.odd("too-much", str(bound))
    except (pikepdf.PdfError, *TROUBLE):
        sheet.odd("unreadable")
    taken = sheet.taken
    return PageMarks(number, tuple(taken.marks), sheet.oddities, taken.used)
