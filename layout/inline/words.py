"""Words with ruby: where bases and readings stand, in mid-line and at a line's edges.

In mid-line a reading that is longer than its base stands over the base's middle
and hangs over the neighbours as far as they allow (JLREQ 3.3.8).  Nothing
protrudes at a line's head and end: there either the reading is flush with the
line, or the base is, with the reading beginning or ending there as well.  A
jukugo word that a line cuts is set as two words.
"""

from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from layout.inline.items import Annotation, Part, PlacedGlyph, Setting
from layout.units import Length

_LEAN = 0.5  # ems a reading may lean over its neighbours in the word: one ruby character


class Base(Struct, frozen=True):
    """One base character."""

    glyphs: tuple[PlacedGlyph, ...]
    body: Length


class Reading(Struct, frozen=True):
    """A shaped reading: its glyphs at their natural places from 0, their length and setting."""

    glyphs: tuple[PlacedGlyph, ...]
    length: Length
    setting: Setting


class _Standing(Struct, frozen=True):
    """Offsets from the first item: each base, each reading, and where each item begins."""

    bases: tuple[Length, ...]
    readings: tuple[Length, ...]
    widths: tuple[Length, ...]


class Word(Struct, frozen=True, dict=True):
    """Bases under one reading (one item), or each under its own (jukugo: an item each).

    ``before`` and ``after`` are how far readings may hang over the neighbours.
    ``solid`` bases are not opened (Latin words); ``by_base`` keeps the base
    flush at a line's edge, otherwise the reading is.
    """

    start: int
    end: int
    bases: tuple[Base, ...]
    readings: tuple[Reading, ...]
    before: Length
    after: Length
    em: Length
    solid: bool
    shoulder: bool
    by_base: bool

    @property
    def folded(self) -> bool:
        """Words stand in one row."""
        return False

    def split(self, start: int, end: int) -> int:
        """Words have no second row."""
        return end

    @cached_property
    def leans(self) -> bool:
        """Whether some reading is longer than its own base."""
        if len(self.readings) == 1:
            return self.readings[0].length > sum(base.body for base in self.bases)
        pairs = zip(self.readings, self.bases, strict=True)
        return any(reading.length > base.body for reading, base in pairs)

    @property
    def changes(self) -> bool:
        """Whether it stands differently at a line's edges or when it is cut."""
        return self.leans

    @cached_property
    def _middle(self) -> _Standing:
        return self._standing(0, len(self.bases), head=False, tail=False)

    @property
    def hang_before(self) -> Length:
        """How far the first reading hangs over what stands before, in mid-line."""
        return max(-self._middle.readings[0], 0)

    @property
    def hang_after(self) -> Length:
        """How far the last reading hangs over what follows, in mid-line."""
        end = self._middle.readings[-1] + self.readings[-1].length
        return max(end - sum(self._middle.widths), 0)

    def extent(self, start: int, end: int, *, head: bool, tail: bool) -> Length:
        """The length of some items of the word on one line."""
        first, behind = self._bases(start, end)
        return sum(self._standing(first, behind, head=head, tail=tail).widths)

    def part(self, start: int, end: int, *, head: bool, tail: bool) -> Part:
        """Some items of the word as they stand on a line."""
        first, behind = self._bases(start, end)
        where = self._standing(first, behind, head=head, tail=tail)
        if len(self.readings) == 1:
            moved = zip(self.bases, where.bases, strict=True)
            glyphs = tuple(glyph for base, at in moved for glyph in _moved(base.glyphs, at))
            room = sum(base.body for base in self.bases)
            places = self._over(self.readings[0], where.readings[0], room)
            mark = Annotation("ruby", start, end, self.readings[0].setting, places)
            return Part(where.widths, (glyphs,), (mark,))
        at, all_glyphs, marks = 0, [], []
        for k, body in enumerate(where.widths):
            base, reading = self.bases[first + k], self.readings[first + k]
            all_glyphs.append(_moved(base.glyphs, where.bases[k] - at))
            places = _moved(reading.glyphs, where.readings[k] - at)
            marks.append(Annotation("ruby", start + k, start + k + 1, reading.setting, places))
            at += body
        return Part(where.widths, tuple(all_glyphs), tuple(marks))

    def _over(self, reading: Reading, at: Length, room: Length) -> tuple[PlacedGlyph, ...]:
        """A short reading spread over its bases, others as they are (3.3.5, 3.3.6)."""
        if reading.length >= room or len(self.bases) == 1:
            return _moved(reading.glyphs, at)
        return _spread(reading, room)

    def _bases(self, start: int, end: int) -> tuple[int, int]:
        """The bases of items ``start`` to ``end``."""
        if len(self.readings) == 1:
            return 0, len(self.bases)
        return start - self.start, end - self.start

    # --- where things stand ---------------------------------------------------------

    def _standing(self, first: int, behind: int, *, head: bool, tail: bool) -> _Standing:
        before = 0 if first or head else self.before
        after = 0 if behind < len(self.bases) or tail else self.after
        bodies = [base.body for base in self.bases[first:behind]]
        if len(self.readings) == 1:
            return self._grouped(bodies, self.readings[0].length, (before, after), head, tail)
        lengths = [reading.length for reading in self.readings[first:behind]]
        if len(bodies) == 1:
            return self._grouped(bodies, lengths[0], (before, after), head, tail)
        return self._compound(bodies, lengths, (before, after), head, tail)

    def _grouped(
        self, bodies: list[Length], length: Length, free: tuple[Length, Length],
        head: bool, tail: bool,
    ) -> _Standing:  # fmt: skip
        """One reading over all of the bodies."""
        over = length - sum(bodies)
        if over <= 0:
            at = 0 if self.shoulder and len(bodies) == 1 else -over // 2
            return _Standing(_solid(bodies), (at,), (sum(bodies),))
        if self.by_base and head != tail:
            return self._flush(bodies, over, min(free[1] if head else free[0], over), head)
        before, after = min(free[0], over // 2), min(free[1], over - over // 2)
        if self.shoulder:  # hanging more over one side is better than opening (3.3.5 b)
            after = min(free[1], over - before)
            before = min(free[0], over - after)
            aside = 0
        else:
            aside = before - after  # what one neighbour does not take opens the line there
        room = over - before - after - abs(aside)
        unit, step = self._units(room, len(bodies))
        first = unit + max(-aside, 0)
        bases = tuple(first + at + k * step for k, at in enumerate(_solid(bodies)))
        return _Standing(bases, (-before,), (length - before - after,))

    def _units(self, room: Length, count: int) -> tuple[Length, Length]:
        """``room`` as one part at each end and two between bases; all at the ends of words."""
        if self.solid:
            return room // 2, 0
        return room // (2 * count), room // count

    def _flush(self, bodies: list[Length], over: Length, hang: Length, head: bool) -> _Standing:
        """The base at the line's edge, and the reading as well (3.3.8 a to d)."""
        blank = over - hang
        step = 0 if self.solid else blank // len(bodies)
        total = sum(bodies) + blank
        if head:
            bases = tuple(at + k * step for k, at in enumerate(_solid(bodies)))
            return _Standing(bases, (0,), (total,))
        count = len(bodies)
        first = blank - (count - 1) * step
        bases = tuple(first + at + k * step for k, at in enumerate(_solid(bodies)))
        return _Standing(bases, (-hang,), (total,))

    def _compound(
        self, bodies: list[Length], lengths: list[Length], free: tuple[Length, Length],
        head: bool, tail: bool,
    ) -> _Standing:  # fmt: skip
        """Each reading as near the middle of its own base as the others let it (appendix F)."""
        pairs = list(zip(bodies, lengths, strict=True))
        if all(length <= body for body, length in pairs):
            share = 0 if self.shoulder else 2
            solid = _solid(bodies)
            readings = tuple(
                at + ((body - length) // share if share else 0)
                for at, (body, length) in zip(solid, pairs, strict=True)
            )
            return _Standing(solid, readings, tuple(bodies))
        lean = round(_LEAN * self.em)
        if not any(_lacking(bodies, lengths, (0, 0), lean)):
            free = (0, 0)  # within the word there is room enough
        widths = _widened(bodies, lengths, free, lean)
        starts = _solid(widths)
        share = 0 if self.by_base and head and not tail else 2
        if self.by_base and tail and not head:
            share = 1
        bases = tuple(
            at + ((cell - body) // share if share else 0)
            for at, cell, body in zip(starts, widths, bodies, strict=True)
        )
        wanted = [
            at + (body - length) // 2 for at, (body, length) in zip(bases, pairs, strict=True)
        ]
        return _Standing(bases, _settled(wanted, widths, lengths, free, lean), tuple(widths))


def _solid(bodies: list[Length]) -> tuple[Length, ...]:
    """Where bodies begin that follow each other without space."""
    return tuple(accumulate(bodies[:-1], initial=0))


def _moved(glyphs: tuple[PlacedGlyph, ...], by: Length) -> tuple[PlacedGlyph, ...]:
    return tuple(PlacedGlyph(g.gid, g.along + by, g.across, g.text) for g in glyphs)


def _spread(reading: Reading, room: Length) -> tuple[PlacedGlyph, ...]:
    """A reading over a longer base: one part of space at the ends, two between (JIS X 4051).

    The ends keep no more than a ruby character (note to 3.3.6), the rest opens the reading.
    """
    count = len(reading.glyphs)
    spare = room - reading.length
    ends = spare // (2 * count) if count > 1 else spare // 2
    if count > 1:
        ends = min(ends, reading.setting.size)
    step = (spare - 2 * ends) // (count - 1) if count > 1 else 0
    return tuple(
        PlacedGlyph(g.gid, ends + g.along + index * step, g.across, g.text)
        for index, g in enumerate(reading.glyphs)
    )


# --- compounds -------------------------------------------------------------------------


def _bounds(
    widths: list[Length], free: tuple[Length, Length], lean: Length
) -> list[tuple[Length, Length]]:
    """From where to where each reading may stand: over its base, leaning over its neighbours."""
    final = len(widths) - 1
    return [
        (
            at - (lean if k else free[0]),
            at + widths[k] + (lean if k < final else free[1]),
        )
        for k, at in enumerate(_solid(widths))
    ]


def _widened(
    bodies: list[Length], lengths: list[Length], free: tuple[Length, Length], lean: Length
) -> list[Length]:
    """The cells of the bases, opened evenly until all readings find their places."""
    lacking = _lacking(bodies, lengths, free, lean)
    if not any(lacking):
        return bodies
    count, more = len(bodies), sum(lacking)
    even = [body + more * (k + 1) // count - more * k // count for k, body in enumerate(bodies)]
    if not any(_lacking(even, lengths, free, lean)):
        return even
    return [body + extra for body, extra in zip(bodies, lacking, strict=True)]


def _lacking(
    bodies: list[Length], lengths: list[Length], free: tuple[Length, Length], lean: Length
) -> list[Length]:
    """By how much each base must be opened, taken in order, for its reading to stand over it."""
    widths = list(bodies)
    lacking = [0] * len(bodies)
    behind: Length | None = None
    for k, length in enumerate(lengths):
        low, high = _bounds(widths, free, lean)[k]
        begin = low if behind is None else max(low, behind)
        lacking[k] = max(begin + length - high, 0)
        widths[k] += lacking[k]
        behind = begin + length
    return lacking


def _settled(
    wanted: list[Length], widths: list[Length], lengths: list[Length],
    free: tuple[Length, Length], lean: Length,
) -> tuple[Length, ...]:  # fmt: skip
    """Readings as near to where they want to be as their order and bounds allow."""
    # Readings that push each other form a group, which stands where its members want on average.
    groups: list[tuple[int, int, int]] = []  # sum of wanted starts less own offsets, count, length
    for want, length in zip(wanted, lengths, strict=True):
        total, count, taken = want, 1, length
        while groups and groups[-1][0] // groups[-1][1] + groups[-1][2] > total // count:
            earlier, members, room = groups.pop()
            total, count, taken = earlier + total - count * room, members + count, room + taken
        groups.append((total, count, taken))
    starts: list[Length] = []
    for total, count, _ in groups:
        at = total // count
        for length in lengths[len(starts) : len(starts) + count]:
            starts.append(at)
            at += length
    return _within(starts, lengths, _bounds(widths, free, lean))


def _within(
    starts: list[Length], lengths: list[Length], bounds: list[tuple[Length, Length]]
) -> tuple[Length, ...]:
    """Pushed into their bounds, without overlapping."""
    behind: Length | None = None
    for k, length in enumerate(lengths):
        starts[k] = max(starts[k], bounds[k][0], starts[k] if behind is None else behind)
        behind = starts[k] + length
    following: Length | None = None
    for k in reversed(range(len(starts))):
        most = bounds[k][1] - lengths[k]
        starts[k] = min(starts[k], most if following is None else min(most, following - lengths[k]))
        following = starts[k]
    return tuple(starts)
