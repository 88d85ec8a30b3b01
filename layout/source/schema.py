"""The vocabulary of the key tables: kinds of values, keys, tables, block types.

The tables themselves stand in ``leaflet_keys.py`` and ``sheet_keys.py``; they
are read by ``fields.py`` and turned into JSON Schema by ``json_schema.py``.
"""

from typing import ClassVar, Final

from msgspec import Struct

UNITS = ("mm", "Q", "H", "pt", "字", "行", "%")
UNIT_WORDS: Final = {u: u for u in UNITS} | {
    "em": "字",
    "文字": "字",
    "級": "Q",
    "q": "Q",
    "歯": "H",
    "h": "H",
    "ミリ": "mm",
    "MM": "mm",
}
"""What a unit may be called, and which it is."""
FLAGS: Final = {
    "true": True,
    "yes": True,
    "on": True,
    "はい": True,
    "false": False,
    "no": False,
    "off": False,
    "いいえ": False,
}
NAME_MOST: Final = 60
"""Most characters of a name that becomes the name of a folder."""


class Words(Struct, frozen=True):
    """Text.  ``markup`` if inline marks are read in it; ``several`` if it may have paragraphs.

    ``pattern`` lets an editor tell while typing what is checked later with better words.
    """

    markup: bool = True
    several: bool = False
    pattern: str = ""
    shape: ClassVar[str] = "scalar"


class Choice(Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]
    shape: ClassVar[str] = "scalar"


class Whole(Struct, frozen=True):
    """A whole number within bounds, or one of ``words`` instead."""

    least: int = 0
    most: int = 10_000
    words: tuple[str, ...] = ()
    shape: ClassVar[str] = "scalar"


class Number(Struct, frozen=True):
    """A number within bounds."""

    least: float = -10_000.0
    most: float = 10_000.0
    shape: ClassVar[str] = "scalar"


class Length(Struct, frozen=True):
    """A number with its unit, or one of ``words``; with ``share`` also a number without."""

    words: tuple[str, ...] = ()
    share: bool = False
    shape: ClassVar[str] = "scalar"


class Flag(Struct, frozen=True):
    """Yes or no."""

    shape: ClassVar[str] = "scalar"


class Day(Struct, frozen=True):
    """A date as 2021-03-01."""

    shape: ClassVar[str] = "scalar"


class Nothing(Struct, frozen=True):
    """No value at all (``- rule:``)."""

    shape: ClassVar[str] = "scalar"


class Anything(Struct, frozen=True):
    """Whatever is typed: it is checked where it will stand."""

    shape: ClassVar[str] = "any"


class Many(Struct, frozen=True):
    """A list of values of one kind."""

    kind: "Kind"
    least: int = 0
    most: int = 100_000
    shape: ClassVar[str] = "sequence"


class Blocks(Struct, frozen=True):
    """A list of blocks."""

    shape: ClassVar[str] = "sequence"


class Fields(Struct, frozen=True):
    """A mapping with the keys of a table."""

    table: "Table"
    shape: ClassVar[str] = "mapping"


class Named(Struct, frozen=True):
    """A mapping from names one chooses to values of one kind."""

    kind: "Kind"
    free: bool = False  # any text may be a name
    taken: tuple[str, ...] = ()  # names that nothing can have, in whatever case
    shape: ClassVar[str] = "mapping"


class Either(Struct, frozen=True):
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
    | Anything
    | Many
    | Blocks
    | Fields
    | Named
    | Either
)


class Key(Struct, frozen=True):
    """A key one may write: its kind of value and what it is for, in two languages."""

    name: str
    kind: Kind
    ja: str
    en: str
    required: bool = False


class Table(Struct, frozen=True):
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
FILE = Words(markup=False, pattern=r"^(?![\s/~])(?!(.*/)?\.\.(/|$))[^\\:]+$")
"""A file inside the leaflet's folder."""
ADDRESS = Words(markup=False, pattern=r"^\s*https?://[^\s/?#.]+(\.[^\s/?#.]+)+\S*\s*$")
MAIL = Words(markup=False, pattern=r"^\s*[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\s*$")


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
