"""One page of the leaflet on its sheet: numbers, marks, the column for corrections, the list."""

from collections.abc import Sequence
from typing import Final

from layout.backends.proof_pdf.highlights import highlight
from layout.backends.proof_pdf.listing import (
    RULED,
    Room,
    listed,
    put_source,
    source_height,
    source_rows,
)
from layout.backends.proof_pdf.paper import FOOT, HEAD, MARGIN, Paper, paper_for
from layout.backends.proof_pdf.pen import BLACK, GREY, PALE, RED, WHITE, Pen
from layout.backends.proof_pdf.places import Piece
from layout.backends.proof_pdf.remarks import remarks, without_page
from layout.backends.proof_pdf.rows import Row, any_overlap
from layout.backends.proof_pdf.sheet import Drawing, footer, header, label, scale_said
from layout.backends.proof_pdf.signs import EVERYWHERE, RADIUS, Signed, sign, signed
from layout.house.paper import paper_text
from layout.reading.model import Box, Line, Page, Thing

_BAND: Final = 4.6
_CODES: Final = "qr."
"""Findings about codes, on which nothing may lie."""
_LABEL: Final = 2.1
_ASCENT: Final = 1.5
"""From the baseline of a number to the upper edge of its ground."""


def leaflet_page(drawing: Drawing, page: Page) -> Paper:
    """The sheets of a page; gives where the page itself lies on the first."""
    paper, pen, lang = paper_for(page), drawing.pen, drawing.lang
    found = signed(remarks(drawing.told, page, drawing.rows, lang))
    if page is drawing.proof.reading.pages[0]:
        found += [Signed(EVERYWHERE, each) for each in without_page(drawing.told, lang)]
    count = len(drawing.proof.reading.pages)
    of = paper_text("page", drawing.lang, number=page.number, count=count)
    pen.begin_sheet(paper.width, paper.height)
    header(drawing, paper.width, of, [scale_said(paper.scale * 100)])
    rows = drawing.rows_of.get(page.number, [])
    highlight(drawing, paper, page)
    pen.box(paper.x, paper.y, paper.wide, paper.high, thick=0.1, line=GREY)
    _numbers(pen, paper, rows)
    taken = [paper.place(row.line.box) for row in rows]
    for thing in page.things:
        _thing(drawing, paper, thing, taken)
    for each in found:
        _mark(pen, paper, each, rows)
    _column(pen, paper)
    footer(pen, paper.width, paper.height, *_enlarging(paper))
    room = Room(*paper.remarks)
    lines = source_rows(pen, rows, room.wide)
    high = source_height(lines)
    put_source(pen, lines, room.x, room.y + room.high - high)
    shorter = Room(room.x, room.y, room.wide, room.high - high)
    left = listed(pen, found, shorter, lang, _since(drawing), more=False)
    pen.end_sheet()
    while left:
        pen.begin_sheet(paper.width, paper.height)
        header(drawing, paper.width, of)
        footer(pen, paper.width, paper.height)
        top = MARGIN + HEAD
        low = paper.height - MARGIN - FOOT
        room = Room(MARGIN, top, paper.width - 2 * MARGIN, low - top)
        left = listed(pen, left, room, lang, "", more=True)
        pen.end_sheet()
    return paper


def _since(drawing: Drawing) -> str:
    """How many changes there are since the last stage."""
    proof = drawing.proof
    if not proof.since:
        return ""
    asked = sum(change.asked for change in proof.changes)
    values = {"stage": proof.since, "asked": asked, "unasked": len(proof.changes) - asked}
    return paper_text("since", drawing.lang, **values)


def _enlarging(paper: Paper) -> tuple[str, float]:
    return ("true-size", 100.0) if paper.scale == 1 else ("enlarge", 100 / paper.scale)


# --- on the page


def _numbers(pen: Pen, paper: Paper, rows: Sequence[Row]) -> None:
    for row in rows:
        if row.shown:
            place, (size, bold) = number_box(pen, paper, row), _number_look(row)
            pen.box(place.x, place.y, place.width, place.height, line=None, fill=WHITE, radius=0.3)
            x, y = place.x + place.width / 2, place.y + _ASCENT
            colour = BLACK if bold else GREY
            pen.text(x, y, str(row.number), size, bold=bold, colour=colour, align="centre")


def _number_look(row: Row) -> tuple[float, bool]:
    """Size and weight of a number: every fifth is heavier."""
    return (5.2, True) if row.number % 5 == 0 else (4.8, False)


def number_box(pen: Pen, paper: Paper, row: Row) -> Box:
    """Where the number of a line stands on paper."""
    size, bold = _number_look(row)
    long = pen.long(str(row.number), size, bold=bold)
    box = paper.place(row.line.box)
    if row.line.vertical:
        x, y = box.x + box.width / 2, box.y - 0.7
    else:
        x, y = box.x - 0.8 - long / 2, box.y + box.height / 2 + 0.55
    return Box(x - long / 2 - 0.25, y - _ASCENT, long + 0.5, _ASCENT + 0.3)


