"""PDF/A-2: annotations, forms, actions (ISO 19005-2, 6.3 to 6.5), letters without a meaning."""

from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.accessible.case import Annotation, Case, Check, named
from layout.preflight.accessible.tagged import Heard
from layout.preflight.accessible.xmp import A_ID
from layout.preflight.finished.objects import is_array, is_dictionary, number_of

_ACTIONS: Final = frozenset(("GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm"))
_NAMED: Final = ("NextPage", "PrevPage", "FirstPage", "LastPage")
_KINDS: Final = frozenset(
    ("Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight",
     "Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup", "FileAttachment",
     "Widget", "PrinterMark", "TrapNet", "Watermark", "Redact")
)  # fmt: skip
_PRINT: Final = 4
_NEVER: Final = 1 | 2 | 32 | 256
"""Invisible, hidden, not in view, not in view for a while."""
_CHAIN_MOST: Final = 100
_PRIVATE: Final = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))


def check_actions(case: Case) -> None:
    """Nothing runs but going to places (6.5)."""
    for hit in case.inventory.of("action"):
        if hit.value == "AA":
            case.error("pdfa.additional", hit.page)
        elif hit.value not in _ACTIONS:
            case.error("pdfa.action", hit.page, action=hit.value)
    for each in case.annotations:
        if "/AA" in each.held:
            case.error("pdfa.additional", each.page, each.box)
        if each.kind == "Widget" and "/A" in each.held:
            case.error("pdfa.form", each.page, each.box, key="A")
            continue
        for action in _chain(each.held.get("/A")):
            kind = named(action, "/S")
            odd = kind == "Named" and named(action, "/N") not in _NAMED
            if kind not in _ACTIONS or odd:
                case.error("pdfa.action", each.page, each.box, action=kind or "?")


def _chain(action: Any) -> Iterator[Any]:
    """An action and those that follow."""
    waiting = [action]
    for _ in range(_CHAIN_MOST):
        if not waiting:
            break
        held = waiting.pop()
        if is_array(held):
            waiting += list(held)[:_CHAIN_MOST]
        elif is_dictionary(held):
            yield held
            waiting.append(held.get("/Next"))


def check_annotations(case: Case) -> None:
    """Annotations of lasting kinds, visible, printed, and drawn in the file itself (6.3)."""
    for each in case.annotations:
        if each.kind not in _KINDS:
            case.error("pdfa.annotation", each.page, each.box, kind=each.kind or "?")
        if each.kind == "Popup":
            continue
        flags = int(number_of(each.held.get("/F"), 0))
        if not flags & _PRINT or flags & _NEVER:
            case.error("pdfa.annotation-flags", each.page, each.box, kind=each.kind)
        if not _is_drawn(each):
            case.error("pdfa.annotation-look", each.page, each.box, kind=each.kind)


def _is_drawn(each: Annotation) -> bool:
    looks = each.held.get("/AP")
    if looks is None:
        return each.kind == "Link" or each.box is None
    return is_dictionary(looks) and set(looks.keys()) == {"/N"}


def check_forms(case: Case) -> None:
    """Fields show what is in them, without a program (6.4)."""
    form = case.root.get("/AcroForm")
    if not is_dictionary(form):
        return
    if form.get("/NeedAppearances") is True:
        case.error("pdfa.form", key="NeedAppearances")
    if "/XFA" in form:
        case.error("pdfa.form", key="XFA")


def check_private(case: Case) -> None:
    """Letters of private use have words that stand for them (6.2.11.7.3, level A)."""
    if case.xmp.get(A_ID, "conformance") not in ("A", ""):
        return
    for page in case.pages:
        for heard in page.heard:
            if any(_is_private(c) for c in heard.text) and not _is_explained(case, heard):
                case.error("pdfa.private", page.number, font=heard.font.name)


def _is_private(character: str) -> bool:
    code = ord(character)
    return any(low <= code <= high for low, high in _PRIVATE)


def _is_explained(case: Case, heard: Heard) -> bool:
    """Whether ActualText stands for it, or it is no content."""
    for bit in heard.path:
        if bit.is_artifact or bit.says("/ActualText") is not None:
            return True
        for element in case.tree.owners.get((bit.holder, bit.mcid), []):
            above = element
            while above is not None:
                if above.says("/ActualText") is not None:
                    return True
                above = above.parent  # type: ignore[assignment]
    return False


DOING: Final[tuple[Check, ...]] = (
    check_actions,
    check_annotations,
    check_forms,
    check_private,
)
