"""Total-fit line breaking over flat arrays.

Like Knuth and Plass: every feasible line is a step, the cheapest path is the
paragraph.  Costs follow JLREQ 3.8: closing a line (追い込み) comes before
opening it (追い出し) when both are as far, hard-squeezed punctuation and opened
characters grow quickly dear, and a tight line beside a loose one costs more
than either.  Nodes are keyed by position and line number where measures vary,
so wrap-around stays optimal.
"""

from collections.abc import Callable, Iterable
from itertools import accumulate
from operator import add, sub
from typing import Final, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from layout.inline.items import ALWAYS, NEVER, Items
from layout.units import Length

SHRINK_COST: Final = 60.0  # for the square of the share a line gives up of what it can
SQUEEZE_COST: Final = 140.0  # and for its sixth power: nearly solid punctuation shows
OPEN_COST: Final = 100.0  # a line opened by OPEN_UNIT between its characters
OPEN_UNIT: Final = 0.05
WESTERN_COST: Final = 25.0  # Japanese–Latin gaps opened to their limit
NEIGHBOUR_COST: Final = 14.0  # for the square of the difference to the line before
RAGGED_COST: Final = 1.0  # for the square of the ems a ragged line falls short
SHORT_LAST_COST: Final = 4000.0
LINE_COST: Final = 2.0
AVOIDED: Final = 300  # breaks of such a cost are taken only where lines would be torn instead
TOLERANCES: Final = (0.06, 0.15, 1e9)
_OVERFULL_COST: Final = 1e7
_ENDLESS: Final = float("inf")
_CLOSING_CLASSES: Final = frozenset((2, 4, 6, 7))


Number = TypeVar("Number", int, float)


class BrokenLine(NamedTuple):
    """Items ``start`` to ``end`` (exclusive) on one line; ``tail`` is the space behind the last.

    A negative tail hangs the last body outside the measure (ぶら下げ).
    """

    start: int
    end: int
    tail: Length
    overfull: bool


class Breaking(Struct, frozen=True):
    """How a paragraph may be broken.

    ``measure(line)`` is the room of a line, from 0; from line ``steady`` on it
    is the same.  ``justify`` tells whether lines can stretch and shrink.
    ``looseness`` asks for so many lines more or fewer than the best number.
    """

    measure: Callable[[int], Length]
    steady: int
    justify: bool
    hanging: bool = False
    looseness: int = 0


class _Node(Struct):
    position: int
    line: int
    cost: float
    fit: float
    before: "_Node | None"
    tail: Length
    overfull: bool


class _Ahead(NamedTuple):
    """What the lines can take within one tolerance (prefix sums), and the bounds of those sums.

    ``loose`` is the least that any line beginning with an item or behind it leaves
    over after all that it can take, ``tight`` the least before it gives anything;
    both but for what all such lines have in common.
    """

    takes: list[float]
    loose: list[float]
    tight: list[int]


class _Sums(Struct, frozen=True):
    """Prefix sums: any line's figures are two look-ups.

    ``heads`` are the natural ones for lines that begin with an item, ``known`` the
    bounds by tolerance.
    """

    natural: list[int]
    heads: list[int]
    shrink: list[int]
    western: list[int]
    open_ems: list[int]
    last: list[int]  # the last visible item of a line that ends before an item
    gap: tuple[Length, ...]
    edges: "_Edges | None"
    known: dict[float, _Ahead]

    def ahead(self, tolerance: float) -> _Ahead:
        """The bounds within a tolerance: made once, however many stretches the text has."""
        if tolerance not in self.known:
            takes = [w + tolerance * o for w, o in zip(self.western, self.open_ems, strict=True)]
            loose = _least_ahead(map(add, self.heads, takes))
            tight = _least_ahead(map(sub, self.heads, self.shrink))
            self.known[tolerance] = _Ahead(takes, loose, tight)
        return self.known[tolerance]


