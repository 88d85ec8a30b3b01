"""Judges finished PDFs by the positions of their glyphs.

A case says what was typed (tokens of known classes) and the measure it was set
in; the judge reads the lines that came out and compares them with the tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.conformance.expectations import (
    BY_ADVANCE,
    HALF_BODIES,
    WORD_SPACE,
    Token,
    adjusted,
    end_spaces,
    gaps_of,
    may_break,
    space,
)
from tests.conformance.reading import Glyph, Line

EM = 4.0  # mm
TOLERANCE = 0.01  # mm
FIRST = "始"  # every paragraph begins with it, and it stands nowhere else

Unit = tuple[str, int]


@dataclass(frozen=True)
class Finding:
    """One judged place; ``detail`` says what is wrong with it."""

    table: str
    mode: str
    name: str
    detail: str = ""

    @property
    def key(self) -> str:
        """Its name in the baseline."""
        return f"{self.table} · {self.mode} · {self.name}"


@dataclass(frozen=True)
class Case:
    """A paragraph: its tokens, and where (a count of tokens) the judged place lies."""

    table: str
    mode: str
    name: str
    tokens: Sequence[Token]
    at: int = 0
    measure: float = 40.0
    change: float = 0.0
    reduction: str = "reduction"
    follow: Sequence[Token] = ()

    @property
    def markup(self) -> str:
        """What is typed."""
        return "".join(token.markup for token in (*self.tokens, *self.follow))

    @property
    def units(self) -> list[Unit]:
        """The bodies of the judged line."""
        return [unit for token in self.tokens for unit in token.units]

    def finding(self, detail: str = "") -> Finding:
        """The verdict."""
        return Finding(self.table, self.mode, self.name, detail)


# --- bodies ---------------------------------------------------------------------------


def body(glyph: Glyph, kind: int, em: float = EM) -> tuple[float, float]:
    """Start and end of a body along the line, in ems (3.1.2: punctuation is half an em).

    ``em`` is the size of the character.
    """
    start, own = glyph.along / EM, em / EM
    if kind == WORD_SPACE:
        return start, start + own / 3
    if kind in BY_ADVANCE:
        return start, start + glyph.advance / EM
    if kind in HALF_BODIES and glyph.advance > 0.75 * em:
        start += float(HALF_BODIES[kind]) * own
        return start, start + 0.5 * own
    return start, start + max(glyph.advance / EM, own)


def bodies(line: Line, units: Sequence[Unit], origin: float) -> list[tuple[float, float]]:
    """The bodies of a line, counted from the line's head; raises if another text came out."""
    if [g.char for g in line.glyphs] != [char for char, _ in units]:
        raise ValueError(f"{line.text!r} instead of {''.join(c for c, _ in units)!r}")
    out = []
    for glyph, (_, kind) in zip(line.glyphs, units, strict=True):
        start, end = body(glyph, kind)
        out.append((start - origin, end - origin))
    return out


def measured_gaps(places: Sequence[tuple[float, float]], units: Sequence[Unit]) -> list[float]:
    """Gaps between bodies that show; a word space belongs to its gap."""
    shown = [place for place, unit in zip(places, units, strict=True) if unit[1] != WORD_SPACE]
    return [after[0] - before[1] for before, after in pairwise(shown)]


def off(found: float, wanted: float) -> bool:
    """Whether two lengths in ems differ by more than a hundredth of a millimetre."""
    return abs(found - wanted) * EM > TOLERANCE


