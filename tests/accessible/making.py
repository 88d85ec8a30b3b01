"""A good accessible file by another producer, and how it is broken: one fault at a time.

``base/asaichi.pdf`` was written by Typst 0.15 from ``base/asaichi.typ`` as PDF/UA-1 and
PDF/A-2a at once; it is kept so that the broken files do not change with Typst.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pikepdf import Array, Dictionary, Name, Stream, String

from layout.diagnostics import Reporter, Severity
from layout.preflight.accessible import judge_accessible
from tests.preflight.spoiling import changed, content_of

HERE = Path(__file__).parent
BASE = (HERE / "base" / "asaichi.pdf").read_bytes()
NAME = "asaichi.pdf"


@dataclass(frozen=True)
class Broken:
    """A file with a fault: what it is, the finding, and findings it cannot help bringing about."""

    title: str
    code: str
    make: Callable[[], bytes]
    also: tuple[str, ...] = ()
    warns: bool = False

    @property
    def id(self) -> str:
        return self.title


CASES: list[Broken] = []
SOUND: list[Broken] = []
"""Changes that are no fault."""


def broken(
    title: str, code: str, *, also: tuple[str, ...] = (), warns: bool = False, raw: bool = False,
    alone: bool = False,
) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:  # fmt: skip
    """The decorated function spoils the open file; ``raw``: takes and gives bytes.

    ``alone``: the file claims PDF/UA alone, so that PDF/A has no say.
    """

    def note(spoil: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def make() -> bytes:
            data = changed(BASE, without_archive) if alone else BASE
            made: bytes = spoil(data) if raw else changed(data, spoil)
            return made

        (CASES if code else SOUND).append(Broken(title, code, make, also, warns))
        return spoil

    return note


def sound(title: str, **options: Any) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """The decorated function makes a file that only looks odd."""
    return broken(title, "", **options)


def told(data: bytes, *, archive: bool = False) -> dict[str, Severity]:
    """The codes that the judge gives."""
    reporter = Reporter()
    judge_accessible(data, NAME, reporter, archive=archive)
    return {found.code: found.severity for found in reporter}


def without_archive(pdf: pikepdf.Pdf) -> None:
    """Take the claim of PDF/A out of the metadata."""
    edit_xmp(pdf, r"<pdfaid:\w+>[^<]*</pdfaid:\w+>", "")


def edit_xmp(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    """What fits a pattern in the metadata changed for something else."""
    text = pdf.Root.Metadata.read_bytes().decode("utf-8")
    made, count = re.subn(old, new, text)
    assert count, old
    pdf.Root.Metadata.write(made.encode("utf-8"))


# --- structure


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        held = waiting.pop(0)
        if isinstance(held, Array):
            waiting[:0] = list(held)
        elif isinstance(held, Dictionary) and "/S" in held:
            yield held
            waiting[:0] = [held.get("/K", Array())]


def one(pdf: pikepdf.Pdf, kind: str, which: int = 0) -> Any:
    """An element of a kind."""
    return [each for each in elements(pdf) if f"/{kind}" == each.S][which]


def put(
    pdf: pikepdf.Pdf, parent: Any, kind: str, *kids: Any, at: int | None = None, **more: Any
) -> Any:
    """A new element, the last of its parent."""
    made = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array(kids), **more)
    )
    kept = list(parent.K) if isinstance(parent.K, Array) else [parent.K]
    kept.insert(len(kept) if at is None else at, made)
    parent.K = Array(kept)
    return made


def rows(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The parent tree's entries, which can be changed in place."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}


def enter(pdf: pikepdf.Pdf, entry: Any) -> int:
    """A new entry of the parent tree; its key."""
    key = max(rows(pdf)) + 1
    pdf.Root.StructTreeRoot.ParentTree.Nums.extend([key, entry])
    return key


def paint(pdf: pikepdf.Pdf, content: bytes, page: int = 1) -> None:
    """Something painted over a page."""
    pdf.pages[page - 1].contents_add(pdf.make_stream(b"\n" + content + b"\n"))


def rewrite(pdf: pikepdf.Pdf, old: bytes, new: bytes, page: int = 1) -> None:
    """The first place of the content that reads so changed."""
    content = content_of(pdf, page)
    assert old in content, old
    pdf.pages[page - 1].obj.Contents = pdf.make_stream(content.replace(old, new, 1))


def tagged(pdf: pikepdf.Pdf, parent: Any, content: bytes, kind: str = "P") -> Any:
    """New content of a new element on page 1."""
    page = pdf.pages[0].obj
    row = rows(pdf)[int(page.StructParents)]
    number = len(row)
    made = put(pdf, parent, kind, number, Pg=page)
    row.append(made)
    paint(pdf, b"/%s <</MCID %d>> BDC %s EMC" % (kind.encode(), number, content))
    return made


def annotate(
    pdf: pikepdf.Pdf, kind: str, *, inside: str = "Annot", **more: Any
) -> Any:  # fmt: skip
    """A sound annotation in an element of its own (``inside`` empty: in none)."""
    page = pdf.pages[0].obj
    look = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    entries = {"Contents": String("ここに注"), **more}
    held = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([20, 20, 30, 30]), F=4,
            AP=Dictionary(N=look), **entries,
        )
    )  # fmt: skip
    page.Annots.append(held)
    if inside:
        reference = Dictionary(Type=Name.OBJR, Pg=page, Obj=held)
        element = put(pdf, one(pdf, "Document"), inside, reference)
        held.StructParent = enter(pdf, element)
    return held


# --- fonts


@cache
def truetype(
    maps: tuple[tuple[int, int], ...] = ((3, 1), (1, 0)), width: int = 600, letters: str = "AB"
) -> bytes:
    """A TrueType program of a few square letters, with these character maps."""
    names = [".notdef", "space", *letters]
    pen = TTGlyphPen(None)
    for step, point in enumerate(((50, 0), (50, 700), (550, 700), (550, 0))):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    drawn, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({32: "space", **{ord(letter): letter for letter in letters}})
    builder.setupGlyf({name: empty if name == "space" else drawn for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    cmap = builder.font["cmap"]
    cmap.tables = []
    for platform, encoding in maps:
        table = CmapSubtable.newSubtable(4 if platform == 3 else 6)
        table.platformID, table.platEncID, table.language = platform, encoding, 0
        base = 0xF000 if (platform, encoding) == (3, 0) else 0
        table.cmap = {base + ord(letter): letter for letter in letters}
        cmap.tables.append(table)
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.font.save(out)
    return out.getvalue()


TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
    b"endcodespacerange 2 beginbfchar <41> <0041> <42> <0042> endbfchar endcmap end"
)


def simple_font(
    pdf: pikepdf.Pdf, *, program: bytes | None = None, symbolic: bool = False,
    encoding: Any = Name.WinAnsiEncoding, unicode: bytes | None = None, widths: int = 600,
    kind: str = "TrueType", **descriptor: Any,
) -> Any:  # fmt: skip
    """A sound simple font of A and B; the arguments spoil it."""
    flags = 4 if symbolic else 32
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Square"), Flags=flags,
        FontBBox=Array([0, -200, 600, 800]), ItalicAngle=0, Ascent=800, Descent=-200,
        CapHeight=700, StemV=80, **descriptor,
    )  # fmt: skip
    if not descriptor:
        data = truetype() if program is None else program
        described.FontFile2 = pdf.make_stream(data, Length1=len(data))
    font = Dictionary(
        Type=Name.Font, Subtype=Name(f"/{kind}"), BaseFont=Name("/ABCDEF+Square"), FirstChar=65,
        LastChar=66, Widths=Array([widths, widths]), FontDescriptor=pdf.make_indirect(described),
    )  # fmt: skip
    if encoding is not None:
        font.Encoding = encoding
    if unicode is not None:
        font.ToUnicode = pdf.make_stream(unicode)
    return pdf.make_indirect(font)


def cid_font(pdf: pikepdf.Pdf, **more: Any) -> Any:
    """A sound composite font with the same letters; ``more`` are entries of the two fonts."""
    data = truetype()
    inner = {
        "CIDToGIDMap": Name.Identity,
        "CIDSystemInfo": Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        "FontDescriptor": pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Square"), Flags=4, StemV=80,
                FontBBox=Array([0, -200, 600, 800]), ItalicAngle=0, Ascent=800, Descent=-200,
                CapHeight=700, FontFile2=pdf.make_stream(data, Length1=len(data)),
            )
        ),
    }  # fmt: skip
    outer: dict[str, Any] = {
        "Encoding": Name("/Identity-H"),
        "ToUnicode": pdf.make_stream(CID_UNICODE),
    }
    for key, value in more.items():
        (inner if key in inner else outer)[key] = value
    held = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Square"), DW=600
    )
    for key, value in inner.items():
        if value is not None:
            held[f"/{key}"] = value
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Square"))
    font.DescendantFonts = Array([pdf.make_indirect(held)])
    for key, value in outer.items():
        font[f"/{key}"] = value
    return pdf.make_indirect(font)


CID_UNICODE = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
    b"endcodespacerange 2 beginbfchar <0002> <0041> <0003> <0042> endbfchar endcmap end"
)
CID_TEXT = b"<00020003>"


def cmap(pdf: pikepdf.Pdf, *, mode: int = 0, said: int = 0, uses: bytes = b"", supplement: int = 0,
         registry: str = "Adobe", ordering: str = "Identity") -> Stream:  # fmt: skip
    """An embedded CMap that leads codes to the same CIDs."""
    body = (
        b"/CIDInit /ProcSet findresource begin begincmap /WMode %d def %s 1 begincodespacerange "
        b"<0000> <FFFF> endcodespacerange 1 begincidrange <0000> <00FF> 0 endcidrange endcmap end"
    ) % (mode, uses)
    info = Dictionary(Registry=String(registry), Ordering=String(ordering), Supplement=supplement)
    return pdf.make_stream(
        body, Type=Name.CMap, CMapName=Name("/Own-H"), CIDSystemInfo=info, WMode=said
    )


def show(pdf: pikepdf.Pdf, font: Any, text: bytes = b"(AB)", mode: int = 0) -> None:
    """A text in a font of one's own, as an artifact."""
    pdf.pages[0].obj.Resources.Font.Own = font
    paint(pdf, b"/Artifact BMC BT %d Tr 0 g /Own 10 Tf 30 30 Td %s Tj ET EMC" % (mode, text))
