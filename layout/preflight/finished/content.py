"""A page's content streams, read as a press would follow them: operators in, marks out.

``read_page`` is the way in.  ``content_shared`` keeps what the pages of a file have
in common and how much of it may still be read; a ``Reader`` goes through one
stream by the table of ``content_operators``, with the graphics state
(``content_state``), paths (``content_paths``), text (``content_text``) and colours
(``content_colour``).  Nothing raises for what a file contains: what makes no sense
is an ``Oddity``, and the next operator is read.
"""

from typing import Any

from layout.preflight.finished.content_operators import HANDLERS
from layout.preflight.finished.content_reader import Reader
from layout.preflight.finished.content_shared import EnoughError, Shared, Sheet
from layout.preflight.finished.content_state import State
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import PageMarks

__all__ = ["Shared", "read_page"]


def read_page(page: Any, number: int, trim: Box, shared: Shared) -> PageMarks:
    """Everything painted on a page (a dictionary), in order.

    ``trim`` is its TrimBox: of lines that reach beyond it, printer's marks as a
    rule, the pieces are kept.
    """
    sheet = Sheet(number, trim, shared, HANDLERS)
    resources = _inherited(page, "/Resources")
    try:
        Reader(sheet, resources, State()).run(page, None)
    except EnoughError as bound:
        sheet.odd("too-much", str(bound))
    return PageMarks(number, tuple(sheet.marks), tuple(sheet.oddities), sheet.used)


def _inherited(page: Any, key: str) -> Any:
    for _ in range(64):
        if not hasattr(page, "get"):
            return None
        if (held := page.get(key)) is not None:
            return held
        page = page.get("/Parent")
        if page is None:
            return None
    return None
