"""PDF/A-2: colours, pictures, transparency, settings of devices (ISO 19005-2, 6.2)."""

from collections.abc import Iterator
from typing import Any, Final

from layout.preflight.accessible.case import Case, Check, kids_of, named
from layout.preflight.accessible.tagged import TaggedPage
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Mark
from layout.preflight.finished.objects import (
    is_array,
    is_dictionary,
    is_name,
    is_stream,
    name_of,
    number_of,
)
from layout.style.pdf_file import inherited
from layout.style.picture_error import PictureError

_INTENTS: Final = ("RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation")
_BLENDS: Final = frozenset(
    ("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge",
     "ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation",
     "Color", "Luminosity")
)  # fmt: skip
_SIGNATURES: Final = {
    b"GRAY": ("DeviceGray", 1),
    b"RGB ": ("DeviceRGB", 3),
    b"CMYK": ("DeviceCMYK", 4),
}
_CLASSES: Final = (b"prtr", b"mntr", b"scnr", b"spac")
_PREDEFINED: Final = ("1", "5")
_ODDITIES: Final = {
    "unknown-operator": "pdfa.operator",
    "lenient-operator": "pdfa.operator",
    "missing-resource": "pdfa.resource",
}


def _intents(case: Case) -> list[Any]:
    return [
        each for each in kids_of(case.root, "/OutputIntents") if named(each, "/S") == "GTS_PDFA1"
    ]


def check_intents(case: Case) -> None:
    """An output intent has one sound profile (6.2.3)."""
    found = [each.get("/DestOutputProfile") for each in _intents(case)]
    if len({each.objgen for each in found if is_stream(each)}) > 1:
        case.error("pdfa.intent-several")
    for each in found:
        if _space_of(case, each) is None:
            case.error("pdfa.intent-profile")
            return


def _space_of(case: Case, profile: Any) -> str | None:
    """The device space that a profile describes; None if it is no sound profile."""
    if not is_stream(profile):
        return None
    try:
        data = case.budget.read(profile)
    except PictureError:
        return None
    name, count = _SIGNATURES.get(data[16:20], ("", 0))
    sound = data[36:40] == b"acsp" and data[8:9] < b"\x05" and data[12:16] in _CLASSES
    return name if sound and name and number_of(profile.get("/N"), 0) == count else None


def check_colours(case: Case) -> None:
    """Device colours are those of the output intent, or of a default space (6.2.4.3)."""
    known = {_space_of(case, each.get("/DestOutputProfile")) for each in _intents(case)} - {None}
    allowed = {name for name in known if name} | ({"DeviceGray"} if known else set())
    for page in case.pages:
        defaults = _defaults(inherited(case.opened.pages[page.number - 1], "/Resources"))
        for space, box in _spaces(page):
            if space not in allowed and space not in defaults:
                case.error("pdfa.colour", page.number, box, space=space)


def _defaults(resources: Any) -> set[str]:
    held: Any = resources.get("/ColorSpace") if is_dictionary(resources) else None
    keys = held.keys() if is_dictionary(held) else ()
    return {key.replace("/Default", "Device") for key in keys if key.startswith("/Default")}


def _spaces(page: TaggedPage) -> Iterator[tuple[str, Box]]:
    """The device spaces that marks are painted in."""
    for mark in page.marks.marks:
        found = {paint.family for paint in (mark.fill, mark.stroke) if paint is not None}
        if mark.image is not None:
            found.add(_base(mark.image.get("/ColorSpace")))
        for space in sorted(found):
            if space.startswith("Device") and space != "DeviceN":
                yield space, mark.box


def _base(space: Any) -> str:
    """A picture's own space; of an indexed one its base."""
    if is_array(space) and len(space) > 1 and name_of(space[0]) in ("/Indexed", "/I"):
        return _base(space[1])
    return name_of(space)[1:] if is_name(space) else ""


def check_transparency(case: Case) -> None:
    """Blending has a colour space, in modes that everybody knows (6.2.10)."""
    without = not _intents(case)
    for page in case.pages:
        clear = next((mark for mark in page.marks.marks if _is_clear(mark)), None)
        group = case.opened.pages[page.number - 1].get("/Group")
        spaced = is_dictionary(group) and "/CS" in group
        if clear is not None and without and not spaced:
            case.error("pdfa.transparency", page.number, clear.box)
        for mark in page.marks.marks:
            if mark.look.blend not in _BLENDS:
                case.error("pdfa.blend", page.number, mark.box, mode=mark.look.blend)


def _is_clear(mark: Mark) -> bool:
    look = mark.look
    masked = mark.image is not None and is_stream(mark.image.get("/SMask"))
    return look.alpha < 1 or look.blend != "Normal" or look.soft_mask or masked


def check_pictures(case: Case) -> None:
    """One version of each picture, drawn as it is (6.2.8, 6.2.9)."""
    for page in case.pages:
        for mark in page.marks.marks:
            if mark.image is None:
                continue
            if mark.image.get("/Interpolate") is True:
                case.error("pdfa.interpolate", page.number, mark.box)
            intent = named(mark.image, "/Intent")
            if intent and intent not in _INTENTS:
                case.error("pdfa.rendering-intent", page.number, mark.box, intent=intent)
    for what in ("alternates", "opi"):
        for hit in case.inventory.of(what):
            case.error("pdfa.alternates", hit.page)
    for hit in case.inventory.of("postscript"):
        case.error("pdfa.postscript", hit.page)


def check_states(case: Case) -> None:
    """No curves and screens of a device (6.2.5), no unknown rendering intents (6.2.6)."""
    for page in case.pages:
        for state in page.marks.used.get("/ExtGState", {}).values():
            if not is_dictionary(state):
                continue
            for key in _device_keys(state):
                case.error("pdfa.state", page.number, key=key)
            intent = named(state, "/RI")
            if intent and intent not in _INTENTS:
                case.error("pdfa.rendering-intent", page.number, intent=intent)
        for intent in page.intents:
            if intent not in _INTENTS:
                case.error("pdfa.rendering-intent", page.number, intent=intent)


def _device_keys(state: Any) -> Iterator[str]:
    if "/TR" in state:
        yield "TR"
    if "/TR2" in state and name_of(state["/TR2"]) != "/Default":
        yield "TR2"
    if "/HTP" in state:
        yield "HTP"
    screen = state.get("/HT")
    if is_dictionary(screen) or is_stream(screen):
        sound = str(int(number_of(screen.get("/HalftoneType"), 0))) in _PREDEFINED
        if not sound or "/HalftoneName" in screen:
            yield "HT"


def check_content(case: Case) -> None:
    """Known operators, and everything they name (6.2.2)."""
    for page in case.pages:
        for odd in page.marks.oddities:
            if odd.what in _ODDITIES:
                case.error(_ODDITIES[odd.what], page.number, name=odd.value)


PAINTING: Final[tuple[Check, ...]] = (
    check_intents,
    check_colours,
    check_transparency,
    check_pictures,
    check_states,
    check_content,
)
