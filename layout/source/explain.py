"""What a YAML error means to someone who has never heard of YAML.

The parser says where it stopped; the typed line says what was meant.
"""

import re
from typing import Any

from layout.diagnostics import Reporter, Severity, Span

_DASHES = re.compile(r"[ ]*(?:- +)*")
_VALUE = re.compile(r"[ ]*(?:- +)*(?:[^\s:#][^:#]*: +)?")


def explain(error: Any, source: list[str], file: str, reporter: Reporter) -> None:
    """Report a YAML error under the code that names the likely slip."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        reporter.error("source.syntax", Span(file), problem=str(error))
        return
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    begun = getattr(error, "context_mark", None) or mark
    code, line, column = _name(problem, context, mark, begun, source)
    character = _at(source, line, column)
    span = Span(file, line + 1, column + 1)
    slips = (d for d in reporter if d.severity is Severity.ERROR and d.code.startswith("source."))
    if any(d.span.line in (line, line + 1) for d in slips):
        return  # a slip found in the line (or the one before) explains it already
    have, want = _indents(source, line)
    reporter.error(code, span, character=character, problem=problem, have=have, want=want)


def _indents(source: list[str], line: int) -> tuple[int, int | str]:
    """How far the line is indented, and how far the nearest of those before it, "" without one."""
    have = _indent(source[line]) if line < len(source) else 0
    dashed = line < len(source) and source[line].startswith("- ", have)
    opens = line < len(source) and source[line].rstrip().endswith(":")
    levels: list[tuple[int, bool, bool]] = []
    floor = have + 1000
    for typed in filter(_carries, reversed(source[:line])):
        if _indent(typed) < floor:
            floor = _indent(typed)
            dashes = _DASHES.match(typed)
            start = dashes.end() if dashes else floor
            alike = typed.rstrip().endswith(":") == opens
            levels += [(floor, start > floor, alike), (start, False, alike)]
    # With those of its kind, dashes below dashes and keys below keys; the last ones first.
    near = sorted(
        ((abs(n - have), dash != dashed, not alike, n) for n, dash, alike in levels if n != have),
        key=lambda each: each[:3],
    )
    return have, near[0][3] if near else ""


def _at(source: list[str], line: int, column: int) -> str:
    return source[line][column : column + 1] if line < len(source) else ""


def _name(
    problem: str, context: str, mark: Any, begun: Any, source: list[str]
) -> tuple[str, int, int]:
    """The code and the place of the likely slip."""
    here = (mark.line, mark.column)
    there = (begun.line, begun.column)
    if "quoted scalar" in context:
        if _at(source, *here) != "\\" and _at(source, here[0], here[1] - 1) == "\\":
            here = (here[0], here[1] - 1)  # YAML's reader in Python stands behind it
        return _in_quotes(problem, here, there)
    if "tab character" in problem:
        return ("source.tab", *here)
    if problem.startswith("mapping values are not allowed"):
        return _colon(source, *here)
    if "sequence entries are not allowed" in problem:
        return ("source.dash-in-value", *here)
    if "block scalar" in context:
        folded = _at(source, *there) == ">"
        return ("source.starts-with" if folded else "source.bar-line", *there)
    if "simple key" in context:
        return ("source.no-colon", *there)
    if "directive" in context or "cannot start any token" in problem:
        place = here if "cannot start" in problem else there
        tab = _at(source, *place) == "\t"
        return ("source.tab" if tab else "source.starts-with", *place)
    if any(word in context for word in ("alias", "anchor", "tag")):
        return ("source.starts-with", *there)
    return _structure(context, here, there, source)


def _in_quotes(problem: str, here: tuple[int, int], there: tuple[int, int]) -> tuple[str, int, int]:
    if "escape code" in problem:
        return ("source.surrogate", *here)
    if "escape character" in problem:
        return ("source.escape", *here)
    return ("source.quote-unclosed", *there)


def _colon(source: list[str], line: int, column: int) -> tuple[str, int, int]:
    """``a: b: c`` has a colon too many; a lone ``b: c`` here is indented wrongly.

    Or the line before has none, and goes on here for YAML.
    """
    typed = source[line] if line < len(source) else ""
    start = _start(typed)
    if typed.startswith(("? ", ": "), start):
        return ("source.starts-with", line, start)
    if ": " in typed[:column]:
        return ("source.colon-in-value", line, column)
    before = next((n for n in range(line - 1, -1, -1) if _carries(source[n])), None)
    if before is not None:
        other = source[before]
        if ":" not in other and "：" not in other and _indent(other) >= _indent(typed):
            return ("source.no-colon", before, _indent(other))
    return ("source.indent", line, _indent(typed))


def _carries(typed: str) -> bool:
    return typed.strip() != "" and not typed.lstrip().startswith("#")


def _indent(typed: str) -> int:
    return len(typed) - len(typed.lstrip(" "))


def _start(typed: str) -> int:
    """Where the line's value begins, behind dashes and a key."""
    found = _VALUE.match(typed)
    return found.end() if found else 0


def _structure(
    context: str, here: tuple[int, int], there: tuple[int, int], source: list[str]
) -> tuple[str, int, int]:
    line = here[0]
    typed = source[line] if line < len(source) else ""
    start = _start(typed)
    first = typed[start : start + 1]
    if typed.startswith(("? ", ": "), start) and start > _indent(typed):
        return ("source.starts-with", line, start)
    if first and start < here[1]:
        if first in "\"'":
            return ("source.after-quote", *here)
        if first == "{":
            return _in_braces(typed, line, start, here)
        if first == "[":
            return ("source.starts-with", line, start)
    if "flow" in context:
        opened = _at(source, *there)
        code = "source.bracket-unclosed" if opened in "[{" else "source.starts-with"
        return (code, *there)
    if "block node" in context:
        return ("source.starts-with", *here)
    if _at(source, *here) == "-":
        if _below_layout(source, *here):
            return ("source.no-area", *here)
        if _among_keys(source, *here):
            return ("source.dash-among-keys", *here)
    return ("source.indent", *here)


def _in_braces(typed: str, line: int, start: int, here: tuple[int, int]) -> tuple[str, int, int]:
    """``{phone}まで`` is a text; ``{image: …}`` is none, and something parts its keys wrongly."""
    if not re.match(r"\{ *[a-z][\w-]*[:：]", typed[start:]):
        return ("source.braces", line, start)
    comma = re.search(r"[，、；;](?=\s*[a-z][\w-]*[:：])", typed[start:])
    if comma:
        return ("source.fullwidth-comma", line, start + comma.start())
    return ("source.in-braces", *here)


def _among_keys(source: list[str], line: int, column: int) -> bool:
    """Whether the lines before that are indented alike have keys and no dash."""
    for number in range(line - 1, -1, -1):
        typed = source[number]
        if _carries(typed) and _indent(typed) <= column:
            return _indent(typed) == column and not typed.startswith("-", column)
    return False


def _below_layout(source: list[str], line: int, column: int) -> bool:
    """Whether the dash stands where the page's keys stand, right below its layout."""
    before = next((typed for typed in reversed(source[:line]) if _carries(typed)), "")
    dashes = _DASHES.match(before)
    start = dashes.end() if dashes else 0
    return start == column and before.startswith("layout:", start)
