"""The text that the structure tree alone gives: what a screen reader reads, in its order."""

from collections.abc import Iterator
from typing import Final

from layout.diagnostics import Reporter
from layout.preflight.accessible.roles import BLOCK, GROUPING, ILLUSTRATION, level_of
from layout.preflight.accessible.tagged import Bit, Heard, Holder
from layout.preflight.accessible.tree import Content, Element
from layout.preflight.finished.facts import Facts
from layout.preflight.finished.opening import open_pdf
from layout.preflight.finished.read import unread

_LINES: Final = (BLOCK | GROUPING | ILLUSTRATION | {"Note"}) - {
    "TR", "Lbl", "LBody", "NonStruct", "Private", "TH", "TD"
}  # fmt: skip
"""Elements that stand on lines of their own."""


def reading_text(data: bytes) -> str:
    """The words of a file in the order of its structure tree, a line for each paragraph.

    ActualText stands for what it replaces, Alt for a figure; a figure without either is
    ``[Figure]``.  Ruby follows its base in ``（）``; cells of a row are parted by tabs.  Artifacts
    and what no element holds are left out.  Empty for a file that cannot be read or has no
    tree.
    """
    from layout.preflight.accessible.check import read_case

    reporter = Reporter()
    facts: Facts = unread("", data)
    opened = open_pdf(data, "", reporter)
    if opened is None:
        return ""
    with opened.pdf:
        case = read_case(data, opened, facts, False, reporter)
        words: dict[tuple[Holder, int], list[Heard]] = {}
        for page in case.pages:
            for heard in page.heard:
                for bit in heard.path:
                    if bit.mcid >= 0:
                        words.setdefault((bit.holder, bit.mcid), []).append(heard)
        reader = _Reader(words)
        for element in case.tree.tops:
            reader.read(element)
    return reader.text()


class _Reader:
    """Puts the words together."""

    def __init__(self, words: dict[tuple[Holder, int], list[Heard]]) -> None:
        self._words = words
        self._lines: list[str] = []
        self._line: list[str] = []
        self._labelled = False

    def text(self) -> str:
        """All lines that say something."""
        self._end()
        return "\n".join(self._lines)

    def _end(self) -> None:
        line = "".join(self._line).strip(" ")
        if line:
            self._lines.append(line)
        self._line = []

    def read(self, top: Element) -> None:
        """An element and what is in it, however deep: what is open waits in a list."""
        waiting = [self._steps(top)]
        while waiting:
            inner = next(waiting[-1], None)
            if inner is None:
                waiting.pop()
            else:
                waiting.append(self._steps(inner))

    def _steps(self, element: Element) -> Iterator[Element]:
        """Read an element; those inside are handed out, to be read before it goes on."""
        role = element.role
        block = role in _LINES or level_of(role) > 0 or role == "TR"
        if block and not self._labelled:
            self._end()
        if role != "LBody":
            self._labelled = False
        if (said := element.says("/ActualText")) is not None:
            self._line.append(said)
        elif role in ILLUSTRATION:
            self._line.append(element.says("/Alt") or f"[{role}]")
        else:
            yield from self._inside(element)
        if block:
            self._end()
        above = element.above
        self._labelled = role == "Lbl" and above is not None and above.role == "LI"

    def _inside(self, element: Element) -> Iterator[Element]:
        for place, kid in enumerate(element.kids):
            if isinstance(kid, Element):
                if place and kid.role in ("TH", "TD"):
                    self._line.append("\t")
                ruby = kid.role == "RT" and element.role == "Ruby"
                self._line.append("（" if ruby else "")
                if kid.role != "RP":
                    yield kid
                self._line.append("）" if ruby else "")
            elif isinstance(kid, Content):
                self._line += self._said(kid)

    def _said(self, content: Content) -> list[str]:
        """The words of marked content; ActualText of a sequence once for all it replaces."""
        found: list[str] = []
        replaced: Bit | None = None
        for heard in self._words.get((content.holder, content.mcid), []):
            inner = _from(heard, content)
            actual = next((bit for bit in inner if bit.says("/ActualText") is not None), None)
            if actual is None:
                found.append(heard.text)
            elif actual is not replaced:
                found.append(actual.says("/ActualText") or "")
            replaced = actual
        return found


def _from(heard: Heard, content: Content) -> list[Bit]:
    """The sequences that the text is in, from that content on."""
    for place, bit in enumerate(heard.path):
        if (bit.holder, bit.mcid) == (content.holder, content.mcid):
            return list(heard.path[place:])
    return []
