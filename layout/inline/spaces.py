"""Spaces and breaks: what the pair tables put between items, and where lines may end."""

import re

from msgspec import Struct, field

from layout.house.rules import (
    CLOSING,
    COMMA,
    DIVIDING,
    FULL_STOP,
    IDEOGRAPH,
    IDEOGRAPHIC_SPACE,
    INSEPARABLE,
    KATAKANA,
    LINE_END,
    MIDDLE_DOT,
    NUMERAL,
    OPENING,
    ORNAMENTED,
    UNIT,
    WORD_SPACE,
    N,
    Rules,
)
from layout.inline.characters import Characters, phrase_ends
from layout.inline.draft import Draft
from layout.inline.items import ALWAYS, NEVER, Complex, Items
from layout.inline.runs import WESTERN_CLASSES
from layout.inline.warichu import SIZE as WARICHU_SIZE
from layout.inline.warichu import Warichu, warichu_of
from layout.style.model import TextStyle
from layout.units import Length

_KATAKANA_WORD = (10, 11, KATAKANA)
_PAUSES = (CLOSING, DIVIDING, FULL_STOP, COMMA, IDEOGRAPHIC_SPACE, WORD_SPACE)
# Cost of cutting a phrase of display text, by how much of a word is cut.
_INSIDE_WORD = 600
_INSIDE_COMPOUND = 350
_INSIDE_PHRASE = 220
_AT_MIDDLE_DOT = 60
_NUMBER_FROM_UNIT = 60  # cost of parting a number from what it counts
_NUMBER_FROM_SYMBOL = 2500  # and from its unit symbol: only where nothing else is left
_ITEM_FROM_TEXT = 400  # an item's number in running text (①) from the item
_COUNTED = "円人名年月日時分秒本件条％万億"
# Items of these classes are whole complexes: between two of them a line may end
# (notes 6–8 and 13 of table 2 forbid breaks only inside one).
_SEPARATE_COMPLEXES = (21, 22, 23, 30)
_NARROW = frozenset("()[]{},.:;")
_URL_PAUSES = "/.?&=#-_"
_ADDRESS = re.compile(r"[a-z]+://[!-~]+")
_SCHEME = 8  # nothing is parted within https://
_URL_BREAK = 150


class _Spaces(Struct):
    """The spaces behind items, as ``Items`` holds them."""

    gap: list[Length]
    shrink: list[Length]
    shrink_order: list[int]
    stretch: list[Length]
    stretch_order: list[int]
    penalty: list[int]
    further: list[tuple[int, Length, int]] = field(default_factory=list)


def finish(draft: Draft, flat: Characters, style: TextStyle, rules: Rules) -> Items:
    """The draft with its spaces and break costs: items ready for the breaker."""
    count = len(draft.texts)
    gap, shrink, shrink_order, stretch, stretch_order, penalty = ([0] * count for _ in range(6))
    spaces = _Spaces(gap, shrink, shrink_order, stretch, stretch_order, penalty)
    notes = _Notes.of(draft)
    for i in range(count - 1):
        _set_between(draft, i, style, rules, spaces, notes)
    _open_word_spaces(draft, rules, spaces)
    _set_penalties(draft, flat, style, rules, spaces.penalty)
    tail, fixed = _tails(draft, style, rules, notes)
    invisible = _invisible(draft.classes)
    found = warichu_of(draft, gap, penalty, invisible, rules, style)
    starts = draft.starts
    return Items(
        tuple(draft.texts),
        tuple([flat.spans[s] for s in starts]),
        tuple([flat.columns[s] for s in starts]),
        tuple(draft.settings),
        tuple(draft.glyphs),
        tuple(draft.widths),
        tuple(draft.ems),
        tuple(draft.classes),
        tuple(spaces.gap),
        tuple(spaces.shrink),
        tuple(spaces.shrink_order),
        tuple(spaces.stretch),
        tuple(spaces.stretch_order),
        tail,
        tuple(spaces.penalty),
        invisible,
        tuple(draft.annotations),
        fixed,
        tuple(sorted(spaces.further)),
        _complexes(draft, found),
    )


def _complexes(draft: Draft, notes: list[Warichu]) -> tuple[Complex, ...]:
    """Warichu and words with ruby, in order; words within a warichu stay as they are."""
    inside = {i for note in notes for i in range(note.start, note.end)}
    words = [word for word in draft.words if word.start not in inside]
    return tuple(sorted([*notes, *words], key=lambda one: one.start))


