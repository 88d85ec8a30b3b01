"""Corrections change what they ask for, character by character, and no other byte of the file."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.diagnostics import Reporter
from layout.proof.apply import Applied, apply
from layout.proof.corrections import Correction, read_corrections
from layout.reading.paragraphs import SourceParagraph, source_paragraphs
from layout.source.model import Leaflet
from layout.source.nodes import read_nodes
from layout.source.read import read_leaflet

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.parent.name for path in (ROOT / "leaflets").glob("*/leaflet.yaml"))
FILES = {name: ROOT / "leaflets" / name / "leaflet.yaml" for name in NAMES}
TEXTS = {name: file.read_text("utf-8") for name, file in FILES.items()}


def read(name: str, text: str) -> Leaflet | None:
    reporter = Reporter()
    leaflet = read_leaflet(FILES[name], reporter, text.encode())
    return None if reporter.has_errors else leaflet


LEAFLETS = {name: read(name, text) for name, text in TEXTS.items()}
PARAGRAPHS = {
    name: source_paragraphs(leaflet) for name, leaflet in LEAFLETS.items() if leaflet is not None
}


def run(name: str, *corrections: Correction, text: str | None = None) -> Applied:
    text = TEXTS[name] if text is None else text
    leaflet = read(name, text)
    assert leaflet is not None
    root = read_nodes(text.replace("\r\n", "\n").removeprefix("\ufeff"), "f", Reporter())
    return apply(text, root, leaflet, corrections, lambda new: read(name, new))


def correction(
    paragraph: SourceParagraph, start: int, end: int, new: str, kind: str = ""
) -> Correction:
    """What the proof page writes for those characters of a paragraph."""
    chars = paragraph.chars
    old = paragraph.text[start:end]
    kind = kind or ("insert" if not old else "replace" if new else "delete")
    place = chars[min(start, len(chars) - 1)]
    after = kind == "insert" and start == len(chars)
    at = (place.line, place.column) if place.exact else (0, 0)
    return Correction(
        "c", kind, f"{paragraph.id}.1", at, old, new, paragraph.text[max(start - 12, 0) : start],
        paragraph.text[end : end + 12], after,
    )  # fmt: skip


def seek(name: str, words: str) -> tuple[SourceParagraph, int]:
    paragraph = next(p for p in PARAGRAPHS[name] if words in p.text)
    return paragraph, paragraph.text.index(words)


def changed(old: str, new: str) -> tuple[str, str]:
    """The stretch that differs."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


def test_a_word_is_replaced_and_nothing_else() -> None:
    paragraph, at = seek("leaflet9", "司令塔")
    made = run("leaflet9", correction(paragraph, at, at + 3, "指揮所"))
    assert [o.what for o in made.outcomes] == ["applied"]
    assert changed(TEXTS["leaflet9"], made.text) == ("司令塔", "指揮所")


def test_insertions_before_and_behind() -> None:
    paragraph, _ = seek("leaflet9", "デジタル庁関連法案で市民監視と")
    last = len(paragraph.text)
    made = run(
        "leaflet9",
        correction(paragraph, 0, 0, "続・"),
        correction(paragraph, last, last, "！"),
    )
    assert [o.what for o in made.outcomes] == ["applied", "applied"]
    assert f"- heading: 続・{paragraph.text}！\n" in made.text


def test_a_whole_typed_line_goes_with_its_end() -> None:
    paragraph, at = seek("leaflet9", "これでは国民総背番号制です。")
    made = run("leaflet9", correction(paragraph, at, at + 14, ""))
    assert [o.what for o in made.outcomes] == ["applied"]
    assert len(made.text.split("\n")) == len(TEXTS["leaflet9"].split("\n")) - 1


def test_a_selection_over_several_typed_lines() -> None:
    paragraph, at = seek("leaflet9", "集中管理します。各省庁")
    made = run("leaflet9", correction(paragraph, at, at + 11, "集め、各省"))
    assert [o.what for o in made.outcomes] == ["applied"]
    assert "集め、各省\n" in made.text


def test_marks_in_new_words_are_escaped() -> None:
    paragraph, at = seek("leaflet9", "司令塔")
    made = run("leaflet9", correction(paragraph, at, at + 3, "**《{x}》"))
    assert [o.what for o in made.outcomes] == ["applied"]
    assert r"\*\*\《\{x\}\》" in made.text


def test_what_would_touch_marks_is_left_to_a_person() -> None:
    paragraph, at = seek("tate-shimbun", "灯町図書館の夜間開館が")
    made = run("tate-shimbun", correction(paragraph, at, at + 3, "星町図"))
    assert [(o.what, o.reason) for o in made.outcomes] == [("open", "markup")]
    assert made.text == TEXTS["tate-shimbun"]


def test_a_fact_s_value_is_left_to_a_person() -> None:
    paragraph, at = seek("leaflet9", "080-5052-0270")
    made = run("leaflet9", correction(paragraph, at, at + 13, "080-0000-0000"))
    assert [(o.what, o.reason) for o in made.outcomes] == [("open", "generated")]


def test_a_query_stays_open() -> None:
    paragraph, at = seek("leaflet9", "司令塔")
    made = run("leaflet9", correction(paragraph, at, at + 3, "", kind="query"))
    assert [(o.what, o.reason) for o in made.outcomes] == [("open", "query")]


