"""Files with something unusual in them that is no fault: a judge that cries wolf is not listened to."""

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, String
from PIL import Image

from layout.house.profile import load_profile
from tests.preflight.good_base import HIGH, MARGIN, MM, base
from tests.preflight.spoiling import (
    add_resources,
    at,
    changed,
    content_of,
    form,
    image,
    line,
    paint,
    place_image,
    rect,
    separation,
    show,
    spelled,
)

HERE = (20.0, 125.0, 30.0, 10.0)
AREA = rect(*HERE)
TINT = b"0.6 0.3 0 0 k " + rect(15, 120, 80, 40) + b"f\n"
NEWS = "朝市の広場"
BARS = (b"1 0 0 0 k ", b"0 1 0 0 k ", b"0 0 1 0 k ", b"0 0 0 1 k ", b"1 1 1 1 k ", b"0.01 0 0 0 k ")


@dataclass(frozen=True)
class Sound:
    """A file that must pass without an error or a warning."""

    title: str
    make: Callable[[], bytes]
    shop: str


SOUND: list[Sound] = []


def sound(title: str, shop: str = "x1a", raw: bool = False) -> Callable[[Any], Any]:
    """The decorated function varies the open base file in place; ``raw``: takes and gives bytes."""

    def note(vary: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def make() -> bytes:
            made: bytes = vary(base(shop)) if raw else changed(base(shop), vary)
            return made

        SOUND.append(Sound(title, make, shop))
        return vary

    return note


# --- how the file is made


@sound("object streams in X-4", "x4", raw=True)
def _(data: bytes) -> bytes:
    made = changed(data, lambda pdf: None, object_stream_mode=ObjectStreamMode.generate)
    assert b"/ObjStm" in made
    return made


@sound("linearized", raw=True)
def _(data: bytes) -> bytes:
    return changed(data, lambda pdf: None, linearize=True)


@sound("an older version of PDF in X-4", "x4", raw=True)
def _(data: bytes) -> bytes:
    return data.replace(b"%PDF-1.6", b"%PDF-1.4", 1)


@sound("content in pieces that end anywhere")
def _(pdf: pikepdf.Pdf) -> None:
    words = content_of(pdf, 2).split(b" ")
    pieces = [b" ".join(words[n : n + 7]) for n in range(0, len(words), 7)]
    pdf.pages[1].obj.Contents = Array([pdf.make_stream(piece) for piece in pieces])


@sound("ASCII85 over deflate")
def _(pdf: pikepdf.Pdf) -> None:
    data = base64.a85encode(zlib.compress(content_of(pdf, 2))) + b"~>"
    stream = pikepdf.Stream(pdf, b"")
    stream.write(data, filter=Array([Name.ASCII85Decode, Name.FlateDecode]))
    pdf.pages[1].obj.Contents = stream


@sound("boxes inherited from the tree, and a rotation of 0")
def _(pdf: pikepdf.Pdf) -> None:
    tree: Any = pdf.Root.Pages
    tree.MediaBox, tree.Rotate = pdf.pages[0].obj.MediaBox, 0
    for page in pdf.pages:
        del page.obj["/MediaBox"]


@sound("resources inherited from the tree")
def _(pdf: pikepdf.Pdf) -> None:
    both = Dictionary()
    for page in pdf.pages:
        for category, entries in page.obj.Resources.items():
            if category != "/ProcSet":
                if category not in both:
                    both[category] = Dictionary()
                for key, value in entries.items():
                    both[category][key] = value
        del page.obj["/Resources"]
    tree: Any = pdf.Root.Pages
    tree.Resources = both


@sound("a sheet whose corner is not at zero, its boxes the wrong way round")
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
            x0, y0, x1, y1 = (float(v) for v in page.obj[key])
            page.obj[key] = Array([x1 - 100, y1 + 50, x0 - 100, y0 + 50])
        page.contents_add(pdf.make_stream(b"q 1 0 0 1 -100 50 cm\n"), prepend=True)
        page.contents_add(pdf.make_stream(b"\nQ"))


@sound("a CropBox as large as the sheet")
def _(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.CropBox = page.obj.MediaBox


# --- what it says


@sound("no metadata in X-1a")
def _(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


@sound("metadata in UTF-16")
def _(pdf: pikepdf.Pdf) -> None:
    held: Any = pdf.Root.Metadata
    held.write(held.read_bytes().decode().encode("utf-16"))


@sound("an output intent for archives beside the press's")
def _(pdf: pikepdf.Pdf) -> None:
    other = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1,
                       OutputConditionIdentifier=String("JC200103"))  # fmt: skip
    pdf.Root.OutputIntents.append(other)


@sound("X-1a with the profile of a press")
def _(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(load_profile().icc_path.read_bytes())
    stream.N = 4
    pdf.Root.OutputIntents[0].DestOutputProfile = stream


# --- colour


@sound("RGB that nobody paints with")
def _(pdf: pikepdf.Pdf) -> None:
    unused = image(pdf, bytes(30), Name.DeviceRGB, 5, 2)
    add_resources(pdf, 2, XObject={"Unused": unused}, ColorSpace={"Unused": Name.DeviceRGB})


@sound("black text that overprints a tint")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, TINT + show(pdf, NEWS, 9, 20, 130, before=b"/GSf gs 0 0 0 1 k "))


@sound("white text that knocks out of a tint")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, TINT + show(pdf, NEWS, 12, 20, 130, before=b"/GSn gs 0 0 0 0 k "))


@sound("a large area in rich black")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"0.3 0.15 0.15 1 k " + rect(15, 120, 80, 40) + b"f")


