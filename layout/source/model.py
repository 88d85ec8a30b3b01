"""The leaflet as its YAML says it: pages, areas, blocks, inline content, facts.

Everything carries the place it came from.  Nothing here is resolved: lengths
are ``Measure`` (a number with its unit), styles are names.
"""

from msgspec import Struct

from layout.diagnostics import NOWHERE, Span
from layout.source.edition_model import UNSAID, EditionRules
from layout.source.lint_model import NO_WISHES, Silence, Wishes
from layout.source.look import AS_IT_IS, Look
from layout.source.web_model import UNASKED, WebWishes


class Measure(Struct, frozen=True):
    """A length as typed: ``unit`` is mm, Q, H, pt, 字 (em), 行 (line), % or "" (plain number)."""

    value: float
    unit: str
    span: Span = NOWHERE


# --- inline content ---------------------------------------------------------


class Text(Struct, frozen=True):
    """Characters that stand in one source line, contiguous from ``span``.

    ``span.length`` counts source columns.  Source characters and ``text`` agree
    one to one unless ``generated`` (a fact's value, a list marker).
    """

    text: str
    span: Span
    generated: bool = False


class Break(Struct, frozen=True):
    """A forced line break."""

    span: Span


class Strong(Struct, frozen=True):
    """``**…**``: emphasis by weight or colour, as the style says (強調)."""

    content: tuple["Inline", ...]
    span: Span


class Dots(Struct, frozen=True):
    """``《《…》》``: emphasis dots (圏点)."""

    content: tuple["Inline", ...]
    span: Span


class Sideline(Struct, frozen=True):
    """``__…__``: underline, in vertical text a sideline (傍線)."""

    content: tuple["Inline", ...]
    span: Span


class Ruby(Struct, frozen=True):
    """``｜親文字《おやもじ》``.  ``readings``: one (group), or one for each character."""

    base: Text
    readings: tuple[str, ...]
    span: Span


class TateChuYoko(Struct, frozen=True):
    """``^12^``: set upright side by side in one em of a vertical line (縦中横)."""

    content: Text
    span: Span


class NoteMark(Struct, frozen=True):
    """``[^注1]``: a small raised mark that leads to a note (合印)."""

    content: Text
    span: Span


class Warichu(Struct, frozen=True):
    """``［［…］］``: a note in two small lines inside the line (割注)."""

    content: tuple["Inline", ...]
    span: Span


class Link(Struct, frozen=True):
    """``[…](URL)`` and every URL, mail address and phone number made from a fact."""

    content: tuple["Inline", ...]
    target: str
    span: Span


class Cells(Struct, frozen=True):
    """Characters each in a cell of a form, hyphens between cells (升目)."""

    content: Text
    span: Span


Inline = (
    Text | Break | Strong | Dots | Sideline | Ruby | TateChuYoko | NoteMark | Warichu | Link | Cells
)
Content = tuple[Inline, ...]


# --- blocks -----------------------------------------------------------------


class Common(Struct, frozen=True):
    """What every block may carry.

    ``style`` names a block style of the sheet instead of the block's own;
    ``lint`` silences house-style findings, with the reasons.
    """

    span: Span
    id: str = ""
    style: str = ""
    lint: tuple[Silence, ...] = ()
    style_span: Span = NOWHERE


class Paragraph(Struct, frozen=True):
    """One paragraph of running text; ``kind`` is text, lead, slogan, caption, notes or quote."""

    common: Common
    content: Content
    kind: str = "text"


class Title(Struct, frozen=True):
    """A display title of one or more lines, each with its own step in the style."""

    common: Common
    lines: tuple[Content, ...]


class Heading(Struct, frozen=True):
    """A section heading; ``level`` counts from 1.  Line breaks in it are forced."""

    common: Common
    content: Content
    level: int = 1
    across: bool = False


class Badge(Struct, frozen=True):
    """A round or angular label placed at a free position (「リーフその9」)."""

    common: Common
    lines: tuple[Content, ...]


class ListItem(Struct, frozen=True):
    """One item, the marker printed before it, and the list inside it."""

    marker: Content
    content: Content
    span: Span
    items: tuple["ListItem", ...] = ()


class ListBlock(Struct, frozen=True):
    """Items with hanging indent."""

    common: Common
    items: tuple[ListItem, ...]


class Figure(Struct, frozen=True):
    """A picture with its caption.

    Exactly one of ``image`` (a path relative to the leaflet's folder) and
    ``stand_in`` (diagram, photo, document, chart) is set.  ``side`` is start,
    end (text wraps around) or "" (takes the column).  ``lines`` is its height
    in lines of the area's grid including the caption; 0 means as tall as the
    picture needs, -1 (``rest`` in YAML) what is left of the column.  ``page`` is
    the page of a PDF that is shown.
    """

    common: Common
    alt: str
    image: str = ""
    image_span: Span = NOWHERE
    stand_in: str = ""
    caption: Content = ()
    side: str = ""
    inline_size: Measure | None = None
    lines: int = 0
    page: int = 1


class Box(Struct, frozen=True):
    """A framed or tinted container; ``title`` may be empty. Sidebars and quotations are boxes.

    ``writing`` sets it in the other mode than its surroundings, in lines of ``inline_size``.
    """

    common: Common
    title: Content
    blocks: tuple["Block", ...]
    kind: str = "box"
    columns: int = 1
    writing: str = ""
    inline_size: Measure | None = None


