"""Broken: page boxes, sizes and order, printer's marks."""

import re
from collections.abc import Callable

import pikepdf
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from layout.house.profile import load_profile
from layout.units import mm
from tests.preflight.good_base import BLEED, HIGH, MARGIN, MM, WIDE
from tests.preflight.spoiling import as_it_is, chapter, content_of, edit, line, paint, show

broken = chapter("pages and marks")

X1A = load_profile()
FULL = (0.0, 0.0, WIDE, HIGH)


def box(left: float, top: float, right: float, foot: float) -> Array:
    """A box that lies so far outside the trim on each side; mm."""
    x, y = (MARGIN - left) * MM, (MARGIN - foot) * MM
    wide, high = (WIDE + left + right) * MM, (HIGH + top + foot) * MM
    return Array([round(v, 4) for v in (x, y, x + wide, y + high)])


def boxes(page: int, **made: Array) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for name, values in made.items():
            pdf.pages[page - 1].obj[f"/{name}"] = values

    return spoil


# --- boxes


@broken("no TrimBox", "pdf.trim-missing", 2)
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj["/TrimBox"]


broken("the TrimBox sticks out of the BleedBox", "pdf.boxes", 2)(
    boxes(2, BleedBox=box(BLEED, BLEED, -2, BLEED))
)
broken("the BleedBox sticks out of the MediaBox", "pdf.boxes", 1)(
    boxes(1, BleedBox=box(MARGIN + 5, BLEED, BLEED, BLEED))
)
broken("a CropBox cuts into the bleed", "pdf.crop", 1)(boxes(1, CropBox=box(1, 1, 1, 1)))
broken("an ArtBox beside the TrimBox", "pdf.art-box", 2)(boxes(2, ArtBox=box(-5, -5, -5, -5)))
broken("a bleed of 1 mm on one side", "pdf.bleed", 1)(
    boxes(1, BleedBox=box(BLEED, BLEED, 1, BLEED))
)


broken("a sheet cut at the trim, without bleed", "pdf.bleed", 2, also=("pdf.marks-missing",))(
    boxes(2, MediaBox=box(0, 0, 0, 0), BleedBox=box(0, 0, 0, 0), TrimBox=box(0, 0, 0, 0))
)


@broken("no BleedBox", "pdf.bleed-missing", 2, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj["/BleedBox"]


@broken("a page turned by 90 degrees", "pdf.rotate", 2, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Rotate = 90


@broken("a unit that is no point", "pdf.user-unit", 2)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.UserUnit = 2


@broken("a MediaBox with nothing in it", "pdf.box-broken", 2)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.MediaBox = Array([100, 100, 100, 500])


broken("a TrimBox of three numbers", "pdf.box-broken", 2)(boxes(2, TrimBox=Array([37, 37, 377])))
broken("a sheet larger than PDF can hold", "pdf.page-extent", 2)(
    boxes(2, MediaBox=box(3000, 3000, 3000, 3000))
)


@broken("a page turned by an angle that is no quarter", "pdf.rotate", 1)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 45


@broken("viewers are told to print the trim alone", "pdf.print-area")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences = Dictionary(PrintArea=Name.TrimBox)


broken("a trim that is not in the middle of the sheet", "pdf.off-centre", 1, warns=True)(
    boxes(1, MediaBox=box(MARGIN, MARGIN, MARGIN + 10, MARGIN))
)


# --- sizes and pages

SMALLER = -0.5
NARROW = box(SMALLER, SMALLER, SMALLER, SMALLER)


broken("a page 1 mm smaller than the other", "pdf.sizes-differ", 2, also=("pdf.marks-misplaced",))(
    boxes(2, TrimBox=NARROW)
)


broken("1 mm narrower than the shop's size", "pdf.size", 1,
       profile=replace(X1A, trim_sizes=((mm(121), mm(170)),)))(as_it_is)  # fmt: skip
broken("a number of pages the shop does not take", "pdf.pages",
       profile=replace(X1A, pages=(1, 4)))(as_it_is)  # fmt: skip


@broken("three pages where shops print both sides", "pdf.pages", profile=replace(X1A, pages=(1, 2)))
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


# --- marks

MARKS = b"/Registration CS 1 SCN\n"


def no_marks(pdf: pikepdf.Pdf, page: int) -> None:
    """Takes the lines of the marks away; the job line stays."""
    content = content_of(pdf, page)
    start = content.index(MARKS) + len(MARKS)
    end = content.index(b"Q\n", start)
    pdf.pages[page - 1].obj.Contents = pdf.make_stream(content[:start] + content[end:])


@broken("no marks on a page", "pdf.marks-missing", 2, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    no_marks(pdf, 2)


@broken("marks on the black plate alone", "pdf.marks-not-registration", 2, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, MARKS, b"0 0 0 1 K\n")


@broken("a mark that reaches into the bleed", "pdf.marks-in-bleed", 2, (WIDE + 1, 40, 4, 0))
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, MARKS + b"0.3 w " + line(WIDE + 1, 40, 4) + b"S")


@broken(
    "marks 2 mm beside the trim",
    "pdf.marks-misplaced",
    2,
    warns=True,
    also=("pdf.marks-in-bleed", "pdf.marks-missing"),
)
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 2, MARKS, MARKS + b"1 0 0 1 0 %.4f cm " % (2 * MM))


@broken("a corner mark is missing", "pdf.marks-missing", 1, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    def is_upper_right(row: bytes) -> bool:
        numbers = re.findall(rb"[\d.]+", row)
        far = len(numbers) == 6 and float(numbers[0]) > (MARGIN + WIDE / 2) * MM
        return far and row.endswith(b" S") and float(numbers[1]) > (MARGIN + HIGH / 2) * MM

    rows = content_of(pdf, 1).split(b"\n")
    kept = [row for row in rows if not is_upper_right(row)]
    assert len(kept) == len(rows) - 2
    pdf.pages[0].obj.Contents = pdf.make_stream(b"\n".join(kept))


@broken("no marks on any page", "pdf.marks-none", 1, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    for page in (1, 2):
        no_marks(pdf, page)


@broken("text on a fold", "pdf.fold", 2, (35, 127.2, 15, 3.2), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    level = line(-11, 128, 7) + b"S " + line(WIDE + 4, 128, 7) + b"S "
    text = show(pdf, "朝市の広場", 9, 35, 130, before=b"/GSf gs 0 0 0 1 k ")
    paint(pdf, 2, MARKS + b"0.3 w [3 2] 0 d " + level + b"[] 0 d " + text)
