"""``new``: a leaflet to begin with, complete and printable, from a template or another leaflet."""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct

from layout.cli.arguments import COMMANDS, TEMPLATES, Options, UsageError, closest
from layout.cli.messages import hint_lines, message
from layout.cli.targets import SOURCE, leaflet_names, shown_path
from layout.cli.terminal import Terminal
from layout.cli.texts import text
from layout.diagnostics import NOWHERE, Diagnostic, Severity
from layout.source.facts import FactError, derive

_FOLDER: Final = Path(__file__).parent.parent / "house" / "data" / "templates"
_NAME_MOST: Final = 60
_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10)))
)
_PLAIN: Final = re.compile(r"[^\W\d_][\w　・、。！？（）「」\-]*")
_GROUP: Final = "ここに団体の名前"
_PHONE: Final = "03-0000-0000"
_MAIL: Final = "info@example.jp"
_SCHEMA: Final = "../../docs/schema/leaflet.schema.json"

_ASKED: Final = {"phone": "new-phone", "mail": "new-mail"}

Ask = Callable[[str], str]


class Answers(Struct, frozen=True):
    """What is known of the new leaflet; "" is left as the template has it."""

    template: str
    title: str = ""
    group: str = ""
    phone: str = ""
    mail: str = ""


def create(options: Options, root: Path, terminal: Terminal, ask: Ask = input) -> Path:
    """Make the leaflet, say what comes next, give its file; ``UsageError`` if it cannot be made."""
    name = _checked_name(options, root, terminal.lang)
    folder = root / "leaflets" / name
    if options.source:
        _copy(_source_folder(options.source, root, terminal.lang), folder)
    else:
        answers = _answers(options, terminal, ask)
        _write(folder, filled(answers, name, date.today()))
    file = shown_path(folder / SOURCE)
    terminal.always(text("new-made", terminal.lang, file=file, name=name))
    return file


def _checked_name(options: Options, root: Path, lang: str) -> str:
    if len(options.names) != 1:
        raise UsageError(text("new-one-name", lang))
    (name,) = options.names
    plain = name.replace("-", "").replace("_", "")
    usual = plain.isalnum() and not name.startswith(("-", "_")) and len(name) <= _NAME_MOST
    if not usual or name.casefold() in (_DEVICES | {*COMMANDS, "styles"}):
        raise UsageError(text("new-bad-name", lang, name=name))
    if (root / "leaflets" / name).exists():
        raise UsageError(text("new-exists", lang, name=name))
    return name


# --- from a template --------------------------------------------------------------------


def _answers(options: Options, terminal: Terminal, ask: Ask) -> Answers:
    """What the options say, and on a terminal what is answered to the questions."""
    template = options.template or TEMPLATES[0]
    if options.yes or not _talks():
        return Answers(template)
    lang = terminal.lang
    terminal.always(text("new-hello", lang))
    if not options.template:
        template = _choice(terminal, ask)
    title, group = (ask(text(key, lang)).strip() for key in ("new-title", "new-group"))
    phone, mail = (_fact(kind, terminal, ask) for kind in ("phone", "mail"))
    return Answers(template, title, group, phone, mail)


def _fact(kind: str, terminal: Terminal, ask: Ask) -> str:
    """An answer that a build would take: asked again until it is one, or left out."""
    while True:
        typed = ask(text(_ASKED[kind], terminal.lang)).strip()
        try:
            if typed:
                derive(kind, typed)
        except FactError as error:
            values = {"value": typed, **error.values}
            wrong = Diagnostic(error.code, Severity.ERROR, NOWHERE, values)
            terminal.always(message(wrong, terminal.lang))
            for line in hint_lines(wrong, terminal.lang):
                terminal.always(f"  {line}")
            continue
        return typed


def _talks() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _choice(terminal: Terminal, ask: Ask) -> str:
    for number, name in enumerate(TEMPLATES, start=1):
        terminal.always(f"  {number}  {text(f'template-{name}', terminal.lang)}")
    while True:
        typed = ask(text("new-template", terminal.lang, count=len(TEMPLATES))).strip()
        if not typed:
            return TEMPLATES[0]
        if typed in TEMPLATES:
            return typed
        if typed.isdecimal() and 1 <= int(typed) <= len(TEMPLATES):
            return TEMPLATES[int(typed) - 1]


def filled(answers: Answers, name: str, today: date) -> str:
    """The template with what was answered in place of its sample words."""
    source = (_FOLDER / f"{answers.template}.yaml").read_text(encoding="utf-8")
    meeting = today + timedelta(days=42 + (6 - today.weekday()) % 7)
    values: Mapping[str, str] = {
        "SCHEMA": _SCHEMA,
        "TITLE": _scalar(answers.title or name),
        "DATE": today.isoformat(),
        "DAY": meeting.isoformat(),
    }
    for key, value in values.items():
        source = source.replace(f"@@{key}@@", value)
    for sample, answer in (
        (_GROUP, answers.group),
        (_PHONE, answers.phone),
        (_MAIL, answers.mail),
    ):
        if answer:
            source = source.replace(sample, _scalar(answer))
    return source


def _scalar(words: str) -> str:
    """Words as YAML takes them: between quotes unless they are plain beyond doubt."""
    return words if _PLAIN.fullmatch(words) else json.dumps(words, ensure_ascii=False)


def _write(folder: Path, source: str) -> None:
    def make(draft: Path) -> None:
        (draft / "figures").mkdir()
        (draft / SOURCE).write_text(source, encoding="utf-8", newline="\n")

    _whole(folder, make)


# --- from another leaflet ---------------------------------------------------------------


def _source_folder(name: str, root: Path, lang: str) -> Path:
    leaflets = root / "leaflets"
    known = leaflet_names(leaflets)
    if name not in known:
        near = closest(name, known)
        suggestion = text("did-you-mean", lang, name=near) if near else ""
        raise UsageError(
            text("unknown-name", lang, name=name, suggestion=suggestion, known=" ".join(known))
        )
    return leaflets / name


def _copy(source: Path, folder: Path) -> None:
    """Everything but the stages of proof, which belong to the other leaflet."""

    def make(draft: Path) -> None:
        shutil.copytree(
            source, draft, dirs_exist_ok=True, ignore=shutil.ignore_patterns("proofs", ".*")
        )

    _whole(folder, make)


def _whole(folder: Path, make: Callable[[Path], None]) -> None:
    """The folder appears under its name when all of it is there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    draft.mkdir()
    try:
        make(draft)
        draft.rename(folder)
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(draft)
        raise
