"""A finished PDF judged, ours or not: its structure, and what its plates show.

Findings of our own files get the line of the YAML they are about.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import Diagnostic, Reporter

if TYPE_CHECKING:
    from layout.house.profile import Profile
    from layout.preflight.finished import Facts
    from layout.preflight.places import Known
    from layout.preflight.rendered import ExpectedCode, Rendered


class Subject(Struct, frozen=True):
    """A PDF to judge: its bytes, its name for messages, and what is known of its pages."""

    data: bytes
    name: str
    profile: "Profile"
    known: "tuple[Known, ...]" = ()


def relaxed(profile: "Profile", kind: str) -> "Profile":
    """The profile as it judges that output: what a shop says of pages counts for whole leaflets."""
    if kind == "singles":
        return replace(profile, pages=())
    if kind == "a3":
        return replace(profile, pages=(), trim_sizes=())
    return profile


def judge(subject: Subject, reporter: Reporter) -> "Facts":
    """The structural checks, in milliseconds."""
    from layout.preflight.finished import check_pdf

    found = Reporter()
    facts = check_pdf(subject.data, subject.name, subject.profile, found)
    _hand_over(found, subject.known, reporter)
    return facts


def judge_rendered(subject: Subject, reporter: Reporter) -> "Rendered":
    """The checks that look at the plates."""
    from layout.preflight.rendered import check_rendered

    found = Reporter()
    rendered = check_rendered(
        subject.data, subject.name, subject.profile, found, _expected(subject.known)
    )
    _hand_over(found, subject.known, reporter)
    return rendered


def ask_ghostscript(subject: Subject, rendered: "Rendered", reporter: Reporter) -> None:
    """A second opinion on the plates, where Ghostscript is installed."""
    from layout.preflight.rendered.second import second_opinion

    second_opinion(subject.data, subject.name, rendered, reporter)


def _expected(known: "Sequence[Known]") -> "tuple[ExpectedCode, ...]":
    """The QR codes that must be read on the plates."""
    from layout.preflight.rendered import ExpectedCode

    return tuple(
        ExpectedCode(each.page, each.place, each.code, each.span) for each in known if each.code
    )


def _hand_over(found: Reporter, known: "tuple[Known, ...]", reporter: Reporter) -> None:
    """Pass the findings on with their lines; what was said of a line before is not said again.

    The display list was judged before the file was written, and the same page may be
    in several files: ``press.type-small`` and ``pdf.type-small`` of one line are one.
    """
    from layout.preflight.places import traced

    said = {_matter(each) for each in reporter if each.span.line}
    for each in found:
        placed = traced(each, known)
        if not placed.span.line or _matter(placed) not in said:
            reporter.add(placed)


def _matter(found: Diagnostic) -> tuple[str, str, int]:
    """What a finding is about, whoever found it."""
    return found.code.rpartition(".")[2], found.span.file, found.span.line
