"""How the file is made: version, tables, locks, compression, whether it is whole."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from layout.display.pdf.streams import filters
from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.facts import Box
from layout.preflight.finished.inventory import Hit
from layout.preflight.finished.objects import is_array, is_stream, is_string, name_of
from layout.preflight.finished.opening import in_words

_TAIL: Final = 1024
"""Bytes at the end within which %%EOF must stand (ISO 32000-1, annex H, note 18)."""

_HEADER: Final = re.compile(rb"%PDF-(\d)\.(\d)")
_OBJECT_STREAM: Final = re.compile(rb"/Type\s*/(?:ObjStm|XRef)\b")
_HARMLESS: Final = ("Resources is missing", "MediaBox is undefined")
"""What qpdf mends that prints all the same, or that another check tells better."""


def check_version(case: Case) -> None:
    """No newer version of PDF than the flavour is made of; in the header, or in the catalog."""
    found = _HEADER.search(case.data[: 2 * _TAIL])
    versions = [(int(found[1]), int(found[2]))] if found else []
    raised = re.fullmatch(r"/(\d)\.(\d)", name_of(case.root.get("/Version")))
    versions += [(int(raised[1]), int(raised[2]))] if raised else []
    if versions and max(versions) > (most := case.rules.version_most):
        case.breach("pdf.version", found=_dotted(max(versions)), most=_dotted(most))


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def check_tables(case: Case) -> None:
    """Classic tables where the flavour's version of PDF knows no others (ledger, F2)."""
    if case.rules.compressed_objects:
        return
    trailer = case.opened.pdf.trailer
    streams = "/XRefStm" in trailer or trailer.get("/Type") == "/XRef"
    if streams or _OBJECT_STREAM.search(case.data):
        case.error("pdf.object-streams")


def check_id(case: Case) -> None:
    """The trailer's ID: two strings (ledger, F3)."""
    held: Any = case.opened.pdf.trailer.get("/ID")
    sound = (
        is_array(held) and len(held) == 2 and all(is_string(part) and bytes(part) for part in held)
    )
    if case.is_pdfx and not sound:
        case.error("pdf.id")


def check_encryption(case: Case) -> None:
    """No lock, not even one without a password (ledger, F4)."""
    if case.opened.pdf.is_encrypted or "/Encrypt" in case.opened.pdf.trailer:
        case.breach("pdf.encrypted")


def check_wholeness(case: Case) -> None:
    """The end is there, nothing hangs behind it, and no other program had to mend the file."""
    tail = case.data[-_TAIL:]
    end = tail.rfind(b"%%EOF")
    pdf = case.opened.pdf
    mended = [text for text in case.opened.warnings if not any(h in text for h in _HARMLESS)]
    mended += [in_words(each) for each in pdf.get_warnings()]
    if mended:
        case.breach("pdf.damaged", problem=_first(mended), count=len(mended))
    elif end < 0 or tail[end + 5 :].strip(b"\r\n\t \0\x1a"):
        case.warning("pdf.trailing")
    if pdf.trailer.get("/Prev") is not None and not pdf.is_linearized:
        case.note("pdf.revisions")


def _first(mended: Sequence[str]) -> str:
    """The most telling of qpdf's complaints: the first says only that there are some."""
    return next((text for text in mended if text != "file is damaged"), mended[0])


def check_filters(case: Case) -> None:
    """Compression that the flavour allows (ledger, F6), in pictures inside content too."""
    found: dict[tuple[int, str], list[Box | None]] = {}
    painted = painted_at(case)
    for hit in case.inventory.of("filter"):
        if hit.value not in case.rules.filters:
            number, box = painted.get(hit.key, (hit.page, None))
            found.setdefault((number, hit.value), []).append(box)
    for page in case.pages:
        for mark in page.marks:
            if mark.kind == "image" and mark.image is not None and not is_stream(mark.image):
                for name in set(filters(mark.image)) - case.rules.filters:
                    found.setdefault((page.number, name), []).append(mark.box)
    for (number, name), boxes in sorted(found.items()):
        case.breach("pdf.filter", number, first_box(boxes), filter=name[1:], count=len(boxes))


def first_box(boxes: Iterable[Box | None]) -> Box | None:
    """The first of alike things that has a place."""
    return next((box for box in boxes if box is not None), None)


def painted_at(case: Case) -> dict[object, tuple[int, Box]]:
    """Where each picture of the file is first painted, by its object's number."""
    found: dict[object, tuple[int, Box]] = {}
    for page in case.pages:
        for mark in page.marks:
            if mark.kind == "image" and is_stream(mark.image):
                found.setdefault(mark.image.objgen, (page.number, mark.box))
    return found


def check_external(case: Case) -> None:
    """Everything to be printed is in the file (ledger, F5)."""
    report_hits(case, "external", "pdf.external")


def check_walk(case: Case) -> None:
    """Whether the file could be looked at to its end."""
    if not case.inventory.complete or case.opened.page_count > len(case.opened.pages):
        case.warning("pdf.too-large", pages=len(case.opened.pages))


def report_hits(case: Case, what: str, code: str) -> None:
    """One finding for each page that has hits of a kind."""
    pages: dict[int, list[Hit]] = {}
    for hit in case.inventory.of(what):
        pages.setdefault(hit.page, []).append(hit)
    for page, hits in pages.items():
        case.breach(code, page, count=len(hits))


STRUCTURE: Final[tuple[Check, ...]] = (
    check_version,
    check_tables,
    check_id,
    check_encryption,
    check_filters,
    check_external,
    check_walk,
)
LAST: Final[tuple[Check, ...]] = (check_wholeness,)
"""Other checks read the objects, and only then it is known what had to be mended."""
