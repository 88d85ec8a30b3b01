"""Every operator of content (ISO 32000-1, Annex A) and what a reader does for it."""

from typing import Any, Final

from layout.preflight.finished import content_painting as painting
from layout.preflight.finished import content_showing as showing
from layout.preflight.finished.content_colour import DEVICE
from layout.preflight.finished.content_reader import WHOLE, Reader
from layout.preflight.finished.content_shared import Handler, Handlers
from layout.preflight.finished.content_state import is_dashed, number, numbers

_ANY: Final = -1


def _nothing(_: Reader, __: Any) -> None:
    """An operator that changes nothing that is asked about."""


def _device(family: str, stroke: bool) -> tuple[Handler, int]:
    base = DEVICE[family]
    return (lambda run, operands: run.device(operands, base, stroke)), base[1].size


def _paints(fill: bool, stroke: bool, close: bool = False) -> tuple[Handler, int]:
    return (lambda run, _: painting.paint_path(run, fill, stroke, close)), 0


def _pen(name: str) -> tuple[Handler, int]:
    return (lambda run, operands: showing.set_pen(run, operands, name)), 1


def _set_width(run: Reader, operands: Any) -> None:
    run.state.width = number(operands[0])


def _set_dash(run: Reader, operands: Any) -> None:
    run.state.dashed = is_dashed(operands[0])


def _clip(run: Reader, _: Any) -> None:
    run.clips = True


def _leniency(by: int) -> Handler:
    def handle(run: Reader, _: Any) -> None:
        run.lenient = max(run.lenient + by, 0)

    return handle


HANDLERS: Final[Handlers] = {
    "q": (Reader.save, 0), "Q": (Reader.restore, 0), "cm": (Reader.transform, 6),
    "gs": (Reader.extend, 1), "w": (_set_width, 1), "d": (_set_dash, 2),
    **dict.fromkeys(("J", "j", "M", "ri", "i", "BMC", "MP"), (_nothing, 1)), "EMC": (_nothing, 0),
    "g": _device("DeviceGray", False), "G": _device("DeviceGray", True),
    "rg": _device("DeviceRGB", False), "RG": _device("DeviceRGB", True),
    "k": _device("DeviceCMYK", False), "K": _device("DeviceCMYK", True),
    "cs": (lambda run, o: run.space(o, False), 1), "CS": (lambda run, o: run.space(o, True), 1),
    **dict.fromkeys(("sc", "scn"), (lambda run, o: run.values(o, False), _ANY)),
    **dict.fromkeys(("SC", "SCN"), (lambda run, o: run.values(o, True), _ANY)),
    "m": (lambda run, o: run.path.move(run.state.matrix, numbers(o, 2)), 2),
    "l": (lambda run, o: run.path.line(run.state.matrix, numbers(o, 2)), 2),
    "c": (lambda run, o: run.path.curve(run.state.matrix, numbers(o, 6)), 6),
    "v": (lambda run, o: run.path.curve(run.state.matrix, numbers(o, 4)), 4),
    "y": (lambda run, o: run.path.curve(run.state.matrix, numbers(o, 4)), 4),
    "h": (lambda run, _: run.path.close(), 0),
    "re": (lambda run, o: run.path.rectangle(run.state.matrix, numbers(o, 4)), 4),
    "W": (_clip, 0), "W*": (_clip, 0), "n": _paints(False, False),
    "S": _paints(False, True), "s": _paints(False, True, True),
    "f": _paints(True, False), "F": _paints(True, False), "f*": _paints(True, False),
    "B": _paints(True, True), "B*": _paints(True, True),
    "b": _paints(True, True, True), "b*": _paints(True, True, True),
    "BT": (showing.begin, 0), "ET": (showing.end, 0), "Tf": (showing.choose_font, 2),
    "Tc": _pen("spacing"), "Tw": _pen("word"), "Tz": _pen("percent"), "TL": _pen("leading"),
    "Ts": _pen("rise"), "Tr": _pen("mode"),
    "Td": (lambda run, o: showing.move(run, o, False), 2),
    "TD": (lambda run, o: showing.move(run, o, True), 2),
    "Tm": (showing.set_matrix, 6), "T*": (showing.feed, 0),
    "Tj": (showing.show_string, 1), "TJ": (showing.show_array, 1),
    "'": (showing.quote, 1), '"': (showing.double_quote, 3),
    "Do": (painting.external, 1), "sh": (painting.shade, 1),
    "INLINE IMAGE": (painting.inline_image, WHOLE),
    "d0": (_nothing, 2), "d1": (showing.uncolour, 6),
    "BDC": (showing.marked, 2), "DP": (showing.marked, 2),
    "BX": (_leniency(1), 0), "EX": (_leniency(-1), 0),
}  # fmt: skip
"""Every operator of ISO 32000-1, Annex A."""
