"""The tagged PDF, read by tools that know nothing of us."""

import ctypes
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from msgspec.structs import replace

from layout.backends.web_pdf import write_web
from layout.backends.web_pdf.leaves import Finder, Slot, grow, nodes_of
from layout.cli.targets import leaflet_names
from layout.diagnostics import Reporter
from layout.display.model import GlyphRun, Link
from layout.geometry import Rect
from layout.house.srgb import srgb_profile
from layout.pipeline import Drawn, Places, draw, write
from layout.structure.model import Element, text_of, walk
from layout.structure.tree import structure_of

ROOT = Path(__file__).resolve().parents[2]
PLACES = Places(ROOT / "fonts", ROOT / "leaflets" / "styles", ROOT / "profiles")
NAMES = leaflet_names(ROOT / "leaflets")
EACH = pytest.mark.parametrize("name", NAMES)


@cache
def drawn(name: str) -> Drawn:
    return draw(ROOT / "leaflets" / name / "leaflet.yaml", PLACES, Reporter())


@cache
def web(name: str) -> bytes:
    one = drawn(name)
    assert one.display and one.leaflet and one.profile
    reporter = Reporter()
    data = write_web(one.display, one.leaflet, one.profile, reporter)
    assert not list(reporter)
    return data


@cache
def tree(name: str) -> Element:
    leaflet = drawn(name).leaflet
    assert leaflet is not None
    return structure_of(leaflet)


@pytest.fixture
def file(name: str, tmp_path: Path) -> Path:
    path = tmp_path / "web.pdf"
    path.write_bytes(web(name))
    return path


def bare(text: str) -> str:
    """Without spaces: those at the ends of lines are not painted."""
    return "".join(text.split())


def printed(element: Element) -> str:
    """The words that the page shows."""
    return bare(text_of(element))


# --- the whole text from the structure alone --------------------------------------------


@EACH
def test_poppler_rebuilds_the_source_from_the_structure(name: str, file: Path) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("needs poppler")
    told = subprocess.run(
        ["pdfinfo", "-struct-text", str(file)], capture_output=True, check=True
    ).stdout.decode()
    lines = re.findall(r'^ +"(.*)"$', told, re.MULTILINE)
    assert bare("".join(lines)) == printed(tree(name))


@EACH
def test_every_word_is_marked_once_and_in_order(name: str) -> None:
    root = read_tree(web(name))
    assert bare("".join(words(root))) == printed(tree(name))


@EACH
def test_all_words_find_their_marks(name: str) -> None:
    one = drawn(name)
    assert one.leaflet and one.display
    root = grow(structure_of(one.leaflet))
    finder = Finder(root, one.leaflet)
    from layout.display.model import GlyphRun, Group

    def runs(items: tuple[object, ...]) -> Iterator[GlyphRun]:
        for item in items:
            if isinstance(item, GlyphRun) and item.role != "artifact":
                yield item
            elif isinstance(item, Group) and not item.code:
                yield from runs(item.items)

    found = {}
    for number, page in enumerate(one.display.pages, 1):
        for run in runs(page.items):
            for slot, part in finder.parts(run, number):
                assert slot is not None, "".join(part.texts)
                found.setdefault(id(slot), [slot, ""])[1] += "".join(part.texts)  # type: ignore[operator]
    for slot, text in found.values():
        assert isinstance(slot, Slot)
        assert bare(str(text)) == bare(slot.text)
    silent = [
        kid.text
        for node in nodes_of(root)
        for kid in node.kids
        if isinstance(kid, Slot) and id(kid) not in found and kid.text.strip()
    ]
    assert not silent


class Read:
    """A structure element as pikepdf finds it."""

    def __init__(self, kind: str, kids: list["Read | str"], scope: str) -> None:
        self.kind, self.kids, self.scope = kind, kids, scope


