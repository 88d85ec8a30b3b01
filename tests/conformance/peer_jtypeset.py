"""Sets the suite's paragraphs with jtypeset, horizontal and vertical.

Its PDFs hold neither word spaces nor (in tate-chu-yoko) the right text, so both are
restored from what was set: the judge looks at places, and those are the tool's own.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

import pymupdf
from fontTools.ttLib import TTFont

from tests.conformance.builder import EM, MARGIN, PAGE, PITCH, Sheet
from tests.conformance.expectations import KANJI, SPACE_NATURAL, Token, representative
from tests.conformance.judge import Case
from tests.conformance.pages import FONT
from tests.conformance.reading import EM_TOP, MIDDLE, MM, Glyph, Line, read_lines

SLACK = 0.001  # mm: it counts in single precision
KEY = "body"


def reading(token: Token) -> list[str]:
    """The readings of a token's ruby, one for each character; none without ruby."""
    if token.kind not in (22, 23):
        return []
    return token.markup.partition("《")[2].removesuffix("》").split("・")


def units(text: str) -> int:
    """The length jtypeset counts in: UTF-16."""
    return len(text.encode("utf-16-le")) // 2


class Jtypeset:
    """jtypeset as its guide sets quality text: Knuth and Plass, strict kinsoku, justified."""

    name = "jtypeset"
    package = "jtypeset"
    modes = ("horizontal", "vertical")
    settings = (
        "`Align.JUSTIFY`, `LineBreakStrategy.KNUTH_PLASS`,",
        "`kanji_skip_stretch = 1.0` (with its default of 0.125 loose lines stay short of the measure),",
        "`KinsokuLevel.STRICT`, the other `SpacingOptions` at their defaults,",
        '`language = "ja"`, `features = ["-kern"]` (as above); ruby by `RubyMode.MONO` and',
        "`RubyMode.JUKUGO`, `Annotation.tate_chu_yoko`; a fixed `line_pitch`, and a heading with a",
        "line's space on either side; word spaces brought to JLREQ's third of an em by `scale_x`.",
    )
    lacks = ("the suite sets neither its warichu (cl-28, cl-29) nor note marks (cl-20) with it",)

    @property
    def version(self) -> str:
        """The installed version, or an empty string."""
        return version(self.package) if find_spec(self.package) else ""

    def refuses(self, case: Case) -> bool:
        """Whether the case needs what the suite does not set with jtypeset."""
        return any(token.kind in (20, 28) for token in (*case.tokens, *case.follow))

    def lines(self, cases: Sequence[Case], mode: str, align: str) -> list[Line]:
        """The lines of all cases, in order; the cases of one measure share pages."""
        style = self._style(align)
        pages: list[Any] = []
        for measure, group in groupby(cases, key=lambda case: case.measure):
            flow = _flow()
            for case in group:
                flow.add_paragraph(_paragraph([*case.tokens, *case.follow], style))
            pages += self._pages(flow, mode, measure, PAGE - 2 * MARGIN)
        return _read(_press(pages), mode)

    def columns(self, sheet: Sheet, heading: str, mode: str) -> list[Line]:
        """The lines of justified text in columns under a heading of three lines."""
        import jtypeset as ts

        flow, block = _flow(), ts.BlockStyle()
        block.space_before = block.space_after = PITCH * ts.MM
        centred = self._style("start")
        centred.align = ts.Align.CENTER
        flow.add_paragraph(_plain(heading, centred), block)
        for paragraph in sheet.paragraphs:
            flow.add_paragraph(_plain(paragraph, self._style("justify")))
        whole = sheet.measure * sheet.columns + sheet.gap * (sheet.columns - 1)
        pages = self._pages(flow, mode, whole, sheet.block, sheet.columns, sheet.gap)
        return _read(_press(pages), mode)

    def oriented(self, characters: Sequence[str]) -> bytes:
        """A vertical PDF with each character between two kanji in a line of its own."""
        flow, style = _flow(), self._style("start")
        for char in characters:
            flow.add_paragraph(_plain(f"始{char}国", style))
        return _press(self._pages(flow, "vertical", 40.0, PAGE - 2 * MARGIN))

    def _style(self, align: str) -> Any:
        import jtypeset as ts

        style = ts.ParagraphStyle()
        style.align = ts.Align.JUSTIFY if align == "justify" else ts.Align.START
        style.line_pitch = PITCH * ts.MM
        style.spacing.kinsoku = ts.KinsokuLevel.STRICT
        style.line_break.strategy = ts.LineBreakStrategy.KNUTH_PLASS
        style.spacing.kanji_skip_stretch = 1.0
        style.line_break.justify = align == "justify"
        return style

    def _pages(
        self, flow: Any, mode: str, measure: float, block: float, columns: int = 1, gap: float = 0.0
    ) -> list[Any]:
        import jtypeset as ts

        sequence = ts.PageSequence()
        master = sequence.master
        inline = PAGE - MARGIN - measure * EM - SLACK
        rest = PAGE - MARGIN - block
        sides = [MARGIN, rest, MARGIN, inline]
        master.writing_mode = ts.WritingMode.HORIZONTAL_TB
        if mode == "vertical":
            sides = [MARGIN, inline, rest, MARGIN]
            master.writing_mode = ts.WritingMode.VERTICAL_RL
        master.size = ts.Size(PAGE * ts.MM, PAGE * ts.MM)
        master.margin = ts.Margins(*(side * ts.MM for side in sides))
        master.columns, master.column_gap = columns, gap * EM * ts.MM
        found: list[Any] = ts.FlowLayouter(_fonts()).layout(flow, sequence, balance_last_page=False)
        return found


