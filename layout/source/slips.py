"""Slips that YAML itself accepts or explains badly, found in the typed lines.

Text in ``|`` blocks and inside quotes is left alone: only lines that carry structure are
looked at, so that a full-width space or colon in the leaflet's own words is no slip.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span

_ODD_SPACES: Final = "\u3000\u00a0\u1680\u2000-\u200b\u202f\u205f\ufeff"
_INDENT = re.compile(f"[ \t{_ODD_SPACES}]*")
_ODD = re.compile(f"[{_ODD_SPACES}]")
_DASHES = re.compile(r"(?:- +)*")
_BLOCK = re.compile(r"(?:^|: +|- +|： *)[|>][-+0-9]*[ \t]*(?:#.*)?$")
_COLONS: Final = ":：︓﹕∶"
_KEY = re.compile(rf"([^\W_][\w-]*)[ \u3000]*([{_COLONS}])(.?)")
_FULL_DASH = re.compile(rf"[－ー―–—−•・*][ \u3000]*[a-z][a-z-]*[{_COLONS}]")
_TIGHT_DASH = re.compile(rf"-(?:[{_ODD_SPACES}]|[a-z][a-z-]*:)")
_HASH = re.compile(r"(?<=\S)[ \t]+(#)(?=[^\s#])")
_FULL_BAR = re.compile(r"(?:[:：]|-) *(｜)[ \t]*$")
_WORD = re.compile(r"[^\W_][\w-]*")
_CONFLICT: Final = r"(?m)^<{7}(?: |$)"
_JOINT: Final = r"(?m)^={7}$|^>{7}(?: |$)"
_FULL_BRACKETS = re.compile("[｛［][^｛｝［］]{0,200}[｝］] *$")
_MOST_CONFLICTS: Final = 20
_QUOTES: Final = {"＂": "＂", "“": "”", "”": "”", "„": "“", "‘": "’", "＇": "＇", "〝": "〟"}
_BREAKING = re.compile(r":(?: |$)| #")

Slip = tuple[str, int, dict[str, Any]]
"""A code, the column it is at (from 0), and the values of its message."""


class _Line(Struct, frozen=True):
    """A line that carries structure.

    ``start`` is behind the dashes; ``goes_on`` says that it is the line before that goes on;
    ``inside`` that something indented more follows.
    """

    number: int
    text: str
    indent: int
    start: int
    goes_on: bool
    inside: bool = False


def find_slips(text: str, file: str, keys: frozenset[str], reporter: Reporter) -> str | None:
    """Report the slips in ``text``; ``keys`` are the key names such a file may have.

    The text to read on with, its indentation mended where that is certain; None where
    there is no sense in reading on.
    """
    if _report_conflicts(text, file, reporter):
        return None
    lines = text.split("\n")
    for line in _structure_lines(lines):
        found = _slip(line, keys)
        if found is None:
            continue
        code, column, values = found
        reporter.error(code, Span(file, line.number, column + 1), **values)
        typed = line.text[: line.indent]
        lines[line.number - 1] = _ODD.sub(_as_wide, typed) + line.text[line.indent :]
    return "\n".join(lines)


def _as_wide(found: re.Match[str]) -> str:
    """Ordinary spaces as wide as what was typed."""
    return {"\u3000": "  ", "\u200b": "", "\ufeff": ""}.get(found.group(), " ")


def _report_conflicts(text: str, file: str, reporter: Reporter) -> bool:
    """``<<<<<<<``: what two people changed was put into one file, and nobody has chosen."""
    found = list(re.finditer(_CONFLICT, text)) if "<<<<<<<" in text else []
    if not found or not re.search(_JOINT, text[found[0].end() :]):
        return False
    for each in found[:_MOST_CONFLICTS]:
        line = text.count("\n", 0, each.start()) + 1
        reporter.error("source.conflict", Span(file, line, 1, len("<<<<<<<")))
    return True


# --- which lines there are --------------------------------------------------------------


def _structure_lines(lines: list[str]) -> Iterator[_Line]:
    """The lines outside ``|`` blocks and quotes; no comments, no empty ones."""
    waiting: _Line | None = None
    inside: int | None = None
    quote, floor = "", -1
    for number, text in enumerate(lines, 1):
        bare = text.lstrip(" ")
        if not bare.strip(" \t\u3000"):
            continue
        indent = len(text) - len(bare)
        if inside is not None:
            if indent > inside:
                continue
            inside = None
        if quote:
            quote = "" if text.count(quote) % 2 else quote
            continue
        if bare.startswith("#"):
            continue
        line = _line(number, text, floor)
        if waiting is not None:
            yield _followed(waiting, line)
        waiting = line
        if not line.goes_on:
            floor = _floor(line)
            quote = _open_quote(line)
        if text.endswith(("|", ">", "-", "+")) or "|" in text or ">" in text:
            inside = _block_indent(text, indent, bare)
    if waiting is not None:
        yield waiting


def _line(number: int, text: str, floor: int) -> _Line:
    found = _INDENT.match(text)
    end = found.end() if found else 0
    dashes = _DASHES.match(text, end)
    start = dashes.end() if dashes else end
    return _Line(number, text, end, start, goes_on=end > floor >= 0 and start == end)


def _followed(line: _Line, following: _Line) -> _Line:
    deeper = following.indent > line.indent
    return _Line(line.number, line.text, line.indent, line.start, line.goes_on, deeper)


def _floor(line: _Line) -> int:
    """What a line goes on must be indented by more than this; -1 where none goes on."""
    key = _KEY.match(line.text, line.start)
    if key is None or key.group(2) != ":":
        return line.indent if line.start > line.indent else -1
    value = line.text[key.end(2) :].strip()
    return line.start if value and value[0] not in "|>#[{&" else -1


def _open_quote(line: _Line) -> str:
    """The quote that begins a value and does not end in its line."""
    key = _KEY.match(line.text, line.start)
    value = line.text[key.end(2) if key and key.group(2) == ":" else line.start :].lstrip(" ")
    quote = value[:1]
    if quote not in ("'", '"'):
        return ""
    plain = value.replace('\\"', "") if quote == '"' else value
    return quote if plain.count(quote) % 2 else ""


def _block_indent(line: str, indent: int, bare: str) -> int | None:
    """How far a line is indented whose ``|`` opens a block; the block is indented more."""
    if not _BLOCK.search(line):
        return None
    dashes = _DASHES.match(bare)
    depth = dashes.end() if dashes else 0
    if bare[depth : depth + 1] in "|>" and depth:
        return indent + bare.rfind("-", 0, depth)
    return indent + depth


# --- what is wrong with one -------------------------------------------------------------


def _slip(line: _Line, keys: frozenset[str]) -> Slip | None:
    text, end, start = line.text, line.indent, line.start
    space = text[:end]
    if "\t" in space:
        return "source.tab", space.index("\t"), {}
    if "\u3000" in space:
        return "source.fullwidth-indent", space.index("\u3000"), {}
    if odd := _ODD.search(space):
        return "source.odd-indent", odd.start(), {"codepoint": f"U+{ord(odd.group()):04X}"}
    if _FULL_DASH.match(text, end):
        return "source.fullwidth-dash", end, {"character": text[end]}
    if tight := _TIGHT_DASH.match(text, start):
        odd_space = _ODD.fullmatch(tight.group()[1])
        return "source.odd-space" if odd_space else "source.dash-space", start, {"before": "-"}
    if not line.goes_on and text.startswith("＃", end):
        return "source.fullwidth-hash", end, {}
    if bar := _FULL_BAR.search(text):
        return "source.fullwidth-bar", bar.start(1), {}
    if full := _full_brackets(line):
        return full
    item = start > end
    return (
        _quote_slip(line)
        or _hash_slip(line)
        or _colon_slip(text, start, item=item, keys=keys)
        or _missing_colon(line, item=item, keys=keys)
    )


def _value_at(line: _Line) -> int:
    """Where the value begins, with the space before it."""
    key = _KEY.match(line.text, line.start)
    return key.end(2) if key is not None and key.group(2) == ":" else line.start


def _full_brackets(line: _Line) -> Slip | None:
    """``｛image: …｝``, and ``［一, 二］`` where nothing else stands."""
    at = _value_at(line)
    value = line.text[at:].lstrip(" ")
    if line.goes_on or value[:1] not in ("｛", "［") or not _FULL_BRACKETS.match(value):
        return None
    keys = value[0] == "｛" and ":" in value
    items = value[0] == "［" and ", " in value
    found = line.text.index(value, at)
    return ("source.fullwidth-brackets", found, {"character": value[0]}) if keys or items else None


def _hash_slip(line: _Line) -> Slip | None:
    """``会場 #3``: YAML drops the rest of the line; a comment has a space behind its ``#``."""
    at = _value_at(line)
    value = line.text[at:].lstrip(" \t")
    if value[:1] in ("'", '"'):
        return None
    if value[:1] in ("[", "{"):
        found = _HASH.search(line.text, at)
        before = line.text[at : found.start(1)] if found else ""
        closed = before.count("[") + before.count("{") <= before.count("]") + before.count("}")
        return None if found is None or closed else ("source.hash-in-text", found.start(1), {})
    if value[:1] == "#":
        comment = line.inside or value[1:2] in ("", " ", "#", "\t")
        return None if comment else ("source.hash-in-text", line.text.index("#", at), {})
    found = _HASH.search(line.text, at)
    return None if found is None else ("source.hash-in-text", found.start(1), {})


