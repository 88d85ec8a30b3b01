"""Every key of a file of house-style rules, and of ``lint:`` in a leaflet and its blocks."""

from layout.house.lint import load_lint_texts
from layout.source.lint_model import CODES
from layout.source.schema import (
    FLAG,
    PLAIN,
    Choice,
    Either,
    Fields,
    Key,
    Many,
    Named,
    Table,
    known_names,
)

LINT_VERSION = "1"
CHECKS = (
    "brackets",
    "nested-brackets",
    "full-stop",
    "alike-names",
    "near-names",
    "shortened-names",
    "particles",
    "ra-nuki",
    "sa-ire",
    "kanji-or-kana",
)
"""Checks that are programs; ``layout/lint`` has one function for each."""

_WORDS = Named(Either((PLAIN, Many(PLAIN, 1))), free=True)
_FORM = Fields(
    Table(
        "lint-form",
        (
            Key("find", PLAIN, "この書き方を見つける正規表現。", "Its pattern.", True),
            Key(
                "as",
                PLAIN,
                "この書き方に直すときの文字。書かなければ名前のとおり。",
                "What to put to write it so; its label if not said.",
            ),
        ),
    )
)
_GROUP = Either((Many(PLAIN, 2), Named(Either((PLAIN, _FORM)), free=True)))

RULE = Table(
    "lint-rule",
    (
        Key("id", PLAIN, "規則の名前（半角の英数字と -）。", "The rule's name.", True),
        Key("sort", Choice(tuple(CODES)), "何についての規則か。", "What it is about."),
        Key(
            "level",
            Choice(("warning", "note")),
            "warning は注意、note はお知らせ。書かなければ warning。",
            "A warning, which is the default, or a note.",
        ),
        Key(
            "ja",
            PLAIN,
            "指摘の文。{found} は見つけた文字、{suggestion} は案、{majority} は多いほう。",
            "The message in Japanese, with {found}, {suggestion}, {majority}.",
        ),
        Key("en", PLAIN, "指摘の文（英語）。", "The message in English."),
        Key(
            "words",
            _WORDS,
            "「正しい書き方: 使わない書き方」。いくつもあれば [ , ] で並べます。",
            "Preferred writing: the writings that it replaces.",
        ),
        Key(
            "patterns",
            _WORDS,
            "「直した形: 正規表現」。\\1 などが使えます。",
            "Replacement: regular expressions, with \\1.",
        ),
        Key(
            "either",
            Many(_GROUP, 1),
            "どちらでもよいが、一つのリーフの中では一つにそろえる書き方の組。",
            "Groups of writings of which a leaflet uses one.",
        ),
        Key(
            "scope",
            Choice(("leaflet", "block")),
            "そろえる範囲：leaflet リーフ全体、block 段落ごと。",
            "Where it has to be one: the leaflet, or each paragraph.",
        ),
        Key("check", Choice(CHECKS), "プログラムで調べるものの名前。", "A check by program."),
        Key("list", Many(PLAIN), "check に渡すことばの並び。", "Words for the check."),
        Key(
            "except",
            Many(PLAIN),
            "指摘しない場合の正規表現。この中にあるものは見のがします。",
            "Patterns; what lies inside one is left alone.",
        ),
        Key(
            "quotes",
            FLAG,
            "「」の中も調べるか。書かなければ、ことばの規則は調べず、形の規則は調べます。",
            "Whether what is said in 「」 is looked at.",
        ),
        Key("good", Many(PLAIN), "指摘されない例。", "Examples without a finding."),
        Key(
            "bad",
            Many(PLAIN),
            "指摘される例。「前 -> 直したあと」と書きます。",
            "Examples with a finding: before -> after.",
        ),
    ),
)

RULES = Table(
    "lint-rules",
    (
        Key(
            "bira-lint", Choice((LINT_VERSION,)), "書き方の版。いまは 1。", "Format version.", True
        ),
        Key("label", PLAIN, "この規則集の名前。", "What these rules are called."),
        Key("label-en", PLAIN, "英語の名前。", "Its name in English."),
        Key(
            "optional",
            FLAG,
            "リーフが presets で頼んだときだけ使うか。",
            "Whether they are used only where a leaflet asks for them.",
        ),
        Key("rules", Many(Fields(RULE), 1), "規則を「- id: …」で並べます。", "The rules.", True),
    ),
)
RULES_NAMES = known_names(RULES)

_SILENCES = Named(PLAIN, free=True)
LINT_OF_BLOCK = Key(
    "lint",
    Either((PLAIN, _SILENCES)),
    "表記の指摘を止める理由。「規則の名前: 理由」と並べれば、その規則だけを止めます。",
    "Why house-style findings are silenced here: a reason for all, or rule by rule.",
)
LINT = Key(
    "lint",
    Fields(
        Table(
            "lint",
            (
                Key(
                    "digits",
                    Choice(tuple(load_lint_texts().digits)),
                    "数字の幅の決まり。書かなければ多いほうにそろえます。",
                    "Width of digits; what is used most if not said.",
                ),
                Key(
                    "choose",
                    Named(PLAIN, free=True),
                    "どちらでもよい規則で、どれにそろえるか（規則の名前: 書き方）。",
                    "Which writing is right, rule by rule.",
                ),
                Key(
                    "presets",
                    Many(PLAIN, 1),
                    "ふだんは使わない規則集のうち、使うもの。",
                    "Optional sets of rules to be used.",
                ),
                Key(
                    "rules",
                    Many(PLAIN, 1),
                    "自分たちの規則集（lint フォルダーの 名前.yaml）。",
                    "Rule files of your own: lint/NAME.yaml.",
                ),
                Key(
                    "off",
                    _SILENCES,
                    "リーフ全体で止める規則とその理由（規則の名前: 理由）。",
                    "Rules silenced throughout, each with the reason.",
                ),
            ),
        )
    ),
    "表記の決まり。",
    "House style.",
)
