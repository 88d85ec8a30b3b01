"""PDF functions (ISO 32000-1, 7.10), worked out here: tint transforms and shadings need them.

``make_function`` gives a Python function from numbers to numbers.  What cannot
be read raises ``ColourError``; the caller says where it stood.
"""

import math
import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Any, Final

from layout.display.pdf.streams import decoded_size

Function = Callable[[Sequence[float]], tuple[float, ...]]

_SAMPLES_MOST: Final = 1 << 20
_BITS: Final = (1, 2, 4, 8, 12, 16, 24, 32)
_BYTES_MOST: Final = 1 << 24
_PROGRAM_MOST: Final = 1 << 16
_PARTS_MOST: Final = 1000
_DEPTH_MOST: Final = 16
"""Bounds no honest function comes near."""
_TOKEN: Final = re.compile(rb"%[^\r\n]*|[{}]|[^\s{}%]+")


class ColourError(ValueError):
    """A colour space, a function or an image that cannot be read."""


def make_function(pdf_function: Any) -> Function:
    """The function of a PDF function object, or of an array with one for each output."""
    return _make(pdf_function, [_PARTS_MOST])


def _make(pdf_function: Any, room: list[int], depth: int = 0) -> Function:
    """A function and those it is made of; ``room`` is how many more there may be."""
    import pikepdf

    room[0] -= 1
    if room[0] < 0 or depth > _DEPTH_MOST:
        raise ColourError("functions inside one another")
    if isinstance(pdf_function, pikepdf.Array):
        parts = [_make(part, room, depth + 1) for part in pdf_function]
        return lambda values: tuple(part(values)[0] for part in parts)
    kind = int(pdf_function.get("/FunctionType", -1))
    domain = pairs(pdf_function.get("/Domain"))
    range_ = pairs(pdf_function.get("/Range"))
    if kind == 3:
        inner = _stitching(pdf_function, room, depth)
    elif kind in _MAKERS:
        inner = _MAKERS[kind](pdf_function)
    else:
        raise ColourError(f"function type {kind}")
    return partial(_bounded, inner, domain, range_)


def bounded(stream: Any, most: int) -> bytes:
    """The decoded bytes of a stream that should be small; ``ColourError``."""
    if decoded_size(stream, most) > most:
        raise ColourError("a stream that is too large")
    data: bytes = stream.read_bytes()
    return data


def numbers(values: Any) -> list[float]:
    """An array of numbers; an absent one is empty."""
    return [] if values is None else [float(value) for value in values]


def pairs(values: Any) -> list[tuple[float, float]]:
    """An array of numbers two by two."""
    flat = numbers(values)
    return list(zip(flat[::2], flat[1::2], strict=False))


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """The value, kept between two others."""
    return low if value < low else high if value > high else value


def _bounded(
    inner: Function,
    domain: list[tuple[float, float]],
    range_: list[tuple[float, float]],
    values: Sequence[float],
) -> tuple[float, ...]:
    given = [clamp(v, *d) for v, d in zip(values, domain, strict=False)]
    made = inner(given)
    return tuple(clamp(v, *r) for v, r in zip(made, range_, strict=False)) if range_ else made


def _exponential(pdf_function: Any) -> Function:
    """Type 2: between two values, bent by an exponent."""
    first = numbers(pdf_function.get("/C0")) or [0.0]
    last = numbers(pdf_function.get("/C1")) or [1.0]
    power = float(pdf_function.get("/N", 1))

    def run(values: Sequence[float]) -> tuple[float, ...]:
        t = values[0] ** power if values[0] > 0 or power > 0 else 0.0
        return tuple(a + t * (b - a) for a, b in zip(first, last, strict=False))

    return run


def _stitching(pdf_function: Any, room: list[int], depth: int) -> Function:
    """Type 3: several functions, side by side."""
    parts = [_make(part, room, depth + 1) for part in pdf_function["/Functions"]]
    bounds = numbers(pdf_function.get("/Bounds"))
    encode = pairs(pdf_function.get("/Encode"))
    low, high = pairs(pdf_function["/Domain"])[0]
    if len(bounds) != len(parts) - 1 or len(encode) < len(parts):
        raise ColourError("stitching function")
    edges = [low, *bounds, high]

    def run(values: Sequence[float]) -> tuple[float, ...]:
        index = next((i for i, bound in enumerate(bounds) if values[0] < bound), len(bounds))
        return parts[index]((_spread(values[0], (edges[index], edges[index + 1]), encode[index]),))

    return run


def _spread(value: float, source: tuple[float, float], target: tuple[float, float]) -> float:
    span = source[1] - source[0]
    return target[0] + ((value - source[0]) / span * (target[1] - target[0]) if span else 0.0)


def _sampled(pdf_function: Any) -> Function:
    """Type 0: a table, linear between its entries."""
    size = [int(n) for n in pdf_function["/Size"]]
    bits = int(pdf_function["/BitsPerSample"])
    domain, range_ = pairs(pdf_function["/Domain"]), pairs(pdf_function["/Range"])
    encode = pairs(pdf_function.get("/Encode")) or [(0.0, n - 1.0) for n in size]
    decode = pairs(pdf_function.get("/Decode")) or range_
    outputs = len(range_)
    total = math.prod(size) * outputs
    if not 0 < total <= _SAMPLES_MOST or bits not in _BITS:
        raise ColourError("sampled function")
    samples = unpack(bounded(pdf_function, _BYTES_MOST), bits, total)
    top = float((1 << bits) - 1)

    def run(values: Sequence[float]) -> tuple[float, ...]:
        at = [
            clamp(_spread(v, d, e), 0.0, n - 1.0)
            for v, d, e, n in zip(values, domain, encode, size, strict=True)
        ]
        made = _between(samples, size, outputs, at)
        return tuple(_spread(v, (0.0, top), d) for v, d in zip(made, decode, strict=False))

    return run


