"""A short run of the fuzzer; ``python -m tests.robust.fuzz`` makes long ones."""

import os

from robust.fuzz import fuzz

RUNS = int(os.environ.get("BIRA_FUZZ", "250"))


def test_spoilt_sources_end_in_a_file_or_a_finding() -> None:
    found = [f"run {each.number}: {each.problem[-600:]}" for each in fuzz(0, RUNS)]
    assert found == []