@sound("a large black title that knocks out")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, TINT + show(pdf, NEWS, 40, 20, 140, before=b"/GSn gs 0 0 0 1 k "))


@sound("black text on bare paper that knocks out")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, show(pdf, NEWS, 9, 20, 130, before=b"/GSn gs 0 0 0 1 k "))


@sound("an overprinting spot")
def _(pdf: pikepdf.Pdf) -> None:
    content = TINT + b"/GSb gs /Fa cs 1 scn " + AREA + b"f"
    paint(pdf, 2, content, ColorSpace={"Fa": separation("DIC 161")})


@sound("white in a spot's space that knocks out")
def _(pdf: pikepdf.Pdf) -> None:
    content = TINT + b"/GSn gs /Fa cs 0 scn " + AREA + b"f"
    paint(pdf, 2, content, ColorSpace={"Fa": separation("DIC 161")})


@sound("an indexed picture over CMYK")
def _(pdf: pikepdf.Pdf) -> None:
    table = String(bytes((0, 200, 50, 0, 90, 0, 0, 0)))
    space = Array([Name.Indexed, Name.DeviceCMYK, 1, table])
    made = image(pdf, bytes([0, 1] * 210) * 140, space, 420, 140)
    paint(pdf, 2, place_image(*HERE, "Varied"), XObject={"Varied": made})


@sound("CMYK by the long way")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"/DeviceCMYK cs 0.2 0.3 0 0 scn " + AREA + b"f")


@sound("black text that knocks out of gray")
def _(pdf: pikepdf.Pdf) -> None:
    gray = b"0 0 0 0.3 k " + rect(15, 120, 80, 40) + b"f "
    paint(pdf, 2, gray + show(pdf, NEWS, 9, 20, 130, before=b"/GSn gs 0 0 0 1 k "))


@sound("colour bars and small words beside the bleed")
def _(pdf: pikepdf.Pdf) -> None:
    bars = [ink + rect(20 + 6 * n, -10, 5, 5) + b"f " for n, ink in enumerate(BARS)]
    paint(pdf, 2, b"".join(bars) + show(pdf, NEWS, 4, 60, -6, before=b"/Registration cs 1 scn "))


@sound("a thumbnail in RGB")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Thumb = image(pdf, bytes(3 * 60 * 85), Name.DeviceRGB, 60, 85)


# --- type and lines


@sound("type of size 1 that Tm makes large")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, show(pdf, NEWS, 1, 20, 130, matrix=9, before=b"/GSf gs 0 0 0 1 k "))


@sound("a page drawn from the top downwards")
def _(pdf: pikepdf.Pdf) -> None:
    text = show(pdf, NEWS, 9, -MARGIN, HIGH + MARGIN)  # at the origin
    x, y = at(20, 130)
    text = text.replace(b" Tf 1 0 0 1 ", b" Tf 1 0 0 -1 ")
    paint(pdf, 2, b"/GSf gs 0 0 0 1 k 1 0 0 -1 %.4f %.4f cm " % (x, y) + text)


@sound("spaces only, near the trim")
def _(pdf: pikepdf.Pdf) -> None:
    font, codes = spelled(pdf, " ")
    paint(pdf, 2, b"BT /%s 9 Tf 1 0 0 1 %.4f %.4f Tm <%s> Tj ET" % (
        font.encode(), *at(0.5, 130), codes.encode()))  # fmt: skip


@sound("thick lines under a matrix that makes them thick enough")
def _(pdf: pikepdf.Pdf) -> None:
    x, y = at(20, 130)
    path = b"%.4f %.4f m %.4f %.4f l S" % (x / 10, y / 10, x / 10 + 9, y / 10)
    paint(pdf, 2, b"/GSb gs 0 0 0 1 K 10 0 0 10 0 0 cm 0.05 w " + path)


@sound("a line in the bleed and across the trim")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"0.8 0.4 0 0 K 1 w " + line(-3, 130, 126) + b"S")


@sound("letters that only clip a tint")
def _(pdf: pikepdf.Pdf) -> None:
    letters = show(pdf, NEWS, 30, 20, 140, before=b"7 Tr ")
    paint(pdf, 2, letters + b"0.8 0.4 0 0 k " + rect(15, 120, 80, 40) + b"f")


@sound("letters with an outline")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, show(pdf, NEWS, 30, 20, 140, before=b"2 Tr 0 0 0 0 k 0.8 0.4 0 0 K 1 w "))


# --- pictures and transparency


