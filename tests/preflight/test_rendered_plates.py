"""Separations: small tricky pages, the leaflets, and Ghostscript as a second judge of both."""

import shutil
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from layout.diagnostics import Reporter
from layout.preflight.rendered import (
    PagePlates,
    Rendered,
    Separations,
    UnopenedError,
    second_opinion,
    separate,
)

sys.path.insert(0, str(Path(__file__).parent))

from plate_cases import CASES, Case, make_file, plates

CLOSE = 0.012
needs_gs = pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
OWN_PROFILE = {"ICC CMYK image"}
"""Ghostscript converts them through its own profile; a press takes them as its inks."""


@pytest.fixture(scope="module")
def file() -> bytes:
    return make_file()


@pytest.fixture(scope="module")
def pages(file: bytes) -> tuple[PagePlates, ...]:
    opened = Separations(file)
    assert opened.problems == []
    return tuple(opened.render(n, s.media, 72) for n, s in enumerate(opened.shapes, start=1))


def middle(page: PagePlates) -> dict[str, float]:
    found = {}
    for plate in page.plates:
        value = plate.image.getpixel((20, 20)) if plate.image is not None else 0
        assert isinstance(value, (int, float))
        found[plate.name] = value / 255
    return found


def close(found: dict[str, float], expected: dict[str, float]) -> bool:
    names = found.keys() | expected.keys()
    return all(abs(found.get(n, 0) - expected.get(n, 0)) <= CLOSE for n in names)


@pytest.mark.parametrize("index", range(len(CASES)), ids=[case.name for case in CASES])
def test_every_plate_shows_what_it_must(index: int, pages: tuple[PagePlates, ...]) -> None:
    found = middle(pages[index])
    assert close(found, dict(CASES[index].expected)), found


@needs_gs
def test_ghostscript_agrees(file: bytes, pages: tuple[PagePlates, ...]) -> None:
    opened = Separations(file)
    large = tuple(opened.render(n, s.media, 144) for n, s in enumerate(opened.shapes, start=1))
    reporter = Reporter()
    second_opinion(file, "cases.pdf", Rendered(large, (), ()), reporter)
    names = {CASES[found.page - 1].name for found in reporter}
    assert {found.code for found in reporter} == {"plates.second-differs"}
    assert names == OWN_PROFILE


@needs_gs
def test_ghostscript_agrees_on_leaflet_9(leaflet9: object) -> None:
    data: bytes = leaflet9.data  # type: ignore[attr-defined]
    reporter = Reporter()
    second_opinion(data, "leaflet9.pdf", Rendered(separate(data), (), ()), reporter)
    assert [found.code for found in reporter] == []


@needs_gs
def test_a_plate_that_differs_is_noted() -> None:
    data = make_file((Case("plain", b"", {}),))
    page = separate(data)[0]
    wrong = replace(
        page,
        plates=tuple(
            replace(plate, image=ImageChops.invert(plate.image) if plate.image else None)
            for plate in page.plates
        ),
    )
    reporter = Reporter()
    second_opinion(data, "plain.pdf", Rendered((wrong,), (), ()), reporter)
    assert {found.values["plate"] for found in reporter} == {"Yellow", "Black"}


def test_without_ghostscript_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    reporter = Reporter()
    second_opinion(b"", "x.pdf", Rendered((), (), ()), reporter)
    assert [found.code for found in reporter] == ["plates.second-missing"]


def rgb_page(colour: bytes) -> dict[str, float]:
    page = separate(make_file((Case("rgb", colour + b" 10 10 20 20 re f\n", {}),)), dpi=72)[0]
    return middle(page)


def test_rgb_black_becomes_black_of_four_colours() -> None:
    found = rgb_page(b"0 0 0 rg")
    assert found["Black"] > 0.8 and found["Cyan"] > 0.5


def test_rgb_white_is_bare_paper() -> None:
    assert close(rgb_page(b"1 1 1 rg"), plates(0, 0, 0, 0))


def test_a_plate_without_ink_has_no_picture() -> None:
    data = make_file((Case("black", b"0 0 0 1 k 0 0 9 9 re f", {}, ground=b"0 0 0 0.5 k\n"),))
    page = separate(data)[0]
    assert [plate.name for plate in page.plates if plate.image is not None] == ["Black"]


