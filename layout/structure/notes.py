"""Which note belongs to which mark: ``[^1]`` and the note that begins with 1."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain
from operator import itemgetter

from msgspec import Struct

from layout.diagnostics import Span
from layout.source.joining import plain_text
from layout.source.model import Common, Leaflet, NoteMark, Page, Paragraph, Text
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
    held_by = [tuple(_structs(page)) for page in leaflet.pages]
    taken = {each.id for held in held_by for each in held if isinstance(each, Common) and each.id}
    found: list[tuple[int, str, str]] = []
    of_note: dict[Place, str] = {}
    for page, held in enumerate(held_by, 1):
        for note in held:
            if not isinstance(note, Paragraph) or note.kind != "notes":
                continue
            name = note.common.id or f"note-{len(found) + 1}"
            while not note.common.id and name in taken:
                name += "-"
            span = note.common.span
            of_note[page, span.line, span.column] = name
            found.append((page, name, plain_text(note.content)))
    of_mark = {
        page: _marks(page, {m.content.text for m in held if isinstance(m, NoteMark)}, found)
        for page, held in enumerate(held_by, 1)
    }
    return NoteIds(of_mark, of_note)


def _marks(page: int, marks: set[str], notes: list[tuple[int, str, str]]) -> Notes:
    """The note of each mark of a page: its own first, then those behind it, then any."""
    first = bisect_left(notes, page, key=itemgetter(0))
    found: dict[str, str] = {}
    for at in chain(range(first, len(notes)), range(first)):
        if len(found) == len(marks):
            break
        _, name, text = notes[at]
        for mark in marks:
            if mark not in found and _begins(text, mark):
                found[mark] = name
    return found


def _begins(text: str, mark: str) -> bool:
    """Whether a note begins with its mark, and the mark is not the beginning of a word."""
    text = text.lstrip(_BEFORE)
    rest = text[len(mark) :]
    return text.startswith(mark) and bool(_BEHIND.match(rest))


def _structs(page: Page) -> Iterator[Struct]:
    """A page and all that is in it, in its order, but for plain text and places."""
    waiting: list[object] = [page]
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting.extend(reversed(value))
        elif isinstance(value, Struct) and not isinstance(value, (Span, Text)):
            yield value
            waiting.extend([getattr(value, name) for name in reversed(value.__struct_fields__)])
