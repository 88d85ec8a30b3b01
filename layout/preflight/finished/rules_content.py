"""Oddities of content streams: what programs read differently, or cannot read."""

from typing import Final

from layout.diagnostics import Reporter, Severity
from layout.preflight.finished.facts import PageFacts
from layout.preflight.finished.gather import Judged
from layout.preflight.finished.marks import PageMarks

_CODES: Final = {
    "unknown-operator": ("pdf.operator", Severity.ERROR),
    "lenient-operator": ("pdf.operator", Severity.ERROR),
    "missing-resource": ("pdf.resource-missing", Severity.ERROR),
    "unbalanced": ("pdf.unbalanced", Severity.WARNING),
    "recursion": ("pdf.recursion", Severity.ERROR),
    "unreadable": ("pdf.content-broken", Severity.ERROR),
    "too-much": ("pdf.content-unread", Severity.WARNING),
}
_OTHER: Final = ("pdf.content-odd", Severity.WARNING)
_ELSEWHERE: Final = frozenset(("postscript",))
"""Found in the file's objects too, by the checks of the document."""
_OF_PDFX: Final = frozenset(("lenient-operator",))
"""PDF/X forbids what nobody knows between BX and EX as well (ledgers, G1)."""
_SHOWN: Final = 3


def check_content(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """One finding for each kind of oddity of the page, with the first of what it is about."""
    kinds: dict[str, list[str]] = {}
    for oddity in marks.oddities:
        if oddity.what in _ELSEWHERE or (oddity.what in _OF_PDFX and not judged.is_pdfx):
            continue
        kinds.setdefault(oddity.what, []).append(oddity.value)
    for what, values in kinds.items():
        code, severity = _CODES.get(what, _OTHER)
        report = reporter.error if severity is Severity.ERROR else reporter.warning
        named = list(dict.fromkeys(value for value in values if value))
        report(
            code, judged.span, page=page.number, count=len(values), what=what,
            value=", ".join(named[:_SHOWN]) or what,
        )  # fmt: skip
