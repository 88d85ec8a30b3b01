"""The submission pack (入稿セット): a zip with all that a print shop wants beside the press PDF.

``spec`` says in Japanese what the file is, from what the judges read in it;
``archive`` writes the zip, the same bytes from the same files.
"""

from layout.backends.pack.archive import checksums, japanese_text, write_zip
from layout.backends.pack.spec import Order, font_sheet, spec_sections, spec_text

__all__ = [
    "Order",
    "checksums",
    "font_sheet",
    "japanese_text",
    "spec_sections",
    "spec_text",
    "write_zip",
]
