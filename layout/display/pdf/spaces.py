"""Colour spaces of PDF (ISO 32000-1, 8.6) as inks.

Gray and CMYK keep their numbers, whatever profile is named with them: they are
what was meant to be printed.  A separation stays the ink of that name.  RGB goes
through the press profile, as in every drawing.
"""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from layout.display.canvas import Remarks, rgb_colour
from layout.display.model import Colour
from layout.display.pdf.functions import Function, floats, function_of
from layout.display.pdf.streams import Budget, PdfObject, is_array, is_stream
from layout.house.icc import lab_to_cmyk
from layout.style.picture_error import PictureError

PROCESS: Final = ("Cyan", "Magenta", "Yellow", "Black")
_DEPTH_MOST: Final = 6
_DEVICE: Final = {
    "/DeviceGray": "gray", "/G": "gray", "/CalGray": "gray",
    "/DeviceRGB": "rgb", "/RGB": "rgb", "/CalRGB": "rgb",
    "/DeviceCMYK": "cmyk", "/CMYK": "cmyk",
}  # fmt: skip
_COUNTS: Final = {"gray": 1, "rgb": 3, "cmyk": 4}


class Space(Struct, frozen=True):
    """A colour space.

    ``kind`` is gray, rgb, cmyk, lab, indexed, separation, devicen or pattern.
    ``colour`` makes the ink of components; None paints nothing.  ``base`` is the
    space of an index or of an uncoloured pattern, ``table`` the colours of an
    index, ``profile`` an embedded ICC profile, ``names`` the inks of separations.
    """

    kind: str
    count: int
    colour: Callable[[Sequence[float]], Colour | None]
    base: "Space | None" = None
    table: bytes = b""
    profile: bytes = b""
    names: tuple[str, ...] = ()

    def initial(self) -> list[float]:
        """The components a space begins with (8.6.8)."""
        if self.kind == "cmyk":
            return [0.0, 0.0, 0.0, 1.0]
        first = 1.0 if self.kind in ("separation", "devicen") else 0.0
        return [first] * self.count


def ink(cmyk: Sequence[float]) -> Colour:
    """Inks from 0 to 1 as a colour named by its percents."""
    parts = [round(min(max(value, 0.0), 1.0) * 100, 2) for value in cmyk]
    pairs = zip("CMYK", parts, strict=True)
    name = " ".join(f"{letter}{part:g}" for letter, part in pairs if part) or "white"
    return Colour(name, (parts[0], parts[1], parts[2], parts[3]))


