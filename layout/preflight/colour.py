"""Colour spaces as a press sees them: which plates a colour stands on, and how strongly.

Device CMYK and gray stand on the process plates, Separation and DeviceN on the
plates they name (ISO 32000-1, 8.6.6.4 and 8.6.6.5); the alternate space of a spot
is never used, as on a press that has that ink.  RGB, Lab and RGB profiles are
turned into inks through the press profile's own ICC profile (relative
colorimetric with black point compensation), as a shop's workflow would do it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from layout.display.pdf.streams import name_of
from layout.preflight.functions import ColourError, Function, bounded, clamp, make_function

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsTransform

Inks = Mapping[str, float]

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")

ALL: Final = "All"
_TABLE_MOST: Final = 1 << 16
"""Bytes of an indexed space's table: at most 256 colours of 32 components are in it."""
_PROCESS_SET: Final = frozenset(PROCESS)
_SHORT: Final = {
    "/G": "/DeviceGray",
    "/RGB": "/DeviceRGB",
    "/CMYK": "/DeviceCMYK",
    "/I": "/Indexed",
    "/CalCMYK": "/DeviceCMYK",
}


class Space(Struct, frozen=True):
    """A colour space.

    ``kind`` is gray, cmyk, rgb, lab, named, indexed or pattern; ``size`` its
    components; ``names`` the plates that a named one stands on.  ``direct`` is
    true of device CMYK alone, for which zero may mean "leave what is there"
    (8.6.7).  ``base`` and ``table`` are an indexed space's, ``base`` also what
    lies under an uncoloured pattern.  ``tint`` turns a named colour into its
    alternate, ``alternate``.
    """

    kind: str
    size: int
    names: tuple[str, ...] = ()
    direct: bool = False
    base: "Space | None" = None
    table: bytes = b""
    tint: Function | None = None
    alternate: "Space | None" = None

    @property
    def initial(self) -> tuple[float, ...]:
        """The colour that the space begins with (8.6.3)."""
        if self.kind == "cmyk":
            return (0.0, 0.0, 0.0, 1.0)
        return ((1.0 if self.kind == "named" else 0.0),) * self.size

    @property
    def plates(self) -> frozenset[str] | None:
        """The plates it stands on; None is every process plate."""
        if self.kind == "indexed" and self.base is not None:
            return self.base.plates
        return frozenset(self.names) if self.kind == "named" else None

    @property
    def highest(self) -> float:
        """The largest value of a component of an image, for its default Decode."""
        return 100.0 if self.kind == "lab" else 1.0


GRAY: Final = Space("gray", 1)
CMYK: Final = Space("cmyk", 4, direct=True)
RGB: Final = Space("rgb", 3)
PATTERN: Final = Space("pattern", 0)
_DEVICE: Final = {
    "/DeviceGray": GRAY,
    "/DeviceCMYK": CMYK,
    "/DeviceRGB": RGB,
    "/Pattern": PATTERN,
    "/CalGray": GRAY,
    "/CalRGB": RGB,
}


def read_space(pdf_space: Any, resources: Any, depth: int = 0) -> Space:
    """The space of a name or array; a name is looked up in the resources.  ``ColourError``."""
    import pikepdf

    if depth > 8:
        raise ColourError("colour spaces inside one another")
    if isinstance(pdf_space, pikepdf.Name):
        name = _SHORT.get(str(pdf_space), str(pdf_space))
        if name in _DEVICE:
            return _DEVICE[name]
        named = resources.get("/ColorSpace", {}).get(name) if resources is not None else None
        if named is None:
            raise ColourError(f"colour space {name}")
        return read_space(named, None, depth + 1)
    if not isinstance(pdf_space, pikepdf.Array) or not len(pdf_space):
        raise ColourError("colour space")
    return _read_array(pdf_space, resources, depth + 1)


def _read_array(array: Any, resources: Any, depth: int) -> Space:
    import pikepdf

    kind = _SHORT.get(str(array[0]), str(array[0]))
    if kind == "/Separation":
        return _named((_plate(array[1]),), array, resources, depth)
    if kind == "/DeviceN":
        return _named(tuple(_plate(name) for name in array[1]), array, resources, depth)
    if kind == "/Indexed":
        base = read_space(array[1], resources, depth)
        table = array[3]
        data = bounded(table, _TABLE_MOST) if isinstance(table, pikepdf.Stream) else bytes(table)
        return Space("indexed", 1, base=base, table=data)
    if kind == "/ICCBased":
        known = {1: GRAY, 3: RGB, 4: Space("cmyk", 4)}.get(int(array[1].get("/N", 0)))
        if known is None:
            raise ColourError("ICC profile")
        return known
    if kind == "/Lab":
        return Space("lab", 3)
    if kind == "/Pattern" and len(array) > 1:
        return Space("pattern", 0, base=read_space(array[1], resources, depth))
    if kind in _DEVICE:
        return _DEVICE[kind]
    raise ColourError(f"colour space {kind}")


def _plate(name: Any) -> str:
    return (name_of(name) or str(name)).removeprefix("/")


