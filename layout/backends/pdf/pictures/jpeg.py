"""JPEG files as a PDF takes them: the picture without the story around it.

Cameras and programs write previews, places, names and comments into a JPEG
file; none of it belongs into a file for print.  What is left decodes to the
same pixels (ISO/IEC 10918-1, B.1; ISO 32000-1, 7.4.8).
"""

from typing import Final

_START: Final = 0xD8
_END: Final = 0xD9
_SCAN: Final = 0xDA
_ADOBE: Final = 0xEE
_COMMENT: Final = 0xFE
_FRAMES: Final = (0xC0, 0xC1, 0xC2)
"""Baseline, extended and progressive: what a DCTDecode filter reads."""

_ALONE: Final = {*range(0xD0, 0xD8), 0x01}
"""Markers without a segment: restarts, and one for private use."""


def bare_jpeg(data: bytes) -> bytes | None:
    """The file without application data and comments, cut off at its end; None if it is unusual.

    Adobe's segment stays: it tells how the colours are coded.
    """
    if data[:2] != b"\xff\xd8":
        return None
    kept = [b"\xff\xd8"]
    at = 2
    while 0 <= at < len(data):
        while data[at : at + 2] == b"\xff\xff":  # fill bytes
            at += 1
        if data[at : at + 1] != b"\xff" or at + 4 > len(data):
            return _ended(data, at, kept)
        code = data[at + 1]
        if code == _END:
            return _ended(data, at, kept)
        if code in _ALONE:
            at += 2
            continue
        behind = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if behind < at + 4 or behind > len(data) or _is_unusual_frame(code):
            return None
        if code == _SCAN:
            behind = _behind_scan(data, behind)
        if not _is_story(code, data[at + 4 : at + 9]):
            kept.append(data[at:behind])
        at = behind
    return None


def _ended(data: bytes, at: int, kept: list[bytes]) -> bytes | None:
    return b"".join((*kept, b"\xff\xd9")) if data[at : at + 2] == b"\xff\xd9" else None


def _is_unusual_frame(code: int) -> bool:
    """Lossless, differential and arithmetic coding."""
    return 0xC3 <= code <= 0xCF and code not in (0xC4, 0xC8)


def _is_story(code: int, head: bytes) -> bool:
    if code == _ADOBE:
        return head != b"Adobe"
    return 0xE0 <= code <= 0xEF or code == _COMMENT


def _behind_scan(data: bytes, at: int) -> int:
    """Where the coded data ends: at the next marker that is no restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        code = data[at + 1]
        if code != 0 and code not in _ALONE and code != 0xFF:
            return at
        at += 1 if code == 0xFF else 2


def has_adobe(data: bytes) -> bool:
    """Whether Adobe's segment is in it: then the inks of a CMYK picture are stored inverted."""
    return b"\xff\xee\x00\x0eAdobe" in data
