"""Results kept from one build to the next in the same process: a preview, a row of editions.

Every result is that of a function of frozen values, so that with a memo, or without
one, or after any other build, the outcome is the same; findings are told again each
time.  What two builds running did not ask for is forgotten.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from msgspec import Struct

from layout.diagnostics import Reporter

Result = TypeVar("Result")


class _Entry(Struct, frozen=True):
    """A result, what it was made of (kept alive: identities stay true), and its findings."""

    given: Any
    result: Any
    found: Reporter


class Memo:
    """What was made, by what it was made of or by where it belongs."""

    def __init__(self) -> None:
        self._now: dict[Hashable, _Entry] = {}
        self._before: dict[Hashable, _Entry] = {}

    def begin(self) -> None:
        """A new build begins: what the last one had no use for goes."""
        self._now, self._before = {}, self._now

    def of(
        self,
        kind: str,
        key: Hashable,
        make: Callable[[Reporter], Result],
        reporter: Reporter,
        keep: object = None,
    ) -> Result:
        """What ``make`` makes, kept under all that it is made of.

        ``keep`` stays alive with it: objects that stand in the key by their identity.
        """
        name = (kind, key)
        entry = self._now.get(name) or self._before.get(name)
        if entry is None:
            entry = _made(keep, make)
        result: Result = self._told(name, entry, reporter)
        return result

    def at(
        self,
        place: Hashable,
        given: object,
        make: Callable[[Reporter], Result],
        reporter: Reporter,
    ) -> Result:
        """What ``make`` makes for a place, kept as long as it is made of what equals ``given``."""
        entry = self._now.get(place) or self._before.get(place)
        if entry is None or (entry.given is not given and entry.given != given):
            entry = _made(given, make)
        result: Result = self._told(place, entry, reporter)
        return result

    def _told(self, name: Hashable, entry: _Entry, reporter: Reporter) -> Any:
        self._now[name] = entry
        reporter.extend(entry.found)
        return entry.result


def _made(given: object, make: Callable[[Reporter], Any]) -> _Entry:
    found = Reporter()
    return _Entry(given, make(found), found)


class NoMemo(Memo):
    """Keeps nothing: for a program that builds once."""

    def of(
        self,
        kind: str,
        key: Hashable,
        make: Callable[[Reporter], Result],
        reporter: Reporter,
        keep: object = None,
    ) -> Result:
        """What ``make`` makes."""
        return make(reporter)

    def at(
        self,
        place: Hashable,
        given: object,
        make: Callable[[Reporter], Result],
        reporter: Reporter,
    ) -> Result:
        """What ``make`` makes."""
        return make(reporter)


NO_MEMO = NoMemo()
