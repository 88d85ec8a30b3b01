"""One page of the leaflet on its sheet: numbers, marks, the column for corrections, the list."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Final

from msgspec import Struct

from layout.backends.proof_pdf.paper import FOOT, HEAD, MARGIN, Paper, paper_for
from layout.backends.proof_pdf.pen import BLACK, GREY, PALE, RED, WHITE, Pen
from layout.backends.proof_pdf.remarks import Piece, Remark, remarks, without_page
from layout.backends.proof_pdf.rows import SIDE, Row, any_overlap
from layout.proof.model import ProofPage
from layout.reading.model import Box, Line, Page

_RULED: Final = 8.0
_LIST_SIZE: Final = 6.0
_LIST_LINE: Final = 2.75
_DISC: Final = 1.15
_BAND: Final = 4.6
_UNMARKED: Final = "校正"


class Drawing(Struct):
    """What all sheets share; ``bottom`` is where the usable part of a sheet ends."""

    pen: Pen
    proof: ProofPage
    rows: Mapping[str, Row]
    bottom: float = 297.0 - MARGIN - FOOT


class _Signed(Struct, frozen=True):
    """A remark with its sign on the page."""

    sign: str
    remark: Remark


def leaflet_page(drawing: Drawing, page: Page) -> Paper:
    """The sheets of a page; gives where the page itself lies on the first."""
    paper, pen = paper_for(page), drawing.pen
    signed = _signed(remarks(drawing.proof, page, drawing.rows))
    if page is drawing.proof.reading.pages[0]:
        signed += [_Signed("＊", each) for each in without_page(drawing.proof)]
    pen.begin_sheet(paper.width, paper.height)
    of = f"{page.number} / {len(drawing.proof.reading.pages)} ページ"
    header(drawing, paper.width, of, f"縮尺 {paper.scale * 100:.0f} %")
    pen.box(paper.x, paper.y, paper.wide, paper.high, thick=0.1, line=GREY)
    rows = [row for row in drawing.rows.values() if row.line.page == page.number]
    _numbers(pen, paper, rows)
    _things(pen, paper, page)
    for each in signed:
        _mark(pen, paper, each, rows)
    _column(pen, paper)
    footer(pen, paper.width, paper.height, _enlarging(paper))
    left = _listed(pen, signed, *paper.remarks, first=True)
    pen.end_sheet()
    while left:
        pen.begin_sheet(paper.width, paper.height)
        header(drawing, paper.width, of, "気づいた点（つづき）")
        footer(pen, paper.width, paper.height, "")
        area = (MARGIN, MARGIN + HEAD, paper.width - 2 * MARGIN)
        left = _listed(pen, left, *area, paper.height - MARGIN - FOOT - MARGIN - HEAD, first=False)
        pen.end_sheet()
    return paper


def _signed(found: Sequence[Remark]) -> list[_Signed]:
    """Changes are lettered, findings numbered."""
    letters, numbers = count(), count(1)
    return [
        _Signed(_letter(next(letters)) if each.is_change else str(next(numbers)), each)
        for each in found
    ]


def _letter(number: int) -> str:
    """A, B … Z, A2, B2 …"""
    turn, letter = divmod(number, 26)
    return chr(ord("A") + letter) + (str(turn + 1) if turn else "")


# --- head and foot


def header(drawing: Drawing, width: float, of: str, more: str) -> None:
    """Stamp, title, page, date, version; room for a name and a day."""
    pen, proof = drawing.pen, drawing.proof
    stage = proof.stage or _UNMARKED
    pen.box(MARGIN, MARGIN, 17, 11, thick=0.5, line=RED, radius=1.2)
    pen.box(MARGIN + 0.8, MARGIN + 0.8, 15.4, 9.4, thick=0.15, line=RED, radius=0.7)
    pen.text(MARGIN + 8.5, MARGIN + 7.5, stage, 15, bold=True, colour=RED, align="centre")
    x = MARGIN + 20
    room = width - MARGIN - 52 - x
    title = pen.wrapped(proof.title, 10, room - pen.long(of, 10, bold=True) - 5, 1)[0]
    end = pen.text(x, MARGIN + 4.6, title, 10, bold=True)
    pen.text(end + 4, MARGIN + 4.6, of, 10, bold=True)
    date = f"日付 {proof.date}" if proof.date else ""
    said = [proof.leaflet, date, f"版 {proof.source[:12]}", more]
    pen.text(x, MARGIN + 9.6, "　".join(each for each in said if each), 7, colour=GREY)
    for offset, label in ((49, "校正者"), (22, "月日")):
        left = width - MARGIN - offset
        pen.text(left, MARGIN + 9.6, label, 6, colour=GREY)
        reach = left + (25 if label == "校正者" else 22)
        pen.rule(left + pen.long(label, 6) + 1, MARGIN + 10, reach, MARGIN + 10, thick=0.15)


def footer(pen: Pen, width: float, height: float, words: str) -> None:
    """How to copy it at true size, and the number of the sheet."""
    y = height - MARGIN
    pen.text(MARGIN, y, words, 6, colour=GREY)
    pen.text(width - MARGIN, y, f"紙 {pen.sheets}", 6, colour=GREY, align="right")


def _enlarging(paper: Paper) -> str:
    if paper.scale == 1:
        return "原寸です（拡大・縮小せずに印刷）。"
    return f"印刷は「実際のサイズ」で。原寸で見たいときは {100 / paper.scale:.0f} % に拡大コピー。"


# --- on the page


def _numbers(pen: Pen, paper: Paper, rows: Sequence[Row]) -> None:
    for row in rows:
        if row.shown:
            place, (size, bold) = number_box(pen, paper, row), _number_look(row)
            pen.box(place.x, place.y, place.width, place.height, line=None, fill=WHITE, radius=0.3)
            x, y = place.x + place.width / 2, place.y + 1.3
            colour = BLACK if bold else GREY
            pen.text(x, y, str(row.number), size, bold=bold, colour=colour, align="centre")


def _number_look(row: Row) -> tuple[float, bool]:
    """Size and weight of a number: every fifth is heavier."""
    return (5.2, True) if row.number % 5 == 0 else (4.8, False)


def number_box(pen: Pen, paper: Paper, row: Row) -> Box:
    """Where the number of a line stands on paper."""
    size, bold = _number_look(row)
    long = pen.long(str(row.number), size, bold=bold)
    box = _on_paper(paper, row.line.box)
    if row.line.vertical:
        x, y = box.x + box.width / 2, box.y - 0.7
    else:
        x, y = box.x - 0.8 - long / 2, box.y + box.height / 2 + 0.55
    return Box(x - long / 2 - 0.15, y - 1.3, long + 0.3, 1.5)


def _things(pen: Pen, paper: Paper, page: Page) -> None:
    """Figures and codes with their ids, so that a correction can name them."""
    for thing in page.things:
        box = _on_paper(paper, thing.box)
        x, y = max(box.x, paper.x), max(box.y, paper.y)  # what bleeds is trimmed
        wide = min(box.x + box.width, paper.x + paper.wide) - x
        high = min(box.y + box.height, paper.y + paper.high) - y
        pen.box(x, y, wide, high, thick=0.12, line=GREY, dash=(0.8, 0.6))
        label = f"{'QR' if thing.kind == 'code' else '図'} {thing.id}"
        long = pen.long(label, 4.6) + 1
        above = y - 2.1 if thing.kind == "code" else y
        pen.box(x, above, long, 2.1, thick=0.1, line=GREY, fill=WHITE)
        pen.text(x + 0.5, above + 1.6, label, 4.6)


def _mark(pen: Pen, paper: Paper, signed: _Signed, rows: Sequence[Row]) -> None:
    remark = signed.remark
    for piece in remark.pieces:
        if remark.is_change:
            _changed(pen, paper, piece, asked=remark.rank == "asked")
        else:
            _underline(pen, paper, piece, remark.rank)
    if remark.pieces:
        line = remark.pieces[0].line
        at = _beside(pen, paper, line, rows)
        sign(pen, *at, signed.sign, remark.rank)
    elif remark.box is not None:
        box = _on_paper(paper, remark.box)
        at = (box.x + box.width - _DISC, box.y + _DISC)
        sign(pen, *_free(pen, at, down=True), signed.sign, remark.rank)


def _beside(pen: Pen, paper: Paper, line: Line, rows: Sequence[Row]) -> tuple[float, float]:
    """A place at the end of a line that hides no other line and no number."""
    box, away = _on_paper(paper, line.box), _DISC + 0.3
    if line.vertical:
        middle, past = box.x + box.width / 2, box.y + box.height + away
        places = [(x, past) for x in (middle, box.x + box.width + 0.35, box.x - 0.35)]
    else:
        middle, past = box.y + box.height / 2, box.x + box.width + away
        places = [(past, y) for y in (middle, box.y - 0.35, box.y + box.height + 0.35)]
    taken = [_on_paper(paper, row.line.box) for row in rows if row.line is not line]
    taken += [number_box(pen, paper, row) for row in rows if row.shown]
    around = (Box(x - 1, y - 1, 2, 2) for x, y in places)
    free = (at for at, near in zip(places, around, strict=True) if not any_overlap(near, taken))
    return _free(pen, next(free, places[1]), down=line.vertical)


def _free(pen: Pen, at: tuple[float, float], *, down: bool) -> tuple[float, float]:
    """A place beside signs that are there already."""
    x, y = at
    while any(s == pen.sheets and abs(a - x) + abs(b - y) < 1.9 * _DISC for s, a, b in pen.signs):
        x, y = (x, y + 2 * _DISC) if down else (x + 2 * _DISC, y)
    pen.signs.append((pen.sheets, x, y))
    return x, y


def _on_paper(paper: Paper, box: Box) -> Box:
    scale = paper.scale
    return Box(
        paper.x + box.x * scale, paper.y + box.y * scale, box.width * scale, box.height * scale
    )


def _stretch(paper: Paper, piece: Piece) -> Box:
    """The characters' own part of their line, on paper."""
    chars, box = piece.line.chars, piece.line.box
    begin, end = 0.0, 0.0
    if piece.start < piece.end <= len(chars):
        begin, end = chars[piece.start].at, chars[piece.end - 1].at + chars[piece.end - 1].size
    elif chars:  # between two characters
        before = chars[min(piece.start, len(chars)) - 1] if piece.start else None
        begin = end = before.at + before.size if before else 0.0
    if piece.line.vertical:
        return _on_paper(paper, Box(box.x, box.y + begin, box.width, end - begin))
    return _on_paper(paper, Box(box.x + begin, box.y, end - begin, box.height))


