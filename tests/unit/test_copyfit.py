"""Copyfitting: what it takes, in which order, what it gives back, and what it says if it fails."""

import itertools

import pytest
from composing import PITCH, SIZE, para
from flowing import BOTH, area, codes, placed, run, said, texts

from layout.diagnostics import Diagnostic, Reporter, Span
from layout.geometry import WritingMode
from layout.source.model import Text
from layout.style.model import Fit, Para
from layout.units import mm, to_mm

TEXT = (
    "自治体の情報システム標準化法案では、自治体の標準的な業務システムを国が決めて使用させようと"
    "しています。自治体が独自の施策を行うのが困難になるだけでなく、国が住民情報にアクセスする"
    "のも容易になります。窓口で対面による手続を希望してもできない社会になります。"
)
EM = 20


def finding(reporter: Reporter, code: str) -> Diagnostic:
    (found,) = [d for d in reporter if d.code == code]
    return found


def lines_of(nodes: tuple[Para, ...], mode: WritingMode) -> int:
    fragments, _ = run(area(mode, EM, 100, nodes))
    return len(texts(fragments[0]))


def fitted(mode: WritingMode, short: int, fit: Fit) -> tuple[list[str], Reporter]:
    """Three paragraphs in an area ``short`` lines too small for them."""
    nodes = (para(TEXT), para(TEXT), para(TEXT))
    fragments, reporter = run(area(mode, EM, lines_of(nodes, mode) - short, nodes, fit=fit))
    return texts(fragments[0]), reporter


@pytest.mark.parametrize("mode", BOTH)
def test_tracking_comes_first(mode: WritingMode) -> None:
    lines, reporter = fitted(mode, 1, Fit(SIZE // 10, PITCH // 10, SIZE // 20))
    note = finding(reporter, "area.fitted")
    assert float(str(note.values["tracking"])) > 0
    assert note.values["line"] == note.values["size"] == "0.000"
    assert "".join(lines) == TEXT * 3


@pytest.mark.parametrize("mode", BOTH)
def test_the_line_pitch_comes_next_and_needless_tracking_is_given_back(mode: WritingMode) -> None:
    lines, reporter = fitted(mode, 1, Fit(SIZE // 400, PITCH // 10, SIZE // 20))
    note = finding(reporter, "area.fitted")
    assert note.values["tracking"] == note.values["size"] == "0.000"
    assert 0 < float(str(note.values["line"])) <= to_mm(PITCH // 10)
    assert "".join(lines) == TEXT * 3


@pytest.mark.parametrize("mode", BOTH)
def test_the_size_comes_last(mode: WritingMode) -> None:
    lines, reporter = fitted(mode, 1, Fit(0, 0, SIZE // 10))
    note = finding(reporter, "area.fitted")
    assert note.values["tracking"] == note.values["line"] == "0.000"
    assert 0 < float(str(note.values["size"])) <= to_mm(SIZE // 10)
    assert "".join(lines) == TEXT * 3


@pytest.mark.parametrize("mode", BOTH)
def test_nothing_is_changed_that_fits(mode: WritingMode) -> None:
    _, reporter = fitted(mode, 0, Fit(SIZE // 20, PITCH // 10, SIZE // 20))
    assert codes(reporter) == []


@pytest.mark.parametrize("mode", BOTH)
def test_short_text_may_open_the_line_pitch_but_not_beyond_the_limit(mode: WritingMode) -> None:
    nodes = (para(TEXT), para(TEXT))
    count = lines_of(nodes, mode)
    wide = area(mode, EM, count + 3, nodes, fit=Fit(0, 0, 0, PITCH // 4))
    fragments, reporter = run(wide)
    note = finding(reporter, "area.opened")
    blocks = [block for _, block, _ in placed(fragments[0])]
    pitches = {b - a for a, b in itertools.pairwise(blocks)}
    assert len(pitches) == 1
    opened = pitches.pop() - PITCH
    assert 0 < opened <= PITCH // 4
    assert note.values["line"] == f"{to_mm(opened):.3f}"
    tiny = area(mode, EM, count + 30, nodes, fit=Fit(0, 0, 0, PITCH // 20))
    fragments, _ = run(tiny)
    blocks = [block for _, block, _ in placed(fragments[0])]
    assert blocks[1] - blocks[0] == PITCH + PITCH // 20


@pytest.mark.parametrize("mode", BOTH)
def test_what_cannot_fit_is_counted_behind_the_limits(mode: WritingMode) -> None:
    _, plain = fitted(mode, 6, Fit(0, 0, 0))
    _, limited = fitted(mode, 6, Fit(0, mm(0.6), 0))
    over = finding(plain, "area.overset").values
    less = finding(limited, "area.overset").values
    assert over["lines"] == 6
    assert 0 < int(str(less["lines"])) < 6
    assert int(str(less["characters"])) < int(str(over["characters"]))


@pytest.mark.parametrize("mode", BOTH)
def test_the_cheapest_line_is_where_and_what_it_says(mode: WritingMode) -> None:
    """Without so many characters the named paragraph has a line less; with one more it has not."""
    nodes = (
        placed_at("国" * 35 + "権" * 12 + "。", 3),
        placed_at("民" * 19 + "主" * 23 + "。", 7),
        placed_at("平" * 50 + "和" * 4 + "。", 9),
    )
    fragments, reporter = run(area(mode, EM, 6, nodes))
    values = finding(reporter, "area.overset").values
    assert codes(reporter) == ["area.overset"]
    cheapest, win = str(values["cheapest"]), int(str(values["win"]))
    chosen = next(node for node in nodes if said(node).startswith(cheapest))
    assert values["line"] == chosen.content[0].span.line
    count = lines_of((chosen,), mode)
    shorter = [lines_of((para(without(chosen, n)),), mode) for n in (win - 1, win)]
    assert shorter == [count, count - 1]
    others = [node for node in nodes if node is not chosen]
    for node in others:
        assert lines_of((para(without(node, win - 1)),), mode) == lines_of((node,), mode)
    assert len(texts(fragments[0])) == 6


def placed_at(text: str, line: int) -> Para:
    base = para(text)
    return Para(
        (Text(text, Span("", line, 1, len(text))),), base.text, base.span, base.role, name="text"
    )


def without(node: Para, count: int) -> str:
    text = said(node)
    return text[: len(text) - 1 - count] + text[-1]


@pytest.mark.parametrize("mode", BOTH)
def test_a_thread_is_fitted_as_a_whole(mode: WritingMode) -> None:
    nodes = (para(TEXT), para(TEXT), para(TEXT))
    count = lines_of(nodes, mode)
    fit = Fit(0, PITCH // 8, 0)
    first = area(mode, EM, count // 2, nodes, fit=fit)
    second = area(mode, EM, count - count // 2 - 1)
    fragments, reporter = run(first, second)
    assert codes(reporter) == ["area.fitted"]
    assert "".join(text for f in fragments for text in texts(f)) == TEXT * 3
    pitches = {b - a for f in fragments for a, b in steps(f)}
    assert len(pitches) == 1 and pitches.pop() < PITCH


def steps(fragment: object) -> list[tuple[int, int]]:
    blocks = [block for _, block, _ in placed(fragment)]  # type: ignore[arg-type]
    return list(itertools.pairwise(blocks))
