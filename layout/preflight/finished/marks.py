"""What is painted on a page: the marks of its content streams, one by one, in order.

The interpreter (``content.py``) makes them; every check of colour, type, lines
and pictures reads them and nothing else.  Boxes and sizes are points of the
page's own space (ISO 32000-1, 8.3.2.3), after every matrix, clipped.
"""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from layout.preflight.colour import GRAY, Inks, Space
from layout.preflight.finished.facts import Box


class Paint(Struct, frozen=True):
    """A colour that something is painted with.

    ``family`` is the PDF's own name of the space as it stands in the file
    (``DeviceRGB``, ``ICCBased``, ``Separation``…; of an indexed or a pattern
    space that of its base), so that a rule about spaces need not look at the
    objects again.  ``space`` is the space as a press sees it, ``values`` the
    components.  ``inks`` are tints from 0 to 1 by plate; empty where the space
    stands on no plates (RGB, Lab, calibrated): nothing is converted here.
    ``pattern`` is "tiling" or "shading", or empty.
    """

    family: str
    space: Space
    values: tuple[float, ...]
    inks: Inks
    pattern: str = ""

    @property
    def on_press(self) -> bool:
        """Whether it is made of inks, not of light."""
        return self.space.kind in ("gray", "cmyk", "named") or self.space.kind == "indexed"


BLACK: Final = Paint("DeviceGray", GRAY, (0.0,), {"Black": 1.0})


class Look(Struct, frozen=True):
    """The state of the graphics that a mark was painted under, shared by many marks.

    ``over_fill``, ``over_stroke`` and ``over_mode`` are overprint (8.6.7);
    ``alpha`` is the smaller of the constant alphas in use, times those of the groups
    around; ``blend`` the blend mode, ``soft_mask`` whether one is set (11.6).
    """

    over_fill: bool = False
    over_stroke: bool = False
    over_mode: int = 0
    alpha: float = 1.0
    blend: str = "Normal"
    soft_mask: bool = False


class Font(Struct, frozen=True):
    """A font as the resources name it.

    ``key`` tells fonts of the file apart; ``name`` is BaseFont without the tag of a subset.
    ``vertical`` is its writing mode.  ``dictionary`` is the object itself, for
    those who must know more (embedding, glyphs).
    """

    key: object
    name: str
    kind: str
    vertical: bool
    dictionary: Any


class Mark(Struct, frozen=True):
    """Something painted.

    ``kind`` is "text", "fill", "stroke", "image" or "shading".  An image mask is
    an "image" with a ``fill``.  ``fill`` and ``stroke`` are the paints that are
    used; a path that is filled and stroked makes two marks, a text that is both
    one.  ``size_pt`` is the type size after all matrices, across the line;
    ``text`` what the font's ToUnicode says, as far as it says something;
    ``codes`` the character codes as bytes.  ``line_pt`` is a line's thickness
    at its thinnest after all matrices (0: a hairline of the device).
    ``area`` tells a flat area from a line drawn as a narrow rectangle: the
    shorter side of the box of a "fill" in points.  ``image`` is the image's
    object, or for an inline image its dictionary with full names; ``ppi`` its
    resolution at the size it is placed, across and down.  ``in_form`` is how
    deep it lies in form XObjects.

    Of paths: ``straight`` tells that a "fill" is one rectangle with its sides along the
    page's (by ``re`` or by corners) which no clip cuts, so that ``area`` is its thickness;
    ``parts`` is the number of its subpaths; ``dashed`` that a "stroke" is.
    ``pieces`` are the single straight pieces of a "stroke" that reaches beyond the
    TrimBox, as boxes without thickness (printer's marks are often one path all
    together); at most 200, none for other marks.
    """

    kind: str
    page: int
    box: Box
    look: Look
    fill: Paint | None = None
    stroke: Paint | None = None
    font: Font | None = None
    size_pt: float = 0.0
    text: str = ""
    codes: bytes = b""
    line_pt: float = 0.0
    area: float = 0.0
    image: Any = None
    pixels: tuple[int, int] = (0, 0)
    ppi: tuple[float, float] = (0.0, 0.0)
    in_form: int = 0
    straight: bool = False
    parts: int = 1
    dashed: bool = False
    pieces: tuple[Box, ...] = ()


class Oddity(Struct, frozen=True):
    """Something that content says besides marks: an operator nobody knows, a missing resource.

    ``what`` is the name of the oddity ("unknown-operator", "missing-resource",
    "unbalanced", "out-of-place", "cut-off", "recursion", "postscript", "too-much" …),
    ``value`` the operator, the name or the bound.
    """

    what: str
    page: int
    value: str = ""


class PageMarks(Struct, frozen=True):
    """All of one page.

    ``used`` are the resources that content really names, by category
    ("/ExtGState", "/Font", "/XObject", "/ColorSpace", "/Pattern", "/Shading",
    "/Properties"), keyed by what tells the objects apart: resources that nobody
    names are not printed.
    """

    number: int
    marks: tuple[Mark, ...]
    oddities: tuple[Oddity, ...]
    used: Mapping[str, Mapping[object, Any]]
