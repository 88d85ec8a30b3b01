"""Builds one leaflet and writes its files: the pipeline, seen from the command line."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from layout.cli.files import write_whole
from layout.cli.result import Output, Result, page_rooms
from layout.cli.targets import Target, shown_path
from layout.cli.texts import text
from layout.diagnostics import Diagnostic, Reporter, Severity

if TYPE_CHECKING:
    from layout.pipeline import Built

BUILT: Final = 0
FAULTY_LEAFLET: Final = 1
WRONG_USE: Final = 2
ENVIRONMENT: Final = 3
# Findings about the file as a whole: it is not there, or it is not text.
_UNREADABLE: Final = frozenset(
    f"source.{reason}"
    for reason in ("file-missing", "file-unreadable", "not-utf8", "surrogate", "too-large")
)
_SUFFIX: Final = {"press": ".pdf"}


class MissingPart(Exception):
    """A file of the program itself is not there."""


class Clock:
    """The time of each stage, told as they begin."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.stages: dict[str, float] = {}
        self._tell = tell
        self._begin = self._last = perf_counter()
        self._stage = ""

    def __call__(self, stage: str) -> None:
        """A stage begins."""
        self.stop()
        self._stage = stage
        self._tell(stage)

    def stop(self) -> float:
        """The last stage is over; the seconds since the beginning."""
        now = perf_counter()
        if self._stage:
            self.stages[self._stage] = now - self._last
        self._last, self._stage = now, ""
        return now - self._begin


def build_target(
    target: Target, root: Path, out: Path, lang: str, tell: Callable[[str], None]
) -> Result:
    """Build one leaflet into ``out``; earlier files stay unless all of them can be replaced."""
    clock = Clock(tell)
    clock("load")
    from layout.pipeline import Places, build  # the engine loads only to build

    result = Result(target.name, str(target.file))
    fonts = _part(root / "fonts")
    _part(fonts / "fonts.yaml")
    reporter = Reporter()
    built = build(target.file, Places(fonts, root / "leaflets" / "styles"), reporter, clock)
    result.findings = list(reporter)
    result.title = built.leaflet.title if built.leaflet else ""
    result.pages = page_rooms(built.pages)
    result.exit = exit_code(result.findings)
    path = out / target.name / f"{target.name}-press{_SUFFIX['press']}"
    _write(result, built, path, lang)
    result.seconds, result.stages = clock.stop(), clock.stages
    return result


def _part(path: Path) -> Path:
    if not path.exists():
        raise MissingPart(str(path))
    return shown_path(path)


def exit_code(findings: list[Diagnostic]) -> int:
    """The exit code that the findings call for."""
    codes = {found.code for found in findings if found.severity is Severity.ERROR}
    if any(code.startswith("environment.") for code in codes):
        return ENVIRONMENT
    if codes & _UNREADABLE:
        return WRONG_USE
    return FAULTY_LEAFLET if codes else BUILT


def _write(result: Result, built: "Built", path: Path, lang: str) -> None:
    shown = shown_path(path)
    if built.press is None:
        result.exit = result.exit or FAULTY_LEAFLET
        result.kept = [str(shown)] if path.is_file() else []
        return
    try:
        write_whole(path, built.press)
    except OSError as error:
        wrong_place = isinstance(error, (FileExistsError, NotADirectoryError, IsADirectoryError))
        result.exit = WRONG_USE if wrong_place else ENVIRONMENT
        problem = error.strerror or type(error).__name__
        result.problem = "\n".join(
            (
                text("cannot-write", lang, path=shown, problem=problem),
                text("cannot-write-hint", lang),
            )
        )
        result.kept = [str(shown)] if path.is_file() else []
        return
    digest = hashlib.sha256(built.press).hexdigest()
    result.outputs = [Output("press", str(shown), len(built.pages), len(built.press), digest)]
