"""Broken in what is printed: seen on the plates alone, by the judge that renders."""

from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import qrcode
from pikepdf import Name
from PIL import Image

from layout.diagnostics import Span
from layout.preflight.finished.facts import Place
from layout.preflight.rendered import ExpectedCode
from tests.preflight.good_base import ADDRESS, CODE_AT, HIGH, MM, WIDE
from tests.preflight.spoiling import (
    at,
    chapter,
    edit,
    image,
    paint,
    place_image,
    rect,
    separation,
    show,
)

broken = chapter("seen on the plates")

HERE = (20.0, 125.0, 30.0, 10.0)
TINT = b"0.6 0.3 0 0 k " + rect(15, 120, 80, 40) + b"f\n"
EXPECTED = (ExpectedCode(2, Place(*CODE_AT), ADDRESS, Span("leaflet.yaml", 36)),)
READS = ("qr.reads",)
X, Y, SIDE, _ = CODE_AT


def seen(
    title: str, code: str, page: int, place: tuple[float, ...] | None = None, **more: Any
) -> Any:
    """A case for the judge that renders; unless said otherwise the code of page 2 reads."""
    more = {"also": READS, "expected": EXPECTED, **more}
    return broken(title, code, page, place, rendered=True, **more)


# --- ink


def inset(mm: float) -> bytes:
    """The clip of page 1 drawn in by so much from the bleed."""
    x, y = at(-3 + mm, HIGH + 3 - mm)
    return b"q\n%.4f %.4f %.4f %.4f re W n" % (
        x, y, (WIDE + 6 - 2 * mm) * MM, (HIGH + 6 - 2 * mm) * MM,
    )  # fmt: skip


CLIP = b"q\n28.3465 28.3465 357.1654 498.8976 re W n"


@seen("a ground that ends at the trim", "plates.bleed-none", 1, (0, 0, WIDE, 1), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 1, CLIP, inset(3))


@seen("a ground that bleeds 1 mm", "plates.bleed-short", 1, (0, 0, WIDE, 1), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    edit(pdf, 1, CLIP, inset(2))


@seen("a picture of 390 % ink", "plates.ink", 2, HERE)
def _(pdf: pikepdf.Pdf) -> None:
    made = image(pdf, bytes((250, 250, 250, 245)) * 420 * 140, Name.DeviceCMYK, 420, 140)
    paint(pdf, 2, place_image(*HERE), XObject={"Faulty": made})


def painted_ink(share: int, wide: float, high: float) -> Any:
    """A picture of that much ink on every plate, of 255."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        made = image(pdf, bytes((share,) * 4) * 42 * 14, Name.DeviceCMYK, 42, 14)
        paint(pdf, 2, place_image(20, 125, wide, high), XObject={"Faulty": made})

    return spoil


seen("a picture of 320 % ink", "plates.ink-high", 2, HERE, warns=True)(painted_ink(204, 30, 10))
seen("a speck of 390 % ink", "plates.ink-speck", 2, (20, 125, 0.9, 0.6), warns=True)(
    painted_ink(249, 0.9, 0.6)
)


@seen("what cannot be separated", "plates.unread", 0, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"/Nowhere cs 1 scn " + rect(*HERE) + b"f")


@seen("nothing to be separated", "plates.unopened", 0, raw=True, also=(), expected=())
def _(data: bytes) -> bytes:
    return b"%PDF-1.3\n" + data[::-1]


@seen("ink that adds up through overprint", "plates.ink", 2, HERE)
def _(pdf: pikepdf.Pdf) -> None:
    area = rect(*HERE) + b"f "
    space = {"Fa": separation("DIC 161")}
    paint(pdf, 2, b"1 1 1 0.2 k " + area + b"/GSb gs /Fa cs 1 scn " + area, ColorSpace=space)


@seen("a page with nothing on it but marks", "plates.blank", 1, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 1, b"0 0 0 0 k " + rect(-3, -3, WIDE + 6, HIGH + 6) + b"f")


@seen("a page without anything on it", "plates.blank", 2, warns=True, also=("qr.missing",))
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj["/Contents"]


@seen("white holes beneath black text", "plates.hole", 2, (20, 127.2, 15, 3.2), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    text = show(pdf, "朝市の広場", 9, 20, 130, before=b"/GSn gs 0 0 0 1 k ")
    paint(pdf, 2, TINT + text)


@seen("white text lost by overprint", "plates.white-lost", 2, (20, 126, 24, 5))
def _(pdf: pikepdf.Pdf) -> None:
    text = show(pdf, "朝市の広場", 14, 20, 130, before=b"/GSb gs 0 0 0 0 k ")
    paint(pdf, 2, TINT + text)


# --- codes


@cache
def code(message: str, x: float, y: float, cell: float, dark: bytes = b"0 0 0 1 k ") -> bytes:
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    made.add_data(message)
    made.make()
    cells = [
        rect(x + column * cell, y + row * cell, cell, cell)
        for row, line in enumerate(made.modules)
        for column, on in enumerate(line)
        if on
    ]
    return dark + b"".join(cells) + b"f\n"


COVER = b"0 0 0 0 k " + rect(X - 1, Y - 1, SIDE + 2, SIDE + 2) + b"f\n"


@seen("a code that something lies over", "qr.missing", 2, CODE_AT, also=("qr.unreadable",))
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"0 0 0 0 k " + rect(X, Y + 4, SIDE, 6) + b"f")


@seen("a code that is not there", "qr.missing", 2, CODE_AT, also=())
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, COVER)


@seen("a code that says something else", "qr.wrong", 2, CODE_AT)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, COVER + code("https://betsu.example.jp/", X, Y, SIDE / 25))


@seen("a code too small to be read", "qr.cell", 2, (20, 125, 25 * 0.3, 25 * 0.3), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, code("https://betsu.example.jp/", 20, 125, 0.3))


@seen("a code without margin", "qr.quiet", 2, CODE_AT, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"0 0 0 1 k " + rect(X - 2, Y - 4, 1.2, SIDE + 8) + b"f")


@seen("a code in pale gray", "qr.contrast", 2, (20, 125, 15, 15), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, code("https://betsu.example.jp/", 20, 125, 0.6, b"0 0 0 0.3 k "))


@seen("a code light on dark", "qr.inverted", 2, (25, 125, 15, 15), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    ground = b"0 0 0 1 k " + rect(18, 118, 30, 30) + b"f "
    paint(pdf, 2, ground + code("https://betsu.example.jp/", 25, 125, 0.6, b"0 0 0 0 k "))


@seen("a code that is a blurred JPEG", "qr.unreadable", 2, (20, 125, 15, 15), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    made = qrcode.QRCode(border=0)
    made.add_data("https://betsu.example.jp/")
    drawn = made.make_image().get_image().convert("L").resize((200, 200))
    torn = drawn.copy()
    torn.paste(drawn.crop((0, 70, 200, 140)).transpose(Image.Transpose.FLIP_LEFT_RIGHT), (0, 70))
    out = BytesIO()
    torn.save(out, "JPEG", quality=90)
    picture = image(pdf, out.getvalue(), Name.DeviceGray, 200, 200, Filter=Name.DCTDecode)
    paint(pdf, 2, place_image(20, 125, 15, 15), XObject={"Faulty": picture})
