"""Regular expressions of rules: short names for classes, and those that could take forever.

Time is bounded by what a pattern may be, not by a clock: every repetition has an
upper bound, none stands inside a repeated group, and all bounds multiplied are
not too many.
"""

import re
from typing import Final

from layout.house.lint import load_lint_texts

MOST_STEPS: Final = 100_000
_NAMED: Final = re.compile(r"\\.|([\[\]])|<(" + "|".join(load_lint_texts().classes) + ")>")
_TOKEN: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!:]|\(\?P<\w+>|\(\?P=\w+\)|[()|*+?]"
    r"|\{[0-9]*(?:,[0-9]*)?\}",
    re.DOTALL,
)


def expanded(pattern: str) -> str:
    """The pattern with ``<漢字>`` and the like written out, alone or inside brackets."""
    classes = load_lint_texts().classes
    inside = False

    def put(found: re.Match[str]) -> str:
        nonlocal inside
        bracket, name = found.groups()
        inside = bracket == "[" if bracket else inside
        return classes[name][not inside] if name else found.group()

    return _NAMED.sub(put, pattern) if "<" in pattern else pattern


def fault(pattern: str) -> tuple[str, str]:
    """What is wrong with an expanded pattern: a diagnostic's code and its detail, or empty ones."""
    try:
        re.compile(pattern)
    except re.error as error:
        return "lint.pattern-broken", str(error)
    most = _most_steps(pattern)
    if most is None:
        return "lint.pattern-unbounded", ""
    return ("lint.pattern-heavy", "") if most > MOST_STEPS else ("", "")


def _most_steps(pattern: str) -> int | None:
    """The product of all repetitions; None if one has no bound or repeats what varies."""
    steps, varies, closed = 1, [False], False
    for found in _TOKEN.finditer(pattern):
        token = found.group()
        most = _repetitions(token)
        if token[0] == "(" and not token.startswith("(?P="):
            varies.append(False)
        elif token == ")":
            closed = varies.pop() if len(varies) > 1 else False
            varies[-1] = varies[-1] or closed
        elif token == "|":
            varies[-1] = True
        elif most is not None:
            after_group = pattern[found.start() - 1 : found.start()] == ")"
            if most == 0 or (most > 1 and after_group and closed):
                return None
            steps *= most
            varies[-1] = varies[-1] or _varies(token)
    return steps


def _varies(token: str) -> bool:
    """Whether a quantifier may repeat more or less often."""
    least, comma, most = token.strip("{}").partition(",")
    return token in "*+" or (bool(comma) and least != most)


def _repetitions(token: str) -> int | None:
    """How often a quantifier repeats at most, 0 without a bound; None for other tokens."""
    if token in "*+":
        return 0
    if token == "?":
        return 1
    if token[0] != "{":
        return None
    least, comma, most = token[1:-1].partition(",")
    return int(most or 0) if comma else int(least or 1)


def needed(pattern: str) -> str:
    """The longest piece of text that every match has in it, or "": a quick way to rule it out."""
    runs, depth, last = [""], 0, 0
    for found in _TOKEN.finditer(pattern):
        token = found.group()
        if depth == 0:
            _literal(runs, pattern[last : found.start()])
            if token == "|":
                return ""
            if len(token) == 2 and token[0] == "\\" and not token[1].isalnum():
                runs[-1] += token[1]
            else:
                _end_run(runs, token)
        depth += (token[0] == "(" and not token.startswith("(?P=")) - (token == ")")
        last = found.end()
    if depth == 0:
        _literal(runs, pattern[last:])
    return max(runs, key=len)


def _literal(runs: list[str], text: str) -> None:
    """Add characters that stand for themselves; ``. ^ $`` do not."""
    for index, part in enumerate(re.split(r"[.^$]", text)):
        if index:
            runs.append("")
        runs[-1] += part


def _end_run(runs: list[str], token: str) -> None:
    """A class, a group or a quantifier: what may be missing is no longer part of the run."""
    if token in ("?", "*") or token.startswith(("{0", "{,")):
        runs[-1] = runs[-1][:-1]
    runs.append("")
