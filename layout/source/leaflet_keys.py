"""Every key of a leaflet: one entry each, with what it is for."""

from layout.source.edition_keys import EDITIONS
from layout.source.folding import BINDING, FOLDS
from layout.source.lint_keys import LINT, LINT_OF_BLOCK
from layout.source.schema import (
    ADDRESS,
    FILE,
    FLAG,
    INLINE,
    LENGTH,
    MAIL,
    PLAIN,
    RECT,
    RUNNING,
    Blocks,
    Choice,
    Day,
    Either,
    Fields,
    Key,
    Kind,
    Length,
    Many,
    Named,
    Nothing,
    Table,
    Whole,
    known_names,
)
from layout.source.web_keys import WEB

FORMAT_VERSION = "1"
STAND_INS = ("diagram", "photo", "document", "chart")

COMMON = (
    Key(
        "style",
        PLAIN,
        "このブロックに使う様式の名前。書かなければ種類ごとの様式です。",
        "Name of the block style to use instead of the block's own.",
    ),
    Key(
        "id",
        PLAIN,
        "このブロックの名前。校正や確認で指し示すのに使います。",
        "A name for this block, to point at it in proofs.",
    ),
    LINT_OF_BLOCK,
)

COMMON_NAMES = frozenset(key.name for key in COMMON)

LINES = Either((INLINE, Many(INLINE, 1)))


def _table(name: str, *keys: Key, one_of: tuple[str, ...] = ()) -> Fields:
    return Fields(Table(name, keys + COMMON, one_of=one_of))


_LINES_KEY = Key("lines", LINES, "文字の行。一行に一つ。", "The lines, one each.", True)
TITLE = _table("title", _LINES_KEY)
BADGE = _table("badge", _LINES_KEY)

HEADING = _table(
    "heading",
    Key("text", INLINE, "見出しの文字。", "The heading's words.", True),
    Key(
        "level",
        Whole(1, 6),
        "見出しの大きさの順位。1が大見出しです。",
        "Level of the heading, from 1.",
    ),
    Key("across", FLAG, "段抜きにするか（true / false）。", "Whether it spans all columns."),
)

_LIST_LEVELS = 3
_MARKER_KEY = Key(
    "marker",
    INLINE,
    "各項目の前に付く印。・や＊。①、1.、ア、イ、一、a なら順に数えます（イはイロハ順）。",
    "The marker before each item; a number or letter counts on.",
)


def _items(levels: int) -> Many:
    """The items of a list, with lists inside them ``levels`` deep."""
    keys: tuple[Key, ...] = (
        Key("marker", INLINE, "この項目の前に付く印。", "The marker of this item."),
        Key("text", INLINE, "項目の文。", "The words of the item.", True),
    )
    if levels > 1:
        inner = _items(levels - 1)
        items = Key("items", inner, "項目を「- 」で並べます。", "The items.", True)
        under = Fields(Table("inner-list", (_MARKER_KEY, items)))
        kind = Either((inner, under))
        keys += (Key("list", kind, "この項目の中の箇条書き。", "A list inside this item."),)
    return Many(Either((INLINE, Fields(Table("list-item", keys)))), 1)


ITEMS = _items(_LIST_LEVELS)
LIST = _table(
    "list",
    _MARKER_KEY,
    Key("items", ITEMS, "項目を「- 」で並べます。", "The items.", True),
)

FIGURE = _table(
    "figure",
    Key(
        "image",
        FILE,
        "画像のファイル。このリーフのフォルダーからの場所（figures/名前）。",
        "Image file, relative to the leaflet's folder.",
    ),
    Key(
        "page",
        Whole(1, 9999),
        "PDF の図の何ページ目を置くか。書かなければ 1。",
        "Page of a PDF that is shown; the first unless said.",
    ),
    Key(
        "stand-in",
        Choice(STAND_INS),
        "画像がまだないときの仮の図：diagram 図解、photo 写真、document 書類、chart グラフ。",
        "A stand-in while the picture is missing.",
    ),
    Key(
        "alt",
        PLAIN,
        "画像が見えない人のための説明。紙面には出ません。",
        "Description for people who cannot see the picture.",
        True,
    ),
    Key("caption", INLINE, "画像の下に付く説明文。", "The caption."),
    Key(
        "side",
        Choice(("start", "end")),
        "文章を回り込ませるとき画像を置く側：start 行頭側、end 行末側。",
        "Side the picture stands at, with text around it.",
    ),
    Key("width", LENGTH, "画像の幅。60mm、19字 など。", "Size along the line."),
    Key(
        "lines",
        Whole(1, 500, ("rest",)),
        "画像と説明文が占める行数。rest は段の残り全部。",
        "Lines it takes with its caption, or rest.",
    ),
    one_of=("image", "stand-in"),
)

