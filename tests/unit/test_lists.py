"""Lists: what counts on, what is kept as typed, where the text of an item stands."""

from pathlib import Path

import pytest
from composing import PITCH, SIZE, body_style, composer, content
from flowing import BOTH, area, codes, placed, run, texts, where

from layout.diagnostics import NOWHERE, Reporter
from layout.flow.blocks import lay_out
from layout.flow.fragment import Fragment
from layout.geometry import WritingMode
from layout.source.joining import plain_text
from layout.source.lists import counted
from layout.source.model import Content, ListBlock, ListItem
from layout.source.read import read_leaflet
from layout.style.model import BoxStyle, Marker, Para, Sides, Stack

HEAD = (
    "bira: 1\ntitle: 見本\ndate: 2021-03-01\nstyle: ai-shu\npages:\n  - layout: cover\n    body:\n"
)


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("①", "①②③④"),
        ("❶", "❶❷❸❹"),
        ("1.", ["1.", "2.", "3.", "4."]),
        ("９", ["９", "１０", "１１", "１２"]),
        ("(8) ", ["(8) ", "(9) ", "(10) ", "(11) "]),
        ("ア", "アイウエ"),
        ("イ", "イロハニ"),
        ("い", "いろはに"),
        ("あ", "あいうえ"),
        ("ウ", "ウエオカ"),
        ("甲", "甲乙丙丁"),
        ("（ア）", ["（ア）", "（イ）", "（ウ）", "（エ）"]),
        ("一、", ["一、", "二、", "三、", "四、"]),
        ("九　", ["九　", "十　", "十一　", "十二　"]),
        ("二十九", ["二十九", "三十", "三十一", "三十二"]),
        ("Ⅰ", "ⅠⅡⅢⅣ"),
        ("a.", ["a.", "b.", "c.", "d."]),
        ("Ａ", "ＡＢＣＤ"),
        ("㋐", "㋐㋑㋒㋓"),
        ("・", "・・・・"),
        ("※", "※※※※"),
        ("z", "zzzz"),
    ],
)
def test_markers_count_on(marker: str, expected: str | list[str]) -> None:
    assert [counted(marker, index) for index in range(4)] == list(expected)


def items_of(tmp_path: Path, yaml: str) -> tuple[ListItem, ...]:
    file = tmp_path / "leaflet.yaml"
    file.write_text(HEAD + yaml, encoding="utf-8")
    reporter = Reporter()
    leaflet = read_leaflet(file, reporter)
    assert leaflet is not None and not list(reporter)
    (block,) = leaflet.pages[0].areas[0].blocks
    assert isinstance(block, ListBlock)
    return block.items


def markers(items: tuple[ListItem, ...]) -> list[str]:
    return [plain_text(item.marker) for item in items]


def test_a_space_typed_behind_a_marker_stays(tmp_path: Path) -> None:
    said = items_of(tmp_path, '      - list:\n          marker: "1. "\n          items: [壱, 弐]\n')
    assert markers(said) == ["1. ", "2. "]
    typed = items_of(tmp_path, "      - list:\n          - ・ 壱\n          - ・　弐\n")
    assert markers(typed) == ["・ ", "・　"]
    assert [plain_text(item.content) for item in typed] == ["壱", "弐"]
    full = items_of(tmp_path, '      - list:\n          marker: "□　"\n          items: [壱]\n')
    assert markers(full) == ["□　"]


def test_lists_stand_inside_items(tmp_path: Path) -> None:
    items = items_of(
        tmp_path,
        """      - list:
          marker: ①
          items:
            - text: 準備
              list:
                marker: ア
                items:
                  - 机
                  - text: 椅子
                    list: [丸いもの, 四角いもの]
            - 片づけ
""",
    )
    assert markers(items) == ["①", "②"]
    assert markers(items[0].items) == ["ア", "イ"]
    assert markers(items[0].items[1].items) == ["・", "・"]


# --- as they stand -------------------------------------------------------------------------


def list_of(*entries: tuple[str, str], box: BoxStyle | None = None) -> Stack:
    """A list of (marker, text)."""
    level = tuple(content(marker) for marker, _ in entries)
    paras = tuple(
        item(text, mark, (level,)) for mark, (_, text) in zip(level, entries, strict=True)
    )
    return Stack(paras, NOWHERE, "L", box or BoxStyle(), name="list")


def item(text: str, marker: Content, levels: tuple[tuple[Content, ...], ...]) -> Para:
    return Para(
        content(text), body_style(), NOWHERE, "LI", name="list", marker=Marker(marker, levels)
    )


