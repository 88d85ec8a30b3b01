"""Tables: widths, alignment, edges, long cells, and tables in two columns of a page."""

import pytest
from composing import BLACK, PITCH, SIZE, body_style, composer, para
from flowing import BOTH, START, area, codes, placed, run, texts, where
from msgspec.structs import replace

from layout.diagnostics import NOWHERE
from layout.flow.blocks import lay_out
from layout.flow.fragment import BoxLeaf, Fragment
from layout.geometry import Offset, WritingMode
from layout.style.model import (
    Align,
    BoxStyle,
    Colour,
    Column,
    Para,
    Sides,
    Stroke,
    TableNode,
)
from layout.units import mm

TINT = Colour("tint", (10, 0, 0, 0))
RULE = Stroke(BLACK, mm(0.2))
PAD = Sides(mm(1), mm(1), SIZE, SIZE)
LEFT = body_style(align=Align.START)


def cell(text: str, box: BoxStyle | None = None, **style: object) -> Para:
    return para(text, replace(LEFT, **style), box or BoxStyle(padding=PAD), "TD", "table")


def node(rows: list[list[str]], columns: list[Column], **changes: object) -> TableNode:
    cells = tuple(tuple(cell(text) for text in row) for row in rows)
    return replace(TableNode(tuple(columns), cells, 0, 0, NOWHERE), **changes)


def table(one: TableNode, mode: WritingMode, ems: int = 40) -> Fragment:
    return lay_out(one, ems * SIZE, composer(mode))


def leaves(fragment: Fragment, at: Offset = START) -> list[tuple[Offset, BoxLeaf]]:
    found = []
    for offset, child in fragment.children:
        here = Offset(at.inline + offset.inline, at.block + offset.block)
        if isinstance(child, BoxLeaf):
            found.append((here, child))
        elif isinstance(child, Fragment):
            found.extend(leaves(child, here))
    return found


