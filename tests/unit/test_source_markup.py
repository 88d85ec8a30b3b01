"""Inline markup: what each mark makes, where it stands, and what is left alone."""

import pytest

from layout.diagnostics import Reporter, Span
from layout.source.joining import plain_text
from layout.source.markup import Markup
from layout.source.model import (
    Break,
    Cells,
    Content,
    Dots,
    Fact,
    Link,
    Ruby,
    Sideline,
    Strong,
    TateChuYoko,
    Text,
    Warichu,
)
from layout.source.nodes import Scalar, SourceLine

FACTS = {
    "phone": Fact("phone", "phone", {"": "03-1234-5678", "digits": "0312345678"}, Span()),
    "site": Fact("site", "url", {"": "https://example.jp/", "short": "example.jp"}, Span()),
    "name": Fact("name", "text", {"": "市民の会"}, Span()),
}


def scalar(text: str) -> Scalar:
    lines = tuple(SourceLine(line, n, 5) for n, line in enumerate(text.split("\n"), 10))
    return Scalar(text, "|", Span("f", 9, 3), lines)


def inline(text: str) -> tuple[Content, list[str]]:
    reporter = Reporter()
    return Markup(FACTS, reporter).inline(scalar(text)), [d.code for d in reporter]


def paragraph(text: str) -> str:
    reporter = Reporter()
    found = Markup(FACTS, reporter).paragraphs(scalar(text))
    return "/".join(plain_text(content) for content, _ in found)


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [
        ("**太い**", Strong, "太い"),
        ("《《点》》", Dots, "点"),
        ("__線__", Sideline, "線"),
        ("［［注］］", Warichu, "注"),
        ("^12^", TateChuYoko, "12"),
        ("[文字](https://example.jp/)", Link, "文字"),
        ("{site}", Link, "https://example.jp/"),
        ("{phone:全角}", Link, "０３－１２３４－５６７８"),
        ("{phone.digits}", Link, "0312345678"),
        ("{name}", Text, "市民の会"),
        ("{name:升目}", Cells, "市民の会"),
    ],
)
def test_each_mark(typed: str, kind: type, words: str) -> None:
    content, codes = inline(typed)
    assert [type(item) for item in content] == [kind]
    assert plain_text(content) == words
    assert content[0].span == Span("f", 10, 5, len(typed))
    assert codes == []


@pytest.mark.parametrize(
    ("typed", "base", "readings"),
    [
        ("親文字《おやもじ》", "親文字", ("おやもじ",)),
        ("この個人《こ・じん》は", "個人", ("こ", "じん")),
        ("この個人《こ じん》は", "個人", ("こ", "じん")),
        ("｜API《エーピーアイ》", "API", ("エーピーアイ",)),
        ("私は｜お金《かね》", "お金", ("かね",)),
        ("人々《ひとびと》", "人々", ("ひとびと",)),
    ],
)
def test_ruby(typed: str, base: str, readings: tuple[str, ...]) -> None:
    content, codes = inline(typed)
    ruby = next(item for item in content if isinstance(item, Ruby))
    assert (ruby.base.text, ruby.readings, codes) == (base, readings, [])
    assert typed[ruby.base.span.column - 5 :].startswith(base)


@pytest.mark.parametrize(
    "typed",
    [
        "映画《君の名は》を見た",
        "ひらがな《かな》",
        "《題》から始まる",
        "Ａ｜Ｂ",
        "［注］と[注]と(注)",
        "snake_case と a*b",
        "x^2 と 10^3",
        "3 < 5 > 2 & 4",
        "》》だけ",
        "C:\\files",
    ],
)
def test_what_cannot_be_markup_is_left_alone(typed: str) -> None:
    content, codes = inline(typed)
    assert codes == []
    assert plain_text(content) == typed
    assert all(isinstance(item, Text) for item in content)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("\\**印", "**印"),
        ("{{名前}}", "{名前}"),
        ("｜｜", "｜"),
        ("親\\《おや》", "親《おや》"),
        ("\\[文字](x)", "[文字](x)"),
        ("\\\\", "\\"),
        ("^^2", "^2"),
    ],
)
def test_escapes(typed: str, words: str) -> None:
    content, codes = inline(typed)
    assert plain_text(content) == words
    assert codes == [] or typed == "\\**印"


def test_texts_agree_with_the_source_character_by_character() -> None:
    typed = "甲\\*乙**丙**丁{name}戊"
    content, _ = inline(typed)
    for item in content:
        if isinstance(item, Text) and not item.generated:
            start = item.span.column - 5
            assert typed[start : start + item.span.length] == item.text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("**太い", "markup.unclosed"),
        ("《《点", "markup.unclosed"),
        ("__線", "markup.unclosed"),
        ("［［注", "markup.unclosed"),
        ("{phone", "markup.unclosed"),
        ("^12", "markup.unclosed"),
        ("｜親《おや", "markup.unclosed"),
        ("{a b.c.d:x:y", "markup.unclosed"),
        ("{{phone}", "source-none"),
        ("［［外［［内］］", "markup.nested"),
        ("注］］", "markup.unopened"),
        ("****", "markup.empty"),
        ("{phoen}", "facts.unknown"),
        ("{phone.x}", "facts.unknown-attribute"),
        ("{phone:x}", "facts.unknown-format"),
        ("｛phone｝", "markup.fullwidth-braces"),
        ("[文字](どこか)", "markup.link-target"),
        ("電話 03-1234-5687", "facts.near-miss"),
    ],
)
def test_slips(typed: str, code: str) -> None:
    _, codes = inline(typed)
    assert codes == ([] if code == "source-none" else [code])


def test_unclosed_marks_keep_their_characters() -> None:
    content, codes = inline("甲**乙__丙")
    assert plain_text(content) == "甲**乙__丙"
    assert codes == ["markup.unclosed", "markup.unclosed"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("日本\n語", "日本語"),
        ("open\nsource", "open source"),
        ("日本\nAPI", "日本API"),
        ("2021\n年", "2021年"),
        ("**open**\n**source**", "open source"),
        ("一段落\n\n二段落\n　\n三段落", "一段落/二段落/三段落"),
    ],
)
def test_line_ends_in_paragraphs(typed: str, words: str) -> None:
    assert paragraph(typed) == words


def test_line_ends_elsewhere_are_forced() -> None:
    content, _ = inline("一行目\n二行目")
    assert isinstance(content[1], Break)
    assert plain_text(content) == "一行目\n二行目"


def test_facts_inside_links_are_plain() -> None:
    content, codes = inline("[ここ{phone}]({site})")
    assert isinstance(content[0], Link) and content[0].target == "https://example.jp/"
    assert all(isinstance(item, Text) for item in content[0].content)
    assert codes == []


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 50_000 + "](" * 50_000,
        "{" * 100_001,
        "｜" * 100_001 + "《",
        "漢《か" * 50_000,
        "｜a《" * 30_000,
        "[a](" * 30_000,
        "^1" * 50_000,
    ],
    ids=range(8),
)
def test_time_is_linear(text: str) -> None:
    import time

    start = time.perf_counter()
    inline(text)
    assert time.perf_counter() - start < 5
