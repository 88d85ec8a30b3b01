"""Judges whole columns and single glyphs: grid, measure, ruby overhang, orientation."""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pymupdf
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from tests.conformance.expectations import (
    cell,
    end_spaces,
    listed_class,
    orientation,
    orientation_blocks,
    space,
)
from tests.conformance.judge import EM, TOLERANCE, Case, Finding, body, off
from tests.conformance.reading import Glyph, Line, glyphs_of

FONT = Path(__file__).parents[2] / "fonts" / "NotoSerifJP_400Regular.ttf"
MARKUP = "\\*_^《》｜{}［］[]｛｝"
SPECIAL = "()（）"
RUBY = 0.5  # of the base
READING = "うけたまわり"
SWAPPED = 80  # font units by which a turned outline's sides may differ
OBLONG = 200
PASSAGE = (
    "始めに、文字を並べる前に、紙の大きさと余白を決めます。「版面（はんめん）」とは、文字が置かれる"
    "範囲のことで、一行の字数・行数・段数から決まります。2021年３月には、約60本の規則をJLREQと照らし、"
    "句読点や括弧の空きを一つずつ確かめました。行の終わりでは、句点。読点、括弧」などが半角にも全角にも"
    "なり、行の長さはいつも一定です。横組みでも縦組みでも、隣の段の行とぴったり並ぶこと。それが升目の"
    "役割です。WebやPDFのような欧字が混じる行、100や3.14のような数字が混じる行も、同じ規則で整えます。"
)


# --- grid and measure -----------------------------------------------------------------


def judge_columns(
    lines: Sequence[Line], mode: str, origin: float, measure: float, gap: float, pitch: float
) -> Iterator[Finding]:
    """Every line of text on one grid, and every line but a last one on the measure.

    The first line is a heading, which is centred in whole lines.
    """
    first = lines[1].glyphs[0].cross
    for number, line in enumerate(lines[1:], 1):
        glyphs = [g for g in line.glyphs if g.how in ("level", "upright")] or line.glyphs
        steps = (glyphs[0].cross - first) / pitch
        wrong = abs(steps - round(steps)) * pitch > TOLERANCE
        detail = f"{(steps - round(steps)) * pitch:.3f} mm off" if wrong else ""
        yield Finding("grid", mode, f"line {number + 1}", detail)
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is None or following.text.startswith("始"):
            continue
        yield Finding("measure", mode, f"line {number + 1}", _short(line, origin, measure, gap))


