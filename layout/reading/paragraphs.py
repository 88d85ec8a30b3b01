"""The paragraphs of a leaflet as its source has them: each character with its place."""

from collections.abc import Iterator
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import fields

from layout.source.model import Cells, Inline, Leaflet, NoteMark, Ruby, TateChuYoko, Text

_INLINE = get_args(Inline)


class SourceChar(Struct, frozen=True):
    """A character: ``exact`` if it was typed where it stands, else it came from there."""

    text: str
    line: int
    column: int
    exact: bool


class SourceParagraph(Struct, frozen=True):
    """A run of inline content: its page (from 1) and area, its number there, its characters.

    ``rubies`` are the readings in the order of their bases, each with its base's place.
    """

    page: int
    area: str
    number: int
    chars: tuple[SourceChar, ...]
    rubies: tuple[SourceChar, ...] = ()

    @property
    def id(self) -> str:
        """What names it within the leaflet."""
        return f"{self.page}.{self.area}.{self.number}"

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(char.text for char in self.chars)


def source_paragraphs(leaflet: Leaflet) -> tuple[SourceParagraph, ...]:
    """Every paragraph, heading, caption, cell and label, in the order of the source."""
    found = []
    for number, page in enumerate(leaflet.pages, 1):
        for area in page.areas:
            contents = list(_contents(area.blocks))
            for index, content in enumerate(contents, 1):
                chars = tuple(_chars(content))
                rubies = tuple(_rubies(content))
                found.append(SourceParagraph(number, area.name, index, chars, rubies))
    return tuple(found)


def _contents(value: Any) -> Iterator[tuple[Any, ...]]:
    """All inline content below a block, in the order of its fields."""
    if isinstance(value, tuple):
        if value and all(isinstance(each, _INLINE) for each in value):
            yield value
        else:
            for each in value:
                yield from _contents(each)
    elif isinstance(value, Struct) and not isinstance(value, _INLINE):
        for item in fields(value):
            yield from _contents(getattr(value, item.name))


def _chars(nodes: tuple[Any, ...]) -> Iterator[SourceChar]:
    for node in nodes:
        match node:
            case Text():
                yield from _of_text(node)
            case Ruby(base=base):
                yield from _of_text(base)
            case TateChuYoko(content=inner) | NoteMark(content=inner) | Cells(content=inner):
                yield from _of_text(inner)
            case _:
                yield from _chars(getattr(node, "content", ()))


def _rubies(nodes: tuple[Any, ...]) -> Iterator[SourceChar]:
    for node in nodes:
        if isinstance(node, Ruby):
            for reading in node.readings:
                yield SourceChar(reading, node.span.line, node.span.column, False)
        elif not isinstance(node, Text):
            inner = getattr(node, "content", ())
            yield from _rubies(inner if isinstance(inner, tuple) else ())


def _of_text(text: Text) -> Iterator[SourceChar]:
    place = text.span
    for step, char in enumerate(text.text):
        column = place.column if text.generated else place.column + step
        yield SourceChar(char, place.line, column, not text.generated)
