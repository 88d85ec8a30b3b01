"""Fonts: there, whole, and saying which characters they show (checkpoints 10, 17 and 31)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from layout.display.pdf.encodings import glyph_names
from layout.preflight.accessible.case import Case, Check
from layout.preflight.accessible.fonts_composite import composite_faults
from layout.preflight.accessible.fonts_simple import simple_faults
from layout.preflight.accessible.fonts_words import word_faults
from layout.preflight.accessible.tagged import INVISIBLE, Heard
from layout.preflight.accessible.widths import widths_of
from layout.preflight.finished.facts import Box
from layout.preflight.finished.glyphs import (
    Glyphs,
    SimpleProgram,
    UnreadableFontError,
    read_glyphs,
)
from layout.preflight.finished.marks import Font
from layout.preflight.finished.objects import is_dictionary, name_of
from layout.preflight.finished.read import descendant, program_of

_OFF_MOST: Final = 1.0 + 1e-6
"""Thousandths of an em by which a width may differ from the font's own (31-016)."""


class Used(Struct):
    """A font with all that is shown in it; ``painted`` are the codes of what is not invisible."""

    font: Font
    page: int
    box: Box | None = None
    codes: dict[bytes, None] = field(default_factory=dict)
    painted: dict[bytes, None] = field(default_factory=dict)

    @property
    def held(self) -> Any:
        """Its dictionary."""
        return self.font.dictionary

    @property
    def inner(self) -> Any:
        """The CIDFont of a composite font; of another, itself."""
        return descendant(self.held)

    @property
    def composite(self) -> bool:
        """Whether codes lead to CIDs."""
        return name_of(self.held.get("/Subtype")) == "/Type0"


def check_fonts(case: Case) -> None:
    """Each fault of each font once, where it is shown first."""
    for used in _used(case):
        told = set()
        for code, values in _faults(case, used):
            if code not in told:
                told.add(code)
                case.error(code, used.page, used.box, font=used.font.name, **values)


def _used(case: Case) -> list[Used]:
    """The fonts that anything is shown in, spaces too."""
    found: dict[object, Used] = {}
    for page in case.pages:
        first: dict[object, Box] = {}
        for mark in page.marks.marks:
            if mark.kind == "text" and mark.font is not None:
                first.setdefault(mark.font.key, mark.box)
        for heard in page.heard:
            key = heard.font.key
            if key not in found:
                found[key] = Used(heard.font, page.number, first.get(key))
            _note(case, found[key], heard)
    return [used for used in found.values() if is_dictionary(used.held)]


def _note(case: Case, used: Used, heard: Heard) -> None:
    for code in case.shared.fonts.face(heard.font).cut(heard.codes):
        used.codes[code] = None
        if heard.mode != INVISIBLE:
            used.painted[code] = None


Fault = tuple[str, dict[str, object]]


def _faults(case: Case, used: Used) -> Iterator[Fault]:
    names: Mapping[int, str] = glyph_names(used.held.get("/Encoding"))
    if used.composite:
        yield from composite_faults(used.held, used.inner, case.budget)
    elif name_of(used.held.get("/Subtype")) == "/TrueType":
        yield from simple_faults(used.held, list(used.codes), case.budget)
    if program_of(used.inner) is not None:
        try:
            glyphs = read_glyphs(used.inner, case.budget)
        except UnreadableFontError as problem:
            yield "ua.31.broken", {"problem": str(problem)[:80]}
        else:
            yield from _letters(used, glyphs)
            names = _names(used, glyphs) or names
    elif used.painted and name_of(used.held.get("/Subtype")) != "/Type3":
        yield "ua.31.embedded", {}
    face = case.shared.fonts.face(used.font)
    words = {code: face.glyph(code)[1] for code in used.codes}
    yield from word_faults(used.held, used.inner, words, names, case.shared.read)


def _names(used: Used, glyphs: Glyphs) -> Mapping[int, str]:
    """The names of the glyphs that a simple font shows, as its program has them."""
    if not isinstance(glyphs, SimpleProgram):
        return {}
    found = glyphs.keys(used.held, b"".join(used.codes))
    return {code: key for code, key in found.items() if isinstance(key, str)}


def _letters(used: Used, glyphs: Glyphs) -> Iterator[Fault]:
    """Every letter is in the font (31-011, 31-030), as wide as the file says (31-016)."""
    said = b"".join(used.codes)
    found = glyphs.used(used.held, said)
    if found is None:
        return
    if found.notdef:
        yield "ua.31.notdef", {"letters": len(found.notdef)}
    if found.missing - found.notdef:
        yield "ua.31.glyphs", {"letters": len(found.missing - found.notdef)}
    widths = found.widths or widths_of(glyphs, used.held, used.inner, said)
    wrong = [cid for cid, (given, own) in widths.items() if abs(given - own) > _OFF_MOST]
    if wrong and used.painted:
        yield "ua.31.widths", {"letters": len(wrong)}


FONTS: Final[tuple[Check, ...]] = (check_fonts,)
