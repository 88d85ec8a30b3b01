"""What a proofreader would look at, over the finished pages: facts, house style, what changed."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.diagnostics import Diagnostic, Reporter

if TYPE_CHECKING:
    from layout.display.model import DisplayList
    from layout.facts import Sheet
    from layout.proof.changes import Change
    from layout.proof.model import Finding, ProofPage
    from layout.reading.model import Reading
    from layout.source.model import Leaflet


class Proofread(Struct, frozen=True):
    """What was read: ``kept`` are the files to be kept beside the leaflet.

    ``changes`` are those since the stage ``since``, or there is none and it is "".
    """

    reading: "Reading"
    facts: "Sheet"
    since: str
    changes: "tuple[Change, ...]"
    kept: Mapping[Path, bytes]


def proofread(
    display: "DisplayList",
    leaflet: "Leaflet",
    styles: Path,
    press: bytes,
    stage: str,
    reporter: Reporter,
) -> Proofread:
    """Report wrong facts, which stop a build; then house style and changes, which do not.

    ``press`` are the bytes of the press file, ``stage`` the stage of proof to be kept
    or "".
    """
    from layout.cli.staging import compare_stages, kept_stage
    from layout.facts import check_facts
    from layout.lint.check import lint
    from layout.reading import read_pages
    from layout.source.lint_house import house_style

    reading = read_pages(display, leaflet)
    facts = check_facts(reading, leaflet, reporter)
    lint(reading, house_style(leaflet, styles, reporter), reporter)
    since, changes = compare_stages(reading, leaflet, styles, press, reporter)
    kept = kept_stage(stage, reading, leaflet, styles, press, reporter) if stage else {}
    return Proofread(reading, facts, since, changes, kept)


def proof_page(read: Proofread, leaflet: "Leaflet", stage: str, found: Reporter) -> "ProofPage":
    """All that a proofreader is shown; ``found`` are all findings of the build."""
    from layout.proof.model import ProofPage
    from layout.proof.stages import sha256

    source = Path(leaflet.file).read_bytes()
    lines = tuple(source.decode("utf-8-sig", "replace").splitlines())
    findings = tuple(_finding(each, leaflet) for each in found)
    return ProofPage(
        leaflet.name, leaflet.title, leaflet.language, leaflet.date, stage, read.since,
        sha256(source), lines, read.reading, findings, read.facts, read.changes,
    )  # fmt: skip


def _finding(found: Diagnostic, leaflet: "Leaflet") -> "Finding":
    from layout.cli.messages import hint_lines, message
    from layout.proof.model import Finding

    values = found.values
    start, end = (int(str(values.get(key, 0))) for key in ("start", "end"))
    return Finding(
        found.code,
        found.severity.name.lower(),
        found.page,
        found.span.line if found.span.file == leaflet.file else 0,
        message(found, "ja"),
        message(found, "en"),
        tuple(hint_lines(found, "ja")),
        tuple(hint_lines(found, "en")),
        str(values.get("line_id", "")),
        start,
        end,
    )
