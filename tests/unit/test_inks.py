"""Editions in fewer inks, judged on display lists: grounds, patterns, text, plates, remarks."""

from pathlib import Path

import pytest
from handmade import FACE
from msgspec.structs import replace

from layout.diagnostics import NOWHERE, Reporter
from layout.display.model import (
    Colour,
    DisplayItem,
    DisplayList,
    DisplayPage,
    GlyphRun,
    Group,
    Picture,
    Shape,
    Stroke,
    colours,
    walk,
)
from layout.display.paths import ellipse, rectangle
from layout.geometry import Point, Rect
from layout.inks.editions import editions
from layout.inks.looks import distance, lightness, look
from layout.inks.mono import mono_page
from layout.inks.patterns import PAPER, SOLID, tone_of
from layout.inks.rewrite import numbered, rewritten
from layout.inks.sharing import Inks
from layout.inks.survey import PAPER as BARE
from layout.inks.survey import survey
from layout.preflight.display import preflight
from layout.source.edition_model import UNSAID
from layout.source.read import read_sheet
from layout.style.cascade import Cascade
from layout.style.colours import BLACK_INK, KEY, Editions, Ink, InkPlan, MonoPlan, Tone, tinted
from layout.style.editions import resolve_editions
from layout.units import mm

SUMI = Colour("sumi", KEY)
WHITE = Colour("white", (0.0, 0.0, 0.0, 0.0))
AI = Colour("ai", (95.0, 80.0, 25.0, 10.0))
AI_USU = Colour("ai-usu", (12.0, 8.0, 0.0, 0.0))
SHU = Colour("shu", (0.0, 90.0, 90.0, 0.0))
KI = Colour("ki", (0.0, 10.0, 80.0, 0.0))
WAKABA = Colour("wakaba", (40.0, 0.0, 60.0, 0.0))
SORA = Colour("sora", (40.0, 5.0, 0.0, 0.0))
SHU_INK = Ink("shu", "朱", Colour("shu", SHU.cmyk, "DIC 161"), SHU.cmyk)
TWO = InkPlan((BLACK_INK, SHU_INK))
AUTOMATIC = MonoPlan()


def area(x: float, y: float, width: float, height: float, colour: Colour) -> Shape:
    return Shape(rectangle(Rect(mm(x), mm(y), mm(width), mm(height))), colour, None, NOWHERE)


def line(x: float, y: float, length: float, thickness: float, colour: Colour) -> Shape:
    path = (("M", (mm(x), mm(y))), ("L", (mm(x + length), mm(y))))
    return Shape(path, None, Stroke(colour, mm(thickness)), NOWHERE)


def text(x: float, y: float, colour: Colour, words: str = "町の人", size: float = 3.5) -> GlyphRun:
    count = len(words)
    return GlyphRun(
        FACE,
        mm(size),
        Point(mm(x), mm(y)),
        (1,) * count,
        (mm(size),) * count,
        tuple(words),
        colour,
        NOWHERE,
        "P",
    )


def figure(*items: DisplayItem, code: str = "") -> Group:
    return Group(items, (), NOWHERE, "figure", "図", code=code)


def page(*items: DisplayItem) -> DisplayPage:
    return DisplayPage(mm(100), mm(100), items)


def mono(*items: DisplayItem, plan: MonoPlan = AUTOMATIC) -> list[DisplayItem]:
    made = mono_page(page(*items), plan)
    assert {colour.cmyk for colour in colours(made.items)} <= {KEY, WHITE.cmyk}
    return list(walk(made.items))


def runs(items: list[DisplayItem]) -> list[GlyphRun]:
    return [item for item in items if isinstance(item, GlyphRun)]


def shapes(items: list[DisplayItem]) -> list[Shape]:
    return [item for item in items if isinstance(item, Shape)]


