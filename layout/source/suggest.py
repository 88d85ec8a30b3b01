"""What was probably meant by a word that is not known."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from layout.source.schema import Key

ALSO: Final = {
    "img": "figure",
    "image": "figure",
    "picture": "figure",
    "photo": "figure",
    "画像": "figure",
    "p": "text",
    "paragraph": "text",
    "body": "text",
    "段落": "text",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "subtitle": "heading",
    "headline": "heading",
    "quotation": "quote",
    "blockquote": "quote",
    "ul": "list",
    "ol": "list",
    "items": "list",
    "bullets": "list",
    "note": "notes",
    "footnotes": "notes",
    "footnote": "notes",
    "脚注": "notes",
    "hr": "rule",
    "line": "rule",
    "br": "space",
    "pagebreak": "break",
    "qrcode": "qr",
    "お知らせ": "event",
    "src": "image",
    "file": "image",
    "path": "image",
    "写真": "figure",
    "tel": "phone",
    "email": "mail",
    "account": "yucho",
    "link": "url",
    "font-size": "size",
    "color": "colour",
    "rgb": "cmyk",
    "hex": "cmyk",
    "colors": "colours",
    "template": "style",
    "lang": "language",
    "ラベル": "label",
}
"""Words that people of other programs, or of none, use for ours."""


WORDS: Final = {
    "右": ("right", "end"),
    "左": ("left", "start"),
    "上": ("top",),
    "下": ("bottom",),
    "縦": ("vertical",),
    "縦組み": ("vertical",),
    "横": ("horizontal",),
    "横組み": ("horizontal",),
    "中央": ("centre", "middle"),
    "center": ("centre", "middle"),
    "right": ("end",),
    "left": ("start",),
    "両端": ("justify",),
    "写真": ("photo",),
    "図": ("diagram",),
    "点線": ("dotted",),
    "破線": ("dashed",),
    "段": ("column",),
    "日本語": ("ja",),
    "英語": ("en",),
}
"""Words for what is chosen from a few."""
_HYPHENS: Final = str.maketrans(dict.fromkeys("−‐‑‒–—―", "-"))


def suggest_word(word: str, words: Sequence[str]) -> str:
    """The choice that a mistyped or a Japanese word stands for, or ""."""
    meant = (each for each in WORDS.get(_plain(word), ()) if each in words)
    return next(meant, "") or suggest(word, words)


def suggest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word nearest to a mistyped one, or ""."""
    from difflib import get_close_matches  # only needed after a slip

    plain = _plain(word)
    names = {name.casefold(): name for name in known}
    found = get_close_matches(plain, names, n=1, cutoff=cutoff)
    return names[found[0]] if found else ""


def suggest_key(word: str, keys: Sequence[Key]) -> str:
    """The key that a mistyped, a foreign or a Japanese word stands for, or ""."""
    names = [key.name for key in keys]
    plain = _plain(word)
    if ALSO.get(plain) in names:
        return ALSO[plain]
    if not plain.isascii():
        return next(_described(plain, keys), "")
    return suggest(word, names)


def _described(word: str, keys: Sequence[Key]) -> Iterator[str]:
    """Keys whose description speaks of the word in its first clause, the shortest first."""
    clauses = [(key.ja.split("。")[0], key.name) for key in keys]
    yield from (name for clause, name in sorted(clauses, key=_length) if word in clause)


def _length(clause: tuple[str, str]) -> int:
    return len(clause[0])


def _plain(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold().strip().translate(_HYPHENS)
    return plain.replace("_", "-").replace(" ", "-")


# --- dates ------------------------------------------------------------------------------

_ERAS: Final = {"R": 2018, "令和": 2018, "令": 2018, "H": 1988, "平成": 1988, "平": 1988}
_DATE: Final = (
    r"(?P<era>令和|平成|[RrHh令平])?\s?(?P<year>[0-9]{1,4}|元)\s?[-/.年,、 ]\s?"
    r"(?P<month>[0-9]{1,2})\s?[-/.月,、 ]\s?(?P<day>[0-9]{1,2})\s?日?"
)
_DIGITS: Final = r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"


def near_date(typed: str) -> str:
    """The day as 2021-03-01 that another way of writing means, or ""."""
    plain = unicodedata.normalize("NFKC", typed).strip("\"'“”")
    found = re.match(_DATE, plain) or re.fullmatch(_DIGITS, plain)
    if found is None:
        return ""
    era = found.groupdict().get("era") or ""
    year = 1 if found["year"] == "元" else int(found["year"])
    first = _ERAS[era.upper()] if era else 0
    try:
        day = date(first + year, int(found["month"]), int(found["day"]))
    except ValueError:
        return ""
    return day.isoformat() if day.year > 1000 else ""
