"""Default colour spaces (ISO 32000-1, 8.6.5.6): what quietly turns device colours into others."""

from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.marks import PageMarks
from layout.preflight.finished.objects import is_dictionary, is_stream
from layout.preflight.finished.paints import family_of
from layout.style.pdf_file import inherited

_NAMES: Final = ("/DefaultGray", "/DefaultCMYK")
"""One for RGB changes nothing in a file without RGB, and RGB is an error by itself."""

_INKS: Final = ("DeviceGray", "DeviceCMYK", "Separation", "DeviceN")


def check_defaults(case: Case) -> None:
    """Colour is painted in the inks it names, where the flavour knows nothing but inks (C1)."""
    if not case.judged.inks_only:
        return
    for page, dictionary in zip(case.pages, case.opened.pages, strict=False):
        families = [name for each in _defaults(page, dictionary) if (name := _family(each))]
        others = [name for name in families if name not in _INKS]
        if others:
            case.error("pdf.icc", page.number, space=others[0], count=len(others))


def _defaults(page: PageMarks, dictionary: Any) -> Iterator[Any]:
    """The default spaces of a page, and of the forms that its content paints."""
    forms = [form for form in page.used.get("/XObject", {}).values() if is_stream(form)]
    resources = [inherited(dictionary, "/Resources"), *(form.get("/Resources") for form in forms)]
    for held in resources:
        spaces: Any = held.get("/ColorSpace") if is_dictionary(held) else None
        if is_dictionary(spaces):
            yield from (spaces[name] for name in _NAMES if name in spaces)


def _family(space: Any) -> str:
    try:
        return family_of(space)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        return ""


DEFAULTS: Final[tuple[Check, ...]] = (check_defaults,)
