"""The leaflet's facts: accounts, phones, addresses, dates, amounts, and what follows from them."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from layout.diagnostics import Reporter, Span
from layout.source.leaflet_keys import FACT_KINDS
from layout.source.model import Fact
from layout.source.nodes import Scalar
from layout.source.records import Field, Record
from layout.source.suggest import near_date

Values = dict[str, str]
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ーｰ－", "-"))
_YUCHO = re.compile(r"([01][0-9]{4})(?:-([0-9]))?-([0-9]{2,8})")
_URL = re.compile(r"https?://[^\s/?#.]+(?:\.[^\s/?#.]+)+(?::[0-9]+)?(?:[/?#]\S*)?")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9()-]{7,16}[0-9]")
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_YEAR = re.compile(r"(明治|大正|昭和|平成|令和)?([0-9]{1,4}|元)年([0-9]{1,2})月([0-9]{1,2})日")
_WEEKDAY = re.compile(r" ?\(([月火水木金土日])(?:曜日?)?\)| ?([月火水木金土日])曜日?")
_ERAS = (
    ("令和", date(2019, 5, 1)),
    ("平成", date(1989, 1, 8)),
    ("昭和", date(1926, 12, 25)),
    ("大正", date(1912, 7, 30)),
    ("明治", date(1868, 1, 25)),
)
_WEEKDAYS = "月火水木金土日"
_KANJI_DIGITS = "〇一二三四五六七八九"
_KANA_DIGITS = ("ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ")

FORMATS = {
    "全角": "full",
    "full": "full",
    "半角": "half",
    "half": "half",
    "数字": "plain",
    "plain": "plain",
    "升目": "cells",
    "cells": "cells",
}


class FactError(Exception):
    """A value that cannot be what its kind says; carries the diagnostic's code and values."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read_facts(record: Record, reporter: Reporter) -> dict[str, Fact]:
    """Every fact with its values worked out; a wrong one is reported and keeps what was typed."""
    facts: dict[str, Fact] = {}
    for name, fact in record.records("facts"):
        kind = next((k for k in FACT_KINDS if k in fact), None)
        if kind is not None:
            facts[name] = _fact(name, kind, fact, reporter)
    return facts


def _fact(name: str, kind: str, record: Record, reporter: Reporter) -> Fact:
    main = record.fields[kind]
    typed = _typed(main)
    try:
        values = {"": typed} | derive(kind, typed)
    except FactError as error:
        reporter.error(error.code, main.span, page=0, value=typed, **error.values)
        values = {"": typed}
    for key, field in record.fields.items():
        if key != kind:
            values[key] = _typed(field)
    return Fact(name, kind, values, main.span)


def _typed(field: Field) -> str:
    return field.value.value.strip() if isinstance(field.value, Scalar) else ""


def normal(text: str) -> str:
    """NFKC with every hyphen made ``-``: the form in which numbers are compared."""
    return unicodedata.normalize("NFKC", text.translate(_HYPHENS)).translate(_HYPHENS)


def digits_of(text: str) -> str:
    """Only the digits, in ASCII."""
    return "".join(c for c in normal(text) if c.isascii() and c.isdigit())


# --- each kind --------------------------------------------------------------


def _words(_: str) -> Values:
    return {}


def _url(typed: str) -> Values:
    plain = unicodedata.normalize("NFKC", typed)
    if not _URL.fullmatch(typed) or plain != typed:
        near = plain if _URL.fullmatch(plain) and plain != typed else ""
        near = near or (f"https://{plain}" if _URL.fullmatch(f"https://{plain}") else "")
        raise FactError("facts.url", suggestion=near)
    return {"short": typed.split("://", 1)[1].rstrip("/")}


def _mail(typed: str) -> Values:
    plain = unicodedata.normalize("NFKC", typed)
    if not _MAIL.fullmatch(typed):
        raise FactError("facts.mail", suggestion=plain if _MAIL.fullmatch(plain) else "")
    return {}


