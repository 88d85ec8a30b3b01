"""Pictures of plates and the report page, looked at through other eyes: Pillow and an HTML parser."""

import re
from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name
from PIL import Image

from layout.cli.result import by_place, finding_data
from layout.diagnostics import Reporter
from layout.house.profile import load_profile
from layout.preflight.finished import (
    Facts,
    FontFact,
    PageFacts,
    PictureFact,
    Place,
    check_pdf,
)
from layout.preflight.rendered import (
    PagePlates,
    Rendered,
    check_rendered,
    plate_pictures,
)
from layout.preflight.report import Judged, report_html
from layout.preflight.report.pictures import frame_of
from layout.preflight.report.texts import text_table

MM = 72 / 25.4
PROFILE = load_profile()


def make(rotate: int = 0, content: bytes = b"") -> bytes:
    """Trim 100 × 60 mm with 3 mm bleed; too much ink at 70, 10, a spot at 10, 40."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(126 * MM, 86 * MM))
    page.TrimBox = Array([13 * MM, 13 * MM, 113 * MM, 73 * MM])
    page.BleedBox = Array([10 * MM, 10 * MM, 116 * MM, 76 * MM])
    page.Rotate = rotate
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[0, 0.6, 1, 0], N=1)
    gold = Array([Name.Separation, Name("/Gold Leaf"), Name.DeviceCMYK, function])
    page.Resources = Dictionary(ColorSpace=Dictionary(Gold=gold))
    page.Contents = pdf.make_stream(
        content
        or b"q %.4f 0 0 %.4f 0 0 cm 1 1 1 1 k 83 53 20 10 re f /Gold cs 1 scn 23 23 20 10 re f Q"
        % (MM, MM)
    )
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def judged(data: bytes, lang: str = "ja", name: str = "made.pdf") -> Judged:
    reporter = Reporter()
    facts = check_pdf(data, name, PROFILE, reporter)
    structural = len(reporter)
    rendered = check_rendered(data, name, PROFILE, reporter)
    found = [finding_data(each, lang) for each in by_place(list(reporter)[structural:])]
    return Judged(name, PROFILE, found, facts, rendered)


def rendered(data: bytes) -> Rendered:
    return check_rendered(data, "made.pdf", PROFILE, Reporter())


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def colour_at(image: Image.Image, x_mm: float, y_mm: float) -> tuple[int, ...]:
    """The colour at a place of the trimmed page; the picture shows the bleed."""
    scale = image.width / 106
    found = image.getpixel((round((x_mm + 3) * scale), round((y_mm + 3) * scale)))
    assert isinstance(found, tuple)
    return found


# --- pictures ------------------------------------------------------------------------


def test_there_is_a_picture_of_every_plate_the_ink_and_the_whole() -> None:
    made = plate_pictures(rendered(make()).pages, PROFILE, "made")
    assert sorted(made) == [
        f"made-p1-{name}.png"
        for name in ("Black", "Cyan", "Gold-Leaf", "Magenta", "Yellow", "ink", "preview")
    ]
    for data in made.values():
        image = picture(data)
        assert image.width == round(106 / 25.4 * 150)


def test_a_plate_is_dark_where_it_prints() -> None:
    made = plate_pictures(rendered(make()).pages, PROFILE, "made")
    gold = picture(made["made-p1-Gold-Leaf.png"])
    assert colour_at(gold, 15, 45) == (0, 0, 0)
    assert colour_at(gold, 75, 15) == (255, 255, 255)


def test_a_tinted_plate_has_the_colour_of_its_ink() -> None:
    made = plate_pictures(rendered(make()).pages, PROFILE, "made", tinted=True)
    red, green, blue = colour_at(picture(made["made-p1-Cyan.png"]), 75, 15)
    assert red < 60 < green < blue
    red, green, blue = colour_at(picture(made["made-p1-Gold-Leaf.png"]), 15, 45)
    assert red > 200 > green > blue


def test_the_ink_map_is_red_where_there_is_too_much_and_has_a_legend() -> None:
    made = plate_pictures(rendered(make()).pages, PROFILE, "made")
    image = picture(made["made-p1-ink.png"])
    red, green, blue = colour_at(image, 75, 15)
    assert red > 180 and green < 60 and blue < 70
    assert colour_at(image, 50, 30) == (255, 255, 255)
    assert image.height > round(66 / 25.4 * 150) + 40


def test_the_preview_shows_spots_and_inks_on_paper() -> None:
    image = picture(plate_pictures(rendered(make()).pages, PROFILE, "made")["made-p1-preview.png"])
    red, green, blue = colour_at(image, 15, 45)
    assert red > 200 > green > blue
    assert max(colour_at(image, 75, 15)) < 40
    assert min(colour_at(image, 50, 30)) > 250


def test_the_preview_shows_overprint() -> None:
    """Magenta over cyan is blue where it overprints, magenta where it does not."""
    block = b"%.3f %.3f %.3f %.3f re f\n" % (23 * MM, 23 * MM, 40 * MM, 40 * MM)
    over = b"1 0 0 0 k " + block + b"0 1 0 0 k " + block
    knocked = picture(
        plate_pictures(rendered(make(content=over)).pages, PROFILE, "p")["p-p1-preview.png"]
    )
    assert colour_at(knocked, 20, 30)[0] > 180
    data = make(content=b"/Over gs " + over)
    with pikepdf.open(BytesIO(data)) as pdf:
        state = Dictionary(OP=True, op=True, OPM=1)
        pdf.pages[0].Resources.ExtGState = Dictionary(Over=state)
        out = BytesIO()
        pdf.save(out)
    shown = picture(
        plate_pictures(rendered(out.getvalue()).pages, PROFILE, "p")["p-p1-preview.png"]
    )
    red, _, blue = colour_at(shown, 20, 30)
    assert red < 90 < blue


def test_pictures_are_the_same_every_time() -> None:
    data = make()
    first = plate_pictures(rendered(data).pages, PROFILE, "made")
    assert first == plate_pictures(rendered(data).pages, PROFILE, "made")


# --- the page ------------------------------------------------------------------------

VOID = {"meta", "img", "br", "link"}


class Reader(HTMLParser):
    """Elements with their attributes, the text, and whether everything is closed in its order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text.append(data)

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [a for _, a in self.elements if name in (a.get("class") or "").split()]


