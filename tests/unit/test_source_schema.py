"""The key tables, the JSON Schema made from them, and the messages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from layout.cli.messages import display_width, message_table, render
from layout.diagnostics import Diagnostic, Reporter, Severity, Span
from layout.source import model, read_leaflet, read_sheet
from layout.source.leaflet_keys import BLOCKS, LEAFLET, LEAFLET_NAMES
from layout.source.schema import Either, Fields, Many, Named, Table
from layout.source.sheet_keys import SHEET

ROOT = Path(__file__).parent.parent.parent
LEAFLET9 = ROOT / "leaflets" / "leaflet9" / "leaflet.yaml"
SHEET9 = ROOT / "leaflets" / "styles" / "ai-shu.yaml"


def tables(table: Table) -> dict[str, Table]:
    found: dict[str, Table] = {}
    waiting: list[Any] = [table]
    while waiting:
        match waiting.pop():
            case Table() as each:
                if each.name not in found:
                    found[each.name] = each
                    waiting.extend(key.kind for key in each.keys)
            case Fields(inner) | Many(inner) | Named(inner):
                waiting.append(inner)
            case Either(kinds):
                waiting.extend(kinds)
    return found


@pytest.mark.parametrize("root", [LEAFLET, BLOCKS, SHEET], ids=lambda t: t.name)
def test_every_key_is_described_in_both_languages(root: Table) -> None:
    for table in tables(root).values():
        for key in table.keys:
            assert re.search("[ぁ-ヿ一-鿿]", key.ja), (table.name, key.name)
            assert not re.search("[ぁ-ヿ一-鿿]", key.en.replace("ゆうちょ", ""))


def test_leaflet_9_reads_without_a_finding() -> None:
    reporter = Reporter()
    leaflet = read_leaflet(LEAFLET9, reporter)
    assert list(reporter) == []
    assert leaflet is not None
    assert [page.layout for page in leaflet.pages] == ["cover", "inside", "inside", "back"]
    assert leaflet.facts["furikae"].values["branch"] == "〇一九"
    assert leaflet.name == "leaflet9" and leaflet.date == "2021-03-01"


def test_its_sheet_reads_without_a_finding() -> None:
    reporter = Reporter()
    sheet = read_sheet(SHEET9, reporter)
    assert list(reporter) == []
    assert sheet is not None
    assert sheet.page[0].value == 210
    assert sheet.fonts["mincho"].parts["kanji"].face == "noto-serif-jp-400"


def test_texts_of_leaflet_9_stand_where_their_spans_say() -> None:
    leaflet = read_leaflet(LEAFLET9, Reporter())
    assert leaflet is not None
    lines = LEAFLET9.read_text(encoding="utf-8").split("\n")
    count = 0
    for text in texts(leaflet):
        start = text.span.column - 1
        assert lines[text.span.line - 1][start : start + text.span.length] == text.text
        count += len(text.text)
    assert count > 6000


def texts(value: object) -> list[model.Text]:
    """Every typed text anywhere below a value."""
    if isinstance(value, model.Text):
        return [] if value.generated else [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    if hasattr(value, "__struct_fields__"):
        return [t for name in value.__struct_fields__ for t in texts(getattr(value, name))]
    return []


def test_key_names_cover_the_blocks() -> None:
    assert {"text", "heading", "stand-in", "caption"} <= LEAFLET_NAMES


# --- messages ---------------------------------------------------------------

_FORM = re.compile(r"[a-z]+\.(?:\d\d\.)?[a-z0-9-]+")
_KINDS = {code.partition(".")[0] for code in message_table()}
_REPORTS = ("error", "warning", "note", "breach")


def nodes_of_the_program() -> Iterator[ast.AST]:
    for path in sorted((ROOT / "layout").rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def text_of(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def codes_in_the_program() -> set[str]:
    """Words in the form of a code, of a kind that messages have; and whatever is reported."""
    found = set()
    for node in nodes_of_the_program():
        word = text_of(node)
        if _FORM.fullmatch(word) and word.partition(".")[0] in _KINDS:
            found.add(word)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _REPORTS and node.args:
            found.update(word for word in [text_of(node.args[0])] if _FORM.fullmatch(word))
    return found


def test_every_code_has_a_message() -> None:
    assert codes_in_the_program() - set(message_table()) == set()


def test_every_message_is_said_somewhere() -> None:
    assert set(message_table()) - codes_in_the_program() == set()


def test_the_search_for_codes_bites() -> None:
    kinds = {code.partition(".")[0] for code in codes_in_the_program()}
    assert {"source", "area", "press", "pdf", "plates", "check", "impose", "edition"} <= kinds


@pytest.mark.parametrize("code", sorted(message_table()))
def test_messages_are_complete(code: str) -> None:
    entry = message_table()[code]
    assert set(entry) == {"ja", "en", "hint_ja", "hint_en"} and all(entry.values())
    names = [set(re.findall(r"(?<!\{)\{(\w+)\}", entry[lang])) for lang in ("ja", "en")]
    assert names[0] == names[1]


def calls() -> list[tuple[str, set[str]]]:
    """Codes reported with the names of the values given, where both can be read off."""
    found = []
    for node in nodes_of_the_program():
        if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _REPORTS):
            continue
        code = text_of(node.args[0]) if node.args else ""
        names = {keyword.arg for keyword in node.keywords}
        if _FORM.fullmatch(code) and None not in names:
            found.append((code, {name for name in names if name}))
    return found


@pytest.mark.parametrize(("code", "given"), calls(), ids=lambda v: v if isinstance(v, str) else "")
def test_messages_use_only_values_that_are_given(code: str, given: set[str]) -> None:
    entry = message_table().get(code, {})
    for lang in ("ja", "en"):
        names = set(re.findall(r"(?<!\{)\{(\w+)\}", entry.get(lang, "")))
        # A fact's error gets the typed value where it is reported, what is found on a page of
        # a finished file how many alike there are.
        later = {
            "facts": {"value"}, "pdf": {"count"}, "ua": {"count"}, "pdfa": {"count"},
        }.get(code.partition(".")[0], set())  # fmt: skip
        assert names <= given | later


def test_a_code_without_message_does_not_crash() -> None:
    found = Diagnostic("no.such-code", Severity.ERROR, Span("f", 1, 1), {"a": 1})
    assert "a=1" in render(found, ["x"])


def test_the_mark_stands_under_full_width_characters() -> None:
    found = Diagnostic("markup.unclosed", Severity.ERROR, Span("f.yaml", 1, 5, 2), {"mark": "**"})
    lines = render(found, ["日本語a**太い"]).split("\n")
    assert lines[0] == "f.yaml:1:5: エラー[markup.unclosed]: 「**」が閉じられていません。"
    assert lines[1] == "    1 | 日本語a**太い"
    assert lines[2] == "      | " + " " * 7 + "^^"
    assert lines[3].startswith("  ヒント: ")
    assert "\x1b[" in render(found, [], colour=True)
    assert render(found, [], "en").startswith("f.yaml:1:5: error[markup.unclosed]: ")


def test_long_lines_are_cut_around_the_place() -> None:
    line = "あ" * 200 + "**" + "い" * 200
    found = Diagnostic("markup.unclosed", Severity.ERROR, Span("f", 1, 201, 2), {"mark": "**"})
    shown, mark = render(found, [line]).split("\n")[1:3]
    assert display_width(shown) < 100
    at = display_width(mark[: mark.index("^")])
    assert shown[8:].startswith("…あ")
    assert display_width(shown[: shown.index("*")]) == at


def test_hints_without_their_value_are_left_out() -> None:
    found = Diagnostic("facts.unknown", Severity.ERROR, Span(), {"name": "x", "suggestion": ""})
    assert "ではありませんか" not in render(found, [])
