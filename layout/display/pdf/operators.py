"""Which operator does what: the table of Annex A, for those that change or paint something."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from layout.display.pdf.content import Content

Operands = Sequence[Any]

PATHS: Final = ("m", "l", "c", "v", "y", "h", "re")


def _numbers(operands: Operands) -> list[float]:
    return [float(value) for value in operands]


def _paint(fill: bool, stroke: bool, even_odd: bool, close: bool) -> "Operation":
    def operate(run: "Content", operands: Operands) -> None:
        run.paint(fill=fill, stroke=stroke, even_odd=even_odd, close=close)

    return operate


Operation = Callable[["Content", Operands], None]

OPERATORS: Final[dict[str, Operation]] = {
    "q": lambda run, o: run.save(),
    "Q": lambda run, o: run.restore(),
    "cm": lambda run, o: run.transform(_numbers(o)),
    "w": lambda run, o: run.set(width=float(o[0])),
    "J": lambda run, o: run.line_style("cap", int(o[0])),
    "j": lambda run, o: run.line_style("join", int(o[0])),
    "M": lambda run, o: run.set(miter=float(o[0])),
    "d": lambda run, o: run.set(dash=tuple(_numbers(o[0])), phase=float(o[1])),
    "gs": lambda run, o: run.extended(str(o[0])),
    "S": _paint(False, True, False, False),
    "s": _paint(False, True, False, True),
    "f": _paint(True, False, False, False),
    "F": _paint(True, False, False, False),
    "f*": _paint(True, False, True, False),
    "B": _paint(True, True, False, False),
    "B*": _paint(True, True, True, False),
    "b": _paint(True, True, False, True),
    "b*": _paint(True, True, True, True),
    "n": _paint(False, False, False, False),
    "W": lambda run, o: run.clip(False),
    "W*": lambda run, o: run.clip(True),
    "g": lambda run, o: run.device("fill", "gray", _numbers(o)),
    "G": lambda run, o: run.device("stroke", "gray", _numbers(o)),
    "rg": lambda run, o: run.device("fill", "rgb", _numbers(o)),
    "RG": lambda run, o: run.device("stroke", "rgb", _numbers(o)),
    "k": lambda run, o: run.device("fill", "cmyk", _numbers(o)),
    "K": lambda run, o: run.device("stroke", "cmyk", _numbers(o)),
    "cs": lambda run, o: run.space("fill", o[0]),
    "CS": lambda run, o: run.space("stroke", o[0]),
    "sc": lambda run, o: run.colour("fill", o),
    "SC": lambda run, o: run.colour("stroke", o),
    "scn": lambda run, o: run.colour("fill", o),
    "SCN": lambda run, o: run.colour("stroke", o),
    "sh": lambda run, o: run.shade(str(o[0])),
    "Do": lambda run, o: run.draw(str(o[0])),
    "BMC": lambda run, o: run.begin_marked(None),
    "BDC": lambda run, o: run.begin_marked(o),
    "EMC": lambda run, o: run.end_marked(),
    "BT": lambda run, o: run.text.begin(),
    "ET": lambda run, o: run.text.end(),
    "Tc": lambda run, o: run.text.set(spacing=float(o[0])),
    "Tw": lambda run, o: run.text.set(words=float(o[0])),
    "Tz": lambda run, o: run.text.set(stretch=float(o[0]) / 100),
    "TL": lambda run, o: run.text.set(leading=float(o[0])),
    "Ts": lambda run, o: run.text.set(rise=float(o[0])),
    "Tr": lambda run, o: run.text.set(mode=int(o[0])),
    "Tf": lambda run, o: run.text.font(str(o[0]), float(o[1])),
    "Td": lambda run, o: run.text.move(float(o[0]), float(o[1])),
    "TD": lambda run, o: run.text.move(float(o[0]), float(o[1]), lead=True),
    "Tm": lambda run, o: run.text.place(_numbers(o)),
    "T*": lambda run, o: run.text.next_line(),
    "Tj": lambda run, o: run.text.show([o[0]]),
    "TJ": lambda run, o: run.text.show(o[0]),
    "'": lambda run, o: run.text.show_next(o[0]),
    '"': lambda run, o: run.text.show_next(o[2], float(o[0]), float(o[1])),
}
