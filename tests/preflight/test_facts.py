"""What the judge learned of a file is what others read in it: MuPDF, poppler, Ghostscript, pikepdf."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest

from layout.diagnostics import Reporter
from layout.house.profile import load_profile
from layout.preflight.finished import Facts, check_pdf
from tests.built import edition_files
from tests.conftest import BuiltLeaflet
from tests.preflight.good_base import HIGH, MM, WIDE, base
from tests.preflight.spoiling import (
    changed,
    image,
    line,
    paint,
    place_image,
    rect,
    separation,
    show,
)

CLOSE = 0.02  # points


@dataclass(frozen=True)
class Read:
    """A file, what the judge says of it, and MuPDF's view."""

    data: bytes
    facts: Facts

    @property
    def document(self) -> Any:
        return pymupdf.open(stream=self.data, filetype="pdf")


def varied(pdf: pikepdf.Pdf) -> None:
    """Small type, a thin line, a spot colour, line art, a coarse picture in a turned matrix."""
    paint(pdf, 2, show(pdf, "朝市の広場", 2, 20, 130, matrix=2.7, before=b"0 0 0 1 k "))
    paint(pdf, 2, b"0 1 0 0 K 4 w 0.1 0 0 0.1 0 0 cm " + tenfold(20, 135, 60))
    spot = {"Fa": separation("DIC 161")}
    paint(pdf, 2, b"/Fa cs 0.6 scn " + rect(20, 140, 10, 5) + b"f", ColorSpace=spot)
    art = image(pdf, b"\xaa" * 180 * 480, pikepdf.Name.DeviceGray, 1440, 480, 1)
    paint(pdf, 2, place_image(40, 140, 30, 10), XObject={"Faulty": art})
    coarse = image(pdf, bytes((9, 90, 0, 0)) * 200 * 80, pikepdf.Name.DeviceCMYK, 200, 80)
    turned = b"q 0 %.4f %.4f 0 %.4f %.4f cm /Coarse Do Q" % (30 * MM, -12 * MM, 300, 200)
    paint(pdf, 1, turned, XObject={"Coarse": coarse})


def tenfold(x: float, y: float, long: float) -> bytes:
    """A line written in tenths of a point."""
    numbers = [float(word) * 10 for word in line(x, y, long).split() if word not in (b"m", b"l")]
    return b"%.3f %.3f m %.3f %.3f l S" % tuple(numbers)


FILES: dict[str, Callable[[], bytes]] = {
    "base": lambda: base("x1a"),
    "x4": lambda: base("x4"),
    "varied": lambda: changed(base("x1a"), varied),
    "two-inks": lambda: edition_files("bosai-yube", "two-inks")[0][1],
    "mono": lambda: edition_files("tate-shimbun", "mono")[0][1],
}


@cache
def read(name: str) -> Read:
    data = FILES[name]()
    return Read(data, check_pdf(data, f"{name}.pdf", load_profile(), Reporter()))


each_file = pytest.mark.parametrize("name", FILES)


def need(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} is not installed")
    return path