def laid(one: Stack, mode: WritingMode, ems: int = 12) -> Fragment:
    return lay_out(one, ems * SIZE, composer(mode))


@pytest.mark.parametrize("mode", BOTH)
@pytest.mark.parametrize(
    ("marker", "ems"),
    [
        ("①", 1),
        ("＊", 1),
        ("・", 1),
        ("一、", 2),
        ("□　", 2),
        ("1.", 2),
        ("1. ", 2),
        ("10.", 2),
        ("・ ", 1),
        ("（ア）", 2),
        ("ア", 2),
    ],
)
def test_the_text_hangs_behind_whole_characters(mode: WritingMode, marker: str, ems: int) -> None:
    made = laid(list_of((marker, "長い項目の文はこうして二行になる。")), mode)
    first, *others = [(start, line) for start, _, line in placed(made)]
    assert first[1].text == marker
    assert [start for start, _ in others] == [ems * SIZE] * 2
    assert all(line.measure == (12 - ems) * SIZE for _, line in others)


@pytest.mark.parametrize("mode", BOTH)
def test_marker_and_text_stand_on_one_line(mode: WritingMode) -> None:
    made = laid(list_of(("①", "壱"), ("②", "弐")), mode)
    blocks = [block for _, block, _ in placed(made)]
    assert blocks == [PITCH // 2] * 2 + [PITCH + PITCH // 2] * 2


@pytest.mark.parametrize("mode", BOTH)
def test_a_middle_dot_stands_in_the_middle_of_its_em(mode: WritingMode) -> None:
    made = laid(list_of(("・", "項目")), mode)
    (start, _, line), _ = placed(made)
    assert start == SIZE // 4 and line.items.widths == (SIZE // 2,)


def test_numbers_end_below_one_another() -> None:
    made = laid(list_of(("9.", "壱"), ("10.", "弐")), WritingMode.HORIZONTAL)
    found = {line.text: start + sum(line.items.widths) for start, _, line in placed(made)}
    assert found["9."] == found["10."]
    assert where(made, "壱")[0] == where(made, "弐")[0] == 2 * SIZE


@pytest.mark.parametrize("mode", BOTH)
def test_an_inner_list_stands_where_the_outer_text_begins(mode: WritingMode) -> None:
    outer, inner = (content("①"), content("②")), (content("・"),)
    paras = (
        item("外の一", outer[0], (outer,)),
        item("内の一", inner[0], (outer, inner)),
        item("外の二", outer[1], (outer,)),
    )
    made = laid(Stack(paras, NOWHERE, "L", name="list"), mode)
    assert where(made, "外の一")[0] == SIZE
    assert where(made, "・")[0] == SIZE + SIZE // 4
    assert where(made, "内の一")[0] == 2 * SIZE
    assert texts(made) == ["①", "外の一", "・", "内の一", "②", "外の二"]


@pytest.mark.parametrize("mode", BOTH)
def test_a_list_on_the_grid_breaks_across_columns_like_text(mode: WritingMode) -> None:
    entries = [
        ("①", "一つめの項目の文。"),
        ("②", "二つめの項目の文は長くて、三行にもなることがある。" * 2),
    ]
    fragments, reporter = run(area(mode, 26, 5, (list_of(*entries),), columns=2))
    assert codes(reporter) == []
    lines = list(placed(fragments[0]))
    assert "".join(line.text for _, _, line in lines) == "".join(a + b for a, b in entries)
    assert all((block - SIZE // 2) % PITCH == 0 for _, block, _ in lines), "on the grid"
    second = [line for start, _, line in lines if start >= 14 * SIZE]
    assert len(second) >= 2 and second[0].start > 0, "the second item goes on"


@pytest.mark.parametrize("mode", BOTH)
def test_a_list_off_the_grid_breaks_between_its_items(mode: WritingMode) -> None:
    entries = [(f"{n}、", f"項目の{n}。") for n in "一二三四五六七"]
    style = body_style(pitch=PITCH - 5, name="inside")
    stack = list_of(*entries)
    paras = tuple(
        Para(p.content, style, NOWHERE, "LI", name="list", marker=p.marker)
        for p in stack.children
        if isinstance(p, Para)
    )
    one = Stack(paras, NOWHERE, "L", BoxStyle(padding=Sides(inline_start=SIZE)), name="list")
    fragments, reporter = run(area(mode, 26, 4, (one,), columns=2))
    assert codes(reporter) == []
    assert texts(fragments[0]) == [part for entry in entries for part in entry]
    starts = {start % (14 * SIZE) for start, _, line in placed(fragments[0])}
    assert starts == {SIZE, 3 * SIZE}
