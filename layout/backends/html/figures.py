"""Pictures of the page for the web page: drawn inline, small, with the words that describe them."""

from collections.abc import Iterator
from html import escape
from itertools import chain
from typing import Final

from layout.backends.svg.paint import SvgPainter
from layout.backends.svg.pictures import data_uri
from layout.display.drawings import QUIET_CELLS, qr_matrix
from layout.display.extents import item_rect
from layout.display.model import DisplayItem, DisplayList, Group, Picture
from layout.geometry import Rect
from layout.house.profile import Profile
from layout.structure.model import Element
from layout.units import to_mm

_PX_PER_MM: Final = 96 / 25.4
_ENLARGED: Final = 1.6  # a picture may be so much larger on a screen than on paper


class Gallery:
    """Finds the drawing of a figure on its page; each is given out once, in order."""

    def __init__(self, display: DisplayList, profile: Profile) -> None:
        self._pages = [list(_pictured(page.items)) for page in display.pages]
        self._widths = [page.width for page in display.pages]
        self._painter = SvgPainter(profile)
        self._profile = profile

    def shared(self) -> str:
        """Outlines of letters in drawings."""
        shared = self._painter.shared()
        return shared if "<path" in shared else ""

    def picture(self, figure: Element) -> str:
        """The figure as ``<svg>`` or ``<img>``; empty if the page could not show it."""
        item = self._take(figure)
        if item is None:
            return ""
        frame = _frame(item)
        if frame is None:
            return ""
        alt = escape(figure.alt)
        wide = f"{round(to_mm(frame.width) * _PX_PER_MM * _ENLARGED)}"
        if isinstance(item, Picture) and not item.corners:
            uri = data_uri(item, None, self._profile)
            high = f"{round(to_mm(frame.height) * _PX_PER_MM * _ENLARGED)}"
            size = f'width="{wide}" height="{high}"'
            return f'<img src="{escape(uri)}" alt="{alt}" {size} decoding="async">' if uri else ""
        view, body = self._painter.drawing((item,), frame)
        ratio = f"{frame.width / frame.height:.4g}"
        return (
            f'<svg role="img" aria-label="{alt}" viewBox="{view}"'
            f' style="--w:{wide}px;--r:{ratio}" focusable="false">{body}</svg>'
        )

    def is_wide(self, figure: Element) -> bool:
        """Whether the next such figure goes from edge to edge of its page."""
        page, item = self._find(figure)
        frame = _frame(item) if item is not None else None
        return frame is not None and frame.width >= self._widths[page]

    def _take(self, figure: Element) -> Group | Picture | None:
        page, found = self._find(figure)
        if found is not None:
            self._pages[page].remove(found)
        return found

    def _find(self, figure: Element) -> tuple[int, Group | Picture | None]:
        """The page (from 0) and the drawing: on the figure's own page, or where it flowed to."""
        own, count = figure.page - 1, len(self._pages)
        others = (page for page in range(count) if page != own)
        for page in chain((own,) if 0 <= own < count else (), others):
            for item in self._pages[page]:
                if item.alt == figure.alt:
                    return page, item
        return 0, None


def qr_code(data: str, label: str) -> str:
    """A QR code as a drawing of its modules, black on white whatever the scheme."""
    matrix = qr_matrix(data)
    side = len(matrix) + 2 * QUIET_CELLS
    path = []
    for row, modules in enumerate(matrix):
        column = 0
        while column < len(modules):
            start = column
            while column < len(modules) and modules[column]:
                column += 1
            if column > start:
                wide = column - start
                path.append(f"M{start + QUIET_CELLS} {row + QUIET_CELLS}h{wide}v1h-{wide}z")
            column += 1
    return (
        f'<svg class="qr" role="img" aria-label="{escape(label)}" viewBox="0 0 {side} {side}"'
        f' focusable="false" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}'
        f'H0z"/><path d="{"".join(path)}"/></svg>'
    )


def _pictured(items: tuple[DisplayItem, ...]) -> Iterator[Group | Picture]:
    """Figures, not codes; what lies inside one belongs to it."""
    for item in items:
        if isinstance(item, Group) and item.alt:
            if not item.code:
                yield item
        elif isinstance(item, Group):
            yield from _pictured(item.items)
        elif isinstance(item, Picture) and item.alt:
            yield item


def _frame(item: DisplayItem) -> Rect | None:
    """What a figure covers: its clip, or all that it draws."""
    if not isinstance(item, Group):
        return item_rect(item)
    if item.clip:
        across = [n for _, numbers in item.clip for n in numbers[::2]]
        down = [n for _, numbers in item.clip for n in numbers[1::2]]
        return Rect(min(across), min(down), max(across) - min(across), max(down) - min(down))
    rects = [rect for inner in item.items if (rect := _frame(inner)) is not None]
    if not rects:
        return None
    x, y = min(r.x for r in rects), min(r.y for r in rects)
    right, bottom = max(r.right for r in rects), max(r.bottom for r in rects)
    return Rect(x, y, right - x, bottom - y)
