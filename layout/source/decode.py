"""Bytes to text: the encoding, the size, and characters that no leaflet needs."""

import re
from itertools import islice

from layout.diagnostics import Reporter, Span

MAX_BYTES = 2_000_000
# What YAML refuses, and the line separators that only YAML takes for line ends.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]")
_MAX_REPORTED = 20
_GUESSES = (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"))


def decode(data: bytes, file: str, reporter: Reporter) -> str | None:
    """The text of a source file with ``\\n`` line ends, or None when it cannot be read."""
    if len(data) > MAX_BYTES:
        reporter.error("source.too-large", Span(file), size=len(data), limit=MAX_BYTES)
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        reporter.note("source.bom", Span(file, 1, 1))
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_encoding(data, error.start, file, reporter)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _replace_refused(text, file, reporter)


def _report_encoding(data: bytes, start: int, file: str, reporter: Reporter) -> None:
    line = data.count(b"\n", 0, start) + 1
    before = data[data.rfind(b"\n", 0, start) + 1 : start]
    span = Span(file, line, len(before.decode("utf-8", "replace")) + 1)
    # U+D800–U+DFFF written as if they were characters: a program broke the file.
    if data[start] == 0xED and data[start + 1 : start + 2] >= b"\xa0":
        reporter.error("source.surrogate", span)
    else:
        reporter.error("source.not-utf8", span, guess=_guess_encoding(data))


def _guess_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    for codec, name in _GUESSES:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        # EUC bytes often decode as Shift_JIS, but only into half-width katakana.
        if sum("\uff61" <= c <= "\uff9f" for c in text) * 4 <= len(text):
            return name
    return ""


def _replace_refused(text: str, file: str, reporter: Reporter) -> str:
    places = list(_REFUSED.finditer(text))
    for found in places[:_MAX_REPORTED]:
        span = _place(text, found.start(), file)
        reporter.error("source.control-character", span, codepoint=_name(found.group()))
    for found in islice(_INVISIBLE.finditer(text), _MAX_REPORTED):
        span = _place(text, found.start(), file)
        reporter.warning("source.invisible-character", span, codepoint=_name(found.group()))
    return _REFUSED.sub("\ufffd", text) if places else text


def _place(text: str, index: int, file: str) -> Span:
    return Span(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
