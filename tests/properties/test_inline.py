"""Whatever is set: no character lost, no forbidden line end, justified lines on the measure."""

from itertools import pairwise

import pytest
from composing import SIZE, body_style, content, setter
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.diagnostics import NOWHERE
from layout.geometry import WritingMode
from layout.house.rules import KINSOKU, N, Rules, load_rules
from layout.inline.itemize import itemize
from layout.inline.items import ALWAYS, NEVER, Items
from layout.inline.lines import Line, set_lines
from layout.source.joining import plain_text
from layout.source.model import (
    Content,
    Dots,
    Inline,
    Link,
    Ruby,
    Sideline,
    Strong,
    TateChuYoko,
    Text,
    Warichu,
)
from layout.style.model import Align
from layout.units import Length

SOME = settings(max_examples=120, deadline=None)
NEAR = 12  # nm: what is shared out in whole nanometres
MODES = (WritingMode.HORIZONTAL, WritingMode.VERTICAL)
KANJI, KANA = "国権発動戦争武力威嚇行使永久放棄", "のはがをにあアイカッょンー々"
MARKS, LATIN = "、。「」（）・？！……――ー々：〜％￥", "abJLIS019,.-/ ()"
ALPHABET = KANJI * 2 + KANA * 3 + MARKS + LATIN + "２Ａ\u3000①"
# Lengths are drawn first: left to themselves, texts would nearly all be of one line.
TEXTS = st.integers(1, 160).flatmap(
    lambda length: st.text(ALPHABET, min_size=length, max_size=length)
)
MEASURES = st.integers(6, 24).map(lambda ems: ems * SIZE)


def forbidden(rules: Rules) -> tuple[frozenset[int], frozenset[int]]:
    """Classes that no line may begin with, and that none may end with, by the break table."""
    kinds = [i for i in range(1, 31) if i not in (17, 18, 26)]
    # Word spaces (26) come before everything and combinations that cannot be count as held.
    head = frozenset(a for a in kinds if all(rules.no_break[b * N + a] for b in kinds))
    tail = frozenset(b for b in kinds if all(rules.no_break[b * N + a] for a in kinds))
    return head, tail


HEAD, TAIL = forbidden(load_rules())


def test_the_break_table_forbids_what_every_printer_knows() -> None:
    assert {2, 3, 4, 5, 6, 7, 9, 10, 11} <= HEAD
    assert {1, 28} <= TAIL
    assert not HEAD & {1, 8, 12, 15, 16, 19, 24, 27}


def lines_of(
    items: Items, measure: Length, mode: WritingMode = WritingMode.HORIZONTAL, indent: Length = 0
) -> tuple[Line, ...]:
    style = body_style(indent=indent)
    return set_lines(items, style, lambda _: (0, measure), 0, setter(mode))


def visible_end(line: Line) -> int:
    end = line.end
    while end > line.start + 1 and line.items.invisible[end - 1]:
        end -= 1
    return end


def reach(line: Line) -> Length:
    """Where the last visible body ends."""
    last = visible_end(line) - 1
    return line.places[last - line.start] + line.items.widths[last]


def overfull(line: Line) -> bool:
    return reach(line) > line.measure


def rows(line: Line) -> list[range]:
    """The items of the line as one row, or as the rows its warichu stand in."""
    cuts = {line.start, line.end}
    for one in line.items.complexes:
        start, end = max(one.start, line.start), min(one.end, line.end)
        if one.folded and start < end:
            cuts |= {start, one.split(start, end), end}
    ends = sorted(cuts)
    return [range(a, b) for a, b in pairwise(ends)]


def shown_reach(line: Line) -> tuple[Length, Length]:
    """From where to where bodies and readings of the line stand."""
    items = line.items
    behind = visible_end(line)
    starts = [line.places[i - line.start] for i in range(line.start, behind)]
    ends = [at + items.widths[line.start + k] for k, at in enumerate(starts)]
    for mark in items.annotations:
        if mark.kind == "ruby" and line.start <= mark.start < line.end:
            at = line.places[mark.start - line.start]
            starts.append(at + mark.glyphs[0].along)
            ends.append(at + mark.glyphs[-1].along + mark.setting.size)
    return min(starts), max(ends)


# --- content with markup --------------------------------------------------------------

PLAIN_TEXT = st.text(ALPHABET, min_size=1, max_size=12).map(lambda t: Text(t, NOWHERE))
KANJI_TEXT = st.text(KANJI, min_size=1, max_size=4).map(lambda t: Text(t, NOWHERE))
JAPANESE = (
    st.integers(1, 60)
    .flatmap(lambda n: st.text(KANJI * 3 + KANA * 3 + "、。「」（）・ー々", min_size=n, max_size=n))
    .map(lambda t: Text(t, NOWHERE))
)
READINGS = st.text("あいうえおかきくけこょっん", min_size=1, max_size=4)


