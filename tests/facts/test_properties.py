"""What holds of every account, of every way to write a number, and of any text at all."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from layout.diagnostics import Reporter, Severity, Span
from layout.facts import Verdict, check_facts
from layout.facts.numerals import as_digits, kanji_value
from layout.lint.samples import reading_of
from layout.source.facts import FactError, derive, yucho_check_digit
from layout.source.model import Fact, Leaflet

DIGITS = "0123456789"
KANA = {
    0: "ゼロ",
    1: "イチ",
    2: "ニ",
    3: "サン",
    4: "ヨン",
    5: "ゴ",
    6: "ロク",
    7: "ナナ",
    8: "ハチ",
    9: "キュウ",
}
HYPHENS = "-‐‑‒–—―−－ー─"


def leaflet(**facts: tuple[str, str]) -> Leaflet:
    made = {
        name: Fact(name, kind, {"": typed} | derive(kind, typed), Span("x.yaml", 1, 1))
        for name, (kind, typed) in facts.items()
    }
    return Leaflet("x", ".", "x.yaml", "題", "ja", "2021-03-01", "ai-shu", Span(), made, ())


def told(
    text: str, made: Leaflet | None = None, per_line: int = 9
) -> tuple[list[str], list[Verdict]]:
    """Codes of warnings and errors, and the verdicts of the sheet."""
    reporter = Reporter()
    sheet = check_facts(reading_of([text], per_line), made or leaflet(), reporter)
    codes = [each.code for each in reporter if each.severity > Severity.NOTE]
    return codes, [row.verdict for row in sheet.rows]


numbers = st.text(DIGITS, min_size=2, max_size=7).filter(lambda text: text[0] != "0")


@st.composite
def transfers(draw: st.DrawFn) -> str:
    """A 振替口座 with a right check digit."""
    a, b, number = (
        draw(st.text(DIGITS, min_size=2, max_size=2)),
        draw(st.sampled_from(DIGITS)),
        draw(numbers),
    )
    check = yucho_check_digit(f"0{a}0{b}", number)
    return f"0{a}{check}{b}-{draw(st.sampled_from(DIGITS))}-{number}"


@st.composite
def savings(draw: st.DrawFn) -> str:
    """An account of a 通帳: its 番号 ends with 1."""
    a, b = draw(st.text(DIGITS, min_size=2, max_size=2)), draw(st.sampled_from(DIGITS))
    number = draw(st.text(DIGITS, min_size=5, max_size=7).filter(lambda text: text[0] != "0")) + "1"
    check = yucho_check_digit(f"1{a}0{b}", number)
    return f"1{a}{check}{b}-{number}"


accounts = st.one_of(transfers(), savings())


@given(accounts)
def test_every_right_account_passes_and_is_converted(account: str) -> None:
    values = derive("yucho", account)
    symbol, *_, number = account.split("-")
    transfer = symbol[0] == "0"
    assert values["branch-code"] == symbol[1:3] + ("9" if transfer else "8")
    assert values["kind"] == ("当座" if transfer else "普通")
    assert values["account"] == (number if transfer else number[:-1]).zfill(7)
    assert values["branch-kana"] == "".join(KANA[int(c)] for c in values["branch-code"])
    # And back: branch and account say 記号 (but for its last digit) and 番号.
    back = values["account"].lstrip("0") + ("" if transfer else "1")
    assert back == number and symbol[1:3] == values["branch-code"][:2]
    assert told(f"口座 {account} へ") == ([], [Verdict.OTHER])


@pytest.mark.parametrize("account", ["00100-2-729745", "00110-2-5606", "00190-5-31000"])
def test_the_known_good_ones(account: str) -> None:
    assert told(f"口座 {account} へ")[0] == []
    assert derive("yucho", account)["kind"] == "当座"


@given(accounts, st.data())
def test_a_wrong_digit_is_caught_wherever_the_sum_weighs_it(
    account: str, data: st.DataObject
) -> None:
    """The sum multiplies by 1, 3 and a permutation of the digits: any one digit changes it."""
    symbol, *_, number = account.split("-")
    place = data.draw(st.integers(1, len(symbol + number) - 1))
    both = symbol + number
    other = data.draw(st.sampled_from(DIGITS.replace(both[place], "")))
    wrong = both[:place] + other + both[place + 1 :]
    assert yucho_check_digit(wrong[:5], wrong[5:]) != int(wrong[3])
    middle = account.split("-")[1:-1]
    typed = "-".join([wrong[:5], *middle, wrong[5:]])
    codes, (verdict,) = told(f"口座 {typed} へ")
    assert codes and codes[0].startswith("facts.yucho-") and verdict is Verdict.WRONG


@given(transfers(), st.sampled_from(DIGITS))
def test_the_middle_digit_has_no_rule_but_must_be_there(account: str, digit: str) -> None:
    symbol, _, number = account.split("-")
    assert told(f"口座 {symbol}-{digit}-{number} へ")[0] == []
    assert told(f"口座 {symbol}-{number} へ")[0] == ["facts.yucho-middle"]


@pytest.mark.parametrize("kana", ["ゼロイチキュウ", "ゼロイチキユウ", "ｾﾞﾛｲﾁｷｭｳ"])
def test_both_spellings_of_nine_are_right(kana: str) -> None:
    made = leaflet(f=("yucho", "00100-2-729745"))
    assert told(f"〇一九（{kana}）店・019", made)[0] == []
    assert told(f"〇一九（{kana[:-1]}）店・019", made)[0] == ["facts.account-part"]


# --- one number, many ways of writing


def rendered(number: str, data: st.DataObject) -> str:
    """The same number in other characters: width, hyphens, kanji."""
    form = data.draw(st.sampled_from(("half", "full", "kanji")))
    hyphen = data.draw(st.sampled_from(HYPHENS))
    out = []
    for c in number:
        if c == "-":
            out.append(hyphen)
        elif form == "full":
            out.append(chr(ord(c) + 0xFEE0))
        else:
            out.append("〇一二三四五六七八九"[int(c)] if form == "kanji" else c)
    return "".join(out)


@given(transfers(), st.data(), st.integers(3, 30))
@settings(max_examples=150)
def test_an_account_is_known_however_it_is_written(
    account: str, data: st.DataObject, width: int
) -> None:
    assume(len(account.split("-")[2]) > 3)
    typed = rendered(account, data)
    made = leaflet(f=("yucho", account))
    assert told(f"口座、{typed}まで。", made, width) == ([], [Verdict.TYPED])


PHONES = ("03-3508-5111", "080-5052-0270", "0120-444-113", "06-6941-0351", "0467-22-3500")


@given(st.sampled_from(PHONES), st.data(), st.integers(3, 30))
@settings(max_examples=150)
def test_a_phone_is_known_however_it_is_written(
    phone: str, data: st.DataObject, width: int
) -> None:
    typed = rendered(phone, data)
    made = leaflet(tel=("phone", phone))
    assert told(f"電話、{typed}まで。", made, width) == ([], [Verdict.TYPED])


@pytest.mark.parametrize(
    "typed",
    [
        "080 5052 0270",
        "080.5052.0270",
        "080 - 5052 - 0270",
        "080(5052)0270",
        "08050520270",
        "+81-80-5052-0270",
    ],
)
def test_a_phone_with_spaces_dots_and_brackets(typed: str) -> None:
    made = leaflet(tel=("phone", "080-5052-0270"))
    assert told(f"電話 {typed}", made) == ([], [Verdict.TYPED])


@pytest.mark.parametrize(
    "typed", ["00100 - 2 - 729745", "記号00100-2　番号729745", "００１００－２－７２９７４５"]
)
def test_an_account_with_spaces_and_words(typed: str) -> None:
    made = leaflet(f=("yucho", "00100-2-729745"))
    assert told(typed, made) == ([], [Verdict.TYPED])


@given(st.sampled_from(PHONES), st.data())
def test_a_phone_that_is_nearly_the_declared_one(phone: str, data: st.DataObject) -> None:
    places = [n for n, c in enumerate(phone) if c != "-"]
    at = data.draw(st.sampled_from(places[1:]))
    other = data.draw(st.sampled_from(DIGITS.replace(phone[at], "")))
    typed = rendered(phone[:at] + other + phone[at + 1 :], data)
    codes, _ = told(f"電話 {typed}", leaflet(tel=("phone", phone)), 40)
    assert "facts.near-miss" in codes


@given(st.dates(date(2019, 5, 1), date(2099, 12, 31)), st.data())
def test_a_day_is_known_however_it_is_written(day: date, data: st.DataObject) -> None:
    weekday = "月火水木金土日"[day.weekday()]
    era = day.year - 2018
    forms = (
        f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}",
        f"令和{'元' if era == 1 else era}年{day.month}月{day.day}日",
        "".join(chr(ord(c) + 0xFEE0) if c.isdigit() and c.isascii() else c for c in f"{day.year}年{day.month}月{day.day}日"),
    )  # fmt: skip
    typed = data.draw(st.sampled_from(forms))
    made = leaflet(day=("date", day.isoformat()))
    assert told(f"{typed}（{weekday}）", made) == ([], [Verdict.TYPED])
    wrong = data.draw(st.sampled_from("月火水木金土日".replace(weekday, "")))
    assert told(f"{typed}（{wrong}）", made)[0] == ["facts.weekday"]


@given(st.integers(1, 9999))
def test_numbers_in_kanji(number: int) -> None:
    units = ["", "十", "百", "千"]
    said = "".join(
        ("" if d == "1" and n else "〇一二三四五六七八九"[int(d)]) + units[n]
        for n, d in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True)
        if d != "0"
    )
    assert kanji_value(said) == number
    assert as_digits("".join("〇一二三四五六七八九"[int(d)] for d in str(number))) == str(number)


# --- any text

_LIKELY = st.sampled_from(
    [
        "00100-2-729745",
        "03-1234-5678",
        "http://www.",
        "kyotu@a.jp",
        "３月10日（日）",
        "令和３年（2021年）",
        "一万円（",
        "①",
        "②",
        "④",
        "午後13時",
        "〜",
        "午前",
        "開場",
        "〒1",
        "×",
        "＝",
        "ﾞ",
        "ー",
        "〇一九店",
        "金壱",
        "２／３（土）",
        "記号",
        "番号",
        "14:30",
        "⑤",
        "円",
        "年",
        "¥",
        "︎",
        "👩\u200d👩\u200d👧",
        "が",
    ]
)


@given(st.lists(st.one_of(st.text(max_size=8), _LIKELY), max_size=14), st.integers(1, 12))
@settings(max_examples=300)
def test_no_text_is_too_strange(pieces: list[str], per_line: int) -> None:
    text = "".join(pieces)
    made = leaflet(
        f=("yucho", "00100-2-729745"), tel=("phone", PHONES[0]), day=("date", "2021-03-14")
    )
    reporter = Reporter()
    reading = reading_of([text, text[::-1]], per_line)
    sheet = check_facts(reading, made, reporter)
    lines = {line.id: line for line in reading.lines}
    for row in sheet.rows:
        line = lines[row.line_id]
        shown = line.text[row.start : row.end]
        assert row.printed.startswith(shown) and shown


@given(st.text(max_size=30))
def test_no_value_is_too_strange(typed: str) -> None:
    for kind in ("yucho", "phone", "url", "mail", "date", "amount"):
        try:
            derive(kind, typed)
        except FactError as problem:
            assert problem.code.startswith("facts.")


ORDINARY = """
日時：2021年3月6日（土）13時30分〜16時30分（開場13時）
3月6日（土）・7日（日） 10:00〜17:00（7日は16:00まで）
受付18:00 開会18:30 終了20:30
12月28日〜1月5日はお休みです
22時〜翌5時
電話 03-3508-5111（平日10時〜17時） FAX 03-3508-5112
参加費 500円（学生300円）、資料代1,000円（税込1,100円）
大人1,000円（500円）
会費は一口1,000円です。10口で10,000円。
一万円札、千円札、百円玉。五百円硬貨
関東一円、首都圏一円で
300円×5冊＝1,500円
第十三回定期総会 十三時から
2020年度（令和2年度）予算
平成31（2019）年度、令和元（2019）年
昭和20年8月15日（水）、1945（昭和20）年
〒100-0014 東京都千代田区永田町1-7-1
①と②は不可分です。③は別。
①賛成 ②反対 ③保留。①と③の人は
http://www.example.jp/a,b/c https://example.jp/?q=1&r=2
例：https://www.example.jp、mail：info@example.jp。
Twitter @example_jp まで
160-0022 新宿区1-2-3 電話0120-444-113
午後12時30分、午前0時、24時、25時
16:9の画面、3:1の割合、1:30のタイム
二〇二一年三月六日（土）午後一時半から
三月六日（土）午後二時
2021.3.6（土） 3/6(土)
0570-064-110、#8080、110番
5月3日（月・祝）〜5日（水・祝）
100-200-300人 00100
2/11（木・祝）建国記念の日
毎月第2土曜日 13:30-15:30
3月20日（土・春分の日）
令和3年3月1日月曜日
議案第10100-5号
AからZまで O-157-2021
日曜日1日（10時間）3日間
10月1日より11月30日まで
2021年11月30日から2022年1月10日
3月31日〜4月2日
10時から2時まで
9時〜5時
9:00〜5:00
午前11時〜1時
"""


@pytest.mark.parametrize("line", ORDINARY.strip().split("\n"))
def test_ordinary_lines_of_leaflets_are_left_alone(line: str) -> None:
    assert told(line, None, 50)[0] == []
