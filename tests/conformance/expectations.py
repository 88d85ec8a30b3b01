"""What the tables of JLREQ demand, straight from their data (tests/data/jlreq).

Nothing here knows the engine.  Sizes are in ems.
"""

import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
LINE_END = "line_end"
TABLES = {
    "jlreq": "reduction",
    "jisx4051": "reduction_jisx4051",
    "book": "reduction_book_practice",
}
WORD_SPACE = 26
# JLREQ 3.2.3, 3.8.3 a, 3.8.4 a: a word space is a third of an em, a quarter to a half.
SPACE_NATURAL, SPACE_LEAST, SPACE_MOST = Fraction(1, 3), Fraction(1, 4), Fraction(1, 2)
HALF_BODIES = {
    1: Fraction(1, 2), 2: Fraction(0), 5: Fraction(1, 4), 6: Fraction(0), 7: Fraction(0),
    28: Fraction(1, 2), 29: Fraction(0),
}  # fmt: skip
"""Classes of half-em bodies (3.1.2), and where in the em the body begins."""

PROPORTIONAL = (24, 25, 26, 27)
BY_ADVANCE = (20, 21, *PROPORTIONAL)
NOTE = Fraction(1, 2)
"""The warichu of the suite has two characters of half size, one over the other."""


@dataclass(frozen=True)
class Token:
    """What is typed for a class: markup, and the base characters that appear."""

    markup: str
    shown: str
    kind: int

    @property
    def units(self) -> list[tuple[str, int]]:
        """The bodies: each a character (tate-chu-yoko: all of it) with its class."""
        if self.kind == 30:
            return [(self.shown, 30)]
        if self.kind == 28:
            return [(self.shown[0], 28), (self.shown[1], 29)]
        return [(char, self.kind) for char in self.shown]

    @property
    def last(self) -> int:
        """The class it ends with: a warichu is its two brackets."""
        return self.units[-1][1]


def token(text: str, kind: int) -> Token:
    """Plain text as a token."""
    return Token(text, text, kind)


_PLAIN = {
    1: "「", 2: "」", 3: "〜", 4: "？", 5: "・", 6: "。", 7: "、", 8: "…", 9: "々", 10: "ー",
    11: "っ", 12: "￥", 13: "％", 14: "\u3000", 15: "あ", 16: "ア", 17: "＝", 18: "＋", 19: "国",
    21: "y²", 24: "365", 25: "km", 26: " ", 27: "min",
}  # fmt: skip
_MARKED = {
    20: Token("[^1]", "1", 20),
    22: Token("｜国《くに》", "国", 22),
    23: Token("｜国民《こく・みん》", "国民", 23),
    28: Token("（［［注記］］）", "（）", 28),
    30: Token("^25^", "25", 30),
}
KANJI = token("国", 19)
START = token("始", 19)


def representative(kind: int) -> Token:
    """One token of a class."""
    kind = 28 if kind == 29 else kind
    return _MARKED[kind] if kind in _MARKED else token(_PLAIN[kind], kind)


def classes(mode: str) -> list[int]:
    """The classes that can be typed; tate-chu-yoko exists in vertical lines only."""
    found = sorted({*_PLAIN, *_MARKED, 29})
    return [kind for kind in found if kind != 30 or mode == "vertical"]


def expressible(before: int, after: int) -> str:
    """Why a pair cannot be typed, or an empty string."""
    if after == 25 and before != 24:
        return "letters are a unit symbol (cl-25) only behind a number"
    if before == 25 and after in (21, 24, 27, 30):
        return "digits or letters that touch a unit symbol make a word of it"
    if {before, after} <= {21, 24, 27} and (before != after or before == 21):
        return "letters and digits that touch are one word (cl-27)"
    if before == after == 14 or before == after == 26:
        return "runs of spaces do not occur in running text"
    if {before, after} == {14, 26}:
        return "runs of spaces do not occur in running text"
    return ""


def fence(before: int) -> list[Token]:
    """What stands before the first of a pair: a kanji, and a number where a unit needs one."""
    return [START, KANJI, representative(24)] if before == 25 else [START, KANJI]


# --- tables ---------------------------------------------------------------------------


@cache
def table(name: str) -> dict[str, dict[str, Any]]:
    """The cells of one table."""
    found = json.loads((DATA / "jlreq" / f"{name}.json").read_text("utf-8"))["cells"]
    assert isinstance(found, dict)
    return found


