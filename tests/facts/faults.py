"""Faults put into copies of leaflet 9, each of another kind or in another place.

``old`` and ``new`` are pieces of the YAML; ``caught`` is what must say so: the
code of a finding, or ``stage``: nothing but a comparison with the last proof can know.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One change of the source."""

    name: str
    old: str
    new: str
    caught: str
    above: int = 0
    """Lines by which the finding may stand above: at the beginning of the block; -1: anywhere."""


PHONE, MAIL, URL = "080-5052-0270", "kyotu@bango-iranai.net", "http://www.bango-iranai.net/"
ACCOUNT = "00100-2-729745"
CONTACT = '- "web サイト： {site}　　電話：{phone}　　Ｅメール：{mail}"'
WAY = "【口座記号番号】{furikae:全角,升目}"
BANK = "【店名・店番】{furikae.branch}（{furikae.branch-kana}）店・{furikae.branch-code:全角}"
KIND = "【預金種目】{furikae.kind}　【口座番号】{furikae.account:全角}"
CODE = "（金融機関コード：{furikae.bank-code:全角}）"


def typed(old: str, new: str, name: str, caught: str) -> Fault:
    """A reference to a fact replaced by figures somebody typed."""
    return Fault(name, old, new, caught)


def contact(**changed: str) -> str:
    """The contact line typed by hand."""
    values = {"site": URL, "phone": PHONE, "mail": MAIL} | changed
    return f'- "web サイト： {values["site"]}　　電話：{values["phone"]}　　Ｅメール：{values["mail"]}"'


