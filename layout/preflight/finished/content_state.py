"""The graphics state as far as marks depend on it (ISO 32000-1, 8.4), and the arithmetic of it."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from math import hypot
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from layout.display.pdf.streams import is_array, is_name, name_of
from layout.preflight.finished.content_colour import DEVICE, Base
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import BLACK, Font, Look, Paint

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_HUGE: Final = 1e9
EVERYWHERE: Final = Box(-_HUGE, -_HUGE, _HUGE, _HUGE)


def number(value: Any) -> float:
    """A finite number of a size that pages have; ``ValueError``, ``TypeError``."""
    if isinstance(value, bool):
        raise TypeError(value)
    found = float(value)
    if not -_HUGE < found < _HUGE:
        raise ValueError(value)
    return found


def numbers(values: Any, count: int) -> Any:
    """Exactly so many numbers, as a tuple; ``ValueError``, ``TypeError``."""
    if len(values) != count:
        raise ValueError(count)
    held = list(values)
    found = tuple(map(float, held))
    if bool in map(type, held) or not sum(map(abs, found)) < _HUGE:
        raise ValueError(held)
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


class Pen(Struct, frozen=True):
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


PLAIN: Final = Look()
_NO_PEN: Final = Pen()


class State(Struct):
    """What ``q`` saves.  ``clip`` is None where nothing is left of the page.

    ``spaces`` are those that were chosen for fills and strokes; ``patterns`` are what these
    are made of, each with the matrix that its own is relative to.  ``own`` is the look that
    ``gs`` sets here, ``around`` that of the groups this content is painted in, ``look``
    both together; ``alphas`` are those of fills and strokes.  ``within`` is the place of
    what a pattern is painted on: its cell stands there, wherever else.
    """

    matrix: Matrix = IDENTITY
    clip: Box | None = EVERYWHERE
    fill: Paint = BLACK
    stroke: Paint = BLACK
    patterns: tuple[Any, Any] = (None, None)
    spaces: tuple[Base, Base] = (DEVICE["DeviceGray"], DEVICE["DeviceGray"])
    width: float = 1.0
    dashed: bool = False
    look: Look = PLAIN
    own: Look = PLAIN
    around: Look = PLAIN
    alphas: tuple[float, float] = (1.0, 1.0)
    pen: Pen = _NO_PEN
    within: Box | None = None

    def copy(self) -> "State":
        """One that can be changed by itself."""
        return copy(self)

    @property
    def key(self) -> tuple[object, ...]:
        """All that content which begins with this state can show of it, patterns aside.

        Spaces are told by where they are: a file's are read once and kept.
        """
        pen, fill, stroke = self.pen, self.fill, self.stroke
        return (
            self.matrix, self.clip, fill.family, id(fill.space), fill.values, stroke.family,
            id(stroke.space), stroke.values, self.width, self.dashed, self.own, self.around,
            self.alphas, self.within, pen.font and pen.font.key, pen.size, pen.spacing,
            pen.word, pen.percent, pen.rise, pen.mode,
        )  # fmt: skip

    def seen(self, box: Box) -> Box:
        """Where a mark is seen: of a pattern's cell wherever the pattern is painted."""
        return box if self.within is None else self.within

    def enter_group(self) -> None:
        """What is in a group begins opaque, and the group is painted as all was before (11.6.6)."""
        self.around = self.look
        self.alphas = (1.0, 1.0)
        self._dress(replace(self.own, alpha=1.0, blend="Normal", soft_mask=False))

    def extend(self, entry: Any) -> list[str]:
        """``gs`` (Table 58) as far as marks depend on it; gives the entries that make no sense.

        A lone OP counts for fills too.
        """
        wrong = []
        changes: dict[str, Any] = {}
        fill, stroke = self.alphas
        found: dict[str, Any] = {"/ca": fill, "/CA": stroke}
        for key, read in _ENTRIES.items():
            if key in entry:
                try:
                    found[key] = read(entry[key])
                except (TypeError, ValueError, IndexError, ArithmeticError):
                    wrong.append(key)
        for name, keys in _OF_LOOK.items():
            for key in keys:
                if key in found:
                    changes[name] = found[key]
                    break
        self.alphas = (found["/ca"], found["/CA"])
        self.width, self.dashed = found.get("/LW", self.width), found.get("/D", self.dashed)
        self._dress(replace(self.own, alpha=min(self.alphas), **changes))
        return wrong

    def _dress(self, own: Look) -> None:
        self.own = _shared(own)
        around = self.around
        if around.alpha != 1 or around.blend != "Normal" or around.soft_mask:
            own = replace(
                own,
                alpha=own.alpha * around.alpha,
                blend=around.blend if own.blend == "Normal" else own.blend,
                soft_mask=own.soft_mask or around.soft_mask,
            )
        self.look = _shared(own)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _alpha(value: Any) -> float:
    return min(max(number(value), 0.0), 1.0)


def _blend(value: Any) -> str:
    """The first name of a list that may be given."""
    named = value[0] if is_array(value) else value
    if not is_name(named):
        raise TypeError(named)
    name = name_of(named)[1:]
    return "Normal" if name == "Compatible" else name


def is_dashed(pattern: Any) -> bool:
    """Whether a dash array has gaps; ``TypeError``, ``ValueError``."""
    if not is_array(pattern):
        raise TypeError(pattern)
    return any(number(length) > 0 for length in pattern)


_ENTRIES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "/OP": _truth, "/op": _truth, "/OPM": lambda v: int(number(v)), "/ca": _alpha, "/CA": _alpha,
    "/BM": _blend, "/SMask": lambda v: name_of(v) != "/None", "/LW": number,
    "/D": lambda v: is_dashed(v[0]),
}  # fmt: skip
_OF_LOOK: Final = {
    "over_stroke": ("/OP",), "over_fill": ("/op", "/OP"), "over_mode": ("/OPM",),
    "blend": ("/BM",), "soft_mask": ("/SMask",),
}  # fmt: skip


_LOOKS: Final[dict[Look, Look]] = {}


def _shared(look: Look) -> Look:
    """The same object for the same look: there are few, and many marks."""
    if len(_LOOKS) > 1000:
        _LOOKS.clear()
    return _LOOKS.setdefault(look, look)
