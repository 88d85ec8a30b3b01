"""Every character has a class, and the listed ones the class of their list."""

import json
import unicodedata

import pytest

from layout.house.classes import character_class
from layout.house.rules import DATA
from layout.inline.characters import classify

CONTEXTUAL = {"cl-20", "cl-21", "cl-22", "cl-23", "cl-25", "cl-28", "cl-29", "cl-30"}


def test_every_code_point_of_a_broad_sample_has_a_class() -> None:
    basic = range(0x10000)
    above = range(0x10000, 0x110000, 61)
    for code in (*basic, *above, 0x10FFFF):
        if 0xD800 <= code <= 0xDFFF:
            continue
        assert 1 <= character_class(chr(code)) <= 30, f"U+{code:04X}"


def test_every_wide_character_is_japanese() -> None:
    for code in range(0x2E80, 0x40000):
        char = chr(code)
        if unicodedata.east_asian_width(char) in "WF" and unicodedata.category(char) != "Cn":
            assert character_class(char) not in (24, 25, 26, 27), f"U+{code:04X}"


def test_listed_characters_have_a_class_of_their_lists() -> None:
    table = json.loads((DATA / "jlreq" / "character_classes.json").read_text("utf-8"))
    lists: dict[str, set[int]] = {}
    for name, entry in table["classes"].items():
        if name in CONTEXTUAL:
            continue
        for item in entry["chars"]:
            if len(item["char"]) == 1:
                lists.setdefault(item["char"], set()).add(int(name[3:]))
    assert len(lists) > 1000
    for char, numbers in lists.items():
        assert character_class(char) in numbers, f"{char} U+{ord(char):04X}"


@pytest.mark.parametrize(
    ("chars", "number"),
    [
        ("「『（【〔［｛〈《“", 1),
        ("」』）】〕］｝〉》”", 2),
        ("！？", 4),
        ("・：；", 5),
        ("。．", 6),
        ("、，", 7),
        ("…―", 8),
        ("々ゝヽ", 9),
        ("ー", 10),
        ("ぁっょァッョヶ", 11),
        ("￥＄", 12),
        ("％", 13),
        ("\u3000", 14),
        ("あんゔ", 15),
        ("アンヴ", 16),
        ("漢字①㈱Ａ２𠮷※", 19),
        ("0129", 24),
        (" \u00a0", 26),
        ("Azé", 27),
    ],
)
def test_class_of_well_known_characters(chars: str, number: int) -> None:
    assert {char: character_class(char) for char in chars} == dict.fromkeys(chars, number)


@pytest.mark.parametrize(
    ("half", "full"), list(zip("｢｣､｡･ｰｱﾝｧｯ", "「」、。・ーアンァッ", strict=True))
)
def test_half_width_forms_are_what_their_full_width_forms_are(half: str, full: str) -> None:
    assert character_class(half) == character_class(full)


@pytest.mark.parametrize(("twin", "original"), [("～", "〜"), ("―", "—"), ("⋯", "…")])
def test_twins_are_alike(twin: str, original: str) -> None:
    assert character_class(twin) == character_class(original)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("約60本", [19, 24, 24, 19]),
        ("1,000円", [24, 24, 24, 24, 24, 19]),
        ("J-LIS", [27, 27, 27, 27, 27]),
        ("Q2", [27, 27]),
        ("付番(任意)", [19, 19, 1, 19, 19, 2]),
        ("f(x)", [27, 27, 27, 27]),
        ("(平成31年)", [1, 19, 19, 24, 24, 19, 2]),
    ],
)
def test_classes_in_context(text: str, classes: list[int]) -> None:
    assert classify(list(text)) == classes
