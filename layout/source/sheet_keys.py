"""Every key of a style sheet: one entry each, with what it is for."""

from layout.house.rules import EXPANSIONS, KINSOKU, REDUCTIONS
from layout.source.edition_keys import CMYK, EDITIONS
from layout.source.folding import BINDING, FOLDS
from layout.source.schema import (
    FLAG,
    LENGTH,
    PLAIN,
    RECT,
    Choice,
    Either,
    Fields,
    Key,
    Many,
    Named,
    Number,
    Table,
    Whole,
    known_names,
)
from layout.source.web_keys import WEB_STYLE

SHEET_VERSION = "1"
SIDES = ("block-start", "block-end", "inline-start", "inline-end")
FONT_PARTS = ("kanji", "kana", "latin", "digits", "symbols")
ALIGNS = ("start", "centre", "end", "justify", "even")

_SIDE_JA = ("前の辺（横組みなら上）", "後の辺（横組みなら下）", "行頭の辺", "行末の辺")
_SIDE_EN = ("block-start side", "block-end side", "inline-start side", "inline-end side")
_BASE = Key("base", PLAIN, "もとにする様式の名前。", "Name of the style it builds on.")

EDGE = Fields(
    Table(
        "edge",
        (
            Key("thickness", LENGTH, "線の太さ。", "Thickness of the line.", True),
            Key("colour", PLAIN, "線の色の名前。", "Name of its colour.", True),
            Key("dash", Choice(("solid", "dashed", "dotted")), "線の種類。", "Kind of line."),
        ),
    )
)
EDGES = Fields(
    Table(
        "edges",
        (
            Key("all", EDGE, "四辺すべての線。", "The line on all sides."),
            *(
                Key(side, EDGE, f"{ja}の線。", f"Line on the {en}.")
                for side, ja, en in zip(SIDES, _SIDE_JA, _SIDE_EN, strict=True)
            ),
        ),
    )
)
PADDING = Either(
    (
        LENGTH,
        Fields(
            Table(
                "padding",
                (
                    Key("all", LENGTH, "四辺すべての内側の空き。", "Padding on all sides."),
                    *(
                        Key(side, LENGTH, f"{ja}の内側の空き。", f"Padding on the {en}.")
                        for side, ja, en in zip(SIDES, _SIDE_JA, _SIDE_EN, strict=True)
                    ),
                ),
            )
        ),
    )
)

COLOUR = Fields(
    Table(
        "colour",
        (
            Key(
                "cmyk",
                CMYK,
                "藍・紅・黄・墨の割合（0～100）。",
                "Cyan, magenta, yellow and black in percent.",
            ),
            Key(
                "spot",
                PLAIN,
                "特色の名前（DIC 161 など）。cmyk は特色を刷らないときの代わりの色。",
                "Name of a spot ink; cmyk stands for it where it is not printed.",
            ),
            Key(
                "overprint",
                FLAG,
                "下の色を抜かずに重ねて刷るか。書かなければ墨100％だけ重ねます。",
                "Laid over what is beneath, as black alone is if nothing is said.",
            ),
            Key("tint-of", PLAIN, "薄めるもとの色の名前。", "Name of the colour to lighten."),
            Key("tint", Number(0, 100), "もとの色の何％か。", "Percent of that colour."),
        ),
        one_of=("cmyk", "tint-of"),
    )
)

_PART = Either(
    (
        PLAIN,
        Fields(
            Table(
                "font-part",
                (
                    Key("face", PLAIN, "書体の名前（fonts.yaml）。", "Face of fonts.yaml.", True),
                    Key("size", Number(10, 300), "大きさ（％）。", "Size in percent."),
                    Key("shift", Number(-100, 100), "上へのずらし（％）。", "Shift up in percent."),
                ),
            )
        ),
    )
)
FONT = Fields(
    Table(
        "font",
        (
            Key("kanji", _PART, "漢字の書体。ほかを省けばこれになります。", "For kanji.", True),
            Key("kana", _PART, "仮名の書体。", "For kana."),
            Key("latin", _PART, "欧字の書体。", "For Latin letters."),
            Key("digits", _PART, "数字の書体。", "For digits."),
            Key("symbols", _PART, "記号の書体。", "For symbols."),
            Key(
                "fallback",
                Many(PLAIN),
                "字がないときに代わりに使ってよい書体。",
                "Faces that may stand in for a missing glyph.",
            ),
        ),
    )
)

