"""Ruby in mid-line and at a line's edges: centred on its base, inside the measure, apart."""

import pytest
from composing import SIZE, body_style, setter

from layout.diagnostics import NOWHERE
from layout.geometry import WritingMode
from layout.inline.itemize import itemize
from layout.inline.items import Items
from layout.inline.lines import Line, set_lines
from layout.source.model import Content, Dots, Ruby, Text
from layout.units import Length

HALF = SIZE // 2
NEAR = 6  # nm: roundings


def plain(text: str) -> Text:
    return Text(text, NOWHERE)


def ruby(base: str, reading: str) -> Ruby:
    return Ruby(plain(base), tuple(reading.split("・")), NOWHERE)


def items_of(
    *content: Text | Ruby | Dots, mode: WritingMode = WritingMode.HORIZONTAL, **choices: bool
) -> Items:
    return itemize(content, body_style(**choices), setter(mode))


def lines_of(content: Content, ems: float, **choices: bool) -> tuple[Line, ...]:
    style = body_style(**choices)
    how = setter()
    room = round(ems * SIZE)
    return set_lines(itemize(content, style, how), style, lambda _: (0, room), 0, how)


def readings(line: Line) -> list[tuple[Length, Length]]:
    """From where to where each reading of the line stands."""
    out = []
    for mark in line.items.annotations:
        if mark.kind == "ruby" and line.start <= mark.start < line.end:
            at = line.places[mark.start - line.start]
            out.append((at + mark.glyphs[0].along, at + mark.glyphs[-1].along + mark.setting.size))
    return out


def bases(line: Line) -> list[tuple[Length, Length]]:
    """The em boxes of all characters of the line, in order."""
    return [
        (line.places[i - line.start] + g.along, line.places[i - line.start] + g.along + SIZE)
        for i in range(line.start, line.end)
        for g in line.items.glyphs[i]
    ]


def middle(reach: tuple[Length, Length]) -> float:
    return (reach[0] + reach[1]) / 2


# --- mid-line ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"), [("の", "国"), ("国", "の"), ("の", "の"), ("国", "国")]
)
@pytest.mark.parametrize("reading", ["こころ", "うけたま", "こころざし"])
def test_a_long_reading_is_centred_on_its_base(before: str, after: str, reading: str) -> None:
    """Whatever the neighbours allow, base and reading keep one middle (3.3.5 a)."""
    (line,) = lines_of((plain("字" + before), ruby("国", reading), plain(after + "字")), 20)
    (found,) = readings(line)
    assert middle(found) == pytest.approx(middle(bases(line)[2]), abs=NEAR)
    neighbours = {0: before, 1: after}
    for side, char in neighbours.items():
        edge = bases(line)[1][1] if side == 0 else bases(line)[3][0]
        over = edge - found[0] if side == 0 else found[1] - edge
        assert over <= (HALF + NEAR if char == "の" else NEAR)


def test_a_base_of_several_characters_opens_by_one_two_one() -> None:
    (line,) = lines_of((plain("国"), ruby("国民", "うけたまわり"), plain("国")), 20)
    own = bases(line)
    (reading,) = readings(line)
    ends, inner = own[1][0] - reading[0], own[2][0] - own[1][1]
    assert inner == pytest.approx(2 * ends, abs=NEAR)
    assert reading[1] - own[2][1] == pytest.approx(ends, abs=NEAR)


def test_a_short_reading_opens_by_one_two_one_up_to_a_ruby_character() -> None:
    (line,) = lines_of((ruby("日本国", "あいう"),), 20)
    places = [g.along for g in line.items.annotations[0].glyphs]
    step = places[1] - places[0] - HALF
    assert places[0] == pytest.approx(step / 2, abs=NEAR)
    (line,) = lines_of((ruby("東海道中膝栗毛", "たび"),), 20)
    places = [g.along for g in line.items.annotations[0].glyphs]
    assert places == pytest.approx([HALF, 7 * SIZE - 2 * HALF], abs=NEAR)


def test_a_latin_base_is_not_opened() -> None:
    items = items_of(plain("国"), ruby("OT", "オープンタイプ"), plain("国"))
    alone = items_of(plain("国OT国"))
    glyphs = items.glyphs[1]
    assert glyphs[1].along - glyphs[0].along == alone.widths[1]


@pytest.mark.parametrize("mode", WritingMode)
@pytest.mark.parametrize(
    "reading", ["ひと・ひとり・じょう", "い・い・しょうは", "しょうは・い・い", "こ・じん・じょう"]
)
def test_readings_of_a_word_do_not_touch_each_other(mode: WritingMode, reading: str) -> None:
    """Each stands over its own base, leaning over the next by a ruby character at most."""
    items = items_of(plain("国"), ruby("国民的", reading), plain("国"), mode=mode)
    at, ends, base = 0, 0, 0
    for i in range(1, 4):
        base = sum(items.widths[1:i])
        mark = next(a for a in items.annotations if a.start == i)
        start = base + mark.glyphs[0].along
        end = base + mark.glyphs[-1].along + mark.setting.size
        assert start >= ends - NEAR
        assert base - HALF - NEAR <= start
        assert end <= base + items.widths[i] + HALF + NEAR
        assert start < base + SIZE and end > base, "over its own base"
        ends = end
    assert at == 0


