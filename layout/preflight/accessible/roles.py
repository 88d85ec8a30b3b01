"""Structure types (ISO 32000-1, 14.8.4): the standard ones, and what others stand for."""

import re
from collections.abc import Mapping
from typing import Any, Final

from layout.preflight.finished.objects import is_dictionary, is_name, name_of

GROUPING: Final = frozenset(
    ("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index",
     "NonStruct", "Private")
)  # fmt: skip
BLOCK: Final = frozenset(
    ("P", "H", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot")
)
INLINE: Final = frozenset(
    ("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB",
     "RT", "RP", "Warichu", "WT", "WP")
)  # fmt: skip
ILLUSTRATION: Final = frozenset(("Figure", "Formula", "Form"))
_STANDARD: Final = GROUPING | BLOCK | INLINE | ILLUSTRATION
_HEADING: Final = re.compile(r"H([1-9]\d?)")
_STEPS_MOST: Final = 100


def is_standard(name: str) -> bool:
    """Whether readers know the type; ISO 14289-1, 7.4.3 allows headings deeper than six."""
    return name in _STANDARD or _HEADING.fullmatch(name) is not None


def level_of(name: str) -> int:
    """The level of a numbered heading; 0 for anything else."""
    found = _HEADING.fullmatch(name)
    return int(found[1]) if found else 0


def read_roles(root: Any) -> Mapping[str, str]:
    """The role map: types and what they stand for, without slashes."""
    held = root.get("/RoleMap")
    if not is_dictionary(held):
        return {}
    return {key[1:]: name_of(held[key])[1:] for key in held if is_name(held[key])}


def role_of(name: str, roles: Mapping[str, str]) -> str:
    """The standard type that a type is or stands for; empty if there is none."""
    for _ in range(_STEPS_MOST):
        if is_standard(name):
            return name
        if name not in roles:
            return ""
        name = roles[name]
    return ""


def is_circular(name: str, roles: Mapping[str, str]) -> bool:
    """Whether a type leads back to itself."""
    seen: set[str] = set()
    while name in roles and not is_standard(name):
        if name in seen:
            return True
        seen.add(name)
        name = roles[name]
    return False
