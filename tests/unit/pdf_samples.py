"""Small PDF files for the tests of figures, written with pikepdf."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from layout.cli.messages import MISSING, render
from layout.diagnostics import Reporter, Span
from layout.display.drawings import draw
from layout.display.model import Colour, DisplayItem, Group, Picture, Shape, walk
from layout.geometry import Rect
from layout.style.model import Drawing
from layout.style.pictures import picture_kind, picture_size
from layout.units import mm

SPAN = Span("leaflet.yaml", 7, 5, 3)
SIDE = 100
"""Points of the page, millimetres of the figure: a point is a millimetre."""


def make_pdf(
    path: Path, content: str | bytes, box: tuple[float, ...] = (0, 0, SIDE, SIDE), **page: Any
) -> Path:
    """One page with that content; resources and other entries by name.

    Values may be functions of the open file, for streams.
    """
    pdf = pikepdf.new()
    data = content.encode("latin-1") if isinstance(content, str) else content
    resources = Dictionary()
    entries = {"MediaBox": Array(box)}
    for key, value in page.items():
        value = value(pdf) if callable(value) else value
        if key in (
            "Font",
            "XObject",
            "ColorSpace",
            "ExtGState",
            "Shading",
            "Pattern",
            "Properties",
        ):
            resources[f"/{key}"] = value
        elif key == "Root":
            for name, entry in value.items():
                pdf.Root[name] = entry
        else:
            entries[key] = value
    pdf.pages.append(
        pikepdf.Page(
            Dictionary(
                Type=Name.Page, Resources=resources, Contents=pdf.make_stream(data), **entries
            )
        )
    )
    pdf.save(path, compress_streams=False, static_id=True)
    return path


def stream(data: str | bytes, **entries: Any) -> Any:
    """A maker of a stream."""

    def make(pdf: pikepdf.Pdf) -> Any:
        made = {key: value(pdf) if callable(value) else value for key, value in entries.items()}
        return pdf.make_stream(data.encode("latin-1") if isinstance(data, str) else data, **made)

    return make


def named(**makers: Any) -> Any:
    """A maker of a dictionary of resources."""
    return lambda pdf: Dictionary(
        {f"/{key}": make(pdf) if callable(make) else make for key, make in makers.items()}
    )


class Drawn:
    """What a page became on a figure of 100 by 100 mm."""

    def __init__(self, path: Path, page: int = 1, size: tuple[int, int] = (SIDE, SIDE)) -> None:
        self.reporter = Reporter()
        assert picture_kind(str(path)) == "pdf"
        drawing = Drawing("pdf", str(path), SPAN, "Figure", *size, "alt", page=page)
        items: list[DisplayItem] = draw(drawing, Rect(0, 0, mm(100), mm(100)), self.reporter)
        self.top = items
        self.items = list(walk(tuple(items)))
        for found in self.reporter:
            assert found.span == SPAN
            assert all(MISSING not in render(found, [], lang) for lang in ("ja", "en"))

    @property
    def codes(self) -> list[str]:
        return [found.code for found in self.reporter]

    @property
    def shapes(self) -> list[Shape]:
        return [item for item in self.items if isinstance(item, Shape)]

    @property
    def groups(self) -> list[Group]:
        return [item for item in self.items if isinstance(item, Group)][1:]

    @property
    def pictures(self) -> list[Picture]:
        return [item for item in self.items if isinstance(item, Picture)]

    @property
    def fills(self) -> list[Colour]:
        return [shape.fill for shape in self.shapes if shape.fill]

    @property
    def inks(self) -> list[tuple[float, ...]]:
        return [fill.cmyk for fill in self.fills]

    def box(self, index: int = 0) -> tuple[float, ...]:
        """Left, top, right, bottom in millimetres."""
        numbers = [n / 1e6 for _, values in self.shapes[index].path for n in values]
        return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def measured(path: Path, page: int = 1) -> tuple[tuple[int, int], list[str]]:
    """The size that layout is told, and the findings."""
    reporter = Reporter()
    size = picture_size(str(path), picture_kind(str(path)), page, SPAN, reporter)
    return size, [found.code for found in reporter]


def open_bytes(path: Path) -> BytesIO:
    return BytesIO(path.read_bytes())
