"""Every group's own edition of a leaflet, built side by side on all processors.

``build_editions`` is the list: read the file → choose → build → say what came of it.
An edition that fails keeps no other from being built.
"""

import os
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from layout.cli.arguments import UsageError, closest
from layout.cli.building import FAULTY_LEAFLET, Wish, build_target
from layout.cli.result import Result
from layout.cli.targets import Target
from layout.cli.terminal import Terminal
from layout.cli.texts import text
from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.memo import Memo
from layout.source.local_editions import FILES, editions_file, read_editions_file
from layout.source.local_model import LocalEdition

ALL: Final = "all"
_CHUNK: Final = 8
"""Editions handed to a process at once: what they share is made once."""

Tell = Callable[[int, int], None]


def build_editions(
    target: Target, wanted: Sequence[str], root: Path, wish: Wish, terminal: Terminal
) -> list[Result]:
    """Build the wanted editions of a leaflet; ``UsageError`` where there are none such."""
    file = editions_file(target.file.parent)
    if file is None:
        folder = target.file.parent
        raise UsageError(text("no-editions", terminal.lang, folder=folder, files=" / ".join(FILES)))
    reporter = Reporter()
    known = read_editions_file(file, reporter)
    chosen = _chosen(known, wanted, terminal.lang)
    faults = _by_edition(known, reporter)
    whole = faults.pop("", [])
    if any(found.severity is Severity.ERROR for found in whole):
        return [Result(target.name, str(file), FAULTY_LEAFLET, findings=whole)]
    failed = {name: found for name, found in faults.items() if _is_faulty(found)}
    targets = [replace(target, edition=each) for each in chosen if each.name not in failed]

    def tell(done: int, count: int) -> None:
        terminal.counted(target.name, done, count)

    built = {result.name: result for result in _build_all(targets, root, wish, tell)}
    for each in chosen:
        one = replace(target, edition=each)
        if each.name in failed:
            built[one.whole_name] = Result(one.whole_name, str(file), FAULTY_LEAFLET)
        result = built[one.whole_name]
        result.findings = [*faults.get(each.name, ()), *result.findings]
        result.edition, result.label = each.name, each.label
    return [built[replace(target, edition=each).whole_name] for each in chosen]


def _chosen(known: Sequence[LocalEdition], wanted: Sequence[str], lang: str) -> list[LocalEdition]:
    """The editions of these names, or all, in the order of the file."""
    if ALL in wanted:
        return list(known)
    names = [each.name for each in known]
    for name in wanted:
        if name not in names:
            near = closest(name, names)
            suggestion = text("did-you-mean", lang, name=near) if near else ""
            separator = "、" if lang == "ja" else ", "
            raise UsageError(
                text(
                    "unknown-edition",
                    lang,
                    name=name,
                    suggestion=suggestion,
                    known=separator.join((*names, ALL)),
                )
            )
    return [each for each in known if each.name in wanted]


def _by_edition(known: Sequence[LocalEdition], found: Reporter) -> dict[str, list[Diagnostic]]:
    """Findings of the file by the edition whose lines they are about; "" are those of all."""
    starts = sorted((each.span.line, each.name) for each in known)
    faults: dict[str, list[Diagnostic]] = {}
    for each in found:
        owners = [name for line, name in starts if line <= each.span.line]
        faults.setdefault(owners[-1] if owners else "", []).append(each)
    return faults


def _is_faulty(found: Sequence[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in found)


# --- side by side ---------------------------------------------------------------------


def _build_all(targets: Sequence[Target], root: Path, wish: Wish, tell: Tell) -> Iterator[Result]:
    """Each result as it comes."""
    workers = min(processors(), -(-len(targets) // _CHUNK))
    if workers < 2:
        memo = Memo()
        for done, target in enumerate(targets, start=1):
            yield build_target(target, root, wish, _silent, memo)
            tell(done, len(targets))
        return
    chunks = [targets[at : at + _CHUNK] for at in range(0, len(targets), _CHUNK)]
    context = get_context(_start_method())
    with ProcessPoolExecutor(workers, context, _begin) as pool:
        waiting = [pool.submit(_build_some, chunk, root, wish) for chunk in chunks]
        done = 0
        try:
            for future in as_completed(waiting):
                for result in future.result():
                    done += 1
                    tell(done, len(targets))
                    yield result
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _start_method() -> str:
    """A copy of this process where that is safe; elsewhere a fresh one."""
    if sys.platform.startswith("linux") and "fork" in get_all_start_methods():
        return "fork"
    return "spawn"


_memo = Memo()
"""What this process built before: one of the workers, each with its own."""


def _begin() -> None:
    """A worker finishes what it writes; the program that started it is interrupted instead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _build_some(targets: Sequence[Target], root: Path, wish: Wish) -> list[Result]:
    return [build_target(target, root, wish, _silent, _memo) for target in targets]


def _silent(_: str) -> None:
    """Of many builds at once only the count is told."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# --- the table ------------------------------------------------------------------------


def show_editions(results: Sequence[Result], terminal: Terminal) -> None:
    """What was noticed, each thing once, and a line for every edition."""
    seen: dict[str, Diagnostic] = {}
    for result in results:
        for found in result.findings:
            seen.setdefault(repr((found.code, found.span, sorted(found.values.items()))), found)
        if result.problem:
            terminal.complain(result.problem)
    terminal.findings(list(seen.values()))
    for line in table_lines(results, terminal.lang):
        terminal.say(line)
    failed = [result.name for result in results if result.exit]
    if failed:
        terminal.complain(
            text("editions-failed", terminal.lang, count=len(failed), names=" ".join(failed))
        )


def table_lines(results: Sequence[Result], lang: str) -> list[str]:
    """The table: name, what people call it, how it went, pages, errors, warnings, the file."""
    rows = [tuple(text("editions-head", lang).split("|"))]
    rows += [_row(result, lang) for result in results]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]


def _row(result: Result, lang: str) -> tuple[str, ...]:
    file = next((output.path for output in result.outputs), "")
    pages = next((output.pages for output in result.outputs if output.pages), 0)
    return (
        result.edition,
        result.label if result.label != result.edition else "",
        text("edition-failed" if result.exit else "edition-built", lang),
        str(pages or "–"),
        str(result.count(Severity.ERROR)),
        str(result.count(Severity.WARNING)),
        file,
    )


def _width(cell: str) -> int:
    """Columns of a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))
