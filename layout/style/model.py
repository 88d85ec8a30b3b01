"""Resolved styles and the tree of primitives that flow lays out.

Every length is in nanometres, every colour has its inks, every font its faces.
Block types of the source are gone: what remains are paragraphs, stacks, rows,
drawings, floats and gaps, each with the box around it.
"""

from enum import Enum

from msgspec import Struct, field

from layout.diagnostics import NOWHERE, Span
from layout.geometry import Rect, WritingMode
from layout.house.rules import Rules
from layout.source.model import Content
from layout.style.colours import NO_EDITIONS, Editions
from layout.style.colours import Colour as Colour
from layout.units import Length


class Stroke(Struct, frozen=True):
    """A line: its colour, thickness, and dash lengths (empty: solid).

    ``phase`` is how far into the dashes it begins.  ``cap`` is butt, round or
    square, ``join`` miter, round or bevel; over ``miter`` times the thickness a
    pointed corner is cut off.
    """

    colour: Colour
    thickness: Length
    dash: tuple[Length, ...] = ()
    phase: Length = 0
    cap: str = "butt"
    join: str = "miter"
    miter: float = 10.0


class Fold(Struct, frozen=True):
    """A fold (折り) across the page, at ``at`` from its left edge, or from its top if ``level``."""

    at: Length
    level: bool = False


class FacePart(Struct, frozen=True):
    """One face of a composite font: size as a factor, shift towards the line's over side in ems."""

    face: str
    scale: float = 1.0
    shift: float = 0.0


class CompositeFont(Struct, frozen=True):
    """A composite font (合成フォント): a face for each kind of character."""

    name: str
    kanji: FacePart
    kana: FacePart
    latin: FacePart
    digits: FacePart
    symbols: FacePart
    fallback: tuple[str, ...] = ()


class Align(Enum):
    """How a line stands in its measure."""

    JUSTIFY = "justify"
    START = "start"
    CENTRE = "centre"
    END = "end"
    EVEN = "even"


class TextStyle(Struct, frozen=True):
    """Everything that composes a paragraph.

    ``pitch`` is the distance between line centres (行送り); ``indent`` belongs
    to the first line, ``hang`` to the others; ``tracking`` follows every
    character; ``looseness`` asks for so many lines more or fewer.  Numbers of
    up to ``tate_chu_yoko`` digits stand across a vertical line, words of up to
    ``upright_latin`` capitals stand letter by letter, and ``kanji_numerals``
    writes numbers as 二〇二一.  Short ruby stands over the middle of its
    character or at its head (``ruby_shoulder``, 肩付き); three kana over one
    character are a third of its size with ``ruby_thirds`` (三分ルビ).  At a line's
    head and end the base is flush with a longer reading (``ruby_by_base``), or
    the reading is, with the base in its middle.
    """

    name: str
    font: CompositeFont
    size: Length
    pitch: Length
    colour: Colour
    align: Align = Align.JUSTIFY
    indent: Length = 0
    hang: Length = 0
    tracking: Length = 0
    proportional: bool = False
    phrase: bool = False
    strong_font: CompositeFont | None = None
    strong_colour: Colour | None = None
    tate_chu_yoko: int = 2
    looseness: int = 0
    upright_latin: int = 1
    kanji_numerals: bool = False
    ruby_shoulder: bool = False
    ruby_thirds: bool = False
    ruby_by_base: bool = True


class Sides(Struct, frozen=True):
    """Lengths at the four logical sides."""

    block_start: Length = 0
    block_end: Length = 0
    inline_start: Length = 0
    inline_end: Length = 0


class BoxStyle(Struct, frozen=True):
    """The box around a primitive.

    ``lines`` whole lines of the grid are taken (行取り), ``lines_more`` for each
    further line of text; 0 means as many as it needs.  ``marker`` draws a
    square of that colour before the text; ``across`` spans all columns (段抜き).
    """

    background: Colour | None = None
    radius: Length = 0
    edges: dict[str, Stroke] = field(default_factory=dict)
    padding: Sides = Sides()
    before: Length = 0
    after: Length = 0
    lines: int = 0
    lines_more: int = 1
    keep_with_next: bool = False
    marker: Colour | None = None
    shape: str = "box"
    across: bool = False


PLAIN = BoxStyle()


class Marker(Struct, frozen=True):
    """What stands before the text of a list's item.

    ``levels`` are the markers of the enclosing lists and, last, of its own: the
    widest of a list gives the room of its markers, in whole characters.
    """

    content: Content
    levels: tuple[tuple[Content, ...], ...]


class Para(Struct, frozen=True):
    """One paragraph; ``marker`` if it is the item of a list."""

    content: Content
    text: TextStyle
    span: Span
    role: str
    box: BoxStyle = PLAIN
    name: str = ""
    marker: Marker | None = None


class Stack(Struct, frozen=True):
    """Primitives one after the other along the block axis, in one or more columns.

    With a ``mode`` of its own it is laid out whole in that mode, in lines of
    ``inline``, and stands in its surroundings as one piece.
    """

    children: tuple["Node", ...]
    span: Span
    role: str
    box: BoxStyle = PLAIN
    columns: int = 1
    gap: Length = 0
    name: str = ""
    mode: WritingMode | None = None
    inline: Length = 0


