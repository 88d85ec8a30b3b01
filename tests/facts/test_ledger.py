"""The page about the injected faults is current."""

from pathlib import Path

from tests.facts.faults import FAULTS
from tests.facts.ledger import ledger

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance" / "proof-faults.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == ledger()


def test_there_are_enough_of_them_and_each_is_its_own() -> None:
    assert len(FAULTS) >= 60
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert len({(fault.old, fault.new) for fault in FAULTS}) == len(FAULTS)
