"""SVG files as trees of plain elements, read so that a hostile file can do no harm.

No external entity, stylesheet or picture is ever fetched.  Entities that a
drawing program declares for its namespaces are short and plain; whatever else is
declared is refused, and with it every way of blowing a small file up.
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from msgspec import Struct, field

from layout.style.picture_error import PictureError

BYTES_MOST: Final = 30_000_000
ELEMENTS_MOST: Final = 200_000
DEPTH_MOST: Final = 100

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK_HREF: Final = "http://www.w3.org/1999/xlink}href"
_ENTITY_MOST: Final = 200
_APART: Final = "}"

PX_PER: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "q": 24 / 25.4,
    "in": 96.0,
}
"""Units of length in user units (CSS Values 3, 5.2)."""

NUMBER: Final = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH: Final = re.compile(rf"\s*({NUMBER})\s*(%|[a-zA-Z]*)\s*")
_EM: Final = 16.0
_NEAR, _FAR = 1e-6, 1e9
"""Between these, numbers are sizes; others are mistakes or malice."""


class SvgElement(Struct):
    """An element: its local name, its attributes without namespaces, what is in it, and its line.

    ``text`` is all text directly inside.  ``xlink:href`` is ``href``.
    """

    name: str
    attributes: dict[str, str]
    line: int
    children: list["SvgElement"] = field(default_factory=list)
    text: str = ""

    def get(self, key: str, default: str = "") -> str:
        """An attribute, without the blanks around it."""
        return self.attributes.get(key, default).strip()

    def walk(self) -> Iterator["SvgElement"]:
        """This element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_svg_file(path: str) -> SvgElement:
    """The root element of a file, read no further than the bound; ``PictureError``, ``OSError``."""
    with open(path, "rb") as file:
        return read_svg(file.read(BYTES_MOST + 1))


def read_svg(data: bytes) -> SvgElement:
    """The root element; ``PictureError`` for what is no plain SVG drawing."""
    if len(data) > BYTES_MOST:
        raise PictureError(
            "image.file-too-large", size=len(data) // 1_000_000, most=BYTES_MOST // 1_000_000
        )
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as problem:
        reason = expat.ErrorString(problem.code)
        raise PictureError("image.svg-broken", line=problem.lineno, reason=reason) from problem
    except (ValueError, LookupError) as problem:  # an encoding that nobody knows
        raise PictureError("image.svg-broken", line=1, reason=str(problem)) from problem
    if reader.root is None or reader.root.name != "svg":
        raise PictureError("image.not-a-picture")
    return reader.root


class _Reader:
    """Builds the tree from expat's events, and stops at the first sign of malice."""

    def __init__(self) -> None:
        self.root: SvgElement | None = None
        self._open: list[SvgElement] = []
        self._foreign = 0
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=_APART)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity

    def _entity(
        self, name: str, parameter: bool, value: str | None, base: str | None,
        system: str | None, public: str | None, notation: str | None,
    ) -> None:  # fmt: skip
        del name, base, public, notation
        plain = value is not None and len(value) <= _ENTITY_MOST and not set("&%") & set(value)
        if parameter or system is not None or not plain:
            raise PictureError("image.svg-entity", line=self.parser.CurrentLineNumber)

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        space, _, name = full.rpartition(_APART)
        if self._foreign or space not in ("", _SVG):
            self._foreign += 1  # notes of drawing programs to themselves
            return
        self._count += 1
        if self._count > ELEMENTS_MOST or len(self._open) >= DEPTH_MOST:
            raise PictureError("image.too-complex")
        element = SvgElement(name, _plain(attributes), self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, full: str) -> None:
        if self._foreign:
            self._foreign -= 1
        else:
            self._open.pop()

    def _text(self, text: str) -> None:
        if self._open and not self._foreign:
            self._open[-1].text += text


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    made = {key: value for key, value in attributes.items() if _APART not in key}
    if _XLINK_HREF in attributes:
        made.setdefault("href", attributes[_XLINK_HREF])
    return made


# --- sizes


def numbers(text: str) -> list[float]:
    """All numbers of a list; what stands between them is not looked at."""
    return [float(word) for word in re.findall(NUMBER, text)]


def length(text: str, whole: float = 0.0, default: float = 0.0) -> float:
    """A length in user units; ``whole`` is what percentages are of."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return default
    value, unit = float(found[1]), found[2].lower()
    if unit == "%":
        return value * whole / 100
    if unit in ("em", "rem"):
        return value * _EM
    if unit == "ex":
        return value * _EM / 2
    return value * PX_PER.get(unit, 1.0)


def view_box(element: SvgElement) -> tuple[float, float, float, float] | None:
    """Left, top, width, height of ``viewBox``; None if there is none that can be used."""
    box = numbers(element.get("viewBox"))
    if len(box) != 4 or not all(abs(value) < _FAR for value in box):
        return None
    return (box[0], box[1], box[2], box[3]) if min(box[2:]) > _NEAR else None


def svg_box(root: SvgElement) -> tuple[float, float, float, float]:
    """What the drawing shows, in user units (SVG 1.1, 7.7); ``PictureError`` without a size."""
    box = view_box(root)
    if box is not None:
        return box
    width, height = (length(root.get(side)) for side in ("width", "height"))
    if not (_NEAR < width < _FAR and _NEAR < height < _FAR):
        raise PictureError("image.svg-no-size")
    return 0.0, 0.0, width, height
