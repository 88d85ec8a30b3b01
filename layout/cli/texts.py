"""What the command line says, in Japanese and English: ``layout/house/data/cli.json``."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("ja", "en")
_TABLE: Final = Path(__file__).parent.parent / "house" / "data" / "cli.json"
_JAPANESE: Final = 0x11  # primary language of Windows' LANGID


@cache
def text_table() -> Mapping[str, Mapping[str, str | list[str]]]:
    """Name → language → text, or the lines of a text."""
    table: dict[str, dict[str, str | list[str]]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return table


def text(name: str, lang: str, /, **values: object) -> str:
    """The text of that name with its placeholders filled."""
    entry = text_table()[name][lang]
    return (entry if isinstance(entry, str) else "\n".join(entry)).format(**values)


def in_both(name: str, lang: str, /, **values: object) -> str:
    """The text in both languages, ``lang`` first: for what nobody expects."""
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    return f"{text(name, lang, **values)}\n{text(name, other, **values)}"


def chosen_language(argv: Sequence[str]) -> str:
    """The language of the messages: as ``--lang`` says, or as the system is set.

    Read before the arguments are, because their errors are messages too.
    """
    for index, argument in enumerate(argv):
        option, _, value = argument.partition("=")
        if option == "--lang":
            value = value or (argv[index + 1] if index + 1 < len(argv) else "")
            if value in LANGUAGES:
                return value
    return system_language()


def system_language() -> str:
    """``ja`` where the system speaks Japanese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ja" if value.lower().startswith("ja") else "en"
    if sys.platform == "win32":
        import ctypes  # Windows has no LANG; only there

        return (
            "ja" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == _JAPANESE else "en"
        )
    return "en"
