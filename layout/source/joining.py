"""Source lines joined inside a paragraph, and content as plain characters."""

import unicodedata
from collections.abc import Iterable, Iterator

from layout.source.model import (
    Break,
    Cells,
    Content,
    Dots,
    Inline,
    Link,
    NoteMark,
    Ruby,
    Sideline,
    Strong,
    TateChuYoko,
    Text,
    Warichu,
)
from layout.source.nodes import SourceLine


def blank(line: SourceLine) -> bool:
    """Whether a line has nothing to print."""
    return not line.text.strip(" \t\u3000")


def trimmed(line: SourceLine) -> SourceLine:
    """Without ASCII white space at the ends; full-width spaces are the author's."""
    text = line.text.lstrip(" \t")
    column = line.column + (len(line.text) - len(text) if line.exact else 0)
    return SourceLine(text.rstrip(" \t"), line.line, column, line.exact)


def groups(lines: Iterable[SourceLine]) -> Iterator[list[SourceLine]]:
    """The lines of each paragraph."""
    group: list[SourceLine] = []
    for line in map(trimmed, lines):
        if not blank(line):
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def leaves(content: Content) -> Iterator[Text | Break]:
    """The texts and breaks of a content in reading order, ruby readings left out."""
    for item in content:
        match item:
            case Text() | Break():
                yield item
            case Ruby():
                yield item.base
            case TateChuYoko() | NoteMark() | Cells():
                yield item.content
            case Strong() | Dots() | Sideline() | Warichu() | Link():
                yield from leaves(item.content)


def plain_text(content: Content) -> str:
    """The characters of a content, a forced break as a line end."""
    return "".join(leaf.text if isinstance(leaf, Text) else "\n" for leaf in leaves(content))


def join_lines(content: Content) -> Content:
    """The content with typed line ends gone: a space between Latin words, else nothing."""
    flat = list(leaves(content))
    if not any(isinstance(leaf, Break) for leaf in flat):
        return content
    spaces: dict[Break, bool] = {}
    for index, leaf in enumerate(flat):
        if isinstance(leaf, Break):
            before, after = flat[index - 1] if index else None, flat[index + 1 : index + 2]
            spaces[leaf] = _parts(before, after[0] if after else None)
    return _joined(content, spaces)


def _joined(content: Content, spaces: dict[Break, bool]) -> Content:
    items: list[Inline] = []
    for item in content:
        match item:
            case Break():
                if spaces[item]:
                    items.append(Text(" ", item.span, generated=True))
            case Strong() | Dots() | Sideline() | Warichu():
                items.append(type(item)(_joined(item.content, spaces), item.span))
            case Link():
                items.append(Link(_joined(item.content, spaces), item.target, item.span))
            case _:
                items.append(item)
    return tuple(items)


def _parts(before: Text | Break | None, after: Text | Break | None) -> bool:
    """Whether a space must part two texts that met at a line end."""
    if not (isinstance(before, Text) and isinstance(after, Text)):
        return False
    last, first = before.text[-1:], after.text[:1]
    return _is_latin(last) and _is_latin(first) and last not in "-/"


def _is_latin(c: str) -> bool:
    """A letter, digit or mark of Latin text (not of Japanese, and no space)."""
    if c.isascii():
        return c.isprintable() and c != " " and c != ""
    return c.isalnum() and unicodedata.east_asian_width(c) in ("Na", "N", "A") and c < "\u2e80"
