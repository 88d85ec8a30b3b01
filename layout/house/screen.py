"""What editions for the screen say of themselves, in Japanese and English: ``data/screen.json``."""

import json
from collections.abc import Mapping
from functools import cache

from layout.house.rules import DATA


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table: dict[str, dict[str, str]] = json.loads((DATA / "screen.json").read_text("utf-8"))
    return table


def screen_text(name: str, language: str, /, **values: object) -> str:
    """The text of that name in the leaflet's language: Japanese or else English."""
    entry = _table()[name]
    return entry["ja" if language.lower().startswith("ja") else "en"].format(**values)
