"""``build.py check``: any finished PDF, judged as the print shop or a screen reader would."""

import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from layout.cli.accessible import accessible_name, judge_as_accessible
from layout.cli.arguments import Options
from layout.cli.building import ENVIRONMENT, WRONG_USE, Clock, exit_code
from layout.cli.files import write_all
from layout.cli.judging import Subject, ask_ghostscript, judge, judge_rendered, relaxed
from layout.cli.result import Checked, CheckedFile
from layout.cli.sidecar import Remembered, remembered
from layout.cli.targets import shown_path
from layout.cli.terminal import Terminal
from layout.cli.texts import text
from layout.diagnostics import NOWHERE, Reporter
from layout.house.profile import DEFAULT, profile_names

if TYPE_CHECKING:
    from layout.house.profile import Profile


def check_files(pdfs: list[Path], options: Options, root: Path, terminal: Terminal) -> Checked:
    """Judge each file and say so; the worst verdict is the exit code."""
    checked = Checked([])
    for pdf in pdfs:
        tell = partial(terminal.progress, str(pdf), doing="checking")
        found = _check(pdf, options.profile, root, Clock(tell))
        terminal.show_checked(found)
        checked.files.append(found)
    checked.exit = max(found.exit for found in checked.files)
    if options.report is not None:
        _write_report(checked, options.report, terminal)
    return checked


def _check(pdf: Path, wanted: str, root: Path, clock: Clock) -> CheckedFile:
    reporter = Reporter()
    found = CheckedFile(str(pdf), wanted or DEFAULT)
    try:
        data = pdf.read_bytes()
    except OSError as error:
        problem = error.strerror or type(error).__name__
        reporter.error("check.unreadable", NOWHERE, file=str(pdf), problem=problem)
        found.findings, found.exit = list(reporter), WRONG_USE
        return found
    memory = remembered(pdf, hashlib.sha256(data).hexdigest())
    if name := accessible_name(wanted, data):
        clock("check")
        judge_as_accessible(found, name, data, reporter)
    elif (profile := _profile(wanted, memory, root, reporter)) is not None:
        found.profile, found.judged_by = profile.name, profile
        known = memory.known if memory else ()
        fitting = relaxed(profile, memory.kind) if memory else profile
        _judge(found, Subject(data, str(pdf), fitting, known), reporter, clock)
    if memory is not None:
        found.ours, found.changed = True, memory.changed
    unread = found.facts is not None and not found.facts.opened
    if unread and not reporter.has_errors:
        reporter.error("check.unreadable", NOWHERE, file=str(pdf), problem="PDF")
    found.findings = list(reporter)
    found.exit = WRONG_USE if unread else exit_code(found.findings)
    found.seconds, found.stages = clock.stop(), clock.stages
    return found


def _profile(
    wanted: str, memory: Remembered | None, root: Path, reporter: Reporter
) -> "Profile | None":
    """The profile asked for, else the one the file was written by, else the default."""
    from layout.source.profiles import find_profile, own_profile_names

    folder = root / "profiles"
    if not wanted and memory is not None:
        known = profile_names() + own_profile_names(folder)
        wanted = memory.profile if memory.profile in known else ""
    return find_profile(wanted or DEFAULT, folder, reporter)


def _judge(found: CheckedFile, subject: Subject, reporter: Reporter, clock: Clock) -> None:
    clock("check")
    found.facts = judge(subject, reporter)
    if found.facts.opened:
        clock("render")
        found.rendered = judge_rendered(subject, reporter)
        clock("second")
        ask_ghostscript(subject, found.rendered, reporter)


def _write_report(checked: Checked, path: Path, terminal: Terminal) -> None:
    terminal.progress(str(path), "report", "checking")
    from layout.cli.report import report_page

    page = report_page(checked.files, terminal.lang)
    try:
        write_all({path: page})
    except OSError as error:
        problem = error.strerror or type(error).__name__
        said = text("cannot-write", terminal.lang, path=shown_path(path), problem=problem)
        terminal.complain(f"{said}\n{text('cannot-write-hint', terminal.lang)}")
        checked.exit = max(checked.exit, ENVIRONMENT)
        return
    checked.report = str(shown_path(path))
    terminal.say(text("report-written", terminal.lang, path=shown_path(path)))
