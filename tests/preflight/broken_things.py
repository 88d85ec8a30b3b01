"""Broken: what does not belong on a press: links, scripts, attachments, device settings, bad content."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.preflight.spoiling import at, chapter, form, paint, rect

broken = chapter("what no press prints")

HERE = (20.0, 125.0, 30.0, 10.0)
AREA = b"0.4 0.2 0 0 k " + rect(*HERE) + b"f"


def corners(x: float, y: float, wide: float, high: float) -> Array:
    return Array([round(v, 4) for v in (*at(x, y + high), *at(x + wide, y))])


def annotated(pdf: pikepdf.Pdf, page: int, **entries: Any) -> Any:
    made = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=corners(*HERE), **entries))
    pdf.pages[page - 1].obj.Annots = Array([made])
    return made


# --- things for the screen


@broken("a link on the page", "pdf.annotation", 2, HERE)
def _(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://asaichi.example.jp/"))
    annotated(pdf, 2, Subtype=Name.Link, Border=[0, 0, 0], A=action)


@broken("a note stuck on the page", "pdf.annotation", 1, HERE)
def _(pdf: pikepdf.Pdf) -> None:
    annotated(pdf, 1, Subtype=Name.Text, Contents=String("色を直す"))


@broken("a form field", "pdf.form", 2, also=("pdf.annotation",))
def _(pdf: pikepdf.Pdf) -> None:
    field = annotated(pdf, 2, Subtype=Name.Widget, FT=Name.Tx, T=String("名前"), F=4)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


@broken("a script that runs when it is opened", "pdf.action")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))


@broken("a script by name", "pdf.action")
def _(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("1"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


@broken("an action when the page is turned to", "pdf.action", 2)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


@broken("a file within the file", "pdf.attachment")
def _(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(
        pdf, b"words", filename="a.txt", creation_date="D:20260401000000Z", mod_date="D:20260401000000Z"
    )  # fmt: skip


@broken("layers in X-1a", "pdf.layers", 2)
def _(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("案")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(Order=Array([layer]), ON=Array([layer]))
    )
    content = b"/OC /Layer BDC " + AREA + b" EMC"
    paint(pdf, 2, content, Properties={"Layer": layer})


@broken("a layer that is switched off in X-4", "pdf.layer-hidden", shop="x4", warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("案")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]),
        D=Dictionary(Name=String("a"), Order=Array([layer]), OFF=Array([layer])),
    )
    paint(pdf, 2, b"/OC /Layer BDC " + AREA + b" EMC", Properties={"Layer": layer})


@broken("layers that switch themselves in X-4", "pdf.layers-automatic", shop="x4")
def _(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("案")))
    rule = Dictionary(Event=Name.Print, Category=Array([Name.Print]), OCGs=Array([layer]))
    usual = Dictionary(Name=String("a"), Order=Array([layer]), AS=Array([rule]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=usual)
    paint(pdf, 2, b"/OC /Layer BDC " + AREA + b" EMC", Properties={"Layer": layer})


@broken("layers without a usual state in X-4", "pdf.layers-usual", shop="x4")
def _(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("案")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]))
    paint(pdf, 2, b"/OC /Layer BDC " + AREA + b" EMC", Properties={"Layer": layer})


# --- things for another device


@broken("a PostScript XObject", "pdf.postscript", 2)
def _(pdf: pikepdf.Pdf) -> None:
    made = pdf.make_stream(b"/Times-Roman findfont pop")
    made.Type, made.Subtype = Name.XObject, Name.PS
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": made})


@broken("PostScript in the guise of a form", "pdf.postscript", 2)
def _(pdf: pikepdf.Pdf) -> None:
    made = form(pdf, AREA, Subtype2=Name.PS, PS=pdf.make_stream(b"1 pop"))
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": made})


@broken("a page of another file by reference", "pdf.reference", 2)
def _(pdf: pikepdf.Pdf) -> None:
    target = Dictionary(F=Dictionary(Type=Name.Filespec, F=String("other.pdf")), Page=0)
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": form(pdf, AREA, Ref=target)})


@broken("an older OPI comment in a form", "pdf.opi", 2)
def _(pdf: pikepdf.Pdf) -> None:
    opi = Dictionary({"/1.3": Dictionary(Type=Name.OPI, Version=1.3, F=String("photo.tif"))})
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": form(pdf, AREA, OPI=opi)})


def setting(pdf: pikepdf.Pdf, **entries: Any) -> None:
    paint(pdf, 2, b"/Fa gs " + AREA, ExtGState={"Fa": Dictionary(**entries)})


def curve() -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)


@broken("a transfer curve", "pdf.transfer", 2)
def _(pdf: pikepdf.Pdf) -> None:
    setting(pdf, TR=curve())


@broken("transfer curves, one a plate", "pdf.transfer", 2)
def _(pdf: pikepdf.Pdf) -> None:
    setting(pdf, TR2=Array([curve(), curve(), curve(), Name.Identity]))


@broken("a halftone of its own", "pdf.halftone", 2)
def _(pdf: pikepdf.Pdf) -> None:
    screen = Dictionary(HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round,
                        HalftoneName=String("coarse"))  # fmt: skip
    setting(pdf, HT=screen)


@broken("transfer curves hidden in a halftone", "pdf.halftone", 2)
def _(pdf: pikepdf.Pdf) -> None:
    screen = Dictionary(HalftoneType=1, Frequency=175, Angle=45, SpotFunction=Name.Round,
                        TransferFunction=curve())  # fmt: skip
    setting(pdf, HT=screen)


@broken("its own making of black", "pdf.black-generation", 2)
def _(pdf: pikepdf.Pdf) -> None:
    setting(pdf, BG=curve())


# --- content that programs read differently


@broken("an operator nobody knows", "pdf.operator", 2)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, AREA + b" 1 2 sparkle")


@broken("an unknown operator between BX and EX", "pdf.operator", 2)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"BX 1 2 sparkle EX " + AREA)


@broken("a state that is never given back", "pdf.unbalanced", 2, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"q q " + AREA)


@broken("a state given back too often", "pdf.unbalanced", 2, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(pdf.make_stream(b"Q Q"))


@broken("a picture that content names and nobody has", "pdf.resource-missing", 2)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"/Faulty Do")


@broken("a colour space that nobody has", "pdf.resource-missing", 2)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"/Faulty cs 1 scn " + rect(*HERE) + b"f")


@broken("a form that calls itself", "pdf.recursion", 2)
def _(pdf: pikepdf.Pdf) -> None:
    inner = form(pdf, AREA + b" /Faulty Do")
    inner.Resources.XObject = Dictionary()
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": inner})
    inner.Resources.XObject["/Faulty"] = pdf.pages[1].obj.Resources.XObject.Faulty


@broken("text that never ends", "pdf.unbalanced", 2, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(pdf.make_stream(b"BT /F2 9 Tf"))


@broken("an operator with too few numbers", "pdf.content-odd", 2, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    paint(pdf, 2, b"0.4 0.2 k " + AREA)


@broken("forms nested twenty deep", "pdf.content-odd", 2, warns=True)
def _(pdf: pikepdf.Pdf) -> None:
    inner = form(pdf, AREA)
    for _ in range(20):
        outer = form(pdf, b"/Inner Do")
        outer.Resources = Dictionary(XObject=Dictionary(Inner=inner))
        inner = outer
    paint(pdf, 2, b"/Faulty Do", XObject={"Faulty": inner})
