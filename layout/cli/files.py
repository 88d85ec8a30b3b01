"""Files written whole or not at all, and several of them together."""

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

_LITTER: Final = re.compile(r"\..+\.(?P<process>[0-9]+)\.(?:tmp|old)")
_STALE: Final = 3600.0
"""Seconds after which nobody is still writing a draft."""


def write_all(files: Mapping[Path, bytes], obsolete: Iterable[Path] = ()) -> None:
    """Write all files or none; at no moment a half-written file has one of the names.

    What stood there stays until all the new files are safe on the disk.  On
    failure nothing is left behind and the old files are there again.
    ``obsolete`` files go with the old ones.
    """
    drafts: dict[Path, Path] = {}
    for folder in {path.parent for path in files}:
        sweep(folder)
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            drafts[path] = draft
            _draft(draft, data)
        _swap(drafts)
    except BaseException:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise
    for path in obsolete:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        _settle(folder)


def sweep(folder: Path) -> None:
    """Remove the drafts of programs that were killed while they wrote into ``folder``."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            found = _LITTER.fullmatch(entry.name)
            if found and entry.is_file(follow_symlinks=False) and _is_left(entry, found["process"]):
                os.unlink(entry.path)


def _is_left(entry: os.DirEntry[str], process: str) -> bool:
    """Whether whoever wrote the file has gone."""
    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE:
        return True
    if os.name != "posix":  # elsewhere asking for a process may end it
        return False
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


def _swap(drafts: Mapping[Path, Path]) -> None:
    """Give the drafts their names; if one cannot have its name, all old files come back."""
    kept: dict[Path, Path | None] = {}
    try:
        for path, draft in drafts.items():
            kept[path] = _keep(path)
            os.replace(draft, path)
    except BaseException:
        for path, old in kept.items():
            _restore(path, old, drafts[path])
        raise
    for old in kept.values():
        if old is not None:
            old.unlink(missing_ok=True)


def _keep(path: Path) -> Path | None:
    """A second name for the file that stands there, or a copy; None if there is none."""
    if not path.is_file():
        return None
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    old.unlink(missing_ok=True)
    try:
        os.link(path, old)
    except OSError:  # some disks know no links
        try:
            shutil.copy2(path, old)
        except BaseException:
            old.unlink(missing_ok=True)
            raise
    return old


def _restore(path: Path, old: Path | None, draft: Path) -> None:
    """As it was: a draft that is still there never got its name."""
    with contextlib.suppress(OSError):
        if draft.exists():
            if old is not None:
                old.unlink()
        elif old is not None:
            os.replace(old, path)
        else:
            path.unlink()


def _draft(path: Path, data: bytes) -> None:
    """Write the file and wait until the disk has it."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """Make the new names themselves durable, where the system has a way to."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network disks refuse; the files themselves are written
    finally:
        os.close(handle)
