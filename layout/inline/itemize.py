"""Content → items: characters, classes, runs, glyphs, spaces.

``itemize`` is the list of its stages.  Whatever is Japanese about a line is
decided here, from the tables; what follows sees numbers.
"""

from dataclasses import dataclass, field

from layout.diagnostics import Reporter, Span
from layout.font.face import FontFace
from layout.font.shape import Glyph, Shaper
from layout.geometry import WritingMode
from layout.house.rules import (
    CLOSING,
    COMMA,
    DIVIDING,
    FULL_STOP,
    HIRAGANA,
    IDEOGRAPHIC_SPACE,
    KATAKANA,
    LINE_END,
    MIDDLE_DOT,
    NUMERAL,
    OPENING,
    UNIT,
    WESTERN,
    WORD_SPACE,
    N,
    Rules,
)
from layout.inline.characters import Characters, Look, classify, flatten, phrase_ends
from layout.inline.items import ALWAYS, NEVER, Items, PlacedGlyph, Setting
from layout.source.model import Content
from layout.style.model import CompositeFont, FacePart, TextStyle
from layout.units import Length

_WESTERN = (NUMERAL, UNIT, WORD_SPACE, WESTERN)
_KANA = (9, 10, 11, HIRAGANA, KATAKANA)
_SYMBOLS = (1, 2, 3, 4, 5, 6, 7, 8)
_KATAKANA_WORD = (10, 11, KATAKANA)
_PAUSES = (CLOSING, DIVIDING, FULL_STOP, COMMA, IDEOGRAPHIC_SPACE, WORD_SPACE)
_HYPHENS = "-－‐−"
_CELL = 1.2  # a form cell is so many ems wide, its hyphen half of that
_HALF = 0.75  # a glyph wider than this share of an em has a full-width body
# Cost of cutting a phrase of display text, by how much of a word is cut.
_INSIDE_WORD = 600
_INSIDE_COMPOUND = 350
_INSIDE_PHRASE = 220
_AT_MIDDLE_DOT = 60
_NUMBER_FROM_UNIT = 60  # cost of parting a number from what it counts
_COUNTED = "円人名年月日時分秒本件条％万億"
_URL_PAUSES = "/.?&=#-_"
_URL_BREAK = 150


@dataclass(frozen=True, slots=True)
class Setter:
    """What itemizing needs besides the text: shaper, rules, mode, and where to report."""

    shaper: Shaper
    rules: Rules
    mode: WritingMode
    reporter: Reporter


@dataclass(slots=True)
class _Draft:
    """Items while they are collected."""

    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    glyphs: list[tuple[PlacedGlyph, ...]] = field(default_factory=list)
    widths: list[Length] = field(default_factory=list)
    ems: list[Length] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)


def itemize(content: Content, style: TextStyle, setter: Setter) -> Items:
    """All items of one paragraph.

    Characters no face has are reported (``glyph.missing``) and set as the
    face's empty box, so that positions stay true.
    """
    flat = flatten(content, style)
    classes = classify(flat.chars)
    draft = _Draft()
    for start, end, face, part, look in _runs(flat, classes, setter):
        _set_run(draft, flat, classes, (start, end), (face, part, look), style, setter)
    return _finish(draft, flat, style, setter.rules)


# --- runs -------------------------------------------------------------------

_Run = tuple[int, int, FontFace, FacePart, Look]


def _runs(flat: Characters, classes: list[int], setter: Setter) -> list[_Run]:
    """Stretches of characters that are shaped together: one look, one face, one kind."""
    runs: list[_Run] = []
    count = len(flat.chars)
    start = 0
    while start < count:
        look, part = flat.looks[start], _part(flat.looks[start].font, classes, flat.chars, start)
        western = classes[start] in _WESTERN
        end = start + 1
        while (
            end < count
            and end not in flat.breaks
            and flat.looks[end] is look
            and (classes[end] in _WESTERN) == western
            and _part(look.font, classes, flat.chars, end) == part
        ):
            end += 1
        runs.extend(_with_faces(flat, start, end, part, look, setter))
        start = end
    return runs


def _part(font: CompositeFont, classes: list[int], chars: list[str], index: int) -> FacePart:
    kind = classes[index]
    if kind in _WESTERN:
        return font.digits if chars[index].isdigit() else font.latin
    if kind in _KANA:
        return font.kana
    return font.symbols if kind in _SYMBOLS else font.kanji


def _with_faces(
    flat: Characters, start: int, end: int, part: FacePart, look: Look, setter: Setter
) -> list[_Run]:
    """Split a run where its face lacks characters and a fallback has them."""
    library = setter.shaper.library
    face = library.face(part.face)
    if face is None:
        return []
    runs: list[_Run] = []
    for i in range(start, end):
        own = _face_for(flat, i, face, look.font, setter)
        if runs and runs[-1][2] is own:
            runs[-1] = (runs[-1][0], i + 1, own, part, look)
        else:
            runs.append((i, i + 1, own, part, look))
    return runs


