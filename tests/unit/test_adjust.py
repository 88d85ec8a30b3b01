"""Line adjustment by JLREQ's order: who gives first, who takes first, and exact sums."""

import random
from itertools import pairwise

import pytest
from handmade import EM, Body, make_items

from layout.house.rules import COMMA, LINE_END, WORD_SPACE, N, load_rules
from layout.inline.adjust import place_items
from layout.inline.breaking import Breaking, BrokenLine, break_lines
from layout.inline.items import Items
from layout.style.model import Align
from layout.units import Length

PLAIN = Body()
SPACE = Body(" ", EM // 3, 0, EM // 12, 1, EM // 6, 1, kind=WORD_SPACE)
DOT = Body("・", EM // 2, EM // 4, EM // 4, 4, 0, 4)
COMMA_BODY = Body("、", EM // 2, EM // 2, EM // 2, 5, 0, 4, kind=COMMA)
LATIN = Body("a", EM // 2, EM // 4, EM // 8, 6, EM // 4, 2)
ROW = [PLAIN, SPACE, PLAIN, DOT, PLAIN, COMMA_BODY, PLAIN, LATIN, PLAIN, PLAIN]
WORD_AT, DOT_AT, COMMA_AT, LATIN_AT = 1, 3, 5, 7


def place(
    items: Items, measure: Length, align: Align = Align.JUSTIFY, *, last: bool = False
) -> tuple[Length, ...]:
    return place_items(items, BrokenLine(0, len(items), 0, False), measure, align, last=last)


def gaps(items: Items, places: tuple[Length, ...]) -> list[Length]:
    return [b - a - items.widths[i] for i, (a, b) in enumerate(pairwise(places))]


def changes(measure_change: Length) -> list[Length]:
    """How each gap of the standard row changes when its line is so much longer than it."""
    items = make_items(ROW)
    natural = sum(items.widths) + sum(items.gap[:-1])
    found = gaps(items, place(items, natural + measure_change))
    return [now - before for now, before in zip(found, items.gap, strict=False)]


def end(items: Items, places: tuple[Length, ...]) -> Length:
    return places[-1] + items.widths[len(places) - 1]


def test_a_line_that_fits_is_left_alone() -> None:
    assert changes(0) == [0] * 9


REDUCTION = [(WORD_AT, EM // 12), (DOT_AT, EM // 4), (COMMA_AT, EM // 2), (LATIN_AT, EM // 8)]


@pytest.mark.parametrize("step", range(4))
def test_reduction_takes_all_of_one_kind_before_the_next(step: int) -> None:
    """Word spaces, middle dots, commas, Japanese–Latin gaps (JLREQ 3.8.3)."""
    earlier = REDUCTION[:step]
    at, room = REDUCTION[step]
    wanted = sum(amount for _, amount in earlier) + room // 2
    found = changes(-wanted)
    for before, amount in earlier:
        assert found[before] == -amount
    assert found[at] == -(room // 2)
    for later, _ in REDUCTION[step + 1 :]:
        assert found[later] == 0


def test_reduction_of_one_kind_is_shared_in_proportion() -> None:
    items = make_items([PLAIN, COMMA_BODY, PLAIN, COMMA_BODY, PLAIN])
    natural = sum(items.widths) + sum(items.gap[:-1])
    found = gaps(items, place(items, natural - EM // 2))
    assert found[1] + found[3] == sum(items.gap) - EM // 2
    assert abs(found[1] - found[3]) <= 1


def test_expansion_opens_word_spaces_then_latin_gaps_then_the_rest() -> None:
    """JLREQ 3.8.4: word spaces, Japanese–Latin gaps, between characters, then all evenly."""
    first = changes(EM // 12)
    assert first[WORD_AT] == EM // 12
    assert sum(map(abs, first)) == EM // 12

    second = changes(EM // 6 + EM // 8)
    assert second[WORD_AT] == EM // 6
    assert second[LATIN_AT] == EM // 8
    assert sum(map(abs, second)) == EM // 6 + EM // 8

    third = changes(EM // 6 + EM // 4 + EM // 2)
    assert (third[WORD_AT], third[LATIN_AT]) == (EM // 6, EM // 4)
    assert third[DOT_AT] == third[COMMA_AT] == 0  # order 4: only when all others are used up
    assert all(third[i] > 0 for i in (0, 2, 4, 6, 8))


def test_expansion_beyond_a_quarter_em_is_shared_by_all_open_places() -> None:
    quarters = 5 * (EM // 4)
    over = 8 * 1000
    found = changes(EM // 6 + EM // 4 + quarters + over)
    assert found[WORD_AT] == EM // 6  # a word space has had its limit
    assert found[DOT_AT] == found[COMMA_AT] == found[LATIN_AT] - EM // 4 == 1000
    assert {found[i] for i in (0, 2, 4, 6, 8)} == {EM // 4 + 1000}


def test_a_place_that_never_opens_stays_closed() -> None:
    held = Body(stretch=0, stretch_order=0)
    items = make_items([PLAIN, held, PLAIN, PLAIN])
    found = gaps(items, place(items, 5 * EM))
    assert found[1] == 0
    assert found[0] + found[2] == EM


@pytest.mark.parametrize("seed", range(50))
def test_every_justified_line_ends_on_the_measure_to_the_nanometre(seed: int) -> None:
    rng = random.Random(seed)
    items = make_items(rng.choice(ROW) for _ in range(rng.randint(60, 90)))
    measure = rng.randint(14 * EM, 22 * EM)
    lines = break_lines(items, Breaking(lambda _: measure, 1, True))
    assert len(lines) > 2
    for line in lines[:-1]:
        places = place_items(items, line, measure, Align.JUSTIFY, last=False)
        assert not line.overfull
        assert places[0] == 0
        assert places[-1] + items.widths[line.end - 1] + line.tail == measure
        assert list(places) == sorted(places)


def test_a_last_line_is_left_open_but_squeezed_when_it_is_too_long() -> None:
    items = make_items(ROW)
    natural = sum(items.widths) + sum(items.gap[:-1])
    assert end(items, place(items, natural + 5 * EM, last=True)) == natural
    assert end(items, place(items, natural - EM // 2, last=True)) == natural - EM // 2


@pytest.mark.parametrize(
    ("align", "start"), [(Align.START, 0), (Align.CENTRE, EM), (Align.END, 2 * EM)]
)
def test_other_alignments_move_the_line_whole(align: Align, start: Length) -> None:
    items = make_items([PLAIN] * 8)
    places = place(items, 10 * EM, align)
    assert places[0] == start
    assert set(gaps(items, places)) == {0}


def test_even_alignment_spreads_all_places_and_reaches_both_ends() -> None:
    items = make_items([PLAIN] * 4)
    places = place(items, 10 * EM, Align.EVEN, last=True)
    assert places[0] == 0
    assert end(items, places) == 10 * EM
    spaces = gaps(items, places)
    assert max(spaces) - min(spaces) <= 1


def test_a_space_at_the_line_end_hangs_behind_the_measure() -> None:
    items = make_items([PLAIN, COMMA_BODY, PLAIN, PLAIN, Body(" ", EM // 3, invisible=True)])
    places = place(items, 4 * EM + EM // 4)
    assert places[3] + EM == 4 * EM + EM // 4


def test_the_priorities_of_each_reduction_table_are_all_served() -> None:
    """Whatever order a table gives a place inside a line, that place gives way."""
    for choice in ("jlreq", "jisx4051", "book"):
        rules = load_rules(choice)
        orders = {
            order
            for at, order in enumerate(rules.reduce_priority)
            if order and at % N != LINE_END and rules.reduce_to[at] < rules.space[at]
        }
        for order in orders:
            giving = Body("、", EM // 2, EM // 2, EM // 2, order, 0, 4, EM // 2, kind=COMMA)
            items = make_items([PLAIN, giving, *[PLAIN] * 8, *[PLAIN] * 10])
            how = Breaking(lambda _: 10 * EM + EM // 4, 1, True)
            line = break_lines(items, how)[0]
            squeezed = place(make_items([PLAIN, giving, PLAIN]), 2 * EM + EM // 2 + EM // 4)
            assert squeezed[2] == EM + EM // 2 + EM // 4, (choice, order)
            assert line.end > 0
