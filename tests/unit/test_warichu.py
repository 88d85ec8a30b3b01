"""Warichu: two rows of half the size, over as many lines as they need (JLREQ 3.4)."""

from itertools import pairwise

import pytest
from composing import SIZE, body_style, setter

from layout.diagnostics import NOWHERE
from layout.geometry import WritingMode
from layout.inline.itemize import itemize
from layout.inline.items import NEVER
from layout.inline.lines import Line, natural_length, set_lines
from layout.source.model import Content, Ruby, TateChuYoko, Text, Warichu
from layout.style.model import Align
from layout.units import Length

HALF = SIZE // 2
NOTE = "割注は本文の途中に小さな字を二行に割って入れる注で、行の途中に入らないときは次の行にまたがって組む"
MODES = tuple(WritingMode)

Row = list[int]


def plain(text: str) -> Text:
    return Text(text, NOWHERE)


def note(text: str) -> Warichu:
    return Warichu((plain(text),), NOWHERE)


def lines_of(
    content: Content, ems: float, mode: WritingMode = WritingMode.HORIZONTAL, **choices: object
) -> tuple[Line, ...]:
    style, how = body_style(**choices), setter(mode)
    room = round(ems * SIZE)
    return set_lines(itemize(content, style, how), style, lambda _: (0, room), 0, how)


def rows(line: Line) -> tuple[Row, Row]:
    """The small items of a line by the row they stand in."""
    small = [i for i in range(line.start, line.end) if line.items.settings[i].size == HALF]
    behind = next((i for a, i in pairwise(small) if place(line, i) < place(line, a)), line.end)
    return [i for i in small if i < behind], [i for i in small if i >= behind]


def place(line: Line, i: int) -> Length:
    return line.places[i - line.start]


def text(line: Line, row: Row) -> str:
    return "".join(line.items.texts[i] for i in row)


def end(line: Line, row: Row) -> Length:
    return place(line, row[-1]) + line.items.widths[row[-1]] if row else 0


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("typed", "upper", "lower"),
    [
        ("一二三四", "一二", "三四"),
        ("一二三四五", "一二三", "四五"),
        ("一二三、四五六七", "一二三、四", "五六七"),  # punctuation is half a body
        ("一二三」四", "一二三」", "四"),  # a bracket does not begin a row
        ("一二三「四五", "一二三", "「四五"),
        ("一二「三四", "一二「三", "四"),  # the second row is never the longer one
        ("一", "一", ""),
    ],
)
def test_rows_are_as_equal_as_breaks_allow(
    typed: str, upper: str, lower: str, mode: WritingMode
) -> None:
    (line,) = lines_of((plain("国"), note(typed), plain("国")), 20, mode)
    first, second = rows(line)
    assert (text(line, first), text(line, second)) == (upper, lower)
    assert end(line, first) >= end(line, second)
    assert place(line, first[0]) == SIZE
    assert not second or place(line, second[0]) == SIZE
    assert place(line, line.end - 1) == max(end(line, first), end(line, second))


@pytest.mark.parametrize("mode", MODES)
def test_rows_stand_on_both_sides_of_the_middle(mode: WritingMode) -> None:
    """Their em boxes fill the line's own: no gap between them (3.4.2)."""
    (line,) = lines_of((plain("国"), note("一二三四")), 20, mode)
    face = line.items.settings[0].face
    middle = (face.em_top + face.em_bottom) / (2 * face.units_per_em)
    raised = 0.0 if mode.is_vertical else middle * (SIZE - HALF)
    for row, side in zip(rows(line), (1, -1), strict=True):
        for i in row:
            across = line.items.glyphs[i][0].across
            assert across == pytest.approx(side * SIZE / 4 + raised, abs=2)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("times", [1, 3, 7])
