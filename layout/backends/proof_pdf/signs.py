"""The signs of remarks: round for what the program noticed, square for what changed."""

from collections.abc import Sequence
from itertools import count
from typing import Final

from msgspec import Struct

from layout.backends.proof_pdf.pen import BLACK, WHITE, Pen
from layout.backends.proof_pdf.remarks import Remark

RADIUS: Final = 1.15
EVERYWHERE: Final = "＊"
"""The sign of what has no place on a page."""


class Signed(Struct, frozen=True):
    """A remark with its sign on the page."""

    sign: str
    remark: Remark


def signed(found: Sequence[Remark]) -> list[Signed]:
    """Changes are lettered, findings numbered."""
    letters, numbers = count(), count(1)
    return [
        Signed(_letter(next(letters)) if each.is_change else str(next(numbers)), each)
        for each in found
    ]


def _letter(number: int) -> str:
    """A, B … Z, A2, B2 …"""
    turn, letter = divmod(number, 26)
    return chr(ord("A") + letter) + (str(turn + 1) if turn else "")


def sign(pen: Pen, x: float, y: float, words: str, rank: str) -> None:
    """The sign of a remark, its middle at a place: filled for what must be looked at."""
    filled = rank in ("error", "unasked")
    fill = BLACK if filled else WHITE
    if rank in ("asked", "unasked"):
        pen.box(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS, thick=0.2, fill=fill)
    else:
        pen.disc(x, y, RADIUS, thick=0.1 if rank == "note" else 0.3, fill=fill)
    size = 5.0 if len(words) < 2 else 4.2 if len(words) < 3 else 3.4
    colour = WHITE if filled else BLACK
    pen.text(x, y + size * 0.127, words, size, bold=True, colour=colour, align="centre")