class _Edges(Struct):
    """What lines that cut a complex, or begin or end with one, are longer than their sums.

    ``lead`` is for lines that begin with an item, ``trail`` for those that end
    before one; ``cut`` is the first item of the complex that a line ending
    there has at its end (beyond all items: none).
    """

    items: Items
    bodies: list[int]
    lead: list[int]
    trail: list[int]
    cut: list[int]
    known: dict[tuple[int, int], int]

    def within(self, start: int, end: int) -> int:
        """The same for a line that holds nothing but items of one complex."""
        if (start, end) not in self.known:
            one = self.items.complexes_within(start, start + 1)[0]
            length = one.extent(start, end, head=True, tail=True)
            self.known[start, end] = length - self.bodies[end] + self.bodies[start]
        return self.known[start, end]


def break_lines(items: Items, how: Breaking, start: int = 0) -> tuple[BrokenLine, ...]:
    """The cheapest lines of a paragraph from item ``start`` on, in order.

    Forced breaks cut it into independent stretches.  A line that cannot be
    made to fit is marked overfull, never dropped.
    """
    if not len(items):
        return ()
    sums = _prefix_sums(items, how)
    lines: list[BrokenLine] = []
    ends = [i + 1 for i, cost in enumerate(items.penalty) if cost == ALWAYS and i >= start]
    for end in [*ends, len(items)]:
        lines.extend(_break_stretch(items, sums, how, start, end, len(lines)))
        start = end
    return tuple(lines)


def _least_ahead(values: Iterable[Number]) -> list[Number]:
    """The least of each value and all behind it."""
    backwards = list(values)
    backwards.reverse()
    found = list(accumulate(backwards, min))
    found.reverse()
    return found


def _prefix_sums(items: Items, how: Breaking) -> _Sums:
    def sums(values: Iterable[int]) -> list[int]:
        return list(accumulate(values, initial=0))

    last = [0] * (len(items) + 1)
    for i in range(len(items)):
        last[i + 1] = last[i] if items.invisible[i] else i
    bodies, gap = items.added()
    shrink = _all_shrink(items) if how.justify else [0] * len(items)
    western = [
        s if o in (1, 2) else 0 for s, o in zip(items.stretch, items.stretch_order, strict=True)
    ]
    opened = [e if o >= 2 else 0 for e, o in zip(items.ems, items.stretch_order, strict=True)]
    for one in items.complexes:
        if one.folded:  # two rows open together, and are not closed
            for i in range(one.start, one.end - 1):
                shrink[i], western[i], opened[i] = 0, western[i] // 2, opened[i] // 2
    natural = sums(map(add, bodies, gap))
    edges = _edges(items, bodies) if items.complexes else None
    return _Sums(
        natural,
        natural if edges is None else list(map(sub, natural, edges.lead)),
        sums(shrink),
        sums(western),
        sums(opened),
        last,
        gap,
        edges,
        {},
    )


def _edges(items: Items, bodies: tuple[Length, ...]) -> _Edges:
    count = len(items)
    sums = list(accumulate(bodies, initial=0))
    lead, trail = [0] * count, [0] * (count + 1)
    cut = [count] * (count + 1)
    for one in items.complexes:
        for at in range(one.start, one.end):
            length = one.extent(at, one.end, head=True, tail=False)
            lead[at] = length - sums[one.end] + sums[at]
            length = one.extent(one.start, at + 1, head=False, tail=True)
            trail[at + 1] = length - sums[at + 1] + sums[one.start]
            cut[at + 1] = one.start
    return _Edges(items, sums, lead, trail, cut, {})


def _all_shrink(items: Items) -> list[int]:
    """What each space can give up, in all its orders."""
    shrink = list(items.shrink)
    for index, more, _ in items.further_shrink:
        shrink[index] += more
    return shrink