@pytest.mark.parametrize("ems", [9, 11.25, 13])
def test_a_long_note_goes_on_over_the_lines(mode: WritingMode, ems: float, times: int) -> None:
    content = (plain("活字（"), note(NOTE * times), plain("）を拾い、版に組む。"))
    lines = lines_of(content, ems, mode)
    assert "".join(line.text for line in lines) == f"活字（{NOTE * times}）を拾い、版に組む。"
    assert sum(bool(rows(line)[0]) for line in lines) > 1
    for line, following in pairwise(lines):
        first, second = rows(line)
        if not first:
            continue
        reach = max(end(line, first), end(line, second))
        assert reach <= line.measure
        if rows(following)[0]:
            assert end(line, first) == line.measure, "the first row ends on the measure"
            assert end(line, second) in (line.measure, reach) or len(second) < len(first)
            assert min(end(line, first), end(line, second)) > line.measure - 2 * SIZE
        assert text(line, first)[0] not in "、。」っ"
        assert not second or text(line, second)[0] not in "、。」っ"


def test_the_rows_of_a_line_are_read_before_the_next_line() -> None:
    lines = lines_of((note(NOTE * 2),), 10)
    read = [text(line, row) for line in lines for row in rows(line)]
    assert "".join(read) == NOTE * 2


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("pair", ["（）", "〔〕", "［］", "()"])
def test_brackets_are_of_full_size_and_solid(pair: str, inside: bool) -> None:
    """cl-28 and cl-29: no space to what is around (3.4.2), typed in the markup or around it."""
    a, b = pair
    if inside:
        content: Content = (plain("国"), note(f"{a}一二三四{b}"), plain("国"))
    else:
        content = (plain(f"国{a}"), note("一二三四"), plain(f"{b}国"))
    (line,) = lines_of(content, 20)
    items = line.items
    assert [items.classes[1], items.classes[6]] == [28, 29]
    assert items.settings[1].size == items.settings[6].size == SIZE
    assert items.gap[0] == items.gap[1] == items.gap[6] == 0
    assert items.penalty[1] == items.penalty[5] == NEVER
    assert place(line, 6) == place(line, 2) + SIZE


def test_other_brackets_around_a_note_stay_what_they_are() -> None:
    (line,) = lines_of((plain("国（見本"), note("一二三四"), plain("）国")), 20)
    assert line.items.classes[1] == 1


def test_marks_before_the_closing_bracket_keep_their_space() -> None:
    """Table 1: 、 and 。 keep their half em before cl-29, in the size of the note."""
    (line,) = lines_of((plain("（"), note("一二三四五。"), plain("）国")), 20)
    closing = place(line, line.end - 2)
    first, second = rows(line)
    assert text(line, second) == "四五。"
    assert closing == max(end(line, first), end(line, second) + HALF // 2)


def test_words_in_a_note_are_not_cut() -> None:
    content = (plain("国"), note("組版OpenTypeとPDF"), plain("国"))
    for ems in (4, 5, 6, 8):
        for line in lines_of(content, ems):
            for row in rows(line):
                shown = text(line, row)
                for word in ("OpenType", "PDF"):
                    assert (
                        word in shown
                        or not any(c.isascii() for c in shown)
                        or (not set(word) & set(shown) - set("OpenTypePDF".replace(word, "")))
                    )


@pytest.mark.parametrize("mode", MODES)
def test_marks_in_a_note_are_as_small_as_it(mode: WritingMode) -> None:
    content = (
        Warichu(
            (Ruby(plain("国"), ("くに",), NOWHERE), plain("の暦"), TateChuYoko(plain("12"), NOWHERE),
             plain("月の国"), Ruby(plain("国"), ("くに",), NOWHERE)),
            NOWHERE,
        ),
    )  # fmt: skip
    (line,) = lines_of(content, 20, mode)
    upper, lower = (a for a in line.items.annotations if a.kind == "ruby")
    assert upper.setting.size == lower.setting.size == SIZE // 4
    assert upper.glyphs[0].across >= 0 > lower.glyphs[0].across
    assert max(setting.size for setting in line.items.settings) <= HALF


@pytest.mark.parametrize("align", [Align.START, Align.CENTRE, Align.END])
def test_notes_in_lines_that_are_not_justified(align: Align) -> None:
    content = (plain("活字（"), note(NOTE), plain("）を拾う"))
    for line in lines_of(content, 12, align=align):
        for row in rows(line):
            assert all(place(line, b) > place(line, a) for a, b in pairwise(row))
            assert end(line, row) <= line.measure


def test_the_natural_length_counts_the_rows_once() -> None:
    style, how = body_style(), setter()
    items = itemize((plain("国"), note("一二三四"), plain("国")), style, how)
    assert natural_length(items) == 3 * SIZE
