"""All the deliberately broken files: importing this fills the catalogue."""

from tests.preflight import (
    broken_colour,
    broken_foreign,
    broken_identity,
    broken_pages,
    broken_pictures,
    broken_rendered,
    broken_structure,
    broken_things,
    broken_type,
)
from tests.preflight.spoiling import CASES, Broken, Fault

MODULES = (
    broken_structure,
    broken_identity,
    broken_pages,
    broken_colour,
    broken_type,
    broken_pictures,
    broken_things,
    broken_foreign,
    broken_rendered,
)

__all__ = ["CASES", "MODULES", "Broken", "Fault"]
