"""Random paragraphs into columns: every line once, in order, on a slot of its own."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from composing import PITCH, SIZE, body_style, composer, para
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.diagnostics import NOWHERE
from layout.flow.columns import Grid, PlacedPiece, Rest, Work, fill_columns
from layout.flow.composing import items_of
from layout.flow.fragment import Fragment, TextLeaf
from layout.geometry import WritingMode
from layout.inline.lines import Line
from layout.style.model import BoxStyle, Drawing, FigureNode, Gap, Node, Para
from layout.units import Length

SOME = settings(max_examples=120, deadline=None)
HEADING_BOX = BoxStyle(lines=2, keep_with_next=True)
ALPHABET = "国権の発動たる戦争と、武力による威嚇又は。「」アー12ab"

# Lengths are drawn first: left to themselves, texts would nearly all be of one line.
PARAGRAPHS = st.builds(
    lambda length, start: para((ALPHABET * 9)[start : start + length]),
    st.integers(1, 150),
    st.integers(0, len(ALPHABET)),
)
HEADINGS = st.text("国権発動戦争", min_size=2, max_size=12).map(
    lambda text: para(text, box=HEADING_BOX, role="H2", name="heading")
)
FIGURES = st.tuples(st.sampled_from(("start", "end")), st.integers(3, 6), st.integers(4, 7)).map(
    lambda size: figure(*size)
)
GAPS = st.integers(1, 9).map(Gap)
COUNTS = st.integers(1, 3)
SLOTS = st.integers(5, 20)
INLINE: Length = 16 * SIZE
Columns = list[tuple[PlacedPiece, ...]]


def figure(side: str, lines: int, ems: int) -> FigureNode:
    drawing = Drawing("stand-in", "photo", NOWHERE, "Figure", 3, 2)
    return FigureNode(drawing, None, 0, side, ems * SIZE, lines, NOWHERE)


def grid(slots: int) -> Grid:
    return Grid(INLINE, slots, body_style())


def lines_in(fragment: Fragment) -> Iterable[Line]:
    for _, child in fragment.children:
        if isinstance(child, TextLeaf):
            yield child.line
        elif isinstance(child, Fragment):
            yield from lines_in(child)


def text_of(node: Node | Rest) -> str:
    if isinstance(node, Rest):
        return "".join(line.text for line in node.lines)
    return "".join(getattr(t, "text", "") for t in node.content) if isinstance(node, Para) else ""


def slots_of(piece: PlacedPiece) -> range:
    """The slots a piece covers; the line gap behind it may be shared."""
    gap = PITCH - SIZE
    count = -(-(piece.fragment.extent.block - gap) // PITCH)
    return range(piece.slot, piece.slot + max(count, 1))


def reach(piece: PlacedPiece, line: Line | None) -> tuple[Length, Length]:
    start = piece.offset.inline + (line.offset if line else 0)
    return start, start + (line.measure if line else piece.fragment.extent.inline)


def bands(piece: PlacedPiece) -> list[tuple[int, Length, Length]]:
    """(slot, start, end) of everything a piece occupies."""
    lines = [child.line for _, child in piece.fragment.children if isinstance(child, TextLeaf)]
    if piece.fragment.name == "text":
        return [(piece.slot + i, *reach(piece, line)) for i, line in enumerate(lines)]
    return [(slot, *reach(piece, None)) for slot in slots_of(piece)]


def check(columns: Columns, remaining: Work, work: Work, slots: int) -> None:
    """All that must hold of columns, whatever stands in them."""
    placed = [line.text for column in columns for p in column for line in lines_in(p.fragment)]
    wanted = "".join(map(text_of, work))
    assert "".join(placed) + "".join(map(text_of, remaining)) == wanted
    for column in columns:
        taken: list[tuple[int, Length, Length]] = []
        for piece in column:
            for band in bands(piece):
                slot, start, end = band
                assert 0 <= slot < slots
                assert 0 <= start < end <= INLINE
                assert not any(s == slot and start < e and b < end for s, b, e in taken), band
                taken.append(band)
        for before, after in pairwise(column):
            assert before.slot <= after.slot


def check_good_looks(
    columns: Columns, work: Work, remaining: Work, *, balanced: bool = False
) -> None:
    """No line of a paragraph alone at a column's head or foot; no heading at its foot."""
    parts: dict[int, list[int]] = {}
    for column in columns:
        for piece in column:
            if piece.fragment.name == "text":
                lines = list(lines_in(piece.fragment))
                parts.setdefault(id(lines[0].items), []).append(len(lines))
    for entry in remaining:
        if isinstance(entry, Rest):
            parts.setdefault(id(entry.lines[0].items), []).append(len(entry.lines))
    for counts in parts.values():
        assert len(counts) == 1 or min(counts) >= 2, counts
    placed = sum(len(column) for column in columns)
    for number, column in enumerate(columns):
        behind = any(columns[number + 1 :]) or remaining
        names = {piece.fragment.name for piece in column}
        if names == {"heading"} and not balanced:
            continue  # the column is too short for them and a line of text: nothing else is left
        if column and column[-1].fragment.name == "heading":
            assert not behind, "a heading ends a column"
    assert placed or remaining or not work