def _flow() -> Any:
    import jtypeset as ts

    return ts.Flow()


@cache
def _fonts() -> Any:
    import jtypeset as ts

    fonts = ts.FontSet()
    if not fonts.load_file(str(FONT), KEY):
        raise OSError(f"jtypeset cannot read {FONT.name}")
    return fonts


@cache
def _widening() -> float:
    """What makes the font's space the word space of JLREQ."""
    font = TTFont(FONT)
    return float(SPACE_NATURAL) * font["head"].unitsPerEm / font["hmtx"]["space"][0]


def _plain(text: str, style: Any) -> Any:
    import jtypeset as ts

    face = ts.TextStyle([KEY], EM * ts.MM)
    face.language, face.features = "ja", ["-kern"]
    blank = face.copy()
    blank.scale_x = _widening()
    paragraph = ts.Paragraph()
    paragraph.style = style
    for part in re.findall(" |[^ ]+", text):
        paragraph.add_run(part, blank if part == " " else face, literal=True)
    return paragraph


def _paragraph(tokens: Sequence[Token], style: Any) -> Any:
    import jtypeset as ts

    paragraph = _plain("".join(token.shown for token in tokens), style)
    at = 0
    for token in tokens:
        end = at + units(token.shown)
        if token.kind == 30:
            paragraph.annotate(ts.Annotation.tate_chu_yoko(at, end))
        elif readings := reading(token):
            kind = ts.RubyMode.MONO if token.kind == 22 else ts.RubyMode.JUKUGO
            paragraph.annotate(ts.Annotation.ruby(at, end, "|".join(readings), kind))
        at = end
    return paragraph


def _press(pages: Sequence[Any]) -> bytes:
    import jtypeset as ts

    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "peer.pdf"
        written, warnings = ts.save_pdf(pages, str(file))
        if not written or warnings:
            raise OSError(f"jtypeset: {warnings}")
        return file.read_bytes()


# --- reading --------------------------------------------------------------------------


def _read(pdf: bytes, mode: str) -> list[Line]:
    return read_lines(pdf, mode, EM) if mode == "horizontal" else list(_vertical(pdf))


