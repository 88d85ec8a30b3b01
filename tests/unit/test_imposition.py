"""Imposition: sheets folded in thought must give the pages in their order."""

import pytest
from handmade import FACE
from msgspec.structs import replace

from layout.cli.messages import MISSING, render
from layout.diagnostics import NOWHERE, Reporter, Span
from layout.display.impose import BLANK, impose, side_text, signature
from layout.display.model import (
    Colour,
    DisplayItem,
    DisplayList,
    DisplayPage,
    Fold,
    GlyphRun,
    Group,
    Link,
    Picture,
    Shape,
    walk,
)
from layout.display.paths import rectangle
from layout.display.shift import shifted
from layout.geometry import Point, Rect
from layout.units import mm

BLACK = Colour("sumi", (0.0, 0.0, 0.0, 100.0))
WIDTH, HEIGHT = mm(210), mm(297)


def run_at(x: int, y: int, text: str = "字") -> GlyphRun:
    count = len(text)
    return GlyphRun(
        FACE, mm(4), Point(x, y), (1,) * count, (mm(4),) * count, tuple(text), BLACK, NOWHERE, "P"
    )


def booklet(count: int, bound_right: bool = False) -> DisplayList:
    pages = tuple(
        DisplayPage(WIDTH, HEIGHT, (run_at(mm(20), mm(20 + n), str(n)),))
        for n in range(1, count + 1)
    )
    return DisplayList(pages, "題", "", "2025-09-01", "ja", bound_right)


def leafed_through(sides: tuple[tuple[int, int], ...], bound_right: bool) -> list[int]:
    """The pages of nested sheets, folded and read from the front cover.

    Paper turned over shows on the left what was on the right: behind the right half
    of an outside lies the left half of its inside.
    """
    front, back = [], []
    for outside, inside in zip(sides[::2], sides[1::2], strict=True):
        if bound_right:
            front += [outside[0], inside[1]]
            back = [inside[0], outside[1], *back]
        else:
            front += [outside[1], inside[0]]
            back = [inside[1], outside[0], *back]
    return front + back


@pytest.mark.parametrize("bound_right", [False, True], ids=["left", "right"])
@pytest.mark.parametrize("count", range(3, 25))
def test_folded_sheets_read_from_the_first_page_to_the_last(count: int, bound_right: bool) -> None:
    sides = signature(count, bound_right)
    whole = len(sides) * 2
    assert whole % 4 == 0 and whole - 4 < count <= whole
    wanted = [*range(1, count + 1), *[BLANK] * (whole - count)]
    assert leafed_through(sides, bound_right) == wanted


@pytest.mark.parametrize(
    ("count", "bound_right", "wanted"),
    [
        (4, False, "4｜1 2｜3"),
        (4, True, "1｜4 3｜2"),
        (3, False, "白｜1 2｜3"),
        (3, True, "1｜白 3｜2"),
        (8, False, "8｜1 2｜7 6｜3 4｜5"),
        (8, True, "1｜8 7｜2 3｜6 5｜4"),
    ],
)
def test_sides_as_printers_write_them(count: int, bound_right: bool, wanted: str) -> None:
    assert " ".join(map(side_text, signature(count, bound_right))) == wanted


def imposed(display: DisplayList) -> tuple[DisplayList, Reporter]:
    reporter = Reporter()
    done = impose(display, mm(3), reporter)
    assert done is not None
    for found in reporter:
        for lang in ("ja", "en"):
            assert MISSING not in render(found, [], lang)
            assert "no description" not in render(found, [], lang)
    return done.display, reporter


def test_a_sheet_is_twice_as_wide_folded_in_the_middle_and_says_how() -> None:
    display, reporter = imposed(booklet(4))
    assert [(p.width, p.height, p.folds) for p in display.pages] == [
        (2 * WIDTH, HEIGHT, (Fold(WIDTH),))
    ] * 2
    assert {d.code for d in reporter} == {"impose.bound-left"}
    assert {d.code for d in imposed(booklet(4, True))[1]} == {"impose.bound-right"}


