"""Corrections as volunteers send them: JSON, read with distrust.

The names of kinds are those of JIS Z 8208 in English: replace (置換), insert
(挿入), delete (削除), query (疑問).
"""

import json
import re
from typing import Any, Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span

KINDS: Final = ("replace", "insert", "delete", "query")
VERSION: Final = 1
BYTES_MOST: Final = 4_000_000
ITEMS_MOST: Final = 5_000
_TEXT_MOST: Final = 4_000
_REFUSED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Correction(Struct, frozen=True):
    """One of them.

    ``line`` is the id of the printed line, ``at`` the place in the source of the
    first character concerned (line and column from 1, or 0, 0), ``old`` what is
    printed there, ``new`` what it shall be.  An insertion stands before that
    character, or with ``after`` behind it.  ``before`` and ``behind`` are printed
    characters around it, by which it is found again.
    """

    id: str
    kind: str
    line: str
    at: tuple[int, int]
    old: str
    new: str
    before: str = ""
    behind: str = ""
    after: bool = False
    note: str = ""
    by: str = ""
    page: int = 0


class Corrections(Struct, frozen=True):
    """A file of them: whose, for which leaflet, made upon which source (sha256)."""

    leaflet: str
    source: str
    stage: str
    by: str
    items: tuple[Correction, ...]


class _WrongError(ValueError):
    """An entry is not what it should be; the words name it."""


def read_corrections(data: bytes, file: str, reporter: Reporter) -> Corrections | None:
    """The corrections of a file, or None with one finding that says what is wrong with it."""
    try:
        if len(data) > BYTES_MOST:
            raise _WrongError(f"{len(data):,} bytes")
        held = json.loads(data.decode("utf-8-sig"))
        return _whole(held)
    except (ValueError, RecursionError) as problem:  # a number may be too long to be one
        said = str(problem).split(": line")[0][:120]
        reporter.error("apply.unreadable", Span(file), problem=said)
        return None


def _whole(held: Any) -> Corrections:
    if not isinstance(held, dict) or held.get("bira-corrections") != VERSION:
        raise _WrongError("bira-corrections")
    by = _text(held, "by")
    items = held.get("items")
    if not isinstance(items, list) or len(items) > ITEMS_MOST:
        raise _WrongError("items")
    made = tuple(_item(item, number, by) for number, item in enumerate(items, 1))
    leaflet = _text(held, "leaflet")
    if not re.fullmatch(r"[^/\\\x00:*?\"<>|.][^/\\\x00:*?\"<>|]{0,99}", leaflet):
        raise _WrongError("leaflet")
    return Corrections(leaflet, _text(held, "source"), _text(held, "stage"), by, made)


def _item(held: Any, number: int, by: str) -> Correction:
    if not isinstance(held, dict):
        raise _WrongError(f"items[{number}]")
    try:
        kind = _text(held, "kind")
        if kind not in KINDS:
            raise _WrongError("kind")
        made = Correction(
            _text(held, "id") or str(number), kind, _text(held, "line"), _place(held.get("at")),
            _text(held, "old"), _text(held, "new"), _text(held, "before"), _text(held, "behind"),
            held.get("after") is True, _text(held, "note"), _text(held, "by") or by,
            held["page"] if isinstance(held.get("page"), int) else 0,
        )  # fmt: skip
    except _WrongError as problem:
        raise _WrongError(f"items[{number}].{problem}") from None
    if made.kind in ("replace", "delete") and not made.old:
        raise _WrongError(f"items[{number}].old")
    if made.kind in ("replace", "insert") and not made.new:
        raise _WrongError(f"items[{number}].new")
    return made


def _text(held: dict[str, Any], key: str) -> str:
    value = held.get(key, "")
    if not isinstance(value, str) or len(value) > _TEXT_MOST or _REFUSED.search(value):
        raise _WrongError(key)
    return value


def _place(held: Any) -> tuple[int, int]:
    if held is None:
        return (0, 0)
    right = isinstance(held, list) and len(held) == 2
    if not right or any(type(n) is not int or not 0 <= n < 10_000_000 for n in held):
        raise _WrongError("at")
    return (held[0], held[1])
