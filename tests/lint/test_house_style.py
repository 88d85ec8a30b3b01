"""What a leaflet chooses, and rule files of one's own."""

from pathlib import Path

import pytest
from linting import brief, small

from layout.cli.messages import render
from layout.diagnostics import Severity

OWN = """bira-lint: 1
rules:
"""


def own(folder: Path, rules: str, name: str = "kaihou") -> None:
    (folder / "lint").mkdir(exist_ok=True, parents=True)
    (folder / "lint" / f"{name}.yaml").write_text(OWN + rules, encoding="utf-8")


def test_the_rarer_writing_is_told(tmp_path: Path) -> None:
    assert brief(small(tmp_path, "- text: ８ヶ所と３ヶ月\n- text: ５か国")) == [("kasho", "か国")]
    assert brief(small(tmp_path, "- text: ８ヶ所\n- text: ５か国と三か月")) == [("kasho", "ヶ所")]


def test_in_a_tie_what_the_rule_names_first_is_right(tmp_path: Path) -> None:
    assert brief(small(tmp_path, "- text: ８ヶ所\n- text: ５か国")) == [("kasho", "ヶ所")]


def test_a_chosen_form_is_right_however_rare(tmp_path: Path) -> None:
    head = "lint:\n  choose: {kasho: ヶ}\n"
    found = small(tmp_path, "- text: ８か所と５か国と３ヶ月", head)
    assert brief(found) == [("kasho", "か所"), ("kasho", "か国")]
    assert found[0].values["suggestion"] == "ヶ所"
    assert "決めて" in render(found[0], [])


def test_a_chosen_form_is_right_also_where_it_does_not_occur(tmp_path: Path) -> None:
    head = "lint:\n  choose: {people: 子ども}\n"
    assert brief(small(tmp_path, "- text: 子供と子供", head)) == [("people", "子供")] * 2


@pytest.mark.parametrize(
    ("digits", "expected"),
    [("一桁全角", ["5", "１２"]), ("半角", ["４", "１２"]), ("全角", ["34", "5"])],
)
def test_conventions_for_digits(digits: str, expected: list[str], tmp_path: Path) -> None:
    found = brief(
        small(tmp_path, "- text: ４月と34日と5人と１２個", f"lint:\n  digits: {digits}\n")
    )
    assert sorted(text for _, text in found) == sorted(expected)


def test_optional_presets(tmp_path: Path) -> None:
    body = "- text: 見て下さい。"
    assert small(tmp_path, body) == []
    assert brief(small(tmp_path, body, "lint:\n  presets: [hiraku]\n")) == [("hiraku", "下さい")]


def test_wrong_names_are_told_with_guesses(tmp_path: Path) -> None:
    head = "lint:\n  presets: [hirak]\n  rules: [kaiho]\n  choose: {kasyo: ヶ, people: 子, half-kana: a}\n"
    own(tmp_path, "  - {id: a, words: {b: c}}\n")
    found = small(tmp_path, "- text: よい文です。", head)
    told = {(each.code, each.values["name"], each.values.get("suggestion", "")) for each in found}
    assert told == {
        ("lint.unknown-preset", "hirak", "hiraku"),
        ("lint.unknown-file", "kaiho", "kaihou"),
        ("lint.unknown-rule", "kasyo", "kasho"),
        ("lint.unknown-form", "people", ""),
        ("lint.unknown-rule", "half-kana", told_guess(found, "half-kana")),
    }
    assert all(each.severity is Severity.WARNING for each in found)


def told_guess(found: list, name: str) -> object:
    return next(each.values["suggestion"] for each in found if each.values["name"] == name)


# --- files of one's own ------------------------------------------------------------------

RULES = """
  - id: kaimei
    ja: 会の名前は「{suggestion}」です。
    words: {もりの会: [森の会, モリの会]}
    except: [森の会議]
    good: [もりの会と森の会議]
    bad: [森の会です -> もりの会です]
  - id: jikoku
    patterns: {'\\1時\\2分': '([0-9]{1,2}):([0-9]{2})'}
  - id: yobikake
    either:
      - [よびかけ, 呼びかけ]
"""


