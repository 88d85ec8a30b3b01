"""Glyphs find the words they print, and through them the element they belong to."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from layout.display.model import GlyphRun, Shape
from layout.geometry import Point
from layout.reading.follow import RUBY, Follower
from layout.reading.paragraphs import SourceChar, source_paragraphs
from layout.source.model import Leaflet
from layout.structure.model import Element, Words


class Slot(Struct, eq=False):
    """Words of an element, or a figure's picture: ``marks`` are its (page, MCID) in order.

    ``page`` is the one whose area has it in the source (from 1).
    ``place`` is where it begins: the page (from 0) and how far down in nanometres.
    """

    node: "Node"
    text: str = ""
    taken: int = 0
    marks: list[tuple[int, int]] = field(default_factory=list)
    page: int = 0
    place: tuple[int, int] | None = None
    vertical: bool = False


class Node(Struct, eq=False):
    """An element of the structure tree in the making.

    ``links`` are its annotations,
    each with its page.
    """

    element: Element
    parent: "Node | None"
    kids: list["Node | Slot"] = field(default_factory=list)
    links: list[tuple[bytes, bytes]] = field(default_factory=list)
    reference: bytes = b""
    box: tuple[int, int, int, int] | None = None

    @property
    def page(self) -> int:
        """The page whose area has it in the source (from 1)."""
        node: Node | None = self
        while node is not None and not node.element.page:
            node = node.parent
        return node.element.page if node is not None else 0

    def around(self, tag: str) -> "Node | None":
        """The nearest element of that tag, itself or around it."""
        node: Node | None = self
        while node is not None and node.element.tag != tag:
            node = node.parent
        return node


def grow(element: Element, parent: Node | None = None, page: int = 0) -> Node:
    """The tree of nodes with an empty slot for every stretch of words."""
    node, page = Node(element, parent), element.page or page
    for child in element.children:
        if isinstance(child, Element):
            node.kids.append(grow(child, node, page))
        else:
            node.kids.append(Slot(node, child.text, page=page))
    return node


def nodes_of(node: Node) -> Iterator[Node]:
    """The node and all below it, in reading order."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from nodes_of(kid)


