"""The judge of a finished PDF: ours or anybody's, read anew from its bytes.

Nothing here knows how the file was written: only pikepdf reads it.  ``check_pdf``
in ``check.py`` is the way in: it opens the file (``opening``), reads what it says
of itself (``metadata``, ``read``), what it consists of (``inventory``) and what it
paints (``content``), and runs the checks: of the document (``structure``,
``identity``, ``intent``, ``boxes``, ``shop``, ``screen``, ``device``, ``groups``, ``fonts``,
``pictures``) and of its marks (``rules``).  Findings carry codes ``pdf.…``, the page, and where
they have a place on it the values ``x`` and ``y``: millimetres from the upper left
corner of the trimmed page (``w`` and ``h`` its size), and ``count``, how many
places of the page are alike.
"""

from layout.preflight.finished.check import check_pdf
from layout.preflight.finished.facts import Box, Facts, FontFact, PageFacts, PictureFact, Place

__all__ = ["Box", "Facts", "FontFact", "PageFacts", "PictureFact", "Place", "check_pdf"]
