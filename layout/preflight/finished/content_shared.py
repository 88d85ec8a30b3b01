"""What the streams of a file and of a page share: bounds, caches, what was found."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from layout.display.pdf.streams import decoded_size, is_array, is_stream
from layout.preflight.finished.content_colour import Colours
from layout.preflight.finished.content_text import FontReader
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Mark, Oddity
from layout.style.picture_error import PictureError

Handler = Callable[[Any, Any], object]
"""What follows an operator: called with the reader and the operands."""

OPERATORS_MOST: Final = 2_000_000
BYTES_MOST: Final = 256_000_000
MARKS_MOST: Final = 1_000_000
DEPTH_MOST: Final = 12
"""Bounds of one file: honest ones stay far below, hostile ones end here."""

_ODDITIES_MOST: Final = 200
TROUBLE: Final = (
    TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError, RuntimeError,
    NotImplementedError, PictureError,
)  # fmt: skip
"""All that pikepdf's objects raise when they are not what they should be."""


class EnoughError(Exception):
    """A bound was reached."""


class Shared:
    """What all streams of a file share: colours and fonts read once, and what may still be read."""

    def __init__(self) -> None:
        self.colours = Colours()
        self.fonts = FontReader(self.read)
        self.operators, self.bytes, self.marks = OPERATORS_MOST, BYTES_MOST, MARKS_MOST
        self.forms: dict[object, tuple[tuple[Mark, ...], dict[str, dict[object, Any]]]] = {}
        self._parsed: dict[object, list[Any]] = {}

    def read(self, stream: Any) -> bytes:
        """The decoded bytes of a small stream (a CMap); ``EnoughError`` beyond the bound."""
        self._spend(stream)
        data: bytes = stream.read_bytes()
        return data

    def instructions(self, content: Any, key: object) -> list[Any]:
        """The parsed operators of a stream or of a page; ``EnoughError``, ``PdfError``."""
        import pikepdf

        if key is not None and key in self._parsed:
            return self._parsed[key]
        for stream in _streams(content):
            self._spend(stream)
        parsed = list(pikepdf.parse_content_stream(content))
        if key is not None:
            self._parsed[key] = parsed
        return parsed

    def _spend(self, stream: Any) -> None:
        self.bytes -= decoded_size(stream, max(self.bytes, 0))
        if self.bytes < 0:
            raise EnoughError("bytes")


def _streams(content: Any) -> list[Any]:
    """The streams of a page or a form."""
    held = content if is_stream(content) else content.get("/Contents")
    if held is None:
        return []
    return [each for each in held if is_stream(each)] if is_array(held) else [held]


class Sheet:
    """What is gathered of a page."""

    def __init__(
        self, number: int, trim: Box, shared: Shared, handlers: "Mapping[str, Handler]"
    ) -> None:
        self.number, self.trim, self.shared, self.handlers = number, trim, shared, handlers
        self.marks: list[Mark] = []
        self.oddities: list[Oddity] = []
        self.used: dict[str, dict[object, Any]] = {}
        self.drawn: set[tuple[object, ...]] = set()
        self.depth = 0
        self.within: list[object] = []
        self._said: set[tuple[str, str]] = set()

    def odd(self, what: str, value: str = "") -> None:
        """An oddity, once."""
        if (what, value) not in self._said and len(self._said) < _ODDITIES_MOST:
            self._said.add((what, value))
            self.oddities.append(Oddity(what, self.number, value))

    def add(self, mark: Mark) -> None:
        """A mark; ``EnoughError``."""
        self.shared.marks -= 1
        if self.shared.marks < 0:
            raise EnoughError("marks")
        self.marks.append(mark)

    def use(self, kind: str, thing: Any) -> object:
        """Take note of a resource, and give what tells it apart."""
        key = object_key(thing)
        self.used.setdefault(kind, {})[key] = thing
        return key


def object_key(thing: Any) -> object:
    """An object's number, or if it has none, what it says."""
    objgen = getattr(thing, "objgen", (0, 0))
    return objgen if objgen[0] else thing.unparse() if hasattr(thing, "unparse") else repr(thing)