def _thing(drawing: Drawing, paper: Paper, thing: Thing, taken: Sequence[Box]) -> None:
    """A figure or code with its id, so that a correction can name it, and its number as a fact."""
    pen, box = drawing.pen, paper.place(thing.box)
    if not box.width or not box.height:
        return
    pen.box(box.x, box.y, box.width, box.height, thick=0.12, line=GREY, dash=(0.8, 0.6))
    code = thing.kind == "code"
    words = f"{paper_text(thing.kind, drawing.lang)} {thing.id}"
    numbers = [number for number, row in drawing.facts[thing.page] if row.line_id == thing.id]
    words += f"　{numbers[0]}" if numbers else ""
    long = pen.long(words, 4.6) + 1
    at = box.y
    if code:  # nothing may lie on it
        above = Box(box.x, box.y - _LABEL, long, _LABEL)
        at = box.y + box.height if any_overlap(above, taken) else above.y
    pen.box(box.x, at, long, _LABEL, thick=0.1, line=GREY, fill=WHITE)
    pen.text(box.x + 0.5, at + 1.6, words, 4.6)


def _mark(pen: Pen, paper: Paper, signed: Signed, rows: Sequence[Row]) -> None:
    remark = signed.remark
    for piece in remark.pieces:
        if remark.is_change:
            _changed(pen, paper, piece, rows, asked=remark.rank == "asked")
        else:
            _underline(pen, paper, piece, remark.rank)
    if remark.pieces:
        line = remark.pieces[0].line
        at = _beside(pen, paper, line, rows)
        sign(pen, *at, signed.sign, remark.rank)
    elif remark.box is not None:
        box = paper.place(remark.box)
        inside = 0.0 if remark.code.startswith(_CODES) else 2 * RADIUS
        at = (box.x + box.width + RADIUS - inside, box.y + RADIUS)
        sign(pen, *_free(pen, at, down=True), signed.sign, remark.rank)


def _beside(pen: Pen, paper: Paper, line: Line, rows: Sequence[Row]) -> tuple[float, float]:
    """A place at the end of a line that hides no other line and no number."""
    box, away = paper.place(line.box), RADIUS + 0.3
    if line.vertical:
        middle, past = box.x + box.width / 2, box.y + box.height + away
        places = [(x, past) for x in (middle, box.x + box.width + 0.35, box.x - 0.35)]
    else:
        middle, past = box.y + box.height / 2, box.x + box.width + away
        places = [(past, y) for y in (middle, box.y - 0.35, box.y + box.height + 0.35)]
    taken = [paper.place(row.line.box) for row in rows if row.line is not line]
    taken += [number_box(pen, paper, row) for row in rows if row.shown]
    around = (Box(x - 1, y - 1, 2, 2) for x, y in places)
    free = (at for at, near in zip(places, around, strict=True) if not any_overlap(near, taken))
    return _free(pen, next(free, places[1]), down=line.vertical)


def _free(pen: Pen, at: tuple[float, float], *, down: bool) -> tuple[float, float]:
    """A place beside signs that are there already."""
    x, y = at
    while any(abs(a - x) + abs(b - y) < 1.9 * RADIUS for a, b in pen.signs):
        x, y = (x, y + 2 * RADIUS) if down else (x + 2 * RADIUS, y)
    pen.signs.append((x, y))
    return x, y


def _underline(pen: Pen, paper: Paper, piece: Piece, rank: str) -> None:
    box = paper.stretch(piece)
    thick = {"error": 0.5, "warning": 0.3}.get(rank, 0.22)
    dash = (0.5, 0.4) if rank == "note" else None
    if piece.line.vertical:
        x = box.x + box.width + 0.3
        pen.rule(x, box.y, x, box.y + box.height, thick=thick, colour=RED, dash=dash)
    else:
        y = box.y + box.height + 0.3
        pen.rule(box.x, y, box.x + box.width, y, thick=thick, colour=RED, dash=dash)


def _changed(pen: Pen, paper: Paper, piece: Piece, rows: Sequence[Row], *, asked: bool) -> None:
    """A frame around what is new, a bar beside its line."""
    box, line = paper.stretch(piece), paper.place(piece.line.box)
    dash = (0.6, 0.5) if asked else None
    pen.box(
        box.x - 0.2, box.y - 0.25, box.width + 0.4, box.height + 0.5, thick=0.3,
        line=BLACK if asked else RED, radius=0.4, dash=dash,
    )  # fmt: skip
    thick = 0.4 if asked else 0.9
    row = next((each for each in rows if each.line is piece.line and each.shown), None)
    number = number_box(pen, paper, row) if row else line
    if piece.line.vertical:
        y = number.y - 0.3 - thick / 2
        pen.rule(line.x, y, line.x + line.width, y, thick=thick)
    else:
        x = number.x - 0.3 - thick / 2
        pen.rule(x, line.y, x, line.y + line.height, thick=thick)


# --- beside it


def _column(pen: Pen, paper: Paper) -> None:
    """Ruled room for corrections: the line, and what shall be there."""
    x, y, wide, high = paper.notes
    pen.box(x, y, wide, high, thick=0.25)
    pen.box(x, y, wide, _BAND, thick=0.25, fill=(0.92, 0.92, 0.92))
    label(pen, x + 4, y + 3.2, "row", 5.6, bold=True, align="centre")
    label(pen, x + 9.5, y + 3.2, "corrections", 5.6, bold=True)
    pen.rule(x + 8, y, x + 8, y + high, thick=0.15)
    at = y + _BAND + RULED
    while at < y + high - 2:
        pen.rule(x, at, x + wide, at, thick=0.1, colour=PALE)
        at += RULED
