"""Spoilt sources: what is wrong with each stands in its ``# expect:`` comments."""

import re
from pathlib import Path

import pytest

from layout.cli.messages import MISSING, message_table, render
from layout.diagnostics import Reporter
from layout.source import read_leaflet, read_sheet
from tests.cases.catalogue import catalogue

CASES = sorted(Path(__file__).parent.glob("*.yaml"))
_EXPECT = re.compile(r"^# expect: (\S+) (\d+:\d+)$", re.MULTILINE)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """Exactly the expected findings, at their places."""
    text = path.read_text(encoding="utf-8")
    reporter = Reporter()
    read = read_sheet if path.stem.startswith("style-") else read_leaflet
    read(path, reporter)
    found = sorted((d.code, f"{d.span.line}:{d.span.column}") for d in reporter)
    assert found == sorted(_EXPECT.findall(text))
    for diagnostic in reporter:
        for lang in ("ja", "en"):
            assert diagnostic.code in message_table()
            assert MISSING not in render(diagnostic, [], lang), "a value is missing"


def test_there_are_cases() -> None:
    """The folder has not been emptied by mistake."""
    assert len(CASES) >= 60


@pytest.mark.parametrize(("lang", "name"), [("ja", "errors.ja.md"), ("en", "errors.md")])
def test_the_page_about_errors_is_current(lang: str, name: str) -> None:
    """``python -m tests.cases.catalogue docs`` writes it anew."""
    page = Path(__file__).resolve().parents[2] / "docs" / name
    assert page.read_text(encoding="utf-8") == catalogue(lang)


def test_every_fault_has_a_remedy() -> None:
    """A message without a hint leaves its reader alone."""
    silent = {
        code
        for code, entry in message_table().items()
        for lang in ("ja", "en")
        if not entry[f"hint_{lang}"].strip()
    }
    assert not silent
