"""Colour operators and overprint states (ISO 32000-1, 8.6 and 8.6.7)."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from msgspec import Struct

from layout.backends.pdf.file import PressFile
from layout.backends.pdf.numbers import number
from layout.display.model import Colour
from layout.house.profile import Profile
from layout.style.colours import Cmyk

BLACK: Final = (0, 0, 0, 100)

REGISTRATION_SPACE: Final = (
    b"[/Separation /All /DeviceCMYK"
    b" << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1 >>]"
)
"""The colour space of printer's marks: the colorant All marks every plate (8.6.6.4)."""

KNOCK_OUT: Final = b"/GSn gs"
STATES: Final[Mapping[tuple[bool, bool], bytes]] = {
    (False, False): KNOCK_OUT,
    (True, False): b"/GSf gs",
    (False, True): b"/GSs gs",
    (True, True): b"/GSb gs",
}
"""The operator for (fill overprints, stroke overprints)."""

STATE_OBJECTS: Final[Mapping[bytes, bytes]] = {
    b"GSn": b"<< /Type /ExtGState /OP false /op false /OPM 0 >>",
    b"GSf": b"<< /Type /ExtGState /OP false /op true /OPM 1 >>",
    b"GSs": b"<< /Type /ExtGState /OP true /op false /OPM 1 >>",
    b"GSb": b"<< /Type /ExtGState /OP true /op true /OPM 1 >>",
}


@cache
def components(cmyk: tuple[float, float, float, float]) -> bytes:
    """The four DeviceCMYK operands, 0 to 1, of ink percentages."""
    return b" ".join(number(round(min(max(ink, 0.0), 100.0) * 100), 10_000) for ink in cmyk)


def overprints(colour: Colour | None, overprint_black: bool) -> bool:
    """Whether a colour is laid over what is beneath.

    Pure black is, and what the style says of; white never, for it would not be there.
    With OPM 1 the inks that are nought in DeviceCMYK leave the plates underneath alone,
    with OPM 0 black would knock them out (8.6.7).  A separation touches no other plate.
    """
    if colour is None or not any(colour.cmyk):
        return False
    pure = colour.cmyk == BLACK and not colour.spot
    return overprint_black and (pure or colour.over)


class InkShelf:
    """The colour spaces of one file's inks, each written once.

    What may not hold spots gets the process inks that stand for them; what may hold
    nothing but gray gets black ink as gray, so that a copier prints it with black alone
    and a drum takes it for its own ink.
    """

    def __init__(self, file: PressFile, profile: Profile) -> None:
        self._file = file
        self._profile = profile
        self._spaces: dict[tuple[str, ...], tuple[bytes, bytes]] = {}
        self._registration = b""

    def registration(self) -> bytes:
        """The reference to the colour space of marks."""
        if not self._registration:
            self._registration = self._file.add(REGISTRATION_SPACE)
        return self._registration

    def fill(self, colour: Colour, used: dict[bytes, bytes]) -> bytes:
        """The operators that set the colour of fills and text; ``used`` gets its space."""
        return self._operators(colour, used, (b"g", b"k", b"cs", b"scn"))

    def stroke(self, colour: Colour, used: dict[bytes, bytes]) -> bytes:
        """The operators that set the colour of lines; ``used`` gets its space."""
        return self._operators(colour, used, (b"G", b"K", b"CS", b"SCN"))

    def separation(self, colour: Colour) -> bytes:
        """The reference to the colour space of a colour's first ink, for pictures in that ink."""
        return self._space(_parts(colour)[:1])[1]

    def _operators(
        self, colour: Colour, used: dict[bytes, bytes], words: tuple[bytes, bytes, bytes, bytes]
    ) -> bytes:
        gray, process, space, tint = words
        if self._profile.gray_only:
            return number(round((100 - blackness(colour)) * 100), 10_000) + b" " + gray
        if not self._profile.spots or (not colour.spot and colour.plus is None):
            return components(process_inks(colour)) + b" " + process
        inks = _parts(colour)
        name, reference = self._space(inks)
        used[name] = reference
        tints = b" ".join(number(round(ink.percent * 100), 10_000) for ink in inks)
        return b"/%s %s %s %s" % (name, space, tints, tint)

    def _space(self, inks: tuple["_Part", ...]) -> tuple[bytes, bytes]:
        key = tuple(ink.name for ink in inks)
        if key not in self._spaces:
            body = self._separation(inks[0]) if len(inks) == 1 else self._device_n(inks)
            self._spaces[key] = (b"Ink%d" % (len(self._spaces) + 1), self._file.add(body))
        return self._spaces[key]

    def _separation(self, ink: "_Part") -> bytes:
        """One spot, its alternate a straight line from paper to full ink (8.6.6.4)."""
        line = b"<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [%s] /N 1 >>"
        function = line % components(ink.full)
        return b"[/Separation /%s /DeviceCMYK %s]" % (pdf_name(ink.name), function)

    def _device_n(self, inks: tuple["_Part", ...]) -> bytes:
        """Several inks at once (8.6.6.5): where spots are mixed, and nowhere else."""
        names = b" ".join(b"/" + pdf_name(ink.name) for ink in inks)
        spots = b" ".join(
            b"/%s %s" % (pdf_name(ink.name), self._space((ink,))[1]) for ink in inks if ink.spot
        )
        size = b" ".join([b"2"] * len(inks))
        domain = b" ".join([b"0 1"] * len(inks))
        entries = b"/FunctionType 0 /Domain [%s] /Range [0 1 0 1 0 1 0 1] /Size [%s]" % (
            domain,
            size,
        )
        function = self._file.add_stream(entries + b" /BitsPerSample 8", _corners(inks))
        attributes = b"<< /Colorants << %s >> >>" % spots
        return b"[/DeviceN [%s] /DeviceCMYK %s %s]" % (names, function, attributes)