def cell(name: str, before: int | str, after: int | str) -> Any:
    """One cell; cl-17 and cl-18 (not in the tables) are read as cl-19."""
    return table(name).get(_key(before), {}).get(_key(after), "")


def _key(kind: int | str) -> str:
    if isinstance(kind, str):
        return kind
    return f"cl-{19 if kind in (17, 18) else kind:02}"


_NOTES = {"n. 3": Fraction(1, 2), "n. 5": Fraction(3, 4), "n. 12": Fraction(1, 4)}


def space(before: int, after: int) -> Fraction:
    """Table 1: the space between two bodies; overhang and kinsoku notes set none."""
    value = str(cell("spacing", before, after)).removesuffix(" hang")
    if value in _NOTES:
        return _NOTES[value]
    if value.endswith((" be", " af")):
        return Fraction(value.split()[0])
    return Fraction(0)


def shares(before: int, after: int) -> tuple[Fraction, Fraction]:
    """Table 1: the space between two bodies, by the size of the first and of the second."""
    value = str(cell("spacing", before, after)).removesuffix(" hang")
    if value in ("n. 3", "n. 5"):  # the middle dot has its own quarter
        return space(before, after) - Fraction(1, 4), Fraction(1, 4)
    whole = space(before, after)
    return (
        (Fraction(0), whole) if value == "n. 12" or value.endswith("af") else (whole, Fraction(0))
    )


def end_spaces(kind: int) -> tuple[Fraction, ...]:
    """Table 1, notes 2, 4, 6: what may follow a body at a line's end."""
    note = cell("spacing", kind, LINE_END)
    if note in ("n. 2", "n. 6"):
        return Fraction(1, 2), Fraction(0)
    return (Fraction(1, 4), Fraction(0)) if note == "n. 4" else (Fraction(0),)


def may_break(before: int, after: int) -> bool:
    """Table 2 with strict kinsoku.

    Notes 6, 7, 8 and 13 hold inside one complex only, and two tokens are two;
    notes 4, 5 and 9 to 12 hold together what stands in the pair.
    """
    value = cell("break_opportunity", before, after)
    return value in ("", "n. 6", "n. 7", "n. 8", "n. 13")


# --- adjustment -----------------------------------------------------------------------

Room = list[tuple[int, Fraction]]
"""What a gap can give or take: (priority, amount) in rising order."""


def reducible(name: str, before: int, after: int) -> Room:
    """Tables 3 to 5: by how much a gap can shrink, and when."""
    value = cell(name, before, after)
    natural = space(before, after)
    if not isinstance(value, dict) or not natural:
        return []
    text, priority = value["value"], value["priority"]
    if text == "n. 2":
        return [(priority, Fraction(1, 4))]
    if text == "n. 3":  # the middle dot's quarter first, then the comma's half
        return [(priority, Fraction(1, 4)), (priority + 1, Fraction(1, 2))]
    least = text.replace("=", "-").partition("-")[2]
    return [(priority, natural - Fraction(least or 0))]


def expandable(before: int, after: int) -> tuple[Room, bool]:
    """Table 6: by how much a gap opens and when, and whether it takes part in the even rest."""
    value = cell("expansion", before, after)
    if not isinstance(value, dict):
        return [], False
    text, priority = value["value"], value["priority"]
    if text.startswith("n.") and text not in ("n. 6", "n. 7", "n. 12"):
        return [], False  # inseparable pairs, inside words and numbers
    if priority == 4:
        return [], True
    most = Fraction(text.rpartition("-")[2] if not text.startswith("n.") else "1/4")
    return [(priority, most - space(before, after))], True


@dataclass(frozen=True)
class Gap:
    """A place of a line: natural space, what it can give and take, and its share of the rest."""

    natural: Fraction
    shrink: Room
    stretch: Room
    shares: bool


