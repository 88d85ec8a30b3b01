"""What the proof paper says of itself, in Japanese and English: ``data/paper.json``."""

import json
from collections.abc import Mapping
from functools import cache

from layout.house.rules import DATA


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table: dict[str, dict[str, str]] = json.loads((DATA / "paper.json").read_text("utf-8"))
    return table


def paper_text(name: str, lang: str, /, **values: object) -> str:
    """The text of that name; ``lang`` is "ja" or "en"."""
    return _table()[name][lang].format(**values)