@pytest.mark.parametrize("balance", [False, True])
@SOME
@given(st.lists(PARAGRAPHS, min_size=1, max_size=8), COUNTS, SLOTS)
def test_paragraphs_into_columns(
    balance: bool, paragraphs: list[Para], count: int, slots: int
) -> None:
    work = tuple(paragraphs)
    columns, used, remaining = fill_columns(grid(slots), count, work, composer(), balance=balance)
    check(columns, remaining, work, slots)
    check_good_looks(columns, work, remaining)
    assert len(columns) == len(used) == count
    assert all(number <= slots for number in used)


@pytest.mark.parametrize("balance", [False, True])
@SOME
@given(st.lists(st.one_of(PARAGRAPHS, HEADINGS), min_size=1, max_size=9), COUNTS, SLOTS)
def test_headings_stay_with_their_text(
    balance: bool, nodes: list[Para], count: int, slots: int
) -> None:
    work = tuple(nodes)
    columns, _, remaining = fill_columns(grid(slots), count, work, composer(), balance=balance)
    check(columns, remaining, work, slots)
    plain, _, _ = fill_columns(grid(slots), count, work, composer(), balance=False)
    check_good_looks(columns, work, remaining, balanced=columns != plain)


@SOME
@given(
    st.lists(st.one_of(PARAGRAPHS, HEADINGS, FIGURES, GAPS), min_size=1, max_size=9), COUNTS, SLOTS
)
def test_text_passes_figures_and_gaps(nodes: list[Node], count: int, slots: int) -> None:
    work = tuple(nodes)
    columns, used, remaining = fill_columns(grid(slots), count, work, composer(), balance=False)
    check(columns, remaining, work, slots)
    assert all(number <= slots for number in used)
    for column in columns:
        for piece in column:
            if piece.fragment.name == "text":
                for line in lines_in(piece.fragment):
                    assert line.measure % SIZE == 0


@SOME
@given(st.lists(PARAGRAPHS, min_size=1, max_size=8), st.integers(2, 3), SLOTS)
def test_balanced_columns_could_not_be_shorter(
    paragraphs: list[Para], count: int, slots: int
) -> None:
    work = tuple(paragraphs)
    _, used, remaining = fill_columns(grid(slots), count, work, composer(), balance=True)
    longest = max(used)
    if remaining or longest < 2:
        return
    _, _, left = fill_columns(grid(longest - 1), count, work, composer(), balance=False)
    assert left


@SOME
@given(st.lists(st.one_of(PARAGRAPHS, HEADINGS), min_size=1, max_size=8), COUNTS, SLOTS)
def test_rotate_same_items_fill_the_same_slots(nodes: list[Para], count: int, slots: int) -> None:
    """Items made once are given to both modes: every piece gets the same slot and offset."""
    level, upright = composer(), composer(WritingMode.VERTICAL)
    for node in nodes:
        upright.seen[id(node)] = (node, items_of(node, level))
    found = [
        fill_columns(grid(slots), count, tuple(nodes), how, balance=False)
        for how in (level, upright)
    ]
    placed = [
        [
            (p.slot, p.offset, p.fragment.extent, tuple(lines_in(p.fragment)))
            for column in columns
            for p in column
        ]
        for columns, _, _ in found
    ]
    assert placed[0] == placed[1]
    assert found[0][1] == found[1][1]
