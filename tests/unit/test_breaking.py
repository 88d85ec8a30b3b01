"""The line breaker on items made by hand: it sees only lengths, costs and classes."""

import random
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

import pytest
from handmade import EM, Body, make_items

from layout.house.rules import CLOSING, COMMA, FULL_STOP, WORD_SPACE
from layout.inline.breaking import (
    LINE_COST,
    RAGGED_COST,
    SHORT_LAST_COST,
    Breaking,
    BrokenLine,
    break_lines,
)
from layout.inline.items import ALWAYS, NEVER, Items
from layout.units import Length

PLAIN = Body()
COMMA_BODY = Body("、", EM // 2, EM // 2, EM // 2, 5, 0, 0, EM // 2, kind=COMMA)
HELD = Body(penalty=NEVER)


def justified(measure: Length, *, hanging: bool = False) -> Breaking:
    return Breaking(lambda _: measure, 1, True, hanging)


def ragged(measure: Length) -> Breaking:
    return Breaking(lambda _: measure, 1, False)


def lengths(lines: Sequence[BrokenLine]) -> list[int]:
    return [line.end - line.start for line in lines]


def natural(items: Items, line: BrokenLine) -> Length:
    bodies = sum(items.widths[line.start : line.end])
    return bodies + sum(items.gap[line.start : line.end - 1]) + line.tail


def test_nothing_gives_no_lines() -> None:
    assert break_lines(make_items([]), justified(10 * EM)) == ()


def test_text_that_fits_is_one_line() -> None:
    lines = break_lines(make_items([PLAIN] * 7), justified(7 * EM))
    assert lines == (BrokenLine(0, 7, 0, False),)


def test_full_lines_stay_full() -> None:
    lines = break_lines(make_items([PLAIN] * 35), justified(10 * EM))
    assert lengths(lines) == [10, 10, 10, 5]


@pytest.mark.parametrize("how", [justified(10 * EM), ragged(10 * EM)])
def test_lines_follow_each_other_without_gap(how: Breaking) -> None:
    lines = break_lines(make_items([PLAIN, COMMA_BODY, PLAIN, PLAIN] * 12), how)
    assert lines[0].start == 0
    assert lines[-1].end == 48
    assert all(a.end == b.start for a, b in pairwise(lines))


# --- kinsoku ----------------------------------------------------------------------


@pytest.mark.parametrize("place", range(7, 13))
@pytest.mark.parametrize("how", [justified(10 * EM), ragged(10 * EM)])
def test_a_forbidden_break_is_never_taken(place: int, how: Breaking) -> None:
    bodies = [PLAIN] * 32
    bodies[place] = HELD
    for line in break_lines(make_items(bodies), how):
        assert line.end != place + 1
        assert not line.overfull


def test_a_long_unbreakable_run_goes_to_the_next_line_whole() -> None:
    bodies = [PLAIN] * 7 + [HELD] * 5 + [PLAIN] * 10
    lines = break_lines(make_items(bodies), justified(10 * EM))
    assert all(not 8 <= line.end <= 12 for line in lines)


def test_only_the_line_that_cannot_fit_is_overfull() -> None:
    bodies = [PLAIN] * 10 + [HELD] * 14 + [PLAIN] * 11
    lines = break_lines(make_items(bodies), justified(10 * EM))
    assert [line.overfull for line in lines] == [False, True, False]
    assert (lines[1].start, lines[1].end) == (10, 25)
    assert lines[-1].end == len(bodies)


def test_a_body_wider_than_the_measure_is_kept_and_flagged() -> None:
    lines = break_lines(make_items([Body(width=12 * EM)]), justified(10 * EM))
    assert lines == (BrokenLine(0, 1, 0, True),)


# --- forced breaks -----------------------------------------------------------------


@pytest.mark.parametrize("how", [justified(10 * EM), ragged(10 * EM)])
def test_forced_breaks_are_all_taken(how: Breaking) -> None:
    bodies = [PLAIN] * 30
    for place in (3, 4, 21):
        bodies[place] = Body(penalty=ALWAYS)
    ends = [line.end for line in break_lines(make_items(bodies), how)]
    assert {4, 5, 22} <= set(ends)
    assert ends[:2] == [4, 5]
    assert ends[-1] == 30


def test_lines_after_a_forced_break_keep_counting_for_the_measure() -> None:
    """The second stretch begins on line 1, whose measure is another one."""
    bodies = [Body(penalty=ALWAYS), *[PLAIN] * 9]
    how = Breaking(lambda line: (10 if line == 0 else 3) * EM, 1, True)
    assert lengths(break_lines(make_items(bodies), how)) == [1, 3, 3, 3]


# --- total fit ---------------------------------------------------------------------


def greedy(items: Items, measure: Length) -> list[int]:
    """The lines of a first-fit breaker, which puts on a line whatever it can hold."""
    counts, start = [], 0
    while start < len(items):
        end = start + 1
        while end < len(items) and sum(items.widths[start : end + 1]) <= measure:
            end += 1
        while end < len(items) and items.penalty[end - 1] == NEVER:
            end -= 1
        counts.append(end - start)
        start = end
    return counts


def test_total_fit_opens_an_earlier_line_to_spare_a_later_one() -> None:
    """First fit fills line 1 and tears line 2 open by five ems; total fit shares the loss."""
    items = make_items([PLAIN] * 35 + [HELD] * 5 + [PLAIN] * 14)
    measure = 20 * EM
    first_fit = greedy(items, measure)
    total = lengths(break_lines(items, justified(measure)))
    assert first_fit[:2] == [20, 15]
    assert total[0] < 20
    assert total[0] + total[1] == 35
    assert max(20 - count for count in total[:2]) < 5


def test_total_fit_is_never_dearer_than_first_fit() -> None:
    rng = random.Random(9)
    measure = 9 * EM
    for _ in range(60):
        bodies = [
            Body(width=rng.choice((EM // 2, EM, 2 * EM)), penalty=rng.choice((0, 0, NEVER)))
            for _ in range(40)
        ]
        items = make_items(bodies)
        total = ragged_cost(items, lengths(break_lines(items, ragged(measure))), lambda _: measure)
        first = ragged_cost(items, greedy(items, measure), lambda _: measure)
        assert total <= first + 1e-6


def test_squeezing_is_preferred_to_opening_as_far() -> None:
    """A line half an em too long closes its commas; it does not send a character down."""
    bodies = [Body(width=EM // 2), PLAIN, COMMA_BODY, *[PLAIN] * 7, COMMA_BODY, *[PLAIN] * 22]
    items = make_items(bodies)
    lines = break_lines(items, justified(20 * EM))
    assert natural(items, BrokenLine(0, 20, 0, False)) == pytest.approx(19.5 * EM, abs=5)
    assert natural(items, BrokenLine(0, 21, 0, False)) == pytest.approx(20.5 * EM, abs=5)
    assert lines[0].end == 21


# --- the last line ------------------------------------------------------------------


def test_the_last_line_has_two_characters_at_least() -> None:
    """Forty-one characters in lines of twenty: first fit would leave one alone."""
    items = make_items([PLAIN] * 41)
    assert greedy(items, 20 * EM)[-1] == 1
    assert lengths(break_lines(items, justified(20 * EM)))[-1] >= 2


def test_a_full_stop_does_not_count_as_a_character_of_the_last_line() -> None:
    stop = Body("。", EM // 2, 0, 0, 0, 0, 0, EM // 2, kind=FULL_STOP)
    bodies = [*[PLAIN] * 40, Body(penalty=NEVER), stop]
    lines = break_lines(make_items(bodies), justified(20 * EM))
    assert lengths(lines)[-1] >= 3


def test_a_lone_character_stays_where_there_is_no_help() -> None:
    """Without any place that opens, the break before the last character is the only one."""
    bodies = [*[Body(penalty=NEVER)] * 9, PLAIN, PLAIN]
    assert lengths(break_lines(make_items(bodies), justified(10 * EM))) == [10, 1]


# --- line ends ----------------------------------------------------------------------


def test_closing_punctuation_may_give_up_its_space_at_the_line_end() -> None:
    bracket = Body("」", EM // 2, EM // 2, EM // 2, 5, 0, 0, EM // 2, kind=CLOSING)
    half = [*[PLAIN] * 9, Body(width=EM // 2, penalty=NEVER), bracket, *[PLAIN] * 10]
    lines = break_lines(make_items(half), justified(10 * EM))
    assert (lines[0].end, lines[0].tail) == (11, 0)
    whole = [*[PLAIN] * 8, Body(penalty=NEVER), bracket, *[PLAIN] * 10]
    lines = break_lines(make_items(whole), justified(10 * EM))
    assert (lines[0].end, lines[0].tail) == (10, EM // 2)


def test_only_hanging_commas_stand_outside_the_measure() -> None:
    comma = Body("、", EM // 2, EM // 2, EM // 2, 5, 0, 0, EM // 2, kind=COMMA)
    bodies = [*[PLAIN] * 9, Body(penalty=NEVER), comma, *[PLAIN] * 10]
    hung = break_lines(make_items(bodies), justified(10 * EM, hanging=True))
    assert (hung[0].end, hung[0].tail) == (11, -(EM // 2))
    kept = break_lines(make_items(bodies), justified(10 * EM))
    assert all(line.tail >= 0 for line in kept)
    bracket = Body("」", EM // 2, EM // 2, EM // 2, 5, 0, 0, EM // 2, kind=CLOSING)
    bodies[10] = bracket
    assert all(
        line.tail >= 0 for line in break_lines(make_items(bodies), justified(10 * EM, hanging=True))
    )


def test_a_space_at_the_line_end_takes_no_room() -> None:
    space = Body(" ", EM // 3, 0, EM // 12, 1, EM // 6, 1, 0, 0, True, WORD_SPACE)
    bodies = [*[PLAIN] * 9, Body(penalty=NEVER), space, *[PLAIN] * 10]
    lines = break_lines(make_items(bodies), justified(10 * EM))
    assert (lines[0].end, lines[0].overfull) == (11, False)


# --- varying measures: wrap-around ----------------------------------------------------


def ragged_cost(items: Items, counts: Sequence[int], measure: Callable[[int], Length]) -> float:
    """What the breaker's documented costs say of these lines."""
    total, start = 0.0, 0
    for number, count in enumerate(counts):
        end = start + count
        short = measure(number) - sum(items.widths[start:end]) - sum(items.gap[start : end - 1])
        if short < 0:
            return float("inf")
        total += LINE_COST + RAGGED_COST * (short / EM) ** 2
        if end < len(items):
            if items.penalty[end - 1] == NEVER:
                return float("inf")
            total += items.penalty[end - 1]
        elif start:
            total += SHORT_LAST_COST if count < 2 else 30.0 if count < 4 else 0.0
        start = end
    return total


def cheapest(items: Items, measure: Callable[[int], Length]) -> float:
    """By trying every set of breaks."""
    size = len(items)
    costs = []
    for breaks in range(size):
        for ends in combinations(range(1, size), breaks):
            marks = (0, *ends, size)
            counts = [b - a for a, b in pairwise(marks)]
            costs.append(ragged_cost(items, counts, measure))
    return min(costs)


@pytest.mark.parametrize("seed", range(40))
def test_varying_measures_are_broken_at_the_least_cost(seed: int) -> None:
    rng = random.Random(seed)
    bodies = [
        Body(
            width=rng.choice((EM // 2, EM, EM, 3 * EM // 2)),
            gap=rng.choice((0, 0, EM // 4)),
            penalty=rng.choice((0, 0, 0, 60, NEVER)),
        )
        for _ in range(11)
    ]
    items = make_items(bodies)
    wide = [rng.randint(4, 7) * EM for _ in range(3)]
    lead = rng.randint(1, 3)

    def measure(line: int) -> Length:
        return wide[line] if line < lead else 6 * EM

    best = cheapest(items, measure)
    if best == float("inf"):
        return
    lines = break_lines(items, Breaking(measure, lead, False))
    assert not any(line.overfull for line in lines)
    assert ragged_cost(items, lengths(lines), measure) == pytest.approx(best, abs=1e-6)


def test_a_justified_paragraph_beside_a_figure_fills_both_measures() -> None:
    items = make_items([PLAIN] * 46)

    def measure(line: int) -> Length:
        return (6 if line < 3 else 10) * EM

    lines = break_lines(items, Breaking(measure, 3, True))
    assert lengths(lines) == [6, 6, 6, 10, 10, 8]
