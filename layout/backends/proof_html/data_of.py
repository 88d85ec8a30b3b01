"""What the program of the proof page needs to know, as JSON, as short as it reads well."""

from collections.abc import Sequence
from typing import Any, Final

from layout.facts.model import Occurrence, Sheet
from layout.proof.changes import Change
from layout.proof.model import Finding, ProofPage
from layout.reading.model import Block, Box, Char, Line, Thing


def proof_data(proof: ProofPage, other_looks: Sequence[int], compared: bool) -> dict[str, Any]:
    """The proof.  Lengths are hundredths of a millimetre.

    ``other_looks`` are the numbers of pages that look otherwise than at the last stage,
    if they could be ``compared``.
    """
    return {
        "leaflet": proof.leaflet,
        "title": proof.title,
        "date": proof.date,
        "stage": proof.stage,
        "since": proof.since,
        "source": proof.source,
        "yaml": list(proof.lines),
        "pages": [
            {"number": page.number, "width": page.width, "height": page.height}
            for page in proof.reading.pages
        ],
        "blocks": [_block(block) for block in proof.reading.blocks],
        "things": [_thing(thing) for page in proof.reading.pages for thing in page.things],
        "findings": [_finding(each) for each in proof.findings if each.code not in _CHANGES],
        "facts": _facts(proof.facts),
        "changes": [_change(change) for change in proof.changes],
        "looks": list(other_looks),
        "compared": compared,
    }


_CHANGES: Final = frozenset(
    f"proof.{kind}{asked}"
    for kind in ("changed", "added", "removed", "moved", "figure", "more-changes")
    for asked in ("", "-asked")
)
"""Findings that tell what the list of changes shows better."""


def _block(block: Block) -> dict[str, Any]:
    return {
        "id": block.id,
        "page": block.page,
        "kind": block.kind,
        "lines": [_line(line) for line in block.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": line.id,
        "n": line.number,
        "box": _box(line.box),
        "chars": _texts(line.chars),
        "at": [_small(char.at) for char in line.chars],
        "size": [_small(char.size) for char in line.chars],
        "from": _sources(line.chars),
        "span": [line.span.line, line.span.column],
    }
    if line.vertical:
        made["v"] = 1
    if line.ruby:
        made["ruby"] = [list(each) for each in line.ruby]
    return made


def _texts(chars: tuple[Char, ...]) -> str | list[str]:
    """A plain text where every character is one unit of JavaScript's strings, else a list."""
    texts = [char.text for char in chars]
    plain = all(len(text) == 1 and ord(text) < 0x10000 for text in texts)
    return "".join(texts) if plain else texts


def _sources(chars: tuple[Char, ...]) -> list[list[int]]:
    """Places in the source in runs: [characters, line, column]; 0, 0 was not typed there."""
    runs: list[list[int]] = []
    for before, char in zip((None, *chars), chars, strict=False):
        if before is not None and _follows(before, char):
            runs[-1][0] += 1
        else:
            runs.append([1, char.line, char.column])
    return runs


def _follows(before: Char, char: Char) -> bool:
    if not char.line:
        return not before.line
    return char.line == before.line and char.column == before.column + len(before.text)


def _box(box: Box) -> list[int]:
    return [_small(n) for n in (box.x, box.y, box.width, box.height)]


def _small(millimetres: float) -> int:
    return round(millimetres * 100)


def _thing(thing: Thing) -> dict[str, Any]:
    return {
        "id": thing.id,
        "page": thing.page,
        "kind": thing.kind,
        "box": _box(thing.box),
        "span": [thing.span.line, thing.span.column],
        "alt": thing.alt,
        "says": thing.says,
        "file": thing.file,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "page": finding.page,
        "yaml": finding.line,
        "line": finding.line_id,
        "start": finding.start,
        "end": finding.end + finding.rest,
        "column": finding.column,
        "length": finding.length,
        "ja": finding.ja,
        "en": finding.en,
        "hints": {"ja": list(finding.hints_ja), "en": list(finding.hints_en)},
    }


def _facts(sheet: Sheet) -> dict[str, Any]:
    return {"rows": [_fact(row) for row in sheet.rows], "unused": list(sheet.unused)}


def _fact(row: Occurrence) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "printed": row.printed,
        "normal": row.normal,
        "page": row.page,
        "line": row.line_id,
        "start": row.start,
        "end": row.end,
        "yaml": row.span.line,
        "fact": row.fact,
        "verdict": row.verdict.value,
        "read": row.read,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "page": change.page,
        "line": change.line_id,
        "parts": [[part.kind, part.text, int(part.asked)] for part in change.parts],
        "asked": change.asked,
    }
