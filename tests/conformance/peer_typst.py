"""Sets the suite's paragraphs with Typst: horizontal only, and without ruby."""

from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec

from tests.conformance.builder import EM, FONTS, MARGIN, PAGE, PITCH, Sheet
from tests.conformance.expectations import Token
from tests.conformance.judge import Case
from tests.conformance.reading import Line, read_lines

SLACK = 0.001  # mm: a line that fills its measure exactly must not fail by a rounding
FAMILY, WEIGHT = "Noto Serif JP", 400


def literal(text: str) -> str:
    """A string of Typst's that stands for ``text``, whatever it holds."""
    escaped = "".join(
        f"\\u{{{ord(char):x}}}" if char in '"\\' or ord(char) < 0x20 else char for char in text
    )
    return f'"{escaped}"'


def paragraph(tokens: Sequence[Token], measure: float) -> str:
    """One paragraph in a block of its own measure (in ems)."""
    shown = "".join(token.shown for token in tokens)
    return f"#c({measure * EM + SLACK:.6f}mm, {literal(shown)})"


def _preamble(align: str, width: float, height: float) -> str:
    justify = "true" if align == "justify" else "false"
    return f"""#set page(width: {width:.6f}mm, height: {height:.6f}mm, margin: {MARGIN}mm)
#set text(font: "{FAMILY}", weight: {WEIGHT}, size: {EM}mm, fallback: false, lang: "ja",
  region: "jp", cjk-latin-spacing: auto, kerning: false, overhang: false,
  hyphenate: false, top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: {justify}, justification-limits: (spacing: (min: 75%, max: 150%)),
  leading: {PITCH - EM}mm, spacing: {PITCH - EM}mm)
#set block(spacing: {PITCH - EM}mm)
#show " ": set text(spacing: 1em / 3)
#let c(w, t) = block(width: w, par(t))
"""


class Typst:
    """Typst at its best for Japanese: ``lang: "ja"``, justified, spaces of a third of an em."""

    name = "Typst"
    package = "typst"
    modes = ("horizontal",)
    settings = (
        '`lang: "ja"`, `region: "jp"`, `cjk-latin-spacing: auto`, `par(justify: true)`,',
        "`text(spacing: 1em / 3)` for word spaces, with `justification-limits` of 75% to 150%",
        "(JLREQ's third, quarter and half of an em), `kerning: false` (the font's kerning of",
        "kana would be taken for spacing), `overhang: false` and `hyphenate: false`; line pitch by",
        "`leading` between em boxes; a heading of three lines as a block of that height.",
    )
    lacks = (
        "no vertical writing; no ruby (cl-22, cl-23 and overhang) and no warichu (cl-28, cl-29) in",
        "the language itself (packages from elsewhere were not used); the suite sets no note marks",
        "(cl-20) with it",
    )

    @property
    def version(self) -> str:
        """The installed version, or an empty string."""
        return version(self.package) if find_spec(self.package) else ""

    def refuses(self, case: Case) -> bool:
        """Whether the case needs what Typst has not."""
        return any(token.kind in (20, 22, 23, 28, 30) for token in (*case.tokens, *case.follow))

    def lines(self, cases: Sequence[Case], mode: str, align: str) -> list[Line]:
        """The lines of all cases, in order."""
        own = [paragraph([*case.tokens, *case.follow], case.measure) for case in cases]
        return self._read("\n".join([_preamble(align, PAGE, PAGE), *own]))

    def columns(self, sheet: Sheet, heading: str, mode: str) -> list[Line]:
        """The lines of justified text in columns under a heading of three lines."""
        gaps = sheet.gap * (sheet.columns - 1)
        width = (sheet.measure * sheet.columns + gaps) * EM + 2 * MARGIN
        high = 2 * PITCH + EM
        page = f"#set page(columns: {sheet.columns})\n#set columns(gutter: {sheet.gap * EM}mm)"
        head = f"#block(height: {high}mm, width: 100%, align(center + horizon, {literal(heading)}))"
        text = [f"#par({literal(paragraph)})" for paragraph in sheet.paragraphs]
        preamble = _preamble("justify", width + SLACK, sheet.block + 2 * MARGIN)
        return self._read("\n".join([preamble, page, head, *text]))

    def oriented(self, characters: Sequence[str]) -> bytes:
        """There are no vertical lines."""
        raise NotImplementedError

    def _read(self, source: str) -> list[Line]:
        import typst

        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
        )
        pdf = typst.Compiler(font_paths=fonts).compile(source.encode(), format="pdf")
        return read_lines(pdf, "horizontal", EM)
