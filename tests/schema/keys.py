"""Which keys of the model a source uses, and which there are."""

from collections.abc import Iterator
from typing import Any

from layout.source.config import CONFIG
from layout.source.leaflet_keys import BLOCKS, COMMON, LEAFLET
from layout.source.lint_keys import RULES
from layout.source.local_keys import LOCAL_EDITIONS
from layout.source.profile_keys import PROFILE
from layout.source.schema import Blocks, Either, Fields, Kind, Many, Named, Table
from layout.source.sheet_keys import SHEET

ROOTS = {
    "leaflet": LEAFLET,
    "style": SHEET,
    "profile": PROFILE,
    "lint": RULES,
    "editions": LOCAL_EDITIONS,
    "config": CONFIG,
}
BLOCK = Table("block", BLOCKS.keys + COMMON)

Use = tuple[str, str]
"""The name of a table, and that of a key."""


def keys_used(kind: str, data: Any) -> set[Use]:
    """All in a source that its schema accepts."""
    return set(_used(Fields(ROOTS[kind]), data))


def _used(kind: Kind | None, data: Any) -> Iterator[Use]:
    match kind:
        case Fields(table) if isinstance(data, dict):
            for name, value in data.items():
                key = table.key(name)
                if key is not None:
                    yield table.name, name
                yield from _used(key.kind if key else table.other, value)
        case Named(inner) if isinstance(data, dict):
            for value in data.values():
                yield from _used(inner, value)
        case Many(inner) if isinstance(data, list):
            for value in data:
                yield from _used(inner, value)
        case Blocks() if isinstance(data, list):
            for value in data:
                yield from _used(Fields(BLOCK), value)
        case Either(kinds):
            for each in kinds:
                yield from _used(each, data)


def all_keys() -> set[Use]:
    """All that the model has."""
    found: set[Use] = set()
    waiting: list[Any] = [*ROOTS.values(), BLOCK]
    seen: set[str] = set()
    while waiting:
        match waiting.pop():
            case Table() as table:
                if table.name not in seen:
                    seen.add(table.name)
                    found.update((table.name, key.name) for key in table.keys)
                    waiting.extend(key.kind for key in table.keys)
                    waiting.append(table.other)
            case Fields(inner) | Many(inner) | Named(inner):
                waiting.append(inner)
            case Either(kinds):
                waiting.extend(kinds)
    return found