def _underline(pen: Pen, paper: Paper, piece: Piece, rank: str) -> None:
    box = _stretch(paper, piece)
    thick = {"error": 0.5, "warning": 0.3}.get(rank, 0.22)
    dash = (0.5, 0.4) if rank == "note" else None
    if piece.line.vertical:
        x = box.x + box.width + 0.3
        pen.rule(x, box.y, x, box.y + box.height, thick=thick, colour=RED, dash=dash)
    else:
        y = box.y + box.height + 0.3
        pen.rule(box.x, y, box.x + box.width, y, thick=thick, colour=RED, dash=dash)


def _changed(pen: Pen, paper: Paper, piece: Piece, asked: bool) -> None:
    """A frame around what is new, a bar beside its line."""
    box, line = _stretch(paper, piece), _on_paper(paper, piece.line.box)
    dash = (0.6, 0.5) if asked else None
    pen.box(
        box.x - 0.2, box.y - 0.25, box.width + 0.4, box.height + 0.5, thick=0.3,
        line=BLACK if asked else RED, radius=0.4, dash=dash,
    )  # fmt: skip
    away = SIDE * paper.scale + 0.4
    if piece.line.vertical:
        y = line.y - away
        pen.rule(line.x, y, line.x + line.width, y, thick=0.4 if asked else 0.9)
    else:
        x = line.x - away
        pen.rule(x, line.y, x, line.y + line.height, thick=0.4 if asked else 0.9)