def read(page: str) -> Reader:
    reader = Reader(page)
    assert reader.open == []
    return reader


def numbers(style: str | None) -> dict[str, float]:
    return {key: float(value) for key, value in re.findall(r"([a-z]+):([\d.]+)%", style or "")}


def test_the_report_needs_nothing_from_outside() -> None:
    page = report_html([judged(make())])
    reader = read(page)
    for tag, attributes in reader.elements:
        assert tag not in ("script", "link", "iframe", "object")
        for name in ("src", "href"):
            if value := attributes.get(name):
                assert value.startswith(("data:", "#"))
    assert "url(" not in page and "@import" not in page


def test_pictures_in_the_report_can_be_opened() -> None:
    reader = read(report_html([judged(make())]))
    images = [a for tag, a in reader.elements if tag == "img"]
    assert len(images) == 1 + 5 + 1
    for attributes in images:
        kind, _, data = (attributes["src"] or "").partition(";base64,")
        found = Image.open(BytesIO(b64decode(data)))
        assert kind == f"data:image/{(found.format or '').lower()}"
        assert attributes["alt"]


def test_a_finding_is_framed_at_its_place_with_its_number() -> None:
    reader = read(report_html([judged(make())]))
    (frame,) = reader.of_class("frame")
    # 70 mm from the trim's left and 10 from its top, 20 × 10, on a picture of 106 × 66 with bleed
    expected = {"left": 73 / 1.06, "top": 13 / 0.66, "width": 20 / 1.06, "height": 10 / 0.66}
    assert numbers(frame["style"]) == pytest.approx(expected, abs=0.5)
    assert "error" in (frame["class"] or "")
    links = [a for tag, a in reader.elements if tag == "a"]
    targets = {a.get("id") for tag, a in reader.elements if tag == "li"}
    assert [(a["href"] or "").removeprefix("#") in targets for a in links] == [True]
    assert "インキの総量が 400 %" in "".join(reader.text)
    assert "直し方" in "".join(reader.text)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_frames_turn_with_the_page(rotate: int) -> None:
    """Under the frame the picture is as dark as the fault it is about."""
    made = judged(make(rotate))
    reader = read(report_html([made]))
    (frame,) = reader.of_class("frame")
    view = next(a for tag, a in reader.elements if tag == "img")
    image = picture(b64decode((view["src"] or "").partition(";base64,")[2]))
    at = numbers(frame["style"])
    across = (at["left"] + at["width"] / 2) / 100 * image.width
    down = (at["top"] + at["height"] / 2) / 100 * image.height
    found = image.getpixel((int(across), int(down)))
    assert isinstance(found, tuple) and max(found) < 60
    assert (image.width < image.height) == (rotate in (90, 270))


def test_what_lies_outside_the_picture_is_kept_inside() -> None:
    page = rendered(make()).pages[0]
    frame = frame_of(page, Place(-20, -20, 500, 500))
    assert (frame.left, frame.top, frame.width, frame.height) == (0, 0, 100, 100)


