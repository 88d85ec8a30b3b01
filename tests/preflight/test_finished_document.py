"""The judge of finished files as a document: each check by a fault made by hand, and its readers.

The catalogue of broken files (``test_broken_files.py``) has the common faults; here
are the rarer ones, and the parts that the checks are made of.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

import pikepdf
import pymupdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, String

from layout.cli.findings import chapters
from layout.cli.findings import updated as updated_list
from layout.cli.messages import message_table
from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.house.flavour import FlavourError, flavour_names
from layout.house.pdf_rules import load_pdf_rules
from layout.house.profile import Profile, load_profile
from layout.preflight.finished import Facts, check, check_pdf
from layout.preflight.finished.check import ALIKE_MOST, FINDINGS_MOST
from layout.preflight.finished.metadata import read_date, read_xmp
from layout.preflight.finished.objects import name_of, read_box
from layout.preflight.finished.truetype import BrokenFontError, read_truetype
from tests.preflight.good_base import MM, base
from tests.preflight.spoiling import changed, form, paint, rect, updated

ROOT = Path(__file__).resolve().parents[2]
X1A, OFFICE = load_profile(), load_profile("office")
AREA = b"0.4 0.2 0 0 k " + rect(20, 125, 30, 10) + b"f"


def judged(data: bytes, profile: Profile = X1A) -> tuple[Facts, list[Diagnostic]]:
    reporter = Reporter()
    facts = check_pdf(data, "asaichi-press.pdf", profile, reporter)
    return facts, list(reporter)


def codes(data: bytes, profile: Profile = X1A, least: Severity = Severity.WARNING) -> list[str]:
    return [found.code for found in judged(data, profile)[1] if found.severity >= least]


# --- faults that the catalogue does not have

Spoil = Callable[[pikepdf.Pdf], Any]


def prefer(**entries: Any) -> Spoil:
    return lambda pdf: pdf.Root.__setitem__("/ViewerPreferences", Dictionary(**entries))


def icc(data: bytes, colours: int = 4) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(data)
        stream.N = colours
        pdf.Root.OutputIntents[0].DestOutputProfile = stream

    return spoil


def layers(**usual: Any) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("案")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]))
        if usual:
            entries = {
                key: Array([layer]) if value is ... else value for key, value in usual.items()
            }
            pdf.Root.OCProperties.D = Dictionary(**entries)
        paint(pdf, 2, b"/OC /L BDC " + AREA + b" EMC", Properties={"L": layer})

    return spoil


def annotated(**entries: Any) -> Spoil:
    """A link in the slug, 10 points from the sheet's corner."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[2, 2, 10, 10], **entries)
        pdf.pages[1].obj.Annots = Array([pdf.make_indirect(made)])

    return spoil


def sheet(page: int, **boxes: list[float]) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for name, values in boxes.items():
            pdf.pages[page - 1].obj[f"/{name}"] = Array(values)

    return spoil


def xmp_without(old: bytes) -> Spoil:
    def spoil(pdf: pikepdf.Pdf) -> None:
        text = pdf.Root.Metadata.read_bytes()
        assert old in text
        pdf.Root.Metadata.write(text.replace(old, b""))

    return spoil