TEXT = Fields(
    Table(
        "text-style",
        (
            _BASE,
            Key("font", PLAIN, "書体（fonts の名前）。", "Name of a composite font."),
            Key("size", LENGTH, "文字の大きさ。14.5Q など。", "Character size."),
            Key("line", LENGTH, "行送り。22H など。", "Line pitch."),
            Key("colour", PLAIN, "文字の色の名前。", "Name of the colour."),
            Key("align", Choice(ALIGNS), "行の揃え方。", "Alignment of lines."),
            Key("indent", LENGTH, "段落の始めの字下げ。1字 など。", "First-line indent."),
            Key("hang", LENGTH, "二行目からの字下げ。", "Indent of further lines."),
            Key("tracking", LENGTH, "字間に足す空き。", "Added after every character."),
            Key("proportional", FLAG, "詰め組みにするか。", "Proportional setting."),
            Key(
                "upright-latin",
                Whole(0, 8),
                "縦組みで何字までの大文字の語を一字ずつ立てるか。書かなければ 1。",
                "Up to how many capitals of a word stand upright in vertical text.",
            ),
            Key("kanji-numerals", FLAG, "縦組みで数字を漢数字にするか。", "Kanji numerals."),
            Key(
                "ruby", Choice(("centre", "shoulder")), "ルビは中付きか肩付きか。", "Place of ruby."
            ),
            Key("ruby-thirds", FLAG, "一字に三字のルビを三分の一にするか。", "Third-size ruby."),
            Key(
                "ruby-edge",
                Choice(("base", "reading")),
                "行頭・行末で、漢字より長いルビがはみ出さないように何をそろえるか。"
                "base は漢字とルビの端、reading はルビの端（漢字はその中央）。書かなければ base。",
                "What is flush at a line's head and end when ruby is longer than its base.",
            ),
            Key(
                "looseness",
                Whole(-3, 3),
                "段落の行数を何行増やす（減らす）か。無理なら変わりません。",
                "Lines more (or fewer) than best, where the paragraph can take it.",
            ),
            Key("phrase", FLAG, "文節でだけ改行するか。", "Break between phrases only."),
            Key("strong-font", PLAIN, "**強調** の書体。", "Font of strong text."),
            Key("strong-colour", PLAIN, "**強調** の色。", "Colour of strong text."),
            Key(
                "tate-chu-yoko",
                Whole(0, 4),
                "縦組みで何けたまでの数字を縦中横にするか。0 ならしない。",
                "Up to how many digits stand upright together in vertical text.",
            ),
            Key("ragged", FLAG, "行末を揃えないか。", "Leave line ends ragged."),
        ),
    )
)

