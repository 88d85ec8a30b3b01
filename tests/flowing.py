"""What the tests of flow share: areas of so many ems and lines, and where the lines stand."""

from collections.abc import Iterator
from typing import Any

from composing import PITCH, SIZE, body_style, composer

from layout.diagnostics import NOWHERE, Reporter
from layout.flow.fragment import Fragment, TextLeaf
from layout.flow.gridded import Link, fill_thread
from layout.geometry import Extent, Offset, Rect, WritingMode
from layout.inline.lines import Line
from layout.style.model import Node, Para, ResolvedArea, Sides, TextStyle
from layout.units import Length

BOTH = (WritingMode.HORIZONTAL, WritingMode.VERTICAL)
START = Offset(0, 0)
Placed = tuple[Length, Length, Line]


def area(
    mode: WritingMode,
    ems: int,
    lines: int,
    children: tuple[Node, ...] = (),
    style: TextStyle | None = None,
    **changes: Any,
) -> ResolvedArea:
    """An area of one column (or more) with ``lines`` lines of ``ems`` characters."""
    inline, block = ems * SIZE, (lines - 1) * PITCH + SIZE
    rect = Rect(0, 0, block, inline) if mode.is_vertical else Rect(0, 0, inline, block)
    values: dict[str, Any] = {
        "name": "body", "rect": rect, "mode": mode, "grid": style or body_style(),
        "padding": Sides(), "columns": 1, "gap": 2 * SIZE, "rule": None, "balance": False,
        "align": "start", "background": None, "children": children, "span": NOWHERE,
    }  # fmt: skip
    return ResolvedArea(**(values | changes))


def run(*areas: ResolvedArea) -> tuple[list[Fragment], Reporter]:
    """The areas as one thread: their fragments and what was reported."""
    base = composer(areas[0].mode)
    links = tuple(Link(one, room(one), n, base) for n, one in enumerate(areas, start=1))
    return [made[0] for made in fill_thread(links)], base.reporter


def room(one: ResolvedArea) -> Extent:
    rect = one.rect
    if one.mode.is_vertical:
        return Extent(rect.height, rect.width)
    return Extent(rect.width, rect.height)


def placed(fragment: Fragment, at: Offset = START) -> Iterator[Placed]:
    """Every line of a fragment: where its room begins, its centre, and the line."""
    for offset, child in fragment.children:
        here = Offset(at.inline + offset.inline, at.block + offset.block)
        if isinstance(child, TextLeaf):
            yield here.inline + child.line.offset, here.block, child.line
        elif isinstance(child, Fragment):
            yield from placed(child, here)


def texts(fragment: Fragment) -> list[str]:
    """The lines' characters."""
    return [line.text for _, _, line in placed(fragment)]


def said(*nodes: Para) -> str:
    """The characters of paragraphs."""
    return "".join(getattr(t, "text", "") for node in nodes for t in node.content)


def codes(reporter: Reporter) -> list[str]:
    return [finding.code for finding in reporter]


def where(fragment: Fragment, text: str) -> tuple[Length, Length]:
    """Where the line begins that begins with ``text``: along the line and from line to line."""
    found = [(i, b) for i, b, line in placed(fragment) if line.text.startswith(text)]
    assert len(found) == 1, (text, texts(fragment))
    return found[0]
