"""What changed since a stage: block by block and word by word, and whether anybody asked for it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from msgspec import Struct

from layout.proof.stages import Stage
from layout.reading.model import Block, Reading

_WORDS: Final = re.compile(
    "[\u3400-\u9fff々〆ヶ]+|[ぁ-ゖー]+|[ァ-ヺー]+|[0-9０-９.,，．]+|[A-Za-zＡ-Ｚａ-ｚ]+|.",
    re.DOTALL,
)
_ALIKE: Final = 0.35
"""Blocks that share less are two, one removed and one added."""


class Asked(Struct, frozen=True):
    """A correction that was applied: what should become what, and what stood around it."""

    old: str
    new: str
    before: str = ""
    behind: str = ""


class Part(Struct, frozen=True):
    """A stretch of text that is the same, was taken ``out``, or put ``in``."""

    kind: str
    text: str


class Change(Struct, frozen=True):
    """One block or figure that is not as it was.

    ``kind`` is changed, added, removed, moved or figure.  ``line_id`` is the first
    printed line that differs (of a removed block: of what stands there now).
    ``asked`` tells that corrections explain all of it (指定外変化 otherwise).
    """

    kind: str
    page: int
    block: str
    line_id: str
    before: str
    after: str
    parts: tuple[Part, ...]
    asked: bool


def compare(stage: Stage, reading: Reading, asked: Sequence[Asked]) -> tuple[Change, ...]:
    """All changes since the stage, in the order of the pages."""
    old = list(stage.blocks().items())
    texts: dict[str, str] = {}
    blocks: dict[str, Block] = {}
    for block in reading.blocks:  # one may go on further down, or on another page
        texts[block.id] = texts.get(block.id, "") + block.text
        blocks.setdefault(block.id, block)
    new = list(texts.items())
    found = list(_changes(old, new, blocks, asked))
    return (*_moves(found), *_figures(stage, reading))


def words(text: str) -> list[str]:
    """The text in words: runs of one kind of character."""
    return _WORDS.findall(text)


def parts(before: str, after: str) -> tuple[Part, ...]:
    """The difference, word by word."""
    one, other = words(before), words(after)
    found: list[Part] = []
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Part("same", "".join(one[a:b])))
            continue
        if a < b:
            found.append(Part("out", "".join(one[a:b])))
        if c < d:
            found.append(Part("in", "".join(other[c:d])))
    return tuple(found)


Pairs = list[tuple[str, str]]


def _changes(
    old: Pairs, new: Pairs, blocks: Mapping[str, Block], asked: Sequence[Asked]
) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [t for _, t in old], [t for _, t in new], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        here = blocks[new[min(c, len(new) - 1)][0]] if new else None
        for before, after in _paired(old[a:b], new[c:d]):
            yield _change(before, after, blocks.get(after[0]) if after else here, asked)


def _paired(
    old: Pairs, new: Pairs
) -> Iterator[tuple[tuple[str, str] | None, tuple[str, str] | None]]:
    """Blocks that became one another, in order; the others alone."""
    left = list(new)
    for before in old:
        likest = max(left, key=lambda after: _likeness(before[1], after[1]), default=None)
        if likest is None or _likeness(before[1], likest[1]) < _ALIKE:
            yield before, None
            continue
        while left and left[0] != likest:
            yield None, left.pop(0)
        left.pop(0)
        yield before, likest
    for after in left:
        yield None, after


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, words(one), words(other), autojunk=False).ratio()


def _change(
    before: tuple[str, str] | None,
    after: tuple[str, str] | None,
    here: Block | None,
    asked: Sequence[Asked],
) -> Change:
    kind = "added" if before is None else "removed" if after is None else "changed"
    was, now = before[1] if before else "", after[1] if after else ""
    made = parts(was, now)
    page, name, line = (here.page, here.id, _line_at(here, made)) if here else (0, "", "")
    if after is None and before is not None:
        name = before[0]
    return Change(kind, page, name, line, was, now, made, explained(was, now, asked))


def _line_at(block: Block, made: Sequence[Part]) -> str:
    """The printed line in which the first difference stands."""
    same = len(made[0].text) if made and made[0].kind == "same" else 0
    for line in block.lines:
        if same < len(line.chars):
            return line.id
        same -= len(line.chars)
    return block.lines[-1].id


def explained(before: str, after: str, asked: Sequence[Asked]) -> bool:
    """Whether the corrections that can have been made there make one text into the other."""
    text = before
    for wish in asked:
        around = wish.before + wish.old + wish.behind
        at = text.find(around)
        at = at + len(wish.before) if at >= 0 else text.find(wish.old) if wish.old else -1
        if at >= 0:
            text = text[:at] + wish.new + text[at + len(wish.old) :]
        if text == after:
            return True
    return False


def _moves(changes: list[Change]) -> Iterator[Change]:
    """What was removed here and added there has moved."""
    gone = {change.before: change for change in changes if change.kind == "removed"}
    come = {change.after for change in changes if change.kind == "added"}
    for change in changes:
        if change.kind == "removed" and change.before in come:
            continue
        if change.kind == "added" and change.after in gone:
            yield Change(
                "moved", change.page, change.block, change.line_id, change.after, change.after,
                (Part("same", change.after),), False,
            )  # fmt: skip
        else:
            yield change


def _figures(stage: Stage, reading: Reading) -> Iterator[Change]:
    old = stage.things()
    new = {
        thing.id: (thing.page, thing.says or thing.alt)
        for page in reading.pages
        for thing in page.things
    }
    for name in dict.fromkeys([*old, *new]):
        before, (page, after) = old.get(name, ""), new.get(name, (0, ""))
        if before != after:
            made = parts(before, after)
            yield Change("figure", page, name, name, before, after, made, False)
