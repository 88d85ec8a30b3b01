"""Items made by hand for the breaker and the line adjustment, which know no Japanese."""

from collections.abc import Iterable
from dataclasses import dataclass

from layout.diagnostics import NOWHERE
from layout.font.face import FontFace
from layout.house.rules import IDEOGRAPH
from layout.inline.items import Items, PlacedGlyph, Setting
from layout.style.model import Colour
from layout.units import Length

EM: Length = 1_000_003  # a prime, so that nothing divides by chance
FACE = FontFace("handmade", "", "Handmade", 1000, 880, -120)
SETTING = Setting(FACE, EM, Colour("sumi", (0.0, 0.0, 0.0, 100.0)))


@dataclass(frozen=True, slots=True)
class Body:
    """One item: its body, the space behind it, and what that space gives and takes."""

    text: str = "字"
    width: Length = EM
    gap: Length = 0
    shrink: Length = 0
    shrink_order: int = 0
    stretch: Length = EM // 4
    stretch_order: int = 3
    tail: Length = 0
    penalty: int = 0
    invisible: bool = False
    kind: int = IDEOGRAPH


def make_items(bodies: Iterable[Body]) -> Items:
    """A paragraph of these bodies."""
    row = tuple(bodies)
    return Items(
        texts=tuple(b.text for b in row),
        spans=(NOWHERE,) * len(row),
        columns=tuple(range(len(row))),
        settings=(SETTING,) * len(row),
        glyphs=tuple((PlacedGlyph(1, 0, 0, b.text),) for b in row),
        widths=tuple(b.width for b in row),
        ems=(EM,) * len(row),
        classes=tuple(b.kind for b in row),
        gap=tuple(b.gap for b in row),
        shrink=tuple(b.shrink for b in row),
        shrink_order=tuple(b.shrink_order for b in row),
        stretch=tuple(b.stretch for b in row),
        stretch_order=tuple(b.stretch_order for b in row),
        tail=tuple(b.tail for b in row),
        penalty=tuple(b.penalty for b in row),
        invisible=tuple(b.invisible for b in row),
    )
