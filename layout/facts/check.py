"""The way in: find, compare, report, list."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from msgspec.structs import replace

from layout.diagnostics import Reporter
from layout.facts.accounts import check_conversions
from layout.facts.captions import check_captions
from layout.facts.codes import Decoded, check_beside, check_read_back, read_back
from layout.facts.days import (
    check_spans,
    check_times,
    check_years,
    day_problem,
    unmarked_holiday,
)  # fmt: skip
from layout.facts.find import Hit, Known, declared, find
from layout.facts.model import KINDS, Sheet, Verdict
from layout.facts.near import distance, near_places
from layout.facts.patterns import account_problem, day_of, has_wrong_commas
from layout.facts.slips import account_problem_here, check_hosts, check_pairs, check_slips, grouped
from layout.facts.text import sought
from layout.reading.model import Reading
from layout.source.facts import digits_of, is_near_miss, normal
from layout.source.model import Fact, Leaflet

_WHEN: Final = ("日時", "日程", "とき", "開催日", "日にち", "開催日時")
_NEAR: Final = 2
_NEAR_SHARE: Final = 9
"""An address is nearly another one by two edits, or by one for every nine characters."""

_NAME_LEAST: Final = 6
"""Names that are shorter may well be others with a character of their own."""

_SAMPLE: Final = "0000"
_NATIONAL: Final = 2
"""``phonenumbers.PhoneNumberFormat.NATIONAL``, which is not loaded before it is needed."""

_NO_AREA: Final = ("0120", "0800", "0570", "0990", "050", "060", "070", "080", "090")
"""Numbers that people group as they like."""


class Checked(NamedTuple):
    """What all checks are told."""

    hits: tuple[Hit, ...]
    known: tuple[Known, ...]
    day: date
    reading: Reading
    leaflet: Leaflet


Wrong = Mapping[int, Verdict]


def check_facts(
    reading: Reading, leaflet: Leaflet, reporter: Reporter, decoded: Sequence[Decoded] = ()
) -> Sheet:
    """Find every fact on the pages, report what cannot be right, list them all.

    Nothing is asked of a network; days are judged by the leaflet's ``date:``.
    ``decoded`` are the QR codes as they were read from the rendered press file.
    """
    known = declared(leaflet.facts)
    hits = find(reading, known)
    checked = Checked(hits, known, _day(leaflet.date), reading, leaflet)
    verdicts: dict[int, Verdict] = {}
    facts: dict[int, str] = {}
    for index, hit in enumerate(hits):
        for check in _CHECKS.get(hit.occurrence.kind, ()):
            if (said := check(hit, checked, reporter)) is not None:
                verdicts[index], facts[index] = said
                break
    _check_names(checked, reporter)
    _check_holders(known, leaflet.facts, reporter)
    _check_past(checked, reporter)
    check_conversions(reading, hits, leaflet.facts, reporter)
    check_slips(reading, reporter)
    check_pairs(hits, reporter)
    check_hosts(hits, reporter)
    check_years(reading, reporter)
    check_spans(hits, checked.day, reporter)
    check_times(reading, hits, reporter)
    check_captions(leaflet, reporter)
    check_read_back(reading, decoded, reporter)
    check_beside(reading, hits, reporter)
    things = {thing.id: thing for page in reading.pages for thing in page.things}
    rows = [
        replace(
            hit.occurrence,
            verdict=verdicts.get(index, hit.occurrence.verdict),
            fact=facts.get(index) or hit.occurrence.fact,
            read=read_back(things[hit.occurrence.line_id], decoded)
            if hit.occurrence.kind == "code"
            else "",
        )
        for index, hit in enumerate(hits)
    ]
    rows.sort(key=lambda row: KINDS.index(row.kind))
    printed = {row.fact for row in rows}
    unused = tuple(dict.fromkeys(each.name for each in known if each.name not in printed))
    return Sheet(tuple(rows), unused)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date(1970, 1, 1)


Said = tuple[Verdict, str]
Check = Callable[[Hit, Checked, Reporter], Said | None]


def _typed(hit: Hit) -> bool:
    return hit.occurrence.verdict is not Verdict.DECLARED


def _report(hit: Hit, code: str, reporter: Reporter, **values: object) -> None:
    seen = hit.occurrence
    reporter.error(
        code, seen.span, page=seen.page, value=seen.printed, line_id=seen.line_id,
        start=seen.start, end=seen.end, **values,
    )  # fmt: skip


# --- each kind


def _account(hit: Hit, _: Checked, reporter: Reporter) -> Said | None:
    """The form and the check digit of a 記号番号 that is typed by hand."""
    assert hit.match is not None
    if not _typed(hit):
        return None
    problem = account_problem(hit.match) or account_problem_here(hit)
    if not problem:
        return None
    _report(hit, problem, reporter)
    return Verdict.WRONG, ""


def _phone(hit: Hit, _: Checked, reporter: Reporter) -> Said | None:
    """A number that the numbering plan does not know; sample numbers (…-0000) are let pass."""
    import phonenumbers

    if not _typed(hit) or hit.occurrence.normal.endswith(_SAMPLE):
        return None
    try:
        number = phonenumbers.parse(hit.occurrence.normal, "JP")
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_valid_number(number):
        _check_area(hit, phonenumbers.format_number(number, _NATIONAL), reporter)
        return None
    _report(hit, "facts.phone-unassigned", reporter)
    return Verdict.WRONG, ""


def _check_area(hit: Hit, right: str, reporter: Reporter) -> None:
    """Where the area code ends: 03-1234-5678 and not 031-234-5678."""
    seen = hit.occurrence
    plain = normal(seen.printed)
    if seen.normal.startswith(_NO_AREA) or not plain.startswith(("0", "(0")):
        return
    if ("-" not in plain and "(" not in plain) or grouped(plain) == grouped(right):
        return
    reporter.warning(
        "facts.phone-area", seen.span, page=seen.page, value=seen.printed, right=right,
        line_id=seen.line_id, start=seen.start, end=seen.end,
    )  # fmt: skip


def _near(hit: Hit, checked: Checked, reporter: Reporter) -> Said | None:
    """Almost a declared fact of its kind."""
    seen = hit.occurrence
    if seen.fact or not _typed(hit):
        return None
    for known in checked.known:
        if known.kind == seen.kind and _is_near(seen.kind, seen.normal, known.normal):
            _report(hit, "facts.near-miss", reporter, declared=known.typed)
            return Verdict.NEAR, known.name
    return None


def _is_near(kind: str, one: str, other: str) -> bool:
    if kind in ("phone", "account"):
        return is_near_miss(digits_of(one), digits_of(other))
    most = max(_NEAR, len(other) // _NEAR_SHARE)
    return 0 < distance(one, other, most) <= most


def _date(hit: Hit, checked: Checked, reporter: Reporter) -> Said | None:
    """The day exists, the weekday is its own, the era is that of the day, a holiday is one."""
    assert hit.match is not None
    plain = hit.occurrence.normal
    problem, values = day_problem(hit.match, plain, checked.day)
    if problem and _typed(hit):
        _report(hit, problem, reporter, **values)
        return Verdict.WRONG, ""
    if name := "" if problem else unmarked_holiday(hit.match, plain, checked.day):
        seen = hit.occurrence
        reporter.note(
            "facts.holiday", seen.span, page=seen.page, value=seen.printed, name=name,
            line_id=seen.line_id, start=seen.start, end=seen.end,
        )  # fmt: skip
    return None


def _amount(hit: Hit, _: Checked, reporter: Reporter) -> Said | None:
    """Commas before every third digit."""
    assert hit.match is not None
    if not has_wrong_commas(hit.match):
        return None
    _report(hit, "facts.commas", reporter)
    return Verdict.WRONG, ""


def _code(hit: Hit, checked: Checked, reporter: Reporter) -> Said | None:
    """A QR code leads to something the leaflet says elsewhere."""
    seen = hit.occurrence
    if seen.fact:
        return None
    elsewhere = [each.occurrence for each in checked.hits if each.occurrence.kind != "code"]
    if any(other.normal == seen.normal for other in elsewhere):
        return None
    for known in checked.known:
        if known.kind == "url" and _is_near("url", seen.normal, known.normal):
            _report(hit, "facts.near-miss", reporter, declared=known.typed)
            return Verdict.NEAR, known.name
    reporter.warning("facts.code-alone", seen.span, page=seen.page, value=seen.printed)
    return Verdict.OTHER, ""


_CHECKS: Final[Mapping[str, Sequence[Check]]] = {
    "account": (_near, _account),
    "phone": (_near, _phone),
    "url": (_near,),
    "mail": (_near,),
    "date": (_date,),
    "amount": (_amount,),
    "code": (_code,),
}


# --- what is no occurrence of anything


def _check_holders(known: Sequence[Known], facts: Mapping[str, Fact], reporter: Reporter) -> None:
    """An account's holder that is nearly, and not quite, another declared name."""
    names = [each for each in known if each.kind == "name"]
    for fact in facts.values():
        holder = normal(fact.values.get("holder", ""))
        for each in names if len(holder) >= _NAME_LEAST else ():
            if each.name != fact.name and distance(holder, each.normal, 1) == 1:
                reporter.error(
                    "facts.near-miss", fact.span, value=fact.values["holder"], declared=each.typed
                )


