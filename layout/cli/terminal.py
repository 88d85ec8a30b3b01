"""What people see: progress while it lasts, findings with their lines, and what was built."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from layout.cli.result import Output, PageRoom, Result, by_place
from layout.cli.texts import text
from layout.diagnostics import Severity


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

    def progress(self, name: str, stage: str) -> None:
        """What is being done; the line is written over, and only on a terminal."""
        if self._progress:
            line = text("building", self.lang, name=name, stage=text(f"stage-{stage}", self.lang))
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
            self._shown = True

    def clear(self) -> None:
        """Take the progress line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False

    def show(self, result: Result) -> None:
        """One leaflet: what was noticed, how full its pages are, what was built."""
        self._findings(result)
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
        for output in result.outputs:
            self.say(built_line(output, result.seconds, self.lang))
        if result.exit == 1:
            self.complain(text("not-built", self.lang, name=result.name))
        if result.exit:
            for path in result.kept:
                self.complain(text("kept", self.lang, path=path))

    def _findings(self, result: Result) -> None:
        from layout.cli.messages import render  # only where there is something to say

        least = {-1: Severity.ERROR, 0: Severity.WARNING}.get(self._loudness, Severity.NOTE)
        colour = wants_colour(sys.stderr)
        for found in by_place(result.findings):
            if found.severity >= least:
                self.complain(render(found, self._lines(found.span.file), self.lang, colour))

    def _lines(self, file: str) -> Sequence[str]:
        if file not in self._sources:
            self._sources[file] = source_lines(file)
        return self._sources[file]


def source_lines(file: str) -> Sequence[str]:
    """The lines of a source file as its readers counted them; none where it cannot be read."""
    from layout.diagnostics import Reporter
    from layout.source.decode import MAX_BYTES, decode

    if not file or not Path(file).is_file():
        return ()
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(MAX_BYTES)
    except OSError:
        return ()
    found = decode(data, file, Reporter())
    return () if found is None else found.split("\n")


def page_line(page: PageRoom, lang: str) -> str:
    """How full one page is."""
    if not page.total:
        return text("page-free", lang, number=page.number)
    name = "full" if page.free <= 0 else "room-one" if page.free == 1 else "room"
    state = text(name, lang, free=page.free)
    return text("page", lang, number=page.number, used=page.used, total=page.total, state=state)


def built_line(output: Output, seconds: float, lang: str) -> str:
    """What was written, where, how large, how fast."""
    values = {"path": output.path, "pages": output.pages, "size": size_text(output.bytes)}
    return text("built", lang, **values, time=f"{seconds:.1f}")


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
