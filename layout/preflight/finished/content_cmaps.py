"""CMaps: how the bytes of a text part into codes, and what each code says (9.7.5, 9.10.3)."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from layout.display.pdf.encodings import Codes, cid_codes, cmap_blocks
from layout.display.pdf.streams import is_stream, name_of
from layout.style.picture_error import PictureError

_CMAP_MOST: Final = 4_000_000
_CODES_MOST: Final = 200_000
_SPACES_MOST: Final = 64
_BYTES_MOST: Final = 32
"""So many bytes a code may stand for; hostile ones could stand for books."""
_UNREADABLE: Final = (
    PictureError, RecursionError, AttributeError, TypeError, ValueError, ArithmeticError,
)  # fmt: skip
_EDGE: Final = re.compile(rb"(begin|end)bf(char|range)")
_ITEM: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")

Read = Callable[[Any], bytes]
"""Reads a stream as far as the bound allows."""


# --- bytes to codes


class Splitter(Struct, frozen=True):
    """``cut`` parts a text into codes; ``cid`` gives a code's CID, -1 where no file says it.

    ``says`` is what a code of a CMap that everybody knows means.
    """

    cut: Callable[[bytes], Sequence[bytes]]
    cid: Callable[[bytes], int]
    says: Callable[[bytes], str] = lambda _: ""


def _bytes_each(text: bytes) -> Sequence[bytes]:
    return [text[at : at + 1] for at in range(len(text))]


def _pairs(text: bytes) -> Sequence[bytes]:
    return [text[at : at + 2] for at in range(0, len(text) - 1, 2)]


def _number(code: bytes) -> int:
    return int.from_bytes(code, "big")


SINGLE: Final = Splitter(_bytes_each, _number)
IDENTITY: Final = Splitter(_pairs, _number)


def splitter(encoding: Any, read: Read) -> Splitter:
    """How the bytes of a composite font part (9.7.6.2); one that cannot be read is two by two."""
    if not is_stream(encoding):
        return _predefined(name_of(encoding)[1:])
    try:
        codes = cid_codes(encoding, "", _Reading(read))  # type: ignore[arg-type]
        return IDENTITY if codes.identity else _by_ranges(codes)
    except _UNREADABLE:
        return IDENTITY


class _Reading:
    """What ``cid_codes`` reads streams with."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def read(self, stream: Any) -> bytes:
        """So much as any honest CMap has."""
        return self._read(stream)[:_CMAP_MOST]


def _by_ranges(codes: Codes) -> Splitter:
    spaces = [
        (length, low.to_bytes(length, "big"), high.to_bytes(length, "big"))
        for length, low, high in codes.spaces[:_SPACES_MOST]
        if length
    ]
    usual = spaces[0][0] if spaces else 2
    ranges = sorted(codes.ranges)
    starts = [first for first, _, _ in ranges]

    def cut(text: bytes) -> Sequence[bytes]:
        found, at = [], 0
        while at < len(text):
            fitting = (n for n, low, high in spaces if _fits(text[at : at + n], low, high))
            size = next(fitting, usual)
            found.append(text[at : at + size])
            at += size
        return found

    def cid(code: bytes) -> int:
        value = _number(code)
        if value in codes.single:
            return codes.single[value]
        at = bisect_right(starts, value) - 1
        if at < 0 or value > ranges[at][1]:
            return 0
        return ranges[at][2] + value - ranges[at][0]

    return Splitter(cut, cid)


def _fits(code: bytes, low: bytes, high: bytes) -> bool:
    """Whether each byte lies between its two bounds."""
    return len(code) == len(low) and all(
        a <= b <= c for a, b, c in zip(low, code, high, strict=True)
    )


# --- the CMaps that stand in no file (Table 118): which first bytes begin a pair, and the charset

_SHIFTED: Final = ((0x81, 0x9F), (0xE0, 0xFC))
_HIGH: Final = ((0x81, 0xFE),)
_UPPER: Final = ((0x8E, 0x8E), (0xA1, 0xFE))
_FAMILIES: Final = (
    (r"^Identity-|^$", (), ""),
    (r"-UTF16-|-UCS2-", (), "utf-16-be"),
    (r"RKSJ-", _SHIFTED, "cp932"),
    (r"GB", _HIGH, "gbk"),
    (r"B5|ET|HK", _HIGH, "cp950"),
    (r"KSC", _HIGH, "cp949"),
    (r"CNS-EUC", _UPPER, ""),
    (r"EUC-", _UPPER, "euc_jp"),
    (r"", (), ""),
)
_PROPORTIONAL: Final = re.compile(r"msp-|pv-")
_LATIN: Final = 1
_HALF: Final = 231
_KANA: Final = 327
"""CIDs of Adobe-Japan1 at which proportional and half-width ASCII and half-width kana begin."""


