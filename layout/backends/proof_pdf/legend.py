"""The commonest proofreaders' marks (JIS Z 8208), drawn and said in plain words."""

from collections.abc import Callable
from typing import Final

from layout.backends.proof_pdf.page import Drawing, footer, header
from layout.backends.proof_pdf.paper import HEAD, MARGIN
from layout.backends.proof_pdf.pen import BLACK, GREY, PALE, RED, Pen

HEIGHT_MM: Final = 89.0
_WIDE: Final = 210.0
_HIGH: Final = 297.0
_CELL: Final = (95.0, 13.4)
_TEXT: Final = 11.0
_EM: Final = _TEXT * 25.4 / 72


def legend(drawing: Drawing, at: float) -> None:
    """The marks at ``at`` on the open sheet, or on a new one if that is 0; it stays open."""
    pen = drawing.pen
    if not at:
        pen.end_sheet()
        pen.begin_sheet(_WIDE, _HIGH)
        header(drawing, _WIDE, "校正記号", "Proofreaders' marks")
        footer(pen, _WIDE, _HIGH, "")
        at = MARGIN + HEAD + 2
    pen.rule(MARGIN, at, _WIDE - MARGIN, at, thick=0.25)
    pen.text(MARGIN, at + 5, "よく使う校正記号（JIS Z 8208 から）", 8.5, bold=True)
    words = "赤のペンで、文字のそばから線を余白まで引き出して書きます。"
    pen.text(_WIDE - MARGIN, at + 5, words, 6.5, colour=GREY, align="right")
    top = at + 7.5
    for index, (name, said, draw) in enumerate(_MARKS):
        x = MARGIN + (index % 2) * _CELL[0]
        y = top + index // 2 * _CELL[1]
        draw(pen, x + 1, y + 9.6)
        pen.text(x + 36, y + 5.2, name, 7.5, bold=True)
        for line, piece in enumerate(pen.wrapped(said, 6.5, _CELL[0] - 40, 2)):
            pen.text(x + 36, y + 8.6 + line * 3.0, piece, 6.5)
        low = y + _CELL[1]
        pen.rule(x, low, x + _CELL[0] - 3, low, thick=0.1, colour=PALE)


def _words(pen: Pen, x: float, y: float, words: str) -> None:
    pen.text(x, y, words, _TEXT)


def _lead(pen: Pen, x: float, y: float, word: str, size: float = 8) -> None:
    """A line drawn out of the text at ``x``, with a word at its end."""
    up = y - _EM - 1.6
    pen.rule(x, y - _EM * 0.5, x + 2.0, up, thick=0.25, colour=RED)
    pen.text(x + 2.4, up + 1.1, word, size, colour=RED)


def _replace(pen: Pen, x: float, y: float) -> None:
    _words(pen, x, y, "校生の紙")
    middle = x + 1.5 * _EM
    pen.rule(middle - 1.4, y + 0.1, middle + 1.4, y - _EM * 0.8, thick=0.3, colour=RED)
    _lead(pen, middle, y, "正")


def _insert(pen: Pen, x: float, y: float) -> None:
    _words(pen, x, y, "校の紙面")
    at = x + _EM
    pen.rule(at - 1.1, y + 1.2, at, y - 0.3, thick=0.3, colour=RED)
    pen.rule(at + 1.1, y + 1.2, at, y - 0.3, thick=0.3, colour=RED)
    pen.rule(at, y - 0.3, at, y - _EM, thick=0.25, colour=RED)
    _lead(pen, at, y - 1.2, "正")


def _out(pen: Pen, x: float, y: float, word: str) -> None:
    _words(pen, x, y, "校正正の紙")
    middle = x + 2.5 * _EM
    pen.rule(middle - 1.4, y + 0.1, middle + 1.4, y - _EM * 0.8, thick=0.3, colour=RED)
    _lead(pen, middle, y, word, 7)


def _close(pen: Pen, x: float, y: float) -> None:
    _out(pen, x, y, "トルツメ")


def _keep_room(pen: Pen, x: float, y: float) -> None:
    _out(pen, x, y, "トルアキ")


def _swap(pen: Pen, x: float, y: float) -> None:
    _words(pen, x, y, "正校の紙")
    low, high = y + 0.5, y - _EM * 0.9
    pen.curve((x, high, x + 1.3 * _EM, high - 1.4, x + 0.7 * _EM, low + 1.4, x + 2 * _EM, low))