def _named(names: tuple[str, ...], array: Any, resources: Any, depth: int) -> Space:
    try:
        alternate = read_space(array[2], resources, depth)
        tint = make_function(array[3])
    except (ColourError, AttributeError, IndexError, KeyError, TypeError, ValueError):
        alternate, tint = None, None  # only the look of the ink is not known then
    return Space("named", len(names), names, alternate=alternate, tint=tint)


def inks_of(space: Space, values: Sequence[float], conversion: "Conversion") -> Inks:
    """A colour's tint on every plate, from 0 to 1; ``All`` stands for each of them."""
    if space.kind == "gray":
        return {"Black": 1 - clamp(values[0])}
    if space.kind == "cmyk":
        return dict(zip(PROCESS, map(clamp, values), strict=False))
    if space.kind == "named":
        return {n: clamp(v) for n, v in zip(space.names, values, strict=False) if n != "None"}
    if space.kind == "indexed" and space.base is not None:
        return inks_of(space.base, palette_entry(space, int(values[0])), conversion)
    if space.kind == "lab":
        return conversion.lab(tuple(values))
    return conversion.rgb(tuple(map(clamp, values)))


def palette_entry(space: Space, index: int) -> tuple[float, ...]:
    """A colour of an indexed space, in its base."""
    base = space.base
    assert base is not None
    last = len(space.table) // base.size - 1
    at = int(clamp(index, 0, last)) * base.size
    raw = space.table[at : at + base.size]
    if base.kind == "lab":
        return (raw[0] / 2.55, raw[1] - 128.0, raw[2] - 128.0)
    return tuple(value / 255 for value in raw)


def on_plate(inks: Inks, plate: str) -> float:
    """The tint on one plate."""
    return inks.get(plate, inks.get(ALL, 0.0))


def leaves(space: Space, inks: Inks, plate: str, overprint: bool, mode: int) -> bool:
    """Whether painting leaves a plate as it is (8.6.7 and 11.7.4.3, Table 149).

    ``mode`` is the overprint mode where it applies to what is painted, else 0.
    """
    named = space.plates
    if named is not None:
        if not named - {"None"}:
            return True
        return overprint and plate not in named and ALL not in named
    if not overprint:
        return False
    if plate not in _PROCESS_SET:
        return True
    return space.direct and mode == 1 and on_plate(inks, plate) == 0


def look_of(space: Space, conversion: "Conversion") -> tuple[int, int, int]:
    """How a single spot ink looks as a solid, sRGB; black if its tint transform cannot be read."""
    if space.tint is None or space.alternate is None:
        return (0, 0, 0)
    try:
        values = space.tint((1.0,) * space.size)
        return conversion.look(inks_of(space.alternate, values, conversion))
    except (ColourError, IndexError, ValueError):
        return (0, 0, 0)


class Conversion:
    """RGB and Lab into inks and inks into sRGB, through one ICC profile of a press."""

    def __init__(self, icc_path: str) -> None:
        self._path = icc_path
        self._known: dict[tuple[object, ...], Inks] = {}

    def rgb(self, values: tuple[float, ...]) -> Inks:
        """An RGB colour as inks."""
        return self._one("RGB", tuple(round(v * 255) for v in values))

    def lab(self, values: tuple[float, ...]) -> Inks:
        """A Lab colour as inks."""
        star, a, b = values
        return self._one(
            "LAB",
            (round(clamp(star, 0, 100) * 2.55), *(round(clamp(v + 128, 0, 255)) for v in (a, b))),
        )

    def look(self, inks: Inks) -> tuple[int, int, int]:
        """Process inks as sRGB."""
        from PIL import Image

        image = Image.new("CMYK", (1, 1), tuple(round(on_plate(inks, p) * 255) for p in PROCESS))
        red, green, blue = self.preview(image).getpixel((0, 0))  # type: ignore[misc]
        return int(red), int(green), int(blue)

    def image(self, image: "Image") -> "Image":
        """An RGB or LAB image as CMYK."""
        from PIL import ImageCms

        made = ImageCms.applyTransform(image, _transform(self._path, image.mode, "CMYK"))
        assert made is not None
        return made

    def preview(self, image: "Image") -> "Image":
        """A CMYK image as sRGB, as it looks on paper."""
        from PIL import ImageCms

        made = ImageCms.applyTransform(image, _transform(self._path, "CMYK", "RGB"))
        assert made is not None
        made.info.pop("icc_profile", None)  # just made, with the clock's time in it
        return made

    def _one(self, mode: str, values: tuple[int, ...]) -> Inks:
        from PIL import Image

        key = (mode, values)
        if key not in self._known:
            found = self.image(Image.new(mode, (1, 1), values)).getpixel((0, 0))
            assert isinstance(found, tuple)
            self._known[key] = dict(zip(PROCESS, (v / 255 for v in found), strict=True))
        return self._known[key]


@cache
def _transform(icc_path: str, source: str, target: str) -> "ImageCmsTransform":
    from PIL import ImageCms

    press = ImageCms.ImageCmsProfile(icc_path)
    known: dict[str, Any] = {
        "RGB": lambda: ImageCms.createProfile("sRGB"),
        "LAB": lambda: ImageCms.createProfile("LAB"),
        "CMYK": lambda: press,
    }
    return ImageCms.buildTransform(
        known[source](),
        known[target](),
        source,
        target,
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
