"""A leaflet's own spaces and kinsoku sets over the compiled tables (文字組みアキ量設定)."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from layout.house.rules import N, Rules, class_number


class PairSpace(Struct, frozen=True):
    """A pair of classes with its space in ems and its orders; None keeps the table's value."""

    before: str
    after: str
    space: float | None = None
    least: float | None = None
    most: float | None = None
    reduce_order: int | None = None
    expand_order: int | None = None


def overridden(
    rules: Rules, pairs: Iterable[PairSpace], not_at_head: str = "", not_at_end: str = ""
) -> Rules:
    """The rules with some pairs and kinsoku characters of one's own.

    A space of one's own without limits can neither give nor take.
    """
    space, low, high = list(rules.space), list(rules.reduce_to), list(rules.expand_to)
    reduce_order, expand_order = list(rules.reduce_priority), list(rules.expand_priority)
    for pair in pairs:
        index = class_number(pair.before) * N + class_number(pair.after)
        if pair.space is not None:
            space[index] = pair.space
            low[index] = min(low[index], pair.space)
            high[index] = max(high[index], pair.space)
        low[index] = low[index] if pair.least is None else pair.least
        high[index] = high[index] if pair.most is None else pair.most
        if pair.reduce_order is not None:
            reduce_order[index] = pair.reduce_order
        if pair.expand_order is not None:
            expand_order[index] = pair.expand_order
    return replace(
        rules,
        space=tuple(space),
        reduce_to=tuple(low),
        expand_to=tuple(high),
        reduce_priority=tuple(reduce_order),
        expand_priority=tuple(expand_order),
        head_forbidden=frozenset(not_at_head),
        end_forbidden=frozenset(not_at_end),
    )