def _stay(pen: Pen, x: float, y: float) -> None:
    _words(pen, x, y, "校正の紙")
    for step in range(3):
        pen.disc(x + (0.5 + 0.75 * step) * _EM, y + 1.3, 0.25, line=None, fill=RED)
    pen.text(x + 2.6 * _EM, y - _EM - 0.6, "イキ", 7.5, colour=RED)


def _new_line(pen: Pen, x: float, y: float) -> None:
    _words(pen, x, y, "校正。紙面")
    at = x + 3 * _EM - 1.6
    pen.rule(at, y - _EM, at, y + 0.6, thick=0.3, colour=RED)
    pen.rule(at, y + 0.6, x, y + 0.6, thick=0.3, colour=RED)
    pen.rule(at, y - _EM, at + 2.4, y - _EM, thick=0.3, colour=RED)


def _run_on(pen: Pen, x: float, y: float) -> None:
    pen.text(x + 3.2 * _EM, y - 3.9, "校正", 9.5)
    pen.text(x, y + 1.0, "の紙面", 9.5)
    end, high = x + 3.2 * _EM + 7.2, y - 5.2
    pen.curve((end, high, end + 4, high + 3.6, x - 3, y - 5.4, x - 0.2, y - 0.4))


def _wider(pen: Pen, x: float, y: float) -> None:
    _words(pen, x, y, "校正の紙")
    at = x + 2 * _EM
    pen.rule(at, y - _EM - 0.3, at, y + 0.4, thick=0.25, colour=RED)
    for way in (-1, 1):
        pen.rule(at, y - _EM - 0.2, at + way * 1.0, y - _EM - 1.6, thick=0.3, colour=RED)
    pen.text(at + 1.8, y - _EM - 0.6, "アキ", 7.5, colour=RED)


def _nearer(pen: Pen, x: float, y: float) -> None:
    _words(pen, x, y, "校正　の紙")
    at, high = x + 2.5 * _EM, y - _EM - 0.2
    pen.curve((at - 1.7, high, at - 1, high - 1.2, at + 1, high - 1.2, at + 1.7, high))
    pen.curve((at - 1.7, y + 0.4, at - 1, y + 1.6, at + 1, y + 1.6, at + 1.7, y + 0.4))
    pen.text(at + 2.4, high + 0.2, "ツメ", 7.5, colour=RED)


def _face(pen: Pen, x: float, y: float) -> None:
    _words(pen, x, y, "校正の紙")
    pen.rule(x, y + 0.8, x + 2 * _EM, y + 0.8, thick=0.3, colour=RED)
    pen.text(x + 2 * _EM + 0.8, y - _EM - 0.4, "ゴチ　14Q", 7, colour=RED)
    pen.rule(x + 2 * _EM, y + 0.8, x + 2 * _EM + 1.4, y - _EM, thick=0.25, colour=RED)


def _ask(pen: Pen, x: float, y: float) -> None:
    _words(pen, x, y, "校正の紙")
    pen.rule(x, y + 0.8, x + 2 * _EM, y + 0.8, thick=0.25, colour=BLACK)
    pen.text(x + 2.2 * _EM, y - _EM - 0.4, "資料では？", 7, colour=BLACK)
    pen.rule(x + 2 * _EM, y + 0.8, x + 2.3 * _EM, y - _EM, thick=0.2, colour=BLACK)


_MARKS: Final[tuple[tuple[str, str, Callable[[Pen, float, float], None]], ...]] = (
    ("直す", "まちがった字に斜めの線を引き、正しい字を書く。", _replace),
    ("入れる", "字と字の間をくさびで開き、入れる字を書く。", _insert),
    ("取って詰める（トルツメ）", "線で消し「トルツメ」（「トル」でも）。後ろを詰める。", _close),
    ("取って空けておく（トルアキ）", "線で消し「トルアキ」。空きはそのまま残す。", _keep_room),
    ("入れかえる", "となり合う字をＳ字の線ではさむ。", _swap),
    ("もとのまま（イキ）", "直しを取り消す。消した字の下に点を打ち「イキ」。", _stay),
    ("改行する", "ここから新しい行にする。", _new_line),
    ("つづける（追い込み）", "改行をやめて、前の行につづける。", _run_on),
    ("空ける", "字の間を空ける。どれだけか（半角、全角）も書く。", _wider),
    ("詰める", "字の間を詰める。", _nearer),
    ("書体・大きさ", "下線を引き「ゴチ」「ミン」や大きさを書く。", _face),
    ("たずねる（疑問）", "決められないことは黒の鉛筆で。直しと混ぜない。", _ask),
)
