"""Whether Info and XMP say what the flavour wants said, and the same."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.metadata import Said, read_date

_PAIRS: Final = (
    ("Title", "dc:title"),
    ("Producer", "pdf:Producer"),
    ("Creator", "xmp:CreatorTool"),
    ("Trapped", "pdf:Trapped"),
    ("GTS_PDFXVersion", "pdfx:GTS_PDFXVersion"),
    ("GTS_PDFXConformance", "pdfx:GTS_PDFXConformance"),
    ("GTS_PDFXVersion", "pdfxid:GTS_PDFXVersion"),
)
_DATES: Final = (("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate"))
_MOMENT: Final = timedelta(seconds=1)
_SHOWN: Final = 60


def check_flavour(case: Case) -> None:
    """The shop takes what the file says it is."""
    taken = case.profile.flavours
    if taken and case.facts.flavour not in taken:
        found = case.facts.flavour or "PDF"
        case.error("pdf.flavour", found=found[:_SHOWN], wanted="、".join(taken))


def check_title(case: Case) -> None:
    """A title (ledger, I2)."""
    if _wanted(case, "Title", "dc:title", lambda text: bool(text.strip())):
        case.error("pdf.title")


def check_dates(case: Case) -> None:
    """Dates of creation and of the last change that are dates (ledger, I3)."""
    for info, xmp in _DATES:
        if _wanted(case, info, xmp, lambda text: read_date(text) is not None):
            told = _told(case.said, info, xmp, case.rules.identity)
            case.error("pdf.dates", entry=info, found=told[:_SHOWN] or "-")


def check_trapped(case: Case) -> None:
    """It is known whether the file is trapped (ledger, I4)."""
    if _wanted(case, "Trapped", "pdf:Trapped", lambda text: text in ("True", "False")):
        told = _told(case.said, "Trapped", "pdf:Trapped", case.rules.identity)
        case.error("pdf.trapped", found=told[:_SHOWN] or "-")
    elif case.rules.identity == "info" and not case.said.trapped_name:
        case.error("pdf.trapped", found=f"({case.said.info['Trapped']})")


def _wanted(case: Case, info: str, xmp: str, sound: Callable[[str], bool]) -> bool:
    """Whether the flavour wants an entry that is not there or not sound."""
    where = case.rules.identity
    if where == "none" or (where == "xmp" and not case.said.xmp):
        return False  # metadata that are missing altogether are one finding, not five
    return not sound(_told(case.said, info, xmp, where))


def _told(said: Said, info: str, xmp: str, where: str) -> str:
    return said.xmp.get(xmp, "") if where == "xmp" else said.info.get(info, "")


def check_metadata(case: Case) -> None:
    """Metadata that can be read, with what the flavour wants in them (ledger of PDF/X-4, I6)."""
    said, needed = case.said, case.rules.identity == "xmp"
    if said.problem:
        report = case.error if needed else case.warning
        report("pdf.xmp-broken", problem=said.problem)
    elif not said.has_xmp:
        if needed:
            case.error("pdf.xmp-missing")
    elif missing := [name for name in case.rules.metadata if name not in said.xmp]:
        case.error("pdf.xmp-incomplete", entries="、".join(missing))


def check_agreement(case: Case) -> None:
    """What Info and XMP both tell, they tell alike (ledger, I5)."""
    if not case.is_pdfx:
        return
    said = case.said
    for info, xmp in _PAIRS:
        one, other = said.info.get(info), said.xmp.get(xmp)
        if one is not None and other is not None and one.strip() != other.strip():
            _differ(case, info, one, other)
    for info, xmp in _DATES:
        one, other = said.info.get(info, ""), said.xmp.get(xmp, "")
        first, second = read_date(one), read_date(other)
        if first and second and abs(first - second) > _MOMENT:
            _differ(case, info, one, other)


def _differ(case: Case, entry: str, info: str, xmp: str) -> None:
    case.error("pdf.xmp-differs", entry=entry, info=info[:_SHOWN], xmp=xmp[:_SHOWN])


IDENTITY: Final[tuple[Check, ...]] = (
    check_flavour,
    check_title,
    check_dates,
    check_trapped,
    check_metadata,
    check_agreement,
)
