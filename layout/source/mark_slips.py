"""Marks that are none: typed full-width, half, or as other programs have them.

They would be printed as they stand, so they are told; nothing is changed.
"""

import re
from typing import Any, Final

from layout.diagnostics import Reporter, Span
from layout.source.nodes import SourceLine

_KANA: Final = "ぁ-ゖァ-ヺー・"
_KANJI: Final = "々\u3400-\u4dbf\u4e00-\u9fff"
_TAGS: Final = (
    "b|strong|i|em|u|s|br|hr|p|div|span|ruby|rb|rt|rp|a|h[1-6]|img|font|center|ul|ol|li|sup|sub"
)
_URL: Final = "(?:https?:|mailto:|tel:)"
_SLIPS: Final = (
    ("markup.half-bar", "|", rf"\|(?=[^|｜《》\s]{{1,16}}《[{_KANA}]+》)"),
    ("markup.ruby-brackets", "<≪＜", rf"(?<=[{_KANJI}])(?:<<|≪|＜＜)[{_KANA}]+(?:>>|≫|＞＞)"),
    ("markup.ruby-base", "《", rf"｜《[{_KANA}]+》"),
    (
        "markup.ruby-base",
        "《",
        rf"(?<![｜A-Za-z0-9&.+\-])[A-Za-z0-9&.+\-]{{1,30}}《[{_KANA}]+》",
    ),
    ("markup.fullwidth-mark", "＊＿", r"＊＊[^＊]{1,80}＊＊|＿＿[^＿]{1,80}＿＿"),
    ("markup.fullwidth-mark", "（", rf"[［\[][^［］\[\]]{{1,80}}[］\]]（\s?{_URL}[^）]{{0,200}}）"),
    ("markup.link-gap", "]", rf"(?<=\])[ \u3000]{{1,9}}(?=\((?:{_URL}|\{{)[^)]{{0,200}}\))"),
    ("markup.html", "<", rf"<(?:{_TAGS})(?:\s[^<>]{{0,200}})?/?>"),
    (
        "markup.single-star",
        "*",
        r"(?<![*＊\\A-Za-z0-9])\*(?![\s*])[^*]{0,40}[^\s*\\]\*(?![*A-Za-z0-9])",
    ),
    ("markup.placeholder", "TFX要○◯△×", r"\b(?:TODO|FIXME|XXX)\b|要確認|要修正|○○|◯◯|△△|××"),
)
"""Codes, characters of which one is there, and what to find."""
_ANY = re.compile("[|<≪＜《＊＿（\\]*TFX要○◯△×{]")
_BRACES: Final = r"\{\{\s?([^{}\s]{1,40})\s?\}\}"
_LINE_MARK = re.compile(r"(#{1,6}|[-*+>])[ \u3000]+\S")
_BULLET = re.compile(r"([・•●○■□◆◇▪①-⑳]|[0-9０-９]{1,2}[.．)）])")


def find_mark_slips(
    lines: list[SourceLine], file: str, facts: dict[str, Any], reporter: Reporter
) -> None:
    """Report what looks like a mark in these lines of one text, and is none."""
    for line in lines:
        if not line.exact or not _ANY.search(line.text):
            continue
        typed = set(line.text)
        for code, signs, pattern in _SLIPS:
            if typed.isdisjoint(signs):
                continue
            for found in re.finditer(pattern, line.text):  # compiled when first needed
                _report(code, line, found, file, reporter)
        for found in re.finditer(_BRACES, line.text) if "{{" in line.text else ():
            if found[1] in facts:
                _report("markup.double-braces", line, found, file, reporter, name=found[1])


def find_line_marks(lines: list[SourceLine], file: str, reporter: Reporter) -> None:
    """Report lines of a paragraph that were meant to stand one below the other: they are joined."""
    bullets = [found for line in lines if (found := _BULLET.match(line.text))]
    for line in lines:
        found = _LINE_MARK.match(line.text)
        if found is None and len(bullets) > 1 and len(lines) > 1:
            found = _BULLET.match(line.text)
        if found is not None and line.exact:
            code = "markup.line-heading" if found[1][0] == "#" else "markup.line-list"
            span = Span(file, line.line, line.column, len(found[1]))
            reporter.warning(code, span, mark=found[1])
            return  # the first of them says it


def _report(
    code: str, line: SourceLine, found: re.Match[str], file: str, reporter: Reporter, name: str = ""
) -> None:
    span = Span(file, line.line, line.column + found.start(), len(found.group()))
    reporter.warning(code, span, typed=found.group(), name=name)
