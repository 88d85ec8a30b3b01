"""What the streams of a file and of a page share: bounds, caches, what was found."""

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from msgspec import Struct, field

from layout.display.pdf.streams import decoded_size, is_array, is_stream
from layout.preflight.finished.content_colour import Colours
from layout.preflight.finished.content_text import FontReader, Shown
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Font, Mark, Oddity
from layout.preflight.finished.objects import is_dictionary, is_name, name_of
from layout.style.picture_error import PictureError

Handler = Callable[[Any, Any], object]
"""What follows an operator: called with the reader and the operands."""

Handlers = Mapping[str, tuple[Handler, int]]
"""Operators with what follows them and how many operands they take; -1 is any number."""

OPERATORS_MOST: Final = 2_000_000
BYTES_MOST: Final = 256_000_000
MARKS_MOST: Final = 1_000_000
CODES_MOST: Final = 10_000_000
TOKENS_MOST: Final = 4_000_000
KEPT_MOST: Final = 1_000_000
DEPTH_MOST: Final = 12
"""Bounds of one file: honest ones stay far below, hostile ones end here.

Tokens are counted in one stream, for all of them are in memory at once; operators
of the streams that are kept for being painted again.
"""

_BYTES_AN_OPERATOR: Final = 64
"""An operator that comes with more bytes than that counts as several."""
_SMALL: Final = 1_000_000
_BREAKS: Final = re.compile(rb"[\s/(\[<]")
_ODDITIES_MOST: Final = 200
TROUBLE: Final = (
    TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError, RuntimeError,
    NotImplementedError, PictureError,
)  # fmt: skip
"""All that pikepdf's objects raise when they are not what they should be."""


class EnoughError(Exception):
    """A bound was reached."""


class Script(Struct, frozen=True):
    """The operators of a stream.  ``weight`` is what they count for; ``cut`` if the end is lost."""

    instructions: list[Any]
    weight: int
    cut: bool


class Taken(Struct):
    """What was gathered of a stretch of content."""

    marks: list[Mark] = field(default_factory=list)
    oddities: dict[tuple[str, str], None] = field(default_factory=dict)
    used: dict[str, dict[object, Any]] = field(default_factory=dict)
    drawn: set[tuple[object, ...]] = field(default_factory=set)