def edition(
    kind: str, *items: DisplayItem, plan: InkPlan = TWO
) -> tuple[list[list[DisplayItem]], Reporter]:
    reporter = Reporter()
    display = DisplayList((page(*items),), "題", "", "2026-01-01", "ja")
    plans = Editions(two_inks=plan, riso=plan)
    made = editions(display, plans, kind, reporter)  # type: ignore[arg-type]
    return [list(walk(each.display.pages[0].items)) for each in made], reporter


# --- how ink looks


def test_inks_look_as_they_print() -> None:
    assert lightness(WHITE.cmyk) == pytest.approx(100, abs=0.5)
    assert lightness(KEY) < 15
    order = [KEY, AI.cmyk, SHU.cmyk, SORA.cmyk, KI.cmyk, WHITE.cmyk]
    assert sorted(order, key=lightness) == order
    assert (
        look(SHU.cmyk)[1] > 30 and look(KI.cmyk)[2] > 30 and look((100.0, 0.0, 0.0, 0.0))[2] < -20
    )
    assert distance(look(AI.cmyk), look(KEY)) > 10


# --- what lies under what


def test_the_survey_sees_what_is_on_top() -> None:
    """An area that covers another hides it; text knows what it stands on, not what comes later."""
    found = survey(page(area(10, 10, 40, 40, AI), area(10, 10, 20, 40, KI), text(12, 20, SUMI)))
    below, above, words = found.parts[2], found.parts[4], found.parts[6]
    assert below.seen == pytest.approx(below.dots / 2, rel=0.05)
    assert above.seen == above.dots
    assert set(above.under) == {2}
    assert set(words.under) == {4}
    assert found.touching[2, 4] > 50 and found.touching[BARE, 2] > 50


def test_the_survey_heeds_clips_and_holes() -> None:
    hole = rectangle(Rect(mm(10), mm(10), mm(40), mm(40)))
    inner = rectangle(Rect(mm(20), mm(20), mm(20), mm(20)))
    ring = Shape((*hole, *inner), AI, None, NOWHERE, even_odd=True)
    clip = rectangle(Rect(mm(60), mm(60), mm(10), mm(10)))
    clipped = Group((area(50, 50, 40, 40, SHU),), clip, NOWHERE, "figure")
    found = survey(page(ring, clipped))
    square = (mm(1) / 250_000) ** 2
    assert found.parts[2].dots == pytest.approx(1200 * square, rel=0.04)
    assert found.parts[4].dots == pytest.approx(100 * square, rel=0.06)


def test_a_hole_is_one_by_direction_too() -> None:
    outer = rectangle(Rect(mm(10), mm(10), mm(40), mm(40)))
    back = tuple(("ML"[at > 0], (mm(x), mm(y))) for at, (x, y) in enumerate(
        ((20, 20), (20, 40), (40, 40), (40, 20))
    ))  # fmt: skip
    found = survey(page(Shape((*outer, *back, ("Z", ())), AI, None, NOWHERE)))
    assert found.parts[2].dots == pytest.approx(1200 * 16, rel=0.04)


def test_numbers_are_the_same_for_the_survey_and_the_rewriting() -> None:
    items = (area(0, 0, 5, 5, AI), figure(text(1, 3, SUMI), figure(line(0, 0, 5, 0.2, SHU))))
    seen: list[tuple[int, DisplayItem]] = []

    def make(number: int, item: DisplayItem) -> tuple[DisplayItem, ...]:
        seen.append((number, item))
        return (item,)

    assert rewritten(items, make) == items
    assert seen == [(each.number, each.item) for each in numbered(items)]


# --- mono


def test_a_tinted_ground_of_text_becomes_paper_with_an_edge() -> None:
    ground, edge = shapes(mono(area(10, 10, 60, 30, KI), text(15, 20, AI)))
    assert ground.fill is not None and ground.fill.cmyk == WHITE.cmyk
    assert edge.stroke is not None and edge.stroke.colour.cmyk == KEY
    assert edge.path == ground.path