def test_many_findings_at_one_place_do_not_hide_each_other() -> None:
    made = judged(make())
    many = [dict(made.findings[0], place={"x": 50, "y": 30, "w": 1, "h": 1}) for _ in range(40)]
    page = report_html([Judged("made.pdf", PROFILE, many, made.facts, made.rendered)])
    badges = [numbers(a["style"]) for a in read(page).of_class("badge") if "style" in a]
    assert len({(b["left"], b["top"]) for b in badges}) == 40
    assert all(0 <= b["left"] <= 100 and 0 <= b["top"] <= 100 for b in badges)


def test_english_has_no_japanese_but_what_the_file_says() -> None:
    page = report_html([judged(make(), "en")], "en")
    assert '<html lang="en">' in page
    text = "".join(read(page).text)
    assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", text)
    assert "Total ink is 400 %" in text


def test_names_and_messages_are_escaped() -> None:
    finding: dict[str, Any] = {
        "code": "x", "severity": "warning", "file": "<b>.yaml", "line": 3, "column": 1, "page": 0,
        "message": "<script>alert(1)</script>", "hints": ["a & b <i>"],
    }  # fmt: skip
    page = report_html([Judged('<img src="x">&{name}', PROFILE, [finding])])
    reader = read(page)
    assert {tag for tag, _ in reader.elements}.isdisjoint({"script", "i", "b"} - {"b"})
    text = "".join(reader.text)
    assert "<script>alert(1)</script>" in text and "a & b <i>" in text
    assert '<img src="x">&{name}' in text and "<b>.yaml の 3 行目" in text


def test_several_files_stand_in_one_page() -> None:
    page = report_html([judged(make(), name="a.pdf"), judged(make(), name="b.pdf")])
    reader = read(page)
    text = "".join(reader.text)
    assert "2 ファイル" in text and "a.pdf" in text and "b.pdf" in text
    anchors = [a["id"] for _, a in reader.elements if "id" in a]
    assert len(anchors) == len(set(anchors)) == 2


def known(page: PagePlates) -> Facts:
    """Facts as the judge of structure finds them, made by hand."""
    sheet = PageFacts(
        1, page.area, page.area, page.bleed, page.trim, True, True, 0, 100.0, 60.0, 3.0, ("Cyan",)
    )
    font = FontFact("ABCDEF+Made-Regular", "CIDFontType2", True, True, True, (1,))
    loose = FontFact("Loose", "Type1", False, False, False, (1,))
    coarse = PictureFact(1, Place(10, 10, 20, 20), 100, 100, 8, "DeviceCMYK", "colour", 127.0)
    return Facts(
        "made.pdf", 2048, "0123abcd", True, "1.3", "PDF/X-1a:2001", "題名 & more", "bira",
        "JC200103", True, (sheet,), (font, loose), (coarse,), ("Gold Leaf",), ("Cyan",), 7.5, 0.25,
    )  # fmt: skip


def test_the_report_tells_what_the_file_is() -> None:
    made = judged(make())
    assert made.rendered is not None
    facts = known(made.rendered.pages[0])
    text = "".join(read(report_html([replace(made, facts=facts)])).text)
    for said in (
        "PDF/X-1a:2001 (PDF 1.3)", "題名 & more", "JC200103（ICCプロファイル入り）", "100 × 60 mm",
        "3 mm", "シアン, マゼンタ, イエロー, 墨（ブラック）, Gold Leaf", "400 %", "7.5 pt",
        "1 点、いちばん粗いもので 127 ppi", "2 KB", "0123abcd", "Made-Regular", "あり（使う文字だけ）",
    ):  # fmt: skip
        assert said in text, said


def test_a_file_that_could_not_be_opened_has_a_report() -> None:
    reporter = Reporter()
    check_rendered(b"no PDF", "broken.pdf", PROFILE, reporter)
    found = [finding_data(each, "ja") for each in reporter]
    page = report_html([Judged("broken.pdf", PROFILE, found)])
    text = "".join(read(page).text)
    assert "PDF として開けない" in text and "直すところが 1 件" in text


def test_a_good_file_is_called_good() -> None:
    block = b"0 0 0 1 k %.3f %.3f 50 50 re f\n" % (40 * MM, 40 * MM)
    page = report_html([judged(make(content=block))])
    assert "直すところは見つかりませんでした" in page
    assert read(page).of_class("good")


def test_the_report_on_leaflet_9_is_small_enough_for_a_mail(leaflet9: object) -> None:
    page = report_html([judged(leaflet9.data)])  # type: ignore[attr-defined]
    assert len(page.encode()) < 3_000_000
    assert page == report_html([judged(leaflet9.data)])  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(text_table()))
def test_every_text_is_there_in_both_languages(name: str) -> None:
    entry = text_table()[name]
    assert set(entry) == {"ja", "en"} and all(entry.values())
    ja, en = (set(re.findall(r"\{(\w+)\}", entry[lang])) for lang in ("ja", "en"))
    assert {v.removesuffix("_ja") for v in ja} == {v.removesuffix("_en") for v in en}
