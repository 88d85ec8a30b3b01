"""Objects of a PDF asked for what they should be; what is something else gives the usual value."""

from math import isfinite
from typing import Any, Final

from layout.display.pdf.streams import is_array, is_name, is_stream, name_of
from layout.preflight.finished.facts import Box

_NEAR: Final = 1e-3


def is_dictionary(value: Any) -> bool:
    """Whether it is a dictionary, directly or by reference, and no stream."""
    import pikepdf

    return isinstance(value, pikepdf.Dictionary)


def is_string(value: Any) -> bool:
    """Whether it is a string."""
    import pikepdf

    return isinstance(value, pikepdf.String)


def words(value: Any) -> str:
    """What a string or a name says, the name without its slash; else empty."""
    if is_name(value):
        return name_of(value)[1:]
    if not is_string(value):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("latin-1")


def text_of(held: Any, key: str) -> str:
    """The text of an entry; empty if it is not there, or is no string."""
    value = held.get(key) if held is not None else None
    return words(value) if is_string(value) else ""


def number_of(held: Any, usual: float) -> float:
    """A finite number; ``usual`` where there is none."""
    try:
        value = float(held)
    except (TypeError, ValueError, OverflowError):
        return usual
    return value if isfinite(value) else usual


def read_box(held: Any) -> Box | None:
    """Four finite numbers that span an area; None for anything else."""
    if not is_array(held) or len(held) != 4:
        return None
    try:
        a, b, c, d = (float(each) for each in held)
    except (TypeError, ValueError, OverflowError):
        return None
    box = Box(min(a, c), min(b, d), max(a, c), max(b, d))
    sides = (box.x0, box.y0, box.width, box.height)
    return box if all(map(isfinite, sides)) and min(box.width, box.height) > _NEAR else None


__all__ = [
    "is_array", "is_dictionary", "is_name", "is_stream", "is_string", "name_of", "number_of",
    "read_box", "text_of", "words",
]  # fmt: skip