def test_a_dark_ground_of_light_text_becomes_solid() -> None:
    items = mono(area(10, 10, 60, 30, AI), text(15, 20, WHITE), text(15, 30, KI))
    assert [shape.fill.cmyk for shape in shapes(items) if shape.fill] == [KEY]
    assert [run.colour.cmyk for run in runs(items)] == [WHITE.cmyk, WHITE.cmyk]


def test_coloured_text_on_paper_becomes_black() -> None:
    assert [run.colour.cmyk for run in runs(mono(text(10, 10, SHU)))] == [KEY]


def test_light_text_on_a_middle_tone_stays_light() -> None:
    """White on red: the ground turns black, not the text."""
    (run,) = runs(mono(area(10, 10, 60, 30, SHU), text(15, 20, WHITE)))
    assert run.colour.cmyk == WHITE.cmyk


def test_an_area_without_text_becomes_a_pattern() -> None:
    items = mono(area(10, 10, 40, 40, WAKABA))
    lines = [shape for shape in shapes(items) if shape.stroke and not shape.fill]
    assert lines and all(shape.stroke.thickness >= mm(0.15) for shape in lines if shape.stroke)
    (group,) = [item for item in items if isinstance(item, Group)]
    assert group.clip == rectangle(Rect(mm(10), mm(10), mm(40), mm(40)))


@pytest.mark.parametrize(("one", "other"), [(KI, SORA), (SORA, WAKABA), (WAKABA, SHU), (AI, KI)])
def test_hues_of_one_lightness_get_patterns_of_their_own(one: Colour, other: Colour) -> None:
    assert tone_of(one.cmyk) != tone_of(other.cmyk)


def test_tones_follow_lightness() -> None:
    grays = [tone_of((0.0, 0.0, 0.0, float(k))) for k in range(0, 101, 5)]
    percents = [tone.percent for tone in grays]
    assert percents == sorted(percents)
    assert grays[0] == PAPER and grays[-1] == SOLID
    assert len(set(percents)) >= 6


def test_no_pattern_lies_under_small_text() -> None:
    """A word on a large picture gets a piece of plain ground."""
    word = text(50, 50, AI, words="字", size=2.5)
    items = mono(figure(area(0, 0, 100, 100, WAKABA), word))
    at = items.index(runs(items)[0])
    piece = items[at - 1]
    assert isinstance(piece, Shape) and piece.fill is not None
    assert piece.fill.cmyk == WHITE.cmyk
    along = [numbers[0] for _, numbers in piece.path if numbers]
    assert min(along) < word.origin.x and max(along) > word.origin.x + sum(word.advances)


def test_areas_that_became_alike_get_an_edge_between() -> None:
    """A red badge on a blue ground: both black now, so a white line comes around the badge."""
    badge = Shape(ellipse(mm(40), mm(30), mm(12), mm(12)), SHU, None, NOWHERE)
    items = mono(
        area(0, 0, 100, 60, AI), text(5, 50, WHITE), badge, text(35, 31, WHITE, words="無料")
    )
    edges = [shape for shape in shapes(items) if shape.stroke and shape.path == badge.path]
    assert [edge.stroke.colour.cmyk for edge in edges if edge.stroke] == [WHITE.cmyk]


def test_what_looked_alike_gets_no_edge() -> None:
    nearly = Colour("kinari", (0.0, 1.0, 4.0, 0.0))
    assert not [
        s for s in shapes(mono(area(10, 10, 50, 50, nearly), text(20, 20, SUMI))) if s.stroke
    ]


def test_the_steps_of_a_gradient_get_no_edges() -> None:
    clip = rectangle(Rect(mm(10), mm(10), mm(80), mm(40)))
    steps = tuple(
        area(10 + at * 4, 10, 80 - at * 4, 40, Colour(f"{at}", (at * 5.0, 0.0, 0.0, 0.0)))
        for at in range(20)
    )
    items = mono(Group(steps, clip, NOWHERE, "artifact"))
    assert not [s for s in shapes(items) if s.stroke and s.path in {step.path for step in steps}]


