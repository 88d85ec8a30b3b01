"""What a file consists of: one walk over all objects that its pages and catalog lead to.

What nothing leads to is never printed and not looked at.  The walk keeps a list
of its own instead of calling itself: depth and loops in a file cannot harm it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from layout.display.pdf.streams import filters
from layout.preflight.finished.objects import name_of, words

NODES_MOST: Final = 1_000_000
"""Objects and direct values that are looked at."""

_UPWARDS: Final = frozenset(("/Parent", "/P", "/Popup", "/IRT"))
"""Entries that lead back to where one came from, or to another page's things."""

_OF_ANNOTATIONS: Final = frozenset(("/A", "/AA", "/PA"))
"""What an annotation does is told with the annotation (``screen.py``)."""

ACTIONS: Final = frozenset(
    f"/{name}"
    for name in (
        "GoTo", "GoToR", "GoToE", "GoTo3DView", "Launch", "Thread", "URI", "Sound", "Movie",
        "Hide", "Named", "SubmitForm", "ResetForm", "ImportData", "JavaScript", "SetOCGState",
        "Rendition", "Trans", "RichMediaExecute",
    )
)  # fmt: skip

_TELLING: Final = frozenset(
    (
        "/AA", "/S", "/JS", "/EF", "/AF", "/OPI", "/Alternates", "/Ref", "/PS", "/Subtype2",
        "/Length", "/FFilter", "/FDecodeParms",
    )
)  # fmt: skip
"""Only dictionaries with one of these entries can be worth a second look."""


class Hit(Struct, frozen=True):
    """Something noticed: ``what``, a ``value`` to tell it by, the first page (0: none), the object.

    ``key`` tells the object apart; it is None for a direct one.
    """

    what: str
    page: int
    value: str = ""
    key: object = None


class Inventory(Struct, frozen=True):
    """All that was noticed, by kind, and whether the walk came to its end."""

    hits: Mapping[str, tuple[Hit, ...]]
    complete: bool

    def of(self, what: str) -> tuple[Hit, ...]:
        """The hits of a kind, in the order of pages."""
        return self.hits.get(what, ())


def take_inventory(root: Any, pages: tuple[Any, ...]) -> Inventory:
    """Walk from each page, then from the catalog, each object once."""
    walk = _Walk()
    for page in pages:
        walk.seen.add(page.objgen)
    for number, page in enumerate(pages, 1):
        walk.go(page, number)
    walk.go(root, 0)
    found: dict[str, list[Hit]] = {}
    for hit in walk.hits:
        found.setdefault(hit.what, []).append(hit)
    return Inventory({what: tuple(hits) for what, hits in found.items()}, walk.room > 0)


class _Walk:
    """The objects that were seen, and how many may still be."""

    def __init__(self) -> None:
        self.seen: set[tuple[int, int]] = set()
        self.hits: list[Hit] = []
        self.room = NODES_MOST

    def go(self, start: Any, page: int) -> None:
        """Everything below ``start`` that was not seen before."""
        import pikepdf

        waiting: list[tuple[str, Any]] = list(_entries(start))
        self._look(start, "", page)
        while waiting and self.room > 0:
            key, item = waiting.pop()
            self.room -= 1
            if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)):
                continue
            if (number := item.objgen)[0]:
                if number in self.seen:
                    continue
                self.seen.add(number)
            if isinstance(item, pikepdf.Array):
                waiting.extend((key, inner) for inner in item)
            else:
                self._look(item, key, page)
                waiting.extend(_entries(item))

    def _look(self, item: Any, reached: str, page: int) -> None:
        keys = set(item.keys())
        if not keys & _TELLING and reached != "/Names":
            return
        number = item.objgen
        key = number if number[0] else None
        for notice in _NOTICES:
            for what, value in notice(item, keys, reached):
                self.hits.append(Hit(what, page, value, key))


def _entries(item: Any) -> Iterator[tuple[str, Any]]:
    keys = item.keys()
    passed = _UPWARDS | _OF_ANNOTATIONS if _is_annotation(keys) else _UPWARDS
    for key in sorted(keys):  # a set, and sets have another order in every run
        if key not in passed:
            yield key, item[key]


def _is_annotation(keys: Collection[str]) -> bool:
    return "/Rect" in keys and "/Subtype" in keys


# --- what is noticed in a dictionary: kind and value

Found = Iterator[tuple[str, str]]


def _actions(item: Any, keys: set[str], reached: str) -> Found:
    """Actions (12.6): in an entry that starts one, or of a type that is one."""
    if "/AA" in keys and not _is_annotation(keys):
        yield "action", "AA"
    if reached in ("/A", "/OpenAction", "/Next", "/PA") or item.get("/Type") == "/Action":
        name = name_of(item.get("/S"))
        if name in ACTIONS:
            yield "action", name[1:]
    elif "/JS" in keys and item.get("/S") == "/JavaScript":
        yield "action", "JavaScript"


def _attachments(item: Any, keys: set[str], reached: str) -> Found:
    """Files inside the file (7.11.4), and files it needs from elsewhere."""
    if "/EF" in keys:
        yield "attachment", words(item.get("/UF", item.get("/F")))


def _streams(item: Any, keys: set[str], reached: str) -> Found:
    """What streams say of themselves (7.3.8), and XObjects in particular."""
    import pikepdf

    if not isinstance(item, pikepdf.Stream):
        return
    if "/F" in keys or "/FFilter" in keys or "/FDecodeParms" in keys:
        yield "external", ""
    for name in filters(item) if "/Filter" in keys else ():
        yield "filter", name
    if "/OPI" in keys:
        yield "opi", ""
    if "/Alternates" in keys:
        yield "alternates", ""
    kind = name_of(item.get("/Subtype"))
    if kind == "/PS" or item.get("/Subtype2") == "/PS" or (kind == "/Form" and "/PS" in keys):
        yield "postscript", ""
    if kind == "/Form" and "/Ref" in keys:
        yield "reference", ""


_NOTICES: Final[tuple[Callable[[Any, set[str], str], Found], ...]] = (
    _actions,
    _attachments,
    _streams,
)
