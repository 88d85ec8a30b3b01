"""Runs everything: cases → leaflets → PDFs → findings."""

from collections.abc import Iterator, Sequence

from tests.conformance import cases as made
from tests.conformance import special
from tests.conformance.builder import EM, MARGIN, PITCH, Options, Sheet, press
from tests.conformance.expectations import TABLES, Token, representative
from tests.conformance.judge import Case, Finding, judge_all, paragraphs
from tests.conformance.pages import (
    PASSAGE,
    characters,
    judge_columns,
    judge_orientation,
    judge_ruby,
    typed,
)
from tests.conformance.reading import Line, read_lines

MODES = ("horizontal", "vertical")
ON_A_PAGE = 36  # paragraphs of up to three lines
ORIGIN = MARGIN / EM


def run() -> list[Finding]:
    """Every finding of the suite."""
    found: list[Finding] = []
    for mode in MODES:
        found += pair_findings(mode)
        found += special_findings(mode)
        found += column_findings(mode)
    found += orientation_findings()
    return found


def column_findings(mode: str) -> list[Finding]:
    """Grid and measure of justified text in three columns."""
    found = []
    for measure in (17.0, 23.0):
        block = PITCH * 32
        heading = {"heading": "始の見出し"}
        sheet = Sheet([PASSAGE] * 6, measure, 3, 2.0, True, block, [heading])
        lines = read([sheet], Options(mode))
        found += judge_columns(lines, f"{mode} {measure:.0f}", ORIGIN, measure, 2.0, PITCH)
    return found


def orientation_findings() -> list[Finding]:
    """UAX #50, a character a paragraph."""
    wanted = characters()
    sheets = [
        Sheet([f"始{typed(char)}国" for _, char in wanted[at : at + 110]], 40.0)
        for at in range(0, len(wanted), 110)
    ]
    return list(judge_orientation(press(sheets, Options("vertical", "start")), wanted))


def pair_findings(mode: str) -> list[Finding]:
    """Tables 1 to 6."""
    widths = token_widths(mode)
    found = judge(made.spacing(mode), Options(mode, "start"))
    found += overhang_findings(mode)
    default = [*made.breaks(mode, widths), *made.ends(mode, widths), *made.expansions(mode, widths)]
    found += judge(default, Options(mode))
    for option in TABLES:
        found += judge(made.reductions(mode, widths, option), Options(mode, reduction=option))
    return found


def special_findings(mode: str) -> list[Finding]:
    """Styles' choices, sizes, edges and warichu."""
    found = []
    for cases, options in special.batches(mode):
        ordered = sorted(cases, key=lambda case: case.measure)
        own = paragraphs(read(list(sheets(ordered, 12)), options))
        found += [
            special.judge_special(case, lines, ORIGIN)
            for case, lines in zip(ordered, own, strict=True)
        ]
    return found


def overhang_findings(mode: str) -> list[Finding]:
    """Long readings beside each class."""
    cases = made.overhangs(mode)
    lines = paragraphs(read([Sheet([c.markup for c in cases], 40.0)], Options(mode, "start")))
    return [judge_ruby(case, own) for case, own in zip(cases, lines, strict=True)]


def judge(cases: Sequence[Case], options: Options) -> list[Finding]:
    """Build and judge cases, those of one measure on pages of their own."""
    ordered = sorted(cases, key=lambda case: case.measure)
    lines = read(list(sheets(ordered)), options)
    return list(judge_all(ordered, lines, ORIGIN))


def sheets(ordered: Sequence[Case], most: int = ON_A_PAGE) -> Iterator[Sheet]:
    """Pages of cases that have one measure."""
    start = 0
    while start < len(ordered):
        end = start + 1
        while (
            end < len(ordered)
            and end - start < most
            and ordered[end].measure - ordered[start].measure < 1e-6
        ):
            end += 1
        part = ordered[start:end]
        yield Sheet([case.markup for case in part], part[0].measure)
        start = end


def read(pages: Sequence[Sheet], options: Options) -> list[Line]:
    """Build pages and read their lines."""
    return read_lines(press(pages, options), options.mode, EM)


def token_widths(mode: str) -> dict[str, float]:
    """The lengths of proportional tokens, read from a line of their own."""
    tokens = [representative(kind) for kind in (20, 21, 24, 27)] + [made.LONG]
    found = {token.shown: _length(token.markup, token, mode) for token in tokens}
    unit = representative(25)
    found[unit.shown] = _length("365" + unit.shown, unit, mode)
    return found


def _length(text: str, token: Token, mode: str) -> float:
    lines = read([Sheet([f"国{text}国"], 40.0)], Options(mode, "start"))
    own = lines[0].glyphs[-1 - len(token.shown) : -1]
    return (own[-1].along + own[-1].advance - own[0].along) / EM