def test_text_on_a_gradient_stands_on_one_plain_ground() -> None:
    clip = rectangle(Rect(mm(10), mm(10), mm(80), mm(40)))
    steps = tuple(
        area(10 + at * 4, 10, 80 - at * 4, 40, Colour(f"{at}", (at * 3.0, 0.0, 0.0, 0.0)))
        for at in range(20)
    )
    items = mono(Group(steps, clip, NOWHERE, "artifact"), text(15, 30, SUMI, words="町" * 9))
    assert {shape.fill.cmyk for shape in shapes(items) if shape.fill} == {WHITE.cmyk}
    assert not [item for item in items if isinstance(item, Group) and item.clip != clip]


def test_lines_are_seen_on_what_they_lie_on() -> None:
    items = mono(
        area(0, 0, 100, 40, AI),
        text(5, 30, WHITE),
        line(10, 10, 50, 0.3, KI),
        line(10, 60, 50, 0.3, SHU),
    )
    inks = [s.stroke.colour.cmyk for s in shapes(items) if s.stroke]
    assert inks == [WHITE.cmyk, KEY]


def test_a_halo_in_the_colour_of_its_ground_stays_a_halo() -> None:
    """Letters drawn in a picture, with an outline that clears the ground around them."""
    letter = rectangle(Rect(mm(30), mm(30), mm(6), mm(0.8)))
    halo = Shape(letter, None, Stroke(WAKABA, mm(0.9)), NOWHERE)
    drawn = Shape(letter, AI, None, NOWHERE)
    items = mono(figure(area(10, 10, 60, 60, WAKABA), halo, drawn))
    pens = [s.stroke.colour.cmyk for s in shapes(items) if s.stroke and s.path == letter]
    fills = [s.fill.cmyk for s in shapes(items) if s.fill and s.path == letter]
    assert (pens, fills) == ([WHITE.cmyk], [KEY])


def test_a_light_road_gets_a_line_on_either_side() -> None:
    items = mono(figure(area(0, 0, 100, 100, WHITE), line(10, 50, 80, 3, KI)))
    case, road = [s.stroke for s in shapes(items) if s.stroke and s.stroke.thickness >= mm(3)]
    assert case.thickness > road.thickness
    assert (case.colour.cmyk, road.colour.cmyk) == (KEY, WHITE.cmyk)


def test_a_qr_code_keeps_its_modules() -> None:
    modules = Shape(
        (*rectangle(Rect(mm(14), mm(14), mm(3), mm(3))), *rectangle(Rect(mm(20), mm(14), mm(3), mm(3)))),
        AI,
        None,
        NOWHERE,
    )  # fmt: skip
    items = mono(figure(area(10, 10, 20, 20, WHITE), modules, code="x"))
    assert [s.fill.cmyk for s in shapes(items) if s.fill and s.path == modules.path] == [KEY]


def test_the_quiet_zone_of_a_qr_code_stays_quiet() -> None:
    items = mono(
        area(0, 0, 60, 60, WAKABA), figure(area(10, 10, 20, 20, WHITE), code="x"), text(40, 40, AI)
    )
    paper = rectangle(Rect(mm(10), mm(10), mm(20), mm(20)))
    assert not [s for s in shapes(items) if s.stroke and s.path == paper]


def test_a_style_decides_over_the_automatic() -> None:
    plan = MonoPlan({"wakaba": Tone("black", 100.0), "ki": Tone("mesh", 30.0)})
    items = mono(area(10, 10, 30, 30, WAKABA), area(50, 10, 30, 30, KI), plan=plan)
    fills = [s.fill.cmyk for s in shapes(items) if s.fill]
    assert fills == [KEY, WHITE.cmyk]
    assert len([s for s in shapes(items) if s.stroke]) >= 2  # a mesh has lines both ways


def test_pictures_are_rendered_as_the_plan_says() -> None:
    photo = Picture("a.jpg", Rect(mm(10), mm(10), mm(40), mm(30)), "写真", NOWHERE)
    for wish in ("gray", "bitonal"):
        (made,) = mono(photo, plan=MonoPlan(pictures=wish))  # type: ignore[arg-type]
        assert made == replace(photo, tone=wish)


