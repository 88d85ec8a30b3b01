"""Transparency of marks where the flavour has none, and blend modes that nobody knows."""

from typing import Any, Final

from layout.diagnostics import Reporter
from layout.preflight.finished.facts import PageFacts
from layout.preflight.finished.gather import Gathering, Judged
from layout.preflight.finished.marks import Mark, PageMarks

_PLAIN: Final = frozenset(("Normal", "Compatible"))
BLENDS: Final = _PLAIN | {
    "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn",
    "HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color",
    "Luminosity",
}  # fmt: skip
"""The blend modes there are (ISO 32000-1, 11.3.5)."""
_FULL: Final = 0.9995


def check_transparency(
    marks: PageMarks, page: PageFacts, judged: Judged, reporter: Reporter
) -> None:
    """Alpha, blend modes and soft masks (ledgers, G3)."""
    found = Gathering(page, judged)
    for mark in marks.marks:
        if mark.look.blend not in BLENDS:
            found.error("pdf.blend-mode", mark.box, alike=mark.look.blend, mode=mark.look.blend)
        elif not judged.may_blend and (how := _how(mark)):
            found.error("pdf.transparency", mark.box, how=how)
    found.report(reporter)


def _how(mark: Mark) -> str:
    """What is transparent about a mark, by the PDF's own name; empty if it is opaque."""
    look = mark.look
    if look.soft_mask:
        return "SMask"
    if look.alpha < _FULL:
        return f"alpha {look.alpha:.2g}"
    if look.blend not in _PLAIN:
        return look.blend
    return "SMask" if mark.kind == "image" and _has_soft_mask(mark.image) else ""


def _has_soft_mask(image: Any) -> bool:
    """Whether a picture brings a soft mask; a stencil or a masked colour is opaque (8.9.6)."""
    try:
        mask = image.get("/SMask")
        return (mask is not None and str(mask) != "/None") or bool(image.get("/SMaskInData", 0))
    except (AttributeError, TypeError, ValueError):
        return False