def _short(line: Line, origin: float, measure: float, gap: float) -> str:
    glyphs = list(line.glyphs)
    while glyphs[-1].char == " ":
        glyphs.pop()
    kind = listed_class(glyphs[-1].char)
    column = int((glyphs[0].along / EM - origin + 0.6) // (measure + gap))
    head = origin + column * (measure + gap)
    start = body(glyphs[0], listed_class(glyphs[0].char))[0] - head
    end = body(glyphs[-1], kind)[1] - head
    if off(start, 0.0):
        return f"begins at {start:.4f} em"
    ends = [measure - float(tail) for tail in end_spaces(kind)]
    return f"ends at {end:.4f} em" if all(off(end, e) for e in ends) else ""


# --- ruby -----------------------------------------------------------------------------


def judge_ruby(case: Case, lines: list[Line]) -> Finding:
    """Table 1, hang: how far a long reading stands over its neighbour's body."""
    line = lines[0]
    reading = line.ruby
    if any(t.kind == 28 for t in case.tokens):
        reading = [g for g in reading if g.char in READING]  # not the note
    ruby_first = case.tokens[case.at].kind not in (22, 23)
    index = sum(len(t.units) for t in case.tokens[: case.at])
    if ruby_first:  # the complex stands before the neighbour
        neighbour = line.glyphs[index]
        kind = case.tokens[case.at].kind
        cells = (case.tokens[case.at - 1].kind, kind)
        edge = body(neighbour, kind)[0]
        over = max((g.along + g.size) / EM for g in reading) - edge
    else:
        neighbour = line.glyphs[index - 1]
        kind = case.tokens[case.at - 1].last
        cells = (kind, case.tokens[case.at].kind)
        edge = body(neighbour, kind)[1]
        over = edge - min(g.along for g in reading) / EM
    return case.finding(_overhang(over, cells))


def _overhang(over: float, cells: tuple[int, int]) -> str:
    """``over`` is how far the reading reaches over the neighbour's body; negative: it keeps off."""
    value = str(cell("spacing", *cells))
    blank = float(space(*cells))
    slack = TOLERANCE / EM
    if "hang" not in value and not value.startswith("n."):
        return f"{over + blank:.3f} em over what takes none" if over + blank > slack else ""
    most = 0.0 if blank else RUBY
    if over > most + slack:
        return f"{over:.3f} em over the body, {most} allowed"
    simple = 22 in cells and "hang" in value
    return "does not hang over" if simple and over + blank < slack else ""


# --- orientation ----------------------------------------------------------------------


def characters() -> list[tuple[str, str]]:
    """(block, character) of all that is judged: in the blocks, and in the font."""
    known = TTFont(FONT, lazy=True).getBestCmap()
    out = []
    for name, first, last in orientation_blocks():
        for code in range(first, last + 1):
            char = chr(code)
            stands_alone = char.isprintable() and not unicodedata.combining(char)
            if code in known and stands_alone:
                out.append((name, char))
    return out


def typed(char: str) -> str:
    """A character so that it is no markup."""
    return f"\\{char}" if char in MARKUP + SPECIAL else char


def judge_orientation(pdf: bytes, wanted: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """How each character between two kanji stands: turned, or upright with which outline."""
    nominal = TTFont(FONT)
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        glyphs = [g for g in glyphs_of(document, "vertical") if g.char not in "始国"]
        embedded = _embedded(document)
    for (block, char), glyph in zip(wanted, glyphs, strict=True):
        name = f"{block} U+{ord(char):04X} {char}"
        if glyph.char != char:
            yield Finding("orientation", "vertical", name, f"{glyph.char} read")
            continue
        own = _outline(embedded, embedded.getGlyphName(glyph.gid))
        plain = _outline(nominal, nominal.getBestCmap()[ord(char)])
        yield Finding("orientation", "vertical", name, _standing(glyph, own, plain))


def _embedded(document: pymupdf.Document) -> TTFont:
    fonts = {font[0] for page in document for font in page.get_fonts()}
    return TTFont(io.BytesIO(document.extract_font(min(fonts))[3]))


Points = list[tuple[float, float]]


def _outline(font: TTFont, name: str) -> Points:
    pen = RecordingPen()
    font.getGlyphSet()[name].draw(pen)
    return [point for _, points in pen.value for point in points if point is not None]


def _sides(points: Points) -> tuple[float, float]:
    along, up = [p[0] for p in points], [p[1] for p in points]
    return max(along) - min(along), max(up) - min(up)


def _standing(glyph: Glyph, own: Points, plain: Points) -> str:
    value = orientation(glyph.char)
    turned = glyph.how == "turned"
    if value in ("U", "Tu"):
        if turned:
            return f"turned, {value} wanted"
        same = own == plain or not plain or _alike(_sides(own), _sides(plain))
        return "" if same or value == "Tu" else "an outline that is not upright"
    if turned or not plain:
        return ""
    if own == plain:
        return f"upright, {value} wanted"
    width, height = _sides(plain)
    if value == "R" and abs(width - height) > OBLONG:
        return "" if _alike(_sides(own), (height, width)) else "not turned"
    return ""


def _alike(sides: tuple[float, float], others: tuple[float, float]) -> bool:
    return all(abs(a - b) <= SWAPPED for a, b in zip(sides, others, strict=True))
