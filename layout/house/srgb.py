"""The sRGB profile, made of the numbers of IEC 61966-2-1 (ICC.1:2001-04, version 2.4).

Files for screens name it as what their colours mean.  Made here, it is a few kilobytes,
free to pass on, and the same every time.
"""

import struct
from functools import cache
from typing import Final

# Chromatically adapted to D50 (Bradford), as every ICC profile has them.
_WHITE: Final = (0.9642, 1.0, 0.8249)
_PRIMARIES: Final = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
_STEPS: Final = 1024
_NAME: Final = b"sRGB IEC61966-2.1"
_RIGHTS: Final = b"Public domain: figures of a standard"


@cache
def srgb_profile() -> bytes:
    """The profile's bytes."""
    curve = _curve()
    data = {
        b"desc": _description(_NAME),
        b"cprt": b"text\0\0\0\0" + _RIGHTS + b"\0",
        b"wtpt": _xyz(_WHITE),
        **{tag: _xyz(place) for tag, place in _PRIMARIES.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = [], b""
    start = 128 + 4 + 12 * len(data)
    places: dict[bytes, int] = {}
    for tag, value in data.items():
        if value not in places:  # the three curves are one
            places[value] = start + len(body)
            body += value + b"\0" * (-len(value) % 4)
        table.append(tag + struct.pack(">II", places[value], len(value)))
    rest = struct.pack(">I", len(table)) + b"".join(table) + body
    return _header(128 + len(rest)) + rest


def _header(size: int) -> bytes:
    """The first 128 bytes (ICC.1:2001-04, 6.1); the date is that of the standard's edition."""
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 1999, 10, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    return (head + _fixed(_WHITE)).ljust(128, b"\0")


def _fixed(numbers: tuple[float, ...]) -> bytes:
    """s15Fixed16Number."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in numbers)


def _xyz(numbers: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(numbers)


def _description(name: bytes) -> bytes:
    """textDescriptionType with nothing in Unicode or ScriptCode (6.5.17)."""
    text = name + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * (4 + 4 + 2 + 1 + 67)


def _curve() -> bytes:
    values = (round(_linear(step / (_STEPS - 1)) * 65535) for step in range(_STEPS))
    return b"curv\0\0\0\0" + struct.pack(f">I{_STEPS}H", _STEPS, *values)


def _linear(value: float) -> float:
    """Light from a coded value (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
