"""Links, fields and other annotations (ISO 14289-1, 7.18; checkpoint 28)."""

from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.accessible.case import Annotation, Case, Check, named
from layout.preflight.accessible.rules_document import names_itself
from layout.preflight.accessible.tree import Element, number_tree
from layout.preflight.finished.objects import is_array, is_dictionary, is_stream, name_of, words

_KINDS: Final = frozenset(
    ("Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight",
     "Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup", "FileAttachment",
     "Sound", "Movie", "Widget", "Screen", "PrinterMark", "TrapNet", "Watermark", "3D", "Redact")
)  # fmt: skip
"""Every kind of ISO 32000-1, Table 169."""
_OTHERWISE: Final = ("Popup", "PrinterMark", "TrapNet", "Widget", "Link")
_DEEP: Final = 20


def check_tabs(case: Case) -> None:
    """The tab key goes as the structure does (28-008, 28-009)."""
    for number in sorted({each.page for each in case.annotations}):
        tabs = name_of(case.opened.pages[number - 1].get("/Tabs"))
        if not tabs:
            case.error("ua.28.tabs-missing", number)
        elif tabs != "/S":
            case.error("ua.28.tabs", number, found=tabs[1:])


def check_links(case: Case) -> None:
    """A link lies in a Link and says where it leads (28-011, 28-012)."""
    for each in _of(case, "Link"):
        if not _lies_in(case, each, "Link"):
            case.error("ua.28.link", each.page, each.box)
        if not words(each.held.get("/Contents")).strip():
            case.error("ua.28.link-contents", each.page, each.box)


def check_fields(case: Case) -> None:
    """A field lies in a Form and says what to fill in (28-005, 28-010)."""
    for each in _of(case, "Widget"):
        element = _element(case, each)
        if not _lies_in(case, each, "Form"):
            case.error("ua.28.form", each.page, each.box)
        described = element is not None and bool((element.says("/Alt") or "").strip())
        if not described and not _prompt(each.held):
            case.error("ua.28.field", each.page, each.box)


def _prompt(held: Any) -> str:
    """TU of a field or of those it belongs to."""
    for _ in range(_DEEP):
        if not is_dictionary(held):
            break
        if said := words(held.get("/TU")).strip():
            return said
        held = held.get("/Parent")
    return ""


def check_others(case: Case) -> None:
    """Every other annotation lies in an Annot and says what it is (28-002, 28-004, 28-006)."""
    for each in case.annotations:
        if each.kind in _OTHERWISE or not each.is_there:
            continue
        element = _element(case, each)
        known = each.kind in _KINDS
        if case.tree.root is not None and (element is None or element.role != "Annot"):
            code = "ua.28.annotation" if known else "ua.28.unknown"
            case.error(code, each.page, each.box, kind=each.kind or "?")
        described = element is not None and bool((element.says("/Alt") or "").strip())
        if known and not described and not words(each.held.get("/Contents")).strip():
            case.error("ua.28.contents", each.page, each.box, kind=each.kind)


def check_printers(case: Case) -> None:
    """Marks for the press are no content (28-007, 28-017, 28-018)."""
    for each in case.annotations:
        if each.kind == "TrapNet":
            case.error("ua.28.trapnet", each.page)
        elif each.kind == "PrinterMark":
            if "/StructParent" in each.held or _element(case, each) is not None:
                case.error("ua.28.printer-mark", each.page, each.box)
            if not _is_artifact(case, each):
                case.error("ua.28.printer-mark-content", each.page, each.box)


def _is_artifact(case: Case, each: Annotation) -> bool:
    """Whether all of what it paints is marked as no content."""
    looks = each.held.get("/AP")
    normal: Any = looks.get("/N") if is_dictionary(looks) else None
    if not is_stream(normal):
        return True
    script = case.shared.script(normal, normal.objgen)
    first = next((one for one in script.instructions if str(one.operator) not in ("q", "cm")), None)
    if first is None:
        return True
    return str(first.operator) in ("BMC", "BDC") and name_of(first.operands[0]) == "/Artifact"


def check_media(case: Case) -> None:
    """Film and sound say their kind and what they are about (28-014, 28-015)."""
    for each in case.annotations:
        for clip in _clips(each.held.get("/A")):
            if not words(clip.get("/CT")):
                case.error("ua.28.media-type", each.page, each.box)
            held = clip.get("/Alt")
            texts = list(held)[1::2] if is_array(held) else []
            if not any(words(text).strip() for text in texts):
                case.error("ua.28.media-alt", each.page, each.box)


def _clips(action: Any) -> Iterator[Any]:
    """The media clips of a rendition action (13.2)."""
    waiting = [action.get("/R")] if is_dictionary(action) else []
    for _ in range(_DEEP):
        if not waiting:
            break
        held = waiting.pop()
        if is_array(held):
            waiting += list(held)[:_DEEP]
        elif is_dictionary(held):
            if is_dictionary(clip := held.get("/C")) and named(clip, "/S") == "MCD":
                yield clip
            waiting.append(held.get("/R"))


def check_attachments(case: Case) -> None:
    """Files attached to a place of the page have both names (28-016)."""
    for each in _of(case, "FileAttachment"):
        held = each.held.get("/FS")
        if is_dictionary(held) and not names_itself(held):
            case.error("ua.28.attachment", each.page, each.box)


def check_way_back(case: Case) -> None:
    """From an annotation to its element (14.7.4.4)."""
    if case.tree.root is None:
        return
    entries = number_tree(case.tree.root.get("/ParentTree"))
    for each in case.annotations:
        owners = case.tree.things.get(each.held.objgen)
        if not owners:
            continue
        key = each.held.get("/StructParent")
        entry: Any = entries.get(key) if isinstance(key, int) else None
        if not is_dictionary(entry) or entry.objgen != owners[0].held.objgen:
            case.error("ua.28.way-back", each.page, each.box, kind=each.kind)


def _of(case: Case, kind: str) -> Iterator[Annotation]:
    return (each for each in case.annotations if each.kind == kind and each.is_there)


def _lies_in(case: Case, each: Annotation, role: str) -> bool:
    """Whether it is held by that element; of a file without a structure nothing is asked."""
    element = _element(case, each)
    return case.tree.root is None or (element is not None and element.around(role) is not None)


def _element(case: Case, each: Annotation) -> Element | None:
    """The element that holds it (OBJR)."""
    owners = case.tree.things.get(each.held.objgen) if each.held.objgen[0] else None
    return owners[0] if owners else None


ANNOTATIONS: Final[tuple[Check, ...]] = (
    check_tabs,
    check_links,
    check_fields,
    check_others,
    check_printers,
    check_media,
    check_attachments,
    check_way_back,
)