CELL_ROW = Many(INLINE)
WIDTH = Length(("auto",), share=True)
WIDTHS = Either((Choice(("auto",)), Many(WIDTH, 1)))
_WIDTHS_JA = "列の幅。比（[1, 2, 1]）、長さ（8字、30mm）、auto（中身に合わせる）を並べます。"
_WIDTHS_EN = "Widths of the columns: shares, lengths, or auto; auto alone is for all of them."
_CONTENT_KEYS = (
    Key("text", RUNNING, "中の文章。段落の間は一行あけます。", "Running text inside."),
    Key("blocks", Blocks(), "中に入れるブロックを「- 」で並べます。", "The blocks inside."),
)
_BOX_KEYS = (
    Key("title", INLINE, "囲みの題。", "Title of the box."),
    *_CONTENT_KEYS,
    Key("columns", Whole(1, 6), "囲みの中の段数。", "Columns inside."),
    Key(
        "writing",
        Choice(("horizontal", "vertical")),
        "囲みの中を横組みにするか縦組みにするか。",
        "Writing mode inside, where it differs from the page.",
    ),
    Key("width", LENGTH, "組み方を変えた囲みの一行の長さ。", "Line length of such a box."),
)
BOX = _table("box", *_BOX_KEYS)
SIDEBAR = _table("sidebar", *_BOX_KEYS)
QUOTE = _table("quote", *_BOX_KEYS)

TABLE = _table(
    "table",
    Key("rows", Many(CELL_ROW, 1), "表の行。行ごとに [欄, 欄] と並べます。", "The rows.", True),
    Key("head", Whole(0, 20), "初めの何行が見出しか。", "How many rows are head rows."),
    Key(
        "head-columns",
        Whole(0, 20),
        "初めの何列が見出しか。",
        "How many columns are head columns.",
    ),
    Key("widths", WIDTHS, _WIDTHS_JA, _WIDTHS_EN),
    Key(
        "align",
        Many(Choice(("start", "centre", "end", "point")), 1),
        "列ごとの揃え方：start 頭、centre 中央、end 末、point 小数点（けた）を揃える。",
        "Alignment of each column; point puts numbers on their decimal point.",
    ),
    Key("title", INLINE, "表の前に付く題。", "The title before the table."),
    Key("caption", INLINE, "表の後に付く説明文。", "The caption after the table."),
)

_QR_SOURCE_JA = "QRコードにする内容。facts の名前か、URL。"
SEARCH = _table(
    "search",
    Key("before", INLINE, "検索欄の前の文字。", "Words before the field."),
    Key("words", INLINE, "検索欄の中の文字。", "Words in the field.", True),
    Key("after", INLINE, "検索欄の後の文字（「で検索」など）。", "Words after the field."),
    Key("note", INLINE, "添え書き。", "A further note."),
    Key("qr", PLAIN, _QR_SOURCE_JA, "What the QR code holds: a fact or a URL."),
)
QR = _table(
    "qr",
    Key("data", PLAIN, _QR_SOURCE_JA, "What the code holds: a fact or a URL.", True),
    Key("label", INLINE, "QRコードに添える文字。", "Label at the code."),
    Key("width", LENGTH, "一辺の長さ。20mm など。", "Length of its side."),
)

