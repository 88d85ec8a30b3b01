"""Characters to glyphs: the only place where HarfBuzz is called for shaping."""

from typing import NamedTuple

import uharfbuzz as hb

from layout.font.face import FontFace
from layout.font.library import FontLibrary
from layout.geometry import WritingMode


class Glyph(NamedTuple):
    """One glyph in font units.

    ``cluster`` is the index of its first character in the shaped text;
    ``along`` and ``across`` move it from its place along the line and towards
    the line's over side.
    """

    gid: int
    cluster: int
    advance: int
    along: int
    across: int


class Shaper:
    """Shapes runs and remembers them: a leaflet says the same words many times."""

    def __init__(self, library: FontLibrary) -> None:
        self.library = library
        self._seen: dict[tuple[str, str, bool, bool, bool], tuple[Glyph, ...]] = {}

    def shape(
        self, face: FontFace, text: str, mode: WritingMode, *, western: bool, proportional: bool
    ) -> tuple[Glyph, ...]:
        """Glyphs of one run of one face, in reading order.

        ``western`` runs are set with kerning and ligatures, and never upright;
        ``proportional`` asks for palt/vpal and kern on Japanese (見出しの詰め組み).
        Upright glyphs of a vertical line are placed on the em box by their
        centre, so an ordinary one has no offset (OpenType vert, UAX #50).
        """
        upright = mode.is_vertical and not western
        key = (face.key, text, upright, western, proportional)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._shape(face, text, upright, western, proportional)
        return found

    def _shape(
        self, face: FontFace, text: str, upright: bool, western: bool, proportional: bool
    ) -> tuple[Glyph, ...]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "ttb" if upright else "ltr"
        buffer.script = "Latn" if western else "Kana"
        buffer.language = "ja"
        font = self.library.font(face)
        hb.shape(font, buffer, _features(upright, western, proportional))
        pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        if not upright:
            return tuple(
                Glyph(i.codepoint, i.cluster, p.x_advance, p.x_offset, p.y_offset) for i, p in pairs
            )
        top = face.em_top
        glyphs = []
        for info, position in pairs:
            # HarfBuzz offsets put the horizontal origin; take off the em box's own.
            across = position.x_offset + font.get_glyph_h_advance(info.codepoint) // 2
            along = -(position.y_offset + top)
            glyphs.append(Glyph(info.codepoint, info.cluster, -position.y_advance, along, across))
        return tuple(glyphs)


def _features(upright: bool, western: bool, proportional: bool) -> dict[str, bool]:
    if western:
        return {"kern": True, "liga": True}
    if not proportional:
        return {"kern": False, "vkrn": False, "liga": False}
    if upright:
        return {"vpal": True, "vkrn": True, "liga": False}
    return {"palt": True, "kern": True, "liga": False}
