"""Slips that YAML itself accepts or explains badly, found in the typed lines.

Text in ``|`` blocks is left alone: only lines that carry structure are looked
at, so that a full-width space or colon in the leaflet's own words is no slip.
"""

import re
from collections.abc import Iterator
from typing import Any

from layout.diagnostics import Reporter, Span

_INDENT = re.compile("[ \t\u3000]*")
_DASHES = re.compile(r"(?:- +)*")
_BLOCK = re.compile(r"(?:^|: +|- +|： *)[|>][-+0-9]*[ \t]*(?:#.*)?$")
_KEY = re.compile(r"([^\W_][\w-]*)[ \u3000]*([:：])(.?)")
_FULL_DASH = re.compile("[－ー―–—][ \u3000]*[a-z][a-z-]*[:：]")
_TIGHT_DASH = re.compile(r"-[\u3000]|-[a-z][a-z-]*:")
_HASH = re.compile(r"(?<=\S)[ \t]+(#)(?=[^\s#])")
_FULL_BAR = re.compile(r"(?:[:：]|-) *(｜)[ \t]*$")


def find_slips(text: str, file: str, keys: frozenset[str], reporter: Reporter) -> None:
    """Report the slips in ``text``; ``keys`` are the key names a leaflet may have."""
    for number, line in _structure_lines(text):
        found = _slip(line, keys)
        if found is not None:
            code, column, values = found
            reporter.error(code, Span(file, number, column + 1), **values)


def _structure_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines outside ``|`` blocks with their numbers from 1; no comments, no empty ones."""
    inside: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.lstrip(" ")
        if not bare.strip(" \t\u3000"):
            continue
        indent = len(line) - len(bare)
        if inside is not None:
            if indent > inside:
                continue
            inside = None
        if bare.startswith("#"):
            continue
        if line.endswith(("|", ">", "-", "+")) or "|" in line or ">" in line:
            inside = _block_indent(line, indent, bare)
        yield number, line


def _block_indent(line: str, indent: int, bare: str) -> int | None:
    """How far a line is indented whose ``|`` opens a block; the block is indented more."""
    if not _BLOCK.search(line):
        return None
    dashes = _DASHES.match(bare)
    depth = dashes.end() if dashes else 0
    if bare[depth : depth + 1] in "|>" and depth:
        return indent + bare.rfind("-", 0, depth)
    return indent + depth


def _slip(line: str, keys: frozenset[str]) -> tuple[str, int, dict[str, Any]] | None:
    indent = _INDENT.match(line)
    end = indent.end() if indent else 0
    space = line[:end]
    if "\t" in space:
        return "source.tab", space.index("\t"), {}
    if "\u3000" in space:
        return "source.fullwidth-indent", space.index("\u3000"), {}
    if _FULL_DASH.match(line, end):
        return "source.fullwidth-dash", end, {"character": line[end]}
    dashes = _DASHES.match(line, end)
    start = dashes.end() if dashes else end
    if _TIGHT_DASH.match(line, start):
        return "source.dash-space", start, {}
    bar = _FULL_BAR.search(line)
    if bar:
        return "source.fullwidth-bar", bar.start(1), {}
    return _hash_slip(line, start) or _colon_slip(line, start, item=start > end, keys=keys)


def _hash_slip(line: str, start: int) -> tuple[str, int, dict[str, Any]] | None:
    """``会場 #3``: YAML drops the rest of the line; a comment has a space behind its ``#``."""
    key = _KEY.match(line, start)
    value = key.end(2) if key is not None and key.group(2) == ":" else start
    if line[value:].lstrip(" \t")[:1] in ("'", '"', "[", "{", "#"):
        return None
    found = _HASH.search(line, value)
    return None if found is None else ("source.hash-in-text", found.start(1), {})


def _colon_slip(
    line: str, start: int, *, item: bool, keys: frozenset[str]
) -> tuple[str, int, dict[str, Any]] | None:
    """``text：…`` and ``text:…`` where a key was meant, not words with a colon."""
    found = _KEY.match(line, start)
    if found is None:
        return None
    name, colon, after = found.group(1), found.group(2), found.group(3)
    known = name.lower() in keys
    if colon == "：" and (known or (not item and name.isascii())):
        return "source.fullwidth-colon", found.start(2), {"key": name}
    if colon == ":" and known and after not in ("", " ", "\t"):
        return "source.colon-space", found.start(2), {"key": name}
    return None