def rows(tool: str, data: bytes, folder: Path, *options: str) -> list[list[str]]:
    """The table that a program of poppler prints, without its head."""
    file = folder / "file.pdf"
    file.write_bytes(data)
    done = subprocess.run([need(tool), *options, str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [row.split() for row in done.stdout.splitlines()[2:]]


# --- the file and its pages


@each_file
def test_the_file_itself(name: str) -> None:
    facts, data = read(name).facts, read(name).data
    with pikepdf.open(BytesIO(data)) as pdf:
        assert facts.opened and facts.size == len(data)
        assert facts.version == pdf.pdf_version
        assert facts.title == str(pdf.docinfo.Title)
        assert facts.producer == str(pdf.docinfo.Producer)
        intents = list(pdf.Root.get("/OutputIntents", []))
    wanted = [str(intent.OutputConditionIdentifier) for intent in intents] or [""]
    assert [facts.condition] == wanted


@each_file
def test_pages_are_as_large_as_mupdf_finds_them(name: str) -> None:
    read_in = read(name)
    pages = list(read_in.document)
    assert len(pages) == len(read_in.facts.pages)
    for page, fact in zip(pages, read_in.facts.pages, strict=True):
        assert (fact.trim.width, fact.trim.height) == pytest.approx(
            (page.trimbox.width, page.trimbox.height), abs=CLOSE
        )
        assert (fact.bleed.width, fact.media.height) == pytest.approx(
            (page.bleedbox.width, page.mediabox.height), abs=CLOSE
        )
        assert fact.bleed_mm == pytest.approx(
            (page.bleedbox.width - page.trimbox.width) / 2 / MM, abs=0.01
        )
        assert fact.rotate == page.rotation


def test_the_size_is_said_in_millimetres() -> None:
    for page in read("base").facts.pages:
        assert (page.width_mm, page.height_mm) == pytest.approx((WIDE, HIGH), abs=0.01)


# --- fonts and type


@each_file
def test_fonts_are_those_of_pdffonts(name: str, tmp_path: Path) -> None:
    told = rows("pdffonts", read(name).data, tmp_path)
    wanted = set()
    for row in told:
        tag, _, plain = row[0].rpartition("+")
        embedded, subset, unicode = (word == "yes" for word in row[-5:-2])
        wanted.add((plain, embedded, subset and bool(tag), unicode))
    facts = read(name).facts.fonts
    assert {(f.name, f.embedded, f.subset, f.unicode) for f in facts} == wanted


@each_file
def test_fonts_are_on_the_pages_where_mupdf_shows_them(name: str) -> None:
    wanted: dict[str, set[int]] = {}
    for number, page in enumerate(read(name).document, start=1):
        for span in spans(page):
            if span["text"].strip():
                wanted.setdefault(span["font"].rpartition("+")[2], set()).add(number)
    found = {font.name: set(font.pages) for font in read(name).facts.fonts}
    assert found == wanted


def spans(page: Any) -> Iterator[dict[str, Any]]:
    flags = pymupdf.TEXT_PRESERVE_WHITESPACE
    for block in page.get_text("dict", flags=flags)["blocks"]:
        for row in block.get("lines", ()):
            yield from row["spans"]


@each_file
def test_the_smallest_type_is_mupdfs(name: str) -> None:
    sizes = [s["size"] for page in read(name).document for s in spans(page) if s["text"].strip()]
    assert read(name).facts.smallest_type_pt == pytest.approx(min(sizes), abs=CLOSE)


@each_file
def test_the_thinnest_line_is_mupdfs(name: str) -> None:
    """Inside the bleed: printer's marks are thinner, and no line of the leaflet."""
    found = []
    for page in read(name).document:
        grown = zip(page.bleedbox, (-0.1, -0.1, 0.1, 0.1), strict=True)
        inside = pymupdf.Rect(*(edge + by for edge, by in grown))
        for drawing in page.get_drawings():
            if "s" in drawing["type"] and pymupdf.Rect(drawing["rect"]) in inside:
                found.append(drawing["width"])
    assert read(name).facts.thinnest_line_pt == pytest.approx(min(found, default=0), abs=CLOSE)


# --- pictures

SORTS = {"cmyk": "colour", "rgb": "colour", "gray": "gray", "sep": "gray"}


@each_file
def test_pictures_are_those_of_pdfimages(name: str, tmp_path: Path) -> None:
    wanted = []
    for row in rows("pdfimages", read(name).data, tmp_path, "-list"):
        page, _, kind, wide, high, colour, _, bits = row[:8]
        if kind == "smask":
            continue
        across, down = (int(word) for word in row[12:14])
        sort = "bitonal" if bits == "1" else SORTS[colour]
        wanted.append((int(page), int(wide), int(high), int(bits), sort, min(across, down)))
    found = [
        (p.page, p.pixels_wide, p.pixels_high, p.bits, p.sort, round(p.ppi))
        for p in read(name).facts.pictures
    ]
    assert len(found) == len(wanted)
    for one, other in zip(sorted(found), sorted(wanted), strict=True):
        assert one[:-1] == other[:-1] and abs(one[-1] - other[-1]) <= 1


@each_file
def test_pictures_stand_where_mupdf_puts_them(name: str) -> None:
    wanted = []
    for number, page in enumerate(read(name).document, start=1):
        trim = page.trimbox
        for info in page.get_image_info():
            box = pymupdf.Rect(info["bbox"])
            left, top = (box.x0 - trim.x0) / MM, (box.y0 - trim.y0) / MM
            wanted.append((number, left, top, box.width / MM, box.height / MM))
    found = [
        (p.page, p.place.x, p.place.y, p.place.width, p.place.height)
        for p in read(name).facts.pictures
    ]
    assert len(found) == len(wanted)
    for one, other in zip(sorted(found), sorted(wanted), strict=True):
        assert one == pytest.approx(other, abs=0.1)


# --- inks


@each_file
def test_spots_and_inks_are_ghostscripts_plates(name: str, tmp_path: Path) -> None:
    """Plates that bear ink inside the trim."""
    read_in = read(name)
    with pikepdf.open(BytesIO(read_in.data)) as pdf:
        for page in pdf.pages:
            page.MediaBox = page.CropBox = page.TrimBox
        pdf.save(tmp_path / "in.pdf")
    words = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r50"]
    words += [f"-sOutputFile={tmp_path}/p%d.tif", str(tmp_path / "in.pdf")]
    subprocess.run([need("gs"), *words], check=True, capture_output=True)
    wanted: dict[int, set[str]] = {}
    for path in tmp_path.glob("p*(*).tif"):
        found = re.fullmatch(r"p(\d+)\((.*)\)", path.stem)
        assert found is not None
        if bears_ink(path):
            wanted.setdefault(int(found[1]), set()).add(found[2])
    for fact in read_in.facts.pages:
        assert set(fact.inks) == wanted.get(fact.number, set())
    everything = set().union(*wanted.values())
    assert set(read_in.facts.inks) == everything
    assert set(read_in.facts.spots) == everything - {"Cyan", "Magenta", "Yellow", "Black"}


def bears_ink(path: Path) -> bool:
    from PIL import Image

    darkest = Image.open(path).convert("L").getextrema()[0]
    assert not isinstance(darkest, tuple)
    return darkest < 255


def test_leaflet_9_is_what_its_makers_say(leaflet9: BuiltLeaflet) -> None:
    facts = check_pdf(leaflet9.data, "leaflet9-press.pdf", load_profile(), Reporter())
    assert facts.flavour == "PDF/X-1a:2001"
    assert [(round(page.width_mm), round(page.height_mm)) for page in facts.pages] == [
        (210, 297)
    ] * 4
    assert facts.spots == () and set(facts.inks) == {"Cyan", "Magenta", "Yellow", "Black"}
    assert all(font.embedded and font.subset and font.unicode for font in facts.fonts)
