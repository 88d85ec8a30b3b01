"""Random text through the areas of a thread: every character once, in order, well broken."""

from itertools import pairwise

import pytest
from composing import PITCH, SIZE, para
from flowing import BOTH, area, codes, placed, run, said
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.geometry import WritingMode
from layout.style.model import BoxStyle, Para, Turn

SOME = settings(max_examples=60, deadline=None)
ALPHABET = "国権の発動たる戦争と、武力による威嚇又は。「」アー12ab"
PARAGRAPHS = st.builds(
    lambda length, start: para((ALPHABET * 9)[start : start + length]),
    st.integers(1, 150),
    st.integers(0, len(ALPHABET)),
)
HEADINGS = st.text("国権発動戦争", min_size=2, max_size=12).map(
    lambda text: para(text, box=BoxStyle(lines=2, keep_with_next=True), role="H2", name="heading")
)
AREAS = st.lists(st.tuples(st.integers(9, 22), st.integers(4, 14)), min_size=2, max_size=4)


@pytest.mark.parametrize("mode", BOTH)
@SOME
@given(st.lists(st.one_of(PARAGRAPHS, HEADINGS), min_size=1, max_size=9), AREAS)
def test_text_runs_through_all_areas_in_order(
    mode: WritingMode, nodes: list[Para], sizes: list[tuple[int, int]]
) -> None:
    first, *others = sizes
    areas = [area(mode, *first, tuple(nodes)), *(area(mode, *size) for size in others)]
    fragments, reporter = run(*areas)
    found = "".join(line.text for fragment in fragments for _, _, line in placed(fragment))
    over = [d for d in reporter if d.code == "area.overset"]
    assert said(*nodes).startswith(found)
    assert bool(over) == (found != said(*nodes))
    assert all(d.page == len(areas) for d in over), "only the last area overflows"
    if over:
        assert over[0].values["characters"] == len(said(*nodes)) - len(found)


@pytest.mark.parametrize("mode", BOTH)
@SOME
@given(st.lists(PARAGRAPHS, min_size=1, max_size=6), AREAS)
def test_each_area_has_its_own_measure_and_grid(
    mode: WritingMode, nodes: list[Para], sizes: list[tuple[int, int]]
) -> None:
    first, *others = sizes
    areas = [area(mode, *first, tuple(nodes)), *(area(mode, *size) for size in others)]
    fragments, _ = run(*areas)
    for fragment, (ems, lines) in zip(fragments, sizes, strict=True):
        blocks = [block for _, block, _ in placed(fragment)]
        assert all(line.measure == ems * SIZE for _, _, line in placed(fragment))
        assert all((block - SIZE // 2) % PITCH == 0 for block in blocks), "on the grid"
        assert all(after - before == PITCH for before, after in pairwise(blocks))
        assert len(blocks) <= lines


@pytest.mark.parametrize("mode", BOTH)
@SOME
@given(st.lists(PARAGRAPHS, min_size=1, max_size=6), AREAS)
def test_no_line_of_a_paragraph_stands_alone(
    mode: WritingMode, nodes: list[Para], sizes: list[tuple[int, int]]
) -> None:
    first, *others = sizes
    areas = [area(mode, *first, tuple(nodes)), *(area(mode, *size) for size in others)]
    fragments, reporter = run(*areas)
    if codes(reporter):
        return
    for fragment in fragments[:-1]:
        lines = [line for _, _, line in placed(fragment)]
        if lines and lines[-1].start == 0:
            assert lines[-1].last, "a paragraph's first line ends an area"
    for fragment in fragments[1:]:
        lines = [line for _, _, line in placed(fragment)]
        if lines and lines[0].start:
            assert not lines[0].last, "a paragraph's last line begins an area"


@pytest.mark.parametrize("mode", BOTH)
def test_an_area_of_its_own_text_goes_on_behind_the_story(mode: WritingMode) -> None:
    long, own = para("国" * 60), para("続きの領域にもとからある文。")
    fragments, reporter = run(area(mode, 10, 4, (long,)), area(mode, 10, 8, (own,)))
    assert codes(reporter) == []
    found = "".join(line.text for fragment in fragments for _, _, line in placed(fragment))
    assert found == said(long, own)


@pytest.mark.parametrize("mode", BOTH)
def test_a_break_turns_to_the_next_area(mode: WritingMode) -> None:
    before, after = para("前の文。"), para("後の文。")
    fragments, reporter = run(
        area(mode, 10, 6, (before, Turn(area=True), after), columns=2), area(mode, 10, 6)
    )
    assert [[line.text for _, _, line in placed(f)] for f in fragments] == [
        ["前の文。"],
        ["後の文。"],
    ]
    assert codes(reporter) == []


@pytest.mark.parametrize("mode", BOTH)
def test_a_break_without_a_next_area_is_reported_and_loses_nothing(mode: WritingMode) -> None:
    before, after = para("前の文。"), para("後の文。")
    fragments, reporter = run(area(mode, 10, 6, (before, Turn(area=True), after)))
    assert [line.text for _, _, line in placed(fragments[0])] == ["前の文。", "後の文。"]
    assert codes(reporter) == ["area.no-next"]


@pytest.mark.parametrize("mode", BOTH)
def test_a_break_begins_a_new_column(mode: WritingMode) -> None:
    before, after = para("前の文。"), para("後の文。")
    fragments, reporter = run(area(mode, 22, 6, (before, Turn(area=False), after), columns=2))
    first, second = placed(fragments[0])
    assert first[0] == 0 and second[0] == 12 * SIZE
    assert first[1] == second[1]
    assert codes(reporter) == []
