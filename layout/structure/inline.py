"""Inline content → words and the elements around them."""

from collections.abc import Iterator, Mapping

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
from layout.structure.model import Element, Words

Parts = tuple[Element | Words, ...]
Notes = Mapping[str, str]
"""Where the note of a mark stands: mark → id."""


def inline(content: Content, notes: Notes) -> Parts:
    """Everything of a content, in reading order."""
    return tuple(part for node in content for part in _parts(node, notes))


def _parts(node: Inline, notes: Notes) -> Iterator[Element | Words]:
    match node:
        case Text():
            yield words(node)
        case Break():
            yield Element("Break", node.span)
        case Strong():
            yield Element("Strong", node.span, inline(node.content, notes), "strong")
        case Dots():
            yield Element("Em", node.span, inline(node.content, notes), "dots")
        case Sideline():
            yield Element("Span", node.span, inline(node.content, notes), "sideline")
        case Ruby():
            yield from _ruby(node)
        case TateChuYoko():
            yield Element("Span", node.span, (words(node.content),), "tate-chu-yoko")
        case NoteMark():
            target = notes.get(node.content.text, "")
            leads = f"#{target}" if target else ""
            mark = (words(node.content),)
            yield Element("Reference", node.span, mark, "note-mark", target=leads)
        case Warichu():
            small = Element("WT", node.span, inline(node.content, notes))
            yield Element("Warichu", node.span, (small,), "warichu")
        case Link():
            held = inline(node.content, notes)
            yield Element("Link", node.span, held, "link", target=node.target)
        case Cells():
            said = node.content.text
            yield Element("Span", node.span, (words(node.content),), "cells", actual=said)


def words(text: Text) -> Words:
    """The characters of a text."""
    return Words(text.text, text.span, text.generated)


def _ruby(node: Ruby) -> Iterator[Element]:
    """One element for each base with its reading: the standard knows no more than that.

    A reading's place is that of its base: it may have been typed somewhere else
    (``furigana:``), and on the page it stands where the base does.
    """
    if len(node.readings) == 1:
        yield _pair(node.base, node.readings[0])
        return
    for index, reading in enumerate(node.readings):
        yield _pair(_character(node.base, index), reading)


def _pair(base: Text, reading: str) -> Element:
    held = Element("RB", base.span, (words(base),))
    said = Element("RT", base.span, (Words(reading, base.span, generated=True),))
    return Element("Ruby", base.span, (held, said), "ruby")


def _character(base: Text, index: int) -> Text:
    if base.generated:
        return Text(base.text[index], base.span, generated=True)
    span = base.span
    return Text(base.text[index], type(span)(span.file, span.line, span.column + index))
