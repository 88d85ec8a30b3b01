"""Facts of a file before anything is judged: pages and their boxes, names, fonts in use."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from layout.preflight.finished.facts import PT_PER_MM, Box, Facts, FontFact, PageFacts
from layout.preflight.finished.marks import PageMarks
from layout.preflight.finished.metadata import Said
from layout.preflight.finished.objects import (
    is_array,
    is_dictionary,
    is_stream,
    number_of,
    read_box,
    text_of,
    words,
)
from layout.preflight.finished.opening import Opened
from layout.style.pdf_file import inherited

BOXES: Final = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
_INHERITED: Final = ("/MediaBox", "/CropBox")
_LETTER: Final = Box(0, 0, 612, 792)
_PROGRAMS: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_TAG: Final = 6


def unread(name: str, data: bytes) -> Facts:
    """What is known of a file that cannot be opened."""
    return Facts(name, len(data), hashlib.sha256(data).hexdigest())


def read_facts(opened: Opened, said: Said, facts: Facts) -> Facts:
    """The facts of the file and its pages; those of its marks come later."""
    intent = first_intent(opened.pdf.Root)
    return replace(
        facts,
        opened=True,
        version=str(opened.pdf.pdf_version),
        flavour=said.flavour,
        title=said.info.get("Title", "") or said.xmp.get("dc:title", ""),
        producer=said.info.get("Producer", "") or said.xmp.get("pdf:Producer", ""),
        condition=text_of(intent, "/OutputConditionIdentifier"),
        condition_embedded=intent is not None and "/DestOutputProfile" in intent,
        pages=tuple(_page(page, number) for number, page in enumerate(opened.pages, 1)),
    )


# --- output intents


def intents_of(root: Any) -> list[Any]:
    """The output intents of PDF/X (ISO 32000-1, 14.11.5)."""
    held = root.get("/OutputIntents")
    if not is_array(held):
        return []
    return [each for each in held if is_dictionary(each) and each.get("/S") == "/GTS_PDFX"]


def first_intent(root: Any) -> Any:
    """The output intent that counts; None if there is none."""
    found = intents_of(root)
    return found[0] if found else None


# --- pages and boxes


class PageBoxes(Struct, frozen=True):
    """The boxes that a page has, by name, and the names of those that are no boxes."""

    found: Mapping[str, Box]
    broken: tuple[str, ...]


def page_boxes(page: Any) -> PageBoxes:
    """The boxes of a page, inherited ones included (7.7.3.4), their corners put in order."""
    found: dict[str, Box] = {}
    broken = []
    for name in BOXES:
        held = inherited(page, name) if name in _INHERITED else page.get(name)
        if held is None:
            continue
        box = read_box(held)
        if box is None:
            broken.append(name)
        else:
            found[name] = box
    return PageBoxes(found, tuple(broken))


def _page(page: Any, number: int) -> PageFacts:
    boxes = page_boxes(page).found
    media = boxes.get("/MediaBox", _LETTER)
    crop = boxes.get("/CropBox", media)
    trim, bleed = boxes.get("/TrimBox", crop), boxes.get("/BleedBox", crop)
    unit = number_of(page.get("/UserUnit"), 1.0) or 1.0
    mm = unit / PT_PER_MM
    return PageFacts(
        number,
        media,
        crop,
        bleed,
        trim,
        "/TrimBox" in boxes,
        "/BleedBox" in boxes,
        int(number_of(inherited(page, "/Rotate"), 0)),
        trim.width * mm,
        trim.height * mm,
        min(bleeds(trim, bleed)) * mm,
    )


def as_shops_see(page: PageFacts, bleed_mm: float) -> PageFacts:
    """The page with the bleed that a shop would take for it, if its own is none.

    Without a BleedBox that lies between trim and sheet it would be the whole
    sheet, and printer's marks would stand in it.
    """
    if page.has_bleed and page.bleed.holds(page.trim) and page.media.holds(page.bleed):
        return page
    trim, media, out = page.trim, page.media, bleed_mm * PT_PER_MM
    bleed = Box(
        max(trim.x0 - out, media.x0),
        max(trim.y0 - out, media.y0),
        min(trim.x1 + out, media.x1),
        min(trim.y1 + out, media.y1),
    )
    return replace(page, bleed=bleed) if page.has_trim else page


def bleeds(trim: Box, bleed: Box) -> tuple[float, float, float, float]:
    """How far the bleed reaches beyond the trim, in points: head, foot, left, right."""
    return (bleed.y1 - trim.y1, trim.y0 - bleed.y0, trim.x0 - bleed.x0, bleed.x1 - trim.x1)


# --- fonts


def with_fonts(facts: Facts, pages: Sequence[PageMarks]) -> Facts:
    """The facts with the fonts that content really names, those in forms included."""
    seen: dict[object, tuple[Any, list[int]]] = {}
    for page in pages:
        for key, font in page.used.get("/Font", {}).items():
            if is_dictionary(font):
                seen.setdefault(key, (font, []))[1].append(page.number)
    merged: dict[tuple[str, str, bool], FontFact] = {}
    for font, numbers in seen.values():
        fact = _font(font, tuple(numbers))
        key = (fact.name, fact.kind, fact.embedded)
        before = merged.get(key, fact)
        merged[key] = replace(
            fact,
            subset=fact.subset or before.subset,
            unicode=fact.unicode and before.unicode,
            pages=tuple(sorted({*before.pages, *fact.pages})),
        )
    return replace(facts, fonts=tuple(merged[key] for key in sorted(merged)))


def _font(font: Any, pages: tuple[int, ...]) -> FontFact:
    inner = descendant(font)
    name, tagged = font_name(inner)
    kind = words(inner.get("/Subtype"))
    embedded = kind == "Type3" or program_of(inner) is not None
    return FontFact(name, kind, embedded, tagged, "/ToUnicode" in font, pages)


def descendant(font: Any) -> Any:
    """The CIDFont of a composite font; of another, itself."""
    held = font.get("/DescendantFonts")
    if is_array(held) and len(held) and is_dictionary(held[0]):
        return held[0]
    return font


def font_name(font: Any) -> tuple[str, bool]:
    """BaseFont without the tag of a subset, and whether there was one (9.6.4)."""
    name = words(font.get("/BaseFont")) or words(font.get("/Name")) or "?"
    tagged = name[_TAG : _TAG + 1] == "+" and name[:_TAG].isalpha() and name[:_TAG].isupper()
    return (name[_TAG + 1 :] if tagged else name), tagged


def program_of(font: Any) -> Any:
    """The stream of the embedded program; None if the font is not embedded."""
    held = font.get("/FontDescriptor")
    if is_dictionary(held):
        for key in _PROGRAMS:
            if is_stream(program := held.get(key)):
                return program
    return None
