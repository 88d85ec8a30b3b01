"""What every check of a finished file gets: the file, its facts, and what it is judged by."""

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.display.pdf.streams import Budget
from layout.house.flavour import Flavour, flavour_names, load_flavour
from layout.house.pdf_rules import PdfRules, load_pdf_rules
from layout.house.profile import Profile
from layout.preflight.finished.facts import Box, Facts
from layout.preflight.finished.gather import Judged, place_values
from layout.preflight.finished.inventory import Inventory
from layout.preflight.finished.marks import PageMarks
from layout.preflight.finished.metadata import Said
from layout.preflight.finished.opening import Opened

PLAIN: Final = "PDF 1.4"
"""The flavour without a standard; its rules forbid what no press can print."""


class Case(Struct, frozen=True):
    """A file before its judges.

    ``flavour`` is the one it claims; if it claims none that is known, the one
    the shop would like best, or a plain PDF.
    """

    data: bytes
    opened: Opened
    facts: Facts
    said: Said
    inventory: Inventory
    pages: tuple[PageMarks, ...]
    profile: Profile
    flavour: Flavour
    rules: PdfRules
    budget: Budget
    reporter: Reporter

    @property
    def root(self) -> Any:
        """The catalog."""
        return self.opened.pdf.Root

    @property
    def is_pdfx(self) -> bool:
        """Whether PDF/X rules are applied."""
        return self.flavour.is_pdfx

    @property
    def judged(self) -> Judged:
        """The same for the checks of marks."""
        return Judged(self.facts.name, self.profile, self.flavour)

    def error(self, code: str, page: int = 0, box: Box | None = None, **values: object) -> None:
        """Report what breaks the flavour or what the shop cannot print; ``box`` is its place."""
        self.reporter.error(code, self._span, page=page, **values, **self._place(page, box))

    def warning(self, code: str, page: int = 0, box: Box | None = None, **values: object) -> None:
        """Report what a careful person would look at."""
        self.reporter.warning(code, self._span, page=page, **values, **self._place(page, box))

    def note(self, code: str, page: int = 0, **values: object) -> None:
        """Report a fact worth knowing."""
        self.reporter.note(code, self._span, page=page, **values)

    def breach(self, code: str, page: int = 0, box: Box | None = None, **values: object) -> None:
        """Report what PDF/X forbids: an error there, and in a plain PDF a warning."""
        report = self.error if self.is_pdfx else self.warning
        report(code, page, box, **values)

    @property
    def _span(self) -> Span:
        return Span(self.facts.name)

    def _place(self, page: int, box: Box | None) -> dict[str, float]:
        known = 1 <= page <= len(self.facts.pages)
        return place_values(self.facts.pages[page - 1], box) if known and box is not None else {}


Check = Callable[[Case], None]


def judged_by(claimed: str, profile: Profile) -> tuple[Flavour, PdfRules]:
    """The flavour a file is judged by, with its rules: the one it claims, else the shop's."""
    if claimed not in flavour_names():
        claimed = profile.flavour if profile.flavours else PLAIN
    return load_flavour(claimed), load_pdf_rules(claimed)
