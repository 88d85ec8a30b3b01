"""Stages of proof beside a leaflet: the last one is compared with what is built now."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.proof.changes import Asked, Change, compare
from layout.proof.stages import (
    APPROVED,
    STAGES,
    Stage,
    read_stage,
    sha256,
    stage_lines,
    written,
)
from layout.reading.model import Reading
from layout.source.model import Leaflet

FOLDER: Final = "proofs"
LOG: Final = "log.json"
TEXT: Final = ".txt"
PAGES: Final = ".pages.gz"
_CODES: Final = {
    "changed": ("proof.changed", "proof.changed-asked"),
    "added": ("proof.added", "proof.added-asked"),
    "removed": ("proof.removed", "proof.removed-asked"),
    "moved": ("proof.moved", "proof.moved"),
    "figure": ("proof.figure", "proof.figure"),
}
"""For each kind of change: nobody asked for it, and somebody did."""

_SHOWN: Final = 40
_MOST: Final = 20


class Since(Struct, frozen=True):
    """What changed since ``stage`` ("": there is none), and how the pages ``looked`` then."""

    stage: str = ""
    changes: tuple[Change, ...] = ()
    looked: bytes = b""


def compare_stages(
    reading: Reading,
    leaflet: Leaflet,
    styles: Path,
    press: bytes,
    stage: str,
    reporter: Reporter,
) -> Since:
    """Report what changed since the last stage, and loudly if that one was approved.

    A build that keeps a ``stage`` is compared with the one before, also when it is
    built again.
    """
    folder = Path(leaflet.folder) / FOLDER
    last = last_stage(folder, reporter, stage)
    if last is None:
        return Since()
    lines = {line.id: line.span for line in reading.lines}
    changes = compare(last, reading, _asked(folder), _figures(Path(leaflet.folder)))
    for change in changes[:_MOST]:
        _report(change, last, lines.get(change.line_id, Span(leaflet.file)), reporter)
    if len(changes) > _MOST:
        left = len(changes) - _MOST
        reporter.warning("proof.more-changes", Span(leaflet.file), count=left, stage=last.stage)
    if last.stage == APPROVED:
        now = _stage(APPROVED, reading, leaflet, styles, press)
        if what := _differing(last, now):
            reporter.warning("proof.not-approved", Span(leaflet.file), what="、".join(what))
    return Since(last.stage, changes, _bytes(folder / _file(last.stage, PAGES)))


def kept_stage(
    stage: str, reading: Reading, leaflet: Leaflet, styles: Path, press: bytes, reporter: Reporter
) -> Mapping[Path, bytes]:
    """The file of a new stage; nothing while errors or open corrections keep it from approval."""
    folder = Path(leaflet.folder) / FOLDER
    if stage == APPROVED and (count := _open(folder)):
        reporter.error("proof.open-corrections", Span(str(folder / LOG)), count=count)
    if reporter.has_errors:
        return {}
    made = _stage(stage, reading, leaflet, styles, press)
    return {folder / _file(stage, TEXT): written(made)}


def kept_look(stage: str, leaflet: Leaflet, pages: bytes) -> Mapping[Path, bytes]:
    """The file beside it that keeps how the ``pages`` look."""
    return {Path(leaflet.folder) / FOLDER / _file(stage, PAGES): pages}


def _file(stage: str, kind: str) -> str:
    """Files of stages sort in the order of the stages."""
    return f"{STAGES.index(stage) + 1:02}-{stage}{kind}"


def last_stage(folder: Path, reporter: Reporter, before: str = "") -> Stage | None:
    """The latest stage that was kept, or the latest ``before`` one.

    One that cannot be read is reported.
    """
    for path in sorted(folder.glob(f"[0-9][0-9]-*{TEXT}"), reverse=True):
        if before and path.name >= _file(before, TEXT):
            continue
        try:
            stage = read_stage(path.read_bytes())
        except OSError:
            stage = None
        if stage is not None:
            return stage
        reporter.warning("proof.stage-unreadable", Span(str(path)), file=path.name)
    return None


def _stage(name: str, reading: Reading, leaflet: Leaflet, styles: Path, press: bytes) -> Stage:
    figures = _figures(Path(leaflet.folder))
    return Stage(
        leaflet.name, name, leaflet.date, _digest(Path(leaflet.file)),
        _digest(styles / f"{leaflet.style}.yaml"), sha256(press), figures, stage_lines(reading),
    )  # fmt: skip


def _figures(folder: Path) -> dict[str, str]:
    """The fingerprints of the leaflet's figures."""
    home = folder.resolve()
    files = (path for path in sorted((folder / "figures").rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in files
        if path.resolve().is_relative_to(home)  # a link may lead anywhere
    }


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _differing(last: Stage, now: Stage) -> list[str]:
    """What is not what was approved."""
    found = [
        name
        for name, key in (("leaflet.yaml", "source"), ("styles", "style"), ("PDF", "press"))
        if getattr(last, key) != getattr(now, key)
    ]
    names = sorted({*last.figures, *now.figures})
    return found + [n for n in names if last.figures.get(n) != now.figures.get(n)]


def _report(change: Change, last: Stage, span: Span, reporter: Reporter) -> None:
    out = "".join(part.text for part in change.parts if part.kind == "out")
    new = "".join(part.text for part in change.parts if part.kind == "in")
    values = {"stage": last.stage, "before": _short(out), "after": _short(new)}
    report = reporter.note if change.asked else reporter.warning
    report(_CODES[change.kind][change.asked], span, page=change.page, **values)


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _entries(folder: Path) -> Iterator[dict[str, Any]]:
    """The corrections in the log, oldest first; a log that cannot be read has none."""
    try:
        held = json.loads((folder / LOG).read_text("utf-8"))["corrections"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    for entry in held if isinstance(held, list) else ():
        if isinstance(entry, dict):
            yield entry


def _asked(folder: Path) -> list[Asked]:
    """What was asked for and applied."""
    return [
        Asked(*(str(entry.get(key, "")) for key in ("old", "new", "before", "behind")))
        for entry in _entries(folder)
        if entry.get("what") == "applied"
    ]


def _open(folder: Path) -> int:
    """How many corrections are still open: the last word on each counts."""
    last: dict[tuple[str, ...], str] = {}
    for entry in _entries(folder):
        key = tuple(str(entry.get(name, "")) for name in ("id", "by", "kind", "old", "new"))
        last[key] = str(entry.get("what"))
    return sum(what in ("open", "refused") for what in last.values())
