"""The ledger and the list of findings are complete and current."""

import re
from pathlib import Path

from layout.cli.findings import chapters, updated
from layout.cli.messages import message_table
from tests.accessible.ledger import ARCHIVE, conditions, ledger, load_cases

ROOT = Path(__file__).resolve().parents[2]


def test_the_ledger_is_current() -> None:
    """Else: python -m tests.accessible.ledger docs/conformance/pdfua1.md"""
    load_cases()
    assert (ROOT / "docs" / "conformance" / "pdfua1.md").read_text("utf-8") == ledger()


def test_every_finding_is_in_the_ledger() -> None:
    named = {code for _, rows in conditions() for row in rows for code in row[3].split()}
    known = set(message_table())
    assert named == {code for code in known if code.startswith("ua.")}
    assert ARCHIVE.keys() == {code for code in known if code.startswith("pdfa.")}


def test_every_checkpoint_and_every_machine_condition_is_told() -> None:
    held = list(conditions())
    assert [title[:2] for title, _ in held] == [f"{number:02d}" for number in range(1, 32)]
    rows = [row for _, rows in held for row in rows]
    numbers = [number for number, *_ in rows]
    assert len(set(numbers)) == len(numbers)
    plain = [row for row in rows if re.fullmatch(r"\d\d-\d{3}", row[0])]
    assert len([row for row in plain if row[1] == "M"]) == 87
    assert all(row[3] for row in rows if row[1] == "M")
    assert len(plain) == 87 + 48 + 2  # two ask for nothing of their own: 23 and 27


def test_the_list_of_findings_is_complete_and_current() -> None:
    """Else: house/data/findings_accessible.json, and layout.cli.findings docs/accessible.md"""
    listed = [code for _, _, held in chapters("accessible.md") for code in held]
    assert len(listed) == len(set(listed))
    assert set(listed) == {
        code for code in message_table() if code.partition(".")[0] in ("ua", "pdfa")
    }
    document = (ROOT / "docs" / "accessible.md").read_text("utf-8")
    assert updated(document, "accessible.md") == document
