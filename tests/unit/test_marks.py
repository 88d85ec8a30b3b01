"""Punctuation typed as ASCII, exclamations, note marks, superscripts, and spaces between sizes."""

import pytest
from composing import SIZE, body_style, content, setter

from layout.diagnostics import NOWHERE
from layout.geometry import WritingMode
from layout.inline.itemize import itemize
from layout.inline.items import NEVER, Items
from layout.inline.lines import set_lines
from layout.source.model import Dots, NoteMark, Sideline, Strong, Text, Warichu
from layout.style.model import CompositeFont, FacePart

LEVEL, UPRIGHT = WritingMode.HORIZONTAL, WritingMode.VERTICAL
LARGE = CompositeFont("large", *(FacePart("noto-serif-jp-400", 1.5),) * 5)


def items_of(text: str, mode: WritingMode = LEVEL) -> Items:
    return itemize(content(text), body_style(), setter(mode))


# --- ASCII punctuation ----------------------------------------------------------------


@pytest.mark.parametrize("mode", WritingMode)
@pytest.mark.parametrize("mark", ["!", "?", "!?", "!!", ",", ".", ":", ";"])
def test_ascii_marks_behind_japanese_are_its_punctuation(mark: str, mode: WritingMode) -> None:
    """They begin no line, and no Japanese–Latin space stands before them."""
    items = items_of(f"もう一度{mark}国の国", mode)
    at = items.texts.index("度")
    assert items.penalty[at] == NEVER
    assert items.gap[at] == (SIZE // 4 if mark in ":;" else 0)


@pytest.mark.parametrize("measure", range(3, 9))
@pytest.mark.parametrize("mode", WritingMode)
def test_exclamations_begin_no_line(measure: int, mode: WritingMode) -> None:
    style, how = body_style(), setter(mode)
    items = itemize(content("なに!?もう一度!そうか?国の国の国"), style, how)
    lines = set_lines(items, style, lambda _: (0, measure * SIZE), 0, how)
    assert all(line.text[0] not in "!?" for line in lines)


@pytest.mark.parametrize("word", ["Yes!", "3.14", "10:30", "a,b"])
def test_latin_words_keep_their_marks(word: str) -> None:
    items = items_of(f"国{word}国")
    assert items.gap[0] == items.gap[len(items) - 2] == round(SIZE / 4)
    assert set(items.classes[1:-1]) <= {24, 27}


def test_a_single_exclamation_stands_upright_in_a_vertical_line() -> None:
    items = items_of("国!国", UPRIGHT)
    assert items.settings[1].upright and items.widths[1] == SIZE and items.classes[1] == 4


@pytest.mark.parametrize("around", [Dots, Sideline, Warichu])
def test_numbers_stand_upright_within_other_marks(around: type) -> None:
    node = around((Text("国12月", NOWHERE),), NOWHERE)
    items = itemize((node,), body_style(), setter(UPRIGHT))
    assert items.texts == ("国", "12", "月")
    assert items.settings[1].upright


# --- note marks and superscripts ---------------------------------------------------------


def test_note_marks_stand_upright_in_a_vertical_line() -> None:
    for mark in ("1", "12"):
        noted = (Text("国", NOWHERE), NoteMark(Text(mark, NOWHERE), NOWHERE), Text("国", NOWHERE))
        items = itemize(noted, body_style(), setter(UPRIGHT))
        setting, glyphs = items.settings[1], items.glyphs[1]
        assert setting.upright and not setting.turned
        assert items.widths[1] == setting.size < SIZE
        end = glyphs[0].across - glyphs[0].along
        assert end == pytest.approx(SIZE / 2, abs=2), "flush with the line's over side"


def test_a_note_mark_is_no_part_of_the_word_or_number_before_it() -> None:
    noted = (Text("長さ3", NOWHERE), Text("km", NOWHERE), NoteMark(Text("1", NOWHERE), NOWHERE))
    items = itemize(noted, body_style(), setter())
    assert items.classes[2:] == (24, 25, 25, 20)
    assert items.penalty[-2] == NEVER


def test_a_word_with_a_superscript_is_one_complex() -> None:
    items = items_of("国y²国")
    assert items.classes[1:3] == (21, 21)
    assert items.penalty[1] == NEVER and items.stretch_order[1] == 0
    assert items.gap[0] == items.gap[2] == round(SIZE / 4)


def test_a_superscript_behind_a_kanji_stands_close() -> None:
    items = items_of("国²国")
    assert items.classes[1] == 20
    assert items.gap[0] == items.gap[1] == 0 and items.penalty[0] == NEVER


# --- sizes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at", "ems"),
    [
        ("国**「**国", 0, 0.75),  # half an em of the large bracket
        ("国**」**国", 1, 0.75),
        ("**国**「国」", 0, 0.5),
        ("国、**国**", 1, 0.5),
        ("国、**・**国", 1, 0.5 + 0.375),  # the comma's half, and the large dot's quarter
        ("**国**A", 0, 0.375),  # a quarter of the Japanese character
        ("国**A**", 0, 0.25),
    ],
)
def test_space_is_measured_by_the_character_it_belongs_to(text: str, at: int, ems: float) -> None:
    nodes = tuple(
        Strong((Text(part, NOWHERE),), NOWHERE) if k % 2 else Text(part, NOWHERE)
        for k, part in enumerate(text.split("**"))
        if part
    )
    if text.startswith("**"):
        nodes = (Strong((Text("国", NOWHERE),), NOWHERE), Text(text.split("**")[2], NOWHERE))
    items = itemize(nodes, body_style(strong_font=LARGE), setter())
    assert items.gap[at] == pytest.approx(ems * SIZE, abs=2)


# --- warichu ------------------------------------------------------------------------------------


def test_a_sideline_within_a_warichu_is_reported() -> None:
    how = setter()
    inner = Sideline((Text("一二", NOWHERE),), NOWHERE)
    items = itemize((Warichu((Text("国", NOWHERE), inner), NOWHERE),), body_style(), how)
    assert [d.code for d in how.reporter] == ["warichu.sideline"]
    assert not items.annotations


# --- breaks that nobody wants ----------------------------------------------------------------------


def test_a_loose_line_is_better_than_a_number_parted_from_its_unit() -> None:
    style, how = body_style(), setter()
    items = itemize(content("国" * 12 + "100km" + "国" * 20), style, how)
    lines = set_lines(items, style, lambda _: (0, 14 * SIZE), 0, how)
    assert not any(line.text.endswith("100") for line in lines)


def test_an_items_number_does_not_end_a_line_where_another_break_is_as_good() -> None:
    style, how = body_style(), setter()
    items = itemize(content("国" * 14 + "①" + "国" * 26), style, how)
    lines = set_lines(items, style, lambda _: (0, 15 * SIZE), 0, how)
    assert [line.text[-1] for line in lines[:-1]] == ["国"] * (len(lines) - 1)
