"""Spoilt sources: what is wrong with each stands in its ``# expect:`` comments."""

import re
from pathlib import Path

import pytest
import yaml

from layout.cli.messages import MISSING, display_width, message_table, render
from layout.cli.terminal import source_lines
from layout.diagnostics import Diagnostic, Severity
from layout.source import nodes
from tests.built import ROOT
from tests.cases.catalogue import catalogue
from tests.cases.reading import cases, expected, read

_CODE = re.compile(r'"([a-z]+\.[a-z-]+)"')
_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.name)
def test_case(path: Path) -> None:
    """Exactly the expected findings, at their places, each with its line and its remedy."""
    reporter = read(path)
    found = sorted((d.code, f"{d.span.line}:{d.span.column}") for d in reporter)
    assert found == expected(path)
    lines = source_lines(str(path))
    for diagnostic in reporter:
        for lang in ("ja", "en"):
            assert diagnostic.code in message_table()
            said = render(diagnostic, lines, lang)
            assert MISSING not in said, "a value is missing"
            check_form(said, diagnostic, lines, lang)


def check_form(said: str, found: Diagnostic, lines: list[str], lang: str) -> None:
    """Place and message, the typed line with a mark under it, and at least one remedy."""
    head, *rest = said.split("\n")
    assert bool(_JAPANESE.search(head.split("]: ")[1])) or lang == "en"
    hints = [line for line in rest if line.startswith(("  ヒント: ", "  hint: "))]
    assert hints and all(hint.split(": ", 1)[1].strip() for hint in hints)
    assert "「」" not in said and " `` " not in said, "a value is empty"
    if not found.span.line:
        return
    shown, mark = rest[:2]
    assert shown.startswith(f"{found.span.line:>5} | ") and set(mark[8:]) <= {" ", "^"}
    typed = lines[found.span.line - 1]
    assert 1 <= found.span.column <= len(typed) + 1
    assert display_width(mark) <= display_width(shown) + 1
    at = display_width(mark[: mark.index("^")])
    under = "".join(c for n, c in enumerate(shown) if at <= display_width(shown[:n]))
    rest_typed = typed[found.span.column - 1 :].replace("\t", "    ")
    if under and "…" not in shown and rest_typed and rest_typed[0].isprintable():
        assert under[0] == rest_typed[0]


def test_the_reader_in_python_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML came without its part in C, as on machines without a compiler."""
    monkeypatch.setattr(nodes, "_LOADER", yaml.SafeLoader)
    for path in cases():
        found = sorted((d.code, f"{d.span.line}:{d.span.column}") for d in read(path))
        if path.name != "surrogate-escape.yaml":  # which it takes for a character
            assert found == expected(path), path.name


def test_there_are_cases() -> None:
    """The folder has not been emptied by mistake."""
    assert len(cases()) >= 350


def test_no_two_cases_are_the_same() -> None:
    texts = [path.read_bytes() for path in cases()]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(("lang", "name"), [("ja", "errors.ja.md"), ("en", "errors.md")])
def test_the_page_about_errors_is_current(lang: str, name: str) -> None:
    """``python -m tests.cases.catalogue docs`` writes it anew."""
    page = ROOT / "docs" / name
    assert page.read_text(encoding="utf-8") == catalogue(lang)


def test_every_code_of_reading_has_a_case() -> None:
    """Whatever a source can be told for while it is read, at least one case tells it."""
    files = (ROOT / "layout" / "source").glob("*.py")
    words = {word for file in files for word in _CODE.findall(file.read_text("utf-8"))}
    known = {code for code in words if code in message_table() and not code.startswith("lint.")}
    seen = {found.code for path in cases() for found in read(path)}
    assert known - seen == set(ELSEWHERE)
    assert len(known) > 100


ELSEWHERE = {
    "edition.csv": "what Python's reader of CSV might refuse besides quotes",
    "edition.too-many": "twenty thousand rows",
    "edition.unknown-block": "a leaflet with its editions",
    "edition.unknown-fact": "a leaflet with its editions",
    "image.name-case": "a picture",
    "image.name-form": "a picture",
    "profile.icc-broken": "a profile of a print shop",
    "profile.icc-missing": "a profile of a print shop",
    "profile.unfit": "a profile of a print shop",
    "source.file-missing": "no file",
    "source.file-unreadable": "a file without the right to read it",
    "source.syntax": "an error of YAML that is not known yet",
    "source.too-large": "a file of two million bytes",
    "style.length-unit": "a profile of a print shop",
}
"""Codes without a case, and what it would need; other tests have them."""


def test_every_fault_has_a_remedy() -> None:
    """A message without a hint leaves its reader alone."""
    silent = {
        code
        for code, entry in message_table().items()
        for lang in ("ja", "en")
        if not entry[f"hint_{lang}"].strip()
    }
    assert not silent


def test_severities_are_known() -> None:
    """A case that expects nothing is a good one."""
    quiet = [path.name for path in cases() if not len(read(path))]
    assert set(quiet) <= {"good.yaml", "style-good.yaml", "editions-good.csv"}
    assert Severity.NOTE < Severity.WARNING < Severity.ERROR
