"""Font programs inside a PDF: TrueType, CFF, OpenType and Type 1."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final, Protocol

from layout.display.paths import Commands
from layout.display.pdf.streams import Budget, PdfObject

_THOUSAND: Final = 1000.0


def _drawn(draw: Callable[[Any], object], glyphs: Any, scale: float) -> Commands:
    """What a glyph draws, in ems; ``glyphs`` are those that it may be composed of."""
    from layout.display.pdf.pens import CommandPen, scaled  # fontTools loads only to draw

    pen = CommandPen(glyphs)
    draw(pen)
    return scaled(pen.commands, scale)


class Program(Protocol):
    """Finds glyphs and draws them."""

    def simple(self, code: int, name: str, symbolic: bool) -> Any:
        """The glyph of a code of one byte; ``name`` is that of the font's Encoding, if any."""

    def of_cid(self, cid: int) -> Any:
        """The glyph of a CID."""

    def outline(self, key: Any) -> Commands:
        """Its outline in ems; empty where there is none."""

    def has(self, key: Any) -> bool:
        """Whether there is such a glyph, and it is not the one for missing characters."""

    def width(self, key: Any) -> float:
        """The advance of a glyph that is there, in thousandths of an em."""


def load_program(key: str, stream: PdfObject, budget: Budget) -> Program:
    """The program in a FontFile, FontFile2 or FontFile3; fontTools' exceptions."""
    data = budget.read(stream)
    if key == "/FontFile":
        return Type1Program(data)
    if data[:4] in (b"OTTO", b"\0\1\0\0", b"true", b"ttcf"):
        from fontTools.ttLib import TTFont

        font = TTFont(BytesIO(data), fontNumber=0, lazy=True)
        if "CFF " in font:
            return CffProgram(font["CFF "].cff, font.get("cmap"))
        return TrueTypeProgram(font)
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    return CffProgram(fonts, None)


# --- TrueType


