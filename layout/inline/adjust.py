"""Line adjustment: each line's difference goes to its spaces in the order of JLREQ 3.8.

Reduction: word spaces, (line end, decided by the breaker), middle dots,
brackets and commas, Japanese–Latin gaps, by the priorities of table 3.
Expansion: word spaces, Japanese–Latin gaps up to half an em, all open places
up to a quarter em, then all evenly (table 6).  Sums are exact: a justified
line ends on the measure to the nanometre.
"""

from layout.inline.breaking import BrokenLine
from layout.inline.items import Items
from layout.style.model import Align
from layout.units import Length

_QUARTER = 0.25


def place_items(
    items: Items, line: BrokenLine, measure: Length, align: Align, *, last: bool
) -> tuple[Length, ...]:
    """The offset of every item of ``line`` from the line's start."""
    gaps = list(items.gap[line.start : line.end - 1])
    behind = _visible_end(items, line)
    widths = items.widths[line.start : line.end]
    natural = sum(widths[:behind]) + sum(gaps[: behind - 1]) + line.tail
    short = measure - natural
    if align is Align.JUSTIFY and not (last and short > 0):
        changes = _share(items, line.start, line.start + behind - 1, short)
    elif align is Align.EVEN and behind > 1:
        changes = _evenly([1] * (behind - 1), short)
    else:
        changes = []
    for i, change in enumerate(changes):
        gaps[i] += change
    offset = _aligned(align, short)
    places = []
    for i, body in enumerate(widths):
        places.append(offset)
        offset += body + (gaps[i] if i < len(gaps) else 0)
    return tuple(places)


def _visible_end(items: Items, line: BrokenLine) -> int:
    """How many items count: spaces at the line's end do not."""
    end = line.end
    while end > line.start + 1 and items.invisible[end - 1]:
        end -= 1
    return end - line.start


def _aligned(align: Align, short: Length) -> Length:
    if align is Align.CENTRE:
        return short // 2
    return short if align is Align.END else 0


def _share(items: Items, start: int, end: int, short: Length) -> list[Length]:
    """The change of each gap from ``start`` to ``end`` (exclusive)."""
    changes = [0] * (end - start)
    if short < 0:
        for order in (1, 2, 3, 4, 5, 6):
            room = [
                items.shrink[i] if items.shrink_order[i] == order else 0 for i in range(start, end)
            ]
            for index, more, second in items.further_shrink:
                if second == order and start <= index < end:
                    room[index - start] += more
            short += _take(changes, room, -short, -1)
        return changes
    for order in (1, 2):
        room = [
            items.stretch[i] if items.stretch_order[i] == order else 0 for i in range(start, end)
        ]
        short -= _take(changes, room, short, 1)
    quarter = [
        round(items.ems[i] * _QUARTER) if items.stretch_order[i] == 3 else 0
        for i in range(start, end)
    ]
    short -= _take(changes, quarter, short, 1)
    if short > 0:
        open_places = [1 if items.stretch_order[i] >= 2 else 0 for i in range(start, end)]
        for i, more in enumerate(_evenly(open_places, short)):
            changes[i] += more
    return changes


def _take(changes: list[Length], room: list[Length], wanted: Length, sign: int) -> Length:
    """Use ``room`` in proportion for what is ``wanted``; returns what was used."""
    total = sum(room)
    used = min(total, wanted)
    if used <= 0:
        return 0
    given = 0
    seen = 0
    for i, part in enumerate(room):
        if part:
            seen += part
            upto = used * seen // total
            changes[i] += sign * (upto - given)
            given = upto
    return used


def _evenly(weights: list[int], amount: Length) -> list[Length]:
    """``amount`` in equal whole parts over the places of weight 1, remainders spread."""
    places = sum(weights)
    if not places:
        return [0] * len(weights)
    out, given, seen = [], 0, 0
    for weight in weights:
        seen += weight
        upto = amount * seen // places
        out.append(upto - given)
        given = upto
    return out
