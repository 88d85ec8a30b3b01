"""The two axes of layout, and the one place where they become x and y.

Layout speaks of the inline axis (along a line) and the block axis (from line
to line).  A page speaks of x (from its left edge) and y (down from its top
edge).  ``to_page`` is the only crossing between them (JLREQ 2.1, UAX #50 4).
"""

from enum import Enum

from msgspec import Struct

from layout.units import Length


class WritingMode(Enum):
    """横組 runs rightwards with lines going down; 縦組 runs down, lines going left."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"

    @property
    def is_vertical(self) -> bool:
        """True for 縦組."""
        return self is WritingMode.VERTICAL


class Offset(Struct, frozen=True):
    """A place inside a container: distances from its inline start and block start."""

    inline: Length
    block: Length


class Extent(Struct, frozen=True):
    """A size along the two logical axes."""

    inline: Length
    block: Length


class Point(Struct, frozen=True):
    """A place on the page: x from the left, y down from the top of the trimmed page."""

    x: Length
    y: Length


class Rect(Struct, frozen=True):
    """A rectangle on the page; ``x`` and ``y`` are its upper left corner."""

    x: Length
    y: Length
    width: Length
    height: Length

    @property
    def right(self) -> Length:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> Length:
        """The y of the lower edge."""
        return self.y + self.height


def page_extent(rect: Rect, mode: WritingMode) -> Extent:
    """The logical size of a physical rectangle."""
    if mode.is_vertical:
        return Extent(rect.height, rect.width)
    return Extent(rect.width, rect.height)


def to_page(frame: Rect, mode: WritingMode, at: Offset, extent: Extent) -> Rect:
    """Place a logical box of ``extent`` at ``at`` inside ``frame``.

    In horizontal mode inline is x and block is y; in vertical mode inline is
    y and block counts from the frame's right edge leftwards.
    """
    if mode.is_vertical:
        return Rect(
            frame.right - at.block - extent.block,
            frame.y + at.inline,
            extent.block,
            extent.inline,
        )
    return Rect(frame.x + at.inline, frame.y + at.block, extent.inline, extent.block)
