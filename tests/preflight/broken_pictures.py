"""Broken: pictures that are too coarse or spoilt, and transparency where there may be none."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.preflight.spoiling import (
    at,
    chapter,
    form,
    image,
    paint,
    place_image,
    rect,
)

broken = chapter("pictures and transparency")

Spoil = Callable[[pikepdf.Pdf], None]
HERE = (20.0, 125.0, 30.0, 10.0)
WIDE_PX, HIGH_PX = 420, 140  # 356 ppi in HERE
GRAY = Name.DeviceGray


def ramp(wide: int, high: int) -> bytes:
    return bytes(40 + (across + down) % 200 for down in range(high) for across in range(wide))


def placed(make: Callable[[pikepdf.Pdf], Any], where: tuple[float, ...] = HERE, before: bytes = b"") -> Spoil:  # fmt: skip
    def spoil(pdf: pikepdf.Pdf) -> None:
        paint(pdf, 2, before + place_image(*where), XObject={"Faulty": make(pdf)})

    return spoil


def gray(wide: int = WIDE_PX, high: int = HIGH_PX, **keys: Any) -> Callable[[pikepdf.Pdf], Any]:
    return lambda pdf: image(pdf, ramp(wide, high), GRAY, wide, high, **keys)


# --- resolution


def coarse_cmyk(pdf: pikepdf.Pdf) -> Any:
    return image(pdf, bytes((90, 40, 0, 10)) * 85 * 28, Name.DeviceCMYK, 85, 28)


broken("a picture of 72 ppi", "pdf.low-resolution", 2, HERE, warns=True)(placed(coarse_cmyk))
broken("a gray picture of 100 ppi", "pdf.low-resolution", 2, HERE, warns=True)(
    placed(gray(118, 39))
)
broken("line art of 200 ppi", "pdf.low-resolution", 2, HERE, warns=True)(
    placed(lambda pdf: image(pdf, b"\xaa" * 30 * 79, GRAY, 240, 79, 1))
)
broken("a stencil of 200 ppi", "pdf.low-resolution", 2, HERE, warns=True)(
    placed(
        lambda pdf: image(pdf, b"\xaa" * 30 * 79, None, 240, 79, 1, ImageMask=True),
        before=b"/GSb gs 0 0 0 1 k ",
    )
)


@broken("a good picture placed too large", "pdf.low-resolution", 2, (15, 110, 90, 45), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, place_image(15, 110, 90, 45, "Im2"))


@broken(
    "a good picture enlarged by a form's matrix",
    "pdf.low-resolution",
    2,
    (20, 115, 80, 40),
    warns=True,
)
def _(pdf: pikepdf.Pdf) -> None:
    x, y = at(20, 155)
    inner = form(pdf, b"q 50 0 0 25 0 0 cm /Im2 Do Q")
    inner.Matrix = Array([80 / 50 * 72 / 25.4, 0, 0, 40 / 25 * 72 / 25.4, x, y])
    inner.BBox = Array([0, 0, 50, 25])
    inner.Resources = Dictionary(XObject=Dictionary(Im2=pdf.pages[1].obj.Resources.XObject.Im2))
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": inner})


broken("a picture coarse in one direction", "pdf.low-resolution", 2, HERE, warns=True)(
    placed(gray(420, 30))
)


@broken("a coarse inline picture", "pdf.low-resolution", 2, HERE, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    x, y = at(20, 135)
    head = b"q 85.0394 0 0 28.3465 %.4f %.4f cm\nBI /W 85 /H 28 /BPC 8 /CS /G ID " % (x, y)
    paint(pdf, 2, head + ramp(85, 28) + b"\nEI Q")


@broken("a picture much finer than any press", "pdf.high-resolution", 2, HERE, notes=True)
def _(pdf: pikepdf.Pdf) -> None:
    made = image(pdf, bytes((90,)) * 3600 * 1200, GRAY, 3600, 1200)
    paint(pdf, 2, place_image(*HERE), XObject={"Faulty": made})


# --- kinds and damage

broken("a picture of 16 bits in X-1a", "pdf.bits", 2, HERE)(
    placed(lambda pdf: image(pdf, bytes((90, 1)) * WIDE_PX * HIGH_PX, GRAY, WIDE_PX, HIGH_PX, 16))
)
broken("a picture with too few samples", "pdf.picture-broken", 2, HERE)(
    placed(lambda pdf: image(pdf, ramp(WIDE_PX, 20), GRAY, WIDE_PX, HIGH_PX))
)


def _broken_jpeg(pdf: pikepdf.Pdf) -> Any:
    out = BytesIO()
    Image.linear_gradient("L").resize((WIDE_PX, HIGH_PX)).save(out, "JPEG")
    data = out.getvalue()
    return image(pdf, data[: len(data) // 3], GRAY, WIDE_PX, HIGH_PX, Filter=Name.DCTDecode)


broken("a JPEG cut off", "pdf.picture-broken", 2, HERE)(placed(_broken_jpeg))


def _damaged(pdf: pikepdf.Pdf) -> Any:
    packed = bytearray(zlib.compress(bytes(v * v // 7 % 251 for v in range(WIDE_PX * HIGH_PX))))
    packed[600:640] = bytes(40)
    return image(pdf, bytes(packed), GRAY, WIDE_PX, HIGH_PX, Filter=Name.FlateDecode)


broken("a picture whose compression is damaged", "pdf.picture-broken", 2, HERE)(placed(_damaged))
broken("a picture with a cheaper twin", "pdf.alternates", 2, HERE)(
    placed(
        lambda pdf: image(
            pdf, ramp(WIDE_PX, HIGH_PX), GRAY, WIDE_PX, HIGH_PX,
            Alternates=Array([Dictionary(Image=gray()(pdf), DefaultForPrinting=True)]),
        )
    )
)  # fmt: skip
broken("a picture to be fetched from the shop (OPI)", "pdf.opi", 2, HERE)(
    placed(
        gray(
            OPI=Dictionary(
                {"/2.0": Dictionary(Type=Name.OPI, Version=2.0, F=pikepdf.String("photo.tif"))}
            )
        )
    )
)

# --- transparency in X-1a

AREA = rect(*HERE)
TRANSPARENT = "pdf.transparency"


def state(before: bytes, **entries: Any) -> Spoil:
    return lambda pdf: paint(
        pdf, 2, b"/Fa gs " + before + AREA + b"f", ExtGState={"Fa": Dictionary(**entries)}
    )


broken("half transparent", TRANSPARENT, 2, HERE)(state(b"0 0.5 0 0 k ", ca=0.5))
broken("a stroke half transparent", TRANSPARENT, 2, HERE)(
    lambda pdf: paint(
        pdf, 2, b"/Fa gs 1 w 0 0.5 0 0 K " + AREA + b"S", ExtGState={"Fa": Dictionary(CA=0.5)}
    )
)
broken("multiplied", TRANSPARENT, 2, HERE)(state(b"0 0.5 0 0 k ", BM=Name.Multiply))


def smask(pdf: pikepdf.Pdf) -> Any:
    return image(pdf, ramp(60, 20), GRAY, 60, 20)


broken("a picture with a soft mask", TRANSPARENT, 2, HERE)(
    placed(lambda pdf: gray(SMask=smask(pdf))(pdf))
)
broken("a soft mask for what follows", TRANSPARENT, 2, HERE)(
    lambda pdf: paint(
        pdf, 2, b"/Fa gs 0 0.5 0 0 k " + AREA + b"f",
        ExtGState={"Fa": Dictionary(SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group(pdf)))},
    )
)  # fmt: skip


def group(pdf: pikepdf.Pdf, space: Any = Name.DeviceGray, content: bytes = b"") -> Any:
    kind = Dictionary(Type=Name.Group, S=Name.Transparency, CS=space)
    return form(pdf, content or b"0.5 g " + AREA + b"f", Group=kind)


broken("a group in a form", TRANSPARENT, 2)(
    lambda pdf: paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": group(pdf)})
)


@broken("a page that is a group", TRANSPARENT, 2)
def _(pdf: pikepdf.Pdf) -> None:
    kind = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
    pdf.pages[1].obj.Group = kind


# --- transparency that X-4 does not take either


@broken("X-4 that blends in RGB", "pdf.blend-space", 2, shop="x4")
def _(pdf: pikepdf.Pdf) -> None:
    kind = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
    pdf.pages[1].obj.Group = kind


@broken("X-4 with a group that blends in RGB", "pdf.blend-space", 2, shop="x4")
def _(pdf: pikepdf.Pdf) -> None:
    inner = group(pdf, Name.DeviceRGB, b"/Fa gs 0 0.5 0 0 k " + AREA + b"f")
    inner.Resources = Dictionary(ExtGState=Dictionary(Fa=Dictionary(ca=0.5)))
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": inner})


broken("X-4 with a blend mode nobody knows", "pdf.blend-mode", 2, HERE, shop="x4")(
    state(b"0 0.5 0 0 k ", BM=Name("/Dissolve"))
)
