"""Dates and times: the day exists; weekday, holiday and era are its own; nothing ends early."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from re import Match
from typing import Final

from layout.diagnostics import Reporter
from layout.facts.find import Hit
from layout.facts.patterns import (
    FIRST_YEARS,
    day_of,
    day_parts,
    weekday_of,
    year_of,
)  # fmt: skip
from layout.facts.text import Sought, sought, told
from layout.reading.model import Reading
from layout.source.facts import FactError, derive

WEEKDAYS: Final = "月火水木金土日"
_ERA: Final = f"(?P<era>{'|'.join(FIRST_YEARS)})"
_YEARS: Final = (
    re.compile(
        rf"{_ERA}\s?(?P<year>[0-9]{{1,2}}|元)\s?年度?\s?[(/=・]\s?(?:西暦)?(?P<west>[0-9]{{4}})(?![0-9])"
    ),
    re.compile(
        rf"(?<![0-9])(?P<west>[0-9]{{4}})\s?年?度?\s?[(/=・]\s?{_ERA}\s?(?P<year>[0-9]{{1,2}}|元)(?![0-9])"
    ),
)
_LAW_BEGINS: Final = 1949
"""From this year on there are the holidays of the law of 1948."""

_HOUR: Final = (
    r"(?P<half{0}>午前|午後|[AaPp]\.?[Mm]\.?)?\s?(?<![0-9:])(?P<hour{0}>[0-9]{{1,2}})"
    r"(?:時(?!間)(?:(?P<min{0}>[0-9]{{1,2}})分|(?P<thirty{0}>半))?|:(?P<colon{0}>[0-9]{{2}})(?![0-9:]))"
)
_TIME: Final = re.compile(_HOUR.format(""))
_SPAN: Final = re.compile(_HOUR.format("") + r"\s?(?:[〜~-]|から|より)\s?" + _HOUR.format("_b"))
_DOORS: Final = re.compile(
    r"(?:開場|受付)\s?[:/]?\s?"
    + _HOUR.format("")
    + r"[^0-9。]{0,12}(?:開演|開会|開始)\s?[:/]?\s?"
    + _HOUR.format("_b")
)
_NEXT_DAY: Final = re.compile(
    r"\s?(?P<to>[〜~・、,-]|から|と)\s?(?P<day>[0-9]{1,2})日?(?:\s?\((?P<weekday>[月火水木金土日])曜?日?\)|(?<=日))"
)
_LONGEST: Final = 6 * 60
"""So many minutes before its beginning nothing ends: it would be the next day."""

_HALF_DAY: Final = 12 * 60


# --- a day


def day_problem(match: Match[str], normal: str, today: date) -> tuple[str, Mapping[str, str]]:
    """The code of what is wrong with a date, with its values; "" if nothing is.

    A day without a year is judged by the year of ``today`` and those around it.
    """
    said = weekday_of(match)
    if not normal.startswith("--"):
        problem, values = _with_year(match, said)
        days = [day for day in (day_of(normal, 0),) if day is not None]
    else:
        problem, values = _without_year(normal, said, today)
        days = _days(normal, said, today)
    if problem:
        return problem, values
    marked = bool(match["holiday"] or match["alone"])
    if marked and days and not any(holiday(day) for day in days) and days[0].year >= _LAW_BEGINS:
        return "facts.no-holiday", {}
    return "", {}


def unmarked_holiday(match: Match[str], normal: str, today: date) -> str:
    """The holiday's name, where a date has its weekday and not the mark that it is one."""
    said = weekday_of(match)
    if not said or said == "日" or match["holiday"] or match["alone"]:
        return ""
    days = _days(normal, said, today)
    return holiday(days[0]) if days else ""


def holiday(day: date) -> str:
    """The name of a Japanese holiday, or ""."""
    import jpholiday

    return jpholiday.is_holiday_name(day) or ""


def _days(normal: str, said: str, today: date) -> list[date]:
    """The days that a date can mean, the likeliest first."""
    if not normal.startswith("--"):
        days = [day_of(normal, 0)]
    else:
        days = [day_of(normal, year) for year in (today.year, today.year + 1, today.year - 1)]
    real = [day for day in days if day is not None]
    if said:
        real = [day for day in real if WEEKDAYS[day.weekday()] == said]
    elif len(real) > 1:
        real = real[:2]
    return real


def _with_year(match: Match[str], said: str) -> tuple[str, Mapping[str, str]]:
    era, year, month, day = day_parts(match)
    plain = f"{era}{year}年{month}月{day}日" + (f"({said})" if said else "")
    try:
        derive("date", plain)
    except FactError as problem:
        return problem.code, problem.values
    return "", {}


