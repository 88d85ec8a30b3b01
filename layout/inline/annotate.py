"""Ruby, emphasis dots, sidelines, tate-chu-yoko and warichu on a draft of items.

What must stay together becomes one item; what stands beside the line becomes an
annotation.  Nothing here changes the line gap (JLREQ 3.3, 3.3.9, 3.2.5, 3.4.2).
"""

from msgspec.structs import replace

from layout.house.rules import DIVIDING, REFERENCE_MARK, TATE_CHU_YOKO, WORD_SPACE
from layout.inline.characters import Characters, Marked
from layout.inline.draft import Draft, Setter
from layout.inline.items import Annotation, PlacedGlyph, Setting
from layout.inline.ruby import RUBIED, set_rubies
from layout.inline.warichu import set_warichu
from layout.style.model import TextStyle
from layout.units import Length

_DOT = {False: "•", True: "﹅"}  # horizontal, vertical (JLREQ 3.3.9)
_DOT_SIZE = 0.5
# Dots do not sit on punctuation and spaces (JIS X 4051 7.2).
_UNDOTTED = frozenset((1, 2, 3, 4, 5, 6, 7, 14, 26, 28, 29))
_EXCLAMATIONS = ("!?", "!!", "??", "?!", "!", "?")
_NOTE_SIZE = 0.6
_UPRIGHT_NOTE = 3  # characters of a mark that stands upright in a vertical line
_NOTE_RISE = 0.36  # ems towards the over side


def annotate(draft: Draft, flat: Characters, style: TextStyle, setter: Setter) -> None:
    """Apply all markup of a paragraph; automatic tate-chu-yoko first, then in order of place.

    Merging items moves later ones, so annotations are made when all merging is done.
    """
    marks = list(flat.marked)
    if setter.mode.is_vertical:
        marks.extend(_automatic(draft, flat, style))
    for mark in marks:
        if mark.kind == "tate-chu-yoko" and setter.mode.is_vertical:
            _stand_across(draft, mark, style, setter)
        elif mark.kind == "note":
            _raise_note(draft, mark, style, setter)
    draft.close_ranks()
    for mark in sorted(marks, key=lambda m: (-m.start, m.end)):
        if mark.kind == "warichu":
            set_warichu(draft, mark, style, setter)
    set_rubies(draft, [mark for mark in marks if mark.kind == "ruby"], style, setter)
    readings = {i for a in draft.annotations for i in range(a.start, a.end)}
    notes = {i: note for note in draft.notes for i in range(note[0], note[1] + 1)}
    for mark in marks:
        if mark.kind == "dots":
            _set_dots(draft, mark, readings, style, setter)
        elif mark.kind == "line":
            _set_line(draft, mark, readings, notes, setter)


# --- tate-chu-yoko ----------------------------------------------------------------


def _automatic(draft: Draft, flat: Characters, style: TextStyle) -> list[Marked]:
    """Short numbers standing alone, and pairs of exclamation and question marks."""
    own = ("ruby", "tate-chu-yoko", "note")
    taken = {i for mark in flat.marked if mark.kind in own for i in range(mark.start, mark.end)}
    marks: list[Marked] = []
    chars = flat.chars
    at = 0
    while at < len(chars):
        end = at
        while end < len(chars) and chars[end].isascii() and not chars[end].isspace():
            end += 1
        word = "".join(chars[at:end])
        number = word.isdigit() and len(word) <= style.tate_chu_yoko
        cry = word in _EXCLAMATIONS and (len(word) > 1 or (at > 0 and not chars[at - 1].isspace()))
        if word and (number or cry) and not taken & set(range(at, end)):
            marks.append(Marked("tate-chu-yoko", at, end, flat.spans[at]))
        at = max(end, at + 1)
    return marks


