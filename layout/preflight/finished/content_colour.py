"""Colours of content as paints (ISO 32000-1, 8.6 and 8.7); equal ones are one object."""

from collections.abc import Mapping
from typing import Any, Final

from layout.preflight.colour import CMYK, GRAY, PATTERN, RGB, Inks, Space, inks_of, read_space
from layout.preflight.finished.marks import Paint
from layout.preflight.finished.objects import number_of
from layout.preflight.finished.paints import family_of
from layout.preflight.functions import ColourError

Base = tuple[str, Space]
"""A space that content has chosen: the name of its family, and the space."""

DEVICE: Final[Mapping[str, Base]] = {
    name: (name, space)
    for name, space in (("DeviceGray", GRAY), ("DeviceRGB", RGB), ("DeviceCMYK", CMYK))
}
_KNOWN: Final = frozenset(("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"))
_SHORT: Final = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}
_CALIBRATED: Final = frozenset(("CalGray", "CalRGB", "Lab"))
_TILED: Final = Paint("Pattern", PATTERN, (), {}, "tiling")
_PAINTS_MOST: Final = 100_000
_UNREADABLE: Final = (
    ColourError, TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError,
    RuntimeError,
)  # fmt: skip


class Colours:
    """The paints of a file; each space is read once, be it good or not."""

    def __init__(self) -> None:
        self._paints: dict[tuple[object, ...], Paint] = {}
        self._spaces: dict[object, Base | None] = {}

    @staticmethod
    def is_named(name: str) -> bool:
        """Whether a colour space's name is one of the resources."""
        return name not in _KNOWN

    @staticmethod
    def long_name(name: str) -> str:
        """What an inline image may abbreviate (Table 93)."""
        return _SHORT.get(name, name)

    def space(self, held: Any, key: object) -> Base:
        """A space, which ``key`` tells from others; ``ColourError``."""
        if key not in self._spaces:
            try:
                self._spaces[key] = (_family(held), read_space(held, None))
            except _UNREADABLE:
                self._spaces[key] = None
        found = self._spaces[key]
        if found is None:
            raise ColourError("colour space")
        return found

    def initial(self, base: Base) -> Paint:
        """The colour that a space begins with (8.6.8, ``cs``)."""
        return self.paint(base, base[1].initial)

    def paint(self, base: Base, values: tuple[float, ...]) -> Paint:
        """A colour of a space; ``ValueError`` for a wrong count of values."""
        family, space = base
        if len(values) != space.size:
            raise ValueError("components")
        key = (family, id(space), values)
        if key not in self._paints:
            if len(self._paints) > _PAINTS_MOST:
                self._paints.clear()
            self._paints[key] = Paint(family, space, values, _inks(family, space, values))
        return self._paints[key]

    def pattern(self, pattern: Any, key: object, base: Base, below: tuple[float, ...]) -> Paint:
        """A pattern: a shading's own space, or what an uncoloured tiling is coloured with."""
        if number_of(pattern.get("/PatternType"), 1) == 2:
            return self.shading(pattern["/Shading"], ("pattern", key))
        beneath = base[1].base if base[1].kind == "pattern" else None
        if beneath is None or number_of(pattern.get("/PaintType"), 1) != 2:
            return _TILED
        plain = self.paint((base[0], beneath), below)
        return Paint(plain.family, base[1], plain.values, plain.inks, "tiling")

    def below(self, paint: Paint) -> Paint:
        """What an uncoloured tiling's cell is painted with."""
        base = paint.space.base
        return paint if base is None else self.paint((paint.family, base), paint.values)

    def shading(self, shading: Any, key: object) -> Paint:
        """A shading as a paint without values."""
        family, space = self.space(shading["/ColorSpace"], ("shading", key))
        return Paint(family, space, (), {}, "shading")


def _family(held: Any) -> str:
    """The family of a space; of a pattern's, that of the space beneath it."""
    family = family_of(held)
    if family != "Pattern":
        return family
    try:
        return family_of(held[1])
    except _UNREADABLE:
        return family


def _inks(family: str, space: Space, values: tuple[float, ...]) -> Inks:
    """Tints on the plates; nothing for colours of light, which stand on none."""
    light = space.base if space.kind == "indexed" and space.base is not None else space
    if family in _CALIBRATED or light.kind not in ("gray", "cmyk", "named") or not values:
        return {}
    return inks_of(space, values, _NO_CONVERSION)


_NO_CONVERSION: Final[Any] = None
"""Gray, CMYK and named inks need none."""
