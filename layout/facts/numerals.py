"""Numbers written in kanji, as they are in vertical leaflets: 〇八〇, 二十三, 三万五千."""

import re
from typing import Final

DIGITS: Final = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "壱": 1, "壹": 1, "弐": 2, "参": 3,
}  # fmt: skip
_STEPS: Final = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10_000, "萬": 10_000, "億": 100_000_000}
_PLAIN: Final = "〇零一二三四五六七八九十百千"
RUN: Final = re.compile(f"[{_PLAIN}]+")
"""Kanji that may be a number below ten thousand."""

AMOUNT: Final = "".join((*DIGITS, *_STEPS, *_MYRIADS))
"""All that an amount in kanji is written with."""


def kanji_value(text: str) -> int | None:
    """The number that a text of kanji, digits and commas says; None if it is none."""
    total = part = 0
    digits = ""
    for c in text.replace(",", ""):
        if c in DIGITS:
            digits += str(DIGITS[c])
        elif c.isascii() and c.isdigit():
            digits += c
        elif c in _STEPS:
            part, digits = part + int(digits or 1) * _STEPS[c], ""
        elif c in _MYRIADS and (part or digits):
            total, part, digits = total + (part + int(digits or 0)) * _MYRIADS[c], 0, ""
        else:
            return None
    return total + part + int(digits or 0)


def as_digits(run: str) -> str:
    """A run of kanji in figures: digit by digit, or as the number that it says."""
    if all(c in DIGITS for c in run):
        return "".join(str(DIGITS[c]) for c in run)
    value = kanji_value(run)
    return run if value is None else str(value)