def test_places_stay() -> None:
    """The layout is that of the full colours: every run stands where it stood."""
    words = [text(10, 10 + 5 * at, (SUMI, SHU, AI)[at % 3]) for at in range(9)]
    made = runs(mono(area(5, 5, 60, 60, KI), *words))
    assert [replace(run, colour=SUMI) for run in made] == [replace(w, colour=SUMI) for w in words]


# --- sharing out


def test_colours_go_to_the_nearest_ink() -> None:
    inks = Inks(TWO)
    assert inks.area(SUMI) == (100, 0)
    assert inks.area(WHITE) == (0, 0)
    assert inks.area(SHU) == (0, 100)
    pale = inks.area(Colour("shu-usu", (0.0, 20.0, 20.0, 0.0)))
    assert pale[0] == 0 and 10 <= pale[1] <= 50
    assert inks.area(AI_USU)[1] == 0  # another hue: gray, not pink
    assert inks.area(SORA)[0] > 0 and inks.area(SORA)[1] == 0


def test_tints_can_be_printed() -> None:
    inks = Inks(TWO)
    for cyan in range(0, 101, 20):
        for magenta in range(0, 101, 20):
            for yellow in range(0, 101, 20):
                colour = Colour("x", (float(cyan), float(magenta), float(yellow), 0.0))
                assert all(p == 0 or 10 <= p <= 100 for p in inks.area(colour))


def test_text_is_one_full_ink_that_can_be_read() -> None:
    inks = Inks(TWO)
    for colour in (SUMI, AI, SHU, KI, WAKABA, AI_USU):
        for ground in (WHITE, AI_USU, KI, SHU, AI, SUMI):
            seen = look(ground.cmyk)
            percents = inks.line(colour, seen, 32.0)
            assert sorted(percents) in ([0, 0], [0, 100])
            assert abs(inks.seen(percents)[0] - seen[0]) > 25


def test_a_plan_decides_over_the_automatic() -> None:
    inks = Inks(replace(TWO, colours={"ki": (("shu", 30.0),)}))
    assert inks.area(KI) == (0, 30)
    # Text in a tint would break up: it is decided as if nothing had been said.
    assert sorted(inks.line(KI, look(KEY), 32.0)) == [0, 0]


# --- plates


def test_two_inks_are_black_and_the_spot_alone() -> None:
    (items,), _ = edition(
        "two-inks",
        area(0, 0, 100, 30, AI),
        text(5, 20, WHITE),
        area(0, 30, 100, 30, Colour("hada", (10.0, 50.0, 50.0, 20.0))),
        text(5, 50, SHU, size=8),
    )
    for colour in colours(tuple(items)):
        assert colour.spot in ("", "DIC 161")
        if not colour.spot:
            assert colour.cmyk[:3] == (0, 0, 0)


def test_a_process_plate_stands_for_an_ink() -> None:
    red = Ink("aka", "赤", Colour("aka", (0.0, 100.0, 0.0, 0.0)), SHU.cmyk)
    (items,), _ = edition("two-inks", area(0, 0, 50, 50, SHU), plan=InkPlan((BLACK_INK, red)))
    assert [colour.cmyk for colour in colours(tuple(items))] == [(0.0, 100.0, 0.0, 0.0)]


def test_mixed_inks_are_one_colour_with_two_parts() -> None:
    plan = replace(TWO, colours={"cha": (("sumi", 40.0), ("shu", 70.0))})
    (items,), _ = edition(
        "two-inks", area(0, 0, 50, 50, Colour("cha", (30.0, 60.0, 70.0, 30.0))), plan=plan
    )
    spot, black = colours(tuple(items))
    assert (spot.spot, spot.tint, black.cmyk) == ("DIC 161", 70, (0, 0, 0, 40))
    assert spot.total == 110 and spot.strongest == 70


