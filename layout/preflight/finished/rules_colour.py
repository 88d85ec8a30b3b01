"""Colour: spaces that are no inks, spots, the registration colour, sums of ink, pale tints."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from layout.diagnostics import Reporter
from layout.preflight.colour import ALL, PROCESS, Space
from layout.preflight.finished.facts import Box, PageFacts
from layout.preflight.finished.gather import Gathering, Judged
from layout.preflight.finished.marks import Mark, PageMarks, Paint
from layout.preflight.finished.paints import (
    BARE,
    colour_name,
    image_paint,
    inside,
    is_light,
    is_registration,
    on_page,
    paints_of,
    reaches,
    shown,
    spots_in,
    texts_on,
    total,
)
from layout.preflight.functions import ColourError

_INK_SPACES: Final = frozenset(("DeviceGray", "DeviceCMYK", "Separation", "DeviceN", "Pattern"))
_INKS_MOST: Final = {(1, 3): 8, (1, 4): 8}
"""Colorants that a DeviceN space may have (ISO 32000-1, annex C; PDF 1.3 and 1.4: 8)."""
_INKS_MOST_LATER: Final = 32
_BLACKISH: Final = 80.0  # percent of black from which a colour with other inks is a rich black
_RICH: Final = 10.0
_SMALL_TYPE_PT: Final = 8.0
_THIN_LINE_PT: Final = 0.5
_MANY: Final = 3
_SEEN: Final = 0.1  # a tint under this does not show where plates are out of register
_UNEQUAL: Final = 0.02
_SLACK: Final = 0.05  # percent


class _Use(Struct, frozen=True):
    """A paint that is used, and the first mark that uses it."""

    paint: Paint
    mark: Mark
    stroke: bool


def _uses(marks: PageMarks, page: PageFacts, beside: bool = False) -> Iterator[_Use]:
    """Every use of a paint on the page, pictures' spaces too; ``beside``: in the slug too."""
    known: dict[int, Paint | None] = {}
    wanted = marks.marks if beside else on_page(marks.marks, page)
    for mark in wanted:
        for paint, stroke in paints_of(mark):
            yield _Use(paint, mark, stroke)
        if mark.kind == "image" and mark.fill is None:
            key = id(mark.image)
            if key not in known:
                known[key] = image_paint(mark.image)
            if (found := known[key]) is not None:
                yield _Use(found, mark, False)


