"""Pages painted with their meaning: every mark belongs to an element or is an artifact.

ISO 32000-1, 14.6 and 14.8.2; ISO 14289-1, 7.1.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from msgspec import Struct

from layout.backends.pdf.content import Painter
from layout.backends.web_pdf.leaves import Finder, Node, Slot
from layout.display.model import DisplayItem, GlyphRun, Group, Link, Picture, Shape
from layout.geometry import Rect
from layout.reading.read import shown_rects

ARTIFACT: Final = "artifact"


class Annotation(Struct, frozen=True):
    """A link on a page: its rectangle, where it leads, its element and what it says."""

    rect: Rect
    target: str
    node: Node
    text: str


class TaggedPainter(Painter):
    """Paints a page; ``owners`` are the nodes of its marked content by MCID.

    ``homeless`` are the words and links that no element of the structure took in.
    """

    def prepare(self, finder: Finder) -> "TaggedPainter":
        """Give it what finds the words of what it paints."""
        self._finder = finder
        self._open: Slot | str | None = None
        self._inside = False
        self.owners: list[Node] = []
        self.annotations: list[Annotation] = []
        self.homeless: list[GlyphRun | Link] = []
        return self

    def items(self, items: Iterable[DisplayItem]) -> None:
        """Paint in order; a link lies over what was painted before it."""
        for item in items:
            if isinstance(item, Link):
                self._link(item)
            else:
                super().items((item,))

    def finish(self) -> None:
        """End what is open."""
        self._enter(None)

    # --- marked content -----------------------------------------------------------

    def _enter(self, what: Slot | str | None) -> None:
        """What follows belongs to a slot, or is an artifact, or nothing yet."""
        if what is self._open or self._inside:
            return
        if self._open is not None:
            self.add(b"EMC")
        if isinstance(what, Slot):
            tag = what.node.element.tag
            number = len(self.owners)
            self.owners.append(what.node)
            what.marks.append((self._number_of_page - 1, number))
            self.add(b"/%s <</MCID %d>> BDC" % (tag.encode("ascii"), number))
        elif what is not None:
            self.add(b"/Artifact BMC")
        self._open = what

    def _run(self, run: GlyphRun) -> None:
        if self._inside or run.role == ARTIFACT:
            self._enter(ARTIFACT)
            super()._run(run)
            return
        for slot, part in self._finder.parts(run, self._number_of_page):
            self._enter(slot or ARTIFACT)
            if slot is None and "".join(part.texts).strip():
                self.homeless.append(part)
            if slot is not None and slot.place is None:
                top = part.origin.y - (0 if part.vertical or part.turned else part.size)
                slot.place = (self._number_of_page - 1, top)
                slot.vertical = part.vertical or part.turned
            super()._run(part)

    def _shape(self, shape: Shape) -> None:
        node = None if self._inside else self._finder.blank(shape, self._number_of_page)
        if node is None:
            self._enter(ARTIFACT)
        else:  # readers hear that there is something to fill in
            slot = Slot(node)
            node.kids.append(slot)
            self._enter(slot)
        super()._shape(shape)

    def _picture(self, picture: Picture) -> None:
        outer = self._inside
        if not outer:
            self._figure(picture, picture.alt, "")
        super()._picture(picture)
        if not outer:
            self._leave()

    def _group(self, group: Group) -> None:
        outer = self._inside
        if not outer and (group.alt or group.code):
            self._figure(group, group.alt, group.code)
        elif group.clip:
            self._enter(None)  # what is marked lies wholly inside or outside of a clip
        super()._group(group)
        if not outer:
            self._leave()

    def _leave(self) -> None:
        self._inside = False
        self._enter(None)

    def _figure(self, item: Picture | Group, alt: str, code: str) -> None:
        """All of a picture is the one mark of its figure."""
        node = self._finder.picture(self._number_of_page, alt, code)
        if node is None:
            self._enter(ARTIFACT)
        else:
            slot = Slot(node)
            node.kids.insert(0, slot)
            node.box = _around(shown_rects(item))
            self._enter(slot)
        self._inside = True

    # --- links ----------------------------------------------------------------------

    def _link(self, link: Link) -> None:
        """The element is that of the words just painted."""
        slot = self._open
        node = None
        if isinstance(slot, Slot) and not self._inside:
            node = slot.node.around("Link")
        if node is None:
            self.homeless.append(link)
        else:
            assert isinstance(slot, Slot)
            self.annotations.append(Annotation(link.rect, link.target, node, slot.text))


def _around(rects: Iterator[Rect]) -> tuple[int, int, int, int] | None:
    """The rectangle around all of them: left, top, right, bottom."""
    first = next(rects, None)
    if first is None:
        return None
    found = list(chain((first,), rects))
    return (
        min(r.x for r in found),
        min(r.y for r in found),
        max(r.right for r in found),
        max(r.bottom for r in found),
    )