def _break_stretch(
    items: Items, sums: _Sums, how: Breaking, start: int, end: int, line: int
) -> list[BrokenLine]:
    """The cheapest lines between two forced breaks.

    The first passes look only at lines that are hardly opened.  What they find
    is taken unless it had to accept a fault that looser lines may avoid.
    """
    found: _Node | None = None
    for tolerance in TOLERANCES if how.justify else TOLERANCES[-1:]:
        last = _search(items, sums, how, start, end, line, tolerance)
        if last is not None and (found is None or last.cost < found.cost):
            found = last
        if found is not None and not _has_fault(items, found):
            break
    if found is None:
        raise AssertionError("the last tolerance accepts every line")
    if how.looseness:
        wanted = found.line - line + how.looseness
        keyed = replace(how, steady=end - start + line + 1, looseness=0)
        other = _search(items, sums, keyed, start, end, line, TOLERANCES[1], wanted)
        found = other or found
    return _trace(found)


def _has_fault(items: Items, last: _Node) -> bool:
    """A last line too short, a line that does not fit, a break that is not wanted at all.

    Each is worth looking at looser lines.
    """
    node = last
    if last.before is not None:
        if _last_line_cost(items, last.before.position, last.position) >= SHORT_LAST_COST:
            return True
        node = last.before
        if last.overfull:
            return True
    while node.before is not None:
        if node.overfull or items.penalty[node.position - 1] >= AVOIDED:
            return True
        node = node.before
    return False


def _trace(node: _Node) -> list[BrokenLine]:
    lines = []
    while node.before is not None:
        lines.append(BrokenLine(node.before.position, node.position, node.tail, node.overfull))
        node = node.before
    return lines[::-1]


def _search(
    items: Items,
    sums: _Sums,
    how: Breaking,
    start: int,
    end: int,
    line: int,
    tolerance: float,
    wanted: int | None = None,
) -> _Node | None:
    """One pass; None if it cannot be done within ``tolerance``, or not in ``wanted`` lines."""
    active = [_Node(start, line, 0.0, 0.0, None, 0, False)]
    natural, heads, gives, edges = sums.natural, sums.heads, sums.shrink, sums.edges
    takes, loose, tight = sums.ahead(tolerance)
    cut, trail = len(items), 0
    penalty = items.penalty
    steady = max(how.steady, 1)
    rooms = [how.measure(number) for number in range(steady + 1)]
    wide = rooms[steady]
    final = tolerance == TOLERANCES[-1]
    skips = not final and all(room == wide for room in rooms[line + 1 :])
    for at in range(start + 1, end + 1):
        cost = penalty[at - 1] if at < end else 0
        if cost == NEVER:
            continue
        best: dict[tuple[int, int], _Node] = {}
        kept: list[_Node] = []
        last = max(sums.last[at], start)
        bare = natural[last + 1] - sums.gap[last]
        if edges is not None:
            cut, trail = edges.cut[last + 1], edges.trail[last + 1]
            bare += trail
        tails = _tails(items, last, how)
        # A longer line may end without what hangs and trails here.
        least = -gives[last] - max(-tails[-1], 0) - max(trail, 0)
        # Most nodes are still far too loose: that is seen from the sums alone.
        slack = tails[0] + takes[last] if how.justify and at < end else _ENDLESS
        # Where all lines have one room, so are all nodes behind one: they need no look.
        loosest = slack + 1 - wide + bare if skips and cut > last else _ENDLESS
        tightest = least - wide + bare
        for index, node in enumerate(active):
            position = node.position
            number = node.line
            room = rooms[number] if number < steady else wide
            short = room - bare + heads[position]
            if edges is not None and cut <= position <= last:  # nothing but one complex
                short = room - bare + trail + natural[position] - edges.within(position, last + 1)
            if short < least + gives[position]:
                continue
            kept.append(node)
            if short > slack - takes[position]:
                if number > line and loose[position] > loosest and tight[position] >= tightest:
                    kept.extend(active[index + 1 :])
                    break
                continue
            _try_line(
                items, sums, tails, node, at, (short, cost, at == end, tolerance), (best, how)
            )
        if final and not kept and not best:
            node = max(active, key=lambda n: (n.position, -n.cost))
            _offer(best, how, node, at, node.cost + _OVERFULL_COST, 0, 0, overfull=True)
        active = kept
        active.extend(best.values())
        if not active:
            return None
    finished = [
        node
        for node in active
        if node.position == end and (wanted is None or node.line - line == wanted)
    ]
    return min(finished, key=lambda n: n.cost, default=None)


