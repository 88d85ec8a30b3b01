"""Facts as they occur on the pages."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from layout.diagnostics import Span

KINDS: Final = ("account", "phone", "url", "mail", "date", "amount", "code", "name")
"""What is listed, in the order of the sheet."""


class Verdict(StrEnum):
    """What is known of an occurrence.

    ``declared`` was printed from the fact itself; ``typed`` was typed by hand and agrees
    with one; ``other`` is nowhere declared; ``near`` is almost a declared one;
    ``wrong`` cannot be right.
    """

    DECLARED = "declared"
    TYPED = "typed"
    OTHER = "other"
    NEAR = "near"
    WRONG = "wrong"


class Occurrence(Struct, frozen=True):
    """A fact where it stands.

    ``printed`` is how it is written there, ``normal`` the form in which facts are
    compared: NFKC, without hyphens in numbers, dates as ISO 8601.  ``start`` and
    ``end`` are its characters in the line ``line_id``, which it may leave; a QR
    code has the id of the code.  ``fact`` names the declared fact that it is or nearly is.
    ``read`` is what a QR code said when it was read back from the rendered page, "" if it
    was not.
    """

    kind: str
    printed: str
    normal: str
    page: int
    line_id: str
    start: int
    end: int
    span: Span
    fact: str = ""
    verdict: Verdict = Verdict.OTHER
    read: str = ""


class Sheet(Struct, frozen=True):
    """All occurrences, by kind and in reading order, and declared facts that occur nowhere."""

    rows: tuple[Occurrence, ...]
    unused: tuple[str, ...] = ()
