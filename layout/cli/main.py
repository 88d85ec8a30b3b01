"""The command line: arguments in, leaflets built, one exit code out.  Never a traceback.

Nothing heavy is imported before it is needed: ``--help``, ``--version`` and
``--list`` answer at once, and work without the engine's packages.
"""

import contextlib
import gc
import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from layout import __version__
from layout.cli.accessible import NAMES as ACCESSIBLE
from layout.cli.arguments import (
    APPLY,
    CHECK,
    COMPLETION,
    DOCTOR,
    NEW,
    Options,
    UsageError,
    read_arguments,
)
from layout.cli.targets import (
    Target,
    check_profile,
    find_pdfs,
    find_targets,
    leaflet_names,
    shown_path,
    there_are,
)
from layout.cli.terminal import Terminal
from layout.cli.texts import chosen_language, in_both, text

if TYPE_CHECKING:
    from layout.cli.building import Wish
    from layout.cli.result import Result

WRONG_USE: Final = 2
CONFIG: Final = "bira.yaml"
ENVIRONMENT: Final = 3
INTERRUPTED: Final = 130
_GARBAGE: Final = 200_000
"""New objects before Python looks for rubbish: nearly all that a build makes is kept to its end."""
# Import name → the name pip knows, where they differ.
_PIP_NAMES: Final = {
    "yaml": "PyYAML",
    "PIL": "pillow",
    "fontTools": "fonttools",
    "zxingcpp": "zxing-cpp",
}


def main(argv: Sequence[str], root: str | Path) -> int:
    """Run ``build.py`` with these arguments; ``root`` is the folder with leaflets/ and fonts/."""
    gc.set_threshold(_GARBAGE, 20, 20)
    lang = chosen_language(argv)
    for stream in (sys.stdout, sys.stderr):
        _forgive(stream)
    try:
        return _run(argv, Path(root), lang)
    except KeyboardInterrupt:
        return _stopped(lang)
    except BrokenPipeError:  # the reader of our output has gone
        with contextlib.suppress(OSError):
            sys.stdout.close()
        return INTERRUPTED
    except Exception as error:
        if isinstance(error.__context__, KeyboardInterrupt):  # a library's cleaning up failed then
            return _stopped(lang)
        return _failed(error, argv, Path(root), lang)


def _stopped(lang: str) -> int:
    print("\n" + text("stopped", lang), file=sys.stderr)
    return INTERRUPTED


