"""Results that took long to make, kept on disk between builds.

Nothing depends on the cache: with it, without it, or with a broken one the
results are the same, so every failure of the disk is only a result not kept.
Entries are named by what they were made of; whoever asks puts everything that
matters into the key, its own version too.

The folder is ``bira`` in the user's folder for such things (``XDG_CACHE_HOME``,
``LOCALAPPDATA``, ``~/Library/Caches``).  ``BIRA_CACHE`` names another one, or
switches it off with ``off``.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

ROOM: Final = 512 * 1024 * 1024
"""Bytes one cache may take; beyond it the entries not used for longest go."""

_LEFT: Final = 0.8
"""The share of the room that is left full when it is made: not at every step again."""

_SHARE: Final = 4
"""An entry larger than one part in so many of the room would drive out all others."""

_MARK: Final = b"bira\x001"
_DIGEST: Final = 32


def cache_key(*parts: bytes | str | int | float | None) -> str:
    """A name for what is made of ``parts``: other parts, another name."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        digest.update(b"%s %d:" % (type(part).__name__.encode(), len(data)))
        digest.update(data)
    return digest.hexdigest()


def cache_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """Where caches are, or None if there shall be none."""
    told = os.environ if environment is None else environment
    wish = told.get("BIRA_CACHE", "")
    if wish.lower() == "off":
        return None
    if wish:
        return Path(wish)
    try:
        return _users_folder(told) / "bira"
    except RuntimeError:  # there is no home
        return None


def _users_folder(told: Mapping[str, str]) -> Path:
    """The folder of this system for what may be thrown away."""
    if sys.platform == "win32":
        local = told.get("LOCALAPPDATA", "")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    wish = told.get("XDG_CACHE_HOME", "")
    # The XDG specification bids ignore a path that is not absolute.
    return Path(wish) if os.path.isabs(wish) else Path.home() / ".cache"


class DiskCache:
    """Entries of one kind.  Several processes may use it at once."""

    def __init__(self, name: str, folder: Path | None = None, room: int = ROOM) -> None:
        """``folder`` stands for the user's; a cache without one keeps nothing."""
        base = cache_folder() if folder is None else folder
        self._folder = None if base is None else base / name
        self._room = room

    def get(self, key: str) -> bytes | None:
        """What was kept under ``key``; None if there is nothing, or nothing whole."""
        if self._folder is None:
            return None
        path = self._path(key)
        try:
            raw = path.read_bytes()
        except OSError:
            return None
        head = len(_MARK) + _DIGEST
        data = raw[head:]
        if not raw.startswith(_MARK) or raw[len(_MARK) : head] != hashlib.sha256(data).digest():
            return None
        with suppress(OSError):
            os.utime(path)  # it was of use just now
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``, whole or not at all."""
        if self._folder is None or len(data) > self._room // _SHARE:
            return
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, _MARK + hashlib.sha256(data).digest() + data)
            self._make_room()
        except OSError:
            return

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / key[2:]

    def _make_room(self) -> None:
        """Throw away what was not used for longest, until the rest fits again."""
        assert self._folder is not None
        entries = sorted(_entries(self._folder.glob("*/*")))
        total = sum(size for _, _, size in entries)
        if total <= self._room:
            return
        for _, name, size in entries:
            if total <= self._room * _LEFT:
                return
            Path(name).unlink(missing_ok=True)
            total -= size


def _entries(paths: Iterable[Path]) -> Iterable[tuple[int, str, int]]:
    """When each was last used, its name and its size; others may be throwing away as we look."""
    for path in paths:
        try:
            found = path.stat()
        except OSError:
            continue
        yield found.st_mtime_ns, str(path), found.st_size


def _write_whole(path: Path, data: bytes) -> None:
    """Under a name of its own first: no reader ever sees half an entry."""
    number, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