class Track(Struct, frozen=True):
    """The inline size of a row's cell: a fixed length, a share of the rest, or what it needs."""

    fixed: Length = 0
    share: float = 0.0


class Row(Struct, frozen=True):
    """Primitives side by side along the inline axis, centred on one another.

    With ``align`` start their first lines stand on one line instead.  With
    ``wrap`` cells that find no room go on in a further line of cells.
    """

    cells: tuple[tuple[Track, "Node"], ...]
    gap: Length
    span: Span
    role: str
    box: BoxStyle = PLAIN
    align: str = "centre"
    wrap: bool = False
    name: str = ""


class Column(Struct, frozen=True):
    """A column of a table.

    As wide as ``fixed``, a ``share`` of what the others leave, or as its cells
    need (both 0).  ``point`` aligns numbers on their decimal point.
    """

    fixed: Length = 0
    share: float = 0.0
    point: bool = False


class TableNode(Struct, frozen=True):
    """Rows of cells in columns that run through; the boxes of the cells adjoin.

    The first ``head`` rows are said again where the table goes on in another
    column of the page (``repeats``: these are such ones).  ``row_rule`` stands
    between the rows below the head, ``column_rule`` between columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Para, ...], ...]
    head: int
    gap: Length
    span: Span
    role: str = "Table"
    box: BoxStyle = PLAIN
    row_rule: Stroke | None = None
    column_rule: Stroke | None = None
    title: Para | None = None
    caption: Para | None = None
    repeats: bool = False
    name: str = "table"


class Drawing(Struct, frozen=True):
    """A picture, stand-in, QR code, rule or other thing that is drawn, not set.

    ``kind`` is image, stand-in, qr, svg, pdf, glass or arrow; ``data`` is the file
    path, stand-in name or QR content, ``page`` the page of a PDF.  ``inline``
    and ``block`` of 0 mean "as large as the room".
    """

    kind: str
    data: str
    span: Span
    role: str
    inline: Length = 0
    block: Length = 0
    alt: str = ""
    colours: dict[str, Colour] = field(default_factory=dict)
    box: BoxStyle = PLAIN
    name: str = ""
    page: int = 1


class FigureNode(Struct, frozen=True):
    """A drawing with its caption as one unit.

    ``side`` start or end floats it, text wraps around; ``lines`` is its height
    in grid lines (0: as needed, -1: the rest of the column).
    """

    drawing: Drawing
    caption: Para | None
    gap: Length
    side: str
    inline: Length
    lines: int
    span: Span
    role: str = "figure"
    name: str = ""
    box: BoxStyle = PLAIN


class Gap(Struct, frozen=True):
    """Empty room: ``lines`` of the grid, or ``block`` where there is none."""

    lines: int
    span: Span = NOWHERE
    name: str = ""
    box: BoxStyle = PLAIN
    block: Length = 0


class Turn(Struct, frozen=True):
    """What follows begins a new column, or with ``area`` the thread's next area."""

    area: bool
    span: Span = NOWHERE
    name: str = "break"
    box: BoxStyle = PLAIN


class Placed(Struct, frozen=True):
    """A primitive at a rectangle of the page, outside the flow."""

    node: "Node"
    rect: Rect
    span: Span
    name: str = ""
    box: BoxStyle = PLAIN


Node = Para | Stack | Row | TableNode | Drawing | FigureNode | Gap | Turn | Placed


class Fit(Struct, frozen=True):
    """What copyfitting may take from each character, each line pitch, each size.

    ``open`` is what it may add to the line pitch where the text is short.
    """

    tracking: Length
    line: Length
    size: Length
    open: Length = 0


class ResolvedArea(Struct, frozen=True):
    """An area of a page with its content; ``rect`` is physical, on the trimmed page.

    What does not fit goes on in the next area of the same ``thread``.
    """

    name: str
    rect: Rect
    mode: WritingMode
    grid: TextStyle | None
    padding: Sides
    columns: int
    gap: Length
    rule: Stroke | None
    balance: bool
    align: str
    background: Colour | None
    children: tuple[Node, ...]
    span: Span
    fit: "Fit | None" = None
    edges: dict[str, Stroke] = field(default_factory=dict)
    thread: str = ""


class ResolvedPage(Struct, frozen=True):
    """One page: its size, its areas in reading order, and where it is folded."""

    width: Length
    height: Length
    background: Colour | None
    areas: tuple[ResolvedArea, ...]
    span: Span
    folds: tuple[Fold, ...] = ()


class ResolvedLeaflet(Struct, frozen=True):
    """A leaflet with every value resolved.

    ``binding`` is the side it is bound at (綴じ), left or right; empty where the
    way its text runs decides.
    """

    pages: tuple[ResolvedPage, ...]
    title: str
    author: str
    date: str
    language: str
    rules: Rules
    paragraph_bracket: str
    binding: str = ""
    editions: Editions = NO_EDITIONS
