"""A proof for people: all that a proofreader is shown, on whatever it is shown."""

from msgspec import Struct

from layout.facts.model import Sheet
from layout.proof.changes import Change
from layout.reading.model import Reading


class Finding(Struct, frozen=True):
    """What the program noticed, in both languages.

    ``severity`` is error, warning or note.  ``line``, ``column`` and ``length`` are the
    place in the source (0: none), ``line_id``, ``start`` and ``end`` the printed
    characters, if it is about some, and ``rest`` how many go on in the next lines.
    """

    code: str
    severity: str
    page: int
    line: int
    ja: str
    en: str
    hints_ja: tuple[str, ...] = ()
    hints_en: tuple[str, ...] = ()
    line_id: str = ""
    start: int = 0
    end: int = 0
    column: int = 0
    length: int = 0
    rest: int = 0


class ProofPage(Struct, frozen=True):
    """One proof.

    ``source`` is the SHA-256 of the leaflet's file, ``lines`` its text line by line.
    ``stage`` is the stage that is kept with this build, or "".  ``changes`` are those
    since the stage ``since``, or there is no such stage and it is "".  ``former`` is
    how the pages looked then (``backends.svg.former``), if that was kept.
    """

    leaflet: str
    title: str
    language: str
    date: str
    stage: str
    since: str
    source: str
    lines: tuple[str, ...]
    reading: Reading
    findings: tuple[Finding, ...]
    facts: Sheet
    changes: tuple[Change, ...]
    former: bytes = b""
