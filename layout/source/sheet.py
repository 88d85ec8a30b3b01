"""The style sheet as its YAML says it: colours, fonts, text, block styles, page layouts.

A sheet lives in ``leaflets/styles/NAME.yaml``.  Names refer to names of the
same sheet; the style stage resolves them.  ``None`` means "not said here".
"""

from msgspec import Struct, field

from layout.diagnostics import NOWHERE, Span
from layout.source.edition_model import UNSAID, EditionRules
from layout.source.look import ColourRule
from layout.source.model import Folds, Measure
from layout.source.web_model import UNASKED, WebWishes


class FontPart(Struct, frozen=True):
    """One part of a composite font: a face of fonts.yaml, its size and its shift up in percent."""

    face: str
    span: Span
    scale: float = 100.0
    shift: float = 0.0


class FontRule(Struct, frozen=True):
    """A composite font (合成フォント).

    ``parts`` keys: kanji (required), kana, latin, digits, symbols; what is
    missing follows kanji (digits follow latin).  ``fallback`` lists faces that
    may stand in for a missing glyph, each use is reported.
    """

    name: str
    parts: dict[str, FontPart]
    span: Span
    fallback: tuple[str, ...] = ()


class TextRule(Struct, frozen=True):
    """A text style.  ``base`` names the style it builds on."""

    name: str
    span: Span
    base: str = ""
    font: str | None = None
    size: Measure | None = None
    line: Measure | None = None  # line pitch (行送り)
    colour: str | None = None
    align: str | None = None  # justify, start, centre, end, even (均等割り付け)
    indent: Measure | None = None  # paragraph first line
    hang: Measure | None = None  # further lines
    tracking: Measure | None = None  # added after every character (字送りの増減)
    proportional: bool | None = None  # palt/vpal and kern
    upright_latin: int | None = None  # capitals that stand upright in vertical text
    kanji_numerals: bool | None = None  # 二〇二一 in vertical text
    ruby: str | None = None  # centre (中付き) or shoulder (肩付き)
    ruby_thirds: bool | None = None  # 三分ルビ for three kana over one character
    ruby_edge: str | None = None  # base or reading: what is flush at a line's head and end
    looseness: int | None = None  # lines more or fewer than best
    phrase: bool | None = None  # break between phrases only (文節改行)
    strong_font: str | None = None
    strong_colour: str | None = None
    ragged: bool | None = None
    tate_chu_yoko: int | None = None  # digits set upright together in vertical text (縦中横)


class Edge(Struct, frozen=True):
    """A border line: thickness and colour name; ``dash`` is solid, dashed or dotted."""

    thickness: Measure
    colour: str
    dash: str = "solid"


class BlockRule(Struct, frozen=True):
    """A block style: the text in it and the box around it.

    Sides are logical: block_start, block_end, inline_start, inline_end.
    ``lines`` is the whole number of grid lines the block takes (行取り); text is
    centred in them.  ``steps`` are the text styles and indents of a title's
    lines.  ``marker`` is a square before the text, as a share of its size.
    """

    name: str
    span: Span
    base: str = ""
    text: str | None = None
    lines: int | None = None
    lines_more: int | None = None  # grid lines for each further text line
    before: Measure | None = None
    after: Measure | None = None
    keep_with_next: bool | None = None
    background: str | None = None
    radius: Measure | None = None
    edges: dict[str, Edge] = field(default_factory=dict)
    padding: dict[str, Measure] = field(default_factory=dict)
    marker_colour: str | None = None
    title: str | None = None  # block style of the box's title
    body: str | None = None  # text style of running text inside
    columns: int | None = None
    gap: Measure | None = None
    steps: tuple[tuple[str, Measure], ...] = ()
    place: tuple[Measure, Measure, Measure, Measure] | None = None  # badge: on the page
    across: bool | None = None  # spans all columns (段抜き)
    row_rule: Edge | None = None  # between the rows of a table
    column_rule: Edge | None = None  # between its columns
    shape: str | None = None  # badge: circle, box
    parts: dict[str, str] = field(default_factory=dict)  # names of styles for parts of a compound


class AreaRule(Struct, frozen=True):
    """An area: a physical rectangle (left, top, width, height) with a writing mode and a grid.

    ``text`` is the text style whose size and line pitch make the grid
    (基本版面); without ``grid`` blocks follow each other freely.  ``balance``
    makes columns equally long.  ``align`` says where content stands that does
    not fill the area: start, centre, end, spread (the rest is shared out before
    headings and boxes).  ``fit`` limits copyfitting: how much tracking, line and
    size may each give up, and how far the line pitch may open.  Text goes on
    from area to area of one ``thread``.
    """

    name: str
    rect: tuple[Measure, Measure, Measure, Measure]
    span: Span
    text: str = "body"
    writing: str = ""
    columns: int = 1
    gap: Measure | None = None
    rule: Edge | None = None
    balance: bool = False
    align: str = "start"
    background: str = ""
    padding: dict[str, Measure] = field(default_factory=dict)
    grid: bool = True
    fit: dict[str, Measure] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    thread: str = ""


class LayoutRule(Struct, frozen=True):
    """A page layout: areas in reading order."""

    name: str
    areas: dict[str, AreaRule]
    span: Span
    writing: str = "horizontal"
    background: str = ""
    folds: Folds | None = None


class PairRule(Struct, frozen=True):
    """A space between two classes instead of the tables' own, in ems; None keeps what is."""

    before: str
    after: str
    span: Span
    space: float | None = None
    least: float | None = None
    most: float | None = None
    reduce_order: int | None = None
    expand_order: int | None = None


class StyleSheet(Struct, frozen=True):
    """A whole sheet.  ``page`` is width and height of the trimmed page."""

    name: str
    file: str
    page: tuple[Measure, Measure]
    colours: dict[str, ColourRule]
    fonts: dict[str, FontRule]
    text: dict[str, TextRule]
    blocks: dict[str, BlockRule]
    layouts: dict[str, LayoutRule]
    span: Span = NOWHERE
    kinsoku: str = "strict"
    reduction: str = "jlreq"
    expansion: str = "jlreq"
    mojikumi: tuple[PairRule, ...] = ()
    not_at_head: str = ""
    not_at_end: str = ""
    hanging: bool = False
    paragraph_bracket: str = "flush"
    source: str = ""
    binding: str = ""
    folds: Folds | None = None
    editions: EditionRules = UNSAID
    web: WebWishes = UNASKED
