"""The tree of a leaflet's meaning: elements in reading order, with the words they hold.

Tags are the standard structure types of ISO 32000-1, 14.8.4; every backend maps
them to its own.  Words know their place in the source: that is how the marks of a
page find the element they belong to.
"""

from collections.abc import Iterator

from msgspec import Struct

from layout.diagnostics import Span


class Words(Struct, frozen=True):
    """Characters as typed, contiguous from ``span`` in one source line.

    ``generated``: they were not typed there (a fact's value, a list marker);
    ``span`` is then the place that they were made for.
    """

    text: str
    span: Span
    generated: bool = False


class Element(Struct, frozen=True):
    """A part of the leaflet and the parts it consists of.

    ``tag`` is Document, Sect, Div, Aside, H1 … H6, P, BlockQuote, L, LI, Lbl, LBody,
    Table, TR, TH, TD, Caption, Figure, Note, Reference, Link, Em, Strong, Span, Ruby,
    RB, RT, Warichu, WT or Break (a forced line break, without content).  ``role`` says
    which of our blocks or marks it is ("title", "donation", "qr-code", "dots" …;
    ``tree.py`` lists them all).  ``style`` is the name of the block style it takes, of a
    page that of its layout, of an area the area's.  ``alt`` describes a figure, ``actual``
    replaces its text for readers (expanded cells), ``target`` is where a link leads or
    what a QR code says; "#" and an id lead to a place in the leaflet.  ``scope`` is Row,
    Column or Both for a head of a table, ``file`` the picture shown by a figure (relative
    to the leaflet's folder), ``page`` the page that a part of the leaflet stands on, from
    1 (0 inside of paragraphs).  ``writing`` is vertical or horizontal where a box says so.
    ``id`` is the block's own or empty; notes and what notes
    are written for always have one.
    """

    tag: str
    span: Span
    children: tuple["Element | Words", ...] = ()
    role: str = ""
    id: str = ""
    alt: str = ""
    actual: str = ""
    target: str = ""
    scope: str = ""
    file: str = ""
    page: int = 0
    style: str = ""
    writing: str = ""


def walk(element: Element) -> Iterator[Element]:
    """The element and all below it, in reading order."""
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from walk(child)


def text_of(element: Element) -> str:
    """All its words, in reading order, readings of ruby included where they stand."""
    parts = (
        child.text if isinstance(child, Words) else text_of(child) for child in element.children
    )
    return "".join(parts)
