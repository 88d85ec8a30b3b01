"""A leaflet → its tree: pages, areas in the order of the source, sections under headings.

The first title of the leaflet is H1; what follows it on the page is inside it.  A title
of a further page is H2, a page without one goes on at H2.  A heading opens a section
that ends with the next of its rank or with the area; levels are depths, so that none
is skipped whatever the source says (ISO 14289-1, 7.4.2).

Document > Sect role page (style: its layout) > Div role area (style: the area) > blocks.
A second title that an area begins with opens a Sect role article over this area and
those that follow it.  Roles of blocks: title, heading, box-title, text, lead, slogan,
caption, notes, quote, badge, list, figure, stand-in-diagram (photo, document, chart),
qr-code, search, rule, box, sidebar, row, cell, free, donation, event, contact, form,
table, and of their parts: title-line, badge-line, table-title, table-caption,
table-head, table-stub, table-cell, qr-label, search-line, search-words, search-note,
label, line, ways, rows, contact-name, contact-line, form-cut, fields, field,
field-beside (in one row with the field before), blank, choices, choice.  Roles of
marks: strong, dots, sideline, ruby, tate-chu-yoko, note-mark, warichu, link, cells.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from layout.diagnostics import Span
from layout.source.model import Area, Block, Heading, Leaflet, Page, Paragraph, Title
from layout.structure.blocks import LAST_LEVEL, Maker, lines
from layout.structure.model import Element
from layout.structure.notes import note_ids

_JOINED: Final = {"quote": "BlockQuote", "notes": "Div"}
"""Kinds of paragraphs that stand together in one element, as they do in the source."""


def structure_of(leaflet: Leaflet) -> Element:
    """The tree of a leaflet.  Its words are those of the source, in the source's order.

    Nothing is lost and nothing is said twice; texts made for readers who do not see
    (``alt``, ``actual``) are no words.
    """
    notes = note_ids(leaflet)
    base, pages = 0, []
    for number, page in enumerate(leaflet.pages, 1):
        maker = Maker(notes, leaflet.language, number, _sections)
        pages.append(_page(maker, page, base))
        if _first_title(page) is not None:
            base = 1
    span = leaflet.pages[0].span if leaflet.pages else Span(leaflet.file)
    return _with_own_ids(Element("Document", span, tuple(pages), page=1), set())


def _with_own_ids(element: Element, taken: set[str]) -> Element:
    """The tree with every id once: what stands on several pages is told apart by a number."""
    name, number = element.id, 1
    while name and name in taken:
        number += 1
        name = f"{element.id}-{number}"
    taken.add(name)
    children = tuple(
        _with_own_ids(child, taken) if isinstance(child, Element) else child
        for child in element.children
    )
    return replace(element, id=name, children=children)


# --- pages ----------------------------------------------------------------------------


class _Over(Struct):
    """What stands over the areas that follow: the page, or an article of it."""

    level: int
    span: Span
    children: list[Element] = field(default_factory=list)


def _page(to: Maker, page: Page, base: int) -> Element:
    """A page: its first title is over the whole page, a further one over what follows it."""
    whole = _Over(base, page.span)
    article: _Over | None = None
    titled = False
    for area in page.areas:
        if _title_at_head(area) is not None:
            if titled:
                _close(to, whole, article)
                article = _Over(whole.level + 1, area.span)
            else:
                whole.level += 1
        titled = titled or any(isinstance(block, Title) for block in area.blocks)
        into = article or whole
        into.children.append(_area(to, area, into.level))
    _close(to, whole, article)
    return Element(
        "Sect", page.span, tuple(whole.children), "page", page=to.page, style=page.layout
    )


def _close(to: Maker, page: _Over, article: _Over | None) -> None:
    if article is not None:
        children = tuple(article.children)
        page.children.append(Element("Sect", article.span, children, "article", page=to.page))


def _area(to: Maker, area: Area, level: int) -> Element:
    """An area; a title at its head has been counted already: it is of ``level``."""
    at = _title_at_head(area)
    if at is None:
        children = tuple(_sections(to, area.blocks, level))
    else:
        before = tuple(_sections(to, area.blocks[:at], level - 1))
        title = area.blocks[at]
        assert isinstance(title, Title)
        behind = tuple(_sections(to, area.blocks[at + 1 :], level))
        children = (*before, _title(to, title, level - 1), *behind)
    return Element("Div", area.span, children, "area", page=to.page, style=area.name)


def _title_at_head(area: Area) -> int | None:
    """Where an area's title stands, if no heading stands before it."""
    for index, block in enumerate(area.blocks):
        if isinstance(block, Heading):
            return None
        if isinstance(block, Title):
            return index
    return None


def _first_title(page: Page) -> int | None:
    found = (_title_at_head(area) for area in page.areas)
    return next((at for at in found if at is not None), None)


# --- sections -------------------------------------------------------------------------


class _Open(Struct):
    """A section in the making; a title ranks above every heading."""

    rank: int
    heading: Element
    children: list[Element] = field(default_factory=list)


def _sections(to: Maker, blocks: Sequence[Block], level: int) -> Iterator[Element]:
    """Blocks under their headings, in a section whose own heading is of ``level``."""
    done: list[Element] = []
    stack: list[_Open] = []
    kind = ""
    for block in blocks:
        here = stack[-1].children if stack else done
        if isinstance(block, Title | Heading):
            rank = block.level if isinstance(block, Heading) else 0
            while stack and stack[-1].rank >= rank:
                _shut(to, stack, done)
            depth = level + len(stack)
            stack.append(_Open(rank, _head(to, block, depth)))
        else:
            made = to.block(block, level + len(stack))
            joined = kind if isinstance(block, Paragraph) and block.kind == kind else ""
            _put(here, made, joined, to.page)
        kind = block.kind if isinstance(block, Paragraph) and block.kind in _JOINED else ""
    while stack:
        _shut(to, stack, done)
    yield from done


def _put(here: list[Element], made: Iterator[Element], joined: str, page: int) -> None:
    """Put elements in; paragraphs of a quotation or of notes go into one element together."""
    for element in made:
        if element.role not in _JOINED or element.tag == "BlockQuote":
            here.append(element)
            continue
        if joined:
            last = here.pop()
            held = (*last.children, element)
        else:
            last, held = element, (element,)
        tag, role = _JOINED[element.role], element.role
        here.append(Element(tag, last.span, held, role, page=page, style=element.style))


def _shut(to: Maker, stack: list[_Open], done: list[Element]) -> None:
    section = stack.pop()
    children = (section.heading, *section.children)
    made = Element("Sect", section.heading.span, children, "section", page=to.page)
    (stack[-1].children if stack else done).append(made)


def _head(to: Maker, block: Title | Heading, level: int) -> Element:
    if isinstance(block, Title):
        return _title(to, block, level)
    kind = "heading" if block.level == 1 else f"heading-{block.level}"
    common = block.common
    made = to.heading(block.content, common.span, level, common.style or kind)
    return Element(
        made.tag, made.span, made.children, "heading", common.id, page=to.page, style=made.style
    )


def _title(to: Maker, block: Title, level: int) -> Element:
    """A title in a section of ``level``: one heading, its lines parted by breaks."""
    tag = f"H{min(level + 1, LAST_LEVEL)}"
    parts = lines(to, block.lines, block.common.span, "title-line")
    return to.whole(tag, block.common, "title", parts)
