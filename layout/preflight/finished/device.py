"""What speaks to a certain device: PostScript, references, OPI, curves and screens of its own."""

from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.facts import Box
from layout.preflight.finished.objects import is_dictionary, is_stream, name_of, number_of
from layout.preflight.finished.structure import first_box, painted_at

_HITS: Final = (
    ("postscript", "pdf.postscript"),
    ("reference", "pdf.reference"),
    ("opi", "pdf.opi"),
    ("alternates", "pdf.alternates"),
)
_CURVES: Final = ("/TR", "/TR2")
_BLACK: Final = ("/BG", "/BG2", "/UCR", "/UCR2")
_HALFTONES: Final = (1, 5)
"""Types of halftones that a file for press may bring (ISO 15930-1, 6.12)."""

_PARTS_MOST: Final = 64


def check_xobjects(case: Case) -> None:
    """No XObject that is not in the file, or is for a PostScript printer (ledger, G2)."""
    painted = painted_at(case)
    for what, code in _HITS:
        pages: dict[int, list[Box | None]] = {}
        for hit in case.inventory.of(what):
            number, box = painted.get(hit.key, (hit.page, None))
            pages.setdefault(number, []).append(box)
        for number, boxes in pages.items():
            case.breach(code, number, first_box(boxes), count=len(boxes))


def check_states(case: Case) -> None:
    """Graphics states that content really sets: no curves, screens or blacks (ledger, C5)."""
    for page in case.pages:
        found: dict[str, list[str]] = {}
        for state in page.used.get("/ExtGState", {}).values():
            if is_dictionary(state) or is_stream(state):
                for code, entry in _settings(state, case):
                    found.setdefault(code, []).append(entry)
        for code, entries in sorted(found.items()):
            case.breach(code, page.number, entry=entries[0], count=len(entries))


def _settings(state: Any, case: Case) -> Iterator[tuple[str, str]]:
    """Each entry of a state that sets the device: the finding, and the entry."""
    allowed = case.rules.state_values
    for key in _CURVES:
        if key in state and not _is_one_of(state[key], allowed[key]):
            yield "pdf.transfer", key[1:]
    for key in _BLACK:
        if key in state and not _is_one_of(state[key], allowed.get(key, frozenset())):
            yield "pdf.black-generation", key[1:]
    if "/HTP" in state:
        yield "pdf.halftone", "HTP"
    screen = state.get("/HT")
    named = screen is None or _is_one_of(screen, allowed["/HT"])
    if problem := "" if named else _screen_problem(screen):
        yield "pdf.halftone", problem


def _is_one_of(value: Any, allowed: frozenset[str]) -> bool:
    return name_of(value) in allowed


def _screen_problem(screen: Any) -> str:
    """What a halftone may not have: a name, a type of its own, curves (10.5.5)."""
    if not (is_dictionary(screen) or is_stream(screen)):
        return "HT"
    kind = int(number_of(screen.get("/HalftoneType"), 0))
    if kind not in _HALFTONES:
        return "HalftoneType"
    parts: list[Any] = [screen]
    if kind == 5:
        parts += [screen[key] for key in sorted(screen.keys())[:_PARTS_MOST]]
    for part in parts:
        if is_dictionary(part) or is_stream(part):
            for entry in ("HalftoneName", "TransferFunction"):
                if f"/{entry}" in part:
                    return entry
    return ""


DEVICE: Final[tuple[Check, ...]] = (check_xobjects, check_states)