class _Notes(Struct, frozen=True):
    """The first characters of items in warichu: of the first ones, the last ones, and all."""

    first: frozenset[int]
    last: frozenset[int]
    inside: frozenset[int]

    @staticmethod
    def of(draft: Draft) -> "_Notes | None":
        """None if the paragraph has none."""
        reaches = draft.notes
        if not reaches:
            return None
        inside = {draft.starts[i] for a, b in reaches for i in draft.items_of(a, b + 1)}
        return _Notes(
            frozenset(a for a, _ in reaches), frozenset(b for _, b in reaches), frozenset(inside)
        )


def _set_between(
    draft: Draft, i: int, style: TextStyle, rules: Rules, spaces: _Spaces, notes: _Notes | None
) -> None:
    """The space between items i and i+1, and how far it can give and take."""
    before, after = draft.classes[i], draft.classes[i + 1]
    own, following = draft.starts[i], draft.starts[i + 1]
    if notes is not None:  # a warichu stands beside the line's characters like an ideograph
        before = IDEOGRAPH if own in notes.last else before
        after = IDEOGRAPH if following in notes.first else after
    if draft.settings[i].cell and draft.settings[i + 1].cell:
        spaces.penalty[i] = NEVER
        return
    pair = before * N + after
    tracking = style.tracking
    em = draft.ems[i + 1] if rules.space_of_after[pair] else draft.ems[i]
    if notes is not None:
        if own in notes.last or following in notes.first:
            em = style.size
        elif own in notes.inside:
            tracking = round(tracking * WARICHU_SIZE)
    natural, least = rules.space[pair], rules.reduce_to[pair]
    if style.proportional:
        latin = (before in WESTERN_CLASSES) != (after in WESTERN_CLASSES)
        share = rules.proportional[1 if latin else 0]
        natural, least = natural * share, least * share
    if _is_narrow(draft.texts[i]) or _is_narrow(draft.texts[i + 1]):
        natural = min(natural, rules.narrow_outside)
        least = min(least, natural)
    spaces.gap[i] = round(natural * em) + tracking
    if pair in rules.share_of_after and draft.ems[i] != draft.ems[i + 1]:
        share = rules.share_of_after[pair]
        spaces.gap[i] += round(share * (draft.ems[i + 1] - draft.ems[i]))
    if rules.reduce_priority[pair]:
        if draft.kept_after:  # a reading that hangs over the space needs it (3.3.8 c)
            kept = max(draft.kept_after.get(own, 0), draft.kept_before.get(following, 0))
            least = max(least, min(kept / em, natural))
        spaces.shrink[i] = round((natural - least) * em)
        spaces.shrink_order[i] = rules.reduce_priority[pair]
    if pair in rules.reduce_further:
        share, second = rules.reduce_further[pair]
        spaces.further.append((i, round(share * em), second))
    order = rules.expand_priority[pair]
    if order and not (before == after and _is_whole(draft, i)):
        order = 3 if order == 2 and rules.even else order
        most = max(rules.expand_to[pair] - natural, 0.0) if order < 4 else 0.0
        spaces.stretch[i], spaces.stretch_order[i] = round(most * em), order


def _tails(
    draft: Draft, style: TextStyle, rules: Rules, notes: _Notes | None
) -> tuple[tuple[Length, ...], tuple[bool, ...]]:
    """The space each item would have behind it at a line's end, and whether it must stay."""
    share = rules.proportional[0] if style.proportional else 1.0
    tail = tuple(
        0 if _is_narrow(text) else round(rules.space[kind * N + LINE_END] * em * share)
        for text, kind, em in zip(draft.texts, draft.classes, draft.ems, strict=True)
    )
    if notes is not None:  # rows end solid
        inside = notes.inside
        tail = tuple(
            0 if start in inside else length
            for start, length in zip(draft.starts, tail, strict=True)
        )
    fixed = tuple(not rules.reduce_priority[kind * N + LINE_END] for kind in draft.classes)
    return tail, fixed


def _invisible(classes: list[int]) -> tuple[bool, ...]:
    """Word spaces, and the ideographic space behind ！ and ？, vanish at a line's end."""
    return tuple(
        kind == WORD_SPACE or (kind == IDEOGRAPHIC_SPACE and i > 0 and classes[i - 1] == DIVIDING)
        for i, kind in enumerate(classes)
    )


