"""The press PDF: a display list in, the bytes of a PDF/X-1a file out.

The stages, as ``document.write_press`` calls them: embed the fonts, paint each
page with its marks, embed pictures as they come, say what the file is, write.
"""

from layout.backends.pdf.document import write_press

__all__ = ["write_press"]
