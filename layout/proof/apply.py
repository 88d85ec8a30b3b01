"""Corrections into the source: text and leaflet in, new text and an outcome for each out."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from layout.proof.corrections import Correction
from layout.proof.edit import Edit, EditError, Raw, applied, edits
from layout.proof.locate import NotFoundError, Target, is_done, locate
from layout.reading.paragraphs import SourceParagraph, source_paragraphs
from layout.source.model import Leaflet
from layout.source.nodes import Node

OUTCOMES: Final = ("applied", "done", "open", "refused")


class Outcome(Struct, frozen=True):
    """What became of a correction.

    ``what`` is applied, done (it was so already), open (for a person to decide)
    or refused; ``reason`` is empty or one of: query, conflict, generated, markup,
    lines, quotes, moved, twice, reads-otherwise.  ``line`` is its line in the source.
    """

    correction: Correction
    what: str
    reason: str = ""
    line: int = 0


class Applied(Struct, frozen=True):
    """The new source, and an outcome for each correction in its order."""

    text: str
    outcomes: tuple[Outcome, ...]


Reread = Callable[[str], Leaflet | None]


class _Planned(Struct, frozen=True):
    correction: Correction
    target: Target
    edits: tuple[Edit, ...]


def apply(
    text: str,
    root: Node | None,
    leaflet: Leaflet,
    corrections: Sequence[Correction],
    reread: Reread,
) -> Applied:
    """Apply what can be applied.

    Every change is proved: the new source is read again, and its paragraphs must
    say exactly what was asked, all others what they said before.
    """
    paragraphs = source_paragraphs(leaflet)
    raw = Raw(text, root)
    outcomes: dict[int, Outcome] = {}
    plans: dict[int, _Planned] = {}
    for index, correction in enumerate(corrections):
        planned = _plan(correction, paragraphs, raw)
        if isinstance(planned, Outcome):
            outcomes[index] = planned
        else:
            plans[index] = planned
    for index in _conflicts(plans):
        outcomes[index] = Outcome(
            plans[index].correction, "open", "conflict", _line(plans[index], paragraphs)
        )
        del plans[index]
    kept = _proved(text, paragraphs, plans, reread)
    for index, plan in plans.items():
        good = index in kept
        what, reason = ("applied", "") if good else ("refused", "reads-otherwise")
        outcomes[index] = Outcome(plan.correction, what, reason, _line(plan, paragraphs))
    new = applied(text, [edit for index in kept for edit in plans[index].edits])
    return Applied(new, tuple(outcomes[index] for index in range(len(corrections))))


def _plan(
    correction: Correction, paragraphs: Sequence[SourceParagraph], raw: Raw
) -> "_Planned | Outcome":
    if correction.kind == "query":
        return Outcome(correction, "open", "query", correction.at[0])
    try:
        target = locate(correction, paragraphs)
    except NotFoundError as problem:
        if is_done(correction, paragraphs):
            return Outcome(correction, "done")
        what = "open" if problem.reason == "generated" else "refused"
        return Outcome(correction, what, problem.reason, correction.at[0])
    chars = paragraphs[target.paragraph].chars
    new = "" if correction.kind == "delete" else correction.new
    try:
        made = edits(raw, chars, target.start, target.end, new)
    except EditError as problem:
        return Outcome(correction, "open", problem.reason, chars[max(target.start - 1, 0)].line)
    return _Planned(correction, target, tuple(made))


def _line(plan: _Planned, paragraphs: Sequence[SourceParagraph]) -> int:
    chars = paragraphs[plan.target.paragraph].chars
    return chars[min(plan.target.start, len(chars) - 1)].line


def _conflicts(plans: dict[int, _Planned]) -> set[int]:
    """Corrections that touch the same characters and do not ask for the same."""
    found: set[int] = set()
    order = sorted(
        plans, key=lambda index: (plans[index].target.paragraph, plans[index].target.start)
    )
    seen: dict[tuple[object, ...], int] = {}
    for index in order:
        plan = plans[index]
        same = (plan.target, plan.correction.kind, plan.correction.new)
        if same in seen:
            plans[index] = _Planned(plan.correction, plan.target, ())  # asked for twice, done once
        seen.setdefault(same, index)
    for one, other in pairwise(order):
        a, b = plans[one].target, plans[other].target
        alike = not plans[other].edits or not plans[one].edits
        if a.paragraph == b.paragraph and not alike and (b.start < a.end or a.start == b.start):
            found |= {one, other}
    return found


def _proved(
    text: str,
    paragraphs: Sequence[SourceParagraph],
    plans: dict[int, _Planned],
    reread: Reread,
) -> set[int]:
    """The plans that do exactly what they say: all together, or each tried by itself."""
    if _holds(text, paragraphs, list(plans.values()), reread):
        return set(plans)
    kept: set[int] = set()
    for index in plans:
        trial = [plans[each] for each in (*sorted(kept), index)]
        if _holds(text, paragraphs, trial, reread):
            kept.add(index)
    return kept


def _holds(
    text: str, paragraphs: Sequence[SourceParagraph], plans: list[_Planned], reread: Reread
) -> bool:
    if not plans:
        return True
    leaflet = reread(applied(text, [edit for plan in plans for edit in plan.edits]))
    if leaflet is None:
        return False
    found = [paragraph.text for paragraph in source_paragraphs(leaflet)]
    wanted = [_wanted(number, p.text, plans) for number, p in enumerate(paragraphs)]
    return [words for words in wanted if words] == [words for words in found if words]


def _wanted(number: int, text: str, plans: list[_Planned]) -> str:
    """What a paragraph must say afterwards."""
    own = [plan for plan in plans if plan.target.paragraph == number and plan.edits]
    for plan in sorted(own, key=lambda plan: plan.target.start, reverse=True):
        new = "" if plan.correction.kind == "delete" else plan.correction.new
        text = text[: plan.target.start] + new + text[plan.target.end :]
    return text
