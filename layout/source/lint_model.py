"""House-style rules (表記) and what a leaflet says of them, as the YAML says it."""

import re
from typing import Final

from msgspec import Struct

from layout.diagnostics import NOWHERE, Span

CODES: Final = {
    "variant": "lint.variant",
    "mixed": "lint.mixed",
    "width": "lint.width",
    "bracket": "lint.bracket",
    "punctuation": "lint.punctuation",
    "space": "lint.space",
    "character": "lint.character",
    "lookalike": "lint.lookalike",
    "grammar": "lint.grammar",
    "redundant": "lint.redundant",
}
"""What rules are about, and the code of the diagnostics that say so."""

OUTSIDE_QUOTES: Final = frozenset({"variant", "mixed", "grammar", "redundant"})
"""What is said in 「」 are another's words: rules of these sorts leave them alone."""

EVERYTHING: Final = "*"
"""The name that a silence has when it is for all rules."""


class Form(Struct, frozen=True):
    """One way to write something: how it is found, and what it looks like.

    ``find`` is a regular expression if ``pattern``, else the very words.  ``to``
    makes a finding look like this form: a template with \\1, or the width of
    Latin letters and digits (``全角``, ``半角``).
    """

    label: str
    find: str
    to: str
    pattern: bool = True

    @property
    def name(self) -> str:
        """What people call it: its label without \\1 and the like."""
        return re.sub(r"\\[1-9]", "", self.label)


class Correction(Struct, frozen=True):
    """What is found, as in ``Form``, and what should stand there instead."""

    find: str
    to: str
    pattern: bool = False


class Example(Struct, frozen=True):
    """A text with a finding, and the text after all suggestions were taken."""

    before: str
    after: str
    span: Span = NOWHERE


class Rule(Struct, frozen=True):
    """One rule.

    It has corrections (always wrong), groups of forms (either, but one of them
    within a ``scope``: the leaflet or a block), or names a check that is a
    program, with its words in ``words``.  ``ja`` and ``en`` are its message, with
    ``{found}``, ``{suggestion}`` and ``{majority}``.  ``preset`` is the name of
    its file.
    """

    id: str
    sort: str
    preset: str
    warning: bool
    ja: str
    en: str
    corrections: tuple[Correction, ...] = ()
    groups: tuple[tuple[Form, ...], ...] = ()
    scope: str = "leaflet"
    check: str = ""
    words: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    quotes: bool = False
    good: tuple[str, ...] = ()
    bad: tuple[Example, ...] = ()
    span: Span = NOWHERE


class Preset(Struct, frozen=True):
    """A file of rules; an ``optional`` one is used only where a leaflet asks for it."""

    name: str
    label: str
    label_en: str
    optional: bool
    rules: tuple[Rule, ...]


class Silence(Struct, frozen=True):
    """A rule, a preset or everything that shall not be said, with the reason.

    ``first`` and ``last`` are the places (line, column) in the source between
    which it holds; without them it holds for the whole leaflet.
    """

    name: str
    reason: str
    span: Span
    first: tuple[int, int] = (0, 0)
    last: tuple[int, int] = (0, 0)

    def covers(self, rule: Rule) -> bool:
        """Whether it is for this rule."""
        return self.name in (rule.id, rule.preset, EVERYTHING)

    def holds_at(self, span: Span) -> bool:
        """Whether it holds at this place."""
        return self.last == (0, 0) or self.first <= (span.line, span.column) <= self.last


class Wishes(Struct, frozen=True):
    """What a leaflet's own ``lint:`` says.

    ``presets`` are optional ones it wants, ``files`` its own ones, each with its
    place; ``choose`` names the right form for rules that take either.
    """

    presets: tuple[tuple[str, Span], ...] = ()
    files: tuple[tuple[str, Span], ...] = ()
    choose: tuple[tuple[str, str, Span], ...] = ()
    silences: tuple[Silence, ...] = ()


NO_WISHES: Final = Wishes()


class HouseStyle(Struct, frozen=True):
    """The rules for one leaflet, the forms it chose by rule, and what it silences.

    ``own`` are the rules from files of the organisers, whose examples are tried.
    """

    rules: tuple[Rule, ...]
    chosen: tuple[tuple[str, str], ...] = ()
    silences: tuple[Silence, ...] = ()
    own: tuple[Rule, ...] = ()
