"""What is asked of a picture, what is found out about it, and what comes out."""

import json
from typing import Final

from msgspec import Struct, field, to_builtins

from layout.geometry import Rect
from layout.house.profile import Profile
from layout.units import to_mm

MM_PER_INCH: Final = 25.4

COLOUR: Final = "colour"
GRAY: Final = "gray"
BITONAL: Final = "bitonal"


class Request(Struct, frozen=True):
    """Everything besides the file that decides what comes out.

    ``width`` and ``height`` are the size on paper in nanometres.  Resolutions are
    pixels per inch: above ``above`` a picture comes down to ``target``.  ``press``
    is the ICC profile of the inks.  ``clear`` keeps transparency as a soft mask;
    ``stencil`` makes a mask of one bit, ``dotted`` coarse dots of black alone.
    """

    width: int
    height: int
    target: dict[str, float]
    above: dict[str, float]
    pixels_most: int
    ink_warn: float
    ink_most: float
    gray_only: bool
    press: bytes
    clear: bool = False
    stencil: bool = False
    dotted: bool = False

    def resolution(self, pixels: tuple[int, int]) -> float:
        """Pixels per inch at print size, along the worse axis."""
        return resolution(pixels, Rect(0, 0, self.width, self.height))


def resolution(pixels: tuple[int, int], rect: Rect) -> float:
    """Pixels per inch of so many pixels in a rectangle, along the worse axis."""
    inches = (to_mm(rect.width) / MM_PER_INCH, to_mm(rect.height) / MM_PER_INCH)
    return min(pixels[0] / inches[0], pixels[1] / inches[1])


def request(profile: Profile, size: tuple[int, int], press: bytes, stencil: bool) -> Request:
    """What ``profile`` wants of a picture of that size on paper, in nanometres."""
    return Request(
        *size,
        {COLOUR: profile.picture_ppi, GRAY: profile.gray_ppi, BITONAL: profile.bitonal_ppi},
        {
            COLOUR: profile.picture_ppi_above,
            GRAY: profile.gray_ppi_above,
            BITONAL: profile.bitonal_ppi_above,
        },
        profile.picture_pixels_most,
        profile.ink_warn,
        profile.ink_most,
        profile.gray_only,
        press,
        profile.writes.transparency and not profile.gray_only,
        stencil,
    )


class Facts(Struct):
    """What is to be said about a picture.

    ``kind`` is how it prints, ``pixels`` the size of the file.  ``converted``
    tells that colours became inks or gray; ``flattened`` that what was
    transparent was laid on white; ``unusable_profile`` that the profile in it
    could not be used; ``condition`` is the name of another printing condition
    whose ink numbers were kept.  ``over_most`` and ``over_warn`` are the shares
    of the area with more ink than the press profile's two figures, and ``ink`` is
    the most ink, in percent.
    """

    kind: str = COLOUR
    pixels: tuple[int, int] = (0, 0)
    frames: int = 1
    converted: bool = False
    flattened: bool = False
    unusable_profile: bool = False
    condition: str = ""
    ink: float = 0.0
    over_most: float = 0.0
    over_warn: float = 0.0


class Encoded(Struct, frozen=True):
    """An image object: the entries of its dictionary but Length, and its data as stored."""

    entries: bytes
    data: bytes


class Converted(Struct, frozen=True):
    """A picture ready to be embedded, its soft mask if it has one, and the facts."""

    image: Encoded
    mask: Encoded | None
    facts: Facts = field(default_factory=Facts)

    def to_bytes(self) -> bytes:
        """As the cache keeps it."""
        parts = [self.image.entries, self.image.data]
        if self.mask is not None:
            parts += [self.mask.entries, self.mask.data]
        head = json.dumps(
            {"facts": to_builtins(self.facts), "sizes": [len(part) for part in parts]}
        )
        return b"".join((head.encode(), b"\n", *parts))

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Converted":
        """The same back again; ``ValueError`` for anything else."""
        try:
            line, _, rest = kept.partition(b"\n")
            head = json.loads(line)
            parts = []
            for size in head["sizes"]:
                parts.append(rest[:size])
                rest = rest[size:]
            facts = Facts(**head["facts"])
            facts.pixels = (int(facts.pixels[0]), int(facts.pixels[1]))
            mask = Encoded(parts[2], parts[3]) if len(parts) == 4 else None
            return cls(Encoded(parts[0], parts[1]), mask, facts)
        except (KeyError, TypeError, IndexError) as problem:
            raise ValueError(str(problem)) from problem
