"""Waits until one of the files of a leaflet is another one.

Looked at are names, sizes and times of the few files a leaflet is made of, some ten
times in a second.  That costs next to nothing, is the same on every system and every
disk (shared folders too), and does not depend on how an editor saves: in place, by
another name, or in several steps.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

Snapshot = dict[str, tuple[int, int]]
"""Each file with its size and the time of its last change, in nanoseconds."""

INTERVAL: Final = 0.04
SETTLED: Final = 0.03
"""Seconds between two looks, and for which nothing may change before a save is over."""

FILES_MOST: Final = 5_000
_IGNORED: Final = frozenset((".git", "__pycache__", "proofs", "node_modules"))


class Watcher:
    """Looks at files and at folders with all that is in them."""

    def __init__(self, places: Iterable[Path], sleep: Callable[[float], None] = time.sleep) -> None:
        self._places = tuple(places)
        self._sleep = sleep
        self._last = self.look()

    def look(self) -> Snapshot:
        """What is there now; what is not there, or just being written, is left out."""
        found: Snapshot = {}
        for place in self._places:
            for path in _files(place):
                try:
                    state = os.stat(path)
                except OSError:
                    continue
                found[path] = (state.st_size, state.st_mtime_ns)
                if len(found) >= FILES_MOST:
                    return found
        return found

    def changed(self) -> tuple[str, ...]:
        """The files that came, went or changed since it was asked last."""
        now, before = self.look(), self._last
        self._last = now
        names = sorted(now.keys() | before.keys())
        return tuple(name for name in names if now.get(name) != before.get(name))

    def wait(self, stop: Callable[[], bool]) -> tuple[str, ...]:
        """The files of the next save, when nothing has changed for a moment; () at the end."""
        while not stop():
            found = set(self.changed())
            while found:
                self._sleep(SETTLED)
                more = self.changed()
                if not more:
                    return tuple(sorted(found))
                found.update(more)
            self._sleep(INTERVAL)
        return ()


def _files(place: Path) -> Iterator[str]:
    """The file, or all files below the folder; no link to a folder is followed."""
    if not place.is_dir():
        yield str(place)
        return
    for folder, inner, names in os.walk(place):
        inner[:] = [name for name in inner if name not in _IGNORED]
        for name in names:
            if not name.startswith("."):
                yield os.path.join(folder, name)
