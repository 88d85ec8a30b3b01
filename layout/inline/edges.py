"""Lines settled: what stands differently because of where the lines begin and end.

The breaker has counted with it; here it is done, and everything else stays as
it was.  An item stands on one line, so all lines share the settled items.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from layout.inline.breaking import BrokenLine
from layout.inline.items import Annotation, Items, Part, PlacedGlyph
from layout.units import Length


def settle(items: Items, lines: Sequence[BrokenLine], size: Length) -> Items:
    """The items with the parts of all complexes that the lines cut, begin or end with.

    ``size`` is the body of the line's characters.
    """
    parts = [found for line in lines for found in _parts(items, line)]
    if not parts:
        return items
    widths, glyphs = list(items.widths), list(items.glyphs)
    marks = list(items.annotations)
    where = {(a.kind, a.start): k for k, a in enumerate(marks)}
    for start, part in parts:
        for k, (body, own) in enumerate(zip(part.widths, part.glyphs, strict=True)):
            i = start + k
            for kind in ("dots", "ruby"):
                at = where.get((kind, i))
                if at is not None and i >= part.below:
                    marks[at] = _under(marks[at], size)
                elif at is not None and kind == "dots":
                    marks[at] = replace(marks[at], glyphs=_along(marks[at].glyphs, glyphs[i], own))
            widths[i], glyphs[i] = body, own
        for reading in part.ruby:
            marks[where["ruby", reading.start]] = reading
    return replace(items, widths=tuple(widths), glyphs=tuple(glyphs), annotations=tuple(marks))


def _parts(items: Items, line: BrokenLine) -> list[tuple[int, Part]]:
    """What the line holds of complexes, unless it stands as in the middle of a line."""
    behind = line.end
    while behind > line.start + 1 and items.invisible[behind - 1]:
        behind -= 1
    found = []
    for one in items.complexes_within(line.start, behind):
        start, end = max(one.start, line.start), min(one.end, behind)
        head, tail = start == line.start, end == behind
        if start < end and (one.folded or head or tail):
            found.append((start, one.part(start, end, head=head, tail=tail)))
    return found


def _along(
    marks: tuple[PlacedGlyph, ...], old: tuple[PlacedGlyph, ...], new: tuple[PlacedGlyph, ...]
) -> tuple[PlacedGlyph, ...]:
    """Dots follow the characters of their item."""
    return tuple(
        PlacedGlyph(m.gid, m.along + n.along - o.along, m.across, m.text)
        for m, o, n in zip(marks, old, new, strict=False)
    )


def _under(mark: Annotation, size: Length) -> Annotation:
    """From the over side of the line to its under side."""
    away = size + mark.setting.size
    moved = tuple(PlacedGlyph(g.gid, g.along, g.across - away, g.text) for g in mark.glyphs)
    return replace(mark, glyphs=moved)
