"""Colours of content as paints (ISO 32000-1, 8.6 and 8.7); equal ones are one object."""

from collections.abc import Mapping
from typing import Any, Final

from layout.preflight.colour import CMYK, GRAY, RGB, Inks, Space, inks_of, read_space
from layout.preflight.finished.marks import Paint
from layout.preflight.finished.paints import family_of
from layout.preflight.functions import ColourError

DEVICE: Final[Mapping[str, Space]] = {"DeviceGray": GRAY, "DeviceRGB": RGB, "DeviceCMYK": CMYK}
_KNOWN: Final = frozenset(("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"))
_SHORT: Final = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}
_CALIBRATED: Final = frozenset(("CalGray", "CalRGB", "Lab"))
_UNREADABLE: Final = (
    ColourError, TypeError, ValueError, KeyError, IndexError, AttributeError, RuntimeError,
)  # fmt: skip


class Colours:
    """The paints of a file."""

    def __init__(self) -> None:
        self._paints: dict[tuple[object, ...], Paint] = {}
        self._spaces: dict[object, tuple[str, Space]] = {}

    @staticmethod
    def is_named(name: str) -> bool:
        """Whether a colour space's name is one of the resources."""
        return name not in _KNOWN

    @staticmethod
    def long_name(name: str) -> str:
        """What an inline image may abbreviate (Table 93)."""
        return _SHORT.get(name, name)

    def device(self, family: str, values: tuple[float, ...]) -> Paint:
        """``g``, ``rg``, ``k``."""
        return self._paint(family, DEVICE[family], values)

    def initial(self, held: Any, key: object) -> Paint:
        """The colour that a space begins with (8.6.8, ``cs``)."""
        family, space = self._space(held, key)
        return self._paint(family, space, space.initial)

    def like(self, before: Paint, values: tuple[float, ...]) -> Paint:
        """Other values of the same space; ``ValueError`` for a wrong count."""
        if before.space.kind == "pattern" or len(values) != before.space.size:
            raise ValueError("components")
        return self._paint(before.family, before.space, values)

    def pattern(self, pattern: Any, before: Paint, below: tuple[float, ...]) -> Paint:
        """A pattern: a shading's own space, or what an uncoloured tiling is coloured with."""
        if int(pattern.get("/PatternType", 1)) == 2:
            return self.shading(pattern["/Shading"])
        base = before.space.base
        if base is None or int(pattern.get("/PaintType", 1)) != 2:
            return Paint("Pattern", before.space, (), {}, "tiling")
        plain = self._paint(before.family, base, below)
        return Paint(plain.family, before.space, plain.values, plain.inks, "tiling")

    def below(self, paint: Paint) -> Paint:
        """What an uncoloured tiling's cell is painted with."""
        base = paint.space.base
        return paint if base is None else self._paint(paint.family, base, paint.values)

    def shading(self, shading: Any) -> Paint:
        """A shading as a paint without values."""
        held = shading["/ColorSpace"]
        family, space = self._space(held, None)
        return Paint(family, space, (), {}, "shading")

    def _space(self, held: Any, key: object) -> tuple[str, Space]:
        if key is None or key not in self._spaces:
            found = _family(held), read_space(held, None)
            if key is None:
                return found
            self._spaces[key] = found
        return self._spaces[key]

    def _paint(self, family: str, space: Space, values: tuple[float, ...]) -> Paint:
        key = (family, id(space), values)
        if key not in self._paints:
            self._paints[key] = Paint(family, space, values, _inks(family, space, values))
        return self._paints[key]


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
