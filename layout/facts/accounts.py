"""ゆうちょ accounts that are printed in both forms must be the same account.

A 記号番号 says the branch, the kind and the account number; where those are
typed by hand beside it they are compared with what follows from it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from layout.diagnostics import Reporter
from layout.facts.find import Hit
from layout.facts.patterns import plain_account
from layout.facts.text import Sought, sought
from layout.reading.model import Reading
from layout.source.facts import FactError, derive
from layout.source.model import Fact

_DIGITS: Final = "〇零一二三四五六七八九"
_LABELS: Final = {
    part: re.compile(pattern)
    for part, pattern in {
        "account": r"口座番号[\]】:)\s]*([0-9]{6,8})(?![0-9-])",
        "branch-code": r"店番(?:号)?[\]】:)\s]*([0-9]{3})(?![0-9])|店[・/]([0-9]{3})(?![0-9])",
        "branch": rf"(?<![{_DIGITS}])([{_DIGITS}]{{3}})(?:\([ァ-ヶー]+\))?店",
        "branch-kana": rf"[{_DIGITS}]{{3}}\(([ァ-ヶー]+)\)店",
        "bank-code": r"金融機関コード[\]】:)\s]*([0-9]{4})(?![0-9])",
        "kind": r"預金種目[\]】:)\s]*(当座|普通)",
    }.items()
}
"""What may stand beside a 記号番号, as the bank calls it, in normal text."""


def check_conversions(
    reading: Reading, hits: Sequence[Hit], facts: Mapping[str, Fact], reporter: Reporter
) -> None:
    """Report every part of an account that does not follow from a 記号番号 of the leaflet."""
    accounts = _accounts(hits, facts)
    if not accounts:
        return
    for block in reading.blocks:
        text = sought(block)
        if "店" in text.text or "口座" in text.text or "預金" in text.text or "コード" in text.text:
            for part, pattern in _LABELS.items():
                for match in text.matches(pattern):
                    _compare(part, text, match, accounts, reporter)


def _accounts(hits: Sequence[Hit], facts: Mapping[str, Fact]) -> list[Mapping[str, str]]:
    """All that follows from every account of the leaflet, declared or typed."""
    found = [fact.values for fact in facts.values() if fact.kind == "yucho"]
    for hit in hits:
        if hit.occurrence.kind == "account" and hit.match is not None:
            try:
                found.append(derive("yucho", plain_account(hit.match)))
            except FactError:
                continue
    return [each for each in found if "account" in each]


def _compare(
    part: str,
    text: Sought,
    match: re.Match[str],
    accounts: Sequence[Mapping[str, str]],
    reporter: Reporter,
) -> None:
    group = next(n for n in range(1, (match.lastindex or 1) + 1) if match[n])
    start, end = match.span(group)
    if not text.is_typed(start, end):
        return
    said = _plain(part, match[group])
    right = [_plain(part, account[part]) for account in accounts]
    if said not in right:
        reporter.error(
            "facts.account-part", text.span(start, end), page=text.block.page,
            value=text.printed(start, end), right=accounts[0][part],
            symbol=f"{accounts[0]['symbol']}-{accounts[0]['number']}",
        )  # fmt: skip


def _plain(part: str, value: str) -> str:
    """Forms that are equally right become one: キュウ and キユウ, 〇 and 零, leading noughts."""
    if part == "branch-kana":
        return value.replace("ユ", "ュ")
    if part == "branch":
        return value.replace("零", "〇")
    return value.lstrip("0") if part == "account" else value
