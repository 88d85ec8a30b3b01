"""The way in: bytes and a profile → findings and facts.

So far: whether the file opens, its boxes, what it says of itself, its fonts.
The marks of the content streams are not judged yet.
"""

import hashlib
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import Reporter, Span
from layout.house.profile import Profile
from layout.preflight.finished.facts import PT_PER_MM, Box, Facts, FontFact, PageFacts

if TYPE_CHECKING:
    import pikepdf

_LEAVES: Final = ("FontFile", "FontFile2", "FontFile3")


def check_pdf(data: bytes, name: str, profile: Profile, reporter: Reporter) -> Facts:
    """Judge the finished file ``data`` against ``profile``; never raises for what it contains.

    ``name`` is the file's name as findings should say it (their span's file).
    """
    from io import BytesIO

    import pikepdf

    closed = Facts(name, len(data), hashlib.sha256(data).hexdigest())
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            facts = _read(pdf, closed)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, RuntimeError):
        return closed
    _judge(facts, profile, reporter)
    return facts


def _judge(facts: Facts, profile: Profile, reporter: Reporter) -> None:
    span = Span(facts.name)
    if profile.flavours and facts.flavour not in profile.flavours:
        wanted = "、".join(profile.flavours)
        if any(each.startswith("PDF/X") for each in profile.flavours):
            reporter.error("pdf.flavour", span, found=facts.flavour or "-", wanted=wanted)
    for page in facts.pages:
        if not page.has_trim:
            reporter.error("pdf.trim-missing", span, page=page.number)
    for font in facts.fonts:
        if not font.embedded:
            reporter.error("pdf.font-missing", span, page=font.pages[0], font=font.name)


def _read(pdf: "pikepdf.Pdf", closed: Facts) -> Facts:
    from dataclasses import replace

    info = pdf.docinfo
    said = str(info.get("/GTS_PDFXConformance", "") or info.get("/GTS_PDFXVersion", ""))
    if not said:
        said = str(pdf.open_metadata().get("pdfxid:GTS_PDFXVersion", "") or "")
    intents: list[Any] = list(pdf.Root.get("/OutputIntents", []))
    condition = str(intents[0].get("/OutputConditionIdentifier", "")) if intents else ""
    return replace(
        closed,
        opened=True,
        version=str(pdf.pdf_version),
        flavour=said,
        title=str(info.get("/Title", "")),
        producer=str(info.get("/Producer", "")),
        condition=condition,
        condition_embedded=bool(intents and "/DestOutputProfile" in intents[0]),
        pages=tuple(_page(page, number) for number, page in enumerate(pdf.pages, 1)),
        fonts=_fonts(pdf),
    )


def _box(values: Any) -> Box:
    a, b, c, d = (float(each) for each in values)
    return Box(min(a, c), min(b, d), max(a, c), max(b, d))


def _page(page: "pikepdf.Page", number: int) -> PageFacts:
    trim, bleed = _box(page.trimbox), _box(page.bleedbox)
    sides = (trim.x0 - bleed.x0, trim.y0 - bleed.y0, bleed.x1 - trim.x1, bleed.y1 - trim.y1)
    return PageFacts(
        number,
        _box(page.mediabox),
        _box(page.cropbox),
        bleed,
        trim,
        "/TrimBox" in page.obj,
        "/BleedBox" in page.obj,
        int(page.obj.get("/Rotate", 0)),
        trim.width / PT_PER_MM,
        trim.height / PT_PER_MM,
        min(sides) / PT_PER_MM,
    )


def _fonts(pdf: "pikepdf.Pdf") -> tuple[FontFact, ...]:
    found: dict[str, FontFact] = {}
    for number, page in enumerate(pdf.pages, 1):
        fonts: Any = page.resources.get("/Font", {}) if "/Resources" in page.obj else {}
        for font in fonts.values():
            fact = _font(font, number)
            before = found.get(fact.name)
            pages = tuple(sorted({*(before.pages if before else ()), number}))
            found[fact.name] = FontFact(
                fact.name, fact.kind, fact.embedded, fact.subset, fact.unicode, pages
            )
    return tuple(found[name] for name in sorted(found))


def _font(font: Any, number: int) -> FontFact:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    name = str(inner.get("/BaseFont", "/-"))[1:]
    held = inner.get("/FontDescriptor", {})
    embedded = any(f"/{leaf}" in held for leaf in _LEAVES) or font.Subtype == "/Type3"
    plain = name[7:] if name[6:7] == "+" else name
    return FontFact(
        plain, str(inner.Subtype)[1:], embedded, plain != name, "/ToUnicode" in font, (number,)
    )
