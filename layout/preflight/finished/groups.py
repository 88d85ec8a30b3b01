"""Transparency groups of pages and forms: whether they may be, and in what they blend."""

from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.marks import PageMarks
from layout.preflight.finished.objects import is_dictionary, is_stream
from layout.preflight.finished.paints import family_of

_LIGHT: Final = ("DeviceRGB", "CalRGB", "Lab")


def check_groups(case: Case) -> None:
    """No group where the flavour knows no transparency (ledger, G3); elsewhere in inks."""
    may_blend = case.judged.may_blend
    for page, dictionary in zip(case.pages, case.opened.pages, strict=False):
        groups = list(_groups(page, dictionary))
        if groups and not may_blend:
            case.error("pdf.transparency", page.number, how="Group", count=len(groups))
        elif case.is_pdfx:
            light = [name for name in map(_space, groups) if name in _LIGHT]
            if light:
                case.error("pdf.blend-space", page.number, space=light[0], count=len(light))


def _groups(page: PageMarks, dictionary: Any) -> Iterator[Any]:
    """The groups of a page: its own, and those of the forms that its content paints."""
    forms = [form for form in page.used.get("/XObject", {}).values() if is_stream(form)]
    for holder in (dictionary, *forms):
        group = holder.get("/Group")
        if is_dictionary(group) and group.get("/S") == "/Transparency":
            yield group


def _space(group: Any) -> str:
    """The family of the space that a group blends in; empty if it is that of what is beneath."""
    try:
        return family_of(group["/CS"]) if "/CS" in group else ""
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        return ""


GROUPS: Final[tuple[Check, ...]] = (check_groups,)