def fonts(change: Callable[[pikepdf.Pdf, Any], None]) -> Spoil:
    """Every font of the file changed."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        seen = set()
        for page in pdf.pages:
            for font in page.obj.Resources.Font.values():
                if font.objgen not in seen:
                    seen.add(font.objgen)
                    change(pdf, font)

    return spoil


def as_opentype(pdf: pikepdf.Pdf, font: Any) -> None:
    """The program as PDF 1.6 may embed it."""
    held = font.DescendantFonts[0].FontDescriptor
    if "/FontFile2" in held:
        program = pdf.make_stream(held.FontFile2.read_bytes())
        program.Subtype = Name.OpenType
        held.FontFile3 = program
        del held["/FontFile2"]


def without_outlines(pdf: pikepdf.Pdf, font: Any) -> None:
    """All glyphs begin where they end."""
    program = font.DescendantFonts[0].FontDescriptor.FontFile2
    data = bytearray(program.read_bytes())
    for at in range(12, 12 + 16 * data[5], 16):
        if data[at : at + 4] == b"loca":
            start = int.from_bytes(data[at + 8 : at + 12], "big")
            length = int.from_bytes(data[at + 12 : at + 16], "big")
            data[start : start + length] = bytes(length)
    program.write(bytes(data))


ICC = X1A.icc_path.read_bytes()
ENDLESS = [0, 0, 20000, 20000]

FAULTS: list[tuple[str, str, str, Spoil]] = [
    ("x4", "no rendition class", "pdf.xmp-incomplete", xmp_without(b"<xmpMM:RenditionClass>default</xmpMM:RenditionClass>")),
    ("x4", "no title in the metadata", "pdf.title", xmp_without("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">朝市のしらせ</rdf:li></rdf:Alt></dc:title>".encode())),
    ("x4", "no trapping in the metadata", "pdf.trapped", xmp_without(b"<pdf:Trapped>False</pdf:Trapped>")),
    ("x1a", "a profile of version 4", "pdf.icc-too-new", icc(ICC[:8] + b"\4" + ICC[9:])),
    ("x4", "no profile at all in the stream", "pdf.icc-broken", icc(b"")),
    ("x4", "another number of colours", "pdf.icc-colours", icc(ICC, 3)),
    ("x1a", "a screen's profile", "pdf.icc-no-press", icc(ICC[:16] + b"RGB " + ICC[20:])),
    ("x1a", "Trapped as a string", "pdf.trapped", lambda pdf: pdf.docinfo.__setitem__("/Trapped", String("False"))),
    ("x1a", "a sheet larger than PDF knows", "pdf.page-extent", sheet(1, MediaBox=ENDLESS)),
    ("x1a", "a TrimBox of three numbers", "pdf.box-broken", sheet(2, TrimBox=[1, 2, 3])),
    ("x1a", "no MediaBox", "pdf.box-broken", lambda pdf: pdf.pages[1].obj.__delitem__("/MediaBox")),
    ("x1a", "printing only the trim", "pdf.print-area", prefer(PrintClip=Name.TrimBox)),
    ("x1a", "a link in the slug that does something", "pdf.action", annotated(A=Dictionary(S=Name.URI, URI=String("x")))),
    ("x1a", "an action of a bookmark", "pdf.action", lambda pdf: pdf.Root.__setitem__("/Outlines", Dictionary(First=Dictionary(Title=String("x"), A=Dictionary(S=Name.URI, URI=String("x")))))),
    ("x1a", "a portfolio", "pdf.attachment", lambda pdf: pdf.Root.__setitem__("/Collection", Dictionary())),
    ("x4", "layers without a usual state", "pdf.layers-usual", layers()),
    ("x4", "layers that switch by themselves", "pdf.layers-automatic", layers(Name=String("a"), AS=...)),
    ("x1a", "a form for PostScript", "pdf.postscript", lambda pdf: paint(pdf, 2, b"/F Do", XObject={"F": form(pdf, AREA, Subtype2=Name.PS)})),
    ("x1a", "programs in the form of PDF 1.6", "pdf.font-format", fonts(as_opentype)),
    ("x1a", "letters without outlines", "pdf.glyph-empty", fonts(without_outlines)),
    ("x4", "two flavours at once", "pdf.xmp-differs", lambda pdf: pdf.docinfo.__setitem__("/GTS_PDFXVersion", String("PDF/X-3:2002"))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shop", "title", "code", "spoil"),
    FAULTS,
    ids=lambda v: v if isinstance(v, str) and " " in v else "",
)
def test_a_rarer_fault_is_found_and_nothing_else(
    shop: str, title: str, code: str, spoil: Spoil
) -> None:
    found = codes(changed(base(shop), spoil), load_profile(shop))
    assert set(found) == {code}, title


GOOD: list[tuple[str, str, Spoil]] = [
    ("x1a", "a bookmark that leads to a page", lambda pdf: pdf.Root.__setitem__("/OpenAction", Array([pdf.pages[1].obj, Name.Fit]))),
    ("x1a", "a link in the slug that does nothing", annotated()),
    ("x1a", "printing the sheet", prefer(PrintArea=Name.MediaBox, Direction=Name.R2L)),
    ("x1a", "a UserUnit of one", lambda pdf: pdf.pages[0].obj.__setitem__("/UserUnit", 1)),
    ("x1a", "a profile beside a registered name", icc(ICC)),
    ("x4", "programs in the form of PDF 1.6", fonts(as_opentype)),
    ("x4", "layers that all show", layers(Name=String("a"), Order=..., ON=...)),
    ("x1a", "an intent of PDF/A as well", lambda pdf: pdf.Root.OutputIntents.append(Dictionary(S=Name.GTS_PDFA1))),
    ("x1a", "boxes that the pages inherit", lambda pdf: (pdf.Root.Pages.__setitem__("/MediaBox", pdf.pages[0].obj.MediaBox), pdf.pages[0].obj.__delitem__("/MediaBox"))),
    ("x4", "no Info at all", lambda pdf: pdf.trailer.__delitem__("/Info")),
    ("x1a", "private data and a thumbnail", lambda pdf: pdf.pages[0].obj.__setitem__("/PieceInfo", Dictionary(Bira=Dictionary(Private=Dictionary(JS=String("x")))))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shop", "title", "spoil"), GOOD, ids=lambda v: v if isinstance(v, str) and " " in v else ""
)
def test_what_is_allowed_is_not_held_against_it(shop: str, title: str, spoil: Spoil) -> None:
    assert codes(changed(base(shop), spoil), load_profile(shop)) == [], title


def test_a_font_without_an_encoding_is_told_with_what_follows_from_it() -> None:
    spoil = fonts(lambda pdf, font: font.__delitem__("/Encoding"))
    assert "pdf.font-encoding" in codes(changed(base(), spoil))


def test_fonts_for_the_office_may_leave_out_what_only_pdfx_wants() -> None:
    """As cairo and MuPDF write them; a font that is not there is a warning, not an error."""
    document = pymupdf.open()
    page = document.new_page(width=210 * MM, height=297 * MM)
    page.insert_font(fontname="F9", fontfile=str(ROOT / "fonts" / "NotoSansJP_700Bold.ttf"))
    page.insert_text((72, 200), "明朝とゴシック abc", fontname="F9")
    page.insert_text((72, 100), "not embedded", fontname="helv")
    document.subset_fonts()
    found = [each for each in judged(document.tobytes(), OFFICE)[1] if "font" in each.code]
    assert [(each.code, each.severity) for each in found] == [
        ("pdf.font-missing", Severity.WARNING)
    ]
    assert found[0].values["font"] == "Helvetica"


# --- whole, cut, mended


def test_words_behind_the_end() -> None:
    assert codes(base() + b"\n<html>sent by mail</html>\n") == ["pdf.trailing"]
    assert codes(base() + b"\r\n\x1a") == []


def test_an_earlier_state_within_the_file_is_a_note() -> None:
    with pikepdf.open(BytesIO(base())) as pdf:
        number = pdf.docinfo.objgen[0]
        body = pdf.docinfo.unparse(resolved=True)
    found = judged(updated(base(), number, body))[1]
    assert [(each.code, each.severity) for each in found] == [("pdf.revisions", Severity.NOTE)]


@pytest.mark.parametrize("cut", [0.1, 0.4, 0.8, 0.95, 0.999])
def test_a_file_cut_short_never_passes(cut: float) -> None:
    data = base()[: int(len(base()) * cut)]
    facts, found = judged(data)
    assert any(each.severity is Severity.ERROR for each in found)
    assert facts.size == len(data) and len(facts.sha256) == 64


def test_what_cannot_be_opened_is_one_finding() -> None:
    for data in (b"", b"%PDF-1.4\n", b"GIF89a" * 100):
        facts, found = judged(data)
        assert [each.code for each in found] == ["pdf.unopened"] and not facts.opened
        assert found[0].severity is Severity.ERROR
        assert "0x" not in str(found[0].values), "no place in memory: every run says the same"


# --- what a file is judged by


def test_a_plain_pdf_for_the_office_needs_nothing_of_pdfx() -> None:
    out = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(210 * MM, 297 * MM))
    pdf.save(out, static_id=True)
    assert codes(out.getvalue(), OFFICE, Severity.NOTE) == []
    assert {"pdf.flavour", "pdf.trim-missing", "pdf.intent-missing"} <= set(codes(out.getvalue()))


def test_a_claim_is_held_against_a_file_wherever_it_goes() -> None:
    """A file that says it is PDF/X-1a is judged as such in the office too."""
    broken = changed(base(), lambda pdf: pdf.Root.__delitem__("/OutputIntents"))
    assert "pdf.intent-missing" in codes(broken, OFFICE)
    assert codes(base("x4"), load_profile("raksul")) == []


@pytest.mark.parametrize(
    ("size", "expected"),
    [((120, 170), []), ((170, 120), []), ((120.4, 170), []), ((121, 170), ["pdf.size"])],
)
def test_sizes_that_a_shop_takes(size: tuple[float, float], expected: list[str]) -> None:
    sizes = (tuple(round(side * 1_000_000) for side in size),)
    assert codes(base(), replace(X1A, trim_sizes=sizes)) == expected


def test_every_flavour_has_rules() -> None:
    for name in flavour_names():
        assert load_pdf_rules(name).version_most >= (1, 3)
    with pytest.raises(FlavourError):
        load_pdf_rules("PDF/X-9")


# --- much of the same


def test_alike_findings_are_told_a_few_times_and_counted() -> None:
    pages = 300

    def many(pdf: pikepdf.Pdf) -> None:
        for _ in range(pages - 2):
            pdf.pages.append(pdf.pages[1])
        for page in pdf.pages:
            del page.obj["/TrimBox"]
            page.obj.Rotate = 90

    _, found = judged(changed(base(), many))
    assert len(found) <= FINDINGS_MOST + 1
    assert [each.code for each in found].count("pdf.trim-missing") == ALIKE_MOST
    (more,) = [each for each in found if each.code == "pdf.more"]
    assert int(str(more.values["count"])) >= 2 * (pages - ALIKE_MOST)


# --- metadata


def packet(body: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
        f'rdf:about="" {attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>' + " " * 200
    ).encode()


def test_properties_are_read_however_they_are_written() -> None:
    alt = "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>朝 市</rdf:li><rdf:li xml:lang='en'>M</rdf:li></rdf:Alt></dc:title>"
    said = read_xmp(
        packet(alt + "<pdf:Producer>a &amp; b</pdf:Producer>", 'xmp:CreateDate="2026-04-01"')
    )
    assert said == {"dc:title": "朝 市", "pdf:Producer": "a & b", "xmp:CreateDate": "2026-04-01"}


def test_metadata_of_parts_are_not_the_document_s() -> None:
    inner = "<xmp:Thumbnails><rdf:Alt><rdf:li><rdf:Description pdf:Producer='no'/></rdf:li></rdf:Alt></xmp:Thumbnails>"
    assert "pdf:Producer" not in read_xmp(packet(inner))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<a/>", b"\xff\xfe", packet("")[:-300],
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + packet(""), packet("<a>" * 5000 + "</a>" * 5000),
    ],
)  # fmt: skip
def test_what_is_no_xmp_is_refused(data: bytes) -> None:
    with pytest.raises((ExpatError, ValueError)):
        read_xmp(data)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("D:20260401090000+09'00'", datetime(2026, 4, 1, tzinfo=UTC)),
        ("D:20260401090000+09'00", datetime(2026, 4, 1, tzinfo=UTC)),
        ("2026-04-01T09:00:00+09:00", datetime(2026, 4, 1, tzinfo=UTC)),
        ("2026-04-01T00:00:00.000Z", datetime(2026, 4, 1, tzinfo=UTC)),
        ("D:2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-04-01", datetime(2026, 4, 1, tzinfo=UTC)),
        ("D:20260231", None),
        ("D:20260401090000+99'00'", None),
        ("昨日", None),
        ("", None),
    ],
)
def test_dates_of_both_kinds(text: str, moment: datetime | None) -> None:
    assert read_date(text) == moment


# --- objects and programs


def test_boxes_are_put_in_order_or_refused() -> None:
    box = read_box(Array([100, 200, 0, 0]))
    assert box is not None and (box.x0, box.y0, box.x1, box.y1) == (0, 0, 100, 200)
    for wrong in (None, 7, Array([1, 2, 3]), Array([0, 0, 0, 9]), Array([0, 0, Name.a, 9])):
        assert read_box(wrong) is None


def test_names_in_shift_jis_are_read() -> None:
    """As older Japanese programs write the names of fonts."""
    data = base().replace(b"/Registration", b"/#82l#82r#96#be#92#a9")
    with pikepdf.open(BytesIO(b"%PDF-1.4\n" + data)) as pdf:
        assert pdf.Root is not None
    name = pikepdf.Object.parse(b"/#82l#82r#96#be#92#a9")
    assert name_of(name) == "/ＭＳ明朝"
    assert name_of(7) == ""


def test_a_damaged_truetype_program_is_refused() -> None:
    with pikepdf.open(BytesIO(base())) as pdf:
        font: Any = next(iter(pdf.pages[0].resources.Font.values()))
        data = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    program = read_truetype(data)
    assert program.glyphs > 1 and program.has(1) and not program.has(0)
    assert not program.has(program.glyphs) and program.width(1) > 0
    for wrong in (
        b"",
        data[:11],
        data[:-200],
        b"OTTO" + data[4:],
        data.replace(b"loca", b"loco", 1),
    ):
        with pytest.raises(BrokenFontError):
            read_truetype(wrong)
    for at in range(0, min(len(data), 400)):
        try:
            read_truetype(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        except BrokenFontError:
            continue  # no other exception, whatever is damaged


# --- the list of all findings


def test_the_list_of_findings_is_complete_and_current() -> None:
    """Else: house/data/findings.json, and python -m layout.cli.findings docs/preflight.md"""
    listed = [code for _, _, held in chapters() for code in held]
    assert len(listed) == len(set(listed))
    wanted = {code for code in message_table() if code.partition(".")[0] in ("pdf", "plates")}
    assert {code for code in listed if not code.startswith("qr.")} == wanted
    document = (ROOT / "docs" / "preflight.md").read_text("utf-8")
    assert updated_list(document) == document


def test_a_check_that_fails_is_told_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be judged must not pass in silence."""

    def check_nothing(case: object) -> None:
        raise RuntimeError("stream <_io.BytesIO object at 0x7f00>: no such thing")

    monkeypatch.setattr(check, "DOCUMENT_CHECKS", (check_nothing, *check.DOCUMENT_CHECKS))
    broken = changed(base(), lambda pdf: pdf.Root.__delitem__("/OutputIntents"))
    found = judged(broken)[1]
    assert [each.code for each in found] == ["pdf.unread", "pdf.intent-missing"]
    assert found[0].severity is Severity.ERROR
    assert found[0].values["problem"] == "check_nothing: RuntimeError: no such thing"
