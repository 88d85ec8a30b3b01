"""Lists, tables, forms and threads as another program reads them from the finished PDF."""

from functools import cache
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from layout.diagnostics import Reporter
from layout.pipeline import Places, build

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
MM = 72 / 25.4
MODES = pytest.mark.parametrize("vertical", [False, True], ids=["horizontal", "vertical"])


@cache
def document(name: str) -> Any:
    """The press PDF of a golden case; its first page is set across, its second down."""
    reporter = Reporter()
    source = GOLDEN / "cases" / f"{name}.yaml"
    press = build(source, Places(ROOT / "fonts", GOLDEN / "styles"), reporter).press
    assert press is not None, [d.code for d in reporter]
    return pymupdf.open(stream=press)


def characters(page: Any) -> list[tuple[str, float, float]]:
    """Every character in reading order, with its origin."""
    return [
        (char["c"], *char["origin"])
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for char in span["chars"]
    ]


def found(page: Any, text: str) -> tuple[float, float]:
    """Where a text begins."""
    chars = characters(page)
    at = "".join(char for char, _, _ in chars).index(text)
    return chars[at][1:]


def lines(page: Any) -> list[tuple[float, float, float, float]]:
    """Thin solid lines: beginning and end."""
    return [
        (item[1].x, item[1].y, item[2].x, item[2].y)
        for drawing in page.get_drawings()
        for item in drawing["items"]
        if item[0] == "l" and (drawing["width"] or 9) < 0.5 and drawing["dashes"] == "[] 0"
    ]


@MODES
def test_numbers_stand_on_their_point(vertical: bool) -> None:
    page = document("lists-and-tables")[int(vertical)]
    chars = characters(page)
    text = "".join(char for char, _, _ in chars)
    along = 2 if vertical else 1
    points = [chars[text.index(number) + 1][along] for number in ("0.09", "1.25")]
    assert points[0] == pytest.approx(points[1], abs=0.03)


@MODES
def test_items_hang_on_whole_characters(vertical: bool) -> None:
    page = document("lists-and-tables")[int(vertical)]
    along = int(vertical)
    em = 11 * 0.25 * MM
    text, inner = found(page, "次の項目")[along], found(page, "机")[along]
    again = found(page, "かに続きます" if not vertical else "えて続きます")[along]
    assert again == pytest.approx(text, abs=0.05)
    assert inner - text == pytest.approx(2 * em, abs=0.05)


@MODES
def test_the_text_of_a_table_reads_row_by_row(vertical: bool) -> None:
    page = document("lists-and-tables")[int(vertical)]
    said = "".join(char for char, _, _ in characters(page) if not char.isspace())
    wanted = ["紙の厚さ", "厚さ（mm）", "向くもの", "上質紙", "0.09", "本文", "板紙", "1.25"]
    places = [said.index(word) for word in wanted]
    assert places == sorted(places)


@MODES
def test_a_label_and_its_line_stand_on_one_baseline(vertical: bool) -> None:
    """The line lies where the label's em box ends: under its baseline, or at its left."""
    page = document("form")[int(vertical)]
    em = 11 * 0.25 * MM
    for label in ("お名前", "人数", "ご住所"):
        x, y = found(page, label)
        drawn = lines(page)
        if vertical:  # the origin read is the left edge of the em box
            x += em / 2
            near = [x - one[0] for one in drawn if one[1] > y and abs(one[0] - x) < em]
            assert near and all(0.4 * em < away < 0.6 * em for away in near), (label, near)
        else:
            near = [one[1] - y for one in drawn if one[0] > x and abs(one[1] - y) < em]
            assert near and all(0 < away < 0.15 * em for away in near), (label, near)


@MODES
def test_a_line_of_given_length_is_that_long(vertical: bool) -> None:
    page = document("form")[int(vertical)]
    em = 11 * 0.25 * MM
    lengths = {round(abs(b - y if vertical else a - x) / em, 2) for x, y, a, b in lines(page)}
    assert 3.0 in lengths


def test_a_thread_reads_on_from_area_to_area_and_page_to_page() -> None:
    said = ["".join(page.get_text().split()) for page in document("thread")]
    source = (GOLDEN / "cases" / "thread.yaml").read_text(encoding="utf-8")
    story = [line.strip() for line in source.splitlines() if line.startswith("          ")]
    assert "".join(said) == "続く話" + "".join(story) + "次の頁の文章は、話の後に続きます。"
    assert all(len(text) > 40 for text in said)