def _without_year(normal: str, weekday: str, today: date) -> tuple[str, Mapping[str, str]]:
    """A weekday must be that of this year's, or the next such day."""
    years = (today.year, today.year + 1, today.year - 1)
    days = [day for day in (day_of(normal, year) for year in years) if day is not None]
    if not days:
        return ("", {}) if normal == "--02-29" else ("facts.date", {})
    if not weekday or WEEKDAYS[days[0].weekday()] == weekday:
        return "", {}
    coming = [day for day in days if day >= today]
    if coming and WEEKDAYS[min(coming).weekday()] == weekday:
        return "", {}
    return "facts.weekday", {"weekday": WEEKDAYS[days[0].weekday()]}


# --- what stands around days


def check_years(reading: Reading, reporter: Reporter) -> None:
    """令和３年（2021年）: both must be the same year."""
    for block in reading.blocks:
        text = sought(block)
        for pattern in _YEARS:
            for match in text.matches(pattern):
                right = year_of(match["era"], match["year"])
                if int(match["west"]) != right:
                    _tell("facts.era-year", text, *match.span(), reporter, right=right)


def check_spans(hits: Sequence[Hit], today: date, reporter: Reporter) -> None:
    """３月10日〜５日, and the weekday of the second day in ３月６日（土）・７日（日）."""
    for hit in hits:
        if hit.occurrence.kind != "date" or hit.match is None or hit.text is None:
            continue
        more = _NEXT_DAY.match(hit.text.text, hit.match.end())
        if more is None:
            continue
        start, end = more.start("day"), more.end()
        _, _, month, day = day_parts(hit.match)
        if more["to"] in "〜~-から" and int(more["day"]) <= day:
            _tell("facts.range", hit.text, hit.match.start(), end, reporter)
            continue
        said = weekday_of(hit.match)
        first = _days(hit.occurrence.normal, said, today)
        if not more["weekday"] or not first:
            continue
        second = day_of(f"--{month:02}-{int(more['day']):02}", first[0].year)
        if second is None:
            _tell("facts.date", hit.text, start, end, reporter)
        elif (right := WEEKDAYS[second.weekday()]) != more["weekday"]:
            _tell("facts.weekday", hit.text, start, end, reporter, weekday=right)


def check_times(reading: Reading, hits: Sequence[Hit], reporter: Reporter) -> None:
    """Times that do not exist, end before they begin, or are 12 hours off another mention."""
    for block in reading.blocks:
        text = sought(block)
        for match in text.matches(_TIME):
            if _impossible(match):
                _tell("facts.time", text, *match.span(), reporter)
        for match in text.matches(_SPAN):
            begin, end = minutes(match), minutes(match, "_b")
            if not match["half_b"] and end < begin and end < _HALF_DAY:
                end += _HALF_DAY  # 午後１時〜４時, ９時〜５時
            if 0 < begin - end <= _LONGEST:
                _tell("facts.time-range", text, *match.span(), reporter)
        for match in text.matches(_DOORS):
            if minutes(match) > minutes(match, "_b"):
                _tell("facts.time-doors", text, *match.span(), reporter)
    _check_half_days(hits, reporter)


def _check_half_days(hits: Sequence[Hit], reporter: Reporter) -> None:
    """One day, one meeting, at 午前２時 and 午後２時."""
    known: dict[str, list[int]] = {}
    for hit in hits:
        if hit.occurrence.kind != "date" or hit.match is None or hit.text is None:
            continue
        gap = re.compile(r"[\s、,]{0,2}").match(hit.text.text, hit.match.end())
        found = _TIME.match(hit.text.text, gap.end() if gap else hit.match.end())
        if found is None or not (found["half"] or int(found["hour"]) > 12):
            continue
        at, day = minutes(found), hit.occurrence.normal[-5:]
        if any(abs(at - other) == _HALF_DAY for other in known.get(day, ())):
            _tell("facts.half-day", hit.text, *found.span(), reporter)
        known.setdefault(day, []).append(at)


def minutes(match: Match[str], which: str = "") -> int:
    """Minutes since midnight."""
    hour = int(match[f"hour{which}"])
    half = (match[f"half{which}"] or "").replace(".", "").lower()
    if half in ("午後", "pm") and hour < 12:
        hour += 12
    rest = match[f"min{which}"] or match[f"colon{which}"]
    return hour * 60 + (30 if match[f"thirty{which}"] else int(rest or 0))


def _impossible(match: Match[str]) -> bool:
    """More than 59 minutes, more than 30 hours (25時 is said of the night), 午後13時.

    ``16:9`` and ``4:60`` may be no times at all: what has a colon needs 午前 or 午後.
    """
    hour, half = int(match["hour"]), bool(match["half"])
    rest = int(match["min"] or match["colon"] or 0)
    if match["colon"] and not half:
        return False
    return rest > 59 or hour > (12 if half else 30)


_WARNED: Final = frozenset(("facts.time-range", "facts.time-doors", "facts.half-day"))


def _tell(
    code: str, text: Sought, start: int, end: int, reporter: Reporter, **values: object
) -> None:
    tell = reporter.warning if code in _WARNED else reporter.error
    told(tell, code, text, start, end, **values)