@st.composite
def rubies(draw: st.DrawFn) -> Ruby:
    base = draw(KANJI_TEXT)
    count = draw(st.sampled_from((1, len(base.text))))
    return Ruby(base, tuple(draw(READINGS) for _ in range(count)), NOWHERE)


INLINE: st.SearchStrategy[Inline] = st.one_of(
    PLAIN_TEXT,
    PLAIN_TEXT.map(lambda t: Strong((t,), NOWHERE)),
    PLAIN_TEXT.map(lambda t: Dots((t,), NOWHERE)),
    PLAIN_TEXT.map(lambda t: Sideline((t,), NOWHERE)),
    PLAIN_TEXT.map(lambda t: Warichu((t,), NOWHERE)),
    JAPANESE.map(lambda t: Warichu((t,), NOWHERE)),
    JAPANESE.map(lambda t: Warichu((Text(f"（{t.text}）", NOWHERE),), NOWHERE)),
    PLAIN_TEXT.map(lambda t: Link((t,), "https://example.org/", NOWHERE)),
    st.sampled_from(("1", "12", "!?", "30")).map(lambda t: TateChuYoko(Text(t, NOWHERE), NOWHERE)),
    rubies(),
)
CONTENTS: st.SearchStrategy[Content] = st.lists(INLINE, min_size=1, max_size=9).map(tuple)


MARKED = st.lists(
    st.one_of(
        JAPANESE,
        rubies(),
        rubies(),
        JAPANESE.map(lambda t: Warichu((t,), NOWHERE)),
        JAPANESE.map(lambda t: Warichu((Text(f"（{t.text}）", NOWHERE),), NOWHERE)),
    ),
    min_size=1,
    max_size=9,
).map(tuple)


# --- the properties --------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
@SOME
@given(TEXTS, MEASURES)
def test_every_character_is_set_once_and_in_order(
    mode: WritingMode, text: str, measure: Length
) -> None:
    items = itemize(content(text), body_style(), setter(mode))
    assert items.text == text
    lines = lines_of(items, measure, mode)
    assert "".join(line.text for line in lines) == text
    assert [line.start for line in lines] == [0, *(line.end for line in lines[:-1])]


@pytest.mark.parametrize("mode", MODES)
@SOME
@given(CONTENTS, MEASURES)
def test_markup_loses_no_character(mode: WritingMode, marked: Content, measure: Length) -> None:
    items = itemize(marked, body_style(), setter(mode))
    assert items.text == plain_text(marked)
    lines = lines_of(items, measure, mode)
    assert "".join(line.text for line in lines) == plain_text(marked)
    assert sorted(g.text for i in items.glyphs for g in i) == sorted(
        g.text for i in lines[0].items.glyphs for g in i
    )
    for line in lines:
        for row in rows(line):
            places = [line.places[i - line.start] for i in row]
            assert places == sorted(places)


@pytest.mark.parametrize("mode", MODES)
@SOME
@given(TEXTS, MEASURES)
def test_every_item_has_its_glyphs_and_they_carry_its_text(
    mode: WritingMode, text: str, measure: Length
) -> None:
    items = itemize(content(text), body_style(), setter(mode))
    for body, glyphs in zip(items.texts, items.glyphs, strict=True):
        assert "".join(g.text for g in glyphs) == body
    assert all(body >= 0 for body in items.widths)
    assert all(less >= 0 for less in items.shrink)
    assert all(more >= 0 for more in items.stretch)


@pytest.mark.parametrize("level", KINSOKU)
@SOME
@given(TEXTS, MEASURES)
def test_no_line_begins_or_ends_with_a_forbidden_character(
    level: str, text: str, measure: Length
) -> None:
    rules = load_rules(kinsoku=level)
    items = itemize(content(text), body_style(), setter(rules=rules))
    for line, following in pairwise(lines_of(items, measure)):
        if overfull(line) or items.penalty[line.end - 1] == ALWAYS:
            continue
        last, first = visible_end(line) - 1, following.start
        if items.texts[first] not in rules.head_allowed:
            assert items.classes[first] not in HEAD, (line.text, following.text)
        if last == line.end - 1:
            assert items.classes[last] not in TAIL, (line.text, following.text)


@SOME
@given(TEXTS, MEASURES)
def test_lines_beyond_the_measure_are_reported_and_no_others(text: str, measure: Length) -> None:
    how = setter()
    items = itemize(content(text), body_style(), how)
    lines = set_lines(items, body_style(), lambda _: (0, measure), 0, how)
    reported = {d.values["text"] for d in how.reporter if d.code == "line.overfull"}
    assert {line.text for line in lines if overfull(line)} == reported


