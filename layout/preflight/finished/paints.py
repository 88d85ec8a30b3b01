"""What can be said of a paint and of a mark, asked by several checks."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from layout.preflight.colour import ALL, PROCESS, Space, read_space
from layout.preflight.finished.facts import Box, PageFacts
from layout.preflight.finished.marks import Mark, Paint
from layout.preflight.functions import ColourError

SOLID: Final = 0.99
"""Tints from here on are solid: 8-bit colours do not come nearer."""
BARE: Final = 0.005
"""Tints below are none."""
OUTSIDE_SLACK_PT: Final = 0.6
"""Marks that run along the edge of the bleed may overhang by half their thickness."""
SHOWN: Final = 12
_INITIALS: Final = {"Cyan": "C", "Magenta": "M", "Yellow": "Y", "Black": "K"}
_LIGHT: Final = ("rgb", "lab")


def total(paint: Paint) -> float:
    """The sum of its tints in percent; the registration colour counts four process plates."""
    inks = paint.inks
    if ALL in inks:
        return len(PROCESS) * inks[ALL] * 100
    return sum(inks.values()) * 100


def is_white(paint: Paint) -> bool:
    """Paper: no ink at all, or all the light of an RGB or Lab colour."""
    if paint.pattern:
        return False
    if paint.space.kind == "rgb":
        return bool(paint.values) and min(paint.values) >= SOLID
    if paint.space.kind == "lab":
        return bool(paint.values) and paint.values[0] >= 100 * SOLID
    return bool(paint.inks) and max(paint.inks.values()) < BARE


def is_black(paint: Paint) -> bool:
    """A solid of black ink and no other."""
    if paint.pattern or ALL in paint.inks:
        return False
    return paint.inks.get("Black", 0.0) >= SOLID and all(
        tint < BARE for plate, tint in paint.inks.items() if plate != "Black"
    )


def is_registration(paint: Paint) -> bool:
    """Solid on every plate: the colorant All, or four process inks."""
    if ALL in paint.inks:
        return paint.inks[ALL] >= SOLID
    return all(paint.inks.get(plate, 0.0) >= SOLID for plate in PROCESS)


def spots_in(space: Space) -> Iterator[str]:
    """The spot inks that a space names."""
    base = space.base if space.kind == "indexed" and space.base is not None else space
    return (name for name in base.names if name not in (*PROCESS, ALL, "None"))


def colour_name(paint: Paint) -> str:
    """How a finding calls a colour: ``C30 M15 K100``, ``DIC 123 50%``, ``R255 G0 B0``."""
    if paint.space.kind == "rgb" and len(paint.values) == 3:
        return " ".join(f"{n}{round(v * 255)}" for n, v in zip("RGB", paint.values, strict=True))
    inks = [
        f"{_INITIALS[name]}{tint * 100:.3g}" if name in _INITIALS else f"{name} {tint * 100:.3g}%"
        for name, tint in paint.inks.items()
        if tint >= BARE / 10
    ]
    return " ".join(inks) or paint.family


def paints_of(mark: Mark) -> Iterator[tuple[Paint, bool]]:
    """The paints that a mark uses, each with whether it is that of a stroke."""
    if mark.fill is not None:
        yield mark.fill, False
    if mark.stroke is not None:
        yield mark.stroke, True


def overprints(mark: Mark, stroke: bool) -> bool:
    """Whether overprint is asked for what is painted."""
    return mark.look.over_stroke if stroke else mark.look.over_fill


def is_visible(mark: Mark) -> bool:
    """Whether it can be seen at all: text may be set invisibly, or have no alpha."""
    if mark.look.alpha <= 0:
        return False
    return mark.kind in ("image", "shading") or mark.fill is not None or mark.stroke is not None


def inside(box: Box, outer: Box) -> bool:
    """Whether a mark's box, lines without thickness included, reaches into another."""
    slack = OUTSIDE_SLACK_PT
    return (
        box.x1 > outer.x0 + slack
        and box.x0 < outer.x1 - slack
        and box.y1 > outer.y0 + slack
        and box.y0 < outer.y1 - slack
    )


def on_page(marks: Iterable[Mark], page: PageFacts) -> Iterator[Mark]:
    """The marks that are seen and are not only beside the page, where marks and slug are."""
    bleed = page.bleed
    return (mark for mark in marks if is_visible(mark) and reaches(mark, bleed))


def reaches(mark: Mark, outer: Box) -> bool:
    """Whether anything of the mark reaches into a box; a path of many pieces by one of them."""
    if not inside(mark.box, outer):
        return False
    return not mark.pieces or any(inside(piece, outer) for piece in mark.pieces)


def texts_on(marks: Iterable[Mark], page: PageFacts) -> Iterator[Mark]:
    """The texts among them that are more than spaces."""
    return (mark for mark in on_page(marks, page) if mark.kind == "text" and not is_blank(mark))


def is_blank(mark: Mark) -> bool:
    """Whether a text has nothing to be seen; what ToUnicode says nothing of is taken as seen."""
    return not mark.text.strip() if mark.text else not mark.codes


def shown(mark: Mark) -> str:
    """The beginning of a text, for a finding."""
    return mark.text.strip()[:SHOWN] or "…"


def image_paint(image: Any) -> Paint | None:
    """The colour space of an image as a paint without values; None for masks and the unreadable.

    A JPEG 2000 picture may have its space in itself alone (8.9.5.1): that is None too.
    """
    try:
        if bool(image.get("/ImageMask", False)):
            return None
        named = image.get("/ColorSpace")
        if named is None:
            return None
        return Paint(family_of(named), read_space(named, None), (), {})
    except (ColourError, AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None


def family_of(space: Any) -> str:
    """The name of a colour space's family; of an indexed one its base's."""
    import pikepdf

    if isinstance(space, pikepdf.Name):
        return str(space)[1:]
    first = str(space[0])[1:]
    return family_of(space[1]) if first in ("Indexed", "I") else first


def is_light(paint: Paint) -> bool:
    """Whether it is a colour of light, which a shop must turn into inks."""
    return paint.space.kind in _LIGHT or (
        paint.space.base is not None and paint.space.base.kind in _LIGHT
    )
