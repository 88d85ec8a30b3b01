"""What laying out needs besides the node, and what it asks of paragraphs again and again."""

import re

from msgspec import Struct, field
from msgspec.structs import replace

from layout.diagnostics import Reporter
from layout.flow.fragment import Fragment, TextLeaf
from layout.font.shape import Shaper
from layout.geometry import Extent, Offset, WritingMode
from layout.house.rules import MIDDLE_DOT, WORD_SPACE, Rules
from layout.inline.draft import Setter
from layout.inline.itemize import itemize
from layout.inline.items import ALWAYS, Items
from layout.inline.lines import Line, Room, set_lines
from layout.memo import NO_MEMO, Memo
from layout.source.joining import plain_text
from layout.source.model import Content
from layout.style.model import Align, Marker, Para, TextStyle
from layout.units import Length

_MARK_GAP = 0.25  # least room between a list's marker and the text, in ems
_LETTER_GAP = 0.5  # where it ends with a letter, kana or kanji
_WIDE = "\u2000"  # marks and symbols beyond have their own room
_NUMBER = re.compile("[(（]?[0-9０-９]+")


class Composer(Struct, frozen=True):
    """What laying out needs besides the node: rules, shaper, mode, the line pitch around it.

    ``seen`` keeps the items of paragraphs (by identity, with the paragraph, so
    that an identity is never used again); ``memo`` keeps them for other builds.
    """

    shaper: Shaper
    rules: Rules
    mode: WritingMode
    reporter: Reporter
    pitch: Length
    bracket: str = "flush"
    seen: dict[int, tuple[object, Items]] = field(default_factory=dict)
    memo: Memo = NO_MEMO

    @property
    def setter(self) -> Setter:
        """The inline stage's view of this."""
        return Setter(self.shaper, self.rules, self.mode, self.reporter)


def quiet(composer: Composer) -> Composer:
    """The composer with findings that nobody hears, for laying out on trial."""
    return replace(composer, reporter=Reporter())


def items_of(para: Para, composer: Composer) -> Items:
    """The paragraph's items, made once: measuring, filling and balancing ask again and again."""
    return _made_once(para, para.content, para.text, composer)


def _made_once(key: object, content: Content, text: TextStyle, composer: Composer) -> Items:
    found = composer.seen.get(id(key))
    if found is None:
        found = composer.seen[id(key)] = (key, _itemized(content, text, composer))
    return found[1]


def _itemized(content: Content, text: TextStyle, composer: Composer) -> Items:
    """The items, from an earlier build if it had the same paragraph."""
    rules = composer.rules
    return composer.memo.of(
        "items",
        (content, text, composer.mode, id(rules)),
        lambda found: itemize(content, text, replace(composer.setter, reporter=found)),
        composer.reporter,
        rules,
    )


def broken_lines(
    items: Items, style: TextStyle, room: Room, steady: int, composer: Composer
) -> tuple[Line, ...]:
    """The lines of a paragraph (``set_lines``), from an earlier build if they had the same room."""
    if composer.memo is NO_MEMO:
        return set_lines(items, style, room, steady, composer.setter, composer.bracket)
    rooms = tuple(map(room, range(steady + 1)))
    rules = composer.rules
    return composer.memo.of(
        "lines",
        (id(items), style, rooms, composer.mode, composer.bracket, id(rules)),
        lambda found: set_lines(
            items,
            style,
            room,
            steady,
            replace(composer.setter, reporter=found),
            composer.bracket,
        ),
        composer.reporter,
        (items, rules),
    )


def longest(items: Items) -> Length:
    """The length of the longest stretch between forced breaks, without adjustment."""
    widths, gaps = items.added()
    found = at = 0
    for i, body in enumerate(widths):
        at += body
        found = max(found, at)
        at = 0 if items.penalty[i] == ALWAYS else at + gaps[i]
    return found


def lines_of(
    para: Para, inline: Length, composer: Composer, style: TextStyle | None = None
) -> tuple[Line, ...]:
    """The paragraph's lines in ``inline`` of room; ``style`` may move them."""
    style = style or text_style(para, composer)
    items = items_of(para, composer)
    return broken_lines(items, style, lambda _: (0, inline), 0, composer)


def text_fragment(
    lines: tuple[Line, ...], para: Para, inline: Length, composer: Composer
) -> Fragment:
    """Lines at the paragraph's own pitch, half a line gap before the first and after the last."""
    pitch = para.text.pitch
    children = tuple(
        (Offset(0, number * pitch + pitch // 2), TextLeaf(line))
        for number, line in enumerate(lines)
    )
    leaf = marker_leaf(para, 0, composer) if lines and not lines[0].start else None
    if leaf is not None:
        children = ((Offset(0, pitch // 2), leaf), *children)
    ease = max(pitch - para.text.size, 0) // 2
    extent = Extent(inline, len(lines) * pitch)
    return Fragment(extent, children, composer.mode, para.span, para.role, para.name, ease, ease)


# --- items of lists ------------------------------------------------------------------


def text_style(para: Para, composer: Composer) -> TextStyle:
    """The paragraph's text style; an item's text stands behind its markers' room."""
    if para.marker is None:
        return para.text
    start = sum(marker_rooms(para.marker, para.text, composer))
    return replace(para.text, indent=start, hang=start)


def marker_rooms(marker: Marker, text: TextStyle, composer: Composer) -> tuple[Length, ...]:
    """The room of each level's markers: whole characters that hold the widest."""
    return tuple(_room(contents, text, composer) for contents in marker.levels)


def _room(contents: tuple[Content, ...], text: TextStyle, composer: Composer) -> Length:
    em = text.size
    markers = [_made_once(c, c, text, composer) for c in contents if c]
    widest = max((_body(items) for items in markers), default=0)
    wanted = widest + max((round(em * _gap(items)) for items in markers), default=0)
    return max(-(-wanted // em) * em, text.hang, em if contents else 0)


def _gap(items: Items) -> float:
    """The least room behind a marker, in ems: letters need more than what ends by itself."""
    text = items.text.rstrip(" ")
    if text[-1:].isalpha():
        return _LETTER_GAP
    return 0.0 if text[-1:] > _WIDE else _MARK_GAP


def _body(items: Items) -> Length:
    """How long a marker is without the word spaces typed behind it."""
    count = len(items)
    while count and items.classes[count - 1] == WORD_SPACE:
        count -= 1
    if count == 1 and items.classes[0] == MIDDLE_DOT:
        return items.ems[0]
    return sum(items.widths[:count]) + sum(items.gap[: max(count - 1, 0)])


def marker_leaf(para: Para, start: Length, composer: Composer) -> TextLeaf | None:
    """The marker of an item as a line of its own, beside the item's first line.

    Numbers end below one another; a middle dot stands in the middle of its em.
    """
    marker = para.marker
    if marker is None or not marker.content:
        return None
    text = replace(para.text, indent=0, hang=0, align=Align.START)
    items = _made_once(marker.content, marker.content, text, composer)
    rooms = marker_rooms(marker, para.text, composer)
    place = start + sum(rooms[:-1])
    if len(items) and items.classes[0] == MIDDLE_DOT:
        place += items.ems[0] // 4
    elif _NUMBER.match(plain_text(marker.content)):
        own = marker.levels[-1]
        place += max(_body(_made_once(c, c, text, composer)) for c in own if c) - _body(items)
    lines = set_lines(items, text, lambda _: (place, sum(items.widths) * 2), 0, composer.setter)
    return TextLeaf(lines[0], marker=True) if lines else None
