"""Columns inside a box: paragraphs break across them as in areas, evenly, in both modes."""

from itertools import pairwise

import pytest
from composing import PITCH, SIZE, composer, para
from flowing import BOTH, placed, said
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.diagnostics import NOWHERE
from layout.flow.blocks import lay_out
from layout.flow.composing import items_of
from layout.flow.fragment import Fragment
from layout.flow.parting import side_by_side
from layout.geometry import WritingMode
from layout.style.model import BoxStyle, Para, Stack, Turn

SOME = settings(max_examples=60, deadline=None)
ALPHABET = "国権の発動たる戦争と、武力による威嚇又は。「」アー12ab"
PARAGRAPHS = st.builds(
    lambda length, start: para((ALPHABET * 9)[start : start + length]),
    st.integers(1, 120),
    st.integers(0, len(ALPHABET)),
)
HEADINGS = st.text("国権発動戦争", min_size=2, max_size=12).map(
    lambda text: para(text, box=BoxStyle(keep_with_next=True), role="H3", name="heading")
)
GAP = 2 * SIZE


def columns_of(nodes: list[Para], count: int, mode: WritingMode) -> list[Fragment]:
    """The columns of a box of ``count`` columns, 12 characters each."""
    inline = 12 * SIZE * count + GAP * (count - 1)
    inner = Stack(tuple(nodes), NOWHERE, "Sect", columns=count, gap=GAP)
    made = side_by_side(inner, inline, composer(mode), lay_out)
    return [child for _, child in made.children if isinstance(child, Fragment)]


@pytest.mark.parametrize("mode", BOTH)
@SOME
@given(st.lists(st.one_of(PARAGRAPHS, HEADINGS), min_size=1, max_size=7), st.integers(2, 3))
def test_every_line_once_in_order_on_one_measure(
    mode: WritingMode, nodes: list[Para], count: int
) -> None:
    columns = columns_of(nodes, count, mode)
    assert len(columns) <= count
    assert "".join(line.text for c in columns for _, _, line in placed(c)) == said(*nodes)
    for column in columns:
        blocks = [block for _, block, _ in placed(column)]
        assert all(after - before == PITCH for before, after in pairwise(blocks))
        assert all(line.measure == 12 * SIZE for _, _, line in placed(column))


@pytest.mark.parametrize("mode", BOTH)
@SOME
@given(st.lists(st.one_of(PARAGRAPHS, HEADINGS), min_size=1, max_size=7), st.integers(2, 3))
def test_no_line_stands_alone_and_no_heading_ends_a_column(
    mode: WritingMode, nodes: list[Para], count: int
) -> None:
    columns = columns_of(nodes, count, mode)
    headings = {said(node) for node in nodes if node.name == "heading"}
    for number, column in enumerate(columns):
        lines = [line for _, _, line in placed(column)]
        assert lines[0].start == 0 or not lines[0].last
        behind = number + 1 < len(columns)
        if behind:
            assert lines[-1].last or lines[-1].start > 0
            assert column.children[-1][1].name != "heading" or headings == {said(*nodes)}


@pytest.mark.parametrize("mode", BOTH)
@SOME
@given(st.lists(PARAGRAPHS, min_size=1, max_size=7), st.integers(2, 3))
def test_the_columns_are_as_even_as_they_can_be(
    mode: WritingMode, nodes: list[Para], count: int
) -> None:
    """Moving the longest column's end anywhere else makes no arrangement shorter."""
    columns = columns_of(nodes, count, mode)
    lengths = [len(list(placed(column))) for column in columns]
    stretches = [n for node in nodes for n in kept(len(lines_of(node, mode)))]
    assert max(lengths) == shortest(stretches, count)


def lines_of(node: Para, mode: WritingMode) -> list[str]:
    column = columns_of([node], 2, mode)
    return [line.text for c in column for _, _, line in placed(c)]


def kept(count: int) -> list[int]:
    """How many lines of a paragraph of ``count`` stay together, stretch by stretch."""
    return [count] if count < 4 else [2, *[1] * (count - 4), 2]


def shortest(stretches: list[int], count: int) -> int:
    """The least longest column, tried from one line on."""
    for limit in range(1, sum(stretches) + 1):
        if max(stretches) > limit:
            continue
        columns, at = 1, 0
        for stretch in stretches:
            if at + stretch > limit:
                columns, at = columns + 1, 0
            at += stretch
        if columns <= count:
            return limit
    raise AssertionError(stretches)


@SOME
@given(st.lists(st.one_of(PARAGRAPHS, HEADINGS), min_size=1, max_size=6), st.integers(2, 3))
def test_rotate_same_items_give_the_same_columns(nodes: list[Para], count: int) -> None:
    level, upright = composer(), composer(WritingMode.VERTICAL)
    for node in nodes:
        upright.seen[id(node)] = (node, items_of(node, level))
    inline = 12 * SIZE * count + GAP * (count - 1)
    stack = Stack(tuple(nodes), NOWHERE, "Sect", columns=count, gap=GAP)
    first, second = (list(placed(lay_out(stack, inline, how))) for how in (level, upright))
    assert first == second


@pytest.mark.parametrize("mode", BOTH)
def test_a_break_begins_a_column_of_the_box_and_one_too_many_is_reported(mode: WritingMode) -> None:
    how = composer(mode)
    nodes = (para("前。"), Turn(area=False), para("後。"), Turn(area=False), para("終わり。"))
    stack = Stack(nodes, NOWHERE, "Sect", columns=2, gap=GAP)
    made = side_by_side(stack, 12 * SIZE * 2 + GAP, how, lay_out)
    starts = {line.text: start for start, _, line in placed(made)}
    assert starts == {"前。": 0, "後。": 14 * SIZE, "終わり。": 14 * SIZE}
    assert [d.code for d in how.reporter] == ["area.no-next"]
