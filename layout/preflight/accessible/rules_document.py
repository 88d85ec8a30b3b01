"""What the file says of itself, layers, attachments, locks (checkpoints 06, 07, 20 to 26, 30)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.accessible.case import Case, Check, kids_of
from layout.preflight.accessible.xmp import DC, UA_ID
from layout.preflight.finished.objects import (
    is_array,
    is_dictionary,
    is_stream,
    words,
)
from layout.style.picture_error import PictureError

_EXTRACT: Final = 1 << 9
"""Bit 10 of the permissions: text may be taken out for accessibility (Table 22)."""
_DYNAMIC: Final = re.compile(rb"<(?:\w+:)?dynamicRender[^>]*>\s*required\s*<")
_NODES_MOST: Final = 10_000


def check_metadata(case: Case) -> None:
    """Metadata that name PDF/UA-1 and a title (06-001 to 06-003)."""
    xmp = case.xmp
    if not xmp.there:
        case.error("ua.06.missing")
        return
    if xmp.problem:
        case.error("ua.06.broken", problem=xmp.problem)
        return
    if xmp.get(UA_ID, "part").strip() != "1":
        case.error("ua.06.identifier", found=xmp.get(UA_ID, "part") or "—")
    elif xmp.prefixes.get(UA_ID, "pdfuaid") != "pdfuaid":
        case.error("ua.06.prefix", found=xmp.prefixes[UA_ID])
    if not xmp.get(DC, "title").strip():
        case.error("ua.06.title")


def check_display(case: Case) -> None:
    """The window shows the title, not the file's name (07-001, 07-002)."""
    held = case.root.get("/ViewerPreferences")
    shown = held.get("/DisplayDocTitle") if is_dictionary(held) else None
    if shown is None:
        case.error("ua.07.missing")
    elif shown is not True:
        case.error("ua.07.false")


def check_layers(case: Case) -> None:
    """Configurations of layers have names and do not switch by themselves (20-001 to 20-003)."""
    held = case.root.get("/OCProperties")
    if not is_dictionary(held):
        return
    usual = held.get("/D")
    if is_dictionary(usual) and not words(usual.get("/Name")):
        case.error("ua.20.name")
    configs = kids_of(held, "/Configs")
    if any(not words(each.get("/Name")) for each in configs):
        case.error("ua.20.config-name")
    if any("/AS" in each for each in (usual, *configs) if is_dictionary(each)):
        case.error("ua.20.automatic")


def check_attachments(case: Case) -> None:
    """Attached files have their names in both entries (21-001)."""
    for found in attached(case.root):
        if not names_itself(found):
            case.error("ua.21.names", name=words(found.get("/UF", found.get("/F"))) or "?")


def attached(root: Any) -> Iterator[Any]:
    """The file specifications of the name tree and of the catalog (7.11.4)."""
    names = root.get("/Names")
    waiting = [names.get("/EmbeddedFiles")] if is_dictionary(names) else []
    seen: set[tuple[int, int]] = set()
    told: list[Any] = kids_of(root, "/AF")
    for _ in range(_NODES_MOST):
        if not waiting:
            break
        node = waiting.pop()
        if not is_dictionary(node) or (node.objgen[0] and node.objgen in seen):
            continue
        seen.add(node.objgen)
        held = node.get("/Names")
        if is_array(held):
            told += [each for each in list(held)[1::2] if is_dictionary(each)]
        waiting += kids_of(node, "/Kids")
    known: set[tuple[int, int]] = set()
    for each in told:
        if not each.objgen[0] or each.objgen not in known:
            known.add(each.objgen)
            yield each


def names_itself(held: Any) -> bool:
    """Whether a specification of an embedded file has F and UF."""
    return "/EF" not in held or bool(words(held.get("/F")) and words(held.get("/UF")))


def check_dynamic(case: Case) -> None:
    """No form that makes its pages anew (25-001)."""
    form = case.root.get("/AcroForm")
    held: Any = form.get("/XFA") if is_dictionary(form) else None
    for each in held if is_array(held) else [held]:
        try:
            data = case.budget.read(each) if is_stream(each) else b""
        except PictureError:
            continue
        if _DYNAMIC.search(data):
            case.error("ua.25.dynamic")
            return


def check_lock(case: Case) -> None:
    """A lock lets screen readers through (26-001, 26-002)."""
    held: Any = case.opened.pdf.trailer.get("/Encrypt")
    if not is_dictionary(held):
        return
    permitted = held.get("/P")
    if not isinstance(permitted, int):
        case.error("ua.26.missing")
    elif not permitted & _EXTRACT:
        case.error("ua.26.refused")


def check_references(case: Case) -> None:
    """No page of another file is called in (30-001)."""
    for hit in case.inventory.of("reference"):
        case.error("ua.30.reference", hit.page)


DOCUMENT: Final[tuple[Check, ...]] = (
    check_metadata,
    check_display,
    check_layers,
    check_attachments,
    check_dynamic,
    check_lock,
    check_references,
)
