"""Line adjustment: each line's difference goes to its spaces in the order of JLREQ 3.8.

Reduction: word spaces, (line end, decided by the breaker), middle dots,
brackets and commas, Japanese–Latin gaps, by the priorities of table 3.
Expansion: word spaces, Japanese–Latin gaps up to half an em, all open places
up to a quarter em, then all evenly (table 6).  Sums are exact: a justified
line ends on the measure to the nanometre.
"""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct, field

from layout.inline.breaking import BrokenLine
from layout.inline.items import Complex, Items
from layout.style.model import Align
from layout.units import Length

_TORN = 0.75  # a row shorter than this share of the other is not opened to its length


class Spaces(Protocol):
    """What is needed to know of a line: bodies, the spaces behind them, how these give way."""

    @property
    def widths(self) -> Sequence[Length]: ...
    @property
    def gap(self) -> Sequence[Length]: ...
    @property
    def shrink(self) -> Sequence[Length]: ...
    @property
    def shrink_order(self) -> Sequence[int]: ...
    @property
    def stretch(self) -> Sequence[Length]: ...
    @property
    def stretch_order(self) -> Sequence[int]: ...
    @property
    def invisible(self) -> Sequence[bool]: ...
    def further_within(self, start: int, end: int) -> Sequence[tuple[int, Length, int]]: ...


def place_items(
    items: Items, line: BrokenLine, measure: Length, align: Align, *, last: bool
) -> tuple[Length, ...]:
    """The offset of every item of ``line`` from the line's start."""
    folded = [one for one in items.complexes_within(line.start, line.end) if one.folded]
    if folded:
        return _place_folded(items, line, folded, (measure, align, last))
    return tuple(_place(items, line, measure, align, last))


def _place(
    items: Spaces, line: BrokenLine, measure: Length, align: Align, last: bool
) -> list[Length]:
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
    return places


def _visible_end(items: Spaces, line: BrokenLine) -> int:
    """How many items count: spaces at the line's end do not."""
    end = line.end
    while end > line.start + 1 and items.invisible[end - 1]:
        end -= 1
    return end - line.start


def _aligned(align: Align, short: Length) -> Length:
    if align is Align.CENTRE:
        return short // 2
    return short if align is Align.END else 0


def _share(items: Spaces, start: int, end: int, short: Length) -> list[Length]:
    """The change of each gap from ``start`` to ``end`` (exclusive)."""
    changes = [0] * (end - start)
    if short < 0:
        further = items.further_within(start, end)
        for order in (1, 2, 3, 4, 5, 6):
            room = [
                items.shrink[i] if items.shrink_order[i] == order else 0 for i in range(start, end)
            ]
            for index, more, second in further:
                if second == order:
                    room[index - start] += more
            short += _take(changes, room, -short, -1)
        return changes
    for order in (1, 2, 3):
        room = [
            items.stretch[i] if items.stretch_order[i] == order else 0 for i in range(start, end)
        ]
        short -= _take(changes, room, short, 1)
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


# --- lines with two rows ----------------------------------------------------------------


class _Row(Struct):
    """A line in which each folded part is one body, and a place that opens with its rows."""

    widths: list[Length] = field(default_factory=list)
    gap: list[Length] = field(default_factory=list)
    shrink: list[Length] = field(default_factory=list)
    shrink_order: list[int] = field(default_factory=list)
    stretch: list[Length] = field(default_factory=list)
    stretch_order: list[int] = field(default_factory=list)
    invisible: list[bool] = field(default_factory=list)
    further_shrink: list[tuple[int, Length, int]] = field(default_factory=list)

    def take(self, items: Items, i: int, body: Length) -> None:
        """Item ``i`` and the space behind it, with a body of its own."""
        at = len(self.widths)
        self.further_shrink.extend(
            (at, more, order) for _, more, order in items.further_within(i, i + 1)
        )
        self.widths.append(body)
        self.gap.append(items.gap[i])
        self.shrink.append(items.shrink[i])
        self.shrink_order.append(items.shrink_order[i])
        self.stretch.append(items.stretch[i])
        self.stretch_order.append(items.stretch_order[i])
        self.invisible.append(items.invisible[i])

    def further_within(self, start: int, end: int) -> list[tuple[int, Length, int]]:
        """As ``Items`` have it; a line of this kind is short."""
        return [entry for entry in self.further_shrink if start <= entry[0] < end]

    def fold(self, body: Length, opens: Length) -> None:
        """A folded part: ``opens`` is how far the places of its first row open together."""
        self.widths.append(body)
        self.stretch.append(opens)
        for rest in (self.gap, self.shrink, self.shrink_order):
            rest.append(0)
        self.stretch_order.append(3 if opens else 0)
        self.invisible.append(False)


def _place_folded(
    items: Items, line: BrokenLine, folded: list[Complex], how: tuple[Length, Align, bool]
) -> tuple[Length, ...]:
    """Place a line as if each folded part were one body, then its rows in the room it got."""
    measure, align, last = how
    row, entries = _Row(), []
    i = line.start
    while i < line.end:
        entries.append((i, len(row.widths)))
        one = next((c for c in folded if c.start <= i < c.end), None)
        if one is None:
            row.take(items, i, items.widths[i])
            i += 1
            continue
        end = min(one.end, line.end)
        body = one.extent(i, end, head=False, tail=False)
        row.fold(body, _opens(items, i, one.split(i, end)))
        row.take(items, end - 1, 0)
        i = end
    whole = BrokenLine(0, len(row.widths), line.tail, line.overfull)
    found = _place(row, whole, measure, align, last)
    places: list[Length] = []
    for start, at in entries:
        one = next((c for c in folded if c.start <= start < c.end), None)
        if one is None:
            places.append(found[at])
        else:
            room = found[at + 1] - found[at]
            rows = _rows(items, one, start, min(one.end, line.end), room)
            places.extend(found[at] + place for place in rows)
    return tuple(places)


def _opens(items: Items, start: int, end: int) -> Length:
    return sum(items.stretch[i] for i in range(start, end - 1) if items.stretch_order[i] == 3)


def _rows(items: Items, one: Complex, start: int, end: int, room: Length) -> list[Length]:
    """Two rows in their room: the first fills it, and so does the second if the text goes on."""
    behind = one.split(start, end)
    first, second = (_natural(items, start, behind), _natural(items, behind, end))
    goal = room
    if end == one.end or second < _TORN * room:
        goal = second + (room - first) * second // first if first else second
    lines = ((BrokenLine(start, behind, 0, False), room), (BrokenLine(behind, end, 0, False), goal))
    places: list[Length] = []
    for line, length in lines:
        if line.start < line.end:
            places.extend(_place(items, line, length, Align.JUSTIFY, False))
    return places


def _natural(items: Items, start: int, end: int) -> Length:
    if start == end:
        return 0
    behind = start + _visible_end(items, BrokenLine(start, end, 0, False))
    return sum(items.widths[start:behind]) + sum(items.gap[start : behind - 1])