def _predefined(name: str) -> Splitter:
    pattern, leads, charset = next(each for each in _FAMILIES if re.search(each[0], name))
    if "UTF16" in name:
        return Splitter(_cutter(4, ((0xD8, 0xDB),), 2), _unknown, _words(charset))
    if not leads:
        return Splitter(_pairs, _number if pattern.startswith("^") else _unknown, _words(charset))
    cid: Callable[[bytes], int] = _unknown
    if charset in ("cp932", "euc_jp"):
        cid = _narrow(_LATIN if _PROPORTIONAL.search(name) else _HALF)
    return Splitter(_cutter(2, leads, 1), cid, _words(charset))


def _cutter(
    long: int, leads: Sequence[tuple[int, int]], short: int
) -> Callable[[bytes], Sequence[bytes]]:
    """Codes of two lengths, told by the first byte."""
    begins = frozenset(byte for low, high in leads for byte in range(low, high + 1))

    def cut(text: bytes) -> Sequence[bytes]:
        found, at = [], 0
        while at < len(text):
            size = long if text[at] in begins else short
            found.append(text[at : at + size])
            at += size
        return found

    return cut


def _narrow(latin: int) -> Callable[[bytes], int]:
    """CIDs of what is not as wide as an em."""

    def cid(code: bytes) -> int:
        if len(code) != 1:
            return -1
        if 0x20 <= code[0] <= 0x7E:
            return latin + code[0] - 0x20
        return _KANA + code[0] - 0xA1 if 0xA1 <= code[0] <= 0xDF else -1

    return cid


def _unknown(_: bytes) -> int:
    return -1


def _words(charset: str) -> Callable[[bytes], str]:
    def says(code: bytes) -> str:
        try:
            return code.decode(charset)
        except UnicodeDecodeError:
            return ""

    return says if charset else lambda _: ""


# --- codes to characters


def to_unicode(data: bytes) -> Mapping[bytes, str]:
    """A ToUnicode CMap (9.10.3) as a table; what is over the bound is left out."""
    words: dict[bytes, str] = {}
    for kind, body in cmap_blocks(data[:_CMAP_MOST], _EDGE):
        if len(words) > _CODES_MOST:
            break
        items = _ITEM.findall(body)
        (_read_chars if kind == b"char" else _read_ranges)(items, words)
    return words


def _bytes(digits: bytes) -> bytes:
    try:
        return bytes.fromhex(digits.decode("ascii"))[:_BYTES_MOST]
    except ValueError:
        plain = b"".join(digits.split())
        return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))[:_BYTES_MOST]


def _read_chars(items: list[Any], words: dict[bytes, str]) -> None:
    for one, other in zip(items[::2], items[1::2], strict=False):
        words[_bytes(one[0])] = _utf16(_bytes(other[0]))


def _read_ranges(items: list[Any], words: dict[bytes, str]) -> None:
    """``<low> <high> <first>`` or ``<low> <high> [<each> …]``."""
    at = 0
    while at + 2 < len(items):
        low, high = _bytes(items[at][0]), _bytes(items[at + 1][0])
        first, count = _number(low), len(low)
        last = min(_number(high), first + 65535, (1 << 8 * count) - 1)
        at += 2
        if items[at][1]:
            at += 1
            while at < len(items) and not items[at][2]:
                if first <= last:
                    words[first.to_bytes(count, "big")] = _utf16(_bytes(items[at][0]))
                first += 1
                at += 1
        else:
            _fill(words, first, last, count, _bytes(items[at][0]))
        at += 1


def _utf16(data: bytes) -> str:
    return data.decode("utf-16-be", "replace")


def _fill(words: dict[bytes, str], first: int, last: int, count: int, start: bytes) -> None:
    """A range whose last byte counts up."""
    if not start:
        return
    base, size = _number(start), len(start)
    for step in range(min(last - first + 1, _CODES_MOST - len(words))):
        value = (base + step) % (1 << 8 * size)
        words[(first + step).to_bytes(count, "big")] = _utf16(value.to_bytes(size, "big"))
