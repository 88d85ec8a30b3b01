"""The paragraphs of a leaflet as its source has them: each character with its place."""

from collections.abc import Iterator
from typing import Any, Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from layout.source.model import (
    Badge,
    Cells,
    CutOff,
    Figure,
    FormField,
    Free,
    Inline,
    Leaflet,
    NoteMark,
    Ruby,
    Table,
    TateChuYoko,
    Text,
)

_INLINE = get_args(Inline)
_FIRST: Final = {Table: "title", CutOff: "cut"}
"""What is printed before the other fields of a block."""


class SourceChar(Struct, frozen=True):
    """A character: ``exact`` if it was typed where it stands, else it came from there."""

    text: str
    line: int
    column: int
    exact: bool


class SourceRuby(Struct, frozen=True):
    """A reading beside the text; its base ends before character ``behind`` of the paragraph."""

    text: str
    line: int
    column: int
    behind: int


class Manner(Struct, frozen=True):
    """How a paragraph is printed.

    ``apart`` is "placed" for what has a place of its own on the page, "figure" for what goes
    with a figure where there is room for that; everything else follows what stands before
    it in the source.  ``ticked`` has a box to tick before it.  ``head`` is what the head of its
    table says, which may be printed once more before it, ``head_rubies`` its readings.
    """

    apart: str = ""
    ticked: bool = False
    head: str = ""
    head_rubies: str = ""


_PLAIN: Final = Manner()


class SourceParagraph(Struct, frozen=True):
    """A run of inline content: its page (from 1) and area, its number there, its characters.

    ``rubies`` are the readings in the order of their bases.
    """

    page: int
    area: str
    number: int
    chars: tuple[SourceChar, ...]
    rubies: tuple[SourceRuby, ...] = ()
    manner: Manner = _PLAIN

    @property
    def id(self) -> str:
        """What names it within the leaflet."""
        return f"{self.page}.{self.area}.{self.number}"

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(char.text for char in self.chars)


def source_paragraphs(leaflet: Leaflet) -> tuple[SourceParagraph, ...]:
    """Every paragraph, heading, caption, cell and label, as they follow each other in print."""
    found = []
    for number, page in enumerate(leaflet.pages, 1):
        for area in page.areas:
            for index, (content, manner) in enumerate(_contents(area.blocks, _PLAIN), 1):
                chars = tuple(_chars(content))
                rubies = tuple(_rubies(content, [0]))
                found.append(SourceParagraph(number, area.name, index, chars, rubies, manner))
    return tuple(found)


_Contents = Iterator[tuple[tuple[Any, ...], Manner]]


def _contents(value: Any, manner: Manner) -> _Contents:
    """All inline content below a block, in the order of its fields."""
    if isinstance(value, tuple):
        if value and all(isinstance(each, _INLINE) for each in value):
            yield value, manner
        else:
            for each in value:
                yield from _contents(each, manner)
    elif isinstance(value, Struct) and not isinstance(value, _INLINE):
        first = _FIRST.get(type(value), "")
        names = sorted(value.__struct_fields__, key=first.__ne__)
        for name in names:
            yield from _field(value, name, manner)


def _field(block: Struct, name: str, manner: Manner) -> _Contents:
    value = getattr(block, name)
    match block:
        case Badge() | Free():
            yield from _contents(value, replace(manner, apart="placed"))
        case Figure() if not manner.apart:
            yield from _contents(value, replace(manner, apart="figure"))
        case FormField() if name == "choices":
            yield from _contents(value, replace(manner, ticked=True))
        case Table() if name == "rows":
            yield from _rows(block, manner)
        case _:
            yield from _contents(value, manner)


def _rows(table: Table, manner: Manner) -> _Contents:
    """The cells of a table; a row below the first of the body may come under the head again."""
    cells = [content for row in table.rows[: table.head] for content in row]
    words = "".join(char.text for content in cells for char in _chars(content))
    rubies = "".join(ruby.text for content in cells for ruby in _rubies(content, [0]))
    for number, row in enumerate(table.rows):
        first = replace(manner, head=words, head_rubies=rubies) if number > table.head else manner
        for content, own in _contents(row, manner):
            yield content, first if first is not manner else own
            first = manner


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


def _rubies(nodes: tuple[Any, ...], at: list[int]) -> Iterator[SourceRuby]:
    """``at`` counts the characters before."""
    for node in nodes:
        inner = getattr(node, "content", ())
        if isinstance(node, Ruby):
            start, place = at[0], node.span
            at[0] += len(node.base.text)
            single = len(node.readings) == len(node.base.text)
            for step, reading in enumerate(node.readings, 1):
                behind = start + step if single else at[0]
                yield SourceRuby(reading, place.line, place.column, behind)
        elif isinstance(inner, tuple):
            if isinstance(node, Text):
                at[0] += len(node.text)
            yield from _rubies(inner, at)
        else:
            at[0] += len(inner.text)


def _of_text(text: Text) -> Iterator[SourceChar]:
    place = text.span
    for step, char in enumerate(text.text):
        column = place.column if text.generated else place.column + step
        yield SourceChar(char, place.line, column, not text.generated)
