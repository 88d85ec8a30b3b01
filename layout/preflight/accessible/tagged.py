"""Pages read with their marked content (ISO 32000-1, 14.6): what each mark belongs to.

The interpreter of press files does the reading; here it is told what ``BMC``, ``BDC`` and
``EMC`` begin and end, and which stream they stand in.
"""

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct, field

from layout.preflight.finished import content_painting as painting
from layout.preflight.finished.content_operators import HANDLERS
from layout.preflight.finished.content_reader import Reader
from layout.preflight.finished.content_shared import TROUBLE, EnoughError, Names, Shared, Sheet
from layout.preflight.finished.content_state import EVERYWHERE, State
from layout.preflight.finished.content_text import Shown
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Font, Mark, PageMarks
from layout.preflight.finished.objects import is_dictionary, is_name, name_of, read_box, words
from layout.style.pdf_file import inherited

INVISIBLE: Final = 3
"""The text rendering mode that paints nothing (9.3.6)."""

Holder = tuple[int, int] | int
"""The stream that an MCID counts in: a page by its number, a form by its object's number."""


class Bit(Struct, frozen=True, eq=False):
    """A marked-content sequence: its tag, its MCID (-1: none), where it counts, its properties."""

    tag: str
    mcid: int
    holder: Holder
    properties: Any = None

    @property
    def is_artifact(self) -> bool:
        """Whether it marks what is no content."""
        return self.tag == "Artifact"

    def says(self, key: str) -> str | None:
        """A text among its properties; None if it has none."""
        held = self.properties.get(key) if self.properties is not None else None
        return None if held is None else words(held)


Path = tuple[Bit, ...]
"""The sequences that something is in, the outermost first."""


class Heard(Struct, frozen=True):
    """Text that is shown: by which font, within what, its codes, what they say, and how."""

    font: Font
    path: Path
    codes: bytes
    text: str
    mode: int
    blank: bool


class Fault(Struct):
    """Something wrong with the marking itself, and where it was seen first."""

    what: str
    tag: str = ""
    box: Box | None = None


class Painting(Struct):
    """A form that is painted: the object, how often, and whether it holds MCIDs."""

    form: Any
    times: int = 0
    marked: bool = False


class TaggedPage(Struct, frozen=True):
    """A page: its marks, what each is within, the texts in order, faults, forms, MCIDs.

    ``begun`` are all sequences with an MCID, in order; ``intents`` the rendering intents set.
    """

    marks: PageMarks
    within: tuple[Path, ...]
    heard: tuple[Heard, ...]
    faults: tuple[Fault, ...]
    begun: tuple[Bit, ...]
    intents: tuple[str, ...]

    @property
    def number(self) -> int:
        """The page's number, from 1."""
        return self.marks.number


class Forms(Struct):
    """All forms of the file that are painted."""

    found: dict[tuple[int, int], Painting] = field(default_factory=dict)


class TaggedSheet(Sheet):
    """A sheet that knows what it is within."""

    keeps = False

    def __init__(self, number: int, trim: Box, shared: Shared, forms: Forms):
        super().__init__(number, trim, EVERYWHERE, shared, TAGGED)
        self.path: Path = ()
        self.within_marks: list[Path] = []
        self.heard: list[Heard] = []
        self.faults: list[Fault] = []
        self.begun: list[Bit] = []
        self.intents: dict[str, None] = {}
        self.forms = forms
        self.holder: Holder = number
        self._owners: list[Reader] = []
        self._unplaced: list[Fault] = []

    def add(self, mark: Mark) -> None:
        """A mark; ``EnoughError``."""
        super().add(mark)
        self.within_marks.append(self.path)
        for fault in self._unplaced:
            fault.box = mark.box
        self._unplaced.clear()

    def hear(self, font: Font, shown: Shown, mode: float) -> None:
        """Text, spaces too."""
        self.heard.append(Heard(font, self.path, shown.codes, shown.text, int(mode), shown.blank))

    # --- sequences

    def begin(self, run: Reader, bit: Bit) -> None:
        """``BMC`` or ``BDC``."""
        if bit.is_artifact and any(each.mcid >= 0 for each in self.path):
            self.fault("artifact-inside", self.path[-1].tag)
        if bit.mcid >= 0:
            if any(each.is_artifact for each in self.path):
                self.fault("inside-artifact", bit.tag)
            self.begun.append(bit)
            if isinstance(bit.holder, tuple):
                self.forms.found[bit.holder].marked = True
        self.path += (bit,)
        self._owners.append(run)

    def end(self, run: Reader) -> None:
        """``EMC`` ends what was begun in the same stream, and what was left open within."""
        if run not in self._owners:
            self.fault("unbalanced", "EMC")
            return
        while self._owners.pop() is not run:
            self.path = self.path[:-1]
            self.fault("unbalanced", "BMC")
        self.path = self.path[:-1]

    def left_open(self) -> None:
        """The page is at its end."""
        if self.path:
            self.fault("unbalanced", self.path[-1].tag)

    def fault(self, what: str, tag: str = "") -> None:
        """Something wrong, whose place is that of the next mark."""
        self.faults.append(found := Fault(what, tag))
        self._unplaced.append(found)