NEAR = "facts.near-miss"
FAULTS = (
    # the account, declared wrongly: its check digit tells
    Fault("account: a digit of the number", ACCOUNT, "00100-2-729746", "facts.yucho-check"),
    Fault("account: first digit of the number", ACCOUNT, "00100-2-829745", "facts.yucho-check"),
    Fault("account: two neighbours exchanged", ACCOUNT, "00100-2-727945", "facts.yucho-check"),
    Fault("account: a digit of the symbol", ACCOUNT, "00110-2-729745", "facts.yucho-check"),
    Fault("account: check digit", ACCOUNT, "00190-2-729745", "facts.yucho-check"),
    Fault("account: a digit lost", ACCOUNT, "00100-2-72974", "facts.yucho-check"),
    Fault("account: a digit doubled", ACCOUNT, "00100-2-7297455", "facts.yucho-check"),
    Fault("account: symbol too short", ACCOUNT, "0010-2-729745", "facts.yucho-form"),
    Fault("account: letters in it", ACCOUNT, "00100-2-7297O5", "facts.yucho-form"),
    # the account typed by hand
    Fault("typed account: a digit", WAY, "【口座記号番号】００１００－２－７２９７５５", NEAR),
    Fault("typed account: neighbours exchanged", WAY, "【口座記号番号】00100-2-729754", NEAR),
    Fault("typed account: a digit lost", WAY, "【口座記号番号】00100-2-72975", NEAR),
    Fault("typed account: a digit too many", WAY, "【口座記号番号】00100-2-7297745", NEAR),
    Fault("typed account: another one", WAY, "【口座記号番号】00110-2-560612", "facts.yucho-check"),
    Fault("branch in kanji", BANK, BANK.replace("{furikae.branch}", "〇一八"), "facts.account-part"),
    Fault("branch in kana", BANK, BANK.replace("{furikae.branch-kana}", "ゼロイチハチ"), "facts.account-part"),
    Fault("branch in figures", BANK, BANK.replace("{furikae.branch-code:全角}", "０１８"), "facts.account-part"),
    Fault("branch of a 記号 beginning with 1", BANK, BANK.replace("{furikae.branch}", "一〇八"), "facts.account-part"),
    Fault("kind of account", KIND, KIND.replace("{furikae.kind}", "普通"), "facts.account-part"),
    Fault("account number: far off", KIND, KIND.replace("{furikae.account:全角}", "０７３９８４５"), "facts.account-part"),
    Fault("account number: a digit", KIND, KIND.replace("{furikae.account:全角}", "０７２９７４６"), NEAR),
    Fault("account number: no leading nought, wrong", KIND, KIND.replace("{furikae.account:全角}", "729754"), "facts.account-part"),
    Fault("bank's code", CODE, "（金融機関コード：９９０１）", "facts.account-part"),
    # phone numbers
    Fault("phone: declared too short", f"phone: {PHONE}", "phone: 080-5052-027", "facts.phone"),
    Fault("phone: declared too long", f"phone: {PHONE}", "phone: 080-5052-02700", "facts.phone"),
    Fault("phone: declared with a letter", f"phone: {PHONE}", "phone: 080-5052-O270", "facts.phone"),
    Fault("phone: another digit", CONTACT, contact(phone="080-5052-0276"), NEAR),
    Fault("phone: digits exchanged", CONTACT, contact(phone="080-5025-0270"), NEAR),
    Fault("phone: a digit lost", CONTACT, contact(phone="080-505-0270"), NEAR),
    Fault("phone: full-width and wrong", CONTACT, contact(phone="０８０－５０５２－０２７１"), NEAR),
    Fault("phone: other hyphens and wrong", CONTACT, contact(phone="080ー5052ー0170"), NEAR),
    Fault("phone: an area code that does not exist", CONTACT, contact(phone="00-1234-5678"), "facts.phone-unassigned"),
    # addresses
    Fault("url: declared without a scheme", f"url: {URL}", "url: www.bango-iranai.net", "facts.url"),
    Fault("url: declared full-width", f"url: {URL}", "url: http://www．bango-iranai.net/", "facts.url"),
    Fault("url: a letter", CONTACT, contact(site="http://www.bango-iranei.net/"), NEAR),
    Fault("url: a letter lost", CONTACT, contact(site="http://www.bang-iranai.net/"), NEAR),
    Fault("url: another ending", CONTACT, contact(site="http://www.bango-iranai.jp/"), NEAR),
    Fault("url: two dots", CONTACT, contact(site="http://www..bango-iranai.net/"), NEAR),
    Fault("url: htp", CONTACT, contact(site="htp://www.bango-iranai.net/"), "facts.url-slip"),
    Fault("url: no colon", CONTACT, contact(site="http//www.bango-iranai.net/"), "facts.url-slip"),
    Fault("url: one slash", CONTACT, contact(site="http:/www.bango-iranai.net/"), "facts.url-slip"),
    Fault("url: semicolon", CONTACT, contact(site="http;//www.bango-iranai.net/"), "facts.url-slip"),
    Fault("mail: a letter", CONTACT, contact(mail="kyodo@bango-iranai.net"), NEAR),
    Fault("mail: a letter lost", CONTACT, contact(mail="kyotu@bango-irani.net"), NEAR),
    Fault("mail: declared without @", f"mail: {MAIL}", "mail: kyotu.bango-iranai.net", "facts.mail"),
    Fault("mail: declared full-width @", f"mail: {MAIL}", "mail: kyotu＠bango-iranai.net", "facts.mail"),
    # the code
    Fault("code: leads elsewhere", "qr: site", "qr: https://example.com/other", "facts.code-alone", 6),
    Fault("code: a letter of the address", "qr: site", "qr: http://www.bango-iranal.net/", NEAR, 6),
    Fault("code: no such fact", "qr: site", "qr: sight", "facts.unknown"),
    # dates
    Fault("date: a day that does not exist", "2021年２月９日", "2021年２月29日", "facts.date"),
    Fault("date: month 13", "2020年11月21日", "2020年13月21日", "facts.date"),
    Fault("date: weekday", "2020年11月21日", "2020年11月21日（日）", "facts.weekday"),
    Fault("date: weekday, full-width figures", "2021年２月９日", "２０２１年２月９日（水）", "facts.weekday"),
    Fault("date: weekday after an era's year", "平成31年3月15日", "平成31年3月15日(木)", "facts.weekday"),
    Fault("date: weekday without a year", "2017年11月８日", "11月８日（土）", "facts.weekday"),
    Fault("date: an era that was over", "平成31年3月15日", "平成31年5月15日", "facts.era"),
    Fault("date: an era that had not begun", "平成31年3月15日", "令和元年3月15日", "facts.era"),
    Fault("date: day 0", "2017年11月８日", "2017年11月0日", "facts.date"),
    Fault("date: the leaflet's own", "date: 2021-03-01", "date: 2021-02-30", "facts.date"),
    # amounts, names
    Fault("amount: comma", "1,000 円", "10,00 円", "facts.commas"),
    Fault("amount: comma too early", "3,000 円", "3,0000 円", "facts.commas"),
    Fault("name: a character", "共通番号いらないネットは、共通番号制度を", "共通番号いらなりネットは、共通番号制度を", NEAR),
    Fault("name: a character lost", "共通番号いらないネットは、共通番号制度を", "共通番号いらないネトは、共通番号制度を", NEAR),
    Fault("name: in the lead", "共通番号いらないネットのサイトで", "共通番号いらないネッツのサイトで", NEAR),
    Fault("name: its first half", "共通番号いらないネットへの賛同", "共通番合いらないネットへの賛同", NEAR),
    Fault("fact: a name that is not declared", "{phone}", "{fone}", "facts.unknown"),
    # other ways of writing
    Fault("typed account: in kanji, a digit wrong", WAY, "【口座記号番号】〇〇一〇〇－二－七二九七五五", NEAR),
    Fault("typed account: spaces round its hyphens, wrong", WAY, "【口座記号番号】00100 - 2 - 729754", NEAR),
    Fault("typed account: no middle digit", WAY, "【口座記号番号】00110-5606", "facts.yucho-middle"),
    Fault("typed account: 記号 and 番号 apart, wrong", WAY, "【口座】記号00110-2　番号5607", "facts.yucho-check"),
    Fault("typed account: the letter O", WAY, "【口座記号番号】0O100-2-729745", "facts.number-letter"),
    Fault("branch in half-width kana", BANK, BANK.replace("{furikae.branch-kana}", "ｾﾞﾛｲﾁﾊﾁ"), "facts.account-part"),
    Fault("holder: declared a character wrong", "holder: 共通番号いらないネット", "holder: 共通番号いらなりネット", NEAR, 1),
    Fault("phone: in kanji, a digit wrong", CONTACT, contact(phone="〇八〇─五〇五二─〇二七一"), NEAR),
    Fault("phone: spaces for hyphens, wrong", CONTACT, contact(phone="080 5052 0271"), NEAR),
    Fault("phone: dots for hyphens, wrong", CONTACT, contact(phone="080.5052.0279"), NEAR),
    Fault("phone: the letter O", CONTACT, contact(phone="080-5O52-0270"), "facts.number-letter"),
    Fault("phone: area code too long", CONTACT, contact(phone="031-234-5678"), "facts.phone-area"),
    Fault("url: a letter at its end", CONTACT, contact(site="http://www.bango-iranai.nett/"), NEAR),
    Fault("url: another path", CONTACT, contact(site="http://www.bango-iranai.net/a"), NEAR),
    Fault("url: comma for a dot", CONTACT, contact(site="http://www.bango-iranai,net/"), "facts.url-form"),
    Fault("url: a Cyrillic letter", CONTACT, contact(site="http://www.bаngo-iranai.net/"), "facts.lookalike"),
    Fault("url: ー for the hyphen", CONTACT, contact(site="http://www.bangoーiranai.net/"), "facts.lookalike"),
    Fault("url: the scheme twice", CONTACT, contact(site="http://http://www.bango-iranai.net/"), "facts.url-form"),
    Fault("mail: its host, another name before it", CONTACT, contact(mail="jimukyoku@bango-iranei.net"), "facts.near-host"),
    Fault("mail: comma for a dot", CONTACT, contact(mail="kyotu@bango-iranai,net"), "facts.mail-form"),
    Fault("mail: a space before the @", CONTACT, contact(mail="kyotu @bango-iranai.net"), "facts.mail-form"),
    Fault("mail: a host declared otherwise than the site's", f"mail: {MAIL}", "mail: kyotu@bango-irana.net", "facts.near-host", -1),
    Fault("code: another address than the one beside it", "note: またはQRコードからサイトへ。\n          qr: site", "note: または https://example.com/ へ。\n          qr: site", "facts.code-beside", 8),
    Fault("postal code: a digit too many", CONTACT, CONTACT[:-1] + '　〒101-00061"', "facts.postal"),
    Fault("caption: of another figure", "caption: （デジタル改革関連法案ワーキンググループ第4回資料）", "caption: （マイナンバー制度及び国と地方のデジタル基盤抜本改善）", "facts.caption", 3),
    Fault("date: in kanji, weekday", "2017年11月８日", "二〇一七年十一月八日（木）", "facts.weekday"),
    Fault("date: with slashes, weekday", "2017年11月８日", "2017/11/8（木）", "facts.weekday"),
    Fault("date: weekday in words", "2017年11月８日", "2017年11月８日木曜日", "facts.weekday"),
    Fault("date: no holiday", "2017年11月８日", "2017年11月８日（水・祝）", "facts.no-holiday"),
    Fault("date: 令和 a year off", "2021年２月９日", "令和２年（2021年）２月９日", "facts.era-year"),
    Fault("date: 2021 beside another 令和", "2021年２月９日", "2021年（令和４年）２月９日", "facts.era-year"),
    Fault("date: ends before it begins", "2021年２月９日", "2021年２月９日〜７日", "facts.range"),
    Fault("date: weekday of the second day", "2021年２月９日", "２月６日（土）・７日（月）", "facts.weekday"),
    Fault("date: a second day that does not exist", "2021年２月９日", "2021年２月27日（土）・30日（火）", "facts.date"),
    Fault("time: 午後 and 午前", "2021年２月９日、", "２月９日午後２時と２月９日午前２時、", "facts.half-day"),
    Fault("time: seventy minutes", "2021年２月９日", "2021年２月９日13時70分", "facts.time"),
    Fault("time: 午後13時", "2021年２月９日", "2021年２月９日午後13時", "facts.time"),
    Fault("time: ends before it begins", "2021年２月９日", "2021年２月９日14:30〜13:00", "facts.time-range"),
    Fault("time: doors open after the beginning", "2021年２月９日", "開場14時、開演13時30分。２月９日", "facts.time-doors"),
    Fault("amount: kanji and figures", "個人賛同 1,000 円", "個人賛同 一万円（1,000 円）", "facts.amount-pair"),
    Fault("amount: 万 and figures", "個人賛同 1,000 円", "個人賛同 １万円（1,000円）", "facts.amount-pair"),
    Fault("amount: a product", "個人賛同 1,000 円", "個人賛同 1,000円×3口＝4,000円", "facts.product"),
    Fault("order: a number left out", "④相続や", "⑤相続や", "facts.order"),
    Fault("order: a number twice", "④相続や", "③相続や", "facts.order"),
    # only the last proof can know these
    Fault("phone: declared wrongly", f"phone: {PHONE}", "phone: 080-5052-0271", "stage"),
    Fault("amount: another sum", "個人賛同 1,000 円", "個人賛同 2,000 円", "stage"),
    Fault("word: changed by nobody's wish", "事実上、国が統治する", "事実上、国が管理する", "stage"),
    Fault("sentence: dropped", "          これでは国民総背番号制です。\n", "", "stage"),
    Fault("sentence: doubled", "          マイナンバー制度は、その基幹システムになります。\n", "          マイナンバー制度は、その基幹システムになります。\n" * 2, "stage"),
    Fault("caption: under another figure", "（デジタル改革関連法案ワーキンググループ第4回資料）", "（マイナンバー制度及び国と地方のデジタル基盤抜本改善ＷＧ報告）", "stage"),
    Fault("date: another day", "2020年11月21日）", "2020年11月22日）", "stage"),
    Fault("percent: another", "約17％", "約71％", "stage"),
)  # fmt: skip
"""In the order of what is changed."""
