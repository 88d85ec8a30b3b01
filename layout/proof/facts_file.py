"""The facts sheet as a file for other programs: JSON, the same bytes for the same leaflet."""

import json
from typing import Any

from layout.facts.model import Occurrence
from layout.proof.model import ProofPage


def facts_file(proof: ProofPage) -> bytes:
    """Every occurrence in the order of the sheet.

    A row has its ``number`` on the proof paper, its ``kind``, the words as ``printed``, the
    ``normal`` form in which facts are compared, its ``page``, the printed ``line`` (its id)
    with the characters ``start`` up to ``end`` (it may go on in the next line), the place in
    the source (``yaml``: line and column from 1), the declared ``fact`` it is or is nearly,
    and the ``verdict``; a QR code also what it said when ``read`` back from the rendered
    press file ("": it was not).  ``source`` is the SHA-256 of leaflet.yaml, ``unused`` are declared
    facts that are printed nowhere.  Keys may be added; those that are there keep their sense.
    """
    held = {
        "bira-facts": 1,
        "leaflet": proof.leaflet,
        "title": proof.title,
        "date": proof.date,
        "stage": proof.stage,
        "source": proof.source,
        "rows": [_row(number, row) for number, row in enumerate(proof.facts.rows, 1)],
        "unused": list(proof.facts.unused),
    }
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _row(number: int, row: Occurrence) -> dict[str, Any]:
    return {
        "number": number,
        "kind": row.kind,
        "printed": row.printed,
        "normal": row.normal,
        "page": row.page,
        "line": row.line_id,
        "start": row.start,
        "end": row.end,
        "yaml": [row.span.line, row.span.column],
        "fact": row.fact,
        "verdict": row.verdict.value,
        **({"read": row.read} if row.kind == "code" else {}),
    }
