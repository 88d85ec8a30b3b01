"""The facts sheet (照合表): every number, address and date, to be ticked and signed."""

from collections.abc import Iterator
from typing import Final

from layout.backends.proof_pdf.page import Drawing, footer, header
from layout.backends.proof_pdf.paper import HEAD, MARGIN
from layout.backends.proof_pdf.pen import BLACK, GREY, PALE, WHITE
from layout.facts.model import Occurrence, Verdict

KINDS: Final = {
    "account": "口座",
    "phone": "電話",
    "url": "URL",
    "mail": "メール",
    "date": "日付",
    "amount": "金額",
    "code": "QRコード",
    "name": "名称",
}
VERDICTS: Final = {
    Verdict.DECLARED: "facts: から",
    Verdict.TYPED: "手入力（一致）",
    Verdict.OTHER: "手入力",
    Verdict.NEAR: "ちがう？ 要確認",
    Verdict.WRONG: "あやまり",
}
_WIDE: Final = 210.0
_HIGH: Final = 297.0
_COLUMNS: Final = (0.0, 7.0, 24.0, 112.0, 130.0, 166.0, 190.0)
_HEADS: Final = ("", "種類", "印刷されている内容", "頁・行", "出どころ", "確かめた人")
_ROW: Final = 6.0
_LINE: Final = 3.0
_SIZE: Final = 7.5
_BOLD: Final = (Verdict.NEAR, Verdict.WRONG)


def checklist(drawing: Drawing) -> float:
    """The list on as many sheets as it needs; the last stays open, used down to what is given."""
    pen = drawing.pen
    at = _begin(drawing, "照合表")
    words = (
        "元の資料（通帳、名刺、サイト、カレンダー）と一つずつ見くらべ、合っていたら□に✓、"
        "ちがったら赤字で。電話はかけ、QRは読み取って確かめます。"
    )
    for line in pen.wrapped(words, 7, _COLUMNS[-1]):
        pen.text(MARGIN, at, line, 7)
        at += 3.6
    at = _heads(drawing, at + 0.5)
    if not drawing.proof.facts.rows:
        pen.text(MARGIN + 2, at + 4, "照合する番号・アドレス・日付はありません。", _SIZE)
        at += _ROW
    for row in drawing.proof.facts.rows:
        lines = pen.wrapped(row.printed, _SIZE, _COLUMNS[3] - _COLUMNS[2] - 2, 4)
        high = _ROW + _LINE * (len(lines) - 1)
        if at + high > drawing.bottom:
            pen.end_sheet()
            at = _heads(drawing, _begin(drawing, "照合表（つづき）") + 1)
        _row(drawing, row, lines, at, high)
        at += high
    for name in drawing.proof.facts.unused:
        pen.text(MARGIN + _COLUMNS[1], at + 4.2, f"宣言だけで紙面にない：{name}", 6.5)
        at += _ROW
    return at + 3


def _begin(drawing: Drawing, what: str) -> float:
    drawing.pen.begin_sheet(_WIDE, _HIGH)
    header(drawing, _WIDE, what, "Facts sheet")
    footer(drawing.pen, _WIDE, _HIGH, "")
    return MARGIN + HEAD + 2


def _heads(drawing: Drawing, at: float) -> float:
    pen = drawing.pen
    pen.box(MARGIN, at, _COLUMNS[-1], 5, thick=0.25, fill=(0.92, 0.92, 0.92))
    for left, head in zip(_COLUMNS, _HEADS, strict=False):
        pen.text(MARGIN + left + 1, at + 3.5, head, 6.5, bold=True)
    return at + 5


def _row(drawing: Drawing, row: Occurrence, lines: list[str], at: float, high: float) -> None:
    pen, base = drawing.pen, at + 4.0
    wrong = row.verdict in _BOLD
    pen.box(MARGIN + 1.6, at + 1.2, 3.4, 3.4, thick=0.25, fill=WHITE)
    pen.text(MARGIN + _COLUMNS[1] + 1, base, KINDS.get(row.kind, row.kind), _SIZE)
    for index, line in enumerate(lines):
        pen.text(MARGIN + _COLUMNS[2] + 1, base + index * _LINE, line, _SIZE, bold=wrong)
    cells = (_place(drawing, row), " ".join(_source(row)))
    for left, cell in zip(_COLUMNS[3:], cells, strict=False):
        room = 34.0 if left == _COLUMNS[4] else 17.0
        shown = pen.wrapped(cell, 6.5, room, 1)[0]
        pen.text(MARGIN + left + 1, base, shown, 6.5, bold=wrong, colour=BLACK if wrong else GREY)
    low = at + high
    pen.rule(MARGIN, low, MARGIN + _COLUMNS[-1], low, thick=0.1, colour=PALE)
    pen.rule(MARGIN + _COLUMNS[5], at, MARGIN + _COLUMNS[5], low, thick=0.1, colour=PALE)


def _place(drawing: Drawing, row: Occurrence) -> str:
    known = drawing.rows.get(row.line_id)
    return f"p.{row.page} {known.number}行" if known else f"p.{row.page}"


def _source(row: Occurrence) -> Iterator[str]:
    yield VERDICTS[row.verdict]
    if row.fact:
        yield row.fact
