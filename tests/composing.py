"""What the composing tests share: real fonts, real rules, small styles, content from strings."""

from functools import cache
from pathlib import Path
from typing import Any

from layout.diagnostics import NOWHERE, Reporter, Span
from layout.flow.composing import Composer
from layout.font.library import FontLibrary
from layout.font.shape import Shaper
from layout.geometry import WritingMode
from layout.house.rules import Rules, load_rules
from layout.inline.draft import Setter
from layout.source.model import Content, Text
from layout.style.model import PLAIN, BoxStyle, Colour, CompositeFont, FacePart, Para, TextStyle
from layout.units import Length, q

ROOT = Path(__file__).parent.parent
BLACK = Colour("sumi", (0.0, 0.0, 0.0, 100.0))
MINCHO = CompositeFont("mincho", *(FacePart("noto-serif-jp-400"),) * 5)
GOTHIC = CompositeFont("gothic", *(FacePart("noto-sans-jp-500"),) * 5)
SIZE: Length = q(14)
PITCH: Length = q(22)


@cache
def shaper() -> Shaper:
    """One shaper for all tests: fonts are opened once."""
    return Shaper(FontLibrary(ROOT / "fonts", Reporter()))


def body_style(**changes: Any) -> TextStyle:
    """Justified running text, 14Q on 22H."""
    values: dict[str, Any] = {
        "name": "body", "font": MINCHO, "size": SIZE, "pitch": PITCH, "colour": BLACK,
        "strong_font": GOTHIC,
    }  # fmt: skip
    return TextStyle(**(values | changes))


def setter(mode: WritingMode = WritingMode.HORIZONTAL, rules: Rules | None = None) -> Setter:
    """A setter that reports to nobody."""
    return Setter(shaper(), rules or load_rules(), mode, Reporter())


def composer(mode: WritingMode = WritingMode.HORIZONTAL) -> Composer:
    """A composer on the grid of the body style."""
    return Composer(shaper(), load_rules(), mode, Reporter(), PITCH)


def content(text: str) -> Content:
    """Plain text as content of one source line."""
    return (Text(text, Span("", 1, 1, len(text))),)


def para(
    text: str,
    style: TextStyle | None = None,
    box: BoxStyle = PLAIN,
    role: str = "P",
    name: str = "text",
) -> Para:
    """A paragraph node."""
    return Para(content(text), style or body_style(), NOWHERE, role, box, name)
