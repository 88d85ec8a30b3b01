"""What grows within one long paragraph: marks, breaks, what is told of text that does not fit."""

from composing import SIZE, body_style, content, setter
from flowing import area, run, said
from handmade import EM, Body, make_items
from steps import steps

from layout.diagnostics import NOWHERE, Reporter, Span
from layout.facts.captions import check_captions
from layout.geometry import WritingMode
from layout.inline.breaking import Breaking, break_lines
from layout.inline.itemize import itemize
from layout.inline.items import ALWAYS
from layout.inline.lines import set_lines
from layout.source.model import (
    Area,
    Common,
    Content,
    Dots,
    Figure,
    Leaflet,
    Page,
    Ruby,
    Sideline,
    Text,
    Warichu,
)
from layout.style.model import Para

MOST = 2.1
UPRIGHT = WritingMode.VERTICAL


def marked(count: int) -> Content:
    """Ruby of three kinds, dots, lines, notes in two rows, short numbers: so many of each."""
    nodes: list[object] = []
    at = 1
    for _ in range(count):
        texts = [Text(t, Span("", 1, at + k * 9, len(t))) for k, t in enumerate(PARTS)]
        plain, group, word, dotted, lined, noted = texts
        nodes += [
            plain,
            Ruby(group, ("けんぽうのこと",), NOWHERE),
            Ruby(word, ("こ", "じん"), NOWHERE),
            Dots((dotted,), NOWHERE),
            Sideline((lined,), NOWHERE),
            Warichu((noted,), NOWHERE),
        ]
        at += 60
    return tuple(nodes)  # type: ignore[arg-type]


PARTS = ("これは12月の、", "憲法", "個人", "圏点を", "傍線と", "割注の中にある文")


def set_marked(count: int) -> None:
    style, how = body_style(tate_chu_yoko=2), setter(UPRIGHT)
    items = itemize(marked(count), style, how)
    assert len(items.annotations) >= 4 * count
    lines = set_lines(items, style, lambda _: (0, 24 * SIZE), 0, how)
    shown = [m for line in lines for m in line.items.annotations_within(line.start, line.end)]
    assert shown and len(shown) == len(lines[0].items.annotations), "each on one line"


def test_twice_the_marks_take_twice_the_steps() -> None:
    set_marked(3)
    once, twice = (sum(steps(lambda n=n: set_marked(n)).values()) for n in (60, 120))
    assert twice <= MOST * once


def test_twice_the_forced_breaks_take_twice_the_steps() -> None:
    how = Breaking(lambda _: 10 * EM, 1, True)
    row = [Body()] * 11 + [Body(penalty=ALWAYS)]
    short, long = (make_items(row * count) for count in (100, 200))
    once, twice = (sum(steps(lambda i=i: break_lines(i, how)).values()) for i in (short, long))
    assert twice <= MOST * once


def test_twice_the_overset_takes_twice_the_steps() -> None:
    def overflow(count: int) -> None:
        text = "国権の発動たる戦争と、武力による威嚇又は" * count
        node = Para(content(text), body_style(), NOWHERE, "P", name="text")
        _, reporter = run(area(WritingMode.HORIZONTAL, 20, 10, (node,)))
        (found,) = [d for d in reporter if d.code == "area.overset"]
        assert found.values["characters"] == len(said(node)) - 200
        assert 1 <= int(str(found.values["win"])) <= 22

    overflow(12)
    once, twice = (sum(steps(lambda n=n: overflow(n)).values()) for n in (40, 80))
    assert twice <= MOST * once


def test_a_line_is_won_at_the_end_of_a_long_paragraph_for_the_same_characters() -> None:
    """Only its last lines are looked at, and they are the same."""
    wins = set()
    for lines in (30, 90):
        text = "国" * (20 * lines + 4)
        node = Para(content(text), body_style(), NOWHERE, "P", name="text")
        _, reporter = run(area(WritingMode.HORIZONTAL, 20, 10, (node,)))
        wins |= {d.values["win"] for d in reporter if d.code == "area.overset"}
    assert wins == {4}


# --- captions ---------------------------------------------------------------------------------


def figure(caption: str, alt: str, line: int) -> Figure:
    span = Span("", line, 1)
    return Figure(Common(span), alt, stand_in="photo", caption=(Text(caption, span),))


def warned(figures: list[Figure]) -> list[tuple[int, object]]:
    page = Page("a", NOWHERE, (Area("b", tuple(figures), NOWHERE),), NOWHERE)
    leaflet = Leaflet("n", "", "", "t", "ja", "", "s", NOWHERE, {}, (page,))
    reporter = Reporter()
    check_captions(leaflet, reporter)
    return [(d.span.line, d.values["other"]) for d in reporter]


def test_captions_that_changed_places_are_found_among_many() -> None:
    figures = [
        figure(f"第{n}回の集会で話す人びと", f"写真：第{n}回の集会で話す人びとと横断幕", n)
        for n in range(1, 40)
    ]
    figures[6] = figure("駅前広場の署名活動", "図書館の前に並ぶ自転車", 7)
    figures[20] = figure("図書館の前に並ぶ自転車", "夕方の駅前広場の署名活動", 21)
    assert warned(figures) == [
        (7, "夕方の駅前広場の署名活動"),
        (21, "図書館の前に並ぶ自転車"),
    ]


def test_twice_the_figures_take_twice_the_steps() -> None:
    def check(count: int) -> None:
        names = [f"第{n}回の集会の広場に集まる人びと" for n in range(count)]
        warned([figure(name, f"{name}と旗", n) for n, name in enumerate(names, start=1)])

    check(3)
    once, twice = (sum(steps(lambda n=n: check(n)).values()) for n in (60, 120))
    assert twice <= MOST * once
