"""What is almost a given word."""

from collections.abc import Iterator


def near_places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where one edit would make ``name``, and it does not stand itself.

    One of its halves must be right, so that a place is found without comparing
    everything with everything.
    """
    half = len(name) // 2
    for at in _places(text, name[:half]):
        found = _window(text, at + half, name[half:], 1)
        if found and not text.startswith(name, at):
            yield at, found[1]
    for at in _places(text, name[half:]):
        found = _window(text, at, name[:half], -1)
        if found and not text.startswith(name, at - half):
            yield found[0], at + len(name) - half


def _places(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _window(text: str, at: int, word: str, way: int) -> tuple[int, int] | None:
    """The stretch that begins at ``at`` (ends there, if ``way`` is -1) and is one edit off.

    One longer or shorter must end as the word does, or it is another word that follows.
    """
    for length in (len(word), len(word) - 1, len(word) + 1):
        start, end = (at, at + length) if way > 0 else (at - length, at)
        piece = text[max(start, 0) : end]
        outer = -1 if way > 0 else 0
        same = len(piece) == len(word) or piece[outer:][:1] == word[outer:][:1]
        if len(piece) == length and same and distance(piece, word, 1) == 1:
            return start, end
    return None


def distance(one: str, other: str, most: int) -> int:
    """Edits between two words, at most ``most`` + 1.

    An edit changes a character, puts one in, takes one out, or exchanges neighbours.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
        rows.append(row)
    return min(rows[-1][-1], most + 1)
