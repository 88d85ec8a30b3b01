"""What stands in for a picture of a page: a text short enough for the field of a social network."""

from collections.abc import Iterator
from typing import Final

from layout.house.screen import screen_text
from layout.source.model import Leaflet
from layout.structure.model import Element, Words, walk

_MOST: Final = 480
_HEADINGS: Final = frozenset(f"H{level}" for level in range(1, 7))


def alternatives(leaflet: Leaflet, tree: Element) -> tuple[str, ...]:
    """A description of each page: which it is, what it is headed, what its pictures show."""
    pages = [page for page in tree.children if isinstance(page, Element)]
    return tuple(_page(leaflet, page, number, len(pages)) for number, page in enumerate(pages, 1))


def _page(leaflet: Leaflet, page: Element, number: int, count: int) -> str:
    said = screen_text(
        "alt-page", leaflet.language, title=leaflet.title, number=number, count=count
    )
    for part in _parts(page, leaflet.language):
        if len(said) + len(part) > _MOST:
            return said + "…"
        said += part
    return said


def _parts(page: Element, language: str) -> Iterator[str]:
    """Headings and leads first, then pictures."""
    for element in walk(page):
        if element.tag in _HEADINGS or element.role in ("lead", "slogan"):
            words = _words(element)
            yield words if words[-1:] in "。！？!?." else f"{words}。"
    for element in walk(page):
        if element.tag == "Figure" and element.role != "qr-code" and element.alt:
            yield screen_text("alt-figure", language, said=element.alt)


def _words(element: Element) -> str:
    parts = []
    for child in element.children:
        if isinstance(child, Words):
            parts.append(child.text)
        elif child.tag == "Break":
            parts.append(" ")
        elif child.tag != "RT":
            parts.append(_words(child))
    return " ".join("".join(parts).split(" "))
