"""Colours by name, and what a group's own edition asks of the style sheet."""

from msgspec import Struct, field

from layout.diagnostics import NOWHERE, Span


class ColourRule(Struct, frozen=True):
    """A named colour: CMYK in percent, or a tint of another (``tint_of`` with ``tint`` percent).

    With ``spot`` it is the ink of that name, and ``cmyk`` stands for it; ``overprint``
    lays it over what is beneath.
    """

    name: str
    cmyk: tuple[float, float, float, float] | None
    span: Span
    tint_of: str = ""
    tint: float = 100.0
    spot: str = ""
    overprint: bool = False


class Look(Struct, frozen=True):
    """What an edition asks of the style sheet, besides another one.

    ``colours`` stand for the sheet's of the same names.  ``scale`` enlarges all type
    (1.25: a quarter larger).  ``reflow`` names a layout that the whole text flows
    through, on as many pages as it needs.  ``base`` is the leaflet's own style where the
    edition has another one: figures may use colours that only that one has.
    """

    colours: dict[str, ColourRule] = field(default_factory=dict)
    scale: float = 1.0
    reflow: str = ""
    base: str = ""
    span: Span = NOWHERE


AS_IT_IS = Look()