def _is_whole(draft: Draft, i: int) -> bool:
    """Items i and i+1 of one class are one complex, or one doubled inseparable character."""
    if draft.classes[i] == INSEPARABLE:
        return draft.texts[i] == draft.texts[i + 1]
    return draft.starts[i + 1] in draft.joined


def _is_narrow(text: str) -> bool:
    """ASCII marks: their proportional bodies want less space outside than full-width ones."""
    return text in _NARROW


def _open_word_spaces(draft: Draft, rules: Rules, spaces: _Spaces) -> None:
    """Western word spaces give and take first (JLREQ 3.8.3 a, 3.8.4 a)."""
    natural, least, most = rules.word_space
    for i, kind in enumerate(draft.classes):
        if kind == WORD_SPACE:
            em = draft.ems[i]
            if spaces.shrink_order[i]:  # the bracket or dot behind it gives way in its own order
                spaces.further.append((i, spaces.shrink[i], spaces.shrink_order[i]))
            spaces.shrink[i], spaces.shrink_order[i] = round((natural - least) * em), 1
            spaces.stretch[i], spaces.stretch_order[i] = round((most - natural) * em), 1


def _set_penalties(
    draft: Draft, flat: Characters, style: TextStyle, rules: Rules, penalty: list[int]
) -> None:
    """Where lines may end: table 2, kinsoku level, words, numbers, phrases, forced breaks."""
    classes, texts, starts, costs = draft.classes, draft.texts, draft.starts, draft.costs
    text = "".join(flat.chars)
    phrases = phrase_ends(text) if style.phrase else None
    pauses = _url_pauses(text)
    for i in range(len(texts) - 1):
        following = starts[i + 1]
        if following in flat.breaks:
            penalty[i] = ALWAYS
        elif penalty[i] == NEVER:
            continue
        elif (
            classes[i + 1] == WORD_SPACE
            or _holds(classes, texts, i, rules)
            or (classes[i] == ORNAMENTED and following in draft.joined)
            or (classes[i] == WORD_SPACE and i and _holds(classes, texts, i - 1, rules))
        ):
            penalty[i] = _URL_BREAK if following in pauses else NEVER
        elif phrases is not None and following not in phrases:
            penalty[i] = _phrase_cost(classes[i], classes[i + 1])
        elif classes[i] == NUMERAL and classes[i + 1] == UNIT:
            penalty[i] = _NUMBER_FROM_SYMBOL
        elif texts[i][-1].isdigit() and texts[i + 1][0] in _COUNTED:
            penalty[i] = _NUMBER_FROM_UNIT
        elif "①" <= texts[i] <= "⓿" and classes[i + 1] not in _PAUSES:
            penalty[i] = _ITEM_FROM_TEXT
        if costs and 0 <= penalty[i] < NEVER:
            penalty[i] = min(penalty[i] + costs.get(following, 0), NEVER)


def _phrase_cost(before: int, after: int) -> int:
    """What a break inside a phrase costs: a katakana word most, after a comma nothing."""
    if before in _PAUSES or after == OPENING:
        return 0
    if before == MIDDLE_DOT:
        return _AT_MIDDLE_DOT
    if before in _KATAKANA_WORD and after in _KATAKANA_WORD:
        return _INSIDE_WORD
    return _INSIDE_COMPOUND if before == after else _INSIDE_PHRASE


def _holds(classes: list[int], texts: list[str], i: int, rules: Rules) -> bool:
    if texts[i + 1] in rules.head_forbidden or texts[i] in rules.end_forbidden:
        return True
    if not rules.no_break[classes[i] * N + classes[i + 1]]:
        return False
    if classes[i] == classes[i + 1] and classes[i] in _SEPARATE_COMPLEXES:
        return False
    if texts[i + 1] in rules.head_allowed:
        return classes[i] in (OPENING, 12, 28)
    return not (classes[i] == classes[i + 1] == INSEPARABLE and texts[i] != texts[i + 1])


def _url_pauses(text: str) -> frozenset[int]:
    """The characters of addresses before which a line may begin: behind their own punctuation."""
    if "://" not in text:
        return frozenset()
    return frozenset(
        at
        for address in _ADDRESS.finditer(text)
        for at in range(address.start() + _SCHEME, address.end())
        if text[at - 1] in _URL_PAUSES and text[at] not in "/."
    )
