"""Fonts that text is really shown in: there, whole, mapped, with every letter that is used."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.glyphs import Glyphs, UnreadableFontError, read_glyphs
from layout.preflight.finished.marks import Font, Mark
from layout.preflight.finished.objects import is_dictionary, is_name, is_stream, name_of
from layout.preflight.finished.paints import is_blank, is_visible
from layout.preflight.finished.read import descendant, font_name, program_of

_OPENTYPE: Final = ((1, 6), "/OpenType")
"""The version of PDF that first takes whole OpenType programs (ISO 32000-1, 9.9)."""

_WIDTH_MOST: Final = 5.0
"""Thousandths of an em by which a width may differ from the font's own."""


class Shown(Struct):
    """A font with all that is shown in it.  ``font`` is its dictionary, ``inner`` its CIDFont's."""

    name: str
    font: Any
    inner: Any
    marks: list[Mark] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The Subtype of the CIDFont, or of the simple font."""
        return name_of(self.inner.get("/Subtype"))

    @property
    def composite(self) -> bool:
        """Whether codes lead to CIDs."""
        return bool(self.font.get("/Subtype") == "/Type0")


class Fault(Struct, frozen=True):
    """What is wrong with a font: the finding, how bad, its values, and the text that shows it."""

    code: str
    severe: bool
    mark: Mark
    values: Mapping[str, object] = field(default_factory=dict)


def check_fonts(case: Case) -> None:
    """Each fault of each font once, at the first text that shows it."""
    told: set[tuple[str, str]] = set()
    programs: dict[object, Glyphs | UnreadableFontError] = {}
    for shown in _shown(case):
        for fault in _faults(case, shown, programs):
            if (fault.code, shown.name) in told:
                continue
            told.add((fault.code, shown.name))
            report = case.breach if fault.severe else case.warning
            report(fault.code, fault.mark.page, fault.mark.box, font=shown.name, **fault.values)


def _shown(case: Case) -> list[Shown]:
    """The fonts of all texts that can be seen."""
    found: dict[object, Shown] = {}
    for page in case.pages:
        for mark in page.marks:
            font = mark.font
            if mark.kind != "text" or font is None or not mark.codes or not is_visible(mark):
                continue
            if not is_dictionary(font.dictionary):
                continue
            if font.key not in found:
                found[font.key] = _of(font)
            found[font.key].marks.append(mark)
    return list(found.values())


def _of(font: Font) -> Shown:
    inner = descendant(font.dictionary)
    return Shown(font_name(inner)[0], font.dictionary, inner)


def _faults(
    case: Case, shown: Shown, programs: dict[object, Glyphs | UnreadableFontError]
) -> Iterator[Fault]:
    first = shown.marks[0]
    if shown.kind == "/Type3":
        yield Fault("pdf.font-type3", False, first)
        return
    program = program_of(shown.inner)
    if program is None:
        yield Fault("pdf.font-missing", True, first)
        return
    since, kind = _OPENTYPE
    if program.get("/Subtype") == kind and case.rules.version_most < since:
        yield Fault("pdf.font-format", True, first)
    mapping = list(_mapping(case, shown, first))
    yield from mapping
    key = program.objgen
    if key not in programs:
        programs[key] = _read(shown, case)
    match programs[key]:
        case UnreadableFontError() as problem:
            yield Fault("pdf.font-broken", True, first, {"problem": str(problem)[:80]})
        case glyphs if not any(fault.severe for fault in mapping):
            yield from _letters(shown, glyphs)


def _read(shown: Shown, case: Case) -> Glyphs | UnreadableFontError:
    try:
        return read_glyphs(shown.inner, case.budget)
    except UnreadableFontError as problem:
        return problem


def _mapping(case: Case, shown: Shown, first: Mark) -> Iterator[Fault]:
    """Codes that lead to glyphs (ledger, T2), and back to characters.

    Only PDF/X wants CIDToGIDMap to be written; elsewhere CIDs are glyphs without it.
    """
    if not shown.composite:
        return
    table = shown.inner.get("/CIDToGIDMap")
    mapped = is_stream(table) or name_of(table) == "/Identity"
    if shown.kind == "/CIDFontType2" and not mapped and case.is_pdfx:
        yield Fault("pdf.cid-map", True, first)
    encoding = shown.font.get("/Encoding")
    if not is_stream(encoding) and not is_name(encoding):
        yield Fault("pdf.font-encoding", True, first)
    elif "/ToUnicode" not in shown.font and name_of(encoding).startswith("/Identity-"):
        yield Fault("pdf.font-unicode", False, first)


def _letters(shown: Shown, glyphs: Glyphs) -> Iterator[Fault]:
    """Every letter is in the font (ledger, T1), as wide as the file says."""
    used = glyphs.used(shown.font, b"".join(mark.codes for mark in shown.marks))
    if used is None:
        return
    if used.missing:
        marks = _marks_with(shown, glyphs, used.missing)
        if marks:
            count = sum(number for _, number in marks)
            yield Fault("pdf.notdef", True, marks[0][0], {"count": count})
    if used.empty:
        unseen = [mark for mark, number in _marks_with(shown, glyphs, used.empty, whole=True)]
        if unseen:
            values = {"count": len(unseen), "text": unseen[0].text.strip()[:12]}
            yield Fault("pdf.glyph-empty", True, unseen[0], values)
    if misfits := used.misfits(_WIDTH_MOST):
        yield Fault("pdf.font-widths", True, shown.marks[0], {"count": len(misfits)})


def _marks_with(
    shown: Shown, glyphs: Glyphs, wanted: frozenset[int], whole: bool = False
) -> list[tuple[Mark, int]]:
    """Texts with any of these codes (``whole``: of nothing else) and how many; spaces are none."""
    found = []
    for mark in shown.marks:
        codes = glyphs.codes(shown.font, mark.codes)
        number = sum(code in wanted for code in codes)
        if number and not (whole and number < len(codes)) and _says_something(mark, whole):
            found.append((mark, number))
    return found


def _says_something(mark: Mark, known: bool) -> bool:
    return bool(mark.text.strip()) if known else not is_blank(mark)


FONTS: Final[tuple[Check, ...]] = (check_fonts,)
