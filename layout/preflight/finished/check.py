"""The way in: bytes and a profile → findings and facts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from layout.diagnostics import Diagnostic, Reporter, Severity, Span
from layout.display.pdf.streams import Budget
from layout.house.profile import Profile
from layout.preflight.finished.boxes import BOXES
from layout.preflight.finished.case import Case, Check, judged_by
from layout.preflight.finished.content import Shared, read_page
from layout.preflight.finished.defaults import DEFAULTS
from layout.preflight.finished.device import DEVICE
from layout.preflight.finished.facts import Facts
from layout.preflight.finished.fonts import FONTS
from layout.preflight.finished.groups import GROUPS
from layout.preflight.finished.identity import IDENTITY
from layout.preflight.finished.intent import INTENT
from layout.preflight.finished.inventory import take_inventory
from layout.preflight.finished.marks import PageMarks
from layout.preflight.finished.measure import measured
from layout.preflight.finished.metadata import read_said
from layout.preflight.finished.opening import Opened, in_words, open_pdf
from layout.preflight.finished.pictures import PICTURES
from layout.preflight.finished.read import as_shops_see, read_facts, unread, with_fonts
from layout.preflight.finished.rules import FILE_CHECKS, MARK_CHECKS
from layout.preflight.finished.screen import SCREEN
from layout.preflight.finished.shop import SHOP
from layout.preflight.finished.structure import LAST, STRUCTURE
from layout.units import to_mm

BYTES_MOST: Final = 300_000_000
"""Bytes of font programs that are read of one file; a hostile one would go on for ever."""

FINDINGS_MOST: Final = 200
ALIKE_MOST: Final = 20
"""So many findings are handed on, and so many of one code; the rest is counted."""

DOCUMENT_CHECKS: Final[tuple[Check, ...]] = (
    *STRUCTURE,
    *IDENTITY,
    *INTENT,
    *BOXES,
    *SHOP,
    *SCREEN,
    *DEVICE,
    *GROUPS,
    *DEFAULTS,
    *FONTS,
    *PICTURES,
)
"""Every check of the file as a whole; the order is that of the findings."""


def check_pdf(data: bytes, name: str, profile: Profile, reporter: Reporter) -> Facts:
    """Judge the finished file ``data`` against ``profile``; never raises for what it contains.

    ``name`` is the file's name as findings should say it (their span's file).
    What PDF/X demands is judged by the flavour that the file claims.
    """
    found = Reporter()
    facts = unread(name, data)
    opened = open_pdf(data, name, found)
    if opened is not None:
        with opened.pdf, surviving("facts", Span(name), found):
            facts = _judge(data, opened, facts, profile, found)
        if not facts.opened:
            found.error("pdf.unopened", Span(name), problem="facts")
    hand_over(found, Span(name), reporter)
    return facts


def _judge(
    data: bytes, opened: Opened, facts: Facts, profile: Profile, reporter: Reporter
) -> Facts:
    """Read facts and marks, run every check, complete the facts."""
    said = read_said(opened.pdf)
    facts = read_facts(opened, said, facts)
    pages = tuple(_read_marks(opened, facts, reporter))
    facts = with_fonts(facts, pages)
    flavour, rules = judged_by(facts.flavour, profile)
    inventory = take_inventory(opened.pdf.Root, opened.pages)
    budget = Budget(BYTES_MOST)
    case = Case(
        data, opened, facts, said, inventory, pages, profile, flavour, rules, budget, reporter
    )
    _run(DOCUMENT_CHECKS, case)
    _run_on_marks(case)
    _run(LAST, case)
    return measured(facts, pages)


def _read_marks(opened: Opened, facts: Facts, reporter: Reporter) -> Iterator[PageMarks]:
    """What each page paints; of one that cannot be read, nothing."""
    shared = Shared()
    for page, known in zip(opened.pages, facts.pages, strict=True):
        marks = PageMarks(known.number, (), (), {})
        with surviving(f"page {known.number}", Span(facts.name), reporter):
            marks = read_page(page, known.number, known.trim, shared)
        yield marks


def _run(checks: Sequence[Check], case: Case) -> None:
    for check in checks:
        with surviving(check.__name__, case.judged.span, case.reporter):
            check(case)


def _run_on_marks(case: Case) -> None:
    """Every page by itself, then all of them together."""
    judged, reporter = case.judged, case.reporter
    bleed = to_mm(case.profile.bleed)
    pages = tuple(as_shops_see(page, bleed) for page in case.facts.pages)
    for marks, page in zip(case.pages, pages, strict=True):
        for check in MARK_CHECKS:
            with surviving(check.__name__, judged.span, reporter):
                check(marks, page, judged, reporter)
    for whole in FILE_CHECKS:
        with surviving(whole.__name__, judged.span, reporter):
            whole(case.pages, pages, judged, reporter)


@contextmanager
def surviving(what: str, span: Span, reporter: Reporter) -> Iterator[None]:
    """What a stage cannot make sense of is an error, for it may hide others; they go on."""
    try:
        yield
    except Exception as problem:
        # pikepdf meets damaged objects in every way that C++ and Python can fail in.
        words = in_words(f"{what}: {type(problem).__name__}: {problem}")
        reporter.error("pdf.unread", span, problem=words)


def hand_over(found: Reporter, span: Span, reporter: Reporter) -> None:
    """All findings, but of one kind and in all no more than anybody reads; errors go first."""
    kept: list[Diagnostic] = []
    counts: dict[str, int] = {}
    for each in found:
        counts[each.code] = counts.get(each.code, 0) + 1
        if counts[each.code] <= ALIKE_MOST:
            kept.append(each)
    if len(kept) > FINDINGS_MOST:
        worst = sorted(range(len(kept)), key=lambda at: (-kept[at].severity, at))[:FINDINGS_MOST]
        kept = [kept[at] for at in sorted(worst)]
    for each in kept:
        reporter.add(each)
    if left := len(found) - len(kept):
        severe = any(each.severity is Severity.ERROR for each in found)
        report = reporter.warning if severe else reporter.note
        report("pdf.more", span, count=left)
