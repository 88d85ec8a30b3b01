"""What is for the screen and no press prints: annotations, forms, actions, attachments, layers."""

from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.facts import Box
from layout.preflight.finished.inventory import Hit
from layout.preflight.finished.objects import (
    is_array,
    is_dictionary,
    name_of,
    number_of,
    read_box,
    text_of,
    words,
)

_ANNOTATIONS_MOST: Final = 20_000
_HIDDEN, _PRINTED, _NO_VIEW = 2, 4, 32
_UNPRINTED: Final = frozenset(("/Link", "/Popup"))
_SHOWN: Final = 40
_BOX_WORDS: Final = ("/MediaBox", "/BleedBox")
_AREAS: Final = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")


def check_annotations(case: Case) -> None:
    """None in the bleed (ledger, A1); outside it none that does anything (A2)."""
    for facts, page in zip(case.facts.pages, case.opened.pages, strict=True):
        inside: list[tuple[Box, str]] = []
        for annotation in _annotations(page):
            kind = name_of(annotation.get("/Subtype"))
            box = read_box(annotation.get("/Rect"))
            if box is None or kind in case.rules.annotations:
                continue
            if not box.meets(facts.bleed if facts.has_bleed else facts.trim):
                if case.is_pdfx and ("/A" in annotation or "/AA" in annotation):
                    case.error("pdf.action", facts.number, box, action=kind[1:], count=1)
            elif case.is_pdfx or _prints(annotation, kind):
                inside.append((box, kind[1:]))
        if inside:
            box, kind = inside[0]
            case.breach("pdf.annotation", facts.number, box, kind=kind, count=len(inside))


def _annotations(page: Any) -> Iterator[Any]:
    held = page.get("/Annots")
    for at in range(min(len(held), _ANNOTATIONS_MOST) if is_array(held) else 0):
        if is_dictionary(held[at]):
            yield held[at]


def _prints(annotation: Any, kind: str) -> bool:
    """Whether an office printer prints it: by its flags, and something to be seen (12.5.3)."""
    flags = int(number_of(annotation.get("/F"), 0))
    return bool(flags & _PRINTED and not flags & _HIDDEN and "/AP" in annotation) and (
        kind not in _UNPRINTED
    )


def check_form(case: Case) -> None:
    """No form to be filled in (ledger, A2)."""
    form = case.root.get("/AcroForm")
    if not is_dictionary(form):
        return
    fields = form.get("/Fields")
    if "/XFA" in form or (is_array(fields) and len(fields)):
        case.breach("pdf.form", _first_page_with(case, "/Widget"))


def _first_page_with(case: Case, kind: str) -> int:
    for number, page in enumerate(case.opened.pages, 1):
        if any(each.get("/Subtype") == kind for each in _annotations(page)):
            return number
    return 0


def check_actions(case: Case) -> None:
    """Nothing that happens by itself or on a click (ledger, A2); to a plain PDF scripts matter."""
    hits = list(case.inventory.of("action"))
    names = case.root.get("/Names")
    if is_dictionary(names) and "/JavaScript" in names and not any(map(_is_script, hits)):
        hits.append(Hit("action", 0, "JavaScript"))
    if not case.is_pdfx:
        hits = [hit for hit in hits if _is_script(hit)]
    pages: dict[int, list[str]] = {}
    for hit in hits:
        pages.setdefault(hit.page, []).append(hit.value)
    for page, actions in pages.items():
        named = [name for name in actions if name != "AA"] or ["AA"]
        case.breach("pdf.action", page, action=named[0], count=len(named))


def _is_script(hit: Hit) -> bool:
    return hit.value == "JavaScript"


def check_attachments(case: Case) -> None:
    """No files within the file (ledger, F5); where they are allowed nobody prints them."""
    names = case.root.get("/Names")
    hits = case.inventory.of("attachment")
    held = is_dictionary(names) and "/EmbeddedFiles" in names
    if hits or held or "/Collection" in case.root:
        name = next((hit.value for hit in hits if hit.value), "-")[:_SHOWN]
        report = case.warning if case.rules.attachments else case.error
        report("pdf.attachment", name=name, count=max(len(hits), 1))


def check_layers(case: Case) -> None:
    """No layers where the flavour knows none (ledger, G4); elsewhere none that is switched off."""
    properties = case.root.get("/OCProperties")
    if not is_dictionary(properties):
        return
    layers = properties.get("/OCGs")
    if not case.rules.layers:
        if is_array(layers) and len(layers):
            case.error("pdf.layers", _layered_page(case), layer=_layer_name(layers[0]))
        return
    usual = properties.get("/D")
    if not is_dictionary(usual):
        case.breach("pdf.layers-usual")
        return
    off = usual.get("/OFF")
    hidden = off if is_array(off) and len(off) else None
    if usual.get("/BaseState") == "/OFF" and hidden is None:
        hidden = layers if is_array(layers) and len(layers) else None
    if hidden is not None:
        case.warning("pdf.layer-hidden", layer=_layer_name(hidden[0]), count=len(hidden))
    others = properties.get("/Configs")
    every = [usual, *(others if is_array(others) and len(others) < _ANNOTATIONS_MOST else ())]
    if any(is_dictionary(each) and "/AS" in each for each in every):
        case.breach("pdf.layers-automatic")


def _layered_page(case: Case) -> int:
    """The first page whose content is on a layer."""
    for page in case.pages:
        for held in page.used.get("/Properties", {}).values():
            if is_dictionary(held) and held.get("/Type") in ("/OCG", "/OCMD"):
                return page.number
    return 0


def _layer_name(layer: Any) -> str:
    return (text_of(layer, "/Name") or "-")[:_SHOWN] if is_dictionary(layer) else "-"


def check_preferences(case: Case) -> None:
    """No wish of the viewer's that prints another box than the sheet (ledger, B6)."""
    wishes = case.root.get("/ViewerPreferences")
    if not is_dictionary(wishes):
        return
    wrong = [key for key in _AREAS if key in wishes and name_of(wishes[key]) not in _BOX_WORDS]
    if wrong and case.is_pdfx:
        case.error("pdf.print-area", entry=wrong[0][1:], found=words(wishes[wrong[0]])[:_SHOWN])


SCREEN: Final[tuple[Check, ...]] = (
    check_annotations,
    check_form,
    check_actions,
    check_attachments,
    check_layers,
    check_preferences,
)
