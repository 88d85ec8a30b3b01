"""The rules of composition, compiled from data files into flat tables.

A rule set is named by four choices (spacing, reduction, kinsoku, hanging) and
loaded once.  Pair tables are flat lists indexed ``before * N + after`` with
class numbers 1…30 of JLREQ appendix A, ``LINE_HEAD`` and ``LINE_END``.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

DATA: Final = Path(__file__).parent / "data"
N: Final = 32
LINE_HEAD: Final = 0
LINE_END: Final = 31

OPENING: Final = 1
CLOSING: Final = 2
DIVIDING: Final = 4
MIDDLE_DOT: Final = 5
FULL_STOP: Final = 6
COMMA: Final = 7
INSEPARABLE: Final = 8
PREFIXED: Final = 12
POSTFIXED: Final = 13
IDEOGRAPHIC_SPACE: Final = 14
HIRAGANA: Final = 15
KATAKANA: Final = 16
IDEOGRAPH: Final = 19
REFERENCE_MARK: Final = 20
ORNAMENTED: Final = 21
NUMERAL: Final = 24
UNIT: Final = 25
WORD_SPACE: Final = 26
WESTERN: Final = 27
WARICHU_OPENING: Final = 28
WARICHU_CLOSING: Final = 29
TATE_CHU_YOKO: Final = 30


class RulesError(Exception):
    """A data file of the house is incomplete or contradicts itself."""


class Rules(Struct, frozen=True):
    """Compiled tables.

    ``proportional`` are the shares of punctuation and Japanese–Latin space kept
    in proportional settings.  ``even`` opens Japanese–Latin gaps together with
    all other places instead of before them.

    ``space[i]`` is the natural space of a pair in ems; it is measured in the
    size of the following character where ``space_of_after[i]``, else of the
    preceding one, but for the ``share_of_after`` of a few pairs.  ``reduce_to``
    and ``expand_to`` are the limits in ems with their priorities (0: not
    adjustable); ``whole[i]`` marks all-or-nothing reduction.  ``no_break[i]``
    forbids a line break between the two.
    """

    space: tuple[float, ...]
    space_of_after: tuple[bool, ...]
    reduce_to: tuple[float, ...]
    reduce_priority: tuple[int, ...]
    whole: tuple[bool, ...]
    expand_to: tuple[float, ...]
    expand_priority: tuple[int, ...]
    no_break: tuple[bool, ...]
    head_allowed: frozenset[str]
    head_forbidden: frozenset[str]
    end_forbidden: frozenset[str]
    half_bodies: dict[int, str]
    reduce_further: dict[int, tuple[float, int]]
    share_of_after: dict[int, float]
    narrow_outside: float
    word_space: tuple[float, float, float]
    proportional: tuple[float, float]
    hanging: bool
    even: bool


def load_rules(
    reduction: str = "jlreq",
    kinsoku: str = "strict",
    expansion: str = "jlreq",
    *,
    hanging: bool = False,
) -> Rules:
    """Compile one rule set; ``RulesError`` names what is missing in the data.

    ``expansion`` is ``jlreq`` (3.8.4: Japanese–Latin gaps open first) or
    ``even`` (all places open together, which lines with a single number want).
    """
    return _load(reduction, kinsoku, expansion, hanging)


@cache
def _load(reduction: str, kinsoku: str, expansion: str, hanging: bool) -> Rules:
    spacing = _Table("jlreq/spacing.json")
    breaks = _Table("jlreq/break_opportunity.json")
    reduce = _Table(REDUCTIONS[reduction])
    expand = _Table("jlreq/expansion.json")
    widths = _read("widths.json")
    level = _read("kinsoku.json")["levels"][kinsoku]
    space, of_after = _compile_spacing(spacing)
    reduce_to, reduce_priority, whole = _compile_reduction(reduce, space)
    expand_to, expand_priority = _compile_expansion(expand, space)
    word = widths["word_space"]
    return Rules(
        tuple(space),
        tuple(of_after),
        tuple(reduce_to),
        tuple(reduce_priority),
        tuple(whole),
        tuple(expand_to),
        tuple(expand_priority),
        tuple(_compile_breaks(breaks)),
        frozenset(level["head_allowed"]),
        frozenset(),
        frozenset(),
        {class_number(k): v for k, v in widths["half_bodies"].items()},
        _further_reduction(reduce),
        {index: 0.25 for index, cell in spacing.items() if cell in _MIDDLE_DOT_NOTES},
        widths["narrow_outside"],
        (word["natural"], word["min"], word["max"]),
        (widths["proportional"]["punctuation"], widths["proportional"]["western"]),
        hanging,
        expansion == "even",
    )


EXPANSIONS: Final = ("jlreq", "even")
KINSOKU: Final = ("strict", "normal", "loose")
REDUCTIONS: Final = {
    "jlreq": "jlreq/reduction.json",
    "jisx4051": "jlreq/reduction_jisx4051.json",
    "book": "jlreq/reduction_book_practice.json",
}

# Notes of table 1 that stand for a plain space (JLREQ appendix D, notes to table 1).
_SPACE_NOTES: Final = {
    "n. 2": (0.5, False),
    "n. 3": (0.5, False),
    "n. 4": (0.25, False),
    "n. 5": (0.75, False),
    "n. 6": (0.5, False),
    "n. 9": (0.0, False),
    "n. 12": (0.25, True),
    "n. 13": (0.0, False),
    "n. 17": (0.0, False),
}
# ・・, 。・ and 、・: the quarter em before the second mark is that mark's own.
_MIDDLE_DOT_NOTES: Final = ("n. 3", "n. 5")
# Ruby overhang (1, 7, 8, 10, 11) and kinsoku level (14–16) notes set no space here.
_SPACE_NOTES_ELSEWHERE: Final = {
    "n. 1", "n. 7", "n. 8", "n. 10", "n. 11", "n. 14", "n. 15", "n. 16", "ruby hang", "", "×",
}  # fmt: skip


class _Table:
    """A table of appendix tables 1–6: cells by class names, checked for its full set of rows."""

    def __init__(self, name: str) -> None:
        data = _read(name)
        self.name = name
        self.cells: dict[str, dict[str, Any]] = data["cells"]
        for side in ("before", "after"):
            missing = set(_CLASS_NAMES) - set(data[side])
            if missing:
                raise RulesError(f"{name}: no {side} entry for {sorted(missing)}")
        for before, row in self.cells.items():
            for after, cell in row.items():
                known = {before, after} <= _ROWS
                if not (known and _is_readable(cell)):
                    raise RulesError(f"{name}: cannot read {cell!r} of {before}, {after}")

    def items(self) -> list[tuple[int, Any]]:
        """(flat index, cell) for every filled cell."""
        return [
            (class_number(before) * N + class_number(after), cell)
            for before, row in self.cells.items()
            for after, cell in row.items()
        ]


# cl-17 and cl-18 (mathematics) are not in the tables; they follow cl-19.
_CLASS_NAMES: Final = tuple(f"cl-{i:02}" for i in range(1, 31) if i not in (17, 18))

_ROWS: Final = {*_CLASS_NAMES, "line_head", "line_end"}
_NOTE: Final = r"n\. (?:[1-9]|1[0-7])"
_PLAIN_CELL: Final = re.compile(rf"|×|not|ruby hang|{_NOTE}|\d/[1-9](?: (?:be|af)(?: hang)?)?")
_FLEXIBLE_CELL: Final = re.compile(rf"|{_NOTE}|\d/[1-9](?:[-=](?:\d/[1-9]|0))?")


def _is_readable(cell: object) -> bool:
    """A space, a break or a note; or a limit with the order in which places give way to it."""
    match cell:
        case str():
            return _PLAIN_CELL.fullmatch(cell) is not None
        case {"value": str(value), "priority": int(order)}:
            return _FLEXIBLE_CELL.fullmatch(value) is not None and 1 <= order <= 6
        case _:
            return False


def class_number(name: str) -> int:
    """``cl-05`` → 5, ``line_head`` → 0, ``line_end`` → 31."""
    if name == "line_head":
        return LINE_HEAD
    return LINE_END if name == "line_end" else int(name[3:])


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _fraction(text: str) -> float:
    over, under = text.split("/")
    return int(over) / int(under)


def _compile_spacing(table: _Table) -> tuple[list[float], list[bool]]:
    space, of_after = [0.0] * (N * N), [False] * (N * N)
    for index, cell in table.items():
        if cell in _SPACE_NOTES:
            space[index], of_after[index] = _SPACE_NOTES[cell]
        elif cell not in _SPACE_NOTES_ELSEWHERE:
            words = cell.split()
            if words[1] not in ("be", "af"):
                raise RulesError(f"{table.name}: cannot read {cell!r}")
            space[index], of_after[index] = _fraction(words[0]), words[1] == "af"
    _copy_mathematics(space)
    _copy_mathematics(of_after)
    return space, of_after


def _copy_mathematics(table: list[Any]) -> None:
    """Give cl-17 and cl-18 the rows and columns of cl-19."""
    for other in (17, 18):
        for i in range(N):
            table[other * N + i] = table[IDEOGRAPH * N + i]
        for i in range(N):
            table[i * N + other] = table[i * N + IDEOGRAPH]


def _compile_reduction(
    table: _Table, space: list[float]
) -> tuple[list[float], list[int], list[bool]]:
    """Limits in ems; a cell without priority keeps its space whole."""
    limit, priority, whole = list(space), [0] * (N * N), [False] * (N * N)
    for index, cell in table.items():
        if not isinstance(cell, dict):
            continue
        value: str = cell["value"]
        if space[index] == 0.0:
            continue
        priority[index] = cell["priority"]
        whole[index] = "=" in value or index % N == LINE_END
        low = value.replace("=", "-").partition("-")[2]
        limit[index] = _fraction(low) if "/" in low else 0.0
        if value in ("n. 2", "n. 3"):
            limit[index] = 0.5  # only the middle dot's quarter gives way, a mark's own half stays
    for rows in (limit, priority, whole):
        _copy_mathematics(rows)
    return limit, priority, whole


def _further_reduction(table: _Table) -> dict[int, tuple[float, int]]:
    """Pairs whose space gives way in two orders: of 、・ first the dot's quarter, then the comma's.

    The second order is that of the comma before an ordinary character.
    """
    comma = table.cells["cl-07"]["cl-19"]
    if not isinstance(comma, dict):
        return {}
    low = comma["value"].partition("-")[2]
    gives = 0.5 - (_fraction(low) if "/" in low else 0.0)
    further = {}
    for index, cell in table.items():
        if isinstance(cell, dict) and cell["value"] == "n. 3":
            further[index] = (gives, comma["priority"])
    return further


# Notes 4 to 7 and 12 of table 6 hold one complex (or two equal inseparable
# characters) together; between two, a line opens as between other characters.
_BETWEEN_COMPLEXES: Final = frozenset(kind * N + kind for kind in (8, 21, 22, 23, 30))


def _compile_expansion(table: _Table, space: list[float]) -> tuple[list[float], list[int]]:
    """Limits in ems; priority 4 has none, it shares evenly with the others."""
    limit, priority = list(space), [0] * (N * N)
    for index, cell in table.items():
        if not isinstance(cell, dict):
            continue
        value: str = cell["value"]
        if value.startswith("n.") and index not in _BETWEEN_COMPLEXES:
            continue  # inside numerals and words: never opened
        priority[index] = cell["priority"]
        if value.startswith("n."):
            value = "1/4"  # between two; inside one, itemizing knows, nothing opens
        if value:
            limit[index] = _fraction(value.rpartition("-")[2])
    _copy_mathematics(limit)
    _copy_mathematics(priority)
    return limit, priority


def _compile_breaks(table: _Table) -> list[bool]:
    no_break = [False] * (N * N)
    for index, cell in table.items():
        # Notes 5–13 hold together what itemizing already knows as one word or
        # number; a note therefore forbids, and itemizing opens its exceptions.
        no_break[index] = bool(cell)
    _copy_mathematics(no_break)
    return no_break
