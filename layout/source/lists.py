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
_SERIES = (
    _CIRCLED,
    "アイウエオカキクケコサシスセソタチツテト",
    "一二三四五六七八九十",
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
)
_DIGITS = re.compile("[0-9]{1,3}|[０-９]{1,3}")
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_DEFAULT = "・"


def list_items(items: list[object], marker: Scalar | None, markup: Markup) -> Iterator[ListItem]:
    """The items with their markers."""
    typed = marker is None and all(isinstance(i, Scalar) and _TYPED.match(i.value) for i in items)
    said = markup.inline(marker)
    for index, item in enumerate(items):
        if isinstance(item, Record):
            own = markup.inline(item.scalar("marker"))
            text = item.scalar("text")
            shown = own or _marker(said, index, item.span)
            yield ListItem(shown, markup.inline(text), item.span)
        elif isinstance(item, Scalar):
            if typed:
                yield _split(item, markup)
            else:
                shown = _marker(said, index, item.span)
                yield ListItem(shown, markup.inline(item), item.span)


def _split(item: Scalar, markup: Markup) -> ListItem:
    """An item whose marker is typed before it."""
    found = _TYPED.match(item.value)
    first = item.lines[0]
    length = found.end() if found and first.text.startswith(found.group()) else 0
    shown = first.text[:length].rstrip(" \u3000")
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
    bare = marker.strip("()（）.．、 ")
    for series in _SERIES:
        at = series.find(bare) if len(bare) == 1 else -1
        if at >= 0 and at + index < len(series):
            return marker.replace(bare, series[at + index], 1)
    return marker
