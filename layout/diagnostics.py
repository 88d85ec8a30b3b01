"""What the engine says about a leaflet: places, findings, and their collector.

Content never raises.  Every stage returns its best result and reports what it
noticed; the profile and the command line decide what a finding means.
Message texts live in ``layout/house/data/messages.json`` in Japanese and
English; a diagnostic carries its code and the values for the text.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum

from msgspec import Struct, field


class Severity(IntEnum):
    """How bad a finding is; a higher value is worse."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


class Span(Struct, frozen=True, order=True):
    """A place in a source file.  Lines and columns count from 1; 0 means the whole file."""

    file: str = ""
    line: int = 0
    column: int = 0
    length: int = 1


NOWHERE = Span()


class Diagnostic(Struct, frozen=True):
    """One finding.

    ``code`` is dotted (``area.overset``) and names the message; ``values`` fill
    its placeholders; ``page`` is the page it shows on, from 1, or 0.
    """

    code: str
    severity: Severity
    span: Span
    values: Mapping[str, object] = field(default_factory=dict)
    page: int = 0


class Reporter:
    """Collects diagnostics in order and never prints.

    The same finding twice is one finding: columns are filled on trial, and say
    the same again.
    """

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._known: set[tuple[object, ...]] = set()

    def error(self, code: str, span: Span, *, page: int = 0, **values: object) -> None:
        """Report what makes the output wrong or impossible."""
        self._add(Diagnostic(code, Severity.ERROR, span, values, page))

    def warning(self, code: str, span: Span, *, page: int = 0, **values: object) -> None:
        """Report what a careful person would want to look at."""
        self._add(Diagnostic(code, Severity.WARNING, span, values, page))

    def note(self, code: str, span: Span, *, page: int = 0, **values: object) -> None:
        """Report a fact worth knowing."""
        self._add(Diagnostic(code, Severity.NOTE, span, values, page))

    def add(self, found: Diagnostic) -> None:
        """Take over one finding."""
        self._found.append(found)

    def extend(self, found: "Reporter") -> None:
        """Take over another reporter's findings."""
        for diagnostic in found:
            self._add(diagnostic)

    def _add(self, found: Diagnostic) -> None:
        values = tuple(sorted((k, str(v)) for k, v in found.values.items()))
        key = (found.code, found.span, found.page, values)
        if key not in self._known:
            self._known.add(key)
            self._found.append(found)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def has_errors(self) -> bool:
        """True if anything reported makes the output wrong."""
        return any(d.severity is Severity.ERROR for d in self._found)
