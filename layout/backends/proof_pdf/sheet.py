"""What all sheets share: the head with stamp and version, the foot, labels in two languages."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from layout.backends.proof_pdf.paper import FOOT, MARGIN
from layout.backends.proof_pdf.pen import GREY, RED, Pen
from layout.backends.proof_pdf.remarks import Told
from layout.backends.proof_pdf.rows import Row
from layout.facts.model import Occurrence
from layout.house.paper import paper_text
from layout.proof.model import ProofPage

_ALSO: float = 0.8
"""The size of the English words beside the Japanese ones, as a part of theirs."""

Numbered = tuple[int, Occurrence]
"""A fact with its number on the facts sheet."""


class Drawing(Struct):
    """What all sheets share; ``bottom`` is where the usable part of a sheet ends.

    ``rows`` are the numbered lines by their id and ``rows_of`` by their page,
    ``facts`` and ``told`` what each page has.
    """

    pen: Pen
    proof: ProofPage
    rows: Mapping[str, Row]
    rows_of: Mapping[int, Sequence[Row]]
    facts: Mapping[int, Sequence[Numbered]]
    told: Told
    bottom: float = 297.0 - MARGIN - FOOT

    @property
    def lang(self) -> str:
        """In which language findings are told: the leaflet's."""
        return leading(self.proof.language)


def leading(language: str) -> str:
    """Japanese, unless the leaflet is in another language."""
    return "ja" if not language or language.lower().startswith("ja") else "en"


def label(
    pen: Pen, x: float, y: float, name: str, size: float, *,
    bold: bool = False, align: str = "left", **values: object,
) -> float:  # fmt: skip
    """Words in Japanese, and smaller beside them in English; gives where they end."""
    said, also = paper_text(name, "ja", **values), paper_text(name, "en", **values)
    gap = 0.0 if said == also else size * 0.14
    small = size * _ALSO
    if align != "left":
        long = pen.long(said, size, bold=bold) + (gap and gap + pen.long(also, small))
        x -= long if align == "right" else long / 2
    x = pen.text(x, y, said, size, bold=bold)
    return pen.text(x + gap, y, also, small, colour=GREY) if gap else x


def header(drawing: Drawing, width: float, of: str, more: Sequence[str] = ()) -> None:
    """Stamp, title, page, date, version; room for a name and a day."""
    pen, proof = drawing.pen, drawing.proof
    stage = proof.stage or paper_text("unmarked", "ja")
    pen.box(MARGIN, MARGIN, 17, 11, thick=0.5, line=RED, radius=1.2)
    pen.box(MARGIN + 0.8, MARGIN + 0.8, 15.4, 9.4, thick=0.15, line=RED, radius=0.7)
    pen.text(MARGIN + 8.5, MARGIN + 7.5, stage, 15, bold=True, colour=RED, align="centre")
    x = MARGIN + 20
    room = width - MARGIN - 5 - x
    title = pen.wrapped(proof.title, 10, room - pen.long(of, 10, bold=True), 1)[0]
    end = pen.text(x, MARGIN + 4.6, title, 10, bold=True)
    pen.text(end + 4, MARGIN + 4.6, of, 10, bold=True)
    said = [proof.leaflet]
    said += [_both("date") + f" {proof.date}"] if proof.date else []
    said += [_both("version") + f" {proof.source[:12]}", *more]
    pen.text(x, MARGIN + 9.6, "　".join(said), 6.2, colour=GREY)
    for left, reach, name in ((52, 21, "reader"), (20, 0, "day")):
        at = pen.text(width - MARGIN - left, MARGIN + 9.6, _both(name), 5.4, colour=GREY)
        pen.rule(at + 1, MARGIN + 10, width - MARGIN - reach, MARGIN + 10, thick=0.15)


def _both(name: str) -> str:
    return f"{paper_text(name, 'ja')} {paper_text(name, 'en')}"


def scale_said(percent: float) -> str:
    """How much smaller a page is than it will be."""
    return _both("scale") + f" {percent:.0f} %"


def footer(pen: Pen, width: float, height: float, name: str = "", percent: float = 0) -> None:
    """How to copy it at true size, and the number of the sheet."""
    y = height - MARGIN
    if name:
        label(pen, MARGIN, y, name, 6, percent=f"{percent:.0f}")
    pen.text(width - MARGIN, y, f"{_both('sheet')} {pen.sheets}", 6, colour=GREY, align="right")
