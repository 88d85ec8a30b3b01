"""Warichu: a note in two rows of half the size within a line (JLREQ 3.4).

Its characters stay items, so that a line may end between them.  On each line
the part it holds stands in two rows as equal as the breaks allow, the second
not longer than the first; the next line goes on with the rest.
"""

from bisect import bisect_left, bisect_right
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from layout.house.rules import WARICHU_CLOSING, WARICHU_OPENING, N, Rules
from layout.inline.characters import Marked
from layout.inline.draft import Draft, Setter
from layout.inline.items import NEVER, Part, PlacedGlyph, Setting
from layout.style.model import TextStyle
from layout.units import Length

SIZE = 0.5
_OPENING, _CLOSING = "（〔［([", "）〕］)]"  # appendix A, cl-28 and cl-29
_PARTED = 60  # cost of parting a note over two lines
_LITTLE = 300  # and of parting fewer than _FEW characters from it
_FEW = 4
_ROWS = 2  # a part of fewer characters would have one row: only where nothing else is left
_ONE_ROW = NEVER // 2


def set_warichu(draft: Draft, mark: Marked, style: TextStyle, setter: Setter) -> None:
    """Make the characters of ``mark`` small, and its brackets those of a warichu.

    The brackets may be typed around the markup or inside it, at its ends.
    """
    reach = draft.items_of(mark.start, mark.end)
    if len(reach) > 1 and _is_pair(draft, reach.start, reach.stop - 1):
        draft.classes[reach.start], draft.classes[reach.stop - 1] = WARICHU_OPENING, WARICHU_CLOSING
        reach = range(reach.start + 1, reach.stop - 1)
    elif reach and _is_pair(draft, reach.start - 1, reach.stop):
        draft.classes[reach.start - 1], draft.classes[reach.stop] = WARICHU_OPENING, WARICHU_CLOSING
    if not reach:
        return
    small: dict[int, Setting] = {}
    for i in reach:
        own = draft.settings[i]
        shrunk = small.setdefault(id(own), _smaller(own))
        draft.glyphs[i] = _smaller_glyphs(draft.glyphs[i], own, style, setter)
        draft.widths[i] = round(draft.widths[i] * SIZE)
        draft.ems[i] = round(draft.ems[i] * SIZE)
        draft.settings[i] = shrunk
    count = len(reach)
    for k, i in enumerate(reach):
        if k:
            part = min(k, count - k)
            cost = _ONE_ROW if part < _ROWS else _LITTLE if part < _FEW else _PARTED
            draft.costs[draft.starts[i]] = cost
    draft.notes.append((draft.starts[reach.start], draft.starts[reach[-1]]))


def _is_pair(draft: Draft, first: int, last: int) -> bool:
    if first < 0 or last >= len(draft.texts):
        return False
    opening, closing = draft.texts[first], draft.texts[last]
    return (
        opening in _OPENING
        and closing in _CLOSING
        and (_OPENING.index(opening) == _CLOSING.index(closing))
    )


def _smaller(own: Setting) -> Setting:
    return replace(own, size=round(own.size * SIZE), shift=round(own.shift * SIZE))


def _smaller_glyphs(
    glyphs: tuple[PlacedGlyph, ...], own: Setting, style: TextStyle, setter: Setter
) -> tuple[PlacedGlyph, ...]:
    """Half as large around the line's centre, where the baseline of large characters is not."""
    away = 0
    if (not setter.mode.is_vertical or own.turned) and not own.upright:
        face = own.face
        middle = (face.em_top + face.em_bottom) / (2 * face.units_per_em)
        away = round(middle * style.size * (1 - SIZE))
    return tuple(
        PlacedGlyph(g.gid, round(g.along * SIZE), away + round(g.across * SIZE), g.text)
        for g in glyphs
    )


# --- rows -----------------------------------------------------------------------------


class Warichu(Struct, frozen=True):
    """The items of a note; ``sums`` are prefix sums of their bodies with the gaps behind them.

    ``open`` tells behind which items a row may end; ``closing`` is the space
    between the last one and a bracket; the rows stand ``apart`` from the
    line's centre.
    """

    start: int
    end: int
    sums: tuple[Length, ...]
    gap: tuple[Length, ...]
    invisible: tuple[bool, ...]
    open: tuple[bool, ...]
    widths: tuple[Length, ...]
    glyphs: tuple[tuple[PlacedGlyph, ...], ...]
    closing: Length
    apart: Length

    @property
    def folded(self) -> bool:
        """Warichu stand in two rows."""
        return True

    def extent(self, start: int, end: int, *, head: bool, tail: bool) -> Length:
        """The length of the longer row."""
        behind = self.split(start, end)
        return max(self.row(start, behind), self.row(behind, end) + self.room(end))

    def room(self, end: int) -> Length:
        """The space behind the second row of a part that ends with item ``end`` (exclusive)."""
        return self.closing if end == self.end else 0

    def row(self, start: int, end: int) -> Length:
        """The length of one row: spaces at its end do not count."""
        while end > start + 1 and self.invisible[end - 1 - self.start]:
            end -= 1
        if end <= start:
            return 0
        first, behind = start - self.start, end - self.start
        return self.sums[behind] - self.sums[first] - self.gap[behind - 1]

    def split(self, start: int, end: int) -> int:
        """The first place where a row may end with which the second row is not the longer one."""
        first, behind = start - self.start, end - self.start
        half = (self.sums[first] + self.sums[behind]) // 2
        at = max(bisect_left(self.sums, half, first, behind) - 2, first + 1)
        while at < behind and not (self.open[at - 1] and self._leads(start, at, end)):
            at += 1
        return at + self.start

    def _leads(self, start: int, at: int, end: int) -> bool:
        behind = at + self.start
        return self.row(start, behind) >= self.row(behind, end) + self.room(end)

    def part(self, start: int, end: int, *, head: bool, tail: bool) -> Part:
        """The items in their rows."""
        behind = self.split(start, end)
        glyphs = []
        for i in range(start, end):
            row = self.apart if i < behind else -self.apart
            glyphs.append(
                tuple(
                    PlacedGlyph(g.gid, g.along, g.across + row, g.text)
                    for g in self.glyphs[i - self.start]
                )
            )
        widths = self.widths[start - self.start : end - self.start]
        return Part(widths, tuple(glyphs), (), behind)


def warichu_of(
    draft: Draft,
    gap: list[Length],
    penalty: list[int],
    invisible: tuple[bool, ...],
    rules: Rules,
    style: TextStyle,
) -> list[Warichu]:
    """The notes of a paragraph, when the spaces between its items are known."""
    found = []
    for first, last in draft.notes:
        start, end = bisect_right(draft.starts, first) - 1, bisect_right(draft.starts, last)
        closing = 0
        if end < len(draft.classes) and draft.classes[end] == WARICHU_CLOSING:
            pair = draft.classes[end - 1] * N + WARICHU_CLOSING
            closing = round(rules.space[pair] * draft.ems[end - 1])
        inner = [*gap[start : end - 1], 0]
        bodies = draft.widths[start:end]
        found.append(
            Warichu(
                start,
                end,
                tuple(accumulate(map(sum, zip(bodies, inner, strict=True)), initial=0)),
                tuple(inner),
                invisible[start:end],
                tuple(cost < NEVER for cost in penalty[start:end]),
                tuple(bodies),
                tuple(draft.glyphs[start:end]),
                closing,
                style.size // 4,
            )
        )
    return found
