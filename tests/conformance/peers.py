"""The suite's paragraphs set by other tools, and judged by the same judge.

Every tool gets the same texts, font, size and measures.  Measures are counted from the
lengths its own Latin words have, so that a case asks every tool the same question.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pymupdf
from fontTools.ttLib import TTFont

from tests.conformance import cases as made
from tests.conformance.builder import EM, PITCH, Sheet
from tests.conformance.expectations import (
    KANJI,
    SPACE_NATURAL,
    START,
    TABLES,
    WORD_SPACE,
    representative,
    space,
)
from tests.conformance.judge import Case, Finding, body, judge_all, paragraphs
from tests.conformance.pages import (
    FONT,
    PASSAGE,
    _embedded,
    _outline,
    _standing,
    characters,
    judge_columns,
    judge_ruby,
)
from tests.conformance.peer_jtypeset import Jtypeset
from tests.conformance.peer_typst import Typst
from tests.conformance.reading import Glyph, Line, glyphs_of
from tests.conformance.report import BESIDE, TITLES, figures
from tests.conformance.special import JUDGES
from tests.conformance.suite import MODES, ORIGIN

NONE = "n/a"


class Peer(Protocol):
    """A tool that sets paragraphs; ``modes`` are the ways of writing it has."""

    name: str
    package: str
    modes: tuple[str, ...]
    settings: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def version(self) -> str: ...

    def refuses(self, case: Case) -> bool: ...

    def lines(self, cases: Sequence[Case], mode: str, align: str) -> list[Line]: ...

    def columns(self, sheet: Sheet, heading: str, mode: str) -> list[Line]: ...

    def oriented(self, characters: Sequence[str]) -> bytes: ...


PEERS: tuple[Peer, ...] = (Typst(), Jtypeset())


@dataclass(frozen=True)
class Result:
    """What came of one tool: its findings, and how many cases it cannot express."""

    peer: Peer
    findings: list[Finding]
    refused: Counter[tuple[str, str]]


def missing() -> list[str]:
    """The packages that are not installed."""
    return [peer.package for peer in PEERS if not peer.version]


def compare() -> list[Result]:
    """Every tool with every case it can express."""
    return [_judged(peer) for peer in PEERS]


def _judged(peer: Peer) -> Result:
    found: list[Finding] = []
    refused: Counter[tuple[str, str]] = Counter()
    for mode in peer.modes:
        widths = token_widths(peer, mode)
        for cases, align in _batches(mode, widths):
            fit = [case for case in cases if not peer.refuses(case)]
            refused.update((case.table, mode) for case in cases if peer.refuses(case))
            found += judge(peer, fit, mode, align)
        found += _columns(peer, mode)
    if "vertical" in peer.modes:
        found += _oriented(peer)
    return Result(peer, found, refused)


def _batches(mode: str, widths: made.Widths) -> Iterator[tuple[list[Case], str]]:
    yield made.spacing(mode), "start"
    yield made.overhangs(mode), "start"
    default = [*made.breaks(mode, widths), *made.ends(mode, widths), *made.expansions(mode, widths)]
    yield default, "justify"
    for option in TABLES:
        yield made.reductions(mode, widths, option), "justify"


def judge(peer: Peer, cases: Sequence[Case], mode: str, align: str) -> list[Finding]:
    """Set the cases and judge them."""
    if not cases:
        return []
    ordered = sorted(cases, key=lambda case: case.measure)
    own = paragraphs(peer.lines(ordered, mode, align))
    if len(own) != len(ordered):
        raise ValueError(f"{peer.name}: {len(own)} paragraphs read, {len(ordered)} set")
    lines = [spaced(case, found) for case, found in zip(ordered, own, strict=True)]
    if ordered[0].table == "overhang":
        return [_ruby(case, found) for case, found in zip(ordered, lines, strict=True)]
    return list(judge_all(ordered, [line for found in lines for line in found], ORIGIN))


def _ruby(case: Case, lines: list[Line]) -> Finding:
    try:
        return judge_ruby(case, lines)
    except (ValueError, IndexError) as error:
        return case.finding(str(error))


def _columns(peer: Peer, mode: str) -> Iterator[Finding]:
    for measure in (17.0, 23.0):
        sheet = Sheet([PASSAGE] * 6, measure, 3, 2.0, True, PITCH * 32)
        lines = peer.columns(sheet, "始の見出し", mode)
        name = f"{mode} {measure:.0f}"
        yield from judge_columns(lines, name, ORIGIN, measure, 2.0, PITCH)


def _oriented(peer: Peer) -> Iterator[Finding]:
    """As the suite judges orientation, but by what was set: what a glyph copies as is not judged."""
    wanted = characters()
    nominal = TTFont(FONT)
    cmap = nominal.getBestCmap()
    pdf = peer.oriented([char for _, char in wanted])
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        glyphs = list(glyphs_of(document, "vertical"))
        embedded = _embedded(document)
    if len(glyphs) != 3 * len(wanted):
        raise ValueError(f"{peer.name}: {len(glyphs)} glyphs read, {3 * len(wanted)} set")
    for (block, char), glyph in zip(wanted, glyphs[1::3], strict=True):
        own = _outline(embedded, embedded.getGlyphName(glyph.gid))
        detail = _standing(replace(glyph, char=char), own, _outline(nominal, cmap[ord(char)]))
        yield Finding("orientation", "vertical", f"{block} U+{ord(char):04X} {char}", detail)


def token_widths(peer: Peer, mode: str) -> made.Widths:
    """The lengths of proportional tokens, from lines of their own."""
    digits, unit = representative(24), representative(25)
    words = [[digits], [representative(21)], [representative(27)], [made.LONG], [digits, unit]]
    cases = [Case("widths", mode, "", [START, KANJI, *word, KANJI], measure=40.0) for word in words]
    found = {}
    for word, line in zip(words, peer.lines(cases, mode, "start"), strict=True):
        shown = word[-1].shown
        own = line.glyphs[-1 - len(shown) : -1]
        found[shown] = (own[-1].along + own[-1].advance - own[0].along) / EM
    return found


# --- word spaces ----------------------------------------------------------------------


def spaced(case: Case, lines: Sequence[Line]) -> list[Line]:
    """The lines with the word spaces that a tool leaves out of its PDF.

    What surplus or lack the gap has falls on that side of the space which is judged.
    """
    units = [unit for token in (*case.tokens, *case.follow) for unit in token.units]
    at, out = 0, []
    for line in lines:
        glyphs: list[Glyph] = []
        for glyph in line.glyphs:
            while at < len(units) and units[at][1] == WORD_SPACE and glyph.char != " ":
                if glyphs:
                    before, after = units[at - 1][1], units[at + 1][1]
                    glyphs.append(_space(case, at, (glyphs[-1], before), (glyph, after)))
                at += 1
            glyphs.append(glyph)
            at += 1
        out.append(Line(glyphs, line.ruby))
    return out


def _space(case: Case, at: int, before: tuple[Glyph, int], after: tuple[Glyph, int]) -> Glyph:
    judged = sum(len(token.units) for token in case.tokens[: case.at])
    if judged == at:  # the pair is (before, space)
        start = body(*after)[0] - float(space(WORD_SPACE, after[1]) + SPACE_NATURAL)
    else:
        start = body(*before)[1] + float(space(before[1], WORD_SPACE))
    last = before[0]
    return Glyph(" ", start * EM, last.cross, EM / 3, last.size, last.how, 0, last.page)


# --- the report -----------------------------------------------------------------------


def table(ours: Sequence[Finding], results: Sequence[Result]) -> str:
    """All tools side by side, a row for every table and mode."""
    versions = [f"{result.peer.name} {result.peer.version}" for result in results]
    rows = [
        f"| What is judged | bira | {' | '.join(versions)} |",
        "|---" * (2 + len(results)) + "|",
    ]
    theirs = [figures(result.findings) for result in results]
    for mode in MODES:
        rows.append(f"| **{mode.capitalize()}** |{' |' * (1 + len(results))}")
        for name, modes in figures(ours).items():
            if mode not in modes or name.split(" ")[0] in JUDGES:
                continue  # what styles choose is not asked of others
            cells = [_cell(modes[mode], 0)]
            for result, figure in zip(results, theirs, strict=True):
                cells.append(
                    _cell(figure.get(name, {}).get(mode), result.refused[(name, mode)]),
                )
            rows.append(f"| {TITLES[name]} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(figure: tuple[int, int] | None, refused: int) -> str:
    if figure is None:
        return NONE
    return f"{figure[0]} of {figure[1]}" + (f" ({refused} {NONE})" if refused else "")


def section(ours: Sequence[Finding], results: Sequence[Result]) -> str:
    """The section of the documentation."""
    settings = [
        f"- {result.peer.name} {result.peer.version}: " + "\n  ".join(result.peer.settings)
        for result in results
    ]
    lacks = [
        f"- {result.peer.name}: " + "\n  ".join(result.peer.lacks) + "."
        for result in results
        if result.peer.lacks
    ]
    return "\n\n".join([BESIDE, _HEAD, table(ours, results), "\n".join(settings), _NA, *lacks])


def details(result: Result, most: int = 3) -> str:
    """Examples of what does not conform, for each table and mode."""
    shown: Counter[tuple[str, str]] = Counter()
    out = []
    for finding in result.findings:
        key = (finding.table, finding.mode.split()[0])
        if finding.detail and shown[key] < most:
            shown[key] += 1
            out.append(f"  {result.peer.name} · {finding.key}: {finding.detail}")
    return "\n".join(out)


_HEAD = """Written by `python -m tests.conformance --peers --write` (extra `bench`). The same texts in
the same font, size and measures, set by other tools from PyPI; the same judge reads their PDFs.

- Measures are counted from the lengths the tool's own Latin words have.
- A line of tables 3 to 6 conforms only if each of its gaps does, and it holds a comma, a middle
  dot, Latin words and a word space: one gap off by more than 0.01 mm fails the line, however
  close the others come. Each tool has one way of reducing; it is judged against all three tables.
- A word space that a tool leaves out of its PDF is thought to stand in its gap, and text that the
  PDF gives wrongly is read as it was set: places are judged, not copying.
- Of the settings tried with a tool, those stand with which most places conform in all tables."""
_NA = f"`{NONE}` is what cannot be expressed in a tool, or is not asked of it, and counts neither way:"