def sign(pen: Pen, x: float, y: float, sign: str, rank: str) -> None:
    """The sign of a remark: filled for what must be looked at; a square for a change."""
    filled = rank in ("error", "unasked")
    fill = BLACK if filled else WHITE
    if rank in ("asked", "unasked"):
        pen.box(x - 1.15, y - 1.15, 2.3, 2.3, thick=0.2, fill=fill)
    else:
        pen.disc(x, y, _DISC, thick=0.1 if rank == "note" else 0.3, fill=fill)
    size = 5.0 if len(sign) < 2 else 4.2
    colour = WHITE if filled else BLACK
    pen.text(x, y + size * 0.127, sign, size, bold=True, colour=colour, align="centre")


# --- beside and below it


def _column(pen: Pen, paper: Paper) -> None:
    """Ruled room for corrections: the line, and what shall be there."""
    x, y, wide, high = paper.notes
    pen.box(x, y, wide, high, thick=0.25)
    pen.box(x, y, wide, _BAND, thick=0.25, fill=(0.92, 0.92, 0.92))
    pen.text(x + 4, y + 3.2, "行", 6.5, bold=True, align="centre")
    pen.text(x + 10, y + 3.2, "赤字・疑問", 6.5, bold=True)
    pen.text(x + wide - 1, y + 3.2, "Corrections", 5, colour=GREY, align="right")
    pen.rule(x + 8, y, x + 8, y + high, thick=0.15)
    at = y + _BAND + _RULED
    while at < y + high - 2:
        pen.rule(x, at, x + wide, at, thick=0.1, colour=PALE)
        at += _RULED


