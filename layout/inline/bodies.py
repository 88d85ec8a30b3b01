"""Bodies: the glyphs of a run as items with their widths (JLREQ 2.1.2, 3.1.2)."""

from layout.font.face import FontFace
from layout.font.shape import Glyph
from layout.geometry import WritingMode
from layout.house.rules import ORNAMENTED, WORD_SPACE
from layout.inline.characters import Characters, Look
from layout.inline.draft import Draft, Setter
from layout.inline.items import PlacedGlyph, Setting
from layout.inline.runs import WESTERN_CLASSES
from layout.style.model import FacePart, TextStyle
from layout.units import Length

HYPHENS = "-－‐−"
_CELL = 1.2  # a form cell is so many ems wide, its hyphen half of that
_STALE = 0.05
_HALF = 0.75  # a glyph wider than this share of an em has a full-width body


def set_run(
    draft: Draft,
    flat: Characters,
    classes: list[int],
    reach: tuple[int, int],
    dress: tuple[FontFace, FacePart, Look, bool],
    style: TextStyle,
    setter: Setter,
) -> None:
    start, end = reach
    face, part, look, turned = dress
    western = classes[start] in WESTERN_CLASSES and (turned or not setter.mode.is_vertical)
    mode = WritingMode.HORIZONTAL if turned else setter.mode
    text = "".join(flat.chars[start:end])
    glyphs = setter.shaper.shape(face, text, mode, western=western, proportional=style.proportional)
    size = round(style.size * part.scale)
    setting = Setting(
        face,
        size,
        look.colour,
        turned=turned,
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
        draft.ems.append(size)
        kind = classes[start + cluster]
        if kind == ORNAMENTED and at and draft.classes[-1] == ORNAMENTED:
            draft.joined.add(start + cluster)
        draft.classes.append(kind)
        placed, body = _body(
            glyphs[at:behind], text[cluster:until], unit, face, setter.rules.half_bodies.get(kind)
        )
        if look.cell:
            placed, body = _in_cell(placed, body, text[cluster:until], style.size)
        elif kind == WORD_SPACE:
            body = round(size * setter.rules.word_space[0])
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
        if advance == face.units_per_em and abs(along) < _STALE * advance:
            along = 0  # a full body fills its em; static instances carry stale side bearings
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
    cell = round(size * (_CELL / 2 if text in HYPHENS else _CELL))
    off = (cell - body) // 2
    moved = tuple(PlacedGlyph(g.gid, g.along + off, g.across, g.text) for g in placed)
    return moved, cell
