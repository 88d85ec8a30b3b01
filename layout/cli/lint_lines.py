"""House-style findings in few lines: a rule with all its places, instead of one by one."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from layout.cli.messages import message, painted, severity_name
from layout.cli.texts import text
from layout.diagnostics import Diagnostic, Severity

_PLACES: Final = 6  # that are told of one rule
_SHOWN: Final = 14  # characters of what was found


def is_lint(found: Diagnostic) -> bool:
    """Whether a finding comes from a rule, and has its place in the leaflet's text."""
    return found.code.startswith("lint.") and "line_id" in found.values


def lint_lines(findings: list[Diagnostic], lang: str, colour: bool) -> Iterator[str]:
    """The warnings rule by rule, how many notes there are, and what one can do."""
    found = [each for each in findings if is_lint(each)]
    if not found:
        return
    warnings = [each for each in found if each.severity is Severity.WARNING]
    notes = len(found) - len(warnings)
    yield text("lint-head", lang, file=found[0].span.file, warnings=len(warnings), notes=notes)
    if any(each.severity is Severity.ERROR for each in findings):
        return  # what has to be done first shall be seen
    ordered = sorted(warnings, key=lambda each: (each.code, _rule(each), each.span))
    for rule, group in groupby(ordered, key=_rule):
        yield from _of_rule(rule, list(group), lang, colour)
    if notes:
        yield text("lint-notes", lang, notes=notes)
    yield text("lint-how", lang, rule=_rule((warnings or found)[0]))


def _rule(found: Diagnostic) -> str:
    return str(found.values["rule"])


def _of_rule(rule: str, found: list[Diagnostic], lang: str, colour: bool) -> Iterator[str]:
    first = found[0]
    label = painted(f"{severity_name(first, lang)}[{first.code}]", first, colour)
    yield f"  {label} {rule}: {message(first, lang)}"
    places = [_place(each) for each in found[:_PLACES]]
    if len(found) > _PLACES:
        places.append(text("lint-more", lang, count=len(found) - _PLACES))
    yield "    " + ("、" if lang == "ja" else ", ").join(places)


def _place(found: Diagnostic) -> str:
    """``32:15 9→９``; what cannot be suggested, or is no sign, is left out."""
    place = f"{found.span.line}:{found.span.column}"
    typed, right = _short(found.values["found"]), _short(found.values["suggestion"])
    if typed.strip() and right.strip():
        return f"{place} {typed}→{right}"
    return f"{place} {typed}".rstrip()


def _short(value: object) -> str:
    said = str(value)
    return said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…"
