"""Structure types: what they stand for, and what may lie in what (checkpoints 02 and 09)."""

from collections.abc import Sequence
from typing import Final

from layout.preflight.accessible.case import Case, Check
from layout.preflight.accessible.roles import is_circular, is_standard
from layout.preflight.accessible.tree import Element

_CODES: Final = {
    "Table": "ua.09.table", "THead": "ua.09.table", "TBody": "ua.09.table",
    "TFoot": "ua.09.table", "TR": "ua.09.table", "TH": "ua.09.table", "TD": "ua.09.table",
    "L": "ua.09.list", "LI": "ua.09.list", "LBody": "ua.09.list",
    "TOC": "ua.09.toc", "TOCI": "ua.09.toc",
    "Ruby": "ua.09.ruby", "RB": "ua.09.ruby", "RT": "ua.09.ruby", "RP": "ua.09.ruby",
    "Warichu": "ua.09.warichu", "WT": "ua.09.warichu", "WP": "ua.09.warichu",
}  # fmt: skip
_KIDS: Final = {
    "Table": ("TR", "THead", "TBody", "TFoot", "Caption"),
    "THead": ("TR",), "TBody": ("TR",), "TFoot": ("TR",), "TR": ("TH", "TD"),
    "L": ("L", "LI", "Caption"), "LI": ("Lbl", "LBody"),
    "TOC": ("TOC", "TOCI", "Caption"), "TOCI": ("Lbl", "Reference", "P", "TOC"),
    "Ruby": ("RB", "RT", "RP"), "Warichu": ("WT", "WP"),
}  # fmt: skip
"""What lies right inside (ISO 32000-1, tables 333 and 336 to 338)."""
_BARE: Final = ("Table", "THead", "TBody", "TFoot", "TR", "L", "LI", "TOC", "Ruby", "Warichu")
"""Elements whose content lies in their parts, never right inside."""
_PARENTS: Final = {
    "THead": ("Table",), "TBody": ("Table",), "TFoot": ("Table",),
    "TR": ("Table", "THead", "TBody", "TFoot"), "TH": ("TR",), "TD": ("TR",),
    "LI": ("L",), "LBody": ("LI",), "TOCI": ("TOC",),
    "RB": ("Ruby",), "RT": ("Ruby",), "RP": ("Ruby",), "WT": ("Warichu",), "WP": ("Warichu",),
}  # fmt: skip
_ORDERS: Final = {
    "Ruby": ("ua.09.ruby-order", (["RB", "RT"], ["RB", "RP", "RT", "RP"])),
    "Warichu": ("ua.09.warichu-order", (["WT"], ["WP", "WT", "WP"])),
}


def check_roles(case: Case) -> None:
    """Every type is one that readers know, or leads to one (02-001, 02-003, 02-004)."""
    roles = case.tree.roles
    for name, stands in roles.items():
        if is_standard(name) and stands != name:
            case.error("ua.02.standard", tag=name, role=stands)
        elif is_circular(name, roles):
            case.error("ua.02.circular", tag=name)
    for element in case.tree.elements:
        if element.kind and not element.role and not is_circular(element.kind, roles):
            case.error("ua.02.unknown", element.first_page(), tag=element.kind)


def check_nesting(case: Case) -> None:
    """Parts of tables, lists, contents, ruby and warichu lie where they belong."""
    for element in case.tree.elements:
        role = element.role
        kids = [kid.role for kid in element.elements]
        if role in _KIDS:
            _look_inside(case, element, kids)
        above = element.above.role if element.above is not None else ""
        if role in _PARENTS and above not in _PARENTS[role] and role not in _KIDS.get(above, ()):
            if above in _KIDS:
                continue  # told from above
            case.error(_CODES[role], element.first_page(), parent=above or "—", kid=role)


def _look_inside(case: Case, element: Element, kids: Sequence[str]) -> None:
    role, page = element.role, element.first_page()
    for kid in dict.fromkeys(kids):
        if kid and kid not in _KIDS[role]:
            case.error(_CODES[role], page, parent=role, kid=kid)
    if "Caption" in kids:
        last = len(kids) - 1
        places = (0, last) if role == "Table" else (0,)
        found = [at for at, kid in enumerate(kids) if kid == "Caption"]
        if len(found) > 1 or found[0] not in places:
            case.error("ua.09.caption", page, parent=role)
    bare = role in _BARE and any(True for _ in element.contents)
    if bare:
        case.error(_CODES[role], page, parent=role, kid="—")
    if role == "Table":
        _look_at_table(case, kids, page)
    elif not bare and role in _ORDERS and set(kids) <= set(_KIDS[role]):
        code, orders = _ORDERS[role]
        if list(kids) not in orders:
            case.error(code, page, parts=" ".join(kids) or "—")


def _look_at_table(case: Case, kids: Sequence[str], page: int) -> None:
    """One head and one foot at most, and a body beside them."""
    heads, feet = kids.count("THead"), kids.count("TFoot")
    if heads > 1 or feet > 1 or ((heads or feet) and "TBody" not in kids):
        case.error("ua.09.table-parts", page)


NESTING: Final[tuple[Check, ...]] = (check_roles, check_nesting)
