"""What house-style rules have in common: data in ``data/house-style.json``."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from layout.house.rules import DATA

PRESETS = DATA / "lint"
"""The folder of our own rule files."""


class LintTexts(Struct, frozen=True):
    """``said``: the messages of rules that have none, by how they find, in two languages.

    ``digits``: conventions for digits, each with the form that it chooses by rule.
    ``classes``: what ``<漢字>`` and the like in a pattern stand for, inside brackets
    and alone; the latter avoid wide ranges, which take long to compile.
    ``labels``: names of forms in English.
    """

    said: Mapping[str, tuple[str, str]]
    digits: Mapping[str, Mapping[str, str]]
    classes: Mapping[str, tuple[str, str]]
    labels: Mapping[str, str]


@cache
def load_lint_texts() -> LintTexts:
    """The data, read once."""
    table: dict[str, Any] = json.loads((DATA / "house-style.json").read_text(encoding="utf-8"))
    said = {how: (texts["ja"], texts["en"]) for how, texts in table["said"].items()}
    classes = {
        name: (entry["inside"], entry.get("alone", f"[{entry['inside']}]"))
        for name, entry in table["classes"].items()
    }
    return LintTexts(said, table["digits"], classes, table["labels"])


def preset_names() -> tuple[str, ...]:
    """The names of our rule files, in the order in which they are used."""
    return tuple(sorted(path.stem for path in PRESETS.glob("*.yaml")))