def test_drums_are_gray_and_cut_out_what_is_lighter() -> None:
    drums, _ = edition(
        "riso",
        area(0, 0, 100, 50, SHU),
        text(5, 20, WHITE),
        text(5, 40, SUMI),
        area(60, 10, 20, 20, WHITE),
        text(5, 80, SHU),
    )
    black, red = drums
    for items in drums:
        assert all(colour.cmyk[:3] == (0, 0, 0) for colour in colours(tuple(items)))
    assert [run.colour.cmyk for run in runs(black)] == [KEY]
    # On the red drum: ground, white text and box cut out, the black text not, the red text.
    assert [run.colour.cmyk for run in runs(red)] == [WHITE.cmyk, KEY]
    assert [s.fill.cmyk for s in shapes(red) if s.fill] == [KEY, WHITE.cmyk]
    assert shapes(black) == []  # nothing there to be cut out of


def test_a_red_area_is_cut_out_of_black() -> None:
    black, red = edition("riso", area(0, 0, 100, 50, SUMI), area(20, 10, 30, 30, SHU))[0]
    assert [s.fill.cmyk for s in shapes(black) if s.fill] == [KEY, WHITE.cmyk]
    assert [s.fill.cmyk for s in shapes(red) if s.fill] == [KEY]


def test_a_photo_is_on_the_darkest_drum_and_cut_out_of_the_others() -> None:
    photo = Picture("a.jpg", Rect(mm(10), mm(10), mm(40), mm(30)), "写真", NOWHERE)
    black, red = edition("riso", area(0, 0, 100, 50, SHU), photo)[0]
    assert [item for item in black if isinstance(item, Picture)] == [replace(photo, tone="gray")]
    assert [item for item in red if isinstance(item, Picture)] == []
    assert shapes(red)[-1].fill == WHITE


def test_colours_that_became_alike_are_remarked() -> None:
    plan = replace(TWO, colours={"wakaba": (("sumi", 30.0),), "sora": (("sumi", 30.0),)})
    _, reporter = edition(
        "two-inks", area(0, 0, 50, 50, WAKABA), area(50, 0, 40, 50, SORA), plan=plan
    )
    (found,) = [d for d in reporter if d.code == "edition.alike"]
    assert {found.values["one"], found.values["other"]} == {"wakaba", "sora"}


def test_text_that_sinks_into_its_ground_is_remarked() -> None:
    plan = replace(TWO, colours={"ai": (("sumi", 100.0),), "sumi": (("sumi", 100.0),)})
    _, reporter = edition("two-inks", area(0, 0, 50, 50, AI), text(5, 20, SUMI), plan=plan)
    assert [d.values["text"] for d in reporter if d.code == "edition.low-contrast"] == ["町の人"]


def test_without_a_word_in_the_style_there_are_inks_all_the_same() -> None:
    for kind, count in (("two-inks", 1), ("riso", 2)):
        made, reporter = edition(kind, text(10, 10, SHU), plan=InkPlan(()))
        assert len(made) == count
        assert [d.code for d in reporter] == ["edition.inks-chosen"]


# --- the style


SHEET = """\
bira-style: 1
page: A4
colours:
  sumi: {{cmyk: [0, 0, 0, 100]}}
  shu: {{spot: DIC 161, cmyk: [0, 80, 90, 0]}}
  shu-usu: {{tint-of: shu, tint: 25}}
{more}
text:
  body: {{size: 14Q, line: 22H}}
layouts:
  cover:
    areas:
      body: {{rect: [11mm, 8mm, 188mm, 54mm]}}
"""


def cascade(tmp_path: Path, more: str = "") -> Cascade:
    path = tmp_path / "sheet.yaml"
    path.write_text(SHEET.format(more=more), encoding="utf-8")
    reporter = Reporter()
    sheet = read_sheet(path, reporter)
    assert sheet is not None and not list(reporter)
    return Cascade(sheet, frozenset(("x",)), reporter)


