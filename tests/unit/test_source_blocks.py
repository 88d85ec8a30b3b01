"""What the blocks of the source become: tables, forms, rows, breaks, and what is wrong in them."""

from pathlib import Path
from typing import Any

import pytest

from layout.diagnostics import Reporter
from layout.source.joining import plain_text
from layout.source.model import Block, CutOff, Rule, SideBySide, Table, Turn
from layout.source.read import read_leaflet

HEAD = (
    "bira: 1\ntitle: 見本\ndate: 2021-03-01\nstyle: ai-shu\npages:\n  - layout: cover\n    body:\n"
)


def blocks(tmp_path: Path, yaml: str) -> tuple[tuple[Block, ...], list[tuple[str, dict[str, Any]]]]:
    file = tmp_path / "leaflet.yaml"
    file.write_text(HEAD + yaml, encoding="utf-8")
    reporter = Reporter()
    leaflet = read_leaflet(file, reporter)
    assert leaflet is not None
    found = [(d.code, dict(d.values)) for d in reporter]
    return leaflet.pages[0].areas[0].blocks, found


def table(tmp_path: Path, keys: str) -> tuple[Table, list[tuple[str, dict[str, Any]]]]:
    rows = "          rows:\n            - [甲, 乙, 丙]\n"
    (found,), said = blocks(tmp_path, f"      - table:\n{keys}{rows}")
    assert isinstance(found, Table)
    return found, said


def test_widths_are_lengths_shares_or_automatic(tmp_path: Path) -> None:
    found, said = table(tmp_path, "          widths: [8字, auto, 2]\n")
    assert [(w.value, w.unit) for w in found.widths] == [(8, "字"), (0, "auto"), (2, "")]
    assert said == []
    found, _ = table(tmp_path, "          widths: auto\n")
    assert [w.unit for w in found.widths] == ["auto"] * 3


@pytest.mark.parametrize(
    ("keys", "key"), [("widths: [1, 2]", "widths"), ("align: [start, end]", "align")]
)
def test_one_entry_for_each_column(tmp_path: Path, keys: str, key: str) -> None:
    found, said = table(tmp_path, f"          {keys}\n")
    assert said == [("source.table-widths", {"key": key, "count": 2, "columns": 3})]
    assert found.widths == () and found.aligns == ()


@pytest.mark.parametrize("width", ["0", "-1", "字", "8px", "half"])
def test_a_width_that_is_none_is_refused(tmp_path: Path, width: str) -> None:
    _, said = table(tmp_path, f"          widths: [1, {width}, 1]\n")
    assert [code for code, _ in said][:1] == ["source.expected-length"]


def test_heads_and_alignment(tmp_path: Path) -> None:
    keys = "          head: 9\n          head-columns: 1\n          align: [start, point, end]\n"
    found, said = table(tmp_path, keys)
    assert (found.head, found.head_columns, found.aligns) == (1, 1, ("start", "point", "end"))
    assert said == []


def test_the_fields_of_a_form(tmp_path: Path) -> None:
    (found,), said = blocks(
        tmp_path,
        """      - form:
          cut: 切り取り線
          fields:
            - お名前
            - [電話, {label: 人数, width: 3字, after: 人}]
            - {label: 参加, choices: [昼, 夜]}
            - {label: ご住所, before: 〒, lines: 2}
""",
    )
    assert isinstance(found, CutOff) and said == []
    assert plain_text(found.cut) == "切り取り線"
    labels = [[plain_text(field.label) for field in row] for row in found.rows]
    assert labels == [["お名前"], ["電話", "人数"], ["参加"], ["ご住所"]]
    people = found.rows[1][1]
    assert people.inline_size is not None and people.inline_size.unit == "字"
    assert plain_text(people.after) == "人"
    assert [plain_text(choice) for choice in found.rows[2][0].choices] == ["昼", "夜"]
    address = found.rows[3][0]
    assert (plain_text(address.before), address.lines) == ("〒", 2)


def test_rows_breaks_and_lines_with_words(tmp_path: Path) -> None:
    found, said = blocks(
        tmp_path,
        """      - row:
          widths: [2, 30mm]
          cells:
            - - text: 左
            - - text: 右
              - text: 右の二
      - break: column
      - break: area
      - rule:
          text: 区切り
      - rule:
""",
    )
    assert said == []
    row, column, area, words, bare = found
    assert isinstance(row, SideBySide) and [len(cell) for cell in row.cells] == [1, 2]
    assert [turn.area for turn in (column, area) if isinstance(turn, Turn)] == [False, True]
    assert isinstance(words, Rule) and plain_text(words.words) == "区切り"
    assert isinstance(bare, Rule) and bare.words == ()


def test_a_break_of_another_kind_is_refused(tmp_path: Path) -> None:
    _, said = blocks(tmp_path, "      - break: page\n")
    assert [code for code, _ in said] == ["source.expected-choice"]


def test_a_row_wants_a_width_for_each_cell(tmp_path: Path) -> None:
    cells = "          cells:\n            - - text: 左\n            - - text: 右\n"
    (found,), said = blocks(tmp_path, f"      - row:\n          widths: [1]\n{cells}")
    assert said == [("source.table-widths", {"key": "widths", "count": 1, "columns": 2})]
    assert isinstance(found, SideBySide) and len(found.cells) == 2