def _listed(
    pen: Pen, signed: Sequence[_Signed], x: float, y: float, wide: float, high: float, *,
    first: bool,
) -> list[_Signed]:  # fmt: skip
    """The list in two columns; gives what has no room."""
    pen.rule(x, y, x + wide, y, thick=0.25)
    pen.text(x, y + 3.4, "気づいた点" if first else "気づいた点（つづき）", 6.5, bold=True)
    legend = "□ 前の校から変わった所（■ 指定外）　○ 機械の指摘（● 誤り）"
    pen.text(x + wide, y + 3.4, legend, 5.2, colour=GREY, align="right")
    if not signed:
        pen.text(x, y + 7.6, "機械が気づいた点はありません。目と声で読み合わせてください。", 6.5)
        _memo(pen, x, y + 10, wide, high - 10)
        return []
    column = (wide - 5) / 2
    low = at = y + 7.2
    side = 0
    for index, each in enumerate(signed):
        head = f"{each.remark.row}行 " if each.remark.row else ""
        words = f"{head}{each.remark.words}（{each.remark.place}）"
        lines = pen.wrapped(words, _LIST_SIZE, column - 4.2, 3)
        if at + (len(lines) - 1) * _LIST_LINE > y + high:
            if side:
                return list(signed[index:])
            at, side = y + 7.2, 1
        left = x + side * (column + 5)
        sign(pen, left + 1.4, at - 0.75, each.sign, each.remark.rank)
        for line in lines:
            pen.text(left + 4.2, at, line, _LIST_SIZE)
            at += _LIST_LINE
        at += 0.3
        low = max(low, at)
    _memo(pen, x, low, wide, y + high - low)
    return []


def _memo(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
    """What is left of the room is ruled, for remarks."""
    at = y + _RULED
    while at <= y + high + 1:
        pen.rule(x, at, x + wide, at, thick=0.1, colour=PALE)
        at += _RULED
