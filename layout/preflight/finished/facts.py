"""What the judge learned of a finished PDF: for later checks, the report and the submission pack.

Places are millimetres from the upper left corner of the trimmed page, x to the
right and y downwards, as a person with a ruler would say; what stands in the
bleed or on a mark has a negative place or one beyond the page.
"""

from msgspec import Struct

PT_PER_MM = 72 / 25.4


class Box(Struct, frozen=True):
    """A page box in points of the page's own space, its corners put in order."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Points from side to side."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points from foot to head."""
        return self.y1 - self.y0

    def holds(self, other: "Box", slack: float = 0.01) -> bool:
        """Whether the other lies inside; ``slack`` points of rounding are forgiven."""
        return (
            self.x0 <= other.x0 + slack
            and self.y0 <= other.y0 + slack
            and self.x1 >= other.x1 - slack
            and self.y1 >= other.y1 - slack
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two share any area."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


class Place(Struct, frozen=True):
    """A rectangle on the trimmed page, in millimetres from its upper left corner."""

    x: float
    y: float
    width: float = 0.0
    height: float = 0.0


class PageFacts(Struct, frozen=True):
    """One page.

    Boxes are in points; a box that the page does not have is the one it would
    stand for (ISO 32000-1, 14.11.2), and ``has_trim``, ``has_bleed`` say so.
    ``bleed_mm`` is the smallest of the four sides.  ``inks`` are the plates
    that are painted on: Cyan, Magenta, Yellow, Black, then spot names; device
    RGB and the like are no plates and are left out.
    """

    number: int
    media: Box
    crop: Box
    bleed: Box
    trim: Box
    has_trim: bool
    has_bleed: bool
    rotate: int
    width_mm: float
    height_mm: float
    bleed_mm: float
    inks: tuple[str, ...] = ()

    def place(self, box: Box) -> Place:
        """A rectangle of the page's own space, seen from the trim's upper left corner."""
        return Place(
            (box.x0 - self.trim.x0) / PT_PER_MM,
            (self.trim.y1 - box.y1) / PT_PER_MM,
            box.width / PT_PER_MM,
            box.height / PT_PER_MM,
        )


class FontFact(Struct, frozen=True):
    """A font that text is shown in; ``kind`` is its Subtype (of the descendant in a composite)."""

    name: str
    kind: str
    embedded: bool
    subset: bool
    unicode: bool
    pages: tuple[int, ...]


class PictureFact(Struct, frozen=True):
    """A picture as it is placed.  ``ppi`` is the smaller of the two directions' resolutions.

    ``sort`` is "colour", "gray" or "bitonal".
    """

    page: int
    place: Place
    pixels_wide: int
    pixels_high: int
    bits: int
    space: str
    sort: str
    ppi: float


class Facts(Struct, frozen=True):
    """The whole file.  ``flavour`` is what it says of itself ("PDF/X-1a:2001"), or empty.

    ``opened`` is false if nothing could be read; then there are no pages.
    ``smallest_type_pt`` and ``thinnest_line_pt`` are 0 where there is none.
    """

    name: str
    size: int
    sha256: str
    opened: bool = False
    version: str = ""
    flavour: str = ""
    title: str = ""
    producer: str = ""
    condition: str = ""
    condition_embedded: bool = False
    pages: tuple[PageFacts, ...] = ()
    fonts: tuple[FontFact, ...] = ()
    pictures: tuple[PictureFact, ...] = ()
    spots: tuple[str, ...] = ()
    inks: tuple[str, ...] = ()
    smallest_type_pt: float = 0.0
    thinnest_line_pt: float = 0.0
    most_ink: float = 0.0
