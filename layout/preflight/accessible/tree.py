"""The structure tree (ISO 32000-1, 14.7): elements, what they hold, and the way back.

Read without calling itself: depth and loops in a file cannot harm it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from layout.preflight.accessible.roles import read_roles, role_of
from layout.preflight.accessible.tagged import Holder
from layout.preflight.finished.objects import (
    is_array,
    is_dictionary,
    is_stream,
    is_string,
    name_of,
    words,
)

ELEMENTS_MOST: Final = 300_000
"""Elements and contents that are read."""

Key = tuple[int, int]


class Content(Struct, frozen=True):
    """Marked content that belongs to an element: where its MCID counts, and its page (0: none)."""

    holder: Holder
    mcid: int
    page: int


class Thing(Struct, frozen=True):
    """An object that belongs to an element: an annotation, as a rule."""

    held: Any
    key: Key
    page: int


class Element(Struct, eq=False):
    """A structure element.

    ``kind`` is its type as it is written, ``role`` the standard type it stands for, or
    empty.  ``page`` is the one of Pg, 0 if there is none.
    """

    kind: str
    role: str
    held: Any
    parent: "Element | None"
    page: int
    kids: "list[Element | Content | Thing]" = field(default_factory=list)

    @property
    def elements(self) -> "Iterator[Element]":
        """The elements right inside; what is only a group, without meaning, is looked through."""
        for kid in self.kids:
            if isinstance(kid, Element):
                if kid.role == "NonStruct":
                    yield from kid.elements
                else:
                    yield kid

    @property
    def contents(self) -> Iterator[Content]:
        """The marked content right inside, that of groups without meaning too."""
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid
            elif isinstance(kid, Element) and kid.role == "NonStruct":
                yield from kid.contents

    @property
    def above(self) -> "Element | None":
        """The element around that means something."""
        found = self.parent
        while found is not None and found.role == "NonStruct":
            found = found.parent
        return found

    def says(self, key: str) -> str | None:
        """One of its texts (Alt, ActualText, E, Lang, ID, T); None if it has none."""
        value = self.held.get(key)
        return words(value) if is_string(value) else None

    def has_words(self) -> bool:
        """Whether something stands for what cannot be read aloud."""
        return bool((self.says("/Alt") or "").strip() or (self.says("/ActualText") or "").strip())

    def around(self, role: str) -> "Element | None":
        """The nearest element of that role, itself included."""
        found: Element | None = self
        while found is not None and found.role != role:
            found = found.parent
        return found

    def attribute(self, owner: str, key: str, classes: Any) -> Any:
        """A value among its attributes or those of its classes (14.7.5); None if not there."""
        for each in _attributes(self.held, classes):
            if name_of(each.get("/O")) == owner and (value := each.get(key)) is not None:
                return value
        return None

    def first_page(self) -> int:
        """A page that it is on; 0 if that is not known."""
        waiting: list[Element | Content | Thing] = [self]
        for _ in range(10_000):
            if not waiting:
                break
            found = waiting.pop()
            if found.page:
                return found.page
            if isinstance(found, Element):
                waiting.extend(reversed(found.kids))
        return 0


class Slip(Struct, frozen=True):
    """Something wrong with the tree as such: what, at which element's type and page."""

    what: str
    kind: str = ""
    page: int = 0


class Tree(Struct):
    """The tree: its root (None if there is none), its top elements, every element in order."""

    root: Any = None
    roles: Mapping[str, str] = field(default_factory=dict)
    classes: Any = None
    elements: list[Element] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    by_key: dict[Key, Element] = field(default_factory=dict)
    owners: dict[tuple[Holder, int], list[Element]] = field(default_factory=dict)
    things: dict[Key, list[Element]] = field(default_factory=dict)
    complete: bool = True

    @property
    def tops(self) -> list[Element]:
        """The elements without a parent."""
        return [each for each in self.elements if each.parent is None]


def read_tree(root: Any, pages: Mapping[Key, int]) -> Tree:
    """The tree of a catalog; ``pages`` are numbers of pages by their objects'."""
    held = root.get("/StructTreeRoot")
    if not is_dictionary(held):
        return Tree()
    tree = Tree(held, read_roles(held), held.get("/ClassMap"))
    reader = _Reader(tree, pages)
    reader.read()
    for element in tree.elements:
        for kid in element.kids:
            if isinstance(kid, Content):
                tree.owners.setdefault((kid.holder, kid.mcid), []).append(element)
            elif isinstance(kid, Thing):
                tree.things.setdefault(kid.key, []).append(element)
    return tree