class Table(Struct, frozen=True):
    """Rows of cells; the first ``head`` rows and ``head_columns`` columns are heads.

    ``widths`` are lengths, shares (no unit) or ``auto``; ``aligns`` are start,
    centre, end or point (numbers on their decimal point), one for each column.
    """

    common: Common
    rows: tuple[tuple[Content, ...], ...]
    head: int = 0
    widths: tuple[Measure, ...] = ()
    caption: Content = ()
    head_columns: int = 0
    aligns: tuple[str, ...] = ()
    title: Content = ()


class SearchBox(Struct, frozen=True):
    """「○○」で検索: words before, the words in the input, words after, an optional note and QR."""

    common: Common
    before: Content
    words: Content
    after: Content
    note: Content = ()
    qr: str = ""  # what the code holds, already resolved from a fact


class QrCode(Struct, frozen=True):
    """A QR code of ``data`` (already resolved from a fact) with an optional label."""

    common: Common
    data: str
    label: Content = ()
    inline_size: Measure | None = None


class PaymentWay(Struct, frozen=True):
    """One way to pay: a label and the leaflet's own wording, one Content per line."""

    label: Content
    lines: tuple[Content, ...]
    span: Span


class Donation(Struct, frozen=True):
    """The donation box (賛同カンパ)."""

    common: Common
    title: Content
    body: tuple[Paragraph, ...]
    ways: tuple[PaymentWay, ...]


class Contact(Struct, frozen=True):
    """Who made the leaflet and how to reach them, one Content per line; first is the name."""

    common: Common
    name: Content
    lines: tuple[Content, ...]


class Event(Struct, frozen=True):
    """A meeting: label and value pairs (日時, 会場 …) under a name."""

    common: Common
    name: Content
    rows: tuple[tuple[Content, Content], ...]


class FormField(Struct, frozen=True):
    """A field to fill in: a label and lines to write on, or boxes to tick.

    ``inline_size`` is the length of the line to write on (None: what is left),
    ``before`` and ``after`` stand at its ends (〒, 人).
    """

    label: Content
    span: Span
    lines: int = 1
    inline_size: Measure | None = None
    before: Content = ()
    after: Content = ()
    choices: tuple[Content, ...] = ()


class CutOff(Struct, frozen=True):
    """A form to cut off: a cut line with its words, a title and rows of fields."""

    common: Common
    title: Content
    rows: tuple[tuple[FormField, ...], ...]
    cut: Content = ()


class SideBySide(Struct, frozen=True):
    """Blocks beside one another; ``widths`` as in a table."""

    common: Common
    cells: tuple[tuple["Block", ...], ...]
    widths: tuple[Measure, ...] = ()
    gap: Measure | None = None


class Turn(Struct, frozen=True):
    """What follows begins a new column, or the thread's next area."""

    common: Common
    area: bool


class Rule(Struct, frozen=True):
    """A line across the column, with words in its middle or none."""

    common: Common
    words: Content = ()


class Spacer(Struct, frozen=True):
    """Empty lines of the grid."""

    common: Common
    lines: int


class Free(Struct, frozen=True):
    """Blocks placed at a rectangle of the page, outside the flow."""

    common: Common
    rect: tuple[Measure, Measure, Measure, Measure]
    blocks: tuple["Block", ...]


Block = (
    Paragraph
    | Title
    | Heading
    | Badge
    | ListBlock
    | Figure
    | Box
    | Table
    | SearchBox
    | QrCode
    | Donation
    | Contact
    | Event
    | CutOff
    | SideBySide
    | Turn
    | Rule
    | Spacer
    | Free
)


# --- the whole --------------------------------------------------------------


class Fact(Struct, frozen=True):
    """A declared fact: ``kind`` is text, url, mail, phone, yucho, date, amount or place.

    ``values`` has the value under ``""`` and derived or further ones under
    their attribute names (``holder``, ``branch``, ``account`` …).
    """

    name: str
    kind: str
    values: dict[str, str]
    span: Span


class Area(Struct, frozen=True):
    """Blocks for one named area of the page's layout, in reading order."""

    name: str
    blocks: tuple[Block, ...]
    span: Span


class Folds(Struct, frozen=True):
    """Folds (折り) of a sheet: upright ones from its left edge, level ones from its top."""

    left: tuple[Measure, ...]
    top: tuple[Measure, ...]


class Page(Struct, frozen=True):
    """One page: the name of its layout, its filled areas in reading order, its own folds."""

    layout: str
    layout_span: Span
    areas: tuple[Area, ...]
    span: Span
    folds: Folds | None = None


class Leaflet(Struct, frozen=True):
    """A whole leaflet.

    ``folder`` is where its figures are; ``date`` is ISO 8601; ``binding`` is
    left, right or empty; ``shop`` names a press profile or is empty.  ``edition`` is
    the name of a group's own edition, ``label`` what people call it, ``look`` what it
    asks of the style; all empty for the leaflet itself.
    """

    name: str
    folder: str
    file: str
    title: str
    language: str
    date: str
    style: str
    style_span: Span
    facts: dict[str, Fact]
    pages: tuple[Page, ...]
    author: str = ""
    source: str = ""
    binding: str = ""
    folds: Folds | None = None
    shop: str = ""
    shop_span: Span = NOWHERE
    editions: EditionRules = UNSAID
    lint: Wishes = NO_WISHES
    web: WebWishes = UNASKED
    edition: str = ""
    label: str = ""
    look: Look = AS_IT_IS