def test_text_that_moved_is_found_again_and_text_that_changed_is_refused() -> None:
    paragraph, at = seek("leaflet9", "司令塔")
    wish = correction(paragraph, at, at + 3, "指揮所")
    moved = TEXTS["leaflet9"].replace("pages:\n", "# 動いた\n\npages:\n", 1)
    made = run("leaflet9", wish, text=moved)
    assert [o.what for o in made.outcomes] == ["applied"] and "指揮所" in made.text
    gone = TEXTS["leaflet9"].replace("司令塔", "司令部")
    assert [(o.what, o.reason) for o in run("leaflet9", wish, text=gone).outcomes] == [
        ("refused", "moved")
    ]
    done = TEXTS["leaflet9"].replace("司令塔", "指揮所")
    assert [o.what for o in run("leaflet9", wish, text=done).outcomes] == ["done"]


def test_two_wishes_for_one_place_are_both_left_open_and_equal_ones_are_done_once() -> None:
    paragraph, at = seek("leaflet9", "司令塔")
    one = correction(paragraph, at, at + 3, "指揮所")
    other = correction(paragraph, at + 1, at + 2, "礼")
    made = run("leaflet9", one, other)
    assert [(o.what, o.reason) for o in made.outcomes] == [("open", "conflict")] * 2
    assert made.text == TEXTS["leaflet9"]
    twice = run("leaflet9", one, one)
    assert [o.what for o in twice.outcomes] == ["applied", "applied"]
    assert changed(TEXTS["leaflet9"], twice.text) == ("司令塔", "指揮所")


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    paragraph, at = seek("leaflet9", "これでは国民総背番号制です。")
    text = "\ufeff" + TEXTS["leaflet9"].replace("\n", "\r\n")
    made = run("leaflet9", correction(paragraph, at, at + 14, ""), text=text)
    assert [o.what for o in made.outcomes] == ["applied"]
    assert made.text.startswith("\ufeff") and "\n" not in made.text.replace("\r\n", "")
    assert made.text.count("\r\n") == text.count("\r\n") - 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_correction_does_what_it_says_or_nothing(data: st.DataObject) -> None:
    """And the inverse correction gives back every byte."""
    name = data.draw(st.sampled_from(NAMES))
    paragraph = data.draw(st.sampled_from([p for p in PARAGRAPHS[name] if len(p.text) > 3]))
    start = data.draw(st.integers(0, len(paragraph.text) - 1))
    end = data.draw(st.integers(start, min(start + 30, len(paragraph.text))))
    new = data.draw(st.text(st.sampled_from("字あア一Ａa1-：:#'\"*《》{}[]\\、。（"), max_size=6))
    if start == end and not new:
        return
    index = PARAGRAPHS[name].index(paragraph)
    made = run(name, correction(paragraph, start, end, new))
    (outcome,) = made.outcomes
    if outcome.what != "applied":
        assert made.text == TEXTS[name]
        return
    leaflet = read(name, made.text)
    assert leaflet is not None
    after = source_paragraphs(leaflet)
    whole = paragraph.text[:start] + new + paragraph.text[end:]
    if not whole or len(after) != len(PARAGRAPHS[name]):
        return
    assert after[index].text == whole
    old = paragraph.text[start:end]
    back = correction(after[index], start, start + len(new), old)
    leaflet2 = run(name, back, text=made.text)
    if made.text.count("\\") != TEXTS[name].count("\\"):
        return  # a sign was given a backslash, which means nothing before the next one either
    if leaflet2.outcomes[0].what == "applied" and "\n" not in changed(TEXTS[name], made.text)[0]:
        assert leaflet2.text == TEXTS[name]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"bira-corrections": 2}', b"[" * 100_000,
        b'{"bira-corrections": 1, "leaflet": "../x", "items": []}',
        b'{"bira-corrections": 1, "leaflet": "a/b", "items": []}',
        b'{"bira-corrections": 1, "leaflet": "a", "items": {}}',
        b'{"bira-corrections": 1, "leaflet": "a", "items": [1]}',
        b'{"bira-corrections": 1, "leaflet": "a", "items": [{"kind": "burn"}]}',
        b'{"bira-corrections": 1, "leaflet": "a", "items": [{"kind": "replace", "old": "a"}]}',
        b'{"bira-corrections": 1, "leaflet": "a", "items": [{"kind": "query", "at": [1]}]}',
        b'{"bira-corrections": 1, "leaflet": "a", "items": [{"kind": "query", "at": [-1, 2]}]}',
        b'{"bira-corrections": 1, "leaflet": "a", "items": [{"kind": "query", "old": 7}]}',
        b'{"bira-corrections": 1, "leaflet": "a", "items": [{"kind": "query", "old": "\\ud800"}]}',
        b'{"bira-corrections": 1, "leaflet": "a", "items": [{"kind": "query", "old": "\\u0000"}]}',
        b" " * 5_000_000,
    ],
)  # fmt: skip
def test_files_that_are_no_corrections_have_one_finding(data: bytes) -> None:
    reporter = Reporter()
    assert read_corrections(data, "corrections.json", reporter) is None
    assert [each.code for each in reporter] == ["apply.unreadable"]
