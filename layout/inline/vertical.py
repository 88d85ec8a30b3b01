"""What a vertical line makes of numbers and capitals before they are shaped (JLREQ 2.3.2).

Kanji numerals and upright acronyms are choices of the style; both change
classes, so they come before runs are found.
"""

from layout.house.rules import IDEOGRAPH, NUMERAL
from layout.inline.characters import Characters
from layout.style.model import TextStyle

_KANJI = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))


def stand_up(flat: Characters, classes: list[int], style: TextStyle) -> None:
    """Apply the style's choices to the characters of a vertical paragraph, in place."""
    for start, end in _words(flat.chars):
        word = flat.chars[start:end]
        if style.kanji_numerals and all(classes[i] == NUMERAL for i in range(start, end)):
            if all(char in _KANJI for char in word):
                flat.chars[start:end] = [_KANJI[char] for char in word]
                classes[start:end] = [IDEOGRAPH] * len(word)
        elif len(word) <= style.upright_latin and all("A" <= char <= "Z" for char in word):
            flat.upright.update(range(start, end))
            classes[start:end] = [IDEOGRAPH] * len(word)


def _words(chars: list[str]) -> list[tuple[int, int]]:
    """Stretches of ASCII without space."""
    words: list[tuple[int, int]] = []
    at = 0
    while at < len(chars):
        end = at
        while end < len(chars) and chars[end].isascii() and not chars[end].isspace():
            end += 1
        if end > at:
            words.append((at, end))
        at = max(end, at + 1)
    return words
