"""Shadings as each plate has them: gray ramps of the ink's own tint (ISO 32000-1, 8.7.4.5)."""

from typing import TYPE_CHECKING, Any, Final

from layout.preflight.colour import Conversion, inks_of, on_plate, read_space
from layout.preflight.functions import (
    ColourError,
    Function,
    clamp,
    make_function,
    numbers,
    pairs,
)

if TYPE_CHECKING:
    import pikepdf

_STEPS: Final = 256
_GRID: Final = 48
_FREE_FORM, _LATTICE, _COONS, _TENSOR = 4, 5, 6, 7
_KEPT: Final = (
    "/ShadingType", "/BBox", "/AntiAlias", "/Coords", "/Domain", "/Extend", "/Matrix",
    "/BitsPerCoordinate", "/BitsPerComponent", "/BitsPerFlag", "/VerticesPerRow",
)  # fmt: skip


class PlateShade:
    """One shading of the file, and what each plate shows of it."""

    def __init__(self, shading: Any, resources: Any, pdf: "pikepdf.Pdf", conversion: Conversion):
        """Read space and function; ``ColourError`` if they cannot be."""
        self._shading, self._pdf, self._conversion = shading, pdf, conversion
        self.space = read_space(shading["/ColorSpace"], resources)
        self.kind = int(shading["/ShadingType"])
        function = shading.get("/Function")
        self._function: Function | None = None if function is None else make_function(function)
        self._made: dict[str, pikepdf.Object] = {}
        self._colours: list[dict[str, float]] | None = None

    def on(self, plate: str) -> "pikepdf.Object":
        """The shading for that plate."""
        if plate not in self._made:
            self._made[plate] = self._make(plate)
        return self._made[plate]

    def _make(self, plate: str) -> "pikepdf.Object":
        import pikepdf

        shading = self._shading
        if self.kind >= _FREE_FORM:
            made: Any = self._pdf.make_stream(self._mesh(plate))
        else:
            made = self._pdf.make_indirect(pikepdf.Dictionary())
        for key in _KEPT:
            if key in shading:
                made[key] = shading[key]
        made["/ColorSpace"] = pikepdf.Name("/DeviceGray")
        if "/Background" in shading:
            made["/Background"] = pikepdf.Array(
                [self._gray(numbers(shading["/Background"]), plate)]
            )
        if self.kind >= _FREE_FORM:
            decode = numbers(shading["/Decode"])
            if self._function is None:
                decode = [*decode[:4], 0.0, 1.0]
            made["/Decode"] = pikepdf.Array(decode)
        if self._function is not None:
            made["/Function"] = self._ramp(plate)
        whole: pikepdf.Object = self._pdf.make_indirect(made)
        return whole

    def _gray(self, values: Any, plate: str) -> float:
        return round(1 - on_plate(inks_of(self.space, values, self._conversion), plate), 5)

    def _ramp(self, plate: str) -> "pikepdf.Object":
        """The function from the shading's parameters to this plate's gray, as a table."""
        import pikepdf

        shading, function = self._shading, self._function
        assert function is not None
        if self.kind == 1:
            domain = pairs(shading.get("/Domain")) or [(0.0, 1.0), (0.0, 1.0)]
            size = [_GRID, _GRID]
            points = [(u, v) for v in _steps(domain[1], _GRID) for u in _steps(domain[0], _GRID)]
        else:
            domain = self._range_of_t()
            size = [_STEPS]
            points = [(t,) for t in _steps(domain[0], _STEPS)]  # type: ignore[misc]
        if self._colours is None:
            self._colours = [
                dict(inks_of(self.space, function(point), self._conversion)) for point in points
            ]
        table = bytes(round((1 - on_plate(inks, plate)) * 255) for inks in self._colours)
        made = self._pdf.make_stream(table)
        made["/FunctionType"], made["/BitsPerSample"] = 0, 8
        made["/Size"] = pikepdf.Array(size)
        made["/Domain"] = pikepdf.Array([value for pair in domain for value in pair])
        made["/Range"] = pikepdf.Array([0, 1])
        return made

    def _range_of_t(self) -> list[tuple[float, float]]:
        if self.kind >= _FREE_FORM:
            return [pairs(self._shading["/Decode"])[2]]
        return pairs(self._shading.get("/Domain")) or [(0.0, 1.0)]

    def _mesh(self, plate: str) -> bytes:
        """The mesh with one component instead of the space's; its form is not touched."""
        data = bytes(self._shading.read_bytes())
        if self._function is not None:
            return data
        shading = self._shading
        component = int(shading["/BitsPerComponent"])
        flag = 0 if self.kind == _LATTICE else int(shading["/BitsPerFlag"])
        reader = _Bits(data)
        writer: list[tuple[int, int]] = []
        decode = pairs(shading["/Decode"])[2:]
        point = 2 * int(shading["/BitsPerCoordinate"])
        while reader.left >= flag + point:
            corners, colours = 1, 1
            if flag:
                kept = reader.take(flag)
                writer.append((kept, flag))
                if self.kind in (_COONS, _TENSOR):
                    corners = (12 if self.kind == _COONS else 16) - (4 if kept else 0)
                    colours = 2 if kept else 4
            if reader.left < corners * point + colours * component * self.space.size:
                raise ColourError("a mesh that is too short")
            for _ in range(corners):
                writer.append((reader.take(point), point))
            for _ in range(colours):
                writer.append((self._vertex(reader, component, decode, plate), component))
            reader.align()  # every vertex, or patch, is padded to whole bytes
            writer.append((0, -1))
        return _packed(writer)

    def _vertex(
        self, reader: "_Bits", component: int, decode: list[tuple[float, float]], plate: str
    ) -> int:
        top = (1 << component) - 1
        values = [
            low + reader.take(component) / top * (high - low)
            for low, high in decode[: self.space.size]
        ]
        return round(clamp(self._gray(values, plate)) * top)


def _steps(span: tuple[float, float], count: int) -> list[float]:
    return [span[0] + (span[1] - span[0]) * i / (count - 1) for i in range(count)]


class _Bits:
    """Numbers out of a stream of bits, high bits first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._data) * 8 - self._at

    def take(self, count: int) -> int:
        start, end = self._at, self._at + count
        self._at = end
        part = self._data[start // 8 : (end + 7) // 8]
        return (int.from_bytes(part) >> (-end % 8)) & ((1 << count) - 1)

    def align(self) -> None:
        self._at += -self._at % 8


def _packed(fields: list[tuple[int, int]]) -> bytes:
    """Numbers and their sizes into bytes; a size of -1 fills up to a whole byte."""
    out = bytearray()
    held, size = 0, 0
    for value, bits in fields:
        if bits < 0:
            bits, value = -size % 8, 0
        held = (held << bits) | value
        size += bits
        if size % 8 == 0:
            out += held.to_bytes(size // 8)
            held, size = 0, 0
    if size:
        out += (held << (-size % 8)).to_bytes((size + 7) // 8)
    return bytes(out)
