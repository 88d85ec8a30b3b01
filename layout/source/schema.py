"""The vocabulary of the key tables: kinds of values, keys, tables, block types.

The tables themselves stand in ``leaflet_keys.py`` and ``sheet_keys.py``; they
are read by ``fields.py`` and turned into JSON Schema by ``json_schema.py``.
"""

from dataclasses import dataclass
from typing import ClassVar

UNITS = ("mm", "Q", "H", "pt", "字", "行", "%")


@dataclass(frozen=True, slots=True)
class Words:
    """Text.  ``markup`` if inline marks are read in it; ``several`` if it may have paragraphs."""

    markup: bool = True
    several: bool = False
    shape: ClassVar[str] = "scalar"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]
    shape: ClassVar[str] = "scalar"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, or one of ``words`` instead."""

    least: int = 0
    most: int = 10_000
    words: tuple[str, ...] = ()
    shape: ClassVar[str] = "scalar"


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds."""

    least: float = -10_000.0
    most: float = 10_000.0
    shape: ClassVar[str] = "scalar"


@dataclass(frozen=True, slots=True)
class Length:
    """A number with its unit, or one of ``words``; with ``share`` also a number without."""

    words: tuple[str, ...] = ()
    share: bool = False
    shape: ClassVar[str] = "scalar"


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    shape: ClassVar[str] = "scalar"


@dataclass(frozen=True, slots=True)
class Day:
    """A date as 2021-03-01."""

    shape: ClassVar[str] = "scalar"


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value at all (``- rule:``)."""

    shape: ClassVar[str] = "scalar"


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one kind."""

    kind: "Kind"
    least: int = 0
    most: int = 100_000
    shape: ClassVar[str] = "sequence"


@dataclass(frozen=True, slots=True)
class Blocks:
    """A list of blocks."""

    shape: ClassVar[str] = "sequence"


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping with the keys of a table."""

    table: "Table"
    shape: ClassVar[str] = "mapping"


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping from names one chooses to values of one kind."""

    kind: "Kind"
    free: bool = False  # any text may be a name
    shape: ClassVar[str] = "mapping"


@dataclass(frozen=True, slots=True)
class Either:
    """One kind for each shape of node: text, list or mapping."""

    kinds: tuple["Kind", ...]
    shape: ClassVar[str] = "any"


Kind = (
    Words
    | Choice
    | Whole
    | Number
    | Length
    | Flag
    | Day
    | Nothing
    | Many
    | Blocks
    | Fields
    | Named
    | Either
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key one may write: its kind of value and what it is for, in two languages."""

    name: str
    kind: Kind
    ja: str
    en: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of a mapping.

    ``other`` is the kind of values under names that are not in the table;
    of ``one_of`` exactly one must be there.
    """

    name: str
    keys: tuple[Key, ...]
    other: Kind | None = None
    one_of: tuple[str, ...] = ()
    other_ja: str = ""
    other_en: str = ""

    def key(self, name: str) -> Key | None:
        """The key of that name."""
        for key in self.keys:
            if key.name == name:
                return key
        return None


INLINE = Words()
RUNNING = Words(several=True)
PLAIN = Words(markup=False)
LENGTH = Length()
FLAG = Flag()
RECT = Many(LENGTH, 4, 4)


def known_names(*tables: Table) -> frozenset[str]:
    """Every key name that occurs in the tables and below them."""
    seen: dict[str, Table] = {}
    names: set[str] = set()
    waiting: list[Table | Kind] = list(tables)
    while waiting:
        match waiting.pop():
            case Table() as table:
                if table.name not in seen:
                    seen[table.name] = table
                    names.update(key.name for key in table.keys)
                    waiting.extend(key.kind for key in table.keys)
            case Fields(table):
                waiting.append(table)
            case Many(kind) | Named(kind):
                waiting.append(kind)
            case Either(kinds):
                waiting.extend(kinds)
    return frozenset(names)
