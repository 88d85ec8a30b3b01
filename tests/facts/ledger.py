"""The faults that are put into leaflet 9, and what catches each, as a page.

``python -m tests.facts.ledger docs/conformance/proof-faults.md`` writes it; that each
is caught as it says, the tests beside this file prove.
"""

import sys
from collections import Counter
from pathlib import Path

from tests.facts.faults import FAULTS

HEAD = """# Faults in proof

Every fault here is put into a copy of leaflet 9, and the tests prove that it is told as the
last column says (`tests/facts/`). `stage` is what only a comparison with the last proof can
know: the words are right in themselves, but nobody asked for them.

{count} faults: {told} told by a finding of the build, {staged} by the comparison of stages.

| Fault | Before | After | Told by |
| --- | --- | --- | --- |
"""
SHOWN = 48


def ledger() -> str:
    """The page."""
    kinds = Counter(fault.caught == "stage" for fault in FAULTS)
    head = HEAD.format(count=len(FAULTS), told=kinds[False], staged=kinds[True])
    return head + "".join(
        f"| {fault.name} | {_cell(fault.old)} | {_cell(fault.new)} | `{fault.caught}` |\n"
        for fault in FAULTS
    )


def _cell(words: str) -> str:
    """In one line, and short."""
    line = " ".join(words.split()).replace("|", "\\|").replace("`", "'")
    return f"`{line[:SHOWN]}{'…' if len(line) > SHOWN else ''}`" if line else "–"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(ledger(), encoding="utf-8", newline="\n")