@cache
def _origins() -> dict[int, float]:
    """By glyph: how far its vertical origin lies above the baseline, in ems (``vmtx``)."""
    font = TTFont(FONT)
    outlines, metrics, em = font["glyf"], font["vmtx"].metrics, font["head"].unitsPerEm
    return {
        gid: (metrics[name][1] + getattr(outlines[name], "yMax", EM_TOP * em)) / em
        for gid, name in enumerate(font.getGlyphOrder())
        if outlines[name].numberOfContours
    }


@cache
def _nominal() -> dict[int, str]:
    cmap = TTFont(FONT, lazy=True).getBestCmap()
    order = TTFont(FONT, lazy=True).getReverseGlyphMap()
    return {order[name]: chr(code) for code, name in sorted(cmap.items(), reverse=True)}


def _vertical(pdf: bytes) -> Iterator[Line]:
    """Vertical lines whose upright glyphs are placed one by one in horizontal mode."""
    line = Line([])
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        for number, page in enumerate(document):
            for span in page.get_texttrace():
                for char in span["chars"]:
                    glyph = _glyph(span, char, number, page.rect.width * MM)
                    if glyph.size < 0.75 * EM:
                        line.ruby.append(glyph)
                    elif line.glyphs and _beside(line.glyphs[-1], glyph):
                        last = line.glyphs.pop()
                        line.glyphs.append(_across(last, glyph))
                    elif line.glyphs and not _follows(line.glyphs[-1], glyph):
                        yield line
                        line = Line([glyph])
                    else:
                        line.glyphs.append(glyph)
    yield line


def _glyph(span: dict, char: tuple, page: int, width: float) -> Glyph:
    code, gid, (x, y), (left, high, right, low) = char
    size = span["size"] * MM
    if span["dir"][1] > 0.5:
        cross = width - x * MM - MIDDLE * size
        return Glyph(chr(code), y * MM, cross, (low - high) * MM, size, "turned", gid, page)
    cross = width - (left + right) / 2 * MM
    top = y * MM - _origins().get(gid, EM_TOP) * size
    return Glyph(chr(code), top, cross, size, size, "upright", gid, page)


def _beside(last: Glyph, glyph: Glyph) -> bool:
    """Whether two glyphs stand in one tate-chu-yoko."""
    upright = last.how in ("upright", "across") and glyph.how == "upright"
    moved = abs(last.cross - glyph.cross) > EM / 10
    level = abs(last.along + last.size / 2 - glyph.along - glyph.size / 2) < EM / 100
    near = abs(last.cross - glyph.cross) < EM
    return upright and moved and level and near and last.page == glyph.page


def _across(last: Glyph, glyph: Glyph) -> Glyph:
    known = _nominal()
    first = last.char if last.how == "across" else known.get(last.gid, last.char)
    middle = last.along + last.size / 2 - (0.0 if last.how == "across" else _drop())
    text = first + known.get(glyph.gid, glyph.char)
    cross = (last.cross + glyph.cross) / 2
    return Glyph(text, middle - EM / 2, cross, EM, EM, "across", glyph.gid, glyph.page)


@cache
def _drop() -> float:
    """How far below the middle of its em jtypeset sets a tate-chu-yoko: no matter of spacing."""
    tokens = [KANJI, representative(30), KANJI]
    flow, tool = _flow(), Jtypeset()
    flow.add_paragraph(_paragraph(tokens, tool._style("start")))
    pdf = _press(tool._pages(flow, "vertical", 40.0, PAGE - 2 * MARGIN))
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        spans = document[0].get_texttrace()
        kanji, digit = (_glyph(span, span["chars"][0], 0, 0.0) for span in spans[:2])
    return digit.along + digit.size / 2 - (kanji.along + 1.5 * EM)


def _follows(last: Glyph, glyph: Glyph) -> bool:
    same = abs(last.cross - glyph.cross) < EM / 2
    return last.page == glyph.page and same and glyph.along > last.along - EM * 0.6
