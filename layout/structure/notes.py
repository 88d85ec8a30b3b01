"""Which note belongs to which mark: ``[^1]`` and the note that begins with 1."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from layout.source.joining import plain_text
from layout.source.model import Common, Leaflet, NoteMark, Paragraph
from layout.structure.inline import Notes

_BEHIND = re.compile(r"[ \u3000.．、：:)）\]］〕】]")
_BEFORE = "（([［〔【※*＊"


Place = tuple[int, int, int]
"""Page, line and column: a note may stand on several pages (YAML's ``*name``)."""


class NoteIds(Struct, frozen=True):
    """``of_mark``: the note of each page's marks; ``of_note``: the id of a note's paragraph."""

    of_mark: dict[int, Notes]
    of_note: dict[Place, str]


def note_ids(leaflet: Leaflet) -> NoteIds:
    """Ids for all notes of a leaflet; a mark means a note of its own page before others."""
    taken = {common.id for common in _all(leaflet.pages, Common) if common.id}
    found: list[tuple[int, str, str]] = []
    of_note: dict[Place, str] = {}
    for page, held in enumerate(leaflet.pages, 1):
        for note in _all(held, Paragraph):
            if note.kind != "notes":
                continue
            name = note.common.id or f"note-{len(found) + 1}"
            while not note.common.id and name in taken:
                name += "-"
            span = note.common.span
            of_note[page, span.line, span.column] = name
            found.append((page, name, plain_text(note.content)))
    of_mark = {
        page: _marks(page, {m.content.text for m in _all(held, NoteMark)}, found)
        for page, held in enumerate(leaflet.pages, 1)
    }
    return NoteIds(of_mark, of_note)


def _marks(page: int, marks: set[str], notes: list[tuple[int, str, str]]) -> Notes:
    """The note of each mark of a page: its own first, then those behind it, then any."""
    order = sorted(notes, key=lambda note: (note[0] != page, note[0] < page))
    found: dict[str, str] = {}
    for _, name, text in order:
        for mark in marks:
            if mark not in found and _begins(text, mark):
                found[mark] = name
    return found


def _begins(text: str, mark: str) -> bool:
    """Whether a note begins with its mark, and the mark is not the beginning of a word."""
    text = text.lstrip(_BEFORE)
    rest = text[len(mark) :]
    return text.startswith(mark) and bool(_BEHIND.match(rest))


def _all(value: Any, kind: type) -> Iterator[Any]:
    if isinstance(value, kind):
        yield value
    if isinstance(value, tuple):
        for each in value:
            yield from _all(each, kind)
    elif isinstance(value, Struct):
        for item in fields(value):
            yield from _all(getattr(value, item.name), kind)
