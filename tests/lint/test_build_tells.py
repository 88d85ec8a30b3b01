"""``build.py`` with house style: findings in the terminal and as JSON; nothing stops a build."""

import contextlib
import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from linting import ROOT, findings_of

from layout.cli.lint_lines import lint_lines
from layout.cli.main import main
from layout.diagnostics import Diagnostic, Severity, Span
from layout.lint import morphology


def build(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(argv, ROOT)
    return code, out.getvalue(), err.getvalue()


def lints(said: str) -> list[dict[str, Any]]:
    (leaflet,) = json.loads(said)["leaflets"]
    return [each for each in leaflet["findings"] if each["code"].startswith("lint.")]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    out = tmp_path_factory.mktemp("full")
    code, said, complained = build("leaflet9", "--out", str(out), "--json", "--lang", "ja")
    assert code == 0, complained
    return lints(said)


def test_json_has_every_finding_with_its_place(full: list[dict[str, Any]]) -> None:
    assert len(full) == len(findings_of("leaflet9"))
    (quotes,) = [each for each in full if each["lint"]["found"] == "｢"]
    assert (quotes["line"], quotes["column"], quotes["page"]) == (168, 56, 3)
    assert quotes["severity"] == "warning" and quotes["code"] == "lint.bracket"
    assert quotes["lint"].keys() == {
        "rule",
        "found",
        "suggestion",
        "line_id",
        "start",
        "end",
        "rest",
    }
    assert quotes["lint"]["rule"] == "half-brackets" and quotes["lint"]["suggestion"] == "「"
    assert "半角のかぎ括弧" in quotes["message"]


def test_what_was_chosen_is_made_without_the_lint(tmp_path: Path) -> None:
    code, said, _ = build("leaflet9", "--only", "press", "--out", str(tmp_path), "--json")
    assert code == 0 and lints(said) == []


@pytest.mark.parametrize(
    ("lang", "head"),
    [("ja", "表記の指摘（注意 15、お知らせ 19）"), ("en", "house style (15 warnings, 19 notes)")],
)
def test_the_terminal_tells_rule_by_rule(lang: str, head: str, tmp_path: Path) -> None:
    code, _, err = build("leaflet9", "--out", str(tmp_path), "--lang", lang)
    assert code == 0 and head in err
    (quotes,) = [line for line in err.split("\n") if "half-brackets" in line]
    places = err.split("\n")[err.split("\n").index(quotes) + 1]
    assert places.split() == (
        ["168:56", "｢→「、168:65", "｣→」"]
        if lang == "ja"
        else ["168:56", "｢→「,", "168:65", "｣→」"]
    )
    assert "ministries" not in err, "notes are only counted"
    quiet = build("leaflet9", "--out", str(tmp_path), "--lang", lang, "--quiet")[2]
    assert "half-brackets" not in quiet


def test_verbose_tells_each_with_its_line(tmp_path: Path) -> None:
    err = build("leaflet9", "--out", str(tmp_path), "--lang", "ja", "--verbose")[2]
    assert "  ヒント: 案：厚労省" in err and "お知らせ[lint.mixed]: 役所の名前が二通りです" in err
    assert "表記の指摘" not in err


def test_an_error_is_not_buried() -> None:
    warned = findings_of("leaflet9")
    error = Diagnostic("pdf.trim", Severity.ERROR, Span("x", 1, 1))
    assert len(list(lint_lines([*warned, error], "ja", colour=False))) == 1
    assert len(list(lint_lines(warned, "ja", colour=False))) > 10


def test_faulty_rules_of_ones_own_do_not_stop_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "leaflet9"
    shutil.copytree(ROOT / "leaflets" / "leaflet9", folder)
    (folder / "lint").mkdir()
    (folder / "lint" / "own.yaml").write_text(
        "bira-lint: 1\nrules: [{id: a, patterns: {b: (}}]", "utf-8"
    )
    file = folder / "leaflet.yaml"
    file.write_text(
        file.read_text("utf-8").replace("\npages:\n", "\nlint: {rules: [own]}\npages:\n", 1),
        "utf-8",
    )
    code, said, _ = build(str(folder), "--out", str(tmp_path / "out"), "--json")
    assert code == 0
    (leaflet,) = json.loads(said)["leaflets"]
    faults = [each for each in leaflet["findings"] if each["file"].endswith("own.yaml")]
    assert faults and {each["severity"] for each in faults} == {"warning"}


def test_without_the_analyser_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sudachipy", None)
    morphology._tokenizer.cache_clear()
    try:
        found = findings_of("leaflet9")
    finally:
        morphology._tokenizer.cache_clear()
    (said,) = [each for each in found if each.code == "lint.no-analyser"]
    assert said.severity is Severity.NOTE
    rest = [each for each in found if each is not said]
    assert rest == findings_of("leaflet9", analyse=False)
