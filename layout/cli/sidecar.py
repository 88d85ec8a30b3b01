"""What is remembered beside the outputs: which files they are, and where their contents come from.

``.bira/places.json`` in a leaflet's output folder has an entry for each PDF, known by
its SHA-256: ``build.py check`` finds the line of the YAML in it.  Paths are relative
to the file, so that a whole project can be moved.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from layout.cli.outputs import Draft
from layout.cli.targets import shown_path
from layout.diagnostics import Span

if TYPE_CHECKING:
    from layout.preflight.places import Known

FOLDER: Final = ".bira"
FILE: Final = "places.json"
VERSION: Final = 1


class Remembered(Struct, frozen=True):
    """What is known of one of our PDFs.

    ``profile`` is the one it was written by; ``changed`` are sources that are not
    what they were then.
    """

    kind: str
    profile: str
    known: "tuple[Known, ...]"
    changed: tuple[str, ...]


class Sidecar:
    """The memory of one output folder.  What cannot be read is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FOLDER / FILE
        self._entries = _read(self._path)

    def files(self) -> list[tuple[str, str]]:
        """Kind and name of every file written by earlier builds."""
        return [(entry["kind"], entry["name"]) for entry in self._entries]

    def updated(self, drafts: Sequence[Draft]) -> dict[Path, bytes]:
        """The file as it shall be when the drafts are written."""
        kinds = {draft.kind for draft in drafts}
        kept = [entry for entry in self._entries if entry["kind"] not in kinds]
        entries = [*kept, *(self._entry(draft) for draft in drafts)]
        entries.sort(key=lambda entry: entry["name"])
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
        text = f'{{"bira": {VERSION}, "files": [\n{lines}\n]}}\n'
        return {self._path: text.encode("utf-8")}

    def obsolete(self, drafts: Sequence[Draft]) -> list[Path]:
        """Files of the same kinds that an earlier build wrote and this one does not, untouched."""
        kinds, names = {d.kind for d in drafts}, {d.file for d in drafts}
        old = [e for e in self._entries if e["kind"] in kinds and e["name"] not in names]
        paths = ((self._folder / entry["name"], entry["sha256"]) for entry in old)
        return [path for path, digest in paths if _digest(path) == digest]

    def remembered(self, digest: str) -> Remembered | None:
        """What is known of the PDF with that SHA-256."""
        entry = next((e for e in self._entries if e["sha256"] == digest), None)
        if entry is None or "places" not in entry:
            return None
        try:
            return self._remembered(entry)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            return None

    def _remembered(self, entry: dict[str, Any]) -> Remembered:
        base = self._path.parent
        sources = {str(shown_path(base / name)): old for name, old in entry["sources"].items()}
        changed = tuple(name for name, old in sources.items() if _digest(Path(name)) != old)
        known = tuple(_known(row, list(sources)) for row in entry["places"])
        return Remembered(entry["kind"], entry["profile"], known, changed)

    def _entry(self, draft: Draft) -> dict[str, Any]:
        digest = hashlib.sha256(draft.data).hexdigest()
        entry: dict[str, Any] = {"kind": draft.kind, "name": draft.file, "sha256": digest}
        if draft.profile is None:
            return entry
        known = draft.known
        files = list(dict.fromkeys(each.span.file for each in known))
        base = self._path.parent
        entry["profile"] = draft.profile.name
        entry["sources"] = {_relative(Path(file), base): _digest(Path(file)) for file in files}
        entry["places"] = [_row(each, files) for each in known]
        return entry


def remembered(pdf: Path, digest: str) -> Remembered | None:
    """What is known of a PDF: it is ours if its very bytes were written by a build."""
    return Sidecar(pdf.parent).remembered(digest)


def _row(known: "Known", files: list[str]) -> list[Any]:
    place, span = known.place, known.span
    row = [known.page, place.x, place.y, place.width, place.height]
    row += [files.index(span.file), span.line, span.column, span.length]
    return [*row, known.code] if known.code else row


def _known(row: list[Any], files: list[str]) -> "Known":
    from layout.preflight.finished.facts import Place
    from layout.preflight.places import Known

    page, x, y, width, height, file, line, column, length, *code = row
    span = Span(files[file], line, column, length)
    return Known(page, Place(x, y, width, height), span, *code)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        entries: list[dict[str, Any]] = data["files"] if data["bira"] == VERSION else []
        sound = all(_is_entry(entry) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return entries if sound else []


def _is_entry(entry: Any) -> bool:
    """Names stay inside the folder: what they stand for may be removed."""
    texts = all(isinstance(entry[key], str) for key in ("kind", "name", "sha256"))
    name = PurePosixPath(entry["name"])
    return texts and not name.is_absolute() and ".." not in name.parts


def _relative(file: Path, base: Path) -> str:
    """With slashes; the whole path where there is no way from here, as to another drive."""
    try:
        return Path(os.path.relpath(file, base)).as_posix()
    except ValueError:
        return file.absolute().as_posix()


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