_STEP = Fields(
    Table(
        "step",
        (
            Key("text", PLAIN, "この行の文字様式。", "Text style of the line.", True),
            Key("indent", LENGTH, "この行の字下げ。", "Indent of the line."),
        ),
    )
)
BLOCK = Fields(
    Table(
        "block-style",
        (
            _BASE,
            Key("text", PLAIN, "文字様式の名前。", "Name of the text style."),
            Key("lines", Whole(1, 100), "占める行数（行取り）。", "Grid lines it takes."),
            Key(
                "lines-more",
                Whole(0, 100),
                "文字が二行以上のとき、一行ごとに増やす行数。",
                "Grid lines for each further text line.",
            ),
            Key("before", LENGTH, "前の空き。", "Space before."),
            Key("after", LENGTH, "後の空き。", "Space after."),
            Key("keep-with-next", FLAG, "次のブロックと離さないか。", "Keep with the next block."),
            Key("background", PLAIN, "地の色の名前。", "Name of the background colour."),
            Key("radius", LENGTH, "角の丸み。", "Radius of the corners."),
            Key("edges", EDGES, "辺の線。", "Border lines."),
            Key("padding", PADDING, "内側の空き。", "Padding."),
            Key("marker-colour", PLAIN, "前に付く四角の色。", "Colour of the square before it."),
            Key("title", PLAIN, "囲みの題のブロック様式。", "Block style of the title."),
            Key("body", PLAIN, "中の文章の文字様式。", "Text style of the text inside."),
            Key("columns", Whole(1, 12), "中の段数。", "Columns inside."),
            Key("gap", LENGTH, "段や部分の間の空き。", "Gap between columns or parts."),
            Key("steps", Many(_STEP), "題の各行の様式。", "Styles of a title's lines."),
            Key("place", RECT, "紙面での場所：[左, 上, 幅, 高さ]。", "Place on the page."),
            Key("across", FLAG, "段抜きにするか。", "Whether it spans all columns."),
            Key("row-rule", EDGE, "表の行の間の線。", "Line between the rows of a table."),
            Key("column-rule", EDGE, "表の列の間の線。", "Line between its columns."),
            Key("shape", Choice(("circle", "box")), "札の形。", "Shape of a badge."),
            Key("parts", Named(PLAIN), "部分ごとの様式の名前。", "Styles of its parts."),
        ),
    )
)

FIT_KEYS = ("tracking", "line", "size", "open")
_FIT_JA = ("字間", "行送り", "文字の大きさ")
FIT = Fields(
    Table(
        "fit",
        (
            *(
                Key(key, LENGTH, f"{ja}をどこまで詰めてよいか。", f"Most that {key} may give up.")
                for key, ja in zip(FIT_KEYS[:3], _FIT_JA, strict=True)
            ),
            Key(
                "open",
                LENGTH,
                "文章が短いとき、行送りをどこまで広げてよいか。",
                "Most that the line pitch may grow where the text is short.",
            ),
        ),
    )
)
WRITING = Choice(("horizontal", "vertical"))
AREA = Fields(
    Table(
        "area",
        (
            Key("rect", RECT, "紙面での場所：[左, 上, 幅, 高さ]。", "Place on the page.", True),
            Key("text", PLAIN, "行の升目を決める文字様式。", "Text style that makes the grid."),
            Key("writing", WRITING, "横組みか縦組みか。", "Horizontal or vertical."),
            Key(
                "fit",
                FIT,
                "入りきらないとき、どこまで詰めてよいか（字間→行送り→文字の順）。",
                "How far copyfitting may go: tracking, then line pitch, then size.",
            ),
            Key("grid", FLAG, "行の升目に揃えるか。", "Whether lines stand on a grid."),
            Key("columns", Whole(1, 12), "段数。", "Number of columns."),
            Key("gap", LENGTH, "段間。", "Gap between columns."),
            Key("rule", EDGE, "段の間の線。", "Line between columns."),
            Key("edges", EDGES, "領域の辺の線。", "Border lines of the area."),
            Key(
                "thread",
                PLAIN,
                "続きものの名前。同じ名前の領域へ、入りきらない文章が順に流れます。",
                "Name of a thread: text that does not fit goes on in its next area.",
            ),
            Key("balance", FLAG, "段の長さを揃えるか。", "Make columns equally long."),
            Key(
                "align",
                Choice(("start", "centre", "end", "spread")),
                "余ったときの置き方。",
                "Where content stands that does not fill the area.",
            ),
            Key("background", PLAIN, "地の色の名前。", "Name of the background colour."),
            Key("padding", PADDING, "内側の空き。地の色は空きの外まで。", "Padding of the area."),
        ),
    )
)
LAYOUT = Fields(
    Table(
        "layout",
        (
            Key("areas", Named(AREA), "領域を読む順に並べます。", "Areas in reading order.", True),
            Key("writing", WRITING, "横組みか縦組みか。", "Horizontal or vertical."),
            Key("background", PLAIN, "紙面全体の地の色。", "Background of the whole page."),
            FOLDS,
        ),
    )
)

