"""Colours of SVG as inks.

``var(--name)`` is the style sheet's colour of that name, ``device-cmyk(0 1 1 0)``
and ``icc-color(name, 0, 1, 1, 0)`` are inks already.  All others are screen colours:
black and grays become black ink alone, the rest goes through the press profile.
"""

import colorsys
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from layout.display.blends import PAPER
from layout.display.canvas import Remarks, rgb_colour
from layout.display.model import Colour
from layout.house.rules import DATA
from layout.style.picture_error import PictureError

_FUNCTION: Final = re.compile(r"([a-z-]+)\(([^)]*)\)")
_VARIABLE: Final = re.compile(r"var\(\s*--([^\s,)]+)\s*(?:,(.*))?\)")
_ICC: Final = re.compile(r"icc-color\(([^)]*)\)")
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")

CLEAR: Final = (PAPER, 0.0)


def colour_of(
    text: str, colours: Mapping[str, Colour], current: str, remarks: Remarks
) -> tuple[Colour, float]:
    """A colour and its opacity; ``PictureError`` for what is none.

    ``current`` is what ``currentColor`` means.
    """
    text = text.strip()
    if named := _VARIABLE.fullmatch(text):
        return _from_sheet(named[1], named[2], colours, current, remarks)
    low = text.lower()
    if low == "currentcolor":
        return colour_of(current if current.lower() != low else "black", colours, "", remarks)
    if low == "transparent":
        return CLEAR
    if found := _ICC.search(low):
        inks = [_share(word) for word in _words(found[1])[1:]]
        if len(inks) == 4:
            return _from_inks(inks), 1.0
        low = low[: found.start()].strip()  # a profile of other colours; the first one counts
    return _plain(low, text, remarks)


def _plain(low: str, text: str, remarks: Remarks) -> tuple[Colour, float]:
    if _HEX.fullmatch(low):
        return _from_hex(low[1:], remarks)
    if low in _names():
        return _from_hex(_names()[low], remarks)
    found = _FUNCTION.fullmatch(low)
    words = _words(found[2]) if found else []
    kind = found[1] if found else ""
    if kind == "device-cmyk" and len(words) in (4, 5):
        return _from_inks([_share(word) for word in words[:4]]), _opacity(words[4:])
    if kind in ("rgb", "rgba") and len(words) in (3, 4):
        parts = [_share(word, 255.0) * 255 for word in words[:3]]
        return _from_rgb(parts, remarks), _opacity(words[3:])
    if kind in ("hsl", "hsla") and len(words) in (3, 4):
        hue = float(re.sub(r"[a-z]+$", "", words[0])) / 360 % 1
        parts = [v * 255 for v in colorsys.hls_to_rgb(hue, _share(words[2]), _share(words[1]))]
        return _from_rgb(parts, remarks), _opacity(words[3:])
    raise PictureError("image.svg-colour", colour=text)


def _from_sheet(
    name: str, instead: str | None, colours: Mapping[str, Colour], current: str, remarks: Remarks
) -> tuple[Colour, float]:
    if name in colours:
        return colours[name], 1.0
    if instead:
        return colour_of(instead, colours, current, remarks)
    raise PictureError("image.svg-variable", name=name, known="、".join(colours) or "—")


@cache
def _names() -> Mapping[str, str]:
    """The colour names of CSS, each with its six digits."""
    names: dict[str, str] = json.loads((DATA / "colour_names.json").read_text("utf-8"))
    return names


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,/]+", text.strip()) if word]


def _share(word: str, whole: float = 1.0) -> float:
    """A percentage or a number of ``whole``, between 0 and 1."""
    try:
        part = float(word[:-1]) / 100 if word.endswith("%") else float(word) / whole
    except ValueError:
        raise PictureError("image.svg-colour", colour=word) from None
    return min(max(part, 0.0), 1.0)


def _opacity(words: list[str]) -> float:
    return _share(words[0]) if words else 1.0


def _from_hex(digits: str, remarks: Remarks) -> tuple[Colour, float]:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, *rest = (int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
    return _from_rgb([red, green, blue], remarks), rest[0] / 255 if rest else 1.0


def _from_rgb(parts: list[float], remarks: Remarks) -> Colour:
    red, green, blue = (round(min(max(part, 0.0), 255.0)) for part in parts)
    return rgb_colour(red, green, blue, remarks)


def _from_inks(shares: list[float]) -> Colour:
    cyan, magenta, yellow, black = (round(share * 100, 1) for share in shares)
    return Colour("cmyk", (cyan, magenta, yellow, black))