def test_a_tint_of_a_spot_is_the_same_ink(tmp_path: Path) -> None:
    found = cascade(tmp_path).all_colours()
    assert (found["shu"].spot, found["shu"].tint) == ("DIC 161", 100)
    pale = found["shu-usu"]
    assert (pale.spot, pale.tint, pale.cmyk) == ("DIC 161", 25, (0, 20, 22.5, 0))
    assert tinted(pale, 40).tint == 10


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("  beni: {spot: DIC 161, cmyk: [0, 100, 90, 0]}", "style.spot-differs"),
        ("  usu: {spot: DIC 161, tint-of: sumi, tint: 20}", "style.spot-tint"),
    ],
)
def test_spots_that_contradict_themselves(tmp_path: Path, more: str, code: str) -> None:
    found = cascade(tmp_path, more)
    found.all_colours()
    assert [d.code for d in found.reporter] == [code]


EDITIONS = """\
editions:
  mono:
    pictures: bitonal
    colours:
      shu: {pattern: dots, percent: 20}
      sumi: black
  two-inks:
    inks:
      sumi: {cmyk: [0, 0, 0, 100]}
      beni: {label: 紅, cmyk: [0, 90, 60, 0], as: M}
    colours:
      shu: {beni: 100}
  riso:
    inks:
      ao: {label: 青, cmyk: [90, 50, 0, 0]}
"""


def test_editions_are_read(tmp_path: Path) -> None:
    found = cascade(tmp_path, EDITIONS)
    made = resolve_editions(UNSAID, found.sheet.editions, found)
    assert made.mono == MonoPlan({"shu": Tone("dots", 20.0), "sumi": SOLID}, "bitonal")
    sumi, beni = made.two_inks.inks
    assert sumi.colour == SUMI
    assert (beni.label, beni.colour.cmyk, beni.looks) == ("紅", (0, 100, 0, 0), (0, 90, 60, 0))
    assert made.two_inks.colours == {"shu": (("beni", 100.0),)}
    (ao,) = made.riso.inks
    assert ao.label == "青"
    assert not list(found.reporter)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("      shu: {beni: 100}", "      shu: {ao: 100}", "style.unknown-name"),
        ("      shu: {beni: 100}", "      beni: {beni: 100}", "style.unknown-name"),
        ("      sumi: black", "      midori: black", "style.unknown-name"),
        ("      sumi: {cmyk: [0, 0, 0, 100]}\n", "", "edition.ink-count"),
    ],
)
def test_slips_in_editions_are_found(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in EDITIONS
    found = cascade(tmp_path, EDITIONS.replace(old, new))
    resolve_editions(UNSAID, found.sheet.editions, found)
    assert code in [d.code for d in found.reporter]


def test_inks_of_the_leaflet_make_those_of_the_sheet_void(tmp_path: Path) -> None:
    found = cascade(tmp_path, EDITIONS)
    sheet = found.sheet.editions
    own = replace(
        UNSAID, two_inks=replace(sheet.two_inks, inks=sheet.two_inks.inks[::-1], colours={})
    )
    made = resolve_editions(own, sheet, found)
    assert [ink.name for ink in made.two_inks.inks] == ["beni", "sumi"]
    assert made.two_inks.colours == {}


# --- text in black


@pytest.mark.parametrize(
    ("cmyk", "codes"),
    [
        (KEY, []),
        ((88.0, 48.0, 78.0, 45.0), []),
        ((30.0, 15.0, 15.0, 100.0), ["press.text-rich-black"]),
        ((100.0, 100.0, 100.0, 100.0), ["press.text-registration"]),
    ],
)
def test_text_in_more_than_black(cmyk: tuple[float, float, float, float], codes: list[str]) -> None:
    from layout.house.profile import load_profile

    reporter = Reporter()
    display = DisplayList((page(text(20, 20, Colour("kuro", cmyk))),), "題", "", "", "ja")
    preflight(display, load_profile(), reporter)
    assert [d.code for d in reporter if d.code.startswith("press.text")] == codes
