"""A second opinion: Ghostscript's separations beside ours, where it is installed."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from layout.diagnostics import Reporter, Span
from layout.preflight.rendered.ink import at_least, place_values, spots_of
from layout.preflight.rendered.model import PagePlates, Plate, Rendered

if TYPE_CHECKING:
    from PIL.Image import Image

_NAMES: Final = ("gswin64c", "gswin32c", "gs") if sys.platform == "win32" else ("gs",)
_FINER: Final = 4  # rendered so much finer, since tiffsep has no anti-aliasing of its own
_BLOCK_MM: Final = 1.5  # glyphs may stand a pixel apart: only the ink of a block is compared
_DIFFERENCE: Final = 60  # of 255
_LEAST_MM2: Final = 15.0  # patterns and thin lines come out a little different at every dpi
_SECONDS: Final = 300


def second_opinion(data: bytes, name: str, rendered: Rendered, reporter: Reporter) -> None:
    """Compare every plate with Ghostscript's and note where they differ; never raises."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        reporter.note("plates.second-missing", Span(name))
        return
    if not rendered.pages:
        return
    with tempfile.TemporaryDirectory() as folder:
        problem = _separate(program, data, rendered.pages, Path(folder))
        if problem:
            reporter.warning("plates.second-failed", Span(name), problem=problem)
            return
        for page in rendered.pages:
            for plate in page.plates:
                _compare(page, plate, Path(folder), name, reporter)


def _separate(program: str, data: bytes, pages: Sequence[PagePlates], folder: Path) -> str:
    """Write ``p1(Cyan).tif`` and so on into the folder; what went wrong, or nothing."""
    source = folder / "given.pdf"
    source.write_bytes(_cropped(data, pages))
    command = [
        program, "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep",
        f"-r{round(pages[0].dpi) * _FINER}", f"-dDownScaleFactor={_FINER}",
        f"-sOutputFile={folder / 'p%d.tif'}", str(source),
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return type(problem).__name__
    said = (done.stdout + done.stderr).decode("utf-8", "replace").split("\n")
    wrong = [line.strip() for line in said if "error" in line.lower()]
    if done.returncode or wrong:
        return (wrong or [line for line in said if line] or [str(done.returncode)])[0][:200]
    return ""


def _cropped(data: bytes, pages: Sequence[PagePlates]) -> bytes:
    """The file with each page's sheet cut to what our plates show."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        for page, shown in zip(pdf.pages, pages, strict=False):
            for key in ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"):
                if key in page:
                    del page[key]
            area = shown.area
            box: Any = pikepdf.Array([round(v, 4) for v in (area.x0, area.y0, area.x1, area.y1)])
            page["/MediaBox"] = box
            page["/CropBox"] = box
            page["/Rotate"] = 0
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def _compare(page: PagePlates, plate: Plate, folder: Path, name: str, reporter: Reporter) -> None:
    from PIL import Image, ImageChops

    file = folder / f"p{page.number}({plate.name}).tif"
    ours = plate.image or Image.new("L", page.size, 0)
    if file.is_file():
        with Image.open(file) as read:
            theirs = ImageChops.invert(read.convert("L")).resize(page.size)
    elif plate.name in ("Cyan", "Magenta", "Yellow", "Black"):
        theirs = Image.new("L", page.size, 0)
    else:
        return  # its name is written in a way of Ghostscript's own
    differs = at_least(
        ImageChops.difference(_blocks(page, ours), _blocks(page, theirs)), _DIFFERENCE
    )
    found = spots_of(differs, page.dpi / _block(page))
    blocks = sum(spot.count for spot in found)
    if blocks * (_block(page) / page.dpi * 25.4) ** 2 < _LEAST_MM2:
        return
    x0, y0, x1, y1 = (v * _block(page) for v in found[0].box)
    place = page.place((x0, y0, min(x1, page.size[0]), min(y1, page.size[1])))
    share = blocks / (differs.width * differs.height)
    reporter.note(
        "plates.second-differs",
        Span(name),
        page=page.number,
        plate=plate.name,
        share=f"{share * 100:.2f}",
        **place_values(place),
    )


def _block(page: PagePlates) -> int:
    return max(1, round(_BLOCK_MM / 25.4 * page.dpi))


def _blocks(page: PagePlates, image: "Image") -> "Image":
    return image.reduce(_block(page))