def _face_for(
    flat: Characters, index: int, face: FontFace, font: CompositeFont, setter: Setter
) -> FontFace:
    char = flat.chars[index]
    library = setter.shaper.library
    if library.glyph(face, char) or _joins_cluster(char):
        return face
    span = flat.spans[index]
    place = Span(span.file, span.line, span.column + flat.columns[index])
    values = {"char": char, "codepoint": f"U+{ord(char):04X}", "font": face.key}
    for name in font.fallback:
        other = library.face(name)
        if other is not None and library.glyph(other, char):
            setter.reporter.warning("glyph.fallback", place, **values, fallback=name)
            return other
    setter.reporter.error("glyph.missing", place, **values)
    return face


def _joins_cluster(char: str) -> bool:
    """Variation selectors and joiners have no glyph of their own (Unicode 23.4)."""
    code = ord(char)
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or code in (0x200C, 0x200D)


# --- glyphs and bodies --------------------------------------------------------


def _set_run(
    draft: _Draft,
    flat: Characters,
    classes: list[int],
    reach: tuple[int, int],
    dress: tuple[FontFace, FacePart, Look],
    style: TextStyle,
    setter: Setter,
) -> None:
    start, end = reach
    face, part, look = dress
    western = classes[start] in _WESTERN
    text = "".join(flat.chars[start:end])
    glyphs = setter.shaper.shape(
        face, text, setter.mode, western=western, proportional=style.proportional
    )
    size = round(style.size * part.scale)
    setting = Setting(
        face,
        size,
        look.colour,
        turned=western and setter.mode.is_vertical,
        shift=round(style.size * part.shift),
        cell=look.cell,
        target=look.target,
    )
    unit = size / face.units_per_em
    at = 0
    while at < len(glyphs):
        cluster = glyphs[at].cluster
        behind = at + 1
        while behind < len(glyphs) and glyphs[behind].cluster == cluster:
            behind += 1
        until = glyphs[behind].cluster if behind < len(glyphs) else end - start
        draft.texts.append(text[cluster:until])
        draft.starts.append(start + cluster)
        draft.settings.append(setting)
        draft.ems.append(style.size)
        kind = classes[start + cluster]
        draft.classes.append(kind)
        placed, body = _body(
            glyphs[at:behind], text[cluster:until], unit, face, setter.rules.half_bodies.get(kind)
        )
        if look.cell:
            placed, body = _in_cell(placed, body, text[cluster:until], style.size)
        elif kind == WORD_SPACE:
            body = round(style.size * setter.rules.word_space[0])
        draft.glyphs.append(placed)
        draft.widths.append(body)
        at = behind


def _body(
    glyphs: tuple[Glyph, ...], text: str, unit: float, face: FontFace, side: str | None
) -> tuple[tuple[PlacedGlyph, ...], Length]:
    """Glyphs of one cluster and the body of its body.

    Full-width punctuation has a half-em body: the half without ink is taken
    off here and comes back as space from the pair table (JLREQ 3.1.2).
    """
    if len(glyphs) == 1:
        gid, _, advance, along, across = glyphs[0]
        off = 0.0
        if side and advance > _HALF * face.units_per_em:
            half = advance / 2
            off = -half if side == "end" else -half / 2 if side == "middle" else 0.0
            advance = round(half)
        placed = PlacedGlyph(gid, round((along + off) * unit), round(across * unit), text)
        return (placed,), round(advance * unit)
    pen, out = 0, []
    for index, glyph in enumerate(glyphs):
        out.append(
            PlacedGlyph(
                glyph.gid,
                round((pen + glyph.along) * unit),
                round(glyph.across * unit),
                "" if index else text,
            )
        )
        pen += glyph.advance
    return tuple(out), round(pen * unit)


def _in_cell(
    placed: tuple[PlacedGlyph, ...], body: Length, text: str, size: Length
) -> tuple[tuple[PlacedGlyph, ...], Length]:
    """Centre a character in the cell of a form."""
    cell = round(size * (_CELL / 2 if text in _HYPHENS else _CELL))
    off = (cell - body) // 2
    moved = tuple(PlacedGlyph(g.gid, g.along + off, g.across, g.text) for g in placed)
    return moved, cell


# --- spaces and breaks ----------------------------------------------------------