def opens(line: Line) -> bool:
    """Whether some place of the line may be opened without limit."""
    inner = range(line.start, visible_end(line) - 1)
    return any(line.items.stretch_order[i] >= 2 for i in inner)


@pytest.mark.parametrize("indent", [0, SIZE])
@SOME
@given(TEXTS, MEASURES)
def test_justified_lines_end_on_the_measure(indent: Length, text: str, measure: Length) -> None:
    items = itemize(content(text), body_style(), setter())
    for line in lines_of(items, measure, indent=indent)[:-1]:
        if overfull(line) or not opens(line):
            continue
        tail = items.tail[visible_end(line) - 1]
        assert reach(line) in (line.measure, line.measure - tail), line.text
        assert line.offset + line.measure == measure


@SOME
@given(TEXTS, MEASURES)
def test_a_last_line_is_never_longer_than_the_measure(text: str, measure: Length) -> None:
    items = itemize(content(text), body_style(), setter())
    last = lines_of(items, measure)[-1]
    if any(items.penalty[i] == 0 for i in range(last.start, last.end - 1)):
        assert reach(last) <= last.measure


@SOME
@given(TEXTS, MEASURES, st.sampled_from(Align))
def test_rotate_same_items_and_measure_give_the_same_lines(
    text: str, measure: Length, align: Align
) -> None:
    items = itemize(content(text), body_style(), setter())
    style = body_style(align=align)
    level, upright = (
        set_lines(items, style, lambda _: (0, measure), 0, setter(mode)) for mode in MODES
    )
    assert level == upright


@SOME
@given(TEXTS, st.sampled_from(ALPHABET), st.integers(0, 160), MEASURES)
def test_adding_a_character_loses_no_other(
    text: str, char: str, place: int, measure: Length
) -> None:
    longer = text[:place] + char + text[place:]
    items = itemize(content(longer), body_style(), setter())
    assert "".join(line.text for line in lines_of(items, measure)) == longer


@SOME
@given(TEXTS, MEASURES)
def test_setting_twice_gives_the_same(text: str, measure: Length) -> None:
    first, second = (itemize(content(text), body_style(), setter()) for _ in range(2))
    assert lines_of(first, measure) == lines_of(second, measure)


# --- warichu and readings at the edges ----------------------------------------------------


@pytest.mark.parametrize("by_base", [True, False])
@SOME
@given(MARKED, MEASURES)
def test_nothing_protrudes_from_its_line(by_base: bool, marked: Content, measure: Length) -> None:
    """Neither a body nor a reading stands outside the measure, unless that is reported."""
    how, style = setter(), body_style(ruby_by_base=by_base)
    items = itemize(marked, style, how)
    lines = set_lines(items, style, lambda _: (0, measure), 0, how)
    reported = {d.values["text"] for d in how.reporter if d.code == "line.overfull"}
    for line in lines:
        if line.text in reported:
            continue
        start, end = shown_reach(line)
        assert start >= -NEAR, line.text
        assert end <= line.measure + NEAR, line.text


@SOME
@given(MARKED, MEASURES)
def test_justified_lines_with_warichu_end_on_the_measure(marked: Content, measure: Length) -> None:
    items = itemize(marked, body_style(), setter())
    for line in lines_of(items, measure)[:-1]:
        end = shown_reach(line)[1]
        tail = items.tail[visible_end(line) - 1]
        places = [row[:-1] for row in rows(line)]
        can_open = any(items.stretch_order[i] >= 2 for row in places for i in row)
        if can_open and not overfull(line):
            assert line.measure - tail - NEAR <= end <= line.measure + NEAR, line.text


@SOME
@given(MARKED, MEASURES)
def test_rows_begin_and_end_with_nothing_forbidden(marked: Content, measure: Length) -> None:
    """Kinsoku holds for the rows of a warichu as for lines."""
    items = itemize(marked, body_style(), setter())
    for line in lines_of(items, measure):
        for row, following in pairwise(rows(line)):
            if row and following and items.penalty[row[-1]] < NEVER:
                assert items.classes[row[-1]] not in TAIL
                assert items.classes[following[0]] not in HEAD
        for one in line.items.complexes:
            start, end = max(one.start, line.start), min(one.end, line.end)
            if one.folded and start < end and start < one.split(start, end) < end:
                assert items.penalty[one.split(start, end) - 1] < NEVER


@SOME
@given(MARKED, MEASURES)
def test_warichu_and_ruby_break_alike_in_both_modes(marked: Content, measure: Length) -> None:
    level, upright = (
        lines_of(itemize(marked, body_style(), setter(mode)), measure, mode) for mode in MODES
    )
    assert [line.text for line in level] == [line.text for line in upright]
    assert [line.places for line in level] == [line.places for line in upright]
