"""From a place on paper back to the line of the source."""

import pytest
from handmade import FACE
from msgspec.structs import replace

from layout.diagnostics import NOWHERE, Diagnostic, Severity, Span
from layout.display.extents import item_rect, run_sides
from layout.display.model import (
    Colour,
    DisplayItem,
    DisplayList,
    DisplayPage,
    GlyphRun,
    Group,
    Shape,
    Stroke,
)
from layout.display.paths import rectangle
from layout.geometry import Point, Rect
from layout.preflight.places import Known, places_of, traced
from layout.units import mm

BLACK = Colour("sumi", (0.0, 0.0, 0.0, 100.0))


def run(line: int, x: float, y: float, count: int = 10, **more: bool) -> GlyphRun:
    """4 mm type of the handmade face: its em box is 0.88 over and 0.12 under the baseline."""
    return GlyphRun(
        FACE, mm(4), Point(mm(x), mm(y)), (1,) * count, (mm(4),) * count, ("字",) * count, BLACK,
        Span("a.yaml", line, 3, 5), "P", **more,
    )  # fmt: skip


def ground(line: int, x: float, y: float, width: float, height: float) -> Shape:
    path = rectangle(Rect(mm(x), mm(y), mm(width), mm(height)))
    return Shape(path, BLACK, None, Span("a.yaml", line, 1))


def leaflet(*pages: tuple[DisplayItem, ...]) -> DisplayList:
    made = tuple(DisplayPage(mm(210), mm(297), items) for items in pages)
    return DisplayList(made, "題", "", "2025-09-01", "ja")


def finding(page: int, x: object, y: object, w: object = 0, h: object = 0) -> Diagnostic:
    values = {"x": x, "y": y, "w": w, "h": h}
    return Diagnostic("pdf.fault", Severity.ERROR, Span("a.pdf"), values, page)


CODE = Group(
    (ground(30, 150, 250, 20, 20),), (), Span("a.yaml", 30, 9), "figure", code="http://x.jp/"
)
PAGES = (
    (
        ground(1, 10, 10, 190, 270),
        ground(2, 18, 48, 60, 12),
        run(3, 20, 52),
        run(4, 20, 58),
        run(5, 100, 60, vertical=True),
        CODE,
    ),
    (run(20, 20, 52),),
)
KNOWN = places_of(leaflet(*PAGES))


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (finding(1, 20, 48.5, 40, 4), 3),  # the whole line
        (finding(1, 20.2, 48.9, 39, 3.1), 3),  # its ink alone
        (finding(1, 20, 54.5, 40, 4), 4),
        (finding(1, 25, 50.5), 3),  # a point in it
        (finding(1, 18, 48, 60, 12), 2),  # the box behind both
        (finding(1, 98, 60, 4, 40), 5),  # a column
        (finding(1, 150, 200), 1),  # only the ground of the page
        (finding(1, 150, 250, 20, 20), 30),  # a code
        (finding(2, 20, 48.5, 40, 4), 20),
        (finding(1, "20.0", "48.5", "40", "4"), 3),  # places may be words
        (finding(2, 150, 200), 0),  # nothing there
        (finding(3, 20, 48.5, 40, 4), 0),  # no such page
    ],
)
def test_the_line_of_what_is_there(found: Diagnostic, line: int) -> None:
    back = traced(found, KNOWN)
    assert back.span.line == line
    assert back.span.file == ("a.yaml" if line else "a.pdf")
    assert back.values.get("pdf") == ("a.pdf" if line else None)


def test_a_finding_with_a_line_or_without_a_place_stays_as_it_is() -> None:
    own = replace(finding(1, 20, 48.5, 40, 4), span=Span("b.yaml", 7, 1))
    placeless = replace(finding(1, 0, 0), values={})
    assert traced(own, KNOWN) is own
    assert traced(placeless, KNOWN) is placeless
    assert traced(finding(1, 20, 48.5), ()).span == Span("a.pdf")


def test_codes_are_remembered_with_what_they_say_and_where() -> None:
    (code,) = [known for known in KNOWN if known.code]
    assert code == Known(1, code.place, Span("a.yaml", 30, 9), "http://x.jp/")
    place = code.place
    assert (place.x, place.y, place.width, place.height) == (150, 250, 20, 20)


def test_what_came_from_no_source_is_not_remembered() -> None:
    assert places_of(leaflet((replace(run(1, 5, 5), span=NOWHERE),))) == ()


# --- how far things reach ----------------------------------------------------------------


def test_runs_reach_as_far_as_their_em_boxes() -> None:
    level = run_sides(run(1, 20, 52))
    assert level == ((mm(20), mm(60)), (mm(52) - mm(3.52), mm(52) + mm(0.48)))
    upright = run_sides(run(1, 100, 60, vertical=True))
    assert upright == ((mm(98), mm(102)), (mm(60), mm(100)))
    turned = run_sides(run(1, 100, 60, turned=True))
    assert turned == ((mm(100) - mm(0.48), mm(100) + mm(3.52)), (mm(60), mm(100)))


def test_a_line_is_as_broad_as_its_stroke() -> None:
    path = (("M", (mm(10), mm(10))), ("L", (mm(50), mm(10))))
    line = Shape(path, None, Stroke(BLACK, mm(1)), NOWHERE)
    assert item_rect(line) == Rect(mm(9.5), mm(9.5), mm(41), mm(1))
    assert item_rect(Shape((), BLACK, None, NOWHERE)) is None
    assert item_rect(CODE) is None, "its items have their own"