def gaps_of(units: list[tuple[str, int]], reduction: str) -> list[Gap]:
    """The gaps between bodies that show; a word space is part of the one gap it makes."""
    out: list[Gap] = []
    for i in range(len(units) - 1):
        before, after = units[i][1], units[i + 1][1]
        if before == WORD_SPACE:
            continue
        if after == WORD_SPACE:
            out.append(_word_gap(before, units[i + 2][1], reduction))
            continue
        stretch, shares = expandable(before, after)
        if units[i][0] == units[i + 1][0] == "…":
            stretch, shares = [], False
        if before == after and units[i][0] + units[i + 1][0] in ("国民", "y²"):
            stretch, shares = [], False  # inside one complex of cl-23 or cl-21
        if (before, after) == (28, 29):  # the note itself
            out.append(Gap(NOTE, [], [], False))
            continue
        if before == after and before in (24, 25, 27):
            stretch, shares = [], False
        out.append(Gap(space(before, after), reducible(reduction, before, after), stretch, shares))
    return out


def _word_gap(before: int, after: int, reduction: str) -> Gap:
    natural = space(before, WORD_SPACE) + SPACE_NATURAL + space(WORD_SPACE, after)
    shrink = [(1, SPACE_NATURAL - SPACE_LEAST)]
    shrink += reducible(reduction, before, WORD_SPACE) + reducible(reduction, WORD_SPACE, after)
    return Gap(natural, shrink, [(1, SPACE_MOST - SPACE_NATURAL)], True)


def adjusted(gaps: list[Gap], difference: float) -> list[float]:
    """Every gap when the line is changed by ``difference`` (negative: reduced), 3.8.3 and 3.8.4.

    Inside one priority all places give in the same ratio.
    """
    out = [float(gap.natural) for gap in gaps]
    rooms = [gap.shrink if difference < 0 else gap.stretch for gap in gaps]
    sign = -1 if difference < 0 else 1
    left = abs(difference)
    for priority in sorted({p for room in rooms for p, _ in room}):
        own = [float(sum(a for p, a in room if p == priority)) for room in rooms]
        used = min(left, sum(own))
        for i, amount in enumerate(own):
            out[i] += sign * used * amount / sum(own)
        left -= used
    if difference > 0 and left > 1e-9:
        places = [i for i, gap in enumerate(gaps) if gap.shares]
        for i in places:
            out[i] += left / len(places)
    return out


def level_rooms(gaps: list[Gap], kind: str) -> dict[int, float]:
    """The sum of what each priority can give (``shrink``) or take (``stretch``)."""
    found: dict[int, float] = {}
    for gap in gaps:
        for priority, amount in getattr(gap, kind):
            found[priority] = found.get(priority, 0.0) + float(amount)
    return dict(sorted(found.items()))


@cache
def _listed() -> dict[str, int]:
    rows = json.loads((DATA / "jlreq" / "character_classes.json").read_text("utf-8"))["classes"]
    found: dict[str, int] = {}
    for name, entry in rows.items():
        number = int(name[3:])
        if number in (20, 21, 22, 23, 25, 28, 29, 30):
            continue
        for item in entry["chars"]:
            found.setdefault(item["char"], number)
    return found


def listed(*kinds: int) -> list[str]:
    """The single characters that are listed in some classes."""
    rows = json.loads((DATA / "jlreq" / "character_classes.json").read_text("utf-8"))["classes"]
    found = [item["char"] for kind in kinds for item in rows[f"cl-{kind:02}"]["chars"]]
    return list(dict.fromkeys(char for char in found if len(char) == 1))


# Notes 1 to 3 of table 2: which of cl-09, cl-10 and cl-11 may begin a line.
MAY_BEGIN = {"strict": (), "normal": (11,), "loose": (9, 10, 11)}


def listed_class(char: str) -> int:
    """The class a character is listed in (appendix A); ideographs and the unlisted are cl-19."""
    if char.isascii():
        return 24 if char.isdigit() else 27
    return _listed().get(char, 19)


# --- orientation ----------------------------------------------------------------------


@cache
def _orientations() -> list[tuple[int, int, str]]:
    rows = json.loads((DATA / "vertical_orientation.json").read_text("utf-8"))["ranges"]
    return [(int(a, 16), int(b, 16), value) for a, b, value in rows]


def orientation(char: str) -> str:
    """UAX #50 Vertical_Orientation: U, Tu, Tr, or R where the data is silent."""
    code = ord(char)
    return next((value for a, b, value in _orientations() if a <= code <= b), "R")


@cache
def orientation_blocks() -> list[tuple[str, int, int]]:
    """The blocks of Japanese text that are judged: name, first, last."""
    rows = json.loads((DATA / "vertical_orientation.json").read_text("utf-8"))["blocks"]
    return [(name, int(a, 16), int(b, 16)) for name, a, b in rows]