def _finish(draft: _Draft, flat: Characters, style: TextStyle, rules: Rules) -> Items:
    count = len(draft.texts)
    gap, shrink, stretch = [0] * count, [0] * count, [0] * count
    shrink_order, stretch_order = [0] * count, [0] * count
    tail, penalty = [0] * count, [0] * count
    classes, ems, texts = draft.classes, draft.ems, draft.texts
    punctuation, western = rules.proportional if style.proportional else (1.0, 1.0)
    for i in range(count):
        pair_end = classes[i] * N + LINE_END
        if not _is_narrow(texts[i]):
            tail[i] = round(rules.space[pair_end] * ems[i] * punctuation)
        if i + 1 == count:
            break
        pair = classes[i] * N + classes[i + 1]
        em = ems[i + 1] if rules.space_of_after[pair] else ems[i]
        latin = (classes[i] in _WESTERN) != (classes[i + 1] in _WESTERN)
        share = western if latin else punctuation
        natural, least = rules.space[pair] * share, rules.reduce_to[pair] * share
        if _is_narrow(texts[i]) or _is_narrow(texts[i + 1]):
            natural = min(natural, rules.narrow_outside)
            least = min(least, natural)
        if draft.settings[i].cell and draft.settings[i + 1].cell:
            penalty[i] = NEVER
            continue
        gap[i] = round(natural * em) + style.tracking
        if rules.reduce_priority[pair]:
            shrink[i], shrink_order[i] = round((natural - least) * em), rules.reduce_priority[pair]
        if order := rules.expand_priority[pair]:
            order = 3 if order == 2 and rules.even else order
            most = max(rules.expand_to[pair] - natural, 0.0) if order < 4 else 0.0
            stretch[i], stretch_order[i] = round(most * em), order
    _open_word_spaces(classes, ems, rules, (shrink, shrink_order, stretch, stretch_order))
    _set_penalties(draft, flat, style, rules, penalty)
    invisible = tuple(
        kind == WORD_SPACE or (kind == IDEOGRAPHIC_SPACE and i > 0 and classes[i - 1] == DIVIDING)
        for i, kind in enumerate(classes)
    )
    starts = draft.starts
    return Items(
        tuple(texts),
        tuple([flat.spans[s] for s in starts]),
        tuple([flat.columns[s] for s in starts]),
        tuple(draft.settings),
        tuple(draft.glyphs),
        tuple(draft.widths),
        tuple(ems),
        tuple(classes),
        tuple(gap),
        tuple(shrink),
        tuple(shrink_order),
        tuple(stretch),
        tuple(stretch_order),
        tuple(tail),
        tuple(penalty),
        invisible,
    )


def _is_narrow(text: str) -> bool:
    """ASCII brackets: their proportional bodies want less space outside than full-body ones."""
    return text in ("(", ")", "[", "]", "{", "}")


def _open_word_spaces(
    classes: list[int],
    ems: list[Length],
    rules: Rules,
    flex: tuple[list[Length], list[int], list[Length], list[int]],
) -> None:
    """Western word spaces give and take first (JLREQ 3.8.3 a, 3.8.4 a)."""
    shrink, shrink_order, stretch, stretch_order = flex
    natural, least, most = rules.word_space
    for i, kind in enumerate(classes):
        if kind == WORD_SPACE:
            shrink[i], shrink_order[i] = round((natural - least) * ems[i]), 1
            stretch[i], stretch_order[i] = round((most - natural) * ems[i]), 1


def _set_penalties(
    draft: _Draft, flat: Characters, style: TextStyle, rules: Rules, penalty: list[int]
) -> None:
    """Where lines may end: table 2, kinsoku level, words, numbers, phrases, forced breaks."""
    classes, texts, starts = draft.classes, draft.texts, draft.starts
    phrases = phrase_ends("".join(flat.chars)) if style.phrase else None
    for i in range(len(texts) - 1):
        following = starts[i + 1]
        if following in flat.breaks:
            penalty[i] = ALWAYS
        elif penalty[i] == NEVER:
            continue
        elif classes[i + 1] == WORD_SPACE or _holds(classes, texts, i, rules):
            penalty[i] = _url_pause(draft, i)
        elif phrases is not None and following not in phrases:
            penalty[i] = _phrase_cost(classes[i], classes[i + 1])
        elif texts[i][-1].isdigit() and texts[i + 1][0] in _COUNTED:
            penalty[i] = _NUMBER_FROM_UNIT


def _phrase_cost(before: int, after: int) -> int:
    """What a break inside a phrase costs: a katakana word most, after a comma nothing."""
    if before in _PAUSES or after == OPENING:
        return 0
    if before == MIDDLE_DOT:
        return _AT_MIDDLE_DOT
    if before in _KATAKANA_WORD and after in _KATAKANA_WORD:
        return _INSIDE_WORD
    return _INSIDE_COMPOUND if before == after else _INSIDE_PHRASE


def _holds(classes: list[int], texts: list[str], i: int, rules: Rules) -> bool:
    if not rules.no_break[classes[i] * N + classes[i + 1]]:
        return False
    if texts[i + 1] in rules.head_allowed:
        return classes[i] in (OPENING, 12, 28)
    return not (classes[i] == classes[i + 1] == 8 and texts[i] != texts[i + 1])


def _url_pause(draft: _Draft, i: int) -> int:
    """A long address may break behind its own punctuation."""
    target = draft.settings[i].target
    inside = target and draft.settings[i + 1].target == target
    if inside and "//" in target and draft.texts[i] in _URL_PAUSES and draft.texts[i + 1] not in "/.":
        return _URL_BREAK
    return NEVER


