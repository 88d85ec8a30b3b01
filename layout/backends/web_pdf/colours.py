"""Colours and pictures as a screen shows them, in place of the press's inks."""

import zlib
from io import BytesIO

from layout.backends.pdf.colour import InkShelf
from layout.backends.pdf.file import PressFile
from layout.backends.pdf.numbers import number
from layout.backends.svg.looks import Looks
from layout.backends.svg.pictures import screen_image
from layout.display.model import Colour, Picture
from layout.house.profile import Profile


class ScreenInks(InkShelf):
    """Every colour in sRGB, through the press's own profile: screen and paper look alike."""

    def __init__(self, file: PressFile, profile: Profile) -> None:
        super().__init__(file, profile)
        self._looks = Looks(profile)

    def rgb(self, colour: Colour) -> tuple[int, int, int]:
        """From 0 to 255."""
        return self._looks.rgb(colour)

    def fill(self, colour: Colour, used: dict[bytes, bytes]) -> bytes:
        """``rg``; no colour space needs a name."""
        return self._operands(colour) + b" rg"

    def stroke(self, colour: Colour, used: dict[bytes, bytes]) -> bytes:
        """``RG``."""
        return self._operands(colour) + b" RG"

    def _operands(self, colour: Colour) -> bytes:
        return b" ".join(number(round(part * 10_000 / 255), 10_000) for part in self.rgb(colour))


class ScreenPictures:
    """The pictures of one file in sRGB, no finer than screens need, each embedded once."""

    def __init__(self, file: PressFile, inks: ScreenInks, profile: Profile) -> None:
        self._file = file
        self._inks = inks
        self._profile = profile
        self._known: dict[tuple[object, ...], tuple[bytes, bytes] | None] = {}

    def place(self, picture: Picture, page: int) -> tuple[bytes, bytes] | None:
        """Resource name and reference, or None where it cannot be read.

        The press PDF is made of the same pictures; what is wrong with one is told there.
        """
        rect = picture.rect
        key = (picture.file, picture.data, rect.width, rect.height, picture.ink, picture.tone)
        if key not in self._known:
            name = b"Im%d" % (len(self._known) + 1)
            reference = self._embed(picture)
            self._known[key] = None if reference is None else (name, reference)
        return self._known[key]

    def _embed(self, picture: Picture) -> bytes | None:
        ink = self._inks.rgb(picture.ink) if picture.ink is not None else None
        image = screen_image(picture, ink, self._profile)
        if image is None:
            return None
        size = (
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8" % image.size
        )
        if image.mode == "RGBA":
            alpha = image.getchannel("A").tobytes()
            mask = self._stream(size + b" /ColorSpace /DeviceGray", alpha)
            entries = size + b" /ColorSpace /DeviceRGB /SMask " + mask
            return self._stream(entries, image.convert("RGB").tobytes())
        out = BytesIO()
        image.save(out, "JPEG", quality=82, subsampling=0)
        entries = size + b" /ColorSpace /DeviceRGB /Filter /DCTDecode"
        return self._file.add_stream(entries, out.getvalue(), compress=False)

    def _stream(self, entries: bytes, data: bytes) -> bytes:
        packed = zlib.compress(data, 9)
        return self._file.add_stream(entries + b" /Filter /FlateDecode", packed, compress=False)
