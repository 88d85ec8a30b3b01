"""What can be measured of a file's marks: pictures, inks, the smallest type, the thinnest line."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from layout.preflight.colour import ALL, PROCESS
from layout.preflight.finished.facts import Facts, PageFacts, PictureFact
from layout.preflight.finished.marks import Mark, PageMarks, Paint
from layout.preflight.finished.paints import (
    BARE,
    image_paint,
    on_page,
    paints_of,
    texts_on,
    total,
)
from layout.preflight.finished.rules_lines import lines_of
from layout.preflight.finished.rules_pictures import bits_of, pictures_of, sort_of


def measured(facts: Facts, pages: Sequence[PageMarks]) -> Facts:
    """The facts with what their marks show; marks beside the page are not counted.

    Type counts with ruby; a hairline of the device (width 0) has no thickness to be
    told; ink is that of flat colours, in percent, before anything overprints.
    """
    paired = list(zip(facts.pages, pages, strict=False))
    inked = tuple(replace(page, inks=_inks(marks, page)) for page, marks in paired)
    names = _in_order(name for page in inked for name in page.inks)
    sizes = [m.size_pt for page, marks in paired for m in texts_on(marks.marks, page)]
    lines = [size for page, marks in paired for _, size in lines_of(marks.marks, page)]
    return replace(
        facts,
        pages=inked + facts.pages[len(inked) :],
        pictures=tuple(each for page, marks in paired for each in _pictures(marks, page)),
        spots=tuple(name for name in names if name not in PROCESS),
        inks=names,
        smallest_type_pt=round(min((size for size in sizes if size > 0), default=0.0), 2),
        thinnest_line_pt=round(min((size for size in lines if size > 0), default=0.0), 3),
        most_ink=round(max((_most(marks, page) for page, marks in paired), default=0.0), 1),
    )


def _inks(marks: PageMarks, page: PageFacts) -> tuple[str, ...]:
    """The plates that a page is painted on: process inks in their order, then spots."""
    seen: set[int] = set()
    found: dict[str, None] = {}
    for mark in on_page(marks.marks, page):
        for paint in _paints(mark):
            if id(paint) not in seen:
                if mark.kind != "image":
                    seen.add(id(paint))
                found.update(dict.fromkeys(_plates(paint)))
    return _in_order(found)


def _paints(mark: Mark) -> Iterator[Paint]:
    yield from (paint for paint, _ in paints_of(mark))
    if mark.kind == "image" and mark.fill is None:
        paint = image_paint(mark.image)
        if paint is not None:
            yield paint


def _plates(paint: Paint) -> Iterator[str]:
    """The plates of a paint; a picture or a blend may stand on all that its space has."""
    if paint.inks:
        return (name for name, tint in paint.inks.items() if tint >= BARE and name != ALL)
    base = paint.space.base if paint.space.base is not None else paint.space
    if base.kind == "cmyk":
        return iter(PROCESS)
    if base.kind == "gray":
        return iter(("Black",))
    return (name for name in base.names if name not in (ALL, "None"))


def _in_order(names: Iterator[str] | dict[str, None]) -> tuple[str, ...]:
    """Process inks first, then spots by their names."""
    found = set(names)
    return (*(name for name in PROCESS if name in found), *sorted(found - set(PROCESS)))


def _most(marks: PageMarks, page: PageFacts) -> float:
    """The most ink of a flat colour, in percent."""
    return max(
        (
            total(paint)
            for mark in on_page(marks.marks, page)
            for paint, _ in paints_of(mark)
            if not paint.pattern and ALL not in paint.inks
        ),
        default=0.0,
    )


def _pictures(marks: PageMarks, page: PageFacts) -> Iterator[PictureFact]:
    for mark in pictures_of(marks, page):
        paint = image_paint(mark.image) or mark.fill
        yield PictureFact(
            page.number,
            page.place(mark.box),
            mark.pixels[0],
            mark.pixels[1],
            bits_of(mark.image),
            paint.family if paint is not None else "",
            sort_of(mark.image),
            round(min(mark.ppi), 1),
        )
