"""What the checks of marks share: what is judged, and findings that are alike told as one."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct, field

from layout.diagnostics import Diagnostic, Reporter, Severity, Span
from layout.house.flavour import Flavour
from layout.house.profile import Profile
from layout.preflight.finished.facts import Box, PageFacts
from layout.preflight.finished.marks import PageMarks

_EQUAL: Final = 1e-6
"""Ranks nearer to one another are equal: which is the worst must not hang on roundings."""


class Judged(Struct, frozen=True):
    """The file in question: its name for findings, whose wishes it meets, what it claims to be.

    ``flavour`` is what the file claims to be or, if it claims nothing, what it is
    judged by; None stands for any PDF.
    """

    name: str
    profile: Profile
    flavour: Flavour | None = None

    @property
    def span(self) -> Span:
        """Where findings stand: the file as a whole."""
        return Span(self.name)

    @property
    def inks_only(self) -> bool:
        """Whether its flavour knows no colour but inks (PDF/X-1a: ledger, C1)."""
        return self.is_pdfx and not self.may_blend

    @property
    def is_pdfx(self) -> bool:
        """Whether PDF/X rules are applied."""
        return self.flavour is not None and self.flavour.is_pdfx

    @property
    def for_shop(self) -> bool:
        """Whether a print shop is meant, which asks for a certain flavour, and not a copier."""
        return bool(self.profile.flavours)

    @property
    def may_blend(self) -> bool:
        """Whether transparency is allowed."""
        return self.flavour is None or self.flavour.transparency


MarkCheck = Callable[[PageMarks, PageFacts, Judged, Reporter], None]
FileCheck = Callable[[Sequence[PageMarks], Sequence[PageFacts], Judged, Reporter], None]


class _Alike(Struct):
    """Findings of a page that are alike: how many, and the worst of them."""

    severity: Severity
    box: Box
    rank: float
    values: dict[str, object]
    count: int = 1


class Gathering(Struct):
    """Gathers findings of one page; alike ones become one, with ``count`` and one place.

    The place, and the values, are those of the worst (highest ``rank``), of
    equals the first.  A severity is part of what makes findings alike.
    """

    page: PageFacts
    judged: Judged
    _found: dict[tuple[str, Severity, object], _Alike] = field(default_factory=dict)

    def error(
        self, code: str, box: Box, *, rank: float = 0.0, alike: object = None, **values: object
    ) -> None:
        """What makes the output wrong; ``alike`` sets apart what must not be told as one."""
        self._add(code, Severity.ERROR, box, rank, alike, values)

    def warning(
        self, code: str, box: Box, *, rank: float = 0.0, alike: object = None, **values: object
    ) -> None:
        """What somebody should look at."""
        self._add(code, Severity.WARNING, box, rank, alike, values)

    def note(
        self, code: str, box: Box, *, rank: float = 0.0, alike: object = None, **values: object
    ) -> None:
        """What is worth knowing."""
        self._add(code, Severity.NOTE, box, rank, alike, values)

    def _add(
        self, code: str, severity: Severity, box: Box, rank: float, alike: object,
        values: dict[str, object],
    ) -> None:  # fmt: skip
        key = (code, severity, alike)
        known = self._found.get(key)
        if known is None:
            self._found[key] = _Alike(severity, box, rank, values)
            return
        known.count += 1
        if rank > known.rank + _EQUAL:
            known.box, known.rank, known.values = box, rank, values

    def report(self, reporter: Reporter) -> None:
        """Hand over what was gathered, in order of first appearance."""
        for (code, _, _), each in self._found.items():
            values = {"count": each.count, **place_values(self.page, each.box), **each.values}
            found = Diagnostic(code, each.severity, self.judged.span, values, self.page.number)
            reporter.add(found)


def place_values(page: PageFacts, box: Box) -> dict[str, float]:
    """A box's place on the trimmed page as a finding's values, in millimetres."""
    place = page.place(box)
    return {
        "x": round(place.x, 1),
        "y": round(place.y, 1),
        "w": round(place.width, 1),
        "h": round(place.height, 1),
    }
