"""What the report says, in Japanese and English: ``layout/house/data/report.json``."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from html import escape

from layout.house.rules import DATA

Say = Callable[..., str]


@cache
def text_table() -> Mapping[str, Mapping[str, str]]:
    """Name → language → text."""
    table: dict[str, dict[str, str]] = json.loads((DATA / "report.json").read_text("utf-8"))
    return table


@cache
def style() -> str:
    """The style sheet."""
    return (DATA / "report.css").read_text("utf-8")


def speaker(lang: str) -> Say:
    """A function from a text's name and values to the text in that language, escaped for HTML."""
    lang = lang if lang in ("ja", "en") else "ja"

    def say(name: str, /, **values: object) -> str:
        shown = {key: escape(str(value)) for key, value in values.items()}
        return escape(text_table()[name][lang], quote=False).format(**shown)

    return say


def plate_name(name: str, say: Say) -> str:
    """A process ink in the language, a spot by its own name."""
    return say(name) if name in ("Cyan", "Magenta", "Yellow", "Black") else escape(name)
