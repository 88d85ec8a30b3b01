"""What a style chooses, mixed sizes, readings at the edges of lines, and warichu.

Cases and judges together: each of these has paragraphs and questions of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fontTools.ttLib import TTFont

from tests.conformance.builder import LARGE, PITCH, Options
from tests.conformance.cases import overhangs
from tests.conformance.expectations import (
    KANJI,
    MAY_BEGIN,
    START,
    Token,
    end_spaces,
    listed,
    listed_class,
    may_break,
    representative,
    shares,
    space,
    token,
)
from tests.conformance.judge import EM, TOLERANCE, Case, Finding, body, off
from tests.conformance.pages import FONT, READING
from tests.conformance.reading import Glyph, Line

Lines = Sequence[Line]


def _known(chars: Sequence[str]) -> list[str]:
    cmap = TTFont(FONT, lazy=True).getBestCmap()
    return [char for char in chars if ord(char) in cmap]


# --- kinsoku ----------------------------------------------------------------------------


def levels(mode: str, level: str) -> list[Case]:
    """Each iteration mark, ー and small kana where a full line ends before it."""
    out = []
    for char in _known(listed(9, 10, 11)):
        tokens = [START, KANJI, KANJI, KANJI, token(char, listed_class(char)), *[KANJI] * 4]
        out.append(Case(f"kinsoku {level}", mode, f"{char} U+{ord(char):04X}", tokens, 4, 4.0))
    return out


def judge_level(case: Case, lines: Lines, origin: float) -> str:
    """Whether the character begins a line, as its class may at that level."""
    mark = case.tokens[case.at]
    begins = lines[1].glyphs[0].char == mark.shown
    allowed = mark.kind in MAY_BEGIN[case.table.split(" ")[1]]
    if begins != allowed:
        return "begins a line" if begins else "does not begin a line"
    start = body(lines[1].glyphs[0], mark.kind)[0] - origin
    return f"begins at {start:.3f} em" if off(start, 0.0) else ""


# --- hanging ----------------------------------------------------------------------------


def hanging(mode: str) -> list[Case]:
    """Each mark that may not begin a line, behind a line that is full without it."""
    out = []
    for char in _known(listed(2, 4, 5, 6, 7)):
        tokens = [START, *[KANJI] * 5, token(char, listed_class(char)), *[KANJI] * 5]
        out.append(Case("hanging", mode, f"{char} U+{ord(char):04X}", tokens, 6, 6.0))
    return out


def judge_hanging(case: Case, lines: Lines, origin: float) -> str:
    """Full stops and commas stand outside the line, touching it; nothing else does."""
    last = lines[0].glyphs[-1]
    kind = listed_class(last.char) if last.char != KANJI.shown else 19
    start, end = body(last, kind)
    hangs = case.tokens[case.at].kind in (6, 7)
    if not hangs:
        over = end - origin - case.measure
        return f"{over:.3f} em outside" if over * EM > TOLERANCE else ""
    if last.char != case.tokens[case.at].shown:
        return "does not hang"
    start -= origin
    return f"hangs at {start:.3f} of {case.measure:.3f} em" if off(start, case.measure) else ""


# --- sizes ------------------------------------------------------------------------------

_SIZED = (1, 2, 4, 5, 6, 7, 15, 19, 24, 27)


def sizes(mode: str) -> list[Case]:
    """Pairs with a space between them, the first or the second of them large."""
    out = []
    for a in _SIZED:
        for b in _SIZED:
            if not any(shares(a, b)):
                continue
            for large in (1, 0):
                pair = [representative(a), representative(b)]
                own = pair[large]
                pair[large] = Token(f"**{own.markup}**", own.shown, own.kind)
                which = "second" if large else "first"
                name = f"cl-{a:02}×cl-{b:02}, the {which} large"
                out.append(Case("sizes", mode, name, [START, KANJI, *pair, KANJI], 3))
    return out


def judge_size(case: Case, lines: Lines, origin: float) -> str:
    """Table 1: ``be`` is measured by the character before, ``af`` by the one after."""
    glyphs = lines[0].glyphs
    shown = "".join(g.char for g in glyphs)
    if shown != "".join(t.shown for t in case.tokens):
        return f"{shown!r} read"
    index = sum(len(t.shown) for t in case.tokens[: case.at])
    before, after = glyphs[index - 1], glyphs[index]
    kinds = case.tokens[case.at - 1].kind, case.tokens[case.at].kind
    if {round(g.size / EM, 3) for g in (before, after)} != {1.0, LARGE}:
        return f"sizes {before.size:.2f} and {after.size:.2f} mm"
    gap = body(after, kinds[1], after.size)[0] - body(before, kinds[0], before.size)[1]
    be, af = shares(*kinds)
    wanted = (float(be) * before.size + float(af) * after.size) / EM
    return f"{gap:.3f} em instead of {wanted:.3f}" if off(gap, wanted) else ""


# --- readings at the edges ----------------------------------------------------------------

_WORDS = (
    Token("｜国《うけた》", "国", 22),
    Token("｜国《うけたま》", "国", 22),
    Token("｜国《うけたまわ》", "国", 22),
    Token("｜国民《うけたまわり》", "国民", 22),
    Token("｜国民《うけた・まわ》", "国民", 23),
    Token("｜国民《うけたま・わり》", "国民", 23),
    Token("｜国民《うけたま・うけた》", "国民", 23),
)
_BESIDE = (19, 15, 7, 1, 2, 27)


def edges(mode: str, edge: str) -> list[Case]:
    """Words whose readings are longer than they, at line heads and ends, beside several classes."""
    out = []
    for word in _WORDS:
        name = word.markup.removeprefix("｜")
        for kind in _BESIDE:
            beside = representative(kind)
            label = f"{name} before cl-{kind:02}, line head"
            tokens = [START, *[KANJI] * 7, word, beside, KANJI, KANJI]
            out.append(Case(f"edge {edge}", mode, label, tokens, 8, 8.0))
        reading = 0.5 * sum(char in READING for char in word.markup)
        tokens = [START, *[KANJI] * 4, word]
        label = f"{name}, line end"
        follow = [KANJI] * 6
        measure = 5.0 + max(reading, float(len(word.shown)))
        out.append(Case(f"edge {edge}", mode, label, tokens, 5, measure, follow=follow))
    return out


def judge_edge(case: Case, lines: Lines, origin: float) -> str:
    """Nothing protrudes; the reading is flush, and the base with it or in its middle (3.3.8)."""
    head = case.name.endswith("head")
    line = lines[1] if head else lines[0]
    word, by_base = case.tokens[case.at], case.table.endswith("base")
    count = len(word.shown)
    bases = line.glyphs[:count] if head else line.glyphs[-count:]
    if "".join(g.char for g in bases) != word.shown:
        return f"{line.text!r} read"
    readings = [g for g in line.ruby if g.char in READING]
    starts = [g.along / EM - origin for g in readings]
    ends = [(g.along + g.size) / EM - origin for g in readings]
    base = (bases[0].along / EM - origin, (bases[-1].along + bases[-1].size) / EM - origin)
    if head:
        return _at_edge(min(starts), base[0], 0.0, (max(ends), base[1]), by_base, word)
    measure = case.measure
    return _at_edge(max(ends), base[1], measure, (min(starts), base[0]), by_base, word)


def _at_edge(
    reading: float, base: float, edge: float, others: tuple[float, float], by_base: bool,
    word: Token,
) -> str:  # fmt: skip
    if off(reading, edge):
        return f"the reading is at {reading:.3f}, the line's edge at {edge:.3f} em"
    if by_base:
        return f"the base is {abs(base - edge):.3f} em off the edge" if off(base, edge) else ""
    aside = (reading + others[0]) / 2 - (base + others[1]) / 2
    if word.kind == 22 and off(aside, 0.0):
        return f"the base is {aside:.3f} em beside the reading's middle"
    return ""


def centred(mode: str) -> list[Case]:
    """A long reading over one character between a kanji and each class."""
    return [replace(case, table="centred") for case in overhangs(mode) if _mono(case) is not None]


def _mono(case: Case) -> int | None:
    """The place of a case's word of one character with ruby among its bodies."""
    at = 0
    for one in case.tokens:
        if one.kind == 22:
            return at
        at += len(one.units)
    return None