class _Reader:
    """Goes down the tree, in reading order."""

    def __init__(self, tree: Tree, pages: Mapping[Key, int]) -> None:
        self._tree, self._pages = tree, pages
        self._room = ELEMENTS_MOST

    def read(self) -> None:
        """All elements."""
        waiting: list[tuple[Any, Element | None]] = _listed(self._tree.root.get("/K"), None)
        while waiting:
            held, parent = waiting.pop()
            self._room -= 1
            if self._room < 0:
                self._tree.complete = False
                return
            element = self._kid(held, parent)
            if element is not None:
                waiting.extend(_listed(element.held.get("/K"), element))

    def _kid(self, held: Any, parent: Element | None) -> Element | None:
        """What K holds: an element to go on with, or content, which its parent gets."""
        page = parent.page if parent is not None else 0
        if isinstance(held, int) and not isinstance(held, bool) and parent is not None:
            parent.kids.append(Content(page, held, page))
            return None
        if not is_dictionary(held):
            self._slip("kid-broken", parent)
            return None
        kind = name_of(held.get("/Type"))
        own = self._page(held) or page
        if kind == "/MCR" and parent is not None:
            self._content(held, parent, own)
            return None
        if kind == "/OBJR" and parent is not None:
            self._object(held, parent, own)
            return None
        return self._element(held, parent)

    def _content(self, held: Any, parent: Element, page: int) -> None:
        number, stream = held.get("/MCID"), held.get("/Stm")
        if not isinstance(number, int) or isinstance(number, bool):
            self._slip("kid-broken", parent)
            return
        # An MCR without Stm counts in the page's own content.
        holder: Holder = stream.objgen if is_stream(stream) else page
        parent.kids.append(Content(holder, number, page))

    def _object(self, held: Any, parent: Element, page: int) -> None:
        thing = held.get("/Obj")
        if not is_dictionary(thing) and not is_stream(thing):
            self._slip("kid-broken", parent)
            return
        parent.kids.append(Thing(thing, thing.objgen, page))

    def _element(self, held: Any, parent: Element | None) -> Element | None:
        tree, key = self._tree, held.objgen
        if key[0] and key in tree.by_key:
            self._slip("shared", tree.by_key[key])
            return None
        kind = name_of(held.get("/S"))[1:]
        element = Element(kind, role_of(kind, tree.roles), held, parent, self._page(held))
        if not kind:
            self._slip("kid-broken", parent)
        above = held.get("/P")
        wanted = tree.root if parent is None else parent.held
        if not is_dictionary(above) or (wanted.objgen[0] and above.objgen != wanted.objgen):
            self._slip("parent", element)
        if key[0]:
            tree.by_key[key] = element
        tree.elements.append(element)
        if parent is not None:
            parent.kids.append(element)
        return element

    def _page(self, held: Any) -> int:
        page = held.get("/Pg")
        return self._pages.get(page.objgen, 0) if is_dictionary(page) else 0

    def _slip(self, what: str, element: Element | None) -> None:
        kind, page = (element.kind, element.page) if element is not None else ("", 0)
        self._tree.slips.append(Slip(what, kind, page))


def _listed(held: Any, parent: Element | None) -> list[tuple[Any, Element | None]]:
    """K's entries, the last first; it may be one or an array (14.7.2, Table 323)."""
    if held is None:
        return []
    entries = list(held) if is_array(held) else [held]
    return [(each, parent) for each in reversed(entries)]


def _attributes(held: Any, classes: Any) -> Iterator[Any]:
    """Attribute dictionaries (revision numbers between them are passed over)."""
    given = held.get("/A")
    for each in given if is_array(given) else [given]:
        if is_dictionary(each) or is_stream(each):
            yield each
    named = held.get("/C")
    for each in named if is_array(named) else [named]:
        found: Any = classes.get(each) if is_dictionary(classes) and name_of(each) else None
        for one in found if is_array(found) else [found]:
            if is_dictionary(one):
                yield one


# --- number trees (7.9.7)

_NODES_MOST: Final = 100_000


def number_tree(root: Any) -> dict[int, Any]:
    """The entries of a number tree; what is not in order is read all the same."""
    found: dict[int, Any] = {}
    waiting, seen = [root], set[Key]()
    for _ in range(_NODES_MOST):
        if not waiting:
            break
        node = waiting.pop()
        if not is_dictionary(node) or (node.objgen[0] and node.objgen in seen):
            continue
        seen.add(node.objgen)
        numbers, kids = node.get("/Nums"), node.get("/Kids")
        if is_array(numbers):
            held = list(numbers)
            for key, value in zip(held[::2], held[1::2], strict=False):
                if isinstance(key, int):
                    found[key] = value
        if is_array(kids):
            waiting.extend(kids)
    return found
