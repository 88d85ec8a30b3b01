"""What there is to look at on a page, with the printed characters it is about."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from layout.backends.proof_pdf.places import Piece, pieces
from layout.backends.proof_pdf.rows import Row
from layout.house.paper import paper_text
from layout.proof.changes import Change
from layout.proof.model import Finding, ProofPage
from layout.reading.model import Box, Page

_SHOWN: Final = 60
_CHANGES: Final = {
    "changed": "changed",
    "added": "added",
    "removed": "removed",
    "moved": "moved",
    "figure": "figure-changed",
}
_TOLD: Final = tuple(f"proof.{kind}" for kind in (*_CHANGES, "more-changes"))
"""Findings that say again what the changes say."""


class Remark(Struct, frozen=True):
    """A change since the last stage, or a finding of the program.

    ``rank`` is error, warning, note, unasked or asked.  ``row`` is the number of the line
    (0: none), ``place`` says where the source has it.  ``box`` is the figure it is about,
    ``code`` the name of the finding.
    """

    rank: str
    row: int
    words: str
    place: str
    pieces: tuple[Piece, ...] = ()
    box: Box | None = None
    code: str = ""

    @property
    def is_change(self) -> bool:
        """Whether it is about what changed."""
        return self.rank in ("unasked", "asked")


class Told(Struct, frozen=True):
    """What a proof says of each page (its number), and of none (0)."""

    proof: ProofPage
    changes: Mapping[int, list[Change]]
    findings: Mapping[int, list[Finding]]


def told(proof: ProofPage) -> Told:
    """Changes and findings by the page that they are about."""
    pages = proof.reading.pages
    known = {page.number for page in pages}
    pictured: dict[int, int] = {}
    for page in pages:
        for thing in page.things:
            pictured.setdefault(thing.span.line, page.number)
    changes: dict[int, list[Change]] = {}
    for change in proof.changes:
        changes.setdefault(change.page if change.page in known else 0, []).append(change)
    findings: dict[int, list[Finding]] = {}
    for each in proof.findings:
        if not each.code.startswith(_TOLD):
            # Its own page, or that of the figure in its line of the source.
            in_line = pictured.get(each.line, 0) if each.line else 0
            number = each.page if each.page in known else in_line
            findings.setdefault(number, []).append(each)
    return Told(proof, changes, findings)


def remarks(told: Told, page: Page, rows: Mapping[str, Row], lang: str) -> tuple[Remark, ...]:
    """All of a page, changes before findings, from top to bottom of the reading."""
    own = told.changes.get(page.number, ())
    changes = [_change(each, told.proof, page, rows, lang) for each in own]
    findings = [_finding(each, page, rows, lang) for each in told.findings.get(page.number, ())]
    changes.sort(key=lambda each: each.row)
    findings.sort(key=lambda each: each.row)
    return (*changes, *findings)


def without_page(told: Told, lang: str) -> tuple[Remark, ...]:
    """What is about the leaflet as a whole, the file, or a page that is no more."""
    gone, found = told.changes.get(0, ()), told.findings.get(0, ())
    since = _since(told.proof, lang)
    changes = (Remark(_rank(e), 0, _changed_words(e, lang), since) for e in gone)
    remarks_of = (Remark(e.severity, 0, _words(e, lang), _place(e), code=e.code) for e in found)
    return (*changes, *remarks_of)


# --- findings


def _finding(finding: Finding, page: Page, rows: Mapping[str, Row], lang: str) -> Remark:
    found = tuple(_pieces(finding, page))
    row = rows.get(found[0].line.id) if found else None
    box = None if found else _figure(finding, page)
    number = row.number if row else 0
    words, place = _words(finding, lang), _place(finding)
    return Remark(finding.severity, number, words, place, found, box, finding.code)


def _words(finding: Finding, lang: str) -> str:
    """What is wrong, and what would be right; explanations are for the screen."""
    said, hints = finding.ja, finding.hints_ja
    if lang != "ja":
        said, hints = f"{finding.en} ", finding.hints_en
    suggested = paper_text("suggested", lang).strip()
    return said + "".join([hint for hint in hints if hint.startswith(suggested)][:1])


def _place(finding: Finding) -> str:
    return f"YAML {finding.line}" if finding.line else ""


def _pieces(finding: Finding, page: Page) -> Iterator[Piece]:
    """The characters it is about, or all of the line that it is about."""
    for line in (line for block in page.blocks for line in block.lines):
        if finding.line_id == line.id:
            start = min(finding.start, len(line.chars))
            end = min(finding.end, len(line.chars)) or len(line.chars)
            yield from pieces(page, line.id, start, end - start + finding.rest)
            return
        here = not finding.line_id and finding.line
        if here and any(char.line == finding.line for char in line.chars):
            yield Piece(line, 0, len(line.chars))
            return


def _figure(finding: Finding, page: Page) -> Box | None:
    boxes = (t.box for t in page.things if finding.line and t.span.line == finding.line)
    return next(boxes, None)


# --- changes


def _change(
    change: Change, proof: ProofPage, page: Page, rows: Mapping[str, Row], lang: str
) -> Remark:
    box = next((thing.box for thing in page.things if thing.id == change.line_id), None)
    found = tuple(_changed(change, page))
    row = rows.get(found[0].line.id if found else change.line_id)
    words, since = _changed_words(change, lang), _since(proof, lang)
    return Remark(_rank(change), row.number if row else 0, words, since, found, box)


def _rank(change: Change) -> str:
    return "asked" if change.asked else "unasked"


def _since(proof: ProofPage, lang: str) -> str:
    return paper_text("from-stage", lang, stage=proof.since)


def _changed_words(change: Change, lang: str) -> str:
    """What became of what, and whether anybody asked for it."""
    before, after = change.before, change.after
    if change.kind == "changed":
        before, after = (
            "".join(part.text for part in change.parts if part.kind == kind)
            for kind in ("out", "in")
        )
    if change.kind in ("changed", "figure"):
        values = {"before": _short(before), "after": _short(after)}
        said = paper_text("from-to", lang, **values)
    else:
        said = paper_text("quoted", lang, words=_short(before or after))
    kind = paper_text(_CHANGES.get(change.kind, "changed"), lang)
    return f"［{paper_text(_rank(change), lang)}］{kind} {said}"


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _changed(change: Change, page: Page) -> Iterator[Piece]:
    """The printed characters that are new, or stand where something was taken out."""
    lines = [line for block in page.blocks if block.id == change.block for line in block.lines]
    if change.kind == "removed":
        there = (line for block in page.blocks for line in block.lines)
        yield from (Piece(line, 0, 0) for line in there if line.id == change.line_id)
        return
    wanted: list[tuple[int, int]] = []
    at = 0
    for part in change.parts:
        if part.kind == "out":
            wanted.append((at, at))
            continue
        if part.kind == "in" or change.kind == "moved":
            wanted.append((at, at + len(part.text)))
        at += len(part.text)
    begin = 0
    for line in lines:
        end = begin + len(line.text)
        touched = [(a, b) for a, b in wanted if a < end and (b > begin or begin <= a == b)]
        if touched:
            first, last = min(a for a, _ in touched), max(b for _, b in touched)
            yield Piece(line, max(first - begin, 0), min(last, end) - begin)
        begin = end