def judge_centred(case: Case, lines: Lines, origin: float) -> str:
    """The reading stands over the middle of its base (3.3.5)."""
    return _aside(lines[0], lines[0].glyphs[_mono(case) or 0])


def _aside(line: Line, base: Glyph) -> str:
    readings = [g for g in line.ruby if g.char in READING]
    first, last = min(g.along for g in readings), max(g.along + g.size for g in readings)
    aside = (first + last) / 2 - base.along - base.size / 2
    return f"{aside:.3f} mm beside its base" if abs(aside) > TOLERANCE else ""


def kept(mode: str) -> list[Case]:
    """Lines that are closed by half an em beside a comma that a reading hangs over."""
    out = []
    word = _WORDS[1]
    for kind in (2, 5, 6, 7):
        beside = representative(kind)
        others = [KANJI, representative(7), KANJI, representative(7), KANJI]
        tokens = [START, KANJI, beside, word, *others]
        for change in (0.25, 0.5, 0.75):
            measure = 10.0 - change
            name = f"cl-{kind:02}, {change} em closed"
            out.append(Case("kept", mode, name, tokens, 3, measure, -change, follow=[KANJI] * 9))
    return out


def judge_kept(case: Case, lines: Lines, origin: float) -> str:
    """However the line is closed, the reading is over its base and beside what is before."""
    line = lines[0]
    readings = [g for g in line.ruby if g.char in READING]
    kind = case.tokens[2].kind
    before, base = line.glyphs[2], line.glyphs[3]
    if detail := _aside(line, base):
        return detail
    over = body(before, kind)[1] - min(g.along for g in readings) / EM
    if over * EM > TOLERANCE:
        return f"{over:.3f} em over what stands before"
    return ""


