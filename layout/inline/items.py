"""The items of a paragraph, as flat arrays.

An item is an unbreakable body (a character, or what counts as one) followed by
the space the rules put between it and the next.  The breaker and the line
adjustment see only these numbers; they know no Japanese.
"""

from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import NamedTuple, Protocol

from msgspec import Struct

from layout.diagnostics import Span
from layout.font.face import FontFace
from layout.style.model import Colour
from layout.units import Length

NEVER = 1_000_000
ALWAYS = -1_000_000
_START, _END = attrgetter("start"), attrgetter("end")


class PlacedGlyph(NamedTuple):
    """A glyph inside an item: its offsets along and across the line, and its text."""

    gid: int
    along: Length
    across: Length
    text: str


class Setting(Struct, frozen=True):
    """How the glyphs of an item are set.  ``turned`` glyphs lie on their side in a vertical line.

    ``upright`` glyphs stand side by side across a vertical line (縦中横).
    ``shift`` moves towards the over side; ``cell`` draws a form cell around the
    item; ``target`` makes it a link.
    """

    face: FontFace
    size: Length
    colour: Colour
    turned: bool = False
    shift: Length = 0
    cell: bool = False
    target: str = ""
    upright: bool = False


class Annotation(Struct, frozen=True):
    """What stands beside items ``start`` to ``end`` (exclusive) of a line.

    ``kind`` ruby and dots: glyphs on the over side, their offsets along the
    line counted from item ``start``'s own; ``kind`` line: a sideline along all
    of them (no glyphs), ``line-under`` where it must leave the over side to ruby.
    """

    kind: str
    start: int
    end: int
    setting: Setting
    glyphs: tuple[PlacedGlyph, ...] = ()


class Part(Struct, frozen=True):
    """How some items of a complex stand on a line: what replaces their own.

    ``ruby`` replaces their readings; what stands beside the items of the lower
    row, from ``below`` on, goes to its under side.
    """

    widths: tuple[Length, ...]
    glyphs: tuple[tuple[PlacedGlyph, ...], ...]
    ruby: tuple[Annotation, ...] = ()
    below: int = NEVER


class Complex(Protocol):
    """Items ``start`` to ``end`` (exclusive) that stand differently where a line cuts them.

    ``head`` and ``tail`` tell whether the line begins or ends with the asked items.
    A ``folded`` complex stands in two rows, so that its items do not add up:
    on one line they are as long as the longer row.
    """

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def folded(self) -> bool: ...

    def extent(self, start: int, end: int, *, head: bool, tail: bool) -> Length:
        """The natural length of items ``start`` to ``end`` on one line."""
        ...

    def split(self, start: int, end: int) -> int:
        """The first item of the second row when ``start`` to ``end`` stand on one line."""
        ...

    def part(self, start: int, end: int, *, head: bool, tail: bool) -> Part:
        """Items ``start`` to ``end`` as they stand on a line."""
        ...


class Items(Struct, frozen=True, dict=True):
    """A paragraph ready for breaking; all tuples have one entry for each item.

    Space behind item i lies between i and i+1 on the same line: natural
    ``gap``, ``shrink`` and ``stretch`` at most so much, in the order of
    ``shrink_order`` and ``stretch_order`` (0: never, stretch order 4: without
    limit).  ``tail`` is the space an item has behind it at a line's end and
    that may be dropped whole, unless it is ``tail_fixed`` (empty: none is).
    ``penalty`` is the cost of a break behind the item; ``NEVER`` and ``ALWAYS``
    are its ends.  ``invisible`` items vanish at a line's end.
    ``further_shrink`` lists (item, length, order) where a space gives way in a
    second order as well, by item.  ``spans`` is the source text an item comes from,
    ``columns`` how far into it.  ``complexes`` are in order and share no item.

    What a line has of the last four is looked up (``…_within``): a long paragraph
    has many lines, and none may go through all of it again.
    """

    texts: tuple[str, ...]
    spans: tuple[Span, ...]
    columns: tuple[int, ...]
    settings: tuple[Setting, ...]
    glyphs: tuple[tuple[PlacedGlyph, ...], ...]
    widths: tuple[Length, ...]
    ems: tuple[Length, ...]
    classes: tuple[int, ...]
    gap: tuple[Length, ...]
    shrink: tuple[Length, ...]
    shrink_order: tuple[int, ...]
    stretch: tuple[Length, ...]
    stretch_order: tuple[int, ...]
    tail: tuple[Length, ...]
    penalty: tuple[int, ...]
    invisible: tuple[bool, ...]
    annotations: tuple[Annotation, ...] = ()
    tail_fixed: tuple[bool, ...] = ()
    further_shrink: tuple[tuple[int, Length, int], ...] = ()
    complexes: tuple[Complex, ...] = ()

    def __len__(self) -> int:
        return len(self.texts)

    def place(self, index: int) -> Span:
        """Where item ``index`` stands in the source."""
        span = self.spans[index]
        return Span(span.file, span.line, span.column + self.columns[index])

    @property
    def text(self) -> str:
        """All characters in order."""
        return "".join(self.texts)

    def further_within(self, start: int, end: int) -> tuple[tuple[int, Length, int], ...]:
        """The second orders of items ``start`` to ``end``."""
        further = self.further_shrink
        first = bisect_left(further, start, key=itemgetter(0))
        return further[first : bisect_left(further, end, first, key=itemgetter(0))]

    def complexes_within(self, start: int, end: int) -> tuple[Complex, ...]:
        """The complexes that have any of items ``start`` to ``end``."""
        found = self.complexes
        first = bisect_right(found, start, key=_END)
        return found[first : bisect_left(found, end, first, key=_START)]

    def annotations_within(self, start: int, end: int) -> list[Annotation]:
        """The annotations that begin with items ``start`` to ``end``, in their order."""
        order = self._by_start
        first = bisect_left(order, (start, 0))
        numbers = [number for _, number in order[first : bisect_left(order, (end, 0), first)]]
        return [self.annotations[number] for number in sorted(numbers)]

    @cached_property
    def _by_start(self) -> list[tuple[int, int]]:
        """Where each annotation begins, and its number."""
        return sorted((mark.start, number) for number, mark in enumerate(self.annotations))

    def added(self) -> tuple[tuple[Length, ...], tuple[Length, ...]]:
        """Bodies and gaps as they add up along a line that cuts no complex.

        The first item of a folded complex stands for the length of it all.
        """
        folded = [c for c in self.complexes if c.folded]
        if not folded:
            return self.widths, self.gap
        widths, gaps = list(self.widths), list(self.gap)
        for one in folded:
            count = one.end - one.start
            whole = one.extent(one.start, one.end, head=False, tail=False)
            widths[one.start : one.end] = [whole] + [0] * (count - 1)
            gaps[one.start : one.end - 1] = [0] * (count - 1)
        return tuple(widths), tuple(gaps)