# --- paragraphs -----------------------------------------------------------------------


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped by paragraph."""
    out: list[list[Line]] = []
    for line in lines:
        if line.text.startswith(FIRST):
            out.append([])
        out[-1].append(line)
    return out


def judge_all(cases: Sequence[Case], lines: Sequence[Line], origin: float) -> Iterator[Finding]:
    """Judge the paragraphs of ``cases`` by the kind of their table."""
    found = paragraphs(lines)
    if len(found) != len(cases):
        raise ValueError(f"{len(found)} paragraphs read, {len(cases)} written")
    for case, own in zip(cases, found, strict=True):
        try:
            yield case.finding(_JUDGES[case.table.split(" ")[0]](case, own, origin))
        except (ValueError, IndexError) as error:
            yield case.finding(str(error))


def judge_space(case: Case, lines: list[Line], origin: float) -> str:
    """Table 1 in mid-line: the gap behind token ``at``."""
    places = bodies(lines[0], case.units, origin)
    index = sum(len(token.units) for token in case.tokens[: case.at])
    before, after = case.units[index - 1][1], case.units[index][1]
    gap = places[index][0] - places[index - 1][1]
    wanted = float(space(before, after))
    return f"{gap:.3f} em instead of {wanted:.3f}" if off(gap, wanted) else ""


def judge_adjusted(case: Case, lines: list[Line], origin: float) -> str:
    """Tables 3 to 6: every gap of the line after a change of known amount."""
    units = case.units
    places = bodies(_without_end_space(lines[0]), units, origin)
    found = measured_gaps(places, units)
    wanted = adjusted(gaps_of(units, case.reduction), case.change)
    names = [char for char, kind in units if kind != WORD_SPACE]
    wrong = [
        f"{names[i]}|{names[i + 1]} {a:.3f} for {b:.3f}"
        for i, (a, b) in enumerate(zip(found, wanted, strict=True))
        if off(a, b)
    ]
    end = places[-1][1]
    if off(end, case.measure):
        wrong.append(f"ends at {end:.3f} of {case.measure:.3f}")
    return ", ".join(wrong[:4])


def _without_end_space(line: Line) -> Line:
    glyphs = list(line.glyphs)
    while glyphs[-1].char == " ":
        glyphs.pop()
    return Line(glyphs, line.ruby)


def judge_break(case: Case, lines: list[Line], origin: float) -> str:
    """Table 2: the line ends behind token ``at`` if and only if it may."""
    units = [unit for unit in _all_units(case) if unit[1] != WORD_SPACE]
    cut = [u for t in case.tokens[: case.at] for u in t.units if u[1] != WORD_SPACE]
    allowed = may_break(case.tokens[case.at - 1].last, case.tokens[case.at].kind)
    broke = _visible(lines[0]) == len(cut)
    if broke and not allowed:
        return "broken where it must not be"
    if allowed and not broke:
        return f"not broken where it may be: {' | '.join(line.text for line in lines)}"
    return _edges(case, lines, units, origin)


def _edges(case: Case, lines: list[Line], units: list[Unit], origin: float) -> str:
    """Line heads are flush, and every line but the last ends on the measure."""
    at = 0
    for number, line in enumerate(lines):
        glyphs = [g for g in line.glyphs if g.char != " "]
        own = units[at : at + len(glyphs)]
        at += len(glyphs)
        if len(own) > 1 and (own[-2][1], own[-1][1]) == (4, 14):
            glyphs, own = glyphs[:-1], own[:-1]  # the space behind ？ is not seen at a line's end
        places = bodies(Line(glyphs), own, origin)
        if own[0][1] != 14 and off(places[0][0], 0.0):
            return f"line {number + 1} begins at {places[0][0]:.3f} em"
        if number + 1 < len(lines):
            ends = [case.measure - float(tail) for tail in end_spaces(own[-1][1])]
            if all(off(places[-1][1], end) for end in ends):
                return f"line {number + 1} ends at {places[-1][1]:.3f} of {case.measure:.3f} em"
            before, after = own[-1][1], units[at][1]
            # a word space may have stood there; a break at it is the same break
            spaced = _spaced(case, at)
            if not spaced and before != after and not may_break(before, after):
                return f"broken between {own[-1][0]} and {units[at][0]}"
    return ""


def _spaced(case: Case, count: int) -> bool:
    """Whether a word space follows so many visible bodies."""
    seen = 0
    for _, kind in _all_units(case):
        if kind == WORD_SPACE and seen == count:
            return True
        seen += kind != WORD_SPACE
    return False


def _all_units(case: Case) -> list[Unit]:
    return [unit for token in (*case.tokens, *case.follow) for unit in token.units]


def _visible(line: Line) -> int:
    return sum(1 for glyph in line.glyphs if glyph.char != " ")


def judge_end(case: Case, lines: list[Line], origin: float) -> str:
    """Notes 2, 4, 6: the line's last body with the space behind it that the case gives."""
    places = bodies(_without_end_space(lines[0]), case.units, origin)
    gaps = measured_gaps(places, case.units)
    wanted = [float(gap.natural) for gap in gaps_of(case.units, case.reduction)]
    for gap, natural in zip(gaps, wanted, strict=True):
        if off(gap, natural):
            return f"a gap of {gap:.3f} for {natural:.3f} em"
    end = case.measure - case.change
    return f"ends at {places[-1][1]:.3f} for {end:.3f}" if off(places[-1][1], end) else ""


_JUDGES = {
    "spacing": judge_space,
    "mathematics": judge_space,
    "break": judge_break,
    "end": judge_end,
    "reduction": judge_adjusted,
    "expansion": judge_adjusted,
}
