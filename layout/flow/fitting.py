"""Copyfit (文章の追い込み): text a little too long or short is fitted within stated limits.

In the order a typesetter would: tracking, then line pitch, then size, each in
small steps up to the limit the style sheet states, never beyond.  Text that is
short may have its line pitch opened.  Filling an area is "call it again" with
a changed copy of its nodes.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from layout.style.model import Fit, Node, Para, ResolvedArea, Row, Stack, TableNode, TextStyle
from layout.units import Length

_STEPS = 5
_OPEN_STEPS = 10


class Change(Struct, frozen=True):
    """What was taken from every character, every line pitch and every size of the running text."""

    tracking: Length = 0
    line: Length = 0
    size: Length = 0


NO_CHANGE = Change()


def changes(fit: Fit | None) -> Iterator[Change]:
    """No change first, then ever stronger ones."""
    yield NO_CHANGE
    if fit is None:
        return
    for step in range(1, _STEPS + 1):
        yield Change(tracking=fit.tracking * step // _STEPS)
    if fit.line:
        for step in range(1, _STEPS + 1):
            yield Change(fit.tracking, fit.line * step // _STEPS)
    if fit.size:
        for step in range(1, _STEPS + 1):
            yield Change(fit.tracking, fit.line, fit.size * step // _STEPS)


def lighter(change: Change) -> Iterator[Change]:
    """The change with ever more of its tracking, then of its line pitch, from none of them on.

    What a later step made unneeded is given back.
    """
    if change.line or change.size:
        for step in range(_STEPS):
            yield replace(change, tracking=change.tracking * step // _STEPS)
    if change.size:
        for step in range(_STEPS):
            yield replace(change, line=change.line * step // _STEPS)


def openings(fit: Fit) -> Iterator[Change]:
    """Ever weaker openings of the line pitch, the strongest first."""
    for step in range(_OPEN_STEPS, 0, -1):
        yield Change(line=-fit.open * step // _OPEN_STEPS)


def changed(area: ResolvedArea, change: Change) -> ResolvedArea:
    """The area with its running text (the style of its grid) changed."""
    if change == NO_CHANGE or area.grid is None:
        return area
    style = _text(area.grid, change)
    children = tuple(_node(node, area.grid, style) for node in area.children)
    return replace(area, grid=style, children=children)


def _text(style: TextStyle, change: Change) -> TextStyle:
    return replace(
        style,
        tracking=style.tracking - change.tracking,
        pitch=style.pitch - change.line,
        size=style.size - change.size,
    )


def _node(node: Node, old: TextStyle, new: TextStyle) -> Node:
    match node:
        case Para():
            return _para(node, old, new)
        case Stack():
            return replace(node, children=tuple(_node(n, old, new) for n in node.children))
        case Row():
            return replace(node, cells=tuple((t, _node(n, old, new)) for t, n in node.cells))
        case TableNode():
            rows = tuple(tuple(_para(cell, old, new) for cell in row) for row in node.rows)
            return replace(node, rows=rows)
        case _:
            return node


def _para(para: Para, old: TextStyle, new: TextStyle) -> Para:
    if para.text.name != old.name:
        return para
    indent, hang = (side * new.size // old.size for side in (para.text.indent, para.text.hang))
    text = replace(
        para.text,
        tracking=new.tracking,
        pitch=new.pitch,
        size=new.size,
        indent=indent,
        hang=hang,
    )
    return replace(para, text=text)
