"""Streams of a PDF, read without letting a small one become a huge one."""

import base64
import binascii
import zlib
from typing import Any, Final

from layout.style.pdf_file import inflated_size
from layout.style.picture_error import PictureError

PdfObject = Any
"""pikepdf's objects; what they hold is known only when it is looked at."""

_LZW_MOST: Final = 1500
"""How many bytes one byte can become."""

_COUNTED_MOST: Final = 4_000_000
"""LZW is counted code by code; more than so many bytes are taken to become as many as can be."""

_SHORT: Final = {
    "/Fl": "/FlateDecode", "/A85": "/ASCII85Decode", "/AHx": "/ASCIIHexDecode",
    "/LZW": "/LZWDecode", "/RL": "/RunLengthDecode", "/DCT": "/DCTDecode",
    "/CCF": "/CCITTFaxDecode",
}  # fmt: skip
PICTURE_FILTERS: Final = ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode")


def is_array(value: PdfObject) -> bool:
    """Whether it is an array, directly or by reference."""
    import pikepdf

    return isinstance(value, pikepdf.Array)


def is_stream(value: PdfObject) -> bool:
    """Whether it is a stream."""
    import pikepdf

    return isinstance(value, pikepdf.Stream)


def is_name(value: PdfObject) -> bool:
    """Whether it is a name."""
    import pikepdf

    return isinstance(value, pikepdf.Name)


def name_of(value: PdfObject) -> str:
    """A name with its slash; empty for anything else.  Japanese ones may be in Shift_JIS."""
    if not is_name(value):
        return ""
    spelt = bytes(value)
    for encoding in ("utf-8", "cp932"):
        try:
            return spelt.decode(encoding)
        except UnicodeDecodeError:
            continue
    return spelt.decode("latin-1")


def filters(stream: PdfObject) -> list[str]:
    """The names of a stream's filters, in order of decoding."""
    found = stream.get("/Filter", stream.get("/F"))
    if found is None:
        return []
    names = [name_of(name) for name in found] if is_array(found) else [name_of(found)]
    return [_SHORT.get(name, name) for name in names]


class Budget:
    """How many bytes of streams may still be read for one figure."""

    def __init__(self, most: int) -> None:
        self._left = most

    def read(self, stream: PdfObject) -> bytes:
        """The decoded bytes; ``PictureError`` beyond the bound."""
        size = decoded_size(stream, self._left)
        self._left -= size
        if self._left < 0:
            raise PictureError("image.too-complex")
        data: bytes = stream.read_bytes()
        return data


def decoded_size(stream: PdfObject, most: int) -> int:
    """At most so many bytes come out of a stream; anything over ``most`` means too many."""
    data: bytes = stream.read_raw_bytes()
    for place, name in enumerate(names := filters(stream)):
        if name in PICTURE_FILTERS:
            break
        if name == "/FlateDecode":
            size = inflated_size(data, most)
            if place == len(names) - 1 or size > most:
                return size
            data = _inflated(data)
        elif name in ("/ASCII85Decode", "/ASCIIHexDecode"):
            data = _from_ascii(data, name)
        elif place < len(names) - 1:
            return most + 1  # one such filter behind another is no honest file's work
        elif name == "/LZWDecode":
            return _lzw_size(data, _early(stream, place), most)
        else:
            return _runs_size(data)
    return len(data)


def _early(stream: PdfObject, place: int) -> int:
    """Whether codes of LZW grow one code early, as they do unless it is said (7.4.4.3)."""
    given = stream.get("/DecodeParms", stream.get("/DP"))
    if is_array(given):
        given = given[place] if place < len(given) else None
    return 0 if hasattr(given, "get") and given.get("/EarlyChange") == 0 else 1


def _lzw_size(data: bytes, early: int, most: int) -> int:
    """How many bytes LZW data become, counted no further than a little over ``most``."""
    if len(data) > _COUNTED_MOST:
        return len(data) * _LZW_MOST
    first = [1] * 256 + [0, 0]
    lengths = first.copy()
    size = held = waiting = before = 0
    bits = 9
    for byte in data:
        held, waiting = held << 8 | byte, waiting + 8
        if waiting < bits:
            continue
        waiting -= bits
        code, held = held >> waiting, held & ((1 << waiting) - 1)
        if code == _LZW_END or size > most:
            break
        if code == _LZW_CLEAR:
            lengths, before, bits = first.copy(), 0, 9
            continue
        if before:
            lengths.append(before + 1)
        if code >= len(lengths):
            break  # what is damaged is somebody else's finding
        before = lengths[code]
        size += before
        bits = min(max((len(lengths) + early).bit_length(), 9), 12)
    return size


_LZW_CLEAR: Final = 256
_LZW_END: Final = 257


def _runs_size(data: bytes) -> int:
    """How many bytes run lengths become (7.4.5)."""
    size = at = 0
    while at < len(data) and data[at] != _RUNS_END:
        if data[at] < _RUNS_END:
            size, at = size + data[at] + 1, at + data[at] + 2
        else:
            size, at = size + 257 - data[at], at + 2
    return size


_RUNS_END: Final = 128


def undressed(stream: PdfObject, most: int) -> bytes:
    """The data that the last filter, one for pictures, is to decode."""
    data: bytes = stream.read_raw_bytes()
    for name in filters(stream)[:-1]:
        if name == "/FlateDecode":
            if inflated_size(data, most) > most:
                raise PictureError("image.too-complex")
            data = _inflated(data)
        elif name in ("/ASCII85Decode", "/ASCIIHexDecode"):
            data = _from_ascii(data, name)
        else:
            raise PictureError("image.pdf-unsupported", what=name)
    return data


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""


def _from_ascii(data: bytes, name: str) -> bytes:
    try:
        if name == "/ASCIIHexDecode":
            digits = b"".join(data.partition(b">")[0].split())
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("latin-1"))
        return base64.a85decode(data.partition(b"~>")[0].removeprefix(b"<~"))
    except (ValueError, binascii.Error):
        return b""
