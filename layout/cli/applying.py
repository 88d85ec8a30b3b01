"""``build.py apply``: corrections from volunteers, shown as a difference, then written."""

import difflib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from layout.cli.arguments import Options, UsageError
from layout.cli.building import BUILT, ENVIRONMENT, FAULTY_LEAFLET, WRONG_USE
from layout.cli.files import write_all
from layout.cli.targets import Target, find_targets, shown_path
from layout.cli.terminal import Terminal, wants_colour
from layout.cli.texts import text
from layout.diagnostics import Reporter

if TYPE_CHECKING:
    from layout.proof.apply import Applied
    from layout.proof.corrections import Correction
    from layout.source.model import Leaflet

LOG: Final = "proofs/log.json"
"""Beside the leaflet: every correction that was dealt with, and how."""

_PAINTS: Final = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}


class _Source(Struct, frozen=True):
    """A leaflet's source as it stands in its file."""

    target: Target
    text: str
    leaflet: "Leaflet"


def apply_files(
    options: Options, root: Path, terminal: Terminal
) -> tuple[int, list[dict[str, Any]]]:
    """Apply the corrections of all files, leaflet by leaflet; exit code and data for ``--json``.

    The code is 0 if every correction is in, 1 if some are not or nothing was
    written, 2 for files that cannot be used, 3 if nothing can be written.
    """
    wishes, code = _read(options, terminal)
    told: list[dict[str, Any]] = []
    for name, corrections in wishes.items():
        try:
            (target,) = find_targets([name], root / "leaflets", terminal.lang)
        except UsageError as error:
            terminal.complain(str(error).strip())
            code = max(code, WRONG_USE)
            continue
        found, data = _apply(target, corrections, options, terminal)
        code = max(code, found)
        told.append(data)
    return code, told


def _read(options: Options, terminal: Terminal) -> tuple[dict[str, list["Correction"]], int]:
    """All corrections by leaflet; what cannot be read is told."""
    from layout.proof.corrections import read_corrections

    wishes: dict[str, list[Correction]] = {}
    reporter = Reporter()
    for name in options.names:
        try:
            with Path(name).open("rb") as stream:
                data = stream.read(10_000_000)
        except FileNotFoundError:
            reporter.error("corrections.missing", _span(name), file=name)
            continue
        except OSError as error:
            reporter.error("check.unreadable", _span(name), file=name, problem=error.strerror or "")
            continue
        found = read_corrections(data, name, reporter)
        if found is not None:
            wishes.setdefault(found.leaflet, []).extend(found.items)
    terminal.findings(list(reporter))
    return wishes, WRONG_USE if reporter.has_errors else BUILT


def _span(name: str) -> Any:
    from layout.diagnostics import Span

    return Span(name)


def _apply(
    target: Target, corrections: list["Correction"], options: Options, terminal: Terminal
) -> tuple[int, dict[str, Any]]:
    from layout.proof.apply import OUTCOMES, apply
    from layout.source.nodes import read_nodes
    from layout.source.read import read_leaflet

    source = _source(target, terminal)
    if source is None:
        return FAULTY_LEAFLET, {"name": target.name, "written": False, "corrections": []}
    plain = source.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def reread(new: str) -> "Leaflet | None":
        reporter = Reporter()
        leaflet = read_leaflet(target.file, reporter, new.encode())
        return None if reporter.has_errors else leaflet

    root = read_nodes(plain, str(target.file), Reporter())
    made = apply(source.text, root, source.leaflet, corrections, reread)
    for line in _outcome_lines(made, terminal.lang):
        terminal.say(line)
    counts = {what: sum(each.what == what for each in made.outcomes) for what in OUTCOMES}
    terminal.say(text("apply-counts", terminal.lang, name=target.name, **counts))
    written, code = _offer(source, made, options, terminal)
    if code == BUILT and counts["open"] + counts["refused"]:
        code = FAULTY_LEAFLET
    return code, {
        "name": target.name,
        "written": written,
        "corrections": [_data(each) for each in made.outcomes],
    }


