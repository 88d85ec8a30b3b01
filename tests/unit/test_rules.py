"""The compiled tables say what the JLREQ data say, cell by cell, and broken data are refused."""

import itertools
import json
import re
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from layout.house import rules as module
from layout.house.rules import (
    EXPANSIONS,
    KINSOKU,
    LINE_END,
    LINE_HEAD,
    REDUCTIONS,
    N,
    RulesError,
    load_rules,
)

DATA = module.DATA
PLAIN = re.compile(r"(\d)/(\d) (be|af)( hang)?")
WHOLE_RANGE = re.compile(r"(\d)/(\d)[-=](?:(\d)/(\d)|0)")


def number(name: str) -> int:
    return {"line_head": LINE_HEAD, "line_end": LINE_END}.get(name) or int(name[3:] or 0)


def index(before: str, after: str) -> int:
    first = LINE_HEAD if before == "line_head" else number(before)
    return first * N + number(after)


def cells(name: str) -> list[tuple[str, str, Any]]:
    table = json.loads((DATA / "jlreq" / f"{name}.json").read_text("utf-8"))
    return [(b, a, cell) for b, row in table["cells"].items() for a, cell in row.items()]


def all_class_pairs() -> Iterator[tuple[int, int]]:
    listed = [i for i in range(1, 31) if i not in (17, 18)]
    return itertools.product(listed, listed)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("kinsoku", KINSOKU)
@pytest.mark.parametrize("expansion", EXPANSIONS)
@pytest.mark.parametrize("hanging", [False, True])
def test_every_choice_compiles(reduction: str, kinsoku: str, expansion: str, hanging: bool) -> None:
    rules = load_rules(reduction, kinsoku, expansion, hanging=hanging)
    tables = (
        rules.space,
        rules.space_of_after,
        rules.reduce_to,
        rules.reduce_priority,
        rules.whole,
        rules.expand_to,
        rules.expand_priority,
        rules.no_break,
    )
    assert {len(table) for table in tables} == {N * N}
    assert rules.hanging is hanging
    assert rules.even is (expansion == "even")


def test_the_same_choice_is_compiled_once() -> None:
    assert load_rules() is load_rules("jlreq", "strict", "jlreq", hanging=False)


def test_spacing_of_every_plain_cell() -> None:
    rules = load_rules()
    checked = 0
    for before, after, cell in cells("spacing"):
        found = PLAIN.fullmatch(cell)
        if found is None:
            continue
        at = index(before, after)
        assert rules.space[at] == float(Fraction(int(found[1]), int(found[2]))), (before, after)
        assert rules.space_of_after[at] is (found[3] == "af"), (before, after)
        checked += 1
    assert checked == 225


def test_no_space_where_the_table_has_none() -> None:
    rules = load_rules()
    filled = {index(before, after) for before, after, _ in cells("spacing")}
    for before, after in all_class_pairs():
        if before * N + after not in filled:
            assert rules.space[before * N + after] == 0.0, (before, after)


@pytest.mark.parametrize(
    ("before", "after", "ems"),
    [
        (2, 1, 0.5),  # 」「
        (1, 1, 0.0),  # （「
        (2, 2, 0.0),  # 」）
        (6, 2, 0.0),  # 。」
        (7, 1, 0.5),  # 、「
        (19, 1, 0.5),  # 字「
        (2, 19, 0.5),  # 」字
        (7, 19, 0.5),  # 、字
        (6, 19, 0.5),  # 。字
        (19, 5, 0.25),  # 字・
        (5, 19, 0.25),  # ・字
        (5, 5, 0.5),  # ・・
        (6, 5, 0.75),  # 。・
        (7, 5, 0.75),  # 、・
        (15, 24, 0.25),  # か2
        (24, 19, 0.25),  # 2字
        (27, 16, 0.25),  # Aア
        (24, 27, 0.0),  # 2A
        (14, 27, 0.0),  # full-width space, A
        (7, 27, 0.5),  # 、A: the comma's half em, no quarter
        (1, 24, 0.0),  # （2
        (15, 19, 0.0),  # か字
    ],
)
def test_spacing_of_well_known_pairs(before: int, after: int, ems: float) -> None:
    assert load_rules().space[before * N + after] == ems


@pytest.mark.parametrize(
    ("kind", "ems"), [(2, 0.5), (5, 0.25), (6, 0.5), (7, 0.5), (19, 0.0), (26, 0.0)]
)
def test_space_at_the_line_end(kind: int, ems: float) -> None:
    assert load_rules().space[kind * N + LINE_END] == ems


def test_an_opening_bracket_stands_flush_at_the_line_head() -> None:
    assert load_rules().space[LINE_HEAD * N + 1] == 0.0


def test_break_table_cell_by_cell() -> None:
    rules = load_rules()
    held = {index(before, after) for before, after, cell in cells("break_opportunity") if cell}
    for before, after in all_class_pairs():
        at = before * N + after
        assert rules.no_break[at] is (at in held), (before, after)


def test_mathematics_follows_ideographs() -> None:
    rules = load_rules()
    for other in (17, 18):
        for i in range(1, 17):
            for table in (rules.space, rules.no_break, rules.reduce_to, rules.expand_priority):
                assert table[other * N + i] == table[19 * N + i]
                assert table[i * N + other] == table[i * N + 19]