def _offer(
    best: dict[tuple[int, int], _Node],
    how: Breaking,
    before: _Node,
    at: int,
    cost: float,
    fit: float,
    tail: Length,
    *,
    overfull: bool = False,
) -> None:
    """A line from ``before`` to ``at``: kept if it is the cheapest of its kind."""
    kind = 0 if fit < -0.5 else 1 if fit <= 0.5 else 2 if fit <= 1.0 else 3
    line = before.line + 1
    key = (line if line < how.steady else how.steady, kind)
    known = best.get(key)
    if known is None or cost < known.cost:
        best[key] = _Node(at, line, cost, fit, before, tail, overfull)


def _try_line(
    items: Items,
    sums: _Sums,
    tails: tuple[Length, ...],
    node: _Node,
    at: int,
    offer: tuple[Length, int, bool, float],
    target: tuple[dict[tuple[int, int], _Node], Breaking],
) -> None:
    """Offer the line from ``node`` to ``at`` in each way its last item can end."""
    short, penalty, is_last, tolerance = offer
    best, how = target
    start = node.position
    base = node.cost + LINE_COST + penalty
    if is_last:
        base += _last_line_cost(items, start, at)
    inner = max(sums.last[at], start)
    for tail in tails:
        room = short - tail
        if not how.justify:
            if room < 0:
                continue
            cost, fit = RAGGED_COST * (room / items.ems[inner]) ** 2, 0.0
        elif is_last and room >= 0:
            cost, fit = 0.0, 0.0
        else:
            found = _justified(
                room,
                sums.shrink[inner] - sums.shrink[start],
                sums.western[inner] - sums.western[start],
                sums.open_ems[inner] - sums.open_ems[start],
                tolerance,
            )
            if found is None:
                continue
            cost, fit = found
            difference = fit - node.fit
            if node.before is not None:
                cost += NEIGHBOUR_COST * min(difference * difference, 16.0)
        _offer(best, how, node, at, base + cost, fit, tail)


def _tails(items: Items, last: int, how: Breaking) -> tuple[Length, ...]:
    """The spaces an item may keep behind it at a line's end, the largest first."""
    tail = items.tail[last]
    if not tail:
        return (0,)
    if items.tail_fixed and items.tail_fixed[last]:
        return (tail,)
    if how.hanging and items.classes[last] in (6, 7):
        return (tail, 0, -items.widths[last])
    return (tail, 0) if how.justify else (0,)


def _justified(
    room: Length, shrink: Length, western: Length, open_ems: Length, tolerance: float
) -> tuple[float, float] | None:
    """Cost and tightness (negative: tight) of a line with ``room`` left over, or None."""
    if room == 0:
        return 0.0, 0.0
    if room < 0:
        if -room > shrink:
            return None
        used = -room / shrink
        return SHRINK_COST * used**2 + SQUEEZE_COST * used**6, -used
    in_western = min(room, western)
    opened = (room - in_western) / open_ems if open_ems else (0.0 if room <= western else 1e6)
    if opened > tolerance:
        return None
    loose = in_western / western if western else 0.0
    units = min(opened / OPEN_UNIT, 1e4)
    return WESTERN_COST * loose * loose + OPEN_COST * units * units, units + loose / 2


def _last_line_cost(items: Items, start: int, end: int) -> float:
    """A last line wants at least two characters besides its closing punctuation."""
    if start == 0:
        return 0.0
    real = sum(1 for kind in items.classes[start:end] if kind not in _CLOSING_CLASSES)
    if real < 2:
        return SHORT_LAST_COST
    return 30.0 if real < 4 else 0.0
