"""Bytes to text: the encoding, the size, and characters that no leaflet needs."""

import re
from itertools import islice

from layout.diagnostics import Reporter, Span

MAX_BYTES = 4_000_000
# What YAML refuses, and the line separators that only YAML takes for line ends.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SIGNS = "\u2190-\u2bff\U0001f000-\U0001ffff"
# Between signs of one emoji; there it is no slip.
_JOINED = f"(?<=[\ufe0f{_SIGNS}])\u200d(?=[{_SIGNS}])"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]")
# Those that only indent are told by ``slips``: they are matched, and not as a group.
_UNSEEN = f"(?m)^[ \\t\u200b]*\u200b|({_INVISIBLE.pattern})"
_MAX_REPORTED = 20
_GUESSES = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
}
_KINDS = (
    (b"pk\x03\x04", "Word / Excel"),
    (b"\xd0\xcf\x11\xe0", "Word / Excel"),
    (b"{\\rtf", "RTF"),
    (b"%pdf-", "PDF"),
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
)
_PROBE = 4096
_LEAST_READABLE = 0.2


def decode(data: bytes, file: str, reporter: Reporter) -> str | None:
    """The text of a source file with ``\\n`` line ends, or None when it cannot be read."""
    if len(data) > MAX_BYTES:
        reporter.error("source.too-large", Span(file), size=len(data), limit=MAX_BYTES)
        return None
    if kind := _other_kind(data):
        reporter.error("source.not-text", Span(file), kind=kind)
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        reporter.note("source.bom", Span(file, 1, 1))
        data = data[3:]
    try:
        text = data.decode("utf-8")
        if _by_twos(data):
            raise UnicodeDecodeError("utf-8", data, data.index(0), data.index(0) + 1, "UTF-16")
    except UnicodeDecodeError as error:
        _report_encoding(data, error.start, file, reporter)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _replace_refused(text, file, reporter)


def _other_kind(data: bytes) -> str:
    """The kind of file that its first bytes tell, if it is no plain text."""
    head = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return next((kind for start, kind in _KINDS if head.startswith(start)), "")


def _report_encoding(data: bytes, start: int, file: str, reporter: Reporter) -> None:
    line = data.count(b"\n", 0, start) + 1
    before = data[data.rfind(b"\n", 0, start) + 1 : start]
    span = Span(file, line, len(before.decode("utf-8", "replace")) + 1)
    # U+D800–U+DFFF written as if they were characters: a program broke the file.
    if data[start] == 0xED and data[start + 1 : start + 2] >= b"\xa0":
        reporter.error("source.surrogate", span)
    else:
        guess = _GUESSES.get(guessed_codec(data), "")
        if guess:
            place = Span(file, 1, 1) if guess == "UTF-16" else span
            reporter.error("source.not-utf8", place, guess=guess)
        else:
            reporter.error("source.broken-bytes", span)


def guessed_codec(data: bytes) -> str:
    """The codec of a text that is not UTF-8, as Python calls it; "" if none can be told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if _by_twos(data):
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    readable = {codec: _readable(data, codec) for codec in ("cp932", "euc_jp")}
    best = max(readable, key=lambda codec: readable[codec])
    return best if readable[best] > _LEAST_READABLE else ""


def _by_twos(data: bytes) -> bool:
    """Whether it looks like UTF-16: of two bytes of a Latin letter, one is zero."""
    return data[:_PROBE].count(0) * 4 > len(data[:_PROBE])


def _readable(data: bytes, codec: str) -> float:
    """How much of what is not ASCII is usual in Japanese: bytes of one code, read as another,
    become half-width katakana and rare kanji."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    foreign = [c for c in text if c > "\x7f"]
    kana = sum("\u3000" <= c <= "\u30ff" for c in foreign)
    kanji = sum("\u4e00" <= c <= "\u9fff" for c in foreign)
    return (kana + kanji / 2) / len(foreign) if foreign else 0.0


def _replace_refused(text: str, file: str, reporter: Reporter) -> str:
    places = list(_REFUSED.finditer(text))
    for found in places[:_MAX_REPORTED]:
        span = _place(text, found.start(), file)
        reporter.error("source.control-character", span, codepoint=_name(found.group()))
    if _INVISIBLE.search(text) is None:
        return _REFUSED.sub("\ufffd", text) if places else text
    joined = re.compile(_JOINED)  # only compiled where there is something to look at
    alone = (m for m in re.finditer(_UNSEEN, text) if m[1] and not joined.match(text, m.start()))
    for found in islice(alone, _MAX_REPORTED):
        span = _place(text, found.start(), file)
        reporter.warning("source.invisible-character", span, codepoint=_name(found.group()))
    return _REFUSED.sub("\ufffd", text) if places else text


def _place(text: str, index: int, file: str) -> Span:
    return Span(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
