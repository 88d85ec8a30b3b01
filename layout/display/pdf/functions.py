"""Functions of PDF (ISO 32000-1, 7.10): numbers in, numbers out."""

import math
import re
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, Final

from layout.display.pdf.streams import Budget, PdfObject, is_array
from layout.style.picture_error import PictureError

Function = Callable[[Sequence[float]], list[float]]

_DEPTH_MOST: Final = 8
_STEPS_MOST: Final = 20_000


def function_of(source: PdfObject, budget: Budget, depth: int = 0) -> Function:
    """A function, or several with one result each, as one callable; ``PictureError``."""
    if depth > _DEPTH_MOST:
        raise PictureError("image.too-complex")
    if is_array(source):
        parts = [function_of(part, budget, depth + 1) for part in source]
        return lambda values: [result for part in parts for result in part(values)]
    if str(source) == "/Identity":
        return list
    make = _MAKERS.get(int(source.get("/FunctionType", -1)))
    if make is None:
        raise PictureError("image.pdf-unsupported", what="function")
    inner = make(source, budget, depth)
    domain, limits = _pairs(source.get("/Domain")), _pairs(source.get("/Range"))

    def call(values: Sequence[float]) -> list[float]:
        return _clipped(inner(_clipped(values, domain)), limits)

    return call


def floats(source: PdfObject) -> list[float]:
    """A list of numbers; none if there is no list."""
    return [float(value) for value in source] if source is not None else []


def _pairs(source: PdfObject) -> list[tuple[float, float]]:
    values = floats(source)
    return list(zip(values[::2], values[1::2], strict=False))


def _clipped(values: Sequence[float], limits: list[tuple[float, float]]) -> list[float]:
    if not limits:
        return list(values)
    return [min(max(v, low), high) for v, (low, high) in zip(values, limits, strict=False)]


# --- type 2 and 3


def _exponential(source: PdfObject, budget: Budget, depth: int) -> Function:
    first = floats(source.get("/C0")) or [0.0]
    last = floats(source.get("/C1")) or [1.0]
    power = float(source.get("/N", 1))

    def call(values: Sequence[float]) -> list[float]:
        share = float(values[0] ** power) if values[0] > 0 or power > 0 else 0.0
        return [a + share * (b - a) for a, b in zip(first, last, strict=True)]

    return call


def _stitched(source: PdfObject, budget: Budget, depth: int) -> Function:
    parts = [function_of(part, budget, depth + 1) for part in source["/Functions"]]
    bounds = floats(source.get("/Bounds"))
    encode = _pairs(source.get("/Encode"))
    domain = _pairs(source.get("/Domain"))[0]
    edges = [domain[0], *bounds, domain[1]]
    if len(edges) != len(parts) + 1 or len(encode) < len(parts):
        raise PictureError("image.pdf-unsupported", what="function")

    def call(values: Sequence[float]) -> list[float]:
        place = sum(values[0] >= bound for bound in bounds)
        low, high = edges[place], edges[place + 1]
        start, end = encode[place]
        share = (values[0] - low) / (high - low) if high > low else 0.0
        return parts[place]([start + share * (end - start)])

    return call


# --- type 0


def _sampled(source: PdfObject, budget: Budget, depth: int) -> Function:
    sizes = [int(size) for size in source["/Size"]]
    bits = int(source["/BitsPerSample"])
    domain, limits = _pairs(source["/Domain"]), _pairs(source["/Range"])
    encode = _pairs(source.get("/Encode")) or [(0.0, size - 1.0) for size in sizes]
    decode = _pairs(source.get("/Decode")) or limits
    count = len(limits)
    if len(sizes) != len(domain) or len(sizes) > 6 or bits not in (1, 2, 4, 8, 12, 16, 24, 32):
        raise PictureError("image.pdf-unsupported", what="function")
    data = budget.read(source)
    if len(data) * 8 < math.prod(sizes) * count * bits:
        raise PictureError("image.pdf-broken", reason="samples of a function are missing")
    top = (1 << bits) - 1

    def sample(places: Sequence[int]) -> list[float]:
        index = 0
        for place, size in zip(reversed(places), reversed(sizes), strict=True):
            index = index * size + place
        return [
            low + _bits(data, (index * count + part) * bits, bits) / top * (high - low)
            for part, (low, high) in enumerate(decode[:count])
        ]

    def call(values: Sequence[float]) -> list[float]:
        floor, share = [], []
        for value, (low, high), (start, end), size in zip(
            values, domain, encode, sizes, strict=True
        ):
            at = start + (value - low) / (high - low) * (end - start) if high > low else start
            at = min(max(at, 0.0), size - 1.0)
            floor.append(min(int(at), max(size - 2, 0)))
            share.append(at - floor[-1])
        out = [0.0] * count
        for corner in product((0, 1), repeat=len(sizes)):
            weight = math.prod(s if c else 1 - s for s, c in zip(share, corner, strict=True))
            if weight:
                found = sample([f + c for f, c in zip(floor, corner, strict=True)])
                out = [o + weight * f for o, f in zip(out, found, strict=True)]
        return out

    return call