def _forgive(stream: TextIO) -> None:
    """A terminal that cannot show a character shows a question mark instead."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _run(argv: Sequence[str], root: Path, lang: str) -> int:
    try:
        options, editor = read_arguments(argv, lang), ""
        if (root / CONFIG).is_file():
            from layout.cli.configured import configured

            options, lang, editor = configured(options, root, argv, lang)
        targets = _targets(options, root, lang)
        pdfs = find_pdfs(options.names, root, lang) if options.action == CHECK else []
        check_profile(options.profile, root, lang, ACCESSIBLE if options.action == CHECK else ())
    except UsageError as error:
        problem = str(error).strip()
        _complain(argv, f"{problem}\n{text('short-usage', lang)}", problem, WRONG_USE)
        return WRONG_USE
    terminal = Terminal(lang, options.loudness, sys.stderr if options.json else None)
    if options.action == "build":
        try:
            if options.preview:
                return _preview(targets[0], options, root, terminal, editor)
            return _build(targets, options, root, terminal)
        except UsageError as error:  # of editions, which are known only now
            _complain(argv, str(error), str(error), WRONG_USE)
            return WRONG_USE
    if options.action == CHECK:
        return _check(pdfs, options, root, terminal)
    if options.action == APPLY:
        return _apply(options, root, terminal)
    if options.action in (NEW, DOCTOR, COMPLETION):
        return _help_along(options, root, terminal, argv)
    return _answer(options, root, terminal)


def _help_along(options: Options, root: Path, terminal: Terminal, argv: Sequence[str]) -> int:
    """What is not about a leaflet that is there: begin one, look at the machine, complete words."""
    try:
        if options.action == NEW:
            from layout.cli.creating import create

            made = create(options, root, terminal)
            if options.json:
                _print_json({"bira": __version__, "exit": 0, "made": str(made)})
            return 0
        if options.action == DOCTOR:
            from layout.cli.doctor import examine

            return examine(
                root, options.out or root / "out", terminal, _print_json if options.json else None
            )
        from layout.cli.completion import SHELLS, script

        if len(options.names) != 1 or options.names[0] not in SHELLS:
            raise UsageError(text("completion-shell", terminal.lang, shells=" / ".join(SHELLS)))
        said = script(options.names[0])
        if options.json:
            _print_json({"bira": __version__, "exit": 0, "script": said})
        else:
            terminal.always(said)
    except UsageError as error:
        _complain(argv, str(error), str(error), WRONG_USE)
        return WRONG_USE
    return 0


def _targets(options: Options, root: Path, lang: str) -> list[Target]:
    if options.action != "build":
        return []
    leaflets = root / "leaflets"
    if not options.names:
        known = there_are(leaflet_names(leaflets), lang)
        raise UsageError(text("no-name", lang, known=known).rstrip())
    return find_targets(options.names, leaflets, lang)


def _answer(options: Options, root: Path, terminal: Terminal) -> int:
    """What needs no building."""
    if options.action == "help":
        said = text("help", terminal.lang)
        if options.json:
            _print_json({"bira": __version__, "exit": 0, "help": said})
        else:
            terminal.always(said)
    elif options.action == "version":
        if options.json:
            _print_json({"bira": __version__, "exit": 0})
        else:
            terminal.always(f"bira {__version__}")
    else:
        _list(options, root, terminal)
    return 0


def _list(options: Options, root: Path, terminal: Terminal) -> None:
    folder = root / "leaflets"
    titles = {name: _title(folder / name) for name in leaflet_names(folder)}
    if options.json:
        _print_json({"bira": __version__, "exit": 0, "leaflets": titles})
    elif not titles:
        terminal.complain(text("no-leaflets", terminal.lang, folder=shown_path(folder)))
    else:
        widest = max(map(len, titles))
        unreadable = text("unreadable", terminal.lang)
        for name, title in titles.items():
            terminal.always(f"{name:{widest}}  {unreadable if title is None else title}")


def _title(folder: Path) -> str | None:
    from layout.diagnostics import Reporter
    from layout.source.read import read_leaflet

    leaflet = read_leaflet(folder, Reporter())
    return None if leaflet is None else leaflet.title


def _build(targets: list[Target], options: Options, root: Path, terminal: Terminal) -> int:
    """Build each; one that fails does not keep the others from being built."""
    from layout.cli.building import Wish, build_target
    from layout.cli.result import Result, as_data

    out = options.out or root / "out"
    wish = Wish(
        options.only,
        options.full,
        options.profile,
        out,
        terminal.lang,
        options.stage,
        options.unchecked,
    )
    if options.watch:
        from layout.cli.previewing import watch

        return watch(targets[0], root, wish, terminal)
    results: list[Result] = []
    for target in targets:
        if options.editions:
            results += _editions(target, options, root, wish, terminal)
            continue
        with _cleared(terminal):
            result = build_target(target, root, wish, partial(terminal.progress, target.name))
        terminal.show(result)
        results.append(result)
    code = max((result.exit for result in results), default=0)
    if options.json:
        leaflets = [as_data(result, terminal.lang) for result in results]
        _print_json({"bira": __version__, "exit": code, "leaflets": leaflets})
    return code


def _preview(target: Target, options: Options, root: Path, terminal: Terminal, editor: str) -> int:
    """Serve the pages of a leaflet until it is stopped."""
    import webbrowser

    from layout.cli.previewing import EDITOR, Opening, preview

    show = None if options.no_open else webbrowser.open
    try:
        opening = Opening(options.port, editor or EDITOR, show)
        return preview(target, root, options.profile, opening, terminal)
    except OSError as error:
        problem = error.strerror or str(error)
        terminal.complain(text("no-port", terminal.lang, port=options.port, problem=problem))
        return ENVIRONMENT


def _editions(
    target: Target, options: Options, root: Path, wish: "Wish", terminal: Terminal
) -> "list[Result]":
    """Every group's own edition."""
    from layout.cli.editions import build_editions, show_editions

    with _cleared(terminal):
        results = build_editions(target, options.editions, root, wish, terminal)
    show_editions(results, terminal)
    return results