def test_small_black_text_of_leaflet_9_leaves_the_colour_plates_whole(leaflet9: object) -> None:
    """Where the text's black lies over a tint, the tint is the same as beside it."""
    data: bytes = leaflet9.data  # type: ignore[attr-defined]
    assert Separations(data).suspect == set()
    without = bytearray()
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:  # the same file without any text in pure black
            kept, black = [], False
            for it in pikepdf.parse_content_stream(page):
                operator = str(it.operator)
                if operator in ("k", "g"):
                    black = [float(v) for v in it.operands] in ([0, 0, 0, 1], [0])
                if not (black and operator in ("Tj", "TJ")):
                    kept.append(it)
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        out = BytesIO()
        pdf.save(out)
        without += out.getvalue()
    for one, other in zip(separate(data), separate(bytes(without)), strict=True):
        assert one.plates[3].image != other.plates[3].image
        for first, second in zip(one.plates[:3], other.plates[:3], strict=True):
            assert first.image is not None and second.image is not None
            assert ImageChops.difference(first.image, second.image).getbbox() is None


def test_the_spot_looks_like_its_alternate() -> None:
    index = next(i for i, case in enumerate(CASES) if case.name == "separation image")
    page = separate(make_file((CASES[index],)))[0]
    red, green, blue = page.spots["Gold"]  # 60 % magenta and 100 % yellow: orange
    assert red > 200 > green > blue


def test_places_are_measured_from_the_trim() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 300))
    page.MediaBox = pikepdf.Array([100, 50, 400, 350])  # not at the origin
    page.BleedBox = pikepdf.Array([120, 70, 380, 330])
    page.TrimBox = pikepdf.Array([130, 80, 370, 320])
    page.Contents = pdf.make_stream(b"0 0 0 1 k 158.3465 263.3071 28.3465 28.3465 re f")
    out = BytesIO()
    pdf.save(out)
    made = separate(out.getvalue())[0]
    image = made.plates[3].image
    assert image is not None
    box = image.point([0] * 128 + [255] * 128).getbbox()
    assert box is not None
    place = made.place(box)
    found = (place.x, place.y, place.width, place.height)
    assert found == pytest.approx((10, 10, 10, 10), abs=0.2)


def test_a_turned_page_is_separated_upright() -> None:
    data = make_file((CASES[1],))
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.pages[0].Rotate = 90
        out = BytesIO()
        pdf.save(out)
    one, other = separate(data)[0], separate(out.getvalue())[0]
    assert other.rotate == 90
    assert one.plates[3].image == other.plates[3].image


def test_the_same_file_gives_the_same_plates(file: bytes) -> None:
    one, other = separate(file, dpi=72), separate(file, dpi=72)
    for first, second in zip(one, other, strict=True):
        assert [p.image for p in first.plates] == [p.image for p in second.plates]


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.3\nbut nothing else"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnopenedError):
        separate(data)


BROKEN = {
    "an unknown colour space": b"/Nowhere cs 1 scn 0 0 10 10 re f",
    "a form that is not there": b"/Nothing Do",
    "operands that lack": b"k 1 g re f",
    "too many Q": b"Q Q Q 0 0 0 1 k 0 0 10 10 re f",
    "an end in the middle": b"q BT /F1 12 Tf (abc",
    "noise": bytes(range(256)),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_content_does_not_raise(content: bytes) -> None:
    page = separate(make_file((Case("broken", content, {}),)))[0]
    cyan = page.plates[0].image
    assert cyan is not None
    assert isinstance(Image.Image.getextrema(cyan)[1], int)


def test_what_cannot_be_separated_is_said() -> None:
    opened = Separations(make_file((Case("broken", BROKEN["an unknown colour space"], {}),)))
    assert opened.problems == ["colour space /Nowhere"]


def test_a_form_inside_itself_ends() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(40, 40))
    form = pdf.make_stream(b"0 0 0 1 k 0 0 10 10 re f /Fm Do")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 40, 40])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=form))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=form))
    page.Contents = pdf.make_stream(b"/Fm Do")
    out = BytesIO()
    pdf.save(out)
    opened = Separations(out.getvalue())
    assert opened.problems == ["forms inside one another"]