class TrueTypeProgram:
    """Glyphs by number, as ``glyf`` holds them; other tables may be missing in a subset."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self._glyf = font["glyf"]
        self._order = font.getGlyphOrder()
        self._units = float(font["head"].unitsPerEm)
        self._cmaps = {
            (table.platformID, table.platEncID): table.cmap
            for table in (font["cmap"].tables if "cmap" in font else ())
        }

    def simple(self, code: int, name: str, symbolic: bool) -> Any:
        """By the rules of 9.6.6.4."""
        if name and not symbolic:
            found = self._by_name(name)
            if found is not None:
                return found
        for table, places in (
            ((3, 0), (code, 0xF000 + code, 0xF100 + code, 0xF200 + code)),
            ((1, 0), (code,)),
            ((0, 3), (code,)),
        ):
            for place in places:
                if place in self._cmaps.get(table, {}):
                    return self._font.getGlyphID(self._cmaps[table][place])
        found = self._by_name(name) if name else None
        return found if found is not None else (0 if self._cmaps else code)

    def _by_name(self, name: str) -> int | None:
        from fontTools import agl
        from fontTools.encodings.MacRoman import MacRoman

        character = agl.toUnicode(name)
        for table in ((3, 1), (3, 10), (0, 3), (0, 4)):
            cmap = self._cmaps.get(table, {})
            if len(character) == 1 and ord(character) in cmap:
                return int(self._font.getGlyphID(cmap[ord(character)]))
        if (1, 0) in self._cmaps and name in MacRoman:
            cmap = self._cmaps[1, 0]
            if MacRoman.index(name) in cmap:
                return int(self._font.getGlyphID(cmap[MacRoman.index(name)]))
        reverse = self._font.getReverseGlyphMap()
        return int(reverse[name]) if name in reverse else None

    def of_cid(self, cid: int) -> Any:
        return cid

    def has(self, key: Any) -> bool:
        return bool(0 < key < len(self._order))

    def width(self, key: Any) -> float:
        return float(self._font["hmtx"][self._order[key]][0]) * _THOUSAND / self._units

    def outline(self, key: Any) -> Commands:
        if not 0 <= key < len(self._order):
            return []
        glyphs = _GlyfGlyphs(self._glyf)
        return _drawn(glyphs[self._order[key]].draw, glyphs, 1 / self._units)


class _GlyfGlyphs(dict[str, Any]):
    """Glyphs as the pens of fontTools ask for the parts of composites."""

    def __init__(self, glyf: Any) -> None:
        super().__init__()
        self._glyf = glyf

    def __missing__(self, name: str) -> Any:
        glyf = self._glyf

        class Drawn:
            def draw(self, pen: Any) -> None:
                glyf[name].draw(pen, glyf)

        return Drawn()


# --- CFF


class CffProgram:
    """Glyphs by name, or by CID where the font is keyed so."""

    def __init__(self, fonts: Any, cmap: Any) -> None:
        self._top = fonts[0]
        self._strings = self._top.CharStrings
        self._order = self._top.charset
        self._keyed = hasattr(self._top, "ROS")
        matrix = getattr(self._top, "FontMatrix", None)
        if self._keyed and getattr(self._top, "FDArray", None):
            inner = getattr(self._top.FDArray[0], "FontMatrix", None)
            if inner and "FontMatrix" not in self._top.rawDict:
                matrix = inner
        self._scale = float(matrix[0]) if matrix else 1 / _THOUSAND
        self._cmap = cmap.getBestCmap() if cmap is not None else {}

    def simple(self, code: int, name: str, symbolic: bool) -> Any:
        if name and name in self._strings:
            return name
        encoding = getattr(self._top, "Encoding", None)
        if not name and isinstance(encoding, list) and encoding[code] in self._strings:
            return encoding[code]
        if not name and isinstance(encoding, str):
            from fontTools.encodings.StandardEncoding import StandardEncoding

            if StandardEncoding[code] in self._strings:
                return StandardEncoding[code]
        return ".notdef"

    def of_cid(self, cid: int) -> Any:
        if self._keyed:
            name = f"cid{cid:05d}"
            return name if name in self._strings else ".notdef"
        return self._order[cid] if 0 <= cid < len(self._order) else ".notdef"

    def has(self, key: Any) -> bool:
        return key != ".notdef" and key in self._strings

    def width(self, key: Any) -> float:
        from fontTools.pens.basePen import NullPen

        string = self._strings[key]
        string.draw(NullPen())
        return float(string.width) * self._scale * _THOUSAND

    def outline(self, key: Any) -> Commands:
        if key not in self._strings:
            return []
        return _drawn(self._strings[key].draw, None, self._scale)


# --- Type 1


_ENTRY: Final = re.compile(rb"/(\S+)\s+(\d+)\s+(?:RD|-\|)\s")
_SUBR: Final = re.compile(rb"dup\s+(\d+)\s+(\d+)\s+(?:RD|-\|)\s")
_CODED: Final = re.compile(rb"dup\s+(\d+)\s*/(\S+)\s+put")


class Type1Program:
    """Adobe Type 1: an encrypted part with subroutines and one charstring a glyph."""

    def __init__(self, data: bytes) -> None:
        from fontTools.misc import eexec

        head, _, rest = data.partition(b"eexec")
        rest = rest.lstrip(b" \t\r\n")
        if re.fullmatch(rb"[0-9A-Fa-f\s]{8}", rest[:8]):
            digits = b"".join(re.split(rb"\s+", rest))
            rest = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("latin-1", "replace"))
        private = eexec.decrypt(rest, 55665)[0][4:]
        found = re.search(rb"/lenIV\s+(-?\d+)", private)
        skipped = int(found[1]) if found else 4
        self._subrs: dict[int, bytes] = {}
        start = private.find(b"/CharStrings")
        self._strings = {
            name.decode("latin-1"): body
            for name, body in _bodies(_ENTRY, private, max(start, 0), skipped)
        }
        for number, body in _bodies(_SUBR, private[: max(start, 0)], 0, skipped):
            self._subrs[int(number)] = body
        self._codes = {int(c): n.decode("latin-1") for c, n in _CODED.findall(head)}
        matrix = re.search(rb"/FontMatrix\s*\[\s*([-\d.eE+]+)", head)
        self._scale = float(matrix[1]) if matrix else 1 / _THOUSAND

    def simple(self, code: int, name: str, symbolic: bool) -> Any:
        if name:
            return name
        if self._codes:
            return self._codes.get(code, ".notdef")
        from fontTools.encodings.StandardEncoding import StandardEncoding

        return StandardEncoding[code]

    def of_cid(self, cid: int) -> Any:
        return ".notdef"

    def has(self, key: Any) -> bool:
        return key != ".notdef" and key in self._strings

    def outline(self, key: Any) -> Commands:
        if key not in self._strings:
            return []
        return _drawn(lambda pen: self._execute(key, pen), {}, self._scale)

    def width(self, key: Any) -> float:
        from fontTools.pens.basePen import NullPen

        return float(self._execute(key, NullPen()).width) * self._scale * _THOUSAND

    def _execute(self, key: str, pen: Any) -> Any:
        """Draw a glyph; what drew it knows its width."""
        from fontTools.misc.psCharStrings import T1CharString, T1OutlineExtractor

        highest = max(self._subrs, default=-1) + 1
        subrs = [T1CharString(self._subrs.get(at, b"\x0b")) for at in range(min(highest, 65536))]
        extractor = T1OutlineExtractor(pen, subrs)
        extractor.execute(T1CharString(self._strings[key], subrs=subrs))
        return extractor


def _bodies(
    pattern: re.Pattern[bytes], data: bytes, at: int, skipped: int
) -> list[tuple[bytes, bytes]]:
    """Names or numbers with their decrypted charstrings."""
    from fontTools.misc import eexec

    out: list[tuple[bytes, bytes]] = []
    while (found := pattern.search(data, at)) is not None:
        at = found.end() + int(found[2])
        body = data[found.end() : at]
        if skipped >= 0:
            body = eexec.decrypt(body, 4330)[0][skipped:]
        out.append((found[1], body))
    return out