PAYMENT_WAY = Fields(
    Table(
        "payment-way",
        (
            Key("label", INLINE, "払い方の名前。", "Name of the way to pay.", True),
            Key("text", INLINE, "払い方の説明。改行はそのまま。", "Its lines, as typed.", True),
        ),
    )
)
DONATION = _table(
    "donation",
    Key("title", INLINE, "カンパ欄の題。", "Title of the donation box.", True),
    Key("body", RUNNING, "お願いの文章。", "Running text."),
    Key("ways", Many(PAYMENT_WAY), "払い方を「- 」で並べます。", "The ways to pay."),
)
CONTACT = _table(
    "contact",
    Key("name", INLINE, "団体の名前。", "Who made the leaflet.", True),
    Key("lines", LINES, "連絡先。一行に一つ。", "How to reach them, line by line."),
)
EVENT = _table(
    "event",
    Key("name", INLINE, "催しの名前。", "Name of the meeting.", True),
    Key(
        "rows",
        Named(INLINE, free=True),
        "「日時: …」「会場: …」のように、項目と内容を並べます。",
        "Labels with their text.",
    ),
)
FORM_FIELD = Fields(
    Table(
        "form-field",
        (
            Key("label", INLINE, "記入欄の名前。", "Label of the field.", True),
            Key("lines", Whole(1, 100), "書き込む線の数。", "How many lines to write on."),
            Key(
                "width",
                LENGTH,
                "書き込む線の長さ。8字、40mm など。書かなければ残り全部。",
                "Length of the line to write on; what is left if not said.",
            ),
            Key("before", INLINE, "線の前の文字（〒 など）。", "Words before the line."),
            Key("after", INLINE, "線の後の文字（人、様 など）。", "Words after the line."),
            Key(
                "choices",
                Many(INLINE, 1),
                "線の代わりに、□を付けて選んでもらうことば。",
                "Words to tick instead of a line.",
            ),
        ),
    )
)
FORM = _table(
    "form",
    Key("cut", INLINE, "切り取り線に添える文字。", "Words on the line to cut along."),
    Key("title", INLINE, "切り取り欄の題。", "Title of the form."),
    Key(
        "fields",
        Many(Either((INLINE, FORM_FIELD, Many(Either((INLINE, FORM_FIELD)), 1))), 1),
        "記入欄を「- 」で並べます。[欄, 欄] と書けば一行に並びます。",
        "The fields to fill in; a list among them is a row of fields.",
        True,
    ),
)
ROW = _table(
    "row",
    Key(
        "cells",
        Many(Blocks(), 1),
        "並べるもの。それぞれにブロックを「- 」で並べます。",
        "What stands side by side: each a list of blocks.",
        True,
    ),
    Key("widths", WIDTHS, _WIDTHS_JA, _WIDTHS_EN),
    Key("gap", LENGTH, "間の空き。", "The gap between them."),
)
RULE = _table("rule", Key("text", INLINE, "線の途中に入れる文字。", "Words in the line."))
SPACE = _table("space", Key("lines", Whole(1, 500), "あける行数。", "Empty lines.", True))
FREE = _table(
    "free",
    Key(
        "rect",
        RECT,
        "紙面での場所：[左, 上, 幅, 高さ]。",
        "Place on the page: left, top, width, height.",
        True,
    ),
    *_CONTENT_KEYS,
)


def _block(name: str, ja: str, en: str, *kinds: Kind) -> Key:
    return Key(name, kinds[0] if len(kinds) == 1 else Either(kinds), ja, en)


BLOCKS = Table(
    "block",
    (
        _block("title", "大見出し。行ごとに「- 」。", "Display title.", *LINES.kinds, TITLE),
        _block("badge", "丸や角の札（「その9」など）。", "A label.", *LINES.kinds, BADGE),
        _block("lead", "リード文。", "Lead paragraph.", RUNNING),
        _block("heading", "見出し。", "Section heading.", INLINE, HEADING),
        _block("text", "本文。段落の間は一行あけます。", "Running text.", RUNNING),
        _block("slogan", "標語。改行はそのまま。", "A slogan.", INLINE),
        _block("list", "箇条書き。", "A list.", ITEMS, LIST),
        _block("figure", "図や写真。", "A picture.", FIGURE),
        _block("box", "囲み。", "A framed box.", RUNNING, BOX),
        _block("sidebar", "囲みの小記事。", "A sidebar.", RUNNING, SIDEBAR),
        _block("quote", "引用。", "A quotation.", RUNNING, QUOTE),
        _block("notes", "注。", "Notes.", RUNNING),
        _block("table", "表。", "A table.", Many(CELL_ROW, 1), TABLE),
        _block("search", "「○○」で検索の欄。", "A search field.", INLINE, SEARCH),
        _block("qr", "QRコード。", "A QR code.", PLAIN, QR),
        _block("donation", "賛同カンパの欄。", "The donation box.", DONATION),
        _block("contact", "連絡先。", "How to reach us.", CONTACT),
        _block("event", "催しの案内。", "A meeting.", EVENT),
        _block("form", "切り取り線と記入欄。", "A form to cut off.", FORM),
        _block("row", "横に（縦組みでは縦に）並べるもの。", "Blocks side by side.", ROW),
        _block(
            "break",
            "ここから次の段（column）、または続きの領域（area）へ。",
            "What follows begins a new column, or the thread's next area.",
            Choice(("column", "area")),
        ),
        _block("rule", "区切りの線。", "A line across.", Nothing(), RULE),
        _block("space", "空き。行数を書きます。", "Empty lines.", Whole(1, 500), SPACE),
        _block("free", "紙面の決まった場所に置くもの。", "Placed on the page.", FREE),
    ),
)

