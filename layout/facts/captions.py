"""Captions under the wrong figure: what a caption says is in another figure's description."""

from collections.abc import Iterator
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
    for one in figures:
        caption = plain_text(one.caption)
        if len(caption) < _LEAST:
            continue
        own = _shared(caption, one.alt)
        for other in figures:
            shared = _shared(caption, other.alt) if other is not one else 0.0
            if shared >= _SHARED and own <= shared * _OWN:
                span = one.common.span
                reporter.warning(
                    "facts.caption", span, page=0, value=caption, alt=one.alt, other=other.alt
                )
                break


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
