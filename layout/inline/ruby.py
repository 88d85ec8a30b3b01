"""Ruby: small readings beside their base characters (JLREQ 3.3.1–3.3.8).

Mono ruby and jukugo ruby keep an item for each base character, so that a line
may end between them; group ruby makes its base one item.  A reading longer than
its base hangs over neighbours where they allow it, and opens the base where
they do not; ``words`` sets it anew where a line begins or ends with it.
"""

from bisect import bisect_left

from msgspec import Struct

from layout.house.rules import HIRAGANA
from layout.inline.characters import Marked
from layout.inline.draft import Draft, Setter
from layout.inline.items import PlacedGlyph, Setting
from layout.inline.runs import WESTERN_CLASSES
from layout.inline.words import Base, Reading, Word
from layout.style.model import TextStyle
from layout.units import Length

RUBY_SIZE = 0.5
RUBY_THIRD = 1 / 3
_GROUP = 22
_JUKUGO = 23
RUBIED = (_GROUP, _JUKUGO)
_PARTED = 120  # cost of cutting a word whose readings lean on each other
# How far in ems a reading may hang over its neighbour (table 1, "hang"): over the
# space a bracket, comma, middle dot or Latin character keeps towards the base, and
# by one ruby character over kana and over closing marks that follow solid.  What
# the notes 1, 7 and 8 leave to a house is done for small kana and ー alone.
_OVERHUNG_BEFORE = {2: 0.5, 5: 0.25, 6: 0.5, 7: 0.5, 8: 0.5, 10: 0.5, 11: 0.5, HIRAGANA: 0.5}
_OVERHUNG_AFTER = {1: 0.5, 2: 0.5, 5: 0.25, 6: 0.5, 7: 0.5, 8: 0.5, 10: 0.5, 11: 0.5, HIRAGANA: 0.5}
_LATIN_ROOM = {21: 0.25, 24: 0.25, 25: 0.25, 27: 0.25}
_OVERHUNG_BEFORE.update(_LATIN_ROOM)
_OVERHUNG_AFTER.update(_LATIN_ROOM)


class _Bases(Struct, frozen=True):
    """What a mark stands over: the first character and each base.

    ``jukugo`` has a reading for each base; ``solid`` bases are all Latin.
    """

    first: int
    bases: tuple[Base, ...]
    jukugo: bool
    solid: bool


def set_rubies(draft: Draft, marks: list[Marked], style: TextStyle, setter: Setter) -> None:
    """Put the readings of ``marks`` over their base characters, in order of place."""
    ordered = sorted(marks, key=lambda m: (m.start, -m.end))
    found = [(mark, bases) for mark in ordered if (bases := _gathered(draft, mark)) is not None]
    draft.close_ranks()
    for mark, bases in found:
        _set_ruby(draft, mark, bases, style, setter)


def _gathered(draft: Draft, mark: Marked) -> _Bases | None:
    """The bases of ``mark``; those under one reading become one item."""
    reach = draft.items_of(mark.start, mark.end)
    if not reach:
        return None
    jukugo = len(mark.readings) == len(reach) > 1
    found = _Bases(
        draft.starts[reach.start],
        tuple(Base(draft.glyphs[i], draft.widths[i]) for i in reach),
        jukugo,
        solid=all(draft.classes[i] in WESTERN_CLASSES for i in reach),
    )
    if not jukugo and len(reach) > 1:  # neighbours still ask what class the first base is of
        draft.merge(reach, (), 0, draft.classes[reach.start])
    return found


def _set_ruby(draft: Draft, mark: Marked, over: _Bases, style: TextStyle, setter: Setter) -> None:
    jukugo = over.jukugo
    start = bisect_left(draft.starts, over.first)
    end = start + (len(over.bases) if jukugo else 1)
    texts = mark.readings if jukugo else ("".join(mark.readings),)
    single = jukugo or len(over.bases) == 1
    em, base = draft.ems[start], draft.settings[start]
    readings = tuple(_shaped(text, base, em, single, style, setter) for text in texts)
    word = Word(
        start,
        end,
        over.bases,
        readings,
        _room(draft, start - 1, _OVERHUNG_BEFORE, readings[0].setting.size),
        _room(draft, end, _OVERHUNG_AFTER, readings[-1].setting.size),
        em,
        solid=over.solid,
        shoulder=style.ruby_shoulder,
        by_base=style.ruby_by_base,
    )
    _enter(draft, word, jukugo)


def _enter(draft: Draft, word: Word, jukugo: bool) -> None:
    """Items, annotations and what the spaces beside must keep, as in the middle of a line."""
    behind = word.end
    if behind < len(draft.starts) and word.hang_after:
        draft.hung[draft.starts[behind]] = word.hang_after
    draft.kept_before[draft.starts[word.start]] = word.hang_before
    draft.kept_after[draft.starts[behind - 1]] = word.hang_after
    part = word.part(word.start, word.end, head=False, tail=False)
    for k, i in enumerate(range(word.start, word.end)):
        draft.classes[i] = _JUKUGO if jukugo else _GROUP
        draft.glyphs[i], draft.widths[i] = part.glyphs[k], part.widths[k]
        if k:
            draft.joined.add(draft.starts[i])
            if word.leans:
                draft.costs[draft.starts[i]] = _PARTED
    draft.annotations.extend(part.ruby)
    if word.changes:
        draft.words.append(word)


def _shaped(
    text: str, base: Setting, em: Length, single: bool, style: TextStyle, setter: Setter
) -> Reading:
    """Shape ``text`` at the ruby size: a third for three kana over one character, if chosen."""
    thirds = single and style.ruby_thirds and len(text) == 3
    face = base.face
    setting = Setting(face, round(em * (RUBY_THIRD if thirds else RUBY_SIZE)), base.colour)
    shaped = setter.shaper.shape(face, text, setter.mode, western=False, proportional=False)
    unit = setting.size / face.units_per_em
    glyphs, at = [], 0
    for index, glyph in enumerate(shaped):
        until = shaped[index + 1].cluster if index + 1 < len(shaped) else len(text)
        own = text[glyph.cluster : until]
        place = at + round(glyph.along * unit)
        glyphs.append(PlacedGlyph(glyph.gid, place, round(glyph.across * unit), own))
        at += round(glyph.advance * unit)
    return Reading(tuple(glyphs), at, setting)


def _room(draft: Draft, index: int, allowed: dict[int, float], most: Length) -> Length:
    """How far a reading may hang over the item ``index``: ``most`` is one ruby character.

    Two readings over one neighbour share that room, or they would run together.
    """
    if not 0 <= index < len(draft.classes):
        return 0
    room = allowed.get(draft.classes[index], 0.0)
    return max(
        min(most, round(room * draft.ems[index])) - draft.hung.get(draft.starts[index], 0), 0
    )
