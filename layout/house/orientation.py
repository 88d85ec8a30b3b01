"""How characters stand in vertical lines: Vertical_Orientation of all of Unicode (UAX #50).

U stands upright, R lies on its side; Tu and Tr want a glyph of their own and
stand or lie where a font has none.
"""

import json
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Final

UPRIGHT: Final = "U"
ROTATED: Final = "R"
TRANSFORMED_ROTATED: Final = "Tr"
_DATA: Final = Path(__file__).parent / "data" / "orientation.json"


@cache
def _ranges() -> tuple[list[int], list[tuple[int, str]]]:
    """First characters of the ranges, and each range's last character and value."""
    rows = json.loads(_DATA.read_text(encoding="utf-8"))["ranges"]
    return [int(row[0], 16) for row in rows], [(int(row[1], 16), row[2]) for row in rows]


@cache
def orientation(char: str) -> str:
    """``U``, ``R``, ``Tu`` or ``Tr``; what the data do not name is R (UAX #50, 3.2)."""
    starts, values = _ranges()
    index = bisect_right(starts, ord(char)) - 1
    if index < 0 or ord(char) > values[index][0]:
        return ROTATED
    return values[index][1]


def lies(char: str) -> bool:
    """Whether a character is set on its side where the font has no vertical glyph for it."""
    return orientation(char) in (ROTATED, TRANSFORMED_ROTATED)