class Spaces:
    """Makes the colour spaces of one figure."""

    def __init__(self, budget: Budget, remarks: Remarks) -> None:
        self._budget = budget
        self._remarks = remarks

    def space(self, source: PdfObject, resources: PdfObject, depth: int = 0) -> Space:
        """The space that a name or an array means; ``PictureError``."""
        if depth > _DEPTH_MOST:
            raise PictureError("image.too-complex")
        name = str(source) if not is_array(source) else str(source[0])
        if name in _DEVICE and name not in ("/CalGray", "/CalRGB"):
            return self.device(_DEVICE[name])
        if not is_array(source):
            return self._named(name, resources, depth)
        if name in _DEVICE:
            return self.device(_DEVICE[name])
        make = {
            "/ICCBased": self._icc,
            "/Indexed": self._indexed,
            "/I": self._indexed,
            "/Separation": self._separation,
            "/DeviceN": self._device_n,
            "/Lab": self._lab,
            "/Pattern": self._pattern,
        }.get(name)
        if make is None:
            raise PictureError("image.pdf-unsupported", what=f"colour space {name}")
        return make(source, resources, depth)

    def _named(self, name: str, resources: PdfObject, depth: int) -> Space:
        if name == "/Pattern":
            return Space("pattern", 0, lambda values: None)
        found = resources.get("/ColorSpace") if resources is not None else None
        found = found.get(name) if found is not None else None
        if found is None or str(found) == name:
            raise PictureError("image.pdf-broken", reason=f"colour space {name} is not there")
        return self.space(found, resources, depth + 1)

    def device(self, kind: str, profile: bytes = b"") -> Space:
        """Gray, RGB or CMYK."""
        make = {"gray": self._gray, "rgb": self._rgb, "cmyk": self._cmyk}[kind]
        return Space(kind, _COUNTS[kind], make, profile=profile)

    def _gray(self, values: Sequence[float]) -> Colour:
        return ink((0.0, 0.0, 0.0, 1.0 - values[0]))

    def _rgb(self, values: Sequence[float]) -> Colour:
        red, green, blue = (round(min(max(value, 0.0), 1.0) * 255) for value in values[:3])
        return rgb_colour(red, green, blue, self._remarks)

    def _cmyk(self, values: Sequence[float]) -> Colour:
        return ink(values[:4])

    def _icc(self, source: PdfObject, resources: PdfObject, depth: int) -> Space:
        """By the count of its components: the numbers count, not the profile."""
        stream = source[1]
        kind = {1: "gray", 3: "rgb", 4: "cmyk"}.get(int(stream.get("/N", 0)))
        if kind is None:
            raise PictureError("image.pdf-unsupported", what="ICCBased")
        profile = self._budget.read(stream)
        if profile[16:20] == b"Lab ":
            raise PictureError("image.pdf-unsupported", what="ICCBased Lab")
        return self.device(kind, profile)

    def _lab(self, source: PdfObject, resources: PdfObject, depth: int) -> Space:
        limits = floats(source[1].get("/Range")) or [-100.0, 100.0, -100.0, 100.0]

        def colour(values: Sequence[float]) -> Colour:
            self._remarks.rgb = True
            a = min(max(values[1], limits[0]), limits[1])
            b = min(max(values[2], limits[2]), limits[3])
            return Colour("lab", lab_to_cmyk(values[0], a, b))

        return Space("lab", 3, colour)

    def _indexed(self, source: PdfObject, resources: PdfObject, depth: int) -> Space:
        base = self.space(source[1], resources, depth + 1)
        if base.kind in ("indexed", "pattern"):
            raise PictureError("image.pdf-broken", reason="Indexed")
        held = source[3]
        table = self._budget.read(held) if is_stream(held) else bytes(held)
        highest = min(int(source[2]), len(table) // base.count - 1)

        def colour(values: Sequence[float]) -> Colour | None:
            at = min(max(int(values[0]), 0), highest) * base.count
            return base.colour([part / 255 for part in table[at : at + base.count]])

        return Space("indexed", 1, colour, base, table)

    def _separation(self, source: PdfObject, resources: PdfObject, depth: int) -> Space:
        return self._inks([ink_name(source[1])], source, resources, depth)

    def _device_n(self, source: PdfObject, resources: PdfObject, depth: int) -> Space:
        return self._inks([ink_name(name) for name in source[1]], source, resources, depth)

    def _inks(self, names: list[str], source: PdfObject, resources: PdfObject, depth: int) -> Space:
        kind = "separation" if len(names) == 1 else "devicen"
        used = [name for name in names if name != "None"]
        if all(name in PROCESS for name in used):
            return Space(kind, len(names), _process(names), names=tuple(names))
        if used == ["All"]:
            return Space(kind, len(names), lambda values: ink([values[0]] * 4), names=("All",))
        alternate = self.space(source[2], resources, depth + 1)
        tint = function_of(source[3], self._budget)
        if len(used) == 1:
            make = _spot(used[0], names.index(used[0]), alternate, tint)
        else:
            make = self._several(alternate, tint)
        return Space(kind, len(names), make, alternate, names=tuple(names))

    def _several(
        self, alternate: Space, tint: Function
    ) -> Callable[[Sequence[float]], Colour | None]:
        def colour(values: Sequence[float]) -> Colour | None:
            self._remarks.simplify("特色の掛け合わせ（CMYK に直しました）")
            return alternate.colour(tint(values))

        return colour

    def _pattern(self, source: PdfObject, resources: PdfObject, depth: int) -> Space:
        base = self.space(source[1], resources, depth + 1) if len(source) > 1 else None
        return Space("pattern", base.count if base else 0, lambda values: None, base)


def ink_name(source: PdfObject) -> str:
    """The name of an ink, as people write it."""
    return str(source).removeprefix("/")


def _process(names: list[str]) -> Callable[[Sequence[float]], Colour | None]:
    def colour(values: Sequence[float]) -> Colour | None:
        shares = dict.fromkeys(PROCESS, 0.0)
        shares.update(
            (name, value) for name, value in zip(names, values, strict=False) if name != "None"
        )
        if all(name == "None" for name in names):
            return None
        return ink(list(shares.values()))

    return colour


def _spot(
    name: str, place: int, alternate: Space, tint: Function
) -> Callable[[Sequence[float]], Colour | None]:
    def colour(values: Sequence[float]) -> Colour | None:
        instead = alternate.colour(tint(values))
        if instead is None:
            return None
        share = round(min(max(values[place], 0.0), 1.0) * 100, 2)
        return Colour(name, instead.cmyk, name, share)

    return colour
