"""Paragraphs that end otherwise than all others."""

import re
from collections.abc import Iterator
from typing import Final

from layout.lint.found import Found, Search
from layout.source.lint_model import Rule

_ENDED: Final = re.compile(r"[。．！？!?…―—）」』】〕\]):：][\u3000 ]*$")
_SENTENCE: Final = re.compile("[。．]")
_LEAST: Final = 3  # paragraphs that agree
_SENTENCES: Final = 2  # labels may have one full stop inside, too
_SHOWN: Final = 10


def full_stop(rule: Rule, search: Search) -> Iterator[Found]:
    """Running text (with full stops inside) that ends with none, where all the others do.

    ``rule.words`` are the kinds of blocks that are looked at.
    """
    text = search.text
    ended = 0
    without: list[tuple[int, int]] = []
    for number, block in enumerate(text.blocks):
        first, last = text.starts[number], text.end_of_block(number)
        words = text.text[first:last]
        if block.kind not in rule.words or len(_SENTENCE.findall(words)) < _SENTENCES:
            continue
        if _ENDED.search(words):
            ended += 1
        else:
            without.append((first, last))
    if ended < _LEAST or len(without) * _LEAST > ended:
        return
    for first, last in without:
        if search.keep(rule, last - 1, last):
            shown = text.text[max(first, last - _SHOWN) : last]
            stop = text.text[last - 1] + "。"
            yield Found(rule, last - 1, last, shown, stop)