def check_spaces(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Colour in spaces that a press does not print as they are (ledgers, C1 and C2)."""
    if not judged.for_shop:
        return
    found = Gathering(page, judged)
    passed: set[int] = set()
    for use in _uses(marks, page, beside=True):
        paint = use.paint
        if id(paint) in passed:
            continue
        code = _breach(paint.family, paint.space)
        if code:
            forbidden = judged.inks_only or (judged.is_pdfx and paint.family == "DeviceRGB")
            report = found.error if forbidden else found.warning
            report(code, use.mark.box, space=paint.family)
            continue
        if judged.inks_only and (code := _alternate_breach(paint.space)):
            found.error(code, use.mark.box, space=_names(paint.space))
            continue
        if use.mark.kind != "image":
            passed.add(id(paint))
    found.report(reporter)


def _breach(family: str, space: Space) -> str:
    """The code for a space that is no ink's; empty for the others."""
    if family in _INK_SPACES:
        return ""
    if family == "Lab" or space.kind == "lab":
        return "pdf.lab"
    if family in ("DeviceRGB", "CalRGB") or space.kind == "rgb":
        return "pdf.rgb"
    return "pdf.icc" if family in ("ICCBased", "CalGray", "CalCMYK") else ""


def _alternate_breach(space: Space) -> str:
    """The code for a spot that is shown in RGB or Lab where its ink is not at hand."""
    base = space.base if space.kind in ("indexed", "pattern") and space.base else space
    if base.kind != "named" or base.alternate is None:
        return ""
    alternate = base.alternate.kind
    return {"rgb": "pdf.rgb", "lab": "pdf.lab"}.get(alternate, "")


def _names(space: Space) -> str:
    base = space.base if space.base is not None else space
    return " + ".join(base.names) or base.kind


def check_gray_only(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Nothing but gray, where the shop has one drum or one toner."""
    if not judged.profile.gray_only:
        return
    found = Gathering(page, judged)
    for use in _uses(marks, page):
        if use.mark.kind == "image" and use.mark.fill is None:
            if _colour_space(use.paint.space):
                found.warning("pdf.not-gray-picture", use.mark.box, space=use.paint.family)
        elif _is_coloured(use.paint):
            found.error(
                "pdf.not-gray", use.mark.box, rank=total(use.paint), colour=colour_name(use.paint)
            )
    found.report(reporter)


def _colour_space(space: Space) -> bool:
    base = space.base if space.base is not None else space
    return base.kind in ("rgb", "cmyk", "lab") or any(name != "Black" for name in base.names)


def _is_coloured(paint: Paint) -> bool:
    if is_light(paint):
        low, high = min(paint.values, default=0.0), max(paint.values, default=0.0)
        if paint.space.kind == "lab":
            return any(abs(value) > 2 for value in paint.values[1:])
        return high - low > _UNEQUAL or bool(paint.pattern)
    if paint.pattern == "shading" and not paint.inks:
        return _colour_space(paint.space)
    return any(tint >= BARE for plate, tint in paint.inks.items() if plate not in ("Black", ALL))


def check_spots(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Spot inks where none are taken, and spaces of more inks than PDF knows."""
    profile = judged.profile
    found = Gathering(page, judged)
    most = _INKS_MOST_LATER
    if judged.flavour is not None and judged.is_pdfx:
        most = _INKS_MOST.get(judged.flavour.version, most)
    for use in _uses(marks, page):
        space = use.paint.space
        if len(space.names) > most:
            found.error("pdf.inks-many", use.mark.box, inks=len(space.names), most=most)
        if profile.spots or profile.gray_only:
            continue
        for name in spots_in(space):
            found.error("pdf.spot", use.mark.box, alike=name, ink=name)
    found.report(reporter)


def check_spot_names(
    marks: Sequence[PageMarks], pages: Sequence[PageFacts], judged: Judged, reporter: Reporter
) -> None:
    """One ink under two names, or with two looks, becomes two plates, or one that is not right."""
    known: dict[str, str] = {plain_name(name): name for name in PROCESS}
    looks: dict[str, object] = {}
    told: set[str] = set()
    for each, page in zip(marks, pages, strict=False):
        for use in _uses(each, page):
            for name in spots_in(use.paint.space):
                first = known.setdefault(plain_name(name), name)
                look = _look(use.paint.space)
                alike = look is None or looks.setdefault(name, look) == look
                if (first == name and alike) or name in told:
                    continue
                told.add(name)
                code = "pdf.spot-names" if first != name else "pdf.spot-looks"
                found = Gathering(page, judged)
                found.error(code, use.mark.box, ink=name, other=first)
                found.report(reporter)


def plain_name(name: str) -> str:
    """A spot's name without what people write now so, now so: case, width, spaces, the paper.

    ``PANTONE 185 C`` and ``PANTONE 185 CVC`` are one ink.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
    head = plain.rstrip("cuvmp")
    return head if head and head[-1].isdigit() else plain


def _look(space: Space) -> object:
    """What stands for the full ink; None if it is not one ink, or not known."""
    base = space.base if space.kind in ("indexed", "pattern") and space.base else space
    if len(base.names) != 1 or base.tint is None or base.alternate is None:
        return None
    try:
        full = base.tint((1.0,))
    except (ColourError, IndexError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return base.alternate.kind, tuple(round(value, 2) for value in full)


def check_registration(
    marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter
) -> None:
    """The colorant All is for marks beside the page; on the page every plate prints it.

    Strokes that do not reach into the trimmed page are marks that stand too near.
    """
    found = Gathering(page, judged)
    for mark in on_page(marks.marks, page):
        if mark.kind == "text":
            continue  # told with the text's colour
        for paint, stroke in paints_of(mark):
            if paint.inks.get(ALL, 0.0) < BARE:
                continue
            if stroke and not reaches(mark, page.trim):
                box = _intruder(mark, page.bleed)
                found.error("pdf.marks-in-bleed", box, distance=f"{_depth(box, page):.1f}")
            else:
                found.error("pdf.registration", mark.box)
    found.report(reporter)


def _intruder(mark: Mark, bleed: Box) -> Box:
    """The piece of a mark that reaches in, or all of it."""
    return next((piece for piece in mark.pieces if inside(piece, bleed)), mark.box)


def _depth(box: Box, page: PageFacts) -> float:
    """How far a mark stands off the trim, in millimetres."""
    trim = page.trim
    gaps = (trim.x0 - box.x1, box.x0 - trim.x1, trim.y0 - box.y1, box.y0 - trim.y1)
    return max(0.0, *gaps) / 72 * 25.4


def check_ink(marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter) -> None:
    """Total ink (総インキ量) of flat colours, and tints that vanish."""
    profile = judged.profile
    found = Gathering(page, judged)
    sums: dict[int, tuple[float, float]] = {}
    for mark in on_page(marks.marks, page):
        for paint, _ in paints_of(mark):
            if paint.pattern or ALL in paint.inks:
                continue
            known = sums.get(id(paint))
            if known is None:
                known = (total(paint), max(paint.inks.values(), default=0.0) * 100)
                sums[id(paint)] = known
            ink, tint = known
            if ink > profile.ink_warn + _SLACK:
                much = ink > profile.ink_most + _SLACK
                most = profile.ink_most if much else profile.ink_warn
                (found.error if much else found.warning)(
                    "pdf.ink", mark.box, rank=ink, colour=colour_name(paint), ink=f"{ink:.0f}",
                    most=f"{most:g}",
                )  # fmt: skip
            if _SLACK < tint < profile.tint_least - _SLACK:
                found.warning(
                    "pdf.tint", mark.box, rank=-tint, colour=colour_name(paint),
                    tint=f"{tint:.2g}", least=f"{profile.tint_least:g}",
                )  # fmt: skip
    found.report(reporter)


def check_text_colour(
    marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter
) -> None:
    """Text in black is black alone; small type is not put together of many plates."""
    found = Gathering(page, judged)
    for mark in texts_on(marks.marks, page):
        paint = mark.fill if mark.fill is not None else mark.stroke
        if paint is None or paint.pattern or not paint.inks:
            continue
        text, colour, size = shown(mark), colour_name(paint), mark.size_pt
        if is_registration(paint):
            found.error("pdf.text-registration", mark.box, text=text, colour=colour)
        elif _is_rich_black(paint):
            found.warning("pdf.text-rich-black", mark.box, rank=-size, text=text, colour=colour)
        elif judged.for_shop and size <= _SMALL_TYPE_PT and _many_inks(paint):
            found.warning(
                "pdf.text-inks", mark.box, rank=-size, size=f"{size:.2f}", text=text,
                colour=colour,
            )  # fmt: skip
    found.report(reporter)


def _is_rich_black(paint: Paint) -> bool:
    black = paint.inks.get("Black", 0.0) * 100
    return black >= _BLACKISH and total(paint) - black >= _RICH


def _many_inks(paint: Paint) -> bool:
    return sum(tint >= _SEEN for tint in paint.inks.values()) >= _MANY


def check_line_colour(
    marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter
) -> None:
    """Thin lines of many plates: they show every plate that is out of register.

    A copier has no plates; nobody sets colours for it ink by ink.
    """
    if not judged.for_shop:
        return
    found = Gathering(page, judged)
    for mark in on_page(marks.marks, page):
        paint = mark.stroke
        if mark.kind != "stroke" or paint is None or paint.pattern or ALL in paint.inks:
            continue
        if mark.line_pt <= _THIN_LINE_PT and _many_inks(paint):
            found.warning(
                "pdf.line-inks", mark.box, rank=-mark.line_pt, size=f"{mark.line_pt:.2f}",
                colour=colour_name(paint),
            )  # fmt: skip
    found.report(reporter)
