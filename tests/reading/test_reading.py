"""What a proofreader reads is what stands in the source, character by character, place by place."""

from pathlib import Path

import pytest

from layout.diagnostics import Reporter
from layout.pipeline import Places, draw
from layout.reading import read_pages
from layout.reading.model import Reading
from layout.reading.paragraphs import SourceParagraph, source_paragraphs

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.parent.name for path in (ROOT / "leaflets").glob("*/leaflet.yaml"))
BOXES = "□"


@pytest.fixture(scope="module", params=NAMES)
def read(request: pytest.FixtureRequest) -> tuple[Reading, tuple[SourceParagraph, ...], list[str]]:
    folder = ROOT / "leaflets" / str(request.param)
    drawn = draw(folder, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), Reporter())
    assert drawn.display is not None and drawn.leaflet is not None
    lines = (folder / "leaflet.yaml").read_text("utf-8").split("\n")
    return read_pages(drawn.display, drawn.leaflet), source_paragraphs(drawn.leaflet), lines


Read = tuple[Reading, tuple[SourceParagraph, ...], list[str]]


def test_every_paragraph_is_read_whole_and_in_order(read: Read) -> None:
    reading, paragraphs, _ = read
    said: dict[str, str] = {}
    for block in reading.blocks:
        said[block.id] = said.get(block.id, "") + block.text
    assert [p.id for p in paragraphs if p.text.strip() and p.id not in said] == []
    for paragraph in paragraphs:
        printed = "".join(said.get(paragraph.id, "").replace(BOXES, "").split())
        assert printed == "".join(paragraph.text.replace(BOXES, "").split()), paragraph.id


def test_every_place_is_that_of_the_character(read: Read) -> None:
    reading, _, lines = read
    placed = 0
    for line in reading.lines:
        for char in line.chars:
            if char.line:
                placed += 1
                assert lines[char.line - 1][char.column - 1] == char.text, line.id
    assert placed > 0.9 * sum(len(line.chars) for line in reading.lines)


def test_lines_are_one_line_each_and_on_the_page(read: Read) -> None:
    reading, _, _ = read
    for page in reading.pages:
        for block in page.blocks:
            for line in block.lines:
                across = line.box.width if line.vertical else line.box.height
                along = line.box.height if line.vertical else line.box.width
                assert across <= line.size_q * 0.25 * 1.9, line.id
                assert line.box.x >= -1 and line.box.x + line.box.width <= page.width + 1
                assert line.box.y >= -1 and line.box.y + line.box.height <= page.height + 1
                assert max(c.at + c.size for c in line.chars) <= along + 0.2, line.id


def test_names_are_names(read: Read) -> None:
    reading, _, _ = read
    ids = [line.id for line in reading.lines]
    assert len(ids) == len(set(ids))
    things = [thing.id for page in reading.pages for thing in page.things]
    assert len(things) == len(set(things)) and things


def test_readings_stand_with_their_characters() -> None:
    folder = ROOT / "leaflets" / "tate-shimbun"
    drawn = draw(folder, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), Reporter())
    assert drawn.display is not None and drawn.leaflet is not None
    reading = read_pages(drawn.display, drawn.leaflet)
    pairs = {(line.text[at], ruby) for line in reading.lines for at, ruby in line.ruby}
    assert ("灯", "ともしまち") in pairs and ("塾", "じゅく") in pairs


def test_codes_and_figures_are_things() -> None:
    folder = ROOT / "leaflets" / "leaflet9"
    drawn = draw(folder, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), Reporter())
    assert drawn.display is not None and drawn.leaflet is not None
    things = [t for page in read_pages(drawn.display, drawn.leaflet).pages for t in page.things]
    (code,) = [thing for thing in things if thing.kind == "code"]
    assert code.says == "http://www.bango-iranai.net/" and code.page == 1
    assert 10 < code.box.width < 30 and abs(code.box.width - code.box.height) < 0.2
    assert len([thing for thing in things if thing.kind == "figure"]) == 5


def test_figures_reach_as_far_as_they_are_seen(read: Read) -> None:
    """What is cut off, by a clip or with the paper, does not count."""
    reading, _, _ = read
    for page in reading.pages:
        for thing in page.things:
            box = thing.box
            assert box.x >= 0 and box.x + box.width <= page.width + 0.001, thing.id
            assert box.y >= 0 and box.y + box.height <= page.height + 0.001, thing.id
            assert box.width > 5 and box.height > 5


def test_no_figure_lies_on_text_beside_it() -> None:
    folder = ROOT / "leaflets" / "tate-shimbun"
    drawn = draw(folder, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), Reporter())
    assert drawn.display is not None and drawn.leaflet is not None
    for page in read_pages(drawn.display, drawn.leaflet).pages:
        for a in (thing.box for thing in page.things):
            for line in (line for block in page.blocks for line in block.lines):
                b = line.box
                across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
                down = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
                assert across <= 0.01 or down <= 0.01, line.id


def test_readings_are_known_by_the_end_of_their_base() -> None:
    folder = ROOT / "leaflets" / "tate-shimbun"
    drawn = draw(folder, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), Reporter())
    assert drawn.leaflet is not None
    found = {
        (paragraph.text[ruby.behind - 2 : ruby.behind], ruby.text)
        for paragraph in source_paragraphs(drawn.leaflet)
        for ruby in paragraph.rubies
    }
    assert ("灯町", "ともしまち") in found
