"""``lint:`` on a block and on a leaflet: what it silences, and what is told about it."""

from pathlib import Path

from linting import brief, small

KANA = "half-kana"


def test_without_silence(tmp_path: Path) -> None:
    assert brief(small(tmp_path, "- text: ﾃﾞｰﾀと｢箱｣")) == [
        (KANA, "ﾃﾞｰﾀ"), ("half-brackets", "｢"), ("half-brackets", "｣"),
    ]  # fmt: skip


def test_one_rule_on_one_block(tmp_path: Path) -> None:
    body = "- text: ﾃﾞｰﾀと｢箱｣\n  lint:\n    half-kana: 商品の名前\n- text: ｶﾀｶﾅ"
    found = brief(small(tmp_path, body))
    assert found == [("half-brackets", "｢"), ("half-brackets", "｣"), (KANA, "ｶﾀｶﾅ")]


def test_a_whole_preset(tmp_path: Path) -> None:
    body = "- text: ﾃﾞｰﾀと｢箱｣\n  lint:\n    brackets: 古い名前のまま"
    assert brief(small(tmp_path, body)) == [(KANA, "ﾃﾞｰﾀ")]


def test_a_reason_alone_is_for_everything(tmp_path: Path) -> None:
    assert small(tmp_path, "- text: ﾃﾞｰﾀと｢箱｣\n  lint: 昔の手紙のまま") == []


def test_inside_the_mapping_of_a_block(tmp_path: Path) -> None:
    body = "- heading:\n    text: ﾃﾞｰﾀ\n    lint: {half-kana: 商品の名前}\n- text: ﾃﾞｰﾀ"
    assert brief(small(tmp_path, body)) == [(KANA, "ﾃﾞｰﾀ")]


def test_a_box_silences_what_is_in_it_and_nothing_behind(tmp_path: Path) -> None:
    body = """
- box:
    title: ﾃﾞｰﾀ
    blocks:
      - text: ﾃﾞｰﾀ
      - list: [ｶﾅ, ｶﾅ]
    lint: {half-kana: 商品の名前}
- text: ｱｲｳ
"""
    assert brief(small(tmp_path, body)) == [(KANA, "ｱｲｳ")]


def test_a_text_of_several_paragraphs_is_one_block(tmp_path: Path) -> None:
    """And is not called unused for the paragraphs that need no silence."""
    body = "- text: |\n    よい文です。\n\n    ﾃﾞｰﾀです。\n\n    よい文です。\n  lint: {half-kana: 名前}"
    assert small(tmp_path, body) == []


def test_for_the_whole_leaflet(tmp_path: Path) -> None:
    head = "lint:\n  off: {half-kana: 商品の名前}\n"
    assert small(tmp_path, "- text: ﾃﾞｰﾀ\n- text: ｶﾅ", head) == []


def test_what_is_silenced_does_not_count(tmp_path: Path) -> None:
    body = "- text: ２月と３月\n- text: 1月と2月と3月\n  lint: {digit-one: 資料のまま}\n- text: ４月と5月"
    assert brief(small(tmp_path, body)) == [("digit-one", "5")]


def test_silence_of_everything_uneven_is_used(tmp_path: Path) -> None:
    head = "lint:\n  off: {digit-one: 詩の中の数}\n"
    assert small(tmp_path, "- text: ２月と３月と4月", head) == []


def test_silence_that_does_nothing_is_told(tmp_path: Path) -> None:
    body = "- text: よい文です。\n  lint: {half-kana: 名前, half-brackets: 名前}\n- text: ｶﾅ\n  lint: むかしのまま\n- text: よい\n  lint: むかしのまま"
    found = small(tmp_path, body)
    assert brief(found) == [
        ("lint.unused", "half-kana"), ("lint.unused", "half-brackets"), ("lint.unused", "*"),
    ]  # fmt: skip
    lines = (tmp_path / "leaflet.yaml").read_text("utf-8").split("\n")
    for each in found[:2]:
        assert lines[each.span.line - 1][each.span.column - 1 :].startswith(
            str(each.values["name"])
        )


def test_of_uniform_writing_it_is_told_too(tmp_path: Path) -> None:
    body = "- text: ２月と３月と４月\n  lint: {digit-one: 資料のまま}"
    assert brief(small(tmp_path, body)) == [("lint.unused", "digit-one")]


def test_an_unknown_rule_is_told_with_a_guess(tmp_path: Path) -> None:
    (found,) = small(tmp_path, "- text: よい文です。\n  lint: {half-kan: 名前}")
    assert (found.code, found.values["suggestion"]) == ("lint.unknown-rule", "half-kana")


def test_a_reason_is_asked_for(tmp_path: Path) -> None:
    found = brief(small(tmp_path, '- text: ﾃﾞｰﾀ\n  lint:\n    half-kana: ""'))
    assert found == [("lint.no-reason", "half-kana")]


def test_a_rule_that_is_not_used_need_not_be_silenced(tmp_path: Path) -> None:
    """Rules of presets that the leaflet did not ask for are known, and silent as they are."""
    body = "- text: 見て下さい。\n  lint: {hiraku: 原文のまま}"
    assert brief(small(tmp_path, body)) == [("lint.unused", "hiraku")]


def test_a_part_of_the_source_that_is_printed_twice_is_told_once(tmp_path: Path) -> None:
    body = "- list: &twice [ﾃﾞｰﾀと２と３と4]\n- list: *twice"
    assert brief(small(tmp_path, body)) == [(KANA, "ﾃﾞｰﾀ"), ("digit-one", "4")]
