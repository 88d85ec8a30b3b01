"""What people see: progress while it lasts, findings with their lines, and what was built."""

import os
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, TextIO

from msgspec.structs import replace

from layout.cli.accessible import NAMES as ACCESSIBLE
from layout.cli.result import CheckedFile, Output, PageRoom, Result, by_place
from layout.cli.texts import text
from layout.diagnostics import Diagnostic, Severity

_MOST_LINES: Final = 8  # files of one kind that are told one by one


MANY: Final = 200
"""More findings than these nobody reads at a time; --verbose and --json tell all."""


class Terminal:
    """Writes results to ``stream``; problems and progress always go to standard error."""

    def __init__(self, lang: str, loudness: int, stream: TextIO | None = None) -> None:
        self.lang = lang
        self._loudness = loudness
        self._stream = sys.stdout if stream is None else stream
        self._progress = loudness >= 0 and _is_terminal(sys.stderr)
        self._shown = False
        self._sources: dict[str, Sequence[str]] = {}

    def say(self, line: str) -> None:
        """A line of the result, unless all shall be quiet."""
        if self._loudness >= 0:
            self.always(line)

    def always(self, line: str) -> None:
        """What was asked for: a list, the help."""
        self.clear()
        print(line, file=self._stream, flush=True)

    def complain(self, line: str) -> None:
        """What went wrong."""
        self.clear()
        print(line, file=sys.stderr, flush=True)

    def progress(self, name: str, stage: str, doing: str = "building") -> None:
        """What is being done; the line is written over, and only on a terminal."""
        if self._progress:
            line = text(doing, self.lang, name=name, stage=text(f"stage-{stage}", self.lang))
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
            self._shown = True

    def counted(self, name: str, done: int, count: int) -> None:
        """How many of many are done; only on a terminal."""
        if self._progress:
            line = text("counted", self.lang, name=name, done=done, count=count)
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
            self._shown = True

    def forget(self) -> None:
        """Sources are read again for the next findings: they may be others by then."""
        self._sources.clear()

    def clear(self) -> None:
        """Take the progress line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False

    def show(self, result: Result) -> None:
        """One leaflet: what was noticed, how full its pages are, what was built."""
        self.findings(result.findings)
        if result.problem:
            self.complain(result.problem)
        if result.title:
            self.say(f"{result.name}  {result.title}")
        for page in result.pages:
            self.say(page_line(page, self.lang))
        if result.findings:
            counts = {
                "errors": result.count(Severity.ERROR),
                "warnings": result.count(Severity.WARNING),
            }
            self.say(text("found", self.lang, **counts))
        if self._loudness > 0 and result.stages:
            self.say(text("stages", self.lang, stages=stage_times(result.stages, self.lang)))
        for line in built_lines(result.outputs, result.seconds, self.lang):
            self.say(line)
        if result.exit == 1:
            self.complain(text("not-built", self.lang, name=result.name))
        if result.exit:
            for path in result.kept:
                self.complain(text("kept", self.lang, path=path))

    def show_checked(self, checked: CheckedFile) -> None:
        """One judged file: what was noticed, what it is, and the verdict."""
        self.findings(checked.findings)
        for file in checked.changed:
            self.complain(text("source-changed", self.lang, path=file))
        for line in facts_lines(checked, self.lang):
            self.say(line)
        if self._loudness > 0 and checked.stages:
            self.say(text("stages", self.lang, stages=stage_times(checked.stages, self.lang)))
        errors, warnings = checked.count(Severity.ERROR), checked.count(Severity.WARNING)
        verdict = "refused" if errors else "passed-with-warnings" if warnings else "passed"
        if checked.profile in ACCESSIBLE:
            verdict = f"reading-{verdict}"
        line = text(
            verdict, self.lang, path=checked.path, profile=checked.profile,
            errors=errors, warnings=warnings, time=f"{checked.seconds:.1f}",
        )  # fmt: skip
        if errors:
            self.complain(line)
        else:
            self.say(line)

    def findings(self, findings: list[Diagnostic]) -> None:
        """Findings that are loud enough, the worst first; of very many the first."""
        from layout.cli.lint_lines import is_lint, lint_lines
        from layout.cli.messages import render  # only where there is something to say

        least = {-1: Severity.ERROR, 0: Severity.WARNING}.get(self._loudness, Severity.NOTE)
        colour = wants_colour(sys.stderr)
        apart = self._loudness <= 0  # house-style findings must not bury the others
        told = [
            found
            for found in by_place(findings)
            if found.severity >= least and not (apart and is_lint(found))
        ]
        most = MANY if apart else len(told)
        for found in told[:most]:
            self.complain(render(found, self._lines(found.span.file), self.lang, colour))
        if len(told) > most:
            self.complain(text("more-findings", self.lang, count=len(told) - most))
        if self._loudness == 0:
            for line in lint_lines(findings, self.lang, colour):
                self.complain(line)

    def _lines(self, file: str) -> Sequence[str]:
        if file not in self._sources:
            self._sources[file] = source_lines(file)
        return self._sources[file]


def source_lines(file: str) -> Sequence[str]:
    """The lines of a source file as its readers counted them; none where it cannot be read."""
    from layout.diagnostics import Reporter
    from layout.source.decode import MAX_BYTES, decode, guessed_codec

    if not file or not Path(file).is_file():
        return ()
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(MAX_BYTES)
    except OSError:
        return ()
    found = decode(data, file, Reporter())
    if found is None:  # a message about it shall show it all the same
        found = data.decode(guessed_codec(data) or "utf-8", "replace").removeprefix("\ufeff")
    return found.replace("\r\n", "\n").split("\n")


def page_line(page: PageRoom, lang: str) -> str:
    """How full one page is."""
    if not page.total:
        return text("page-free", lang, number=page.number)
    name = "full" if page.free <= 0 else "room-one" if page.free == 1 else "room"
    state = text(name, lang, free=page.free)
    return text("page", lang, number=page.number, used=page.used, total=page.total, state=state)


def built_lines(outputs: list[Output], seconds: float, lang: str) -> list[str]:
    """What was written, where, how large, and at the end how fast; many files of a kind as one."""
    rows: list[Output] = []
    counts: list[int] = []
    for _, group in groupby(outputs, key=lambda output: output.kind):
        files = list(group)
        whole = len(files) > _MOST_LINES
        rows += [_folder(files)] if whole else files
        counts += [len(files)] if whole else [0] * len(files)
    times = ["" for _ in rows[1:]] + [f"{seconds:.1f}"]
    return [
        text("built", lang, what=output_text(row, lang, count, time))
        for row, count, time in zip(rows, counts, times, strict=False)
    ]


def _folder(files: list[Output]) -> Output:
    """All of them as the folder that they are in."""
    folder = os.path.commonpath([os.path.dirname(file.path) or "." for file in files])
    return replace(files[0], path=folder, pages=0, bytes=sum(file.bytes for file in files))


def output_text(output: Output, lang: str, files: int = 0, seconds: str = "") -> str:
    """A file with its pages, if it has any, its size, and how long all took."""
    details = [size_text(output.bytes)]
    if files:
        details.insert(0, text("files", lang, files=files))
    if output.pages:
        details.insert(0, text("pages", lang, pages=output.pages))
    if seconds:
        details.append(text("seconds", lang, time=seconds))
    return text("file-and-details", lang, path=output.path, details=_listed(details, lang))


def _listed(parts: list[str], lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(parts)


def facts_lines(checked: CheckedFile, lang: str) -> list[str]:
    """What kind of file it is, in two lines."""
    facts = checked.facts
    if facts is None or not facts.opened or not facts.pages:
        return []
    first = facts.pages[0]
    size = f"{first.width_mm:.4g}×{first.height_mm:.4g} mm"
    parts = [
        facts.flavour or f"PDF {facts.version}",
        text("pages", lang, pages=len(facts.pages)),
        text("trim", lang, size=size),
        text("bleed", lang, bleed=f"{first.bleed_mm:.1f}"),
    ]
    ink = checked.rendered.most_ink if checked.rendered else facts.most_ink
    more = [text("plates", lang, inks=_listed(list(facts.inks), lang))] if facts.inks else []
    more += [text("fonts", lang, count=len(facts.fonts))]
    more += [text("most-ink", lang, ink=f"{ink:.0f}")] if ink else []
    return [f"{checked.path}  {_listed(parts, lang)}", f"  {_listed(more, lang)}"]


def size_text(size: int) -> str:
    """A file's size as file managers show it."""
    return f"{size / 1000:,.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def stage_times(stages: dict[str, float], lang: str) -> str:
    """Each stage with its milliseconds."""
    return "  ".join(
        f"{text(f'stage-{name}', lang)} {s * 1000:.0f} ms" for name, s in stages.items()
    )


def wants_colour(stream: TextIO) -> bool:
    """Colour only on a terminal, and never against NO_COLOR (no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return _is_terminal(stream)


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):  # closed or replaced
        return False
