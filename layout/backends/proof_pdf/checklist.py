"""The facts sheet (照合表): every number, address and date, to be ticked and signed."""

from typing import Final

from layout.backends.proof_pdf.paper import HEAD, MARGIN
from layout.backends.proof_pdf.pen import BLACK, GREY, PALE, WHITE
from layout.backends.proof_pdf.sheet import Drawing, Numbered, footer, header, label
from layout.facts.model import Verdict
from layout.house.paper import paper_text

_NAMES: Final = {"date": "date-kind", "code": "code-kind"}
"""Names of kinds in the table of texts, where they differ."""

_WIDE: Final = 210.0
_HIGH: Final = 297.0
_COLUMNS: Final = (0.0, 13.0, 31.0, 108.0, 126.0, 165.0, 190.0)
_HEADS: Final = ("", "kind", "printed", "place", "origin", "checked")
_ROW: Final = 6.0
_LINE: Final = 3.0
_SIZE: Final = 7.5
_SMALL: Final = 6.2
_BOLD: Final = (Verdict.NEAR, Verdict.WRONG)


def checklist(drawing: Drawing) -> float:
    """The list on as many sheets as it needs; the last stays open, used down to what is given."""
    pen, lang = drawing.pen, drawing.lang
    at = _begin(drawing, "facts")
    for other, size, pitch in ((lang, 7.0, 3.6), ("en" if lang == "ja" else "ja", 5.6, 2.8)):
        for line in pen.wrapped(paper_text("facts-how", other), size, _COLUMNS[-1]):
            pen.text(MARGIN, at, line, size, colour=BLACK if other == lang else GREY)
            at += pitch
    at = _heads(drawing, at)
    numbered = [each for page in sorted(drawing.facts) for each in drawing.facts[page]]
    for each in sorted(numbered, key=lambda entry: entry[0]):
        lines = pen.wrapped(each[1].printed, _SIZE, _COLUMNS[3] - _COLUMNS[2] - 2, 4)
        high = _ROW + _LINE * (len(lines) - 1)
        if at + high > drawing.bottom:
            pen.end_sheet()
            at = _heads(drawing, _begin(drawing, "facts-on") + 1)
        _row(drawing, each, lines, at, high)
        at += high
    if not numbered:
        label(pen, MARGIN + 2, at + 4, "no-facts", _SIZE)
        at += _ROW
    for name in drawing.proof.facts.unused:
        if at + _ROW > drawing.bottom:
            pen.end_sheet()
            at = _begin(drawing, "facts-on")
        label(pen, MARGIN + _COLUMNS[1] + 1, at + 4.2, "unused", 6.5, fact=name)
        at += _ROW
    return at + 3


def _begin(drawing: Drawing, what: str) -> float:
    drawing.pen.begin_sheet(_WIDE, _HIGH)
    header(drawing, _WIDE, paper_text(what, drawing.lang))
    footer(drawing.pen, _WIDE, _HIGH)
    return MARGIN + HEAD + 2


def _heads(drawing: Drawing, at: float) -> float:
    pen = drawing.pen
    pen.box(MARGIN, at, _COLUMNS[-1], 5, thick=0.25, fill=(0.92, 0.92, 0.92))
    for left, head in zip(_COLUMNS, _HEADS, strict=False):
        if head:
            label(pen, MARGIN + left + 1, at + 3.5, head, 6.2, bold=True)
    return at + 5


def _row(drawing: Drawing, each: Numbered, lines: list[str], at: float, high: float) -> None:
    pen, lang, base = drawing.pen, drawing.lang, at + 4.0
    number, row = each
    wrong = row.verdict in _BOLD
    colour = BLACK if wrong else GREY
    pen.box(MARGIN + 1.2, at + 1.2, 3.6, 3.6, thick=0.25, fill=WHITE)
    pen.text(MARGIN + 11.5, base, str(number), _SMALL, bold=True, align="right")
    kind = paper_text(_NAMES.get(row.kind, row.kind), lang)
    pen.text(MARGIN + _COLUMNS[1] + 1, base, kind, _SIZE)
    for index, line in enumerate(lines):
        pen.text(MARGIN + _COLUMNS[2] + 1, base + index * _LINE, line, _SIZE, bold=wrong)
    known = drawing.rows.get(row.line_id)
    said = " " + paper_text("row-number", lang, number=known.number) if known else ""
    pen.text(MARGIN + _COLUMNS[3] + 1, base, f"p.{row.page}{said}", _SMALL, colour=GREY)
    origin = f"{paper_text(row.verdict.value, lang)} {row.fact}".strip()
    shown = pen.wrapped(origin, _SMALL, _COLUMNS[5] - _COLUMNS[4] - 2, 1)[0]
    pen.text(MARGIN + _COLUMNS[4] + 1, base, shown, _SMALL, bold=wrong, colour=colour)
    low = at + high
    pen.rule(MARGIN, low, MARGIN + _COLUMNS[-1], low, thick=0.1, colour=PALE)
    pen.rule(MARGIN + _COLUMNS[5], at, MARGIN + _COLUMNS[5], low, thick=0.1, colour=PALE)
