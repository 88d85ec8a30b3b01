"""Broken: what the file is made of: version, tables, streams, locks, names and sizes."""

import re
import zlib
from io import BytesIO

import pikepdf
from msgspec.structs import replace
from pikepdf import Dictionary, Name, ObjectStreamMode
from PIL import Image

from layout.house.profile import load_profile
from tests.preflight.spoiling import (
    as_it_is,
    changed,
    chapter,
    content_of,
    image,
    paint,
    place_image,
    saved,
    swapped,
    updated,
)

broken = chapter("the file")

X1A = load_profile()
PICTURE = (20, 125, 30, 10)


# --- version and tables


@broken("the header says PDF 1.4", "pdf.version", raw=True)
def _(data: bytes) -> bytes:
    return swapped(data, b"%PDF-1.3", b"%PDF-1.4")


@broken("the catalog raises the version", "pdf.version", raw=True)
def _(data: bytes) -> bytes:
    found = re.search(rb"\n(\d+) 0 obj\s*<<([^>]*?/Type /Catalog[^>]*?)>>", data)
    assert found is not None
    return updated(data, int(found[1]), b"<<" + found[2] + b"/Version /1.6 >>")


@broken("object streams", "pdf.object-streams", raw=True)
def _(data: bytes) -> bytes:
    made = changed(data, lambda pdf: None, object_stream_mode=ObjectStreamMode.generate)
    return swapped(made, b"%PDF-1.5", b"%PDF-1.3")


@broken("a cross-reference stream", "pdf.object-streams", raw=True)
def _(data: bytes) -> bytes:
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    count = int(data[start:].split()[2])
    rows = re.findall(rb"(\d{10}) (\d{5}) ([nf])", data[start:])
    assert len(rows) == count
    table = b"".join(
        bytes([kind == b"n"]) + int(offset).to_bytes(4, "big") + b"\0" for offset, _, kind in rows
    )
    table += b"\1" + start.to_bytes(4, "big") + b"\0"
    trailer = re.search(rb"trailer\s*<<(.*?)>>\s*startxref", data[start:], re.DOTALL)
    assert trailer is not None
    entries = re.sub(rb"/Size \d+", b"/Size %d" % (count + 1), trailer[1])
    return data[:start] + b"%d 0 obj\n<< /Type /XRef /W [1 4 1] /Length %d %s>>\nstream\n" % (
        count, len(table), entries,
    ) + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start  # fmt: skip


@broken("the trailer has no ID", "pdf.id", raw=True)
def _(data: bytes) -> bytes:
    return swapped(data, b"/ID", b"/XD")


@broken("what it held before is still inside", "pdf.revisions", raw=True, notes=True)
def _(data: bytes) -> bytes:
    found = re.search(rb"\n(\d+) 0 obj\s*(<<[^>]*?/Type /Catalog[^>]*?>>)", data)
    assert found is not None
    return updated(data, int(found[1]), found[2])


# --- damage


@broken("the last lines are missing", "pdf.damaged", raw=True)
def _(data: bytes) -> bytes:
    return data[: data.index(b"startxref")]


@broken("the last third is missing", "pdf.unopened", raw=True)
def _(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


@broken("the pointer to the table points beside it", "pdf.damaged", raw=True)
def _(data: bytes) -> bytes:
    start = re.findall(rb"startxref\s+(\d+)", data)[-1]
    return swapped(data, b"startxref\n" + start, b"startxref\n" + b"7" * len(start))


@broken("words behind the end", "pdf.trailing", raw=True, warns=True)
def _(data: bytes) -> bytes:
    return data + b"<!-- served in 0.1 s -->\n"


@broken("no PDF at all", "pdf.unopened", raw=True)
def _(data: bytes) -> bytes:
    return b"GIF89a" + bytes(1000)


@broken("an empty file", "pdf.unopened", raw=True)
def _(data: bytes) -> bytes:
    return b""


@broken("a file without pages", "pdf.unopened", raw=True)
def _(data: bytes) -> bytes:
    def empty(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[:]

    return changed(data, empty)


@broken(
    "compressed content that is damaged",
    "pdf.content-broken",
    2,
    also=("pdf.damaged", "pdf.marks-missing"),
)
def _(pdf: pikepdf.Pdf) -> None:
    packed = bytearray(zlib.compress(content_of(pdf, 2)))
    packed[40:60] = bytes(20)
    stream = pikepdf.Stream(pdf, b"")
    stream.write(bytes(packed), filter=Name.FlateDecode)
    pdf.pages[1].obj.Contents = stream


# --- locks


def _locked(data: bytes, owner: str, user: str) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        lock = pikepdf.Encryption(owner=owner, user=user, R=2, aes=False, metadata=False)
        plain = {"stream_decode_level": None, "compress_streams": True}
        return saved(pdf, encryption=lock, **plain)


@broken("a password to open it", "pdf.locked", raw=True)
def _(data: bytes) -> bytes:
    return _locked(data, "owner", "user")


@broken("encrypted, though no password is asked for", "pdf.encrypted", raw=True)
def _(data: bytes) -> bytes:
    return _locked(data, "owner", "")


# --- streams


def lzw(data: bytes) -> bytes:
    """LZW that starts its table anew before codes would grow: allowed, and simple."""
    codes = []
    for start in range(0, len(data), 200):
        codes += [256, *data[start : start + 200]]
    bits = "".join(f"{code:09b}" for code in (*codes, 257))
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


@broken("content compressed with LZW", "pdf.filter", 2)
def _(pdf: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(lzw(content_of(pdf, 2)), filter=Name.LZWDecode)
    pdf.pages[1].obj.Contents = stream


@broken("a JPEG 2000 picture in X-1a", "pdf.filter", 2, PICTURE)
def _(pdf: pikepdf.Pdf) -> None:
    out = BytesIO()
    Image.linear_gradient("L").resize((420, 140)).save(out, "JPEG2000")
    made = image(pdf, out.getvalue(), Name.DeviceGray, 420, 140, Filter=Name.JPXDecode)
    paint(pdf, 2, place_image(*PICTURE), XObject={"Faulty": made})


@broken("a JBIG2 picture in X-1a:2003", "pdf.filter", 2, PICTURE, shop="x1a-2003")
def _(pdf: pikepdf.Pdf) -> None:
    wide, high = 1440, 480
    page = wide.to_bytes(4, "big") + high.to_bytes(4, "big") + bytes(8) + b"\x04\0\0"
    data = bytes(4) + b"\x30\0\1" + len(page).to_bytes(4, "big") + page  # a page, all black
    made = image(pdf, data, Name.DeviceGray, wide, high, 1, Filter=Name.JBIG2Decode)
    paint(pdf, 2, place_image(*PICTURE), XObject={"Faulty": made})


@broken("content that lies in another file", "pdf.external", 2)
def _(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b" ")
    stream.F = Dictionary(Type=Name.Filespec, F=pikepdf.String("page2.dat"))
    pdf.pages[1].contents_add(stream)


# --- the file itself


broken("a file name in Japanese", "pdf.file-name", name="朝市（入稿用）.pdf", warns=True)(as_it_is)
broken("a file larger than the shop takes", "pdf.file-size",
       profile=replace(X1A, file_bytes_most=50_000))(as_it_is)  # fmt: skip
