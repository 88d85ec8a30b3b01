"""What a YAML error means to someone who has never heard of YAML.

The parser says where it stopped; the typed line says what was meant.
"""

import re
from typing import Any

from layout.diagnostics import Reporter, Severity, Span

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
    reporter.error(code, span, character=character, problem=problem)


def _at(source: list[str], line: int, column: int) -> str:
    return source[line][column : column + 1] if line < len(source) else ""


def _name(
    problem: str, context: str, mark: Any, begun: Any, source: list[str]
) -> tuple[str, int, int]:
    """The code and the place of the likely slip."""
    here = (mark.line, mark.column)
    there = (begun.line, begun.column)
    if "quoted scalar" in context:
        return _in_quotes(problem, here, there)
    if problem.startswith("mapping values are not allowed"):
        return (_colon(source, mark), *here)
    if "sequence entries are not allowed" in problem:
        return ("source.dash-in-value", *here)
    if "block scalar" in context:
        return ("source.bar-line", *there)
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


def _colon(source: list[str], mark: Any) -> str:
    """``a: b: c`` has a colon too many; a lone ``b: c`` here is indented wrongly."""
    typed = source[mark.line] if mark.line < len(source) else ""
    return "source.colon-in-value" if ": " in typed[: mark.column] else "source.indent"


def _structure(
    context: str, here: tuple[int, int], there: tuple[int, int], source: list[str]
) -> tuple[str, int, int]:
    line = here[0]
    typed = source[line] if line < len(source) else ""
    found = _VALUE.match(typed)
    start = found.end() if found else 0
    first = typed[start : start + 1]
    if first and start < here[1]:
        if first in "\"'":
            return ("source.after-quote", *here)
        if first == "{":
            return ("source.braces", line, start)
        if first == "[":
            return ("source.starts-with", line, start)
    if "flow" in context:
        opened = _at(source, *there)
        code = "source.bracket-unclosed" if opened in "[{" else "source.starts-with"
        return (code, *there)
    if "block node" in context:
        return ("source.starts-with", *here)
    return ("source.indent", *here)