# --- operators


def _sheet(run: Reader) -> TaggedSheet:
    assert isinstance(run.sheet, TaggedSheet)
    return run.sheet


def _begin(run: Reader, operands: Any) -> None:
    """``BMC``."""
    sheet = _sheet(run)
    sheet.begin(run, Bit(_tag(operands[0]), -1, sheet.holder))


def _begin_with(run: Reader, operands: Any) -> None:
    """``BDC``: the properties stand here or among the resources."""
    sheet = _sheet(run)
    held = operands[1]
    if is_name(held):
        found = run.resource("/Properties", held)
        held = None if found is None else found[0]
    if not is_dictionary(held):
        held = None
    number = held.get("/MCID") if held is not None else None
    mcid = number if isinstance(number, int) and not isinstance(number, bool) else -1
    sheet.begin(run, Bit(_tag(operands[0]), mcid, sheet.holder, held))


def _tag(named: Any) -> str:
    return name_of(named)[1:]


def _end(run: Reader, _: Any) -> None:
    """``EMC``."""
    _sheet(run).end(run)


def _external(run: Reader, operands: Any) -> None:
    """``Do``: MCIDs in a form with a key of its own count in the form."""
    sheet = _sheet(run)
    found = run.names.find("/XObject", operands[0])
    form = found[0] if found is not None else None
    if form is None or name_of(form.get("/Subtype")) != "/Form":
        painting.external(run, operands)
        return
    number = form.objgen
    known = sheet.forms.found.setdefault(number, Painting(form))
    known.times += 1
    outer = sheet.holder
    if "/StructParents" in form:
        sheet.holder = number
    try:
        painting.external(run, operands)
    finally:
        sheet.holder = outer


def _intent(run: Reader, operands: Any) -> None:
    """``ri``."""
    _sheet(run).intents[name_of(operands[0])[1:]] = None


Operator = Callable[[Reader, Any], None]
_OPERATORS: Final[dict[str, tuple[Operator, int]]] = {
    "BMC": (_begin, 1), "BDC": (_begin_with, 2), "EMC": (_end, 0), "Do": (_external, 1),
    "ri": (_intent, 1),
}  # fmt: skip
TAGGED: Final = {**HANDLERS, **_OPERATORS}


def read_tagged(page: Any, number: int, trim: Box, shared: Shared, forms: Forms) -> TaggedPage:
    """Everything painted on a page (a dictionary), in order, with what it is within."""
    import pikepdf

    sheet = TaggedSheet(number, trim, shared, forms)
    try:
        sheet.media = read_box(inherited(page, "/MediaBox")) or EVERYWHERE
        names = Names(inherited(page, "/Resources"), shared)
        Reader(sheet, names, State()).run(page, None)
        sheet.left_open()
    except EnoughError as bound:
        sheet.odd("too-much", str(bound))
    except (pikepdf.PdfError, *TROUBLE):
        sheet.odd("unreadable")
    taken = sheet.taken
    return TaggedPage(
        PageMarks(number, tuple(taken.marks), sheet.oddities, taken.used),
        tuple(sheet.within_marks),
        tuple(sheet.heard),
        tuple(sheet.faults),
        tuple(sheet.begun),
        tuple(sheet.intents),
    )
