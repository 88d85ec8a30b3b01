"""Whether everyone can read a page: contrast, sizes, colours that mean something."""

from layout.preflight.legible.check import check_legible

__all__ = ["check_legible"]
