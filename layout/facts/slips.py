"""Slips that are wrong whatever is declared: addresses, letters in numbers, sums, order."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from re import Pattern
from typing import Final

from layout.diagnostics import Reporter
from layout.facts.find import Hit
from layout.facts.near import distance
from layout.facts.patterns import SLIPS, plain_account
from layout.facts.text import sought, told
from layout.reading.model import Block, Reading
from layout.source.facts import yucho_check_digit

_OTHER: Final = "Ͱ-ϿЀ-ӿ"
"""Greek and Cyrillic: а, о, е, р, с look like Latin letters and are none."""

_PATTERNS: Final[Mapping[str, Pattern[str]]] = {
    "facts.url-slip": SLIPS,
    "facts.url-form": re.compile(
        r"(?:https?://|(?<![A-Za-z0-9./@-])www\.)(?:[A-Za-z0-9.-]{0,60},[A-Za-z]|https?:"
        r"|[A-Za-z0-9-]{1,60}(?:\.[A-Za-z0-9-]{1,60}){0,5}\.\.)[A-Za-z0-9./-]{0,60}"
    ),
    "facts.mail-form": re.compile(
        r"[A-Za-z0-9._%+-]{1,60}(?:@[A-Za-z0-9-]{1,60}(?:\.[A-Za-z0-9-]{1,60}){0,4}(?:,|\.\.)[A-Za-z]"
        r"|@\.[A-Za-z]|\.@[A-Za-z]|\s@\s?[A-Za-z0-9-]{1,60}\.[A-Za-z]|@\s[A-Za-z0-9-]{1,60}\.[A-Za-z])"
        r"[A-Za-z0-9.-]{0,60}"
    ),
    "facts.lookalike": re.compile(
        rf"(?:(?:https?://|www\.)[!-~]{{0,60}}|[A-Za-z0-9._%+-]{{1,60}}@[A-Za-z0-9.-]{{0,60}})"
        rf"(?:[{_OTHER}]|(?<=[A-Za-z0-9.])[ー一](?=[A-Za-z0-9]))[!-~{_OTHER}ー一]{{0,60}}"
    ),
    "facts.number-letter": re.compile(
        r"(?<![0-9A-Za-z-])(?=[0-9-]{0,13}[OoIlSB])[0OoIl1][0-9OoIlSB]{1,4}-[0-9OoIlSB]{1,4}-"
        r"[0-9OoIlSB]{3,8}(?![0-9A-Za-z-])"
    ),
    "facts.postal": re.compile(r"〒\s?(?![0-9]{3}-?[0-9]{4}(?![0-9-]))[0-9][0-9-]{2,10}"),
}
_RIGHT: Final = ("http://", "https://")

_PRODUCT: Final = re.compile(
    r"(?<![0-9,.])(?P<one>[0-9][0-9,]{0,10})\s?円?\s?[×xX*]\s?(?P<count>[0-9]{1,5})\s?"
    r"(?:人|口|枚|部|冊|回|個|年|か月|ヶ月|ヵ月|月|日|名|本|票)?(?:分)?\s?=\s?(?P<whole>[0-9][0-9,]{0,12})(?![0-9,.])"
)
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_IN_ORDER: Final = 3
_HOST: Final = re.compile(r"(?:https?://|@)(?:www\.)?([^/:?#]+)")
_HOST_LEAST: Final = 8


def check_slips(reading: Reading, reporter: Reporter) -> None:
    """What no address, number or sum can be."""
    for block in reading.blocks:
        text = sought(block)
        for code, pattern in _PATTERNS.items():
            for match in text.matches(pattern):
                if match.group() not in _RIGHT:
                    told(reporter.error, code, text, *match.span())
        for match in text.matches(_PRODUCT):
            one, count, whole = (int(match[n].replace(",", "")) for n in ("one", "count", "whole"))
            if one * count != whole:
                told(reporter.error, "facts.product", text, *match.span(), right=f"{one * count:,}")
        _check_order(block, reporter)


def _check_order(block: Block, reporter: Reporter) -> None:
    """①②④: a count that begins at one in a paragraph leaves none out and has none twice."""
    found = [
        (_CIRCLED.index(char.text) + 1, line, index)
        for line in block.lines
        for index, char in enumerate(line.chars)
        if char.text in _CIRCLED and len(char.text) == 1
    ]
    if [number for number, _, _ in found[:2]] != [1, 2] or len(found) < _IN_ORDER:
        return
    for (before, _, _), (number, line, index) in pairwise(found):
        if number == before + 1:
            continue
        if number <= before - 1 or number > before + 2:
            return  # they are spoken of again: ①と③は
        char = line.chars[index]
        span = line.span
        if char.line:
            span = type(span)(span.file, char.line, char.column, 1)
        reporter.warning(
            "facts.order", span, page=block.page, value=char.text, before=_CIRCLED[before - 1],
            line_id=line.id, start=index, end=index + 1,
        )  # fmt: skip
        return


def check_pairs(hits: Sequence[Hit], reporter: Reporter) -> None:
    """一万円（10,000円）: one amount written in two ways."""
    amounts = [hit for hit in hits if hit.occurrence.kind == "amount" and hit.match and hit.text]
    for one, other in pairwise(amounts):
        assert one.match is not None and other.match is not None and one.text and other.text
        if one.text is not other.text:
            continue
        between = one.text.text[one.match.end() : other.match.start()].replace(" ", "")
        closed = other.text.text[other.match.end() :].lstrip().startswith(")")
        otherwise = _notation(one.match.group()) != _notation(other.match.group())
        differ = one.occurrence.normal != other.occurrence.normal
        if between in ("(", "(金", "(計") and closed and otherwise and differ:
            start, end = one.match.start(), other.match.end()
            told(reporter.error, "facts.amount-pair", other.text, start, end)


def _notation(amount: str) -> str:
    """Whether an amount is written with kanji: 壱万円, １万円, or 10,000円."""
    return "kanji" if re.search("[^0-9,円¥金 ]", amount) else "figures"


def check_hosts(hits: Sequence[Hit], reporter: Reporter) -> None:
    """Two hosts that differ by a letter or two, of URLs, mail or QR codes."""
    hosts: dict[str, Hit] = {}
    for hit in hits:
        found = _HOST.search(hit.occurrence.normal)
        if hit.occurrence.kind in ("url", "mail", "code") and found is not None:
            host = found.group(1).lower()
            if host not in hosts:
                near = next((known for known in hosts if _is_near(host, known)), "")
                if near and not (hit.occurrence.fact and hosts[near].occurrence.fact == ""):
                    _tell_host(hit, near, reporter)
                elif near:
                    _tell_host(hosts[near], host, reporter)
            hosts.setdefault(host, hit)


def _is_near(one: str, other: str) -> bool:
    """A letter or two; numbered hosts (a1, a2) are two on purpose."""
    if min(len(one), len(other)) < _HOST_LEAST:
        return False
    plain, least = re.sub("[0-9]", "", one), re.sub("[0-9]", "", other)
    return 0 < distance(plain, least, 2) <= 2


def _tell_host(hit: Hit, other: str, reporter: Reporter) -> None:
    seen = hit.occurrence
    reporter.warning(
        "facts.near-host", seen.span, page=seen.page, value=seen.printed, other=other,
        line_id=seen.line_id, start=seen.start, end=seen.end,
    )  # fmt: skip


def account_problem_here(hit: Hit) -> str:
    """A 振替口座 that is typed without the digit between its two halves."""
    assert hit.match is not None
    lacking = hit.match["symbol"].startswith("0") and not hit.match["middle"]
    return "facts.yucho-middle" if lacking and _sound(hit) else ""


def _sound(hit: Hit) -> bool:
    assert hit.match is not None
    symbol, *_, number = plain_account(hit.match).split("-")
    return yucho_check_digit(symbol, number) == int(symbol[3])


def grouped(text: str) -> str:
    """A number's first group of digits: 03 of 03-1234-5678."""
    found = re.match(r"\(?([0-9]+)", text)
    return found.group(1) if found else ""
