"""Paragraphs to lines: itemize → break → adjust, on one screen."""

from collections.abc import Callable

from msgspec import Struct

from layout.inline.adjust import place_items
from layout.inline.breaking import Breaking, break_lines
from layout.inline.draft import Setter
from layout.inline.edges import settle
from layout.inline.items import Items
from layout.style.model import Align, TextStyle
from layout.units import Length

_OPENING = (1, 28)


class Line(Struct, frozen=True):
    """One line: items ``start`` to ``end`` of a paragraph and the offset of each.

    ``offset`` is where the line's room begins in its column, ``measure`` how
    long that room is.
    """

    items: Items
    start: int
    end: int
    places: tuple[Length, ...]
    offset: Length
    measure: Length
    style: TextStyle
    last: bool

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(self.items.texts[self.start : self.end])


Room = Callable[[int], tuple[Length, Length]]
"""Line number → where the room for that line starts in the column, and its length."""


def set_lines(
    items: Items, style: TextStyle, room: Room, steady: int, setter: Setter, bracket: str = "flush"
) -> tuple[Line, ...]:
    """Break a paragraph into lines and place every item.

    ``room(line)`` is the same from line ``steady`` on.  Overfull lines are
    reported as ``line.overfull`` and kept.
    """
    indents = _indents(items, style, bracket)

    def measure(line: int) -> Length:
        return room(line)[1] - indents[min(line, 1)]

    lines = []
    broken = break_lines(items, _breaking(style, measure, max(steady, 1), setter))
    items = settle(items, broken, style.size)
    for number, line in enumerate(broken):
        if line.overfull:
            setter.reporter.warning(
                "line.overfull",
                items.place(line.start),
                text="".join(items.texts[line.start : line.end]),
            )
        last = number + 1 == len(broken) or items.penalty[line.end - 1] < 0
        indent = indents[min(number, 1)]
        start, length = room(number)
        places = place_items(items, line, length - indent, style.align, last=last)
        lines.append(
            Line(items, line.start, line.end, places, start + indent, length - indent, style, last)
        )
    return tuple(lines)


def count_lines(
    items: Items, style: TextStyle, room: Length, setter: Setter, start: int = 0
) -> int:
    """How many lines in ``room`` the items from ``start`` on make; a line begins with it."""
    first, others = _indents(items, style, "flush")

    def measure(line: int) -> Length:
        return room - (others if line or start else first)

    return len(break_lines(items, _breaking(style, measure, 1, setter), start))


def _breaking(
    style: TextStyle, measure: Callable[[int], Length], steady: int, setter: Setter
) -> Breaking:
    justify = style.align is Align.JUSTIFY
    return Breaking(measure, steady, justify, setter.rules.hanging, style.looseness)


def _indents(items: Items, style: TextStyle, bracket: str) -> tuple[Length, Length]:
    """Indent of the first line and of the others.

    An opening bracket at a paragraph's head stands at the indent (``flush``)
    or half an em before it (``half``), JLREQ 3.1.5.
    """
    first = style.indent
    if bracket == "half" and first and len(items) and items.classes[0] in _OPENING:
        first -= items.ems[0] // 2
    return first, style.hang


def natural_length(items: Items) -> Length:
    """The length of all items on one line without adjustment."""
    if not len(items):
        return 0
    bodies, gaps = items.added()
    return sum(bodies) + sum(gaps[:-1])
