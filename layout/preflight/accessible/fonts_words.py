"""Which characters the codes of a font say (checkpoints 10 and 17; 31-012 f., 31-027 to 31-029)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from layout.preflight.accessible.predefined import IDENTITIES, KNOWN
from layout.preflight.finished.content_cmaps import to_unicode
from layout.preflight.finished.objects import (
    is_dictionary,
    is_stream,
    is_string,
    name_of,
    number_of,
    words,
)

Fault = tuple[str, dict[str, object]]
_NAMED: Final = ("/MacRomanEncoding", "/MacExpertEncoding", "/WinAnsiEncoding")
_COLLECTIONS: Final = ("GB1", "CNS1", "Japan1", "Korea1")
_MARKS: Final = ("\ufeff", "\ufffe")
_SYMBOLIC: Final = 4
_SPACES: Final = frozenset((32, 160))


def word_faults(
    font: Any,
    inner: Any,
    said: Mapping[bytes, str],
    names: Mapping[int, str],
    read: Callable[[Any], bytes],
) -> Iterator[Fault]:
    """``said`` is what its codes that are shown say, ``names`` what their glyphs are called."""
    held = font.get("/ToUnicode")
    table: Mapping[bytes, str] = {}
    if is_stream(held):
        try:
            table = to_unicode(read(held))
        except (ValueError, TypeError):
            table = {}
    values = "".join(table.values())
    if "\0" in values:
        yield "ua.31.unicode-zero", {}
    if any(mark in values for mark in _MARKS):
        yield "ua.31.unicode-mark", {}
    if not is_stream(held) and name_of(held) not in ("/Identity-H", "/Identity-V"):
        if not _is_known(font, inner, said, names):
            yield "ua.31.unicode", {}
        return
    if lost := [code for code, word in said.items() if not word or "\ufffd" in word]:
        yield "ua.10.unicode", {"letters": len(lost)}
    yield from _char_set(font)


def _is_known(font: Any, inner: Any, said: Mapping[bytes, str], names: Mapping[int, str]) -> bool:
    """Whether characters are known without ToUnicode (31-027)."""
    encoding = font.get("/Encoding")
    kind = name_of(font.get("/Subtype"))
    if kind == "/Type0":
        info = inner.get("/CIDSystemInfo")
        ordering = words(info.get("/Ordering")) if is_dictionary(info) else ""
        name = name_of(encoding)[1:]
        return ordering in _COLLECTIONS or (name in KNOWN and name not in IDENTITIES)
    if name_of(encoding) in _NAMED:
        return True
    if kind == "/TrueType":
        descriptor = font.get("/FontDescriptor")
        flags = descriptor.get("/Flags") if is_dictionary(descriptor) else 0
        return not int(number_of(flags, 0)) & _SYMBOLIC
    from fontTools.agl import AGL2UV

    shown = {code[0] for code in said} - _SPACES
    return bool(names) and all(names.get(code, "") in AGL2UV for code in shown)


def _char_set(font: Any) -> Iterator[Fault]:
    """CharSet, where there is one, is a list of glyph names (31-012, 31-013)."""
    descriptor = font.get("/FontDescriptor")
    held = descriptor.get("/CharSet") if is_dictionary(descriptor) else None
    program: Any = descriptor.get("/FontFile3") if is_dictionary(descriptor) else None
    if not is_string(held) or not is_stream(program):
        return
    from io import BytesIO

    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    try:
        fonts.decompile(BytesIO(program.read_bytes()), None)
        present = set(fonts[0].charset) - {".notdef"}
    except Exception:
        # fontTools meets damaged fonts in every way Python can fail in; that is told elsewhere.
        return
    listed = set(words(held).split("/")) - {"", ".notdef"}
    if present - listed:
        yield "ua.31.char-set", {"letters": len(present - listed)}
    if listed - present:
        yield "ua.31.char-set-more", {"letters": len(listed - present)}
