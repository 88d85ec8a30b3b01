"""The page's own rules, each in both modes: headings, spans, wrap-around, figures, free areas."""

import pytest
from composing import BLACK, PITCH, SIZE, body_style, composer, para
from flowing import BOTH, START, area, codes, placed, run, texts, where

from layout.diagnostics import NOWHERE, Reporter
from layout.flow.areas import Workshop, compose_pages
from layout.flow.blocks import lay_out
from layout.flow.fragment import BoxLeaf, DrawingLeaf, Fragment
from layout.geometry import Offset, Rect, WritingMode
from layout.style.model import (
    BoxStyle,
    Drawing,
    FigureNode,
    Gap,
    Node,
    Para,
    Placed,
    ResolvedArea,
    ResolvedPage,
    Row,
    Sides,
    Stack,
    Stroke,
    Track,
)
from layout.units import Length, mm

FIRST = SIZE // 2  # the centre of a column's first line


def heading(text: str, lines: int = 2, *, across: bool = False) -> Para:
    box = BoxStyle(lines=lines, keep_with_next=True, across=across)
    style = body_style(name="midashi", size=SIZE * 5 // 4, pitch=PITCH)
    return para(text, style, box, "H2", "heading")


def figure(lines: int, ems: int = 6, side: str = "") -> FigureNode:
    drawing = Drawing("stand-in", "photo", NOWHERE, "Figure", 3, 2)
    return FigureNode(drawing, None, 0, side, ems * SIZE, lines, NOWHERE)


def drawings(fragment: Fragment, at: Offset = START) -> list[tuple[Length, Length]]:
    found = []
    for offset, child in fragment.children:
        here = Offset(at.inline + offset.inline, at.block + offset.block)
        if isinstance(child, DrawingLeaf):
            found.append((here.inline, here.block))
        elif isinstance(child, Fragment):
            found.extend(drawings(child, here))
    return found


def on_grid(block: Length) -> bool:
    return (block - FIRST) % PITCH == 0


# --- headings ------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", BOTH)
@pytest.mark.parametrize("lines", [2, 3])
def test_a_heading_stands_in_the_middle_of_its_whole_lines(mode: WritingMode, lines: int) -> None:
    fragments, _ = run(
        area(mode, 20, 12, (para("前の文。"), heading("見出し", lines), para("後。")))
    )
    before, middle, after = (where(fragments[0], text)[1] for text in ("前", "見", "後"))
    assert after - before == (lines + 1) * PITCH
    assert abs(2 * middle - before - after) <= 1


@pytest.mark.parametrize("mode", BOTH)
def test_a_heading_goes_to_the_next_column_with_its_text(mode: WritingMode) -> None:
    """Room for it and one line: the paragraph's two first lines find none."""
    nodes = (para("国" * 12 * 6), heading("見出し"), para("文" * 12 * 4))
    fragments, _ = run(area(mode, 26, 9, nodes, columns=2))
    start, block = where(fragments[0], "見出し")
    assert start >= 14 * SIZE and block < PITCH


@pytest.mark.parametrize("mode", BOTH)
def test_a_heading_across_closes_balanced_columns(mode: WritingMode) -> None:
    nodes = (para("国" * 12 * 5), heading("段抜き", across=True), para("民" * 12 * 5))
    fragments, reporter = run(area(mode, 26, 14, nodes, columns=2, balance=True))
    assert codes(reporter) == []
    lines = list(placed(fragments[0]))
    span = where(fragments[0], "段抜き")[1]
    above = [(start, block) for start, block, line in lines if line.text[0] == "国"]
    below = [(start, block) for start, block, line in lines if line.text[0] == "民"]
    assert max(block for _, block in above) < span < min(block for _, block in below)
    for part in (above, below):
        counts = [sum(1 for start, _ in part if start // (14 * SIZE) == n) for n in (0, 1)]
        assert counts == [3, 2]
    assert all(on_grid(block) for _, block in (*above, *below))


@pytest.mark.parametrize("mode", BOTH)
def test_columns_line_up_and_balance_when_asked(mode: WritingMode) -> None:
    nodes = (heading("見出し"), para("国" * 12 * 16))
    fragments, _ = run(area(mode, 40, 20, nodes, columns=3, balance=True))
    lines = list(placed(fragments[0]))
    running = [(start, block) for start, block, line in lines if line.text != "見出し"]
    assert all(on_grid(block) for _, block in running)
    last = [max(b for s, b in running if s // (14 * SIZE) == n) for n in (0, 1, 2)]
    assert last == [FIRST + 5 * PITCH] * 3


# --- room before and after ------------------------------------------------------------------


@pytest.mark.parametrize("mode", BOTH)
def test_room_around_running_text_is_whole_lines_and_none_at_a_columns_head(
    mode: WritingMode,
) -> None:
    box = BoxStyle(before=PITCH // 2, after=PITCH)
    nodes = (para("初め。", box=box), para("次。", box=box), para("終わり。"))
    fragments, _ = run(area(mode, 20, 12, nodes))
    blocks = [block for _, block, _ in placed(fragments[0])]
    assert blocks == [FIRST, FIRST + 3 * PITCH, FIRST + 5 * PITCH]


@pytest.mark.parametrize("mode", BOTH)
def test_a_block_of_other_pitch_begins_at_the_columns_head(mode: WritingMode) -> None:
    other = body_style(name="other", pitch=PITCH + 8)
    fragments, _ = run(area(mode, 26, 6, (para("国" * 10, other), para("民。")), columns=2))
    assert where(fragments[0], "国")[1] == FIRST, "text, not leading, meets the head"


# --- figures --------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", BOTH)
@pytest.mark.parametrize("side", ["start", "end"])
def test_text_beside_a_figure_is_a_whole_number_of_characters(mode: WritingMode, side: str) -> None:
    fragments, _ = run(area(mode, 20, 12, (figure(4, 7, side), para("国" * 20 * 8))))
    lines = list(placed(fragments[0]))
    beside = [line.measure for _, block, line in lines if block < 4 * PITCH]
    under = [line.measure for _, block, line in lines if block > 4 * PITCH]
    assert set(beside) == {12 * SIZE} and set(under) == {20 * SIZE}
    starts = {start for start, block, _ in lines if block < 4 * PITCH}
    assert starts == ({8 * SIZE} if side == "start" else {0})


@pytest.mark.parametrize("mode", BOTH)
@pytest.mark.parametrize("side", ["", "end"])
def test_a_figure_that_does_not_fit_waits_while_its_text_goes_on(
    mode: WritingMode, side: str
) -> None:
    nodes: tuple[Node, ...] = (para("国" * 48), figure(5, 6, side), para("民" * 12 * 6))
    fragments, reporter = run(area(mode, 26, 8, nodes, columns=2))
    assert codes(reporter) == []
    first = [block for start, block, _ in placed(fragments[0]) if start < 14 * SIZE]
    assert len(first) == 8, "no hole"
    ((start, block),) = drawings(fragments[0])
    assert start >= 14 * SIZE and block == 0, "at the head of the next column"
    beside = [line for s, b, line in placed(fragments[0]) if s >= 14 * SIZE and b < 5 * PITCH]
    assert {line.measure for line in beside} == ({5 * SIZE} if side else set())
    assert not side or len(beside) == 5, "what is left is broken anew beside it"


@pytest.mark.parametrize("mode", BOTH)
def test_a_waiting_figure_never_passes_a_heading(mode: WritingMode) -> None:
    nodes = (para("国" * 48), figure(5), para("民" * 12), heading("次の話"), para("和" * 24))
    fragments, _ = run(area(mode, 26, 10, nodes, columns=2))
    ((start, block),) = drawings(fragments[0])
    title = where(fragments[0], "次の話")
    assert (title[0] // (14 * SIZE), title[1]) > (start // (14 * SIZE), block)


# --- rows, boxes, free areas ------------------------------------------------------------------


@pytest.mark.parametrize("mode", BOTH)
def test_blocks_stand_side_by_side_on_one_line(mode: WritingMode) -> None:
    inside = body_style(name="inside")
    cells = (
        (Track(share=2.0), Stack((para("左の文。", inside),), NOWHERE, "Sect")),
        (Track(share=1.0), Stack((para("国" * 20, inside),), NOWHERE, "Sect")),
    )
    row = Row(cells, 2 * SIZE, NOWHERE, "Sect", align="start")
    made = lay_out(row, 20 * SIZE, composer(mode))
    first, second = where(made, "左"), next(p for p in placed(made) if p[2].text[0] == "国")
    assert first[1] == second[1]
    assert second[0] == 14 * SIZE
    assert made.extent.block == 4 * PITCH


@pytest.mark.parametrize("mode", BOTH)
def test_cells_without_room_go_on_in_a_further_line(mode: WritingMode) -> None:
    cells = tuple((Track(), para("選択肢" + n)) for n in "一二三四五")
    row = Row(cells, SIZE, NOWHERE, "P", align="start", wrap=True)
    made = lay_out(row, 14 * SIZE, composer(mode))
    assert [(i // SIZE, b // PITCH) for i, b, _ in placed(made)] == [
        (0, 0), (5, 0), (10, 0), (0, 1), (5, 1),
    ]  # fmt: skip


def page(mode: WritingMode, *areas: ResolvedArea) -> ResolvedPage:
    return ResolvedPage(mm(100), mm(140), None, areas, NOWHERE)


def shop(reporter: Reporter, mode: WritingMode) -> Workshop:
    one = composer(mode)
    return Workshop(one.shaper, one.rules, reporter, "flush")


@pytest.mark.parametrize("mode", BOTH)
@pytest.mark.parametrize(("align", "share"), [("start", 0), ("centre", 1), ("end", 2)])
def test_a_free_area_puts_its_content_where_it_says(
    mode: WritingMode, align: str, share: int
) -> None:
    one = area(mode, 20, 9, (para("一行。"),), grid=None, align=align)
    (layout,) = compose_pages((page(mode, one),), shop(Reporter(), mode))
    fragment = layout.areas[0].fragment
    spare = fragment.extent.block - SIZE
    assert where(fragment, "一行")[1] == FIRST + spare * share // 2


@pytest.mark.parametrize("mode", BOTH)
def test_what_is_placed_on_the_page_takes_no_room_in_the_area(mode: WritingMode) -> None:
    free = Placed(para("置く。"), Rect(mm(50), mm(60), mm(30), mm(30)), NOWHERE, "free")
    one = area(mode, 20, 6, (para("前。"), free, para("後。")))
    (layout,) = compose_pages((page(mode, one),), shop(Reporter(), mode))
    made = layout.areas[0]
    assert [block for _, block, _ in placed(made.fragment)] == [FIRST, FIRST + PITCH]
    ((rect, fragment),) = made.placed
    assert rect == free.rect and texts(fragment) == ["置く。"]


@pytest.mark.parametrize("mode", BOTH)
def test_areas_of_one_thread_must_be_set_alike(mode: WritingMode) -> None:
    other = BOTH[1 - BOTH.index(mode)]
    reporter = Reporter()
    pages = (
        page(
            mode,
            area(mode, 10, 5, (para("国" * 80),), thread="hanashi", name="a"),
            area(other, 10, 5, thread="hanashi", name="b"),
            area(mode, 10, 5, grid=None, thread="hanashi", name="c"),
        ),
        page(mode, area(mode, 10, 9, thread="hanashi", name="d")),
    )
    layouts = compose_pages(pages, shop(reporter, mode))
    assert [(d.code, d.page, d.values["area"]) for d in reporter] == [
        ("area.thread-apart", 1, "b"),
        ("area.thread-apart", 1, "c"),
    ]
    found = [["".join(texts(a.fragment)) for a in layout.areas] for layout in layouts]
    assert found == [["国" * 50, "", ""], ["国" * 30]]


@pytest.mark.parametrize("mode", BOTH)
def test_padding_and_edges_stand_inside_an_area(mode: WritingMode) -> None:
    pad = Sides(mm(2), mm(2), mm(4), mm(4))
    edges = {"block_end": Stroke(BLACK, mm(0.3))}
    one = area(mode, 20, 9, (para("一行。"),), padding=pad, edges=edges)
    (layout,) = compose_pages((page(mode, one),), shop(Reporter(), mode))
    made = layout.areas[0]
    assert made.area.edges == edges
    inner = made.frame
    sides = (mm(4), mm(2), mm(8), mm(4)) if not mode.is_vertical else (mm(2), mm(4), mm(4), mm(8))
    x, y, less_wide, less_high = sides
    rect = one.rect
    assert (inner.x, inner.y) == (x, y)
    assert (inner.width, inner.height) == (rect.width - less_wide, rect.height - less_high)


def test_a_gap_outside_columns_is_room() -> None:
    nodes = (para("前。"), Gap(1, block=PITCH), para("後。"))
    made = lay_out(Stack(nodes, NOWHERE, "Sect"), 20 * SIZE, composer())
    first, second = (block for _, block, _ in placed(made))
    assert second - first == 2 * PITCH
    assert not [leaf for _, leaf in made.children if isinstance(leaf, BoxLeaf)]
