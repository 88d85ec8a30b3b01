"""Character classes cl-01 … cl-30 for all of Unicode (JLREQ 3.9.2, appendix A).

A listed character has the class of its list; one that stands in several lists
has the Japanese one.  Everything else falls into a class by block and East
Asian width, so no character is without a class.
"""

import unicodedata
from functools import cache

from layout.house.orientation import UPRIGHT, orientation
from layout.house.rules import (
    CLOSING,
    HIRAGANA,
    IDEOGRAPH,
    IDEOGRAPHIC_SPACE,
    KATAKANA,
    NUMERAL,
    OPENING,
    UNIT,
    WESTERN,
    WORD_SPACE,
    _read,
    class_number,
)

# Half-width forms stand for the full-width ones (Unicode NFKC); FF9E and FF9F
# are voicing marks that may not begin a line, like small kana.
_HALF_WIDTH = {"｢": OPENING, "｣": CLOSING, "､": 7, "｡": 6, "･": 5, "ｰ": 10, "ﾞ": 11, "ﾟ": 11}
_SMALL_HALF_WIDTH = "ｧｨｩｪｫｬｭｮｯ"
# Wave dash and its Microsoft twin, horizontal bar and box rule used as dashes.
_TWINS = {"～": "〜", "―": "—", "─": "—", "－": "－", "‑": "‐", "⋯": "…"}


@cache
def _listed() -> dict[str, int]:
    """Every listed single character with its class; Japanese lists win."""
    table: dict[str, int] = {}
    for name, entry in _read("jlreq/character_classes.json")["classes"].items():
        number = class_number(name)
        for item in entry["chars"]:
            char = item["char"]
            if len(char) == 1:
                _enter(table, char, number)
    table["\u3000"] = IDEOGRAPHIC_SPACE
    table[" "] = table["\u00a0"] = WORD_SPACE
    table.update(_HALF_WIDTH)
    table.update(dict.fromkeys(_SMALL_HALF_WIDTH, 11))
    for twin, original in _TWINS.items():
        table.setdefault(twin, table.get(original, IDEOGRAPH))
    return table


def _enter(table: dict[str, int], char: str, number: int) -> None:
    """A character already listed keeps its class unless that is only Western or contextual."""
    if number in (20, 21, 22, 23, UNIT, 28, 29, 30):
        return  # contextual: set by markup, never by the character alone
    if number == NUMERAL and not char.isdigit():
        return
    if number == WESTERN and char in table:
        return
    if char in table and table[char] not in (WESTERN,):
        return
    table[char] = number


@cache
def character_class(char: str) -> int:
    """The class number of one character on its own, 1…30."""
    found = _listed().get(char)
    if found is not None:
        return found
    code = ord(char)
    if 0x3041 <= code <= 0x309F or 0x1B001 <= code <= 0x1B11E:
        return HIRAGANA
    if 0x30A0 <= code <= 0x30FF or 0xFF66 <= code <= 0xFF9D or 0x1B120 <= code <= 0x1B16F:
        return KATAKANA
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return _wide_class(char)
    if code >= 0x2E80 and unicodedata.category(char) in ("Lo", "So"):
        return IDEOGRAPH
    if code >= 0x2190 and unicodedata.category(char) in ("So", "Sm", "No"):
        return IDEOGRAPH
    return IDEOGRAPH if orientation(char) == UPRIGHT else WESTERN


@cache
def unit_symbols() -> frozenset[str]:
    """What is a unit symbol (cl-25) behind a number."""
    return frozenset(_read("units.json")["symbols"])


def _wide_class(char: str) -> int:
    category = unicodedata.category(char)
    if category == "Ps":
        return OPENING
    return CLOSING if category == "Pe" else IDEOGRAPH