# --- line adjustment -----------------------------------------------------------------------


@pytest.mark.parametrize("ems", [12.5, 12.75, 13.0, 13.2])
def test_space_under_a_reading_is_not_closed(ems: float) -> None:
    """The half em of a comma that a reading hangs over stays as it is needed (3.3.8 c)."""
    content = (plain("字、"), ruby("国", "うけたま"), plain("「国」、国、国、国、国、国、国字字字"))
    line = lines_of(content, ems)[0]
    (found,) = readings(line)
    own = bases(line)
    comma = line.places[1] + line.items.widths[1]
    assert line.places[-1] + line.items.widths[line.end - 1] <= round(ems * SIZE)
    assert found[0] >= comma - NEAR
    assert middle(found) == pytest.approx(middle(own[2]), abs=NEAR)
    assert found[1] <= line.places[3] + NEAR


# --- line edges -------------------------------------------------------------------------------

ROWS = [
    ("国", "うけたま"), ("国", "こころざし"), ("国民", "うけたまわりた"), ("国民", "うけたま・こころ"),
]  # fmt: skip


@pytest.mark.parametrize("by_base", [True, False])
@pytest.mark.parametrize(("base", "reading"), ROWS)
def test_nothing_protrudes_at_a_line_head(base: str, reading: str, by_base: bool) -> None:
    content = (plain("のののののののの"), ruby(base, reading), plain("の国の国の国の国"))
    lines = lines_of(content, 8, ruby_by_base=by_base)
    line = next(one for one in lines if one.text.startswith(base))
    first, reach = bases(line)[0], readings(line)
    assert reach[0][0] == pytest.approx(0, abs=NEAR), "the reading is flush"
    if by_base:
        assert first[0] == pytest.approx(0, abs=NEAR), "and so is the base"
    elif "・" not in reading:
        assert middle(reach[0]) == pytest.approx(
            (first[0] + bases(line)[len(base) - 1][1]) / 2, abs=NEAR
        )


@pytest.mark.parametrize("by_base", [True, False])
@pytest.mark.parametrize(("base", "reading"), ROWS)
def test_nothing_protrudes_at_a_line_end(base: str, reading: str, by_base: bool) -> None:
    for room in range(16, 40):
        ems = room / 4
        content = (plain("字の字の"), ruby(base, reading), plain("の字の字の字の字"))
        lines = lines_of(content, ems, ruby_by_base=by_base)
        line = next((one for one in lines[:-1] if one.text.endswith(base)), None)
        if line is None or line.measure != round(ems * SIZE):
            continue
        last, reach = bases(line)[-1], readings(line)
        assert reach[-1][1] == pytest.approx(line.measure, abs=NEAR)
        if by_base:
            assert last[1] == pytest.approx(line.measure, abs=NEAR)
        break
    else:
        pytest.fail("no line ends with the word")


def test_a_group_opens_behind_its_last_base_at_a_line_head() -> None:
    """The method of JIS X 4051: equal spaces between the bases and behind the last (3.3.8 c)."""
    (line,) = lines_of((ruby("国民", "うけたまわりた"), plain("国字")), 20)
    own = bases(line)
    (reading,) = readings(line)
    assert own[1][0] - own[0][1] == pytest.approx(reading[1] - own[1][1], abs=NEAR)
    assert own[0][0] == reading[0] == 0


def test_a_word_that_is_cut_is_set_as_two() -> None:
    """Each part keeps the readings of its own characters (3.3.7, 3.3.8 h)."""
    content = (plain("字字字"), ruby("国民", "こころざし・うけたま"), plain("字字字字"))
    first, second = lines_of(content, 6)[:2]
    assert (first.text, second.text[:1]) == ("字字字国", "民")
    assert readings(first)[0][1] == pytest.approx(6 * SIZE, abs=NEAR)
    assert readings(second)[0][0] == 0
    assert bases(second)[0][0] == 0


def test_breaking_counts_with_the_edges() -> None:
    """No line is longer than its measure because of a reading at its edges."""
    content = tuple(ruby("国", "うけたまわ") if k % 3 else plain("のび") for k in range(40))
    for ems in (7, 7.5, 8, 9.25):
        for line in lines_of(content, ems)[:-1]:
            ends = [end for _, end in readings(line)]
            assert all(start >= -NEAR for start, _ in readings(line))
            assert max(ends, default=0) <= line.measure + NEAR
            assert bases(line)[-1][1] <= line.measure + NEAR


def test_dots_stand_under_each_character_that_has_ruby() -> None:
    items = items_of(Dots((plain("字"), ruby("国民", "うけたまわりた")), NOWHERE))
    dots = [a for a in items.annotations if a.kind == "dots"]
    assert [len(a.glyphs) for a in dots] == [1, 2]
    assert dots[0].glyphs[0].across >= 0 > dots[1].glyphs[0].across
    for dot, base in zip(dots[1].glyphs, items.glyphs[1], strict=True):
        assert dot.along > base.along
