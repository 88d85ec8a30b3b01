"""Bookmarks: the headings of the leaflet, in their order and depth (ISO 32000-1, 12.3.3)."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from layout.backends.pdf.identity import text_string
from layout.backends.web_pdf.leaves import Node, Slot, nodes_of
from layout.backends.web_pdf.structure import Branch
from layout.structure.model import text_of
from layout.units import Length

ROOM = 6_000_000
"""Nanometres shown above a heading that a bookmark leads to."""


class Entry(Struct, eq=False):
    """A bookmark and those below it."""

    title: str
    level: int
    page: int
    top: Length
    below: list["Entry"] = field(default_factory=list)
    reference: bytes = b""


def entries_of(root: Node) -> list[Entry]:
    """The bookmarks of a tree, each below the last one that ranks over it."""
    top: list[Entry] = []
    path: list[Entry] = []
    for node in nodes_of(root):
        tag = node.element.tag
        place = _place(node) if tag[0] == "H" and tag[1:].isdigit() else None
        if place is None:
            continue
        entry = Entry(text_of(node.element).strip(), int(tag[1:]), *place)
        while path and path[-1].level >= entry.level:
            path.pop()
        (path[-1].below if path else top).append(entry)
        path.append(entry)
    return top


def _place(node: Node) -> tuple[int, int] | None:
    slots = (s for each in nodes_of(node) for s in each.kids if isinstance(s, Slot))
    return next((slot.place for slot in slots if slot.place is not None), None)


def write_outline(entries: Sequence[Entry], branch: Branch) -> bytes:
    """The outline dictionary's reference; empty if there are no headings."""
    if not entries:
        return b""
    file = branch.file
    root = file.reserve()
    for entry in _all(entries):
        entry.reference = file.reserve()
    _write(entries, root, branch)
    body = b"<< /Type /Outlines /First %s /Last %s /Count %d >>"
    count = sum(1 for _ in _all(entries))
    file.put(root, body % (entries[0].reference, entries[-1].reference, count))
    return root


def _all(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _all(entry.below)


def _write(entries: Sequence[Entry], parent: bytes, branch: Branch) -> None:
    for at, entry in enumerate(entries):
        place = branch.frames[entry.page].at(0, max(entry.top - ROOM, 0))
        parts = [
            b"<< /Title " + text_string(entry.title),
            b"/Parent " + parent,
            b"/Dest [%s /XYZ %s null]" % (branch.pages[entry.page], place),
        ]
        if at:
            parts.append(b"/Prev " + entries[at - 1].reference)
        if at + 1 < len(entries):
            parts.append(b"/Next " + entries[at + 1].reference)
        if entry.below:
            below = entry.below
            count = sum(1 for _ in _all(below))
            ends = (below[0].reference, below[-1].reference, count)
            parts.append(b"/First %s /Last %s /Count %d" % ends)
            _write(below, entry.reference, branch)
        branch.file.put(entry.reference, b" ".join((*parts, b">>")))
