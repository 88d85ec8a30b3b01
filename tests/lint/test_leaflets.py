"""Leaflet 9's real inconsistencies, all of them and nothing else; none in our own leaflets."""

from pathlib import Path

import pytest
from linting import findings_of, printed

from layout.cli.messages import hint_lines, message
from layout.diagnostics import Diagnostic, Severity

ROOT = Path(__file__).resolve().parents[2]
SOURCE9 = (ROOT / "leaflets" / "leaflet9" / "leaflet.yaml").read_text("utf-8").split("\n")

# Read by eye: each is one a proofreader would ask about.  (line:column, found, suggestion)
EXPECTED = {
    ("digit-one", "32:15", "9", "９"),
    ("digit-one", "40:41", "4", "４"),
    ("digit-one", "214:26", "3", "３"),
    ("latin", "134:46", "ＷＧ", "WG"),
    ("amount-comma", "56:13", "5000", "5,000"),
    ("half-brackets", "168:56", "｢", "「"),
    ("half-brackets", "168:65", "｣", "」"),
    ("parentheses", "107:57", "(任意)", "（任意）"),
    ("parentheses", "202:60", "(接種券)", "（接種券）"),
    ("parentheses", "208:20", "(個人番号カード)", "（個人番号カード）"),
    (
        "parentheses",
        "214:20",
        "(平成31年3月15日経済財政諮問会議第17回国と地方のシステムワーキング・グループ 総務省資料2-2-2より)",
        "（平成31年3月15日経済財政諮問会議第17回国と地方のシステムワーキング・グループ 総務省資料2-2-2より）",
    ),
    ("near-names", "36:18", "デジタル庁関連法案", "デジタル改革関連法案"),
    ("near-names", "177:11", "デジタル庁関連法案", "デジタル改革関連法案"),
    ("shortened-names", "121:11", "デジタル法案", "デジタル改革関連法案"),
    ("faq", "202:26", "Ｑ＆Ａ", "FAQ"),
    ("short-names", "134:46", "ＷＧ", "ワーキンググループ"),
    ("short-names", "214:52", "ワーキング・グループ", "ワーキンググループ"),
    ("short-names", "121:28", "スマートフォン", "スマホ"),
    ("short-names", "124:57", "スマートフォン", "スマホ"),
    ("ministries", "221:15", "厚生労働省", "厚労省"),
    ("narisumasu", "128:47", "成り済ま", "成りすま"),
    ("zuke", "209:16", "づけ", "付け"),
    ("okonau", "202:66", "おこない", "行い"),
    ("kanji-or-kana", "95:17", "つく", "作"),
    ("kanji-or-kana", "148:30", "つく", "作"),
    ("fukumu", "117:31", "ふくめ", "含め"),
    ("era", "214:21", "平成31年", ""),
    ("redundant", "124:102", "等など", "など"),
    ("space-after-punctuation", "233:73", " ", ""),
    ("space-after-punctuation", "254:24", " ", ""),
    ("space-between", "214:62", " ", "\u3000"),
    ("number-space", "240:23", " ", ""),
    ("number-space", "240:36", " ", ""),
    ("space-latin", "254:19", " ", ""),
}


def row(found: Diagnostic) -> tuple[str, str, str, str]:
    values = {name: str(found.values[name]) for name in ("rule", "found", "suggestion")}
    place = f"{found.span.line}:{found.span.column}"
    return values["rule"], place, values["found"], values["suggestion"]


def test_leaflet_9() -> None:
    found = [row(each) for each in findings_of("leaflet9")]
    assert sorted(found) == sorted(EXPECTED)


def test_without_the_analyser_only_its_rules_are_missing() -> None:
    found = {row(each) for each in findings_of("leaflet9", analyse=False)}
    assert found == {each for each in EXPECTED if each[0] != "kanji-or-kana"}


@pytest.mark.parametrize("name", ["tate-shimbun", "bosai-yube", "specimen"])
def test_our_own_leaflets_have_none(name: str) -> None:
    assert [
        (each.code, row(each) if "line_id" in each.values else each) for each in findings_of(name)
    ] == []


def test_findings_stand_where_they_say() -> None:
    """In the source to the column, and in the printed line to the character."""
    _, reading = printed("leaflet9")
    lines = {line.id: line for line in reading.lines}
    following = list(lines)
    for each in findings_of("leaflet9"):
        values, span = each.values, each.span
        found = str(values["found"])
        assert SOURCE9[span.line - 1][span.column - 1 :].startswith(found)
        line = lines[str(values["line_id"])]
        start, end, rest = (int(str(values[name])) for name in ("start", "end", "rest"))
        shown = line.text[start:end]
        at = following.index(line.id) + 1
        while rest > 0:
            more = lines[following[at]].text[:rest]
            shown, rest, at = shown + more, rest - len(more), at + 1
        assert shown == found
        assert each.page == line.page


def test_a_word_broken_across_printed_lines_is_found() -> None:
    broken = [each for each in findings_of("leaflet9") if each.values["rest"]]
    assert broken, "leaflet 9 has two such words as it is set"


def test_the_majority_is_told_with_its_places() -> None:
    (found,) = [each for each in findings_of("leaflet9") if each.values["rule"] == "narisumasu"]
    assert hint_lines(found, "ja") == ["案：成りすま", "「成りすま」は 2 か所：157:31、208:49"]
    for place in ("157:31", "208:49"):
        line, column = map(int, place.split(":"))
        assert SOURCE9[line - 1][column - 1 :].startswith("成りすま")


def test_findings_are_warnings_or_notes_and_speak_both_languages() -> None:
    found = findings_of("leaflet9")
    assert {each.severity for each in found} == {Severity.WARNING, Severity.NOTE}
    for each in found:
        ja, en = message(each, "ja"), message(each, "en")
        assert ja != en and "〓" not in ja + en and "{" not in ja + en
