"""True separations of any PDF without Ghostscript: rewritten for each plate, rendered in gray."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from layout.house.profile import Profile, load_profile
from layout.preflight.colour import PROCESS, Conversion, Space, look_of, read_space
from layout.preflight.finished.facts import Box
from layout.preflight.functions import ColourError
from layout.preflight.rendered.model import PagePlates, Plate
from layout.preflight.rendered.state import State, Target

if TYPE_CHECKING:
    import pikepdf
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

DPI: Final = 150.0
_POINTS: Final = 72.0
_SIDE_MOST: Final = 20_000
_DEPTH: Final = 12
_DEFAULT_BOX: Final = Box(0, 0, 612, 792)


class UnopenedError(ValueError):
    """A file that is no PDF, or is locked."""


class PageShape(Struct, frozen=True):
    """A page's boxes, in points of its own space, and what stands on it."""

    media: Box
    bleed: Box
    trim: Box
    rotate: int


class _Sheet(Struct, frozen=True):
    """A page of the plates' file: for which page, which target."""

    page: int
    target: Target


class Separations:
    """A file opened for plates; pages count from 1.

    ``problems`` are what could not be read, in English, as found.
    """

    def __init__(self, data: bytes, profile: Profile | None = None) -> None:
        """Open and rewrite.  ``UnopenedError`` if it is no readable PDF."""
        import pikepdf

        from layout.preflight.rendered.rewrite import Shared

        try:
            self._pdf = pikepdf.open(BytesIO(data))
        except (pikepdf.PdfError, ValueError) as problem:
            raise UnopenedError(str(problem)) from problem
        profile = profile or load_profile()
        self._black_overprints = profile.overprint_black
        self.conversion = Conversion(str(profile.icc_path))
        self._shared = Shared(self._pdf, self.conversion)
        self._sheets: dict[_Sheet, int] = {}
        self._document: PdfDocument | None = None
        pages = list(self._pdf.pages)
        self.shapes = tuple(_shape(page) for page in pages)
        spots = [_spots(page) for page in pages]
        self.names = tuple(PROCESS + tuple(sorted(found.keys() - set(PROCESS))) for found in spots)
        self.looks = tuple(
            {
                name: look_of(space, self.conversion)
                for name, space in sorted(found.items())
                if name not in PROCESS
            }
            for found in spots
        )
        self.suspect: set[int] = set()
        self._rewrite(pages)

    @property
    def problems(self) -> list[str]:
        """What could not be read."""
        return self._shared.problems

    def _rewrite(self, pages: list["pikepdf.Page"]) -> None:
        """Write every page anew for its plates, and the suspect ones also as they were meant."""
        made: list[Any] = []
        for number, page in enumerate(pages, start=1):
            plates = tuple(Target(name) for name in self.names[number - 1])
            if self._write_page(number, page, plates, made):
                self.suspect.add(number)
                intended = tuple(Target(name, intended=True) for name in self.names[number - 1])
                self._write_page(number, page, intended, made)
        pdf = self._pdf
        while len(pdf.pages):
            del pdf.pages[0]
        for page in made:
            pdf.pages.append(page)
        for key in ("/Outlines", "/StructTreeRoot", "/Names", "/AcroForm", "/OutputIntents"):
            if key in pdf.Root:
                del pdf.Root[key]

    def _write_page(
        self, number: int, page: "pikepdf.Page", targets: tuple[Target, ...], made: list[Any]
    ) -> bool:
        """Whether the page is suspect.  A bare plate gets no sheet."""
        import pikepdf

        from layout.preflight.rendered.nested import gray_group
        from layout.preflight.rendered.rewrite import Rewriter

        resources = page.get("/Resources", pikepdf.Dictionary())
        streams = Rewriter(self._shared, targets, resources, State()).write(page, fresh=True)
        for target, content, marked in zip(targets, streams.content, streams.marked, strict=True):
            if not marked:
                continue
            sheet = pikepdf.Dictionary(
                Type=pikepdf.Name("/Page"),
                MediaBox=[0, 0, 1, 1],
                Resources=streams.resources,
                Contents=self._pdf.make_stream(content),
            )
            if "/Group" in page:
                sheet["/Group"] = gray_group(page["/Group"])
            media = self.shapes[number - 1].media
            sheet["/MediaBox"] = [media.x0, media.y0, media.x1, media.y1]
            self._sheets[_Sheet(number, target)] = len(made)
            made.append(pikepdf.Page(self._pdf.make_indirect(sheet)))
        others = any(
            marked and target.plate != "Black"
            for target, marked in zip(targets, streams.marked, strict=True)
        )
        return streams.fades or (streams.tears and others and self._black_overprints)

    def _opened(self) -> "PdfDocument":
        if self._document is None:
            import pikepdf
            import pypdfium2

            out = BytesIO()
            self._pdf.save(
                out,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
            self._document = pypdfium2.PdfDocument(out.getvalue())
        return self._document

    def render(self, number: int, area: Box, dpi: float, intended: bool = False) -> PagePlates:
        """The plates of a page, of an area of it, at so many pixels an inch."""
        shape = self.shapes[number - 1]
        size = _pixels(area, dpi)
        plates = tuple(
            Plate(name, self._plate(number, Target(name, intended), area, size))
            for name in self.names[number - 1]
        )
        return PagePlates(
            number, dpi, area, shape.trim, shape.bleed, shape.rotate, size, plates,
            self.looks[number - 1],
        )  # fmt: skip

    def _plate(
        self, number: int, target: Target, area: Box, size: tuple[int, int]
    ) -> "Image | None":
        index = self._sheets.get(_Sheet(number, target))
        if index is None:
            return None
        import pypdfium2.raw as pdfium
        from PIL import Image, ImageChops

        page = self._opened()[index]
        bitmap = pdfium.FPDFBitmap_CreateEx(*size, pdfium.FPDFBitmap_Gray, None, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, *size, 0xFFFFFFFF)
            matrix = self._matrix(number, area, size)
            clip = pdfium.FS_RECTF(0, 0, *size)
            pdfium.FPDF_RenderPageBitmapWithMatrix(
                bitmap, page, matrix, clip, pdfium.FPDF_GRAYSCALE
            )
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            buffer = pdfium.FPDFBitmap_GetBuffer(bitmap)
            import ctypes

            data = ctypes.string_at(buffer, stride * size[1])
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
            page.close()
        return ImageChops.invert(Image.frombytes("L", size, data, "raw", "L", stride))

    def _matrix(self, number: int, area: Box, size: tuple[int, int]) -> Any:
        """From the page as pdfium has it (its MediaBox at 72 dpi, y down) to the pixels."""
        import pypdfium2.raw as pdfium

        media = self.shapes[number - 1].media
        across, down = size[0] / area.width, size[1] / area.height
        return pdfium.FS_MATRIX(
            across, 0, 0, down, (media.x0 - area.x0) * across, (area.y1 - media.y1) * down
        )


def separate(
    data: bytes, *, dpi: float = DPI, area: str = "bleed", profile: Profile | None = None
) -> tuple[PagePlates, ...]:
    """The plates of every page: of its ``bleed`` box, or of the whole ``media`` with its marks.

    ``UnopenedError`` if it is no readable PDF.
    """
    opened = Separations(data, profile)
    return tuple(
        opened.render(number, shape.media if area == "media" else shape.bleed, dpi)
        for number, shape in enumerate(opened.shapes, start=1)
    )


def _pixels(area: Box, dpi: float) -> tuple[int, int]:
    scale = dpi / _POINTS
    across, down = round(area.width * scale), round(area.height * scale)
    return min(max(across, 1), _SIDE_MOST), min(max(down, 1), _SIDE_MOST)


def _shape(page: Any) -> PageShape:
    """The boxes, with what stands for absent ones (ISO 32000-1, 14.11.2)."""
    media = _box(page, "/MediaBox") or _DEFAULT_BOX
    crop = _inside(_box(page, "/CropBox") or media, media)
    trim = _inside(_box(page, "/TrimBox") or crop, media)
    bleed = _inside(_box(page, "/BleedBox") or (trim if "/TrimBox" in page else crop), media)
    return PageShape(media, bleed, trim, int(_inherited(page, "/Rotate") or 0) % 360)


def _box(page: Any, key: str) -> Box | None:
    found = _inherited(page, key)
    try:
        x0, y0, x1, y1 = (float(v) for v in found)
    except (TypeError, ValueError):
        return None
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box.width > 1 and box.height > 1 else None


def _inside(box: Box, outer: Box) -> Box:
    cut = Box(
        max(box.x0, outer.x0), max(box.y0, outer.y0), min(box.x1, outer.x1), min(box.y1, outer.y1)
    )
    return cut if cut.width > 1 and cut.height > 1 else outer


def _inherited(page: Any, key: str) -> Any:
    node = page.obj
    for _ in range(64):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    return None


def _spots(page: Any) -> dict[str, Space]:
    """The inks named anywhere among a page's resources, each with a space that shows its look."""
    found: dict[str, Space] = {}
    for space in _spaces(_inherited(page, "/Resources")):
        for name in space.names:
            if name in ("None", "All") or (name in found and space.size > 1):
                continue
            found[name] = space if space.size == 1 else _alone(space, name)
    return found


def _alone(space: Space, name: str) -> Space:
    """One ink of a DeviceN space as a space of its own."""
    tint, at, size = space.tint, space.names.index(name), space.size
    if tint is None:
        return Space("named", 1, (name,))
    whole: Callable[[Any], tuple[float, ...]] = tint
    return Space(
        "named",
        1,
        (name,),
        tint=lambda v: whole(tuple(v[0] if i == at else 0.0 for i in range(size))),
        alternate=space.alternate,
    )


def _spaces(resources: Any) -> Iterator[Space]:
    """The named spaces in resources, and in those of what they hold."""
    seen: set[tuple[int, int]] = set()
    todo: list[tuple[Any, Any, int]] = [(resources, None, 0)]
    while todo:
        node, owner, depth = todo.pop()
        if node is None or depth > _DEPTH:
            continue
        for pdf_space in _values(node.get("/ColorSpace")):
            yield from _named_space(pdf_space, node)
        for kind in ("/XObject", "/Pattern", "/Shading", "/Font"):
            for thing in _values(node.get(kind)):
                if thing.objgen in seen and thing.objgen != (0, 0):
                    continue
                seen.add(thing.objgen)
                for holder in (thing, thing.get("/Shading")):
                    if holder is not None and "/ColorSpace" in holder:
                        yield from _named_space(holder["/ColorSpace"], node)
                if "/Resources" in thing:
                    todo.append((thing["/Resources"], owner, depth + 1))


def _values(dictionary: Any) -> list[Any]:
    return [] if dictionary is None else [value for _, value in dictionary.items()]


def _named_space(pdf_space: Any, resources: Any) -> Iterator[Space]:
    try:
        space: Space | None = read_space(pdf_space, resources)
    except (ColourError, AttributeError, IndexError, KeyError, TypeError, ValueError):
        return  # said when it is used
    while space is not None:
        if space.kind == "named":
            yield space
        space = space.base