def _stand_across(draft: Draft, mark: Marked, style: TextStyle, setter: Setter) -> None:
    """Set the characters side by side in one em of the line, narrowed if they are wider."""
    reach = draft.items_of(mark.start, mark.end)
    if not reach:
        return
    total = sum(draft.widths[i] for i in reach)
    first = draft.settings[reach.start]
    size = first.size
    if total > style.size:
        size = first.size * style.size // total
    glyphs: list[PlacedGlyph] = []
    at = 0
    for i in reach:
        for glyph in draft.glyphs[i]:
            place = (at + glyph.along) * size // first.size
            glyphs.append(PlacedGlyph(glyph.gid, place, 0, glyph.text))
        at += draft.widths[i]
    shown = at * size // first.size
    centred = tuple(PlacedGlyph(g.gid, g.along - shown // 2, g.across, g.text) for g in glyphs)
    kind = DIVIDING if "".join(draft.texts[i] for i in reach) in _EXCLAMATIONS else TATE_CHU_YOKO
    draft.merge(reach, centred, style.size, kind)
    draft.settings[reach.start] = replace(first, size=size, turned=False, upright=True)


# --- note marks --------------------------------------------------------------------


def _raise_note(draft: Draft, mark: Marked, style: TextStyle, setter: Setter) -> None:
    """A small mark at the over side, never alone at a line's head (合印, JLREQ 4.2.3).

    In a vertical line a short one stands upright, side by side.
    """
    reach = draft.items_of(mark.start, mark.end)
    if not reach:
        return
    first = draft.settings[reach.start]
    if setter.mode.is_vertical and len(reach) <= _UPRIGHT_NOTE and first.turned:
        _stand_note(draft, reach, style)
        return
    away = round(style.size * _NOTE_RISE)
    glyphs: list[PlacedGlyph] = []
    at: Length = 0
    for i in reach:
        for glyph in draft.glyphs[i]:
            place = at + round(glyph.along * _NOTE_SIZE)
            across = away + round(glyph.across * _NOTE_SIZE)
            glyphs.append(PlacedGlyph(glyph.gid, place, across, glyph.text))
        at += round(draft.widths[i] * _NOTE_SIZE)
    draft.merge(reach, tuple(glyphs), at, REFERENCE_MARK)
    draft.settings[reach.start] = replace(first, size=round(first.size * _NOTE_SIZE))


def _stand_note(draft: Draft, reach: range, style: TextStyle) -> None:
    """The mark's characters across the line, their end flush with the line's over side."""
    first = draft.settings[reach.start]
    size = round(first.size * _NOTE_SIZE)
    total = round(sum(draft.widths[i] for i in reach) * _NOTE_SIZE)
    glyphs: list[PlacedGlyph] = []
    at: Length = -total // 2
    for i in reach:
        for glyph in draft.glyphs[i]:
            place = at + round(glyph.along * _NOTE_SIZE)
            glyphs.append(PlacedGlyph(glyph.gid, place, (style.size - total) // 2, glyph.text))
        at += round(draft.widths[i] * _NOTE_SIZE)
    draft.merge(reach, tuple(glyphs), size, REFERENCE_MARK)
    draft.settings[reach.start] = replace(first, size=size, turned=False, upright=True)


# --- dots and lines -----------------------------------------------------------------


def _set_dots(
    draft: Draft, mark: Marked, readings: set[int], style: TextStyle, setter: Setter
) -> None:
    """One dot over the middle of each character that takes one; under it where ruby is over it."""
    for i in draft.items_of(mark.start, mark.end):
        if draft.classes[i] in _UNDOTTED:
            continue
        em, base = draft.ems[i], draft.settings[i]
        size = round(em * _DOT_SIZE)
        char = _DOT[setter.mode.is_vertical]
        if not setter.shaper.library.glyph(base.face, char):
            char = "・"
        glyph = setter.shaper.shape(
            base.face, char, setter.mode, western=False, proportional=False
        )[0]
        unit = size / base.face.units_per_em
        inset = round(glyph.along * unit) - round(glyph.advance * unit) // 2
        across = round(glyph.across * unit) - (style.size + size if i in readings else 0)
        placed = tuple(
            PlacedGlyph(glyph.gid, middle + inset, across, "") for middle in _middles(draft, i)
        )
        setting = Setting(base.face, size, base.colour)
        draft.annotations.append(Annotation("dots", i, i + 1, setting, placed))


def _middles(draft: Draft, i: int) -> list[Length]:
    """The middles of an item's characters: group ruby has several in one item."""
    if draft.classes[i] not in RUBIED:
        return [draft.widths[i] // 2]
    return [glyph.along + draft.ems[i] // 2 for glyph in draft.glyphs[i] if glyph.text]


def _set_line(
    draft: Draft,
    mark: Marked,
    readings: set[int],
    notes: dict[int, tuple[int, int]],
    setter: Setter,
) -> None:
    """A line along the items; where ruby (``readings``) is over them it goes to the other side.

    Within a warichu there is no room for one (``warichu.sideline``); ``notes`` is
    the warichu of each character that stands in one.
    """
    reach = draft.items_of(mark.start, mark.end)
    note = notes.get(draft.starts[reach[0]]) if reach else None
    if note is not None and draft.starts[reach[-1]] <= note[1]:
        setter.reporter.warning("warichu.sideline", mark.span)
        return
    while reach and draft.classes[reach[-1]] == WORD_SPACE:
        reach = reach[:-1]
    if reach:
        setting = draft.settings[reach.start]
        kind = "line" if readings.isdisjoint(reach) else "line-under"
        draft.annotations.append(Annotation(kind, reach.start, reach.stop, setting))
