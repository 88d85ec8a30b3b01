"""Builds one leaflet and writes its files: the pipeline, seen from the command line."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from layout.cli.files import write_all
from layout.cli.outputs import PROOF, Draft, Job, make, proof_drafts
from layout.cli.proofreading import proof_page, proofread, read_codes
from layout.cli.result import Output, Result, page_rooms
from layout.cli.targets import Target, file_stem, shown_path
from layout.cli.texts import text
from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.memo import NO_MEMO, Memo

if TYPE_CHECKING:
    from layout.pipeline import Drawn, Places

BUILT: Final = 0
FAULTY_LEAFLET: Final = 1
WRONG_USE: Final = 2
ENVIRONMENT: Final = 3
# Findings about the file as a whole: it is not there, or it is not text.
_UNREADABLE: Final = frozenset(
    f"source.{reason}"
    for reason in (
        "file-missing",
        "file-unreadable",
        "not-utf8",
        "not-text",
        "broken-bytes",
        "surrogate",
        "too-large",
    )
)


class MissingPart(Exception):
    """A file of the program itself is not there."""


class Wish(Struct, frozen=True):
    """What to make of each leaflet.

    ``kinds`` are outputs; ``full`` adds the checks that render; ``profile`` is a
    print shop's, else the leaflet's own choice.  ``stage`` is the stage of proof to keep.
    ``unchecked`` leaves out the judgement of the finished file, and says so.
    """

    kinds: tuple[str, ...]
    full: bool
    profile: str
    out: Path
    lang: str
    stage: str = ""
    unchecked: bool = False


class _Made(Struct, frozen=True):
    """What is to be written: outputs, and files that are kept beside the leaflet."""

    drafts: list[Draft]
    kept: Mapping[Path, bytes]


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
            self.stages[self._stage] = self.stages.get(self._stage, 0.0) + now - self._last
        self._last, self._stage = now, ""
        return now - self._begin


def build_target(
    target: Target,
    root: Path,
    wish: Wish,
    tell: Callable[[str], None],
    memo: Memo = NO_MEMO,
) -> Result:
    """Build one leaflet; its earlier files stay unless all of them can be replaced.

    ``memo`` is what earlier builds of the process made.
    """
    memo.begin()
    clock = Clock(tell)
    clock("load")
    from layout.pipeline import draw  # the engine loads only to build

    result = Result(target.whole_name, str(target.file))
    reporter = Reporter()
    places = find_places(root)
    drawn = draw(
        target.file, places, reporter, clock, wish.profile, edition=target.edition, memo=memo
    )
    result.title = drawn.leaflet.title if drawn.leaflet else ""
    result.pages = page_rooms(drawn.pages)
    folder = wish.out / target.folder
    made = _Made([], {})
    if not reporter.has_errors:
        made = _make(drawn, target, wish, places, reporter, clock, memo)
    result.findings = list(reporter)
    result.exit = exit_code(result.findings)
    if result.exit:
        result.kept = _kept(folder, file_stem(target.whole_name), wish.kinds)
    else:
        _write(result, made, folder, wish.lang)
    result.seconds, result.stages = clock.stop(), clock.stages
    return result


def find_places(root: Path) -> "Places":
    """Where the fonts, styles and profiles of a folder are; ``MissingPart`` without fonts."""
    from layout.pipeline import Places

    fonts = _part(root / "fonts")
    _part(fonts / "fonts.yaml")
    return Places(fonts, root / "leaflets" / "styles", root / "profiles")


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


def _make(
    drawn: "Drawn",
    target: Target,
    wish: Wish,
    places: "Places",
    reporter: Reporter,
    clock: Clock,
    memo: Memo,
) -> _Made:
    """The drafts of all kinds, made and judged, and read as a proofreader would."""
    assert drawn.display and drawn.profile and drawn.library and drawn.editions and drawn.leaflet
    job = Job(
        file_stem(target.whole_name),
        drawn.display,
        drawn.profile,
        bool(wish.profile),
        places,
        drawn.library,
        drawn.editions,
        reporter,
        clock,
        memo=memo,
        leaflet=drawn.leaflet,
    )
    drafts = make(job, wish.kinds, wish.full, wish.unchecked)
    if not wish.full and PROOF not in wish.kinds:
        return _Made(drafts, {})
    (press,) = job.get("press")
    clock("proofread")
    read = proofread(
        drawn.display, drawn.leaflet, places.styles, press.data, wish.stage, reporter,
        drawn.profile, read_codes(r for file, r in job.rendered.items() if file == press.file),
    )  # fmt: skip
    if PROOF in wish.kinds and not reporter.has_errors:
        clock("proof")
        proof = proof_page(read, drawn.leaflet, wish.stage, reporter)
        drafts += proof_drafts(job, proof)
    return _Made(drafts, read.kept)


# --- writing -------------------------------------------------------------------------


def _write(result: Result, made: _Made, folder: Path, lang: str) -> None:
    from layout.cli.sidecar import Sidecar

    sidecar, drafts = Sidecar(folder), made.drafts
    files = {folder / draft.file: draft.data for draft in drafts}
    try:
        write_all(files | sidecar.updated(drafts) | dict(made.kept), sidecar.obsolete(drafts))
    except OSError as error:
        wrong_place = isinstance(error, (FileExistsError, NotADirectoryError, IsADirectoryError))
        result.exit = WRONG_USE if wrong_place else ENVIRONMENT
        result.problem = _cannot_write(error, files, folder, lang)
        result.kept = [str(shown_path(path)) for path in files if path.is_file()]
        return
    result.outputs = [_output(draft, folder) for draft in drafts]


def _cannot_write(error: OSError, files: Mapping[Path, bytes], folder: Path, lang: str) -> str:
    problem = error.strerror or type(error).__name__
    path = shown_path(next(iter(files)) if len(files) == 1 else folder)
    said = text("cannot-write", lang, path=path, problem=problem)
    return f"{said}\n{text('cannot-write-hint', lang)}"


def _output(draft: Draft, folder: Path) -> Output:
    shown = str(shown_path(folder / draft.file))
    digest = hashlib.sha256(draft.data).hexdigest()
    return Output(draft.kind, shown, draft.pages, len(draft.data), digest)


def _kept(folder: Path, stem: str, kinds: tuple[str, ...]) -> list[str]:
    """Files of an earlier build that would have been replaced."""
    from layout.cli.sidecar import Sidecar

    known = [folder / name for kind, name in Sidecar(folder).files() if kind in kinds]
    paths = known or [folder / f"{stem}-press.pdf"]
    return [str(shown_path(path)) for path in paths if path.is_file()]