class Shared:
    """What all streams of a file share: colours and fonts read once, and what may still be read."""

    def __init__(self) -> None:
        self.colours = Colours()
        self.fonts = FontReader(self.read)
        self.operators, self.bytes, self.marks = OPERATORS_MOST, BYTES_MOST, MARKS_MOST
        self.codes, self._kept = CODES_MOST, KEPT_MOST
        self.forms: dict[object, Taken] = {}
        self._scripts: dict[object, Script] = {}
        self._names: dict[object, Names] = {}

    def read(self, stream: Any) -> bytes:
        """The decoded bytes of a small stream (a CMap); ``EnoughError``, ``ValueError``."""
        import pikepdf

        try:
            self._spend(decoded_size(stream, max(self.bytes, 0)))
            data: bytes = stream.read_bytes()
        except pikepdf.PdfError as problem:
            raise ValueError("stream") from problem
        return data

    def script(self, content: Any, key: object) -> Script:
        """The operators of a stream or of a page, paid for; ``EnoughError``, ``PdfError``."""
        script = self._scripts.get(key) if key is not None else None
        if script is None:
            script = self._parsed(content)
            if key is not None and len(script.instructions) <= self._kept:
                self._kept -= len(script.instructions)
                self._scripts[key] = script
        self.operators -= script.weight
        if self.operators < 0:
            raise EnoughError("operators")
        return script

    def names(self, resources: Any, holder: object) -> "Names":
        """The resources of a stream, looked up once for all times it is painted."""
        if holder not in self._names:
            self._names[holder] = Names(resources, self)
        return self._names[holder]

    def key(self, thing: Any) -> object:
        """What tells an object apart: its number, or if it has none, what it says."""
        objgen = getattr(thing, "objgen", (0, 0))
        if objgen[0]:
            return objgen
        if not hasattr(thing, "unparse"):
            return repr(thing)
        said: bytes = thing.unparse()
        self._spend(len(said))
        return said

    def spend_codes(self, count: int) -> None:
        """Characters shown; ``EnoughError``."""
        self.codes -= count
        if self.codes < 0:
            raise EnoughError("text")

    def _parsed(self, content: Any) -> Script:
        import pikepdf

        streams = _streams(content)
        sizes = []
        for stream in streams:
            sizes.append(decoded_size(stream, max(self.bytes, 0)))
            self._spend(sizes[-1])
        size = sum(sizes)
        if size > _SMALL:
            self._refuse_too_many(streams)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            instructions = list(pikepdf.parse_content_stream(content))
        weight = max(len(instructions), size // _BYTES_AN_OPERATOR) + 1
        # Only what the parser says of the stream: anything may warn while it runs.
        cut = any(issubclass(each.category, UserWarning) for each in said)
        return Script(instructions, weight, cut)

    def _refuse_too_many(self, streams: list[Any]) -> None:
        """Every token is an object of some hundred bytes in memory."""
        room = TOKENS_MOST
        for stream in streams:
            for _ in _BREAKS.finditer(stream.read_bytes()):
                room -= 1
                if not room:
                    raise EnoughError("tokens")

    def _spend(self, size: int) -> None:
        self.bytes -= size
        if self.bytes < 0:
            raise EnoughError("bytes")


def _streams(content: Any) -> list[Any]:
    """The streams of a page or a form."""
    held = content if is_stream(content) else content.get("/Contents")
    if held is None:
        return []
    return [each for each in held if is_stream(each)] if is_array(held) else [held]


class Names:
    """The resources that a stream names."""

    def __init__(self, resources: Any, shared: Shared) -> None:
        self._resources: Any = resources if is_dictionary(resources) else None
        self._shared = shared
        self._found: dict[tuple[str, str], tuple[Any, object] | None] = {}

    def find(self, kind: str, named: Any) -> tuple[Any, object] | None:
        """A resource, and what tells it from others; None if it is missing; ``TypeError``."""
        if not is_name(named):
            raise TypeError(named)
        name = name_of(named)
        if (kind, name) not in self._found:
            held: Any = self._resources.get(kind) if self._resources is not None else None
            thing = held.get(named) if is_dictionary(held) else None
            self._found[kind, name] = None if thing is None else (thing, self._shared.key(thing))
        return self._found[kind, name]


class Sheet:
    """What is gathered of a page.

    ``keeps`` says that a form which is painted again the same way need not be read again.
    """

    keeps = True

    def __init__(self, number: int, trim: Box, media: Box, shared: Shared, handlers: Handlers):
        self.number, self.trim, self.media = number, trim, media
        self.shared, self.handlers = shared, handlers
        self.taken = Taken()
        self.depth = 0
        self.within: list[object] = []

    @property
    def oddities(self) -> tuple[Oddity, ...]:
        """All oddities of the page, each once."""
        return tuple(Oddity(what, self.number, value) for what, value in self.taken.oddities)

    def odd(self, what: str, value: str = "") -> None:
        """An oddity, once."""
        if len(self.taken.oddities) < _ODDITIES_MOST:
            self.taken.oddities[what, value] = None

    def add(self, mark: Mark) -> None:
        """A mark; ``EnoughError``."""
        self.shared.marks -= 1
        if self.shared.marks < 0:
            raise EnoughError("marks")
        self.taken.marks.append(mark)

    def hear(self, font: Font, shown: Shown, mode: float) -> None:
        """Text that is shown, spaces too: of interest to those who read it."""

    def use(self, kind: str, thing: Any, key: object) -> None:
        """Take note of a resource."""
        self.taken.used.setdefault(kind, {})[key] = thing

    @contextmanager
    def apart(self) -> Iterator[Taken]:
        """Gather what follows by itself, and in the end add it to the rest."""
        outer, self.taken = self.taken, Taken()
        try:
            yield self.taken
        finally:
            inner, self.taken = self.taken, outer
            outer.marks += inner.marks
            self.join(inner)

    def join(self, inner: Taken) -> None:
        """Add what was gathered before, all but the marks."""
        for what, value in inner.oddities:
            self.odd(what, value)
        for kind, things in inner.used.items():
            self.taken.used.setdefault(kind, {}).update(things)