def _bits(data: bytes, start: int, count: int) -> int:
    """A number of so many bits, the first bit counted from the start of the data."""
    first, last = start // 8, (start + count + 7) // 8
    whole = int.from_bytes(data[first:last], "big")
    return (whole >> (last * 8 - start - count)) & ((1 << count) - 1)


# --- type 4

_TOKEN: Final = re.compile(rb"[{}]|[^\s{}]+")
Program = list[Any]


def _calculated(source: PdfObject, budget: Budget, depth: int) -> Function:
    text = re.sub(rb"%[^\r\n]*", b"", budget.read(source))
    tokens = [token.decode("latin-1") for token in _TOKEN.findall(text)]
    if not tokens or tokens[0] != "{" or len(tokens) > _STEPS_MOST:
        raise PictureError("image.pdf-unsupported", what="function")
    program, _ = _program(tokens, 1, 0)

    def call(values: Sequence[float]) -> list[float]:
        stack: list[float] = list(values)
        try:
            _Machine(stack).run(program)
        except (IndexError, ValueError, ZeroDivisionError, OverflowError) as problem:
            raise PictureError("image.pdf-broken", reason="a function fails") from problem
        return [float(value) for value in stack]

    return call


def _program(tokens: list[str], at: int, depth: int) -> tuple[Program, int]:
    """A procedure from behind its brace to behind its end."""
    out: Program = []
    while at < len(tokens) and depth < 32:
        token = tokens[at]
        at += 1
        if token == "}":
            return out, at
        if token == "{":
            inner, at = _program(tokens, at, depth + 1)
            out.append(inner)
        elif re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)", token):
            out.append(float(token) if "." in token else int(token))
        else:
            out.append(token)
    raise PictureError("image.pdf-broken", reason="a function without end")


class _Machine:
    """The operators of type 4 functions (7.10.5)."""

    def __init__(self, stack: list[float]) -> None:
        self.stack = stack
        self._steps = 0

    def run(self, program: Program) -> None:
        for place, word in enumerate(program):
            self._steps += 1
            if self._steps > _STEPS_MOST:
                raise ValueError("too many steps")
            if isinstance(word, (int, float)):
                self.stack.append(word)
            elif word == "if":
                if self.stack.pop():
                    self.run(program[place - 1])
            elif word == "ifelse":
                self.run(program[place - 2 if self.stack.pop() else place - 1])
            elif isinstance(word, str):
                self._operate(word)

    def _operate(self, word: str) -> None:
        stack = self.stack
        if word in _ONE:
            stack.append(_ONE[word](stack.pop()))
        elif word in _TWO:
            second, first = stack.pop(), stack.pop()
            stack.append(_TWO[word](first, second))
        elif word in ("true", "false"):
            stack.append(word == "true")
        elif word == "pop":
            stack.pop()
        elif word == "exch":
            stack[-1], stack[-2] = stack[-2], stack[-1]
        elif word == "dup":
            stack.append(stack[-1])
        elif word == "copy":
            count = self._count()
            stack.extend(stack[len(stack) - count :])
        elif word == "index":
            stack.append(stack[-1 - self._count()])
        elif word == "roll":
            self._roll()
        else:
            raise ValueError(word)

    def _count(self) -> int:
        count = int(self.stack.pop())
        if not 0 <= count <= min(len(self.stack), 1000):
            raise ValueError("count")
        return count

    def _roll(self) -> None:
        by = int(self.stack.pop())
        count = self._count()
        if count:
            part = self.stack[-count:]
            by %= count
            self.stack[-count:] = part[-by:] + part[:-by] if by else part


def _logic(word: str) -> Callable[[Any, Any], Any]:
    def call(first: Any, second: Any) -> Any:
        if not isinstance(first, bool):
            first, second = int(first), int(second)
        return {"and": first & second, "or": first | second, "xor": first ^ second}[word]

    return call


def _shifted(value: float, by: float) -> int:
    whole, steps = int(value), max(-64, min(64, int(by)))
    return whole << steps if steps >= 0 else whole >> -steps


_ONE: Final[dict[str, Callable[[Any], Any]]] = {
    "abs": abs,
    "ceiling": math.ceil,
    "cos": lambda v: math.cos(math.radians(v)),
    "cvi": int,
    "cvr": float,
    "floor": math.floor,
    "ln": math.log,
    "log": math.log10,
    "neg": lambda v: -v,
    "not": lambda v: not v if isinstance(v, bool) else ~int(v),
    "round": lambda v: math.floor(v + 0.5),
    "sin": lambda v: math.sin(math.radians(v)),
    "sqrt": math.sqrt,
    "truncate": math.trunc,
}
_TWO: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "idiv": lambda a, b: int(a / b),
    "mod": math.fmod,
    "exp": lambda a, b: float(a) ** float(b),
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "bitshift": _shifted,
    "and": _logic("and"),
    "or": _logic("or"),
    "xor": _logic("xor"),
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
}

_MAKERS: Final[dict[int, Callable[[PdfObject, Budget, int], Function]]] = {
    0: _sampled,
    2: _exponential,
    3: _stitched,
    4: _calculated,
}
