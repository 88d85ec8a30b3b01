"""Facts: what is worked out, what is refused."""

import pytest

from layout.source.facts import FactError, derive, formatted, is_near_miss, yucho_check_digit


@pytest.mark.parametrize(
    ("symbol", "number"), [("00100", "729745"), ("00110", "5606"), ("00190", "31000")]
)
def test_check_digit_of_good_accounts(symbol: str, number: str) -> None:
    assert yucho_check_digit(symbol, number) == int(symbol[3])


def test_every_single_wrong_digit_of_the_number_is_found() -> None:
    for place in range(6):
        for digit in "0123456789":
            wrong = "729745"[:place] + digit + "729745"[place + 1 :]
            if wrong != "729745":
                assert yucho_check_digit("00100", wrong) != 0


def test_transfer_account() -> None:
    values = derive("yucho", "００１００－２－７２９７４５")
    assert values == {
        "symbol": "00100",
        "number": "729745",
        "bank": "ゆうちょ銀行",
        "bank-code": "9900",
        "branch": "〇一九",
        "branch-kana": "ゼロイチキュウ",
        "branch-code": "019",
        "kind": "当座",
        "account": "0729745",
    }


@pytest.mark.parametrize("middle", ["", "-0"])
def test_savings_account(middle: str) -> None:
    digit = yucho_check_digit("10100", "1234561")
    values = derive("yucho", f"101{digit}0{middle}-1234561")
    assert (values["branch"], values["kind"], values["account"]) == ("〇一八", "普通", "0123456")


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("yucho", "00100-2-729746", "facts.yucho-check"),
        ("yucho", "729745", "facts.yucho-form"),
        ("phone", "080-5052-027", "facts.phone"),
        ("phone", "03-1234-56789", "facts.phone"),
        ("phone", "電話", "facts.phone"),
        ("phone", "12-3456-7890", "facts.phone"),
        ("url", "example.jp", "facts.url"),
        ("url", "http://localhost", "facts.url"),
        ("url", "ｈttp://example.jp/", "facts.url"),
        ("mail", "a@b", "facts.mail"),
        ("mail", "a＠example.jp", "facts.mail"),
        ("date", "2021-02-29", "facts.date"),
        ("date", "きのう", "facts.date-form"),
        ("date", "2021年3月20日(日)", "facts.weekday"),
        ("date", "平成31年5月1日", "facts.era"),
        ("date", "令和0年1月1日", "facts.era"),
        ("date", "0000-01-01", "facts.date"),
        ("amount", "千円", "facts.amount"),
    ],
)
def test_bad_values(kind: str, typed: str, code: str) -> None:
    with pytest.raises(FactError) as error:
        derive(kind, typed)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("phone", "080-5052-0270"),
        ("phone", "０８０－５０５２－０２７０"),
        ("phone", "03(1234)5678"),
        ("phone", "0120-123-456"),
        ("phone", "+81-3-1234-5678"),
        ("url", "http://www.bango-iranai.net/"),
        ("url", "https://例え.jp:8080/道?a=b#c"),
        ("mail", "kyotu@bango-iranai.net"),
    ],
)
def test_good_values(kind: str, typed: str) -> None:
    derive(kind, typed)


def test_dates() -> None:
    values = derive("date", "2021-03-01")
    assert values[""] == "2021年3月1日"
    assert values["full"] == "2021年3月1日（月）"
    assert values["era"] == "令和3年3月1日"
    assert derive("date", "令和元年5月1日（水）")["iso"] == "2019-05-01"


def test_amounts() -> None:
    assert derive("amount", "1000")[""] == "1,000円"
    assert derive("amount", "1,000 円") == {"number": "1000"}


def test_formats() -> None:
    assert formatted("00100-2-729745", ["full"]) == "００１００－２－７２９７４５"
    assert formatted("０１９", ["half"]) == "019"
    assert formatted("00100-2-729745", ["plain", "full"]) == "００１００２７２９７４５"


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("0729745", False),
        ("0729746", True),
        ("0729754", True),
        ("072974", True),
        ("07297455", True),
        ("0792745", True),
        ("1729754", False),
        ("07297", False),
    ],
)
def test_near_misses(typed: str, near: bool) -> None:
    assert is_near_miss(typed, "0729745") is near