def _between(
    samples: Sequence[int], size: Sequence[int], outputs: int, at: Sequence[float]
) -> list[float]:
    """Linear between the corners of the cell of the table in which ``at`` lies."""
    made = [0.0] * outputs
    base = [min(int(v), n - 1) for v, n in zip(at, size, strict=True)]
    for corner in product((0, 1), repeat=len(at)):
        weight, index, stride = 1.0, 0, 1
        for v, b, c, n in zip(at, base, corner, size, strict=True):
            weight *= (v - b) if c else 1 - (v - b)
            index += min(b + c, n - 1) * stride
            stride *= n
        if weight:
            for output in range(outputs):
                made[output] += weight * samples[index * outputs + output]
    return made


def unpack(data: bytes, bits: int, count: int) -> Sequence[int]:
    """``count`` numbers of so many bits each, high bits first, without gaps."""
    if bits == 8:
        found: Sequence[int] = data[:count]
    elif bits in (16, 24, 32):
        step = bits // 8
        whole = len(data) // step * step
        found = [int.from_bytes(data[i : i + step]) for i in range(0, whole, step)][:count]
    else:
        every = int.from_bytes(data[: (bits * count + 7) // 8])
        spare = (bits * count + 7) // 8 * 8
        mask = (1 << bits) - 1
        found = [(every >> (spare - bits * (i + 1))) & mask for i in range(count)]
    if len(found) < count:
        raise ColourError("a table is too short")
    return found


Stack = list[float]


def _calculator(pdf_function: Any) -> Function:
    """Type 4: a small program (7.10.5)."""
    words = [
        w for w in _TOKEN.findall(bounded(pdf_function, _PROGRAM_MOST)) if not w.startswith(b"%")
    ]
    if not words or words[0] != b"{":
        raise ColourError("calculator function")
    program, _ = _block(words, 1)

    def run(values: Sequence[float]) -> tuple[float, ...]:
        stack: Stack = list(values)
        try:
            _execute(program, stack)
        except (IndexError, ValueError, ZeroDivisionError, OverflowError) as problem:
            raise ColourError("calculator function") from problem
        return tuple(stack)

    return run


def _block(words: list[bytes], start: int) -> tuple[list[Any], int]:
    made: list[Any] = []
    while start < len(words):
        word = words[start]
        start += 1
        if word == b"}":
            return made, start
        if word == b"{":
            inner, start = _block(words, start)
            made.append(inner)
        elif word[:1] in b"+-.0123456789":
            made.append(float(word))
        else:
            made.append(word.decode("latin-1"))
    raise ColourError("calculator function without an end")


def _execute(program: list[Any], stack: Stack) -> None:
    for index, step in enumerate(program):
        if isinstance(step, float):
            stack.append(step)
        elif isinstance(step, list):
            continue
        elif step == "if":
            if stack.pop():
                _execute(program[index - 1], stack)
        elif step == "ifelse":
            _execute(program[index - 2 if stack.pop() else index - 1], stack)
        elif step in _ONE:
            stack.append(float(_ONE[step](stack.pop())))
        elif step in _TWO:
            second, first = stack.pop(), stack.pop()
            stack.append(float(_TWO[step](first, second)))
        elif step in _STACK:
            _STACK[step](stack)
        else:
            raise ColourError(f"calculator word {step!r}")


def _copy(stack: Stack) -> None:
    count = int(stack.pop())
    if count:
        stack.extend(stack[-count:])


def _index(stack: Stack) -> None:
    stack.append(stack[-1 - int(stack.pop())])


def _roll(stack: Stack) -> None:
    turns, count = int(stack.pop()), int(stack.pop())
    if count:
        part = stack[-count:]
        turns %= count
        stack[-count:] = part[-turns:] + part[:-turns] if turns else part


def _exchange(stack: Stack) -> None:
    stack[-1], stack[-2] = stack[-2], stack[-1]


_ONE: Final[dict[str, Callable[[float], float]]] = {
    "abs": abs, "neg": lambda a: -a, "ceiling": math.ceil, "floor": math.floor,
    "round": lambda a: math.floor(a + 0.5), "truncate": math.trunc, "sqrt": math.sqrt,
    "sin": lambda a: math.sin(math.radians(a)), "cos": lambda a: math.cos(math.radians(a)),
    "ln": math.log, "log": math.log10, "cvi": math.trunc, "cvr": float,
    "not": lambda a: not a,
}  # fmt: skip
_TWO: Final[dict[str, Callable[[float, float], float]]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b, "idiv": lambda a, b: math.trunc(a / b), "mod": math.fmod,
    "exp": lambda a, b: a**b, "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b, "lt": lambda a, b: a < b, "le": lambda a, b: a <= b,
    "and": lambda a, b: int(a) & int(b), "or": lambda a, b: int(a) | int(b),
    "xor": lambda a, b: int(a) ^ int(b),
    "bitshift": lambda a, b: int(a) << min(int(b), 31) if b >= 0 else int(a) >> -int(b),
}  # fmt: skip
_MAKERS: Final[dict[int, Callable[[Any], Function]]] = {
    0: _sampled, 2: _exponential, 4: _calculator,
}  # fmt: skip
_STACK: Final[dict[str, Callable[[Stack], None]]] = {
    "pop": lambda s: s.__delitem__(-1), "dup": lambda s: s.append(s[-1]),
    "copy": _copy, "index": _index, "roll": _roll, "exch": _exchange,
    "true": lambda s: s.append(1.0), "false": lambda s: s.append(0.0),
}  # fmt: skip
