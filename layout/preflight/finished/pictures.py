"""Whether the data of pictures are whole: a press prints what is missing as gray or not at all."""

from typing import Final

from layout.display.pdf.streams import PICTURE_FILTERS, decoded_size, filters, undressed
from layout.preflight.finished.case import Case, Check
from layout.preflight.finished.marks import Mark
from layout.preflight.finished.objects import is_stream
from layout.preflight.finished.paints import image_paint
from layout.preflight.finished.rules_pictures import bits_of
from layout.style.picture_error import PictureError

_PIXELS_MOST: Final = 400_000_000
"""Bytes of samples that are counted for one file; they are inflated once and not kept."""

_COUNTED: Final = frozenset(("/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode"))
_JPX_HEADS: Final = (b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51")
_JPEG_START, _JPEG_SCAN, _JPEG_END = b"\xff\xd8", b"\xff\xda", b"\xff\xd9"


def check_pictures(case: Case) -> None:
    """Each picture that is painted, once: enough samples, or a JPEG with its end."""
    seen: set[object] = set()
    room = _PIXELS_MOST
    for page in case.pages:
        broken: list[Mark] = []
        for mark in page.marks:
            if mark.kind != "image" or not is_stream(mark.image) or mark.image.objgen in seen:
                continue
            seen.add(mark.image.objgen)
            room -= _samples(mark)
            if room > 0 and not _is_whole(mark):
                broken.append(mark)
        if broken:
            case.error("pdf.picture-broken", page.number, broken[0].box, count=len(broken))


def _samples(mark: Mark) -> int:
    """The bytes that the samples need (ISO 32000-1, 8.9.3); rows begin with a byte of their own."""
    paint = image_paint(mark.image)
    components = paint.space.size if paint is not None else 1
    width, height = (max(side, 0) for side in mark.pixels)
    return (width * components * bits_of(mark.image) + 7) // 8 * height


def _is_whole(mark: Mark) -> bool:
    names = filters(mark.image)
    try:
        if not names or names[-1] not in PICTURE_FILTERS:
            needed = _samples(mark)
            return not _COUNTED.issuperset(names) or decoded_size(mark.image, needed) >= needed
        return _is_whole_file(names[-1], undressed(mark.image, _PIXELS_MOST))
    except PictureError:
        return True  # too large to be looked at, or in clothes that only old programs wear


def _is_whole_file(kind: str, data: bytes) -> bool:
    """A JPEG ends behind its last scan; of a JPEG 2000 the beginning is looked at."""
    if kind == "/DCTDecode":
        scan = data.rfind(_JPEG_SCAN)
        return data.startswith(_JPEG_START) and 0 < scan < data.rfind(_JPEG_END)
    return kind != "/JPXDecode" or data.startswith(_JPX_HEADS)


PICTURES: Final[tuple[Check, ...]] = (check_pictures,)
