"""What a leaflet or its style says of editions for the screen."""

from msgspec import Struct

from layout.diagnostics import NOWHERE, Span


class WebImage(Struct, frozen=True):
    """A picture of a page for social media.

    ``width`` and ``height`` are pixels; a height of 0 follows from the part shown.
    ``part`` is what is shown of the page (left, top, width, height on the trimmed page, in
    millimetres); without it the whole width, from the end that ``at`` says (top, middle, bottom).
    """

    name: str
    page: int = 1
    width: int = 1080
    height: int = 0
    part: tuple[float, float, float, float] | None = None
    at: str = "top"
    alt: str = ""
    span: Span = NOWHERE


class WebWishes(Struct, frozen=True):
    """``url``: where the page will be; ``page_width``: of the pictures of whole pages, in pixels.

    None where nothing is said: the leaflet's word goes before the style's.
    """

    url: str = ""
    description: str = ""
    page_width: int | None = None
    images: tuple[WebImage, ...] | None = None


UNASKED = WebWishes()
