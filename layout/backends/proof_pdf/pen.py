"""Draws on sheets of paper: millimetres from the upper left corner, sizes of type in points."""

import re
from io import BytesIO
from typing import Any, Final

from layout.backends.proof_pdf.paper import MM_PER_PT
from layout.backends.proof_pdf.reportlab_alone import reportlab_alone
from layout.font.library import FontLibrary

Colour = tuple[float, float, float]
BLACK: Final = (0.0, 0.0, 0.0)
GREY: Final = (0.38, 0.38, 0.38)
PALE: Final = (0.72, 0.72, 0.72)
WHITE: Final = (1.0, 1.0, 1.0)
RED: Final = (0.78, 0.05, 0.1)
"""Dark enough to be read where a printer has only black."""

MISSING: Final = "〓"
"""Stands for a character that the font has not, as it always has in print shops."""

_PIECES: Final = re.compile(r"[!-~]+|.", re.DOTALL)
_NOT_FIRST: Final = frozenset(
    "、。，．・：；？！」』）］｝〉》】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NOT_LAST: Final = frozenset("「『（［｛〈《【〔")
_BOLD: Final = 700


def _kept(line: str, piece: str) -> str:
    """What of a line stays when ``piece`` goes into the next, by the rules of line breaking."""
    kept = line
    while len(kept) > 1 and (piece[0] in _NOT_FIRST or kept[-1] in _NOT_LAST):
        kept, piece = kept[:-1], kept[-1]
    return kept if len(kept) > 1 else line


class Pen:
    """A document in the making."""

    def __init__(self, library: FontLibrary) -> None:
        with reportlab_alone():
            from reportlab.pdfbase import pdfmetrics
            from reportlab.pdfbase.ttfonts import TTFont
            from reportlab.pdfgen.canvas import Canvas

        plain = library.job_line_face()
        assert plain is not None  # the press file was drawn with this library
        bold = next(
            (key for key in library.names if key.startswith(plain.key[:-3]) and "700" in key), ""
        )
        heavy = (library.face(bold) if bold else None) or plain
        self._fonts: dict[bool, Any] = {}
        for strong, face in ((False, plain), (True, heavy)):
            name = f"proof-{face.key}"
            self._fonts[strong] = TTFont(name, face.path)
            pdfmetrics.registerFont(self._fonts[strong])
        self._widths: dict[bool, dict[str, float]] = {False: {}, True: {}}
        self._out = BytesIO()
        first = self._fonts[False].fontName
        with reportlab_alone():
            self._canvas = Canvas(self._out, invariant=1, pageCompression=0, initialFontName=first)
        self._high = 0.0
        self.sheets = 0
        self.signs: list[tuple[float, float]] = []
        """Places on the sheet that signs have taken: across, down."""

    # --- sheets

    def begin_sheet(self, width: float, height: float) -> None:
        """A new sheet of that size."""
        self._canvas.setPageSize((width / MM_PER_PT, height / MM_PER_PT))
        self._high = height
        self.sheets += 1
        self.signs = []

    def end_sheet(self) -> None:
        """The sheet is done."""
        self._canvas.showPage()

    def finished(self, title: str) -> bytes:
        """The document."""
        self._canvas.setTitle(title.encode("utf-8", "replace").decode("utf-8"))
        self._canvas.save()
        return self._out.getvalue()

    # --- text

    def text(
        self, x: float, y: float, words: str, size: float = 7, *,
        bold: bool = False, colour: Colour = BLACK, align: str = "left",
    ) -> float:  # fmt: skip
        """Words with their baseline at ``y``; gives where they end."""
        shown = self._known(words, bold)
        long = self.long(shown, size, bold=bold)
        x -= {"left": 0.0, "centre": long / 2, "right": long}[align]
        self._canvas.setFillColorRGB(*colour)
        self._canvas.setFont(self._fonts[bold].fontName, size)
        self._canvas.drawString(x / MM_PER_PT, (self._high - y) / MM_PER_PT, shown)
        return x + long

    def long(self, words: str, size: float, *, bold: bool = False) -> float:
        """How long words are."""
        widths = self._widths[bold]
        for char in words:
            if char not in widths:
                shown = self._known(char, bold)
                widths[char] = float(self._fonts[bold].stringWidth(shown, 1)) * MM_PER_PT
        return sum(widths[char] for char in words) * size

    def wrapped(self, words: str, size: float, wide: float, most: int = 99) -> list[str]:
        """Words in lines; what is beyond ``most`` lines is cut off with an ellipsis."""
        lines, line, reach = list[str](), "", 0.0
        for piece in self._pieces(words, size, wide):
            more = self.long(piece, size)
            if line and reach + more > wide:
                kept = _kept(line, piece)
                lines.append(kept)
                line = line[len(kept) :]
                reach = self.long(line, size)
            line, reach = line + piece, reach + more
        lines.append(line)
        if len(lines) > most:
            last = lines[most - 1]
            while last and self.long(f"{last}…", size) > wide:
                last = last[:-1]
            lines[most - 1 :] = [f"{last}…"]
        return [each.strip() for each in lines]

    def _pieces(self, words: str, size: float, wide: float) -> list[str]:
        """Characters, and Latin words whole as far as they fit into a line."""
        found: list[str] = []
        for piece in _PIECES.findall(" ".join(words.split(" "))):
            found += [piece] if self.long(piece, size) <= wide else list(piece)
        return found

    def _known(self, words: str, bold: bool) -> str:
        known = self._fonts[bold].face.charToGlyph
        return "".join(
            char if ord(char) in known else " " if char.isspace() else MISSING for char in words
        )

    # --- lines and areas

    def rule(
        self, x: float, y: float, to_x: float, to_y: float, *,
        thick: float = 0.12, colour: Colour = BLACK, dash: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        """A straight line."""
        pdf, up = self._canvas, self._high
        pdf.setStrokeColorRGB(*colour)
        pdf.setLineWidth(thick / MM_PER_PT)
        pdf.setDash([each / MM_PER_PT for each in dash] if dash else [])
        pdf.line(x / MM_PER_PT, (up - y) / MM_PER_PT, to_x / MM_PER_PT, (up - to_y) / MM_PER_PT)

    def box(
        self, x: float, y: float, wide: float, high: float, *,
        thick: float = 0.12, line: Colour | None = BLACK, fill: Colour | None = None,
        radius: float = 0.0, dash: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        """A rectangle."""
        pdf = self._canvas
        self._look(thick, line, fill, dash)
        place = (x, self._high - y - high, wide, high)
        pdf.roundRect(
            *(each / MM_PER_PT for each in place), radius / MM_PER_PT,
            stroke=int(line is not None), fill=int(fill is not None),
        )  # fmt: skip

    def marker(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        """A translucent ground, through which everything below it is read."""
        pdf = self._canvas
        pdf.saveState()
        pdf.setBlendMode("Multiply")
        self.box(x, y, wide, high, line=None, fill=colour)
        pdf.restoreState()

    def disc(
        self, x: float, y: float, radius: float, *,
        thick: float = 0.15, line: Colour | None = BLACK, fill: Colour | None = None,
    ) -> None:  # fmt: skip
        """A circle around a place."""
        self._look(thick, line, fill, None)
        place = (x, self._high - y, radius)
        self._canvas.circle(
            *(each / MM_PER_PT for each in place),
            stroke=int(line is not None), fill=int(fill is not None),
        )  # fmt: skip

    def curve(self, points: tuple[float, ...], thick: float = 0.3, colour: Colour = RED) -> None:
        """A Bézier curve: four places."""
        self._look(thick, colour, None, None)
        flat = [
            (self._high - each if index % 2 else each) / MM_PER_PT
            for index, each in enumerate(points)
        ]
        self._canvas.bezier(*flat)

    def _look(
        self, thick: float, line: Colour | None, fill: Colour | None,
        dash: tuple[float, float] | None,
    ) -> None:  # fmt: skip
        pdf = self._canvas
        pdf.setLineWidth(thick / MM_PER_PT)
        pdf.setDash([each / MM_PER_PT for each in dash] if dash else [])
        if line is not None:
            pdf.setStrokeColorRGB(*line)
        if fill is not None:
            pdf.setFillColorRGB(*fill)