# --- warichu -------------------------------------------------------------------------------

_PROSE = "版を組む人は、字を「拾う」と言い、刷る人は、紙を（一枚ずつ）送る。それを、二人で、日が暮れるまで。"
_SHORT = [
    "国",
    "国字",
    "国字国",
    "国、字国",
    "国字」国",
    "国字「国字国",
    "国字国。",
    "国っ字国字",
    "国字…国字国字",
]


def warichu(mode: str) -> list[Case]:
    """Notes of a few characters within a line, and long ones over several lines."""
    out = []
    for text in _SHORT:
        tokens = [START, Token(f"（［［{text}］］）", text, 28), KANJI]
        out.append(Case("warichu", mode, text, tokens, 1, 30.0))
    for measure in (9.0, 12.5, 17.0):
        for times in (1, 2, 4):
            text = _PROSE * times
            tokens = [START, Token(f"（［［{text}］］）", text, 28), *[KANJI] * 12]
            out.append(
                Case("warichu", mode, f"{measure} em, {len(text)} characters", tokens, 1, measure)
            )
    return out


@dataclass(frozen=True)
class _Rows:
    """The two rows of a note on one line, and whether the note goes on."""

    first: list[Glyph]
    second: list[Glyph]
    goes_on: bool


def judge_warichu(case: Case, lines: Lines, origin: float) -> str:
    """Reading order, places of the rows, their lengths, and what they begin and end with."""
    small = [glyph for line in lines for glyph in line.ruby]
    if (read := "".join(g.char for g in small)) != case.tokens[1].shown:
        return f"reads {read!r}"
    parts = _parts(small)
    middles = [g.cross for line in lines for g in line.glyphs if g.how != "across"]
    for part in parts:
        if detail := _placed(part, middles) or _long(part, case.measure + origin):
            return detail
    if len(parts) > 1 and any(off(part.first[0].along / EM, origin) for part in parts[1:]):
        return "a row does not begin at the line head"
    return _kinsoku([row for part in parts for row in (part.first, part.second) if row])


def _parts(small: Sequence[Glyph]) -> list[_Rows]:
    """Rows end where the next glyph stands further back; two of them half an em apart are a line."""
    rows: list[list[Glyph]] = [[small[0]]]
    for before, after in pairwise(small):
        if after.along < before.along:
            rows.append([])
        rows[-1].append(after)
    out: list[_Rows] = []
    while rows:
        first, second = rows.pop(0), []
        if rows and 0 < rows[0][0].cross - first[0].cross < 0.6 * EM:
            second = rows.pop(0)
        out.append(_Rows(first, second, bool(rows)))
    return out


