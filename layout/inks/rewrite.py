"""Display items painted otherwise: every item has a number, and is replaced by its number."""

from collections.abc import Callable, Iterator
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from layout.display.model import DisplayItem, Group

Make = Callable[[int, DisplayItem], tuple[DisplayItem, ...]]
"""What stands for an item: nothing, itself, or several that are painted one after another."""


class Numbered(Struct, frozen=True):
    """An item that is no group, its number on the page, and the groups around it."""

    number: int
    item: DisplayItem
    groups: tuple[Group, ...]


def numbered(items: tuple[DisplayItem, ...]) -> Iterator[Numbered]:
    """All items but groups in the order of painting, numbered from 1."""
    yield from _numbered(items, count(1), ())


def _numbered(
    items: tuple[DisplayItem, ...], numbers: Iterator[int], groups: tuple[Group, ...]
) -> Iterator[Numbered]:
    for item in items:
        if isinstance(item, Group):
            yield from _numbered(item.items, numbers, (*groups, item))
        else:
            yield Numbered(next(numbers), item, groups)


def rewritten(items: tuple[DisplayItem, ...], make: Make) -> tuple[DisplayItem, ...]:
    """The items with each that is no group replaced; groups keep their clips and what they say."""
    return tuple(_rewritten(items, make, count(1)))


def _rewritten(
    items: tuple[DisplayItem, ...], make: Make, numbers: Iterator[int]
) -> Iterator[DisplayItem]:
    for item in items:
        if isinstance(item, Group):
            yield replace(item, items=tuple(_rewritten(item.items, make, numbers)))
        else:
            yield from make(next(numbers), item)
