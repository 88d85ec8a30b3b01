"""The leaflet as its YAML says it: pages, areas, blocks, inline content, facts.

Everything carries the place it came from.  Nothing here is resolved: lengths
are ``Measure`` (a number with its unit), styles are names.
"""

from dataclasses import dataclass, field

from layout.diagnostics import NOWHERE, Span
from layout.source.edition_model import UNSAID, EditionRules
from layout.source.lint_model import NO_WISHES, Silence, Wishes


@dataclass(frozen=True, slots=True)
class Measure:
    """A length as typed: ``unit`` is mm, Q, H, pt, 字 (em), 行 (line), % or "" (plain number)."""

    value: float
    unit: str
    span: Span = NOWHERE


# --- inline content ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that stand in one source line, contiguous from ``span``.

    ``span.length`` counts source columns.  Source characters and ``text`` agree
    one to one unless ``generated`` (a fact's value, a list marker).
    """

    text: str
    span: Span
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A forced line break."""

    span: Span


@dataclass(frozen=True, slots=True)
class Strong:
    """``**…**``: emphasis by weight or colour, as the style says (強調)."""

    content: tuple["Inline", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Dots:
    """``《《…》》``: emphasis dots (圏点)."""

    content: tuple["Inline", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Sideline:
    """``__…__``: underline, in vertical text a sideline (傍線)."""

    content: tuple["Inline", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Ruby:
    """``｜親文字《おやもじ》``.  ``readings``: one (group), or one for each character."""

    base: Text
    readings: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TateChuYoko:
    """``^12^``: set upright side by side in one em of a vertical line (縦中横)."""

    content: Text
    span: Span


@dataclass(frozen=True, slots=True)
class NoteMark:
    """``[^注1]``: a small raised mark that leads to a note (合印)."""

    content: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Warichu:
    """``［［…］］``: a note in two small lines inside the line (割注)."""

    content: tuple["Inline", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """``[…](URL)`` and every URL, mail address and phone number made from a fact."""

    content: tuple["Inline", ...]
    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class Cells:
    """Characters each in a cell of a form, hyphens between cells (升目)."""

    content: Text
    span: Span


Inline = (
    Text | Break | Strong | Dots | Sideline | Ruby | TateChuYoko | NoteMark | Warichu | Link | Cells
)
Content = tuple[Inline, ...]


# --- blocks -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Common:
    """What every block may carry.

    ``style`` names a block style of the sheet instead of the block's own;
    ``lint`` silences house-style findings, with the reasons.
    """

    span: Span
    id: str = ""
    style: str = ""
    lint: tuple[Silence, ...] = ()
    style_span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text; ``kind`` is text, lead, slogan, caption, notes or quote."""

    common: Common
    content: Content
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Title:
    """A display title of one or more lines, each with its own step in the style."""

    common: Common
    lines: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; ``level`` counts from 1.  Line breaks in it are forced."""

    common: Common
    content: Content
    level: int = 1
    across: bool = False


@dataclass(frozen=True, slots=True)
class Badge:
    """A round or angular label placed at a free position (「リーフその9」)."""

    common: Common
    lines: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item, the marker printed before it, and the list inside it."""

    marker: Content
    content: Content
    span: Span
    items: tuple["ListItem", ...] = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Items with hanging indent."""

    common: Common
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Figure:
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


@dataclass(frozen=True, slots=True)
class Box:
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


@dataclass(frozen=True, slots=True)
class Table:
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


@dataclass(frozen=True, slots=True)
class SearchBox:
    """「○○」で検索: words before, the words in the input, words after, an optional note and QR."""

    common: Common
    before: Content
    words: Content
    after: Content
    note: Content = ()
    qr: str = ""  # what the code holds, already resolved from a fact


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of ``data`` (already resolved from a fact) with an optional label."""

    common: Common
    data: str
    label: Content = ()
    inline_size: Measure | None = None


@dataclass(frozen=True, slots=True)
class PaymentWay:
    """One way to pay: a label and the leaflet's own wording, one Content per line."""

    label: Content
    lines: tuple[Content, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Donation:
    """The donation box (賛同カンパ)."""

    common: Common
    title: Content
    body: tuple[Paragraph, ...]
    ways: tuple[PaymentWay, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Who made the leaflet and how to reach them, one Content per line; first is the name."""

    common: Common
    name: Content
    lines: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting: label and value pairs (日時, 会場 …) under a name."""

    common: Common
    name: Content
    rows: tuple[tuple[Content, Content], ...]


@dataclass(frozen=True, slots=True)
class FormField:
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


@dataclass(frozen=True, slots=True)
class CutOff:
    """A form to cut off: a cut line with its words, a title and rows of fields."""

    common: Common
    title: Content
    rows: tuple[tuple[FormField, ...], ...]
    cut: Content = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Blocks beside one another; ``widths`` as in a table."""

    common: Common
    cells: tuple[tuple["Block", ...], ...]
    widths: tuple[Measure, ...] = ()
    gap: Measure | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows begins a new column, or the thread's next area."""

    common: Common
    area: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the column, with words in its middle or none."""

    common: Common
    words: Content = ()


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty lines of the grid."""

    common: Common
    lines: int


@dataclass(frozen=True, slots=True)
class Free:
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


@dataclass(frozen=True, slots=True)
class Fact:
    """A declared fact: ``kind`` is text, url, mail, phone, yucho, date, amount or place.

    ``values`` has the value under ``""`` and derived or further ones under
    their attribute names (``holder``, ``branch``, ``account`` …).
    """

    name: str
    kind: str
    values: dict[str, str]
    span: Span


@dataclass(frozen=True, slots=True)
class Area:
    """Blocks for one named area of the page's layout, in reading order."""

    name: str
    blocks: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Folds:
    """Folds (折り) of a sheet: upright ones from its left edge, level ones from its top."""

    left: tuple[Measure, ...]
    top: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the name of its layout, its filled areas in reading order, its own folds."""

    layout: str
    layout_span: Span
    areas: tuple[Area, ...]
    span: Span
    folds: Folds | None = None


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A whole leaflet.

    ``folder`` is where its figures are; ``date`` is ISO 8601; ``binding`` is
    left, right or empty; ``shop`` names a press profile or is empty.
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
    source: str = field(default="", repr=False)
    binding: str = ""
    folds: Folds | None = None
    shop: str = ""
    shop_span: Span = NOWHERE
    editions: EditionRules = UNSAID
    lint: Wishes = NO_WISHES
