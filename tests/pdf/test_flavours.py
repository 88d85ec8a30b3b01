"""The flavours of the press PDF, clause by clause, read by others' tools (docs/conformance)."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent))

from press_samples import BLACK, FONTS, RED, SANS, WHITE, box, leaflet, run

from layout.backends.pdf import write_press
from layout.diagnostics import NOWHERE, Reporter
from layout.display.job_line import with_job_lines
from layout.display.model import DisplayList, Picture, Stroke
from layout.font.library import FontLibrary
from layout.font.shape import Shaper
from layout.geometry import Rect
from layout.house.flavour import load_flavour
from layout.house.profile import DATA, Profile, load_profile
from layout.units import mm, q
from tests.built import LEAFLETS, drawn

ROOT = Path(__file__).resolve().parents[2]
PDFX = ("x1a", "x1a-2003", "x4")
PLAIN = ("office", "riso")
ALL = (*PDFX, *PLAIN)
ICC = DATA / "icc" / "fogra39_l300.icc"
PT_PER_MM = 72 / 25.4

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


@cache
def shaper() -> Shaper:
    return Shaper(FontLibrary(FONTS, Reporter()))


@cache
def picture() -> bytes:
    """An RGB picture with an alpha channel: all that has to be converted for the press."""
    from PIL import Image

    image = Image.new("RGBA", (400, 400), (200, 30, 60, 128))
    image.paste((10, 60, 200, 255), (100, 100, 300, 300))
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def sample() -> DisplayList:
    """A page with one of everything."""
    return leaflet(
        box(mm(-3), mm(-3), mm(216), mm(43), RED),
        run("平和 White", mm(20), mm(25), face=SANS, size=q(40), colour=WHITE),
        run("黒い文字 - 又は‑①➀", mm(20), mm(60)),
        run("縦組みの「文章」ー、。", mm(190), mm(60), vertical=True),
        box(mm(20), mm(100), mm(30), mm(20), BLACK, Stroke(RED, mm(1), (mm(2), mm(1)))),
        Picture("a.png", Rect(mm(60), mm(100), mm(30), mm(30)), "絵", NOWHERE, data=picture()),
    )


def write(display: DisplayList, profile: Profile, reporter: Reporter | None = None) -> bytes:
    signed = with_job_lines(display, profile, shaper())
    return write_press(signed, profile, Reporter() if reporter is None else reporter)


@cache
def written(name: str) -> bytes:
    return write(sample(), load_profile(name))


@cache
def opened(name: str) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(written(name)))


def said(name: str) -> dict[str, str]:
    """The XMP properties, ``prefix:name`` to text, read as XML."""
    tree = ElementTree.fromstring(opened(name).Root.Metadata.read_bytes())
    prefixes = {f"{{{uri}}}": prefix for prefix, uri in SPACES.items()}
    found = {}
    for description in tree.iter(f"{RDF}Description"):
        for item in description:
            space, _, local = item.tag.rpartition("}")
            key = f"{prefixes[space + '}']}:{local}"
            assert key not in found
            found[key] = "".join(item.itertext()).strip()
    return found


def told(name: str) -> dict[str, str]:
    """The Info dictionary."""
    return {str(key)[1:]: str(value) for key, value in opened(name).docinfo.items()}


def need(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} is not installed")
    return path


def dictionaries(item: Any) -> Iterator[pikepdf.Object]:
    """A dictionary and all direct ones below it."""
    inner: list[Any] = []
    if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        yield item
        inner = [item[key] for key in item.keys()]  # noqa: SIM118 (a stream is no mapping)
    elif isinstance(item, pikepdf.Array):
        inner = list(item)
    for value in inner:
        if not getattr(value, "is_indirect", True):
            yield from dictionaries(value)


def every_dictionary(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    yield from dictionaries(pdf.trailer)
    for item in pdf.objects:
        yield from dictionaries(item)


def operators(pdf: pikepdf.Pdf) -> Iterator[tuple[str, list[Any]]]:
    """Operators of all pages and forms."""
    streams = [page.obj for page in pdf.pages]
    streams += [item for item in pdf.objects if _is(item, "/Subtype", "/Form")]
    for stream in streams:
        for operands, operator in pikepdf.parse_content_stream(stream):
            yield str(operator), list(operands)


def _is(item: Any, key: str, value: str) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get(key) == value


# --- file structure


@pytest.mark.parametrize(
    ("name", "version"),
    [("x1a", "1.3"), ("x1a-2003", "1.4"), ("x4", "1.6"), ("office", "1.4"), ("riso", "1.4")],
)
def test_the_header_names_the_version(name: str, version: str) -> None:
    data = written(name)
    assert data.startswith(b"%%PDF-%s\n%%" % version.encode())
    assert min(data.split(b"\n")[1][1:5]) > 127
    pdf = opened(name)
    assert pdf.pdf_version == version
    assert "/Version" not in pdf.Root and "/Extensions" not in pdf.Root


@pytest.mark.parametrize("name", ALL)
def test_the_structure_is_that_of_pdf_1_3(name: str) -> None:
    data, pdf = written(name), opened(name)
    assert b"/ObjStm" not in data and b"/XRef" not in data and b"\nxref\n" in data
    assert data.count(b"%%EOF") == 1 and data.endswith(b"%%EOF\n")
    assert not pdf.is_encrypted and "/Encrypt" not in pdf.trailer
    first, second = (bytes(part) for part in pdf.trailer.ID)
    assert first == second and len(first) == 16


@pytest.mark.parametrize("name", ALL)
def test_streams_are_deflated_and_in_the_file(name: str) -> None:
    for item in opened(name).objects:
        if isinstance(item, pikepdf.Stream):
            assert item.get("/Filter", "/FlateDecode") in ("/FlateDecode", "/DCTDecode")
            assert "/F" not in item and "/FFilter" not in item
            assert ("/Filter" in item) == (item.get("/Type") != "/Metadata")


@pytest.mark.parametrize("name", ALL)
def test_others_read_it_in_silence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "press.pdf"
    path.write_bytes(written(name))
    done = subprocess.run([need("qpdf"), "--check", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    script = [need("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING"]
    done = subprocess.run([*script, "-sDEVICE=nullpage", str(path)], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = subprocess.run([need("mutool"), "info", str(path)], capture_output=True, text=True)
    assert done.returncode == 0 and "error" not in done.stderr + done.stdout
    done = subprocess.run([need("pdfinfo"), "-box", str(path)], capture_output=True, text=True)
    assert done.stderr == ""


@pytest.mark.parametrize("name", ALL)
def test_the_same_leaflet_gives_the_same_bytes(name: str) -> None:
    assert write(sample(), load_profile(name)) == written(name)


def test_each_flavour_is_a_document_of_its_own() -> None:
    ids = {bytes(opened(name).trailer.ID[0]) for name in PDFX}
    assert len(ids) == len(PDFX)


# --- identification and metadata

GTS = ("GTS_PDFXVersion", "GTS_PDFXConformance")


@pytest.mark.parametrize(
    ("name", "info", "xmp"),
    [
        (
            "x1a",
            {GTS[0]: "PDF/X-1:2001", GTS[1]: "PDF/X-1a:2001"},
            {f"pdfx:{GTS[0]}": "PDF/X-1:2001", f"pdfx:{GTS[1]}": "PDF/X-1a:2001"},
        ),
        ("x1a-2003", {GTS[0]: "PDF/X-1a:2003"}, {f"pdfx:{GTS[0]}": "PDF/X-1a:2003"}),
        ("x4", {}, {f"pdfxid:{GTS[0]}": "PDF/X-4"}),
        ("office", {}, {}),
        ("riso", {}, {}),
    ],
)
def test_the_file_names_its_flavour(name: str, info: dict[str, str], xmp: dict[str, str]) -> None:
    assert {key: value for key, value in told(name).items() if "GTS" in key} == info
    assert {key: value for key, value in said(name).items() if "GTS" in key} == xmp


@pytest.mark.parametrize("name", ALL)
def test_info_is_complete_and_metadata_say_the_same(name: str) -> None:
    info, xmp = told(name), said(name)
    assert info["Title"] == xmp["dc:title"] == "街宣のお知らせ"
    assert info["Author"] == xmp["dc:creator"] == "著者"
    assert info["Creator"] == xmp["xmp:CreatorTool"] == "bira"
    assert info["Producer"] == xmp["pdf:Producer"] == "bira"
    assert info["Trapped"] == "/False" and xmp["pdf:Trapped"] == "False"
    assert opened(name).docinfo["/Trapped"] == pikepdf.Name("/False")
    for key, word in (("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate")):
        moment = datetime.strptime(info[key].replace("'", ""), "D:%Y%m%d%H%M%S%z")
        assert moment == datetime.fromisoformat(xmp[word])
    assert datetime.fromisoformat(xmp["xmp:MetadataDate"]) >= moment
    assert not [key for key in info if key not in STANDARD and key not in GTS]


STANDARD = ("Title", "Author", "Creator", "Producer", "CreationDate", "ModDate", "Trapped")


@pytest.mark.parametrize("name", ALL)
def test_the_document_has_its_identifiers(name: str) -> None:
    xmp = said(name)
    for key in ("xmpMM:DocumentID", "xmpMM:InstanceID"):
        assert re.fullmatch(r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", xmp[key])
    assert xmp["xmpMM:RenditionClass"] == "default"
    assert xmp["xmpMM:VersionID"] == "1"


@pytest.mark.parametrize("name", PDFX)
def test_without_author_nobody_is_named(name: str) -> None:
    data = write(replace(sample(), author=""), load_profile(name))
    with pikepdf.open(BytesIO(data)) as pdf:
        assert "/Author" not in pdf.docinfo
        assert b"dc:creator" not in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("name", PDFX)
def test_a_file_always_has_a_title(name: str) -> None:
    data = write(replace(sample(), title=""), load_profile(name))
    with pikepdf.open(BytesIO(data)) as pdf:
        assert str(pdf.docinfo.Title) == "無題"


# --- output intent


@pytest.mark.parametrize("name", ["x1a", "x1a-2003"])
def test_x1a_names_a_registered_condition(name: str) -> None:
    (intent,) = opened(name).Root.OutputIntents
    assert (intent.Type, intent.S) == ("/OutputIntent", "/GTS_PDFX")
    assert intent.OutputConditionIdentifier == "JC200103"
    assert intent.RegistryName == "http://www.color.org"
    assert intent.OutputCondition == intent.Info == "Japan Color 2001 Coated"
    assert "/DestOutputProfile" not in intent


def test_x4_embeds_the_profile_of_its_condition() -> None:
    (intent,) = opened("x4").Root.OutputIntents
    assert (intent.Type, intent.S) == ("/OutputIntent", "/GTS_PDFX")
    assert intent.OutputConditionIdentifier == "FOGRA39"
    assert intent.RegistryName == "http://www.color.org"
    assert "Japan" not in str(intent.OutputCondition) + str(intent.Info)
    assert intent.DestOutputProfile.N == 4
    assert intent.DestOutputProfile.read_bytes() == ICC.read_bytes()


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_pdf_has_no_output_intent(name: str) -> None:
    assert "/OutputIntents" not in opened(name).Root


@pytest.mark.parametrize("name", PDFX)
def test_a_profile_of_ones_own_is_embedded(name: str, tmp_path: Path) -> None:
    own = tmp_path / "own.icc"
    own.write_bytes(ICC.read_bytes())
    profile = replace(
        load_profile(name),
        intent_icc=str(own),
        condition="Custom",
        condition_info="うちの印刷機",
        registry="",
    )
    with pikepdf.open(BytesIO(write(sample(), profile))) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.OutputConditionIdentifier == "Custom"
        assert str(intent.Info) == str(intent.OutputCondition) == "うちの印刷機"
        assert "/RegistryName" not in intent
        assert intent.DestOutputProfile.read_bytes() == own.read_bytes()


def _changed(data: bytes, at: int, by: bytes) -> bytes:
    return data[:at] + by + data[at + len(by) :]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x4", b"", "profile.icc-broken"),
        ("x4", b"no profile" * 100, "profile.icc-broken"),
        ("x4", ICC.read_bytes()[:-1], "profile.icc-broken"),
        ("x4", _changed(ICC.read_bytes(), 12, b"mntr"), "profile.icc-no-press"),
        ("x4", _changed(ICC.read_bytes(), 16, b"RGB "), "profile.icc-no-press"),
        ("x4", None, "profile.icc-missing"),
        ("x1a", _changed(ICC.read_bytes(), 8, b"\4"), "profile.icc-too-new"),
        ("x1a-2003", _changed(ICC.read_bytes(), 8, b"\4"), "profile.icc-too-new"),
        ("x4", _changed(ICC.read_bytes(), 8, b"\4"), ""),
    ],
)
def test_a_profile_that_cannot_be_the_intents_is_reported(
    name: str, data: bytes | None, code: str, tmp_path: Path
) -> None:
    own = tmp_path / "own.icc"
    if data is not None:
        own.write_bytes(data)
    reporter = Reporter()
    profile = replace(load_profile(name), intent_icc=str(own))
    found = write(leaflet(run("文", mm(20), mm(30))), profile, reporter)
    assert [finding.code for finding in reporter] == ([code] if code else [])
    with pikepdf.open(BytesIO(found)) as pdf:
        assert ("/DestOutputProfile" in pdf.Root.OutputIntents[0]) == (not code)


# --- boxes


@pytest.mark.parametrize("name", ALL)
def test_boxes_nest_and_nothing_scales_or_turns_the_page(name: str) -> None:
    profile = load_profile(name)
    page = opened(name).pages[0].obj
    media, bleed, trim = (
        [float(value) / PT_PER_MM for value in page[f"/{key}"]]
        for key in ("MediaBox", "BleedBox", "TrimBox")
    )
    margin, reach = profile.margin / mm(1), (profile.margin - profile.bleed) / mm(1)
    assert media == pytest.approx([0, 0, 210 + 2 * margin, 297 + 2 * margin], abs=1e-3)
    assert bleed == pytest.approx([reach, reach, media[2] - reach, media[3] - reach], abs=1e-3)
    assert trim == pytest.approx([margin, margin, margin + 210, margin + 297], abs=1e-3)
    for key in ("/ArtBox", "/CropBox", "/UserUnit", "/Rotate", "/Annots", "/AA"):
        assert key not in page


# --- colour, graphics, transparency

NOT_IN_X1A = ("/SMask", "/SMaskInData", "/Group", "/BM", "/CA", "/ca", "/AIS", "/OC")
NEVER = (
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/Names", "/AcroForm", "/OCProperties",
    "/EmbeddedFiles", "/AF", "/OPI", "/Alternates", "/TR", "/TR2", "/HTP", "/HT", "/BG", "/BG2",
    "/UCR", "/UCR2", "/Ref", "/PS", "/Subtype2", "/Threads", "/URI", "/Presentation", "/Perms",
)  # fmt: skip


def forbidden(pdf: pikepdf.Pdf, *, transparency: bool) -> set[str]:
    """The keys of a file that must not be there."""
    keys = NEVER if transparency else (*NEVER, *NOT_IN_X1A)
    return {key for each in every_dictionary(pdf) for key in keys if key in each}


@pytest.mark.parametrize("name", ALL)
def test_nothing_forbidden_is_in_any_dictionary(name: str) -> None:
    transparency = load_profile(name).writes.transparency
    assert forbidden(opened(name), transparency=transparency) == set()


@pytest.mark.parametrize("name", ["x4", "office"])
def test_transparency_is_that_of_pictures_and_blended_in_inks(name: str) -> None:
    pdf = opened(name)
    group = pdf.pages[0].Group
    assert (group.S, group.CS) == ("/Transparency", "/DeviceCMYK")
    masked = [each for each in every_dictionary(pdf) if "/SMask" in each]
    assert [each.Subtype for each in masked] == ["/Image"]
    mask = masked[0].SMask
    assert (mask.ColorSpace, mask.BitsPerComponent) == ("/DeviceGray", 8)
    assert "/Matte" not in mask and "/SMask" not in mask
    for key in ("/BM", "/CA", "/ca", "/AIS", "/SMaskInData"):
        assert not any(key in each for each in every_dictionary(pdf))


def test_without_transparency_there_is_no_group() -> None:
    plain = leaflet(run("文", mm(20), mm(30)))
    with pikepdf.open(BytesIO(write(plain, load_profile("x4")))) as pdf:
        assert "/Group" not in pdf.pages[0].obj
        assert forbidden(pdf, transparency=False) == set()


def test_what_is_forbidden_is_found_wherever_it_hides() -> None:
    with pikepdf.open(BytesIO(written("x1a"))) as pdf:
        found = {key for each in every_dictionary(pdf) for key in each.keys()}  # noqa: SIM118
        assert {"/ID", "/Metadata", "/S", "/OPM", "/CIDSystemInfo", "/Registry", "/N"} <= found
        pdf.pages[0].Resources.ExtGState.GSn["/SMask"] = pikepdf.Name("/None")
        assert any("/SMask" in each for each in every_dictionary(pdf))


@pytest.mark.parametrize("name", ALL)
def test_only_inks_are_painted_with(name: str) -> None:
    pdf = opened(name)
    known = {"k", "K", "g", "G", "cs", "CS", "scn", "SCN"}
    colours = {"rg", "RG", "sc", "SC", "sh", "ri", *known}
    used = {operator for operator, _ in operators(pdf)}
    assert used & colours <= known
    assert not used & {"BX", "EX", "PS", "MP", "DP", "BMC", "BDC"}
    for operator, operands in operators(pdf):
        if operator in ("cs", "CS"):
            assert operands == [pikepdf.Name("/Registration")]
    for space in ("/DeviceRGB", "/CalRGB", "/CalGray", "/Lab", "/ICCBased"):
        assert space.encode() not in written(name)


@pytest.mark.parametrize("name", ALL)
def test_pictures_are_in_inks(name: str) -> None:
    images = [item for item in opened(name).objects if _is(item, "/Subtype", "/Image")]
    assert len(images) == (2 if "/Group" in opened(name).pages[0].obj else 1)
    for image in images:
        assert image.ColorSpace in ("/DeviceCMYK", "/DeviceGray")
        assert image.BitsPerComponent in (1, 8)
        assert "/Interpolate" not in image


@pytest.mark.parametrize("name", ALL)
def test_states_only_tell_of_overprint(name: str) -> None:
    states = opened(name).pages[0].Resources.ExtGState
    for state in states.values():
        assert set(state.keys()) == {"/Type", "/OP", "/op", "/OPM"}


@pytest.mark.parametrize("name", ["x1a", "x1a-2003", "x4", "graphic", "office"])
def test_black_overprints_where_the_profile_wants_it(name: str) -> None:
    used = {str(operands[0]) for operator, operands in operators(opened(name)) if operator == "gs"}
    assert ("/GSf" in used) == load_profile(name).overprint_black


def test_the_registration_colour_is_on_marks_alone() -> None:
    for name in PDFX:
        space = opened(name).pages[0].Resources.ColorSpace.Registration
        assert [str(part) for part in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
    for name in PLAIN:
        assert "/ColorSpace" not in opened(name).pages[0].Resources


def test_x4_paints_what_x1a_paints() -> None:
    contents = {opened(name).pages[0].Contents.read_bytes() for name in PDFX}
    assert len(contents) == 1


# --- fonts


@pytest.mark.parametrize("name", ALL)
def test_every_font_is_embedded_and_mapped(name: str) -> None:
    fonts = opened(name).pages[0].Resources.Font
    assert len(fonts) == 3
    for font in fonts.values():
        (descendant,) = font.DescendantFonts
        assert font.Encoding in ("/Identity-H", "/Identity-V")
        assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
        assert len(descendant.FontDescriptor.FontFile2.read_bytes()) > 500
        assert isinstance(descendant.CIDToGIDMap, pikepdf.Stream)
        assert "/ToUnicode" in font and "/CIDSet" in descendant.FontDescriptor
        assert font.Encoding != "/Identity-V" or "/DW2" in descendant
    modes = {operands[0] for operator, operands in operators(opened(name)) if operator == "Tr"}
    assert modes == set()


# --- the order of pages


@pytest.mark.parametrize("name", ALL)
def test_a_leaflet_bound_right_is_turned_from_the_right(name: str) -> None:
    data = write(replace(sample(), bound_right=True), load_profile(name))
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert list(pdf.Root.ViewerPreferences.keys()) == ["/Direction"]
    assert "/ViewerPreferences" not in opened(name).Root


# --- the project's own leaflets


def painted(name: str) -> DisplayList:
    display = drawn(name).display
    assert display is not None
    return display


@pytest.mark.parametrize("name", PDFX)
@pytest.mark.parametrize("leaflet_name", LEAFLETS)
def test_our_leaflets_are_written_in_every_flavour(leaflet_name: str, name: str) -> None:
    profile = load_profile(name)
    reporter = Reporter()
    data = write(painted(leaflet_name), profile, reporter)
    assert not reporter.has_errors
    assert data.startswith(b"%%PDF-%d.%d\n" % profile.writes.version)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [str(intent.S) for intent in pdf.Root.OutputIntents] == ["/GTS_PDFX"]
        assert forbidden(pdf, transparency=profile.writes.transparency) == set()


def test_the_vertical_leaflet_is_bound_right_and_the_others_left() -> None:
    assert painted("tate-shimbun").bound_right
    assert not painted("leaflet9").bound_right
    assert not painted("bosai-yube").bound_right


# --- the ledgers

LEDGERS = sorted((ROOT / "docs" / "conformance").glob("pdfx*.md"))
CODE = re.compile(r"`(layout(?:/\w+)+\.(?:py|json))(?::(\w+))?`")
TEST = re.compile(r"`(tests(?:/\w+)+\.py)::(\w+)`")


def _names(path: Path) -> set[str]:
    """What a module defines at its top, and the methods of its classes."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found.update(target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def test_there_is_a_ledger_for_each_flavour() -> None:
    assert [path.name for path in LEDGERS] == ["pdfx1a-2001.md", "pdfx1a-2003.md", "pdfx4.md"]
    for path, name in zip(LEDGERS, ("PDF/X-1a:2001", "PDF/X-1a:2003", "PDF/X-4"), strict=True):
        assert load_flavour(name).standard in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_what_a_ledger_names_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    codes, tests = CODE.findall(text), TEST.findall(text)
    assert len(codes) > 15 and len(tests) > 15
    missing = [f"{file}:{name}" for file, name in (*codes, *tests) if not _exists(file, name)]
    assert missing == []
    loose = set(re.findall(r"`((?:layout|tests)/[^`]*)`", text))
    assert loose == {f"{f}:{n}" if n else f for f, n in codes} | {f"{f}::{n}" for f, n in tests}


def _exists(file: str, name: str) -> bool:
    path = ROOT / file
    return path.is_file() and (not name or name in _names(path))


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_every_row_of_a_ledger_says_where_and_how_it_is_kept(path: Path) -> None:
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 4, row
        if set(cells[0]) <= {"-", " "} or cells[0] == "Clause":
            continue
        assert re.match(r"[0-9A-Z]", cells[0]) and cells[1], row
        assert CODE.search(cells[2]) and TEST.search(cells[3]), row
