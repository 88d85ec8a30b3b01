"""Ruby: small readings beside their base characters (JLREQ 3.3.1–3.3.8).

Mono ruby and jukugo ruby keep an item for each base character, so that a line
may end between them; group ruby makes its base one item.  A reading longer than
its base hangs over neighbours where they allow it, and opens the base where
they do not.
"""

from dataclasses import dataclass

from layout.house.rules import HIRAGANA
from layout.inline.characters import Marked
from layout.inline.draft import Draft, Setter
from layout.inline.items import Annotation, PlacedGlyph, Setting
from layout.style.model import TextStyle
from layout.units import Length

RUBY_SIZE = 0.5
RUBY_THIRD = 1 / 3
_GROUP = 22
_JUKUGO = 23
# How far in ems a reading may hang over its neighbour (table 1, "hang"): over the
# space a bracket, comma, middle dot or Latin character keeps towards the base, and
# by one ruby character over kana and over closing marks that follow solid.  What
# the notes 1, 7 and 8 leave to a house is done for small kana and ー alone.
_OVERHUNG_BEFORE = {2: 0.5, 5: 0.25, 6: 0.5, 7: 0.5, 8: 0.5, 10: 0.5, 11: 0.5, HIRAGANA: 0.5}
_OVERHUNG_AFTER = {1: 0.5, 2: 0.5, 5: 0.25, 6: 0.5, 7: 0.5, 8: 0.5, 10: 0.5, 11: 0.5, HIRAGANA: 0.5}
_LATIN_ROOM = {24: 0.25, 25: 0.25, 27: 0.25}
_OVERHUNG_BEFORE.update(_LATIN_ROOM)
_OVERHUNG_AFTER.update(_LATIN_ROOM)


def set_ruby(draft: Draft, mark: Marked, style: TextStyle, setter: Setter) -> None:
    """Put the readings of ``mark`` over its base characters."""
    reach = draft.items_of(mark.start, mark.end)
    if not reach:
        return
    base = draft.settings[reach.start]
    jukugo = len(mark.readings) == len(reach) > 1
    readings = mark.readings if jukugo else ("".join(mark.readings),)
    single = jukugo or len(reach) == 1
    small = [_Reading.of(text, base, single, style, setter) for text in readings]
    if jukugo:
        _set_jukugo(draft, reach, small, style)
    else:
        _set_group(draft, reach, small[0], style)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A shaped reading: its glyphs at their natural places from 0, their length and setting."""

    glyphs: tuple[PlacedGlyph, ...]
    length: Length
    setting: Setting

    @staticmethod
    def of(text: str, base: Setting, single: bool, style: TextStyle, setter: Setter) -> "_Reading":
        """Shape ``text`` at the ruby size: a third for three kana over one character, if chosen."""
        thirds = single and style.ruby_thirds and len(text) == 3
        size = round(style.size * (RUBY_THIRD if thirds else RUBY_SIZE))
        face, setting = base.face, Setting(base.face, size, base.colour)
        shaped = setter.shaper.shape(face, text, setter.mode, western=False, proportional=False)
        unit = setting.size / face.units_per_em
        glyphs, at = [], 0
        for index, glyph in enumerate(shaped):
            until = shaped[index + 1].cluster if index + 1 < len(shaped) else len(text)
            own = text[glyph.cluster : until]
            place = at + round(glyph.along * unit)
            glyphs.append(PlacedGlyph(glyph.gid, place, round(glyph.across * unit), own))
            at += round(glyph.advance * unit)
        return _Reading(tuple(glyphs), at, setting)


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


def _set_group(draft: Draft, reach: range, reading: _Reading, style: TextStyle) -> None:
    """One reading over all of the base; whichever is shorter is spread out (1:2:1).

    Over one character a short reading stands in its middle (中付き) or, in the
    ``shoulder`` style, at its head (肩付き).
    """
    setting = reading.setting
    body = sum(draft.widths[i] for i in reach)
    length = reading.length
    before = _room(draft, reach.start - 1, _OVERHUNG_BEFORE, setting.size)
    after = _room(draft, reach.stop, _OVERHUNG_AFTER, setting.size)
    over = max(length - body, 0)
    hang_before = min(before, over // 2)
    hang_after = min(after, over - hang_before)
    hang_before = min(before, over - hang_after)
    if hang_after:
        draft.hung[draft.starts[reach.stop]] = hang_after
    whole = max(body, length - hang_before - hang_after)
    count = len(reach)
    merged: list[PlacedGlyph] = []
    at = (whole - body) // (2 * count) if whole > body else 0
    step = (whole - body) // count if whole > body else 0
    for i in reach:
        merged.extend(PlacedGlyph(g.gid, at + g.along, g.across, g.text) for g in draft.glyphs[i])
        at += draft.widths[i] + step
    draft.merge(reach, tuple(merged), whole, _GROUP)
    room = whole + hang_before + hang_after
    if style.ruby_shoulder and count == 1 and length <= body:
        room = length
    places = _spread(reading, room, -hang_before, setting)
    draft.annotations.append(Annotation("ruby", reach.start, reach.start + 1, setting, places))


def _spread(
    reading: _Reading, room: Length, start: Length, setting: Setting
) -> tuple[PlacedGlyph, ...]:
    """A reading over ``room``: half a step at the ends, a step between (1:2:1), one em at most."""
    count = max(len(reading.glyphs), 1)
    spare = max(room - reading.length, 0)
    step = min(spare // count, setting.size)
    first = start + (spare - step * (count - 1)) // 2
    return tuple(
        PlacedGlyph(g.gid, first + g.along + index * step, g.across, g.text)
        for index, g in enumerate(reading.glyphs)
    )


def _set_jukugo(draft: Draft, reach: range, readings: list[_Reading], style: TextStyle) -> None:
    """A reading for each character; a long one leans over its shorter neighbours in the word.

    A word whose readings lean stays on one line: apart they would have no base.
    """
    widths = [draft.widths[i] for i in reach]
    lengths = [reading.length for reading in readings]
    if all(n <= w for n, w in zip(lengths, widths, strict=True)):
        share = 0 if style.ruby_shoulder else 2
        starts = [(w - n) // share if share else 0 for n, w in zip(lengths, widths, strict=True)]
    else:
        spare = max(sum(lengths) - sum(widths), 0)
        for k, i in enumerate(reach):
            draft.widths[i] += spare * (k + 1) // len(reach) - spare * k // len(reach)
            moved = (draft.widths[i] - widths[k]) // 2
            draft.glyphs[i] = tuple(
                PlacedGlyph(g.gid, g.along + moved, g.across, g.text) for g in draft.glyphs[i]
            )
        starts = _lean([draft.widths[i] for i in reach], lengths)
        draft.bound.update(draft.starts[i] for i in reach[1:])
    for k, i in enumerate(reach):
        draft.classes[i] = _JUKUGO
        if k:
            draft.joined.add(draft.starts[i])
        places = _spread(readings[k], lengths[k], starts[k], readings[k].setting)
        draft.annotations.append(Annotation("ruby", i, i + 1, readings[k].setting, places))


def _lean(widths: list[Length], lengths: list[Length]) -> list[Length]:
    """The start of each reading from its own base: over the word's middle, none over another."""
    total, room = sum(lengths), sum(widths)
    at, base = (room - total) // 2, 0
    starts = []
    for body, length in zip(widths, lengths, strict=True):
        starts.append(at - base)
        at += length
        base += body
    return starts
