"""Every operator of content (ISO 32000-1, Annex A) and what a reader does for it."""

from collections.abc import Mapping
from typing import Any, Final

from layout.preflight.finished.content_reader import Reader
from layout.preflight.finished.content_shared import Handler
from layout.preflight.finished.content_state import number, numbers


def _nothing(_: Reader, __: Any) -> None:
    """An operator that changes nothing that is asked about."""


def _device(family: str, stroke: bool) -> Handler:
    return lambda run, operands: run.device(operands, family, stroke)


def _paints(fill: bool, stroke: bool, close: bool = False) -> Handler:
    return lambda run, _: run.paint_path(fill, stroke, close)


def _pen(name: str) -> Handler:
    return lambda run, operands: run.pen(operands, name)


def _set_width(run: Reader, operands: Any) -> None:
    run.state.width = number(operands[0])


def _set_dash(run: Reader, operands: Any) -> None:
    run.state.dashed = bool(len(operands[0]))


def _clip(run: Reader, _: Any) -> None:
    run.clips = True


def _leniency(by: int) -> Handler:
    def handle(run: Reader, _: Any) -> None:
        run.lenient = max(run.lenient + by, 0)

    return handle


def _quote(run: Reader, operands: Any) -> None:
    run.next_line(0.0, -run.state.pen.leading)
    run.show([operands[-1]])


def _double_quote(run: Reader, operands: Any) -> None:
    word, spacing, _ = operands
    run.pen([word], "word")
    run.pen([spacing], "spacing")
    _quote(run, operands)


HANDLERS: Final[Mapping[str, Handler]] = {
    "q": Reader.save, "Q": Reader.restore, "cm": Reader.transform, "gs": Reader.extend,
    "w": _set_width, "d": _set_dash,
    **dict.fromkeys(("J", "j", "M", "ri", "i", "d0", "BMC", "EMC", "MP"), _nothing),
    "g": _device("DeviceGray", False), "G": _device("DeviceGray", True),
    "rg": _device("DeviceRGB", False), "RG": _device("DeviceRGB", True),
    "k": _device("DeviceCMYK", False), "K": _device("DeviceCMYK", True),
    "cs": lambda run, o: run.space(o, False), "CS": lambda run, o: run.space(o, True),
    "sc": lambda run, o: run.values(o, False), "SC": lambda run, o: run.values(o, True),
    "scn": lambda run, o: run.values(o, False), "SCN": lambda run, o: run.values(o, True),
    "m": lambda run, o: run.path.move(run.state.matrix, numbers(o, 2)),
    "l": lambda run, o: run.path.line(run.state.matrix, numbers(o, 2)),
    "c": lambda run, o: run.path.curve(run.state.matrix, numbers(o, 6)),
    "v": lambda run, o: run.path.curve(run.state.matrix, numbers(o, 4)),
    "y": lambda run, o: run.path.curve(run.state.matrix, numbers(o, 4)),
    "h": lambda run, _: run.path.close(),
    "re": lambda run, o: run.path.rectangle(run.state.matrix, numbers(o, 4)),
    "W": _clip, "W*": _clip, "n": _paints(False, False),
    "S": _paints(False, True), "s": _paints(False, True, True),
    "f": _paints(True, False), "F": _paints(True, False), "f*": _paints(True, False),
    "B": _paints(True, True), "B*": _paints(True, True),
    "b": _paints(True, True, True), "b*": _paints(True, True, True),
    "BT": Reader.begin_text, "ET": Reader.end_text, "Tf": Reader.font,
    "Tc": _pen("spacing"), "Tw": _pen("word"), "Tz": _pen("percent"), "TL": _pen("leading"),
    "Ts": _pen("rise"), "Tr": _pen("mode"),
    "Td": lambda run, o: run.move(o, False), "TD": lambda run, o: run.move(o, True),
    "Tm": Reader.set_matrix, "T*": lambda run, _: run.next_line(0.0, -run.state.pen.leading),
    "Tj": lambda run, o: run.show([o[0]]), "TJ": lambda run, o: run.show(list(o[0])),
    "'": _quote, '"': _double_quote,
    "Do": Reader.external, "INLINE IMAGE": Reader.inline_image, "sh": Reader.shade,
    "d1": Reader.uncolour, "BDC": Reader.marked, "DP": Reader.marked,
    "BX": _leniency(1), "EX": _leniency(-1),
}  # fmt: skip
"""Every operator of ISO 32000-1, Annex A."""
