"""How lengths and numbers are spelt in a PDF: points, short, never in exponent form."""

from functools import lru_cache

from layout.units import PT_PER_NM, Length


@lru_cache(maxsize=1 << 16)
def point(length: Length) -> bytes:
    """Nanometres as points, exact to 0.00005 pt (18 nm)."""
    return _short(f"{length * PT_PER_NM:.4f}")


@lru_cache(maxsize=1 << 16)
def fine_point(length: Length) -> bytes:
    """Nanometres as points to six places, for what gets multiplied: type sizes."""
    return _short(f"{length * PT_PER_NM:.6f}")


@lru_cache(maxsize=1 << 16)
def number(count: int, parts: int) -> bytes:
    """The number ``count / parts``, ``parts`` being a power of ten up to 10 000."""
    return _short(f"{count / parts:.4f}")


def _short(text: str) -> bytes:
    text = text.rstrip("0").rstrip(".")
    return b"0" if text in ("-0", "") else text.encode("ascii")
