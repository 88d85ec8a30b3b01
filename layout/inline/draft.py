"""The draft of a paragraph: items while they are made, before their spaces are known."""

from bisect import bisect_left

from msgspec import Struct, field

from layout.diagnostics import Reporter
from layout.font.shape import Shaper
from layout.geometry import WritingMode
from layout.house.rules import Rules
from layout.inline.items import Annotation, PlacedGlyph, Setting
from layout.inline.words import Word
from layout.units import Length


class Setter(Struct, frozen=True):
    """What itemizing needs besides the text: shaper, rules, mode, and where to report."""

    shaper: Shaper
    rules: Rules
    mode: WritingMode
    reporter: Reporter


class Draft(Struct):
    """Parallel lists, one entry an item; ``starts`` is the item's first character.

    The other keys are the first characters of items.  ``hung`` says how far a
    ruby hangs over an item, ``kept_before`` and ``kept_after`` how much of the
    space beside an item its ruby needs, ``costs`` what a line costs that begins
    with it; ``joined`` items go on with the complex before them.  ``words`` have
    ruby that changes at a line's edges; ``notes`` are the reaches of warichu.
    ``merged`` items have become part of the one before them, and go all at once
    (``close_ranks``): taking out each by itself would move all behind it again.
    """

    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    glyphs: list[tuple[PlacedGlyph, ...]] = field(default_factory=list)
    widths: list[Length] = field(default_factory=list)
    ems: list[Length] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    hung: dict[int, Length] = field(default_factory=dict)
    kept_before: dict[int, Length] = field(default_factory=dict)
    kept_after: dict[int, Length] = field(default_factory=dict)
    costs: dict[int, int] = field(default_factory=dict)
    joined: set[int] = field(default_factory=set)
    words: list[Word] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)
    merged: list[range] = field(default_factory=list)

    def items_of(self, start: int, end: int) -> range:
        """The items made of the characters ``start`` to ``end``."""
        first = bisect_left(self.starts, start)
        return range(first, bisect_left(self.starts, end, first))

    def merge(self, reach: range, glyphs: tuple[PlacedGlyph, ...], body: Length, kind: int) -> None:
        """Make one item of several: its glyphs, its body and its class are given.

        The others stay where they are until the ranks are closed.
        """
        first = reach.start
        self.texts[first] = "".join(self.texts[first : reach.stop])
        self.glyphs[first], self.widths[first], self.classes[first] = glyphs, body, kind
        self.merged.append(reach[1:])

    def close_ranks(self) -> None:
        """Take out what was merged; items that follow move up."""
        gone = {i for reach in self.merged for i in reach}
        self.merged.clear()
        if not gone:
            return
        stay = [i for i in range(len(self.starts)) if i not in gone]
        self.texts = [self.texts[i] for i in stay]
        self.starts = [self.starts[i] for i in stay]
        self.settings = [self.settings[i] for i in stay]
        self.glyphs = [self.glyphs[i] for i in stay]
        self.widths = [self.widths[i] for i in stay]
        self.ems = [self.ems[i] for i in stay]
        self.classes = [self.classes[i] for i in stay]