CLASSES = (*(f"cl-{i:02}" for i in range(1, 31)), "line_head", "line_end")
_EM = Number(0.0, 4.0)
MOJIKUMI = Fields(
    Table(
        "mojikumi",
        (
            Key("before", Choice(CLASSES), "前の文字クラス（cl-01 など）。", "Class before.", True),
            Key("after", Choice(CLASSES), "後の文字クラス。", "Class after.", True),
            Key("space", _EM, "ふつうの空き（全角を 1 として）。", "Natural space in ems."),
            Key("min", _EM, "いちばん詰めたときの空き。", "Least space in ems."),
            Key("max", _EM, "いちばん開けたときの空き。", "Most space in ems."),
            Key("reduce-order", Whole(0, 6), "詰める順番。0 は詰めない。", "Order of reduction."),
            Key("expand-order", Whole(0, 4), "開ける順番。0 は開けない。", "Order of expansion."),
        ),
    )
)

PAGE_SIZES = {"A3": (297, 420), "A4": (210, 297), "A5": (148, 210), "A6": (105, 148)} | {
    "B4": (257, 364),
    "B5": (182, 257),
    "B6": (128, 182),
}
PAGE = Either(
    (
        Choice(tuple(PAGE_SIZES)),
        Fields(
            Table(
                "page-size",
                (
                    Key("width", LENGTH, "仕上がりの幅。", "Width after trimming.", True),
                    Key("height", LENGTH, "仕上がりの高さ。", "Height after trimming.", True),
                ),
            )
        ),
    )
)

SHEET = Table(
    "sheet",
    (
        Key("bira-style", Choice((SHEET_VERSION,)), "書き方の版。いまは 1。", "Version.", True),
        Key("page", PAGE, "紙の大きさ。A4 か {width: …, height: …}。", "Page size.", True),
        Key("colours", Named(COLOUR), "色に名前を付けます。", "Named colours."),
        Key("fonts", Named(FONT), "書体に名前を付けます（合成フォント）。", "Composite fonts."),
        Key("text", Named(TEXT), "文字様式。", "Text styles.", True),
        Key("blocks", Named(BLOCK), "ブロックの種類ごとの様式。", "Block styles."),
        Key("layouts", Named(LAYOUT), "ページの割り付け。", "Page layouts.", True),
        BINDING,
        FOLDS,
        EDITIONS,
        WEB_STYLE,
        Key("kinsoku", Choice(KINSOKU), "禁則の強さ。", "Kinsoku level."),
        Key(
            "reduction",
            Choice(tuple(REDUCTIONS)),
            "追い込みの順序（jlreq・jisx4051・book）。",
            "Order of reduction.",
        ),
        Key(
            "expansion",
            Choice(EXPANSIONS),
            "追い出しの開き方。jlreq は和欧間を先に、even はどこも同じに。",
            "How lines open: Japanese–Latin gaps first, or all places alike.",
        ),
        Key(
            "mojikumi",
            Many(MOJIKUMI),
            "文字組みアキ量設定：二つの文字クラスの間の空きを変えます。",
            "Spaces between two character classes, over those of the tables.",
        ),
        Key("not-at-head", PLAIN, "ほかに行頭に置かない文字。", "More not at line head."),
        Key("not-at-end", PLAIN, "ほかに行末に置かない文字。", "More not at line end."),
        Key("hanging", FLAG, "ぶら下げ組みにするか。", "Hanging punctuation."),
        Key(
            "paragraph-bracket",
            Choice(("flush", "half")),
            "段落の始めの括弧の置き方。flush は字下げの位置、half はその半字前。",
            "How a bracket opens a paragraph.",
        ),
    ),
)

SHEET_NAMES = known_names(SHEET)
