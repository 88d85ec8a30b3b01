"""How facts look in normal text, and what they mean: pattern → normal form."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from re import Match, Pattern
from typing import Final

from layout.facts.numerals import AMOUNT, kanji_value
from layout.source.facts import FactError, derive, digits_of

_DAY = r"(?P<month>[0-9]{1,2})\s?月\s?(?P<day>[0-9]{1,2})\s?日"
_SLASHED = (
    r"(?<![0-9/.])(?:(?P<year_b>[0-9]{4})(?P<slash>[/.]))?(?P<month_b>[0-9]{1,2})(?(slash)(?P=slash)|/)"
    r"(?P<day_b>[0-9]{1,2})(?=\s?\((?:[月火水木金土日]|祝))"
)
_MARK = r"(?P<holiday>祝日?|休日?|振替休日|振休|振)"
_WEEKDAY = (
    r"(?:\s?\((?:(?P<weekday>[月火水木金土日])(?:曜日?)?(?:[・,、/]?\s?" + _MARK + r")?"
    r"|(?P<alone>祝日?|休日))\)|\s?(?P<spoken>[月火水木金土日])曜日?)?"
)
_YEAR = r"(?:(?P<era>明治|大正|昭和|平成|令和)\s?)?(?P<year>[0-9]{1,4}|元)\s?年"
_BEFORE, _AFTER = r"(?<![0-9A-Za-z-])", r"(?![0-9-])"

PATTERNS: Final[Mapping[str, Pattern[str]]] = {
    "account": re.compile(
        _BEFORE + r"(?P<symbol>[01][0-9]{4})(?:\s?-\s?(?P<middle>[0-9]))?"
        r"(?:\s?-\s?|[\s、,/]*(?<!座記号)番号[】\]):]*\s?)(?P<number>[0-9]{2,8})" + _AFTER
    ),
    "phone": re.compile(
        r"(?<![0-9A-Za-z-])(?:\+81-?)?(?:0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}"
        r"|(?=0(?:[-\s.]{0,3}[0-9]){9,10}(?![0-9]))"
        r"0[0-9]{1,4}(?P<gap>\s?-\s|\s-\s?|\s|\.)[0-9]{1,4}(?P=gap)[0-9]{3,4}"
        r"|0[0-9]{1,4}\s?\([0-9]{1,4}\)\s?-?[0-9]{4}|\(0[0-9]{1,4}\)[0-9]{1,4}-[0-9]{4}"
        r"|0[5789]0[0-9]{8}|0[1-9][0-9]{8}"
        r"|(?<=\+81-)[1-9][0-9]{0,3}-[0-9]{1,4}-[0-9]{3,4})" + _AFTER
    ),
    "url": re.compile(r"(?:https?://|(?<![A-Za-z0-9./@-])www\.)[!#-;=?-Z_a-z~]*[0-9A-Za-z/_~=#-]"),
    "mail": re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    "date": re.compile(rf"(?:(?:{_YEAR}\s?)?{_DAY}|{_SLASHED}){_WEEKDAY}"),
    "amount": re.compile(
        r"(?:¥\s?)?(?<![0-9,.])[0-9]+(?:,[0-9]+)*(?:\s?[万億千百][0-9,万千百]*)?\s?円|¥[0-9,]+"
        rf"|(?<![一-鿿0-9])金?[{AMOUNT}]{{2,12}}円"
    ),
}
"""In this order: what one has found the next do not look at."""

SLIPS: Final[Pattern[str]] = re.compile(
    r"(?<![A-Za-z])(?:h?t+ps?:?/{1,3}|https?[:;]/(?!/)|https?;//|https?//:?|ww\.|wwww\.)"
    r"(?=[A-Za-z0-9-]+\.)"
)
"""Beginnings of addresses that somebody mistyped; right ones are taken out before."""

_COMMAS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*")
_AMOUNT_PARTS: Final = re.compile(r"[0-9,]+")


def normal_account(found: Match[str]) -> str:
    """記号 and 番号: the middle digit is no part of what is compared."""
    return f"{found['symbol']}-{found['number'].lstrip('0') or '0'}"


def plain_account(found: Match[str]) -> str:
    """An account as the bank prints it, however it was typed."""
    middle = f"-{found['middle']}" if found["middle"] else ""
    return f"{found['symbol']}{middle}-{found['number']}"


def normal_digits(found: Match[str]) -> str:
    """A phone number's digits, an international one's as at home."""
    digits = digits_of(found.group())
    return "0" + digits[2:].lstrip("0") if found.group().startswith("+") else digits


def normal_url(found: Match[str]) -> str:
    """Host in small letters, no slash at the end."""
    head, _, rest = found.group().rpartition("://")
    host, slash, path = rest.partition("/")
    whole = f"{head.lower() or 'http'}://{host.lower()}{slash}{path}"
    return whole.rstrip("/")


def normal_mail(found: Match[str]) -> str:
    """Small letters."""
    return found.group().lower()


def day_parts(found: Match[str]) -> tuple[str, str, int, int]:
    """Era, year (both may be ""), month and day of a date, however it is written."""
    year = found["year"] or found["year_b"] or ""
    month, day = found["month"] or found["month_b"], found["day"] or found["day_b"]
    return found["era"] or "", year, int(month), int(day)


def normal_date(found: Match[str]) -> str:
    """ISO 8601, or ``--MM-DD`` where no year is said (ISO 8601:1988)."""
    era, typed, month, day = day_parts(found)
    if not typed:
        return f"--{month:02}-{day:02}"
    return f"{year_of(era, typed):04}-{month:02}-{day:02}"


def year_of(era: str, typed: str) -> int:
    """The year of the common era; ``era`` may be ""."""
    year = 1 if typed == "元" else int(typed)
    return year + FIRST_YEARS[era] - 1 if era else year


def normal_amount(found: Match[str]) -> str:
    """Yen as a number."""
    said = found.group().removeprefix("¥").removeprefix("金").removesuffix("円")
    value = kanji_value("".join(said.split()))
    return said if value is None else str(value)


NORMAL: Final[Mapping[str, Callable[[Match[str]], str]]] = {
    "account": normal_account,
    "phone": normal_digits,
    "url": normal_url,
    "mail": normal_mail,
    "date": normal_date,
    "amount": normal_amount,
}

FIRST_YEARS: Final = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}


def account_problem(found: Match[str]) -> str:
    """The code of what is wrong with an account, or ""."""
    try:
        derive("yucho", plain_account(found))
    except FactError as problem:
        return problem.code
    return ""


def has_wrong_commas(found: Match[str]) -> bool:
    """Whether commas stand elsewhere than before every third digit."""
    digits = (_AMOUNT_PARTS.findall(found.group()) or [""])[0]
    return "," in digits and not _COMMAS.fullmatch(digits)


def day_of(normal: str, year: int) -> date | None:
    """The day, in ``year`` where it says none; None if there is no such day."""
    try:
        if normal.startswith("--"):
            return date(year, int(normal[2:4]), int(normal[5:7]))
        return date.fromisoformat(normal)
    except ValueError:
        return None


def weekday_of(found: Match[str]) -> str:
    """The weekday that is printed with a date, or ""."""
    return found["weekday"] or found["spoken"] or ""
