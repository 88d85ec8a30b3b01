"""A file opened without harm, whatever its bytes are."""

import re
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.style.pdf_file import refuse_bombs
from layout.style.picture_error import PictureError
from layout.style.quiet import quieten

if TYPE_CHECKING:
    import pikepdf

PAGES_MOST: Final = 2000
"""Pages that are judged one by one; a leaflet has a few."""

_SOURCE: Final = re.compile(r"stream <[^>]*>(?:, |: | )?")
_DETAIL: Final = 200


class Opened(Struct, frozen=True):
    """An open file.

    ``warnings`` is what qpdf mended while it opened the file (it forgets them
    when asked, and puts its own in place of what is missing).  ``pages`` are the
    page dictionaries, at most ``PAGES_MOST``, and ``page_count`` how many there are.
    """

    pdf: "pikepdf.Pdf"
    warnings: tuple[str, ...]
    pages: tuple[Any, ...]
    page_count: int


def open_pdf(data: bytes, name: str, reporter: Reporter) -> Opened | None:
    """The open file; None and one finding (``pdf.unopened``, ``pdf.locked``) if that fails.

    Close its ``pdf``.
    """
    import pikepdf

    quieten("pikepdf")
    span = Span(name)
    try:
        refuse_bombs(data)
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError:
        reporter.error("pdf.locked", span)
        return None
    except PictureError:
        reporter.error("pdf.unopened", span, problem="object streams are too large")
        return None
    except (pikepdf.PikepdfError, RuntimeError, ValueError, TypeError, KeyError) as problem:
        reporter.error("pdf.unopened", span, problem=in_words(problem))
        return None
    try:
        warnings = tuple(in_words(each) for each in pdf.get_warnings())
        count = len(pdf.pages)
        pages = tuple(page.obj for page in islice(pdf.pages, PAGES_MOST))
    except (pikepdf.PikepdfError, RuntimeError, ValueError, TypeError, KeyError) as problem:
        pdf.close()
        reporter.error("pdf.unopened", span, problem=in_words(problem))
        return None
    if not count:
        pdf.close()
        reporter.error("pdf.unopened", span, problem="no pages")
        return None
    return Opened(pdf, warnings, pages, count)


def in_words(problem: object) -> str:
    """qpdf's words without the place in memory it begins with, the same in every run."""
    return _SOURCE.sub("", str(problem))[:_DETAIL]