@sound("one pixel stretched to an area")
def _(pdf: pikepdf.Pdf) -> None:
    made = image(pdf, bytes((60, 20, 0, 0)), Name.DeviceCMYK, 1, 1)
    paint(pdf, 2, place_image(*HERE, "Varied"), XObject={"Varied": made})


@sound("a picture with PNG's predictors")
def _(pdf: pikepdf.Pdf) -> None:
    rows = b"".join(b"\x02" + bytes(1 for _ in range(420)) for _ in range(140))
    made = image(pdf, zlib.compress(rows), Name.DeviceGray, 420, 140, Filter=Name.FlateDecode,
                 DecodeParms=Dictionary(Predictor=15, Columns=420))  # fmt: skip
    paint(pdf, 2, place_image(*HERE, "Varied"), XObject={"Varied": made})


@sound("a progressive JPEG with words behind its end")
def _(pdf: pikepdf.Pdf) -> None:
    out = BytesIO()
    Image.linear_gradient("L").resize((420, 140)).save(out, "JPEG", progressive=True)
    data = out.getvalue() + b"\0\0\0"
    made = image(pdf, data, Name.DeviceGray, 420, 140, Filter=Name.DCTDecode)
    paint(pdf, 2, place_image(*HERE, "Varied"), XObject={"Varied": made})


@sound("line art of 1219 ppi")
def _(pdf: pikepdf.Pdf) -> None:
    made = image(pdf, b"\xaa" * 180 * 480, Name.DeviceGray, 1440, 480, 1)
    paint(pdf, 2, place_image(*HERE, "Varied"), XObject={"Varied": made})


@sound("a picture turned by a quarter")
def _(pdf: pikepdf.Pdf) -> None:
    made = image(pdf, bytes(range(140)) * 420, Name.DeviceGray, 140, 420)
    x, y = at(20, 135)
    matrix = b"q 0 %.4f %.4f 0 %.4f %.4f cm /Varied Do Q" % (10 * MM, -30 * MM, x + 30 * MM, y)
    paint(pdf, 2, matrix, XObject={"Varied": made})


@sound("a CMYK JPEG")
def _(pdf: pikepdf.Pdf) -> None:
    out = BytesIO()
    Image.new("CMYK", (420, 140), (80, 20, 0, 10)).save(out, "JPEG")
    made = image(pdf, out.getvalue(), Name.DeviceCMYK, 420, 140, Filter=Name.DCTDecode)
    made.Decode = Array([1, 0] * 4)
    paint(pdf, 2, place_image(*HERE, "Varied"), XObject={"Varied": made})


@sound("transparency in X-4", "x4")
def _(pdf: pikepdf.Pdf) -> None:
    kind = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
    pdf.pages[1].obj.Group = kind
    state = Dictionary(ca=0.5, BM=Name.Multiply)
    paint(pdf, 2, b"/Fa gs 0 0.5 0 0 k " + AREA + b"f", ExtGState={"Fa": state})


@sound("a JPEG 2000 picture in X-4", "x4")
def _(pdf: pikepdf.Pdf) -> None:
    out = BytesIO()
    Image.linear_gradient("L").resize((420, 140)).save(out, "JPEG2000")
    made = image(pdf, out.getvalue(), Name.DeviceGray, 420, 140, Filter=Name.JPXDecode)
    paint(pdf, 2, place_image(*HERE, "Varied"), XObject={"Varied": made})


@sound("states that say what is so anyway")
def _(pdf: pikepdf.Pdf) -> None:
    state = Dictionary(
        Type=Name.ExtGState, ca=1, CA=1, BM=Name.Normal, SMask=Name("/None"), TR2=Name.Default,
        HT=Name.Default, LW=1, SA=True,
    )  # fmt: skip
    paint(pdf, 2, b"/Fa gs 0 0.5 0 0 k " + AREA + b"f", ExtGState={"Fa": state})


# --- things beside the page


@sound("a link outside the bleed")
def _(pdf: pikepdf.Pdf) -> None:
    x, y = at(20, -6)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[x, y, x + 80, y + 8],
                      Border=[0, 0, 0])  # fmt: skip
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])


@sound("bookmarks, and a page to open at")
def _(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("市のきまり", 1))
    pdf.Root.PageMode = Name.UseOutlines


@sound("a form in a form in the page's colours")
def _(pdf: pikepdf.Pdf) -> None:
    inner = form(pdf, AREA + b"f")
    outer = form(pdf, b"/Inner Do")
    outer.Resources = Dictionary(XObject=Dictionary(Inner=inner))
    paint(pdf, 2, b"0 0.4 0 0 k /Varied Do", XObject={"Varied": outer})


@sound("marked content with tags")
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"/Span << /ActualText (a) /MCID 3 >> BDC 0 0.4 0 0 k " + AREA + b"f EMC")


@sound("fold marks in registration colour beside the bleed")
def _(pdf: pikepdf.Pdf) -> None:
    path = b"%.4f %.4f m %.4f %.4f l S" % (*at(60, -4), *at(60, -11))
    paint(pdf, 2, b"/Registration CS 1 SCN 0.3 w [3 2] 0 d " + path)