class _Part(Struct, frozen=True):
    """One colorant of a colour: its percent, and the process inks of the full ink."""

    name: str
    percent: float
    full: Cmyk
    spot: bool


_PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")


def _parts(colour: Colour) -> tuple[_Part, ...]:
    """The colorants that a colour is printed with: spots, then process inks."""
    parts: list[_Part] = []
    rest: Colour | None = colour
    while rest is not None:
        if rest.spot:
            parts.append(_Part(rest.spot, rest.tint, _full(rest), True))
        else:
            for at, (name, ink) in enumerate(zip(_PROCESS, rest.cmyk, strict=True)):
                if ink:
                    parts.append(_Part(name, ink, _only(at), False))
        rest = rest.plus
    return tuple(parts)


def _full(colour: Colour) -> Cmyk:
    """What stands for the full ink of a spot, from what stands for a tint of it."""
    if not colour.tint:
        return colour.cmyk
    cyan, magenta, yellow, black = (
        min(round(ink * 100 / colour.tint, 1), 100.0) for ink in colour.cmyk
    )
    return cyan, magenta, yellow, black


def _only(at: int) -> Cmyk:
    cyan, magenta, yellow, black = (100.0 if index == at else 0.0 for index in range(4))
    return cyan, magenta, yellow, black


def _corners(inks: tuple[_Part, ...]) -> bytes:
    """Process inks for each choice of full inks and none, the first ink changing fastest."""
    out = bytearray()
    for choice in range(2 ** len(inks)):
        chosen = [ink.full for at, ink in enumerate(inks) if choice >> at & 1]
        sums = [min(sum(each[axis] for each in chosen), 100.0) for axis in range(4)]
        out += bytes(round(ink * 255 / 100) for ink in sums)
    return bytes(out)


def process_inks(colour: Colour) -> Cmyk:
    """The process inks that stand for a colour with all that is printed with it."""
    if colour.plus is None:
        return colour.cmyk
    more = process_inks(colour.plus)
    sums = [min(one + other, 100.0) for one, other in zip(colour.cmyk, more, strict=True)]
    return sums[0], sums[1], sums[2], sums[3]


def blackness(colour: Colour) -> float:
    """A colour as percent of black: its own, or as DeviceCMYK becomes gray (10.3.4)."""
    cyan, magenta, yellow, black = process_inks(colour)
    return min(0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black, 100.0)


def pdf_name(text: str) -> bytes:
    """A name as PDF spells it, without its slash: UTF-8, what is special in two digits (7.3.5)."""
    plain = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+*"
    return b"".join(
        bytes([byte]) if byte in plain else b"#%02X" % byte for byte in text.encode("utf-8")
    )
