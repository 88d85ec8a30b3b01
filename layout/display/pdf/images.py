"""Images inside a PDF as picture files, so that they go the way of all pictures."""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from layout.display.canvas import Remarks
from layout.display.pdf.functions import floats
from layout.display.pdf.spaces import PROCESS, Space, Spaces
from layout.display.pdf.streams import Budget, PdfObject, filters, is_stream, undressed
from layout.style.picture_error import PictureError

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS_MOST: Final = 100_000_000
_BYTES_MOST: Final = 400_000_000
_SHORT: Final = {
    "/W": "/Width", "/H": "/Height", "/BPC": "/BitsPerComponent", "/CS": "/ColorSpace",
    "/D": "/Decode", "/DP": "/DecodeParms", "/F": "/Filter", "/IM": "/ImageMask",
    "/I": "/Interpolate",
}  # fmt: skip


class Images:
    """Makes picture files of the images of one figure."""

    def __init__(self, spaces: Spaces, budget: Budget, remarks: Remarks) -> None:
        self._spaces = spaces
        self._budget = budget
        self._remarks = remarks

    def stencil(self, source: PdfObject) -> bytes:
        """An image mask (8.9.6.2): what is to be painted is black."""
        image = self._bits(source)
        return _saved(image)

    def picture(self, source: PdfObject, resources: PdfObject) -> bytes:
        """An image with its masks as the bytes of a file; ``PictureError``."""
        untouched = self._as_it_is(source, resources)
        if untouched is not None:
            return untouched
        image, profile = self._image(source, resources)
        alpha = self._alpha(source, image)
        if alpha is not None:
            image = self._with_alpha(image, alpha)
        return _saved(image, profile)

    # --- pixels

    def _as_it_is(self, source: PdfObject, resources: PdfObject) -> bytes | None:
        """The JPEG file inside, where it means the same outside."""
        plain = not any(source.get(key) for key in ("/SMask", "/Mask"))
        if filters(source) != ["/DCTDecode"] or not plain:
            return None
        space = self._space(source, resources)
        decode = [round(value) for value in floats(source.get("/Decode"))]
        if decode == [0, 1] * space.count:
            decode = []
        data: bytes = source.read_raw_bytes()
        adobe = b"\xff\xee\x00\x0eAdobe" in data[:65536]
        inverted = decode == [1, 0] * space.count
        if space.profile or space.kind not in ("gray", "rgb", "cmyk"):
            return None
        if space.kind == "cmyk":
            return data if adobe == inverted and (inverted or not decode) else None
        return data if not decode else None

    def _space(self, source: PdfObject, resources: PdfObject) -> Space:
        named = source.get("/ColorSpace")
        if named is None:
            from PIL import Image

            if "/JPXDecode" not in filters(source):
                raise PictureError("image.pdf-broken", reason="an image without colours")
            with Image.open(BytesIO(undressed(source, _BYTES_MOST))) as image:
                kind = {"L": "gray", "CMYK": "cmyk"}.get(image.mode, "rgb")
            return self._spaces.device(kind)
        return self._spaces.space(named, resources)

    def _size(self, source: PdfObject) -> tuple[int, int]:
        width, height = int(source["/Width"]), int(source["/Height"])
        if width <= 0 or height <= 0 or width * height > PIXELS_MOST:
            raise PictureError(
                "image.too-large", width=width, height=height, most=PIXELS_MOST // 1_000_000
            )
        return width, height

    def _bits(self, source: PdfObject) -> "Image":
        """One bit a pixel, black where the sample is the one that paints or is nought."""
        from PIL import Image, ImageChops

        size = self._size(source)
        if "/CCITTFaxDecode" in filters(source):
            image = self._fax(source)
        else:
            self._refuse(source)
            image = Image.frombytes("1", size, self._budget.read(source)[: _bytes(size, 1, 1)])
        if [round(value) for value in floats(source.get("/Decode"))] == [1, 0]:
            image = ImageChops.invert(image.convert("L")).convert("1")
        return image

    def _fax(self, source: PdfObject) -> "Image":
        """Group 3 and 4: qpdf's binding hands them to the TIFF library."""
        import pikepdf

        self._size(source)
        image: Image = pikepdf.PdfImage(source).as_pil_image().convert("1")
        return image

    def _refuse(self, source: PdfObject) -> None:
        for name in filters(source):
            if name == "/JBIG2Decode":
                raise PictureError("image.pdf-unsupported", what="JBIG2")

    def _image(self, source: PdfObject, resources: PdfObject) -> tuple["Image", bytes]:
        """The pixels in mode 1, L, RGB or CMYK (as inks), and the profile of RGB or gray."""
        space = self._space(source, resources)
        self._refuse(source)
        coded = filters(source)[-1:]
        if coded in (["/DCTDecode"], ["/JPXDecode"]):
            image = self._decoded(source)
            bits = 8
        else:
            bits = int(source.get("/BitsPerComponent", 1 if "/CCITTFaxDecode" in coded else 8))
            image = self._raw(source, space, bits)
        image = _redecoded(image, source, space, bits)
        return self._in_colours(image, space), space.profile if space.kind != "cmyk" else b""

    def _decoded(self, source: PdfObject) -> "Image":
        """JPEG and JPEG 2000; inks as the numbers they are in the file."""
        from PIL import Image, ImageChops

        self._size(source)
        try:
            image: Image.Image = Image.open(
                BytesIO(undressed(source, _BYTES_MOST)), formats=("JPEG", "JPEG2000")
            )
            if image.width * image.height > PIXELS_MOST:
                raise PictureError("image.too-complex")
            image.load()
        except (OSError, ValueError, SyntaxError) as problem:
            raise PictureError("image.pdf-broken", reason=str(problem)) from problem
        if image.format == "JPEG" and image.mode == "CMYK":
            return ImageChops.invert(image)  # Pillow takes all of them for inverted
        if image.mode not in ("L", "RGB", "CMYK"):
            return image.convert("RGB")
        return image

    def _raw(self, source: PdfObject, space: Space, bits: int) -> "Image":
        """Plain samples (8.9.5.2): one channel for each component."""
        from PIL import Image

        size = self._size(source)
        if "/CCITTFaxDecode" in filters(source):
            return self._fax(source)
        data = self._budget.read(source)
        needed = _bytes(size, space.count, bits)
        if len(data) < needed:
            raise PictureError("image.truncated")
        data = data[:needed]
        if bits == 16:
            data, bits = data[::2], 8
        if bits == 8:
            return _channels(data, size, space.count)
        if space.count == 1 and bits in (1, 2, 4):
            if space.kind == "indexed":
                return Image.frombytes("P", size, data, "raw", f"P;{bits}" if bits < 8 else "P")
            if bits == 1:
                return Image.frombytes("1", size, data)
            return Image.frombytes("L", size, data, "raw", f"L;{bits}")
        raise PictureError("image.pdf-unsupported", what=f"{bits} bit image")

    # --- colours

    def _in_colours(self, image: "Image", space: Space) -> "Image":
        if space.kind == "indexed" and space.base is not None:
            return self._looked_up(image, space)
        if space.kind in ("gray", "rgb", "cmyk"):
            return image
        if space.kind in ("separation", "devicen") and all(
            name in (*PROCESS, "None") for name in space.names
        ):
            return _plates(image, space.names)
        if space.kind == "separation":
            self._remarks.simplify(f"特色「{space.names[0]}」の写真（CMYK に直しました）")
            return _through(image.convert("L"), [space.colour([step / 255]) for step in range(256)])
        raise PictureError("image.pdf-unsupported", what=f"{space.kind} image")

    def _looked_up(self, image: "Image", space: Space) -> "Image":
        """An index of colours: RGB as such, all others as inks."""
        from PIL import Image

        base = space.base
        assert base is not None
        index = Image.frombytes("L", image.size, image.tobytes())
        if base.kind == "rgb":
            table = space.table.ljust(768, b"\0")
            parts = [index.point(list(table[channel:768:3])) for channel in range(3)]
            return Image.merge("RGB", parts)
        return _through(index, [space.colour([step]) for step in range(256)])

    # --- masks

    def _alpha(self, source: PdfObject, image: "Image") -> "Image | None":
        """What is opaque: from a soft mask, a stencil, or a range of colours (8.9.6)."""
        from PIL import ImageChops

        soft = source.get("/SMask")
        if soft is not None:
            made, _ = self._image(soft, None)
            return made.convert("L")
        mask = source.get("/Mask")
        if mask is None:
            return None
        if is_stream(mask):
            return self._bits(mask).convert("L").point([255] + [0] * 255)
        limits = [int(value) for value in mask]
        channels = image.split()
        if len(limits) != 2 * len(channels) or image.mode not in ("L", "RGB"):
            raise PictureError("image.pdf-unsupported", what="colour key mask")
        clear: Image | None = None
        for channel, low, high in zip(channels, limits[::2], limits[1::2], strict=True):
            inside = channel.point([255 if low <= step <= high else 0 for step in range(256)])
            clear = inside if clear is None else ImageChops.multiply(clear, inside)
        assert clear is not None
        return ImageChops.invert(clear)

    def _with_alpha(self, image: "Image", alpha: "Image") -> "Image":
        """RGB and gray keep their transparency for later; inks are laid on paper at once."""
        from PIL import Image, ImageChops

        if alpha.size != image.size:
            larger = max(alpha.size, image.size)
            alpha, image = (
                part if part.size == larger else part.convert(_smooth(part)).resize(larger)
                for part in (alpha, image)
            )
        if image.mode == "CMYK":
            self._remarks.translucent = True
            parts = [ImageChops.multiply(channel, alpha) for channel in image.split()]
            return Image.merge("CMYK", parts)
        made = image.convert("LA" if image.mode in ("1", "L") else "RGBA")
        made.putalpha(alpha)
        return made