FACT_KINDS = ("text", "url", "mail", "phone", "yucho", "date", "amount", "place")
FACT = Table(
    "fact",
    (
        Key("text", PLAIN, "名前などの言葉。", "Words."),
        Key("url", ADDRESS, "ウェブの所番地（http://… か https://…）。", "A web address."),
        Key("mail", MAIL, "メールの宛先。", "A mail address."),
        Key("phone", PLAIN, "電話番号。03-1234-5678 のように書きます。", "A phone number."),
        Key(
            "yucho",
            PLAIN,
            "ゆうちょ銀行の記号番号。00100-2-729745 のように書きます。",
            "A ゆうちょ account as printed on the slip.",
        ),
        Key("date", PLAIN, "日付。2021-03-01 か 2021年3月1日（月）。", "A date."),
        Key("amount", PLAIN, "金額。1000 と書けば 1,000円 になります。", "An amount of money."),
        Key("place", PLAIN, "場所の名前。", "Name of a place."),
        Key("holder", PLAIN, "口座名称。", "Holder of the account."),
        Key("holder-kana", PLAIN, "口座名称のカナ。", "The holder in kana."),
        Key("label", PLAIN, "見出しに使う短い名前。", "A short label."),
        Key("time", PLAIN, "時刻。", "Time of day."),
        Key("address", PLAIN, "住所。", "Street address."),
        Key("access", PLAIN, "行き方。", "How to get there."),
        Key("map", PLAIN, "地図のURL。", "Address of a map."),
        Key("note", PLAIN, "添え書き。", "A note."),
    ),
    one_of=FACT_KINDS,
)

PAGE = Table(
    "page",
    (
        Key(
            "layout",
            PLAIN,
            "ページの割り付けの名前。様式の layouts にあるものです。",
            "Name of the page's layout in the style sheet.",
            True,
        ),
        FOLDS,
    ),
    other=Blocks(),
    other_ja="割り付けの領域の名前。その中にブロックを「- 」で並べます。",
    other_en="An area of the layout with its blocks.",
)

FURIGANA = Fields(
    Table(
        "furigana",
        (
            Key(
                "words",
                Named(PLAIN, free=True),
                "語と読み。一字ずつ分けるなら「・」で区切ります（個人: こ・じん）。",
                "Words and their readings, split by middle dots into those of single characters.",
                True,
            ),
            Key(
                "every",
                FLAG,
                "出てくるたびに振るか。書かなければページごとに初めの一度。",
                "Every time, or the first on each page.",
            ),
        ),
    )
)

LEAFLET = Table(
    "leaflet",
    (
        Key("bira", Choice((FORMAT_VERSION,)), "書き方の版。いまは 1。", "Format version.", True),
        Key("title", PLAIN, "リーフの題。PDFの題になります。", "Title of the leaflet.", True),
        Key("author", PLAIN, "作った団体や人。", "Who made it."),
        Key("language", PLAIN, "言語。書かなければ ja。", "Language, ja if not said."),
        Key(
            "date",
            Day(),
            "日付（2021-03-01）。PDFに書き込まれ、紙面には出ません。",
            "Date of the leaflet, not printed.",
            True,
        ),
        Key("style", PLAIN, "様式の名前（leaflets/styles/ の中）。", "Name of the style.", True),
        Key(
            "facts",
            Named(Fields(FACT)),
            "電話や口座など、一度だけ書いて {名前} で使う事実。",
            "Facts said once and used as {name}.",
        ),
        Key(
            "shop",
            PLAIN,
            "入稿する印刷所の設定（raksul、x4 など）。書かなければ x1a。",
            "Profile of the print shop, x1a if not said.",
        ),
        BINDING,
        FOLDS,
        EDITIONS,
        WEB,
        LINT,
        Key("furigana", FURIGANA, "全文で語に振る読み。", "Readings given to words throughout."),
        Key(
            "pages",
            Many(Fields(PAGE), 1),
            "ページを順に「- layout: …」で並べます。",
            "The pages in order.",
            True,
        ),
    ),
)

LEAFLET_NAMES = known_names(LEAFLET, BLOCKS)
