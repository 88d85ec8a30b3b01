"""Plain text: nothing lost, in order, and readable aloud."""

import re

import pytest

from layout.backends.text import write_text
from layout.reading.paragraphs import source_paragraphs
from tests.built import LEAFLETS, drawn


def text_of(name: str) -> str:
    """The text of a leaflet."""
    leaflet = drawn(name).leaflet
    assert leaflet is not None
    return write_text(leaflet).decode("utf-8")


@pytest.mark.parametrize("name", LEAFLETS)
def test_every_paragraph(name: str) -> None:
    """Without what was added, each paragraph stands there whole."""
    leaflet = drawn(name).leaflet
    assert leaflet is not None
    plain = "".join(text_of(name).split())
    for paragraph in source_paragraphs(leaflet):
        wanted = "".join(paragraph.text.split())
        if paragraph.rubies:  # readings stand between the characters
            parts = ".*?".join(re.escape(char) for char in wanted)
            assert re.search(parts, plain)
        elif wanted not in plain:  # a link's address stands between the words
            assert re.search(".*?".join(re.escape(char) for char in wanted), plain)


@pytest.mark.parametrize("name", LEAFLETS)
def test_form_of_the_file(name: str) -> None:
    """UTF-8 with LF, no empty lines at the ends, never two of them."""
    leaflet = drawn(name).leaflet
    assert leaflet is not None
    data = write_text(leaflet)
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    text = data.decode("utf-8")
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert not text.startswith("\n") and "\n\n\n" not in text


def test_leaflet9() -> None:
    """Headings are set off, figures described, the account is written out."""
    text = text_of("leaflet9")
    assert "\n■ 賛同カンパのお願い\n" in text
    assert "\nデジタル庁構想を許さない！\n==========" in text
    assert "［図：一人の個人データが、行政、" in text
    assert "［QRコード：http://www.bango-iranai.net/］" in text
    assert "詳しい情報は「共通番号いらない」で検索を。" in text
    assert "【口座記号番号】００１００－２－７２９７４５（払込取扱票は右詰めで記入）" in text


def test_marks() -> None:
    """Readings of one word together, addresses of links, forms to fill in."""
    text = text_of("specimen")
    assert "夕焼（ゆうや）けの港町（みなとまち）を歩く。" in text
    assert "組み方の手引き（https://insatsu.example.jp/tebiki）へ。" in text
    assert "電話は 03-0000-0000 へ。" in text
    assert "人数：＿＿＿＿＿＿＿＿人" in text
    assert "来られる日：□ 土曜の午後\u3000□ 日曜の朝\u3000□ 日曜の午後" in text
    assert "\nウ" not in text and "\n\u3000イ字数を数え" in text
    assert "活字（金属で作った一文字ずつの判）を拾う。" in text
