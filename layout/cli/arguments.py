"""The command line's arguments, and what is wrong with them in the reader's language."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from layout.cli.texts import LANGUAGES, text

OUTPUTS: Final = (
    "press", "singles", "a3", "mono", "two-inks", "riso", "plates", "pack",
    "web", "html", "text", "png", "vision", "proof",
)  # fmt: skip
DEFAULT: Final = ("press", "web", "html", "text", "proof")
CHECK: Final = "check"
APPLY: Final = "apply"
NEW: Final = "new"
DOCTOR: Final = "doctor"
COMPLETION: Final = "completion"
COMMANDS: Final = (CHECK, APPLY, NEW, DOCTOR, COMPLETION)
"""First words that are no leaflets."""
STAGES: Final = ("初校", "再校", "三校", "四校", "五校", "校了")
"""As ``layout.proof.stages`` has them; a test compares."""
TEMPLATES: Final = ("one-sheet", "two-fold", "vertical")
"""Files of ``house/data/templates``; the first is taken where nothing is said."""
_OPTIONS: Final = {
    "build": (
        "only", "pack", "out", "profile", "stage", "editions", "unchecked",
        "preview", "watch", "port", "no_open",
    ),
    CHECK: ("report", "profile"),
    APPLY: ("yes", "dry_run"),
    NEW: ("yes", "source", "template"),
    DOCTOR: ("out",),
    COMPLETION: (),
}  # fmt: skip
"""Options that go with one thing to do, or with some; the others go with all."""


class UsageError(Exception):
    """The command was used wrongly; the message is ready to be shown."""


class Options(Struct, frozen=True):
    """What was asked for.

    ``names`` are leaflets, with the action ``check`` PDFs, with ``apply`` files of
    corrections.  ``full`` says that nothing was chosen: the press file, judged in
    every way.  ``stage`` is the stage of proof to be kept.  ``loudness`` is -1 quiet,
    0, or 1 verbose.  ``yes`` applies without
    asking, ``dry_run`` only shows.  ``editions`` are names of groups' own, or "all".
    ``unchecked`` leaves the finished file unjudged.  ``preview`` serves a page (at ``port``,
    0 for any), ``watch`` builds at each save.  A new leaflet is made from the leaflet
    ``source`` or from a ``template``.
    """

    names: tuple[str, ...]
    only: tuple[str, ...]
    full: bool
    profile: str
    out: Path | None
    report: Path | None
    loudness: int
    json: bool
    debug: bool
    action: str  # build, one of COMMANDS, list, version or help
    stage: str = ""
    yes: bool = False
    dry_run: bool = False
    editions: tuple[str, ...] = ()
    unchecked: bool = False
    preview: bool = False
    watch: bool = False
    port: int = 0
    no_open: bool = False
    source: str = ""
    template: str = ""


def read_arguments(argv: Sequence[str], lang: str) -> Options:
    """The options, or ``UsageError``."""
    parser = _parser()
    try:
        found, unknown = parser.parse_known_intermixed_args(list(argv))
    except argparse.ArgumentError as error:
        raise UsageError(_reason(parser, error, lang)) from None
    if unknown:
        raise UsageError(_unknown_option(parser, unknown[0], lang))
    only = {kind.strip() for each in found.only for kind in each.split(",")}
    _check_values(found, only, lang)
    action, names = _action(found, lang)
    _check_together(found, only, lang)
    wanted = (only or set(DEFAULT)) | ({"pack"} if found.pack else set())
    wanted |= {"press"} if found.stage else set()
    kinds = tuple(kind for kind in OUTPUTS if kind in wanted)
    return Options(
        names=names,
        only=kinds,
        full=not only or bool(found.stage),
        profile=found.profile or "",
        out=Path(found.out) if found.out else None,
        report=Path(found.report) if found.report else None,
        loudness=found.loudness,
        json=found.json,
        debug=found.debug,
        action=action,
        stage=found.stage or "",
        yes=found.yes,
        dry_run=found.dry_run,
        editions=tuple(name.strip() for each in found.editions for name in each.split(",")),
        unchecked=found.unchecked,
        preview=found.preview,
        watch=found.watch,
        port=_port(found.port, lang),
        no_open=found.no_open,
        source=found.source or "",
        template=found.template or "",
    )


def _check_values(found: argparse.Namespace, only: set[str], lang: str) -> None:
    """Values that are one of a few, or may not be empty."""
    for option, value, known in (
        ("--lang", found.lang, LANGUAGES),
        ("--stage", found.stage, STAGES),
        ("--template", found.template, TEMPLATES),
        *(("--only", kind, OUTPUTS) for kind in sorted(only)),
    ):
        if value is not None:
            _check(option, value, known, lang)
    for option in ("out", "profile", "report", "source"):
        if getattr(found, option) == "":
            raise UsageError(text("needs-value", lang, option=_spelled(option)))


def _check_together(found: argparse.Namespace, only: set[str], lang: str) -> None:
    """Options that shut each other out."""
    if found.editions and found.stage:
        raise UsageError(text("editions-no-stage", lang))
    if found.unchecked and only != {"press"}:
        raise UsageError(text("unchecked-only-press", lang))
    if found.source and found.template:
        raise UsageError(text("new-from-or-template", lang))
    if not found.preview and not found.watch:
        return
    if (found.preview and found.watch) or found.editions or found.stage or found.json:
        raise UsageError(text("live-alone", lang))
    if len(found.names) != 1:
        raise UsageError(text("live-one", lang))


def _action(found: argparse.Namespace, lang: str) -> tuple[str, tuple[str, ...]]:
    """What to do, and with what; ``UsageError`` for options that do not go with it."""
    names = tuple(found.names)
    if found.action != "build":
        return found.action, names
    action = names[0] if names and names[0] in COMMANDS else "build"
    others = {option for options in _OPTIONS.values() for option in options}
    for option in sorted(others - set(_OPTIONS[action])):
        if getattr(found, option):
            raise UsageError(_misplaced(option, action, lang))
    return action, names if action == "build" else names[1:]


def _port(typed: str | None, lang: str) -> int:
    if typed is None:
        return 0
    if not typed.isascii() or not typed.isdigit() or not 0 <= int(typed) <= 65535:
        raise UsageError(text("bad-port", lang, value=typed))
    return int(typed)


def _spelled(option: str) -> str:
    """An option as it is typed."""
    return "--from" if option == "source" else "--" + option.replace("_", "-")


def _misplaced(option: str, action: str, lang: str) -> str:
    """The option belongs to something else that can be done."""
    name = _spelled(option)
    if action != "build":
        return text("not-with-command", lang, option=name, command=action)
    right = next(each for each, options in _OPTIONS.items() if option in options)
    return text(f"only-with-{right}", lang, option=name)


def _parser() -> argparse.ArgumentParser:
    """The parser.  Help and errors are our own texts, so that both languages are whole."""
    parser = argparse.ArgumentParser(
        prog="build.py", add_help=False, allow_abbrev=False, exit_on_error=False
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--editions", action="append", default=[])
    for option in (
        "--pack",
        "--yes",
        "--dry-run",
        "--unchecked",
        "--preview",
        "--watch",
        "--no-open",
    ):
        parser.add_argument(option, action="store_true")
    for option in ("--profile", "--port", "--template"):
        parser.add_argument(option)
    parser.add_argument("--from", dest="source")
    parser.add_argument("--stage")
    parser.add_argument("--out")
    parser.add_argument("--report")
    parser.add_argument("--lang")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--debug", action="store_true")
    for option, short, loudness in (("--quiet", "-q", -1), ("--verbose", "-v", 1)):
        parser.add_argument(
            option, short, dest="loudness", action="store_const", const=loudness, default=0
        )
    for names in (("--help", "-h"), ("--version",), ("--list",)):
        parser.add_argument(
            *names, dest="action", action="store_const", const=names[0][2:], default="build"
        )
    return parser


def option_names() -> tuple[str, ...]:
    """Every long option."""
    return tuple(name for name in _parser()._option_string_actions if name.startswith("--"))


def _reason(parser: argparse.ArgumentParser, error: argparse.ArgumentError, lang: str) -> str:
    """A known option with too little or too much after it: argparse knows no other error here."""
    name = (error.argument_name or "").split("/")[0]
    action = parser._option_string_actions.get(name)
    takes_value = action is not None and action.nargs is None
    return text("needs-value" if takes_value else "takes-no-value", lang, option=name)


def _unknown_option(parser: argparse.ArgumentParser, typed: str, lang: str) -> str:
    option = typed.split("=")[0]
    near = closest(option, option_names())
    suggestion = text("did-you-mean", lang, name=near) if near else ""
    return text("unknown-option", lang, option=option, suggestion=suggestion)


def _check(option: str, value: str, known: Sequence[str], lang: str) -> None:
    if value not in known:
        raise UsageError(
            text("bad-choice", lang, option=option, value=value, known=", ".join(known))
        )


def closest(typed: str, known: Sequence[str]) -> str:
    """The known word that was probably meant, or ""."""
    import unicodedata
    from difflib import get_close_matches  # only after a slip

    plain = unicodedata.normalize("NFKC", typed).casefold()
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(plain, list(folded), 1, 0.6)
    return folded[near[0]] if near else ""