def _smooth(image: "Image") -> str:
    return "L" if image.mode == "1" else image.mode


def _bytes(size: tuple[int, int], count: int, bits: int) -> int:
    """How many bytes the samples take; rows begin at whole bytes."""
    return (size[0] * count * bits + 7) // 8 * size[1]


def _channels(data: bytes, size: tuple[int, int], count: int) -> "Image":
    from PIL import Image

    mode = {1: "L", 3: "RGB", 4: "CMYK"}.get(count)
    if mode is not None:
        return Image.frombytes(mode, size, data)
    if count == 2:
        return Image.frombytes("LA", size, data)
    raise PictureError("image.pdf-unsupported", what=f"image of {count} inks")


def _redecoded(image: "Image", source: PdfObject, space: Space, bits: int) -> "Image":
    """The Decode array (8.9.5.2), where it is not the usual one."""
    limits = floats(source.get("/Decode"))
    if space.kind == "indexed" or not limits or limits == [0.0, 1.0] * space.count:
        return image
    if len(limits) != 2 * space.count:
        raise PictureError("image.pdf-broken", reason="Decode")
    if image.mode == "1":
        image = image.convert("L")
    tables: list[int] = []
    for low, high in zip(limits[::2], limits[1::2], strict=True):
        steps = [low + step / 255 * (high - low) for step in range(256)]
        tables += [min(max(round(value * 255), 0), 255) for value in steps]
    return image.point(tables)


