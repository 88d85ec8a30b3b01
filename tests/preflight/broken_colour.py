"""Broken: colour spaces that are not a press's, inks, overprint."""

from collections.abc import Callable
from typing import Any

import pikepdf
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

from layout.house.profile import load_profile
from tests.built import edition_files
from tests.preflight.good_base import MM
from tests.preflight.spoiling import (
    SPOT_HERE,
    add_resources,
    as_it_is,
    changed,
    chapter,
    form,
    image,
    line,
    paint,
    place_image,
    rect,
    separation,
    show,
)

broken = chapter("colour and ink")

X1A = load_profile()
BOX = rect(*SPOT_HERE)
TINT = b"0.4 0.2 0 0 k " + rect(15, 120, 80, 40) + b"f\n"
NEAR = SPOT_HERE

Spoil = Callable[[pikepdf.Pdf], None]


def painted(content: bytes, **spaces: Any) -> Spoil:
    """Content over page 2; values are colour spaces, or functions of the file that give one."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        made = {key: each(pdf) if callable(each) else each for key, each in spaces.items()}
        paint(pdf, 2, content, ColorSpace=made)

    return spoil


# --- RGB, wherever it hides

broken("an area in DeviceRGB", "pdf.rgb", 2, NEAR)(painted(b"1 0 0 rg " + BOX + b"f"))
broken("a line in DeviceRGB", "pdf.rgb", 2, (20, 130, 40, 0))(
    painted(b"1 0 0 RG 1 w " + line(20, 130, 40) + b"S")
)
broken("RGB by the long way", "pdf.rgb", 2, NEAR)(
    painted(b"/DeviceRGB cs 0 0.4 0.6 scn " + BOX + b"f")
)


@broken("text in DeviceRGB", "pdf.rgb", 2, (20, 127.2, 15, 3.2))
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, show(pdf, "朝市の広場", 9, 20, 130, before=b"0 0 0 rg "))


def rgb_image(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    return image(pdf, bytes((200, 90, 30)) * 420 * 140, Name.DeviceRGB, 420, 140)


@broken("a picture in RGB", "pdf.rgb", 2, NEAR)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, place_image(*NEAR), XObject={"Faulty": rgb_image(pdf)})


@broken("RGB in a form", "pdf.rgb", 2, NEAR)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": form(pdf, b"0 0 1 rg " + BOX + b"f")})


@broken("RGB in a form in a form, moved", "pdf.rgb", 2, (40, 125, 30, 10))
def _(pdf: pikepdf.Pdf) -> None:
    inner = form(pdf, b"0 0 1 RG 0 0 1 rg " + BOX + b"f", Matrix=Array([1, 0, 0, 1, 28.3465, 0]))
    outer = form(pdf, b"q 1 0 0 1 28.3465 0 cm /Inner Do Q")
    outer.Resources = Dictionary(XObject=Dictionary(Inner=inner))
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": outer})


@broken("RGB in a tiling pattern", "pdf.rgb", 2, NEAR)
def _(pdf: pikepdf.Pdf) -> None:
    tile = pdf.make_stream(b"0 0.5 0 rg 0 0 4 4 re f")
    tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 6, 6]), 6, 6
    tile.Resources = Dictionary()
    paint(pdf, 2, b"/Pattern cs /Faulty scn " + BOX + b"f", Pattern={"Faulty": tile})


@broken("RGB in a letter of a Type 3 font", "pdf.rgb", 2, (20, 125, 5, 5), also=("pdf.font-type3",))
def _(pdf: pikepdf.Pdf) -> None:
    drawn = Dictionary(a=pdf.make_stream(b"10 0 d0 1 0 0 rg 0 0 10 10 re f"))
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 10, 10],
        FontMatrix=[0.1, 0, 0, 0.1, 0, 0], CharProcs=drawn, Resources=Dictionary(),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        FirstChar=97, LastChar=97, Widths=[10],
    )  # fmt: skip
    size = 5 * 72 / 25.4
    text = b"BT /Faulty %.4f Tf 1 0 0 1 %.4f %.4f Tm (a) Tj ET" % (size, *_at(20, 130))
    paint(pdf, 2, b"0 0 0 1 k " + text, Font={"Faulty": pdf.make_indirect(font)})


def _at(x: float, y: float) -> tuple[float, float]:
    from tests.preflight.spoiling import at

    return at(x, y)


def blend(space: Any, first: list[float], last: list[float]) -> Dictionary:
    x, y = _at(20, 130)
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=first, C1=last, N=1)
    return Dictionary(
        ShadingType=2, ColorSpace=space, Coords=[x, y, x + 85, y], Function=function
    )  # fmt: skip


@broken("a shading in RGB", "pdf.rgb", 2, NEAR)
def _(pdf: pikepdf.Pdf) -> None:
    shading = blend(Name.DeviceRGB, [1, 0, 0], [0, 0, 1])
    paint(pdf, 2, BOX + b"W n /Faulty sh", Shading={"Faulty": shading})


@broken("a pattern of a shading in RGB", "pdf.rgb", 2, NEAR)
def _(pdf: pikepdf.Pdf) -> None:
    shading = blend(Name.DeviceRGB, [1, 1, 0], [0, 0, 1])
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading)
    paint(pdf, 2, b"/Pattern cs /Faulty scn " + BOX + b"f", Pattern={"Faulty": pattern})


@broken("an inline picture in RGB", "pdf.rgb", 2, NEAR)
def _(pdf: pikepdf.Pdf) -> None:
    x, y = _at(20, 135)
    head = b"q 85.0394 0 0 28.3465 %.4f %.4f cm\nBI /W 400 /H 140 /BPC 8 /CS /RGB ID " % (x, y)
    paint(pdf, 2, head + bytes((90, 120, 30)) * 400 * 140 + b"\nEI Q")


@broken("an indexed picture over RGB", "pdf.rgb", 2, NEAR)
def _(pdf: pikepdf.Pdf) -> None:
    table = String(bytes((255, 0, 0, 0, 0, 255)))
    space = Array([Name.Indexed, Name.DeviceRGB, 1, table])
    made = image(pdf, bytes([0, 1] * 210) * 140, space, 420, 140)
    paint(pdf, 2, place_image(*NEAR), XObject={"Faulty": made})


# --- colours by measure


def profiled(pdf: pikepdf.Pdf, data: bytes, colours: int) -> Array:
    stream = pdf.make_stream(data)
    stream.N = colours
    return Array([Name.ICCBased, stream])


def srgb(pdf: pikepdf.Pdf) -> Array:
    return profiled(pdf, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), 3)


LAB = Array([Name.Lab, Dictionary(WhitePoint=[0.9642, 1, 0.8249], Range=[-128, 127, -128, 127])])
CAL_RGB = Array([Name.CalRGB, Dictionary(WhitePoint=[0.9505, 1, 1.089])])
CAL_GRAY = Array([Name.CalGray, Dictionary(WhitePoint=[0.9505, 1, 1.089], Gamma=2.2)])

broken("RGB with a profile", "pdf.rgb", 2, NEAR)(
    painted(b"/Fa cs 0.8 0.2 0.1 scn " + BOX + b"f", Fa=srgb)
)
broken("Lab in X-1a", "pdf.lab", 2, NEAR)(painted(b"/Fa cs 50 30 20 scn " + BOX + b"f", Fa=LAB))
broken("CalRGB in X-1a", "pdf.rgb", 2, NEAR)(
    painted(b"/Fa cs 0.2 0.5 0.1 scn " + BOX + b"f", Fa=CAL_RGB)
)
broken("CalGray in X-1a", "pdf.icc", 2, NEAR)(painted(b"/Fa cs 0.5 scn " + BOX + b"f", Fa=CAL_GRAY))
broken("CMYK with a profile in X-1a", "pdf.icc", 2, NEAR)(
    painted(
        b"/Fa cs 0.2 0.5 0.1 0 scn " + BOX + b"f",
        Fa=lambda pdf: profiled(pdf, X1A.icc_path.read_bytes(), 4),
    )
)
broken("DeviceRGB in X-4", "pdf.rgb", 2, NEAR, shop="x4")(painted(b"0.5 0 1 rg " + BOX + b"f"))

# --- spots

broken("a spot colour where none is taken", "pdf.spot", 2, NEAR, profile=replace(X1A, spots=False))(
    painted(b"/Fa cs 1 scn " + BOX + b"f", Fa=separation("DIC 161"))
)
broken("one spot colour spelt in two ways", "pdf.spot-names", 2)(
    painted(
        b"/Fa cs 1 scn " + BOX + b"f /Fb cs 1 scn " + rect(60, 125, 10, 10) + b"f",
        Fa=separation("DIC 161"),
        Fb=separation("DIC161"),
    )
)
broken("a spot colour of two different looks", "pdf.spot-looks", 2)(
    painted(
        b"/Fa cs 1 scn " + BOX + b"f /Fb cs 1 scn " + rect(60, 125, 10, 10) + b"f",
        Fa=separation("DIC 161"),
        Fb=separation("DIC 161", full=(1, 0.2, 0, 0)),
    )
)
broken("registration colour on the page", "pdf.registration", 2, NEAR)(
    painted(b"/Registration cs 1 scn " + BOX + b"f")
)
broken("a spot colour whose look is RGB", "pdf.rgb", 2, NEAR)(
    painted(b"/Fa cs 1 scn " + BOX + b"f", Fa=separation("DIC 161", Name.DeviceRGB, (1, 0.3, 0)))
)


@broken("mixed inks whose look is Lab", "pdf.lab", 2, NEAR)
def _(pdf: pikepdf.Pdf) -> None:
    program = pdf.make_stream(b"{ pop 100 mul 20 30 }")
    program.FunctionType, program.Domain = 4, Array([0, 1, 0, 1])
    program.Range = Array([0, 100, -128, 127, -128, 127])
    names = Array([Name("/DIC 161"), Name.Black])
    space = Array([Name.DeviceN, names, LAB, program])
    paint(pdf, 2, b"/Fa cs 0.7 0.2 scn " + BOX + b"f", ColorSpace={"Fa": space})


@broken("colour in the mono edition", "pdf.not-gray", 1, (20, 125, 30, 10), raw=True,
        profile=load_profile("mono"))  # fmt: skip
def _(_: bytes) -> bytes:
    (_, data), = edition_files("tate-shimbun", "mono")  # fmt: skip
    box = (20 * MM, (297 - 135) * MM, 30 * MM, 10 * MM)
    return changed(data, lambda pdf: paint(pdf, 1, b"0 1 0 0 k %.4f %.4f %.4f %.4f re f" % box))


# --- black and white


@broken(
    "small black text cuts holes into a tint", "pdf.knockout", 2, (20, 127.2, 15, 3.2), warns=True
)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, TINT + show(pdf, "朝市の広場", 9, 20, 130, before=b"0 0 0 1 k "))


@broken(
    "black overprint in the mode that knocks out",
    "pdf.overprint-mode",
    2,
    (20, 127.2, 15, 3.2),
    warns=True,
)
def _(pdf: pikepdf.Pdf) -> None:
    state = Dictionary(OP=True, op=True, OPM=0)
    text = show(pdf, "朝市の広場", 9, 20, 130, before=b"/Fa gs 0 0 0 1 k ")
    paint(pdf, 2, TINT + text, ExtGState={"Fa": state})


@broken("gray text that cannot overprint", "pdf.knockout", 2, (20, 127.2, 15, 3.2), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    text = show(pdf, "朝市の広場", 9, 20, 130, before=b"/GSb gs 0 g ")
    paint(pdf, 2, TINT + text)


broken("white that overprints", "pdf.white-overprint", 2, NEAR)(
    painted(TINT + b"/GSb gs 0 0 0 0 k " + BOX + b"f")
)


@broken("white text that overprints", "pdf.white-overprint", 2, (20, 125.7, 24.7, 4.9))
def _(pdf: pikepdf.Pdf) -> None:
    text = show(pdf, "朝市の広場", 14, 20, 130, before=b"/GSf gs 0 g 0 0 0 0 k ")
    paint(pdf, 2, TINT + text)


@broken("text in rich black", "pdf.text-rich-black", 2, (20, 127.2, 15, 3.2), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    text = show(pdf, "朝市の広場", 9, 20, 130, before=b"0.4 0.3 0.3 1 k ")
    paint(pdf, 2, text)


@broken("small text in four colours", "pdf.text-inks", 2, (20, 127.5, 14.1, 2.8), warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    text = show(pdf, "朝市の広場", 8, 20, 130, before=b"0.5 0.6 0.4 0.2 k ")
    paint(pdf, 2, text)


@broken("text in registration colour", "pdf.text-registration", 2, (20, 127.2, 15, 3.2))
def _(pdf: pikepdf.Pdf) -> None:
    text = show(pdf, "朝市の広場", 9, 20, 130, before=b"/Registration cs 1 scn ")
    paint(pdf, 2, text)


# --- amounts of ink

broken("380 % of ink in an area", "pdf.ink", 2, NEAR)(
    painted(b"0.95 0.95 0.95 0.95 k " + BOX + b"f")
)
broken("320 % of ink in an area", "pdf.ink", 2, NEAR, warns=True)(
    painted(b"0.8 0.8 0.8 0.8 k " + BOX + b"f")
)
broken("a tint of 1 %", "pdf.tint", 2, NEAR, warns=True)(painted(b"0.01 0 0 0 k " + BOX + b"f"))
broken("a spot tint of 2 %", "pdf.tint", 2, NEAR, warns=True)(
    painted(b"/Fa cs 0.02 scn " + BOX + b"f", Fa=separation("DIC 161"))
)


# --- what only some shops mind


broken("thin lines in four colours", "pdf.line-inks", 2, (20, 130, 40, 0), warns=True)(
    painted(b"0.6 0.5 0.4 0.2 K 0.5 w " + line(20, 130, 40) + b"S")
)
broken("overprint for a shop that sets it itself", "pdf.overprint-unwanted", 1, notes=True,
       profile=load_profile("graphic"))(as_it_is)  # fmt: skip


@broken("more mixed inks than PDF 1.3 knows", "pdf.inks-many", 2, NEAR)
def _(pdf: pikepdf.Pdf) -> None:
    names = [f"DIC {number}" for number in range(101, 110)]
    program = pdf.make_stream(b"{" + b" pop" * 8 + b" 0 exch 0 exch 0 exch }")
    program.FunctionType, program.Domain = 4, Array([0, 1] * 9)
    program.Range = Array([0, 1] * 4)
    space = Array([Name.DeviceN, Array([Name("/" + n) for n in names]), Name.DeviceCMYK, program])
    paint(pdf, 2, b"/Fa cs" + b" 0.2" * 9 + b" scn " + BOX + b"f", ColorSpace={"Fa": space})


@broken("a default space that recolours all CMYK", "pdf.icc", 2)
def _(pdf: pikepdf.Pdf) -> None:
    space = profiled(pdf, X1A.icc_path.read_bytes(), 4)
    add_resources(pdf, 2, ColorSpace={"DefaultCMYK": space})


@broken("a colour picture in the mono edition", "pdf.not-gray-picture", 1, (20, 125, 30, 10),
        raw=True, warns=True, profile=load_profile("mono"))  # fmt: skip
def _(_: bytes) -> bytes:
    def spoil(pdf: pikepdf.Pdf) -> None:
        made = image(pdf, bytes((90, 40, 0, 10)) * 420 * 140, Name.DeviceCMYK, 420, 140)
        at_place = b"q %.4f 0 0 %.4f %.4f %.4f cm /Faulty Do Q" % (
            30 * MM, 10 * MM, 20 * MM, (297 - 135) * MM,
        )  # fmt: skip
        paint(pdf, 1, at_place, XObject={"Faulty": made})

    ((_, data),) = edition_files("tate-shimbun", "mono")
    return changed(data, spoil)
