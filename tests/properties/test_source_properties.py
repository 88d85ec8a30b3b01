"""Reading never raises, whatever stands in the file, and no character is lost."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.cli.messages import message_table, render
from layout.diagnostics import Reporter, Span
from layout.source import read_leaflet, read_sheet
from layout.source.facts import FactError, derive
from layout.source.joining import plain_text
from layout.source.leaflet_keys import FACT_KINDS
from layout.source.markup import Markup
from layout.source.model import Fact
from layout.source.nodes import Scalar, SourceLine

ROOT = Path(__file__).parent.parent.parent
GOOD = (ROOT / "leaflets" / "leaflet9" / "leaflet.yaml").read_bytes()
SHEET = (ROOT / "leaflets" / "styles" / "ai-shu.yaml").read_bytes()
MARKS = "\\*_^《》｜{}［］[]()｛｝"
PIECES = st.sampled_from(
    ["\n", "  ", "- ", "text: ", "heading: ", ": ", "|\n", "\"", "'", "[", "]", "{", "}", "　",
     "\t", "#", "&a ", "*a", "!", "%", "@", "：", "pages:\n", "a", "日本", "**", "《", "》", "---\n",
     "layout: cover\n", "bira: 1\n", "\u2028", "\x00", "facts:\n", "phone: ", "figure:\n", "image: "]
)  # fmt: skip
SLOW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(data: bytes, folder: Path) -> None:
    path = folder / "leaflet.yaml"
    path.write_bytes(data)
    reporter = Reporter()
    found = [read_leaflet(path, reporter), read_sheet(path, reporter)]
    assert all(value is not None for value in found) or len(reporter)
    lines = data.decode("utf-8", "replace").split("\n")
    for diagnostic in reporter:
        assert diagnostic.code in message_table()
        render(diagnostic, lines)


@SLOW
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    read(data, tmp_path)


@SLOW
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_yaml_like_text(tmp_path: Path, text: str) -> None:
    read(text.encode(), tmp_path)


@SLOW
@given(st.sampled_from([GOOD, SHEET]), st.integers(0, 20_000), st.integers(0, 40), PIECES)
def test_a_good_source_with_a_piece_cut_and_another_put_in(
    tmp_path: Path, good: bytes, at: int, length: int, piece: str
) -> None:
    text = good.decode()
    at %= len(text)
    read((text[:at] + piece + text[at + length :]).encode(), tmp_path)


def markup(text: str) -> tuple[Scalar, Markup, Reporter]:
    lines = tuple(SourceLine(line, n, 1) for n, line in enumerate(text.split("\n"), 1))
    reporter = Reporter()
    facts = {"a": Fact("a", "text", {"": "甲"}, Span())}
    return Scalar(text, "|", Span("f", 1, 1), lines), Markup(facts, reporter), reporter


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=MARKS + "a漢かA1\n 　", max_size=60))
def test_any_markup_keeps_every_character_that_is_no_mark(text: str) -> None:
    scalar, reader, _ = markup(text)
    shown = plain_text(reader.inline(scalar))
    dropped = set(MARKS) | set(" 　\n甲")
    kept = [c for c in shown if c not in dropped]
    typed = [c for c in text if c not in dropped]
    # Readings, targets and fact names stand outside the text; what is left is in order.
    rest = iter(typed)
    assert all(c in rest for c in kept)
    reader.paragraphs(scalar)
    reader.lines(scalar)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="**__《》a漢か字", max_size=40))
def test_without_ruby_and_links_nothing_is_lost(text: str) -> None:
    scalar, reader, _ = markup(text)
    shown = plain_text(reader.inline(scalar))
    if "《" not in text:
        assert [c for c in shown if c not in "*_"] == [c for c in text if c not in "*_"]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="日本語abc12、。「」（）・ー", min_size=1, max_size=60))
def test_plain_text_goes_through_unchanged(text: str) -> None:
    scalar, reader, reporter = markup(text)
    assert plain_text(reader.inline(scalar)) == text
    assert not len(reporter)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(FACT_KINDS), st.text(max_size=30) | st.text("0123456789-年月日/()", max_size=30)
)
def test_facts_are_worked_out_or_refused(kind: str, typed: str) -> None:
    try:
        derive(kind, typed)
    except FactError as error:
        assert error.code in message_table()
