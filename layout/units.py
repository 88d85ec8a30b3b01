"""Lengths. Every length inside the engine is an int of nanometres.

1 Q = 0.25 mm is exactly 250 000 nm, so a grid of Q and H (歯) never rounds.
Points appear only in backends, because PDF counts in them.
"""

from typing import Final

Length = int

NM_PER_MM: Final = 1_000_000
NM_PER_Q: Final = 250_000
NM_PER_PT: Final = 25_400_000 / 72
PT_PER_NM: Final = 72 / 25_400_000


def mm(value: float) -> Length:
    """Millimetres to nanometres."""
    return round(value * NM_PER_MM)


def q(value: float) -> Length:
    """Q (級) or H (歯), a quarter of a millimetre, to nanometres."""
    return round(value * NM_PER_Q)


def pt(value: float) -> Length:
    """PostScript points (1/72 inch) to nanometres."""
    return round(value * NM_PER_PT)


def to_pt(value: Length) -> float:
    """Nanometres to points; for backends only."""
    return value * PT_PER_NM


def to_mm(value: Length) -> float:
    """Nanometres to millimetres; for messages only."""
    return value / NM_PER_MM