def _plates(image: "Image", names: tuple[str, ...]) -> "Image":
    """Process inks named one by one: each goes to its plate."""
    from PIL import Image, ImageChops

    single = image.convert("L") if image.mode == "1" else image
    found = dict(zip(names, single.split(), strict=False))
    if set(found) - {"None"} == {"Black"}:
        return ImageChops.invert(found["Black"])
    none = Image.new("L", image.size)
    return Image.merge("CMYK", [found.get(name, none) for name in PROCESS])


def _through(index: "Image", colours: list[object]) -> "Image":
    """A picture of one channel as inks, by a table of colours."""
    from PIL import Image

    inks = [getattr(colour, "cmyk", (0.0, 0.0, 0.0, 0.0)) for colour in colours]
    parts = [index.point([round(row[plate] * 2.55) for row in inks]) for plate in range(4)]
    if not any(max(row[:3]) for row in inks):
        return parts[3].point([255 - step for step in range(256)])
    return Image.merge("CMYK", parts)


def _saved(image: "Image", profile: bytes = b"") -> bytes:
    """As a file without loss: PNG, or TIFF for inks."""
    file = BytesIO()
    options: dict[str, object] = {"icc_profile": profile} if profile else {}
    if image.mode == "CMYK":
        image.save(file, "TIFF", compression="raw", **options)
    else:
        image.save(file, "PNG", compress_level=1, **options)
    return file.getvalue()


def long_names(source: PdfObject) -> dict[str, PdfObject]:
    """The entries of an inline image under their full names (8.9.7)."""
    return {_SHORT.get(key, key): value for key, value in source.items()}