def test_every_page_is_moved_as_a_whole_and_clipped_at_the_fold() -> None:
    display, _ = imposed(booklet(4))
    outside = display.pages[0].items
    assert all(isinstance(item, Group) for item in outside)
    left, right = outside
    assert isinstance(left, Group) and isinstance(right, Group)
    assert left.clip == rectangle(Rect(-mm(3), -mm(3), WIDTH + mm(3), HEIGHT + mm(6)))
    assert right.clip == rectangle(Rect(WIDTH, -mm(3), WIDTH + mm(3), HEIGHT + mm(6)))
    runs = [item for item in walk(outside) if isinstance(item, GlyphRun)]
    assert [(r.texts, r.origin) for r in runs] == [
        (("4",), Point(mm(20), mm(24))),
        (("1",), Point(WIDTH + mm(20), mm(21))),
    ]


def test_missing_pages_are_blank_and_told() -> None:
    display, reporter = imposed(booklet(6))
    assert len(display.pages) == 4
    (found,) = [d for d in reporter if d.code == "impose.blank"]
    assert found.values["blank"] == "7、8"
    assert [len(page.items) for page in display.pages] == [1, 1, 2, 2]


@pytest.mark.parametrize("count", [1, 2])
def test_too_few_pages_to_fold_stand_twice_on_a_sheet_to_be_cut(count: int) -> None:
    display, reporter = imposed(booklet(count))
    assert {d.code for d in reporter} == {"impose.twice"}
    assert len(display.pages) == count
    for number, page in enumerate(display.pages, start=1):
        runs = [item for item in walk(page.items) if isinstance(item, GlyphRun)]
        assert [r.texts for r in runs] == [(str(number),)] * 2
        assert runs[1].origin.x - runs[0].origin.x == WIDTH
        assert page.folds == ()


def test_pages_of_two_sizes_are_refused_with_the_remedy() -> None:
    display = booklet(4)
    odd = replace(display.pages[2], height=mm(210))
    reporter = Reporter()
    pages = (*display.pages[:2], odd, display.pages[3])
    assert impose(replace(display, pages=pages), mm(3), reporter) is None
    (found,) = reporter
    assert found.code == "impose.sizes" and "--only press" in render(found, [])
    assert MISSING not in render(found, [])


def test_folds_of_the_pages_themselves_come_along() -> None:
    display = booklet(4)
    first = replace(display.pages[0], folds=(Fold(mm(105)), Fold(mm(148), level=True)))
    sheets, _ = imposed(replace(display, pages=(first, *display.pages[1:])))
    outside = sheets.pages[0]
    assert outside.folds == (Fold(WIDTH), Fold(mm(315)), Fold(mm(148), level=True))


def test_everything_can_be_moved() -> None:
    span = Span("f", 1, 1)
    square = rectangle(Rect(1, 2, 3, 4))
    items: tuple[DisplayItem, ...] = (
        run_at(5, 6),
        Shape(square, BLACK, None, span),
        Picture("p.png", Rect(7, 8, 9, 10), "絵", span),
        Link(Rect(11, 12, 13, 14), "https://example.jp/", span),
        Group((run_at(15, 16),), square, span, "figure", code="QR"),
        Group((), (), span, "figure"),
    )
    moved = shifted(items, 100, 1000)
    run, shape, picture, link, group, empty = moved
    assert isinstance(run, GlyphRun) and run.origin == Point(105, 1006)
    assert isinstance(shape, Shape) and shape.path == rectangle(Rect(101, 1002, 3, 4))
    assert isinstance(picture, Picture) and picture.rect == Rect(107, 1008, 9, 10)
    assert isinstance(link, Link) and link.rect == Rect(111, 1012, 13, 14)
    assert isinstance(group, Group) and group.clip == rectangle(Rect(101, 1002, 3, 4))
    (inner,) = group.items
    assert isinstance(inner, GlyphRun) and inner.origin == Point(115, 1016)
    assert empty == items[-1]
    assert shifted(moved, -100, -1000) == items
    assert shifted(items, 0) is items
