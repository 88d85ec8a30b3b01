"""The PDF for screens and for everyone: tagged, in sRGB, with links and bookmarks.

PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) at once, of the same display list
as the press PDF.  ``write_web`` is the list of its stages.
"""

from layout.backends.web_pdf.write import write_web

__all__ = ["write_web"]