def _phone(typed: str) -> Values:
    plain = normal(typed).replace(" ", "")
    digits = digits_of(plain)
    if not _PHONE.fullmatch(plain):
        raise FactError("facts.phone", count=str(len(digits)))
    if digits.startswith("0"):
        mobile = digits.startswith(("050", "060", "070", "080", "090"))
        if len(digits) != (11 if mobile else 10):
            raise FactError("facts.phone", count=str(len(digits)))
    elif not plain.startswith("+"):
        raise FactError("facts.phone", count=str(len(digits)))
    return {"digits": digits}


def yucho_check_digit(symbol: str, number: str) -> int:
    """The fourth digit that a 記号 (five digits) must have with this 番号."""
    digits = [int(c) for c in f"{symbol[:3]}0{symbol[4]}{number:0>8}"]
    total = digits[12]
    for a, b, c in zip(digits[0:12:3], digits[1:12:3], digits[2:12:3], strict=True):
        total += a + 3 * b + (2 * c if c < 5 else 2 * c - 9)
    return total % 10


def _yucho(typed: str) -> Values:
    found = _YUCHO.fullmatch(normal(typed).replace(" ", ""))
    if not found:
        raise FactError("facts.yucho-form")
    symbol, number = found.group(1), found.group(3)
    if yucho_check_digit(symbol, number) != int(symbol[3]):
        raise FactError("facts.yucho-check")
    transfer = symbol.startswith("0")
    if len(number) < (2 if transfer else 6) or (not transfer and number[-1] != "1"):
        raise FactError("facts.yucho-form")
    branch = symbol[1:3] + ("9" if transfer else "8")
    account = number if transfer else number[:-1]
    if len(account) > 7:
        raise FactError("facts.yucho-form")
    return {
        "symbol": symbol,
        "number": number,
        "bank": "ゆうちょ銀行",
        "bank-code": "9900",
        "branch": "".join(_KANJI_DIGITS[int(c)] for c in branch),
        "branch-kana": "".join(_KANA_DIGITS[int(c)] for c in branch),
        "branch-code": branch,
        "kind": "当座" if transfer else "普通",
        "account": f"{account:0>7}",
    }


def _date(typed: str) -> Values:
    plain = unicodedata.normalize("NFKC", typed)
    found = _ISO.match(plain) or _YEAR.match(plain)
    if not found:
        raise FactError("facts.date-form", suggestion=near_date(typed))
    day = _day(found)
    rest = plain[found.end() :].strip()
    weekday = _WEEKDAYS[day.weekday()]
    if rest:
        said = _WEEKDAY.fullmatch(rest)
        if not said:
            raise FactError("facts.date-form", suggestion=day.isoformat())
        if (said.group(1) or said.group(2)) != weekday:
            raise FactError("facts.weekday", weekday=weekday)
    year, era = f"{day.year}年", _era(day)
    month_day = f"{day.month}月{day.day}日"
    return {
        "": f"{year}{month_day}" if found.re is _ISO else typed,
        "iso": day.isoformat(),
        "year": str(day.year),
        "month": str(day.month),
        "day": str(day.day),
        "weekday": weekday,
        "short": month_day,
        "full": f"{year}{month_day}（{weekday}）",
        "era": f"{era}{month_day}",
    }


def _day(found: re.Match[str]) -> date:
    try:
        if found.re is _ISO:
            return date(int(found[1]), int(found[2]), int(found[3]))
        era, typed = found[1], found[2]
        year = 1 if typed == "元" else int(typed)
        day = date(dict(_ERAS)[era].year - 1 + year if era else year, int(found[3]), int(found[4]))
    except ValueError as error:
        raise FactError("facts.date") from error
    if era and not _era(day).startswith(era):
        raise FactError("facts.era", era=_era(day))
    return day


def _era(day: date) -> str:
    for name, first in _ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{name}{'元' if year == 1 else year}年"
    return f"{day.year}年"


