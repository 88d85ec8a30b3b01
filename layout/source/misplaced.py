"""What stands beside where it belongs, and lists that are none to YAML."""

import re

from layout.diagnostics import Reporter, Span
from layout.source.leaflet_keys import COMMON_NAMES
from layout.source.nodes import Entry, Node, Scalar, Sequence
from layout.source.schema import Either, Fields, Kind, Length, Many, Nothing, Table, Words

_BULLETS = "•・●○■□◆◇▪◦‣⁃*＊–—―－ー−➢\uf0b7\uf0d8"
_BETWEEN = re.compile(r"\s?[,、|｜\t]\s?")
_SHORT = 80


def no_list(node: Node, kind: Many, reporter: Reporter) -> None:
    """Report what stands in place of a list: bullets, a row without brackets, or another thing."""
    typed = node.value.strip() if isinstance(node, Scalar) else ""
    if typed[:1] == "-" and len(typed) > 1:
        reporter.error("source.dash-space", node.span, before="-")
    elif typed and typed[0] in _BULLETS:
        reporter.error("source.bullet", node.span, character=typed[0])
    elif typed and isinstance(kind.kind, Words | Length):
        near = _BETWEEN.sub(", ", typed) if len(typed) < _SHORT and "\n" not in typed else ""
        reporter.error("source.expected-items", node.span, suggestion=near)
    else:
        reporter.error("source.expected-list", node.span)


def without_strayed(
    entries: tuple[Entry, ...], table: Table, reporter: Reporter
) -> tuple[Entry, ...]:
    """The entries without those that belong into the empty one before them, and without that.

    They stand beside it because they are not indented; that is said once.
    """
    kept: list[Entry] = []
    owner: Entry | None = None
    inner: Table | None = None
    for entry in entries:
        name = entry.key.value
        if owner is not None and inner is not None and inner.key(name) and name not in COMMON_NAMES:
            if kept[-1:] == [owner]:
                kept.pop()
                into = owner.key.value
                reporter.error("source.not-inside", entry.key.span, key=name, into=into)
            continue
        known = table.key(name)
        owner = entry if known is not None and is_empty(entry.value) else None
        inner = _inner_table(known.kind) if known is not None else None
        kept.append(entry)
    return tuple(kept)


def _inner_table(kind: Kind) -> Table | None:
    """The keys that may stand in a value, where it may not be empty."""
    kinds = kind.kinds if isinstance(kind, Either) else (kind,)
    if any(isinstance(each, Nothing) for each in kinds):
        return None
    return next((each.table for each in kinds if isinstance(each, Fields)), None)


def is_empty(node: Node) -> bool:
    """Whether nothing is typed."""
    return isinstance(node, Scalar) and not node.value.strip()


def warn_of_commas(node: Sequence, reporter: Reporter) -> None:
    """``[一、二、三]``: one item to YAML."""
    only = node.items[0] if node.flow and len(node.items) == 1 else None
    if not isinstance(only, Scalar) or only.style:
        return
    found = next((at for at, c in enumerate(only.value) if c in "、，"), None)
    if found is not None and only.lines and only.lines[0].exact:
        place = only.span
        span = Span(place.file, place.line, place.column + found)
        reporter.warning("source.one-item", span, character=only.value[found])