def _check_names(checked: Checked, reporter: Reporter) -> None:
    """One character wrong, missing or too many in a declared name of six or more."""
    names = [
        known
        for known in checked.known
        if known.kind == "name" and len(known.normal) >= _NAME_LEAST
    ]
    for block in checked.reading.blocks if names else ():
        text = sought(block)
        for known in names:
            for start, end in near_places(text.text, known.normal):
                other = any(text.text[start:end].startswith(each.normal) for each in names)
                if text.is_typed(start, end) and not other:
                    span = text.span(start, end)
                    value = text.printed(start, end)
                    reporter.error(
                        "facts.near-miss", span, page=block.page, value=value, declared=known.typed
                    )


def _check_past(checked: Checked, reporter: Reporter) -> None:
    """A meeting announced for a day before the leaflet's own."""
    before = ""
    for block in checked.reading.blocks:
        if before.strip().strip("：:・■●【】") in _WHEN:
            for hit in checked.hits:
                seen = hit.occurrence
                own = hit.text is not None and hit.text.block is block
                if own and seen.kind == "date" and not seen.normal.startswith("--"):
                    day = day_of(seen.normal, 0)
                    if day is not None and day < checked.day:
                        said = checked.day.isoformat()
                        reporter.warning(
                            "facts.past", seen.span, page=seen.page, value=seen.printed, date=said
                        )
        before = block.text
