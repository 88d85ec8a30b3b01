"""Image XObjects and inline images, as each plate has them: gray images with the ink's own channel.

An image of one component keeps its samples and gets another colour space; only
one of several components is decoded.  Masks stay as they are.
"""

from typing import TYPE_CHECKING, Any, Final

from layout.preflight.colour import (
    ALL,
    PROCESS,
    Conversion,
    Space,
    inks_of,
    on_plate,
    palette_entry,
    read_space,
)
from layout.preflight.functions import ColourError, clamp, pairs, unpack

if TYPE_CHECKING:
    import pikepdf
    from PIL.Image import Image

PIXELS_MOST: Final = 200_000_000
_KEPT: Final = ("/Width", "/Height", "/Interpolate", "/SMask", "/Mask", "/OC")


class PlateImage:
    """One image of the file, and what each plate shows of it."""

    def __init__(self, image: Any, resources: Any, pdf: "pikepdf.Pdf", conversion: Conversion):
        """Read the colour space; ``ColourError`` if it cannot be."""
        self._image = image
        self._pdf = pdf
        self._conversion = conversion
        if int(image.get("/Width", 0)) * int(image.get("/Height", 0)) > PIXELS_MOST:
            raise ColourError("an image of too many pixels")
        self.space = self._read_space(resources)
        self._bands: list[bytes] | None = None
        self._made: dict[str, pikepdf.Object | None] = {}

    def _read_space(self, resources: Any) -> Space:
        if "/ColorSpace" in self._image:
            return read_space(self._image["/ColorSpace"], resources)
        if last_filter(self._image) == "/JPXDecode":
            mode = _jpx(self._image).mode
            known = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}.get(mode)
            if known is not None:
                import pikepdf

                return read_space(pikepdf.Name(known), None)
        raise ColourError("an image without a colour space")

    def on(self, plate: str) -> "pikepdf.Object | None":
        """The image for that plate; None if it is bare there everywhere."""
        if plate not in self._made:
            self._made[plate] = self._make(plate)
        return self._made[plate]

    def bare(self) -> "pikepdf.Object":
        """White in the image's shape: what an image without this ink knocks out."""
        if "" not in self._made:
            import pikepdf

            mask = self._image.get("/Mask")
            if isinstance(mask, pikepdf.Array):
                # A colour key is told from the samples: keep them, and make them white.
                made = self._copy(self._image.read_raw_bytes())
                self._same_samples(made)
                made["/Decode"] = self._array((1.0, 1.0) * self.space.size)
            else:
                made = self._copy(b"\xff")
                made["/Width"], made["/Height"], made["/BitsPerComponent"] = 1, 1, 8
                made["/ColorSpace"] = _gray()
            self._made[""] = made
        white = self._made[""]
        assert white is not None
        return white

    def _make(self, plate: str) -> "pikepdf.Object | None":
        space = self.space
        if space.kind == "indexed":
            return self._indexed(plate)
        if space.kind == "gray":
            return self._single(False) if plate == "Black" else None
        if space.kind == "named":
            if plate not in space.names and ALL not in space.names:
                return None
            if space.size == 1:
                return self._single(True)
            return self._band(space.names.index(plate if plate in space.names else ALL), plate)
        if plate not in PROCESS:
            return None
        return self._band(PROCESS.index(plate), plate)

    def _single(self, ink: bool) -> "pikepdf.Object":
        """One component: the samples stay; an ink is dark where gray is light."""
        made = self._copy(self._image.read_raw_bytes())
        self._same_samples(made)
        low, high = (pairs(self._image.get("/Decode")) or [(0.0, 1.0)])[0]
        made["/Decode"] = self._array((1 - low, 1 - high) if ink else (low, high))
        return made

    def _indexed(self, plate: str) -> "pikepdf.Object | None":
        import pikepdf

        base = self.space.base
        assert base is not None
        count = len(self.space.table) // base.size
        tints = [
            on_plate(inks_of(base, palette_entry(self.space, i), self._conversion), plate)
            for i in range(count)
        ]
        if not any(tints):
            return None
        made = self._copy(self._image.read_raw_bytes())
        self._same_samples(made)
        table = bytes(round((1 - tint) * 255) for tint in tints)
        made["/ColorSpace"] = pikepdf.Array(
            [pikepdf.Name("/Indexed"), _gray(), max(0, count - 1), pikepdf.String(table)]
        )
        if "/Decode" in self._image:
            made["/Decode"] = self._image["/Decode"]
        return made

    def _band(self, index: int, plate: str) -> "pikepdf.Object | None":
        bands = self._read_bands()
        if index >= len(bands):
            raise ColourError("an image with too few components")
        low, high = 0.0, 1.0
        if self.space.kind not in ("rgb", "lab"):
            given = pairs(self._image.get("/Decode"))
            low, high = given[index] if index < len(given) else (0.0, 1.0)
        samples = bands[index]
        if low == 0 and not samples.strip(b"\0"):
            return None
        made = self._copy(samples)
        made["/ColorSpace"], made["/BitsPerComponent"] = _gray(), 8
        made["/Decode"] = self._array((1 - low, 1 - high))
        self._keep_colour_key(made)
        return made

    def _keep_colour_key(self, made: "pikepdf.Object") -> None:
        """A colour key of several components becomes a stencil of its own (8.9.6.4)."""
        import pikepdf
        from PIL import Image, ImageChops

        mask = self._image.get("/Mask")
        if not isinstance(mask, pikepdf.Array):
            return

        size = (int(self._image["/Width"]), int(self._image["/Height"]))
        bits = int(self._image.get("/BitsPerComponent", 8))
        stretch = 255 / ((1 << min(bits, 8)) - 1)
        hidden = Image.new("L", size, 255)
        for band, (low, high) in zip(self._samples(), pairs(mask), strict=False):
            table = [255 if low * stretch <= v <= high * stretch else 0 for v in range(256)]
            inside = Image.frombytes("L", size, band).point(table)
            hidden = ImageChops.darker(hidden, inside)
        stencil = self._pdf.make_stream(hidden.convert("1").tobytes())
        for key, value in (("/Width", size[0]), ("/Height", size[1]), ("/BitsPerComponent", 1)):
            stencil[key] = value
        stencil["/Type"], stencil["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
        stencil["/ImageMask"] = True
        made["/Mask"] = stencil

    def _read_bands(self) -> list[bytes]:
        """A channel for each plate of the space, 8 bits; RGB and Lab converted to process."""
        if self._bands is None:
            bands = self._samples()
            if self.space.kind in ("rgb", "lab"):
                bands = self._converted(bands)
            self._bands = bands
        return self._bands

    def _samples(self) -> list[bytes]:
        """The components as they are stored, brought to 8 bits."""
        size = (int(self._image["/Width"]), int(self._image["/Height"]))
        if last_filter(self._image) == "/JPXDecode":
            return [band.tobytes() for band in _jpx(self._image).split()]
        data = read_samples(self._image)
        bits, count = int(self._image.get("/BitsPerComponent", 8)), self.space.size
        if bits == 16:
            data, bits = data[::2], 8
        if bits != 8:
            data = _to_eight(data, bits, size[0] * count, size[1])
        need = size[0] * size[1] * count
        if len(data) < need:
            data += b"\0" * (need - len(data))
        return [data[i:need:count] for i in range(count)]

    def _converted(self, bands: list[bytes]) -> list[bytes]:
        from PIL import Image, ImageChops

        size = (int(self._image["/Width"]), int(self._image["/Height"]))
        parts = [Image.frombytes("L", size, band) for band in bands[:3]]
        if self.space.kind == "rgb":
            decode = pairs(self._image.get("/Decode"))
            if decode and all(low > high for low, high in decode):
                parts = [ImageChops.invert(part) for part in parts]
            image = Image.merge("RGB", parts)
        else:
            image = Image.merge("LAB", parts)
        return [band.tobytes() for band in self._conversion.image(image).split()]

    def _same_samples(self, made: "pikepdf.Object") -> None:
        """The stored samples go along with all that describes them."""
        for key in ("/Filter", "/DecodeParms", "/BitsPerComponent"):
            if key in self._image:
                made[key] = self._image[key]
        if last_filter(self._image) in ("/CCITTFaxDecode", "/JBIG2Decode"):
            made["/BitsPerComponent"] = 1
        if "/Mask" in self._image:
            made["/Mask"] = self._image["/Mask"]
        made["/ColorSpace"] = _gray()

    def _copy(self, data: bytes) -> "pikepdf.Object":
        import pikepdf

        made = self._pdf.make_stream(data)
        made["/Type"], made["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
        for key in _KEPT:
            if key not in self._image:
                continue
            value = self._image[key]
            if not isinstance(value, pikepdf.Array):  # a colour key is of the samples
                made[key] = value
        return made

    def _array(self, values: tuple[float, ...]) -> "pikepdf.Array":
        import pikepdf

        return pikepdf.Array([round(value, 5) for value in values])


def read_samples(image: Any) -> bytes:
    """The decoded samples; a JPEG's are its own, whatever an Adobe mark says (Decode tells)."""
    import pikepdf

    try:
        return bytes(image.read_bytes(pikepdf.StreamDecodeLevel.all))
    except pikepdf.PdfError as problem:
        raise ColourError("an image that cannot be decoded") from problem


def last_filter(image: Any) -> str:
    """The filter that made the samples."""
    import pikepdf

    found = image.get("/Filter")
    if isinstance(found, pikepdf.Array):
        return str(found[-1]) if len(found) else ""
    return "" if found is None else str(found)


def lift_inline(inline: Any, resources: Any, pdf: "pikepdf.Pdf") -> "pikepdf.Object":
    """An inline image as an XObject, its abbreviations written out (8.9.7)."""
    import pikepdf

    made = pdf.make_stream(bytes(inline.read_raw_bytes()))
    made["/Type"], made["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
    for key, value in inline.obj.items():
        made[key] = value
    space = made.get("/ColorSpace")
    if isinstance(space, pikepdf.Name) and resources is not None:
        named = resources.get("/ColorSpace", {}).get(str(space))
        if named is not None:
            made["/ColorSpace"] = named
    return made


def _gray() -> "pikepdf.Name":
    import pikepdf

    return pikepdf.Name("/DeviceGray")


def _jpx(image: Any) -> "Image":
    from io import BytesIO

    from PIL import Image, UnidentifiedImageError

    try:
        found = Image.open(BytesIO(image.read_raw_bytes()))
        found.load()
    except (OSError, UnidentifiedImageError, ValueError) as problem:
        raise ColourError("a JPEG 2000 image that cannot be decoded") from problem
    return found


def _to_eight(data: bytes, bits: int, across: int, down: int) -> bytes:
    """1, 2 or 4 bits a sample to 8; every row begins at a whole byte."""
    if bits not in (1, 2, 4):
        raise ColourError(f"an image of {bits} bits")
    stride = (across * bits + 7) // 8
    top = (1 << bits) - 1
    table = [bytes(_stretched(byte, bits, top)) for byte in range(256)]
    rows = []
    for row in range(down):
        line = data[row * stride : (row + 1) * stride]
        rows.append(b"".join([table[byte] for byte in line])[:across].ljust(across, b"\0"))
    return b"".join(rows)


def _stretched(byte: int, bits: int, top: int) -> list[int]:
    return [round(clamp(v / top) * 255) for v in unpack(bytes((byte,)), bits, 8 // bits)]
