"""What came of one leaflet, as data: for the terminal and for ``--json``."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field, to_builtins

from layout.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from layout.flow.areas import PageLayout
    from layout.house.profile import Profile
    from layout.preflight.finished import Facts
    from layout.preflight.rendered import Rendered


class PageRoom(Struct, frozen=True):
    """How full a page is, in lines of its grids."""

    number: int
    used: int
    total: int

    @property
    def free(self) -> int:
        """The lines that could still be set."""
        return self.total - self.used


class Output(Struct, frozen=True):
    """A file that was written."""

    kind: str
    path: str
    pages: int
    bytes: int
    sha256: str


class Result(Struct):
    """One leaflet's build.  ``exit`` is the exit code it alone would give."""

    name: str
    source: str
    exit: int = 0
    title: str = ""
    outputs: list[Output] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    pages: list[PageRoom] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    seconds: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    problem: str = ""
    edition: str = ""
    label: str = ""

    def count(self, severity: Severity) -> int:
        """How many findings of that severity there are."""
        return sum(found.severity is severity for found in self.findings)


class CheckedFile(Struct):
    """A PDF that was judged, or could not be (``judged_by`` is None).

    ``ours`` says that this very file was written by a build, ``changed`` which of
    its sources have changed since.
    """

    path: str
    profile: str
    exit: int = 0
    judged_by: "Profile | None" = None
    facts: "Facts | None" = None
    rendered: "Rendered | None" = None
    findings: list[Diagnostic] = field(default_factory=list)
    ours: bool = False
    changed: tuple[str, ...] = ()
    stages: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0

    def count(self, severity: Severity) -> int:
        """How many findings of that severity there are."""
        return sum(found.severity is severity for found in self.findings)


class Checked(Struct):
    """All files that were judged, and the page about them if one was written."""

    files: list[CheckedFile]
    exit: int = 0
    report: str = ""


def page_rooms(pages: "tuple[PageLayout, ...]") -> list[PageRoom]:
    """The lines of every page."""
    rooms = []
    for number, page in enumerate(pages, 1):
        gridded = [area for area in page.areas if area.area.grid is not None]
        rooms.append(PageRoom(number, sum(a.used for a in gridded), sum(a.total for a in gridded)))
    return rooms


def by_place(findings: list[Diagnostic]) -> list[Diagnostic]:
    """The worst first, then in the order of the files' lines."""
    return sorted(findings, key=lambda found: (-found.severity, found.span, found.page, found.code))


def as_data(result: Result, lang: str) -> dict[str, Any]:
    """The result for ``--json``."""
    edition = {"edition": result.edition, "label": result.label} if result.edition else {}
    return edition | {
        "name": result.name,
        "source": result.source,
        "title": result.title,
        "exit": result.exit,
        "outputs": [to_builtins(output) for output in result.outputs],
        "kept": result.kept,
        "pages": [to_builtins(page) | {"free": page.free} for page in result.pages],
        "findings": [finding_data(found, lang) for found in by_place(result.findings)],
        "seconds": round(result.seconds, 3),
        "stages": {name: round(seconds, 3) for name, seconds in result.stages.items()},
        "problem": result.problem,
    }


def checked_data(checked: CheckedFile, lang: str) -> dict[str, Any]:
    """A judged file for ``--json``."""
    facts = checked.facts
    return {
        "file": checked.path,
        "profile": checked.profile,
        "exit": checked.exit,
        "ours": checked.ours,
        "changed": list(checked.changed),
        "facts": {} if facts is None else to_builtins(facts),
        "findings": [finding_data(found, lang) for found in by_place(checked.findings)],
        "seconds": round(checked.seconds, 3),
        "stages": {name: round(seconds, 3) for name, seconds in checked.stages.items()},
    }


def lint_data(found: Diagnostic) -> dict[str, Any]:
    """A house-style finding: its rule, what stands there and should, and where in the reading."""
    names = ("rule", "found", "suggestion", "line_id", "start", "end", "rest")
    return {name: found.values[name] for name in names if name in found.values}


def finding_data(found: Diagnostic, lang: str) -> dict[str, Any]:
    """A finding for ``--json``; ``place`` is on the trimmed page, in millimetres."""
    from layout.cli.messages import hint_lines, message

    place = {key: found.values[key] for key in ("x", "y", "w", "h") if key in found.values}
    return {
        "code": found.code,
        "severity": found.severity.name.lower(),
        "file": found.span.file,
        "line": found.span.line,
        "column": found.span.column,
        "length": found.span.length,
        "page": found.page,
        "message": message(found, lang),
        "hints": hint_lines(found, lang),
        **({"place": place} if place else {}),
        **({"lint": lint_data(found)} if found.code.startswith("lint.") else {}),
        **({"pdf": str(found.values["pdf"])} if "pdf" in found.values else {}),
    }
