"""The output intent: for which press the file was made, and whether that press is described."""

from typing import Any, Final

from layout.display.pdf.streams import Budget
from layout.house.icc import press_fault
from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.objects import is_stream, number_of, text_of
from layout.preflight.finished.read import intents_of
from layout.style.picture_error import PictureError

_REGISTRY: Final = "www.color.org"
_ICC_MOST: Final = 20_000_000
_NO_NAMES: Final = ("", "custom")
_FINDINGS: Final = {
    "broken": "pdf.icc-broken",
    "no-press": "pdf.icc-no-press",
    "too-new": "pdf.icc-too-new",
}


def check_intent(case: Case) -> None:
    """Exactly one of the kind GTS_PDFX (ledger, O1), named (O2), with a sound profile (O3, O4)."""
    found = intents_of(case.root)
    if not case.is_pdfx:
        return
    if not found:
        case.error("pdf.intent-missing")
        return
    if len(found) > 1:
        case.error("pdf.intent-several", count=len(found))
    for intent in found:
        _check_one(case, intent)


def _check_one(case: Case, intent: Any) -> None:
    name = text_of(intent, "/OutputConditionIdentifier").strip()
    if not name:
        case.error("pdf.intent-unnamed")
    if (profile := intent.get("/DestOutputProfile")) is not None:
        _check_profile(case, profile)
    elif case.flavour.intent == "embedded":
        case.error("pdf.intent-profile", condition=name or "-")
    elif name and not _registered(intent, name):
        case.error("pdf.intent-unregistered", condition=name)


def _registered(intent: Any, name: str) -> bool:
    """Whether the condition is one that the ICC's registry describes; by what the file says."""
    return _REGISTRY in text_of(intent, "/RegistryName") and name.lower() not in _NO_NAMES


def _check_profile(case: Case, profile: Any) -> None:
    import pikepdf

    if not is_stream(profile):
        case.error("pdf.icc-broken")
        return
    try:
        data = Budget(_ICC_MOST).read(profile)
    except (PictureError, pikepdf.PikepdfError, RuntimeError, ValueError):
        case.error("pdf.icc-broken")
        return
    version = case.rules.version_most
    if fault := press_fault(data, version):
        case.error(_FINDINGS[fault])
    elif (colours := number_of(profile.get("/N"), 0)) != 4:
        case.error("pdf.icc-colours", found=f"{colours:g}")


INTENT: Final[tuple[Check, ...]] = (check_intent,)
