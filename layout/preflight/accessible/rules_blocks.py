"""Figures, headings, tables, lists, formulas, notes (checkpoints 13 to 19)."""

from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.accessible.case import Case, Check
from layout.preflight.accessible.roles import level_of
from layout.preflight.accessible.tree import Content, Element
from layout.preflight.finished.objects import is_array, is_string, name_of, read_box, words

_CELLS_MOST: Final = 100_000
_SCOPES: Final = ("/Row", "/Column", "/Both")


def check_figures(case: Case) -> None:
    """Figures and formulas say in words what they show (13-004, 17-002)."""
    for element in case.tree.elements:
        if element.role == "Figure":
            if not element.has_words():
                case.error("ua.13.alt", element.first_page())
            placed = any(isinstance(kid, Content) for kid in element.kids)
            box = element.attribute("/Layout", "/BBox", case.tree.classes)
            if placed and read_box(box) is None:
                case.warning("ua.13.box", element.first_page())
        elif element.role == "Formula" and not element.has_words():
            case.error("ua.17.alt", element.first_page())


# --- headings


def check_headings(case: Case) -> None:
    """Levels begin with one, go down one by one, and are of one kind (14-002 to 14-007)."""
    headings = [each for each in case.tree.elements if each.role == "H" or level_of(each.role)]
    numbered = [each for each in headings if each.role != "H"]
    if numbered and len(numbered) != len(headings):
        plain = next(each for each in headings if each.role == "H")
        case.error("ua.14.mixed", plain.first_page())
    level = 0
    for place, element in enumerate(numbered):
        now = level_of(element.role)
        if not place and now != 1:
            case.error("ua.14.first", element.first_page(), tag=element.role)
        elif now > level + 1:
            case.error("ua.14.skipped", element.first_page(), tag=element.role, before=f"H{level}")
        level = now
    for element in case.tree.elements:
        plain_ones = [kid for kid in element.elements if kid.role == "H"]
        if len(plain_ones) > 1:
            case.error("ua.14.several", plain_ones[1].first_page(), parent=element.kind)


# --- tables


def check_tables(case: Case) -> None:
    """Header cells say what they head (15-003), and rows are of one length (7.5)."""
    for table in case.tree.elements:
        if table.role != "Table":
            continue
        rows = list(_rows(table))
        _check_headers(case, [cell for row in rows for cell in row.elements])
        _check_grid(case, table, rows)


def _rows(table: Element) -> Iterator[Element]:
    for kid in table.elements:
        if kid.role == "TR":
            yield kid
        elif kid.role in ("THead", "TBody", "TFoot"):
            yield from (row for row in kid.elements if row.role == "TR")


def _check_headers(case: Case, cells: list[Element]) -> None:
    classes = case.tree.classes
    heads = [cell for cell in cells if cell.role == "TH"]
    known = {cell.says("/ID") for cell in heads} - {None}
    named: set[str] = set()
    unknown: Element | None = None
    for cell in cells:
        given = cell.attribute("/Table", "/Headers", classes)
        wanted = [words(each) for each in given if is_string(each)] if is_array(given) else []
        named.update(wanted)
        if any(each not in known for each in wanted):
            unknown = unknown or cell
    if unknown is not None:
        case.error("ua.15.headers", unknown.first_page())
    for head in heads:
        scope = name_of(head.attribute("/Table", "/Scope", classes))
        if scope not in _SCOPES and head.says("/ID") not in named:
            case.error("ua.15.scope", head.first_page())


def _check_grid(case: Case, table: Element, rows: list[Element]) -> None:
    """Every place of the grid has one cell (RowSpan and ColSpan counted)."""
    taken: dict[int, set[int]] = {}
    room = _CELLS_MOST
    for at, row in enumerate(rows):
        column = 0
        for cell in row.elements:
            down, across = (_span(cell, key, case.tree.classes) for key in ("/RowSpan", "/ColSpan"))
            while column in taken.get(at, ()):
                column += 1
            room -= down * across
            if room < 0:
                return
            for line in range(at, at + down):
                held = taken.setdefault(line, set())
                if held & set(range(column, column + across)):
                    case.error("ua.15.grid", table.first_page(), row=at + 1)
                    return
                held.update(range(column, column + across))
    lengths = [len(taken.get(at, ())) for at in range(len(rows))]
    if rows and (len(set(lengths)) > 1 or len(taken) > len(rows)):
        wrong = next((at for at, long in enumerate(lengths) if long != lengths[0]), len(rows) - 1)
        case.error("ua.15.grid", table.first_page(), row=wrong + 1)


def _span(cell: Element, key: str, classes: Any) -> int:
    value = cell.attribute("/Table", key, classes)
    return min(max(value, 1), 1000) if isinstance(value, int) else 1


# --- lists and notes


def check_lists(case: Case) -> None:
    """A list with labels says how it is numbered (7.6)."""
    for element in case.tree.elements:
        if element.role != "L":
            continue
        labels = any(
            part.role == "Lbl"
            for item in element.elements
            if item.role == "LI"
            for part in item.elements
        )
        numbering = element.attribute("/List", "/ListNumbering", case.tree.classes)
        if labels and name_of(numbering) in ("", "/None"):
            case.warning("ua.16.numbering", element.first_page())


def check_notes(case: Case) -> None:
    """Every note has an ID of its own (19-003, 19-004)."""
    seen: set[str] = set()
    for element in case.tree.elements:
        if element.role != "Note":
            continue
        name = element.says("/ID")
        if not name:
            case.error("ua.19.id", element.first_page())
        elif name in seen:
            case.error("ua.19.id-twice", element.first_page(), id=name)
        else:
            seen.add(name)


BLOCKS: Final[tuple[Check, ...]] = (
    check_figures,
    check_headings,
    check_tables,
    check_lists,
    check_notes,
)
