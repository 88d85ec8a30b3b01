"""The CMap that leads from codes to the text as it was typed (ISO 32000-1, 9.10.3)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

BLOCK: Final = 100
"""A CMap block holds at most a hundred entries."""

HEAD: Final = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""

TAIL: Final = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """Code to source text in UTF-16BE, supplementary planes as surrogates."""
    entries = [
        b"<%04X> <%s>\n" % (code, text.encode("utf-16-be").hex().upper().encode("ascii"))
        for code, text in sorted(texts.items())
    ]
    return HEAD + b"".join(_blocks(entries)) + TAIL


def _blocks(entries: Sequence[bytes]) -> Iterator[bytes]:
    for start in range(0, len(entries), BLOCK):
        block = entries[start : start + BLOCK]
        yield b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block))
