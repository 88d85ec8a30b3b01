"""What every check of an accessible file gets: the file as it was read, and where to say what."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field

from layout.diagnostics import Diagnostic, Severity, Span
from layout.display.pdf.streams import Budget
from layout.preflight.accessible.tagged import Forms, TaggedPage
from layout.preflight.accessible.tree import Element, Tree
from layout.preflight.accessible.xmp import A_ID, UA_ID, Xmp
from layout.preflight.finished.content_shared import Shared
from layout.preflight.finished.facts import Box, Facts
from layout.preflight.finished.gather import place_values
from layout.preflight.finished.inventory import Inventory
from layout.preflight.finished.metadata import Said
from layout.preflight.finished.objects import is_array, is_dictionary, name_of, words
from layout.preflight.finished.opening import Opened

UA: Final = "PDF/UA-1"
ARCHIVE: Final = "PDF/A-2"


class Annotation(Struct, frozen=True):
    """An annotation: its dictionary, its page, its kind without slash, and its rectangle."""

    held: Any
    page: int
    kind: str
    box: Box | None
    hidden: bool
    outside: bool

    @property
    def is_there(self) -> bool:
        """Whether anybody can see or reach it."""
        return not self.hidden and not self.outside


class _Alike(Struct):
    severity: Severity
    page: int
    values: dict[str, object]
    box: Box | None
    count: int = 0


class Case(Struct):
    """A file before its judges; ``archive`` says whether PDF/A-2 is judged too."""

    data: bytes
    opened: Opened
    facts: Facts
    said: Said
    xmp: Xmp
    inventory: Inventory
    tree: Tree
    pages: tuple[TaggedPage, ...]
    annotations: tuple[Annotation, ...]
    forms: Forms
    shared: Shared
    budget: Budget
    archive: bool
    numbers: Mapping[tuple[int, int], int]
    _found: dict[tuple[object, ...], _Alike] = field(default_factory=dict)

    @property
    def root(self) -> Any:
        """The catalog."""
        return self.opened.pdf.Root

    @property
    def language(self) -> str:
        """The language of the file as a whole; empty if it is not said."""
        return words(self.root.get("/Lang"))

    def language_of(self, element: Element | None) -> str:
        """The language of an element: its own, or one's around it, or the file's (14.9.2)."""
        while element is not None:
            if said := element.says("/Lang"):
                return said
            element = element.parent
        return self.language

    # --- findings

    def error(self, code: str, page: int = 0, box: Box | None = None, **values: object) -> None:
        """What breaks the standard."""
        self._add(code, Severity.ERROR, page, box, values)

    def warning(self, code: str, page: int = 0, box: Box | None = None, **values: object) -> None:
        """What the standard leaves open and a reader may stumble over."""
        self._add(code, Severity.WARNING, page, box, values)

    def _add(
        self, code: str, severity: Severity, page: int, box: Box | None, values: dict[str, object]
    ) -> None:
        """Alike findings of a page are one, with their count and the first place."""
        key = (code, severity, page, tuple(sorted((k, str(v)) for k, v in values.items())))
        known = self._found.setdefault(key, _Alike(severity, page, values, box))
        known.count += 1
        if known.box is None:
            known.box = box

    def findings(self) -> Iterator[Diagnostic]:
        """All that was said, in order."""
        span = Span(self.facts.name)
        for (code, *_), each in self._found.items():
            values: dict[str, object] = {"count": each.count, **each.values}
            if each.box is not None and 0 < each.page <= len(self.facts.pages):
                values |= place_values(self.facts.pages[each.page - 1], each.box)
            yield Diagnostic(str(code), each.severity, span, values, each.page)


Check = Callable[[Case], None]


def claims(xmp: Xmp) -> tuple[str, ...]:
    """The standards that the metadata name."""
    found = []
    if part := xmp.get(UA_ID, "part"):
        found.append(f"PDF/UA-{part}")
    if part := xmp.get(A_ID, "part"):
        found.append(f"PDF/A-{part}{xmp.get(A_ID, 'conformance').lower()}")
    return tuple(found)


def kids_of(held: Any, key: str) -> list[Any]:
    """The dictionaries in an array entry; none if it is no array."""
    found: Any = held.get(key) if held is not None else None
    return [each for each in found if is_dictionary(each)] if is_array(found) else []


def named(held: Any, key: str) -> str:
    """A name entry without its slash; empty if there is none."""
    return name_of(held.get(key))[1:]
