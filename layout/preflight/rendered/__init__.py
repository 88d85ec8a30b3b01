"""What a press would print: plates of the finished file, and the checks that need to see them.

``separate`` makes true separations of any PDF, overprint honoured, without
Ghostscript; ``check_rendered`` judges ink, bleed, overprint and QR codes on them;
``plate_pictures`` shows them; ``second_opinion`` compares them with Ghostscript's
where that is installed.
"""

from layout.preflight.rendered.check import check_rendered
from layout.preflight.rendered.model import (
    CodeFact,
    ExpectedCode,
    PageInk,
    PagePlates,
    Plate,
    Rendered,
)
from layout.preflight.rendered.pictures import plate_pictures
from layout.preflight.rendered.second import second_opinion
from layout.preflight.rendered.separate import Separations, UnopenedError, separate

__all__ = [
    "CodeFact",
    "ExpectedCode",
    "PageInk",
    "PagePlates",
    "Plate",
    "Rendered",
    "Separations",
    "UnopenedError",
    "check_rendered",
    "plate_pictures",
    "second_opinion",
    "separate",
]
