"""Furigana over a whole leaflet: words of a list get their readings wherever they stand.

The list belongs to the leaflet (or an edition for young readers); readings are
the editors', not a machine's.  Words that carry ruby already keep it.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import Span
from layout.source.model import Content, Dots, Link, Page, Paragraph, Ruby, Sideline, Strong, Text


class Furigana(Struct, frozen=True):
    """Readings by word, and whether every occurrence is to have them or a page's first only."""

    words: Mapping[str, tuple[str, ...]]
    every: bool


def with_furigana(page: Page, furigana: Furigana) -> Page:
    """The page with ruby over the listed words of its running text."""
    done: set[str] = set()
    order = sorted(furigana.words, key=len, reverse=True)

    def content(nodes: Content) -> Content:
        out: list[Any] = []
        for node in nodes:
            match node:
                case Text():
                    out.extend(_split(node, furigana, order, done))
                case Strong() | Dots() | Sideline() | Link():
                    out.append(replace(node, content=content(node.content)))
                case _:
                    out.append(node)
        return tuple(out)

    def block(value: Any) -> Any:
        """Any block or tuple of blocks with its paragraphs and list items changed."""
        if isinstance(value, tuple):
            return tuple(block(entry) for entry in value)
        if isinstance(value, Paragraph):
            return replace(value, content=content(value.content))
        if not isinstance(value, Struct):
            return value
        nested = {
            name: block(getattr(value, name))
            for name in value.__struct_fields__
            if name in ("blocks", "body")
        }
        if hasattr(value, "items"):
            nested["items"] = tuple(
                replace(entry, content=content(entry.content)) for entry in value.items
            )
        return replace(value, **nested) if nested else value

    areas = tuple(replace(area, blocks=block(area.blocks)) for area in page.areas)
    return replace(page, areas=areas)


def _split(text: Text, furigana: Furigana, order: list[str], done: set[str]) -> list[Text | Ruby]:
    """The text cut at its words; the longest word that fits wins."""
    out: list[Text | Ruby] = []
    start = at = 0
    while at < len(text.text):
        word = next((w for w in order if text.text.startswith(w, at)), "")
        if not word or (word in done and not furigana.every):
            at += len(word) or 1
            continue
        done.add(word)
        if at > start:
            out.append(_part(text, start, at))
        base = _part(text, at, at + len(word))
        out.append(Ruby(base, furigana.words[word], base.span))
        at += len(word)
        start = at
    if start < len(text.text) or not out:
        out.append(_part(text, start, len(text.text)))
    return out


def _part(text: Text, start: int, end: int) -> Text:
    if text.generated:
        return Text(text.text[start:end], text.span, generated=True)
    span = Span(text.span.file, text.span.line, text.span.column + start, end - start)
    return Text(text.text[start:end], span)
