"""List items and their markers: typed with the item, said once, or counted on."""

import re
from collections.abc import Iterator

from layout.diagnostics import Span
from layout.source.markup import Markup
from layout.source.model import Content, ListItem, Text
from layout.source.nodes import Scalar, SourceLine
from layout.source.records import Record

_TYPED = re.compile("[・＊※●○◎◆◇■□▼▽▶★☆①-⑳㉑-㉟㊱-㊿][ \u3000]*")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヴ"))}
_SERIES = (
    _CIRCLED,
    "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴",
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ",
    "㋐㋑㋒㋓㋔㋕㋖㋗㋘㋙㋚㋛㋜㋝㋞㋟㋠㋡㋢㋣",
    _KANA,
    _IROHA,
    _KANA.translate(_TO_HIRAGANA),
    _IROHA.translate(_TO_HIRAGANA),
    "甲乙丙丁戊己庚辛壬癸",
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
)
_KANJI = "〇一二三四五六七八九"
_KANJI_NUMBER = re.compile("([二三四五六七八九]?)十([一二三四五六七八九]?)|([一二三四五六七八九])")
_DIGITS = re.compile("[0-9]{1,3}|[０-９]{1,3}")
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_DEFAULT = "・"


def list_items(items: list[object], marker: Scalar | None, markup: Markup) -> Iterator[ListItem]:
    """The items with their markers."""
    typed = marker is None and all(isinstance(i, Scalar) and _TYPED.match(i.value) for i in items)
    said = _kept(marker, markup)
    for index, item in enumerate(items):
        if isinstance(item, Record):
            own = _kept(item.scalar("marker"), markup)
            shown = own or _marker(said, index, item.span)
            inner = tuple(_inner(item.value("list"), markup))
            yield ListItem(shown, markup.inline(item.scalar("text")), item.span, inner)
        elif isinstance(item, Scalar):
            if not item.value.strip():
                markup.reporter.error("source.empty-item", item.span, key="")
            elif typed:
                yield _split(item, markup)
            else:
                shown = _marker(said, index, item.span)
                yield ListItem(shown, markup.inline(item), item.span)


def _inner(value: object, markup: Markup) -> Iterator[ListItem]:
    """The list inside an item: its items alone, or with a marker for them."""
    if isinstance(value, Record):
        yield from list_items(value.items("items"), value.scalar("marker"), markup)
    elif isinstance(value, list):
        yield from list_items(value, None, markup)


def _kept(marker: Scalar | None, markup: Markup) -> Content:
    """A marker with the word spaces typed at its end."""
    content = markup.inline(marker)
    if marker is None or not content:
        return content
    body = marker.value.rstrip(" ")
    behind = marker.value[len(body) :]
    if not behind:
        return content
    last = content[-1]
    if isinstance(last, Text):
        return (*content[:-1], Text(last.text + behind, last.span, last.generated))
    return (*content, Text(behind, marker.span, generated=True))


def _split(item: Scalar, markup: Markup) -> ListItem:
    """An item whose marker is typed before it."""
    found = _TYPED.match(item.value)
    first = item.lines[0]
    length = found.end() if found and first.text.startswith(found.group()) else 0
    shown = first.text[:length]
    span = Span(item.span.file, first.line, first.column, max(1, len(shown)))
    rest = SourceLine(first.text[length:], first.line, first.column + length, first.exact)
    body = Scalar(item.value[length:], item.style, item.span, (rest, *item.lines[1:]))
    marker: Content = (Text(shown, span, generated=not first.exact),) if shown else ()
    return ListItem(marker, markup.inline(body), item.span)


def _marker(said: Content, index: int, span: Span) -> Content:
    """The marker said for the list, counted on where it counts."""
    if not said:
        return (Text(_DEFAULT, span, generated=True),)
    if len(said) == 1 and isinstance(said[0], Text):
        return (Text(counted(said[0].text, index), span, generated=True),)
    return said


def counted(marker: str, index: int) -> str:
    """The marker ``index`` places after this one: ①→②, 1.→2., （ア）→（イ）; others stay."""
    digits = _DIGITS.search(marker)
    if digits:
        number = str(int(digits.group()) + index)
        full = not digits.group().isascii()
        shown = number.translate(_FULL) if full else number
        return marker[: digits.start()] + shown + marker[digits.end() :]
    bare = marker.strip("()（）.．、 \u3000")
    counts = _kanji_number(bare)
    if counts:
        return marker.replace(bare, _in_kanji(counts + index), 1)
    if len(bare) != 1:
        return marker
    found = [series for series in _SERIES if bare in series]
    for series in sorted(found, key=lambda series: series[0] != bare):
        at = series.index(bare) + index
        if at < len(series):
            return marker.replace(bare, series[at], 1)
    return marker


def _kanji_number(text: str) -> int:
    """The number 一 to 九十九, or 0 if it is none."""
    found = _KANJI_NUMBER.fullmatch(text)
    if not found:
        return 0
    tens, ones, alone = found.groups()
    if alone:
        return _KANJI.index(alone)
    return 10 * (_KANJI.index(tens) if tens else 1) + (_KANJI.index(ones) if ones else 0)


def _in_kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _KANJI[tens % 10]) + "十" if tens else ""
    return head + (_KANJI[ones] if ones else "")
