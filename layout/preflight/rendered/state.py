"""The graphics state as far as plates depend on it (ISO 32000-1, 8.4)."""

from collections.abc import Mapping, Sequence
from copy import copy
from math import sqrt
from typing import Any, Final

from msgspec import Struct, field

from layout.preflight.colour import ALL, GRAY, Inks, Space, leaves, on_plate

SMALL_TYPE_PT: Final = 24.0
"""Black type up to this size is expected to overprint, larger type may knock out."""
THIN_LINE_PT: Final = 1.5
"""So are black lines up to this thickness."""
_SOLID: Final = 0.995


class Target(Struct, frozen=True):
    """A plate to be made.

    ``intended`` makes it as it was meant: small black lies over what is beneath,
    white knocks out.  Where that differs from the plate as it is, overprint is wrong.
    """

    plate: str
    intended: bool = False


class Paint(Struct, frozen=True):
    """A colour to paint with: its space, its inks, and a key that tells equal ones.

    A pattern is judged, where overprint is asked, by another space than its own:
    ``judged``; None is a tiling, whose content has been judged by itself.
    """

    space: Space
    inks: Inks
    key: tuple[object, ...]
    judged: Space | None

    @property
    def is_pattern(self) -> bool:
        """Whether it is not one plain colour."""
        return self.space.kind == "pattern"

    @property
    def is_black(self) -> bool:
        """A solid of black and nothing else."""
        if self.is_pattern or ALL in self.inks:
            return False
        return self.inks.get("Black", 0) >= _SOLID and all(
            not tint for plate, tint in self.inks.items() if plate != "Black"
        )

    @property
    def is_white(self) -> bool:
        """No ink at all."""
        return not self.is_pattern and not any(self.inks.values())


BLACK: Final = Paint(GRAY, {"Black": 1.0}, ("gray", 0.0), GRAY)


class State(Struct):
    """What ``q`` saves.  ``scale`` is that of the current matrix, ``type_scale`` the text's."""

    fill: Paint = BLACK
    stroke: Paint = BLACK
    over_fill: bool = False
    over_stroke: bool = False
    mode: int = 0
    text_mode: int = 0
    line: float = 1.0
    scale: float = 1.0
    font: str = ""
    size: float = 0.0
    type_scale: float = 1.0
    shown: list[int] = field(default_factory=list)

    def saved(self) -> "State":
        """A copy, its list too."""
        made = copy(self)
        made.shown = list(self.shown)
        return made

    @property
    def key(self) -> tuple[object, ...]:
        """What the content of a form can see of it."""
        return (
            self.fill.key, self.stroke.key, self.over_fill, self.over_stroke, self.mode,
            self.text_mode, self.line, round(self.scale, 4),
        )  # fmt: skip

    def set_extended(self, entry: Mapping[str, Any]) -> None:
        """``gs``: a lone OP counts for fills too (Table 58)."""
        if "/OP" in entry:
            self.over_stroke = bool(entry["/OP"])
            if "/op" not in entry:
                self.over_fill = self.over_stroke
        if "/op" in entry:
            self.over_fill = bool(entry["/op"])
        if "/OPM" in entry:
            self.mode = int(entry["/OPM"])
        if "/LW" in entry:
            self.line = float(entry["/LW"])

    def transform(self, values: Sequence[float]) -> None:
        """``cm``."""
        self.scale *= scale_of(values)

    @property
    def small_type(self) -> bool:
        """Whether type set now is small."""
        return abs(self.size) * self.type_scale * self.scale <= SMALL_TYPE_PT

    @property
    def thin_line(self) -> bool:
        """Whether a line drawn now is thin."""
        return self.line * self.scale <= THIN_LINE_PT

    def skips(self, target: Target, stroke: bool, small: bool) -> bool:
        """Whether painting now leaves the target as it is; ``small``: type or a thin line."""
        paint = self.stroke if stroke else self.fill
        over = self.over_stroke if stroke else self.over_fill
        if paint.judged is None:
            return False
        if target.intended:
            if paint.is_white:
                over = False
            elif small and paint.is_black:
                return target.plate != "Black"
        return leaves(paint.judged, paint.inks, target.plate, over, self.mode)

    def may_tear(self, stroke: bool) -> bool:
        """Whether the paint is black that knocks out what is beneath."""
        paint = self.stroke if stroke else self.fill
        over = self.over_stroke if stroke else self.over_fill
        return paint.is_black and not leaves(paint.space, paint.inks, "Cyan", over, self.mode)

    def may_vanish(self, stroke: bool) -> bool:
        """Whether the paint is white that overprints."""
        paint = self.stroke if stroke else self.fill
        over = self.over_stroke if stroke else self.over_fill
        return paint.is_white and over

    def gray(self, target: Target, stroke: bool) -> float:
        """The colour as that plate's gray."""
        return 1 - on_plate((self.stroke if stroke else self.fill).inks, target.plate)


def scale_of(matrix: Sequence[float]) -> float:
    """By how much a matrix enlarges."""
    a, b, c, d = (float(v) for v in matrix[:4])
    return sqrt(abs(a * d - b * c)) or 1e-6
