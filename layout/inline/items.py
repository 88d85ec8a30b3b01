"""The items of a paragraph, as flat arrays.

An item is an unbreakable body (a character, or what counts as one) followed by
the space the rules put between it and the next.  The breaker and the line
adjustment see only these numbers; they know no Japanese.
"""

from dataclasses import dataclass
from typing import NamedTuple

from layout.diagnostics import Span
from layout.font.face import FontFace
from layout.style.model import Colour
from layout.units import Length


class PlacedGlyph(NamedTuple):
    """A glyph inside an item: its offsets along and across the line, and its text."""

    gid: int
    along: Length
    across: Length
    text: str


@dataclass(frozen=True, slots=True)
class Setting:
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


@dataclass(frozen=True, slots=True)
class Annotation:
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


@dataclass(frozen=True, slots=True)
class Items:
    """A paragraph ready for breaking; all tuples have one entry for each item.

    Space behind item i lies between i and i+1 on the same line: natural
    ``gap``, ``shrink`` and ``stretch`` at most so much, in the order of
    ``shrink_order`` and ``stretch_order`` (0: never, stretch order 4: without
    limit).  ``tail`` is the space an item has behind it at a line's end and
    that may be dropped whole, unless it is ``tail_fixed`` (empty: none is).
    ``penalty`` is the cost of a break behind the item; ``NEVER`` and ``ALWAYS``
    are its ends.  ``invisible`` items vanish at a line's end.
    ``further_shrink`` lists (item, length, order) where a space gives way in a
    second order as well.  ``spans`` is the source text an item comes from,
    ``columns`` how far into it.
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


NEVER = 1_000_000
ALWAYS = -1_000_000
