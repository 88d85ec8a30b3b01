"""What stands on the pages, line by line, in reading order, and where each character came from.

Everything that people proofread is made of this: the proof page and paper, the
facts sheet, the findings of the lint, the comparison of two stages.  Places are
millimetres from the upper left corner of the trimmed page.
"""

from msgspec import Struct

from layout.diagnostics import Span


class Box(Struct, frozen=True):
    """A rectangle on the trimmed page in millimetres."""

    x: float
    y: float
    width: float
    height: float


class Char(Struct, frozen=True):
    """A character as printed.

    ``at`` is how far along its line it begins and ``size`` how far it reaches, in
    millimetres.  ``line`` and ``column`` are its place in the source (from 1);
    both are 0 where it was not typed there: a fact's value, a list marker.
    """

    text: str
    at: float
    size: float
    line: int
    column: int


class Line(Struct, frozen=True):
    """A line as printed.

    ``id`` names it within the leaflet ("2.body.7.3": page, area, block, line, from 1);
    ``number`` counts the lines of its area.  ``span`` is where the source has its
    first character.  ``ruby`` are the readings set beside it, as (index of the
    first character they belong to, text).  ``role`` is its block's role.
    """

    id: str
    page: int
    number: int
    block: str
    role: str
    box: Box
    vertical: bool
    size_q: float
    chars: tuple[Char, ...]
    span: Span
    ruby: tuple[tuple[int, str], ...] = ()

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(char.text for char in self.chars)


class Block(Struct, frozen=True):
    """Lines that belong together: a paragraph, a heading, a caption, a cell.

    ``id`` is "2.body.7"; ``kind`` the role of its text ("P", "H1", "Caption" …);
    ``span`` where it begins in the source.  ``text`` is that of its lines
    without the breaks that composition made.
    """

    id: str
    page: int
    area: str
    kind: str
    span: Span
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """What it says, in one line."""
        return "".join(line.text for line in self.lines)


class Thing(Struct, frozen=True):
    """What is no text: a figure, a picture, a QR code.

    ``kind`` is "figure" or "code"; ``says`` a code's content, ``alt`` a figure's
    description, ``file`` its file's name.
    """

    id: str
    page: int
    kind: str
    box: Box
    span: Span
    alt: str = ""
    says: str = ""
    file: str = ""


class Page(Struct, frozen=True):
    """One page: its trimmed size in millimetres, its blocks and figures in reading order."""

    number: int
    width: float
    height: float
    blocks: tuple[Block, ...]
    things: tuple[Thing, ...]


class Reading(Struct, frozen=True):
    """The whole leaflet."""

    title: str
    pages: tuple[Page, ...]
    bound_right: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, page after page."""
        return tuple(block for page in self.pages for block in page.blocks)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, page after page."""
        return tuple(line for block in self.blocks for line in block.lines)