class Finder:
    """Follows what is printed through the tree.

    Words that were typed are found by their place in the source; others (a fact's value,
    a reading) by the place they were made for, in their order.
    """

    def __init__(self, root: Node, leaflet: Leaflet) -> None:
        self._follower = Follower(source_paragraphs(leaflet))
        self._typed: dict[tuple[int, int], list[Slot]] = {}
        self._made: dict[tuple[int, int], list[Slot]] = {}
        self._readings: dict[tuple[int, int], list[Slot]] = {}
        self._blanks: dict[tuple[int, int], list[Node]] = {}
        self._page = 0
        self._pictures: dict[tuple[int, str, str], list[Node]] = {}
        for node in nodes_of(root):
            self._enter(node)

    def _enter(self, node: Node) -> None:
        element = node.element
        if element.role == "blank":
            place = (element.span.line, element.span.column)
            self._blanks.setdefault(place, []).append(node)
        if element.tag == "Figure":
            key = (element.page, element.alt, element.target)
            self._pictures.setdefault(key, []).append(node)
        slots = (kid for kid in node.kids if isinstance(kid, Slot))
        words = (child for child in element.children if isinstance(child, Words))
        for slot, child in zip(slots, words, strict=True):
            place = (child.span.line, child.span.column)
            if element.tag == "RT":
                self._readings.setdefault(place, []).append(slot)
            elif child.generated:
                self._made.setdefault(place, []).append(slot)
            else:
                for step in range(len(child.text)):
                    spot = (place[0], place[1] + step)
                    self._typed.setdefault(spot, []).append(slot)

    def picture(self, page: int, alt: str, code: str) -> Node | None:
        """The figure of that description, or the code that says so, on a page (from 1)."""
        known = self._pictures.get((page, alt, code))
        if known is None and code:  # a code is described by what it says
            near = (
                nodes for (n, _, said), nodes in self._pictures.items() if (n, said) == (page, code)
            )
            known = next((nodes for nodes in near if nodes), None)
        return known.pop(0) if known else None

    def blank(self, shape: Shape, page: int) -> Node | None:
        """The blank of a form that a line to write on is, the first time it is drawn."""
        known = self._blanks.get((shape.span.line, shape.span.column), [])
        found = next((node for node in known if node.page == page), None)
        if found is not None:
            known.remove(found)
        return found

    def parts(self, run: GlyphRun, page: int) -> Iterator[tuple[Slot | None, GlyphRun]]:
        """A page's run in stretches of one slot each, with None where it prints no words.

        What an alias of YAML brings to several pages is told apart by ``page`` (from 1).
        """
        self._page = page
        slots = self._slots(run)
        begin, pen, start = 0, 0, 0
        for index in range(1, len(slots) + 1):
            pen += run.advances[index - 1]
            if index == len(slots) or slots[index] is not slots[begin]:
                yield slots[begin], _stretch(run, begin, index, start)
                begin, start = index, pen

    def _slots(self, run: GlyphRun) -> list[Slot | None]:
        """The slot of each glyph."""
        if run.role.endswith(RUBY):
            return [self._reading(run)] * len(run.gids)
        places = iter(self._follower.find(run).places)
        found: list[Slot | None] = []
        for text in run.texts:
            here = [next(places) for _ in text]
            slot = self._slot(here, text)
            found.append(slot if slot is not None or not found else found[-1])
        known = next((slot for slot in found if slot is not None), None)
        known = known or self._said_for(run)
        return [slot or known for slot in found]

    def _slot(self, places: Sequence[SourceChar | None], text: str) -> Slot | None:
        place = next((place for place in places if place is not None), None)
        if place is None:
            return None
        key = (place.line, place.column)
        if place.exact and key in self._typed:
            return self._here(self._typed[key])[0]
        for slot in self._here(self._made.get(key, [])):
            if slot.text.startswith(text, slot.taken):
                slot.taken += len(text)
                return slot
        for slot in self._here(self._made.get(key, [])):  # a space was left out at a line's end
            at = slot.text.find(text, slot.taken)
            if at >= 0:
                slot.taken = at + len(text)
                return slot
        return next(iter(self._here(self._typed.get(key, []))), None)

    def _here(self, slots: list[Slot]) -> list[Slot]:
        """Those of this page first; text that flows on may stand on a later one."""
        return sorted(slots, key=lambda slot: slot.page != self._page) if len(slots) > 1 else slots

    def _said_for(self, run: GlyphRun) -> Slot | None:
        """What nobody typed and no paragraph has, by the place it was made for: a tick."""
        text = "".join(run.texts)
        made = self._here(self._made.get((run.span.line, run.span.column), []))
        slot = next((s for s in made if s.text.startswith(text, s.taken)), None)
        if slot is not None:
            slot.taken += len(text)
        return slot

    def _reading(self, run: GlyphRun) -> Slot | None:
        """The reading of the base that begins where the run's does, the next one not yet said."""
        said = "".join(run.texts)
        known = self._here(self._readings.get((run.span.line, run.span.column), []))
        slot = next((s for s in known if s.text.startswith(said, s.taken)), None)
        if slot is not None:
            slot.taken += len(said)
        return slot or next(iter(known), None)


def _stretch(run: GlyphRun, begin: int, end: int, pen: int) -> GlyphRun:
    """Glyphs ``begin`` to ``end``, where they stand: ``pen`` is how far along they begin."""
    if begin == 0 and end == len(run.gids):
        return run
    x, y = run.origin.x, run.origin.y
    down = run.vertical or run.turned
    return replace(
        run,
        origin=Point(x, y + pen) if down else Point(x + pen, y),
        gids=run.gids[begin:end],
        advances=run.advances[begin:end],
        texts=run.texts[begin:end],
        shifts=run.shifts[begin:end],
    )