def _placed(rows: _Rows, middles: Sequence[float]) -> str:
    """Half the size, and solid on both sides of the middle of the line it stands in."""
    if any(abs(g.size - EM / 2) > TOLERANCE for g in (*rows.first, *rows.second)):
        return "not of half the size"
    if rows.second:
        apart = rows.second[0].cross - rows.first[0].cross
        if abs(apart - EM / 2) > TOLERANCE:
            return f"rows {apart:.3f} mm apart"
    middle = rows.first[0].cross + EM / 4
    steps = (min(middles, key=lambda m: abs(m - middle)) - middle) / PITCH
    if abs(steps - round(steps)) * PITCH > TOLERANCE:
        return f"the rows stand {(steps - round(steps)) * PITCH:.3f} mm beside the line's middle"
    return ""


def _end(row: Sequence[Glyph]) -> float:
    return body(row[-1], listed_class(row[-1].char), EM / 2)[1] if row else 0.0


def _long(rows: _Rows, measure: float) -> str:
    """As equal as may be, the second not longer; on the measure where the note goes on."""
    first, second = _end(rows.first), _end(rows.second)
    if second - first > TOLERANCE / EM:
        return f"the second row is {second - first:.3f} em longer"
    ends = [measure - float(tail) / 2 for tail in end_spaces(listed_class(rows.first[-1].char))]
    if rows.goes_on:
        if all(off(first, end) for end in ends):
            return f"the first row ends at {first:.3f} of {measure:.3f} em"
        if second < first - 1.5:
            return f"the second row ends at {second:.3f} of {measure:.3f} em"
    elif len(rows.first) > 1 and rows.second:
        return _more_equal(rows)
    return ""


def _more_equal(rows: _Rows) -> str:
    """Whether the first row could give its last characters to the second and stay the longer."""
    at = _breaks_before(rows.first)
    if at is None:
        return ""
    start = rows.first[0].along / EM
    left = _end(rows.first[:at]) - start
    moved = _end(rows.first) - body(rows.first[at], listed_class(rows.first[at].char), EM / 2)[0]
    pair = listed_class(rows.first[-1].char), listed_class(rows.second[0].char)
    closing = space(listed_class(rows.second[-1].char), 29)
    second = moved + float(space(*pair) + closing) / 2 + _end(rows.second) - start
    return "the rows could be more equal" if second <= left + TOLERANCE / EM else ""


def _breaks_before(row: Sequence[Glyph]) -> int | None:
    """The last place within a row where it may be broken."""
    kinds = [listed_class(g.char) for g in row]
    at = [k for k in range(1, len(row)) if may_break(kinds[k - 1], kinds[k])]
    return at[-1] if at else None


def _kinsoku(rows: Sequence[Sequence[Glyph]]) -> str:
    for row, following in pairwise(rows):
        before, after = listed_class(row[-1].char), listed_class(following[0].char)
        if not may_break(before, after):
            return f"broken between {row[-1].char} and {following[0].char}"
    return ""


# --- all of them ----------------------------------------------------------------------------

Batch = tuple[list[Case], Options]


def batches(mode: str) -> Iterator[Batch]:
    """Cases and the style they are set in."""
    plain = Options(mode)
    for level in MAY_BEGIN:
        yield levels(mode, level), replace(plain, kinsoku=level)
    yield hanging(mode), replace(plain, hanging=True)
    yield sizes(mode), replace(plain, align="start")
    for edge in ("base", "reading"):
        yield edges(mode, edge), replace(plain, ruby_edge=edge)
    yield centred(mode), replace(plain, align="start")
    yield kept(mode), plain
    yield warichu(mode), plain


JUDGES = {
    "kinsoku": judge_level,
    "hanging": judge_hanging,
    "sizes": judge_size,
    "edge": judge_edge,
    "centred": judge_centred,
    "kept": judge_kept,
    "warichu": judge_warichu,
}


def judge_special(case: Case, lines: Lines, origin: float) -> Finding:
    """The verdict of a case's own judge."""
    try:
        return case.finding(JUDGES[case.table.split(" ")[0]](case, lines, origin))
    except (ValueError, IndexError) as error:
        return case.finding(f"{type(error).__name__}: {error}")
