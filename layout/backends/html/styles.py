"""Styles of the sheet as CSS classes: the very values of the page, in the screen's measure.

The leaflet's running text is 1rem; lengths of the page are so many rem.  Sizes are
drawn together: what is large in print grows with the window, what is small stays legible.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.backends.html.palette import PAPER, Palette
from layout.backends.svg.looks import Looks
from layout.preflight.legible.colours import Rgb
from layout.source.manifest import FaceEntry
from layout.source.sheet import BlockRule
from layout.style.lowering import Lowering
from layout.style.model import Align, BoxStyle, CompositeFont, Stroke, TextStyle
from layout.units import Length

ROOT_PX: Final = 17
_LEAST_REM: Final = 0.82
_GROWS_FROM: Final = 1.35
_MOST_REM: Final = 3.1
_WIDE_PX: Final = 1100
_NARROW_PX: Final = 360
_LARGE_PX: Final = 24.0  # WCAG 2.2: 18 pt, or 14 pt if bold
_LARGE_BOLD_PX: Final = 18.7
_BOLD: Final = 700
_SERIF: Final = ("serif", "mincho", "明朝")
_ALIGN: Final = {
    Align.JUSTIFY: "var(--justify)",
    Align.START: "start",
    Align.CENTRE: "center",
    Align.END: "end",
    Align.EVEN: "justify;text-align-last:justify",
}
_EDGES: Final = {
    "block_start": "block-start",
    "block_end": "block-end",
    "inline_start": "inline-start",
    "inline_end": "inline-end",
}


class Scope(Struct, frozen=True):
    """Where a block stands: its styles are found with ``lower``, ``ground`` is behind it."""

    lower: Lowering
    ground: Rgb = PAPER

    @property
    def text(self) -> TextStyle:
        """The running text around."""
        return self.lower.text


class Styles:
    """Makes classes; the same declarations are one class."""

    def __init__(
        self, looks: Looks, palette: Palette, faces: Mapping[str, FaceEntry], base: Length
    ) -> None:
        self.looks = looks
        self.palette = palette
        self._faces = faces
        self._base = base
        self._classes: dict[str, str] = {}
        self._after: dict[str, str] = {}

    def css(self) -> str:
        """The rules of all classes made so far."""
        rules = [f".{name}{{{body}}}" for body, name in self._classes.items()]
        rules += [f".{name}::before{{{body}}}" for name, body in self._after.items()]
        return "\n".join(rules)

    # --- what elements ask for ----------------------------------------------------------

    def block(self, scope: Scope, rule: BlockRule, text: TextStyle | None = None) -> str:
        """The class of a block with text of its own in it."""
        style = scope.lower.text_of(rule, text)
        box = scope.lower.cascade.box(rule, style)
        ground = self.ground_of(box, scope.ground)
        made = self._class(self._text(style, ground) + self._box(box, scope.ground))
        if box.marker is not None:
            colour = self.palette.line(self.looks.rgb(box.marker), ground)
            self._after[made] = f"background:{colour}"
            return f"{made} square"
        return made

    def ruled(self, scope: Scope, rule: BlockRule) -> str:
        """The class of words in the middle of a line."""
        text = scope.lower.text_of(rule)
        declarations = self._text(text, scope.ground)
        edges = scope.lower.cascade.box(rule, text).edges
        if edges:
            stroke = self._stroke(next(iter(edges.values())), scope.ground)
            declarations.append(f"--rule:{stroke}")
        return self._class(declarations)

    def box(self, scope: Scope, rule: BlockRule) -> tuple[str, Scope]:
        """The class of a container, and the scope inside it."""
        inside = scope.lower.inside(rule)
        box = scope.lower.cascade.box(rule, inside.text)
        ground = self.ground_of(box, scope.ground)
        made = self._class(self._text(inside.text, ground) + self._box(box, scope.ground))
        return made, Scope(inside, ground)

    def line(self, scope: Scope, text: TextStyle, ground: Rgb) -> str:
        """The class of one line of a title or badge."""
        return self._class(self._text(text, ground))

    def bare(self, box: BoxStyle, ground: Rgb) -> str:
        """The class of a box without text."""
        return self._class(self._box(box, ground))

    def area(self, ground: Rgb | None, behind: Rgb, text: TextStyle) -> str:
        """The class of an area: its ground, and its running text for what is unstyled in it."""
        declarations = self._text(text, ground or behind)
        if ground is not None:
            declarations.append(f"background:{self.palette.ground(ground)}")
        return self._class(declarations)

    def ground_of(self, box: BoxStyle, otherwise: Rgb) -> Rgb:
        """What is behind the text in a box."""
        return self.looks.rgb(box.background) if box.background is not None else otherwise

    # --- declarations ---------------------------------------------------------------------

    def _class(self, declarations: list[str]) -> str:
        body = ";".join(declarations)
        return self._classes.setdefault(body, f"s{len(self._classes)}")

    def rem(self, length: Length) -> str:
        """A length of the page."""
        return f"{_short(length / self._base)}rem"

    def _text(self, text: TextStyle, ground: Rgb) -> list[str]:
        weight, family = self._font(text.font)
        ratio = text.size / self._base
        least, size = _size(ratio)
        large = least * ROOT_PX >= (_LARGE_BOLD_PX if weight >= _BOLD else _LARGE_PX)
        running = text.align is Align.JUSTIFY and ratio < _GROWS_FROM
        height = text.pitch / text.size
        height = max(height, 1.75) if running else min(max(height, 1.3), 1.75)
        ink = self.palette.ink(self.looks.rgb(text.colour), ground, large=large)
        found = [
            f"font:{weight} {size}/{_short(height)} {family}",
            f"color:{ink}",
            f"text-align:{_ALIGN[text.align]}",
            f"text-indent:{_short(text.indent / text.size)}em" if running else "text-indent:0",
        ]
        if text.align is Align.CENTRE:
            found.append("text-wrap:balance")
        if text.tracking > 0:
            found.append(f"letter-spacing:{_short(text.tracking / text.size)}em")
        if text.proportional:
            found.append('font-feature-settings:"palt"')
        if text.phrase or ratio >= _GROWS_FROM:
            found.append("word-break:auto-phrase")
        return found + self._strong(text, ground, large=large)

    def _strong(self, text: TextStyle, ground: Rgb, *, large: bool) -> list[str]:
        """What ``<strong>`` looks like inside; without a word about it, as in print, bolder."""
        font, colour = text.strong_font, text.strong_colour
        weight, family = self._font(font) if font else (0, "")
        ink = self.palette.ink(self.looks.rgb(colour), ground, large=large) if colour else ""
        return [
            f"--sw:{max(weight, _BOLD)}" if weight else "--sw:initial",
            f"--sf:{family}" if family else "--sf:initial",
            f"--si:{ink}" if ink else "--si:initial",
        ]

    def _font(self, font: CompositeFont) -> tuple[int, str]:
        entry = self._faces.get(font.kana.face) or self._faces.get(font.kanji.face)
        if entry is None:
            return 400, "var(--sans)"
        named = f"{entry.family} {entry.key}".lower()
        serif = any(word in named for word in _SERIF) and "sans" not in named
        return entry.weight, "var(--serif)" if serif else "var(--sans)"

    def _box(self, box: BoxStyle, around: Rgb) -> list[str]:
        found = []
        ground = self.ground_of(box, around)
        if box.background is not None:
            found.append(f"background:{self.palette.ground(ground)}")
        if box.radius:
            found.append(f"border-radius:{self.rem(box.radius)}")
        if box.shape == "circle":
            found.append("--round:50%")
        for side, stroke in box.edges.items():
            found.append(f"border-{_EDGES[side]}:{self._stroke(stroke, ground)}")
        pads = (box.padding.block_start, box.padding.block_end)
        sides = (box.padding.inline_start, box.padding.inline_end)
        for name, pair in (("block", pads), ("inline", sides)):
            if any(pair):
                found.append(f"padding-{name}:{' '.join(self.rem(each) for each in pair)}")
        return found

    def _stroke(self, stroke: Stroke, ground: Rgb) -> str:
        kind = "solid"
        if stroke.dash:
            kind = "dotted" if stroke.dash[0] <= stroke.thickness else "dashed"
        colour = self.palette.line(self.looks.rgb(stroke.colour), ground)
        return f"max(1px,{self.rem(stroke.thickness)}) {kind} {colour}"


def shown_title(text: TextStyle) -> TextStyle:
    """A line of a title without the indent that makes its steps on paper."""
    return replace(text, indent=0, hang=0)


def _size(ratio: float) -> tuple[float, str]:
    """The least size in rem, and the size as CSS: fluid between a phone and a desk."""
    if ratio <= 1:
        small = max(_LEAST_REM, ratio**0.6)
        return small, f"{_short(small)}rem"
    if ratio <= _GROWS_FROM:
        return ratio, f"{_short(ratio)}rem"
    most = min(ratio, _MOST_REM)
    least = min(most, 1.22 + (ratio - _GROWS_FROM) * 0.3, 2.1)
    slope = (most - least) * ROOT_PX / (_WIDE_PX - _NARROW_PX)
    start = least - slope * _NARROW_PX / ROOT_PX
    fluid = f"{_short(start)}rem + {_short(slope * 100)}vw"
    return least, f"clamp({_short(least)}rem,{fluid},{_short(most)}rem)"


def _short(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text.lstrip("0") or "0" if not text.startswith("-") else text
