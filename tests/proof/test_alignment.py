"""Two texts side by side: what is told turns the one into the other, and is as little as can be."""

from difflib import SequenceMatcher

from hypothesis import given, settings
from hypothesis import strategies as st

from layout.proof.alignment import Alignment, Beside, Step, Token

MOST = 100_000
LETTERS = st.text("あいう", max_size=14)


def tokens(text: str) -> list[Token]:
    return [Token(char, 1, column) for column, char in enumerate(text, 1)]


def steps(text: str, said: str, beside: tuple[Beside, ...] = ()) -> list[Step]:
    found = Alignment(tokens(text), beside, said, MOST).steps()
    assert found is not None
    return found


def turned(text: str, found: list[Step]) -> str:
    """The text with what is lost taken out and what is extra put in."""
    lost = {step.at for step in found if step.lost is not None}
    extra: dict[int, str] = {}
    for step in found:
        extra[step.at] = extra.get(step.at, "") + step.extra
    rest = "".join(extra.get(i, "") + ("" if i in lost else c) for i, c in enumerate(text))
    return rest + extra.get(len(text), "")


@settings(max_examples=300, deadline=None)
@given(LETTERS, LETTERS)
def test_what_is_told_turns_one_into_the_other(text: str, said: str) -> None:
    found = steps(text, said)
    assert turned(text, found) == said
    assert bool(found) == (text != said)
    alike = SequenceMatcher(None, text, said, autojunk=False).get_matching_blocks()
    worst = len(text) + len(said) - 2 * sum(block.size for block in alike)
    gaps = 2 * (len(text) + len(said))
    assert len(found) <= worst + gaps


@settings(max_examples=200, deadline=None)
@given(st.text("あいうえおかきくけこ", min_size=6, max_size=40), st.data())
def test_a_piece_that_is_missing_is_one_gap(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = steps(text, text[:start] + text[end:])
    assert len(found) == end - start and all(step.lost for step in found)
    places = [step.at for step in found]
    assert places == list(range(places[0], places[0] + end - start))


@settings(max_examples=200, deadline=None)
@given(LETTERS, st.text("かき", min_size=1, max_size=4), st.data())
def test_a_reading_stands_anywhere_behind_its_base(
    text: str, ruby: str, data: st.DataObject
) -> None:
    """Its characters together, not before its base, not in another paragraph."""
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    beside = tuple(Beside(c, 1, 1, first, last, joined=n > 0) for n, c in enumerate(ruby))
    at = data.draw(st.integers(0, len(text)))
    found = steps(text, text[:at] + ruby + text[at:], beside)
    assert bool(found) == (not first <= at <= last)
    without = steps(text, text, beside)
    assert "".join(step.lost.text for step in without if step.lost) == ruby


def test_words_that_may_be_there_need_not_be() -> None:
    line = [*tokens("あい"), Token("かき", 1, 1, free=True), *tokens("う")]
    for said, right in (("あいう", True), ("あいかきう", True), ("あいかう", False)):
        assert (Alignment(line, (), said, MOST).steps() == []) is right
    twice = Alignment(line, (), "あいかきかきう", MOST).steps()
    assert twice and "".join(step.extra for step in twice) == "かき"


def test_another_character_may_stand_for_one() -> None:
    line = [Token("1", 1, 1, other="一"), Token("2", 1, 2)]
    assert Alignment(line, (), "一2", MOST).steps() == []
    assert Alignment(line, (), "12", MOST).steps() == []
    assert Alignment(line, (), "一二", MOST).steps() != []


def test_it_gives_up_where_it_would_take_too_long() -> None:
    text = "あいうえお" * 60
    assert Alignment(tokens(text), (), text[::-1], 2000).steps() is None


def test_a_long_page_without_its_text_is_told_soon() -> None:
    text = "国権の発動たる戦争と、武力による威嚇又は" * 150
    found = Alignment(tokens(text), (), "", len(text) * 3).steps()
    assert found is not None and len(found) == len(text)


def test_words_that_may_be_there_come_with_their_readings() -> None:
    line = [*tokens("あ"), Token("組図書", 1, 1, free=True, mixed="くみとしょ"), *tokens("う")]
    for said in ("あ組図書くみとしょう", "あ組くみ図書としょう", "あ組図くみ書としょう", "あう"):
        assert Alignment(line, (), said, MOST).steps() == []
    for said in (
        "あ組図書う",
        "あ組図書みくとしょう",
        "あ図組書くみとしょう",
        "あ組図書くみとしょ",
    ):
        assert Alignment(line, (), said, MOST).steps()
