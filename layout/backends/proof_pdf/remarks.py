"""What there is to look at on a page, with the printed characters it is about."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from layout.backends.proof_pdf.rows import Row
from layout.proof.changes import Change
from layout.proof.model import Finding, ProofPage
from layout.reading.model import Box, Line, Page

_SHOWN: Final = 60
_SUGGESTED: Final = "案："
_CHANGES: Final = {
    "changed": "直し",
    "added": "加わった段落",
    "removed": "消えた段落",
    "moved": "動いた段落",
    "figure": "図・QR",
}


class Piece(Struct, frozen=True):
    """Characters of a printed line, from ``start`` up to ``end``."""

    line: Line
    start: int
    end: int


class Remark(Struct, frozen=True):
    """A change since the last stage, or a finding of the program.

    ``rank`` is error, warning, note, unasked or asked.  ``row`` is the number of the line
    (0: none), ``place`` says where the source has it.  ``box`` is the figure it is about.
    """

    rank: str
    row: int
    words: str
    place: str
    pieces: tuple[Piece, ...] = ()
    box: Box | None = None

    @property
    def is_change(self) -> bool:
        """Whether it is about what changed."""
        return self.rank in ("unasked", "asked")


def remarks(proof: ProofPage, page: Page, rows: Mapping[str, Row]) -> tuple[Remark, ...]:
    """All of a page, changes before findings, from top to bottom of the reading."""
    changes = [
        _change(each, proof, page, rows) for each in proof.changes if each.page == page.number
    ]
    kept = [each for each in proof.findings if not each.code.startswith("proof.")]
    findings = [_finding(each, page, rows) for each in kept if each.page == page.number]
    changes.sort(key=lambda each: each.row)
    findings.sort(key=lambda each: each.row)
    return (*changes, *findings)


def without_page(proof: ProofPage) -> tuple[Remark, ...]:
    """Findings about the leaflet as a whole, or the file."""
    known = {page.number for page in proof.reading.pages}
    return tuple(
        Remark(each.severity, 0, _words(each), _place(each))
        for each in proof.findings
        if each.page not in known and not each.code.startswith("proof.")
    )


# --- findings


def _finding(finding: Finding, page: Page, rows: Mapping[str, Row]) -> Remark:
    piece = _piece(finding, page)
    row = rows[piece.line.id].number if piece and piece.line.id in rows else 0
    box = None if piece else _figure(finding, page)
    pieces = (piece,) if piece else ()
    return Remark(finding.severity, row, _words(finding), _place(finding), pieces, box)


def _words(finding: Finding) -> str:
    """What is wrong, and what would be right; explanations are for the screen."""
    hints = [hint for hint in finding.hints_ja if hint.startswith(_SUGGESTED)]
    return finding.ja + "".join(hints[:1])


def _place(finding: Finding) -> str:
    return " ".join((f"YAML {finding.line}" if finding.line else "", finding.code)).strip()


def _piece(finding: Finding, page: Page) -> Piece | None:
    lines = [line for block in page.blocks for line in block.lines]
    for line in lines:
        if finding.line_id == line.id:
            end = min(finding.end, len(line.chars)) or len(line.chars)
            return Piece(line, min(finding.start, end), end)
    for line in lines:
        if finding.line and any(char.line == finding.line for char in line.chars):
            return Piece(line, 0, len(line.chars))
    return None


def _figure(finding: Finding, page: Page) -> Box | None:
    boxes = (t.box for t in page.things if finding.line and t.span.line == finding.line)
    return next(boxes, None)


# --- changes


def _change(change: Change, proof: ProofPage, page: Page, rows: Mapping[str, Row]) -> Remark:
    box = next((thing.box for thing in page.things if thing.id == change.line_id), None)
    pieces = tuple(_changed(change, page))
    row = rows.get(pieces[0].line.id if pieces else change.line_id)
    asked = "赤字どおり" if change.asked else "指定外"
    gone = "".join(part.text for part in change.parts if part.kind == "out")
    come = "".join(part.text for part in change.parts if part.kind == "in")
    if change.kind == "changed":
        said = f"「{_short(gone)}」→「{_short(come)}」"
    elif change.kind == "figure":
        said = f"「{_short(change.before)}」→「{_short(change.after)}」"
    else:
        said = f"「{_short(change.before or change.after)}」"
    words = f"［{asked}］{_CHANGES.get(change.kind, '')} {said}"
    return Remark(
        "asked" if change.asked else "unasked", row.number if row else 0, words,
        f"{proof.since}から", pieces, box,
    )  # fmt: skip


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _changed(change: Change, page: Page) -> Iterator[Piece]:
    """The printed characters that are new, or stand where something was taken out."""
    lines = [line for block in page.blocks if block.id == change.block for line in block.lines]
    if change.kind == "removed":
        yield from (Piece(each, 0, 0) for each in _lines(page) if each.id == change.line_id)
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


def _lines(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        yield from block.lines
