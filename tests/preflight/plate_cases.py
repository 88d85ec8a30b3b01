"""Small pages, each with one thing that is hard to separate, and what every plate must show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

SIDE = 40.0
GROUND = b"0.5 0.4 0.3 0.2 k 0 0 40 40 re f\n"
ON_GROUND = {"Cyan": 0.5, "Magenta": 0.4, "Yellow": 0.3, "Black": 0.2}
BLOCK = b"10 10 20 20 re f\n"
OVER = {
    "/Over": Dictionary(OP=True, op=True, OPM=1),
    "/OverZero": Dictionary(OP=True, op=True, OPM=0),
    "/OverOP": Dictionary(OP=True, OPM=1),
    "/OverFillOff": Dictionary(OP=True, op=False, OPM=1),
}
# Kept from the other pages: Ghostscript treats pages that may be transparent in another way.
BLENDS = {"/Half": Dictionary(ca=0.5), "/Mult": Dictionary(BM=Name.Multiply)}

Make = Callable[[pikepdf.Pdf], Mapping[str, Any]]


@dataclass(frozen=True)
class Case:
    """``content`` is painted on the ground; ``expected`` are the tints in the middle of the page."""

    name: str
    content: bytes
    expected: Mapping[str, float]
    resources: Make = field(default=lambda pdf: {})
    ground: bytes = GROUND


def plates(c: float, m: float, y: float, k: float, **spots: float) -> dict[str, float]:
    """Tints of all plates."""
    return {"Cyan": c, "Magenta": m, "Yellow": y, "Black": k, **spots}


def tint_function(pdf: pikepdf.Pdf, *full: float) -> Any:
    return Dictionary(
        FunctionType=2,
        Domain=[0, 1],
        C0=[0] * len(full),
        C1=list(full),
        N=1,
        Range=[0, 1] * len(full),
    )


def separation(pdf: pikepdf.Pdf, name: str) -> Any:
    return Array(
        [Name.Separation, Name("/" + name), Name.DeviceCMYK, tint_function(pdf, 0, 0.6, 1, 0)]
    )


def device_n(pdf: pikepdf.Pdf, *names: str) -> Any:
    program = b"{" + b" pop" * (len(names) - 1) + b" 0 exch 0 exch 0 exch }"
    stream = pdf.make_stream(program)
    stream.FunctionType = 4
    stream.Domain = Array([0, 1] * len(names))
    stream.Range = Array([0, 1] * 4)
    return Array([Name.DeviceN, Array([Name("/" + n) for n in names]), Name.DeviceCMYK, stream])


def spaces(**made: tuple[str, ...]) -> Make:
    """Named colour spaces: one ink is a Separation, several are a DeviceN."""

    def make(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        return {
            "ColorSpace": Dictionary(
                {
                    "/" + key: separation(pdf, names[0])
                    if len(names) == 1
                    else device_n(pdf, *names)
                    for key, names in made.items()
                }
            )
        }

    return make


def image(
    data: bytes, space: Any, wide: int = 2, bits: int = 8, *, decode: Any = None, filters: Any = None,
    extra: Mapping[str, Any] | None = None,
) -> Make:  # fmt: skip
    """An image of ``wide`` × ``wide`` pixels under the name Im; ``space`` may be a function of the file."""

    def make(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        stream = pdf.make_stream(data)
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        stream.Width = stream.Height = wide
        stream.BitsPerComponent = bits
        if space is not None:
            stream.ColorSpace = space(pdf) if callable(space) else space
        if decode is not None:
            stream.Decode = Array(decode)
        if filters is not None:
            stream.Filter = filters
        for key, value in (extra or {}).items():
            stream[key] = value(pdf) if callable(value) else value
        return {"XObject": Dictionary(Im=stream)}

    return make


SHOW = b"q 20 0 0 20 10 10 cm /Im Do Q\n"


def cmyk_jpeg(tint: tuple[int, int, int, int]) -> bytes:
    """A JPEG as Photoshop writes it: Adobe mark, inverted (Pillow does the same)."""
    out = BytesIO()
    Image.new("CMYK", (16, 16), tint).save(out, "JPEG", quality=100)
    return out.getvalue()


def form(content: bytes, **keys: Any) -> Make:
    """A form under the name Fm that takes the page's states."""

    def make(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        stream = pdf.make_stream(content)
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([0, 0, 40, 40])
        stream.Resources = Dictionary(ExtGState=Dictionary(OVER))
        for key, value in keys.items():
            stream["/" + key] = value
        return {"XObject": Dictionary(Fm=stream)}

    return make


def axial(space: Callable[[pikepdf.Pdf], Any], first: list[float], last: list[float]) -> Make:
    """A shading Sh, and a pattern Pa of it, from left to right."""

    def make(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        function = Dictionary(FunctionType=2, Domain=[0, 1], C0=first, C1=last, N=1)
        shading = Dictionary(ShadingType=2, ColorSpace=space(pdf), Coords=[0, 0, 40, 0],
                             Function=function, Extend=[True, True])  # fmt: skip
        return {
            "Shading": Dictionary(Sh=shading),
            "Pattern": Dictionary(Pa=Dictionary(PatternType=2, Shading=shading)),
        }

    return make


def tile(content: bytes, paint: int) -> Make:
    """A tiling pattern Pa."""

    def make(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        stream = pdf.make_stream(content)
        stream.Type, stream.PatternType = Name.Pattern, 1
        stream.PaintType, stream.TilingType = paint, 1
        stream.BBox = Array([0, 0, 40, 40])
        stream.XStep = stream.YStep = 40
        stream.Resources = Dictionary()
        return {
            "Pattern": Dictionary(Pa=stream),
            "ColorSpace": Dictionary(Under=Array([Name.Pattern, Name.DeviceCMYK])),
        }

    return make


def mesh(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
    """A triangle mesh of one flat colour."""
    vertex = [bytes([0, x, y, 51, 102, 153, 204]) for x, y in ((0, 0), (255, 0), (0, 255))]
    stream = pdf.make_stream(b"".join(vertex))
    stream.ShadingType, stream.ColorSpace = 4, Name.DeviceCMYK
    stream.BitsPerCoordinate = stream.BitsPerComponent = stream.BitsPerFlag = 8
    stream.Decode = Array([0, 80, 0, 80, 0, 1, 0, 1, 0, 1, 0, 1])
    return {"Shading": Dictionary(Sh=stream)}


def drawn_font(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
    """A font of two drawings: one takes the text's colour, the other has its own."""
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 10, 10], FontMatrix=[0.1, 0, 0, 0.1, 0, 0],
        CharProcs=Dictionary(
            square=pdf.make_stream(b"10 0 0 0 10 10 d1 0 0 10 10 re f"),
            tinted=pdf.make_stream(b"10 0 d0 0 1 0 0 k 0 0 10 10 re f"),
        ),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.square, Name.tinted])),
        FirstChar=97, LastChar=98, Widths=[10, 10], Resources=Dictionary(),
    )  # fmt: skip
    return {"Font": Dictionary(T3=pdf.make_indirect(font))}


