"""The commonest proofreaders' marks (JIS Z 8208), drawn and said in plain words."""

from collections.abc import Callable
from typing import Final

from layout.backends.proof_pdf.paper import HEAD, MARGIN
from layout.backends.proof_pdf.pen import BLACK, GREY, PALE, RED, Pen
from layout.backends.proof_pdf.sheet import Drawing, footer, header, label
from layout.house.paper import paper_text

HEIGHT_MM: Final = 96.0
_WIDE: Final = 210.0
_HIGH: Final = 297.0
_CELL: Final = (95.0, 14.4)
_NAME: Final = 36.0
_TEXT: Final = 11.0
_EM: Final = _TEXT * 25.4 / 72


def legend(drawing: Drawing, at: float) -> None:
    """The marks at ``at`` on the open sheet, or on a new one if that is 0; it stays open."""
    pen = drawing.pen
    if not at:
        pen.end_sheet()
        pen.begin_sheet(_WIDE, _HIGH)
        header(drawing, _WIDE, paper_text("marks-head", drawing.lang))
        footer(pen, _WIDE, _HIGH)
        at = MARGIN + HEAD + 2
    pen.rule(MARGIN, at, _WIDE - MARGIN, at, thick=0.25)
    label(pen, MARGIN, at + 5, "marks", 8.5, bold=True)
    label(pen, _WIDE - MARGIN, at + 5, "marks-how", 5.6, align="right")
    for index, (name, draw) in enumerate(_MARKS):
        x = MARGIN + (index % 2) * _CELL[0]
        y = at + 7.5 + index // 2 * _CELL[1]
        draw(pen, x + 1, y + 10.0)
        label(pen, x + _NAME, y + 4.6, name, 7.5, bold=True)
        low = y + 7.9
        for lang, size, pitch, colour in (("ja", 6.5, 2.7, BLACK), ("en", 5.2, 2.1, GREY)):
            words = paper_text(f"{name}-how", lang)
            for piece in pen.wrapped(words, size, _CELL[0] - _NAME - 3, 2):
                pen.text(x + _NAME, low, piece, size, colour=colour)
                low += pitch
        end = y + _CELL[1]
        pen.rule(x, end, x + _CELL[0] - 3, end, thick=0.1, colour=PALE)


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


_MARKS: Final[tuple[tuple[str, Callable[[Pen, float, float], None]], ...]] = (
    ("replace", _replace),
    ("insert", _insert),
    ("close", _close),
    ("keep-room", _keep_room),
    ("swap", _swap),
    ("stay", _stay),
    ("new-line", _new_line),
    ("run-on", _run_on),
    ("wider", _wider),
    ("nearer", _nearer),
    ("face", _face),
    ("ask", _ask),
)
"""Their names in the table of texts, and how they are drawn."""