def _check(pdfs: list[Path], options: Options, root: Path, terminal: Terminal) -> int:
    """Judge each PDF; write the page about them if asked to."""
    from layout.cli.checking import check_files
    from layout.cli.result import checked_data

    with _cleared(terminal):
        checked = check_files(pdfs, options, root, terminal)
    if options.json:
        files = [checked_data(each, terminal.lang) for each in checked.files]
        data = {"bira": __version__, "exit": checked.exit, "files": files}
        _print_json(data | ({"report": checked.report} if checked.report else {}))
    return checked.exit


def _apply(options: Options, root: Path, terminal: Terminal) -> int:
    """Put corrections into the sources they were made for."""
    from layout.cli.applying import apply_files

    if not options.names:
        problem = text("apply-no-file", terminal.lang)
        terminal.complain(problem)
        if options.json:
            _print_json({"bira": __version__, "exit": WRONG_USE, "problem": problem})
        return WRONG_USE
    code, leaflets = apply_files(options, root, terminal)
    if options.json:
        _print_json({"bira": __version__, "exit": code, "leaflets": leaflets})
    return code


@contextlib.contextmanager
def _cleared(terminal: Terminal) -> Iterator[None]:
    try:
        yield
    finally:
        terminal.clear()


# --- what went wrong ------------------------------------------------------------------


def _failed(error: Exception, argv: Sequence[str], root: Path, lang: str) -> int:
    """An exception becomes a message: a missing package, a missing part, or our own fault."""
    from layout.cli.building import MissingPart

    if "--debug" in argv:
        import traceback

        traceback.print_exception(error)
    kind, problem = type(error).__name__, str(error) or "-"
    if isinstance(error, ModuleNotFoundError) and not _is_ours(error):
        package = (error.name or problem).split(".")[0]
        package = _PIP_NAMES.get(package, package)
        message = in_both("missing-package", lang, package=package, command=_install(root, argv))
    elif isinstance(error, ImportError) and not _is_ours(error):
        message = in_both("broken-package", lang, problem=problem, command=_install(root, argv))
    elif isinstance(error, MissingPart):
        message = in_both("missing-part", lang, path=error)
    else:
        message = in_both("fault", lang, kind=kind, problem=problem)
    _complain(argv, message, message, ENVIRONMENT)
    return ENVIRONMENT


def _is_ours(error: ImportError) -> bool:
    return (error.name or "").split(".")[0] == "layout"


def _install(root: Path, argv: Sequence[str]) -> str:
    """The commands that install what is missing; into a virtual environment, made if need be."""
    if sys.prefix != sys.base_prefix:
        return f'"{sys.executable}" -m pip install -e "{root}"'
    folder = root / ".venv"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    make = f'"{sys.executable}" -m venv "{folder}"'
    install = f'"{python}" -m pip install -e "{root}"'
    again = " ".join((f'"{python}"', "build.py", *argv))
    return f"{make}\n  {install}\n  {again}"


def _complain(argv: Sequence[str], shown: str, problem: str, code: int) -> None:
    """Say it on standard error, and with ``--json`` also as an object."""
    print(shown, file=sys.stderr, flush=True)
    if "--json" in argv:
        _print_json({"bira": __version__, "exit": code, "problem": problem})


def _print_json(data: dict[str, Any]) -> None:
    """One object; characters that the stream cannot show are escaped, not lost."""
    plain = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") != "utf8"
    print(json.dumps(data, ensure_ascii=plain, indent=2), flush=True)