def test_a_file_beside_the_leaflet(tmp_path: Path) -> None:
    own(tmp_path, RULES)
    body = "- text: 森の会の森の会議は10:30から。\n- text: よびかけ、よびかけ、呼びかけ。"
    assert small(tmp_path, body) == []
    found = small(tmp_path, body, "lint:\n  rules: [kaihou]\n")
    assert brief(found) == [("kaimei", "森の会"), ("jikoku", "10:30"), ("yobikake", "呼びかけ")]
    assert [each.values["suggestion"] for each in found] == ["もりの会", "10時30分", "よびかけ"]
    assert "会の名前は「もりの会」です。" in render(found[0], [])


def test_a_file_of_the_style_is_used_without_asking(tmp_path: Path) -> None:
    styles = tmp_path / "styles"
    own(styles, RULES, "ai-shu")
    own(styles, "  - {id: ato, words: {あと: 後}}\n", "shared")
    found = small(tmp_path, "- text: 森の会の後で。", "lint:\n  rules: [shared]\n", styles)
    assert brief(found) == [("kaimei", "森の会"), ("ato", "後")]


def test_a_rule_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    own(tmp_path, "  - {id: half-kana, words: {か: ｶ}}\n")
    assert brief(small(tmp_path, "- text: ｱｶ", "lint:\n  rules: [kaihou]\n")) == [
        ("half-kana", "ｶ")
    ]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("{id: a, patterns: {b: '(あ'}}", "lint.pattern-broken"),
        ("{id: a, patterns: {b: 'あ+い'}}", "lint.pattern-unbounded"),
        ("{id: a, patterns: {b: '.{1,400}.{1,400}'}}", "lint.pattern-heavy"),
        ("{id: a, either: [{か: 'か*', が: が}]}", "lint.pattern-unbounded"),
        ("{id: a, words: {b: c}, except: ['[']}", "lint.pattern-broken"),
        ("{id: a, ja: 何もない}", "lint.rule-empty"),
        ("{id: a, words: {b: c}, check: brackets}", "lint.rule-empty"),
        ("{id: a, words: {b: c}, bad: [cをb]}", "lint.example-form"),
        ("{id: a, words: {b: c}, bad: [c -> c]}", "lint.example"),
        ("{id: a, words: {b: c}, good: [c]}", "lint.example"),
        ("{id: a, word: {b: c}}", "source.unknown-key"),
        ("{id: a, check: braces}", "source.expected-choice"),
        ("{words: {b: c}}", "source.missing-key"),
        ("{id: a, words: {b: c}}\n  - {id: a, words: {d: e}}", "source.duplicate-id"),
        ("{id: a, words: {b: c}", "source."),
    ],
)
def test_faults_are_warnings_at_their_places(rule: str, code: str, tmp_path: Path) -> None:
    own(tmp_path, f"  - {rule}\n")
    found = small(tmp_path, "- text: よい文です。", "lint:\n  rules: [kaihou]\n")
    assert [each for each in found if each.code.startswith(code)], found
    for each in found:
        assert each.severity is Severity.WARNING
        assert each.span.file.endswith("kaihou.yaml") and each.span.line >= 1
        assert "〓" not in render(each, [], "ja") + render(each, [], "en")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    own(tmp_path, "", "kaihou")
    found = small(tmp_path, "- text: ｶﾅ", "lint:\n  rules: [kaihou]\n")
    assert ("half-kana", "ｶﾅ") in brief(found)
    assert any(each.span.file.endswith("kaihou.yaml") for each in found)


def test_of_two_forms_at_one_place_the_longer_is_meant(tmp_path: Path) -> None:
    own(tmp_path, "  - {id: kyu, either: [[カード箱, カード]]}\n")
    body = "- text: カード箱とカード箱とカード。"
    assert brief(small(tmp_path, body, "lint:\n  rules: [kaihou]\n")) == [("kyu", "カード")]