def _source(target: Target, terminal: Terminal) -> _Source | None:
    """The leaflet as it is; a faulty one must be mended first."""
    from layout.source.read import read_leaflet

    reporter = Reporter()
    leaflet = read_leaflet(target.file, reporter)
    if leaflet is None or reporter.has_errors:
        terminal.findings(list(reporter))
        return None
    return _Source(target, target.file.read_bytes().decode("utf-8"), leaflet)


def _outcome_lines(made: "Applied", lang: str) -> Iterator[str]:
    for each in made.outcomes:
        asked = each.correction
        place = text("apply-place", lang, line=each.line) if each.line else ""
        why = text(f"apply-why-{each.reason}", lang, note=asked.note) if each.reason else ""
        who = f"（{asked.by}）" if asked.by else ""
        yield text(
            "apply-item", lang, what=text(f"apply-{each.what}", lang),
            place=place or text("apply-place-unknown", lang),
            kind=text(f"apply-{asked.kind}", lang), old=asked.old, new=asked.new, who=who, why=why,
        )  # fmt: skip


def _offer(
    source: _Source, made: "Applied", options: Options, terminal: Terminal
) -> tuple[bool, int]:
    """Show the difference, ask, write; whether it was written, and the exit code."""
    path = source.target.file
    if made.text == source.text:
        terminal.say(text("apply-nothing", terminal.lang, name=source.target.name))
        return False, BUILT
    colour = wants_colour(sys.stdout)
    for line in _difference(source.text, made.text, str(shown_path(path))):
        paint = _PAINTS.get(line[:1], "") if colour else ""
        terminal.say(f"{paint}{line}\x1b[0m" if paint else line)
    if options.dry_run or not (options.yes or _asked(path, terminal)):
        terminal.complain(text("apply-not-written", terminal.lang, path=shown_path(path)))
        return False, FAULTY_LEAFLET
    log = path.parent / LOG
    try:
        write_all({path: made.text.encode(), log: _log(log, made, source.leaflet.date)})
    except OSError as error:
        problem = error.strerror or type(error).__name__
        terminal.complain(
            text("cannot-write", terminal.lang, path=shown_path(path), problem=problem)
        )
        return False, ENVIRONMENT
    terminal.say(text("apply-written", terminal.lang, path=shown_path(path)))
    return True, BUILT


def _difference(old: str, new: str, name: str) -> Iterator[str]:
    lines = (old.splitlines(), new.splitlines())
    return difflib.unified_diff(*lines, f"a/{name}", f"b/{name}", lineterm="")


def _asked(path: Path, terminal: Terminal) -> bool:
    """Whether somebody at a terminal says yes."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    terminal.clear()
    question = text("apply-ask", terminal.lang, path=shown_path(path))
    print(question, end="", file=sys.stderr, flush=True)
    try:
        answer = sys.stdin.readline()
    except (OSError, UnicodeDecodeError):
        return False
    return answer.strip().lower() in ("y", "yes", "はい", "ｙ")


def _data(outcome: Any) -> dict[str, Any]:
    asked = outcome.correction
    return {
        "id": asked.id, "kind": asked.kind, "old": asked.old, "new": asked.new, "by": asked.by,
        "before": asked.before, "behind": asked.behind, "note": asked.note,
        "what": outcome.what, "reason": outcome.reason, "line": outcome.line,
    }  # fmt: skip


def _log(path: Path, made: "Applied", date: str) -> bytes:
    """The log with these outcomes behind the earlier ones."""
    try:
        held = json.loads(path.read_text("utf-8"))
        entries = held["corrections"] if isinstance(held["corrections"], list) else []
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        entries = []
    entries += [_data(each) | {"date": date} for each in made.outcomes]
    return (json.dumps({"corrections": entries}, ensure_ascii=False, indent=1) + "\n").encode()
