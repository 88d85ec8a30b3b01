"""The language of everything that is read aloud is known (ISO 14289-1, 7.2; checkpoint 11)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.accessible.case import Case, Check, kids_of
from layout.preflight.accessible.tagged import Path
from layout.preflight.finished.objects import is_dictionary, is_string, words

_TAG: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_SPOKEN: Final = ("/Alt", "/ActualText", "/E")
_OUTLINES_MOST: Final = 20_000


def check_tags(case: Case) -> None:
    """Languages are named as RFC 3066 has it (ISO 32000-1, 14.9.2)."""
    for page, found in _said(case):
        if found and not _TAG.fullmatch(found):
            case.error("ua.11.tag", page, tag=found)


def _said(case: Case) -> Iterator[tuple[int, str]]:
    yield 0, case.language
    for element in case.tree.elements:
        if (said := element.says("/Lang")) is not None:
            yield element.first_page(), said
    for page in case.pages:
        for bit in {id(bit): bit for heard in page.heard for bit in heard.path}.values():
            if (said := bit.says("/Lang")) is not None:
                yield page.number, said


def check_texts(case: Case) -> None:
    """The text of pages (11-001)."""
    if case.language or case.tree.root is None:
        return
    for page in case.pages:
        for heard in page.heard:
            spoken = not heard.blank and not any(bit.is_artifact for bit in heard.path)
            if spoken and not _language(case, heard.path):
                case.error("ua.11.text", page.number)


def _language(case: Case, path: Path) -> str:
    for bit in reversed(path):
        if said := bit.says("/Lang"):
            return said
        owners = case.tree.owners.get((bit.holder, bit.mcid), [])
        if owners and (said := case.language_of(owners[0])):
            return said
    return case.language


def check_words(case: Case) -> None:
    """What stands for figures and characters (11-002)."""
    if case.language:
        return
    for element in case.tree.elements:
        if any(element.says(key) for key in _SPOKEN) and not case.language_of(element):
            case.error("ua.11.alt", element.first_page(), tag=element.kind)
    for page in case.pages:
        for path in {heard.path for heard in page.heard}:
            spoken = any(bit.says(key) for bit in path for key in _SPOKEN)
            if spoken and not any(bit.is_artifact for bit in path) and not _language(case, path):
                case.error("ua.11.alt", page.number, tag=path[-1].tag)


def check_outlines(case: Case) -> None:
    """Bookmarks (11-003)."""
    outlines = case.root.get("/Outlines")
    if not case.language and is_dictionary(outlines) and "/First" in outlines:
        case.error("ua.11.outline")


def check_annotations(case: Case) -> None:
    """What annotations and fields say of themselves (11-004, 11-005)."""
    if case.language:
        return
    for each in case.annotations:
        element = next(iter(case.tree.things.get(each.held.objgen, [])), None)
        if words(each.held.get("/Contents")) and not _own(case, each.held, element):
            case.error("ua.11.contents", each.page, each.box)
    for field in kids_of(case.root.get("/AcroForm"), "/Fields"):
        element = next(iter(case.tree.things.get(field.objgen, [])), None)
        if words(field.get("/TU")) and not _own(case, field, element):
            case.error("ua.11.field", name=words(field.get("/T")))


def _own(case: Case, held: Any, element: Any) -> str:
    return words(held.get("/Lang")) or (case.language_of(element) if element else "")


def check_metadata(case: Case) -> None:
    """The document's title (11-006): by its own mark, or the file's language."""
    if case.language or not case.xmp.there or case.xmp.problem:
        return
    from layout.preflight.accessible.xmp import DC

    said = case.xmp.languages.get((DC, "title"), ())
    if not any(each and each != "x-default" for each in said):
        case.error("ua.11.metadata")


def check_main(case: Case) -> None:
    """A file without any text says its language all the same."""
    if "/Lang" in case.root and not is_string(case.root["/Lang"]):
        case.error("ua.11.tag", tag="?")


LANGUAGES: Final[tuple[Check, ...]] = (
    check_main,
    check_tags,
    check_texts,
    check_words,
    check_outlines,
    check_annotations,
    check_metadata,
)
