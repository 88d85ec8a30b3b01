"""What a rule found, and the shapes that its suggestion may ask for."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct, field

from layout.lint.text import LintText
from layout.source.lint_model import Rule, Silence

NO_SUGGESTION: Final = "\\案なし"

_TO_FULL: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


class Found(Struct, frozen=True):
    """A finding at ``text[at:end]``.

    ``suggestion`` is what to write instead, None if only a person knows;
    ``values`` go into the message.
    """

    rule: Rule
    at: int
    end: int
    found: str
    suggestion: str | None
    values: Mapping[str, object] = field(default_factory=dict)


class Search:
    """One leaflet being searched: its text, what is silenced, and what silenced something."""

    def __init__(
        self,
        text: LintText,
        silences: tuple[Silence, ...] = (),
        chosen: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.text = text
        self.chosen = dict(chosen)
        self.used: set[Silence] = set()
        self._silences = silences

    def silence(self, rule: Rule, at: int) -> Silence | None:
        """What silences this rule at this position, the nearest first."""
        covering = [silence for silence in self._silences if silence.covers(rule)]
        if not covering:
            return None
        span = self.text.place(at, at + 1).span
        holding = [silence for silence in covering if silence.holds_at(span)]
        return max(holding, key=lambda silence: silence.first, default=None)

    def keep(self, rule: Rule, at: int, end: int) -> bool:
        """Whether something found is looked at: typed here, no quotation, all in one block."""
        if self.text.typed(at) == (0, 0) or "\n" in self.text.text[at:end]:
            return False
        return rule.quotes or not self.text.is_quoted(at)


def replaced(found: str, template: str, groups: tuple[str | None, ...]) -> str | None:
    """What ``found`` becomes: one of the shapes, or the template with its groups filled in."""
    if template == NO_SUGGESTION:
        return None
    shape = SHAPES.get(template)
    if shape is not None:
        return shape(found)
    return re.sub(
        r"\\([1-9])",
        lambda number: (
            (groups[int(number.group(1)) - 1] or "")
            if int(number.group(1)) <= len(groups)
            else number.group()
        ),
        template,
    )


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _wide(text: str) -> str:
    return text.translate(_TO_FULL)


def _with_commas(text: str) -> str:
    return f"{int(text):,}" if text.isdecimal() else text


def _without_commas(text: str) -> str:
    return text.replace(",", "")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


SHAPES: Final[Mapping[str, Callable[[str], str]]] = {
    "\\半角": _narrow,
    "\\全角": _wide,
    "\\NFKC": _narrow,
    "\\NFC": _composed,
    "\\コンマ": _with_commas,
    "\\コンマなし": _without_commas,
    "\\なくす": lambda _: "",
    "\\半角空き": lambda _: " ",
    "\\全角空き": lambda _: "\u3000",
}
"""Suggestions that are computed from what was found; ``as:`` and ``patterns:`` name them."""