@pytest.mark.parametrize("mode", BOTH)
def test_columns_of_characters_lengths_and_shares(mode: WritingMode) -> None:
    one = node([["甲", "乙", "丙"]], [Column(6 * SIZE), Column(share=1), Column(share=3)])
    made = table(one, mode)
    starts = [where(made, text)[0] for text in "甲乙丙"]
    rest = 34 * SIZE
    assert starts == [SIZE, 7 * SIZE, 6 * SIZE + rest // 4 + SIZE]


@pytest.mark.parametrize("mode", BOTH)
def test_automatic_columns_hold_their_longest_cell_on_one_line(mode: WritingMode) -> None:
    one = node([["甲", "乙乙乙乙乙乙乙乙"], ["甲甲甲甲甲", "乙"]], [Column(), Column()])
    made = table(one, mode)
    assert len(texts(made)) == 4, "no cell needs two lines"
    second = where(made, "乙乙")[0]
    assert second > 7 * SIZE, "five characters and the paddings"
    assert second == next(i for i, _, line in placed(made) if line.text == "乙")


@pytest.mark.parametrize("mode", BOTH)
def test_what_is_too_much_is_taken_from_the_longest_column(mode: WritingMode) -> None:
    one = node([["甲甲甲", "乙" * 50]], [Column(), Column()])
    made = table(one, mode, 20)
    assert texts(made)[0] == "甲甲甲"
    assert "".join(texts(made)[1:]) == "乙" * 50
    assert max(i + line.measure for i, _, line in placed(made)) <= 19 * SIZE


@pytest.mark.parametrize("mode", BOTH)
def test_a_row_is_as_long_as_its_longest_cell_and_others_stand_in_its_middle(
    mode: WritingMode,
) -> None:
    one = node([["短い", "長い" * 12], ["次", "の行"]], [Column(share=1), Column(share=1)])
    made = table(one, mode, 28)
    long = [block for _, block, line in placed(made) if line.text.startswith("長")]
    assert len(long) == 2
    assert where(made, "短い")[1] == sum(long) // 2
    assert where(made, "次")[1] == where(made, "の行")[1] == long[-1] + PITCH + 2 * mm(1)


NUMBERS = ["1.5", "12.25", "1,200", "300", "0.125kg"]


@pytest.mark.parametrize("mode", BOTH)
def test_numbers_stand_on_their_point(mode: WritingMode) -> None:
    style = body_style(align=Align.START, tate_chu_yoko=0)
    rows = tuple((cell(text, **{"tate_chu_yoko": 0}),) for text in ["重さ", *NUMBERS])
    one = TableNode((Column(share=1, point=True),), rows, 1, 0, NOWHERE)
    made = table(one, mode, 20)
    points = set()
    for start, _, line in placed(made):
        if line.text == "重さ":
            continue
        items = line.items
        whole = line.text.split(".")[0]
        count = len(whole.replace("kg", ""))
        points.add(start + sum(items.widths[:count]) + sum(items.gap[:count]))
    assert len(points) == 1, (points, style.name)


@pytest.mark.parametrize("mode", BOTH)
@pytest.mark.parametrize(("align", "share"), [(Align.START, 0), (Align.CENTRE, 1), (Align.END, 2)])
def test_cells_are_aligned_in_their_column(mode: WritingMode, align: Align, share: int) -> None:
    rows = ((cell("国", align=align),),)
    made = table(TableNode((Column(share=1),), rows, 0, 0, NOWHERE), mode, 12)
    ((start, _, line),) = placed(made)
    assert start + line.places[0] == SIZE + 9 * SIZE * share // 2


@pytest.mark.parametrize("mode", BOTH)
def test_rules_stand_between_body_rows_and_between_columns(mode: WritingMode) -> None:
    rows = [["頭", "頭"], ["一", "一"], ["二", "二"], ["三", "三"]]
    one = node(rows, [Column(share=1)] * 2, head=1, row_rule=RULE, column_rule=RULE)
    made = table(one, mode)
    found = leaves(made)
    between_rows = [at for at, leaf in found if "block_start" in leaf.edges]
    between_columns = [at for at, leaf in found if "inline_start" in leaf.edges]
    height = made.extent.block // 4
    assert [at.block for at in between_rows] == [n * height - mm(0.1) for n in (2, 3)]
    assert [at.inline for at in between_columns] == [20 * SIZE - mm(0.1)]


@pytest.mark.parametrize("mode", BOTH)
def test_neighbouring_cells_draw_their_common_edge_once_and_their_grounds_meet(
    mode: WritingMode,
) -> None:
    sides = ("block_start", "block_end", "inline_start", "inline_end")
    box = BoxStyle(TINT, edges=dict.fromkeys(sides, RULE), padding=PAD)
    rows = tuple(tuple(cell(text, box) for text in row) for row in ("甲乙", "丙丁"))
    made = table(TableNode((Column(share=1),) * 2, rows, 0, mm(2), NOWHERE), mode)
    found = leaves(made)
    assert [sorted(leaf.edges) for _, leaf in found] == [
        sorted(sides),
        ["block_end", "block_start", "inline_end"],
        ["block_end", "inline_end", "inline_start"],
        ["block_end", "inline_end"],
    ]
    (first, one), (second, _), *_ = found
    assert first.inline + one.extent.inline == second.inline
    assert sum(leaf.extent.inline for _, leaf in found[:2]) == made.extent.inline


# --- in the columns of an area ------------------------------------------------------------


ROWS = [["見出し", "見出しの二"], *[[f"第{n}行", "内容" * 4] for n in "一二三四五六七八九"]]


def long_table(rows: list[list[str]] = ROWS) -> TableNode:
    return node(rows, [Column(), Column(share=1)], head=1, title=para("表の題"))


@pytest.mark.parametrize("mode", BOTH)
def test_a_table_longer_than_a_column_goes_on_under_the_same_head(mode: WritingMode) -> None:
    fragments, reporter = run(area(mode, 40, 10, (long_table(),), columns=3))
    assert codes(reporter) == []
    lines = texts(fragments[0])
    assert lines.count("見出し") > 1
    assert lines.count("表の題") == 1
    said = [text for text in lines if text.startswith("第")]
    assert said == [f"第{n}行" for n in "一二三四五六七八九"]
    heads = [i for i, _, line in placed(fragments[0]) if line.text == "見出し"]
    bodies = [i for i, _, line in placed(fragments[0]) if line.text.startswith("内")]
    assert len({i % (14 * SIZE) for i in heads}) == 1, "the columns of the table stay"
    assert len({i % (14 * SIZE) for i in bodies}) == 1


@pytest.mark.parametrize("mode", BOTH)
def test_a_table_that_the_next_column_can_hold_stays_whole(mode: WritingMode) -> None:
    before = para("国" * 12 * 8)
    short = long_table(ROWS[:5])
    fragments, reporter = run(area(mode, 26, 12, (before, short), columns=2))
    assert codes(reporter) == []
    lines = list(placed(fragments[0]))
    rows = [i for i, _, line in lines if line.text.startswith(("見出し", "第"))]
    assert all(i >= 14 * SIZE for i in rows)
    assert texts(fragments[0]).count("見出し") == 1


@pytest.mark.parametrize("mode", BOTH)
def test_the_said_again_head_is_no_new_text(mode: WritingMode) -> None:
    fragments, _ = run(area(mode, 40, 10, (long_table(),), columns=3))

    def roles(fragment: Fragment, text: str) -> list[str]:
        found = []
        for _, child in fragment.children:
            if isinstance(child, Fragment):
                found.extend(roles(child, text))
            elif not isinstance(child, BoxLeaf) and child.line.text == text:  # type: ignore[union-attr]
                found.append(fragment.role)
        return found

    first, *again = roles(fragments[0], "見出し")
    assert first == "TD" and set(again) == {"artifact"}