def read_tree(data: bytes) -> Read:
    """The structure tree with the text of its marked content."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = {page.obj.objgen: marked_texts(page) for page in pdf.pages}

        def read(element: pikepdf.Object, page: tuple[int, int] | None) -> Read:
            home = element.Pg.objgen if "/Pg" in element else page
            kids: list[Read | str] = []
            for kid in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
                if isinstance(kid, int):
                    assert home is not None
                    kids.append(texts[home].pop(kid))
                elif kid.get("/Type") == "/MCR":
                    kids.append(texts[kid.Pg.objgen].pop(int(kid.MCID)))
                elif kid.get("/Type") != "/OBJR":
                    kids.append(read(kid, home))
            scope = str(element.A[0].get("/Scope", "")) if "/A" in element else ""
            return Read(str(element.S), kids, scope)

        root = read(pdf.Root.StructTreeRoot.K, None)
        assert not any(texts.values()), "marked content that no element has"
        return root


def marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content by its MCID, by ToUnicode."""
    maps = {
        name: {
            int(code, 16): bytes.fromhex(text).decode("utf-16-be")
            for code, text in re.findall(
                r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", font.ToUnicode.read_bytes().decode()
            )
        }
        for name, font in page.obj.Resources.get("/Font", {}).items()
    }
    found: dict[int, str] = {}
    stack: list[int | None] = []
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        word = str(operator)
        if word == "BDC":
            stack.append(int(operands[1].MCID))
            found[int(operands[1].MCID)] = ""
        elif word == "BMC":
            stack.append(None)
        elif word == "EMC":
            stack.pop()
        elif word == "Tf":
            font = str(operands[0])
        elif word == "TJ":
            codes = b"".join(bytes(o) for o in operands[0] if isinstance(o, pikepdf.String))
            text = "".join(
                maps[font][int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2)
            )
            assert stack, f"text outside of all marked content: {text}"
            assert stack[-1] is not None, f"text in an artifact: {text}"
            found[stack[-1]] += text
        elif word in ("f", "f*", "S", "B", "Do"):
            assert stack, "something painted outside of all marked content"
    assert not stack
    return found


def words(element: Read) -> Iterator[str]:
    for kid in element.kids:
        yield from words(kid) if isinstance(kid, Read) else (kid,)


def elements(element: Read) -> Iterator[Read]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Read):
            yield from elements(kid)


# --- what the structure says --------------------------------------------------------------


@EACH
def test_headings_go_down_one_by_one(name: str) -> None:
    levels = [
        int(e.kind[2:]) for e in elements(read_tree(web(name))) if re.match("/H[1-6]", e.kind)
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EACH
def test_figures_say_what_they_show_and_where_they_are(name: str) -> None:
    wanted = [e for e in walk(tree(name)) if e.tag == "Figure"]
    with pikepdf.open(io.BytesIO(web(name))) as pdf:
        found = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"
        ]
        assert sorted(str(f.Alt) for f in found) == sorted(e.alt for e in wanted)
        for figure in found:
            x, y, right, top = map(float, figure.A[0].BBox)
            assert 0 <= x < right
            assert 0 <= y < top


@EACH
def test_tables_and_lists_are_whole(name: str) -> None:
    for element in elements(read_tree(web(name))):
        inside = {kid.kind for kid in element.kids if isinstance(kid, Read)}
        if element.kind == "/Table":
            assert inside <= {"/TR", "/Caption"}
        if element.kind == "/TR":
            assert inside <= {"/TH", "/TD"}
        if element.kind == "/TH":
            assert element.scope in ("/Row", "/Column", "/Both")
        if element.kind == "/L":
            assert inside <= {"/LI", "/Caption"}
        if element.kind == "/LI":
            assert inside <= {"/Lbl", "/LBody"}
        if element.kind == "/Ruby":
            assert inside == {"/RB", "/RT"}


@EACH
def test_links_lead_where_the_source_says(name: str) -> None:
    wanted = {e.target for e in walk(tree(name)) if e.tag == "Link"}
    with pikepdf.open(io.BytesIO(web(name))) as pdf:
        found = set()
        for page in pdf.pages:
            assert page.obj.Tabs == "/S"
            for link in page.obj.get("/Annots", []):
                found.add(str(link.A.URI))
                assert str(link.Contents)
                assert int(link.F) == 4
                owner = parent_of(pdf, int(link.StructParent))
                assert owner.S == "/Link"
                assert any(
                    k.get("/Obj") == link for k in owner.K if isinstance(k, pikepdf.Dictionary)
                )
        assert found == wanted


def parent_of(pdf: pikepdf.Pdf, key: int) -> pikepdf.Object:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))[key]


@EACH
def test_bookmarks_are_the_headings(name: str) -> None:
    wanted = [bare(text_of(e)) for e in walk(tree(name)) if e.tag[0] == "H" and e.tag[1:].isdigit()]
    document = pypdfium2.PdfDocument(web(name))
    assert [bare(mark.get_title()) for mark in document.get_toc(max_depth=9)] == wanted


# --- the file -------------------------------------------------------------------------------


