"""Diagnostics as people read them: place, message, the typed line with a mark, the remedy."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from layout.diagnostics import Diagnostic, Severity

_TABLE = Path(__file__).parent.parent / "house" / "data" / "messages.json"
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_SEVERITIES = {
    "ja": {Severity.ERROR: "エラー", Severity.WARNING: "注意", Severity.NOTE: "お知らせ"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"},
}
_ON_PAPER = {
    "ja": "場所: {page}ページ、仕上がりの左から {across} mm、上から {down} mm",
    "en": "place: page {page}, {across} mm from the left and {down} mm from the top of the trim",
}
_HINT = {"ja": "ヒント", "en": "hint"}
_UNWRITTEN = {
    "ja": "説明がまだ書かれていない指摘です（{values}）。",
    "en": "This finding has no description yet ({values}).",
}
_SPACES = {"ja": ("（半角の空き）", "（全角の空き）"), "en": ("(a space)", "(a full-width space)")}
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
MISSING = "〓"  # the printer's sign for a sort that is not there
_SNIPPET = 72  # columns of the typed line shown
_TAB = "    "
_BEFORE = 30  # of which at most so many before the place
_VALUE_MOST = 1000
_WINDOW = 400  # characters of the line on either side of the place that are looked at


@cache
def message_table() -> Mapping[str, Mapping[str, str]]:
    """Code → its texts: ``ja``, ``en``, ``hint_ja``, ``hint_en``."""
    table: dict[str, dict[str, str]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return table


def render(
    diagnostic: Diagnostic, source_lines: Sequence[str], lang: str = "ja", colour: bool = False
) -> str:
    """The finding in the one form there is; ``source_lines`` are the lines of its file."""
    lang = lang if lang in _SEVERITIES else "ja"
    paint = _COLOURS[diagnostic.severity] if colour else ""
    label = painted(f"{severity_name(diagnostic, lang)}[{diagnostic.code}]", diagnostic, colour)
    head = f"{_place(diagnostic, lang)}{label}: {message(diagnostic, lang)}"
    where = [f"  {found}"] if (found := on_paper(diagnostic, lang)) else []
    hints = [f"  {_HINT[lang]}: {line}" for line in hint_lines(diagnostic, lang)]
    return "\n".join([head, *_snippet(diagnostic, source_lines, paint), *where, *hints])


def severity_name(diagnostic: Diagnostic, lang: str) -> str:
    """How bad it is, in a word."""
    return _SEVERITIES[lang][diagnostic.severity]


def painted(text: str, diagnostic: Diagnostic, colour: bool) -> str:
    """The text in the colour of how bad it is, where there is colour."""
    return _painted(text, _COLOURS[diagnostic.severity] if colour else "")


def message(diagnostic: Diagnostic, lang: str = "ja") -> str:
    """What was found, in one sentence."""
    entry = message_table().get(diagnostic.code)
    if entry is None:
        values = ", ".join(f"{k}={v}" for k, v in diagnostic.values.items())
        return _UNWRITTEN[lang].replace("{values}", values)
    return _fill(entry[lang], diagnostic.values, lang)


def hint_lines(diagnostic: Diagnostic, lang: str = "ja") -> list[str]:
    """The remedies; one whose value is not known is left out."""
    entry = message_table().get(diagnostic.code)
    lines = entry[f"hint_{lang}"].split("\n") if entry else []
    values = diagnostic.values
    return [_fill(line, values, lang) for line in lines if _said(line, values, lang)]


def _said(line: str, values: Mapping[str, object], lang: str) -> bool:
    names = (found.group(1) for found in _PLACEHOLDER.finditer(line))
    return all(str(values.get(f"{n}_{lang}", values.get(n, ""))) for n in names if n)


def _fill(text: str, values: Mapping[str, object], lang: str) -> str:
    """The text with its values; one that is told in two languages has names for both."""

    def put(found: re.Match[str]) -> str:
        name = found.group(1)
        value = values.get(f"{name}_{lang}", values.get(f"{name}", MISSING))
        if name == "known" and lang == "en":
            value = str(value).replace("、", ", ")
        return _named(_short(_visible(str(value))), lang) if name else found.group()[0]

    return _PLACEHOLDER.sub(put, text)


def _short(value: str) -> str:
    """No more of a value than anybody reads: it may be a million characters long."""
    return value if len(value) <= _VALUE_MOST else f"{value[:_VALUE_MOST]}…"


def _named(value: str, lang: str) -> str:
    """A space by its name: put in as it is, nobody sees it."""
    if value.strip() or not value:
        return value
    return _SPACES[lang]["\u3000" in value]


def _visible(text: str) -> str:
    """Without characters that would disturb a terminal."""
    return "".join(c if c.isprintable() or c == "\u3000" else " " for c in text)


def on_paper(diagnostic: Diagnostic, lang: str = "ja") -> str:
    """Where on the trimmed page a finding in a PDF is; empty if it has no such place."""
    values = diagnostic.values
    if "x" not in values or "y" not in values:
        return ""
    across, down = (f"{float(str(values[key])):.1f}" for key in ("x", "y"))
    return _ON_PAPER[lang].format(page=diagnostic.page, across=across, down=down)


def _place(diagnostic: Diagnostic, lang: str) -> str:
    span = diagnostic.span
    parts = [span.file] if span.file else []
    if span.line:
        parts += [str(span.line), str(span.column)]
    elif diagnostic.page:
        parts.append(f"{diagnostic.page}ページ" if lang == "ja" else f"page {diagnostic.page}")
    return ":".join(parts) + ": " if parts else ""


def _painted(text: str, paint: str) -> str:
    return f"\x1b[1;{paint}m{text}\x1b[0m" if paint else text


def _snippet(diagnostic: Diagnostic, source: Sequence[str], paint: str) -> list[str]:
    """The typed line, cut around the place, and the mark under it."""
    span = diagnostic.span
    if not 1 <= span.line <= len(source):
        return []
    whole = source[span.line - 1].rstrip("\n")
    start = min(max(span.column - 1, 0), len(whole))
    cut = max(0, start - _WINDOW)  # a line may be very long, with a finding at each character
    raw, start = whole[cut : start + _WINDOW], start - cut
    typed = _visible(raw.replace("\t", _TAB))
    if not typed.strip():
        return []
    # Tabs are shown as several spaces, so that one sees them.
    length = max(1, span.length) + (len(_TAB) - 1) * raw.count("\t", start, start + span.length)
    at = start + (len(_TAB) - 1) * raw.count("\t", 0, start)
    first = _cut(typed, at)
    shown, lead = _fitting(typed[first:]), "…" if cut + first else ""
    before = display_width(lead + typed[first:at])
    rest = typed[at : min(at + length, first + len(shown))]
    margin = f"{span.line:>5} | "
    mark = "^" * max(1, display_width(rest))
    more = cut + len(raw) < len(whole) or first + len(shown) < len(typed)
    tail = "…" if more else ""
    under = " " * (len(margin) - 2) + "| " + " " * before + _painted(mark, paint)
    return [margin + lead + shown + tail, under]


def _cut(typed: str, at: int) -> int:
    """Where to begin so that the place is seen: at the line's head if it fits."""
    if display_width(typed[:at]) <= _SNIPPET - _BEFORE:
        return 0
    first, room = at, _BEFORE
    while first > 0 and room > 0:
        first -= 1
        room -= display_width(typed[first])
    return first


def _fitting(text: str) -> str:
    width = 0
    for index, c in enumerate(text):
        width += display_width(c)
        if width > _SNIPPET:
            return text[:index]
    return text


def display_width(text: str) -> int:
    """Columns in a terminal: Japanese characters take two."""
    width = 0
    for c in text:
        if unicodedata.category(c) in ("Mn", "Me"):
            continue
        width += 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1
    return width
