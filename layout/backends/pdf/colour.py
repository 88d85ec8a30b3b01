"""Colour operators and overprint states (ISO 32000-1, 8.6 and 8.6.7)."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from layout.backends.pdf.numbers import number
from layout.display.model import Colour

BLACK: Final = (0, 0, 0, 100)

REGISTRATION_SPACE: Final = (
    b"[/Separation /All /DeviceCMYK"
    b" << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1 >>]"
)
"""The colour space of printer's marks: the colorant All marks every plate (8.6.6.4)."""

KNOCK_OUT: Final = b"/GSn gs"
STATES: Final[Mapping[tuple[bool, bool], bytes]] = {
    (False, False): KNOCK_OUT,
    (True, False): b"/GSf gs",
    (False, True): b"/GSs gs",
    (True, True): b"/GSb gs",
}
"""The operator for (fill overprints, stroke overprints)."""

STATE_OBJECTS: Final[Mapping[bytes, bytes]] = {
    b"GSn": b"<< /Type /ExtGState /OP false /op false /OPM 0 >>",
    b"GSf": b"<< /Type /ExtGState /OP false /op true /OPM 1 >>",
    b"GSs": b"<< /Type /ExtGState /OP true /op false /OPM 1 >>",
    b"GSb": b"<< /Type /ExtGState /OP true /op true /OPM 1 >>",
}


@cache
def components(cmyk: tuple[float, float, float, float]) -> bytes:
    """The four DeviceCMYK operands, 0 to 1, of ink percentages."""
    return b" ".join(number(round(min(max(ink, 0.0), 100.0) * 100), 10_000) for ink in cmyk)


def fill_operator(colour: Colour) -> bytes:
    """The operator that sets the colour of fills and text."""
    return components(colour.cmyk) + b" k"


def stroke_operator(colour: Colour) -> bytes:
    """The operator that sets the colour of lines."""
    return components(colour.cmyk) + b" K"


def overprints(colour: Colour | None, overprint_black: bool) -> bool:
    """Whether a colour is laid over what is beneath: pure black alone, and never white.

    With OPM 1 the inks that are nought in DeviceCMYK leave the plates
    underneath alone, with OPM 0 black would knock them out (8.6.7).
    """
    return overprint_black and colour is not None and colour.cmyk == BLACK
