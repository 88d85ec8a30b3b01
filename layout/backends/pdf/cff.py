"""Second and further copies of glyphs in a CFF program.

A glyph that serves several texts needs a CID for each, and CFF has no
CIDToGIDMap to lead them to one outline, so the outline is repeated.  (A CMap
leading several codes to one CID would be shorter, but some readers look up
ToUnicode by CID.)  fontTools is imported only when this is needed.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any


def repeat_glyphs(program: bytes, glyphs: Sequence[int]) -> bytes:
    """The program with copies of ``glyphs`` appended, in that order."""
    from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped,unused-ignore]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped,unused-ignore]

    nowhere = TTFont(recalcBBoxes=False)
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(program), nowhere)
    top = fonts[0]
    for glyph in glyphs:
        _repeat(top, glyph)
    written = BytesIO()
    fonts.compile(written, nowhere, isCFF2=False)
    return written.getvalue()


def _repeat(top: Any, glyph: int) -> None:
    """Append to all that counts glyphs: charstrings, charset and, if CID-keyed, FDSelect."""
    outlines, order = top.CharStrings, len(top.charset)
    copied = outlines[top.charset[glyph]]
    name = f"cid{order:05d}" if hasattr(top, "ROS") else f"copy{order}"
    outlines.charStringsIndex.append(copied)
    outlines.charStrings[name] = len(outlines.charStringsIndex) - 1
    top.charset.append(name)
    if hasattr(top, "FDSelect"):
        top.FDSelect.gidArray.append(top.FDSelect[glyph])
