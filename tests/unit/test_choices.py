"""What a style may choose: its own spaces, kinsoku characters, looseness, expansion."""

import pytest
from composing import body_style, content, setter

from layout.diagnostics import Span
from layout.geometry import WritingMode
from layout.house.override import PairSpace, overridden
from layout.house.rules import load_rules
from layout.inline.itemize import itemize
from layout.inline.lines import Line, set_lines
from layout.source.model import Ruby, Text
from layout.units import q

TEXT = (
    "自治体の情報システム標準化法案では、自治体の標準的な業務システムを国が決めて使用させようと"
    "しています。自治体が独自の施策を行うのが困難になるだけでなく、国が住民情報にアクセスする"
    "のも容易になります。窓口で対面による手続を希望してもできない社会になります。"
)


FULL_OF_MARKS = "はい、それで、「これ」は、「あれ」と、いう。" * 8


def lines(text: str, measure: int = 20, looseness: int = 0) -> tuple[Line, ...]:
    style = body_style(looseness=looseness)
    items = itemize(content(text), style, setter())
    return set_lines(items, style, lambda _: (0, q(14) * measure), 0, setter())


@pytest.mark.parametrize(("text", "looseness"), [(TEXT, 1), (FULL_OF_MARKS, -1)])
def test_looseness_asks_for_a_line_more_or_fewer(text: str, looseness: int) -> None:
    changes = {
        len(lines(text, measure, looseness)) - len(lines(text, measure))
        for measure in range(15, 40)
    }
    assert changes == {0, looseness}, "0 where the paragraph cannot take it"


def test_a_pair_of_ones_own_changes_that_pair_alone() -> None:
    own = overridden(load_rules(), [PairSpace("cl-19", "cl-27", space=0.125)])
    style = body_style()
    before = itemize(content("国AB国"), style, setter())
    after = itemize(content("国AB国"), style, setter(rules=own))
    em = style.size
    assert before.gap[0] == round(em / 4) and after.gap[0] == round(em / 8)
    assert before.gap[1:] == after.gap[1:]


def test_a_space_without_limits_neither_gives_nor_takes_more_than_itself() -> None:
    pair = PairSpace("cl-19", "cl-27", space=0.5, least=0.5, most=0.5)
    items = itemize(content("国AB"), body_style(), setter(rules=overridden(load_rules(), [pair])))
    assert items.shrink[0] == 0 and items.stretch[0] == 0


@pytest.mark.parametrize("measure", range(8, 20))
def test_characters_of_ones_own_do_not_begin_or_end_lines(measure: int) -> None:
    rules = overridden(load_rules(), [], not_at_head="のが", not_at_end="国民")
    style = body_style()
    items = itemize(content(TEXT), style, setter(rules=rules))
    done = set_lines(items, style, lambda _: (0, q(14) * measure), 0, setter(rules=rules))
    for number, line in enumerate(done):
        assert number == 0 or line.text[0] not in "のが"
        assert number + 1 == len(done) or line.text[-1] not in "国民"


def test_even_expansion_opens_all_places_alike() -> None:
    even = load_rules(expansion="even")
    orders = set(itemize(content("国AB国"), body_style(), setter(rules=even)).stretch_order)
    assert 2 not in orders and 3 in orders


@pytest.mark.parametrize(("choice", "turned"), [(1, True), (3, False)])
def test_capitals_stand_up_to_the_chosen_length(choice: int, turned: bool) -> None:
    style = body_style(upright_latin=choice)
    items = itemize(content("国AB国"), style, setter(WritingMode.VERTICAL))
    assert items.text == "国AB国"
    assert {s.turned for t, s in zip(items.texts, items.settings, strict=True) if t in "AB"} == {
        turned
    }


def test_kanji_numerals_are_written_in_vertical_lines_only() -> None:
    style = body_style(kanji_numerals=True)
    assert (
        itemize(content("2021年3.5倍"), style, setter(WritingMode.VERTICAL)).text
        == "二〇二一年3.5倍"
    )
    assert itemize(content("2021年"), style, setter()).text == "2021年"


def ruby(reading: str, base: str = "国", **choices: bool) -> tuple[int, int]:
    """Where the first glyph of a reading stands over its base, and the ruby size."""
    place = Span("", 1, 1)
    style = body_style(**choices)
    node = Ruby(Text(base, place), tuple(reading.split("・")), place)
    items = itemize((node,), style, setter(WritingMode.VERTICAL))
    mark = items.annotations[0]
    return mark.glyphs[0].along, mark.setting.size


def test_short_ruby_stands_in_the_middle_or_at_the_shoulder() -> None:
    size = body_style().size
    assert ruby("く") == (size // 4, size // 2)
    assert ruby("く", ruby_shoulder=True) == (0, size // 2)


def test_three_kana_over_one_character_may_be_a_third() -> None:
    size = body_style().size
    assert ruby("こころ")[1] == size // 2
    along, third = ruby("こころ", ruby_thirds=True)
    assert third == round(size / 3) and abs(along) <= 2


@pytest.mark.parametrize("mode", WritingMode)
def test_a_long_address_breaks_behind_its_punctuation_only(mode: WritingMode) -> None:
    text = "暦は https://insatsu.example.jp/koyomi/2026/fuyu にあります。"
    items = itemize(content(text), body_style(), setter(mode))
    done = set_lines(items, body_style(), lambda _: (0, q(14) * 10), 0, setter(mode))
    ends = [line.text.rstrip()[-1] for line in done[:-1]]
    assert len(done) > 2 and all(end in "/.は" or not end.isascii() for end in ends)


def test_a_variation_selector_stays_with_its_character() -> None:
    items = itemize(content("葛\U000e0100、吉"), body_style(), setter())
    assert items.texts[0] == "葛\U000e0100" and items.gap[0] == 0