@pytest.mark.parametrize("choice", REDUCTIONS)
def test_reduction_of_every_plain_cell(choice: str) -> None:
    rules = load_rules(choice)
    checked = 0
    for before, after, cell in cells(Path(REDUCTIONS[choice]).stem):
        at = index(before, after)
        if not isinstance(cell, dict):
            assert rules.reduce_priority[at] == 0, (before, after)
            assert rules.reduce_to[at] == rules.space[at], (before, after)
            continue
        found = WHOLE_RANGE.fullmatch(cell["value"])
        if found is None:
            continue
        assert rules.reduce_priority[at] == cell["priority"], (before, after)
        least = Fraction(int(found[3]), int(found[4])) if found[3] else Fraction(0)
        assert rules.reduce_to[at] == float(least), (before, after)
        assert rules.space[at] == float(Fraction(int(found[1]), int(found[2]))), (before, after)
        checked += 1
    assert checked >= 60


def test_reduction_never_adds_and_expansion_never_takes() -> None:
    for choice in REDUCTIONS:
        rules = load_rules(choice)
        pairs = zip(rules.reduce_to, rules.space, strict=True)
        assert all(0.0 <= least <= natural for least, natural in pairs)
    rules = load_rules()
    for at, priority in enumerate(rules.expand_priority):
        if priority in (2, 3):
            assert rules.expand_to[at] >= rules.space[at], divmod(at, N)


def test_the_space_behind_a_full_stop_is_kept_whole() -> None:
    rules = load_rules()
    for after in (1, 15, 16, 19):
        assert rules.reduce_priority[6 * N + after] in (0, 5)
    assert rules.reduce_to[6 * N + 19] == 0.5
    assert rules.reduce_to[6 * N + 5] == 0.5  # of 。・ only the middle dot's quarter gives way


def test_expansion_of_every_cell() -> None:
    rules = load_rules()
    for before, after, cell in cells("expansion"):
        at = index(before, after)
        between_complexes = before == after and before in (
            "cl-08",
            "cl-21",
            "cl-22",
            "cl-23",
            "cl-30",
        )
        note = isinstance(cell, dict) and cell["value"].startswith("n.")
        if not isinstance(cell, dict) or (note and not between_complexes):
            assert rules.expand_priority[at] == 0, (before, after)
            continue
        assert rules.expand_priority[at] == cell["priority"], (before, after)
        if note:
            assert rules.expand_to[at] == 0.25, (before, after)
        elif cell["value"]:
            most = Fraction(cell["value"].rpartition("-")[2])
            assert rules.expand_to[at] == float(most), (before, after)


def test_kinsoku_levels_open_more_and_more() -> None:
    strict, normal, loose = (load_rules(kinsoku=level).head_allowed for level in KINSOKU)
    assert not strict
    assert strict < normal < loose
    assert {"ァ", "ょ"} <= normal
    assert {"ー", "々"} <= loose - normal


# --- broken data ------------------------------------------------------------------


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the house's data that a test may break; nothing compiled is kept."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    monkeypatch.setattr(module, "DATA", copy)
    module._load.cache_clear()
    yield copy
    module._load.cache_clear()


def spoil(house: Path, name: str, change: Any) -> None:
    path = house / "jlreq" / f"{name}.json"
    table = json.loads(path.read_text("utf-8"))
    change(table)
    path.write_text(json.dumps(table, ensure_ascii=False), "utf-8")


def test_the_copy_itself_is_sound(house: Path) -> None:
    assert load_rules().space[2 * N + 1] == 0.5


TABLES = ("spacing", "break_opportunity", "reduction", "expansion")


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_missing_class_is_refused(house: Path, name: str, side: str) -> None:
    spoil(house, name, lambda table: table[side].remove("cl-19"))
    with pytest.raises(RulesError, match=rf"{name}.*cl-19"):
        load_rules()


@pytest.mark.parametrize("cell", ["1/4 xx", "n. 99", "a lot"])
def test_an_unreadable_space_is_refused(house: Path, cell: str) -> None:
    spoil(house, "spacing", lambda table: table["cells"]["cl-02"].update({"cl-19": cell}))
    with pytest.raises(RulesError, match="spacing"):
        load_rules()


def test_changed_data_change_the_rules(house: Path) -> None:
    spoil(house, "spacing", lambda table: table["cells"]["cl-02"].update({"cl-19": "1/4 be"}))
    assert load_rules().space[2 * N + 19] == 0.25


BROKEN_ELSEWHERE = [
    pytest.param("spacing", {"cl-19": "half"}, id="one word for a space"),
    pytest.param("break_opportunity", {"cl-19": "maybe"}, id="unknown break"),
    pytest.param("break_opportunity", {"cl-19": "n. 99"}, id="unknown note of breaks"),
    pytest.param("reduction", {"cl-19": {"value": "much", "priority": 5}}, id="reduction value"),
    pytest.param("reduction", {"cl-19": {"value": "1/2-0"}}, id="reduction without priority"),
    pytest.param("expansion", {"cl-19": {"value": "wide", "priority": 3}}, id="expansion value"),
    pytest.param("expansion", {"cl-99": {"value": "1/4", "priority": 3}}, id="unknown class"),
]


@pytest.mark.parametrize(("name", "cell"), BROKEN_ELSEWHERE)
def test_other_unreadable_cells_are_refused(
    house: Path, name: str, cell: dict[str, object]
) -> None:
    spoil(house, name, lambda table: table["cells"]["cl-02"].update(cell))
    with pytest.raises(RulesError, match=name):
        load_rules()