def helvetica(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
    return {
        "Font": Dictionary(
            He=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"))
        )
    }


def indexed(pdf: pikepdf.Pdf) -> Any:
    table = bytes((0, 0, 0, 0, 51, 102, 153, 204))
    return Array([Name.Indexed, Name.DeviceCMYK, 1, pikepdf.String(table)])


def indexed_spot(pdf: pikepdf.Pdf) -> Any:
    return Array([Name.Indexed, separation(pdf, "Gold"), 1, pikepdf.String(bytes((0, 204)))])


def icc_cmyk(pdf: pikepdf.Pdf) -> Any:
    from layout.house.profile import load_profile

    stream = pdf.make_stream(load_profile().icc_path.read_bytes())
    stream.N = 4
    return Array([Name.ICCBased, stream])


def smask(pdf: pikepdf.Pdf) -> Any:
    stream = pdf.make_stream(b"\x80")
    stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    stream.Width = stream.Height = 1
    stream.BitsPerComponent = 8
    return stream


INLINE = b"q 20 0 0 20 10 10 cm BI /W 1 /H 1 /CS /CMYK /BPC 8 /F /AHx ID 336699cc> EI Q\n"
TEXT = b"BT /He 60 Tf 1 0 0 1 10 2 Tm (I) Tj ET\n"
PIXEL = bytes((51, 102, 153, 204))  # 20, 40, 60, 80 percent
TINTED = plates(0.2, 0.4, 0.6, 0.8)

CASES = (
    Case("ground", b"", ON_GROUND),
    Case("knock out", b"0 0 0 1 k\n" + BLOCK, plates(0, 0, 0, 1)),
    Case("overprint, mode 1", b"/Over gs 0 0 0 1 k\n" + BLOCK, plates(0.5, 0.4, 0.3, 1)),
    Case("overprint, mode 1, two inks", b"/Over gs 0 0.9 0 0.1 k\n" + BLOCK, plates(0.5, 0.9, 0.3, 0.1)),
    Case("overprint, mode 0 knocks out", b"/OverZero gs 0 0 0 1 k\n" + BLOCK, plates(0, 0, 0, 1)),
    Case("OP alone is for fills too", b"/OverOP gs 0 0 0 1 k\n" + BLOCK, plates(0.5, 0.4, 0.3, 1)),
    Case("op false", b"/OverFillOff gs 0 0 0 1 k\n" + BLOCK, plates(0, 0, 0, 1)),
    Case("OP of strokes", b"/OverFillOff gs 0 0 0 1 K 20 w 10 20 m 30 20 l S\n", plates(0.5, 0.4, 0.3, 1)),
    Case("state is restored", b"q /Over gs Q 0 0 0 1 k\n" + BLOCK, plates(0, 0, 0, 1)),
    Case("gray knocks out under overprint", b"/Over gs 0 g\n" + BLOCK, plates(0, 0, 0, 1)),
    Case("white knocks out", b"0 0 0 0 k\n" + BLOCK, plates(0, 0, 0, 0)),
    Case("white overprint vanishes", b"/Over gs 0 0 0 0 k\n" + BLOCK, ON_GROUND),
    Case("fill and stroke", b"/OverFillOff gs 0 0 0 1 K 0 1 0 0 k 4 w 10 10 20 20 re B\n", plates(0, 1, 0, 0)),
    Case("a path that only clips", b"q 0 0 5 5 re W n 0 0 0 1 k\n" + BLOCK + b"Q\n", ON_GROUND),
    Case("an unpainted path still clips",
         b"q /Over gs 0 0 0 1 k 0 0 40 40 re W f 0 1 0 0 k\n" + BLOCK + b"Q\n", plates(0.5, 1, 0.3, 1)),
    Case("separation knocks out", b"/Sp cs 0.7 scn\n" + BLOCK, plates(0, 0, 0, 0, Gold=0.7), spaces(Sp=("Gold",))),
    Case("separation overprints", b"/Over gs /Sp cs 0.7 scn\n" + BLOCK, {**ON_GROUND, "Gold": 0.7}, spaces(Sp=("Gold",))),
    Case("a spot begins as a solid", b"/Sp cs\n" + BLOCK, plates(0, 0, 0, 0, Gold=1), spaces(Sp=("Gold",))),
    Case("process knocks out a spot", b"/Sp cs 1 scn 0 0 40 40 re f 0 0 0 1 k\n" + BLOCK,
         plates(0, 0, 0, 1, Gold=0), spaces(Sp=("Gold",))),
    Case("process overprints a spot", b"/Sp cs 1 scn 0 0 40 40 re f /OverZero gs 0 0 0 1 k\n" + BLOCK,
         plates(0, 0, 0, 1, Gold=1), spaces(Sp=("Gold",))),
    Case("separation black", b"/Over gs /Sp cs 1 scn\n" + BLOCK, plates(0.5, 0.4, 0.3, 1), spaces(Sp=("Black",))),
    Case("separation all", b"/Sp cs 0.6 scn\n" + BLOCK, plates(0.6, 0.6, 0.6, 0.6), spaces(Sp=("All",))),
    Case("separation none", b"/Sp cs 1 scn\n" + BLOCK, ON_GROUND, spaces(Sp=("None",))),
    Case("DeviceN of process inks overprints with zero",
         b"/Over gs /Sp cs 0 0.9 scn\n" + BLOCK, plates(0, 0.4, 0.3, 0.9), spaces(Sp=("Cyan", "Black"))),
    Case("DeviceN with a spot", b"/Sp cs 0.3 0.8 scn\n" + BLOCK, plates(0, 0.3, 0, 0, Gold=0.8), spaces(Sp=("Magenta", "Gold"))),
    Case("CMYK image", SHOW, TINTED, image(PIXEL * 4, Name.DeviceCMYK)),
    Case("CMYK image, overprint is not for images", b"/Over gs\n" + SHOW,
         plates(0, 0, 0, 0.8), image(bytes((0, 0, 0, 204)) * 4, Name.DeviceCMYK)),
    Case("CMYK image with Decode", SHOW, plates(0.8, 0.6, 0.4, 0.2),
         image(PIXEL * 4, Name.DeviceCMYK, decode=[1, 0] * 4)),
    Case("CMYK image of 4 bits", SHOW, TINTED, image(bytes((0x36, 0x9C)) * 4, Name.DeviceCMYK, bits=4)),
    Case("CMYK image of 16 bits", SHOW, TINTED,
         image(b"\x33\x33\x66\x66\x99\x99\xcc\xcc" * 4, Name.DeviceCMYK, bits=16)),
    Case("CMYK JPEG with Adobe's mark and Decode", SHOW, TINTED,
         image(cmyk_jpeg((51, 102, 153, 204)), Name.DeviceCMYK, 16, filters=Name.DCTDecode, decode=[1, 0] * 4)),
    Case("CMYK JPEG with Adobe's mark alone", SHOW, plates(0.8, 0.6, 0.4, 0.2),
         image(cmyk_jpeg((51, 102, 153, 204)), Name.DeviceCMYK, 16, filters=Name.DCTDecode)),
    Case("ICC CMYK image", SHOW, TINTED, image(PIXEL * 4, icc_cmyk)),
    Case("gray image", SHOW, plates(0, 0, 0, 0.8), image(bytes((51,)) * 4, Name.DeviceGray)),
    Case("1-bit image", SHOW, plates(0, 0, 0, 1), image(b"\0\0", Name.DeviceGray, bits=1)),
    Case("1-bit image with Decode", SHOW, plates(0, 0, 0, 0), image(b"\0\0", Name.DeviceGray, bits=1, decode=[1, 0])),
    Case("indexed image", SHOW, TINTED, image(b"\xff\xff", indexed, bits=1)),
    Case("indexed spot image over what is there", b"/Over gs\n" + SHOW, {**ON_GROUND, "Gold": 0.8}, image(b"\xff\xff", indexed_spot, bits=1)),
    Case("separation image", SHOW, plates(0, 0, 0, 0, Gold=0.4), image(bytes((102,)) * 4, lambda pdf: separation(pdf, "Gold"))),
    Case("DeviceN image", SHOW, plates(0, 0.2, 0, 0, Gold=0.6), image(bytes((51, 153)) * 4, lambda pdf: device_n(pdf, "Magenta", "Gold"))),
    Case("stencil", b"/Over gs 0 0 0 1 k\n" + SHOW, plates(0.5, 0.4, 0.3, 1),
         image(b"\0\0", None, bits=1, extra={"/ImageMask": True})),
    Case("image with a soft mask", SHOW, plates(0.35, 0.4, 0.45, 0.5), image(PIXEL * 4, Name.DeviceCMYK, extra={"/SMask": smask})),
    Case("image hidden by a colour key", SHOW, ON_GROUND,
         image(PIXEL * 4, Name.DeviceCMYK, extra={"/Mask": Array([51, 51, 102, 102, 153, 153, 204, 204])})),
    Case("inline image", INLINE, TINTED),
    Case("form", b"0 0 0 1 k /Fm Do\n", plates(0, 0, 0, 1), form(BLOCK)),
    Case("form inherits overprint", b"/Over gs 0 0 0 1 k /Fm Do\n", plates(0.5, 0.4, 0.3, 1), form(BLOCK)),
    Case("form does not leak", b"/Fm Do 0 0 0 1 k\n" + BLOCK, plates(0, 0, 0, 1), form(b"/Over gs 0 1 0 0 k\n")),
    Case("shading", b"q 10 10 20 20 re W n /Sh sh Q\n", plates(0.5, 0.25, 0, 0.1),
         axial(lambda pdf: Name.DeviceCMYK, [0, 0, 0, 0], [1, 0.5, 0, 0.2])),
    Case("shading pattern in a spot", b"/Pattern cs /Pa scn\n" + BLOCK, plates(0, 0, 0, 0, Gold=0.5),
         axial(lambda pdf: separation(pdf, "Gold"), [0], [1])),
    Case("shading pattern in a spot overprints", b"/Over gs /Pattern cs /Pa scn\n" + BLOCK, {**ON_GROUND, "Gold": 0.5},
         axial(lambda pdf: separation(pdf, "Gold"), [0], [1])),
    Case("mesh", b"q 10 10 20 20 re W n /Sh sh Q\n", TINTED, mesh),
    Case("coloured tiles", b"/Pattern cs /Pa scn\n" + BLOCK, TINTED, tile(b"0.2 0.4 0.6 0.8 k 0 0 40 40 re f", 1)),
    Case("uncoloured tiles", b"/Under cs 0.2 0.4 0.6 0.8 /Pa scn\n" + BLOCK, TINTED, tile(b"0 0 40 40 re f", 2)),
    Case("plain colour after a pattern", b"/Pattern cs /Pa scn 0 1 0 0 k\n" + BLOCK, plates(0, 1, 0, 0), tile(b"0 0 40 40 re f", 1)),
    Case("text overprints", b"/Over gs 0 0 0 1 k\n" + TEXT, plates(0.5, 0.4, 0.3, 1), helvetica),
    Case("text knocks out", b"0 0 0 1 k\n" + TEXT, plates(0, 0, 0, 1), helvetica),
    Case("white text over overprinted text", b"/Over gs 0 0 0 1 k\n" + TEXT + b"/OverFillOff gs 0 0 0 0 k\n" + TEXT, plates(0, 0, 0, 0), helvetica),
    Case("text clips where it is not painted",
         b"q /Over gs 0 0 0 1 k BT /He 60 Tf 4 Tr 1 0 0 1 10 2 Tm (I) Tj ET 0 1 0 0 k 0 0 40 40 re f Q\n", plates(0.5, 1, 0.3, 1), helvetica),
    Case("drawn letters", b"0 0 0 1 k BT /T3 20 Tf 10 10 Td (a) Tj ET\n", plates(0, 0, 0, 1), drawn_font),
    Case("drawn letters overprint", b"/Over gs 0 0 0 1 k BT /T3 20 Tf 10 10 Td (a) Tj ET\n", plates(0.5, 0.4, 0.3, 1), drawn_font),
    Case("half transparent", b"/Half gs 0 0 0 1 k\n" + BLOCK, plates(0.25, 0.2, 0.15, 0.6)),
    Case("multiplied", b"/Mult gs 0.5 0 0 0.5 k\n" + BLOCK, plates(0.75, 0.4, 0.3, 0.6)),
    Case("drawn letters with their own colour", b"0 0 0 1 k BT /T3 20 Tf 10 10 Td (b) Tj ET\n", plates(0, 1, 0, 0), drawn_font),
)  # fmt: skip


def make_file(cases: tuple[Case, ...] = CASES) -> bytes:
    """All cases in one file, a page each."""
    pdf = pikepdf.new()
    for case in cases:
        page = pdf.add_blank_page(page_size=(SIDE, SIDE))
        entries = {"/" + key: value for key, value in case.resources(pdf).items()}
        page.Resources = Dictionary(entries)
        blends = {name: state for name, state in BLENDS.items() if name.encode() in case.content}
        page.Resources.ExtGState = Dictionary(OVER | blends)
        page.Contents = pdf.make_stream(case.ground + case.content)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()
