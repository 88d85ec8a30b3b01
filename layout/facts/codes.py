"""QR codes: what they say when read from the finished page, and what is printed beside them."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from layout.diagnostics import Reporter
from layout.facts.find import Hit
from layout.reading.model import Box, Reading, Thing

_BESIDE: Final = 40.0
"""Millimetres from the code within which an address is taken for the code's own."""


class Decoded(Struct, frozen=True):
    """A code as it was read from the rendered page: its page, its place in millimetres."""

    page: int
    box: Box
    text: str


def read_back(thing: Thing, decoded: Sequence[Decoded]) -> str:
    """What was read at the place of a code, or ""."""
    for each in decoded:
        if each.page == thing.page and _apart(each.box, thing.box) == 0:
            return each.text
    return ""


def check_read_back(reading: Reading, decoded: Sequence[Decoded], reporter: Reporter) -> None:
    """A code says what the source asks for; preflight tells of one that is unreadable."""
    for page in reading.pages:
        for thing in page.things:
            said = read_back(thing, decoded) if thing.kind == "code" else ""
            if said and said != thing.says:
                reporter.error(
                    "facts.code-read", thing.span, page=thing.page, value=said, right=thing.says
                )


def check_beside(reading: Reading, hits: Sequence[Hit], reporter: Reporter) -> None:
    """A code leads to the same host as the only addresses that are printed beside it."""
    things = {thing.id: thing for page in reading.pages for thing in page.things}
    codes = [hit for hit in hits if hit.occurrence.kind == "code"]
    lines = {line.id: line.box for line in reading.lines}
    for code in codes:
        host = _host(code.occurrence.normal)
        thing = things[code.occurrence.line_id]
        if not host:
            continue
        beside = [
            hit.occurrence
            for hit in hits
            if hit.occurrence.kind == "url"
            and hit.occurrence.page == thing.page
            and _apart(lines[hit.occurrence.line_id], thing.box) <= _BESIDE
        ]
        # Other codes may stand there with addresses of their own.
        others = {_host(each.occurrence.normal) for each in codes if each is not code}
        own = [each for each in beside if _host(each.normal) not in others - {host}]
        if own and all(_host(each.normal) != host for each in own):
            # Two declared facts may be two places on purpose; anything else is a slip.
            both = code.occurrence.fact and own[0].fact
            tell = reporter.warning if both else reporter.error
            tell(
                "facts.code-beside", code.occurrence.span, page=thing.page,
                value=code.occurrence.printed, beside=own[0].printed,
            )  # fmt: skip


def _host(url: str) -> str:
    """The host, without www."""
    scheme, found, rest = url.partition("://")
    if not found or scheme not in ("http", "https"):
        return ""
    return rest.partition("/")[0].lower().removeprefix("www.")


def _apart(one: Box, other: Box) -> float:
    """How far two boxes are from one another, 0 where they meet."""
    across = max(one.x - other.x - other.width, other.x - one.x - one.width, 0.0)
    down = max(one.y - other.y - other.height, other.y - one.y - one.height, 0.0)
    return float((across**2 + down**2) ** 0.5)
