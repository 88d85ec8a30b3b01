"""What a proofreader would look at, over the finished pages: facts, house style, what changed."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.diagnostics import Diagnostic, Reporter

if TYPE_CHECKING:
    from layout.display.model import DisplayList
    from layout.facts import Decoded, Sheet
    from layout.house.profile import Profile
    from layout.preflight.rendered import Rendered
    from layout.proof.changes import Change
    from layout.proof.model import Finding, ProofPage
    from layout.reading.model import Reading
    from layout.source.model import Leaflet


class Proofread(Struct, frozen=True):
    """What was read: ``kept`` are the files to be kept beside the leaflet.

    ``changes`` are those since the stage ``since``, or there is none and it is "";
    ``former`` is how the pages looked then.
    """

    reading: "Reading"
    facts: "Sheet"
    since: str
    changes: "tuple[Change, ...]"
    kept: Mapping[Path, bytes]
    former: bytes = b""


def proofread(
    display: "DisplayList",
    leaflet: "Leaflet",
    styles: Path,
    press: bytes,
    stage: str,
    reporter: Reporter,
    profile: "Profile | None" = None,
    decoded: "Sequence[Decoded]" = (),
) -> Proofread:
    """Report lost text and wrong facts, which stop a build; then house style and changes.

    ``press`` are the bytes of the press file (without them, no text is sought),
    ``stage`` the stage of proof to be kept or "", with the look of its pages if the
    ``profile`` is there that says how inks look, ``decoded`` the QR codes as they were
    read from the rendered file (``read_codes``).
    """
    from layout.cli.staging import compare_stages, kept_look, kept_stage
    from layout.facts import check_facts
    from layout.lint.check import lint
    from layout.proof.completeness import check_completeness
    from layout.reading import read_pages
    from layout.source.lint_house import house_style

    reading = read_pages(display, leaflet)
    if press:
        check_completeness(press, leaflet, reading, reporter)
    facts = check_facts(reading, leaflet, reporter, decoded)
    lint(reading, house_style(leaflet, styles, reporter), reporter)
    since = compare_stages(reading, leaflet, styles, press, stage, reporter)
    kept = kept_stage(stage, reading, leaflet, styles, press, reporter) if stage else {}
    if kept and profile is not None:
        from layout.backends.svg.former import kept_pages

        kept = {**kept, **kept_look(stage, leaflet, kept_pages(display, profile))}
    return Proofread(reading, facts, since.stage, since.changes, kept, since.looked)


def read_codes(rendered: "Iterable[Rendered]") -> "tuple[Decoded, ...]":
    """The QR codes that were read from the rendered press file, in its pages' order."""
    from layout.facts import Decoded
    from layout.reading.model import Box

    return tuple(
        Decoded(code.page, Box(at.x, at.y, at.width, at.height), code.text)
        for each in rendered
        for code in each.codes
        for at in (code.place,)
    )


def proof_page(read: Proofread, leaflet: "Leaflet", stage: str, found: Reporter) -> "ProofPage":
    """All that a proofreader is shown; ``found`` are all findings of the build."""
    from layout.proof.model import ProofPage
    from layout.proof.stages import sha256

    source = Path(leaflet.file).read_bytes()
    lines = tuple(source.decode("utf-8-sig", "replace").splitlines())
    findings = tuple(_finding(each, leaflet) for each in found)
    return ProofPage(
        leaflet.name, leaflet.title, leaflet.language, leaflet.date, stage, read.since,
        sha256(source), lines, read.reading, findings, read.facts, read.changes, read.former,
    )  # fmt: skip


def _finding(found: Diagnostic, leaflet: "Leaflet") -> "Finding":
    from layout.cli.messages import hint_lines, message
    from layout.proof.model import Finding

    values, here = found.values, found.span.file == leaflet.file
    start, end, rest = (int(str(values.get(key, 0))) for key in ("start", "end", "rest"))
    return Finding(
        found.code,
        found.severity.name.lower(),
        found.page,
        found.span.line if here else 0,
        message(found, "ja"),
        message(found, "en"),
        tuple(hint_lines(found, "ja")),
        tuple(hint_lines(found, "en")),
        str(values.get("line_id", "")),
        start,
        end,
        found.span.column if here else 0,
        found.span.length if here else 0,
        rest,
    )
