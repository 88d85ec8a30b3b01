"""The draft of a paragraph: items while they are made, before their spaces are known."""

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

    def items_of(self, start: int, end: int) -> range:
        """The items made of the characters ``start`` to ``end``."""
        inside = [i for i, s in enumerate(self.starts) if start <= s < end]
        return range(inside[0], inside[-1] + 1) if inside else range(0)

    def merge(self, reach: range, glyphs: tuple[PlacedGlyph, ...], body: Length, kind: int) -> None:
        """Make one item of several: its glyphs, its body and its class are given."""
        first, behind = reach.start, reach.stop
        self.texts[first:behind] = ["".join(self.texts[first:behind])]
        self.glyphs[first:behind] = [glyphs]
        self.widths[first:behind] = [body]
        self.classes[first:behind] = [kind]
        self.starts[first:behind] = [self.starts[first]]
        self.settings[first:behind] = [self.settings[first]]
        self.ems[first:behind] = [self.ems[first]]