def _amount(typed: str) -> Values:
    plain = unicodedata.normalize("NFKC", typed).replace(",", "").replace(" ", "")
    number = plain.removeprefix("¥").removesuffix("円")
    if not (number.isascii() and number.isdigit()) or len(number) > 15:
        raise FactError("facts.amount")
    values = {"number": number}
    return values | {"": f"{int(number):,}円"} if typed == number else values


_KINDS: dict[str, Callable[[str], Values]] = {
    "text": _words,
    "url": _url,
    "mail": _mail,
    "phone": _phone,
    "yucho": _yucho,
    "date": _date,
    "amount": _amount,
    "place": _words,
}


def derive(kind: str, typed: str) -> Values:
    """What follows from a value of a kind; raises FactError where it cannot be one."""
    return _KINDS[kind](typed)


# --- uses -------------------------------------------------------------------


def _full_width(text: str) -> str:
    out = []
    for c in text:
        if c == "-" or (c.isascii() and c.isalnum()):
            c = chr(ord(c) + 0xFEE0)
        out.append(c)
    return "".join(out)


def _half_width(text: str) -> str:
    return "".join(
        chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else " " if c == "\u3000" else c for c in text
    )


def formatted(text: str, formats: list[str]) -> str:
    """A value in the forms asked for (``full``, ``half``, ``plain``); cells change nothing."""
    for each in formats:
        if each == "full":
            text = _full_width(text)
        elif each == "half":
            text = _half_width(text)
        elif each == "plain":
            text = digits_of(text)
    return text


def link_target(fact: Fact, attribute: str = "") -> str:
    """Where a fact's text leads to: a URL, mailto: or tel:, or ""."""
    value = fact.values.get(attribute, "")
    if attribute in ("", "short") and fact.kind == "url":
        return fact.values[""]
    if attribute == "" and fact.kind == "mail":
        return f"mailto:{value}"
    if attribute in ("", "digits") and fact.kind == "phone":
        return f"tel:{'+' if normal(fact.values['']).startswith('+') else ''}{digits_of(value)}"
    return value if value.startswith(("http://", "https://")) else ""


class NearMisses:
    """Finds numbers typed by hand that are almost, but not quite, a declared one."""

    _RUN = re.compile("[0-9０-９][-0-9０-９‐‑‒–—―−－ーｰ()（）]{5,40}")
    _LEAST = 7

    def __init__(self, facts: dict[str, Fact]) -> None:
        self._declared: dict[str, str] = {}
        self._exact: set[str] = set()
        for fact in facts.values():
            if fact.kind in ("phone", "yucho"):
                self._declare(fact)

    def _declare(self, fact: Fact) -> None:
        for name in ("", "account"):
            value = fact.values.get(name, "")
            digits = digits_of(value)
            if len(digits) >= self._LEAST:
                self._declared.setdefault(digits, value)
        self._exact.update(digits_of(v) for v in fact.values.values())

    def check(self, text: str, span: Span, reporter: Reporter) -> None:
        """Report every near miss in a text that stands at ``span``."""
        if not self._declared:
            return
        for found in self._RUN.finditer(text):
            typed = found.group().rstrip("-‐‑‒–—―−－ーｰ()（）")
            digits = digits_of(typed)
            if len(digits) < self._LEAST - 1 or digits in self._exact:
                continue
            for declared, value in self._declared.items():
                if is_near_miss(digits, declared):
                    column = span.column + found.start()
                    place = Span(span.file, span.line, column, len(typed))
                    reporter.error("facts.near-miss", place, value=typed, declared=value)
                    break


def is_near_miss(typed: str, declared: str) -> bool:
    """One digit wrong, missing or too many, or two neighbours exchanged."""
    if typed == declared or abs(len(typed) - len(declared)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(declared)) and typed[start] == declared[start]:
        start += 1
    a, b = typed[start:], declared[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
