"""Pictures that lie, burst or break off: refused at the place of the figure, or set whole."""

import gzip
import zlib
from collections.abc import Callable

import pikepdf
import pytest

from tests.robust.hostile import Project
from tests.robust.hostile_files import (
    animated,
    bmp,
    chunk,
    circular_tiff,
    jpeg_of,
    png,
    saved,
    tiff,
    webp_of,
)

MEGABYTE = bytes(1 << 20)


def bomb() -> bytes:
    """Two gigabytes of nothing in two megabytes."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(MEGABYTE) for _ in range(2000)) + packer.flush()


def wrong_sum() -> bytes:
    data = saved("PNG")
    return data[:29] + b"XXXX" + data[33:]


def half(kind: str, **options: object) -> bytes:
    data = saved(kind, **options)
    return data[: len(data) // 2]


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "PNG of 60,000 squared": ("a.png", lambda: png(60000, 60000, b""), "image.too-large"),
    "PNG that bursts": ("a.png", lambda: png(20000, 20000, bomb()), "image.too-large"),
    "PNG of two thousand million": (
        "a.png",
        lambda: png(2**31 - 1, 2**31 - 1, b""),
        "image.too-large",
    ),
    "text that bursts": (
        "a.png",
        lambda: png(900, 900, None, chunk(b"zTXt", b"a\0\0" + bomb())),
        "image.unreadable",
    ),
    "profile that bursts": (
        "a.png",
        lambda: png(900, 900, None, chunk(b"iCCP", b"a\0\0" + bomb())),
        "image.unreadable",
    ),
    "PNG of nothing": ("a.png", lambda: png(0, 0, b""), "image.not-a-picture"),
    "PNG without width": ("a.png", lambda: png(0, 10, b""), "image.not-a-picture"),
    "PNG with too few rows": (
        "a.png",
        lambda: png(900, 900, zlib.compress(bytes(100))),
        "image.truncated",
    ),
    "PNG with any bytes for rows": ("a.png", lambda: png(900, 900, b"x"), "image.truncated"),
    "PNG with a wrong checksum": ("a.png", wrong_sum, "image.not-a-picture"),
    "half a PNG": ("a.png", lambda: half("PNG"), "image.truncated"),
    "the head of a PNG": ("a.png", lambda: saved("PNG")[:20], "image.unreadable"),
    "PNG of seven bits": ("a.png", lambda: png(900, 900, depth=7), "image.not-a-picture"),
    "PNG of no colours": ("a.png", lambda: png(900, 900, colour=3), "image.unreadable"),
    "half a JPEG": ("a.jpg", lambda: half("JPEG"), "image.truncated"),
    "JPEG of 65,535 squared": ("a.jpg", lambda: jpeg_of(65535, 65535), "image.too-large"),
    "JPEG of nothing": ("a.jpg", lambda: jpeg_of(0, 0), "image.not-a-picture"),
    "TIFF of 100,000 squared": ("a.tif", lambda: tiff(100_000, 100_000), "image.too-large"),
    "TIFF of nothing": ("a.tif", lambda: tiff(0, 0), "image.not-a-picture"),
    "TIFF with pixels beyond its end": (
        "a.tif",
        lambda: tiff(900, 900, 1, (1 << 31, 810_000)),
        "image.truncated",
    ),
    "TIFF that goes round": ("a.tif", circular_tiff, "image.truncated"),
    "TIFF packed in no known way": (
        "a.tif",
        lambda: tiff(900, 900, 65000),
        "image.not-a-picture",
    ),
    "half a TIFF": (
        "a.tif",
        lambda: half("TIFF", compression="tiff_lzw"),
        "image.not-a-picture",
    ),
    "WebP of 16 million squared": (
        "a.webp",
        lambda: webp_of(1 << 24, 1 << 24),
        "image.unreadable",
    ),
    "WebP without pixels": ("a.webp", lambda: webp_of(900, 900), "image.unreadable"),
    "half a WebP": ("a.webp", lambda: half("WEBP"), "image.unreadable"),
    "BMP of 60,000 squared": ("a.bmp", lambda: bmp(60000, 60000), "image.too-large"),
    "BMP upside down": ("a.bmp", lambda: bmp(900, -900), "image.truncated"),
    "no picture": ("a.png", lambda: b"hello", "image.not-a-picture"),
    "nothing": ("a.png", lambda: b"", "image.not-a-picture"),
    "a program": ("a.png", lambda: b"MZ" + bytes(500), "image.not-a-picture"),
    "an archive": ("a.png", lambda: b"PK\x03\x04" + bytes(500), "image.wrong-kind"),
    "PostScript": ("a.eps", lambda: b"%!PS-Adobe-3.0 EPSF\n(x) run", "image.wrong-kind"),
    "SVG that bursts": (
        "a.svg",
        lambda: gzip.compress(b"<svg" + MEGABYTE * 100),
        "image.wrong-kind",
    ),
    "PNG that says it is a PDF": (
        "a.png",
        lambda: b"%PDF-1.4\n" + saved("PNG"),
        "image.pdf-broken",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_at_its_place(project: Project, case: str) -> None:
    name, make, code = REFUSED[case]
    project.write(make(), f"figures/{name}")
    project.figure(f"figures/{name}")
    project.refused((code, 9, 18))


@pytest.mark.parametrize("name", ["a.png", "a.svg", "a.pdf"])
def test_eight_gigabytes_are_not_read(project: Project, name: str) -> None:
    """A file with a hole in it: it takes no room on the disk, and shall take none in memory."""
    heads = {"a.png": saved("PNG"), "a.svg": b"<svg", "a.pdf": b"%PDF-1.4"}
    file = project.write(heads[name], f"figures/{name}")
    try:
        with file.open("r+b") as stream:
            stream.truncate(8 << 30)
    except OSError:
        pytest.skip("this disk makes no holes")
    project.figure(f"figures/{name}")
    project.refused(("image.file-too-large", 9, 18))


WHOLE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "sixteen bits": (
        "a.png",
        lambda: png(900, 900, zlib.compress((b"\0" + bytes(1800)) * 900), depth=16),
    ),
    "more pixels than it says": ("a.png", lambda: png(100, 100, bomb())),
    "two hundred frames": ("a.png", animated),
    "200,000 notes": (
        "a.png",
        lambda: png(900, 900, None, chunk(b"tEXt", b"a\0b") * 200_000),
    ),
    "an archive behind it": ("a.png", lambda: saved("PNG") + b"PK\x03\x04" + bytes(1000)),
    "a PDF behind it": ("a.png", lambda: saved("PNG") + b"%PDF-1.4"),
    "a web page in it": (
        "a.png",
        lambda: png(900, 900, None, chunk(b"tEXt", b"a\0<script>alert(1)</script>")),
    ),
    "JPEG called PNG": ("a.png", lambda: saved("JPEG")),
    "PNG called SVG": ("a.svg", lambda: saved("PNG")),
    "EXIF of 65,535 entries": (
        "a.jpg",
        lambda: saved("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0" + b"\xff\xff" + bytes(60000)),
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_it_is_set_and_nothing_else_of_it(project: Project, case: str) -> None:
    """One picture, and no byte of what came with it."""
    name, make = WHOLE[case]
    project.write(make(), f"figures/{name}")
    project.figure(f"figures/{name}")
    ran = project.build()
    assert (ran.code, ran.places()) == (0, []), ran.err
    file = project.out / "kari" / "kari-press.pdf"
    data = file.read_bytes()
    assert b"script>" not in data and b"PK\x03\x04" not in data and len(data) < 3_000_000
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert (
            len(
                [
                    obj
                    for obj in pdf.objects
                    if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"
                ]
            )
            == 1
        )
