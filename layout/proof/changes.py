"""What changed since a stage: block by block and word by word, and whether anybody asked for it."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import PurePosixPath
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
_AROUND: Final = 6
"""So many characters around its place make sure of a correction that is not found whole."""


class Asked(Struct, frozen=True):
    """A correction that was applied: what should become what, and what stood around it."""

    old: str
    new: str
    before: str = ""
    behind: str = ""


class Part(Struct, frozen=True):
    """A stretch of text that is the ``same``, was taken ``out``, or put ``in``.

    ``asked`` tells of the last two that a correction wanted it.
    """

    kind: str
    text: str
    asked: bool = False


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


def compare(
    stage: Stage,
    reading: Reading,
    asked: Sequence[Asked],
    figures: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """All changes since the stage, in the order of the pages.

    ``figures`` are the SHA-256 of the figures' files now, by their names as the stage
    has them; without it a figure is compared by its words alone.
    """
    old = list(stage.blocks().items())
    texts: dict[str, str] = {}
    blocks: dict[str, Block] = {}
    for block in reading.blocks:  # one may go on further down, or on another page
        texts[block.id] = texts.get(block.id, "") + block.text
        blocks.setdefault(block.id, block)
    new = list(texts.items())
    found = list(_changes(old, new, blocks, asked))
    other = frozenset() if figures is None else _other_files(stage.figures, figures)
    return (*_moves(found), *_figures(stage, reading, other))


def words(text: str) -> list[str]:
    """The text in words: runs of one kind of character."""
    return _WORDS.findall(text)


def parts(before: str, after: str, asked: Sequence[Asked] = ()) -> tuple[Part, ...]:
    """The difference, word by word, and which of it was asked for."""
    wishes = set(_hunks(before, wished(before, asked))) if asked else set()
    found: list[Part] = []
    at = 0
    for hunk in _hunks(before, after):
        begin, out, new = hunk
        if at < begin:
            found.append(Part("same", before[at:begin]))
        found += [Part(k, t, hunk in wishes) for k, t in (("out", out), ("in", new)) if t]
        at = begin + len(out)
    if at < len(before):
        found.append(Part("same", before[at:]))
    return tuple(found)


Hunk = tuple[int, str, str]
"""Where in the first text what became what."""


def _hunks(before: str, after: str) -> Iterator[Hunk]:
    one, other = words(before), words(after)
    at = 0
    for what, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        out = "".join(one[a:b])
        if what != "equal":
            yield at, out, "".join(other[c:d])
        at += len(out)


def wished(before: str, asked: Sequence[Asked]) -> str:
    """The text once all corrections are in it that can have been meant for it."""
    text = before
    for wish in asked:
        at = _place(text, wish)
        if at >= 0:
            text = text[:at] + wish.new + text[at + len(wish.old) :]
    return text


def _place(text: str, wish: Asked) -> int:
    """Where a wish fits: what stood around it is there, or most of it; -1 nowhere."""
    around = wish.before + wish.old + wish.behind
    if around and (at := text.find(around)) >= 0:
        return at + len(wish.before)
    known = len(wish.before) + len(wish.behind)
    if not known:
        return -1
    if wish.old:
        places = [found.start() for found in re.finditer(re.escape(wish.old), text)]
    else:
        places = list(range(len(text) + 1))
    # A wish that was applied before this one may have changed what stands around.
    score, at = max(((_shared(text, at, wish), -at) for at in places), default=(0, 0))
    return -at if score >= min(_AROUND, max(1, known - 1)) else -1


def _shared(text: str, at: int, wish: Asked) -> int:
    """How many characters around a place are those that the wish names."""
    return _alike(text[:at][::-1], wish.before[::-1]) + _alike(
        text[at + len(wish.old) :], wish.behind
    )


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin alike with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


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
    made = parts(was, now, asked)
    page, name, line = (here.page, here.id, _line_at(here, made)) if here else (0, "", "")
    if after is None and before is not None:
        name = before[0]
    return Change(kind, page, name, line, was, now, made, _all_asked(made))


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
    return _all_asked(parts(before, after, asked))


def _all_asked(made: Sequence[Part]) -> bool:
    return all(part.asked for part in made if part.kind != "same")


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


def _other_files(old: Mapping[str, str], new: Mapping[str, str]) -> frozenset[str]:
    """The names of files that are not what they were."""
    return frozenset(PurePosixPath(n).name for n in {*old, *new} if old.get(n) != new.get(n))


def _figures(stage: Stage, reading: Reading, other: Container[str]) -> Iterator[Change]:
    """What figures show and codes say; and a figure whose file is another one now."""
    old = stage.things()
    new = {thing.id: thing for page in reading.pages for thing in page.things}
    for name in dict.fromkeys([*old, *new]):
        before, thing = old.get(name, ""), new.get(name)
        page, after = (thing.page, thing.says or thing.alt) if thing else (0, "")
        if before != after or (thing is not None and thing.file in other):
            made = parts(before, after)
            yield Change("figure", page, name, name, before, after, made, False)