def _colon_slip(line: str, start: int, *, item: bool, keys: frozenset[str]) -> Slip | None:
    """``text：…`` and ``text:…`` where a key was meant, not words with a colon."""
    found = _KEY.match(line, start)
    if found is None:
        return None
    name, colon, after = found.group(1), found.group(2), found.group(3)
    plain = unicodedata.normalize("NFKC", name)
    known = plain.lower() in keys
    if colon != ":" and (known or (not item and plain.isascii())):
        return "source.fullwidth-colon", found.start(2), {"key": name}
    if colon == ":" and known and after and _ODD.fullmatch(after):
        return "source.odd-space", found.start(2), {"before": f"{name}:"}
    if colon == ":" and known and after not in ("", " ", "\t"):
        return "source.colon-space", found.start(2), {"key": name}
    return None


def _missing_colon(line: _Line, *, item: bool, keys: frozenset[str]) -> Slip | None:
    """``title 題``, ``title = 題``, and ``hon`` alone above what stands in it."""
    found = _WORD.match(line.text, line.start)
    if found is None or line.goes_on or "#" in line.text:
        return None
    name, behind = found.group(), line.text[found.end() :]
    value = behind.strip(" \t\u3000")
    known = name in keys
    if not value:
        missing = line.inside and (known or not item)
    else:
        missing = known and not item and (value[0] in "=;；" or behind[0] in " \u3000")
    return ("source.colon-missing", found.end(), {"key": name}) if missing else None


def _quote_slip(line: _Line) -> Slip | None:
    """``“会場: 北町”``: to YAML these are no quotes, and the colon ends a key."""
    at = _value_at(line)
    value = line.text[at:].strip(" ")
    if line.goes_on or not odd_quote(value) or not _BREAKING.search(value):
        return None
    values = {"quote": value[0], "text": value[1:-1]}
    return "source.odd-quotes", line.text.index(value, at), values


def odd_quote(value: str) -> str:
    """The first of two quotes that enclose all of a value, and are none to YAML; or ""."""
    closing = _QUOTES.get(value[:1], "")
    return value[0] if closing and value.find(closing, 1) == len(value) - 1 else ""
