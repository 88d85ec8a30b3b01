"""Files of pictures and fonts that lie, made byte by byte."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image


def chunk(kind: bytes, data: bytes, check: int | None = None) -> bytes:
    """A chunk of a PNG; ``check`` in place of its true checksum."""
    crc = zlib.crc32(kind + data) if check is None else check
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def png(
    width: int,
    height: int,
    rows: bytes | None = None,
    *more: bytes,
    depth: int = 8,
    colour: int = 0,
) -> bytes:
    """A gray PNG that says it is so large, with these rows (else the right ones) in it."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    held = zlib.compress((b"\0" + bytes(width)) * height) if rows is None else rows
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            *more,
            chunk(b"IDAT", held),
            chunk(b"IEND", b""),
        )
    )


def saved(
    kind: str, mode: str = "L", size: tuple[int, int] = (900, 900), **options: object
) -> bytes:
    """A sound picture."""
    file = BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(file, kind, **options)
    return file.getvalue()


def bmp(width: int, height: int) -> bytes:
    """A BMP that says it is so large."""
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 16, 0, 0, 54) + head + bytes(16)


def tiff(width: int, height: int, compression: int = 1, strip: tuple[int, int] = (8, 4)) -> bytes:
    """A TIFF that says it is so large and that its pixels are there."""
    entries = [
        (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, compression), (262, 3, 1),
        (273, 4, strip[0]), (277, 3, 1), (278, 4, height), (279, 4, strip[1]),
    ]  # fmt: skip
    table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return (
        b"II*\0"
        + struct.pack("<I", 12)
        + bytes(4)
        + struct.pack("<H", len(entries))
        + table
        + bytes(4)
    )


def circular_tiff() -> bytes:
    """A TIFF whose next directory is its first."""
    return tiff(16, 16)[:-4] + struct.pack("<I", 12)


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose header says another size than its pixels have."""
    data = bytearray(saved("JPEG", size=(64, 64)))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_of(width: int, height: int) -> bytes:
    """A WebP (VP8X) that says it is so large."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


def animated() -> bytes:
    """An animated PNG of 200 frames."""
    frames = [Image.new("L", (300, 300), n) for n in range(200)]
    file = BytesIO()
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:], duration=10)
    return file.getvalue()


# --- fonts


def small_font(path: str, words: str = "本文あい漢字abc。、 ") -> bytes:
    """A font of the house with the glyphs of these words alone."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    options = subset.Options(notdef_outline=True, name_IDs=["*"], layout_features=["*"])
    chosen = subset.Subsetter(options)
    chosen.populate(text=words)
    chosen.subset(font)
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def tables(font: bytes) -> dict[bytes, tuple[int, int, int]]:
    """Each table's entry in the directory, its offset and its length."""
    found = {}
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        at = 12 + 16 * number
        tag, _, offset, length = struct.unpack_from(">4sIII", font, at)
        found[tag] = (at, offset, length)
    return found


def with_table(font: bytes, tag: bytes, make: Callable[[bytes], bytes]) -> bytes:
    """The font with another table of that name, of any length, at its end."""
    at, offset, length = tables(font)[tag]
    new = make(font[offset : offset + length])
    data = bytearray(font)
    data += bytes(-len(data) % 4)
    struct.pack_into(">II", data, at + 8, len(data), len(new))
    return bytes(data) + new


def without_table(font: bytes, tag: bytes) -> bytes:
    """The font with another name for that table."""
    data = bytearray(font)
    at = tables(font)[tag][0]
    data[at : at + 4] = b"zzzz"
    return bytes(data)


def endless_glyphs(font: bytes) -> bytes:
    """Every glyph is made of glyph 1, and that one as well."""
    glyph = struct.pack(">hhhhh", -1, 0, 0, 1000, 1000) + struct.pack(">HHbb", 0x0002, 1, 0, 0)
    count = struct.unpack_from(">H", font, tables(font)[b"maxp"][1] + 4)[0]
    # All of them begin at the same place: glyph 0 is the one that is not empty.
    loca = struct.pack(">I", 0) + b"".join(struct.pack(">I", 16 * n) for n in range(1, count + 1))
    font = with_table(font, b"glyf", lambda _: glyph * count)
    font = with_table(font, b"loca", lambda _: loca)
    return with_table(font, b"head", lambda head: head[:50] + struct.pack(">h", 1) + head[52:])
