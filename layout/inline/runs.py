"""Runs: stretches of characters of one look, one face and one kind, shaped together."""

from layout.diagnostics import Span
from layout.font.face import FontFace
from layout.house.orientation import lies
from layout.house.rules import (
    HIRAGANA,
    KATAKANA,
    NUMERAL,
    ORNAMENTED,
    UNIT,
    WESTERN,
    WORD_SPACE,
)
from layout.inline.characters import Characters, Look
from layout.inline.draft import Setter
from layout.style.model import CompositeFont, FacePart

WESTERN_CLASSES = (ORNAMENTED, NUMERAL, UNIT, WORD_SPACE, WESTERN)
_KANA = (9, 10, 11, HIRAGANA, KATAKANA)
_SYMBOLS = (1, 2, 3, 4, 5, 6, 7, 8)

Run = tuple[int, int, FontFace, FacePart, Look, bool]
"""Start and end, face, its part, look, and whether it is turned in a vertical line."""


def find_runs(flat: Characters, classes: list[int], setter: Setter) -> list[Run]:
    """Stretches of characters that are shaped together: one look, one face, one kind."""
    runs: list[Run] = []
    count = len(flat.chars)
    start = 0
    while start < count:
        look, part = flat.looks[start], _part(flat.looks[start].font, classes, flat.chars, start)
        western = classes[start] in WESTERN_CLASSES
        end = start + 1
        while (
            end < count
            and end not in flat.breaks
            and flat.looks[end] is look
            and (classes[end] in WESTERN_CLASSES) == western
            and _part(look.font, classes, flat.chars, end) == part
        ):
            end += 1
        runs.extend(_with_faces(flat, (start, end), part, look, western, setter))
        start = end
    return runs


def _part(font: CompositeFont, classes: list[int], chars: list[str], index: int) -> FacePart:
    kind = classes[index]
    if kind in WESTERN_CLASSES:
        return font.digits if chars[index].isdigit() else font.latin
    if kind in _KANA:
        return font.kana
    return font.symbols if kind in _SYMBOLS else font.kanji


def _with_faces(
    flat: Characters,
    reach: tuple[int, int],
    part: FacePart,
    look: Look,
    western: bool,
    setter: Setter,
) -> list[Run]:
    """Split a run where its face lacks characters, and in vertical lines where they lie down."""
    start, end = reach
    face = setter.shaper.library.face(part.face)
    if face is None:
        return []
    runs: list[Run] = []
    vertical = setter.mode.is_vertical
    turned = vertical and western
    for i in range(start, end):
        own = _face_for(flat, i, face, look.font, setter)
        char = flat.chars[i]
        if vertical and western:
            turned = lies(char)
        elif vertical and not (runs and _joins_cluster(char)):
            turned = i not in flat.upright and _turned(char, own, setter)
        if runs and runs[-1][2] is own and runs[-1][5] is turned:
            runs[-1] = (runs[-1][0], i + 1, own, part, look, turned)
        else:
            runs.append((i, i + 1, own, part, look, turned))
    return runs


def _turned(char: str, face: FontFace, setter: Setter) -> bool:
    """Whether a Japanese character is turned: UAX #50 says so, and no ``vert`` glyph does it."""
    if not lies(char):
        return False
    shaped = setter.shaper.shape(face, char, setter.mode, western=False, proportional=False)
    return len(shaped) == 1 and shaped[0].gid == setter.shaper.library.glyph(face, char)


def _face_for(
    flat: Characters, index: int, face: FontFace, font: CompositeFont, setter: Setter
) -> FontFace:
    char = flat.chars[index]
    library = setter.shaper.library
    if library.glyph(face, char) or _joins_cluster(char):
        return face
    span = flat.spans[index]
    place = Span(span.file, span.line, span.column + flat.columns[index])
    code = f"U+{ord(char):04X}"
    report = setter.reporter
    for name in font.fallback:
        other = library.face(name)
        if other is not None and library.glyph(other, char):
            report.warning(
                "glyph.fallback", place, char=char, codepoint=code, font=face.key, fallback=name
            )
            return other
    report.error("glyph.missing", place, char=char, codepoint=code, font=face.key)
    return face


def _joins_cluster(char: str) -> bool:
    """Variation selectors and joiners have no glyph of their own (Unicode 23.4)."""
    code = ord(char)
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or code in (0x200C, 0x200D)
