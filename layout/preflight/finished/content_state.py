"""The graphics state as far as marks depend on it (ISO 32000-1, 8.4), and the arithmetic of it."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any, Final

from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import BLACK, Font, Look, Paint

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_HUGE: Final = 1e9
EVERYWHERE: Final = Box(-_HUGE, -_HUGE, _HUGE, _HUGE)


def number(value: Any) -> float:
    """A finite number of a size that pages have; ``ValueError``, ``TypeError``."""
    found = float(value)
    if not -_HUGE < found < _HUGE:
        raise ValueError(value)
    return found


def numbers(values: Any, count: int) -> Any:
    """Exactly so many numbers, as a tuple; ``ValueError``, ``TypeError``."""
    found = tuple(map(float, values))
    if len(found) != count:
        raise ValueError(count)
    for value in found:
        if not -_HUGE < value < _HUGE:
            raise ValueError(value)
    return found


def then(first: Matrix, second: Matrix) -> Matrix:
    """First one map, then the other (8.3.4); ``ValueError`` beyond all pages."""
    a, b, c, d, e, f = first
    k, l, m, n, o, p = second  # noqa: E741
    made = (
        a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n,
        e * k + f * m + o, e * l + f * n + p,
    )  # fmt: skip
    if not -_HUGE < sum(map(abs, made)) < _HUGE:
        raise ValueError("matrix")
    return made


def box_through(matrix: Matrix, corners: Sequence[float]) -> Box:
    """The box round a rectangle (two opposite corners) after a map."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = corners
    xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
    ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
    return Box(min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f)


def common(one: Box | None, other: Box | None) -> Box | None:
    """What two boxes share; lines without thickness count."""
    if one is None or other is None:
        return None
    x0, y0 = max(one.x0, other.x0), max(one.y0, other.y0)
    x1, y1 = min(one.x1, other.x1), min(one.y1, other.y1)
    if x0 > x1 or y0 > y1:
        return None
    if x0 == one.x0 and y0 == one.y0 and x1 == one.x1 and y1 == one.y1:
        return one
    return Box(x0, y0, x1, y1)


def lengths(matrix: Matrix) -> tuple[float, float]:
    """How long a unit across and a unit up become."""
    a, b, c, d, _, _ = matrix
    return hypot(a, b), hypot(c, d)


def widest(matrix: Matrix) -> float:
    """The largest enlargement in any direction (the larger singular value)."""
    a, b, c, d, _, _ = matrix
    return (hypot(a + d, b - c) + hypot(a - d, b + c)) / 2


def narrowest(matrix: Matrix) -> float:
    """The smallest enlargement in any direction."""
    a, b, c, d, _, _ = matrix
    return abs(hypot(a + d, b - c) - hypot(a - d, b + c)) / 2


@dataclass(frozen=True, slots=True)
class Pen:
    """The text state (9.3).  ``percent`` is the horizontal scaling."""

    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word: float = 0.0
    percent: float = 100.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0.0

    @property
    def stretch(self) -> float:
        """The horizontal scaling as a factor."""
        return self.percent / 100

    @property
    def matrix(self) -> Matrix:
        """What scaling and rise do to a text whose size is taken into its lengths already."""
        return (self.stretch, 0.0, 0.0, 1.0, 0.0, self.rise)

    def with_font(self, font: Font, size: float) -> "Pen":
        """Another font."""
        return replace(self, font=font, size=size)

    def with_value(self, name: str, value: float) -> "Pen":
        """Another value of one of the figures."""
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)


_PLAIN: Final = Look()
_NO_PEN: Final = Pen()


@dataclass(slots=True)
class State:
    """What ``q`` saves.  ``clip`` is None where nothing is left of the page.

    ``patterns`` are those that fill and stroke are made of.  ``within`` is the place of
    what a pattern is painted on: its cell stands there, wherever else.
    """

    matrix: Matrix = IDENTITY
    clip: Box | None = EVERYWHERE
    fill: Paint = BLACK
    stroke: Paint = BLACK
    patterns: list[Any] = field(default_factory=lambda: [None, None])
    width: float = 1.0
    dashed: bool = False
    look: Look = _PLAIN
    pen: Pen = _NO_PEN
    within: Box | None = None

    def copy(self) -> "State":
        """One that can be changed by itself."""
        made = copy(self)
        made.patterns = list(self.patterns)
        return made

    @property
    def key(self) -> tuple[object, ...]:
        """All that content which begins with this state can show of it, patterns aside."""
        pen = self.pen
        return (
            self.matrix, self.clip, self.fill.family, self.fill.values, self.stroke.family,
            self.stroke.values, self.width, self.dashed, self.look, self.within,
            pen.font and pen.font.key, pen.size, pen.spacing, pen.word, pen.percent, pen.rise,
            pen.mode,
        )  # fmt: skip

    def seen(self, box: Box) -> Box:
        """Where a mark is seen: of a pattern's cell wherever the pattern is painted."""
        return box if self.within is None else self.within


def extended(look: Look, entry: Any) -> Look:
    """``gs`` (Table 58): a lone OP counts for fills too."""
    changes: dict[str, Any] = {}
    if "/OP" in entry:
        changes["over_stroke"] = bool(entry["/OP"])
        if "/op" not in entry:
            changes["over_fill"] = bool(entry["/OP"])
    if "/op" in entry:
        changes["over_fill"] = bool(entry["/op"])
    if "/OPM" in entry:
        changes["over_mode"] = int(entry["/OPM"])
    alphas = [number(entry[key]) for key in ("/ca", "/CA") if key in entry]
    if alphas:
        changes["alpha"] = min(alphas)
    if "/BM" in entry:
        changes["blend"] = _blend(entry["/BM"])
    if "/SMask" in entry:
        changes["soft_mask"] = str(entry["/SMask"]) != "/None"
    return _shared(replace(look, **changes))


def _blend(value: Any) -> str:
    """The first name of a list that may be given."""
    import pikepdf

    named = value[0] if isinstance(value, pikepdf.Array) else value
    name = str(named)[1:]
    return "Normal" if name == "Compatible" else name


_LOOKS: Final[dict[Look, Look]] = {}


def _shared(look: Look) -> Look:
    """The same object for the same look: there are few, and many marks."""
    if len(_LOOKS) > 1000:
        _LOOKS.clear()
    return _LOOKS.setdefault(look, look)