@EACH
def test_the_file_says_what_it_is(name: str) -> None:
    one = drawn(name)
    assert one.leaflet is not None
    with pikepdf.open(io.BytesIO(web(name))) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert meta["dc:title"] == one.leaflet.title
        assert root.MarkInfo.Marked is True
        assert root.ViewerPreferences.DisplayDocTitle is True
        assert str(root.Lang) == one.leaflet.language
        assert str(root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert pdf.check_linearization(io.StringIO())
        assert pdf.is_linearized
        assert not pdf.check_pdf_syntax()
        for page in pdf.pages:
            assert page.mediabox == page.trimbox


@EACH
def test_it_is_small_and_always_the_same(name: str) -> None:
    assert len(web(name)) < 500_000
    one = drawn(name)
    assert one.display and one.leaflet and one.profile
    assert write_web(one.display, one.leaflet, one.profile, Reporter()) == web(name)


@EACH
def test_nothing_is_painted_in_inks(name: str) -> None:
    with pikepdf.open(io.BytesIO(web(name))) as pdf:
        for page in pdf.pages:
            operators = {str(o) for _, o in pikepdf.parse_content_stream(page)}
            assert not operators & {"k", "K", "g", "G", "cs", "CS", "scn", "SCN", "sh"}
            assert "rg" in operators


@EACH
def test_lines_stand_where_the_press_has_them(name: str) -> None:
    one = drawn(name)
    assert one.display and one.profile and one.library
    press = read_from_left(write(one.display, one.profile, one.library, Reporter()))
    margin = one.profile.margin / 25_400_000 * 72
    for ours, theirs in zip(glyphs(web(name)), glyphs(press), strict=True):
        places: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
        for char, x, y in theirs:
            x, y = x - margin, y - margin
            places.setdefault((char, round(x), round(y)), []).append((x, y))
        assert len(ours) == len(theirs)
        for char, x, y in ours:
            near = (
                (there, at)
                for across in (-1, 0, 1)
                for down in (-1, 0, 1)
                for there in [places.get((char, round(x) + across, round(y) + down), [])]
                for at in there
            )
            same = [(t, at) for t, at in near if abs(at[0] - x) < 0.02 and abs(at[1] - y) < 0.02]
            assert same, (char, x, y)
            same[0][0].remove(same[0][1])


def read_from_left(data: bytes) -> bytes:
    """Without the order of its pages: pdfium takes that for the direction of the script."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/ViewerPreferences" in pdf.Root:
            del pdf.Root["/ViewerPreferences"]
        pdf.save(out)
    return out.getvalue()


def glyphs(data: bytes) -> Iterator[list[tuple[str, float, float]]]:
    """Each page's characters with their origins, from the lower left of the sheet."""
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        x, y = ctypes.c_double(), ctypes.c_double()
        found = []
        for index in range(text.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(text, index))
            if not char.isspace():
                pdfium.FPDFText_GetCharOrigin(text, index, x, y)
                found.append((char, x.value, y.value))
        yield found


def test_the_profile_is_srgb_to_little_cms() -> None:
    from PIL import Image, ImageCms

    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    theirs = ImageCms.createProfile("sRGB")
    assert ImageCms.getProfileDescription(ours).strip() == "sRGB IEC61966-2.1"
    ramp = Image.new("RGB", (256, 3))
    for step in range(256):
        for row, colour in enumerate(((step, 0, 0), (128, step, 30), (step, step, step))):
            ramp.putpixel((step, row), colour)
    turned = ImageCms.profileToProfile(ramp, ours, theirs)
    assert turned is not None
    pairs = zip(ramp.tobytes(), turned.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in pairs) <= 1


def test_what_no_element_takes_in_is_told() -> None:
    """A display list with words and a link that its leaflet does not have."""
    one, other = drawn("bosai-yube"), drawn("leaflet9")
    assert one.display and one.leaflet and one.profile and other.display
    strange = tuple(
        item
        for item in other.display.pages[0].items
        if isinstance(item, (GlyphRun, Link)) and item.span.line
    )
    link = Link(Rect(0, 0, 1000, 1000), "https://example.jp/", strange[0].span)
    page = replace(one.display.pages[0], items=(link, *strange[:3]))
    reporter = Reporter()
    write_web(replace(one.display, pages=(page,)), one.leaflet, one.profile, reporter)
    found = {each.code: each for each in reporter}
    assert set(found) == {"web.text-unread", "web.link-lost"}
    assert found["web.text-unread"].page == 1
    assert found["web.link-lost"].values["target"] == "https://example.jp/"
