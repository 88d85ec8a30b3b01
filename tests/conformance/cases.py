"""The paragraphs of the suite, made from the tables."""

from collections.abc import Sequence

from tests.conformance.expectations import (
    KANJI,
    PROPORTIONAL,
    START,
    TABLES,
    WORD_SPACE,
    Token,
    classes,
    end_spaces,
    expressible,
    fence,
    gaps_of,
    level_rooms,
    representative,
    token,
)
from tests.conformance.judge import Case

Widths = dict[str, float]
"""The length in ems of each token whose bodies are proportional, by what it shows."""

HAIR = 0.0005  # ems: a line at its very limit must not fail by a rounding
LONG = token("mmmmmmmmmmmm", 27)  # a word that goes to the next line whole
WEB, SPACE = representative(27), representative(WORD_SPACE)


def pairs(mode: str) -> list[tuple[int, int]]:
    """All pairs of classes that can be typed."""
    known = classes(mode)
    return [
        (a, b) for a in known for b in known
        if a != 28 and b != 29 and not expressible(a, b)
    ]  # fmt: skip


def _label(before: int, after: int) -> str:
    return f"cl-{before:02}×cl-{after:02}"


def spacing(mode: str) -> list[Case]:
    """Table 1, in mid-line."""
    out = []
    for a, b in pairs(mode):
        head = fence(a)
        table = "mathematics" if {a, b} & {17, 18} else "spacing"
        tokens = [*head, representative(a), representative(b), KANJI]
        out.append(Case(table, mode, _label(a, b), tokens, len(head) + 1))
    return out


def natural_length(tokens: Sequence[Token], widths: Widths) -> float:
    """The length of a line as the tables set it, without the space at its end."""
    units = [unit for t in tokens for unit in t.units]
    gaps = sum(float(gap.natural) for gap in gaps_of(units, "reduction"))
    return gaps + sum(_length(t, widths) for t in tokens)


def _length(t: Token, widths: Widths) -> float:
    if t.kind == WORD_SPACE:
        return 0.0  # part of its gap
    if t.shown in widths:
        return widths[t.shown]
    if t.kind in (1, 2, 5, 6, 7, 28):
        return 0.5 * len(t.shown)
    return 1.0 if t.kind == 30 else float(len(t.shown))


def breaks(mode: str, widths: Widths) -> list[Case]:
    """Table 2: a measure that ends exactly behind the first of each pair."""
    out = []
    for a, b in pairs(mode):
        head = [*fence(a), KANJI, KANJI] if a != 25 else fence(a)
        tokens = [*head, representative(a), representative(b), KANJI, KANJI]
        at = len(head) + 1
        measured = tokens[: at - 1] if a == WORD_SPACE else tokens[:at]
        measure = natural_length(measured, widths)
        out.append(Case("break", mode, _label(a, b), tokens, at, measure))
    return out


def ends(mode: str, widths: Widths) -> list[Case]:
    """Table 1, line end: with the space behind the last body, and solid."""
    out = []
    for kind in classes(mode):
        if kind in (1, 12, 14, WORD_SPACE, 25, 28):
            continue
        tokens = [START, KANJI, KANJI, KANJI, KANJI, representative(kind)]
        length = natural_length(tokens, widths)
        for tail in end_spaces(kind):
            extra = 15.0  # a lead so long that the following word never fits beside it
            lead = [KANJI] * int(extra)
            name = f"cl-{kind:02} {'with ' + str(tail) + ' em' if tail else 'solid'}"
            behind = [SPACE, LONG] if kind in (21, *PROPORTIONAL) else [LONG]
            case = Case(
                "end", mode, name, [START, *lead, *tokens[1:]], 0,
                length + extra + float(tail), float(tail), follow=[*behind, KANJI, KANJI, KANJI],
            )  # fmt: skip
            out.append(case)
    return out


def _references() -> list[Token]:
    """A bracket's, a comma's, a middle dot's and Latin gaps, and a word space."""
    comma, dot = representative(7), representative(5)
    return [KANJI, comma, KANJI, dot, KANJI, WEB, SPACE, WEB, KANJI]


def _adjusting(
    mode: str, widths: Widths, table: str, reduction: str, kind: str, spare: float
) -> list[Case]:
    """Each pair in a line with references, changed up to half its own level, and to its limit."""
    out = []
    sign = -1.0 if kind == "shrink" else 1.0
    for a, b in pairs(mode):
        if {a, b} & {17, 18}:
            continue
        head = fence(a)
        tokens = [*head, representative(a), representative(b), *_references()]
        units = [unit for t in tokens for unit in t.units]
        gaps = gaps_of(units, reduction)
        rooms = level_rooms(gaps, kind)
        own = _own_levels(gaps, tokens, len(head) + 1, kind)
        length = natural_length(tokens, widths)
        for name, amount in _amounts(rooms, own, spare):
            change = sign * amount
            follow = [] if kind == "shrink" else [LONG]
            label = f"{_label(a, b)} {name}"
            out.append(
                Case(
                    table,
                    mode,
                    label,
                    tokens,
                    len(head) + 1,
                    length + change,
                    change,
                    reduction,
                    follow,
                )
            )
    return out


def _own_levels(gaps: list, tokens: Sequence[Token], at: int, kind: str) -> list[int]:
    """The priorities of the judged gap."""
    units = [u for t in tokens[:at] for u in t.units if u[1] != WORD_SPACE]
    room = getattr(gaps[len(units) - 1], kind)
    return [priority for priority, amount in room if amount]


def _amounts(rooms: dict[int, float], own: list[int], spare: float) -> list[tuple[str, float]]:
    """Named amounts: half of the pair's last level, all of it; else all there is and ``spare``."""
    if not own:
        return [("fixed", sum(rooms.values()) + spare - HAIR)]
    below = sum(amount for priority, amount in rooms.items() if priority < own[-1])
    return [("half", below + rooms[own[-1]] / 2), ("limit", below + rooms[own[-1]] - HAIR)]


def reductions(mode: str, widths: Widths, option: str) -> list[Case]:
    """Tables 3, 4 and 5."""
    number = list(TABLES).index(option) + 3
    return _adjusting(mode, widths, f"reduction table {number}", TABLES[option], "shrink", 0.0)


def expansions(mode: str, widths: Widths) -> list[Case]:
    """Table 6; fixed pairs and those that share the rest are opened beyond all limits."""
    return _adjusting(mode, widths, "expansion table 6", "reduction", "stretch", 0.9)


LONG_READINGS = {
    22: Token("｜国《うけたま》", "国", 22),
    23: Token("｜国民《うけた・まわり》", "国民", 23),
}


def overhangs(mode: str) -> list[Case]:
    """Table 1, hang: readings longer than their base beside each class."""
    out = []
    for kind, ruby in LONG_READINGS.items():
        for other in classes(mode):
            if other in (22, 23, WORD_SPACE):
                continue
            beside = representative(other)
            before, after = _label(other, kind), _label(kind, other)
            if other != 28:
                head = fence(other)
                tokens = [*head, beside, ruby, KANJI]
                out.append(Case("overhang", mode, before, tokens, len(head) + 1))
            if other not in (25, 29):
                tokens = [START, KANJI, ruby, beside, KANJI]
                out.append(Case("overhang", mode, after, tokens, 3))
    return out
