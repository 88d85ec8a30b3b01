"""Where a correction belongs: the paragraph, and which of its characters."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from layout.proof.corrections import Correction
from layout.reading.paragraphs import SourceParagraph


class Target(Struct, frozen=True):
    """Characters ``start`` to ``end`` of a paragraph; of an insertion they are none."""

    paragraph: int
    start: int
    end: int


class NotFoundError(Exception):
    """It cannot be told what is meant; ``reason`` is ``moved``, ``twice`` or ``generated``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def locate(correction: Correction, paragraphs: Sequence[SourceParagraph]) -> Target:
    """The characters meant: where they stood, or where alone they can have gone.

    ``NotFoundError`` if the text has changed there, or stands in several places.
    """
    for target in _at_place(correction, paragraphs):
        if _fits(correction, paragraphs[target.paragraph], target, strict=False):
            return target
    if not correction.at[0]:
        raise NotFoundError("generated")
    found = [
        target
        for target in _everywhere(correction, paragraphs)
        if _fits(correction, paragraphs[target.paragraph], target, strict=True)
    ]
    if len(found) != 1:
        raise NotFoundError("twice" if found else "moved")
    return found[0]


def is_done(correction: Correction, paragraphs: Sequence[SourceParagraph]) -> bool:
    """Whether the text already is as it was asked to be, with what stood around it."""
    sought = correction.before + correction.new + correction.behind
    around = len(correction.before) + len(correction.behind)
    return around >= 2 and any(sought in paragraph.text for paragraph in paragraphs)


def _at_place(correction: Correction, paragraphs: Sequence[SourceParagraph]) -> Iterator[Target]:
    for index, paragraph in enumerate(paragraphs):
        for number, char in enumerate(paragraph.chars):
            if char.exact and (char.line, char.column) == correction.at:
                start = number + (correction.kind == "insert" and correction.after)
                yield Target(index, start, start + len(correction.old))


def _everywhere(correction: Correction, paragraphs: Sequence[SourceParagraph]) -> Iterator[Target]:
    sought = correction.before + correction.old + correction.behind
    for index, paragraph in enumerate(paragraphs):
        at = paragraph.text.find(sought)
        while at >= 0:
            start = at + len(correction.before)
            yield Target(index, start, start + len(correction.old))
            at = paragraph.text.find(sought, at + 1)


def _fits(correction: Correction, paragraph: SourceParagraph, target: Target, strict: bool) -> bool:
    """Whether the old words stand there, and what is said of the words around them too."""
    text = paragraph.text
    if text[target.start : target.end] != correction.old:
        return False
    before = text[: target.start].endswith(correction.before)
    behind = text[target.end :].startswith(correction.behind)
    if strict:
        return before and behind and len(correction.before + correction.behind) >= 2
    return (before or not correction.before) and (behind or not correction.behind)
