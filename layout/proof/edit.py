"""Changes of the raw source: characters out, characters in, and nothing else touched."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from layout.reading.paragraphs import SourceChar
from layout.source.nodes import Mapping, Node, Scalar
from layout.source.nodes import Sequence as NodeSequence

_MARKUP: Final = re.compile(r"[\\*_^《》｜{}［］\[\]｛｝]")
_LINE_END: Final = re.compile("\r\n|\r|\n")
_MARK: Final = "\ufeff"
_UNQUOTED: Final = re.compile(r"^[\s\-?:,\[\]{}#&*!|>'\"%@`]|: | #|:$|\s$")


class Edit(Struct, frozen=True):
    """Raw characters ``start`` to ``end`` of the whole source are replaced by ``new``."""

    start: int
    end: int
    new: str


class EditError(Exception):
    """It cannot be done without touching more; ``reason`` says why (``markup``, ``generated``…)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Raw:
    """A source text as it stands in the file, with its own line ends, and its scalars."""

    def __init__(self, text: str, root: Node | None) -> None:
        self.text = text
        self._starts = [1 if text.startswith(_MARK) else 0]
        self._ends: list[int] = []
        for found in _LINE_END.finditer(text):
            self._ends.append(found.start())
            self._starts.append(found.end())
        self._ends.append(len(text))
        self._scalars = sorted(
            _scalars(root), key=lambda scalar: (scalar.span.line, scalar.span.column)
        )
        self._places = [(s.span.line, s.span.column) for s in self._scalars]

    def offset(self, line: int, column: int) -> int:
        """The number of a character of the whole text."""
        return self._starts[line - 1] + column - 1

    def line(self, number: int) -> tuple[int, int, int]:
        """Where a line begins, where it ends, and where the next one begins."""
        following = self._starts[number] if number < len(self._starts) else len(self.text)
        return self._starts[number - 1], self._ends[number - 1], following

    def style(self, line: int, column: int) -> str:
        """The style of the scalar that stands there: ``|``, a quote, or plain."""
        at = bisect_right(self._places, (line, column)) - 1
        return self._scalars[at].style if at >= 0 else ""


def _scalars(root: Node | None) -> list[Scalar]:
    found: list[Scalar] = []
    waiting: list[Node] = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            found.append(node)
        elif isinstance(node, Mapping):
            waiting.extend(entry.value for entry in node.entries)
        elif isinstance(node, NodeSequence):
            waiting.extend(node.items)
    return found


def edits(raw: Raw, chars: Sequence[SourceChar], start: int, end: int, new: str) -> list[Edit]:
    """What makes characters ``start`` to ``end`` of a paragraph into ``new``; ``EditError``."""
    if start == end:
        return [_insertion(raw, chars, start, new)]
    old = chars[start:end]
    if not all(char.exact for char in old):
        raise EditError("generated")
    rows: list[list[SourceChar]] = []
    for char in old:
        if rows and rows[-1][-1].line == char.line:
            rows[-1].append(char)
        else:
            rows.append([char])
    made = []
    for number, row in enumerate(rows):
        first, last = (
            raw.offset(row[0].line, row[0].column),
            raw.offset(row[-1].line, row[-1].column),
        )
        if raw.text[first : last + 1] != "".join(char.text for char in row):
            raise EditError("markup")
        words = _written(raw, row[0], new) if number == 0 else ""
        made.append(_whole_line(raw, row[0].line, Edit(first, last + 1, words)))
    return made


def _insertion(raw: Raw, chars: Sequence[SourceChar], at: int, new: str) -> Edit:
    """Before a character, or behind the last."""
    if at < len(chars) and chars[at].exact:
        place = raw.offset(chars[at].line, chars[at].column)
        return Edit(place, place, _written(raw, chars[at], new))
    if 0 < at <= len(chars) and chars[at - 1].exact:
        place = raw.offset(chars[at - 1].line, chars[at - 1].column) + 1
        return Edit(place, place, _written(raw, chars[at - 1], new))
    raise EditError("generated")


def _whole_line(raw: Raw, line: int, edit: Edit) -> Edit:
    """A line of which nothing is left goes with its end: an empty one would part paragraphs."""
    begin, end, following = raw.line(line)
    rest = raw.text[begin : edit.start] + edit.new + raw.text[edit.end : end]
    if rest.strip(" ") or raw.style(line, edit.start - begin + 1) != "|":
        return edit
    return Edit(begin, following, "")


def _written(raw: Raw, char: SourceChar, new: str) -> str:
    """New words as they must be typed at that place: marks escaped, quotes doubled."""
    if "\n" in new:
        raise EditError("lines")
    style = raw.style(char.line, char.column)
    words = _MARKUP.sub(r"\\\g<0>", new)
    if style == "'":
        return words.replace("'", "''")
    if style == '"':
        return words.replace("\\", "\\\\").replace('"', '\\"')
    if style == "" and _UNQUOTED.search(new):
        raise EditError("quotes")
    return words


def applied(text: str, changes: Sequence[Edit]) -> str:
    """The text after all changes, which do not overlap."""
    out, at = [], 0
    for edit in sorted(changes, key=lambda edit: (edit.start, edit.end)):
        out.append(text[at : edit.start])
        out.append(edit.new)
        at = edit.end
    return "".join([*out, text[at:]])
