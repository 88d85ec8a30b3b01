"""Two texts laid side by side: what must be said, and what is said, at the least cost.

What must be said is a row of tokens, and readings beside them that are said somewhere
behind their bases.  Of all ways of taking the other text apart the cheapest is found by
A*: few and long gaps are cheaper than many short ones.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import Final

from msgspec import Struct

_OPEN: Final = 2
"""What a gap costs besides its characters."""

_NO_GAP, _LOST, _EXTRA = range(3)


class Token(Struct, frozen=True):
    """A character with its place in the source, or words that may be left out (``free``).

    ``other`` may be said in its place; ``mixed`` are readings that are said somewhere in it.
    """

    text: str
    line: int
    column: int
    free: bool = False
    other: str = ""
    mixed: str = ""

    def said(self, words: str, at: int) -> int:
        """How many characters of ``words`` from ``at`` on are this; 0: they are not."""
        if self.mixed:
            return _mixed(words, at, self.text, self.mixed)
        if words.startswith(self.text, at):
            return len(self.text)
        return len(self.other) if self.other and words.startswith(self.other, at) else 0


def _mixed(words: str, at: int, one: str, other: str) -> int:
    """How long two texts are together, if they are said from ``at`` on, each in its order."""
    done = {0}
    for step in range(len(one) + len(other)):
        char = words[at + step : at + step + 1]
        further = {first for first in done if other[step - first : step - first + 1] == char}
        further |= {first + 1 for first in done if one[first : first + 1] == char}
        done = {first for first in further if char}
    return len(one) + len(other) if len(one) in done else 0


class Beside(Struct, frozen=True):
    """A character of a reading, said somewhere from before token ``first`` to before ``last``.

    ``joined`` goes on right behind the one before it.
    """

    text: str
    line: int
    column: int
    first: int
    last: int
    joined: bool = False


class Step(Struct, frozen=True):
    """``lost`` is a token or reading that is not said; ``extra`` is said before token ``at``."""

    at: int
    lost: Token | Beside | None = None
    extra: str = ""


State = tuple[int, int, int, int]
"""So many tokens, readings and characters are done; the kind of gap it stands in."""


class Alignment:
    """The search; ``most`` states are looked at."""

    def __init__(
        self, tokens: Sequence[Token], beside: Sequence[Beside], said: str, most: int
    ) -> None:
        self._tokens, self._beside, self._said, self._most = tokens, beside, said, most
        self._due = _rest([0 if each.free else 1 for each in tokens])
        self._free = _rest([len(e.text) + len(e.mixed) if e.free else 0 for e in tokens])

    def steps(self) -> list[Step] | None:
        """What differs, in order; None if it would take too long to say."""
        start: State = (0, 0, 0, _NO_GAP)
        came: dict[State, tuple[State, Step | None]] = {}
        cost = {start: 0}
        waiting = [(self._least(start), 0, start)]
        done: set[State] = set()
        while waiting and len(done) < self._most:
            _, _, state = heappop(waiting)
            if state in done:
                continue
            done.add(state)
            if self._is_end(state):
                return _path(state, came)
            for price, step, following in self._following(state):
                total = cost[state] + price
                if following not in cost or total < cost[following]:
                    cost[following] = total
                    came[following] = (state, step)
                    token, ruby, at, _ = following
                    key = total + self._least(following)
                    heappush(waiting, (key, -(token + ruby + at), following))
        return None

    def _is_end(self, state: State) -> bool:
        token, ruby, at, _ = state
        whole = token == len(self._tokens) and ruby == len(self._beside)
        return whole and at == len(self._said)

    def _least(self, state: State) -> int:
        """What the rest costs at least: the difference of the lengths."""
        token, ruby, at, _ = state
        due = self._due[token] + len(self._beside) - ruby
        left = len(self._said) - at
        return max(0, due - left, left - due - self._free[token])

    def _following(self, state: State) -> Iterator[tuple[int, Step | None, State]]:
        token, ruby, at, gap = state
        lost, extra = (0 if gap == kind else _OPEN for kind in (_LOST, _EXTRA))
        near = self._beside[ruby] if ruby < len(self._beside) else None
        if near is not None and token >= near.first:
            if self._said.startswith(near.text, at):
                yield 0, None, (token, ruby + 1, at + len(near.text), _NO_GAP)
            yield lost + 1, Step(token, near), (token, ruby + 1, at, _LOST)
        bound = near is not None and (near.joined or token == near.last)
        if token < len(self._tokens) and not bound:
            here = self._tokens[token]
            if said := here.said(self._said, at):
                yield 0, None, (token + 1, ruby, at + said, _NO_GAP)
            if here.free:
                yield 0, None, (token + 1, ruby, at, gap)
            else:
                yield lost + 1, Step(token, here), (token + 1, ruby, at, _LOST)
        if at < len(self._said):
            step = Step(token, None, self._said[at])
            yield extra + 1, step, (token, ruby, at + 1, _EXTRA)


def _rest(sizes: Sequence[int]) -> list[int]:
    """How much is left from each place on."""
    found = [0]
    for size in reversed(sizes):
        found.append(found[-1] + size)
    return found[::-1]


def _path(state: State, came: dict[State, tuple[State, Step | None]]) -> list[Step]:
    found: list[Step] = []
    while state in came:
        state, step = came[state]
        if step is not None:
            found.append(step)
    return found[::-1]
