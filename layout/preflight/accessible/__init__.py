"""The judge of accessible PDFs: PDF/UA-1 (ISO 14289-1), and PDF/A-2 (ISO 19005-2) besides.

For files of any producer.  ``judge_accessible`` is the way in, ``reading_text`` the text
that the structure tree alone gives; docs/conformance/pdfua1.md is the ledger.
"""

from layout.preflight.accessible.check import claims_accessible, judge_accessible
from layout.preflight.accessible.reading import reading_text

__all__ = ["claims_accessible", "judge_accessible", "reading_text"]
