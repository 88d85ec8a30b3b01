"""Captions under the wrong figure: what a caption says is in another figure's description."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.source.joining import plain_text
from layout.source.model import Figure, Leaflet

_SHARED: Final = 0.6
"""So much of a caption must be in the other description in one piece …"""
_OWN: Final = 0.5
"""… and at most so much of that in its own."""
_LEAST: Final = 6


def check_captions(leaflet: Leaflet, reporter: Reporter) -> None:
    """Report each caption that fits another figure's ``alt`` and not its own."""
    figures = list(_figures(leaflet.pages))
    alts = _Alts(figure.alt for figure in figures)
    found: dict[tuple[str, str], str | None] = {}
    for one in figures:
        caption = plain_text(one.caption)
        if (caption, one.alt) not in found:
            found[caption, one.alt] = _better(caption, one.alt, alts)
        other = found[caption, one.alt]
        if other is not None:
            span = one.common.span
            reporter.warning("facts.caption", span, page=0, value=caption, alt=one.alt, other=other)


class _Alts:
    """All descriptions, found by a piece of them: a leaflet may have many figures."""

    def __init__(self, alts: Iterable[str]) -> None:
        self._alts = list(dict.fromkeys(alts))
        self._pieces: dict[int, dict[str, int]] = {}

    def first_with(self, words: str, size: int) -> str | None:
        """The first description that has ``size`` characters in one piece of ``words``."""
        if size not in self._pieces:
            pieces = self._pieces[size] = {}
            for number, alt in enumerate(self._alts):
                for piece in _pieces(alt, size):
                    pieces.setdefault(piece, number)
        known = self._pieces[size]
        numbers = [known[piece] for piece in _pieces(words, size) if piece in known]
        return self._alts[min(numbers)] if numbers else None


def _pieces(words: str, size: int) -> set[str]:
    return {words[at : at + size] for at in range(len(words) - size + 1)}


def _better(caption: str, alt: str, alts: _Alts) -> str | None:
    """The first of other descriptions that a caption fits when it does not fit its own.

    What it must share with the other is more than its own description has.
    """
    count = len(caption)
    if count < _LEAST:
        return None
    own = _shared(caption, alt)
    sizes = range(1, count + 1)
    enough = (n for n in sizes if n / count >= _SHARED and own <= n / count * _OWN)
    size = next(enough, 0)
    return alts.first_with(caption, size) if size else None


def _shared(caption: str, alt: str) -> float:
    matcher = SequenceMatcher(None, caption, alt, autojunk=False)
    return matcher.find_longest_match().size / len(caption)


def _figures(value: object) -> Iterator[Figure]:
    if isinstance(value, tuple):
        for item in value:
            yield from _figures(item)
    elif isinstance(value, Figure):
        yield value
    elif isinstance(value, Struct) and not isinstance(value, Span):
        for name in value.__struct_fields__:
            yield from _figures(getattr(value, name))
